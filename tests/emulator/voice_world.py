"""A world under a manual clock, the API in front of it, and somebody who answers its webhooks: for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import httpx2

from ringback.emulator import ManualClock, Settings, Store, World, create_app
from ringback.emulator.records import AccountRecord, BehaviourRecord, NumberRecord
from twilio_voice import AsyncClient

ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "token-of-the-account"
NUMBER = "+14155550000"
CALLEE = "+14155551212"
BASE = "http://emulator.test/2010-04-01"
TWIML = "http://app.test/twiml"
STATUS = "http://app.test/status"


@dataclass
class Webhook:
    """A request that the emulated API sent."""

    at: int
    path: str
    method: str
    params: dict[str, str]
    headers: dict[str, str]


Answerer = Callable[[Webhook], Any]


@dataclass
class Voice:
    """Everything a test holds in its hands."""

    world: World
    client: AsyncClient
    app: Any
    webhooks: list[Webhook] = field(default_factory=list)
    documents: dict[str, Any] = field(default_factory=dict)

    def sent(self, path: str) -> list[Webhook]:
        """The webhooks to a path, in order."""
        return [one for one in self.webhooks if one.path == path]

    def statuses(self, path: str = "/status") -> list[str]:
        """The CallStatus of each status callback."""
        return [one.params["CallStatus"] for one in self.sent(path)]

    async def advance(self, seconds: float) -> None:
        """Let time pass."""
        await self.world.advance(round(seconds * 1000))

    def behave(self, pattern: str, **behaviour: Any) -> None:
        """Set what the other side does."""
        record = BehaviourRecord(
            account_sid=ACCOUNT,
            sid=f"BH{len(self.webhooks)}{pattern}",
            pattern=pattern,
            behaviour=behaviour,
        )
        self.world.store.do(lambda tx: tx.add(record))

    def timeline(self, sid: str) -> list[str]:
        """The kinds of what happened to a call."""
        return [entry.kind for entry in self.world.store.do(lambda tx: tx.notes(sid))]

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        text = request.content.decode() if request.method == "POST" else request.url.query.decode()
        params = {
            name: values[-1] for name, values in parse_qs(text, keep_blank_values=True).items()
        }
        hook = Webhook(
            self.world.clock.now(), request.url.path, request.method, params, dict(request.headers)
        )
        self.webhooks.append(hook)
        found = self.documents.get(request.url.path, "")
        found = found(hook) if callable(found) else found
        if isinstance(found, httpx2.Response):
            return found
        if isinstance(found, Exception):
            raise found
        return httpx2.Response(200, text=found, headers={"content-type": "text/xml"})


@asynccontextmanager
async def voice(
    settings: Settings | None = None, url: str = "sqlite://", seed: int = 1
) -> AsyncIterator[Voice]:
    """A fresh world with one account and one number."""
    store = Store(url, ManualClock(), seed=seed)
    made: Voice
    transport = httpx2.MockTransport(lambda request: made._answer(request))
    world = World(store, settings or Settings(seed=seed), httpx2.AsyncClient(transport=transport))

    def fill(tx: Any) -> None:
        tx.add(AccountRecord(account_sid=ACCOUNT, auth_token=TOKEN))
        tx.add(NumberRecord(account_sid=ACCOUNT, sid="PN" + "0" * 32, number=NUMBER))

    store.do(fill)
    app = create_app(world, check_answers=True)
    http = httpx2.AsyncClient(transport=httpx2.ASGITransport(app))
    client = AsyncClient(ACCOUNT, TOKEN, base_url=BASE, http=http, strict=True)
    made = Voice(world, client, app)
    made.documents["/twiml"] = "<Response><Pause length='30'/></Response>"
    try:
        yield made
    finally:
        await world.stop()
        store.close()
