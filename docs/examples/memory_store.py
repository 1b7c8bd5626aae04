"""What the in-memory server remembers, and how it hands out lists, page by page.

A `World` holds one `Account` per account SID. Rows are the frozen models of the bindings: a change puts a new row
in the place of the old one.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Generic, Protocol, TypedDict, TypeVar
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import msgspec

from twilio_voice import UNSET, Unset, models
from twilio_voice.models import AccountSid, CallSid, ConferenceSid, QueueSid, RecordingSid
from twilio_voice.server import Fault, HttpRequest

API_VERSION = "2010-04-01"
DEFAULT_PAGE_SIZE = 50

Row = TypeVar("Row")


class Shelf(Generic[Row]):
    """Rows by SID, in the order in which they are listed.

    A row's place stays known after it is gone, so that a page token that names it still leads on.
    """

    def __init__(self, *, newest_first: bool = True) -> None:
        self._rows: dict[str, Row] = {}
        self._ranks: dict[str, int] = {}
        self._step = -1 if newest_first else 1

    def put(self, sid: str, row: Row) -> Row:
        """Add a row, or put it in the place of the one with the same SID."""
        self._ranks.setdefault(sid, self._step * len(self._ranks))
        self._rows[sid] = row
        return row

    def get(self, sid: str) -> Row | None:
        return self._rows.get(sid)

    def drop(self, sid: str) -> None:
        del self._rows[sid]

    def rank(self, sid: str) -> int | None:
        """Where a row stands or stood; None if there never was one."""
        return self._ranks.get(sid)

    def sids(self, keep: Callable[[Row], bool]) -> list[str]:
        """The SIDs of the rows to keep, as they are listed."""
        found = [sid for sid, row in self._rows.items() if keep(row)]
        return sorted(found, key=self._ranks.__getitem__)

    def rows(self, keep: Callable[[Row], bool] = lambda _: True) -> Iterator[Row]:
        """The rows to keep, as they are listed."""
        return (self._rows[sid] for sid in self.sids(keep))

    def __getitem__(self, sid: str) -> Row:
        return self._rows[sid]


@dataclass
class Account:
    """What one account has."""

    calls: Shelf[models.Call] = field(default_factory=Shelf)
    recordings: Shelf[models.Recording] = field(default_factory=Shelf)
    conferences: Shelf[models.Conference] = field(default_factory=Shelf)
    participants: Shelf[models.Participant] = field(default_factory=Shelf)
    queues: Shelf[models.Queue] = field(default_factory=Shelf)
    members: Shelf[models.QueueMember] = field(default_factory=lambda: Shelf(newest_first=False))


class World:
    """All accounts, the clock, and where new SIDs come from: the same ones for the same seed."""

    def __init__(
        self, seed: int | None = None, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._random = random.Random(seed)
        self._clock = clock or (lambda: datetime.now(UTC))
        self._accounts: dict[str, Account] = {}

    def account(self, sid: str) -> Account:
        """An account; the first look opens it."""
        return self._accounts.setdefault(sid, Account())

    def now(self) -> datetime:
        """The time, in whole seconds: the wire carries no fractions."""
        return self._clock().replace(microsecond=0)

    def mint(self, prefix: str) -> str:
        """A SID that is not in use."""
        return f"{prefix}{self._random.getrandbits(128):032x}"

    def enqueue(self, account_sid: AccountSid, queue_sid: QueueSid, call_sid: CallSid) -> None:
        """Put a call into a queue. On the wire only the <Enqueue> verb does that."""
        self.account(account_sid).members.put(
            call_sid,
            models.QueueMember(
                queue_sid=queue_sid,
                call_sid=call_sid,
                date_enqueued=self.now(),
                position=1,
                wait_time=0,
                uri=uri(account_sid, "Queues", queue_sid, "Members", call_sid),
            ),
        )


def uri(account_sid: AccountSid, *parts: str, suffix: str = ".json") -> str:
    """The path of a resource, relative to the host: `/2010-04-01/Accounts/AC…/Calls/CA….json`."""
    below = "/".join(quote(part, safe="") for part in parts)
    return f"/{API_VERSION}/Accounts/{account_sid}/{below}{suffix}"


def subresources(
    account_sid: AccountSid,
    kind: str,
    sid: CallSid | ConferenceSid | RecordingSid,
    *names: str,
) -> dict[str, str]:
    """The paths below a resource, by name: `{"recordings": "/2010-04-01/…/Recordings.json"}`."""
    return {name: uri(account_sid, kind, sid, name.title().replace("_", "")) for name in names}


def not_found(request: HttpRequest) -> Fault:
    """The error for a resource that is not there, or is another account's."""
    return Fault(404, f"The requested resource {request.path} was not found", code=20404)


def check_urls(body: msgspec.Struct) -> None:
    """Hold the addresses of a form to what can be requested. Raises Fault 400 for the first that cannot."""
    for one in msgspec.structs.fields(body):
        value = getattr(body, one.name)
        named = one.name.endswith(("url", "callback"))
        if named and isinstance(value, str) and not _is_url(value):
            raise Fault(400, f"{one.encode_name} is not a valid URL: {value}", code=21205)


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    allowed = text.isascii() and text.isprintable() and not set(text) & set(' "<>\\^`{|}')
    return allowed and parts.scheme in ("http", "https") and host != "" and "_" not in host


# -- lists


class Envelope(TypedDict):
    """What a list carries beside its rows."""

    first_page_uri: str
    next_page_uri: str | None
    previous_page_uri: str | None
    page: int
    page_size: int
    start: int
    end: int
    uri: str


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


def page_of(
    given: ListInput, shelf: Shelf[Row], keep: Callable[[Row], bool]
) -> tuple[list[Row], Envelope]:
    """One page of the rows to keep. Raises Fault 400 for a page token that was never given out."""
    sids = shelf.sids(keep)
    size = given.page_size or DEFAULT_PAGE_SIZE
    begin = _begin(given, shelf, sids, size)
    here = sids[begin : begin + size]
    number = begin // size
    more = begin + size < len(sids)
    envelope = Envelope(
        first_page_uri=_link(given.request, size, 0),
        next_page_uri=_link(given.request, size, number + 1, "PA" + here[-1]) if more else None,
        previous_page_uri=(
            _link(given.request, size, max(number - 1, 0), "PB" + here[0])
            if begin and here
            else None
        ),
        page=number,
        page_size=size,
        start=begin,
        end=max(begin + len(here) - 1, begin),
        uri=_link(given.request, size, number),
    )
    return [shelf[sid] for sid in here], envelope


def _begin(given: ListInput, shelf: Shelf[Row], sids: list[str], size: int) -> int:
    """The index of the page's first row. A cursor is a row, not a count: new rows do not shift the pages."""
    if not given.page_token:
        return min((given.page or 0) * size, len(sids))
    rank = shelf.rank(given.page_token[2:])
    if rank is None or given.page_token[:2] not in ("PA", "PB"):
        raise Fault(400, "The page token is not valid", code=21481)
    ranks = [shelf.rank(sid) or 0 for sid in sids]
    if given.page_token[:2] == "PA":
        return bisect_right(ranks, rank)
    return max(bisect_right(ranks, rank - 1) - size, 0)


def _link(request: HttpRequest, size: int, page: int, token: str = "") -> str:
    """A page's path, relative to the host, with the filters of the request."""
    paging = {"PageSize", "Page", "PageToken"}
    given = parse_qsl(request.query, keep_blank_values=True)
    pairs = [(name, value) for name, value in given if name not in paging]
    pairs += [("PageSize", str(size)), ("Page", str(page))]
    pairs += [("PageToken", token)] if token else []
    return f"{request.path}?{urlencode(pairs, quote_via=quote)}"


# -- filters


def equals(wanted: object, found: object) -> bool:
    """Whether a filter that may not have been given lets a value through."""
    return wanted is UNSET or wanted == found


def within(
    moment: datetime | None,
    on: date | datetime | Unset,
    before: date | datetime | Unset,
    after: date | datetime | Unset,
) -> bool:
    """Whether a moment passes the three filters for it; a day begins at midnight UTC."""
    if moment is None:
        return not (on or before or after)
    if on and _day(on) != _day(moment):
        return False
    if before and not moment < _start(before):
        return False
    return not after or moment >= _start(after)


def _day(when: date | datetime) -> date:
    if not isinstance(when, datetime):
        return when
    try:
        return when.astimezone(UTC).date()
    except OverflowError:  # the first and the last day of the calendar have no neighbour
        return when.date()


def _start(when: date | datetime) -> datetime:
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=UTC)
