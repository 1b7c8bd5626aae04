"""Recordings: what is recorded of a call or a conference, from its start to the day on which it is forgotten.

    in-progress <-> paused --stop--> stopped --> processing --> completed, or absent when nothing was recorded
    completed, absent --delete--> deleted --(40 days)--> gone

A recording keeps the milliseconds that it has run so far, and since when it runs. A pause that is skipped stops that
clock; one that is recorded as silence does not. Sound is only made when somebody fetches it: see `media.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ringback.emulator import callbacks
from ringback.emulator.records import CallRecord, ConferenceRecord, Due, RecordingRecord
from ringback.emulator.signals import listens
from ringback.emulator.store import Transaction
from ringback.emulator.world import World, on

CURRENT = "Twilio.CURRENT"
RUNNING = frozenset({"in-progress", "paused"})
FINISHED = frozenset({"completed", "absent"})
TOO_SHORT = 16101
_DAY = 86_400_000


def start(
    world: World,
    tx: Transaction,
    account_sid: str,
    *,
    call: CallRecord | None = None,
    conference: ConferenceRecord | None = None,
    source: str,
    channels: int = 1,
    track: str = "both",
    trim: str = "do-not-trim",
    callback: str = "",
    callback_method: str = "POST",
    callback_events: Iterable[str] = (),
) -> RecordingRecord:
    """Record a call or a conference from now on. A single track has one channel, whatever was asked for."""
    recording = RecordingRecord(
        account_sid=account_sid,
        sid=tx.mint("RE"),
        call_sid=call.sid if call is not None else "",
        conference_sid=conference.sid if conference is not None else "",
        source=source,
        channels=channels if track == "both" else 1,
        track=track,
        created=tx.now,
        updated=tx.now,
        started=tx.now,
        running_since=tx.now,
        callback=callback,
        callback_method=callback_method or "POST",
        callback_events=words(callback_events),
    )
    tx.add(recording)
    _note(tx, recording, "recording started", source=source, channels=recording.channels, trim=trim)
    _report(tx, recording, "started")
    _report(tx, recording, "in-progress")
    return recording


def words(events: Iterable[str]) -> list[str]:
    """Events as they are given: one to a value, or several in one value with spaces between them."""
    return [word for text in events for word in str(text).split()]


def pause(
    world: World, tx: Transaction, recording: RecordingRecord, behavior: str = "skip"
) -> None:
    """Pause a recording that runs: leave the pause out (`skip`), or record it as `silence`."""
    if recording.status != "in-progress":
        return
    recording.status = "paused"
    if behavior != "silence":
        _halt(tx, recording)
    _save(tx, recording)
    _note(tx, recording, "recording paused", behavior=behavior)
    _report(tx, recording, "paused")


def resume(world: World, tx: Transaction, recording: RecordingRecord) -> None:
    """Take a paused recording up again."""
    if recording.status != "paused":
        return
    recording.status = "in-progress"
    if recording.running_since is None:
        recording.running_since = tx.now
    _save(tx, recording)
    _note(tx, recording, "recording resumed")
    _report(tx, recording, "resumed")


def stop(world: World, tx: Transaction, recording: RecordingRecord) -> None:
    """Stop a recording: it is processed, and completed a little later."""
    if recording.status not in RUNNING:
        return
    _halt(tx, recording)
    recording.status = "stopped"
    recording.seconds = -(-recording.recorded_ms // 1000)
    _save(tx, recording)
    _note(tx, recording, "recording stopped", seconds=recording.seconds)
    _report(tx, recording, "stopped")
    tx.schedule(tx.now, "recording.process", recording.account_sid, recording.sid)


def stop_all(world: World, tx: Transaction, account_sid: str, parent: str) -> None:
    """Stop what still runs of a call or a conference."""
    for recording in running(tx, account_sid, parent):
        stop(world, tx, recording)


def delete(world: World, tx: Transaction, recording: RecordingRecord) -> None:
    """Delete a finished recording: its sound goes at once, what is known of it some weeks later."""
    recording.status = "deleted"
    recording.deleted = tx.now
    _save(tx, recording)
    days = world.settings.deleted_recording_days
    due = tx.now + round(days * _DAY)
    tx.schedule(due, "recording.forget", recording.account_sid, recording.sid)


def running(tx: Transaction, account_sid: str, parent: str) -> list[RecordingRecord]:
    """What runs or is paused of a call or a conference, oldest first."""
    rows = tx.rows(RecordingRecord, account_sid, parent=parent, newest_first=False)
    sids = [recording.sid for _, recording in rows if recording.status in RUNNING]
    found = (tx.get(RecordingRecord, account_sid, sid) for sid in sids)
    return [recording for recording in found if recording is not None]


def current(tx: Transaction, account_sid: str, parent: str) -> RecordingRecord | None:
    """The newest of them."""
    return next(reversed(running(tx, account_sid, parent)), None)


@on("recording.process")
def _process(world: World, tx: Transaction, due: Due) -> None:
    recording = tx.get(RecordingRecord, due.account, due.subject)
    if recording is None or recording.status != "stopped":
        return
    recording.status = "processing"
    _save(tx, recording)
    ready = tx.now + round(world.settings.recording_ready_after * 1000)
    tx.schedule(ready, "recording.complete", recording.account_sid, recording.sid)


@on("recording.complete")
def _complete(world: World, tx: Transaction, due: Due) -> None:
    recording = tx.get(RecordingRecord, due.account, due.subject)
    if recording is None or recording.status != "processing":
        return
    seconds = recording.seconds or 0
    recording.status = "completed" if seconds else "absent"
    if seconds:
        minutes = -(-seconds // 60)
        recording.price = str(-(Decimal(world.settings.recording_price_per_minute) * minutes))
    else:
        recording.error_code = TOO_SHORT
    _save(tx, recording)
    _note(tx, recording, f"recording {recording.status}", seconds=seconds)
    _report(tx, recording, recording.status)


@on("recording.forget")
def _forget(world: World, tx: Transaction, due: Due) -> None:
    recording = tx.get(RecordingRecord, due.account, due.subject)
    if recording is not None and recording.status == "deleted":
        tx.drop(recording)


@listens("call.answered")
def _record_from_answer(world: World, tx: Transaction, call: CallRecord) -> None:
    if not call.record:
        return
    start(
        world,
        tx,
        call.account_sid,
        call=call,
        source="OutboundAPI",
        channels=2 if call.recording_channels == "dual" else 1,
        track=call.recording_track,
        trim=call.recording_trim,
        callback=call.recording_status_callback,
        callback_method=call.recording_status_callback_method,
        callback_events=call.recording_status_callback_events,
    )


@listens("call.ended")
def _stop_with_call(world: World, tx: Transaction, call: CallRecord) -> None:
    stop_all(world, tx, call.account_sid, call.sid)


def _halt(tx: Transaction, recording: RecordingRecord) -> None:
    if recording.running_since is not None:
        recording.recorded_ms += tx.now - recording.running_since
        recording.running_since = None


def _save(tx: Transaction, recording: RecordingRecord) -> None:
    recording.updated = tx.now
    tx.save(recording)


def _note(tx: Transaction, recording: RecordingRecord, kind: str, **about: object) -> None:
    tx.note(recording.account_sid, recording.below(), kind, recording=recording.sid, **about)


def _report(tx: Transaction, recording: RecordingRecord, event: str) -> None:
    """Tell the recording's callback of an event, if it wants to know."""
    wanted = recording.callback_events or ["completed"]
    if not recording.callback or event not in wanted:
        return
    params = [
        ("AccountSid", recording.account_sid),
        _recorded(tx, recording),
        ("RecordingSid", recording.sid),
        ("RecordingUrl", callbacks.recording_url(recording)),
        ("RecordingStatus", event),
    ]
    if event == "completed":
        params.append(("RecordingDuration", str(recording.seconds or 0)))
    params += [
        ("RecordingChannels", str(recording.channels)),
        ("RecordingStartTime", callbacks.rfc2822(recording.started or recording.created)),
        ("RecordingSource", recording.source),
    ]
    if recording.call_sid:
        params.append(("RecordingTrack", recording.track))
    callbacks.send(
        tx,
        recording.account_sid,
        recording.below(),
        "recording",
        recording.callback,
        recording.callback_method,
        params,
    )


def _recorded(tx: Transaction, recording: RecordingRecord) -> tuple[str, str]:
    """Which call or conference was recorded; of a dialled leg that is the call that dialled it."""
    if recording.conference_sid:
        return "ConferenceSid", recording.conference_sid
    call = tx.get(CallRecord, recording.account_sid, recording.call_sid)
    parent = call.parent_call_sid if call is not None else ""
    return "CallSid", parent or recording.call_sid
