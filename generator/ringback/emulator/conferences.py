"""Conference rooms: who is in them, when they start, and how they end.

    init --(two are in, one of them may start it)--> in-progress --> completed

A room is opened by the first call that joins it, or is added to it, by name; there is one live room to a name. What the
first brings along for the room (its callback, recording, largest number) counts. Participants that the API adds are in the
room's list from the beginning, with the state of their call; they count as present once their call has joined.
"""

from __future__ import annotations

import re
from typing import Any

from ringback.emulator import calls, recordings
from ringback.emulator.conference_events import report
from ringback.emulator.records import (
    AccountRecord,
    CallRecord,
    ConferenceRecord,
    NotificationRecord,
    ParticipantRecord,
)
from ringback.emulator.signals import listens, tell
from ringback.emulator.store import Transaction
from ringback.emulator.world import World

LONGEST_NAME = 128
LARGEST = 250
RECORDED = frozenset({"record-from-start", "true"})

FULL = 16020
BAD_LABEL = 16024
TAKEN_LABEL = 16025
_BAD_LABEL_IN_TWIML = 16023
_REFUSALS = {
    FULL: "Conference is full",
    _BAD_LABEL_IN_TWIML: "Invalid participant label",
    TAKEN_LABEL: "The participant label is already used in this conference",
}

_ROOM = {
    "max_participants",
    "record",
    "callback",
    "callback_method",
    "callback_events",
    "recording_callback",
    "recording_callback_method",
    "recording_callback_events",
    "region",
    "wait_url",
    "wait_method",
}
_PARTICIPANT = {
    "muted",
    "start_on_enter",
    "end_on_exit",
    "beep",
    "label",
    "wait_url",
    "wait_method",
    "coaching",
    "call_sid_to_coach",
}
_EVENTS = ("callback_events", "recording_callback_events")

_SENTENCES = {
    "conference-ended-via-api": "The conference was ended through the API",
    "participant-with-end-conference-on-exit-left": "A participant whose exit ends the conference left",
    "participant-with-end-conference-on-exit-kicked": (
        "A participant whose exit ends the conference was removed"
    ),
    "last-participant-left": "The last participant left",
    "last-participant-kicked": "The last participant was removed",
}


def live(tx: Transaction, account_sid: str, name: str) -> ConferenceRecord | None:
    """The room of a name that has not ended."""
    rooms = tx.named(ConferenceRecord, account_sid, name)
    found = next((room for room in rooms if room.status != "completed"), None)
    return None if found is None else tx.get(ConferenceRecord, account_sid, found.sid)


def open_room(
    world: World, tx: Transaction, account_sid: str, name: str, options: dict[str, Any]
) -> ConferenceRecord:
    """A new room, with what its first participant brings along; others' options do not count."""
    chosen = {key: value for key, value in options.items() if key in _ROOM and value is not None}
    for key in _EVENTS:
        chosen[key] = recordings.words(chosen.get(key, ()))
    room = ConferenceRecord(
        account_sid=account_sid,
        sid=tx.mint("CF"),
        friendly_name=name,
        created=tx.now,
        updated=tx.now,
        **chosen,
    )
    tx.add(room)
    tx.note(account_sid, room.sid, "conference opened", name=name)
    return room


def participants(
    tx: Transaction, room: ConferenceRecord, *, joined: bool = False
) -> list[ParticipantRecord]:
    """Who is in a room, in the order of arrival: with those that are still being called, or only who `joined`."""
    rows = tx.rows(ParticipantRecord, room.account_sid, parent=room.sid, newest_first=False)
    wanted = ("connected",) if joined else ("connected", "queued")
    return [one for _, one in rows if one.status in wanted]


def participant_of(tx: Transaction, call: CallRecord) -> ParticipantRecord | None:
    """What a call is in the room where it is, or that it is being added to."""
    if not call.conference_sid:
        return None
    key = f"{call.conference_sid}/{call.sid}"
    found = tx.get(ParticipantRecord, call.account_sid, key)
    return None if found is None or found.status == "failed" else found


def valid_label(label: str) -> bool:
    """Whether a participant may be called so: a label that reads as a SID or splits a path could not be addressed."""
    if len(label) > LONGEST_NAME or "/" in label or "%2f" in label.lower():
        return False
    return not re.fullmatch(r"CA[0-9a-fA-F]{32}", label)


def join(
    world: World, tx: Transaction, call: CallRecord, name: str, options: dict[str, Any]
) -> ParticipantRecord | None:
    """Let a call join the live room of a name, which is opened where there is none.

    None: the room is full, or the label is not valid or already taken. That stands on the call's timeline and in its
    notifications, and the call goes on with its next verb.
    """
    tx.get(AccountRecord, call.account_sid, call.account_sid)  # workers open rooms one by one
    call = tx.get(CallRecord, call.account_sid, call.sid) or call
    options = _coached(options)
    added = participant_of(tx, call)
    if added is not None and added.status == "connected":
        leave(world, tx, call, "participant_updated_via_api", quiet=True)
        call = tx.get(CallRecord, call.account_sid, call.sid) or call
        added = None
    if added is not None:
        room = tx.get(ConferenceRecord, call.account_sid, added.conference_sid)
    else:
        room = live(tx, call.account_sid, name)
        refused = _refusal(tx, room, str(options.get("label") or ""))
        if refused:
            _refuse(tx, call, refused)
            return None
    if room is None:
        room = open_room(world, tx, call.account_sid, name, options)
    participant = added or new_participant(tx, room, call, options)
    participant.status = "connected"
    participant.updated = tx.now
    tx.save(participant)
    call.conference_sid = room.sid
    calls.save(tx, call)
    tx.note(call.account_sid, call.sid, "joined conference", conference=room.sid, name=name)
    report(world, tx, room, "participant-join", participant)
    _start_when_ready(world, tx, room)
    return participant


def new_participant(
    tx: Transaction, room: ConferenceRecord, call: CallRecord, options: dict[str, Any]
) -> ParticipantRecord:
    """Put a call on a room's list; it has not joined yet."""
    chosen = {
        key: value for key, value in options.items() if key in _PARTICIPANT and value is not None
    }
    participant = ParticipantRecord(
        account_sid=room.account_sid,
        conference_sid=room.sid,
        call_sid=call.sid,
        created=tx.now,
        updated=tx.now,
        **chosen,
    )
    earlier = tx.get(ParticipantRecord, room.account_sid, participant.key())
    if earlier is not None:
        tx.drop(earlier)
    tx.add(participant)
    return participant


def has_room(tx: Transaction, room: ConferenceRecord) -> bool:
    """Whether another participant may come in."""
    return len(participants(tx, room)) < room.max_participants


def label_is_taken(tx: Transaction, room: ConferenceRecord, label: str) -> bool:
    """Whether somebody in a room is called so."""
    return bool(label) and any(one.label == label for one in participants(tx, room))


def leave(
    world: World,
    tx: Transaction,
    call: CallRecord,
    reason: str,
    *,
    kicked: bool = False,
    quiet: bool = False,
) -> None:
    """Take a call out of its room, and end the room where that ends it.

    Tells `conference.left` when the call goes on, unless it is to be `quiet` because somebody else says how.
    """
    call = tx.get(CallRecord, call.account_sid, call.sid) or call
    participant = participant_of(tx, call)
    room = tx.get(ConferenceRecord, call.account_sid, call.conference_sid)
    if participant is None or room is None:
        return
    had_joined = participant.status == "connected"
    _take_out(world, tx, room, participant, reason if had_joined else "participant_add_failed")
    how = "kicked" if kicked else "left"
    if had_joined and participant.end_on_exit:
        end(world, tx, room, f"participant-with-end-conference-on-exit-{how}", participant)
    elif not participants(tx, room):
        end(world, tx, room, f"last-participant-{how}", participant)
    call = tx.get(CallRecord, call.account_sid, call.sid) or call
    if not call.is_over and not quiet:
        tell(world, tx, "conference.left", call)


def end(
    world: World,
    tx: Transaction,
    room: ConferenceRecord,
    reason: str,
    by: ParticipantRecord | None = None,
) -> None:
    """End a room. Through the API that hangs up on everybody; otherwise their calls go on with their next verb."""
    if room.status == "completed":
        return
    room.status = "completed"
    room.reason_ended = reason
    room.ended_by = by.call_sid if by is not None else ""
    via_api = reason == "conference-ended-via-api"
    left = "conference_ended_via_api" if via_api else "moderator_ended_conference"
    there = participants(tx, room)
    for one in there:
        _take_out(world, tx, room, one, left)
    more = [("CallSidEndingConference", by.call_sid)] if by is not None else []
    if by is not None and by.label:
        more.append(("ParticipantLabelEndingConference", by.label))
    more += [("ReasonConferenceEnded", reason), ("Reason", _SENTENCES[reason])]
    report(world, tx, room, "conference-end", more=more)
    tx.unschedule(room.sid)
    recordings.stop_all(world, tx, room.account_sid, room.sid)
    for one in there:
        _send_off(world, tx, one, via_api)


def _send_off(world: World, tx: Transaction, one: ParticipantRecord, via_api: bool) -> None:
    """What becomes of the call of somebody whose room has ended."""
    call = tx.get(CallRecord, one.account_sid, one.call_sid)
    if call is None or call.is_over:
        return
    if call.started is None:
        calls.end(world, tx, call, "canceled")
    elif via_api:
        calls.end(world, tx, call, "completed")
    else:
        tell(world, tx, "conference.left", call)


def _take_out(
    world: World,
    tx: Transaction,
    room: ConferenceRecord,
    participant: ParticipantRecord,
    reason: str,
) -> None:
    """Remove somebody from a room's list. Who never joined stays known as failed, to those who ask for them."""
    call = tx.get(CallRecord, participant.account_sid, participant.call_sid)
    had_joined = participant.status == "connected"
    if had_joined:
        tx.drop(participant)
    else:
        participant.status = "failed"
        participant.updated = tx.now
        tx.save(participant)
    status = "completed"
    if call is not None:
        status = call.status
        call.conference_sid = ""
        calls.save(tx, call)
        tx.note(call.account_sid, call.sid, "left conference", conference=room.sid, reason=reason)
    more = [("ParticipantCallStatus", status), ("ReasonParticipantLeft", reason)]
    report(world, tx, room, "participant-leave", participant, more)


def _start_when_ready(world: World, tx: Transaction, room: ConferenceRecord) -> None:
    there = participants(tx, room, joined=True)
    if room.status != "init" or len(there) < 2 or not any(one.start_on_enter for one in there):
        return
    room.status = "in-progress"
    room.started = tx.now
    report(world, tx, room, "conference-start")
    if room.record in RECORDED:
        recordings.start(
            world,
            tx,
            room.account_sid,
            conference=room,
            source="Conference",
            callback=room.recording_callback,
            callback_method=room.recording_callback_method,
            callback_events=room.recording_callback_events,
        )
    for one in there:
        call = tx.get(CallRecord, one.account_sid, one.call_sid)
        if call is not None:
            tell(world, tx, "conference.started", call)


def _coached(options: dict[str, Any]) -> dict[str, Any]:
    """Options in the records' words: a verb names the call to coach, and coaches by doing so."""
    coach = options.get("coach")
    return {**options, "coaching": True, "call_sid_to_coach": coach} if coach else options


def _refusal(tx: Transaction, room: ConferenceRecord | None, label: str) -> int:
    """Why a call cannot join: an error's code, or 0."""
    if not valid_label(label):
        return _BAD_LABEL_IN_TWIML
    if room is None:
        return 0
    if not has_room(tx, room):
        return FULL
    return TAKEN_LABEL if label_is_taken(tx, room, label) else 0


def _refuse(tx: Transaction, call: CallRecord, code: int) -> None:
    tx.note(call.account_sid, call.sid, "error", code=code, message=_REFUSALS[code])
    tx.add(
        NotificationRecord(
            account_sid=call.account_sid,
            sid=tx.mint("NO"),
            call_sid=call.sid,
            error_code=code,
            message=_REFUSALS[code],
            request_url=call.url,
            request_method=call.method,
            created=tx.now,
        )
    )


@listens("call.ended")
def _hung_up(world: World, tx: Transaction, call: CallRecord) -> None:
    leave(world, tx, call, "participant_hung_up")


@listens("call.redirected")
def _redirected(world: World, tx: Transaction, call: CallRecord) -> None:
    leave(world, tx, call, "participant_updated_via_api", quiet=True)
