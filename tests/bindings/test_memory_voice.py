"""The example server and the walkthrough: what they show has to be true."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from effective import ROOT
from inprocess import InProcess
from memory_store import World
from memory_voice import memory_app

from twilio_voice import BadRequest, Client, Conflict, NotFound, Unauthorized
from twilio_voice.models import AccountSid

ACCOUNT = AccountSid("AC" + "1" * 32)
OTHER = AccountSid("AC" + "2" * 32)
URL = "https://example.com/voice.xml"


def client(world: World | None = None, account: str = ACCOUNT, **settings: Any) -> Client:
    app = memory_app(seed=1, world=world, check_answers=True)
    http = httpx2.Client(transport=InProcess(app))
    return Client(account, "x", base_url="http://t/2010-04-01", http=http, strict=True, **settings)


def made(voice: Client, count: int) -> list[str]:
    return [voice.calls.create(to=f"+{n}", from_="+9", url=URL).sid for n in range(count)]


def test_a_call_is_made_listed_changed_and_deleted() -> None:
    voice = client()
    call = voice.calls.create(to="+1", from_="+2", twiml="<Response/>")
    assert call.status == "queued"
    assert voice.calls.fetch(call.sid) == call
    assert [one.sid for one in voice.calls.list()] == [call.sid]
    with pytest.raises(Conflict) as early:
        voice.calls.delete(call.sid)
    assert early.value.code == 20009
    assert voice.calls.update(call.sid, status="completed").status == "completed"
    with pytest.raises(BadRequest) as ended:
        voice.calls.update(call.sid, status="canceled")
    assert ended.value.code == 21220
    voice.calls.delete(call.sid)
    with pytest.raises(NotFound) as gone:
        voice.calls.fetch(call.sid)
    assert gone.value.code == 20404
    assert call.sid in gone.value.message
    assert list(voice.calls.list()) == []


def test_the_same_seed_gives_the_same_sids() -> None:
    assert made(client(), 3) == made(client(), 3)
    assert len(set(made(client(), 3))) == 3


def test_accounts_do_not_see_each_other() -> None:
    world = World(seed=1)
    (sid,) = made(client(world), 1)
    with pytest.raises(NotFound):
        client(world, OTHER).calls.fetch(sid)  # type: ignore[arg-type]
    with pytest.raises(Unauthorized) as refused:
        client(world, OTHER).calls.fetch(sid, account_sid=ACCOUNT)  # type: ignore[arg-type]
    assert refused.value.code == 20003
    assert list(client(world, OTHER).calls.list()) == []


def test_pages_stay_together_while_calls_are_added_and_deleted() -> None:
    voice = client()
    sids = made(voice, 7)
    pages = voice.calls.list(page_size=3, from_="+9").pages()
    first = next(pages)
    assert [row.sid for row in first.calls] == sids[:3:-1]
    assert (first.page, first.start, first.end, first.previous_page_uri) == (0, 0, 2, None)
    assert first.next_page_uri is not None
    assert first.next_page_uri.startswith(f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json?From=%2B9&")
    made(voice, 2)
    voice.calls.update(first.calls[-1].sid, status="canceled")
    voice.calls.delete(first.calls[-1].sid)
    later = [row.sid for page in pages for row in page.calls]
    assert later == sids[3::-1]


def test_a_page_leads_back() -> None:
    voice = client()
    sids = made(voice, 5)
    _, second, _ = voice.calls.list(page_size=2).pages()
    assert second.previous_page_uri is not None
    token = second.previous_page_uri.rpartition("=")[2]
    back = next(voice.calls.list(page_size=2, page_token=token).pages())
    assert [row.sid for row in back.calls] == sids[:2:-1]
    with pytest.raises(BadRequest) as unknown:
        list(voice.calls.list(page_token="PAnothing"))
    assert unknown.value.code == 21481


def test_filters() -> None:
    now = datetime(2025, 6, 19, 23, 30, tzinfo=UTC)
    world = World(seed=1, clock=lambda: now)
    voice = client(world)
    first, second, third = made(voice, 3)
    voice.calls.update(first, status="completed")  # type: ignore[arg-type]
    now += timedelta(hours=1)
    voice.calls.update(second, status="canceled")  # type: ignore[arg-type]

    def found(**filters: Any) -> set[str]:
        return {row.sid for row in voice.calls.list(**filters)}

    assert found(status="queued") == {third}
    assert found(to="+1") == {second}
    assert found(end_time=datetime(2025, 6, 19).date()) == {first}
    assert found(end_time_before=now.date()) == {first}
    assert found(end_time_after=now.date()) == {second}
    assert found(end_time_after=now - timedelta(minutes=61)) == {first, second}


def test_errors_carry_the_vendors_numbers() -> None:
    script = httpx2.Client(transport=InProcess(memory_app(seed=1)), auth=(ACCOUNT, "x"))
    target = f"http://t/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
    cases = {
        "From=1&Url=https://a.example": 21201,
        "To=1&Url=https://a.example": 21213,
        "To=1&From=2": 21205,
        "To=1&From=2&Url=http://under_score.example": 21205,
        "To=1&From=2&Twiml=x&Timeout=0": 21208,
        "To=1&From=2&Twiml=x&Method=PUT": 21209,
    }
    for content, code in cases.items():
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = script.post(target, content=content, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, code), content
        assert answer.json()["more_info"] == f"https://www.twilio.com/docs/errors/{code}"


def test_recordings_run_and_stop() -> None:
    voice = client()
    call = voice.calls.create(to="+1", from_="+2", url=URL)
    recording = voice.recordings.create_for_call(call.sid, recording_channels="dual")
    assert (recording.status, recording.channels) == ("in-progress", 2)
    paused = voice.recordings.update_for_call(call.sid, "Twilio.CURRENT", status="paused")
    assert (paused.sid, paused.status) == (recording.sid, "paused")
    with pytest.raises(NotFound):
        voice.recordings.media_wav(recording.sid).read()
    voice.calls.update(call.sid, status="completed")
    assert voice.recordings.fetch(recording.sid).status == "completed"
    assert voice.recordings.media_wav(recording.sid).read()[:4] == b"RIFF"
    voice.recordings.delete(recording.sid)
    with pytest.raises(NotFound):
        voice.recordings.fetch(recording.sid)
    assert voice.recordings.fetch(recording.sid, include_soft_deleted=True).status == "deleted"


def test_conferences_and_queues() -> None:
    world = World(seed=1)
    voice = client(world)
    one = voice.participants.create("the room", from_="+1", to="+2", label="a/b")
    two = voice.participants.create("the room", from_="+1", to="+3")
    assert one.conference_sid == two.conference_sid
    room = one.conference_sid
    assert voice.conferences.fetch(room).status == "in-progress"
    assert voice.participants.update(room, "a/b", muted=True).muted is True
    assert {row.call_sid for row in voice.participants.list(room, muted=True)} == {one.call_sid}
    voice.conferences.update(room, status="completed")
    assert voice.conferences.fetch(room).reason_conference_ended == "conference-ended-via-api"
    assert list(voice.participants.list(room)) == []
    assert voice.calls.fetch(one.call_sid).status == "completed"

    queue = voice.queues.create(friendly_name="support")
    waiting = [voice.calls.create(to="+1", from_="+2", url=URL).sid for _ in range(2)]
    for sid in waiting:
        world.enqueue(ACCOUNT, queue.sid, sid)
    assert [row.position for row in voice.members.list(queue.sid)] == [1, 2]
    assert voice.queues.fetch(queue.sid).current_size == 2
    with pytest.raises(BadRequest):
        voice.queues.delete(queue.sid)
    assert voice.members.update(queue.sid, "Front", url=URL).call_sid == waiting[0]
    assert voice.members.fetch(queue.sid, "Front").call_sid == waiting[1]


def test_the_walkthrough_shows_what_it_promises_and_ends() -> None:
    paths = os.pathsep.join([str(ROOT / "generator"), str(ROOT / "generated")])
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "examples" / "walkthrough.py")],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert time.perf_counter() - began < 20
    for told in (
        "listen on http://127.0.0.1:",
        "3 calls on 2 pages",
        "expected a call SID (CA…), got a recording SID (RE…)",
        "requests sent: 0",
        "client.drifts -> fetchCall /status",
        "signed with the account's token: 204",
        "signed with another token: 403",
        "The emulator listens on http://127.0.0.1:",
        "seconds 2.0, text For the weather, press one.",
        "callbacks, signatures verified: initiated, ringing, in-progress, completed",
        "requests for TwiML, signatures verified: 3",
        "http://127.0.0.1:4010/_ringback/",
    ):
        assert told in done.stdout
    assert "\x1b[" not in done.stdout
    assert done.stderr == ""
