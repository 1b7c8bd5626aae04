"""A world from options: the database opened and claimed, the clock started, the accounts created.

`ringback emulate` makes one from its command line, `create_app()` one from its arguments and the environment, so that any
ASGI server, and any test, can have an emulator by its name alone.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, Any, Final

from ringback.emulator.clock import Clock, clock_of
from ringback.emulator.settings import Settings

if TYPE_CHECKING:
    from ringback.emulator.load import Seed
    from ringback.emulator.world import World

MEMORY: Final = "sqlite://"
ENVIRONMENT: Final = "RINGBACK_EMULATOR_"
ACCOUNT_SID: Final = "AC" + "0123456789abcdef" * 2
AUTH_TOKEN: Final = "not-a-secret"
"""The credentials of an application that is made without a word: fixed, so that whoever calls it can know them."""
CLOCK: Final = "60x"

_YES: Final = frozenset({"1", "true", "yes", "on"})
_NO: Final = frozenset({"", "0", "false", "no", "off"})


class Unusable(Exception):
    """The emulator cannot be started so; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to serve, as the command line says it."""

    host: str = "127.0.0.1"
    port: int = 4010
    database: str = MEMORY
    clock: str = "real"
    seed: int | None = None
    account_sid: str = ""
    auth_token: str = ""
    load: str | None = None
    literal: bool = False
    page: bool = True
    control_token: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What an application shall be made of; None: the environment decides, and where it says nothing, the default."""

    clock: str | Clock | None = None
    seed: int | None = None
    account_sid: str | None = None
    auth_token: str | None = None
    literal: bool | None = None
    database: str | None = None
    url: str | None = None
    settings: Settings | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A world that has its accounts, what a reset brings back, and what holds its database."""

    world: World
    seed: Seed
    literal: bool
    held: ExitStack


def made(wish: Wish, environment: Mapping[str, str] = os.environ) -> Made:
    """A world from what is wished for and the environment. Raises Unusable."""
    told = _told(wish, environment)
    clock = None if isinstance(wish.clock, str) else wish.clock
    with ExitStack() as undo:
        world = opened(told, wish.settings or Settings(), undo, clock=clock)
        url = (_asked(wish.url, environment, "URL", str) or "").rstrip("/")
        world.courier.forbid(url)
        seed = sown(world, told, None, url)
        return Made(world, seed, told.literal, undo.pop_all())


def _told(wish: Wish, environment: Mapping[str, str]) -> Options:
    account = _asked(wish.account_sid, environment, "ACCOUNT_SID", str) or ACCOUNT_SID
    if not is_account_sid(account):
        raise Unusable("account_sid is AC and 32 hexadecimal digits in lower case")
    clock = wish.clock if isinstance(wish.clock, str | None) else CLOCK
    return Options(
        database=_asked(wish.database, environment, "DATABASE", str) or MEMORY,
        clock=_asked(clock, environment, "CLOCK", str) or CLOCK,
        seed=_asked(wish.seed, environment, "SEED", _number),
        account_sid=account,
        auth_token=_asked(wish.auth_token, environment, "AUTH_TOKEN", str) or AUTH_TOKEN,
        literal=bool(_asked(wish.literal, environment, "LITERAL", _truth)),
    )


def _asked(
    given: Any, environment: Mapping[str, str], name: str, read: Callable[[str], Any]
) -> Any:
    """An argument, or the variable of its name, or None."""
    if given is not None:
        return given
    text = environment.get(ENVIRONMENT + name, "")
    if not text:
        return None
    try:
        return read(text)
    except ValueError as error:
        raise Unusable(f"{ENVIRONMENT}{name} {error}, not {text[:60]!r}") from None


def _number(text: str) -> int:
    if not re.fullmatch("-?[0-9]{1,18}", text):
        raise ValueError("is a whole number")
    return int(text)


def _truth(text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise ValueError("is 1 or 0")
    return text.lower() in _YES


def is_account_sid(text: str) -> bool:
    """Whether a text is the SID of an account."""
    return re.fullmatch("AC[0-9a-f]{32}", text) is not None


def opened(
    options: Options, settings: Settings, undo: ExitStack, *, clock: Clock | None = None
) -> World:
    """A world without accounts; `undo` closes its database. Raises Unusable."""
    url = options.database if "://" in options.database else f"sqlite:///{options.database}"
    claim = _claimed(url)
    if claim is not None:
        undo.callback(claim.close)
    world = _world(options, url, settings, clock)
    undo.callback(world.store.close)
    return world


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


def _world(options: Options, url: str, settings: Settings, clock: Clock | None) -> World:
    from sqlalchemy.exc import SQLAlchemyError

    from ringback.emulator.store import Store
    from ringback.emulator.world import World
    from ringback.state import OtherVersion

    chosen = replace(settings, seed=options.seed if options.seed is not None else settings.seed)
    if options.control_token is not None:
        chosen = replace(chosen, control_token=options.control_token)
    try:
        return World(Store(url, clock or _clock(options.clock), chosen.seed), chosen)
    except (SQLAlchemyError, ModuleNotFoundError, OtherVersion) as error:
        raise Unusable(f"cannot open the database: {str(error).splitlines()[0]}") from None


def _clock(text: str) -> Clock:
    try:
        return clock_of(text)
    except ValueError as error:
        raise Unusable(f"--clock: {error}") from None


def sown(world: World, options: Options, loaded: Seed | None, url: str) -> Seed:
    """Fill the world: from the file. If that names no account, with the usual set, unless the database has accounts."""
    from ringback.emulator import hello, load
    from ringback.emulator.records import AccountRecord

    own = loaded or load.Seed()
    if any(isinstance(one, AccountRecord) for one in own.records):
        seed = own
    else:
        known = world.store.do(lambda tx: [one.account_sid for one in tx.everything(AccountRecord)])
        sid = options.account_sid or (known[0] if known else _sid(world))
        usual = load.default(sid, options.auth_token, url and url + hello.PATH)
        seed = replace(own, records=usual.records + own.records, tokens=usual.tokens)
        if known and not options.account_sid and not options.auth_token:
            world.store.do(lambda tx: load.sow(tx, own))
            return seed
    world.store.do(lambda tx: load.sow(tx, seed))
    return seed


def _sid(world: World) -> str:
    """The account's SID: random, unless a seed says otherwise."""
    return "" if world.settings.seed is not None else "AC" + secrets.token_hex(16)
