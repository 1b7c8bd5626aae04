"""Record: the other side speaks, and what it says is recorded.

The other side speaks for `speaks` seconds (3 unless its behaviour says otherwise), then it is silent. The recording ends
after `timeout` seconds of silence, after `maxLength`, with a key of `finishOnKey`, or when the call ends. Where nothing was
said there is no recording, and the call goes on with the next verb.
"""

from __future__ import annotations

from ringback.emulator import callbacks, recordings
from ringback.emulator.records import CallRecord, RecordingRecord
from ringback.emulator.signals import listens
from ringback.emulator.store import Transaction
from ringback.emulator.twiml import transcribing, values
from ringback.emulator.twiml.fetching import Pairs, act, last_word
from ringback.emulator.twiml.machine import Run, proceed, resumes, verb
from ringback.emulator.twiml.parser import Element
from ringback.emulator.world import World

SPEAKS = 3.0
_KEYS = "1234567890*#"


@verb("Record")
def record(run: Run, element: Element) -> bool:
    """Begin to record."""
    longest = values.number(element, "maxLength", 3_600) * 1_000
    silence = values.number(element, "timeout", 5) * 1_000
    spoken = round(float(run.call.behaviour.get("speaks", SPEAKS)) * 1_000)
    run.note(
        "Record", maxLength=longest // 1000, timeout=silence // 1000, finishOnKey=_keys(element)
    )
    if not spoken:
        run.data["silent"] = True
        return run.wait("record", min(silence, longest))
    recording = start(run, element, "RecordVerb", 1)
    run.data["recording"] = recording.sid
    return run.wait("record", min(spoken + silence, longest))


def _keys(element: Element) -> str:
    return values.text(element, "finishOnKey", _KEYS)


def start(run: Run, element: Element, source: str, channels: int) -> RecordingRecord:
    """Begin a recording with the attributes that Record, Dial and Start share."""
    run.save()
    track = values.text(element, "recordingTrack") or values.text(element, "track", "both")
    return recordings.start(
        run.world,
        run.tx,
        run.call.account_sid,
        call=run.call,
        source=source,
        channels=channels,
        track=track.lower(),
        trim=values.text(element, "trim", "do-not-trim"),
        callback=run.url(element, "recordingStatusCallback"),
        callback_method=values.method(element, "recordingStatusCallbackMethod"),
        callback_events=values.words(element, "recordingStatusCallbackEvent"),
    )


def stopped(run: Run, sid: str) -> list[tuple[str, str]]:
    """Stop a recording; what an action is told about it."""
    recording = run.tx.get(RecordingRecord, run.call.account_sid, sid)
    if recording is None:
        return []
    recordings.stop(run.world, run.tx, recording)
    return [
        ("RecordingUrl", callbacks.recording_url(recording)),
        ("RecordingSid", recording.sid),
        ("RecordingDuration", str(recording.seconds or 0)),
    ]


@resumes("record")
def _time_is_over(run: Run, element: Element) -> bool:
    return _done(run, element, "")


def _done(run: Run, element: Element, key: str) -> bool:
    if run.data.get("silent"):
        run.note("nothing recorded")
        return True
    return act(run, element, _about(run, element, key), otherwise_again=True)


def _about(run: Run, element: Element, key: str) -> Pairs:
    sid = str(run.data.get("recording", ""))
    about = stopped(run, sid)
    transcribing.begin(run, element, sid)
    return [*about, ("Digits", key)]


@listens("digits")
def _finished_by_key(world: World, tx: Transaction, call: CallRecord, digits: str) -> None:
    found = _recording(world, tx, call)
    if found is None:
        return
    run, element = found
    key = next((key for key in digits if key in _keys(element)), "")
    if key and not call.is_over:
        run.note("digits", digits=key)
        if _done(run, element, key):
            run.advance()
            proceed(run)


@listens("call.ended")
def _hung_up(world: World, tx: Transaction, call: CallRecord) -> None:
    """Whoever hangs up while he is recorded has left a message: the action is told."""
    found = _recording(world, tx, call)
    if found is None or found[0].data.get("silent"):
        return
    run, element = found
    last_word(
        run, run.url(element, "action"), values.method(element), _about(run, element, "hangup")
    )


def _recording(world: World, tx: Transaction, call: CallRecord) -> tuple[Run, Element] | None:
    fresh = tx.get(CallRecord, call.account_sid, call.sid)
    if fresh is None or fresh.program is None or fresh.program.waiting != "record":
        return None
    run = Run(world, tx, fresh)
    element = run.element()
    return None if element is None else (run, element)
