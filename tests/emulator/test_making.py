"""An emulator by name alone: `create_app()` makes a world from its arguments and the environment."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from ringback.emulator import ManualClock, RealClock, Settings, Unusable, create_app
from ringback.emulator.making import ACCOUNT_SID, AUTH_TOKEN, Wish, made

_HOME = f"/2010-04-01/Accounts/{ACCOUNT_SID}"
_FORM = {"To": "+15005550009", "From": "+15005550006", "Twiml": "<Response/>"}


@asynccontextmanager
async def living(app: Any) -> Any:
    """A client of an application whose lifespan runs in this event loop."""
    told: asyncio.Queue[Any] = asyncio.Queue()
    heard: asyncio.Queue[Any] = asyncio.Queue()
    task = asyncio.create_task(app({"type": "lifespan"}, told.get, heard.put))
    await told.put({"type": "lifespan.startup"})
    assert (await heard.get())["type"] == "lifespan.startup.complete"
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://testserver", auth=(ACCOUNT_SID, AUTH_TOKEN)
    ) as client:
        yield client
    await told.put({"type": "lifespan.shutdown"})
    assert (await heard.get())["type"] == "lifespan.shutdown.complete"
    await task


@contextmanager
def application(**wishes: Any) -> Iterator[Any]:
    app = create_app(**wishes)
    try:
        yield app
    finally:
        app.close()


async def _placed(app: Any, *, until: str) -> str:
    """Place a call and wait for its status; gives the SID."""
    async with living(app) as client:
        answer = await client.post(f"{_HOME}/Calls.json", data=_FORM)
        assert answer.status_code == 201, answer.text
        sid = str(answer.json()["sid"])
        end = time.monotonic() + 10
        while (await client.get(f"{_HOME}/Calls/{sid}.json")).json()["status"] != until:
            assert time.monotonic() < end
            await asyncio.sleep(0.01)
        return sid


def test_without_a_word_there_is_a_fast_clock_and_a_known_account(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("CLOCK", "SEED", "ACCOUNT_SID", "AUTH_TOKEN", "LITERAL", "DATABASE", "URL"):
        monkeypatch.delenv(f"RINGBACK_EMULATOR_{name}", raising=False)
    with application() as app:
        assert isinstance(app.world.clock, RealClock) and app.world.clock.scale == 60
        asyncio.run(_placed(app, until="completed"))


def test_the_lifespan_may_begin_in_one_event_loop_after_the_other() -> None:
    with application(settings=Settings(calls_per_second=1000)) as app:
        sids = {asyncio.run(_placed(app, until="completed")) for _ in range(3)}
        assert len(sids) == 3


def test_event_loops_of_several_threads_share_a_world() -> None:
    found: list[str] = []
    with application(settings=Settings(calls_per_second=1000)) as app:

        def work() -> None:
            for _ in range(3):
                found.append(asyncio.run(_placed(app, until="completed")))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert len(set(found)) == 12


def test_the_environment_says_what_it_is_made_of(tmp_path: Path) -> None:
    told = {
        "RINGBACK_EMULATOR_CLOCK": "manual",
        "RINGBACK_EMULATOR_SEED": "7",
        "RINGBACK_EMULATOR_ACCOUNT_SID": "AC" + "7" * 32,
        "RINGBACK_EMULATOR_AUTH_TOKEN": "t",
        "RINGBACK_EMULATOR_LITERAL": "true",
        "RINGBACK_EMULATOR_DATABASE": str(tmp_path / "calls.db"),
        "RINGBACK_EMULATOR_URL": "http://127.0.0.1:8123/",
    }
    whole = made(Wish(), told)
    with whole.held:
        assert isinstance(whole.world.clock, ManualClock)
        assert whole.world.settings.seed == 7 and whole.literal
        account, *others = whole.seed.records
        assert (account.account_sid, getattr(account, "auth_token", "")) == ("AC" + "7" * 32, "t")
        assert "http://127.0.0.1:8123/hello" in [getattr(one, "voice_url", "") for one in others]
        assert ("localhost", 8123) in whole.world.courier.forbidden
        with pytest.raises(Unusable, match="another emulator uses"):
            made(Wish(), told)
    again = made(Wish(auth_token="u", clock=ManualClock(), literal=False), told)
    with again.held:
        assert getattr(again.seed.records[0], "auth_token", "") == "u" and not again.literal


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("CLOCK", "fast", "'fast' is no clock"),
        ("SEED", "x", "RINGBACK_EMULATOR_SEED is a whole number, not 'x'"),
        ("ACCOUNT_SID", "AC1", "account_sid is AC and 32 hexadecimal digits"),
        ("LITERAL", "maybe", "RINGBACK_EMULATOR_LITERAL is 1 or 0, not 'maybe'"),
        ("DATABASE", "nothing://x", "cannot open the database"),
    ],
)
def test_what_cannot_be_made_says_why(name: str, value: str, why: str) -> None:
    with pytest.raises(Unusable, match=why):
        made(Wish(), {"RINGBACK_EMULATOR_" + name: value})


def test_a_world_brings_what_it_is_made_of() -> None:
    with application(seed=1, clock="manual") as app:
        assert create_app(app.world).world is app.world
        with pytest.raises(TypeError):
            create_app(app.world, clock="manual")  # type: ignore[call-overload]
        with pytest.raises(TypeError):
            create_app(colour="red")  # type: ignore[call-overload]


@pytest.mark.slow
def test_any_asgi_server_can_serve_it_by_name() -> None:
    command = [sys.executable, "-m", "uvicorn", "--factory", "ringback.emulator:create_app"]
    process = subprocess.Popen(
        [*command, "--port", "0"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stderr is not None
        url = next(
            line.split("running on ")[1].split()[0]
            for line in process.stderr
            if "running on" in line
        )
        with httpx2.Client(base_url=url, auth=(ACCOUNT_SID, AUTH_TOKEN)) as client:
            assert client.post(f"{_HOME}/Calls.json", data=_FORM).status_code == 201
    finally:
        process.kill()
        process.communicate()
