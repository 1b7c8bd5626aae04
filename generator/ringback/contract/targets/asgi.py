"""An ASGI application in this process: one thread, one event loop, for as long as it is tested.

Applications keep locks, pools and tasks that belong to the loop they first ran in, so all requests run in the same one.
A caller hands its request over with `call_soon_threadsafe` and waits on a lock: nothing is dearer than that, and a
campaign makes this trip for every request.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import traceback
from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from ringback.contract.targets.base import Limits, TargetError, bodiless, size
from ringback.contract.traffic import Reply, Request

App = Callable[[Any, Any, Any], Awaitable[None]]
_STARTUP: Final = 30.0
_GRACE: Final = 1.0
"""Seconds that an application has to come to its end after it was told to, before it is left behind."""


class AsgiTarget:
    """An application, started once (lifespan) and asked by any number of threads."""

    def __init__(self, app: App, name: str, *, limits: Limits | None = None) -> None:
        self.name = name
        self.loopback = True
        self._app = app
        self._limits = limits or Limits()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._life: _Lifespan | None = None
        self._opening = threading.Lock()

    def open(self) -> None:
        with self._opening:
            if self._loop is not None:
                return
            loop = asyncio.new_event_loop()
            # What an application leaves behind in its tasks is not for our standard error.
            loop.set_exception_handler(lambda _loop, _context: None)
            self._thread = threading.Thread(
                target=_turn, args=(loop,), name=f"ringback {self.name}", daemon=True
            )
            self._thread.start()
            self._loop = loop
        self._life = _Lifespan(self._app)
        try:
            asyncio.run_coroutine_threadsafe(self._life.start(), loop).result(_STARTUP)
        except TimeoutError:
            told = f"the application did not start within {_STARTUP:g} s"
            raise TargetError(told, unreachable=True) from None

    def call(self, request: Request, timeout: float) -> Reply:
        if self._loop is None:
            self.open()
        loop = self._loop
        if loop is None or loop.is_closed():
            raise TargetError("the application has been closed", unreachable=True)
        job = _Job(self._app, request, timeout, self._limits, self._life)
        loop.call_soon_threadsafe(job.begin, loop)
        # The loop ends what takes too long; this is for a loop that does not turn any more.
        if not job.done.acquire(timeout=timeout + _GRACE):
            told = f"timeout after {timeout:g} s: the application blocks its event loop"
            raise TargetError(told)
        if job.error is not None:
            raise job.error
        assert job.reply is not None
        return job.reply

    def close(self) -> None:
        with self._opening:
            loop, thread, life = self._loop, self._thread, self._life
            if loop is None or thread is None or loop.is_closed():
                return
            with contextlib.suppress(TimeoutError, Exception):
                if life is not None:
                    asyncio.run_coroutine_threadsafe(life.stop(), loop).result(5 * _GRACE)
            with contextlib.suppress(TimeoutError, Exception):
                asyncio.run_coroutine_threadsafe(_cancel_all(), loop).result(_GRACE)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(_GRACE)
            if not thread.is_alive():
                loop.close()


def _turn(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    while True:
        try:
            loop.run_forever()
        except BaseException:  # an application that exits must not take the loop along
            continue
        return


async def _cancel_all() -> None:
    tasks = [one for one in asyncio.all_tasks() if one is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class _Job:
    """One request on its way through the application."""

    __slots__ = (
        "_app", "_asked", "_body", "_ended", "_headers", "_life", "_limits", "_over", "_request", "_size",
        "_status", "_task", "_timeout", "_timer", "done", "error", "reply",
    )  # fmt: skip

    def __init__(
        self, app: App, request: Request, timeout: float, limits: Limits, life: _Lifespan | None
    ) -> None:
        self.done = threading.Lock()
        self.done.acquire()
        self.reply: Reply | None = None
        self.error: TargetError | None = None
        self._app = app
        self._request = request
        self._timeout = timeout
        self._limits = limits
        self._life = life
        self._task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._status = 0
        self._headers: tuple[tuple[str, str], ...] = ()
        self._body: list[bytes] = []
        self._size = 0
        self._asked = False  # the body was handed over
        self._ended = False  # the answer is complete
        self._over = False  # time ran out
        # An application may wait for the end of its client; it is told when the answer is complete.

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        self._task = loop.create_task(self._run())
        self._timer = loop.call_later(self._timeout, self._expire)

    def _expire(self) -> None:
        self._over = True
        if self._task is not None:
            self._task.cancel()
        self._settle(self._late())

    def _late(self) -> TargetError:
        told = "an answer had begun" if self._status else "no answer had come"
        return TargetError(f"timeout after {self._timeout:g} s: {told}")

    async def _run(self) -> None:
        error: TargetError | None = None
        try:
            await self._app(_scope(self._request, self._life), self._receive, self._send)
        except TargetError as found:
            error = found
        except BaseException as raised:
            error = self._late() if self._over else self._raised(raised)
        else:
            error = None if self._ended else self._unfinished()
        if self._timer is not None:
            self._timer.cancel()
        self._settle(error)

    def _settle(self, error: TargetError | None) -> None:
        if self.error is not None or self.reply is not None:
            return
        if error is None:
            self.reply = self._answer()
        self.error = error
        self.done.release()

    def _answer(self) -> Reply:
        return Reply(self._status, self._headers, b"".join(self._body))

    def _raised(self, raised: BaseException) -> TargetError:
        trace = "".join(traceback.format_exception(raised))
        # Frameworks answer 500 and raise again, so that a server can log it: then there is both.
        return TargetError(said(raised), trace, reply=self._answer() if self._ended else None)

    def _unfinished(self) -> TargetError:
        if not self._status:
            return TargetError("the application returned without an answer")
        return TargetError("the application returned before its answer was complete")

    async def _receive(self) -> dict[str, Any]:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": self._request.body, "more_body": False}
        while not self._ended:  # rarely asked for; an Event for every request would cost more
            await asyncio.sleep(0.01)
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "http.response.start":
            if self._status:
                raise TargetError("the application began its answer twice")
            self._status = message["status"]
            self._headers = tuple(
                (bytes(name).decode("latin-1").lower(), bytes(value).decode("latin-1"))
                for name, value in message.get("headers", ())
            )
        elif kind == "http.response.body":
            if not self._status:
                raise TargetError("the application sent a body before its status")
            if not self._ended:
                self._take(message.get("body", b""), more=message.get("more_body", False))
                if self._size > self._limits.body:
                    told = f"the body of the answer is longer than {size(self._limits.body)}"
                    raise TargetError(told)
                # An endless body that never waits would keep the loop, and the deadline with it, from its turn.
                if not self._ended:
                    await asyncio.sleep(0)

    def _take(self, content: bytes, *, more: bool) -> None:
        self._size += len(content)
        if content and not bodiless(self._request.method, self._status):
            self._body.append(content)
        if not more:
            self._ended = True
            wrong = wrong_length(self._request.method, self._status, self._headers, self._size)
            if wrong:
                raise TargetError(wrong)


def wrong_length(method: str, status: int, headers: tuple[tuple[str, str], ...], came: int) -> str:
    """What is wrong with the length of an answer; empty where nothing is."""
    if bodiless(method, status):
        # A server leaves out what an application says to HEAD; to 204 and 304 nothing may be said at all.
        return (
            ""
            if method == "HEAD" or not came
            else f"status {status} has no body, and {came} bytes came"
        )
    for name, value in headers:
        if name == "content-length" and value != str(came):
            return f"content-length says {value[:20]} bytes, and {came} came"
    return ""


def said(raised: BaseException) -> str:
    """An exception in one line: "KeyError: 'sid'"."""
    text = " ".join(str(raised).split())
    name = type(raised).__name__
    return f"{name}: {text[:300]}" if text else name


def _scope(request: Request, life: _Lifespan | None) -> dict[str, Any]:
    path, _, query = request.target.partition("?")
    headers = [
        (name.encode("latin-1"), value.encode("latin-1", "replace"))
        for name, value in request.headers
        if name not in ("content-length", "transfer-encoding", "host")
    ]
    headers.append((b"host", b"localhost"))
    if request.body or request.method in ("POST", "PUT", "PATCH"):
        headers.append((b"content-length", b"%d" % len(request.body)))
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": unquote_to_bytes(path).decode("utf-8", "replace"),
        "raw_path": path.encode("ascii"),
        "query_string": query.encode("ascii"),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 50000),
        "server": ("localhost", 80),
        "extensions": {},
    }
    if life is not None and life.supported:
        scope["state"] = dict(life.state)
    return scope


class _Lifespan:
    """Startup and shutdown of an application, both in one task as the protocol has it."""

    def __init__(self, app: App) -> None:
        self._app = app
        self.supported = False
        self.state: dict[str, Any] = {}
        self._inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._outbox: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Raises TargetError where the application says that it cannot start."""
        self._task = asyncio.get_running_loop().create_task(self._run())
        self._inbox.put_nowait({"type": "lifespan.startup"})
        answer = await self._outbox.get()
        if answer is None:  # it knows no lifespan, as many
            return
        if answer["type"] == "lifespan.startup.failed":
            told = " ".join(str(answer.get("message", "")).split()[-40:])
            raise TargetError(f"the application cannot start: {told}", unreachable=True)
        self.supported = True

    async def stop(self) -> None:
        if self.supported:
            self._inbox.put_nowait({"type": "lifespan.shutdown"})
            await self._outbox.get()

    async def _run(self) -> None:
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}}
        with contextlib.suppress(BaseException):  # it does not know this kind of scope, it says
            await self._app({**scope, "state": self.state}, self._inbox.get, self._outbox.put)
        self._outbox.put_nowait(None)
