"""Generates bindings from every document of a folder and writes a table of what came of it.

    python benchmarks/corpus.py DIR --output docs/corpus.md [--mypy]

DIR holds an `index.json`: a list of objects with `name` and `file`; without one, every YAML and JSON file in it is a
document. A document that stands in a folder of DIR consists of the files of that folder: references may lead to all of
them (`--allow-ref`). With `--mypy`, each package is held to `mypy --strict`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import measure

HERE = Path(__file__).parent
COUNTER = HERE / "children" / "count_document.py"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one document. `mypy` is its number of errors, -1 where it was not asked."""

    name: str
    code: int
    seconds: float
    peak: float
    imports: bool = False
    mypy: int = -1
    counts: dict[str, Any] = field(default_factory=dict)
    errors: tuple[str, ...] = ()


def main() -> None:
    options = _options()
    rows = []
    with tempfile.TemporaryDirectory(prefix="corpus-types-") as cache:
        for name, file in documents(options.folder):
            if options.only and name not in options.only:
                continue
            with tempfile.TemporaryDirectory(prefix="corpus-") as work:
                types = Path(cache) if options.mypy else None
                row = measured(options.folder, name, file, Path(work), types)
            rows.append(row)
            print("  ".join(cells(row)), flush=True)
            if options.output is not None:
                options.output.write_text(page(rows), encoding="utf-8")


def documents(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and file (below the folder) of each document."""
    index = folder / "index.json"
    if index.is_file():
        for entry in json.loads(index.read_text(encoding="utf-8")):
            yield entry["name"], entry["file"]
        return
    for path in sorted(folder.iterdir()):
        if path.suffix in (".yaml", ".yml", ".json"):
            yield path.stem, path.name


def measured(folder: Path, name: str, file: str, work: Path, types: Path | None) -> Row:
    """Generate, count, import and type-check one document. `types` is where mypy keeps what it knows of the libraries
    from one document to the next; what it knows of a package goes by content."""
    several = "/" in file
    allowed = ["--allow-ref", str(folder / file.partition("/")[0])] if several else []
    out = work / "bindings"
    made = measure.run(
        [
            *(sys.executable, "-m", "ringback", "generate", str(folder / file), *allowed),
            *("--output", str(out), "--package", "bindings"),
        ],
        folder=work,
    )
    if made.code not in (0, 3):
        return Row(name, made.code, made.wall, made.peak, errors=_errors(made.output, folder))
    counted = measure.run(
        [sys.executable, str(COUNTER), str(folder / file), *allowed[1:]], folder=work
    )
    loaded = measure.run(
        [sys.executable, "-c", "import bindings; bindings.preload()"],
        folder=work,
        env={"PYTHONPATH": str(work)},
    )
    counts = json.loads(counted.output) if counted.code == 0 else {}
    found = _mypy(work, types) if types is not None and loaded.code == 0 else -1
    return Row(name, made.code, made.wall, made.peak, loaded.code == 0, found, counts)


def _mypy(work: Path, cache: Path) -> int:
    checked = measure.run(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--config-file="),
            *("--cache-dir", str(cache), "-p", "bindings"),
        ],
        folder=work,
    )
    return sum(": error: " in line for line in checked.output.splitlines())


def _errors(output: str, folder: Path) -> tuple[str, ...]:
    """The lines that name an error, with places relative to the folder; of anything else, the last line."""
    lines = output.replace(f"{folder}/", "").splitlines()
    return tuple(line for line in lines if ": error: " in line) or tuple(lines[-1:])


def page(rows: Sequence[Row]) -> str:
    """The table, and below it why documents were refused."""
    head = [
        "document", "OpenAPI", "exit", "operations", "schemas", "generated", "degraded", "skipped", "warnings",
        "seconds", "MiB", "import", "mypy",
    ]  # fmt: skip
    lines = [
        "# Documents of others",
        "",
        "What becomes of documents that were not written for this program. `generated` and `skipped` count operations",
        "(webhooks are operations too), `degraded` the places whose type is weaker than the document's, `warnings` what",
        "the document says wrongly and is read all the same. An exit status of 3 means that something was skipped, of 1",
        "that the document is at fault: why stands below. Documents of several files are read with `--allow-ref` and",
        "their folder. Made by `python benchmarks/corpus.py DIR --output docs/corpus.md --mypy`.",
        "",
        f"| {' | '.join(head)} |",
        f"| --- {'| ---: ' * (len(head) - 1)}|",
        *(f"| {' | '.join(cells(row))} |" for row in rows),
        "",
    ]
    refused = [row for row in rows if row.errors]
    if refused:
        lines += ["## Refused, and why", ""]
    for row in refused:
        shown = row.errors[:12]
        more = [f"… and {len(row.errors) - len(shown)} more"] if len(row.errors) > 12 else []
        lines += [f"{row.name}:", "", "```", *shown, *more, "```", ""]
    return "\n".join(lines)


def cells(row: Row) -> list[str]:
    """One line of the table."""
    counts = row.counts
    made = counts["operations"] - counts["skipped"] if counts else ""
    figures = [counts.get(key, "") for key in ("operations", "schemas")]
    rest = [counts.get(key, "") for key in ("degraded", "skipped", "warnings")]
    imports = "" if row.errors else "ok" if row.imports else "fails"
    return [
        row.name, str(counts.get("version", "")), str(row.code), *map(str, figures), str(made), *map(str, rest),
        f"{row.seconds:.1f}", f"{row.peak:.0f}", imports, "" if row.mypy < 0 else str(row.mypy),
    ]  # fmt: skip


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=lambda text: Path(text).resolve(), metavar="DIR")
    parser.add_argument("--output", type=Path, help="the page to write; without it, only lines")
    parser.add_argument("--mypy", action="store_true", help="hold each package to mypy --strict")
    parser.add_argument("--only", action="append", metavar="NAME", help="this document; repeatable")
    return parser.parse_args()


if __name__ == "__main__":
    main()
