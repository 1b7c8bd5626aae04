"""Rooms under anything that can happen: what must hold after every step, and forms that nobody would send."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import quote, urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.emulator.rooms import EVENTS, RECORDED, call_of, in_a_world, joins, post, up, waits
from tests.emulator.voice_world import ACCOUNT, CALLEE, NUMBER, Voice

from ringback.emulator import conferences, queues, recordings
from ringback.emulator.records import (
    CallRecord,
    ConferenceRecord,
    MemberRecord,
    ParticipantRecord,
    RecordingRecord,
)
from ringback.emulator.store import Transaction
from twilio_voice import models
from twilio_voice.models import CallSid

CALLS = 4
ROOMS = ("one", "two")

STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("join"),
            st.integers(0, CALLS - 1),
            st.sampled_from(ROOMS),
            st.fixed_dictionaries(
                {},
                optional={
                    "end_on_exit": st.booleans(),
                    "start_on_enter": st.booleans(),
                    "label": st.sampled_from(["", "anna", "bert"]),
                    "record": st.sampled_from(["record-from-start", "do-not-record"]),
                    "max_participants": st.integers(2, 3),
                },
            ),
        ),
        st.tuples(
            st.sampled_from(
                ["leave", "kick", "hang up", "redirect", "enqueue", "dequeue", "record", "mute"]
            ),
            st.integers(0, CALLS - 1),
            st.just(""),
            st.just({}),
        ),
        st.tuples(st.just("end"), st.just(0), st.sampled_from(ROOMS), st.just({})),
        st.tuples(st.just("add"), st.just(0), st.sampled_from(ROOMS), st.just({})),
        st.tuples(st.just("wait"), st.integers(0, 3), st.just(""), st.just({})),
    ),
    max_size=25,
)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_whatever_happens_the_rooms_are_in_order(steps: list[Any]) -> None:
    async def inside(voice: Voice) -> None:
        calls = await up(voice, CALLS)
        for step in steps:
            await _take(voice, calls, *step)
            voice.world.store.do(_in_order)
        await voice.advance(20_000)
        voice.world.store.do(_in_order)
        voice.world.store.do(_all_over)
        _numbered(voice)

    in_a_world(inside)()


async def _take(
    voice: Voice, calls: list[CallSid], what: str, place: int, room: str, options: dict[str, Any]
) -> None:
    sid = calls[place]
    call = call_of(voice, sid)
    if what == "wait":
        await voice.advance(place)
    elif what == "add":
        form = urlencode({"To": CALLEE, "From": NUMBER})
        await post(voice, f"Conferences/{room}/Participants.json", form)
    elif what == "end":
        await post(voice, f"Conferences/{room}.json", "Status=completed")
    elif what == "redirect":
        twiml = urlencode({"Twiml": "<Response><Pause length='4000'/></Response>"})
        await post(voice, f"Calls/{sid}.json", twiml)
    elif what == "hang up":
        await post(voice, f"Calls/{sid}.json", "Status=completed")
    elif what == "record":
        await post(voice, f"Calls/{sid}/Recordings.json", "")
    elif what == "mute" and call.conference_sid:
        path = f"Conferences/{call.conference_sid}/Participants/{sid}.json"
        assert (await post(voice, path, "Muted=true&Hold=true")).status_code == 200
    elif not call.is_over:
        await _act(voice, sid, what, room, options)


async def _act(voice: Voice, sid: CallSid, what: str, room: str, options: dict[str, Any]) -> None:
    """What the call's own TwiML does, or somebody to it."""
    world, call = voice.world, call_of(voice, sid)
    told = {"callback": EVENTS, "recording_callback": RECORDED, **options}
    if what == "join" and not call.queue_sid:
        await joins(voice, sid, room, **told)
    elif what == "leave":
        world.store.do(lambda tx: conferences.leave(world, tx, call, "participant_hung_up"))
    elif what == "kick" and call.conference_sid:
        path = models.ConferenceSid(call.conference_sid)
        await voice.client.participants.delete(path, sid)
    elif what == "enqueue" and not call.queue_sid and not call.conference_sid:
        await waits(voice, sid, "queue", max_size=2)
    elif what == "dequeue":
        world.store.do(lambda tx: queues.leave(world, tx, call, "bridged"))


def _in_order(tx: Transaction) -> None:
    """What holds at any time."""
    rooms = {room.sid: room for room in tx.everything(ConferenceRecord)}
    there = [one for one in tx.everything(ParticipantRecord) if one.status != "failed"]
    calls = {call.sid: call for call in tx.everything(CallRecord)}
    names = Counter(room.friendly_name for room in rooms.values() if room.status != "completed")
    assert all(count == 1 for count in names.values()), names
    for one in there:
        call, room = calls[one.call_sid], rooms[one.conference_sid]
        assert room.status != "completed"
        assert call.conference_sid == room.sid
        assert not call.is_over
    inside = {one.call_sid for one in there}
    assert inside == {call.sid for call in calls.values() if call.conference_sid}
    sizes = Counter(one.conference_sid for one in there)
    for room in rooms.values():
        if room.status != "completed":
            assert 1 <= sizes[room.sid] <= room.max_participants
            labels = [one.label for one in there if one.conference_sid == room.sid and one.label]
            assert len(labels) == len(set(labels))
    waiting = {member.call_sid for member in tx.everything(MemberRecord)}
    assert waiting == {call.sid for call in calls.values() if call.queue_sid}
    assert len(waiting) <= 2
    for recording in tx.everything(RecordingRecord):
        running = recording.status in recordings.RUNNING
        if recording.call_sid:
            assert not (running and calls[recording.call_sid].is_over)
        elif running:
            assert rooms[recording.conference_sid].status == "in-progress"


def _all_over(tx: Transaction) -> None:
    """What holds when everybody has hung up and time has passed."""
    assert all(call.is_over for call in tx.everything(CallRecord))
    assert all(room.status == "completed" for room in tx.everything(ConferenceRecord))
    found = {one.status for one in tx.everything(RecordingRecord)}
    assert found <= {"completed", "absent"}


def _numbered(voice: Voice) -> None:
    """The events of each room are numbered from one, without gaps."""
    rooms = voice.world.store.do(lambda tx: tx.everything(ConferenceRecord))
    for room in rooms:
        notes = voice.world.store.do(lambda tx, sid=room.sid: tx.notes(sid))  # type: ignore[misc]
        numbers = [entry.data["number"] for entry in notes if "number" in entry.data]
        assert numbers == list(range(1, len(numbers) + 1))
        assert [entry.kind for entry in notes if "number" in entry.data][-1] == "conference-end"


TEXT = st.text(max_size=20) | st.sampled_from(
    ["true", "false", "-1", "99999999999999999999", "\0", "%", "http://a_b/", "https://x.test/"]
)
FIELDS = sorted(
    {
        name
        for form in (
            models.CreateParticipantRequest,
            models.UpdateParticipantRequest,
            models.CreateCallRecordingRequest,
            models.UpdateCallRecordingRequest,
            models.UpdateConferenceRequest,
            models.CreateQueueRequest,
            models.UpdateQueueMemberRequest,
        )
        for name in form.__struct_encode_fields__
    }
)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, 8), st.lists(st.tuples(st.sampled_from(FIELDS), TEXT), max_size=6), st.booleans()
)
def test_no_form_breaks_anything(target: int, pairs: list[tuple[str, str]], odd: bool) -> None:
    async def inside(voice: Voice) -> None:
        first, second = await up(voice, 2)
        await joins(voice, first, "room")
        queue = await waits(voice, second, "queue")
        (room,) = [row async for row in voice.client.conferences.list()]
        name = quote(pairs[0][1], safe="") if odd and pairs else "room"
        label = quote(pairs[-1][1], safe="") if odd and pairs else first
        paths = [
            f"Conferences/{name}/Participants.json",
            f"Conferences/{room.sid}/Participants/{label}.json",
            f"Conferences/{name}.json",
            f"Calls/{first}/Recordings.json",
            f"Calls/{first}/Recordings/Twilio.CURRENT.json",
            f"Conferences/{room.sid}/Recordings/Twilio.CURRENT.json",
            "Queues.json",
            f"Queues/{queue}.json",
            f"Queues/{queue}/Members/Front.json",
        ]
        good = [("To", CALLEE), ("From", NUMBER), ("Status", "completed"), ("Url", "http://x.test")]
        form = urlencode([*good, *pairs] if target % 2 else [*pairs, *good])
        answer = await post(voice, paths[target], form)
        assert answer.status_code in (200, 201, 204, 400, 404, 405), answer.text
        if answer.status_code >= 400:
            assert answer.json()["code"] >= 16000  # those of conferences are the lowest
            assert answer.json()["status"] == answer.status_code
        await voice.advance(5)
        voice.world.store.do(_still_whole)

    in_a_world(inside)()


def _still_whole(tx: Transaction) -> None:
    assert all(call.account_sid == ACCOUNT for call in tx.everything(CallRecord))
