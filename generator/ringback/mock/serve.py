"""`ringback mock`: serves a document until somebody stops it."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable
from dataclasses import dataclass, field

from ringback.openapi import Document

from .app import Application, create_app
from .settings import Settings, Unusable
from .store import MEMORY


@dataclass(frozen=True, slots=True)
class Options:
    """How a mock is served. `state` is "memory", a file for SQLite, or the URL of a database."""

    host: str = "127.0.0.1"
    port: int = 4010
    state: str = "memory"
    settings: Settings = field(default_factory=Settings)


def mock(document: Document, options: Options, show: Callable[[str], None]) -> None:
    """Serve until somebody stops it. Raises Unusable."""
    try:
        import uvicorn
    except ModuleNotFoundError:
        raise Unusable("the mock needs uvicorn: pip install 'ringback[mock]'") from None
    listening = _listening(options)
    try:
        app = made(document, options)
    except BaseException:
        listening.close()
        raise
    try:
        for line in greeting(app, options, listening.getsockname()[1]):
            show(line)
        gc.collect()
        gc.freeze()  # what is there now stays: looking through it again and again holds up requests
        config = uvicorn.Config(
            app, lifespan="on", ws="none", server_header=False, access_log=False,
            log_level="warning", proxy_headers=False, timeout_graceful_shutdown=1,
        )  # fmt: skip
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        app.close()
        listening.close()


def made(document: Document, options: Options) -> Application:
    """The application of some options. Raises Unusable."""
    from sqlalchemy.exc import SQLAlchemyError

    from ringback.state import OtherVersion

    try:
        return create_app(document, settings=options.settings, state=_url_of(options.state))
    except OtherVersion as error:
        raise Unusable(f"--state {options.state}: {error}") from None
    except (SQLAlchemyError, ModuleNotFoundError) as error:
        told = (
            getattr(error, "orig", None) or error
        )  # what the database says, without what is said around it
        said = " ".join(str(told).split())[:200]
        raise Unusable(f"--state {options.state} cannot be used: {said}") from None


def _url_of(state: str) -> str:
    if state == "memory":
        return MEMORY
    return state if "://" in state else f"sqlite:///{state}"


def _listening(options: Options) -> socket.socket:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((options.host, options.port))
        # Who comes as soon as the address is shown waits, and is not refused.
        listening.listen(2048)
    except (OSError, OverflowError) as error:
        listening.close()
        why = getattr(error, "strerror", None) or str(error)
        raise Unusable(f"cannot listen on {options.host} port {options.port}: {why}") from None
    return listening


def greeting(app: Application, options: Options, port: int) -> list[str]:
    """What is shown at the start."""
    world = app.world
    document = world.contract.document
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(options.host, options.host)
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    own = sum(deed.role.table is not None for deed in world.deeds.values())
    names = ", ".join(table.name for table in world.tables) or "none"
    return [
        f"listening  http://{shown}:{port}{world.contract.base}",
        f"document   {document.title} {document.api_version}",
        f"resources  {names}",
        f"operations {len(world.deeds)}, {own} of them keep state (--explain says what each does)",
        f"state      {'in memory' if options.state == 'memory' else options.state.rpartition('@')[2]}",
        f"seed       {options.settings.seed}",
        *([f"auth       {_believed(options)}"] if document.security_schemes else []),
    ]


def _believed(options: Options) -> str:
    """Which credentials count; a test that sends wrong ones finds a mock that believes any."""
    if options.settings.credentials:
        return "the credentials that were given, and no others"
    return "any credentials are believed (--auth says which)"
