"""What has its own life beside the call, or is done elsewhere: Start, Stop, Connect, Pay, Prompt, Sms, Echo.

Nothing of it is really there. Each stands on the timeline, takes the time that `timing.py` says, and tells its status
callback that it began and ended. Which streams run is read from the call's timeline.
"""

from __future__ import annotations

from typing import Any

from ringback.emulator import callbacks, recordings
from ringback.emulator.records import CallRecord, RecordingRecord
from ringback.emulator.signals import listens
from ringback.emulator.store import Transaction
from ringback.emulator.twiml import recording, timing, values
from ringback.emulator.twiml.fetching import act
from ringback.emulator.twiml.machine import Run, resumes, verb
from ringback.emulator.twiml.parser import Element
from ringback.emulator.world import World

_PREFIX = {"Stream": "MZ", "Siprec": "SR", "Transcription": "GT"}
_STARTED, _STOPPED = "started", "stopped"


@verb("Start")
def start(run: Run, element: Element) -> bool:
    """Begin something beside the call, which goes on at once."""
    for noun in element.children:
        if noun.name == "Recording":
            run.note("Start", what="Recording")
            channels = 2 if values.text(noun, "channels") == "dual" else 1
            recording.start(run, noun, "StartCallRecordingAPI", channels)
        else:
            _begin(run, noun)
    return act(run, element, [])


def _begin(run: Run, noun: Element) -> None:
    about = {
        "what": noun.name,
        "sid": run.tx.mint(_PREFIX[noun.name]),
        "name": values.text(noun, "name"),
        "url": values.text(noun, "url"),
        "track": values.text(noun, "track"),
        "callback": run.url(noun, "statusCallback") or run.url(noun, "statusCallbackUrl"),
        "method": values.method(noun, "statusCallbackMethod"),
    }
    run.note("Start", **about)
    _tell(run.tx, run.call, about, _STARTED)


def _tell(tx: Transaction, call: CallRecord, about: dict[str, Any], event: str) -> None:
    """Tell the status callback of a stream what has happened."""
    if not about.get("callback"):
        return
    what = str(about["what"])
    params = [
        ("AccountSid", call.account_sid),
        ("CallSid", call.sid),
        (f"{what}Sid", str(about["sid"])),
        (f"{what}Name", str(about.get("name") or about["sid"])),
        (f"{what}Event", f"{what.lower()}-{event}"),
        ("Timestamp", callbacks.rfc2822(tx.now)),
    ]
    url, method = str(about["callback"]), str(about.get("method", "POST"))
    callbacks.send(tx, call.account_sid, call.sid, what.lower(), url, method, params)


def _running(tx: Transaction, call: CallRecord) -> list[dict[str, Any]]:
    """What was started and not stopped."""
    running: dict[str, dict[str, Any]] = {}
    for entry in tx.notes(call.sid):
        sid = str(entry.data.get("sid", ""))
        if entry.kind == "Start" and sid:
            running[sid] = entry.data
        elif entry.kind == "Stop":
            running.pop(sid, None)
    return list(running.values())


@verb("Stop")
def stop(run: Run, element: Element) -> bool:
    """End what Start began, by name; without a name the newest of its kind."""
    for noun in element.children:
        if noun.name == "Recording":
            _stop_recording(run)
            continue
        name = values.text(noun, "name")
        found = [
            one
            for one in _running(run.tx, run.call)
            if one["what"] == noun.name and name in ("", one.get("name"))
        ]
        if not found:
            run.note("Stop", what=noun.name, name=name)
            continue
        run.note("Stop", what=noun.name, sid=found[-1]["sid"], name=found[-1].get("name"))
        _tell(run.tx, run.call, found[-1], _STOPPED)
    return True


def _stop_recording(run: Run) -> None:
    run.note("Stop", what="Recording")
    found: RecordingRecord | None = recordings.current(run.tx, run.call.account_sid, run.call.sid)
    if found is not None:
        run.save()
        recordings.stop(run.world, run.tx, found)


@listens("call.ended")
def _ended(world: World, tx: Transaction, call: CallRecord) -> None:
    if call.started is None:
        return
    for one in _running(tx, call):
        _tell(tx, call, one, _STOPPED)


@verb("Connect")
def connect(run: Run, element: Element) -> bool:
    """Connect the call with something else, for a while."""
    noun = element.children[0] if element.children else None
    if noun is None:
        run.report(12200, "Connect holds nothing")
        return True
    about = {
        key: value
        for key, value in noun.attributes.items()
        if key in ("url", "name", "connectorName")
    }
    run.note("Connect", what=noun.name, text=noun.text, **about, seconds=timing.CONNECT / 1000)
    stream = {
        "what": noun.name,
        "callback": run.url(noun, "statusCallback"),
        "method": values.method(noun, "statusCallbackMethod"),
    }
    if noun.name == "Stream" and stream["callback"]:
        stream["sid"], stream["name"] = run.tx.mint("MZ"), values.text(noun, "name")
        run.data["stream"] = stream
        _tell(run.tx, run.call, stream, _STARTED)
    return run.wait("connected", timing.CONNECT)


@resumes("connected")
def _connected(run: Run, element: Element) -> bool:
    if "stream" in run.data:
        _tell(run.tx, run.call, run.data["stream"], _STOPPED)
    about = [("Result", "success")] if element.name == "Pay" else []
    return act(run, element, about)


@verb("Pay")
def pay(run: Run, element: Element) -> bool:
    """Take a payment, which succeeds."""
    about = {
        name: values.text(element, name)
        for name in ("chargeAmount", "currency", "paymentConnector")
    }
    run.note("Pay", **about, seconds=timing.PAY / 1000)
    return run.wait("connected", timing.PAY)


@verb("Prompt")
def prompt(run: Run, element: Element) -> bool:
    """Say what its children say."""
    took = sum(_nested(child) for child in element.children)
    run.note("Prompt", text=element.spoken, seconds=took / 1000)
    return run.wait("time", took)


def _nested(element: Element) -> int:
    return {"Say": timing.say, "Play": timing.play, "Pause": timing.pause}[element.name](element)


@verb("Sms")
def sms(run: Run, element: Element) -> bool:
    """Send a message, which nobody gets."""
    to = values.text(
        element, "to", run.call.from_ if run.call.direction == "inbound" else run.call.to
    )
    run.note("Sms", to=to, text=element.text)
    return act(run, element, [("SmsStatus", "sent")])


@verb("Echo")
def echo(run: Run, element: Element) -> bool:
    """Echo what is heard."""
    run.note("Echo", seconds=timing.ECHO / 1000)
    return run.wait("time", timing.ECHO)
