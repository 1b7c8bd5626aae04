"""What the API does to a running conference: mute, hold, coach, announce, remove; and who is heard speaking."""

from __future__ import annotations

from typing import Any

from ringback.emulator import callbacks, calls
from ringback.emulator.conference_events import identity, report
from ringback.emulator.conferences import leave, participant_of
from ringback.emulator.records import (
    CallRecord,
    ConferenceRecord,
    Delivery,
    Due,
    ParticipantRecord,
)
from ringback.emulator.signals import listens, tell
from ringback.emulator.store import Transaction
from ringback.emulator.twiml import Unreadable, parse, timing
from ringback.emulator.world import World, on

_QUIET = ("hold_url", "hold_method")


def change(
    world: World,
    tx: Transaction,
    room: ConferenceRecord,
    participant: ParticipantRecord,
    given: dict[str, Any],
) -> ParticipantRecord:
    """Set some fields of a participant; what is different then is told, one event for each kind of change."""
    before = {name: getattr(participant, name) for name in given}
    for name, value in given.items():
        setattr(participant, name, value)
    participant.updated = tx.now
    tx.save(participant)
    changed = [name for name, value in given.items() if before[name] != value]
    if participant.status != "connected":
        return participant
    if "muted" in changed:
        event = "participant-mute" if participant.muted else "participant-unmute"
        report(world, tx, room, event, participant)
    if "hold" in changed:
        event = "participant-hold" if participant.hold else "participant-unhold"
        report(world, tx, room, event, participant)
        _hold(world, tx, room, participant)
    if any(name not in ("muted", "hold", *_QUIET) for name in changed):
        report(world, tx, room, "participant-modify", participant)
    return participant


def kick(world: World, tx: Transaction, participant: ParticipantRecord) -> None:
    """Remove a participant. A call that has not joined yet is not dialled any further."""
    call = tx.get(CallRecord, participant.account_sid, participant.call_sid)
    if call is None:
        return
    if call.started is None:
        calls.end(world, tx, call, "canceled")
        _forget(tx, participant)
    else:
        leave(world, tx, call, "participant_updated_via_api", kicked=True)


def _forget(tx: Transaction, participant: ParticipantRecord) -> None:
    """Who was removed on purpose does not stay known as failed, as those do whose call did not come about."""
    left = tx.get(ParticipantRecord, participant.account_sid, participant.key())
    if left is not None:
        tx.drop(left)


def beep_on_exit(beep: str, wanted: bool) -> str:
    """When a participant's beep sounds, after a change of that at the exit."""
    at_entry = beep in ("true", "onEnter")
    return {(True, True): "true", (True, False): "onEnter", (False, True): "onExit"}.get(
        (at_entry, wanted), "false"
    )


def announce(
    tx: Transaction,
    room: ConferenceRecord,
    participant: ParticipantRecord | None,
    url: str,
    method: str,
) -> None:
    """Fetch an announcement; everybody hears it, or one participant alone. Its end is told, or that it failed."""
    about = [("CallSid", participant.call_sid)] if participant is not None else []
    tx.send(
        Delivery(
            account=room.account_sid,
            subject=room.sid,
            url=url,
            method=method,
            params=[*identity(room), ("ApiVersion", callbacks.API_VERSION), *about],
            purpose="conference.announced",
            about="announcement",
            token=tx.mint("IT"),
            data={"call": participant.call_sid if participant is not None else ""},
        )
    )


@on("conference.announced")
def _announced(world: World, tx: Transaction, due: Due) -> None:
    """The announcement's document is there, or not."""
    room = tx.get(ConferenceRecord, due.account, due.subject)
    if room is None or room.status == "completed":
        return
    url, call = str(due.data["request"]["url"]), str(due.data["call"])
    length, problem = _heard(due)
    if problem:
        _announcement_over(world, tx, room, "announcement-fail", due, url, problem)
        return
    tx.note(room.account_sid, room.sid, "announcement", url=url, milliseconds=length)
    ends = tx.now + length
    tx.schedule(ends, "conference.silent", room.account_sid, room.sid, call=call, url=url)


@on("conference.silent")
def _silent(world: World, tx: Transaction, due: Due) -> None:
    """An announcement has been heard."""
    room = tx.get(ConferenceRecord, due.account, due.subject)
    if room is not None and room.status != "completed":
        _announcement_over(world, tx, room, "announcement-end", due, str(due.data["url"]), "")


def _announcement_over(
    world: World,
    tx: Transaction,
    room: ConferenceRecord,
    event: str,
    due: Due,
    url: str,
    problem: str,
) -> None:
    key = f"{room.sid}/{due.data['call']}"
    participant = tx.get(ParticipantRecord, room.account_sid, key)
    more = [("AnnounceUrl", url)]
    if problem:
        more.append(("ReasonAnnouncementFailed", problem))
    report(world, tx, room, event, participant, more)


def _heard(due: Due) -> tuple[int, str]:
    """How many ms the document of an answer lasts, or what is wrong with it."""
    if due.data["error"]:
        return 0, str(due.data["error"])
    status = int(due.data["status"])
    if not 200 <= status < 300:
        return 0, f"the address answered {status}"
    try:
        document = parse(due.data["body"])
    except Unreadable as error:
        return 0, f"{error.code}: {error}"
    lengths = {"Say": timing.say, "Play": timing.play, "Pause": timing.pause}
    verbs = document.root.children
    length = sum(lengths[one.name](one) for one in verbs if one.name in lengths)
    return min(length, timing.LONGEST), ""


def _hold(
    world: World, tx: Transaction, room: ConferenceRecord, participant: ParticipantRecord
) -> None:
    """Let those who play music know; the document that HoldUrl names is fetched."""
    call = tx.get(CallRecord, participant.account_sid, participant.call_sid)
    if call is None:
        return
    tx.note(call.account_sid, call.sid, "on hold" if participant.hold else "off hold")
    if participant.hold and participant.hold_url:
        tx.send(
            Delivery(
                account=call.account_sid,
                subject=call.sid,
                url=participant.hold_url,
                method=participant.hold_method,
                params=[*callbacks.standard(call), *identity(room)],
                purpose="conference.music",
                about="hold",
                token=tx.mint("IT"),
            )
        )
    tell(world, tx, "conference.held", call, participant.hold)


@on("conference.music")
def _music(world: World, tx: Transaction, due: Due) -> None:
    """What somebody on hold hears stands on the timeline of their call."""
    call = tx.get(CallRecord, due.account, due.subject)
    if call is None or call.is_over:
        return
    url = str(due.data["request"]["url"])
    length, problem = _heard(due)
    if problem:
        tx.note(call.account_sid, call.sid, "hold music failed", url=url, reason=problem)
    else:
        tx.note(call.account_sid, call.sid, "hold music", url=url, milliseconds=length)


@listens("speech")
def _speaks(world: World, tx: Transaction, call: CallRecord, text: str) -> None:
    """Somebody in a room says something: the others hear it, and the callback is told when it begins and ends."""
    participant = participant_of(tx, call)
    if participant is None or participant.status != "connected":
        return
    room = tx.get(ConferenceRecord, call.account_sid, participant.conference_sid)
    if room is None or room.status != "in-progress" or participant.muted or participant.hold:
        return
    report(world, tx, room, "participant-speech-start", participant)
    ends = tx.now + max(1_000, timing.speech(text))
    tx.schedule(ends, "conference.spoken", call.account_sid, call.sid, conference=room.sid)


@on("conference.spoken")
def _spoken(world: World, tx: Transaction, due: Due) -> None:
    key = f"{due.data['conference']}/{due.subject}"
    participant = tx.get(ParticipantRecord, due.account, key)
    room = tx.get(ConferenceRecord, due.account, str(due.data["conference"]))
    if participant is not None and room is not None and room.status == "in-progress":
        report(world, tx, room, "participant-speech-stop", participant)
