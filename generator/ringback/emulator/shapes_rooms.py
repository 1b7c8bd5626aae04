"""Records as the wire shows them: recordings, conferences, participants, queues, members."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from ringback.emulator import callbacks
from ringback.emulator.queues import average_wait, wait_of
from ringback.emulator.records import (
    CallRecord,
    ConferenceRecord,
    MemberRecord,
    ParticipantRecord,
    QueueRecord,
    RecordingRecord,
)
from ringback.emulator.shapes import API_VERSION, moment, uri
from ringback.emulator.store import Transaction
from twilio_voice import UNSET, models


def recording(record: RecordingRecord) -> models.Recording:
    """A recording among those of its account: with the address of its sound, without its track."""
    over = record.status in ("completed", "deleted")
    return models.Recording(
        sid=models.RecordingSid(record.sid),
        account_sid=models.AccountSid(record.account_sid),
        call_sid=models.CallSid(record.call_sid) if record.call_sid else None,
        conference_sid=(
            models.ConferenceSid(record.conference_sid) if record.conference_sid else None
        ),
        channels=record.channels,
        status=models.RecordingStatus(record.status),
        duration=record.seconds if over else None,
        price=None if record.price is None else Decimal(record.price),
        price_unit="USD",
        source=models.RecordingSource(record.source),
        date_created=moment(record.created),
        date_updated=moment(record.updated),
        uri=uri(record.account_sid, "Recordings", record.sid),
        api_version=API_VERSION,
        start_time=moment(record.started),
        error_code=record.error_code,
        encryption_details=None,
        media_url=None if record.status == "deleted" else callbacks.recording_url(record),
        subresource_uris={
            "add_on_results": uri(record.account_sid, "Recordings", record.sid, "AddOnResults"),
            "transcriptions": uri(record.account_sid, "Recordings", record.sid, "Transcriptions"),
        },
    )


def recording_of_call(record: RecordingRecord) -> models.Recording:
    """A recording as it is shown below its call."""
    path = uri(record.account_sid, "Calls", record.call_sid, "Recordings", record.sid)
    return replace(
        recording(record),
        uri=path,
        media_url=UNSET,
        subresource_uris=UNSET,
        track=models.RecordingTrack(record.track),
    )


def recording_of_conference(record: RecordingRecord) -> models.Recording:
    """A recording as it is shown below its conference."""
    path = uri(record.account_sid, "Conferences", record.conference_sid, "Recordings", record.sid)
    return replace(recording(record), uri=path, media_url=UNSET, subresource_uris=UNSET)


def conference(record: ConferenceRecord) -> models.Conference:
    """A conference."""
    reason = record.reason_ended
    return models.Conference(
        sid=models.ConferenceSid(record.sid),
        account_sid=models.AccountSid(record.account_sid),
        friendly_name=record.friendly_name,
        status=models.ConferenceStatus(record.status),
        region=record.region,
        reason_conference_ended=models.ConferenceEndReason(reason) if reason else None,
        call_sid_ending_conference=models.CallSid(record.ended_by) if record.ended_by else None,
        date_created=moment(record.created),
        date_updated=moment(record.updated),
        uri=uri(record.account_sid, "Conferences", record.sid),
        subresource_uris={
            name: uri(record.account_sid, "Conferences", record.sid, name.title())
            for name in ("participants", "recordings")
        },
        api_version=API_VERSION,
    )


def participant(tx: Transaction, record: ParticipantRecord) -> models.Participant:
    """A participant. The time that its call waits in the queue is shown by who adds it, not here."""
    coached = record.call_sid_to_coach
    return models.Participant(
        call_sid=models.CallSid(record.call_sid),
        conference_sid=models.ConferenceSid(record.conference_sid),
        account_sid=models.AccountSid(record.account_sid),
        muted=record.muted,
        hold=record.hold,
        coaching=record.coaching,
        status=models.ParticipantStatus(_status(tx, record)),
        start_conference_on_enter=record.start_on_enter,
        end_conference_on_exit=record.end_on_exit,
        date_created=moment(record.created),
        date_updated=moment(record.updated),
        uri=uri(
            record.account_sid,
            "Conferences",
            record.conference_sid,
            "Participants",
            record.call_sid,
        ),
        label=record.label or None,
        call_sid_to_coach=models.CallSid(coached) if coached else None,
    )


def _status(tx: Transaction, record: ParticipantRecord) -> str:
    """How far a participant is: until it has joined, as far as its call."""
    if record.status != "queued":
        return record.status
    call = tx.get(CallRecord, record.account_sid, record.call_sid)
    if call is None or call.is_over:
        return "failed"
    if call.status == "queued":
        return "connecting" if call.sequence else "queued"
    return "ringing" if call.status == "ringing" else "connecting"


def queue(record: QueueRecord, waiting: Sequence[MemberRecord], tx: Transaction) -> models.Queue:
    """A queue with the figures of this moment."""
    return models.Queue(
        sid=models.QueueSid(record.sid),
        account_sid=models.AccountSid(record.account_sid),
        friendly_name=record.friendly_name,
        current_size=len(waiting),
        max_size=record.max_size,
        average_wait_time=average_wait(tx, list(waiting)),
        date_created=moment(record.created),
        date_updated=moment(record.updated),
        uri=uri(record.account_sid, "Queues", record.sid),
    )


def member(record: MemberRecord, position: int, tx: Transaction) -> models.QueueMember:
    """A waiting call, with its place and the time that it has waited."""
    return models.QueueMember(
        queue_sid=models.QueueSid(record.queue_sid),
        call_sid=models.CallSid(record.call_sid),
        date_enqueued=moment(record.enqueued),
        position=position,
        wait_time=wait_of(tx, record),
        uri=uri(record.account_sid, "Queues", record.queue_sid, "Members", record.call_sid),
    )
