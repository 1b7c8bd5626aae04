"""What stands before the API: how many requests at once, and faults that somebody asked for."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import msgspec

from ringback.emulator.callee import ASKED, checked
from ringback.emulator.errors import render, too_many
from ringback.emulator.faults import NOTHING, Plan, plan_of
from ringback.emulator.world import World
from twilio_voice.server import Fault

_FAULT = b"x-ringback-fault"
_BEHAVIOUR = b"x-ringback-behaviour"


class Dropped(ConnectionResetError):
    """The connection was dropped because somebody asked for that; seen only by callers in the same process."""


class Limits:
    """An ASGI application before another."""

    def __init__(self, world: World, api: Any) -> None:
        plan_of(world.settings.fault)  # what is no fault is said now, not at the first request
        self._world = world
        self._api = api
        self._busy: Counter[str] = Counter()
        self._requests = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        account = _account(scope["path"])
        most = self._world.settings.concurrent_requests
        if most is not None and self._busy[account] >= most:
            await refuse(send, too_many())
            return
        self._busy[account] += 1
        try:
            await self._served(scope, receive, send)
        finally:
            self._busy[account] -= 1
            if not self._busy[account]:
                del self._busy[account]

    async def _served(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            plan, behaviour = self._asked(scope["headers"])
        except ValueError as error:
            await refuse(send, Fault(400, str(error), code=20001))
            return
        if plan.latency:
            await asyncio.sleep(plan.latency)
        if plan.drop == "before":
            await _drop(receive, send)
            return
        if plan.status is not None:
            await refuse(send, Fault(plan.status, "A fault that was asked for"))
            return
        if plan.callback:
            behaviour = {**behaviour, "callbacks": plan.callback}
        token = ASKED.set(behaviour or None)
        try:
            await self._api(scope, receive, _nowhere if plan.drop == "after" else send)
        finally:
            ASKED.reset(token)
        if plan.drop == "after":
            await _drop(receive, send)

    def _asked(self, headers: Any) -> tuple[Plan, dict[str, Any]]:
        """What shall go wrong with this request, and the behaviour of those whom it calls. Raises ValueError."""
        plan, behaviour = NOTHING, {}
        if self._world.settings.fault:
            self._requests += 1
            usual = plan_of(self._world.settings.fault)
            plan = usual if usual.hits(self._requests) else NOTHING
        for name, value in headers:
            if name == _FAULT:
                plan = plan_of(value.decode("latin-1"))
            elif name == _BEHAVIOUR:
                behaviour = _behaviour(value)
        return plan, behaviour


def _behaviour(value: bytes) -> dict[str, Any]:
    try:
        return checked(msgspec.json.decode(value))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ValueError("X-Ringback-Behaviour is not JSON") from None


def _account(path: str) -> str:
    parts = path.split("/", 4)
    return parts[3] if len(parts) > 3 else ""


async def refuse(send: Any, fault: Fault) -> None:
    """Answer with an error of the API, before anything was done."""
    media_type, content = render(fault)
    headers = [
        (name.lower().encode(), text.encode("latin-1")) for name, text in fault.headers.items()
    ]
    headers += [
        (b"content-type", media_type.encode()),
        (b"content-length", str(len(content)).encode()),
    ]
    await send({"type": "http.response.start", "status": fault.status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


async def _nowhere(message: Any) -> None:
    """Where an answer goes that nobody is to see."""


async def _drop(receive: Any, send: Any) -> None:
    """Cut the connection. uvicorn's send knows its transport; callers in the same process get an exception."""
    while hasattr(send, "origin"):
        send = send.origin
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise Dropped("the connection was dropped because that was asked for")
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass
