"""What surrounds the API: representations by extension, and the headers that every answer carries.

The API itself speaks JSON. A path that ends in `.csv`, in `.xml` or in nothing is asked of it as `.json`, and what comes
back is rewritten: CSV is a row of names and a row for each resource; XML is what the 2010 API has always sent. Errors of
both are XML. A recording without extension is its audio, as the addresses in callbacks expect.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from typing import Any, Final

from msgspec import json

from ringback.emulator import ranges, tabular, wire, xmlish
from ringback.emulator.literal import Reshaper
from ringback.emulator.world import World

BASE: Final = "/2010-04-01/"
_AUDIO = re.compile(r"/2010-04-01/Accounts/[^/]+/Recordings/RE[0-9a-fA-F]{32}")

_MOST: Final = 1 << 128

Header = tuple[bytes, bytes]

_ALWAYS: Final[tuple[Header, ...]] = (
    (b"x-home-region", b"us1"),
    (b"x-api-domain", b"api.twilio.com"),
    (b"x-powered-by", b"AT-5000"),
    (b"x-shenanigans", b"none"),
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-allow-headers",
        b"Accept, Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since",
    ),
    (b"access-control-allow-methods", b"GET, POST, PUT, PATCH, DELETE, OPTIONS"),
    (b"access-control-expose-headers", b"ETag, Twilio-Request-Id"),
    (b"access-control-allow-credentials", b"true"),
    (b"strict-transport-security", b"max-age=31536000"),
)
_LINES: Final = b"".join(b"%b: %b\r\n" % pair for pair in _ALWAYS)


class Surface:
    """The API with its representations and headers: an ASGI application around another."""

    def __init__(self, world: World, api: Any, literal: Reshaper | None = None) -> None:
        self._world = world
        self._api = api
        self._literal = literal
        self._requests = 0
        self._first = secrets.randbits(128)
        self._busy = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._api(scope, receive, send)
            return
        self._busy += 1
        began, busy = time.perf_counter(), self._busy
        stamped = _Stamped(self, began, busy, send)
        try:
            await self._answer(scope, receive, stamped)
        finally:
            self._busy -= 1

    def headers(self, began: float, busy: int) -> tuple[Header, ...]:
        """Those that differ from answer to answer."""
        took = 0.0 if self._world.clock.manual else time.perf_counter() - began
        return (
            (b"twilio-request-id", self._request_id()),
            (b"twilio-concurrent-requests", b"%d" % busy),
            (b"twilio-request-duration", b"%.3f" % took),
        )

    def _request_id(self) -> bytes:
        self._requests += 1
        seed = self._world.store.seed
        if seed is None:
            return b"RQ%032x" % ((self._first + self._requests) % _MOST)
        told = f"{seed}:RQ:{self._requests}".encode()
        return b"RQ" + hashlib.sha256(told).hexdigest()[:32].encode()

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] == "OPTIONS":
            await _whole(send, 204, [], b"")
            return
        path = _path(scope)
        inner, form = wanted(path)
        literal = self._literal.operation(scope["method"], inner) if self._literal else None
        if form == "json" and literal is None:
            await self._api(scope, receive, send)
            return
        asked = _asking(scope, inner)
        if form == "as it is":
            # HEAD has no content to be cut: it tells of the whole.
            audio = scope["method"] == "GET" and inner.endswith((".wav", ".mp3"))
            heard = ranges.Ranged(ranges.asked(scope["headers"]), send) if audio else send
            await self._api(asked, receive, heard)
            return
        # The body of a HEAD would be lost on the way: ask for it, and leave it out at the end.
        head = scope["method"] == "HEAD"
        caught = _Caught(send)
        await self._api({**asked, "method": "GET"} if head else asked, receive, caught)
        headers, content = caught.headers, caught.content
        if caught.is_json and content:
            value = json.decode(content)
            if caught.status >= 400 and isinstance(value, dict) and inner in str(value["message"]):
                value["message"] = value["message"].replace(inner, path)
            if literal is not None:
                value = literal(caught.status, value)
            media_type, content = _rewritten(value, form, path, caught.status)
            headers = [
                pair for pair in headers if pair[0] not in (b"content-type", b"content-length")
            ]
            headers.append((b"content-type", media_type.encode()))
            headers.append((b"content-length", str(len(content)).encode()))
        await _whole(send, caught.status, headers, b"" if head else content)


def wanted(path: str) -> tuple[str, str]:
    """The path to ask the API for, and the form that the answer is to have: json, csv, xml, or as it is."""
    last = path.rpartition("/")[2]
    if not path.startswith(BASE) or not last or last.endswith((".wav", ".mp3")):
        return path, "as it is"
    for form in ("json", "csv", "xml"):
        if last.endswith("." + form):
            return path[: -len(form)] + "json", form
    if _AUDIO.fullmatch(path):
        return path + ".wav", "as it is"
    return path + ".json", "xml"


def _rewritten(value: Any, form: str, path: str, status: int) -> tuple[str, bytes]:
    if form == "json":
        return "application/json", json.encode(value)
    if status >= 400:
        return xmlish.MEDIA_TYPE, xmlish.error(value)
    suffix = path[path.rindex(".") :] if path.endswith((".csv", ".xml")) else ""
    shown = xmlish.linked(value, suffix)
    if form == "csv":
        return tabular.MEDIA_TYPE, tabular.table(shown)
    return xmlish.MEDIA_TYPE, xmlish.resource(shown, path)


class _Stamped:
    """Sends an answer with headers added. `origin` is the server's own send."""

    __slots__ = ("_began", "_busy", "_surface", "origin")

    def __init__(self, surface: Surface, began: float, busy: int, send: Any) -> None:
        self.origin = send
        self._surface = surface
        self._began = began
        self._busy = busy

    def __call__(self, message: Any) -> Any:
        if message["type"] == "http.response.start":
            added = self._surface.headers(self._began, self._busy)
            transport = wire.joined(self.origin)
            if transport is None:
                added += _ALWAYS
            else:
                transport.add(_LINES)
            message = {**message, "headers": [*message.get("headers", ()), *added]}
        return self.origin(message)


class _Caught:
    """An answer that is held back."""

    def __init__(self, origin: Any) -> None:
        self.origin = origin
        self.status = 500
        self.headers: list[Header] = []
        self.content = b""

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = list(message.get("headers", ()))
        else:
            self.content += message.get("body", b"")

    @property
    def is_json(self) -> bool:
        return any(
            k == b"content-type" and v.startswith(b"application/json") for k, v in self.headers
        )


def _path(scope: Any) -> str:
    raw = scope.get("raw_path")
    return raw.decode("latin-1").partition("?")[0] if raw else str(scope["path"])


def _asking(scope: Any, path: str) -> dict[str, Any]:
    """The scope of the same request for another path."""
    return {**scope, "path": path, "raw_path": path.encode("latin-1", "replace")}


async def _whole(send: Any, status: int, headers: list[Header], content: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
