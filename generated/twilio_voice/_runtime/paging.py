"""Lists that go on: rows one by one, pages one by one, read only as far as somebody looks.

A next page is followed only on the origin of `base_url`, so that credentials go nowhere else, and never twice.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing
from itertools import islice
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from msgspec import UNSET

from .core import RequestOptions, following, home, request_for
from .errors import PagingError
from .links import next_link
from .request import Prepared, origin, resolved
from .table import Operation, Paging
from .transport import AsyncCore, SyncCore

Row = TypeVar("Row")
Body = TypeVar("Body")


def _rows(operation: Operation[Any], body: Any) -> list[Any]:
    paging = operation.paging
    rows = _at(body, paging.rows) if paging and paging.rows else body
    return rows if isinstance(rows, list) else []


def _at(body: Any, names: str) -> Any:
    """What stands in an attribute of an attribute; None where something on the way is missing."""
    for name in names.split("."):
        body = getattr(body, name, None)
    return None if body is UNSET else body


class _Trail:
    """Where a walk over pages has been, and where it may go next."""

    def __init__(self, operation: Operation[Any], base_url: str) -> None:
        self.operation = operation
        self.paging = operation.paging or Paging("")
        self.home = origin(base_url)
        self.seen: set[str] = set()
        self.last: list[Any] = []

    def after(self, here: str, body: Any, headers: Mapping[str, str]) -> str | None:
        """The address of the page after this one. Raises PagingError for one that must not be read."""
        self.seen.add(here)
        if self.paging.kind == "header":
            link: Any = next_link(headers.get("link", ""))
        elif self.paging.kind == "link":
            link = _at(body, self.paging.next)
        else:
            return self._counted(here, body, self.paging)
        return self.checked(here, link)

    def checked(self, here: str, link: Any) -> str | None:
        """The address that a link leads to; None where there is none. Raises PagingError for one that must not be read."""
        if not isinstance(link, str) or not link:
            return None
        try:
            address = resolved(here, link)
        except ValueError:
            raise PagingError(
                f"{self.operation.id}: the next page is no URL: {link[:200]!r}"
            ) from None
        if origin(address) != self.home:
            raise PagingError(
                f"{self.operation.id}: the next page is on another origin: {link[:200]!r}"
            )
        if address in self.seen:
            raise PagingError(f"{self.operation.id}: the next page was read before: {link[:200]!r}")
        return address

    def _counted(self, here: str, body: Any, paging: Paging) -> str | None:
        """The address with the next cursor, page number or offset."""
        rows = _rows(self.operation, body)
        if paging.kind == "cursor":
            value = _at(body, paging.next)
            if value is None or value == "":
                return None
        elif not rows:
            return None
        else:
            if rows == self.last:
                raise PagingError(f"{self.operation.id}: the next page has the same rows")
            self.last = rows
            step = 1 if paging.kind == "page" else len(rows)
            value = _number(here, paging) + step
        address = _with(here, paging.parameter, str(value))
        if address in self.seen:
            raise PagingError(f"{self.operation.id}: the next page was read before: {value!r}")
        return address


def _number(url: str, paging: Paging) -> int:
    """The page or the offset that a URL asks for."""
    given = dict(parse_qsl(urlsplit(url).query)).get(paging.parameter, "")
    return int(given) if given.isdigit() else (paging.first if paging.kind == "page" else 0)


def _with(url: str, name: str, value: str) -> str:
    """A URL with one parameter of its query set; all others stay as they are."""
    parts = urlsplit(url)
    kept = [one for one in parts.query.split("&") if one and unquote(one.partition("=")[0]) != name]
    kept.append(f"{quote(name, safe='')}={quote(value, safe='')}")
    return urlunsplit(parts._replace(query="&".join(kept)))


class Pager(Generic[Row, Body]):
    """The rows of a list, fetched page by page as they are asked for. Each iteration starts anew."""

    def __init__(
        self,
        core: SyncCore,
        operation: Operation[Body],
        arguments: Mapping[str, Any],
        options: RequestOptions | None,
    ) -> None:
        self._core = core
        self._operation = operation
        self._options = options or RequestOptions()
        self._first: Prepared = request_for(core.settings, operation, arguments, self._options)

    def pages(self) -> Iterator[Body]:
        """The pages, as the answers that carried them."""
        trail = _Trail(self._operation, home(self._core.settings, self._operation))
        request = self._first
        while True:
            body, headers = self._core.page(self._operation, request, self._options)
            yield body
            address = trail.after(request.url, body, headers)
            if address is None:
                return
            request = following(address, self._first)

    def __iter__(self) -> Iterator[Row]:
        for body in self.pages():
            yield from _rows(self._operation, body)

    def limit(self, count: int) -> Iterator[Row]:
        """At most `count` rows; no page is fetched that is not needed for them."""
        return islice(iter(self), count)

    def first(self) -> Row | None:
        """The first row, or None."""
        return next(iter(self), None)

    def all(self) -> list[Row]:
        """Every row."""
        return list(self)


class AsyncPager(Generic[Row, Body]):
    """The rows of a list, fetched page by page as they are asked for. Each iteration starts anew."""

    def __init__(
        self,
        core: AsyncCore,
        operation: Operation[Body],
        arguments: Mapping[str, Any],
        options: RequestOptions | None,
    ) -> None:
        self._core = core
        self._operation = operation
        self._options = options or RequestOptions()
        self._first: Prepared = request_for(core.settings, operation, arguments, self._options)

    def pages(self) -> AsyncIterator[Body]:
        """The pages, as the answers that carried them."""
        return self._pages()

    async def _pages(self) -> AsyncGenerator[Body, None]:
        trail = _Trail(self._operation, home(self._core.settings, self._operation))
        request = self._first
        while True:
            body, headers = await self._core.page(self._operation, request, self._options)
            yield body
            address = trail.after(request.url, body, headers)
            if address is None:
                return
            request = following(address, self._first)

    def __aiter__(self) -> AsyncIterator[Row]:
        return self._rows()

    async def _rows(self) -> AsyncGenerator[Row, None]:
        async with aclosing(self._pages()) as pages:
            async for body in pages:
                for row in _rows(self._operation, body):
                    yield row

    async def limit(self, count: int) -> AsyncIterator[Row]:
        """At most `count` rows; no page is fetched that is not needed for them."""
        if count <= 0:
            return
        async with aclosing(self._rows()) as rows:
            async for row in rows:
                yield row
                count -= 1
                if count == 0:
                    return

    async def first(self) -> Row | None:
        """The first row, or None."""
        async with aclosing(self._rows()) as rows:
            async for row in rows:
                return row
        return None

    async def all(self) -> list[Row]:
        """Every row."""
        return [row async for row in self]
