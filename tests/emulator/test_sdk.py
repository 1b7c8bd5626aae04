"""The vendor's own SDK drives the emulator; only the base URL is another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.emulator.served import ACCOUNT, CALLEE, NUMBER, TOKEN, Served, receiver, served

twilio = pytest.importorskip(
    "twilio.rest", reason="the vendor's SDK (PyPI: twilio) is not installed"
)
from twilio.base.exceptions import TwilioException, TwilioRestException  # noqa: E402
from twilio.request_validator import RequestValidator  # noqa: E402

WAIT = "<Response><Pause length='3000'/></Response>"


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    with served() as made:
        yield made


@pytest.fixture(scope="module")
def hooks() -> Iterator[tuple[str, list[Any]]]:
    with receiver({"/twiml": WAIT, "/room": "<Response><Dial><Conference>Room</Conference></Dial></Response>",
                   "/queue": "<Response><Enqueue waitUrl='/wait'>support</Enqueue></Response>", "/wait": WAIT}) as made:  # fmt: skip
        yield made


@pytest.fixture(scope="module")
def client(running: Served) -> Any:
    made = twilio.Client(ACCOUNT, TOKEN)
    made.api.base_url = running.url
    return made


@pytest.fixture
def live(client: Any, running: Served, hooks: Any) -> Any:
    """A call in progress."""
    call = client.calls.create(to=CALLEE, from_=NUMBER, url=hooks[0] + "/twiml")
    return running.wait(lambda: (c := client.calls(call.sid).fetch()).status == "in-progress" and c)


def test_a_call_from_its_making_to_its_end(client: Any, running: Served, hooks: Any) -> None:
    url, got = hooks
    call = client.calls.create(
        to=CALLEE,
        from_=NUMBER,
        url=url + "/twiml",
        status_callback=url + "/status",
        status_callback_event=["initiated", "ringing", "answered", "completed"],
    )
    assert (call.status, call.direction, call.duration, call.price) == (
        "queued",
        "outbound-api",
        None,
        None,
    )
    assert call.sid.startswith("CA") and call.date_created.tzinfo is not None
    running.wait(lambda: client.calls(call.sid).fetch().status == "in-progress")
    assert client.calls(call.sid).update(status="completed").status == "completed"

    def mine() -> list[Any]:
        return [one for one in got if one.path == "/status" and one.params["CallSid"] == [call.sid]]

    running.wait(lambda: len(mine()) == 4)
    ordered = sorted(mine(), key=lambda g: int(g.params["SequenceNumber"][0]))
    assert [g.params["CallStatus"][0] for g in ordered] == [
        "initiated",
        "ringing",
        "in-progress",
        "completed",
    ]
    validator = RequestValidator(TOKEN)
    for one in [g for g in got if g.params.get("CallSid") == [call.sid]]:
        params = {name: values[0] for name, values in one.params.items()}
        assert validator.validate(url + one.path, params, one.headers["X-Twilio-Signature"])
    assert client.calls(call.sid).delete() is True
    with pytest.raises(TwilioRestException) as gone:
        client.calls(call.sid).fetch()
    assert (gone.value.status, gone.value.code) == (404, 20404)


def test_errors_carry_code_and_status(client: Any, running: Served) -> None:
    with pytest.raises(TwilioRestException) as caught:
        client.calls.create(to="+15005550001", from_=NUMBER, url="http://example.com/")
    assert (caught.value.status, caught.value.code) == (400, 21217)
    with pytest.raises(TwilioRestException) as caught:
        client.calls.create(to=CALLEE, from_="+14150000000", url="http://example.com/")
    assert caught.value.code == 21210
    with pytest.raises(TwilioRestException) as caught:
        client.calls.create(to=CALLEE, from_=NUMBER)
    assert (caught.value.code, caught.value.msg) == (
        21205,
        "Unable to create record: Url parameter is required.",
    )
    other = twilio.Client(ACCOUNT, "wrong")
    other.api.base_url = running.url
    with pytest.raises(TwilioRestException) as caught:
        other.calls("CA" + "0" * 32).fetch()
    assert (caught.value.status, caught.value.code) == (401, 20003)
    with pytest.raises(TwilioException):
        other.calls.list(limit=1)


def test_lists_page_and_filter(client: Any, hooks: Any) -> None:
    made = [client.calls.create(to=f"+1415555{number:04}", from_=NUMBER, url=hooks[0] + "/twiml").sid for number in range(2000, 2012)]  # fmt: skip
    assert [call.sid for call in client.calls.list(limit=12, page_size=5)] == made[::-1]
    assert len([call.sid for call in client.calls.stream(page_size=4)]) >= 12
    assert [call.sid for call in client.calls.list(to="+14155552003")] == [made[3]]
    assert client.calls.list(start_time_after=datetime.now(UTC) + timedelta(days=400)) == []
    page = client.calls.page(page_size=5)
    assert len(list(page)) == 5
    second = page.next_page()
    assert second is not None
    assert [call.sid for call in second] == made[::-1][5:10]
    first_again = second.previous_page()
    assert first_again is not None and [call.sid for call in first_again] == made[::-1][:5]
    assert len(client.calls.list(limit=1500)) >= 12
    for sid in made:
        client.calls(sid).update(status="completed")


def test_recordings_of_a_call(client: Any, running: Served, live: Any) -> None:
    recordings = client.calls(live.sid).recordings
    recording = recordings.create(recording_channels="dual")
    assert (recording.status, recording.source, recording.channels) == (
        "in-progress",
        "StartCallRecordingAPI",
        2,
    )
    assert recordings(recording.sid).update(status="paused").status == "paused"
    assert recordings("Twilio.CURRENT").update(status="in-progress").status == "in-progress"
    assert recordings(recording.sid).update(status="stopped").status in (
        "stopped",
        "processing",
        "completed",
    )
    running.wait(lambda: client.recordings(recording.sid).fetch().status == "completed")
    assert [one.sid for one in recordings.list()] == [recording.sid]
    assert recordings(recording.sid).fetch().track == "both"
    second = recordings.create()
    running.wait(lambda: recordings(second.sid).update(status="stopped"))
    running.wait(lambda: recordings(second.sid).fetch().status == "completed")
    assert recordings(second.sid).delete() is True
    assert recording.sid in [one.sid for one in client.recordings.list(call_sid=live.sid)]
    assert client.recordings(recording.sid).delete() is True
    with pytest.raises(TwilioRestException):
        client.recordings(recording.sid).fetch()


def test_conferences_and_participants(client: Any, running: Served, hooks: Any) -> None:
    first = client.conferences("Sales").participants.create(
        from_=NUMBER, to="+14155553001", label="one"
    )
    client.conferences("Sales").participants.create(from_=NUMBER, to="+14155553002", label="two")
    assert first.call_sid.startswith("CA") and first.conference_sid.startswith("CF")
    room = client.conferences(first.conference_sid)
    running.wait(lambda: room.fetch().status == "in-progress")
    assert [one.friendly_name for one in client.conferences.list(status="in-progress")] == ["Sales"]
    running.wait(lambda: len(room.participants.list()) == 2)
    assert room.participants("one").update(muted=True).muted is True
    assert room.participants(first.call_sid).update(hold=True).hold is True
    assert [one.call_sid for one in room.participants.list(muted=True)] == [first.call_sid]
    assert room.participants("two").delete() is True
    ended = room.update(status="completed")
    assert (ended.status, ended.reason_conference_ended) == (
        "completed",
        "conference-ended-via-api",
    )
    assert room.participants.list() == []
    assert room.recordings.list() == []


def test_recordings_of_a_conference(client: Any, running: Served, hooks: Any) -> None:
    more = {"from_": NUMBER, "conference_record": "record-from-start"}
    first = client.conferences("Recorded").participants.create(to="+14155553011", **more)
    client.conferences("Recorded").participants.create(to="+14155553012", **more)
    room = client.conferences(first.conference_sid)
    (recording,) = running.wait(lambda: room.recordings.list())
    assert (recording.source, recording.channels) == ("Conference", 1)
    assert room.recordings(recording.sid).update(status="paused").status == "paused"
    room.recordings(recording.sid).update(status="stopped")
    running.wait(lambda: room.recordings(recording.sid).fetch().status == "completed")
    fetched = client.http_client.request(
        "GET",
        f"{running.url}/2010-04-01/Accounts/{ACCOUNT}/Recordings/{recording.sid}.wav",
        auth=(ACCOUNT, TOKEN),
    )
    assert fetched.status_code == 200
    assert room.recordings(recording.sid).delete() is True
    room.update(status="completed")


def test_participants_one_by_one(client: Any, running: Served, hooks: Any) -> None:
    made = client.conferences("Alone").participants.create(
        from_=NUMBER, to="+14155553021", label="solo"
    )
    room = client.conferences(made.conference_sid)
    found = running.wait(
        lambda: (p := room.participants("solo").fetch()).status == "connected" and p
    )
    assert (found.call_sid, found.label, found.muted) == (made.call_sid, "solo", False)
    assert room.participants(made.call_sid).fetch().conference_sid == made.conference_sid
    client.calls(made.call_sid).update(status="completed")
    running.wait(lambda: room.fetch().status == "completed")


def test_queues_and_members(client: Any, running: Served, hooks: Any) -> None:
    queue = client.queues.create(friendly_name="support", max_size=5)
    assert (queue.max_size, queue.current_size, queue.average_wait_time) == (5, 0, 0)
    assert queue.update(max_size=7).max_size == 7
    call = client.calls.create(to="+14155554001", from_=NUMBER, url=hooks[0] + "/queue")
    running.wait(lambda: client.queues(queue.sid).fetch().current_size == 1)
    (member,) = client.queues(queue.sid).members.list()
    assert (member.call_sid, member.position) == (call.sid, 1)
    assert client.queues(queue.sid).members("Front").fetch().call_sid == call.sid
    assert client.queues(queue.sid).members(call.sid).fetch().wait_time >= 0
    client.queues(queue.sid).members(call.sid).update(url=hooks[0] + "/twiml")
    running.wait(lambda: client.queues(queue.sid).fetch().current_size == 0)
    assert "support" in [one.friendly_name for one in client.queues.list()]
    assert client.queues(queue.sid).delete() is True


def test_a_redirect_and_inline_twiml(client: Any, running: Served, live: Any) -> None:
    changed = client.calls(live.sid).update(twiml="<Response><Say>Goodbye</Say></Response>")
    assert changed.status == "in-progress"
    running.wait(lambda: client.calls(live.sid).fetch().status == "completed")


def test_a_list_takes_space_separated_events(client: Any, running: Served, hooks: Any) -> None:
    url, got = hooks
    call = client.calls.create(
        to=CALLEE, from_=NUMBER, url=url + "/twiml", status_callback=url + "/both", status_callback_event=["initiated ringing"]
    )  # fmt: skip
    running.wait(lambda: len([g for g in got if g.path == "/both"]) == 2)
    client.calls(call.sid).update(status="completed")
