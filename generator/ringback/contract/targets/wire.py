"""HTTP/1.1 on one connection, by someone who expects to be lied to.

General clients trust what they talk to: they wait as long as bytes drip, read what never ends, and hide what they repaired.
Here the whole exchange has one deadline and every part of the answer a limit; a length that is not kept is said, not
mended; and what is sent has exactly the framing that we gave it.
"""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import time
import zlib
from typing import Final

from ringback.contract.targets.base import Limits, TargetError, bodiless, size
from ringback.contract.traffic import Headers, Reply, Request

_STATUS_LINE: Final = re.compile(rb"HTTP/1\.[01] ([1-5][0-9][0-9])(?: [^\r\n]*)?")
_FIELD: Final = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*?)[ \t]*")
_CHUNK: Final = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?")
_END: Final = re.compile(rb"\r?\n\r?\n")
_MOST_INTERIM: Final = 10
_FRAMING: Final = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "te"}
    | {"trailer", "expect", "proxy-connection", "http2-settings"}
)
"""Header fields that are ours to say: what a caller says of them is left out."""


def encode(request: Request, authority: str, prefix: str) -> bytes:
    """A request as it goes over the wire."""
    lines = [f"{request.method} {prefix}{request.target} HTTP/1.1", f"host: {authority}"]
    names = set()
    for name, value in request.headers:
        if name not in _FRAMING:
            lines.append(f"{name}: {value}")
            names.add(name)
    if "accept-encoding" not in names:
        lines.append("accept-encoding: identity")
    if "accept" not in names:
        lines.append("accept: */*")
    if "user-agent" not in names:
        lines.append("user-agent: ringback-test")
    if request.body or request.method in ("POST", "PUT", "PATCH"):
        lines.append(f"content-length: {len(request.body)}")
    return "\r\n".join((*lines, "", "")).encode("latin-1", "replace") + request.body


class Connection:
    """A socket that has been connected, and what has come and was not read yet."""

    def __init__(self, sock: socket.socket, limits: Limits) -> None:
        self._sock = sock
        self._limits = limits
        self._held = b""
        self._got = 0  # bytes of the present answer
        self.until = 0.0
        self.idle_since = 0.0
        self.reusable = True

    def ask(self, method: str, wire: bytes, until: float) -> Reply:
        """Send and read one answer before `until` on the monotonic clock. Raises TargetError or OSError."""
        self.until = until
        self._got = 0
        try:
            self._remaining()
            self._sock.sendall(wire)
        except TimeoutError:
            raise
        except OSError:
            # Who refuses early closes while we still send: its answer may be there all the same.
            self.reusable = False
        reply = self._answer(method)
        self.idle_since = time.monotonic()
        return reply

    def fresh(self) -> bool:
        """Whether it can be used again: nothing has come unasked, and nobody has hung up."""
        self._sock.settimeout(0)
        try:
            self._sock.recv(1)
        except (BlockingIOError, InterruptedError, ssl.SSLWantReadError):
            return True
        except OSError:
            return False
        return False

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._sock.close()

    @property
    def progress(self) -> str:
        """How far an answer had come, for the sentence about a timeout."""
        return f"{self._got} bytes of an answer had come" if self._got else "no answer had come"

    # -- reading

    def _remaining(self) -> None:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)

    def _more(self) -> bool:
        """Read some more; gives whether anything came before the end."""
        self._remaining()
        found = self._sock.recv(65536)
        self._held += found
        self._got += len(found)
        return bool(found)

    def _answer(self, method: str) -> Reply:
        for _ in range(_MOST_INTERIM):
            status, headers = self._head()
            if status >= 200:
                return Reply(status, headers, self._body(method, status, headers))
            if status == 101:
                raise TargetError("the server switched protocols without being asked to")
        raise TargetError(f"more than {_MOST_INTERIM} interim answers (1xx)")

    def _head(self) -> tuple[int, Headers]:
        searched = 0
        while (end := _END.search(self._held, max(searched - 3, 0))) is None:
            searched = len(self._held)
            if self._held and not b"HTTP/1.".startswith(self._held[:7]):
                raise TargetError(f"what came is not HTTP/1.1: {_shown(self._held)}")
            if searched > self._limits.head:
                break
            if not self._more():
                raise TargetError(_hung_up(self._got))
        if end is None or end.start() > self._limits.head:
            raise TargetError(f"the header of the answer is longer than {size(self._limits.head)}")
        lines = re.split(rb"\r?\n", self._held[: end.start()])
        self._held = self._held[end.end() :]
        return _status(lines[0]), tuple(_field(line) for line in lines[1:])

    def _body(self, method: str, status: int, headers: Headers) -> bytes:
        length = _length(headers)
        codings = _tokens(headers, "transfer-encoding")
        if "close" in _tokens(headers, "connection"):
            self.reusable = False
        if bodiless(method, status):
            content = b""
        elif codings:
            if codings != ["chunked"]:
                raise TargetError(f"transfer-encoding {', '.join(codings)!r} was not asked for")
            content = self._chunks()
            self.reusable = self.reusable and length is None
        elif length is not None:
            content = self._exactly(length)
        else:
            self.reusable = False
            content = self._to_the_end()
        if self._held:
            raise TargetError(f"{_ended(method, status)}, and {_shown(self._held)} came")
        return _decoded(content, _tokens(headers, "content-encoding"), self._limits.body)

    def _exactly(self, length: int) -> bytes:
        if length > self._limits.body:
            raise self._too_long()
        parts = [self._held]
        have = len(self._held)
        self._held = b""
        while have < length:
            if not self._more():
                told = f"content-length says {length} bytes, and {have} came"
                raise TargetError(told)
            parts.append(self._held)
            have += len(self._held)
            self._held = b""
        content = b"".join(parts)
        self._held = content[length:]
        return content[:length]

    def _to_the_end(self) -> bytes:
        parts = [self._held]
        have = len(self._held)
        self._held = b""
        while self._more():
            parts.append(self._held)
            have += len(self._held)
            self._held = b""
            if have > self._limits.body:
                raise self._too_long()
        return b"".join(parts)

    def _chunks(self) -> bytes:
        parts: list[bytes] = []
        have = 0
        while True:
            line = self._line()
            found = _CHUNK.fullmatch(line)
            if found is None:
                raise TargetError(f"not the length of a chunk: {_shown(line)}")
            length = int(found[1], 16)
            if length == 0:
                break
            have += length
            if have > self._limits.body:
                raise self._too_long()
            parts.append(self._exactly(length))
            if self._line():
                raise TargetError(f"a chunk is longer than the {length} bytes that it says")
        for _ in range(100):
            if not self._line():
                return b"".join(parts)
        raise TargetError("more than 100 lines of trailer")

    def _line(self) -> bytes:
        while (end := self._held.find(b"\n")) < 0:
            if len(self._held) > 4096:
                raise TargetError("a line of the chunked body is longer than 4 KiB")
            if not self._more():
                raise TargetError("the chunked body ended before its last chunk")
        line = self._held[:end].removesuffix(b"\r")
        self._held = self._held[end + 1 :]
        return line

    def _too_long(self) -> TargetError:
        return TargetError(f"the body of the answer is longer than {size(self._limits.body)}")


def _ended(method: str, status: int) -> str:
    if method == "HEAD":
        return "an answer to HEAD has no body"
    if bodiless(method, status):
        return f"status {status} has no body"
    return "the answer ended, as its header says"


def _hung_up(got: int) -> str:
    if got:
        return f"the connection was closed in the header of the answer, after {got} bytes"
    return "the connection was closed without an answer"


def _status(line: bytes) -> int:
    found = _STATUS_LINE.fullmatch(line)
    if found is None:
        raise TargetError(f"not a status line of HTTP/1.1: {_shown(line)}")
    return int(found[1])


def _field(line: bytes) -> tuple[str, str]:
    found = _FIELD.fullmatch(line)
    if found is None:
        raise TargetError(f"not a header field: {_shown(line)}")
    return found[1].decode("ascii").lower(), found[2].decode("latin-1")


def _length(headers: Headers) -> int | None:
    said = {value for name, value in headers if name == "content-length"}
    if not said:
        return None
    if len(said) > 1:
        raise TargetError(f"content-length is said {len(said)} times, each time another one")
    text = said.pop()
    if not re.fullmatch("[0-9]{1,18}", text):
        raise TargetError(f"content-length is no number: {text[:60]!r}")
    return int(text)


def _tokens(headers: Headers, name: str) -> list[str]:
    joined = ",".join(value for key, value in headers if key == name)
    return [token for part in joined.lower().split(",") if (token := part.strip())]


def _decoded(content: bytes, codings: list[str], most: int) -> bytes:
    """A body without its compression, which was not asked for; what we cannot undo stays as it is."""
    if not content or codings not in (["gzip"], ["x-gzip"], ["deflate"]):
        return content
    undo = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        plain = undo.decompress(content, most + 1)
    except zlib.error:
        raise TargetError(f"the body is not {codings[0]}, as content-encoding says") from None
    if len(plain) > most:
        raise TargetError(f"the body of the answer is longer than {size(most)}")
    return plain


def _shown(found: bytes) -> str:
    return repr(found[:40])[1:] + ("…" if len(found) > 40 else "")
