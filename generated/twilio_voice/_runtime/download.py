"""Content that is not JSON: read at once, piece by piece, or into a file.

A redirect of a download is followed, at most five times; credentials stay on the origin of `base_url`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from os import PathLike
from types import TracebackType
from typing import Any

from .core import RequestOptions, request_for
from .errors import Headers, PagingError, typed_headers
from .request import Prepared, origin, resolved
from .table import Operation
from .transport import AsyncCore, SyncCore, _Run

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST = 5
_HARMLESS = frozenset({"accept", "user-agent"})


def _next(prepared: Prepared, answer: Any, followed: int) -> Prepared | None:
    location = answer.headers.get("location")
    if answer.status_code not in _REDIRECTS or not location:
        return None
    if followed >= _MOST:
        raise PagingError(f"more than {_MOST} redirects")
    try:
        url = resolved(prepared.url, location)
    except ValueError:
        url = ""
    if not url.startswith(("http://", "https://")):
        raise PagingError(f"a redirect to {location[:100]!r}")
    return Prepared(prepared.method, url, _carried(prepared, url))


def _carried(prepared: Prepared, url: str) -> dict[str, str]:
    """The headers that go along with a redirect: to another origin none that could hold a secret."""
    if origin(url) == origin(prepared.url):
        return prepared.headers
    return {k: v for k, v in prepared.headers.items() if k.lower() in _HARMLESS}


class Download:
    """An answer's content. Use it once: `read()`, `save(path)`, or `with` and `iter_bytes()`."""

    def __init__(
        self,
        core: SyncCore,
        operation: Operation[bytes],
        arguments: Mapping[str, Any],
        options: RequestOptions | None,
    ) -> None:
        self._core = core
        self._options = options or RequestOptions()
        self._operation = operation
        self._prepared = request_for(core.settings, operation, arguments, self._options)
        self._run = _Run(core.settings, operation, self._options)
        self._answer: Any = None

    def __enter__(self) -> Download:
        prepared = self._prepared
        self._run = _Run(self._core.settings, self._operation, self._options)
        for followed in range(_MOST + 1):
            self._answer = self._core.open(self._run, prepared)
            try:
                target = _next(prepared, self._answer, followed)
                if target is None and not 200 <= self._answer.status_code < 300:
                    self._fail(prepared)
                if target is None:
                    self._judge_headers()
            except BaseException:
                self._answer.close()
                raise
            if target is None:
                break
            self._answer.close()
            prepared = target
        return self

    def _judge_headers(self) -> None:
        status, strict = self._answer.status_code, self._run.strict
        self._core.judge.begun(self._operation, status, self.headers, strict)

    def _fail(self, prepared: Prepared) -> None:
        judge, run, answer = self._core.judge, self._run, self._answer
        content = b"".join(self._core.chunks(run, answer))
        headers = {name.lower(): value for name, value in answer.headers.items()}
        exchange = judge.exchange(
            run.operation, prepared, answer.status_code, headers, content, run.elapsed()
        )
        raise judge.failure(run.operation, exchange)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._answer.close()

    @property
    def content_type(self) -> str:
        """The media type that the answer names; known inside the `with` block."""
        return str(self._answer.headers.get("content-type", ""))

    @property
    def headers(self) -> dict[str, str]:
        """The answer's headers by lower-case name; known inside the `with` block."""
        return {name.lower(): value for name, value in self._answer.headers.items()}

    def headers_as(self, kind: type[Headers]) -> Headers:
        """The answer's headers as a class of `headers.py`; known inside the `with` block."""
        return typed_headers(kind, self.headers)

    def iter_bytes(self) -> Iterator[bytes]:
        """The content, piece by piece; inside the `with` block."""
        return self._core.chunks(self._run, self._answer)

    def read(self) -> bytes:
        """The whole content."""
        with self:
            return b"".join(self.iter_bytes())

    def save(self, path: str | PathLike[str]) -> int:
        """Write the content into a file; gives its size in bytes."""
        size = 0
        with self, open(path, "wb") as file:
            for chunk in self.iter_bytes():
                size += file.write(chunk)
        return size


class AsyncDownload:
    """An answer's content. Use it once: `read()`, `save(path)`, or `async with` and `iter_bytes()`."""

    def __init__(
        self,
        core: AsyncCore,
        operation: Operation[bytes],
        arguments: Mapping[str, Any],
        options: RequestOptions | None,
    ) -> None:
        self._core = core
        self._options = options or RequestOptions()
        self._operation = operation
        self._prepared = request_for(core.settings, operation, arguments, self._options)
        self._run = _Run(core.settings, operation, self._options)
        self._answer: Any = None

    async def __aenter__(self) -> AsyncDownload:
        prepared = self._prepared
        self._run = _Run(self._core.settings, self._operation, self._options)
        for followed in range(_MOST + 1):
            self._answer = await self._core.open(self._run, prepared)
            try:
                target = _next(prepared, self._answer, followed)
                if target is None and not 200 <= self._answer.status_code < 300:
                    await self._fail(prepared)
                if target is None:
                    self._judge_headers()
            except BaseException:
                await self._answer.aclose()
                raise
            if target is None:
                break
            await self._answer.aclose()
            prepared = target
        return self

    def _judge_headers(self) -> None:
        status, strict = self._answer.status_code, self._run.strict
        self._core.judge.begun(self._operation, status, self.headers, strict)

    async def _fail(self, prepared: Prepared) -> None:
        judge, run, answer = self._core.judge, self._run, self._answer
        content = b"".join([chunk async for chunk in self._core.chunks(run, answer)])
        headers = {name.lower(): value for name, value in answer.headers.items()}
        exchange = judge.exchange(
            run.operation, prepared, answer.status_code, headers, content, run.elapsed()
        )
        raise judge.failure(run.operation, exchange)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._answer.aclose()

    @property
    def content_type(self) -> str:
        """The media type that the answer names; known inside the `async with` block."""
        return str(self._answer.headers.get("content-type", ""))

    @property
    def headers(self) -> dict[str, str]:
        """The answer's headers by lower-case name; known inside the `async with` block."""
        return {name.lower(): value for name, value in self._answer.headers.items()}

    def headers_as(self, kind: type[Headers]) -> Headers:
        """The answer's headers as a class of `headers.py`; known inside the `async with` block."""
        return typed_headers(kind, self.headers)

    def iter_bytes(self) -> AsyncIterator[bytes]:
        """The content, piece by piece; inside the `async with` block."""
        return self._core.chunks(self._run, self._answer)

    async def read(self) -> bytes:
        """The whole content."""
        async with self:
            return b"".join([chunk async for chunk in self.iter_bytes()])

    async def save(self, path: str | PathLike[str]) -> int:
        """Write the content into a file; gives its size in bytes."""
        size = 0
        async with self:
            with open(path, "wb") as file:
                async for chunk in self.iter_bytes():
                    size += file.write(chunk)
        return size
