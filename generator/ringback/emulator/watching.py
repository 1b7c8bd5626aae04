"""The page, and the stream of events that keeps it up to date."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from collections.abc import Callable
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from ringback.emulator.world import World

EVENTS: Final = "text/event-stream"
_PAUSE: Final = 0.1
_BREATH: Final = 15.0
"""Seconds between two events at least, and between two signs of life at most."""


async def page(scope: Any, send: Any) -> None:
    """The page: one file, nothing from elsewhere, and only its own script may run."""
    if scope["path"].endswith("/"):
        content, policy = _page()
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-security-policy", policy.encode()),
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
            (b"cache-control", b"no-store"),
        ]
        status = 200
    else:
        query = scope["query_string"]
        content, status = b"", 307
        headers = [(b"location", scope["path"].encode() + b"/" + (b"?" + query if query else b""))]
    headers.append((b"content-length", str(len(content)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send(
        {"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content}
    )


@lru_cache(maxsize=1)
def _page() -> tuple[bytes, str]:
    text = resources.files("ringback.emulator").joinpath("page/index.html").read_text("utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; connect-src 'self'; "
        "media-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return text.encode(), policy


async def events(world: World, receive: Any, send: Any, ending: Callable[[], bool]) -> None:
    """Tell of every change, as server-sent events, until the client leaves or the server ends."""
    stirred = asyncio.Event()
    world.watchers.append(stirred.set)
    gone = asyncio.ensure_future(_gone(receive))
    headers = [(b"content-type", EVENTS.encode()), (b"cache-control", b"no-store")]
    try:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await _part(send, b"retry: 1000\ndata: hello\n\n")
        while not gone.done() and not ending():
            waiting = asyncio.ensure_future(stirred.wait())
            done, _ = await asyncio.wait(
                (waiting, gone), timeout=_BREATH, return_when=asyncio.FIRST_COMPLETED
            )
            waiting.cancel()
            if gone in done or ending():
                break
            stirred.clear()
            await _part(send, b"data: changed\n\n" if waiting in done else b": still here\n\n")
            await asyncio.sleep(_PAUSE)
    finally:
        gone.cancel()
        world.watchers.remove(stirred.set)
    await send({"type": "http.response.body", "body": b""})


async def _part(send: Any, content: bytes) -> None:
    await send({"type": "http.response.body", "body": content, "more_body": True})


async def _gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
