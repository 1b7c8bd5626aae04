"""The mock as an ASGI application: a request is read, held to the document, carried out, and answered as the document says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, Final
from urllib.parse import quote

from ringback.openapi import Document
from ringback.wire import Contract, Match

from . import preferences, refusals, tabular
from .answers import Answerer
from .replies import Accept, Reply, Statuses
from .requests import Refused, Request, read
from .roles import Verb
from .security import Guard
from .settings import Settings, Unusable
from .store import MEMORY, Store
from .world import World

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_LARGEST: Final = 64 * 1024 * 1024
_NO_BODY: Final = frozenset((204, 205, 304))
_NO_STATUSES: Final = Statuses()


class Application:
    """An ASGI application. `world` holds its state; `close` lets go of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._contract = world.contract
        self._guard = Guard(world.contract.document, world.settings.credentials)
        self._statuses = {id(one): Statuses.of(one) for one in world.contract.operations}
        self._answers = Answerer(world, self._statuses)

    def close(self) -> None:
        """Close the store."""
        self.world.store.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        request = await _request(scope, receive)
        if request is None:
            reply = Reply(413, (("connection", "close"),))
        else:
            reply = await self.answer(request)
        head = request is not None and request.method == "HEAD"
        await _send(reply, send, head, request.headers.get("origin") if request else None)

    async def answer(self, request: Request) -> Reply:
        """The answer to a request."""
        accept = Accept.of(request.headers.get("accept"))
        try:
            wanted, request = preferences.preference(request)
        except Refused as refused:
            return refusals.reply(self.world.maker, _NO_STATUSES, refused, accept)
        match = self._contract.match(request.method, request.path)
        if match is None and request.method == "HEAD":
            match = self._contract.match("GET", request.path)
        if match is None and (match := self._as_csv(request)) is not None:
            accept = Accept.of(tabular.MEDIA_TYPE)
        if match is None:
            return self._nowhere(request, accept)
        operation = match.operation
        statuses = self._statuses[id(operation)]
        try:
            self._guard.check(operation, match.values, request)
            given = read(self._contract, operation, match.values, request)
            deed = self.world.deeds[id(operation)]
            if wanted.anything:
                return self._answers.preferred(deed, given, wanted, accept)
            self._answers.acceptable(deed, accept)
            outcome = await self.world.carry_out(deed, given, request)
            return self._answers.of(deed, given, outcome, request, accept)
        except Refused as refused:
            reply = refusals.reply(self.world.maker, statuses, refused, accept)
            if reply.status == 401 and all(name != "www-authenticate" for name, _ in reply.headers):
                challenge = ("www-authenticate", self._guard.challenge(operation))
                return Reply(reply.status, (*reply.headers, challenge), reply.body)
            return reply

    def _as_csv(self, request: Request) -> Match | None:
        """The list that a path asks for as CSV."""
        lists = self.world.tabular
        path = lists.path(request.path) if lists is not None else None
        if path is None or request.method not in ("GET", "HEAD"):
            return None
        match = self._contract.match("GET", path)
        deed = self.world.deeds[id(match.operation)] if match is not None else None
        return match if deed is not None and deed.role.verb is Verb.LIST else None

    def _nowhere(self, request: Request, accept: Accept) -> Reply:
        """A path or a method that the document does not have."""
        methods = dict(self._contract.methods_of(request.path))
        if not methods:
            message = f"the document has no path {request.path}"
            return refusals.reply(
                self.world.maker, _NO_STATUSES, Refused("unknown", message), accept
            )
        allowed = sorted({*methods, "OPTIONS", *(("HEAD",) if "GET" in methods else ())})
        allow = ("allow", ", ".join(allowed))
        if request.method == "OPTIONS":
            return Reply(204, (allow, *_preflight(request, allowed)))
        message = f"{request.path} takes {', '.join(sorted(methods))}, not {request.method}"
        reply = refusals.reply(self.world.maker, _NO_STATUSES, Refused("method", message), accept)
        return Reply(reply.status, (*reply.headers, allow), reply.body)


def _preflight(request: Request, allowed: list[str]) -> tuple[tuple[str, str], ...]:
    if "access-control-request-method" not in request.headers:
        return ()
    asked = request.headers.get("access-control-request-headers", "*")
    return (
        ("access-control-allow-methods", ", ".join(allowed)),
        ("access-control-allow-headers", asked),
    )


async def _request(scope: Scope, receive: Receive) -> Request | None:
    """A request as values; None where its body is too large."""
    headers: dict[str, str] = {}
    for raw, content in scope["headers"]:
        name = raw.decode("latin-1").lower()
        value = content.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    body = b""
    if scope["method"] not in ("GET", "HEAD") or "content-length" in headers or (
        "transfer-encoding" in headers
    ):  # fmt: skip
        pieces: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                break
            pieces.append(message.get("body", b""))
            size += len(pieces[-1])
            if size > _LARGEST:
                return None
            if not message.get("more_body", False):
                break
        body = b"".join(pieces)
    raw_path = scope.get("raw_path")
    path = raw_path.decode("latin-1") if raw_path else quote(scope["path"], safe="/:@!$&'()*+,;=~")
    query = scope.get("query_string", b"").decode("latin-1")
    host = headers.get("host", "localhost")
    base = f"{scope.get('scheme', 'http')}://{host}"
    return Request(scope["method"], path.partition("?")[0], query, headers, body, base)


async def _send(reply: Reply, send: Send, head: bool, origin: str | None) -> None:
    headers = [(name.encode("latin-1"), _latin(value)) for name, value in reply.headers]
    if origin is not None:
        headers.append((b"access-control-allow-origin", b"*"))
    if reply.status not in _NO_BODY:
        headers.append((b"content-length", str(len(reply.body)).encode()))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head else reply.body})


def _latin(value: str) -> bytes:
    """A header's value; what latin-1 does not have is percent-encoded, and no line begins in it."""
    text = value.replace("\r", " ").replace("\n", " ")
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return quote(text, safe=" !\"#$&'()*+,/:;<=>?@[]^`{|}~%").encode()


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await send({"type": "lifespan.shutdown.complete"})
            return


def create_app(
    document: Document | str,
    *,
    overlays: tuple[str, ...] = (),
    settings: Settings | Mapping[str, Any] | None = None,
    state: str = MEMORY,
) -> Application:
    """The mock of a document, which is a parsed one or the name of a file.

    `settings` are a table as `[tool.ringback.mock]` has it; `state` is the URL of a database. Raises DocumentError, Unusable.
    """
    if isinstance(document, str):
        from ringback.openapi import parse
        from ringback.source import load

        document, _ = parse(load(document, overlays))
    chosen = settings if isinstance(settings, Settings) else Settings.of(settings or {})
    store = Store(state)
    try:
        return Application(World(Contract.of(document), chosen, store))
    except Unusable:
        store.close()
        raise
