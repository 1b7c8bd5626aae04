"""The receiver: a small server that the tested side sends its callbacks to.

Every URL that is handed out carries a token that nobody can guess, so a callback says by its address which request asked for
it and in which parameter; what comes to another address is answered 404 and counted as a stray. It listens on this machine;
who tests something elsewhere gives the public URL of a tunnel that ends here.
"""

from __future__ import annotations

import http.server
import re
import secrets
import socket
import socketserver
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, urlsplit

from ringback.contract.gateway import Mutator
from ringback.contract.targets import TargetError
from ringback.contract.traffic import Delivery, Exchange, Reply, Request

_LARGEST: Final = 4 * 1024 * 1024
_TOKEN: Final = re.compile(r"rb[0-9a-f]{32}")
_TOKEN_BYTES: Final = re.compile(_TOKEN.pattern.encode())
_SILENCE: Final = 30.0  # seconds until a connection without a request is closed

Answer = Reply | Callable[[Request], Reply]
"""What a callback is answered: always the same, or what a function makes of it."""
_OK: Final = Reply(204)


@dataclass(slots=True)
class _Slot:
    """One URL that was handed out."""

    token: str
    url: str
    slot: str
    about: int | None
    answer: Answer


class Receiver:
    """Takes callbacks. Use it as a context manager, or `open` and `close` it.

    `public` is the base URL under which others reach it, where that is not its own address.
    """

    def __init__(
        self,
        *,
        public: str | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        mutator: Mutator | None = None,
    ) -> None:
        self._public = public.rstrip("/") if public else ""
        self._address = (host, port)
        self._mutator = mutator
        self._slots: dict[str, _Slot] = {}
        self._deliveries: list[Delivery] = []
        self._changed = threading.Condition()
        self._server: _Server | None = None
        self.strays = 0  # requests to addresses that were never handed out

    def __enter__(self) -> Receiver:
        self.open()
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def open(self) -> None:
        """Begin to listen. Raises TargetError where the port is taken."""
        if self._server is not None:
            return
        try:
            self._server = _Server(self._address, self)
        except OSError as error:
            host, port = self._address
            told = (error.strerror or "it failed").lower()
            raise TargetError(f"cannot receive callbacks on {host}:{port}: {told}") from None
        threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="ringback receiver",
            daemon=True,
        ).start()

    def close(self) -> None:
        """Listen no more; what came stays."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def base(self) -> str:
        """The URL that all of ours begin with; known once it is open."""
        if self._public:
            return self._public
        if self._server is None:
            raise RuntimeError("the receiver is not open")
        host, port = self._server.server_address[:2]
        name = f"[{host!s}]" if ":" in str(host) else str(host)
        return f"http://{name}:{port}"

    # -- addresses

    def url(self, about: int | None, slot: str, *, answer: Answer = _OK) -> str:
        """A new URL for a parameter. Where the number of the exchange is not known yet, `take` will find it out."""
        token = "rb" + secrets.token_hex(16)
        # The name stands in the path for who reads a log; the token alone decides.
        found = f"{self.base}/{token}/{quote(re.sub(r'[^A-Za-z0-9_.-]', '-', slot))}"
        with self._changed:
            self._slots[token] = _Slot(token, found, slot, about, answer)
        return found

    def answer(self, url: str, answer: Answer) -> None:
        """Set what one of our URLs answers from now on: a status, or the document that shall be fetched there."""
        with self._changed:
            self._slots[_token(url)].answer = answer

    def bind(self, url: str, about: int) -> None:
        """Say which exchange one of our URLs went out with, for what has come already and for what will."""
        with self._changed:
            self._slots[_token(url)].about = about
            self._changed.notify_all()

    def take(self, exchange: Exchange) -> None:
        """Bind the URLs that stand in a request: a listener of the gateway."""
        request = exchange.request
        for found in _TOKEN_BYTES.findall(request.body + request.target.encode("latin-1")):
            with self._changed:
                slot = self._slots.get(found.decode())
                if slot is not None and slot.about is None:
                    slot.about = exchange.number
                    self._changed.notify_all()

    # -- what came

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """What came so far, in the order of arrival, each with what is known of it by now."""
        with self._changed:
            return self._known()

    def wait(self, until: Callable[[tuple[Delivery, ...]], bool], timeout: float) -> bool:
        """Wait until what came is enough, at most `timeout` seconds; gives whether it is."""
        ends = time.monotonic() + timeout
        with self._changed:
            while not until(self._known()):
                left = ends - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(left)
            return True

    def calm(self, quiet: float, until: float) -> None:
        """Wait until nothing has come for `quiet` seconds, at most until the monotonic clock shows `until`."""
        while (left := until - time.monotonic()) > 0:
            before = len(self.deliveries)
            time.sleep(min(quiet, left))
            if len(self.deliveries) == before:
                return

    def _known(self) -> tuple[Delivery, ...]:
        return tuple(
            one if one.about is not None else replace(one, about=self._slots[one.token].about)
            for one in self._deliveries
        )

    def arrived(self, request: Request) -> Reply:
        """Write a request down, and give what it is answered."""
        found = _TOKEN.search(request.path)
        with self._changed:
            slot = self._slots.get(found[0]) if found is not None else None
            if slot is None:
                self.strays += 1
                return Reply(404)
            came = Delivery(
                number=0,
                request=request,
                received=time.time(),
                about=slot.about,
                slot=slot.slot,
                token=slot.token,
                url=slot.url,
            )
            for one in [came] if self._mutator is None else self._mutator.delivery(came):
                self._deliveries.append(replace(one, number=len(self._deliveries) + 1))
            answer = slot.answer
            self._changed.notify_all()
        return answer if isinstance(answer, Reply) else answer(request)


def _token(url: str) -> str:
    found = _TOKEN.search(urlsplit(url).path)
    if found is None:
        raise KeyError(f"not a URL of this receiver: {url}")
    return found[0]


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], receiver: Receiver) -> None:
        self.receiver = receiver
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        # HTTPServer's own would ask the network for our name, which can take seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Who hangs up in the middle of a request is not for our standard error."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _SILENCE
    disable_nagle_algorithm = True

    def __getattr__(self, name: str) -> Callable[[], None]:
        # Whatever method comes, it is written down.
        if name.startswith("do_"):
            return self._any
        raise AttributeError(name)

    @property
    def _receiver(self) -> Receiver:
        assert isinstance(self.server, _Server)
        return self.server.receiver

    def _any(self) -> None:
        body = self._body()
        if isinstance(body, int):
            self.close_connection = True
            self._answer(Reply(body))
            return
        headers = tuple(
            (name.lower(), value.encode("utf-8", "surrogateescape").decode("latin-1"))
            for name, value in self.headers.items()
        )
        target = re.sub(r"^[a-z]+://[^/?#]*", "", self.path) or "/"
        reply = self._receiver.arrived(Request(self.command, target, headers, body))
        self._answer(reply)

    def _body(self) -> bytes | int:
        """The body, or the status with which a request is refused for it."""
        if "chunked" in (self.headers.get("transfer-encoding") or "").lower():
            return self._chunks()
        text = self.headers.get("content-length") or "0"
        if not re.fullmatch("[0-9]{1,12}", text):
            return 400
        if int(text) > _LARGEST:
            return 413
        body = self.rfile.read(int(text))
        return body if len(body) == int(text) else 400

    def _chunks(self) -> bytes | int:
        body = b""
        while True:
            line = self.rfile.readline(100).partition(b";")[0].strip()
            if not re.fullmatch(b"[0-9A-Fa-f]{1,8}", line):
                return 400
            length = int(line, 16)
            if len(body) + length > _LARGEST:
                return 413
            body += self.rfile.read(length)
            self.rfile.readline(100)
            if not length:
                return body

    def _answer(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        for name, value in reply.headers:
            if name not in ("content-length", "transfer-encoding", "connection"):
                self.send_header(name, value)
        if reply.status not in (204, 304):
            self.send_header("content-length", str(len(reply.body)))
        if self.close_connection:
            self.send_header("connection", "close")
        self.end_headers()
        if self.command != "HEAD" and reply.status not in (204, 304):
            self.wfile.write(reply.body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the report says what came."""
