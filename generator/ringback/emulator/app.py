"""The API as an ASGI application: the generated server stubs, with this world behind them."""

from __future__ import annotations

import re
from typing import Any

from ringback.emulator import hello, parts
from ringback.emulator.accounts import authenticator
from ringback.emulator.control import Control
from ringback.emulator.documents import DOCUMENT, spec_dir
from ringback.emulator.errors import render
from ringback.emulator.handlers_calls import Calls
from ringback.emulator.limits import Limits
from ringback.emulator.literal import Reshaper
from ringback.emulator.load import Seed
from ringback.emulator.notifications import WithNotifications
from ringback.emulator.representations import Surface
from ringback.emulator.validation import refusal
from ringback.emulator.world import World
from twilio_voice.server import build_app

parts.load()


class Application:
    """The API, and the life of the world behind it: it starts and stops with the server."""

    def __init__(self, world: World, api: Any, control: Any = None) -> None:
        self.world = world
        self.api = api
        self.control = control

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif hello.known(scope["path"]):
            await hello.hello(scope, send)
        elif scope["path"].partition("/_ringback")[0] == "" and self.control is not None:
            await self.control(scope, receive, send)
        else:
            await self.api(scope, receive, send)

    async def _live(self, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.world.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.world.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


def api(world: World, *, check_answers: bool = False) -> Any:
    """The stubs with their handlers, without anything around them."""
    from ringback.emulator.handlers_rooms import (
        Conferences,
        Members,
        Participants,
        Queues,
        Recordings,
    )

    authenticate = authenticator(world)
    stubs = build_app(
        calls=Calls(world),
        recordings=Recordings(world),
        conferences=Conferences(world),
        participants=Participants(world),
        queues=Queues(world),
        members=Members(world),
        authenticate=authenticate,
        render=render,
        refuse=refusal,
        check_answers=check_answers,
    )
    whole = WithNotifications(world, stubs, authenticate)
    if world.settings.strict_page_size:
        return whole
    return _Clamped(whole, world.settings.largest_page)


_PAGE_SIZE = re.compile(rb"(?<![^&])PageSize=([0-9]{4,18})(?![^&])")


class _Clamped:
    """Cuts a PageSize that is too large down to the largest: the vendor's SDKs send their limit as it is."""

    def __init__(self, api: Any, largest: int) -> None:
        self._api = api
        self._largest = largest

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        query = scope.get("query_string", b"")
        if b"PageSize=" in query:
            cut = _PAGE_SIZE.sub(self._cut, query)
            scope = {**scope, "query_string": cut} if cut != query else scope
        await self._api(scope, receive, send)

    def _cut(self, found: re.Match[bytes]) -> bytes:
        return b"PageSize=%d" % min(int(found.group(1)), self._largest)


def create_app(
    world: World,
    *,
    check_answers: bool = False,
    literal: bool = False,
    seed: Seed | None = None,
    page: bool = True,
) -> Application:
    """The API of a world, with its control endpoints. Under a server with lifespan it runs by itself; without, call
    `world.start()`.

    `literal` gives answers the shapes of the document without its corrections. `seed` is what a reset brings back;
    it is not sown here. `page` serves the web page.
    """
    reshaper = Reshaper.read(spec_dir() / DOCUMENT) if literal else None
    surface = Surface(world, Limits(world, api(world, check_answers=check_answers)), reshaper)
    return Application(world, surface, Control(world, seed, page=page))
