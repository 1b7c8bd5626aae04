"""One operation on a stage: both clients, the server stubs, and what passed between them.

The handler behind the stubs is generic: it keeps the input it was given and returns the answer it was told to.
"""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import httpx2
from drawing import Fields
from effective import base_path, body_class_of, class_of, group_of, is_download, is_list, method_of
from inprocess import InProcess

import twilio_voice
from ringback.openapi import Operation
from twilio_voice import models, server

ACCOUNT = "AC" + "5" * 32
TOKEN = "a-token-of-no-account"


@dataclass
class Wire:
    """What passed between client and server, as bytes, in the order in which it did."""

    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)


def tapped(app: Any, wire: Wire) -> Any:
    """The application, with every request and answer written down."""

    async def tap(scope: Any, receive: Any, send: Any) -> None:
        content = bytearray()
        status: dict[str, Any] = {}

        async def heard() -> Any:
            message = await receive()
            content.extend(message.get("body", b""))
            return message

        async def told(message: Any) -> None:
            if message["type"] == "http.response.start":
                status.update(message)
                status["content"] = b""
            else:
                status["content"] += message.get("body", b"")
            await send(message)

        await app(scope, heard, told)
        target = scope["raw_path"].decode()
        if scope["query_string"]:
            target = target.partition("?")[0] + "?" + scope["query_string"].decode()
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        wire.requests.append((scope["method"], target, headers, bytes(content)))
        answered = {name.decode().lower(): value.decode() for name, value in status["headers"]}
        wire.answers.append((status["status"], answered, status["content"]))

    return tap


class Stage:
    """Clients and server of one operation."""

    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        self.wire = Wire()
        self.inputs: list[Any] = []
        self.answer: Any = None
        handlers: dict[str, Any] = {group_of(operation): SimpleNamespace(**self._handlers())}
        app = tapped(server.build_app(**handlers, check_answers=True), self.wire)
        self.loop = asyncio.new_event_loop()
        url = "http://bindings.test" + base_path()
        shared: dict[str, Any] = {"base_url": url, "max_retries": 0}
        self.client = twilio_voice.Client(
            ACCOUNT, TOKEN, http=httpx2.Client(transport=InProcess(app)), **shared
        )
        transport = httpx2.ASGITransport(app=app)
        self.async_client = twilio_voice.AsyncClient(
            ACCOUNT, TOKEN, http=httpx2.AsyncClient(transport=transport), **shared
        )

    def _handlers(self) -> dict[str, Any]:
        """The method that is tried; the others of its group are there and fail."""

        async def handle(given: Any) -> Any:
            self.inputs.append(given)
            return self.answer

        async def unexpected(given: Any) -> Any:
            raise AssertionError(f"the wrong operation was called: {given}")

        group = getattr(server, f"Unimplemented{group_of(self.operation).title()}")
        names = [name for name in vars(group) if not name.startswith("_")]
        return {**dict.fromkeys(names, unexpected), method_of(self.operation): handle}

    def answers_with(self, status: str, body: Any) -> None:
        """What the handler is to answer."""
        kind = getattr(server, f"{class_of(self.operation)}{status}")
        self.answer = kind() if body is None else kind(built(body))

    def call(self, arguments: dict[str, Any]) -> Any:
        """Call through the sync client; a list gives its first page, a download its content."""
        found = getattr(getattr(self.client, group_of(self.operation)), method_of(self.operation))
        result = found(**arguments)
        if is_list(self.operation):
            return next(result.pages())
        return result.read() if is_download(self.operation) else result

    def call_async(self, arguments: dict[str, Any]) -> Any:
        """The same through the async client."""
        return self.loop.run_until_complete(self._call_async(arguments))

    async def _call_async(self, arguments: dict[str, Any]) -> Any:
        group = getattr(self.async_client, group_of(self.operation))
        result = getattr(group, method_of(self.operation))(**arguments)
        if is_list(self.operation):
            return await anext(result.pages())
        return await (result.read() if is_download(self.operation) else result)

    def close(self) -> None:
        self.loop.close()


def built(value: Any, name: str | None = None) -> Any:
    """The model that drawn fields stand for; other values as they are."""
    if isinstance(value, Fields):
        kind = getattr(models, name or value.schema.name or "")
        return kind(**{one: built(inner) for one, inner in value.values.items()})
    return [built(one) for one in value] if isinstance(value, list) else value


def assert_same(expected: Any, found: Any, at: str = "") -> None:
    """Hold a decoded value to the drawn one, attribute by attribute."""
    if isinstance(expected, Fields):
        for name in (attribute for attribute in dir(found) if not attribute.startswith("_")):
            if name not in expected.values and not callable(getattr(found, name)):
                assert getattr(found, name) is twilio_voice.UNSET, f"{at}.{name} came from nowhere"
        for name, value in expected.values.items():
            assert_same(value, getattr(found, name), f"{at}.{name}")
    elif isinstance(expected, list):
        assert len(expected) == len(found), at
        for index, (one, other) in enumerate(zip(expected, found, strict=True)):
            assert_same(one, other, f"{at}[{index}]")
    else:
        assert expected == found, f"{at}: {expected!r} was sent, {found!r} arrived"
        assert isinstance(found, type(expected)), f"{at}: {type(found)}"


def body_type(operation: Operation) -> Any:
    """The type of an operation's form."""
    return getattr(models, body_class_of(operation))


AUTHORIZATION = "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
