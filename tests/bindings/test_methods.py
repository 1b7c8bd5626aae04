"""Methods of a document's own (3.2): sent as they are written, told apart by case."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest
from generated import Bindings, document


class _AsSent(httpx2.BaseTransport):
    """The way to an application that keeps the method as it is: the library's own would write capitals."""

    def __init__(self, app: Any) -> None:
        self._app = httpx2.ASGITransport(app=app)
        self._loop = asyncio.new_event_loop()
        self.methods: list[str] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.methods.append(request.method)
        wanted = httpx2.Request("GET", request.url, headers=request.headers, content=request.read())
        wanted.method = request.method
        return self._loop.run_until_complete(self._answered(wanted))

    async def _answered(self, request: httpx2.Request) -> httpx2.Response:
        answer = await self._app.handle_async_request(request)
        return httpx2.Response(
            answer.status_code, headers=answer.headers, content=await answer.aread()
        )


@pytest.fixture
def made(tmp_path: Path) -> Bindings:
    """Two methods that differ in case alone, and one that is written small."""
    content = {"text/plain": {"schema": {"type": "string"}}}
    answer = {"200": {"description": "", "content": content}}
    more = {name: {"tags": ["things"], "responses": answer} for name in ("COPY", "Copy", "link")}
    get = {"operationId": "getThing", "tags": ["things"], "responses": answer}
    told = document({"/thing": {"get": get, "additionalOperations": more}})
    return Bindings({**told, "openapi": "3.2.0"}, tmp_path)


def test_each_method_reaches_its_own_handler(made: Bindings) -> None:
    server = made.module("server")
    methods = {one.name: one for one in made.drawn.plan.groups[0].operations}
    assert len(methods) == 4

    def handler(operation: Any) -> Any:
        async def handle(_: Any) -> Any:
            return getattr(server, operation.answers[0].name)(operation.method)

        return handle

    handlers = SimpleNamespace(**{name: handler(one) for name, one in methods.items()})
    wire = _AsSent(server.build_app(things=handlers))
    client = made.module("client").Client(
        base_url="http://stub.test", http=httpx2.Client(transport=wire)
    )
    for name, operation in methods.items():
        assert getattr(client.things, name)() == operation.method
    assert sorted(wire.methods) == ["COPY", "Copy", "GET", "link"]


def test_a_client_that_writes_capitals_is_understood(made: Bindings) -> None:
    routing = made.module("_runtime.asgi")
    operations = made.module("operations").OPERATIONS
    router = routing.Router([routing.Route(one, None, None) for one in operations], "")
    found = {name: router.find(name, "/thing")[0].operation.method for name in ("LINK", "COPY", "Copy", "HEAD")}  # fmt: skip
    assert found == {"LINK": "link", "COPY": "COPY", "Copy": "Copy", "HEAD": "GET"}
    with pytest.raises(routing.Fault) as caught:
        router.find("PUT", "/thing")
    assert caught.value.headers == {"Allow": "COPY, Copy, GET, HEAD, link"}
