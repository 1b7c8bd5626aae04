"""The API as an ASGI application: the generated server stubs, with this world behind them."""

from __future__ import annotations

import re
from contextlib import ExitStack
from typing import Any, overload

from ringback.emulator import hello, parts
from ringback.emulator.accounts import authenticator
from ringback.emulator.clock import Clock
from ringback.emulator.control import Control
from ringback.emulator.documents import DOCUMENT, spec_dir
from ringback.emulator.errors import render
from ringback.emulator.handlers_calls import Calls
from ringback.emulator.limits import Limits
from ringback.emulator.literal import Reshaper
from ringback.emulator.load import Seed
from ringback.emulator.making import Wish, made
from ringback.emulator.notifications import WithNotifications
from ringback.emulator.representations import Surface
from ringback.emulator.settings import Settings
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
        self.held: ExitStack | None = None

    def close(self) -> None:
        """Let go of the database of a world that was made with the application."""
        if self.held is not None:
            self.held.close()

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


@overload
def create_app(
    world: World,
    *,
    check_answers: bool = False,
    literal: bool = False,
    seed: Seed | None = None,
    page: bool = True,
) -> Application: ...


@overload
def create_app(
    world: None = None,
    *,
    check_answers: bool = False,
    literal: bool | None = None,
    seed: int | None = None,
    page: bool = True,
    clock: str | Clock | None = None,
    account_sid: str | None = None,
    auth_token: str | None = None,
    database: str | None = None,
    url: str | None = None,
    settings: Settings | None = None,
) -> Application: ...


def create_app(
    world: World | None = None,
    *,
    check_answers: bool = False,
    literal: bool | None = None,
    seed: Seed | int | None = None,
    page: bool = True,
    **wishes: Any,
) -> Application:
    """The API of a world, with its control endpoints. Under a server with lifespan it runs by itself; without, call
    `world.start()`.

    `literal` gives answers the shapes of the document without its corrections. `seed` is what a reset brings back;
    it is not sown here. `page` serves the web page.

    Without a world one is made, with one account: of the arguments `clock` (`60x`, `manual`), `seed` (a number),
    `account_sid`, `auth_token`, `database`, `url` (where the application is reached, for the TwiML that it serves itself) and
    `settings`; what is not given is asked of the environment (`RINGBACK_EMULATOR_CLOCK` and so on). Raises Unusable.
    """
    if world is not None:
        if wishes or isinstance(seed, int):
            raise TypeError("a world has its clock, accounts, database and settings already")
        return _app(world, check_answers, bool(literal), seed, page)
    if isinstance(seed, Seed):
        raise TypeError("without a world, seed is a number")
    whole = made(Wish(seed=seed, literal=literal, **wishes))
    app = _app(whole.world, check_answers, whole.literal, whole.seed, page)
    app.held = whole.held
    return app


def _app(
    world: World, check_answers: bool, literal: bool, seed: Seed | None, page: bool
) -> Application:
    reshaper = Reshaper.read(spec_dir() / DOCUMENT) if literal else None
    surface = Surface(world, Limits(world, api(world, check_answers=check_answers)), reshaper)
    return Application(world, surface, Control(world, seed, page=page))
