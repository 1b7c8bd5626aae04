"""The emulated API over real HTTP, in a thread: for clients that know nothing of ASGI."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import uvicorn

from ringback.emulator import RealClock, Settings, Store, World, create_app
from ringback.emulator.records import AccountRecord, ApplicationRecord, NumberRecord

ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "token-of-the-account"
NUMBER = "+14155550000"
CALLEE = "+14155551212"
APPLICATION = "AP" + "0" * 32


@dataclass
class Served:
    """A running emulator."""

    url: str
    world: World

    def wait(self, until: Callable[[], Any], seconds: float = 15.0) -> Any:
        """Ask again until something is true; gives it."""
        end = time.monotonic() + seconds
        while True:
            found = until()
            if found:
                return found
            assert time.monotonic() < end, "it did not happen in time"
            time.sleep(0.02)


@contextmanager
def served(scale: float = 50.0, url: str = "sqlite://") -> Iterator[Served]:
    """Serve a world whose clock runs fast."""
    store = Store(url, RealClock(scale))
    world = World(store, Settings(calls_per_second=1000.0))

    def fill(tx: Any) -> None:
        tx.add(AccountRecord(account_sid=ACCOUNT, auth_token=TOKEN))
        tx.add(NumberRecord(account_sid=ACCOUNT, sid="PN" + "0" * 32, number=NUMBER))
        tx.add(
            ApplicationRecord(account_sid=ACCOUNT, sid=APPLICATION, voice_url="http://127.0.0.1:9/")
        )

    store.do(fill)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        config = uvicorn.Config(create_app(world), log_level="warning", lifespan="on")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        try:
            yield Served(f"http://127.0.0.1:{port}", world)
        finally:
            server.should_exit = True
            thread.join(10)
            store.close()


@dataclass
class Got:
    """A webhook that a receiver got."""

    method: str
    path: str
    params: dict[str, list[str]]
    headers: dict[str, str]


@contextmanager
def receiver(answers: dict[str, str]) -> Iterator[tuple[str, list[Got]]]:
    """A small web server that answers with documents by path and keeps what it got."""
    got: list[Got] = []

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            size = int(self.headers.get("content-length", 0))
            path, _, query = self.path.partition("?")
            body = self.rfile.read(size)
            if len(body) < size:
                return  # the sender was killed in the middle: that was no webhook yet
            text = body.decode() if self.command == "POST" else query
            got.append(Got(self.command, path, parse_qs(text), dict(self.headers)))
            answer = answers.get(path, "").encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/xml")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = _answer

        def log_message(self, *_: Any) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", got
    finally:
        server.shutdown()
        server.server_close()
