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
from twilio_voice._runtime.values import format_rfc2822

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


@lru_cache(maxsize=4096)
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


class _Wire(msgspec.Struct, rename={"from_": "from"}):
    """A call as the model of it is written: the same fields in the same order, already as JSON has them."""

    sid: str
    account_sid: str
    parent_call_sid: str | None
    to: str
    to_formatted: str
    from_: str
    from_formatted: str
    phone_number_sid: str | None
    status: str
    direction: str
    price: str | None
    price_unit: str
    duration: str | None
    start_time: str | None
    end_time: str | None
    date_created: str | None
    date_updated: str | None
    answered_by: str | None
    caller_name: str | None
    forwarded_from: str | None
    group_sid: None
    uri: str
    api_version: str
    subresource_uris: msgspec.Raw
    queue_time: str
    trunk_sid: None


_BELOW = msgspec.json.encode({name: f"<>/{below}.json" for name, below in _SUBRESOURCES.items()})


@lru_cache(maxsize=4096)
def _written(second: int) -> str:
    return format_rfc2822(datetime.fromtimestamp(second, UTC))


def _second(milliseconds: int | None) -> str | None:
    return None if milliseconds is None else _written(milliseconds // 1000)


def wire_call(record: CallRecord) -> models.Call:
    """A call as JSON. This is `call`, written without a model between: it is what most requests cost."""
    path = f"/{API_VERSION}/Accounts/{record.account_sid}/Calls/{record.sid}"
    made = _Wire(
        record.sid,
        record.account_sid,
        record.parent_call_sid or None,
        record.to,
        formatted(record.to),
        record.from_,
        formatted(record.from_),
        record.phone_number_sid or None,
        record.status,
        record.direction,
        None if record.price is None else format(Decimal(record.price), "f"),
        "USD",
        None if record.seconds is None else str(record.seconds),
        _second(record.started),
        _second(record.ended),
        _second(record.created),
        _second(record.updated),
        record.answered_by or None,
        record.caller_name,
        record.forwarded_from,
        None,
        path + ".json",
        API_VERSION,
        msgspec.Raw(_BELOW.replace(b"<>", path.encode())),
        str(record.queue_ms),
        None,
    )
    return msgspec.Raw(_encode(made))  # type: ignore[return-value]


@lru_cache(maxsize=20_000)
def stored_call(stored: bytes) -> models.Call:
    """A call as the wire shows it, made once for as long as it is stored like this. (It is JSON already.)"""
    return wire_call(_CALLS.decode(stored))


def call_list(envelope: dict[str, Any]) -> bytes:
    """A page of calls that are JSON already, as JSON."""
    return _encode(envelope)


def as_written(content: bytes) -> models.CallList:
    """A list that is JSON already, in the place of its model."""
    return msgspec.Raw(content)  # type: ignore[return-value]


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
