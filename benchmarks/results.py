"""The numbers as a page of Markdown."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from calls import Listing
from documents import Documents
from generation import SCENARIOS, Result
from importing import OURS, Import
from machine import described
from measure import Run
from peers import version
from targets import judged

TITLES = {
    "cold": "Into an empty folder",
    "unchanged": "Nothing changed",
    "description": "One description changed",
    "schema": "One schema changed",
}
GENERATION = """\
Medians of whole processes, the tools taking turns, {rounds} rounds after one to warm up. Peak memory is that of the
largest process. Every tool reads the same file: the voice document with both overlays, written by `ringback bundle`.
"""
HEAD = ("tool", "wall s", "CPU s", "peak MiB", "wall beside ringback")


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that was measured in one run; `missing` says what kept twilio from being measured."""

    documents: Documents
    yaml: Sequence[Result]
    json: Sequence[Result]
    overlaid: Run
    imports: Sequence[Import]
    listings: Sequence[Listing]
    rounds: int
    samples: int
    missing: str = ""


def page(found: Measured) -> str:
    """The whole page."""
    documents = found.documents
    size = documents.base.stat().st_size / 1024
    lines = [
        "# How fast it is",
        "",
        "Written by `make bench`. Machines differ and are shared: read the ratios, which come from one run, not the",
        "seconds.",
        "",
        f"- Machine: {described()}.",
        f"- Day: {datetime.date.today().isoformat()}.",
        f"- Document: {len(documents.operations)} operations, {documents.schemas} schemas, {size:.0f} KiB of YAML.",
        "",
        "## Targets",
        "",
        *_table(("target", "measured", ""), judged(found.yaml, found.imports, found.listings)),
        *_generation(found),
        *_imports(found),
        *_listings(found),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [*("| " + " | ".join(line) + " |" for line in lines), ""]


def _generation(found: Measured) -> Iterator[str]:
    yield "## Generation"
    yield ""
    yield GENERATION.format(rounds=found.rounds)
    for scenario in SCENARIOS:
        yield f"### {TITLES[scenario]}"
        yield ""
        yield from _table(HEAD, [_row(result, found.yaml[0], scenario) for result in found.yaml])
    yield f"From the document and its overlays, into an empty folder: {_figures(found.overlaid)}."
    yield ""
    yield "### Into an empty folder, from the same document as JSON"
    yield ""
    yield "Some tools are slow to read YAML; this takes that out."
    yield ""
    yield from _table(HEAD, [_row(result, found.json[0], "cold") for result in found.json])
    yield "### What each made of it"
    yield ""
    rows = [_made(one, found.documents) for one in found.yaml]
    yield from _table(("tool", "version", "makes", "of the document"), rows)


def _row(result: Result, ours: Result, scenario: str) -> Sequence[str]:
    run, own = result.median(scenario), ours.median(scenario)
    if run is None:
        return (result.tool.name, f"**{result.trouble}**", "", "", "")
    ratio = f"{run.wall / own.wall:.2f}" if own else "-"
    return (result.tool.name, f"{run.wall:.2f}", f"{run.cpu:.2f}", f"{run.peak:.0f}", ratio)


def _figures(run: Run) -> str:
    if run.code:
        return f"**failed with exit code {run.code}**"
    return f"{run.wall:.2f} s wall, {run.cpu:.2f} s CPU, {run.peak:.0f} MiB"


def _made(result: Result, documents: Documents) -> Sequence[str]:
    """What a tool made of the document, and what it lost."""
    tool = result.tool
    release = version(tool.name) if tool.wants else "this checkout"
    if result.trouble:
        return (tool.name, release, tool.makes, f"**{result.trouble}**")
    if tool.counts != "operations":
        said = f"{len(result.made)} {tool.counts} for {documents.schemas} schemas"
        return (tool.name, release, tool.makes, said)
    there = {_bare(name) for name in result.made}
    lost = sorted(name for name in documents.operations if _bare(name) not in there)
    said = f"{len(documents.operations) - len(lost)} of {len(documents.operations)} operations"
    said += f"; **lost: {', '.join(lost)}**" if lost else ""
    parts = len(re.findall(tool.losses, result.runs["cold"][-1].output)) if tool.losses else 0
    said += f"; **{parts} answers left out**" if parts else ""
    return (tool.name, release, tool.makes, said)


def _bare(name: str) -> str:
    """A name without what the tools spell differently."""
    return name.replace("_", "").lower()


def _imports(found: Measured) -> Iterator[str]:
    yield "## Import"
    yield ""
    yield "Time inside the process; memory above an interpreter of the same environment that imports nothing."
    yield f"Medians of {found.samples} processes each. `import twilio_voice` loads no module of its own yet: names are"
    yield "loaded when they are first used, the HTTP library when a client is made."
    yield ""
    rows = [_import_row(one, found.imports) for one in found.imports]
    yield from _table(("what", "ms", "MiB", "time / twilio's", "memory / twilio's"), rows)
    if found.missing:
        yield f"**twilio {found.missing}**"
        yield ""


def _import_row(one: Import, imports: Sequence[Import]) -> Sequence[str]:
    """A line of the table: an import beside that of twilio which reaches as far."""
    theirs = imports[len(OURS) :]
    figures = (one.name, f"{one.seconds * 1000:.1f}", f"{one.memory:.1f}")
    if not theirs:
        return (*figures, "-", "-")
    other = theirs[1] if "ready" in one.name or "preload" in one.name else theirs[0]
    return (*figures, f"{one.seconds / other.seconds:.2f}", f"{one.memory / other.memory:.2f}")


def _listings(found: Measured) -> Iterator[str]:
    yield "## Listing 1,000 calls"
    yield ""
    yield "No network on either side; `sid`, `status`, `start_time` and `price` of every row are read."
    yield ""
    rows = []
    for one in found.listings:
        theirs = "-" if one.theirs is None else f"{one.theirs * 1000:.1f}"
        share = "-" if one.theirs is None else f"{one.ours / one.theirs:.2f}"
        rows.append((one.name, f"{one.ours * 1000:.1f}", theirs, share))
    head = ("answers", "ringback's client, ms", f"twilio {version('twilio')}, ms", "ratio")
    yield from _table(head, rows)
