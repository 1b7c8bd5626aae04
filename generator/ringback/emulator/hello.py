"""`/hello`: TwiML to begin with, for the number and the application that exist when no file says otherwise."""

from __future__ import annotations

from typing import Any, Final

PATH: Final = "/hello"
_TWIML: Final = b"""<?xml version="1.0" encoding="UTF-8"?>
<Response>
    <Say>Hello. This is ringback, and nobody is really on the phone.</Say>
    <Gather numDigits="1" timeout="5">
        <Say>Press a key, or stay on the line.</Say>
    </Gather>
    <Record maxLength="5" timeout="2" playBeep="true"/>
    <Say>Goodbye.</Say>
    <Hangup/>
</Response>
"""


async def hello(scope: Any, send: Any) -> None:
    """Answer with the TwiML, whatever is asked."""
    headers = [
        (b"content-type", b"application/xml"),
        (b"content-length", str(len(_TWIML)).encode()),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else _TWIML})
