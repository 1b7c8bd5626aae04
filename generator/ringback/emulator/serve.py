"""`ringback emulate`: puts a world together, fills it, and serves it until it is stopped."""

from __future__ import annotations

import gc
import importlib.util
import re
import socket
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ringback.emulator.clock import Clock, ManualClock, RealClock
from ringback.emulator.documents import DOCUMENT, OVERLAYS, spec_dir
from ringback.emulator.making import (
    MEMORY,
    Options,
    Unusable,
    is_account_sid,
    opened,
    sown,
)
from ringback.emulator.settings import Settings

if TYPE_CHECKING:
    import uvicorn

    from ringback.emulator.app import Application
    from ringback.emulator.load import Seed
    from ringback.emulator.records import AccountRecord
    from ringback.emulator.world import World

_NEEDED: Final = ("sqlalchemy", "uvicorn", "defusedxml")

__all__ = ["Options", "Ready", "Unusable", "emulate", "prepared", "server"]


@dataclass(frozen=True, slots=True)
class Ready:
    """A world that can be served: its application, where it listens, whose it is."""

    world: World
    app: Application
    listening: socket.socket
    url: str
    account: AccountRecord
    held: ExitStack

    def close(self) -> None:
        """Let go of the address and of the database."""
        self.held.close()


def emulate(options: Options, show: Callable[[str], None]) -> None:
    """Serve until somebody stops it. Raises Unusable, and DocumentError for a faulty file to load."""
    ready = prepared(options)
    for line in _greeting(options, ready):
        show(line)
    gc.collect()
    gc.freeze()  # what is there now stays: looking through it again and again holds up requests
    gc.set_threshold(5_000, 20, 50)
    try:
        server(ready.app).run(sockets=[ready.listening])
    finally:
        ready.close()


def server(app: Application) -> uvicorn.Server:
    """The server of an application. It believes nothing that a proxy's headers say of the client."""
    import uvicorn

    from ringback.emulator.wire import protocol

    class Server(uvicorn.Server):
        """Lets those who look on go before it stops."""

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            app.control.end()
            await super().shutdown(sockets)

    return Server(
        uvicorn.Config(
            app,
            http=protocol(),
            lifespan="on",
            ws="none",
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=1,
        )
    )


def prepared(options: Options) -> Ready:
    """Everything up to serving. Raises Unusable and DocumentError."""
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        told = f"the emulator needs {', '.join(missing)}"
        raise Unusable(f"{told}: pip install 'ringback[emulator]'")
    from ringback.emulator import load

    _check(options)
    loaded = load.read_seed(options.load) if options.load else None
    with ExitStack() as undo:
        world = opened(options, Settings(**loaded.settings) if loaded else Settings(), undo)
        listening = undo.enter_context(_listening(options))
        url = _url(options.host, listening.getsockname()[1])
        seed = sown(world, options, loaded, url)
        app = _application(world, options, seed, listening.getsockname()[1])
        account = _first(world, options)
        return Ready(world, app, listening, url, account, undo.pop_all())


def _check(options: Options) -> None:
    if options.account_sid and not is_account_sid(options.account_sid):
        raise Unusable("--account-sid is AC and 32 hexadecimal digits in lower case")
    if options.load and (options.account_sid or options.auth_token):
        other = "--account-sid" if options.account_sid else "--auth-token"
        raise Unusable(f"{other} and --load exclude each other: the file names the accounts")
    if options.control_token == "":
        raise Unusable("--control-token is empty: it would open nothing, or everything")


def _listening(options: Options) -> socket.socket:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((options.host, options.port))
    except (OSError, OverflowError) as error:
        listening.close()
        why = getattr(error, "strerror", None) or str(error)
        raise Unusable(f"cannot listen on {options.host} port {options.port}: {why}") from None
    return listening


def _url(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def _application(world: World, options: Options, seed: Seed, port: int) -> Application:
    from ringback.emulator.app import create_app

    world.courier.forbidden.update({("localhost", port), (options.host.lower(), port)})
    return create_app(world, literal=options.literal, seed=seed, page=options.page)


def _first(world: World, options: Options) -> AccountRecord:
    from ringback.emulator.records import AccountRecord

    accounts = world.store.do(lambda tx: tx.everything(AccountRecord))
    wanted = [one for one in accounts if one.account_sid == options.account_sid]
    return (wanted or accounts)[0]


def _greeting(options: Options, ready: Ready) -> list[str]:
    document = spec_dir() / DOCUMENT
    shape = "to the letter" if options.literal else f"with {', '.join(OVERLAYS)}"
    lines = [
        f"listening   {ready.url}/2010-04-01",
        f"account     {ready.account.account_sid}",
        f"auth token  {ready.account.auth_token}",
        f"document    {document.name} {shape}",
        f"clock       {_described(ready.world.clock)}",
        f"state       {'in memory' if options.database == MEMORY else _safe(options.database)}",
    ]
    if options.page:
        lines.append(f"page        {ready.url}/_ringback/")
    return lines


def _described(clock: Clock) -> str:
    if isinstance(clock, ManualClock):
        return "manual: POST /_ringback/clock/advance moves it"
    if isinstance(clock, RealClock) and clock.scale != 1:
        return f"{clock.scale:g} times as fast as the wall's"
    return "real"


def _safe(url: str) -> str:
    """A database's address without its password."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:…@", url)
