"""A body that the document describes is there, and can be read."""

from __future__ import annotations

from collections.abc import Iterator

from ringback.contract.judges.reading import Reading
from ringback.contract.outcome import Finding

_EMPTY = frozenset((204, 205, 304))


def unreadable_body(reading: Reading) -> Iterator[Finding]:
    """`unreadable-body`: JSON that is none, or nothing where the document has a body."""
    reply, response = reading.exchange.reply, reading.response
    if reply is None or response is None or reading.exchange.request.method == "HEAD":
        return
    if reading.fault:
        path = reading.media.path if reading.media is not None else response.path
        message = f"the body cannot be read as JSON: {reading.fault}"
        yield reading.finding("unreadable-body", message, path, where="body")
    elif not reply.body and response.content and reply.status not in _EMPTY:
        if not response.status.startswith("2"):
            return
        wanted = " or ".join(one.name for one in response.content)
        message = f"the body is empty, wanted {wanted}"
        yield reading.finding("unreadable-body", message, (*response.path, "content"), where="body")
