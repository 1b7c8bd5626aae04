"""The two loops that send. The HTTP library is imported when the first client is made, not before.

Any object with `build_request`, `send` and `close` (`aclose`) of the shape that httpx2 and httpx share will do.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any, NoReturn, TypeVar

from .core import (
    Failure,
    Judge,
    RequestOptions,
    Settings,
    Token,
    credentialed,
    request_for,
    token_of,
    token_request,
    token_scheme,
    wait_before_retry,
)
from .errors import ConnectionFailed, DeadlineExceeded, Exchange
from .request import Prepared
from .table import Operation

T = TypeVar("T")

_NEVER_SENT = frozenset(
    {"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol"}
)
_CONNECTED = ("connect_tcp.complete", "connect_unix_socket.complete", "start_tls.complete")
_DEFAULTS = RequestOptions()
_ANY: Operation[bytes] = Operation("", "GET", "")


def failure_of(error: Exception) -> Failure | None:
    """What an exception of the HTTP library says about the request; None where it is not one of those."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if not names & {"TransportError", "StreamError", "DecodingError", "OSError"}:
        return None
    sent = not names & _NEVER_SENT
    timed_out = bool(names & {"TimeoutException", "TimeoutError"})
    return Failure(f"{type(error).__name__}: {error}"[:300], sent, timed_out)


class _Run:
    """One request on its way: its deadline, its tries."""

    def __init__(
        self, settings: Settings, operation: Operation[Any], options: RequestOptions
    ) -> None:
        self.settings = settings
        self.operation = operation
        timeout = settings.timeout if options.timeout is None else options.timeout
        self.started = settings.clock()
        self.deadline = self.started + timeout
        self.retries = settings.max_retries if options.max_retries is None else options.max_retries
        self.strict = settings.strict if options.strict is None else options.strict
        self.tries = 0
        self.limits: dict[str, float] = {}

    def begin(self) -> dict[str, float]:
        """Count a try and give its time limits, in seconds."""
        self.tries += 1
        left = self.left()
        connect = min(self.settings.connect_timeout, left)
        self.limits = {"connect": connect, "read": _Limit(self), "write": left, "pool": connect}
        return self.limits

    def begin_reading(self) -> None:
        """Lower the time limit for a read to what is left; the library asks for it when the content begins."""
        self.limits["read"] = _Limit(self)

    def left(self) -> float:
        """The seconds that are left. Raises DeadlineExceeded where none are."""
        left = self.deadline - self.settings.clock()
        if left <= 0:
            raise DeadlineExceeded(f"{self.operation.id}: the time ran out", sent=True)
        return left

    def elapsed(self) -> float:
        return self.settings.clock() - self.started

    def again(
        self, method: str, outcome: int | Failure, headers: Mapping[str, str]
    ) -> float | None:
        """Seconds to wait before another try; None ends the tries."""
        pause = wait_before_retry(
            method, outcome, self.tries, self.retries, headers, self.settings.chance
        )
        if pause is None or self.settings.clock() + pause >= self.deadline:
            return None
        return pause

    def error(self, failure: Failure) -> ConnectionFailed:
        kind = DeadlineExceeded if failure.timed_out else ConnectionFailed
        return kind(f"{self.operation.id}: {failure.message}", sent=failure.sent)

    def stop(self, error: Exception) -> NoReturn:
        """Raise an error of the HTTP library as ours; any other as it is."""
        failure = failure_of(error)
        if failure is None:
            raise error
        raise self.error(failure) from error


class _Limit(float):
    """The seconds that are left for reading when the limit is made; `left()` gives those that are left now."""

    left: Callable[[], float]

    def __new__(cls, run: _Run) -> _Limit:
        limit = float.__new__(cls, run.left())
        limit.left = run.left
        return limit


def _watch(event: str, info: Mapping[str, Any]) -> None:
    """Have each new connection keep to deadlines; the library calls this while it works on a request.

    It takes a limit for all of an answer's head and allows each read as much. So the limit is asked again at each read:
    else a head that comes drop by drop would take any time. An async client is stopped from outside (`_limit`).
    """
    stream = info.get("return_value")
    if not event.endswith(_CONNECTED) or stream is None:
        return
    read = stream.read

    def read_in_time(max_bytes: int, timeout: float | None = None) -> Any:
        return read(max_bytes, timeout.left() if isinstance(timeout, _Limit) else timeout)

    stream.read = read_in_time


def _built(http: Any, prepared: Prepared, extensions: dict[str, Any]) -> Any:
    """A request as the HTTP library has it, its method as the document has it: libraries write capitals."""
    request = http.build_request(
        prepared.method,
        prepared.url,
        headers=prepared.headers,
        content=prepared.content,
        extensions=extensions,
    )
    if not prepared.method.isupper():
        request.method = prepared.method
    return request


def _headers(answer: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items()}


class SyncCore:
    """Sends the requests of a `Client`."""

    def __init__(self, settings: Settings, http: Any = None) -> None:
        self.settings = settings
        self.judge = Judge(settings)
        self._given = http is not None
        self._http = http if self._given else _new_http("Client")
        self._tokens: dict[str, Token] = {}

    def close(self) -> None:
        """Close the connections, unless the HTTP client was handed in."""
        if not self._given:
            self._http.close()

    def call(
        self, operation: Operation[T], arguments: Mapping[str, Any], options: RequestOptions | None
    ) -> T:
        """Send an operation's request and give its value."""
        options = options or _DEFAULTS
        return self.fetch(
            operation, request_for(self.settings, operation, arguments, options), options
        )

    def fetch(self, operation: Operation[T], prepared: Prepared, options: RequestOptions) -> T:
        """Send a prepared request and give its value."""
        return self.page(operation, prepared, options)[0]

    def page(
        self, operation: Operation[T], prepared: Prepared, options: RequestOptions
    ) -> tuple[T, dict[str, str]]:
        """Send a prepared request and give its value, with the headers of the answer by lower-case name."""
        run = _Run(self.settings, operation, options)
        exchange = self._exchange(run, prepared)
        return self.judge.value(operation, exchange, run.strict), exchange.headers

    def _exchange(self, run: _Run, prepared: Prepared) -> Exchange:
        answer = self.open(run, prepared)
        try:
            content = b"".join(self.chunks(run, answer))
        finally:
            answer.close()
        return self.judge.exchange(
            run.operation, prepared, answer.status_code, _headers(answer), content, run.elapsed()
        )

    def chunks(self, run: _Run, answer: Any) -> Iterator[bytes]:
        """The content of an answer, piece by piece, within the deadline."""
        try:
            run.begin_reading()
            for chunk in answer.iter_bytes():
                run.left()
                yield chunk
        except Exception as error:
            run.stop(error)

    def _token(self, run: _Run) -> str:
        """The token that a request needs, got anew where there is none that still holds."""
        scheme = token_scheme(self.settings, run.operation)
        if scheme is None:
            return ""
        held = self._tokens.get(scheme.name)
        if held is None or held.until <= self.settings.clock():
            wanted = token_request(self.settings, scheme)
            request = _built(self._http, wanted, {"timeout": run.begin(), "trace": _watch})
            run.tries = 0
            try:
                answer = self._http.send(request)
            except Exception as error:
                run.stop(error)
            held = token_of(self.settings, answer.status_code, answer.content)
            self._tokens[scheme.name] = held
        return held.text

    def open(self, run: _Run, prepared: Prepared) -> Any:
        """Send until an answer begins that is not to be tried again."""
        sent = credentialed(self.settings, prepared, run.operation, self._token(run))
        if not getattr(sent.content, "rewindable", True):
            run.retries = 0
        while True:
            limits = run.begin()
            try:
                request = _built(self._http, sent, {"timeout": limits, "trace": _watch})
                answer = self._http.send(request, stream=True)
            except Exception as error:
                failure = failure_of(error)
                if failure is None:
                    raise
                pause = run.again(sent.method, failure, {})
                if pause is None:
                    raise run.error(failure) from error
            else:
                pause = run.again(sent.method, answer.status_code, _headers(answer))
                if pause is None:
                    return answer
                answer.close()
            time.sleep(pause)


class AsyncCore:
    """Sends the requests of an `AsyncClient`."""

    def __init__(self, settings: Settings, http: Any = None) -> None:
        self.settings = settings
        self.judge = Judge(settings)
        self._given = http is not None
        self._http = http if self._given else _new_http("AsyncClient")
        self._tokens: dict[str, Token] = {}

    async def close(self) -> None:
        """Close the connections, unless the HTTP client was handed in."""
        if not self._given:
            await self._http.aclose()

    async def call(
        self, operation: Operation[T], arguments: Mapping[str, Any], options: RequestOptions | None
    ) -> T:
        """Send an operation's request and give its value."""
        options = options or _DEFAULTS
        prepared = request_for(self.settings, operation, arguments, options)
        return await self.fetch(operation, prepared, options)

    async def fetch(
        self, operation: Operation[T], prepared: Prepared, options: RequestOptions
    ) -> T:
        """Send a prepared request and give its value."""
        return (await self.page(operation, prepared, options))[0]

    async def page(
        self, operation: Operation[T], prepared: Prepared, options: RequestOptions
    ) -> tuple[T, dict[str, str]]:
        """Send a prepared request and give its value, with the headers of the answer by lower-case name."""
        run = _Run(self.settings, operation, options)
        exchange = await self._exchange(run, prepared)
        return self.judge.value(operation, exchange, run.strict), exchange.headers

    async def _exchange(self, run: _Run, prepared: Prepared) -> Exchange:
        answer = await self.open(run, prepared)
        try:
            content = b"".join([chunk async for chunk in self.chunks(run, answer)])
        finally:
            await answer.aclose()
        return self.judge.exchange(
            run.operation, prepared, answer.status_code, _headers(answer), content, run.elapsed()
        )

    async def chunks(self, run: _Run, answer: Any) -> AsyncIterator[bytes]:
        """The content of an answer, piece by piece, within the deadline."""
        try:
            run.begin_reading()
            async for chunk in answer.aiter_bytes():
                run.left()
                yield chunk
        except Exception as error:
            run.stop(error)

    async def _token(self, run: _Run) -> str:
        """The token that a request needs, got anew where there is none that still holds."""
        scheme = token_scheme(self.settings, run.operation)
        if scheme is None:
            return ""
        held = self._tokens.get(scheme.name)
        if held is None or held.until <= self.settings.clock():
            wanted = token_request(self.settings, scheme)
            request = _built(self._http, wanted, {"timeout": run.begin()})
            run.tries = 0
            try:
                async with _limit(run.left()):
                    answer = await self._http.send(request)
            except Exception as error:
                run.stop(error)
            held = token_of(self.settings, answer.status_code, answer.content)
            self._tokens[scheme.name] = held
        return held.text

    async def open(self, run: _Run, prepared: Prepared) -> Any:
        """Send until an answer begins that is not to be tried again."""
        token = await self._token(run)
        sent = credentialed(self.settings, prepared, run.operation, token)
        if not getattr(sent.content, "rewindable", True):
            run.retries = 0
        while True:
            limits = run.begin()
            try:
                request = _built(self._http, sent, {"timeout": limits})
                async with _limit(run.left()):
                    answer = await self._http.send(request, stream=True)
            except Exception as error:
                failure = failure_of(error)
                if failure is None:
                    raise
                pause = run.again(sent.method, failure, {})
                if pause is None:
                    raise run.error(failure) from error
            else:
                pause = run.again(sent.method, answer.status_code, _headers(answer))
                if pause is None:
                    return answer
                await answer.aclose()
            await _sleep(pause)


def _limit(seconds: float) -> Any:
    """What ends a wait for an answer: a limit for each read does not, where the headers come drop by drop.

    The library's own limits are to speak first: they know whether anything was sent.
    """
    import asyncio

    return asyncio.timeout(seconds + 0.1)


async def _sleep(seconds: float) -> None:
    import asyncio

    await asyncio.sleep(seconds)


def _new_http(kind: str) -> Any:
    import httpx2

    return getattr(httpx2, kind)(follow_redirects=False)
