"""A part of a recording's audio: what players ask for that jump about in it (RFC 9110, section 14).

One range of bytes is answered with 206, one that begins behind the end with 416. Several at once, other units, and what is
no range at all count as not asked for: the whole is answered, as the RFC allows. So it is with `If-Range`, because the audio
carries no mark that could be compared.
"""

from __future__ import annotations

import re
from typing import Any

Header = tuple[bytes, bytes]

_RANGE = re.compile(rb"bytes=([0-9]{0,18})-([0-9]{0,18})")
ACCEPTED: Header = (b"accept-ranges", b"bytes")


def asked(headers: Any) -> bytes:
    """The range that a request's headers ask for, or b""."""
    found = {name: value for name, value in headers if name in (b"range", b"if-range")}
    return b"" if b"if-range" in found else found.get(b"range", b"")


def cut(wanted: bytes, content: bytes) -> tuple[int, list[Header], bytes]:
    """Status, headers and bytes of an answer that would be 200 with the whole content."""
    size = len(content)
    found = _RANGE.fullmatch(wanted.strip().lower())
    if found is None or not (found[1] or found[2]):
        return 200, [ACCEPTED], content
    if found[1]:
        first, last = int(found[1]), min(int(found[2] or size), size - 1)
        if found[2] and int(found[2]) < first:
            return 200, [ACCEPTED], content
    else:
        first, last = max(size - int(found[2]), 0), size - 1
    if first >= size or found[0].endswith(b"=-0"):
        return 416, [ACCEPTED, (b"content-range", b"bytes */%d" % size)], b""
    told = (b"content-range", b"bytes %d-%d/%d" % (first, last, size))
    return 206, [ACCEPTED, told], content[first : last + 1]


class Ranged:
    """Sends the audio of an answer as the request wants it. `origin` is the server's own send."""

    __slots__ = ("_head", "_wanted", "origin")

    def __init__(self, wanted: bytes, send: Any) -> None:
        self.origin = send
        self._wanted = wanted
        self._head: Any = None

    async def __call__(self, message: Any) -> None:
        """The head waits for the content, which comes in one piece."""
        if message["type"] == "http.response.start":
            kind = dict(message["headers"]).get(b"content-type", b"")
            if message["status"] == 200 and kind.startswith(b"audio/"):
                self._head = message
                return
        elif self._head is not None:
            head, self._head = self._head, None
            status, added, content = cut(self._wanted, message.get("body", b""))
            kept = [pair for pair in head["headers"] if pair[0] != b"content-length"]
            length = (b"content-length", b"%d" % len(content))
            await self.origin({**head, "status": status, "headers": [*kept, length, *added]})
            message = {**message, "body": content}
        await self.origin(message)
