"""Webhooks: what they carry, and putting them into the queue."""

from __future__ import annotations

from datetime import UTC, datetime

from ringback.emulator.records import CallRecord, Delivery, RecordingRecord
from ringback.emulator.settings import Settings
from ringback.emulator.store import Transaction
from twilio_voice._runtime.values import format_rfc2822

API_VERSION = "2010-04-01"


def rfc2822(milliseconds: int) -> str:
    """A time as the wire writes it."""
    return format_rfc2822(datetime.fromtimestamp(milliseconds // 1000, UTC))


def standard(call: CallRecord, status: str | None = None) -> list[tuple[str, str]]:
    """What every request about a call carries."""
    pairs = [
        ("CallSid", call.sid),
        ("AccountSid", call.account_sid),
        ("From", call.from_),
        ("To", call.to),
        ("CallStatus", status or call.status),
        ("ApiVersion", API_VERSION),
        ("Direction", call.direction),
        ("Called", call.to),
        ("Caller", call.from_),
    ]
    if call.forwarded_from:
        pairs.append(("ForwardedFrom", call.forwarded_from))
    if call.caller_name:
        pairs.append(("CallerName", call.caller_name))
    if call.parent_call_sid:
        pairs.append(("ParentCallSid", call.parent_call_sid))
    return pairs


def send(
    tx: Transaction,
    account: str,
    subject: str,
    about: str,
    url: str,
    method: str,
    params: list[tuple[str, str]],
) -> None:
    """Queue a webhook whose answer does not matter."""
    delivery = Delivery(
        account=account,
        subject=subject,
        url=url,
        method=method or "POST",
        params=params,
        about=about,
        token=tx.mint("IT"),
    )
    tx.send(delivery)


_STATUS_OF = {"initiated": "initiated", "ringing": "ringing", "answered": "in-progress"}


def status(tx: Transaction, call: CallRecord, event: str) -> None:
    """Tell a call's status callback of an event, if it wants to know. Every event has its number, wanted or not."""
    number = call.sequence
    call.sequence += 1
    wanted = call.status_callback_events or ["completed"]
    if not call.status_callback or event not in wanted:
        return
    params = standard(call, _STATUS_OF.get(event))
    params += [
        ("Timestamp", rfc2822(tx.now)),
        ("CallbackSource", "call-progress-events"),
        ("SequenceNumber", str(number)),
    ]
    if event == "completed":
        params += _ending(tx, call)
    send(
        tx,
        call.account_sid,
        call.sid,
        "status",
        call.status_callback,
        call.status_callback_method,
        params,
    )


def _ending(tx: Transaction, call: CallRecord) -> list[tuple[str, str]]:
    seconds = call.seconds or 0
    pairs = [("Duration", str(-(-seconds // 60))), ("CallDuration", str(seconds))]
    if call.sip_code is not None:
        pairs.append(("SipResponseCode", str(call.sip_code)))
    if call.answered_by:
        pairs.append(("AnsweredBy", call.answered_by))
    if call.record:
        for _, recording in tx.rows(
            RecordingRecord, call.account_sid, parent=call.sid, newest_first=False
        ):
            if recording.source == "OutboundAPI":
                pairs += [
                    ("RecordingUrl", recording_url(recording)),
                    ("RecordingSid", recording.sid),
                    ("RecordingDuration", str(recording.seconds or 0)),
                ]
                break
    return pairs


def recording_url(recording: RecordingRecord) -> str:
    """Where a recording's audio is. The host is the vendor's, as in the documents: clients replace it."""
    return f"https://api.twilio.com/{API_VERSION}/Accounts/{recording.account_sid}/Recordings/{recording.sid}"


def first_conference_number(settings: Settings, sequence: int) -> int:
    """The number of a conference's callback, counted from the first that was made."""
    return settings.first_conference_sequence + sequence
