"""Conferences: starts and ends, who is in them, and exactly what their callback is told."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from tests.emulator.rooms import (
    CONFERENCE_EVENTS,
    EVENTS,
    RECORDED,
    call_of,
    hangs_up,
    in_a_world,
    joins,
    leaves,
    says,
    up,
)
from tests.emulator.voice_world import TOKEN, Voice

from ringback.emulator.records import CallRecord
from ringback.emulator.signals import _listeners, listens
from ringback.emulator.store import Transaction
from ringback.emulator.world import World
from twilio_voice import errors
from twilio_voice._runtime.request import form
from twilio_voice.models import Conference
from twilio_voice.webhooks import WebhookReceiver

RECORDING_EVENTS = ["in-progress", "completed", "absent"]
TOLD: dict[str, Any] = {"callback": EVENTS, "callback_events": CONFERENCE_EVENTS}


async def _room(voice: Voice) -> Conference:
    """The newest conference."""
    found = await voice.client.conferences.list().first()
    assert found is not None
    return found


def _events(voice: Voice) -> list[tuple[int, str, str]]:
    """Number, event and call of all that the callback was told, in its order."""
    return [
        (
            int(one.params["SequenceNumber"]),
            one.params["StatusCallbackEvent"],
            one.params.get("CallSid", ""),
        )
        for one in voice.sent("/events")
    ]


@in_a_world
async def test_two_meet_and_part(voice: Voice) -> None:
    first, second = await up(voice, 2)
    await joins(voice, first, "room", label="anna", **TOLD)
    room = await _room(voice)
    assert (room.status, room.friendly_name, room.reason_conference_ended) == ("init", "room", None)
    await joins(voice, second, "room")
    assert (await voice.client.conferences.fetch(room.sid)).status == "in-progress"
    await voice.advance(30)
    await hangs_up(voice, second)
    assert (await voice.client.conferences.fetch(room.sid)).status == "in-progress"
    await hangs_up(voice, first)
    ended = await voice.client.conferences.fetch(room.sid)
    assert (ended.status, ended.reason_conference_ended, ended.call_sid_ending_conference) == (
        "completed",
        "last-participant-left",
        first,
    )
    assert _events(voice) == [
        (1, "participant-join", first),
        (2, "participant-join", second),
        (3, "conference-start", ""),
        (4, "participant-leave", second),
        (5, "participant-leave", first),
        (6, "conference-end", ""),
    ]
    join, *_, left, end = (one.params for one in voice.sent("/events"))
    assert join == {
        "ConferenceSid": room.sid,
        "FriendlyName": "room",
        "AccountSid": room.account_sid,
        "SequenceNumber": "1",
        "Timestamp": "Thu, 01 Jan 2026 00:00:03 +0000",
        "StatusCallbackEvent": "participant-join",
        "CallSid": first,
        "Muted": "false",
        "Hold": "false",
        "Coaching": "false",
        "EndConferenceOnExit": "false",
        "StartConferenceOnEnter": "true",
        "ParticipantLabel": "anna",
    }
    assert (left["ReasonParticipantLeft"], left["ParticipantCallStatus"]) == (
        "participant_hung_up",
        "completed",
    )
    assert end["CallSidEndingConference"] == first
    assert end["ParticipantLabelEndingConference"] == "anna"
    assert (end["ReasonConferenceEnded"], bool(end["Reason"])) == ("last-participant-left", True)


@in_a_world
async def test_numbers_count_what_is_not_told_too(voice: Voice) -> None:
    first, second = await up(voice, 2)
    await joins(voice, first, "room", callback=EVENTS)
    await joins(voice, second, "room", callback="http://app.test/other")
    await hangs_up(voice, first)
    await hangs_up(voice, second)
    assert _events(voice) == [(3, "conference-start", ""), (6, "conference-end", "")]
    assert not voice.sent("/other"), "only what the first brings along counts"


@in_a_world
async def test_it_waits_for_somebody_who_may_start_it(voice: Voice) -> None:
    first, second, third = await up(voice, 3)
    for sid in (first, second):
        await joins(voice, sid, "room", start_on_enter=False)
    room = await _room(voice)
    assert room.status == "init"
    await joins(voice, third, "room")
    assert (await voice.client.conferences.fetch(room.sid)).status == "in-progress"


@in_a_world
async def test_a_moderator_who_leaves_ends_it(voice: Voice) -> None:
    went_on: list[str] = []

    def note(world: World, tx: Transaction, call: CallRecord) -> None:
        went_on.append(call.sid)

    listens("conference.left")(note)
    try:
        first, second, moderator = await up(voice, 3)
        await joins(voice, first, "room", **TOLD)
        await joins(voice, second, "room")
        await joins(voice, moderator, "room", end_on_exit=True)
        room = await _room(voice)
        await hangs_up(voice, moderator)
    finally:
        _listeners["conference.left"].remove(note)
    ended = await voice.client.conferences.fetch(room.sid)
    assert ended.reason_conference_ended == "participant-with-end-conference-on-exit-left"
    assert ended.call_sid_ending_conference == moderator
    assert [event[1:] for event in _events(voice)[4:]] == [
        ("participant-leave", moderator),
        ("participant-leave", first),
        ("participant-leave", second),
        ("conference-end", ""),
    ]
    reasons = [one.params.get("ReasonParticipantLeft") for one in voice.sent("/events")[4:7]]
    assert reasons == [
        "participant_hung_up",
        "moderator_ended_conference",
        "moderator_ended_conference",
    ]
    assert went_on == [first, second], "their calls go on with their next verb"


@in_a_world
async def test_ended_through_the_api_everybody_is_hung_up_on(voice: Voice) -> None:
    first, second = await up(voice, 2)
    await joins(voice, first, "room", **TOLD)
    await joins(voice, second, "room")
    room = await _room(voice)
    ended = await voice.client.conferences.update("room", status="completed")
    assert (ended.sid, ended.status, ended.reason_conference_ended) == (
        room.sid,
        "completed",
        "conference-ended-via-api",
    )
    assert ended.call_sid_ending_conference is None
    for sid in (first, second):
        assert (await voice.client.calls.fetch(sid)).status == "completed"
    reasons = [one.params.get("ReasonParticipantLeft") for one in voice.sent("/events")[3:5]]
    assert reasons == ["conference_ended_via_api"] * 2
    assert [one async for one in voice.client.participants.list(room.sid)] == []
    again = await voice.client.conferences.update(room.sid, status="completed")
    assert again.status == "completed"
    assert len(_events(voice)) == 6
    with pytest.raises(errors.NotFound):
        await voice.client.conferences.update("room", status="completed")


@in_a_world
async def test_a_name_is_used_again_when_the_room_has_ended(voice: Voice) -> None:
    first, second, third = await up(voice, 3)
    await joins(voice, first, "room")
    one = await _room(voice)
    await hangs_up(voice, first)
    await joins(voice, second, "room")
    other = await _room(voice)
    assert (other.sid != one.sid, other.status) == (True, "init")
    await joins(voice, third, "other")
    client = voice.client.conferences
    assert [row.sid async for row in client.list(friendly_name="room")] == [other.sid, one.sid]
    assert [row.sid async for row in client.list(status="completed")] == [one.sid]
    assert len([row async for row in client.list(status="init")]) == 2


@in_a_world
async def test_a_full_room_takes_nobody(voice: Voice) -> None:
    first, second, third = await up(voice, 3)
    await joins(voice, first, "room", max_participants=2)
    await joins(voice, second, "room", max_participants=200)
    assert await joins(voice, third, "room") is None
    assert "error" in voice.timeline(third)
    assert call_of(voice, third).conference_sid == ""
    assert (await voice.client.calls.fetch(third)).status == "in-progress"
    await leaves(voice, second)
    assert await joins(voice, third, "room") is not None


@in_a_world
async def test_a_label_is_given_once_and_can_be_addressed(voice: Voice) -> None:
    first, second, third = await up(voice, 3)
    await joins(voice, first, "room", label="the boss")
    assert await joins(voice, second, "room", label="the boss") is None
    assert await joins(voice, second, "room", label="a/b") is None
    assert await joins(voice, second, "new room", label="CA" + "a" * 32) is None
    assert len([row async for row in voice.client.conferences.list()]) == 1
    codes = [
        entry.data["code"]
        for entry in voice.world.store.do(lambda tx: tx.notes(second))
        if entry.kind == "error"
    ]
    assert codes == [16025, 16023, 16023]
    room = await _room(voice)
    found = await voice.client.participants.fetch(room.sid, "the boss")
    assert (found.call_sid, found.label, found.status) == (first, "the boss", "connected")
    await hangs_up(voice, first)
    await joins(voice, third, "room", label="the boss")
    again = await voice.client.participants.fetch((await _room(voice)).sid, "the boss")
    assert again.call_sid == third


@in_a_world
async def test_mute_hold_and_change(voice: Voice) -> None:
    voice.documents["/music"] = "<Response><Play>http://app.test/song.mp3</Play></Response>"
    first, second = await up(voice, 2)
    await joins(voice, first, "room", label="anna", **TOLD)
    await joins(voice, second, "room", muted=True)
    room = await _room(voice)
    client = voice.client.participants
    before = len(_events(voice))
    assert (await client.update(room.sid, "anna", muted=True)).muted is True
    await client.update(room.sid, "anna", muted=True)
    assert (await client.update(room.sid, first, muted=False)).muted is False
    held = await client.update(room.sid, first, hold=True, hold_url="http://app.test/music")
    assert held.hold is True
    assert (await client.update(room.sid, first, hold=False)).hold is False
    changed = await client.update(room.sid, first, end_conference_on_exit=True, beep_on_exit=False)
    assert changed.end_conference_on_exit is True
    coaching = await client.update(room.sid, first, coaching=True, call_sid_to_coach=second)
    assert (coaching.coaching, coaching.call_sid_to_coach) == (True, second)
    assert [event[1] for event in _events(voice)[before:]] == [
        "participant-mute",
        "participant-unmute",
        "participant-hold",
        "participant-unhold",
        "participant-modify",
        "participant-modify",
    ]
    assert voice.sent("/events")[before].params["Muted"] == "true"
    (music,) = voice.sent("/music")
    assert (music.method, music.params["CallSid"]) == ("GET", first)
    assert "hold music" in voice.timeline(first)
    rows = client.list(room.sid, muted=True)
    assert [row.call_sid async for row in rows] == [second]
    assert [row.call_sid async for row in client.list(room.sid)] == [second, first]
    with pytest.raises(errors.BadRequest):
        await client.update(room.sid, first, coaching=True, call_sid_to_coach=_nobody())


def _nobody() -> Any:
    return "CA" + "0" * 32


@in_a_world
async def test_one_is_removed(voice: Voice) -> None:
    first, second = await up(voice, 2)
    await joins(voice, first, "room", **TOLD)
    await joins(voice, second, "room")
    room = await _room(voice)
    await voice.client.participants.delete(room.sid, second)
    with pytest.raises(errors.NotFound):
        await voice.client.participants.fetch(room.sid, second)
    left = voice.sent("/events")[-1].params
    assert (left["StatusCallbackEvent"], left["ReasonParticipantLeft"]) == (
        "participant-leave",
        "participant_updated_via_api",
    )
    await voice.client.participants.delete(room.sid, first)
    ended = await voice.client.conferences.fetch(room.sid)
    assert ended.reason_conference_ended == "last-participant-kicked"


@in_a_world
async def test_a_moderator_is_removed(voice: Voice) -> None:
    first, second = await up(voice, 2)
    await joins(voice, first, "room", end_on_exit=True)
    await joins(voice, second, "room")
    room = await _room(voice)
    await voice.client.participants.delete(room.sid, first)
    ended = await voice.client.conferences.fetch(room.sid)
    assert ended.reason_conference_ended == "participant-with-end-conference-on-exit-kicked"


@in_a_world
async def test_a_redirected_call_leaves(voice: Voice) -> None:
    first, second = await up(voice, 2)
    await joins(voice, first, "room", **TOLD)
    await joins(voice, second, "room")
    room = await _room(voice)
    await voice.client.calls.update(first, twiml="<Response><Pause length='60'/></Response>")
    there = voice.client.participants.list(room.sid)
    assert [row.call_sid async for row in there] == [second]
    assert voice.sent("/events")[-1].params["ReasonParticipantLeft"] == (
        "participant_updated_via_api"
    )


@in_a_world
async def test_announcements_end_or_fail(voice: Voice) -> None:
    voice.documents["/hello"] = (
        "<Response><Say>Welcome to all of you</Say><Pause length='3'/></Response>"
    )
    first, second = await up(voice, 2)
    await joins(voice, first, "room", **TOLD)
    await joins(voice, second, "room")
    room = await _room(voice)
    before = len(_events(voice))
    await voice.client.conferences.update(room.sid, announce_url="http://app.test/hello")
    await voice.client.participants.update(room.sid, first, announce_url="http://app.test/nothing")
    await voice.advance(4)
    failed = voice.sent("/events")[before:]
    assert [one.params["StatusCallbackEvent"] for one in failed] == ["announcement-fail"]
    assert failed[0].params["CallSid"] == first
    assert failed[0].params["ReasonAnnouncementFailed"]
    await voice.advance(1)
    last = voice.sent("/events")[-1].params
    assert (last["StatusCallbackEvent"], last["AnnounceUrl"]) == (
        "announcement-end",
        "http://app.test/hello",
    )
    await voice.client.conferences.update(room.sid, status="completed")
    with pytest.raises(errors.BadRequest):
        await voice.client.conferences.update(room.sid, announce_url="http://app.test/hello")


@in_a_world
async def test_who_speaks_is_told_unless_muted(voice: Voice) -> None:
    first, second = await up(voice, 2)
    await joins(voice, first, "room", **TOLD)
    await joins(voice, second, "room", muted=True)
    before = len(_events(voice))
    for sid in (first, second):
        says(voice, sid, "one two three four five")
    await voice.advance(1.9)
    assert [event[1:] for event in _events(voice)[before:]] == [("participant-speech-start", first)]
    await voice.advance(0.1)
    assert _events(voice)[-1][1:] == ("participant-speech-stop", first)


@in_a_world
async def test_coaching_by_a_verb(voice: Voice) -> None:
    first, second = await up(voice, 2)
    await joins(voice, first, "room")
    joined = await joins(voice, second, "room", coach=first)
    assert joined is not None
    room = await _room(voice)
    found = await voice.client.participants.fetch(room.sid, second)
    assert (found.coaching, found.call_sid_to_coach) == (True, first)


@in_a_world
async def test_the_bindings_receive_all_of_it(voice: Voice) -> None:
    """Every callback has its signature, and fits the document strictly."""
    voice.documents["/hello"] = "<Response><Say>Welcome</Say></Response>"
    first, second = await up(voice, 2)
    options = {"recording_callback": RECORDED, "recording_callback_events": RECORDING_EVENTS}
    await joins(voice, first, "room", label="anna", record="true", **options, **TOLD)
    await joins(voice, second, "room", end_on_exit=True)
    room = await _room(voice)
    await voice.client.participants.update(room.sid, first, muted=True, hold=True)
    await voice.client.conferences.update(room.sid, announce_url="http://app.test/hello")
    says(voice, second, "hello")
    await voice.client.recordings.create_for_call(
        first, recording_status_callback=RECORDED, recording_channels="dual"
    )
    await voice.advance(5)
    await hangs_up(voice, second)
    await hangs_up(voice, first)
    await voice.advance(3)
    assert _received(voice) == {
        "participant-join": 2,
        "conference-start": 1,
        "participant-mute": 1,
        "participant-hold": 1,
        "participant-speech-start": 1,
        "participant-speech-stop": 1,
        "announcement-end": 1,
        "participant-leave": 2,
        "conference-end": 1,
        "in-progress": 1,
        "completed": 2,
    }


def _received(voice: Voice) -> Counter[str]:
    """What the journal's requests say when the bindings read them."""
    receiver = WebhookReceiver(TOKEN, strict=True)
    seen: Counter[str] = Counter()
    for sent in voice.world.store.do(lambda tx: tx.attempts()):
        body = form([(name, value) for name, value in sent["params"]])
        arrived: dict[str, Any] = {"url": sent["url"], "headers": sent["headers"], "body": body}
        if sent["about"] == "conference":
            seen[receiver.conference_status(**arrived).payload.status_callback_event] += 1
        elif sent["about"] == "recording":
            seen[receiver.recording_status(**arrived).payload.recording_status] += 1
    return seen
