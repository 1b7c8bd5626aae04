"""Participants that the API adds: from the queue of calls into the room, or not."""

from __future__ import annotations

from typing import Any

import pytest
from tests.emulator.rooms import CONFERENCE_EVENTS, EVENTS, hangs_up, in_a_world, joins, post, up
from tests.emulator.voice_world import CALLEE, NUMBER, STATUS, Voice

from twilio_voice import UNSET, Participant, errors
from twilio_voice.models import CallEvent, ConferenceEvent, ParticipantStatus

TOLD: dict[str, Any] = {
    "conference_status_callback": EVENTS,
    "conference_status_callback_event": list(ConferenceEvent),
}


async def _add(voice: Voice, name: str, to: str = CALLEE, **more: Any) -> Participant:
    return await voice.client.participants.create(name, from_=NUMBER, to=to, **more)


async def _status(voice: Voice, one: Participant) -> ParticipantStatus:
    return (await voice.client.participants.fetch(one.conference_sid, one.call_sid)).status


@in_a_world
async def test_from_the_queue_into_the_room(voice: Voice) -> None:
    voice.behave(CALLEE, answer=4, hangs_up=20)
    added = await _add(
        voice,
        "my room",
        label="anna",
        muted=True,
        status_callback=STATUS,
        status_callback_event=list(CallEvent),
        **TOLD,
    )
    assert (added.status, added.label, added.queue_time, added.muted) == ("queued", "anna", 0, True)
    assert (await _shown(voice, added)).queue_time is UNSET
    assert await _status(voice, added) == "connecting"
    await voice.advance(1)
    assert await _status(voice, added) == "ringing"
    assert [one.call_sid async for one in voice.client.participants.list(added.conference_sid)] == [
        added.call_sid
    ]
    assert not voice.sent("/events")
    await voice.advance(4)
    assert await _status(voice, added) == "connected"
    assert (await voice.client.participants.fetch(added.conference_sid, "anna")).muted is True
    room = await voice.client.conferences.fetch(added.conference_sid)
    assert (room.friendly_name, room.status) == ("my room", "init")
    await voice.advance(60)
    ended = await voice.client.conferences.fetch(added.conference_sid)
    assert (ended.status, ended.reason_conference_ended) == ("completed", "last-participant-left")
    assert [one.params["StatusCallbackEvent"] for one in voice.sent("/events")] == [
        "participant-join",
        "participant-leave",
        "conference-end",
    ]
    assert voice.statuses() == ["initiated", "ringing", "in-progress", "completed"]


async def _shown(voice: Voice, one: Participant) -> Participant:
    return await voice.client.participants.fetch(one.conference_sid, one.call_sid)


@in_a_world
async def test_two_that_are_added_meet(voice: Voice) -> None:
    first = await _add(voice, "room & <board>")
    second = await _add(
        voice, str(first.conference_sid), "+14155551213", end_conference_on_exit=True
    )
    assert first.conference_sid == second.conference_sid
    await voice.advance(5)
    room = await voice.client.conferences.fetch(first.conference_sid)
    assert (room.status, room.friendly_name) == ("in-progress", "room & <board>")
    assert len([one async for one in voice.client.conferences.list()]) == 1
    await hangs_up(voice, second.call_sid)
    await voice.advance(1)
    left = await voice.client.calls.fetch(first.call_sid)
    assert left.status == "completed", "there is no verb behind the conference"


@in_a_world
async def test_recorded_from_the_start(voice: Voice) -> None:
    first = await _add(
        voice,
        "room",
        conference_record="record-from-start",
        record=True,
        recording_channels="dual",
    )
    await _add(voice, "room", "+14155551213")
    await voice.advance(12.5)
    await voice.client.conferences.update(first.conference_sid, status="completed")
    await voice.advance(2)
    found = [one async for one in voice.client.recordings.list()]
    assert [(one.source, one.channels, one.duration) for one in found] == [
        ("Conference", 1, 10),
        ("OutboundAPI", 2, 10),
    ]


@pytest.mark.parametrize(
    ("behaviour", "status"),
    [({"busy": True}, "busy"), ({"ignores": True}, "no-answer"), ({"fails": 404}, "failed")],
)
def test_one_that_cannot_be_reached(behaviour: dict[str, Any], status: str) -> None:
    async def inside(voice: Voice) -> None:
        voice.behave(CALLEE, **behaviour)
        (sid,) = await up(voice, 1)
        await joins(voice, sid, "room", callback=EVENTS, callback_events=CONFERENCE_EVENTS)
        added = await _add(voice, "room", timeout=10, label="anna")
        await voice.advance(30)
        assert await _status(voice, added) == "failed"
        there = voice.client.participants.list(added.conference_sid)
        assert [one.call_sid async for one in there] == [sid]
        with pytest.raises(errors.NotFound):
            await voice.client.participants.fetch(added.conference_sid, "anna")
        with pytest.raises(errors.NotFound):
            await voice.client.participants.update(added.conference_sid, added.call_sid, muted=True)
        left = voice.sent("/events")[-1].params
        assert (left["ReasonParticipantLeft"], left["ParticipantCallStatus"]) == (
            "participant_add_failed",
            status,
        )
        assert (await voice.client.conferences.fetch(added.conference_sid)).status == "init"

    in_a_world(inside)()


@in_a_world
async def test_one_is_removed_while_it_rings(voice: Voice) -> None:
    added = await _add(voice, "room")
    await voice.advance(1)
    await voice.client.participants.delete(added.conference_sid, added.call_sid)
    assert (await voice.client.calls.fetch(added.call_sid)).status == "canceled"
    assert (await voice.client.conferences.fetch(added.conference_sid)).status == "completed"


@pytest.mark.parametrize("waiting", [0, 1], ids=["queued", "ringing"])
def test_one_that_is_removed_before_it_has_joined_is_gone(waiting: int) -> None:
    async def inside(voice: Voice) -> None:
        stays = await _add(voice, "room", "+14155551213")
        added = await _add(voice, "room", label="anna")
        room, people = added.conference_sid, voice.client.participants
        await voice.advance(waiting)
        await people.delete(room, added.call_sid)
        for name in (added.call_sid, "anna"):
            with pytest.raises(errors.NotFound):
                await people.fetch(room, name)
            with pytest.raises(errors.NotFound):
                await people.update(room, name, muted=True)
            with pytest.raises(errors.NotFound):
                await people.delete(room, name)
        assert [one.call_sid async for one in people.list(room)] == [stays.call_sid]
        assert (await voice.client.calls.fetch(added.call_sid)).status == "canceled"
        again = await _add(voice, "room", label="anna")
        assert (await people.fetch(room, "anna")).call_sid == again.call_sid

    # One call a second: without waiting, the second is still queued.
    in_a_world(inside)() if waiting else in_a_world(inside, calls_per_second=1)()


async def _present(voice: Voice) -> None:
    voice.behave(CALLEE, answer=4, hangs_up=20)
    await _add(voice, "room", "+14155551213")
    added = await _add(voice, "room", muted=True)
    seen: list[str] = []
    for _ in range(12):
        rows = [one async for one in voice.client.participants.list(added.conference_sid)]
        (shown,) = [one for one in rows if one.call_sid == added.call_sid]
        muted = voice.client.participants.list(added.conference_sid, muted=True)
        assert [one.call_sid async for one in muted] == [added.call_sid]
        assert shown.status == await _status(voice, added)
        seen += [str(shown.status)] if str(shown.status) not in seen else []
        await voice.advance(0.5)
    assert seen == ["queued", "connecting", "ringing", "connected"]


test_who_is_being_called_is_on_the_list_from_the_queue_on = in_a_world(_present, calls_per_second=1)


@in_a_world
async def test_the_end_of_a_room_cancels_who_is_still_called(voice: Voice) -> None:
    added = await _add(voice, "room")
    await voice.advance(1)
    await voice.client.conferences.update("room", status="completed")
    assert (await voice.client.calls.fetch(added.call_sid)).status == "canceled"


@in_a_world
async def test_a_machine_is_found_without_holding_the_call_back(voice: Voice) -> None:
    voice.behave(CALLEE, machine="start")
    added = await _add(voice, "room", machine_detection="Enable", amd_status_callback=EVENTS)
    await voice.advance(2.6)
    assert await _status(voice, added) == "connected"
    await voice.advance(10)
    (told,) = voice.sent("/events")
    assert told.params["AnsweredBy"] == "machine_start"


@in_a_world
async def test_what_is_refused(voice: Voice) -> None:
    first = await _add(voice, "room", max_participants=2, label="anna")
    room = str(first.conference_sid)
    cases = [
        ("room", f"From={NUMBER}&To={CALLEE}&Label=anna", 16025),
        ("room", f"From={NUMBER}&To={CALLEE}&Label=a%2Fb", 16024),
        ("room", f"From={NUMBER}&To=nobody", 21211),
        ("room", f"From=%2B12025550100&To={CALLEE}", 21210),
        ("room", f"From={NUMBER}&To=%2B15005550003", 21215),
        ("room", f"From={NUMBER}&To={CALLEE}&WaitUrl=nowhere", 21205),
        ("room", f"From={NUMBER}&To={CALLEE}&ClientNotificationUrl=no+address", 21205),
        ("room", f"From={NUMBER}&To={CALLEE}&Coaching=true", 20001),
        ("CF" + "0" * 32, f"From={NUMBER}&To={CALLEE}", 20404),
    ]
    for name, form, code in cases:
        answer = await post(
            voice, f"Conferences/{name}/Participants.json", form.replace("=+", "=%2B")
        )
        assert (form, answer.json()["code"]) == (form, code)
    await _add(voice, room, "+14155551213")
    assert (await post(voice, "Conferences/%20/Participants.json", "")).status_code in (400, 404)
    with pytest.raises(errors.BadRequest) as caught:
        await _add(voice, room, "+14155551214")
    assert caught.value.code == 16020
    calls = [one async for one in voice.client.calls.list()]
    assert len(calls) == 2, "nothing of a refused request stays"


async def _queued(voice: Voice) -> None:
    added = [await _add(voice, "room", f"+1415555130{n}") for n in range(3)]
    assert [one.queue_time for one in added] == [0, 1000, 2000]
    fetched = await _shown(voice, added[2])
    assert (fetched.status, fetched.queue_time) == ("queued", UNSET)


test_the_queue_of_calls_holds_participants_back = in_a_world(_queued, calls_per_second=1)


@pytest.mark.parametrize("name", ["a%00b", "%01", "%EF%BF%BE", "caf%C3%A9%20%26%20%3Cbar%3E"])
def test_rooms_with_odd_names_are_joined_too(name: str) -> None:
    async def inside(voice: Voice) -> None:
        form = f"From=%2B{NUMBER[1:]}&To=%2B{CALLEE[1:]}"
        answer = await post(voice, f"Conferences/{name}/Participants.json", form)
        assert answer.status_code == 201
        await voice.advance(5)
        room = await voice.client.conferences.list().first()
        assert room is not None
        (one,) = [row async for row in voice.client.participants.list(room.sid)]
        assert one.status == "connected"

    in_a_world(inside)()
