"""Clients that talk to a script: answers by hand, a clock that only moves when somebody sleeps."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import msgspec
import pytest

from twilio_voice import AsyncClient, CallSid, Client

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "3xtr3mely-s3cr3t"
BASE = "https://api.test/2010-04-01"
CALL_SID = CallSid("CA" + "1" * 32)

Step = httpx2.Response | Exception


class Script:
    """Gives out answers in order (an exception is raised), and keeps the requests."""

    def __init__(self, *steps: Step | Callable[[httpx2.Request], Step]) -> None:
        self._steps = iter(steps)
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        step = next(self._steps)
        answer = step(request) if not isinstance(step, httpx2.Response | Exception) else step
        if isinstance(answer, Exception):
            raise answer
        return answer

    def client(self, **settings: Any) -> Client:
        http = httpx2.Client(transport=httpx2.MockTransport(self))
        return Client(ACCOUNT, TOKEN, base_url=BASE, http=http, **settings)

    def async_client(self, **settings: Any) -> AsyncClient:
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(self))
        return AsyncClient(ACCOUNT, TOKEN, base_url=BASE, http=http, **settings)

    @property
    def paths(self) -> list[str]:
        return [request.url.raw_path.decode() for request in self.requests]


class Clock:
    """Monotonic seconds; sleeping is what makes them pass."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)

    def rule(self, client: Any) -> Any:
        """Make a client live by this clock, without jitter."""
        core = client._core
        core.settings = msgspec.structs.replace(core.settings, clock=self, chance=lambda: 1.0)
        return client


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """A clock that replaces both ways to sleep."""
    made = Clock()
    monkeypatch.setattr(time, "sleep", made.sleep)
    monkeypatch.setattr(asyncio, "sleep", made.sleep_async)
    yield made


def call_body(**changed: Any) -> dict[str, Any]:
    """A call as the document has it."""
    names = (
        "parent_call_sid phone_number_sid price price_unit duration start_time end_time answered_by"
    )
    names += " caller_name forwarded_from group_sid queue_time trunk_sid"
    return {
        **dict.fromkeys(names.split()),
        "sid": CALL_SID,
        "account_sid": ACCOUNT,
        "to": "+15551",
        "to_formatted": "+15551",
        "from": "+15552",
        "from_formatted": "+15552",
        "status": "queued",
        "direction": "outbound-api",
        "date_created": "Tue, 31 Aug 2010 20:36:28 +0000",
        "date_updated": "Tue, 31 Aug 2010 20:36:28 +0000",
        "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Calls/{CALL_SID}.json",
        "api_version": "2010-04-01",
        "subresource_uris": {},
        **changed,
    }


def page_body(
    next_page_uri: str | None, *sids: str, number: int = 0, **changed: Any
) -> dict[str, Any]:
    """A page of calls."""
    here = f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json?Page={number}"
    return {
        "calls": [call_body(sid=sid) for sid in sids],
        "first_page_uri": here,
        "next_page_uri": next_page_uri,
        "previous_page_uri": None,
        "page": number,
        "page_size": 50,
        "start": 0,
        "end": 0,
        "uri": here,
        **changed,
    }


def error_body(status: int, code: int, message: str = "no") -> dict[str, Any]:
    """An error as the document has it."""
    link = f"https://www.twilio.com/docs/errors/{code}"
    return {"code": code, "message": message, "more_info": link, "status": status}


def answer(status: int, body: Any = None, **headers: str) -> httpx2.Response:
    """A JSON answer; header names with underscores for dashes."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    if body is None:
        return httpx2.Response(status, headers=named)
    return httpx2.Response(status, json=body, headers=named)
