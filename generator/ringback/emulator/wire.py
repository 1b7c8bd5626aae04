"""The server's connections: the head of an answer and the beginning of its body leave in one packet.

A server that writes them apart makes two system calls for every answer and wakes its client up twice, which is a tenth of
what a small answer costs here. As much again goes into looking through headers that are the same in every answer: those are
put in here, as the lines that they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

LARGE: Final = 32 * 1024
"""From so many bytes on, joining costs more than it saves."""


class Joined:
    """A transport that keeps the head of an answer until its body begins; everything else goes on as it comes.

    `later` calls something in the event loop's next turn: a head whose body has not come by then (that of a HEAD has none)
    goes alone.
    """

    __slots__ = ("_head", "_later", "_more", "_transport")

    def __init__(self, transport: Any, later: Callable[[Callable[[], None]], Any]) -> None:
        self._transport = transport
        self._later = later
        self._head = b""
        self._more = b""

    def add(self, lines: bytes) -> None:
        """Header lines, each with its end, that the next head carries as well."""
        self._more = lines

    def write(self, content: bytes) -> None:
        """Send, or keep what is a head and no interim answer."""
        if content.startswith(b"HTTP/1.1 ") and not content.startswith(b"HTTP/1.1 1"):
            self.flush()
            self._head = content[:-2] + self._more + b"\r\n" if self._more else content
            self._more = b""
            self._later(self.flush)
            return
        if len(content) > LARGE:
            self.flush()
        elif self._head:
            content = self._head + content
            self._head = b""
        self._transport.write(content)

    def flush(self) -> None:
        """Send what is kept."""
        head, self._head = self._head, b""
        if head and not self._transport.is_closing():
            self._transport.write(head)

    def close(self) -> None:
        """Send what is kept, then close."""
        self.flush()
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


def joined(send: Any) -> Joined | None:
    """The transport behind an ASGI `send`, where it is such a one: the server's own knows its transport."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    return transport if isinstance(transport, Joined) else None


def protocol() -> Any:
    """uvicorn's fastest protocol with such a transport, or the name of what it has without httptools."""
    try:
        from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
    except ModuleNotFoundError:
        return "auto"

    class Protocol(HttpToolsProtocol):
        """Requests over a connection."""

        def connection_made(self, transport: Any) -> None:
            """A client has come."""
            kept = Joined(transport, self.loop.call_soon)
            super().connection_made(kept)  # type: ignore[arg-type]

    return Protocol
