"""How long generation takes on documents of others, which are larger than ours; they are not part of this repository.

A folder holds them (`--documents DIR`): every YAML and JSON file in it is one. Each is written anew by `ringback bundle`,
as it is and with two small edits, so that the files of a document differ in nothing else.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import generation
import results
from documents import METHODS, Documents, bundled, varied
from generation import TOOLS, Result, Tool
from peers import Unavailable, openapi_ts
from targets import Verdict, of_large

ABOUT = """\
Medians of whole processes, the tools taking turns, {rounds}; peak memory is that of the
largest process. ringback prints models, sync and async client, server and webhooks; the others what the section
"Generation" says of them, openapi-ts (TypeScript) types, client and functions. Caches are as the runs before left them:
where there was a round to warm up, what openapi-spec-validator said of the document is remembered.
"""


@dataclass(frozen=True, slots=True)
class Large:
    """One document and what each tool needed for it."""

    name: str
    documents: Documents
    results: list[Result]


def measured(folder: Path, work: Path, rounds: int) -> Iterator[list[Large]]:
    """Measure every document of a folder, the smallest first; gives what there is after each."""
    files = [one for one in folder.iterdir() if one.suffix in (".yaml", ".yml", ".json")]
    found: list[Large] = []
    for file in sorted(files, key=lambda one: one.stat().st_size):
        print(f"  {file.name}", flush=True)
        place = work / file.stem
        documents = _written(file, place)
        measures = generation.measured(documents, place, rounds, tools=_tools())
        found.append(Large(file.stem, documents, measures))
        yield found


def _written(file: Path, place: Path) -> Documents:
    place.mkdir(parents=True)
    plain = place / "plain.json"
    bundled(file.resolve(), plain)
    raw: dict[str, Any] = json.loads(plain.read_bytes())
    schemas: dict[str, Any] = raw.get("components", {}).get("schemas", {})
    shape = next(name for name, one in schemas.items() if one.get("properties"))

    def reshape(edited: Any) -> None:
        inside = edited["components"]["schemas"][shape]["properties"]
        inside["added_by_benchmark"] = {"type": "integer", "description": "It was added."}

    suffix = file.suffix
    return Documents(
        base=varied(place, "effective", raw, lambda _: None, suffix),
        described=varied(place, "described", raw, _describe, suffix),
        reshaped=varied(place, "reshaped", raw, reshape, suffix),
        as_json=plain,
        operations=frozenset(
            item[method].get("operationId", f"{method} {path}")
            for path, item in raw["paths"].items()
            for method in METHODS
            if method in item
        ),
        schemas=len(schemas),
    )


def _describe(raw: Any) -> None:
    """One sentence more in what is said of the first operation."""
    operation = next(
        item[method] for item in raw["paths"].values() for method in METHODS if method in item
    )
    operation["description"] = operation.get("description", "") + " This sentence was added."


def _tools() -> tuple[Tool, ...]:
    def command(_: Path, document: Path, output: Path) -> list[str]:
        return [*openapi_ts(), "-i", str(document), "-o", str(output / "made"), "--silent"]

    ours = [
        replace(one, command=_in_folder(one)) if one.counts == "classes" else one for one in TOOLS
    ]
    try:
        openapi_ts()
    except Unavailable as error:
        print(f"openapi-ts could not be installed: {error}", file=sys.stderr)
        return tuple(ours)
    return (*ours, Tool("openapi-ts", "TypeScript", command, lambda _: set(), counts="functions"))


def _in_folder(tool: Tool) -> Callable[[Path, Path, Path], list[str]]:
    """The command with a folder as its output: names with dots ask for one."""

    def command(commands: Path, document: Path, output: Path) -> list[str]:
        *rest, file = tool.command(commands, document, output)
        return [*rest, str(Path(file).with_suffix(""))]

    return command


def part(found: Sequence[Large], rounds: int) -> results.Part:
    """The section of the page."""
    return results.Part("Documents of others", list(_lines(found, rounds)), list(_verdicts(found)))


def _lines(found: Sequence[Large], rounds: int) -> Iterator[str]:
    yield ABOUT.format(rounds=results.counted(rounds))
    yield f"Load average of the last quarter of an hour, our own work included: {os.getloadavg()[2]:.0f}."
    yield ""
    for one in found:
        size = one.documents.base.stat().st_size / (1 << 20)
        about = f"{len(one.documents.operations)} operations, {one.documents.schemas} schemas"
        yield f"### {one.name}: {about}, {size:.1f} MiB"
        yield ""
        for scenario in generation.SCENARIOS:
            yield f"{results.TITLES[scenario]}:"
            yield ""
            rows = [results.row(result, one.results[0], scenario) for result in one.results]
            yield from results.table(results.HEAD, rows)


def _verdicts(found: Sequence[Large]) -> Iterator[Verdict]:
    for one in found:
        yield from of_large(one.name, one.documents.base.stat().st_size, one.results)
