"""The server's connections: the head of an answer and the beginning of its body leave in one packet.

A server that writes them apart makes two system calls for every answer and wakes its client up twice, which is a tenth of
what a small answer costs here.
"""

from __future__ import annotations

from typing import Any, Final

LARGE: Final = 32 * 1024
"""From so many bytes on, joining costs more than it saves."""


class Joined:
    """A transport that keeps the head of an answer until its body begins; everything else goes on as it comes."""

    __slots__ = ("_head", "_transport")

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._head = b""

    def write(self, content: bytes) -> None:
        """Send, or keep what is a head and no interim answer."""
        if self._head:
            head, self._head = self._head, b""
            if len(content) > LARGE:
                self._transport.write(head)
            else:
                content = head + content
        elif content.startswith(b"HTTP/1.1 ") and not content.startswith(b"HTTP/1.1 1"):
            self._head = content
            return
        self._transport.write(content)

    def close(self) -> None:
        """Send what is kept, then close."""
        if self._head:
            self._transport.write(self._head)
            self._head = b""
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


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
            super().connection_made(Joined(transport))  # type: ignore[arg-type]

    return Protocol
