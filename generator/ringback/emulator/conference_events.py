"""What a conference tells its status callback.

Every event takes the next number, whether the callback wants to know of it or not, so that the numbers of those that are
sent show their order and where others were left out.
"""

from __future__ import annotations

from ringback.emulator import callbacks
from ringback.emulator.records import ConferenceRecord, ParticipantRecord
from ringback.emulator.store import Transaction
from ringback.emulator.world import World

_FAMILIES = {
    "conference-start": "start",
    "conference-end": "end",
    "participant-join": "join",
    "participant-leave": "leave",
    "participant-mute": "mute",
    "participant-unmute": "mute",
    "participant-hold": "hold",
    "participant-unhold": "hold",
    "participant-modify": "modify",
    "participant-speech-start": "speaker",
    "participant-speech-stop": "speaker",
    "announcement-end": "announcement",
    "announcement-fail": "announcement",
}
"""Which word of StatusCallbackEvent asks for an event."""

USUAL = ("start", "end")


def report(
    world: World,
    tx: Transaction,
    room: ConferenceRecord,
    event: str,
    participant: ParticipantRecord | None = None,
    more: list[tuple[str, str]] | None = None,
) -> None:
    """Let something that happened stand on the room's timeline, and tell its callback. Saves the room."""
    number = callbacks.first_conference_number(world.settings, room.sequence)
    room.sequence += 1
    room.updated = tx.now
    tx.save(room)
    about = {"call": participant.call_sid} if participant is not None else {}
    tx.note(room.account_sid, room.sid, event, number=number, **about)
    if not room.callback or _FAMILIES[event] not in (room.callback_events or USUAL):
        return
    params = identity(room)
    params += [
        ("SequenceNumber", str(number)),
        ("Timestamp", callbacks.rfc2822(tx.now)),
        ("StatusCallbackEvent", event),
    ]
    if participant is not None:
        params += _participant(participant)
    callbacks.send(
        tx,
        room.account_sid,
        room.sid,
        "conference",
        room.callback,
        room.callback_method,
        [*params, *(more or ())],
    )


def identity(room: ConferenceRecord) -> list[tuple[str, str]]:
    """Which conference a request is about."""
    return [
        ("ConferenceSid", room.sid),
        ("FriendlyName", room.friendly_name),
        ("AccountSid", room.account_sid),
    ]


def _participant(one: ParticipantRecord) -> list[tuple[str, str]]:
    pairs = [
        ("CallSid", one.call_sid),
        ("Muted", _flag(one.muted)),
        ("Hold", _flag(one.hold)),
        ("Coaching", _flag(one.coaching)),
        ("EndConferenceOnExit", _flag(one.end_on_exit)),
        ("StartConferenceOnEnter", _flag(one.start_on_enter)),
    ]
    if one.label:
        pairs.append(("ParticipantLabel", one.label))
    return pairs


def _flag(value: bool) -> str:
    return "true" if value else "false"
