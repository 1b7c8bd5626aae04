"""Lists page by page: by the link to the next page that an answer holds, or by counting pages up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from ringback.contract.outcome import Finding
from ringback.contract.scenarios.asking import Ask
from ringback.contract.scenarios.bench import Bench, accepted
from ringback.contract.scenarios.known import Thing
from ringback.contract.traffic import Exchange
from ringback.openapi import Operation, Parameter

_SIZE: Final = re.compile(r"(?i)^(page_?size|per_?page|limit|page_?limit|max_?results|count|size)$")
_PAGE: Final = re.compile(r"(?i)^(page|page_?number|page_?no|page_?index)$")
_OTHER: Final = re.compile(r"(?i)^(page_?token|cursor|offset|after|before|starting_?after|marker)$")
_NEXT: Final = ("next_page_uri", "next_page_url", "next", "next_url", "nextPageUri", "nextLink")
_WANTED: Final = 5
_MOST: Final = 60


def paging(parameter: Parameter) -> bool:
    """Whether a parameter chooses a part of a list, not what is in it."""
    name = parameter.name
    return bool(_SIZE.match(name) or _PAGE.match(name) or _OTHER.match(name))


def size_of(operation: Operation) -> Parameter | None:
    """The parameter that says how long a page is."""
    return next(
        (one for one in operation.parameters if one.location == "query" and _SIZE.match(one.name)),
        None,
    )


def run(bench: Bench) -> Iterator[Finding]:
    """Walk every list with pages of one item, of two, and as one page."""
    for resource in bench.ready():
        operation = resource.list
        if operation is None or not bench.wanted(operation) or size_of(operation) is None:
            continue
        for parent in bench.places(resource)[:2]:
            _enough(bench, resource, parent)
            for size in (None, 1, 2, 3):
                walk(bench, resource, parent, f"walk {resource.name}, {size} a page", size=size)
    yield from ()


def _enough(bench: Bench, resource: Thing, parent: Mapping[str, str]) -> None:
    """See to it that there are some items, so that there are pages."""
    have = sum(
        all(one.values.get(name) == value for name, value in parent.items())
        for one in bench.known.items(resource)
    )
    for _ in range(max(0, _WANTED - have)):
        if bench.create(resource, parent, f"create {resource.name} for pages") is None:
            return


def walk(
    bench: Bench,
    resource: Thing,
    parent: Mapping[str, str],
    note: str,
    *,
    size: int | None,
    pages: int = _MOST,
    query: Mapping[str, Any] | None = None,
) -> None:
    """Read a list to its end, as far as `pages` pages go; `size` None: pages as long as may be."""
    operation = resource.list
    if operation is None:
        return
    ask = Ask(operation, parent, dict(query or {}))
    length = size_of(operation)
    if length is not None:
        ask = ask.with_query({length.name: size or _largest(length)})
    exchange = bench.send(ask, note)
    for _ in range(pages - 1):
        if exchange is None or not accepted(exchange):
            return
        following = _following(bench, operation, ask, exchange)
        if following is None:
            return
        ask = following
        exchange = bench.send(ask, note, parent=exchange)


def _largest(length: Parameter) -> int:
    most = length.schema.maximum if length.schema is not None else None
    return int(min(most, 1000)) if most is not None else 100


def _following(bench: Bench, operation: Operation, ask: Ask, exchange: Exchange) -> Ask | None:
    """The request for the page after this one; None where it was the last."""
    reply = exchange.reply
    if reply is None:
        return None
    address = _link(reply.header("link")) or _named(reply.body)
    if address is None:
        return None
    parts = urlsplit(address)
    match = bench.contract.match("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
    if match is None or match.operation is not operation:
        return None
    return Ask(operation, match.values, bench.contract.query(operation, parts.query))


def _link(header: str | None) -> str | None:
    found = re.search(r'<([^>]+)>\s*;[^,]*rel="?next"?', header or "")
    return found.group(1) if found else None


def _named(body: bytes) -> str | None:
    try:
        value = json.loads(body)
    except ValueError:
        return None
    if not isinstance(value, dict):
        return None
    holders = [
        value,
        *(value[name] for name in ("meta", "links", "paging", "_links") if name in value),
    ]
    for holder in holders:
        for name in _NEXT:
            found = holder.get(name) if isinstance(holder, dict) else None
            if isinstance(found, dict):
                found = found.get("href")
            if isinstance(found, str) and found:
                return found
    return None
