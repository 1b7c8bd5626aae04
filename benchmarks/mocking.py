"""`make mock`: the mock held to documents of others by the contract tester, and put beside Prism; writes both into docs/mock.md.

Every document is asked with three seeds by a mock of its own. What a document leaves open (what a refusal looks like) is said by an
overlay, and the table says where.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sidebyside
from results import table

from ringback import openapi, source
from ringback.contract import Contract, Options, run, target_of
from ringback.mock import create_app

ROOT: Final = Path(__file__).parents[1]
CORPUS: Final = ROOT / "tests" / "corpus"
REFUSALS: Final = CORPUS / "mock" / "refusals.overlay.yaml"
PAGE: Final = ROOT / "docs" / "mock.md"
SEEDS: Final = (1, 2, 3)
SILENT: Final = frozenset(
    (
        "redocly-cafe-32",
        "redocly-museum",
        "typespec-todoapp",
        "libopenapi-burgershop",
        "readme-polymorphism-30",
        "learn-tictactoe-31",
    )
)
"""Documents that do not say of all operations what a refusal looks like."""
DOCUMENTS: Final = (
    "documents/swagger-petstore.yaml",
    "documents/redocly-cafe-32.yaml",
    "documents/redocly-museum.yaml",
    "documents/typespec-todoapp.yaml",
    "documents/readme-polymorphism-30.yaml",
    "mock/specmatic-openapi31.yaml",
    "mock/orval-paginated-dynamicref.yaml",
    "mock/orval-models-special-char.yaml",
    "mock/openapinet-tag-and-security.yaml",
    "mock/kiota-dynamicref-generic.yaml",
    "mock/paypal-checkout-orders-v2.json",
    "mock/libopenapi-burgershop.yaml",
    "mock/learn-tictactoe-31.yaml",
)
HEAD: Final = (
    "document",
    "OpenAPI",
    "operations",
    "answered with success",
    "keep state",
    "overlay",
    "requests",
    "findings",
)


@dataclass(frozen=True, slots=True)
class Held:
    """One document: its operations, how many of them succeeded, and what was found over all seeds."""

    name: str
    version: str
    operations: int
    reached: int
    stateful: int
    overlaid: bool
    requests: int
    findings: tuple[str, ...]


def held(
    path: Path,
    seconds: float,
    seeds: tuple[int, ...] = SEEDS,
    *,
    overlays: tuple[Path, ...] = (),
    user: str = "somebody",
) -> Held:
    """Hold the mock of one document to it."""
    name = path.stem
    overlays = overlays or ((REFUSALS,) if name in SILENT else ())
    document, _ = openapi.parse(source.load(path, overlays), second=False)
    contract = Contract.of(document)
    basic = any(one.type == "http" and one.scheme == "basic" for one in document.security_schemes)
    credentials = f"{user}:not-a-secret" if basic else "not-a-secret"
    schemes = {one.name: credentials for one in document.security_schemes}
    reached: set[str] = set()
    found: list[str] = []
    requests = stateful = 0
    for seed in seeds:
        app = create_app(document, settings={"seed": seed, "credentials": [credentials]})
        try:
            options = Options(seeds=(seed,), max_time=seconds, auth=credentials, schemes=schemes)
            outcome = run(contract, target_of(app, "mock"), options)
            stateful = sum(deed.role.table is not None for deed in app.world.deeds.values())
        finally:
            app.close()
        requests += len(outcome.exchanges)
        found += [f"{one.code} {one.operation}: {one.message}" for one in outcome.findings]
        reached |= {
            one.label
            for one in outcome.coverage.operations
            if any(count and status[:1] in "23d" for status, count in one.documented)
        }
    return Held(
        name, document.version, len(document.operations), len(reached), stateful, bool(overlays),
        requests, tuple(found),
    )  # fmt: skip


def rows(documents: list[Path], seconds: float) -> Iterator[tuple[str, ...]]:
    """A row for each document; what was found is printed."""
    for path in documents:
        one = held(path, seconds)
        for said in one.findings:
            print(f"  {said}", flush=True)
        row = (
            one.name, one.version, str(one.operations), str(one.reached), str(one.stateful),
            "refusals" if one.overlaid else "", f"{one.requests:,}", str(len(one.findings)),
        )  # fmt: skip
        print(" ".join(row), flush=True)
        yield row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=12.0, help="of each campaign")
    parser.add_argument("--documents", type=Path, nargs="*", help="these instead of the usual")
    parser.add_argument("--only", choices=("held", "prism"), help="one part; the other stays")
    parser.add_argument("--turns", type=int, default=3, help="of each server under load")
    options = parser.parse_args()
    documents = options.documents or [CORPUS / one for one in DOCUMENTS]
    if options.only != "prism":
        lines = table(HEAD, list(rows(documents, options.seconds)))
        if not options.documents:
            _write("held", lines)
    if options.only != "held":
        _write("prism", list(sidebyside.lines(options.turns)))


def _write(part: str, lines: list[str]) -> None:
    """Put a part between its marks on the page."""
    text = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- {part} -->\n", f"<!-- /{part} -->"
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    PAGE.write_text(before + begin + "\n".join(lines) + "\n" + end + after, encoding="utf-8")


if __name__ == "__main__":
    main()
