"""Lists: which parameters of a query filter, order and page, as their names say; and what a page tells of itself.

A filter is a parameter with the name of a property (with a mark for before and after, where it has one); `q`, `query` and
`search` look into all texts. What a parameter means that has none of the known names is not guessed.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from ringback.openapi import Operation, Parameter
from ringback.wire import forms

from .making import NOTHING, at
from .store import Row
from .tables import Table, plain

_SIZES: Final = frozenset(
    [
        "limit",
        "pagesize",
        "perpage",
        "size",
        "maxresults",
        "maxitems",
        "top",
        "pagelimit",
        "count",
        "rowsperpage",
        "take",
    ]
)
_NUMBERS: Final = frozenset(["page", "pagenumber", "pageno", "pageindex", "pagenum"])
_OFFSETS: Final = frozenset(["offset", "skip", "startat", "startindex", "start", "from"])
_CURSORS: Final = frozenset(
    [
        "cursor",
        "after",
        "pagetoken",
        "token",
        "nexttoken",
        "continuationtoken",
        "continuation",
        "marker",
        "startingafter",
    ]
)
_BACKWARDS: Final = frozenset(["before", "endingbefore"])
_ORDERS: Final = frozenset(
    [
        "order",
        "orderby",
        "sort",
        "sortby",
        "ordering",
        "sortorder",
        "sortdirection",
        "sortdir",
        "direction",
    ]
)
_SEARCHES: Final = frozenset(["q", "query", "search", "searchterm", "term", "filter"])
_MARK: Final = re.compile(
    r"(?P<name>.+?)(?:(?P<sign>[<>])=?|\[(?P<word>gte?|lte?)\]|[_.]{1,2}(?P<tail>gte?|lte?|before|after)"
    r"|(?P<camel>Before|After))\Z"
)
_LESS: Final = frozenset(("<", "lt", "lte", "before"))
_STRICT: Final = frozenset(("lt", "gt"))
_DEFAULT_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """A parameter that means a property; `mark` is "" for equality, "<" or ">" for a bound."""

    parameter: str
    property: str
    mark: str = ""
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What the parameters of one list mean."""

    size: Parameter | None = None
    position: Parameter | None = None
    kind: str = ""  # number, offset, cursor
    before: Parameter | None = None
    orders: tuple[Parameter, ...] = ()
    searches: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    most: int | None = None  # rows of an answer, where its schema says so
    cursor: Parameter | None = None  # beside a position of another kind
    prefix: str = ""  # of cursors that are the identifier of a row

    @property
    def pages(self) -> bool:
        return self.size is not None or self.position is not None


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its rows, how many there are in all, and where it stands. `after` is the position that follows, if any."""

    rows: list[Row]
    total: int
    offset: int = 0
    size: int = 0
    number: int = 0
    first_number: int = 0
    after: int | None = None
    previous: int | None = None
    backwards: bool = False  # it was asked for by what follows it


def listing_of(
    operation: Operation, table: Table, most: int | None = None, prefix: str = ""
) -> Listing:
    """What each parameter of a list is for; `most` rows fit into its answer."""
    own = {plain(name): name for name, _ in forms.properties_of(table.schema)}
    found: dict[str, Any] = {}
    orders: list[Parameter] = []
    searches: list[str] = []
    filters: list[Filter] = []
    for one in operation.parameters:
        if one.location != "query":
            continue
        name = plain(one.name)
        known = _filter(one, own)
        if known is not None:
            filters.append(known)
        elif name in _SIZES:
            found.setdefault("size", one)
        elif name in _ORDERS:
            orders.append(one)
        elif name in _SEARCHES and "string" in forms.types_of(one.schema):
            searches.append(one.name)
        elif name in _BACKWARDS:
            found.setdefault("before", one)
        elif (kind := _position(name)) and "position" not in found:
            found |= {"position": one, "kind": kind}
        elif kind == "cursor" != found["kind"]:
            found.setdefault("cursor", one)
    found |= {"orders": tuple(orders), "searches": tuple(searches), "filters": tuple(filters)}
    return Listing(**found, most=most, prefix=prefix)


def _position(name: str) -> str:
    if name in _NUMBERS:
        return "number"
    return "offset" if name in _OFFSETS else "cursor" if name in _CURSORS else ""


def _filter(one: Parameter, own: Mapping[str, str]) -> Filter | None:
    marked = _MARK.match(one.name)
    if plain(one.name) in own and (marked is None or marked["sign"] is None):
        return Filter(one.name, own[plain(one.name)])
    if marked is None or plain(marked["name"]) not in own:
        return None
    mark = marked["sign"] or marked["word"] or marked["tail"] or marked["camel"].lower()
    strict = mark in _STRICT or (marked["sign"] is not None and not one.name.endswith("="))
    return Filter(
        one.name,
        own[plain(marked["name"])],
        "<" if mark in _LESS else ">",
        strict and not marked["sign"],
    )


# -- filtering and ordering


def kept(listing: Listing, rows: list[Row], query: Mapping[str, Any]) -> list[Row]:
    """The rows that pass all filters, in the order that is asked for."""
    for one in listing.filters:
        wanted = query.get(one.parameter)
        if wanted not in (None, "", []):
            rows = [row for row in rows if _passes(one, wanted, at(row.item, (one.property,)))]
    for name in listing.searches:
        if isinstance(text := query.get(name), str) and text:
            rows = [row for row in rows if _holds(row.item, text.casefold())]
    return _ordered(listing, rows, query)


def _passes(one: Filter, wanted: Any, found: Any) -> bool:
    if isinstance(wanted, list):
        return any(_passes(one, part, found) for part in wanted)
    if isinstance(found, list):
        return any(_passes(one, wanted, part) for part in found)
    if found is NOTHING or found is None:
        return False
    if isinstance(found, dict):
        return any(str(part) == str(wanted) for part in found.values())
    left, right = _comparable(found), _comparable(wanted)
    if not one.mark:
        if isinstance(left, datetime) and isinstance(right, datetime) and _is_day(wanted):
            return left.date() == right.date()
        return left == right or forms.text(found).casefold() == forms.text(wanted).casefold()
    if type(left) is not type(right):
        left, right = forms.text(found), forms.text(wanted)
    if one.strict and left == right:
        return False
    return bool(left <= right) if one.mark == "<" else bool(left >= right)


def _holds(value: Any, text: str) -> bool:
    if isinstance(value, dict):
        return any(_holds(one, text) for one in value.values())
    if isinstance(value, list):
        return any(_holds(one, text) for one in value)
    return isinstance(value, str) and text in value.casefold()


def _comparable(value: Any) -> Any:
    """A number, a moment, or the text itself."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return float(value)
    text = str(value)
    return _moment(text) or text


def _moment(text: str) -> datetime | None:
    try:
        if re.match(r"\d{4}-\d\d-\d\d", text):
            found = datetime.fromisoformat(text)
        elif re.match(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} ", text):
            found = parsedate_to_datetime(text)
        else:
            return None
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 10


def _ordered(listing: Listing, rows: list[Row], query: Mapping[str, Any]) -> list[Row]:
    falling, wanted = False, ""
    for one in listing.orders:
        value = query.get(one.name)
        value = value[0] if isinstance(value, list) and value else value
        if not isinstance(value, str) or not value:
            continue
        name = re.sub(r"[\s:+.,]+(asc|desc)(ending)?\Z|^[-+]", "", value, flags=re.IGNORECASE)
        falling = (
            falling
            or value.startswith("-")
            or bool(re.search(r"(^|[\s:+.,])desc(ending)?\Z", value, re.IGNORECASE))
        )
        if name.lower() not in ("asc", "desc", "ascending", "descending"):
            wanted = plain(name)
    if wanted:
        named = [row for row in rows if _value(row, wanted) is not None]
        rest = [row for row in rows if _value(row, wanted) is None]
        try:
            return [*sorted(named, key=lambda row: _value(row, wanted), reverse=falling), *rest]
        except TypeError:
            return rows  # values that cannot be compared with each other
    return rows[::-1] if falling else rows


def _value(row: Row, wanted: str) -> Any:
    if not isinstance(row.item, dict):
        return None
    found = next((one for name, one in row.item.items() if plain(name) == wanted), None)
    return None if found is None or isinstance(found, (dict, list)) else _comparable(found)


# -- pages


def is_plain(listing: Listing, query: Mapping[str, Any]) -> bool:
    """Whether a list is asked for as it stands: nothing filters or orders it, and no cursor says where it begins."""
    if any(query.get(one.parameter) not in (None, "", []) for one in listing.filters):
        return False
    if any(query.get(name) for name in listing.searches):
        return False
    if any(query.get(one.name) for one in listing.orders):
        return False
    if any(query.get(one.name) for one in (listing.before, listing.cursor) if one is not None):
        return False
    if listing.kind == "cursor" and listing.position is not None:
        return query.get(listing.position.name) in (None, "")
    return True


def page_of(listing: Listing, rows: list[Row], query: Mapping[str, Any]) -> Page:
    """The page that is asked for."""
    end = None
    if listing.before is not None and query.get(listing.before.name):
        end = _of_cursor(rows, str(query[listing.before.name]))
    if end is not None:
        rows = rows[: end - 1]
        size = _size_of(listing, query) or len(rows)
        page, size = _bounds(listing, len(rows), max(0, len(rows) - size), size)
        page = replace(page, backwards=True)
    else:
        page, size = bounds_of(listing, len(rows), query, rows)
    return replace(page, rows=rows[page.offset : page.offset + size])


def bounds_of(
    listing: Listing, total: int, query: Mapping[str, Any], rows: list[Row] | None = None
) -> tuple[Page, int]:
    """The page that is asked for, still without its rows, and how many it holds. `rows` are what cursors are looked up in."""
    size = _size_of(listing, query)
    if size is None:
        first = _first(listing)
        return Page([], total, size=total, number=first, first_number=first), total
    offset = min(_offset(listing, rows or [], query, size, _first(listing)), total)
    return _bounds(listing, total, offset, size)


def _bounds(listing: Listing, total: int, offset: int, size: int) -> tuple[Page, int]:
    first = _first(listing)
    after = offset + size if offset + size < total else None
    previous = max(0, offset - size) if offset else None
    number = first + offset // size if size else first
    return Page([], total, offset, size, number, first, after, previous), size


def _size_of(listing: Listing, query: Mapping[str, Any]) -> int | None:
    """How many rows a page holds; None where there are no pages."""
    size = _size(listing, query)
    if listing.most is not None:
        return listing.most if size is None else min(size, listing.most)
    return size


def _size(listing: Listing, query: Mapping[str, Any]) -> int | None:
    if not listing.pages:
        return None
    one = listing.size
    if one is None:
        return _DEFAULT_SIZE
    given = query.get(one.name)
    if isinstance(given, (int, float)) and not isinstance(given, bool) and given >= 1:
        return int(given)  # where less is allowed, it is as if nothing were said
    default = one.schema.default if one.schema is not None else None
    if isinstance(default, int) and default > 0:
        return default
    most = one.schema.maximum if one.schema is not None else None
    return min(_DEFAULT_SIZE, int(most)) if most is not None and most >= 1 else _DEFAULT_SIZE


def _first(listing: Listing) -> int:
    """The number of the first page, as the parameter's default or least value has it."""
    schema = listing.position.schema if listing.position is not None else None
    if listing.kind != "number" or schema is None:
        return 1
    for said in (schema.default, schema.minimum):
        if isinstance(said, (int, float)) and not isinstance(said, bool) and said in (0, 1):
            return int(said)
    return 1


def _offset(
    listing: Listing, rows: list[Row], query: Mapping[str, Any], size: int, first: int
) -> int:
    cursor = listing.position if listing.kind == "cursor" else listing.cursor
    told = query.get(cursor.name) if cursor is not None else None
    if told not in (None, ""):
        return _of_cursor(rows, str(told).removeprefix(listing.prefix)) or 0
    given = query.get(listing.position.name) if listing.position is not None else None
    if given in (None, "") or listing.kind == "cursor":
        return 0
    if not isinstance(given, (int, float)):
        given = int(given) if str(given).isdecimal() else 0
    whole = max(int(given), 0)
    return whole if listing.kind == "offset" else max(whole - first, 0) * size


def cursor_of(row: Row) -> str:
    """A cursor that stands behind a row."""
    return base64.urlsafe_b64encode(f"after {row.seq}".encode()).decode().rstrip("=")


def _of_cursor(rows: list[Row], text: str) -> int | None:
    """How many rows stand before a cursor's place; a cursor may also be an identifier, or a number of rows."""
    try:
        told = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        told = ""
    if told.startswith("after ") and told[6:].isdecimal():
        seq = int(told[6:])
        place = next((index for index, row in enumerate(rows) if row.seq == seq), None)
        return place + 1 if place is not None else sum(row.seq <= seq for row in rows)
    found = next((index for index, row in enumerate(rows) if row.key == text), None)
    if found is not None:
        return found + 1
    return int(text) if text.isdecimal() else None
