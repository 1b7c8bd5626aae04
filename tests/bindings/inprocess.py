"""A sync HTTP client's way to an ASGI application in the same process: no socket, no thread."""

from __future__ import annotations

import asyncio

import httpx2


class InProcess(httpx2.BaseTransport):
    """Runs each request of a sync client on a private event loop."""

    def __init__(self, app: object) -> None:
        self._loop = asyncio.new_event_loop()
        self._transport = httpx2.ASGITransport(app=app)  # type: ignore[arg-type]

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return self._loop.run_until_complete(self._answer(request))

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        wanted = httpx2.Request(
            request.method, request.url, headers=request.headers, content=request.read()
        )
        answer = await self._transport.handle_async_request(wanted)
        content = await answer.aread()
        return httpx2.Response(answer.status_code, headers=answer.headers, content=content)

    def close(self) -> None:
        self._loop.close()
