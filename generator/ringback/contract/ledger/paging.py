"""Pages and walks: which answers of a list belong together, and when a walk has seen all of it.

Two pages are of one walk where the second was asked for with the link, the cursor or the number that follows from the first,
with the same path, filters and size. A walk is complete where its last page says that nothing follows: a link that is null,
or fewer rows than a full page holds where the document has no link at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl

from ringback.contract.judges.reading import Reading, properties
from ringback.contract.judges.words import plain
from ringback.contract.ledger.entities import Role
from ringback.contract.ledger.things import Key, Seen, seen
from ringback.openapi import Parameter

SIZE: Final = frozenset(
    [
        "pagesize",
        "limit",
        "perpage",
        "size",
        "maxresults",
        "maxitems",
        "top",
        "pagelimit",
        "rowsperpage",
    ]
)
POSITION: Final = frozenset(
    [
        "page",
        "pagenumber",
        "pageno",
        "pageindex",
        "offset",
        "skip",
        "cursor",
        "after",
        "before",
        "pagetoken",
        "token",
        "nexttoken",
        "continuationtoken",
        "continuation",
        "marker",
        "startingafter",
        "endingbefore",
        "startat",
        "startindex",
        "start",
    ]
)
ORDER: Final = frozenset(
    [
        "order",
        "orderby",
        "sort",
        "sortby",
        "sortorder",
        "sortdir",
        "sortdirection",
        "ordering",
        "direction",
    ]
)
_NUMBERS: Final = frozenset(("page", "pagenumber", "pageno", "pageindex"))
_OFFSETS: Final = frozenset(("offset", "skip", "startat", "startindex", "start"))
_LINKS: Final = frozenset(
    [
        "nextpageuri",
        "nextpageurl",
        "next",
        "nexturl",
        "nexturi",
        "nextlink",
        "nextpage",
        "nexthref",
        "odatanextlink",
    ]
)
_TOKENS: Final = frozenset(["nextcursor", "nextpagetoken", "nexttoken", "nextmarker", "endcursor"])
_HOLDERS: Final = frozenset(["links", "meta", "paging", "pagination", "pageinfo", "metadata"])

Pairs = tuple[tuple[str, str], ...]
Address = tuple[str, Pairs, Pairs]
"""Label, values of the path, pairs of the query: what is asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks of a list, taken apart."""

    label: str
    path: Pairs
    filters: Pairs
    order: Pairs
    position: Pairs
    size: int | None
    size_parameter: Parameter | None

    @property
    def list_(self) -> Address:
        """The list itself, whatever page of it."""
        return (self.label, self.path, self.filters + self.order)


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: the keys of its rows in order (None: a row without identifier) and a fingerprint of each."""

    keys: tuple[Key | None, ...]
    prints: tuple[int, ...]
    seen: Seen


@dataclass(frozen=True, slots=True)
class Walk:
    """Pages that belong together, from the first on. `complete`: nothing follows the last."""

    asked: Asked
    pages: tuple[Page, ...]
    complete: bool

    @property
    def started(self) -> float:
        return self.pages[0].seen.started

    @property
    def ended(self) -> float:
        return self.pages[-1].seen.ended

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(page.seen.number for page in self.pages)

    @property
    def keys(self) -> list[Key]:
        return [key for page in self.pages for key in page.keys if key is not None]


def asked_of(role: Role, reading: Reading) -> Asked:
    """Take the query of a list apart."""
    filters: list[tuple[str, str]] = []
    order: list[tuple[str, str]] = []
    position: list[tuple[str, str]] = []
    size: int | None = None
    size_parameter: Parameter | None = None
    names = _classes(role)
    for name, value in parse_qsl(reading.exchange.request.query, keep_blank_values=True):
        kind, found = names.get(name, ("filter", None))
        if kind == "size":
            size, size_parameter = (int(value) if value.isdecimal() else None), found
        elif kind == "position":
            position.append((name, value))
        elif kind == "order":
            order.append((name, value))
        else:
            filters.append((name, value))
    path = tuple(sorted(reading.values.items()))
    return Asked(
        role.label,
        path,
        tuple(sorted(filters)),
        tuple(order),
        tuple(position),
        size,
        size_parameter,
    )


_classed: dict[int, tuple[Role, dict[str, tuple[str, Parameter | None]]]] = {}


def _classes(role: Role) -> dict[str, tuple[str, Parameter | None]]:
    """What each query parameter of a list is for."""
    kept = _classed.get(id(role))
    if kept is not None and kept[0] is role:
        return kept[1]
    found: dict[str, tuple[str, Parameter | None]] = {}
    known = {plain(name) for name in role.entity.properties}
    for one in role.operation.parameters:
        if one.location != "query":
            continue
        name = plain(one.name)
        kind = "filter"
        if name not in known and one.name[-1:].isalnum():
            kind = "size" if name in SIZE else "position" if name in POSITION else kind
            kind = "order" if name in ORDER else kind
        found[one.name] = (kind, one)
    if len(_classed) > 512:
        _classed.clear()
    _classed[id(role)] = (role, found)
    return found


def kind_of(role: Role, name: str) -> str:
    """Whether a query parameter of a list is a filter, or says size, position or order."""
    return _classes(role).get(name, ("unknown", None))[0]


@dataclass(slots=True)
class Walks:
    """The walks through all lists, as far as they have come."""

    entity_limit: int = 20_000
    _by_link: dict[Address, tuple[Page, ...]] = field(default_factory=dict)
    _by_token: dict[tuple[Address, str], tuple[Page, ...]] = field(default_factory=dict)
    _by_number: dict[tuple[Address, int | None, int], tuple[Page, ...]] = field(
        default_factory=dict
    )

    def add(self, role: Role, reading: Reading, asked: Asked, page: Page) -> Walk | None:
        """The walk that a page continues or begins; None where it is a page by itself."""
        before = self._before(role, asked, reading, page)
        if before is None:
            return None
        pages = (*before, page)
        declared, link, token = next_of(reading, role)
        if link:
            self._expect(reading, link, pages)
        if token:
            self._by_token[(asked.list_, token)] = pages
        self._number(role, reading, asked, pages)
        return Walk(asked, pages, _is_complete(role, reading, asked, page, declared, link or token))

    def _before(
        self, role: Role, asked: Asked, reading: Reading, page: Page
    ) -> tuple[Page, ...] | None:
        address = (asked.label, asked.path, _pairs(reading.exchange.request.query))
        held = self._by_link.get(address)
        if held is None:
            for _, value in asked.position:
                held = held or self._by_token.get((asked.list_, value))
        if held is None and asked.position:
            held = self._by_position(asked)
        if held is not None:
            return held if held[-1].seen.before(page.seen) else None
        return () if _is_first(role, asked) else None

    def _by_position(self, asked: Asked) -> tuple[Page, ...] | None:
        if len(asked.position) != 1:
            return None
        name, value = asked.position[0]
        if not value.isdecimal():
            return None
        if plain(name) in _NUMBERS:
            return self._by_number.get((asked.list_, asked.size, int(value)))
        if plain(name) in _OFFSETS:
            return self._by_number.get((asked.list_, asked.size, -int(value)))
        return None

    def _number(self, role: Role, reading: Reading, asked: Asked, pages: tuple[Page, ...]) -> None:
        """Which number or offset follows."""
        rows = sum(len(page.keys) for page in pages)
        number = _number_of(role, reading, asked)
        if number is not None:
            self._by_number[(asked.list_, asked.size, number + 1)] = pages
        if rows:
            self._by_number[(asked.list_, asked.size, -rows)] = pages

    def _expect(self, reading: Reading, link: str, pages: tuple[Page, ...]) -> None:
        path, _, query = link.partition("?")
        if "://" in path:
            path = "/" + path.partition("://")[2].partition("/")[2]
        if not path:
            path = reading.exchange.request.path
        match = reading.contract.match("GET", path)
        if match is None:
            return
        if len(self._by_link) > self.entity_limit:
            self._by_link.clear()
        values = tuple(sorted(match.values.items()))
        address = (reading.contract.label(match.operation), values, _pairs(query))
        self._by_link[address] = pages


def _pairs(query: str) -> Pairs:
    return tuple(sorted(parse_qsl(query, keep_blank_values=True)))


def _is_first(role: Role, asked: Asked) -> bool:
    """Whether a request begins at the beginning."""
    for name, value in asked.position:
        if value == "":
            continue
        begins = 0 if plain(name) in _OFFSETS else _first_number(role, name)
        if not value.isdecimal() or int(value) != begins or plain(name) not in _NUMBERS | _OFFSETS:
            return False
    return True


def _first_number(role: Role, name: str) -> int | None:
    """The number of the first page, where the document says it: the parameter's default, or its least value."""
    found = _classes(role).get(name, ("", None))[1]
    schema = found.schema if found is not None else None
    if schema is None:
        return None
    for said in (schema.default, schema.minimum):
        if isinstance(said, (int, float)) and not isinstance(said, bool):
            return int(said)
    return None


def _number_of(role: Role, reading: Reading, asked: Asked) -> int | None:
    """The number of a page: as asked, as answered, or that of the first page; None where nobody says."""
    for name, value in asked.position:
        if plain(name) in _NUMBERS and value.isdecimal():
            return int(value)
    if asked.position:
        return None
    if isinstance(reading.value, dict):
        for name, inner in reading.value.items():
            if plain(name) in _NUMBERS and isinstance(inner, int) and not isinstance(inner, bool):
                return inner
    names = [name for name, (kind, _) in _classes(role).items() if kind == "position"]
    return next((_first_number(role, name) for name in names if plain(name) in _NUMBERS), None)


def next_of(reading: Reading, role: Role) -> tuple[bool, str, str]:
    """Whether a list says at all what follows, and the link or the cursor of the next page."""
    value = reading.value
    declared, link, token = False, "", ""
    if isinstance(value, dict):
        declared, link, token = _next_in(value)
        for name, inner in value.items():
            if isinstance(inner, dict) and plain(name) in _HOLDERS:
                more, other, cursor = _next_in(inner)
                declared, link, token = declared or more, link or other, token or cursor
    declared = declared or any(
        plain(name) in _LINKS | _TOKENS for name in properties(role.envelope)
    )
    reply = reading.exchange.reply
    header = reply.header("link") if reply is not None else None
    for part in (header or "").split(","):
        target, _, rest = part.partition(";")
        if 'rel="next"' in rest or "rel=next" in rest:
            declared, link = True, target.strip().strip("<>")
    return declared, link, token


def _next_in(value: dict[str, Any]) -> tuple[bool, str, str]:
    declared, link, token = False, "", ""
    for name, inner in value.items():
        known = plain(name)
        if known in _LINKS:
            declared = True
            found = inner.get("href") if isinstance(inner, dict) else inner
            if isinstance(found, str) and ("/" in found or "?" in found):
                link = found
            elif isinstance(found, str):
                token = found
        elif known in _TOKENS:
            declared = True
            token = inner if isinstance(inner, str) else token
    return declared, link, token


def _is_complete(
    role: Role, reading: Reading, asked: Asked, page: Page, declared: bool, follows: str
) -> bool:
    if follows:
        return False
    if declared:
        return True
    kinds = {kind for kind, _ in _classes(role).values()}
    if not kinds & {"size", "position"}:
        header = reading.exchange.reply.header("link") if reading.exchange.reply else None
        return header is None and not _says_size(reading)
    size = asked.size if asked.size is not None else _says_size(reading)
    return bool(size) and len(page.keys) < size


def _says_size(reading: Reading) -> int:
    """How many rows a full page holds, as the answer says; 0 where it does not."""
    if isinstance(reading.value, dict):
        for name, inner in reading.value.items():
            if plain(name) in SIZE and isinstance(inner, int):
                return inner
    return 0


def page_of(role: Role, reading: Reading, keys: list[Key | None], rows: list[Any]) -> Page:
    """A page from its rows."""
    return Page(tuple(keys), tuple(map(_print, rows)), seen(reading))


def _print(row: Any) -> int:
    if not isinstance(row, dict):
        return hash(str(row))
    return hash(tuple(value for value in row.values() if not isinstance(value, (dict, list))))


def rows_of(role: Role, value: Any) -> list[Any]:
    """The rows of a list's answer; none where it has another shape."""
    rows = value if role.rows is None else value.get(role.rows) if isinstance(value, dict) else None
    return rows if isinstance(rows, list) else []
