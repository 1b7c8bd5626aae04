"""A world with one account, and ways to ask its API: for the tests of what surrounds the API."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping
from typing import Any

import httpx2

from ringback.emulator.clock import ManualClock
from ringback.emulator.records import AccountRecord, CallerRecord
from ringback.emulator.settings import Settings
from ringback.emulator.store import Store
from ringback.emulator.world import World

ACCOUNT = "AC" + "1" * 32
TOKEN = "secret"
CALLS = f"/2010-04-01/Accounts/{ACCOUNT}/Calls"
FORM = {"To": "+15005550009", "From": "+15005550006", "Url": "http://localhost/twiml"}


def a_world(settings: Settings | None = None, http: Any = None) -> World:
    """A world whose clock stands still, with one account."""
    world = World(Store("sqlite://", ManualClock(), seed=1), settings or Settings(seed=1), http)

    def fill(tx: Any) -> None:
        tx.add(AccountRecord(account_sid=ACCOUNT, auth_token=TOKEN))
        tx.add(CallerRecord(account_sid=ACCOUNT, sid="PN" + "2" * 32, number="+15005550006"))

    world.store.do(fill)
    return world


def ask(
    app: Any,
    method: str,
    path: str,
    *,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    client: tuple[str, int] = ("127.0.0.1", 5000),
    base: str = "http://localhost",
    json: Any = None,
    content: str | None = None,
) -> httpx2.Response:
    """Send one request to an application in this process."""
    basic = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()

    async def sent() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=app, client=client)
        async with httpx2.AsyncClient(transport=transport, base_url=base) as http:
            return await http.request(
                method, path, data=form, json=json, content=content,
                headers={"Authorization": f"Basic {basic}", **(headers or {})},
            )  # fmt: skip

    return asyncio.run(sent())
