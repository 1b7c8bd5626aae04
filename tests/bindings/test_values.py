"""How single values travel: dates, money, numbers in text, names that need escaping, lists."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from scripted import ACCOUNT, Script, answer, call_body, page_body

from twilio_voice import models
from twilio_voice._runtime.decode import decode
from twilio_voice._runtime.shapes import encode
from twilio_voice._runtime.values import format_rfc2822, parse_rfc2822

AUGUST = datetime(2010, 8, 31, 20, 36, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Tue, 31 Aug 2010 20:36:28 +0000", AUGUST),
        ("Wed, 31 Aug 2010 20:36:28 +0000", AUGUST),  # a wrong weekday, as published bodies have it
        ("Tue, 31 Aug 2010 13:36:28 -0700", AUGUST),
        ("31 Aug 2010 20:36:28 GMT", AUGUST),
        ("Tue, 31 Aug 2010 20:36:28 Z", AUGUST),
        ("Tue, 31 Aug 2010 16:36:28 EDT", AUGUST),
        ("Tue,  1 Aug 2010 20:36 +0530", datetime(2010, 8, 1, 15, 6, tzinfo=UTC)),
    ],
)
def test_rfc_2822_is_read(text: str, moment: datetime) -> None:
    found = parse_rfc2822(text)
    assert found == moment
    assert found.tzinfo is not None


NO_DATES = """
2010-08-31T20:36:28Z
Tue, 31 Aug 2010
Tue, 32 Aug 2010 20:36:28 +0000
Tue, 31 Foo 2010 20:36:28 +0000
Tue, 31 Aug 2010 25:36:28 +0000
Tue, 31 Aug 2010 20:36:28
Tue, 31 Aug 2010 20:36:28 +0000x
"""


@pytest.mark.parametrize("text", NO_DATES.split("\n")[1:])
def test_what_is_not_rfc_2822_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an RFC 2822 date-time"):
        parse_rfc2822(text)


def test_rfc_2822_is_written() -> None:
    assert format_rfc2822(AUGUST) == "Tue, 31 Aug 2010 20:36:28 +0000"
    west = timezone(timedelta(hours=-3, minutes=-30))
    assert format_rfc2822(AUGUST.astimezone(west)) == "Tue, 31 Aug 2010 17:06:28 -0330"
    assert format_rfc2822(AUGUST.replace(tzinfo=None)) == "Tue, 31 Aug 2010 20:36:28 +0000"
    assert format_rfc2822(datetime(2024, 2, 9, tzinfo=UTC))[:16] == "Fri, 09 Feb 2024"


def test_money_is_decimal_and_keeps_its_digits() -> None:
    call, drifts = decode(models.Call, encode_json(call_body(price="-0.00750", duration="15")))
    assert call.price == Decimal("-0.00750")
    assert str(call.price) == "-0.00750"
    assert call.duration == 15
    assert type(call.duration) is int
    assert drifts == ()
    assert b'"price":"-0.00750"' in encode(call)
    assert b'"duration":"15"' in encode(call)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("price", "free"),
        ("price", "1,50"),
        ("duration", 15),
        ("duration", "1.5"),
        ("duration", "９"),
        ("queue_time", ""),
        ("date_created", "2010-08-31T20:36:28Z"),
    ],
)
def test_what_is_not_of_its_kind_is_kept_and_told(name: str, value: Any) -> None:
    call, drifts = decode(models.Call, encode_json(call_body(**{name: value})))
    assert [drift.pointer for drift in drifts] == [f"/{name}"]
    assert getattr(call, name) == value


def encode_json(body: dict[str, Any]) -> bytes:
    import json

    return json.dumps(body).encode()


# -- on the wire


def _sent_form(**arguments: Any) -> list[str]:
    script = Script(answer(201, call_body()))
    script.client().calls.create(to="+15551", from_="client:a b&c", **arguments)
    return script.requests[0].content.decode().split("&")


def test_form_names_and_values_are_escaped_and_booleans_are_words() -> None:
    sent = _sent_form(record=True, async_amd=False, timeout=20, caller_id="é+ü=/")
    assert sent[:2] == ["To=%2B15551", "From=client%3Aa+b%26c"]
    assert set(sent[2:]) == {
        "Record=true",
        "AsyncAmd=false",
        "Timeout=20",
        "CallerId=%C3%A9%2B%C3%BC%3D%2F",
    }


def test_lists_repeat_their_name() -> None:
    sent = _sent_form(status_callback_event=["initiated", models.CallEvent.ANSWERED])
    assert sent[2:] == ["StatusCallbackEvent=initiated", "StatusCallbackEvent=answered"]
    assert _sent_form(status_callback_event=[])[2:] == []


def test_inequality_filters_travel_under_their_own_names() -> None:
    script = Script(answer(200, page_body(None)))
    west = timezone(timedelta(hours=-7))
    list(
        script.client().calls.list(
            start_time=date(2009, 7, 6),
            start_time_before=AUGUST,
            start_time_after=AUGUST.astimezone(west),
            end_time_after=date(2010, 1, 1),
            status="in-progress",
        )
    )
    assert script.paths == [
        f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json?Status=in-progress&StartTime=2009-07-06"
        "&StartTime%3C=2010-08-31T20%3A36%3A28Z&StartTime%3E=2010-08-31T13%3A36%3A28-07%3A00"
        "&EndTime%3E=2010-01-01"
    ]


def test_what_is_none_or_unset_is_not_sent() -> None:
    assert _sent_form(url=None, twiml=None)[2:] == []


def test_a_label_with_a_slash_stays_one_segment() -> None:
    script = Script(answer(204))
    script.client().participants.delete(models.ConferenceSid("CF" + "0" * 32), "front/desk é")
    assert script.paths[0].endswith("/Participants/front%2Fdesk%20%C3%A9.json")


def test_extra_query_form_and_headers_of_the_caller() -> None:
    from twilio_voice import RequestOptions

    script = Script(answer(201, call_body()))
    options = RequestOptions(
        headers={"X-Mine": "1"}, extra_query={"Beta>": "a b"}, extra_form={"New": "é"}
    )
    script.client().calls.create(to="+1", from_="+2", options=options)
    (request,) = script.requests
    assert request.headers["x-mine"] == "1"
    assert request.url.raw_path.endswith(b"/Calls.json?Beta%3E=a%20b")
    assert request.content == b"To=%2B1&From=%2B2&New=%C3%A9"
