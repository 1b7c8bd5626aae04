"""`ringback emulate`: puts a world together, fills it, and serves it until it is stopped."""

from __future__ import annotations

import importlib.util
import re
import secrets
import socket
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, Final

from ringback.emulator.clock import Clock, ManualClock, RealClock, clock_of
from ringback.emulator.documents import DOCUMENT, OVERLAYS, spec_dir
from ringback.emulator.settings import Settings

if TYPE_CHECKING:
    import uvicorn

    from ringback.emulator.app import Application
    from ringback.emulator.load import Seed
    from ringback.emulator.records import AccountRecord
    from ringback.emulator.world import World

_NEEDED: Final = ("sqlalchemy", "uvicorn", "defusedxml")
_MEMORY: Final = "sqlite://"


class Unusable(Exception):
    """The emulator cannot be started so; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to serve, as the command line says it."""

    host: str = "127.0.0.1"
    port: int = 4010
    database: str = _MEMORY
    clock: str = "real"
    seed: int | None = None
    account_sid: str = ""
    auth_token: str = ""
    load: str | None = None
    literal: bool = False
    page: bool = True
    control_token: str | None = None


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
    try:
        server(ready.app).run(sockets=[ready.listening])
    finally:
        ready.close()


def server(app: Application) -> uvicorn.Server:
    """The server of an application. It believes nothing that a proxy's headers say of the client."""
    import uvicorn

    class Server(uvicorn.Server):
        """Lets those who look on go before it stops."""

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            app.control.end()
            await super().shutdown(sockets)

    return Server(
        uvicorn.Config(
            app,
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
    database = options.database if "://" in options.database else f"sqlite:///{options.database}"
    with ExitStack() as undo:
        claim = _claimed(database)
        if claim is not None:
            undo.callback(claim.close)
        world = _world(options, database, Settings(**loaded.settings) if loaded else Settings())
        undo.callback(world.store.close)
        listening = undo.enter_context(_listening(options))
        url = _url(options.host, listening.getsockname()[1])
        seed = _sown(world, options, loaded, url)
        app = _application(world, options, seed, listening.getsockname()[1])
        account = _first(world, options)
        return Ready(world, app, listening, url, account, undo.pop_all())


def _claimed(url: str) -> IO[bytes] | None:
    """A lock beside a SQLite file, which the system lets go of however this process ends: one process to a file."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parts = make_url(url)
    except ArgumentError:
        raise Unusable(
            "--database is a file, or an address such as postgresql+psycopg://…"
        ) from None
    if parts.get_backend_name() != "sqlite" or parts.database in (None, "", ":memory:"):
        return None
    try:
        import fcntl
    except ModuleNotFoundError:  # there is none on Windows
        return None
    try:
        # It is held for as long as the database is.
        lock = open(f"{parts.database}-lock", "ab")  # noqa: SIM115
    except OSError as error:
        raise Unusable(f"cannot open the database: {error.strerror}: {parts.database}") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        told = "several emulators can share a PostgreSQL"
        raise Unusable(f"another emulator uses {parts.database}: {told}") from None
    return lock


def _check(options: Options) -> None:
    if options.account_sid and not re.fullmatch("AC[0-9a-f]{32}", options.account_sid):
        raise Unusable("--account-sid is AC and 32 hexadecimal digits in lower case")
    if options.load and (options.account_sid or options.auth_token):
        other = "--account-sid" if options.account_sid else "--auth-token"
        raise Unusable(f"{other} and --load exclude each other: the file names the accounts")


def _world(options: Options, url: str, settings: Settings) -> World:
    from sqlalchemy.exc import SQLAlchemyError

    from ringback.emulator.store import Store
    from ringback.emulator.world import World

    chosen = replace(settings, seed=options.seed if options.seed is not None else settings.seed)
    if options.control_token is not None:
        chosen = replace(chosen, control_token=options.control_token)
    try:
        return World(Store(url, _clock(options.clock), chosen.seed), chosen)
    except (SQLAlchemyError, ModuleNotFoundError) as error:
        raise Unusable(f"cannot open the database: {str(error).splitlines()[0]}") from None


def _clock(text: str) -> Clock:
    try:
        return clock_of(text)
    except ValueError as error:
        raise Unusable(f"--clock: {error}") from None


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


def _sown(world: World, options: Options, loaded: Seed | None, url: str) -> Seed:
    """Fill the world: from the file. If that names no account, with the usual set, unless the database has accounts."""
    from ringback.emulator import hello, load
    from ringback.emulator.records import AccountRecord

    own = loaded or load.Seed()
    if any(isinstance(one, AccountRecord) for one in own.records):
        seed = own
    else:
        known = world.store.do(lambda tx: [one.account_sid for one in tx.everything(AccountRecord)])
        sid = options.account_sid or (known[0] if known else _sid(world))
        usual = load.default(sid, options.auth_token, url + hello.PATH)
        seed = replace(own, records=usual.records + own.records, tokens=usual.tokens)
        if known and not options.account_sid and not options.auth_token:
            world.store.do(lambda tx: load.sow(tx, own))
            return seed
    world.store.do(lambda tx: load.sow(tx, seed))
    return seed


def _sid(world: World) -> str:
    """The account's SID: random, unless a seed says otherwise."""
    return "" if world.settings.seed is not None else "AC" + secrets.token_hex(16)


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
        f"state       {'in memory' if options.database == _MEMORY else _safe(options.database)}",
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
