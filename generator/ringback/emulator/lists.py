"""Lists: one page of an account's resources, and the links to the pages beside it.

A cursor is a row, not a count: `PA<SID>` means the rows after that one, `PB<SID>` those before it. Rows that are added or
removed meanwhile neither shift a page nor repeat on the next, and a cursor whose row is gone still leads on, because the
place of a removed row is remembered. `Page` is only what the client says of itself; without a cursor it counts pages.

A list that the database can filter reads no more rows than it shows. One whose filter is written in Python reads windows
until the page is full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import parse_qsl, quote, urlencode

from ringback.emulator.records import (
    CallRecord,
    ConferenceRecord,
    MemberRecord,
    NotificationRecord,
    ParticipantRecord,
    QueueRecord,
    Record,
    RecordingRecord,
)
from ringback.emulator.statements import WHOLE, Bounds
from ringback.emulator.store import Transaction
from ringback.emulator.world import World
from twilio_voice import Unset
from twilio_voice.server import Fault, HttpRequest

R = TypeVar("R", bound=Record)

USUAL_SIZE = 50
FURTHEST_PAGE = 2**31 - 1
_WINDOW = 500

_ROWS: dict[type[Record], str] = {
    CallRecord: "calls",
    RecordingRecord: "recordings",
    ConferenceRecord: "conferences",
    ParticipantRecord: "participants",
    QueueRecord: "queues",
    MemberRecord: "queue_members",
    NotificationRecord: "notifications",
}
"""Under which name a list carries its rows."""

_BELOW_PARENT = (ParticipantRecord, MemberRecord)
"""What is named by a call's SID, and is found by its parent's as well."""

_TOKEN = re.compile(r"(P[AB])([A-Z]{2}[0-9a-fA-F]{32})", re.ASCII)
_PAGING = frozenset({"PageSize", "Page", "PageToken"})


class ListInput(Protocol):
    """What the inputs of all list operations have in common."""

    @property
    def page_size(self) -> int | Unset: ...
    @property
    def page(self) -> int | Unset: ...
    @property
    def page_token(self) -> str | Unset: ...
    @property
    def request(self) -> HttpRequest: ...


def page(
    world: World,
    tx: Transaction,
    given: ListInput,
    kind: type[R],
    account_sid: str,
    keep: Callable[[R], bool] | None,
    show: Callable[[R], Any],
    *,
    bounds: Bounds = WHOLE,
    newest_first: bool = True,
    show_stored: Callable[[bytes], Any] | None = None,
) -> dict[str, Any]:
    """One page as the fields of its list model: `models.CallList(**page(...))`.

    `bounds` are the filters that the database does, `keep` is the one that it cannot do (None: every row of the account
    within the bounds); `show` makes the model of a row, `show_stored` does it from the row as it is stored, for lists that
    nothing has to be read of.
    Raises Fault: 400 with code 20007 (page size) or 21481 (cursor).
    """
    as_stored = show_stored is not None and keep is None
    rows = _Rows(tx, kind, account_sid, keep, bounds, newest_first, as_stored)
    size = _size(world, given)
    number = min(given.page or 0, FURTHEST_PAGE)
    token = given.page_token or ""
    here, earlier, later = _cut(rows, token, number, size)
    start = number * size
    shown: Callable[[Any], Any] = show_stored if as_stored and show_stored else show
    link = _links(given.request, size)
    return {
        _ROWS[kind]: [shown(row) for _, _, row in here],
        "first_page_uri": link(0),
        "next_page_uri": link(number + 1, "PA" + _sid(here[-1])) if later else None,
        "previous_page_uri": link(max(number - 1, 0), "PB" + _sid(here[0])) if earlier else None,
        "page": number,
        "page_size": size,
        "start": start,
        "end": start + max(len(here) - 1, 0),
        "uri": link(number, token),
    }


Row = tuple[int, str, Any]
"""A row's place, its key, and its record (or how that is stored)."""


def _sid(row: Row) -> str:
    return row[1].rpartition("/")[2]


def _size(world: World, given: ListInput) -> int:
    size = given.page_size or USUAL_SIZE
    most = world.settings.largest_page
    if size > most and world.settings.strict_page_size:
        raise Fault(400, f"Page size must be between 1 and {most}", code=20007)
    return min(size, most)


def _cut(rows: _Rows[R], token: str, number: int, size: int) -> tuple[list[Row], bool, bool]:
    """The rows of a page, and whether there are rows before and after it."""
    if not token:
        here = rows.from_(None, size + 1, skip=number * size)
        return here[:size], number > 0 and bool(here), len(here) > size
    side, place = _cursor(rows, token)
    if side == "PA":
        here = rows.from_(place, size + 1)
        more, here = len(here) > size, here[:size]
        return here, bool(here) and bool(rows.back_from(here[0][0], 1)), more
    here = rows.back_from(place, size + 1)
    more, here = len(here) > size, here[:size][::-1]
    return here, more, bool(here) and bool(rows.from_(here[-1][0], 1))


def _cursor(rows: _Rows[R], token: str) -> tuple[str, int]:
    found = _TOKEN.fullmatch(token)
    place = rows.place(found[2]) if found else None
    if found is None or place is None:
        raise Fault(400, "Invalid PageToken", code=21481)
    return found[1], place


@dataclass(frozen=True, slots=True)
class _Rows(Generic[R]):
    """The rows of a list, in its order."""

    tx: Transaction
    kind: type[R]
    account: str
    keep: Callable[[R], bool] | None
    bounds: Bounds
    newest_first: bool
    as_stored: bool

    def place(self, sid: str) -> int | None:
        """Where a row stands, or stood."""
        key = f"{self.bounds.parent}/{sid}" if self.kind in _BELOW_PARENT else sid
        seq = self.tx.place(self.kind, self.account, key)
        return self.tx.former_place(key) if seq is None else seq

    def from_(self, place: int | None, most: int, skip: int = 0) -> list[Row]:
        """Rows after a place (None: from the first), in the list's order."""
        return self._some(place, most, skip, self.newest_first)

    def back_from(self, place: int, most: int) -> list[Row]:
        """Rows before a place, the nearest first."""
        return self._some(place, most, 0, not self.newest_first)

    def _some(self, place: int | None, most: int, skip: int, falling: bool) -> list[Row]:
        if self.keep is None:
            return self._window(place, most, falling, skip)
        kept: list[Row] = []
        for row in self._all(place, falling):
            if not self.keep(row[2]):
                continue
            if skip:
                skip -= 1
                continue
            kept.append(row)
            if len(kept) == most:
                break
        return kept

    def _all(self, place: int | None, falling: bool) -> Iterator[Row]:
        while True:
            window = self._window(place, _WINDOW, falling)
            yield from window
            if len(window) < _WINDOW:
                return
            place = window[-1][0]

    def _window(self, place: int | None, most: int, falling: bool, skip: int = 0) -> list[Row]:
        found = self.tx.stored_rows(
            self.kind,
            self.account,
            self.bounds,
            before=place if falling else None,
            after=None if falling else place,
            newest_first=falling,
            limit=most,
            offset=skip,
        )
        if self.as_stored:
            return list(found)
        return [(seq, key, self.tx.read(self.kind, data)) for seq, key, data in found]


def _links(request: HttpRequest, size: int) -> Callable[..., str]:
    """Makes a page's path of its number and cursor: relative to the host, with the filters of the request."""
    kept = filters(request.query) if request.query else []
    begin = f"{request.path}?" + (urlencode(kept, quote_via=quote) + "&" if kept else "")

    def link(number: int, token: str = "") -> str:
        cursor = f"&PageToken={quote(token, safe='')}" if token else ""
        return f"{begin}PageSize={size}&Page={number}{cursor}"

    return link


def filters(query: str) -> list[tuple[str, str]]:
    """What a query asks for beside pages, in its order."""
    given = parse_qsl(query, keep_blank_values=True)
    return [(name, value) for name, value in given if name not in _PAGING]


# -- filters


def equals(wanted: object, found: object) -> bool:
    """Whether a filter that may not have been given lets a value through."""
    return isinstance(wanted, Unset) or wanted == found


def within(
    moment: int | None,
    on: date | datetime | Unset,
    before: date | datetime | Unset,
    after: date | datetime | Unset,
) -> bool:
    """Whether a moment (ms) passes its three filters: on a day, before a time, at or after one. Days are UTC's."""
    begin, end = span(on, before, after)
    if moment is None:
        return begin is None and end is None
    return (begin is None or moment >= begin) and (end is None or moment < end)


def span(
    on: date | datetime | Unset, before: date | datetime | Unset, after: date | datetime | Unset
) -> tuple[int | None, int | None]:
    """What three filters together let through, in ms: from a moment on, before another; None is no bound."""
    if not (on or before or after):
        return None, None
    begins = [_start(after)] if after else []
    ends = [_start(before)] if before else []
    if on:
        day = _start(on, whole_day=True)
        begins.append(day)
        ends.append(day + _DAY)
    return max(begins, default=None), min(ends, default=None)


_DAY = 86_400_000


def _start(when: date | datetime, *, whole_day: bool = False) -> int:
    """When a day or moment begins, in ms."""
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day, tzinfo=UTC)
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    begins = int((when - _EPOCH).total_seconds() * 1000)
    return begins - begins % _DAY if whole_day else begins


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
