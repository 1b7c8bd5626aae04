"""The group `participants` of the API.

Adding a participant makes an outbound call like any other, whose instructions are to join the room. Its participant is on
the room's list from the beginning, with all that the request says of it, so those instructions only name the room.
"""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from msgspec.structs import replace

from ringback.emulator import calls, conference_control, conferences, recordings
from ringback.emulator import shapes_rooms as shapes
from ringback.emulator import validation as v
from ringback.emulator.accounts import account_of
from ringback.emulator.errors import invalid, not_found
from ringback.emulator.handlers_conferences import room_of
from ringback.emulator.lists import equals, page
from ringback.emulator.records import (
    AccountRecord,
    CallRecord,
    ConferenceRecord,
    ParticipantRecord,
)
from ringback.emulator.statements import Bounds
from ringback.emulator.store import Transaction
from ringback.emulator.world import World
from twilio_voice import UNSET, models
from twilio_voice import server as s

_SID = re.compile(r"CF[0-9a-fA-F]{32}")


class Participants:
    """Adding, watching, changing and removing who is in a conference."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def list(self, given: s.ListParticipantsInput, /) -> s.ListParticipantsAnswer:
        def keep(row: ParticipantRecord) -> bool:
            return (
                row.status != "failed"
                and equals(given.muted, row.muted)
                and equals(given.hold, row.hold)
                and equals(given.coaching, row.coaching)
            )

        def work(tx: Transaction) -> dict[str, Any]:
            if tx.get(ConferenceRecord, given.account_sid, given.conference_sid) is None:
                raise not_found(given.request)
            return page(
                self._world,
                tx,
                given,
                ParticipantRecord,
                given.account_sid,
                keep,
                lambda row: shapes.participant(tx, row),
                bounds=Bounds(parent=given.conference_sid),
            )

        envelope = await self._world.store.run(work, read=True)
        return s.ListParticipants200(models.ParticipantList(**envelope))

    async def create(self, given: s.CreateParticipantInput, /) -> s.CreateParticipantAnswer:
        body = given.body
        _check(self._world, body)

        def work(tx: Transaction) -> models.Participant:
            account = account_of(tx, given.account_sid, given.request)
            if account.test:
                raise s.Fault(403, "Resource not accessible with test credentials", code=20008)
            number = _number(self._world, tx, account, given)
            room = self._room(tx, given)
            call = _call_of(tx, room, body, number)
            participant = conferences.new_participant(tx, room, call, _participant_options(body))
            calls.queue(self._world, tx, account, call)
            shown = shapes.participant(tx, participant)
            return replace(shown, queue_time=call.queue_ms)

        added = await self._world.store.run(work)
        await self._world.acted()
        return s.CreateParticipant201(added)

    async def fetch(self, given: s.FetchParticipantInput, /) -> s.FetchParticipantAnswer:
        def work(tx: Transaction) -> models.Participant:
            return shapes.participant(tx, _found(tx, given, failed=True))

        return s.FetchParticipant200(await self._world.store.run(work, read=True))

    async def update(self, given: s.UpdateParticipantInput, /) -> s.UpdateParticipantAnswer:
        body = given.body
        v.check_urls(self._world.settings, body)

        def work(tx: Transaction) -> models.Participant:
            participant = _found(tx, given)
            room = tx.get(ConferenceRecord, given.account_sid, participant.conference_sid)
            if room is None:
                raise not_found(given.request)
            changes = _changes(participant, body)
            if changes.get("coaching") or changes.get("call_sid_to_coach"):
                coached = changes.get("call_sid_to_coach", participant.call_sid_to_coach)
                _check_coached(tx, room, coached)
            changed = conference_control.change(self._world, tx, room, participant, changes)
            if body.announce_url:
                method = str(body.announce_method or "POST")
                conference_control.announce(tx, room, changed, body.announce_url, method)
            return shapes.participant(tx, changed)

        changed = await self._world.store.run(work)
        await self._world.acted()
        return s.UpdateParticipant200(changed)

    async def delete(self, given: s.DeleteParticipantInput, /) -> s.DeleteParticipantAnswer:
        await self._world.store.run(
            lambda tx: conference_control.kick(self._world, tx, _found(tx, given))
        )
        await self._world.acted()
        return s.DeleteParticipant204()

    def _room(self, tx: Transaction, given: s.CreateParticipantInput) -> ConferenceRecord:
        """The room to join: a name opens one where there is none; a SID must be that of a live one."""
        body, account_sid = given.body, given.account_sid
        room = room_of(tx, account_sid, given.conference_sid)
        if room is not None and room.status == "completed":
            room = None
        if room is None and _SID.fullmatch(given.conference_sid):
            raise not_found(given.request)
        if not given.conference_sid.strip():
            raise not_found(given.request)
        if body.coaching is True:
            _check_coached(tx, room, body.call_sid_to_coach or "")
        if room is None:
            options = _room_options(body)
            return conferences.open_room(
                self._world, tx, account_sid, given.conference_sid, options
            )
        if not conferences.has_room(tx, room):
            raise invalid(conferences.FULL, "Conference is full")
        if conferences.label_is_taken(tx, room, body.label or ""):
            told = f"Participant label {body.label} is already used in this conference"
            raise invalid(conferences.TAKEN_LABEL, told)
        return room


def _check(world: World, body: models.CreateParticipantRequest) -> None:
    """What can be said of a request without looking into the database."""
    v.check_to(body.to, application=True)
    v.check_magic(body.to, body.from_)
    v.check_urls(world.settings, body)
    v.check_sip(body)
    v.check_detection(world.settings, body)
    if body.label and not conferences.valid_label(body.label):
        told = "Invalid participant label: at most 128 characters, no call SID, no slash"
        raise invalid(conferences.BAD_LABEL, told)


def _number(
    world: World, tx: Transaction, account: AccountRecord, given: s.CreateParticipantInput
) -> str:
    """The SID of the calling number, where there is one and the call can be queued at all."""
    body, longest = given.body, world.settings.longest_queue * 1000
    if calls.waiting_time(world, tx, account) > longest:
        told = "Call queue is full: queued calls would take more than 24 hours to dial"
        raise invalid(22005, told)
    if body.from_ == v.MAGIC_OK:
        return ""
    return v.check_from(tx, account, body.to, body.from_, given.request)


def _check_coached(tx: Transaction, room: ConferenceRecord | None, call_sid: str) -> None:
    """Who is coached must be in the room."""
    there = conferences.participants(tx, room) if room is not None else []
    if not any(one.call_sid == call_sid for one in there):
        raise invalid(20001, "CallSidToCoach must be the call of a participant of the conference.")


def _call_of(
    tx: Transaction, room: ConferenceRecord, body: models.CreateParticipantRequest, number: str
) -> CallRecord:
    """The call that joins the room when it is answered. What detects machines does not hold it back."""
    wait = ""
    if body.wait_url and body.wait_url.isprintable():
        method = str(body.wait_method or "POST")
        wait = f" waitUrl={quoteattr(body.wait_url)} waitMethod={quoteattr(method)}"
    name = escape(room.friendly_name if room.friendly_name.isprintable() else room.sid)
    return CallRecord(
        account_sid=room.account_sid,
        sid=tx.mint("CA"),
        to=body.to,
        from_=body.caller_id or body.from_,
        phone_number_sid=number,
        caller_name=body.caller_display_name or None,
        created=tx.now,
        updated=tx.now,
        conference_sid=room.sid,
        twiml=f"<Response><Dial><Conference{wait}>{name}</Conference></Dial></Response>",
        status_callback=body.status_callback or "",
        status_callback_method=str(body.status_callback_method or "POST"),
        status_callback_events=recordings.words(body.status_callback_event or ()),
        timeout=body.timeout or 60,
        time_limit=calls.time_limit(body.time_limit),
        record=body.record is True,
        recording_channels=str(body.recording_channels or "mono"),
        recording_track=str(body.recording_track or "both"),
        recording_trim=str(body.trim or "trim-silence"),
        recording_status_callback=body.recording_status_callback or "",
        recording_status_callback_method=str(body.recording_status_callback_method or "POST"),
        recording_status_callback_events=recordings.words(
            body.recording_status_callback_event or ()
        ),
        machine_detection=str(body.machine_detection or ""),
        machine_detection_timeout=body.machine_detection_timeout or 30,
        async_amd=True,
        amd_status_callback=body.amd_status_callback or "",
        amd_status_callback_method=str(body.amd_status_callback_method or "POST"),
    )


def _given(**values: Any) -> dict[str, Any]:
    """What was given, as plain values."""
    plain: dict[str, Any] = {}
    for name, value in values.items():
        if value is not UNSET and value is not None:
            plain[name] = str(value) if isinstance(value, str) else value
    return plain


def _participant_options(body: models.CreateParticipantRequest) -> dict[str, Any]:
    return _given(
        muted=body.muted,
        start_on_enter=body.start_conference_on_enter,
        end_on_exit=body.end_conference_on_exit,
        beep=body.beep,
        label=body.label,
        wait_url=body.wait_url,
        wait_method=body.wait_method,
        coaching=body.coaching,
        call_sid_to_coach=body.call_sid_to_coach,
    )


def _room_options(body: models.CreateParticipantRequest) -> dict[str, Any]:
    return _given(
        max_participants=body.max_participants,
        record=body.conference_record,
        callback=body.conference_status_callback,
        callback_method=body.conference_status_callback_method,
        callback_events=body.conference_status_callback_event,
        recording_callback=body.conference_recording_status_callback,
        recording_callback_method=body.conference_recording_status_callback_method,
        recording_callback_events=body.conference_recording_status_callback_event,
        region=body.region,
        wait_url=body.wait_url,
        wait_method=body.wait_method,
    )


def _changes(
    participant: ParticipantRecord, body: models.UpdateParticipantRequest
) -> dict[str, Any]:
    """What an update sets, by the record's field."""
    beep = body.beep_on_exit
    return _given(
        muted=body.muted,
        hold_url=body.hold_url,
        hold_method=body.hold_method,
        hold=body.hold,
        wait_url=body.wait_url,
        wait_method=body.wait_method,
        end_on_exit=body.end_conference_on_exit,
        coaching=body.coaching,
        call_sid_to_coach=body.call_sid_to_coach,
        beep=(
            conference_control.beep_on_exit(participant.beep, beep)
            if isinstance(beep, bool)
            else UNSET
        ),
    )


def _found(tx: Transaction, given: Any, *, failed: bool = False) -> ParticipantRecord:
    """A participant by the SID of its call, or by its label; one whose call failed is only shown by its SID."""
    room = tx.get(ConferenceRecord, given.account_sid, given.conference_sid)
    if room is None:
        raise not_found(given.request)
    found = tx.get(ParticipantRecord, given.account_sid, f"{room.sid}/{given.call_sid}")
    if found is not None and (failed or found.status != "failed"):
        return found
    for one in conferences.participants(tx, room):
        if one.label and one.label == given.call_sid:
            return one
    raise not_found(given.request)
