"""Records as the wire shows them: calls."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from ringback.emulator.records import CallRecord
from twilio_voice import models
from twilio_voice._runtime.shapes import encode

_CALLS = msgspec.json.Decoder(CallRecord)
_encode = msgspec.json.Encoder().encode
API_VERSION = "2010-04-01"
_NORTH_AMERICAN = re.compile(r"\+1(\d{3})(\d{3})(\d{4})")


def moment(milliseconds: int | None) -> datetime | None:
    """A time as models hold it; the wire carries whole seconds."""
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds // 1000, UTC)


def uri(account_sid: str, *parts: str, suffix: str = ".json") -> str:
    """A resource's path, relative to the host."""
    return "/".join(("", API_VERSION, "Accounts", account_sid, *parts)) + suffix


def formatted(number: str) -> str:
    """A number as people write it: `(415) 555-1212`; what is not North American stays as it is."""
    found = _NORTH_AMERICAN.fullmatch(number)
    return "({}) {}-{}".format(*found.groups()) if found else number


_SUBRESOURCES = {
    "notifications": "Notifications",
    "recordings": "Recordings",
    "payments": "Payments",
    "events": "Events",
    "siprec": "Siprec",
    "streams": "Streams",
    "transcriptions": "Transcriptions",
    "user_defined_message_subscriptions": "UserDefinedMessageSubscriptions",
    "user_defined_messages": "UserDefinedMessages",
}


@lru_cache(maxsize=20_000)
def _rendered(stored: bytes) -> msgspec.Raw:
    return msgspec.Raw(encode(call(_CALLS.decode(stored))))


def stored_call(stored: bytes) -> models.Call:
    """A call as the wire shows it, made once for as long as it is stored like this. (It is JSON already.)"""
    return _rendered(stored)  # type: ignore[return-value]


def shown_call(record: CallRecord) -> models.Call:
    """The same for a record that was read and not changed."""
    return stored_call(_encode(record))


def call_list(envelope: dict[str, Any]) -> models.CallList:
    """A page of calls that are JSON already, as JSON."""
    return msgspec.Raw(_encode(envelope))  # type: ignore[return-value]


def call(record: CallRecord) -> models.Call:
    """A call."""
    path = uri(record.account_sid, "Calls", record.sid, suffix="")
    return models.Call(
        sid=models.CallSid(record.sid),
        account_sid=models.AccountSid(record.account_sid),
        parent_call_sid=models.CallSid(record.parent_call_sid) if record.parent_call_sid else None,
        to=record.to,
        to_formatted=formatted(record.to),
        from_=record.from_,
        from_formatted=formatted(record.from_),
        phone_number_sid=(
            models.PhoneNumberSid(record.phone_number_sid) if record.phone_number_sid else None
        ),
        status=models.CallStatus(record.status),
        direction=models.CallDirection(record.direction),
        price=None if record.price is None else Decimal(record.price),
        price_unit="USD",
        duration=record.seconds,
        start_time=moment(record.started),
        end_time=moment(record.ended),
        date_created=moment(record.created),
        date_updated=moment(record.updated),
        answered_by=models.CallAnsweredBy(record.answered_by) if record.answered_by else None,
        caller_name=record.caller_name,
        forwarded_from=record.forwarded_from,
        group_sid=None,
        uri=path + ".json",
        api_version=API_VERSION,
        subresource_uris={name: f"{path}/{below}.json" for name, below in _SUBRESOURCES.items()},
        queue_time=record.queue_ms,
        trunk_sid=None,
    )
