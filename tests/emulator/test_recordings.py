"""Recordings: their states and lengths, what their callback is told, and what the API shows of them."""

from __future__ import annotations

from typing import Any

import pytest
from tests.emulator.rooms import RECORDED, hangs_up, in_a_world, joins, up
from tests.emulator.voice_world import CALLEE, NUMBER, STATUS, TWIML, Voice

from ringback.emulator.clock import ManualClock
from ringback.emulator.store import Transaction
from twilio_voice import errors
from twilio_voice.models import PauseBehavior, RecordingEvent

ALL = list(RecordingEvent)


def _told(voice: Voice) -> list[tuple[str, str | None]]:
    """The states of which the callback was told, with the duration."""
    hooks = voice.sent("/recorded")
    return [(one.params["RecordingStatus"], one.params.get("RecordingDuration")) for one in hooks]


@in_a_world
async def test_from_start_to_completion(voice: Voice) -> None:
    (sid,) = await up(voice, 1)
    began = voice.world.clock.now()
    recording = await voice.client.recordings.create_for_call(
        sid, recording_status_callback=RECORDED, recording_status_callback_event=ALL
    )
    assert (recording.status, recording.source, recording.duration, recording.price) == (
        "in-progress",
        "StartCallRecordingAPI",
        None,
        None,
    )
    assert recording.uri.endswith(f"/Calls/{sid}/Recordings/{recording.sid}.json")
    await voice.advance(10)
    stopped = await voice.client.recordings.update_for_call(sid, "Twilio.CURRENT", status="stopped")
    assert (stopped.status, stopped.sid) == ("stopped", recording.sid)
    assert (await voice.client.recordings.fetch(recording.sid)).status == "processing"
    assert _told(voice) == [("in-progress", None)]
    await voice.advance(1)
    assert _told(voice) == [("in-progress", None), ("completed", "10")]
    done = await voice.client.recordings.fetch(recording.sid)
    assert (done.status, done.duration, str(done.price)) == ("completed", 10, "-0.0025")
    last = voice.sent("/recorded")[-1]
    assert last.at - began == 11_000
    assert {name: value for name, value in last.params.items() if "Time" not in name} == {
        "AccountSid": str(recording.account_sid),
        "CallSid": sid,
        "RecordingSid": str(recording.sid),
        "RecordingUrl": done.media_url,
        "RecordingStatus": "completed",
        "RecordingDuration": "10",
        "RecordingChannels": "1",
        "RecordingSource": "StartCallRecordingAPI",
        "RecordingTrack": "both",
    }
    assert last.params["RecordingStartTime"] == "Thu, 01 Jan 2026 00:00:03 +0000"


@in_a_world
async def test_pauses_are_skipped_or_silent(voice: Voice) -> None:
    (sid,) = await up(voice, 1)
    client = voice.client.recordings
    for behavior, seconds in ((PauseBehavior.SKIP, 5), (PauseBehavior.SILENCE, 12)):
        recording = await client.create_for_call(sid)
        await voice.advance(3)
        paused = await client.update_for_call(
            sid, recording.sid, status="paused", pause_behavior=behavior
        )
        assert paused.status == "paused"
        await voice.advance(7)
        resumed = await client.update_for_call(sid, recording.sid, status="in-progress")
        assert resumed.status == "in-progress"
        await voice.advance(2)
        await client.update_for_call(sid, recording.sid, status="stopped")
        await voice.advance(2)
        assert (await client.fetch(recording.sid)).duration == seconds


@in_a_world
async def test_a_call_that_is_recorded_from_its_answer(voice: Voice) -> None:
    voice.behave(CALLEE, hangs_up=20)
    call = await voice.client.calls.create(
        to=CALLEE,
        from_=NUMBER,
        url=TWIML,
        record=True,
        recording_channels="dual",
        recording_status_callback=RECORDED,
        recording_status_callback_event=ALL,
        status_callback=STATUS,
    )
    await voice.advance(60)
    (row,) = [one async for one in voice.client.recordings.list_for_call(call.sid)]
    assert (row.source, row.channels, row.duration, row.track) == ("OutboundAPI", 2, 20, "both")
    assert _told(voice) == [("in-progress", None), ("completed", "20")]
    ended = voice.sent("/status")[-1].params
    assert (ended["RecordingSid"], ended["RecordingDuration"]) == (str(row.sid), "20")


@in_a_world
async def test_what_ends_at_once_is_absent(voice: Voice) -> None:
    (sid,) = await up(voice, 1)
    recording = await voice.client.recordings.create_for_call(
        sid, recording_status_callback=RECORDED, recording_status_callback_event=ALL
    )
    await voice.client.recordings.update_for_call(sid, recording.sid, status="stopped")
    await voice.advance(5)
    gone = await voice.client.recordings.fetch(recording.sid)
    assert (gone.status, gone.duration, gone.price) == ("absent", None, None)
    assert gone.error_code == 16101
    assert _told(voice) == [("in-progress", None), ("absent", None)]


@in_a_world
async def test_a_single_track_has_one_channel(voice: Voice) -> None:
    (sid,) = await up(voice, 1)
    recording = await voice.client.recordings.create_for_call(
        sid, recording_channels="dual", recording_track="inbound"
    )
    assert (recording.channels, recording.track) == (1, "inbound")


@in_a_world
async def test_only_a_call_in_progress_is_recorded(voice: Voice) -> None:
    queued = await voice.client.calls.create(to=CALLEE, from_=NUMBER, url=TWIML)
    (sid,) = await up(voice, 1)
    await hangs_up(voice, sid)
    ringing = await voice.client.calls.create(to=CALLEE, from_=NUMBER, url=TWIML)
    for one in (ringing.sid, sid):
        with pytest.raises(errors.BadRequest) as caught:
            await voice.client.recordings.create_for_call(one)
        assert caught.value.code == 21220
    assert (await voice.client.recordings.create_for_call(queued.sid)).status == "in-progress"


@in_a_world
async def test_changes_of_what_is_over_are_refused(voice: Voice) -> None:
    (sid,) = await up(voice, 1)
    recording = await voice.client.recordings.create_for_call(sid)
    await voice.client.recordings.update_for_call(sid, recording.sid, status="stopped")
    with pytest.raises(errors.BadRequest) as caught:
        await voice.client.recordings.update_for_call(sid, recording.sid, status="paused")
    assert caught.value.code == 21220
    with pytest.raises(errors.NotFound):
        await voice.client.recordings.update_for_call(sid, "Twilio.CURRENT", status="paused")


@in_a_world
async def test_the_current_one_is_the_only_one(voice: Voice) -> None:
    (sid,) = await up(voice, 1)
    client = voice.client.recordings
    first = await client.create_for_call(sid)
    await client.create_for_call(sid)
    with pytest.raises(errors.BadRequest) as caught:
        await client.update_for_call(sid, "Twilio.CURRENT", status="stopped")
    assert caught.value.code == 16108
    await client.update_for_call(sid, first.sid, status="stopped")
    stopped = await client.update_for_call(sid, "Twilio.CURRENT", status="stopped")
    assert stopped.sid != first.sid


@in_a_world
async def test_deleting_wants_completion_and_leaves_a_trace_for_forty_days(voice: Voice) -> None:
    (sid,) = await up(voice, 1)
    client = voice.client.recordings
    recording = await client.create_for_call(sid)
    with pytest.raises(errors.Conflict) as caught:
        await client.delete(recording.sid)
    assert caught.value.code == 20009
    await voice.advance(4)
    await client.update_for_call(sid, recording.sid, status="stopped")
    await voice.advance(2)
    await client.delete(recording.sid)
    with pytest.raises(errors.NotFound):
        await client.fetch(recording.sid)
    with pytest.raises(errors.NotFound):
        await client.media_wav(recording.sid).read()
    assert [one async for one in client.list()] == []
    assert [one async for one in client.list_for_call(sid)] == []
    (trace,) = [one async for one in client.list(include_soft_deleted=True)]
    assert (trace.status, trace.duration, trace.media_url) == ("deleted", 4, None)
    await voice.advance(41 * 86_400)
    with pytest.raises(errors.NotFound):
        await client.fetch(recording.sid, include_soft_deleted=True)


@in_a_world
async def test_lists_by_call_by_conference_and_by_day(voice: Voice) -> None:
    first, second = await up(voice, 2)
    client = voice.client.recordings
    a = await client.create_for_call(first)
    b = await client.create_for_call(second)
    await joins(voice, first, "room", record="record-from-start")
    await joins(voice, second, "room")
    (room,) = [one async for one in voice.client.conferences.list()]
    (c,) = [one async for one in client.list_for_conference(room.sid)]
    assert (c.source, c.conference_sid, c.call_sid) == ("Conference", room.sid, None)
    assert [one.sid async for one in client.list()] == [c.sid, b.sid, a.sid]
    assert [one.sid async for one in client.list(call_sid=second)] == [b.sid]
    assert [one.sid async for one in client.list(conference_sid=room.sid)] == [c.sid]
    assert [one.sid async for one in client.list(date_created_after=_day(1))] == []
    assert len([one.sid async for one in client.list(date_created=_day(0))]) == 3
    with pytest.raises(errors.NotFound):
        await client.fetch_for_call(first, b.sid)


def _day(after: int) -> Any:
    from datetime import UTC, datetime, timedelta

    start = datetime.fromtimestamp(ManualClock.START / 1000, UTC)
    return (start + timedelta(days=after)).date()


@in_a_world
async def test_a_conference_recording_is_controlled_through_its_conference(voice: Voice) -> None:
    first, second = await up(voice, 2)
    options: dict[str, Any] = {"recording_callback": RECORDED, "recording_callback_events": ALL}
    await joins(voice, first, "room", record="record-from-start", **options)
    assert [one async for one in voice.client.recordings.list()] == []
    await joins(voice, second, "room")
    (room,) = [one async for one in voice.client.conferences.list()]
    client = voice.client.recordings
    await voice.advance(4)
    changed = await client.update_for_conference(
        room.sid, "Twilio.CURRENT", status="paused", pause_behavior="skip"
    )
    assert changed.uri.endswith(f"/Conferences/{room.sid}/Recordings/{changed.sid}.json")
    await voice.advance(4)
    await client.update_for_conference(room.sid, changed.sid, status="in-progress")
    await voice.advance(4)
    await voice.client.conferences.update(room.sid, status="completed")
    await voice.advance(2)
    assert _told(voice) == [("in-progress", None), ("completed", "8")]
    params = voice.sent("/recorded")[-1].params
    assert params["ConferenceSid"] == str(room.sid)
    assert not {"CallSid", "RecordingTrack"} & set(params)
    await client.delete_for_conference(room.sid, changed.sid)
    with pytest.raises(errors.NotFound):
        await client.fetch_for_conference(room.sid, changed.sid)


@in_a_world
async def test_nothing_is_lost_when_the_process_ends_between_two_states(voice: Voice) -> None:
    """What is scheduled stands in the database, not in this process."""
    (sid,) = await up(voice, 1)
    await voice.client.recordings.create_for_call(sid)
    await voice.advance(2)
    await voice.client.recordings.update_for_call(sid, "Twilio.CURRENT", status="stopped")
    due = voice.world.store.do(Transaction.next_due)
    assert due == voice.world.clock.now() + 1000
