"""The control endpoints: who may use them, what they show, what they move."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx2
import pytest

from ringback.emulator import load
from ringback.emulator.app import create_app
from ringback.emulator.clock import RealClock
from ringback.emulator.records import AccountRecord, CallRecord, NumberRecord
from ringback.emulator.settings import Settings
from ringback.emulator.store import Store
from ringback.emulator.world import World

from .surface_world import ACCOUNT, CALLS, a_world, ask

NUMBER = "+15005550100"
TWIML = "<Response><Gather input='dtmf speech' timeout='60'/></Response>"


_XML = {"content-type": "application/xml"}


def answering(text: str) -> httpx2.AsyncClient:
    """Somebody who answers every request with a document."""
    return httpx2.AsyncClient(
        transport=httpx2.MockTransport(lambda _: httpx2.Response(200, text=text, headers=_XML))
    )


@pytest.fixture
def world() -> World:
    world = a_world(http=answering(TWIML))
    number = NumberRecord(
        account_sid=ACCOUNT, sid="PN" + "3" * 32, number=NUMBER, voice_url="http://localhost/voice"
    )
    world.store.do(lambda tx: tx.add(number))
    return world


def control(world: World, method: str, path: str, **given: Any) -> Any:
    return ask(create_app(world), method, "/_ringback" + path, **given)


def inbound(world: World) -> str:
    answer = control(world, "POST", "/inbound", json={"to": NUMBER, "from": "+15005550111"})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["sid"])


def kinds(world: World, sid: str) -> list[str]:
    return [one["kind"] for one in control(world, "GET", f"/calls/{sid}").json()["timeline"]]


# -- who may


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"client": ("192.0.2.7", 1)}, "this machine only"),
        ({"headers": {"X-Forwarded-For": "127.0.0.1"}}, "proxy"),
        ({"headers": {"Forwarded": "for=127.0.0.1"}}, "proxy"),
        ({"base": "http://rebound.example"}, "localhost"),
        ({"headers": {"Origin": "http://evil.example"}}, "pages of other servers"),
        ({"headers": {"Origin": "null"}}, "pages of other servers"),
        ({"headers": {"Sec-Fetch-Site": "cross-site"}}, "pages of other servers"),
        ({"headers": {"User-Agent": "ringback-emulator/1.0"}}, "webhooks"),
        ({"headers": {"X-Twilio-Signature": "x"}}, "webhooks"),
    ],
)
def test_others_are_refused_with_the_reason(world: World, given: dict[str, Any], word: str) -> None:
    for method, path in (("GET", "/state"), ("POST", "/reset"), ("GET", "/"), ("GET", "/events")):
        answer = control(world, method, path, **given)
        assert answer.status_code == 403
        assert word in answer.json()["error"]


@pytest.mark.parametrize("client", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "127.8.8.8"])
def test_this_machine_may(world: World, client: str) -> None:
    assert control(world, "GET", "/state", client=(client, 1)).status_code == 200
    origin = {"Origin": "http://localhost"}
    assert control(world, "GET", "/state", headers=origin).status_code == 200


def test_the_token_lets_others_in() -> None:
    world = a_world(Settings(control_token="open"))
    far: dict[str, Any] = {"client": ("192.0.2.7", 1), "base": "http://ringback.example"}
    bearer = {"Authorization": "Bearer open"}
    assert control(world, "GET", "/state", headers=bearer, **far).status_code == 200
    assert control(world, "GET", "/state?token=open", **far).status_code == 200
    assert control(world, "GET", "/state?token=shut", **far).status_code == 403
    assert control(world, "GET", "/state", **far).status_code == 403


# -- looking in


def test_state_shows_what_there_is(world: World) -> None:
    sid = inbound(world)
    state = control(world, "GET", "/state").json()
    assert [call["sid"] for call in state["calls"]] == [sid]
    assert state["calls"][0]["status"] == "in-progress"
    assert state["accounts"][0]["numbers"][0]["number"] == NUMBER
    assert state["clock"] == {"manual": True, "now": 1_767_225_600_000, "scale": 0.0}


def test_a_call_has_its_story(world: World) -> None:
    sid = inbound(world)
    story = control(world, "GET", f"/calls/{sid}").json()
    assert [one["kind"] for one in story["timeline"]][:2] == ["ringing", "fetched"]
    (attempt,) = story["attempts"]
    assert (attempt["about"], attempt["status"], attempt["answer"]) == ("twiml", 200, TWIML)
    journal = control(world, "GET", "/journal?limit=5").json()["attempts"]
    assert journal == story["attempts"]
    assert control(world, "GET", "/journal?limit=x").status_code == 400
    assert control(world, "GET", "/calls/CA1").status_code == 404


# -- moving


def test_time_is_advanced_by_hand(world: World) -> None:
    before = control(world, "GET", "/clock").json()["now"]
    after = control(world, "POST", "/clock/advance", json={"seconds": 1.5}).json()["now"]
    assert after - before == 1500
    for bad in ({}, {"seconds": -1}, {"seconds": "1"}, {"seconds": True}, {"seconds": 10**12}):
        assert control(world, "POST", "/clock/advance", json=bad).status_code == 400
    real = World(Store("sqlite://", RealClock()), Settings())
    assert control(real, "POST", "/clock/advance", json={"seconds": 1}).status_code == 409


def test_the_other_side_presses_speaks_and_hangs_up(world: World) -> None:
    sid = inbound(world)
    assert control(world, "POST", f"/calls/{sid}/digits", json={"digits": "12#"}).status_code == 200
    assert control(world, "POST", f"/calls/{sid}/speech", json={"text": "sales"}).status_code == 200
    sent = control(world, "GET", "/journal").json()["attempts"]
    assert ["Digits", "12"] in sent[1]["params"]
    assert ["SpeechResult", "sales"] in sent[2]["params"]
    control(world, "POST", f"/calls/{sid}/hangup", json={})
    assert kinds(world, sid)[-2:] == ["hung up", "completed"]
    assert control(world, "POST", f"/calls/{sid}/hangup", json={}).status_code == 409


@pytest.mark.parametrize("digits", ["", "x", 3, None])
def test_what_no_telephone_sends_is_refused(world: World, digits: Any) -> None:
    sid = inbound(world)
    answer = control(world, "POST", f"/calls/{sid}/digits", json={"digits": digits})
    assert answer.status_code == 400


def test_behaviours_by_pattern_count_for_the_calls_that_follow(world: World) -> None:
    given = {"number": "+4930*", "behaviour": {"busy": True}}
    assert control(world, "POST", "/behaviours", json=given).status_code == 200
    form = {"To": "+4930123456", "From": "+15005550006", "Twiml": "<Response/>"}
    app = create_app(world)
    sid = ask(app, "POST", f"{CALLS}.json", form=form).json()["sid"]
    control(world, "POST", "/clock/advance", json={"seconds": 5})
    assert ask(app, "GET", f"{CALLS}/{sid}.json").json()["status"] == "busy"
    again = {"number": "*", "behaviour": {"ignores": True}}
    control(world, "POST", "/behaviours", json=again)
    known = control(world, "GET", "/behaviours").json()["behaviours"]
    assert [one["number"] for one in known] == ["+4930*", "*"]
    assert control(world, "DELETE", "/behaviours?number=*").json() == {"removed": 1}
    assert control(world, "DELETE", "/behaviours").json() == {"removed": 1}


@pytest.mark.parametrize("given", [{}, {"number": "1"}, {"number": "1", "behaviour": {"dance": 1}}])
def test_a_behaviour_that_is_none_is_refused(world: World, given: dict[str, Any]) -> None:
    assert control(world, "POST", "/behaviours", json=given).status_code == 400


def test_an_inbound_call_needs_a_number_of_ours(world: World) -> None:
    assert control(world, "POST", "/inbound", json={"to": "+1"}).status_code == 404
    assert control(world, "POST", "/inbound", json={}).status_code == 400
    bad = {"to": NUMBER, "behaviour": {"dance": 1}}
    assert control(world, "POST", "/inbound", json=bad).status_code == 400
    assert control(world, "GET", "/state").json()["calls"] == []


def test_one_call_may_behave_otherwise(world: World) -> None:
    sid = inbound(world)
    control(world, "POST", f"/calls/{sid}/behaviour", json={"speaks": 3})
    assert control(world, "GET", f"/calls/{sid}").json()["behaviour"]["speaks"] == 3


# -- all of it


def test_reset_brings_back_the_beginning_and_leaves_time(world: World) -> None:
    seed = load.default("AC" + "9" * 32, "again")
    app = create_app(world, seed=seed)
    inbound(world)
    control(world, "POST", "/clock/advance", json={"seconds": 60})
    answer = ask(app, "POST", "/_ringback/reset", json={})
    assert answer.json() == {"accounts": ["AC" + "9" * 32]}
    state = ask(app, "GET", "/_ringback/state").json()
    assert state["calls"] == [] and state["accounts"][0]["auth_token"] == "again"
    assert state["clock"]["now"] == 1_767_225_660_000
    assert ask(app, "GET", f"{CALLS}.json").status_code == 401  # the old credentials are forgotten


def test_loading_adds_and_says_what_is_wrong(world: World) -> None:
    app = create_app(world)

    def loaded(text: str) -> Any:
        async def sent() -> Any:
            transport = httpx2.ASGITransport(app=app)
            async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http:
                return await http.post("/_ringback/load", content=text)

        return asyncio.run(sent())

    assert loaded("accounts: [{friendly_name: more}]").json() == {"loaded": 1}
    assert len(world.store.do(lambda tx: tx.everything(AccountRecord))) == 2
    bad = loaded("accounts:\n- sidd: 3\n")
    assert bad.status_code == 400
    assert bad.json()["error"].startswith("load.yaml:2:3: there is no 'sidd' here")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/reset", 405),
        ("DELETE", "/state", 405),
        ("GET", "/recordings/RE1.wav", 404),
        ("GET", "/calls/%00", 404),
    ],
)
def test_other_requests_are_refused(world: World, method: str, path: str, status: int) -> None:
    assert control(world, method, path).status_code == status


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(world: World, body: bytes) -> None:
    app = create_app(world)

    async def sent() -> int:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http:
            return (await http.post("/_ringback/inbound", content=body)).status_code

    assert asyncio.run(sent()) == 400


def test_changes_are_told_as_they_happen(world: World) -> None:
    app = create_app(world)

    async def story() -> list[bytes]:
        heard: list[bytes] = []
        leave = asyncio.Event()

        async def receive() -> dict[str, Any]:
            await leave.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            heard.append(message.get("body", b""))

        scope = {
            "type": "http", "method": "GET", "path": "/_ringback/events", "query_string": b"",
            "headers": [(b"host", b"localhost")], "client": ("127.0.0.1", 1),
        }  # fmt: skip
        task = asyncio.create_task(app(scope, receive, send))
        await asyncio.sleep(0.02)
        world.changed()
        await asyncio.sleep(0.2)
        leave.set()
        await task
        return heard

    heard = asyncio.run(story())
    assert b"data: changed\n\n" in heard
    assert world.watchers == []


def test_the_page_is_one_file_that_may_run_only_its_own_script(world: World) -> None:
    answer = control(world, "GET", "/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert "script-src 'sha256-" in policy and "default-src 'none'" in policy
    assert 'src="http' not in answer.text and 'href="http' not in answer.text
    moved = control(world, "GET", "")
    assert (moved.status_code, moved.headers["location"]) == (307, "/_ringback/")
    bare = ask(create_app(world, page=False), "GET", "/_ringback/")
    assert bare.status_code == 404


def test_state_of_many_calls_shows_the_newest(world: World) -> None:
    def many(tx: Any) -> None:
        for number in range(150):
            tx.add(
                CallRecord(
                    account_sid=ACCOUNT, sid=f"CA{number:032x}", to="+1", from_="+1", created=number, updated=0
                )
            )  # fmt: skip

    world.store.do(many)
    shown = control(world, "GET", "/state").json()["calls"]
    assert [call["created"] for call in shown] == list(range(149, 49, -1))
    assert json.dumps(shown)


def test_the_head_of_the_events_is_answered_at_once(world: World) -> None:
    answer = control(world, "HEAD", "/events")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "text/event-stream"


def test_settings_cannot_be_loaded_into_a_running_world(world: World) -> None:
    number = "accounts:\n- numbers: [{number: '+15005550199'}]\n"
    refused = control(world, "POST", "/load", content=number + "settings: {calls_per_second: 9}\n")
    assert refused.status_code == 409 and "give such a file to --load" in refused.json()["error"]
    assert len(control(world, "GET", "/state").json()["accounts"]) == 1
    assert control(world, "POST", "/load", content=number).status_code == 200
