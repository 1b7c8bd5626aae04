"""An answer's body has a media type that the document has for its status."""

from __future__ import annotations

from collections.abc import Iterator

from ringback.contract.judges.reading import Reading
from ringback.contract.judges.words import one_of
from ringback.contract.outcome import Finding


def undocumented_content_type(reading: Reading) -> Iterator[Finding]:
    """`undocumented-content-type`. A status without `content` leaves open what its body is."""
    reply, response = reading.exchange.reply, reading.response
    if reply is None or response is None or not response.content or not reply.body:
        return
    if reading.media is not None:
        return
    found = repr(reply.media_type) if reply.media_type else "not given"
    wanted = one_of([one.name for one in response.content])
    message = f"content type is {found}, wanted {wanted}"
    path = (*response.path, "content")
    yield reading.finding("undocumented-content-type", message, path, where="header/content-type")
