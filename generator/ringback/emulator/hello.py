"""`/hello`: TwiML to begin with, for the number and the application that exist when no file says otherwise."""

from __future__ import annotations

from typing import Any, Final

PATH: Final = "/hello"
_START: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_PAGES: Final = {
    PATH: b"""<Response>
    <Say>Hello. This is ringback, and nobody is really on the phone.</Say>
    <Gather numDigits="1" timeout="5" action="/hello/pressed">
        <Say>Press a key, or stay on the line.</Say>
    </Gather>
    <Record maxLength="5" timeout="2" action="/hello/goodbye"/>
</Response>
""",
    PATH + "/pressed": b"""<Response>
    <Say>You have pressed a key.</Say>
    <Redirect>/hello/goodbye</Redirect>
</Response>
""",
    PATH + "/goodbye": b"""<Response>
    <Say>Goodbye.</Say>
    <Hangup/>
</Response>
""",
}


def known(path: str) -> bool:
    """Whether a path is one of these documents."""
    return path in _PAGES


async def hello(scope: Any, send: Any) -> None:
    """Answer with the document of the path, whatever is asked."""
    content = _START + _PAGES[scope["path"]]
    headers = [
        (b"content-type", b"application/xml"),
        (b"content-length", str(len(content)).encode()),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send(
        {"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content}
    )
