"""A WSGI application in this process: called in threads of ours, so that one that hangs can be left behind."""

from __future__ import annotations

import io
import queue
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote_to_bytes

from ringback.contract.targets.asgi import said, wrong_length
from ringback.contract.targets.base import Limits, TargetError, bodiless, size
from ringback.contract.traffic import Headers, Reply, Request

App = Callable[[dict[str, Any], Any], Iterable[bytes]]


class WsgiTarget:
    """An application that may be called by several threads at once, as servers do."""

    def __init__(self, app: App, name: str, *, limits: Limits | None = None) -> None:
        self.name = name
        self.loopback = True
        self._app = app
        self._limits = limits or Limits()
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._closed = False

    def open(self) -> None:
        """Nothing is to be done."""

    def call(self, request: Request, timeout: float) -> Reply:
        if self._closed:
            raise TargetError("the application has been closed", unreachable=True)
        try:
            worker = self._idle.get_nowait()
        except queue.Empty:
            worker = _Worker(self.name)
        worker.jobs.put(lambda: _ask(self._app, request, self._limits))
        try:
            result = worker.results.get(timeout=timeout)
        except queue.Empty:
            worker.jobs.put(None)  # it ends when it comes back, if ever
            raise TargetError(f"timeout after {timeout:g} s: no answer had come") from None
        self._idle.put(worker)
        if isinstance(result, TargetError):
            raise result
        return result

    def close(self) -> None:
        self._closed = True
        while True:
            try:
                self._idle.get_nowait().jobs.put(None)
            except queue.Empty:
                return


class _Worker:
    """A thread that does one thing after another, and does not keep the process alive."""

    def __init__(self, name: str) -> None:
        self.jobs: queue.SimpleQueue[Callable[[], Reply | TargetError] | None] = queue.SimpleQueue()
        self.results: queue.SimpleQueue[Reply | TargetError] = queue.SimpleQueue()
        threading.Thread(target=self._work, name=f"ringback {name}", daemon=True).start()

    def _work(self) -> None:
        while (job := self.jobs.get()) is not None:
            self.results.put(job())


def _ask(app: App, request: Request, limits: Limits) -> Reply | TargetError:
    begun: list[tuple[int, Headers]] = []
    parts: list[bytes] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        begun[:] = [(int(status[:3]), tuple((name.lower(), value) for name, value in headers))]
        return parts.append

    try:
        answer = app(_environ(request), start_response)
        try:
            came = 0
            for part in answer:
                came += len(part)
                if came > limits.body:
                    told = f"the body of the answer is longer than {size(limits.body)}"
                    return TargetError(told)
                parts.append(part)
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()
    except BaseException as raised:
        return TargetError(said(raised), "".join(traceback.format_exception(raised)))
    if not begun:
        return TargetError("the application returned without an answer")
    status, headers = begun[0]
    content = b"".join(parts)
    wrong = wrong_length(request.method, status, headers, len(content))
    if wrong:
        return TargetError(wrong)
    return Reply(status, headers, b"" if bodiless(request.method, status) else content)


def _environ(request: Request) -> dict[str, Any]:
    path, _, query = request.target.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "RAW_URI": request.target,
        "REQUEST_URI": request.target,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if request.body or request.method in ("POST", "PUT", "PATCH"):
        environ["CONTENT_LENGTH"] = str(len(request.body))
    for name, value in request.headers:
        if name == "content-type":
            environ["CONTENT_TYPE"] = value
        elif name not in ("content-length", "transfer-encoding", "host"):
            key = "HTTP_" + name.upper().replace("-", "_")
            environ[key] = f"{environ[key]},{value}" if key in environ else value
    return environ
