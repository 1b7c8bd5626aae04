"""Servers that lie, dawdle, or are not there: each is a function that is given a connection, behind a real socket."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

from ringback.contract.targets import Limits

Behaviour = Callable[[socket.socket, bytes], None]
"""What is done with a connection, given the head of a request that has come; when it returns, we hang up."""

LIMITS = Limits(body=256 * 1024)
STOP = threading.Event()  # never set: who waits for it dawdles until the other side hangs up


class Server:
    """A listening socket with a thread; `heads` are the request heads that came."""

    def __init__(self, behaviour: Behaviour, *, keep: bool = False) -> None:
        self._behaviour = behaviour
        self._keep = keep
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._socket.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.heads: list[bytes] = []
        self.connections = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        # Who is in accept() is woken by this, and not by closing alone.
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            while head := read_head(connection):
                self.heads.append(head)
                self._behaviour(connection, head)
                if not self._keep:
                    break
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
                # What was sent arrives only if what came has been read.
                connection.settimeout(0.2)
                while connection.recv(65536):
                    pass


def read_head(connection: socket.socket) -> bytes:
    """A request with its body, or nothing where the other side has hung up."""
    held = b""
    while b"\r\n\r\n" not in held:
        found = connection.recv(65536)
        if not found:
            return b""
        held += found
    head, _, body = held.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            while len(body) < int(line.split(b":")[1]):
                body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@contextlib.contextmanager
def serving(behaviour: Behaviour, *, keep: bool = False) -> Iterator[Server]:
    server = Server(behaviour, keep=keep)
    try:
        yield server
    finally:
        server.close()


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def says(answer: bytes) -> Behaviour:
    """Always the same bytes."""

    def behave(connection: socket.socket, head: bytes) -> None:
        connection.sendall(answer)

    return behave


def answers(status: int, body: bytes = b"", *headers: str) -> Behaviour:
    """A correct answer."""
    lines = [f"HTTP/1.1 {status} Some", *headers, f"Content-Length: {len(body)}", "", ""]
    return says("\r\n".join(lines).encode() + body)


def over_and_over(begin: bytes, again: bytes) -> Behaviour:
    """Something that never ends, until the other side hangs up."""

    def behave(connection: socket.socket, head: bytes) -> None:
        connection.sendall(begin)
        while True:
            connection.sendall(again)

    return behave


def drips(begin: bytes, again: bytes = b"x") -> Behaviour:
    """A byte now and then: every single read succeeds in time."""

    def behave(connection: socket.socket, head: bytes) -> None:
        connection.sendall(begin)
        while not STOP.wait(0.02):
            connection.sendall(again)

    return behave


def silent(connection: socket.socket, head: bytes) -> None:
    """Takes the request, and says nothing until the other side hangs up."""
    connection.recv(1)


def hangs_up(connection: socket.socket, head: bytes) -> None:
    """Takes the request, and goes."""


OK = b"HTTP/1.1 200 OK\r\n"
MEGABYTE = b"x" * 1_000_000

LIARS: dict[str, tuple[Behaviour, str]] = {
    "longer than it says": (
        says(OK + b"Content-Length: 5\r\n\r\nhello world"),
        "the answer ended, as its header says, and ' world' came",
    ),
    "shorter than it says": (
        says(OK + b"Content-Length: 500\r\n\r\nhello"),
        "content-length says 500 bytes, and 5 came",
    ),
    "two lengths": (
        says(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
        "content-length is said 2 times, each time another one",
    ),
    "a length that is no number": (
        says(OK + b"Content-Length: -1\r\n\r\nhello"),
        "content-length is no number: '-1'",
    ),
    "more than fits by its own word": (
        says(OK + b"Content-Length: 99999999999999\r\n\r\n"),
        "the body of the answer is longer than 256 KiB",
    ),
    "an endless body": (
        over_and_over(OK + b"\r\n", MEGABYTE),
        "the body of the answer is longer than 256 KiB",
    ),
    "endless chunks": (
        over_and_over(
            OK + b"Transfer-Encoding: chunked\r\n\r\n", b"400\r\n" + b"x" * 1024 + b"\r\n"
        ),
        "the body of the answer is longer than 256 KiB",
    ),
    "a header of 10 MB": (
        says(OK + b"X-Long: " + MEGABYTE * 10 + b"\r\n\r\n"),
        "the header of the answer is longer than 64 KiB",
    ),
    "endless headers": (
        over_and_over(OK, b"X-Again: and again\r\n"),
        "the header of the answer is longer than 64 KiB",
    ),
    "endless interim answers": (
        over_and_over(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        "more than 10 interim answers (1xx)",
    ),
    "another protocol": (
        says(b"SSH-2.0-OpenSSH_9.2\r\n"),
        "what came is not HTTP/1.1: 'SSH-2.0-OpenSSH_9.2\\r\\n'",
    ),
    "a protocol that nobody asked for": (
        says(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"),
        "the server switched protocols without being asked to",
    ),
    "no status": (
        says(b"HTTP/1.1 fine\r\n\r\n"),
        "not a status line of HTTP/1.1: 'HTTP/1.1 fine'",
    ),
    "a header without a colon": (
        says(OK + b"this is no field\r\n\r\n"),
        "not a header field: 'this is no field'",
    ),
    "a chunk of no length": (
        says(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
        "not the length of a chunk: 'zz'",
    ),
    "a chunk longer than it says": (
        says(OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n"),
        "a chunk is longer than the 3 bytes that it says",
    ),
    "chunks without an end": (
        says(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
        "the chunked body ended before its last chunk",
    ),
    "a compression that is none": (
        says(OK + b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"),
        "the body is not gzip, as content-encoding says",
    ),
    "no content, and content": (
        says(b"HTTP/1.1 204 No Content\r\n\r\nhello"),
        "status 204 has no body, and 'hello' came",
    ),
    "half a status line": (
        says(b"HTTP/1.1 20"),
        "the connection was closed in the header of the answer, after 11 bytes",
    ),
    "no answer": (hangs_up, "the connection was closed without an answer"),
    "half a header": (
        says(b"HTTP/1.1 200 OK\r\nContent-Le"),
        "the connection was closed in the header of the answer, after 27 bytes",
    ),
    "silence": (silent, "timeout after 0.3 s: no answer had come"),
    "a dripping header": (drips(OK + b"X-Slow: "), "timeout after 0.3 s: "),
    "a dripping body": (drips(OK + b"Content-Length: 100000\r\n\r\n"), "timeout after 0.3 s: "),
    "dripping chunks": (
        drips(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        "timeout after 0.3 s: ",
    ),
}
"""What can go wrong, by name: the server, and the beginning of what is said of it."""
