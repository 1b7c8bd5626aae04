"""Lists that go on: rows one by one, pages one by one, read only as far as somebody looks.

A next page is followed only on the origin of `base_url`, so that credentials go nowhere else, and never twice.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing
from itertools import islice
from typing import Any, Generic, TypeVar

from msgspec import UNSET

from .core import RequestOptions, following, request_for
from .errors import PagingError
from .request import Prepared, origin, resolved
from .table import Operation
from .transport import AsyncCore, SyncCore

Row = TypeVar("Row")
Body = TypeVar("Body")


def _rows(operation: Operation[Any], body: Any) -> list[Any]:
    rows = getattr(body, operation.paging.rows) if operation.paging else None
    return rows if isinstance(rows, list) else []


class _Trail:
    """Where a walk over pages has been, and where it may go next."""

    def __init__(self, operation: Operation[Any], base_url: str) -> None:
        self.operation = operation
        self.home = origin(base_url)
        self.seen: set[str] = set()

    def after(self, here: str, body: Any) -> str | None:
        """The address of the page after this one. Raises PagingError for one that must not be read."""
        self.seen.add(here)
        link = getattr(body, self.operation.paging.next, None) if self.operation.paging else None
        if link is UNSET or not isinstance(link, str) or not link:
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
        trail = _Trail(self._operation, self._core.settings.base_url)
        request = self._first
        while True:
            body = self._core.fetch(self._operation, request, self._options)
            yield body
            address = trail.after(request.url, body)
            if address is None:
                return
            request = following(self._core.settings, address, self._options)

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
        trail = _Trail(self._operation, self._core.settings.base_url)
        request = self._first
        while True:
            body = await self._core.fetch(self._operation, request, self._options)
            yield body
            address = trail.after(request.url, body)
            if address is None:
                return
            request = following(self._core.settings, address, self._options)

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
