"""The comparison as Markdown: the comment on a pull request, or an entry of a changelog.

A document's text is shown as text: whatever Markdown or HTML it holds is taken apart first. GitHub takes 65,536
characters in a comment: what does not fit is counted, not lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from .model import Rating, Side
from .verdict import Accepted, Audience, Comparison, Step, counted, in_order, rating, step
from .words import FOR, TITLES, Told, grouped, operations, places, plural, printable, told

_MOST: Final = 60_000
_SIGNS: Final = {Rating.BREAKING: "🔴", Rating.RISKY: "🟡", Rating.SAFE: "🟢"}
_MARKED: Final = re.compile(r"([\\`*_{}\[\]()#+!|~@-])")
_HEADS: Final = {
    Step.MAJOR: "**major**: something breaks",
    Step.MINOR: "**minor**: nothing is known to break",
    Step.PATCH: "**patch**: only words differ",
    Step.NONE: "**none**: nothing has changed",
}


def as_markdown(comparison: Comparison) -> str:
    """The whole text."""
    parts = [*_head(comparison)]
    room = _MOST - sum(map(len, parts))
    for side in (Side.WIRE, Side.PYTHON):
        section = "\n".join(_section(side, comparison, room // 2))
        room -= len(section)
        parts.append(section)
    parts += _accepted(comparison.accepted, max(room, 2_000))
    parts += [f"> {_plain(one)}\n" for one in comparison.notices]
    return "\n".join(parts).rstrip("\n") + "\n"


def _head(comparison: Comparison) -> Iterator[str]:
    everything = comparison.everything
    own = comparison.audience
    yield f"### API changes: {_HEADS[step(everything, own)]} {FOR[own]}\n"
    yield f"`{_code(comparison.old)}` → `{_code(comparison.new)}`\n"
    if not everything:
        return
    yield "| | breaking | risky | safe | version |"
    yield "|---|---:|---:|---:|---|"
    for audience in (Audience.CALLERS, Audience.SERVERS):
        counts = counted(everything, audience)
        cells = " | ".join(str(count) for count in counts.values())
        yield f"| {FOR[audience]} | {cells} | {step(everything, audience)} |"
    yield ""


def _section(side: Side, comparison: Comparison, room: int) -> Iterator[str]:
    audience = comparison.audience
    changes = in_order(comparison.of(side), audience)
    if not changes:
        return
    yield f"#### {TITLES[side]}\n"
    kept, words = told(changes)
    listed = grouped(kept)
    grave = [one for one in listed if rating(one.change, audience) is not Rating.SAFE]
    safe = [one for one in listed if rating(one.change, audience) is Rating.SAFE]
    yield from _fitting([_item(one, audience) for one in grave], room * 2 // 3)
    if grave:
        yield ""
    if safe or words:
        yield f"<details><summary>{plural(len(safe) + sum(words.values()), 'safe change')}</summary>\n"
        yield from _fitting([_item(one, audience) for one in safe], room // 3)
        yield from (f"- {count} × `{code}`" for code, count in sorted(words.items()))
        yield "\n</details>\n"


def _fitting(items: Sequence[str], room: int) -> Iterator[str]:
    for at, item in enumerate(items):
        room -= len(item)
        if room < 0:
            yield f"- … and {plural(len(items) - at, 'more change')}"
            return
        yield item


def _item(told: Told, audience: Audience) -> str:
    change = told.change
    own = rating(change, audience)
    touched = operations(change)
    others = [
        f"{name}: {value}"
        for name, value in (("callers", change.callers), ("servers", change.servers))
        if value is not own
    ]
    more = [
        *([_plain(touched)] if touched else []),
        *([f"{', '.join(others)}"] if others else []),
        *([f"`{_code(places(change))}`"] if change.place else []),
    ]
    said = f"- {_SIGNS[own]} {own}: {_plain(told.message)} (`{change.code}`)"
    return said + ("<br>" + " · ".join(more) if more else "")


def _accepted(accepted: Iterable[Accepted], room: int) -> Iterator[str]:
    listed = [
        f"- {_plain(one.change.message)} (`{one.change.code}`): {_plain(one.reason)}"
        f"{f', until {one.expires}' if one.expires else ''}"
        for one in accepted
    ]
    if listed:
        yield f"<details><summary>{plural(len(listed), 'accepted change')}</summary>\n"
        yield from _fitting(listed, room)
        yield "\n</details>\n"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is: no links, no HTML, and nobody is notified."""
    line = " ".join(printable(text).split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKED.sub(r"\\\1", line)


def _code(text: str) -> str:
    """Text between backticks."""
    return " ".join(printable(text).split()).replace("`", "'")
