"""Calls are written without a model between; what is written is what the model says."""

from __future__ import annotations

import pytest

from ringback.emulator import shapes
from ringback.emulator.records import CallRecord
from twilio_voice._runtime.shapes import encode

_ACCOUNT = "AC" + "0" * 32
_BARE = CallRecord(
    account_sid=_ACCOUNT,
    sid="CA" + "1" * 32,
    to="+14155551212",
    from_='client:Jürgen "x"',
    created=1_767_225_600_999,
    updated=1_767_225_601_000,
)
_FULL = CallRecord(
    account_sid=_ACCOUNT,
    sid="CA" + "2" * 32,
    to="sip:a@b.example",
    from_="+14155550000",
    status="completed",
    direction="outbound-dial",
    parent_call_sid="CA" + "1" * 32,
    phone_number_sid="PN" + "3" * 32,
    created=0,
    updated=1_767_225_600_000,
    queue_ms=12_345,
    started=951_782_400_000,
    ended=4_102_444_799_000,
    seconds=61,
    price="-0.0280",
    answered_by="machine_start",
    caller_name="ANNE",
    forwarded_from="+14155550001",
)


@pytest.mark.parametrize("record", [_BARE, _FULL])
def test_a_call_is_written_as_its_model_is(record: CallRecord) -> None:
    assert bytes(shapes.wire_call(record)) == encode(shapes.call(record))  # type: ignore[call-overload]
