"""The numbers as a page of Markdown: a table of targets, and a section for each part that is measured.

A part that was not measured this time stays as the page had it: its section, and its rows of the table.
"""

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
from targets import Verdict, of_generation, of_imports, of_listings

TITLES = {
    "cold": "Into an empty folder",
    "unchanged": "Nothing changed",
    "description": "One description changed",
    "schema": "One schema changed",
}
GENERATION = """\
Medians of whole processes, the tools taking turns, {rounds}. Peak memory is that of the
largest process. Every tool reads the same file: the voice document with both overlays, written by `ringback bundle`.
"""
HEAD = ("tool", "wall s", "CPU s", "peak MiB", "wall beside ringback")


@dataclass(frozen=True, slots=True)
class Part:
    """What one measurement gave: its section (without the heading, which is `title`) and its verdicts."""

    title: str
    lines: Sequence[str]
    verdicts: Sequence[Verdict]


ORDER = (
    "Contract campaign",
    "Emulator",
    "Generation",
    "Documents of others",
    "Import",
    "Listing 1,000 calls",
)
TARGETS = ("part", "target", "measured", "")


def page(parts: Sequence[Part], before: str = "") -> str:
    """The whole page; what is missing in `parts` is taken from the page as it was before."""
    sections, rows = _kept(before)
    for part in parts:
        measured = f"Measured on {datetime.date.today().isoformat()}: {described()}."
        sections[part.title] = [measured, "", *part.lines]
        rows[part.title] = [(part.title, *verdict) for verdict in part.verdicts]
    titles = [title for title in ORDER if title in sections]
    lines = [
        "# How fast it is",
        "",
        "Written by `make bench`. Machines differ and are shared: read the ratios, which come from one run, not the",
        "seconds. Each section says when it was measured.",
        "",
        "## Targets",
        "",
        *table(TARGETS, [row for title in titles for row in rows.get(title, ())]),
    ]
    for title in titles:
        lines += [f"## {title}", "", *sections[title], ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _kept(before: str) -> tuple[dict[str, list[str]], dict[str, list[tuple[str, ...]]]]:
    """The sections of a page, and the rows of its table of targets, by the title of their part."""
    sections: dict[str, list[str]] = {}
    rows: dict[str, list[tuple[str, ...]]] = {}
    for text in before.split("\n## ")[1:]:
        title, *lines = text.splitlines()
        if title != "Targets":
            sections[title] = lines[1:]
            continue
        for line in lines:
            cells = tuple(cell.strip() for cell in line.strip("|").split(" | "))
            if len(cells) == len(TARGETS) and cells[0] in ORDER:
                rows.setdefault(cells[0], []).append(cells)
    return sections, rows


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table of Markdown, with an empty line behind it."""
    lines = [head, ["---"] * len(head), *rows]
    return [*("| " + " | ".join(line) + " |" for line in lines), ""]


def generation(
    documents: Documents, yaml: Sequence[Result], json: Sequence[Result], overlaid: Run, rounds: int
) -> Part:
    """The part of generation."""
    size = documents.base.stat().st_size / 1024
    about = (
        f"The document has {len(documents.operations)} operations, {documents.schemas} schemas, "
        f"{size:.0f} KiB of YAML."
    )
    lines = [about, "", *_generation(documents, yaml, json, overlaid, rounds)]
    return Part("Generation", lines, list(of_generation(yaml)))


def imports(found: Sequence[Import], samples: int, missing: str) -> Part:
    """The part of imports; `missing` says what kept twilio from being measured."""
    return Part("Import", list(_imports(found, samples, missing)), list(of_imports(found[:2])))


def listings(found: Sequence[Listing]) -> Part:
    """The part of listing calls."""
    return Part("Listing 1,000 calls", list(_listings(found)), list(of_listings(found)))


def _generation(
    documents: Documents, yaml: Sequence[Result], json: Sequence[Result], overlaid: Run, rounds: int
) -> Iterator[str]:
    yield GENERATION.format(rounds=counted(rounds))
    for scenario in SCENARIOS:
        yield f"### {TITLES[scenario]}"
        yield ""
        yield from table(HEAD, [row(result, yaml[0], scenario) for result in yaml])
    yield f"From the document and its overlays, into an empty folder: {_figures(overlaid)}."
    yield ""
    yield "### Into an empty folder, from the same document as JSON"
    yield ""
    yield "Some tools are slow to read YAML; this takes that out."
    yield ""
    yield from table(HEAD, [row(result, json[0], "cold") for result in json])
    yield "### What each made of it"
    yield ""
    rows = [_made(one, documents) for one in yaml]
    yield from table(("tool", "version", "makes", "of the document"), rows)


def counted(rounds: int) -> str:
    """How many rounds there were, for a sentence."""
    return f"{rounds} rounds after one to warm up" if rounds > 1 else "a single round: a first look"


def row(result: Result, ours: Result, scenario: str) -> Sequence[str]:
    """A line of a table of runs."""
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


def _imports(found: Sequence[Import], samples: int, missing: str) -> Iterator[str]:
    yield "Time inside the process; memory above an interpreter of the same environment that imports nothing."
    yield f"Medians of {samples} processes each. `import twilio_voice` loads no module of its own yet: names are"
    yield "loaded when they are first used, the HTTP library when a client is made."
    yield ""
    rows = [_import_row(one, found) for one in found]
    yield from table(("what", "ms", "MiB", "time / twilio's", "memory / twilio's"), rows)
    if missing:
        yield f"**twilio {missing}**"
        yield ""


def _import_row(one: Import, imports: Sequence[Import]) -> Sequence[str]:
    """A line of the table: an import beside that of twilio which reaches as far."""
    theirs = imports[len(OURS) :]
    figures = (one.name, f"{one.seconds * 1000:.1f}", f"{one.memory:.1f}")
    if not theirs:
        return (*figures, "-", "-")
    other = theirs[1] if "ready" in one.name or "preload" in one.name else theirs[0]
    return (*figures, f"{one.seconds / other.seconds:.2f}", f"{one.memory / other.memory:.2f}")


def _listings(found: Sequence[Listing]) -> Iterator[str]:
    yield "No network on either side; `sid`, `status`, `start_time` and `price` of every row are read."
    yield ""
    rows = []
    for one in found:
        theirs = "-" if one.theirs is None else f"{one.theirs * 1000:.1f}"
        share = "-" if one.theirs is None else f"{one.ours / one.theirs:.2f}"
        rows.append((one.name, f"{one.ours * 1000:.1f}", theirs, share))
    head = ("answers", "ringback's client, ms", f"twilio {version('twilio')}, ms", "ratio")
    yield from table(head, rows)
