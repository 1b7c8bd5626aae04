"""`ringback explain` and `ringback plan`: from a Python name to its place in the document and back, and all decisions.

Both draw the plan that `generate` would print, with the names that the package in the output folder has, and write nothing.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringback.keeping import kept_names
from ringback.report import printable
from ringback.settings import SettingsError
from ringback.source import Location, collector_paused, pointer_of
from ringback.usage import UsageError

if TYPE_CHECKING:
    from ringback.plan import Covered, Drawn, Entry, NamesLock
    from ringback.settings import Settings
    from ringback.source import Diagnostic, Tree

_LINE = re.compile(r"(.+?):(\d+)(?::\d+)?\Z")


class NotFound(UsageError):
    """Nothing goes by the name that was asked for; says what comes close."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A document drawn, with everything that the rooms had to say of it."""

    drawn: Drawn
    package: str
    found: tuple[Diagnostic, ...]

    @property
    def tree(self) -> Tree:
        return self.drawn.told.document.tree


def settle(options: argparse.Namespace) -> None:
    """Sort out `explain [DOC] NAME`: a single word is the name, but with --coverage, or where it is a file, the document."""
    if options.command != "explain" or options.name is not None or options.coverage:
        return
    word = options.document
    if word and not (word.endswith((".yaml", ".yml", ".json")) and Path(word).is_file()):
        options.document, options.name = None, word


def look(options: argparse.Namespace, settings: Settings) -> Sight:
    """Read and plan the document. Raises DocumentError and LockUnreadable."""
    from ringback import plan

    output = options.output or settings.output
    lock = kept_names(Path(output)).lock if output else plan.UNLOCKED
    return redrawn(options, settings, lock)


def redrawn(
    options: argparse.Namespace, settings: Settings, lock: NamesLock, *, renew: bool = False
) -> Sight:
    """Read and plan the document with a lock of names; with `renew`, that is asked for numbers only."""
    from ringback import openapi, plan, vocabulary

    package = _package(settings, options.output or settings.output)
    with collector_paused():
        document, warnings = openapi.parse(settings.load(), second=False, formats=settings.formats)
        choices = plan.choices_of(settings.paging, settings.formats)
        try:
            drawn = plan.draw(document, package, lock, renew=renew, choices=choices)
        except plan.ChoiceFault as error:
            raise SettingsError(str(error)) from None
        if settings.vocabulary is not None:
            words = plan.draw_markup(vocabulary.read(settings.vocabulary, limits=settings.limits))
            drawn = replace(drawn, plan=replace(drawn.plan, markup=words))
    return Sight(drawn, package, tuple(sorted({*warnings, *drawn.warnings, *drawn.skipped})))


def _package(settings: Settings, output: str | None) -> str:
    if settings.package:
        return settings.package
    name = Path(output).resolve().name if output else Path(settings.document or "").stem
    return re.sub(r"\W", "_", name) or "bindings"


# -- explain


def explained(sight: Sight, wanted: str, form: str) -> str:
    """What there is to say of a Python name or of a place in the document. Raises NotFound."""
    from ringback.plan import index

    entries = find(sight, index(sight.drawn), wanted)
    told = [_told(sight, entry) for entry in entries]
    if form == "json":
        return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    return "\n".join("\n".join(_lines(one)) + "\n" for one in told)


def find(sight: Sight, entries: Sequence[Entry], wanted: str) -> list[Entry]:
    """The entries that a text means: a Python name, a pointer, FILE:LINE, or the document's own name."""
    if "/" in wanted and (found := _at_pointer(sight, entries, wanted)):
        return found
    plain = wanted.removeprefix(f"{sight.package}.")
    plain = re.sub(r"^(models|server|client)\.(?=[A-Z])", "", plain)
    if found := [one for one in entries if plain in one.names]:
        return found
    if found := [one for one in entries if any(name.endswith(f".{plain}") for name in one.names)]:
        return found
    if found := [one for one in entries if one.wire == wanted] or _at_line(sight, entries, wanted):
        return found
    known = {text for one in entries for text in (*one.names, one.wire) if text}
    close = get_close_matches(plain, sorted(known), 3)
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    raise NotFound(f"nothing is called {wanted!r}, and no such place is known{hint}")


def _at_pointer(sight: Sight, entries: Sequence[Entry], wanted: str) -> list[Entry]:
    """What stands at a pointer, or else at the nearest place above it."""
    file, _, pointer = wanted.rpartition("#")
    pointer = pointer.rstrip("/")
    places = _places(sight, entries) if file else []
    by_pointer: dict[str, list[Entry]] = {}
    for place, entry in places:
        if place.file.endswith(file):
            by_pointer.setdefault(place.pointer, []).append(entry)
    for entry in entries if not file else ():
        for path in entry.paths:
            by_pointer.setdefault(pointer_of(path), []).append(entry)
    while pointer:
        if pointer in by_pointer:
            return by_pointer[pointer]
        pointer = pointer.rpartition("/")[0]
    return []


def _at_line(sight: Sight, entries: Sequence[Entry], wanted: str) -> list[Entry]:
    """What begins on a line of a file, or else on the nearest line above it."""
    match = _LINE.match(wanted)
    if match is None:
        return []
    places = [(one.line, entry) for one, entry in _places(sight, entries) if one.file.endswith(match[1])]  # fmt: skip
    line = max((number for number, _ in places if number <= int(match[2])), default=0)
    return [entry for number, entry in places if number == line]


def _places(sight: Sight, entries: Iterable[Entry]) -> list[tuple[Location, Entry]]:
    return [(sight.tree.locate(path), entry) for entry in entries for path in entry.paths]


def _told(sight: Sight, entry: Entry) -> dict[str, Any]:
    places = [sight.tree.locate(path) for path in entry.paths]
    findings = [one for one in sight.found if any(_inside(one.location, place) for place in places)]
    return {
        "kind": entry.kind,
        "names": list(entry.names),
        "wire": entry.wire,
        "why": entry.why,
        "facts": list(entry.facts),
        "places": [asdict(one) for one in places],
        "findings": [
            {"code": one.code, "message": one.message, "place": asdict(one.location)}
            for one in findings
        ],
    }


def _inside(place: Location, other: Location) -> bool:
    return f"{place.pointer}/".startswith(f"{other.pointer}/")


def _lines(told: dict[str, Any]) -> Iterator[str]:
    names, places = told["names"], [Location(**one) for one in told["places"]]
    yield printable(f"{names[0] if names else told['wire']}: {told['kind']}")
    if names[1:]:
        yield f"    also  {', '.join(names[1:])}"
    if told["wire"] and names:
        yield printable(f"    is    {told['wire']}")
    for place in places[:5]:
        yield printable(f"    at    {place}  {place.pointer}")
    if len(places) > 5:
        yield f"          and {len(places) - 5} more places"
    yield printable(f"    name  {told['why']}")
    for fact in told["facts"]:
        yield printable(f"    {fact}")
    for one in told["findings"]:
        yield printable(f"    {Location(**one['place'])}: {one['message']} [{one['code']}]")


# -- coverage


def covered(sight: Sight, form: str) -> str:
    """What became of every operation, schema and parameter."""
    from ringback.plan import coverage

    rows = coverage(sight.drawn, sight.found)
    counts = _counts(rows)
    if form == "json":
        told = {"counts": counts, "rows": [_row(one) for one in rows]}
        return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    lines = [line for one in rows for line in _row_lines(one)]
    total = [
        f"{kind}s: {sum(one.values())}, "
        + ", ".join(f"{number} {status}" for status, number in one.items())
        for kind, one in counts.items()
    ]
    return "\n".join([*lines, *([""] if lines else []), *total]) + "\n"


def _counts(rows: Sequence[Covered]) -> dict[str, dict[str, int]]:
    found = Counter((one.kind, one.status) for one in rows)
    statuses = ("generated", "degraded", "skipped")
    kinds = ("operation", "schema", "parameter")
    return {kind: {status: found[kind, status] for status in statuses} for kind in kinds}


def _row(one: Covered) -> dict[str, Any]:
    reasons = [{"code": code, "message": message} for code, message in one.reasons]
    return {**asdict(one), "reasons": reasons}


def _row_lines(one: Covered) -> Iterator[str]:
    python = f" -> {one.python}" if one.python else ""
    yield printable(f"{one.status:9} {one.kind:9} {one.name}{python}  ({one.location})")
    for code, message in one.reasons:
        yield printable(f"          {message}" + (f" [{code}]" if code else ""))


# -- plan


def planned(sight: Sight, form: str) -> str:
    """The whole plan: as JSON every value of it, as text an outline."""
    plan = sight.drawn.plan
    if form == "json":
        return json.dumps(asdict(plan), indent=2, ensure_ascii=False) + "\n"
    return "\n".join(printable(line) for line in _outline(plan, 0)) + "\n"


def _outline(value: Any, depth: int) -> Iterator[str]:
    """Every value as `field: value`, those that are empty or false left out."""
    indent = "  " * depth
    for one in fields(value):
        inner = getattr(value, one.name)
        if inner in ("", (), None, False):
            continue
        if is_dataclass(inner):
            yield f"{indent}{one.name}: {type(inner).__name__}"
            yield from _outline(inner, depth + 1)
        elif isinstance(inner, tuple) and any(map(is_dataclass, inner)):
            yield f"{indent}{one.name}: {len(inner)}"
            for number, item in enumerate(inner):
                yield f"{indent}- {type(item).__name__} {number + 1}"
                yield from _outline(item, depth + 2)
        else:
            yield f"{indent}{one.name}: {' '.join(str(inner).split()) if isinstance(inner, str) else inner}"
