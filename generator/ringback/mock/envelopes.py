"""What the answer to a list says beside its rows: how many there are, which page this is, where the next one is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode

from ringback.openapi import Schema
from ringback.wire import forms

from .lists import Listing, Page, cursor_of
from .making import required_of
from .requests import Request
from .tables import plain

_TOTALS: Final = frozenset(
    [
        "total",
        "totalcount",
        "totalitems",
        "totalresults",
        "totalelements",
        "totalrecords",
        "totalrows",
        "count",
        "itemcount",
    ]
)
_HERE: Final = frozenset(
    ["pagecount", "itemsonpage", "currentcount", "numberofelements", "resultcount"]
)
_PAGES: Final = frozenset(["totalpages", "pages", "lastpage", "numpages"])
_NUMBERS: Final = frozenset(["page", "pagenumber", "pageno", "currentpage", "pageindex", "number"])
_SIZES: Final = frozenset(["pagesize", "perpage", "limit", "size", "itemsperpage"])
_OFFSETS: Final = frozenset(["offset", "skip", "start", "startindex"])
_MORE: Final = frozenset(["hasmore", "hasnext", "hasnextpage", "more"])
_LESS: Final = frozenset(["hasprevious", "hasprev", "hasprevpage", "haspreviouspage"])
_LINKS: Final = frozenset(
    ["next", "nextpageuri", "nextpageurl", "nexturl", "nexturi", "nextlink", "nexthref"]
)
_PREVIOUS: Final = frozenset(
    [
        "previous",
        "prev",
        "previouspageuri",
        "previouspageurl",
        "prevurl",
        "previousurl",
        "previousuri",
        "prevlink",
        "previouslink",
    ]
)
_FIRST: Final = frozenset(["first", "firstpageuri", "firstpageurl", "firsturl", "firstlink"])
_SELF: Final = frozenset(["self", "uri", "url", "href", "link", "current"])
_TOKENS: Final = frozenset(
    [
        "nextcursor",
        "nextpagetoken",
        "nexttoken",
        "nextmarker",
        "endcursor",
        "nextpage",
        "cursor",
        "continuationtoken",
    ]
)
_HOLDERS: Final = frozenset(["links", "meta", "paging", "pagination", "pageinfo", "metadata"])


def told(
    schema: Schema | None, listing: Listing, page: Page, request: Request
) -> tuple[dict[str, Any], frozenset[str]]:
    """What is known of the properties around the rows, by name, and the (plain) names of those that there is nothing for."""
    found: dict[str, Any] = {}
    absent: set[str] = set()
    needed = required_of(schema) if schema is not None else frozenset()
    for name, inner in forms.properties_of(schema):
        if plain(name) in _HOLDERS and forms.properties_of(inner):
            found[name] = told(inner, listing, page, request)[0]
            continue
        value = _value(plain(name), inner, listing, page, request)
        if value is None and not inner.nullable:
            if name in needed:
                found[name] = ""  # a link that has to be there, and leads nowhere
            else:
                absent.add(plain(name))
        elif value is not _UNKNOWN:
            found[name] = value
    return found, frozenset(absent)


_UNKNOWN: Final = object()


def _value(name: str, schema: Schema, listing: Listing, page: Page, request: Request) -> Any:
    types = forms.types_of(schema)
    if types & {"integer", "number"}:
        return _number(name, page)
    if "boolean" in types:
        if name in _MORE:
            return (page.previous if page.backwards else page.after) is not None
        return page.previous is not None if name in _LESS else _UNKNOWN
    if types and "string" not in types and "object" not in types:
        return _UNKNOWN
    return _text(name, schema, listing, page, request)


def _number(name: str, page: Page) -> Any:
    whole = -(-page.total // page.size) if page.size else 1
    for names, value in (
        (_TOTALS, page.total),
        (_HERE, len(page.rows)),
        (_PAGES, whole),
        (_NUMBERS, page.number),
        (_SIZES, page.size),
        (_OFFSETS, page.offset),
        (frozenset(("end", "endindex")), page.offset + max(len(page.rows) - 1, 0)),
    ):
        if name in names:
            return value
    if name in ("nextpage", "next"):
        return page.number + 1 if page.after is not None else None
    return _UNKNOWN


def _text(name: str, schema: Schema, listing: Listing, page: Page, request: Request) -> Any:
    if name in _TOKENS and not (listing.kind in ("number", "offset") and name == "nextpage"):
        if page.after is None or not page.rows:
            return None
        return cursor_of(page.rows[-1]) if listing.kind in ("cursor", "") else str(page.after)
    if name in _LINKS:
        return _linked(schema, address(listing, page, request, page.after))
    if name in _PREVIOUS:
        return _linked(schema, address(listing, page, request, page.previous))
    if name in _FIRST:
        return _linked(schema, address(listing, page, request, 0))
    if name in _SELF:
        return _linked(schema, _here(request, request.query))
    return _UNKNOWN


def _linked(schema: Schema, link: str | None) -> Any:
    """A link as text, or as an object with `href`."""
    if link is not None and "href" in dict(forms.properties_of(schema)):
        return {"href": link}
    return link


def address(listing: Listing, page: Page, request: Request, offset: int | None) -> str | None:
    """The address of another page of the same list; None where there is none."""
    if offset is None or not page.size:
        return None
    pairs = parse_qsl(request.query, keep_blank_values=True)
    cursor = listing.cursor
    if cursor is not None and any(name == cursor.name and value for name, value in pairs):
        if offset != page.after or not page.rows:
            return None  # a cursor does not lead backwards
        pairs = [(name, value) for name, value in pairs if name != cursor.name]
        return _here(request, urlencode([*pairs, (cursor.name, cursor_of(page.rows[-1]))]))
    position = listing.position
    if position is not None:
        pairs = [(name, value) for name, value in pairs if name != position.name]
        pairs += _position(listing, page, position.name, offset)
    elif offset:
        return None
    return _here(request, urlencode(pairs, quote_via=quote))


def _position(listing: Listing, page: Page, name: str, offset: int) -> list[tuple[str, str]]:
    if listing.kind == "offset":
        return [(name, str(offset))]
    if listing.kind == "number":
        return [(name, str(page.first_number + offset // page.size))]
    if offset and page.after == offset and page.rows:
        return [(name, cursor_of(page.rows[-1]))]
    return []  # the first page; a cursor does not lead backwards


def _here(request: Request, query: str) -> str:
    return f"{request.base}{request.path}" + (f"?{query}" if query else "")


def link_header(links: Mapping[str, str | None]) -> str:
    """The value of a Link header."""
    return ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items() if url)
