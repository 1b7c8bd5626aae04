"""What a Record is told to transcribe is transcribed: always to the same text, some seconds after the recording.

As documented, that is tried with more than two seconds and less than two minutes; otherwise the transcription has failed.
"""

from __future__ import annotations

from ringback.emulator import callbacks
from ringback.emulator.records import CallRecord, Due, RecordingRecord
from ringback.emulator.store import Transaction
from ringback.emulator.twiml import values
from ringback.emulator.twiml.machine import Run
from ringback.emulator.twiml.parser import Element
from ringback.emulator.world import World, on

TEXT = "This is what was said after the tone."
TAKES = 5_000
_EVENT = "twiml.transcribed"
_SHORTEST, _LONGEST = 2, 120


def begin(run: Run, element: Element, recording_sid: str) -> None:
    """Transcribe a recording that is over, if its Record wants that."""
    callback = run.url(element, "transcribeCallback")
    if not callback and not values.flag(element, "transcribe"):
        return
    data = {"call": run.call.sid, "callback": callback}
    # In the name of the recording: a call that ends lets go of what was to happen to it.
    run.tx.schedule(run.tx.now + TAKES, _EVENT, run.call.account_sid, recording_sid, **data)


@on(_EVENT)
def _transcribed(world: World, tx: Transaction, due: Due) -> None:
    recording = tx.get(RecordingRecord, due.account, due.subject)
    call = tx.get(CallRecord, due.account, str(due.data["call"]))
    if recording is None or call is None or recording.status == "deleted":
        return
    done = _SHORTEST < (recording.seconds or 0) < _LONGEST
    status, text = ("completed", TEXT) if done else ("failed", "")
    sid = tx.mint("TR")
    about = {"sid": sid, "recording": recording.sid, "status": status, "text": text}
    tx.note(call.account_sid, call.sid, "transcription", **about)
    callback = str(due.data["callback"])
    if not callback:
        return
    base = f"https://api.twilio.com/{callbacks.API_VERSION}/Accounts/{call.account_sid}"
    params = [
        *callbacks.standard(call),
        ("TranscriptionSid", sid),
        ("TranscriptionText", text),
        ("TranscriptionStatus", status),
        ("TranscriptionUrl", f"{base}/Transcriptions/{sid}"),
        ("RecordingSid", recording.sid),
        ("RecordingUrl", callbacks.recording_url(recording)),
    ]
    callbacks.send(tx, call.account_sid, call.sid, "transcription", callback, "POST", params)
