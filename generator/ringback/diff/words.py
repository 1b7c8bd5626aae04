"""The words that all formats share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from ringback.source import Location

from .model import Change, Kind, Side
from .verdict import Audience, Comparison, Step, counted, step

TITLES: Final = {Side.WIRE: "On the wire", Side.PYTHON: "In the generated Python"}
FOR: Final = {
    Audience.CALLERS: "for callers",
    Audience.SERVERS: "for servers",
    Audience.BOTH: "for callers or servers",
}
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a list: a change, and how many others read the same at other operations."""

    change: Change
    times: int = 1

    @property
    def message(self) -> str:
        """The sentence."""
        again = f" (at {self.times} operations)" if self.times > 1 else ""
        return self.change.message + again


def grouped(changes: Iterable[Change]) -> list[Told]:
    """Changes that read the same and are rated the same, as one with all operations; in the order of the first."""
    same: dict[tuple[object, ...], list[Change]] = {}
    for one in changes:
        key = (one.code, one.message, one.callers, one.servers)
        same.setdefault(key, []).append(one)
    return [
        Told(replace(many[0], operations=_all(many)), len(many) if _all(many) else 1)
        for many in same.values()
    ]


def _all(changes: Iterable[Change]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in changes for name in one.operations))


def printable(text: str) -> str:
    """Text of a document as one harmless line: control characters are shown as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def plural(number: int, noun: str) -> str:
    """`1 change`, `2 changes`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def operations(change: Change, most: int = _SHOWN) -> str:
    """The operations that a change touches, the first of them by name."""
    names = [one for one in change.operations if one != change.subject]
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def places(change: Change) -> str:
    """Where a change stands in the new document and in the old one."""
    old, new = change.old, change.new
    if old and new:
        return f"{new}, was {_short(old, new)}"
    return f"{new}" if new else f"was {old}"


def _short(old: Location, new: Location) -> str:
    return f"line {old.line}" if old.file == new.file else str(old)


def sum_of(changes: Iterable[Change], audience: Audience) -> str:
    """`2 breaking, 1 risky, 4 safe`; "nothing" where there is none."""
    counts = counted(changes, audience)
    return ", ".join(f"{count} {one}" for one, count in counts.items() if count) or "nothing"


def verdict(comparison: Comparison) -> str:
    """The last line: what the changes mean for a version number, for each audience."""
    everything = comparison.everything
    if not everything:
        return "no changes"
    said = [
        f"{_step(step(everything, one))} {FOR[one]} ({sum_of(everything, one)})"
        for one in (Audience.CALLERS, Audience.SERVERS)
    ]
    if comparison.audience is Audience.SERVERS:
        said.reverse()
    return ", ".join(said)


def _step(one: Step) -> str:
    return "no new version" if one is Step.NONE else one.value


def told(changes: Iterable[Change]) -> tuple[list[Change], Counter[str]]:
    """The changes that a program could notice, and how many there are of the others, by code."""
    kept, words = [], Counter[str]()
    for one in changes:
        if one.kind is Kind.TEXT:
            words[one.code] += 1
        else:
            kept.append(one)
    return kept, words
