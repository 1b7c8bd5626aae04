"""The emulator with six things wrong, as an application that any process can have by its name: `flawed:flawed`.

Its time is counted in requests, its identifiers are drawn from a seed, and it asks nobody but this machine: it gives the same answers
to the same requests however busy the machine and the network are. Which faults a campaign meets then depends on what it asks, and on nothing else.
"""

from __future__ import annotations

import json
import re
from typing import Any

import httpx2

from ringback.emulator import create_app
from ringback.emulator.courier import Courier

_TICK = 250
"""Milliseconds of the emulated world that pass before each request."""
_CALLS = re.compile(r"/Calls\.json$")
_QUEUES = re.compile(r"/Queues\.json$")
_QUEUE = re.compile(r"/Queues/QU[0-9a-f]{32}\.json$")
_RECORDING = re.compile(r"/Accounts/\w+/Recordings/RE[0-9a-f]{32}\.json$")
_CONFERENCE = re.compile(r"/Conferences/CF[0-9a-f]{32}\.json$")


class _Near(httpx2.AsyncHTTPTransport):
    """Asks this machine. Others cannot be reached, and that is known at once."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.host != "127.0.0.1":
            raise httpx2.ConnectError("there is no network", request=request)
        return await super().handle_async_request(request)


def flawed() -> Any:
    """A new one."""
    app = create_app(clock="manual", seed=1)
    app.world.courier = Courier(app.world, httpx2.AsyncClient(transport=_Near()))

    async def wrong(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        await app.world.advance(_TICK)
        method, path = scope["method"], scope["path"]
        if method == "GET" and _CALLS.search(path):  # a filter is ignored
            kept = re.sub(rb"(^|&)Status=[^&]*", rb"", scope["query_string"]).lstrip(b"&")
            scope = {**scope, "query_string": kept}
        keeps = method == "DELETE" and _RECORDING.search(path)
        if keeps:  # what is deleted stays
            scope = {**scope, "method": "GET"}
        start: dict[str, Any] = {}

        async def spoil(message: Any) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            content = message.get("body", b"")
            status = start["status"]
            if keeps and status == 200:
                status, content = 204, b""
            elif content.startswith(b"{"):
                body = json.loads(content)
                status = _spoiled(method, path, status, body)
                content = json.dumps(body).encode()
            headers = [one for one in start["headers"] if one[0] != b"content-length"]
            await send({**start, "status": status, "headers": headers})
            await send({**message, "body": content})

        await app(scope, receive, spoil)

    return wrong


def _spoiled(method: str, path: str, status: int, body: dict[str, Any]) -> int:
    if method == "POST" and _QUEUES.search(path) and status == 201:
        return 202  # an undocumented status
    if method == "GET" and status == 200:
        if _QUEUE.search(path):
            body["current_size"] = str(body["current_size"])  # another type
        elif _CONFERENCE.search(path):
            body["status"] = "over"  # a value outside of its enum
        elif _RECORDING.search(path):
            body["call_sid"] = "RE" + str(body["call_sid"])[2:]  # another kind of identifier
    return status
