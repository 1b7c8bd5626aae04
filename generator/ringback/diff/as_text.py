"""The comparison for a terminal: lines of pieces, each a text with the style that it has where there are colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from .model import Change, Rating, Side
from .verdict import Accepted, Audience, Comparison, in_order, rating
from .words import (
    FOR,
    TITLES,
    Told,
    grouped,
    operations,
    places,
    plural,
    printable,
    sum_of,
    told,
    verdict,
)

Piece: TypeAlias = tuple[str, str]
Line: TypeAlias = list[Piece]

_STYLES: Final = {
    Rating.BREAKING: "bold red",
    Rating.RISKY: "bold yellow",
    Rating.SAFE: "green",
}
_WIDTH: Final = 10  # of the rating at the beginning of a line


def lines(comparison: Comparison) -> Iterator[Line]:
    """All lines, without their ends."""
    yield [(f"{printable(comparison.old)} → {printable(comparison.new)}", "bold")]
    for side in (Side.WIRE, Side.PYTHON):
        changes = in_order(comparison.of(side), comparison.audience)
        yield []
        summed = sum_of(changes, comparison.audience)
        yield [(TITLES[side], "bold underline"), (f": {summed} {FOR[comparison.audience]}", "")]
        kept, words = told(changes)
        listed = grouped(kept)
        grave = [
            one for one in listed if rating(one.change, comparison.audience) is not Rating.SAFE
        ]
        for one in grave:
            yield from _change(one, comparison.audience)
        if len(listed) > len(grave):
            yield []
        for one in listed:
            if rating(one.change, comparison.audience) is Rating.SAFE:
                yield _safe(one, comparison.audience)
        yield from _words(words)
    yield from _accepted(comparison.accepted)
    if comparison.notices:
        yield []
        yield from ([("note: ", "bold yellow"), (printable(one), "")] for one in comparison.notices)
    yield []
    yield [("Verdict: ", "bold"), (verdict(comparison), "bold")]


def _safe(told: Told, audience: Audience) -> Line:
    """One line is enough for what does no harm."""
    other = _others(told.change, audience)
    return [
        (f"  {Rating.SAFE:<{_WIDTH}}", _STYLES[Rating.SAFE]),
        (printable(told.message), ""),
        (f" [{told.change.code}]{f' {other}' if other else ''}", "dim"),
    ]


def _change(told: Told, audience: Audience) -> Iterator[Line]:
    change = told.change
    own = rating(change, audience)
    yield []
    yield [
        (f"  {own:<{_WIDTH}}", _STYLES[own]),
        (printable(told.message), "bold"),
        (f" [{change.code}]", "dim"),
    ]
    indent = " " * (_WIDTH + 2)
    touched, other = operations(change), _others(change, audience)
    if touched or other:
        yield [(indent, ""), (printable(touched), "cyan"), (" · " if touched and other else "", "dim"),
               (other, "dim")]  # fmt: skip
    if change.place:
        yield [(f"{indent}{printable(places(change))}", "dim")]


def _others(change: Change, audience: Audience) -> str:
    """What the change is for those whom the list is not for."""
    if audience is Audience.BOTH:
        return f"callers: {change.callers}, servers: {change.servers}"
    if change.callers is change.servers:
        return ""
    name, value = (
        ("servers", change.servers) if audience is Audience.CALLERS else ("callers", change.callers)
    )
    return f"{name}: {value}"


def _words(words: Counter[str]) -> Iterator[Line]:
    if words:
        said = ", ".join(f"{count} {code}" for code, count in sorted(words.items()))
        yield []
        yield [(f"  {'words':<{_WIDTH}}", "dim"), (f"{said} (all of them: --format json)", "dim")]


def _accepted(accepted: Iterable[Accepted]) -> Iterator[Line]:
    listed = list(accepted)
    if not listed:
        return
    yield []
    yield [("Accepted", "bold underline"), (f": {plural(len(listed), 'change')}", "")]
    for one in listed:
        until = f", until {one.expires}" if one.expires else ""
        yield [
            (f"  {one.change.worst:<{_WIDTH}}", "dim"),
            (printable(one.change.message), ""),
            (f" [{one.change.code}]", "dim"),
        ]
        yield [(f"{' ' * (_WIDTH + 2)}{printable(one.reason)}{until}", "dim")]
