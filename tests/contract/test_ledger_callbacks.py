"""Callbacks have the declared form and signature, come once, in order, and none is missing."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from talking import (
    ACCOUNT,
    BASE,
    CALLEE,
    NUMBER,
    SID,
    TOKEN,
    call,
    document,
    emulator,
    exchange,
    said,
    talking,
    voice,
)

from ringback.contract.ledger import Ledger
from ringback.contract.ledger.signature import sign
from ringback.contract.receiver import Receiver
from ringback.contract.traffic import Delivery, Exchange, Request

URL = "http://127.0.0.1:9/rb1/StatusCallback"
STATUS = {
    "CallSid": SID, "AccountSid": ACCOUNT, "From": NUMBER, "To": CALLEE, "CallStatus": "ringing",
    "ApiVersion": "2010-04-01", "Direction": "outbound-api", "SequenceNumber": "1",
    "Timestamp": "Tue, 31 Aug 2010 20:36:28 +0000", "CallbackSource": "call-progress-events",
}  # fmt: skip


def delivery(
    number: int = 1,
    *,
    method: str = "POST",
    key: str = TOKEN,
    drop: str = "",
    slot: str = "StatusCallback",
    at: float | None = None,
    **changes: str,
) -> Delivery:
    form = {**STATUS, **changes}
    form.pop(drop, None)
    pairs = sorted(form.items())
    url = URL if method == "POST" else f"{URL}?{urlencode(pairs)}"
    target = url.removeprefix("http://127.0.0.1:9")
    headers = [("x-twilio-signature", sign(key, url, pairs if method == "POST" else []))]
    body = b""
    if method == "POST":
        headers.append(("content-type", "application/x-www-form-urlencoded"))
        body = urlencode(pairs).encode()
    request = Request(method, target, tuple(headers), body)
    received = 2000.0 + number * 10 if at is None else at
    return Delivery(number, request, received, 1, slot, "rb1", URL)


def told(**more: Any) -> Ledger:
    ledger = Ledger(voice(), secret=TOKEN)
    form = {"To": CALLEE, "From": NUMBER, "StatusCallback": URL, **more}
    assert (
        said(ledger.take(exchange(1, "POST", f"{BASE}/Calls.json", 201, call(), form=form))) == []
    )
    return ledger


def deliver(ledger: Ledger, *deliveries: Delivery) -> list[tuple[str, str]]:
    return said(finding for one in deliveries for finding in ledger.deliver(one))


def test_what_is_right_is_not_found() -> None:
    ledger = told()
    steps = ["initiated", "ringing", "in-progress", "completed"]
    right = [
        delivery(number, CallStatus=step, SequenceNumber=str(number - 1))
        for number, step in enumerate(steps, 1)
    ]
    assert deliver(ledger, *right) == []
    assert said(ledger.finish()) == []


def test_a_callback_by_get_is_signed_over_its_url() -> None:
    assert deliver(told(StatusCallbackMethod="GET"), delivery(method="GET")) == []


def test_the_method_that_was_asked_for() -> None:
    assert deliver(told(StatusCallbackMethod="GET"), delivery()) == [
        ("callback-form", "the callback was sent by POST, wanted GET as StatusCallbackMethod asks")
    ]


def test_the_form_is_declared() -> None:
    ledger = told()
    (wrong,) = ledger.deliver(delivery(CallStatus="over"))
    assert wrong.code == "callback-form" and wrong.operation == "callback callStatus"
    assert wrong.message.startswith("CallStatus is 'over', wanted one of 'queued', 'initiated'")
    assert wrong.where == "body/CallStatus" and wrong.deliveries == (1,)
    assert wrong.place is not None and wrong.place.file.endswith("twilio.yaml")
    assert deliver(told(), delivery(drop="Direction")) == [
        ("callback-form", "Direction is missing")
    ]
    assert deliver(told(), delivery(SequenceNumber="first"))[0][0] == "callback-form"


def test_what_nobody_declared() -> None:
    form = urlencode({"Moon": "full", "Tide": "high", "CallSid": SID}).encode()
    headers = (
        ("content-type", "application/x-www-form-urlencoded"),
        (
            "x-twilio-signature",
            sign(TOKEN, URL, [("CallSid", SID), ("Moon", "full"), ("Tide", "high")]),
        ),
    )
    request = Request("POST", "/rb1/StatusCallback", headers, form)
    found = deliver(told(), Delivery(1, request, 2000, 1, "StatusCallback", "rb1", URL))
    assert found == [
        ("callback-undeclared", "the callback is a form with CallSid, Moon, Tide, wanted one of "
         "callStatus, recordingStatus, conferenceStatus, amdStatus, voiceRequest")
    ]  # fmt: skip


def test_signatures_are_verified() -> None:
    (wrong,) = told().deliver(delivery(key="another"))
    assert wrong.code == "callback-signature"
    assert wrong.message.endswith("does not agree with the URL, the form and the secret")
    bare = delivery()
    unsigned = Delivery(
        1, Request("POST", bare.request.target, bare.request.headers[1:], bare.request.body),
        2000, 1, "StatusCallback", "rb1", URL,
    )  # fmt: skip
    assert deliver(told(), unsigned) == [
        ("callback-signature", "there is no x-twilio-signature header, wanted a signature")
    ]
    assert said(Ledger(voice()).deliver(delivery(key="another"))) == []


def test_the_signature_that_the_vendor_publishes() -> None:
    """The example of the vendor's documentation of webhook signatures."""
    form = [
        ("CallSid", "CA1234567890ABCDE"), ("Caller", "+14158675309"), ("Digits", "1234"),
        ("From", "+14158675309"), ("To", "+18005551212"),
    ]  # fmt: skip
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert sign("12345", url, form) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_a_callback_comes_once() -> None:
    assert deliver(told(), delivery(1), delivery(2)) == [
        ("callback-doubled", "the same callback came twice, wanted each event reported once")
    ]


def test_callbacks_come_in_their_order() -> None:
    first, second = delivery(1, SequenceNumber="2", CallStatus="in-progress"), delivery(2)
    assert deliver(told(), first, second) == [
        ("callback-order", "the callback with sequence number 1 came after that with 2, "
         "wanted them in their order")
    ]  # fmt: skip


def test_a_request_may_overtake_another_on_its_way() -> None:
    late = delivery(1, SequenceNumber="2", CallStatus="in-progress", at=2000.0)
    assert deliver(told(), late, delivery(2, at=2000.2)) == []


def test_what_they_say_follows_the_life_cycle() -> None:
    first = delivery(1, CallStatus="completed")
    second = delivery(2, CallStatus="in-progress", SequenceNumber="2")
    assert deliver(told(), first, second) == [
        ("callback-order",
         "CallStatus is 'in-progress' after 'completed', wanted it to follow its life cycle")
    ]  # fmt: skip


def test_time_does_not_go_back_in_them() -> None:
    second = delivery(2, SequenceNumber="2", Timestamp="Tue, 31 Aug 2010 20:30:00 +0000")
    assert deliver(told(), delivery(1), second)[0][1].endswith("wanted it never to go back")


def test_one_is_missing_between_others() -> None:
    ledger = told()
    deliver(ledger, delivery(1), delivery(2, SequenceNumber="3", CallStatus="completed"))
    assert said(ledger.finish()) == [
        ("callback-missing",
         "no callback with sequence number 2 came between 1 and 3, wanted all of them")
    ]  # fmt: skip


def test_none_comes_though_the_call_is_over() -> None:
    over = exchange(2, "GET", f"{BASE}/Calls/{SID}.json", 200, call(status="completed"))
    ledger = told()
    ledger.watch(1, "StatusCallback", URL)
    ledger.take(over)
    assert said(ledger.finish()) == [
        ("callback-missing",
         "no callback came to StatusCallback, wanted at least that the status is 'completed'")
    ]  # fmt: skip
    ledger = told()
    ledger.watch(1, "StatusCallback", URL)
    assert said(ledger.finish()) == []  # it may still be on its way
    ledger.take(over)
    deliver(ledger, delivery(CallStatus="completed"))
    assert said(ledger.finish()) == []


ROOMS = ("CF" + "1" * 32, "CF" + "2" * 32)


def guest(number: int, room: str, **form: Any) -> tuple[str, Exchange]:
    """A participant by itself in a room, and the identifier of its call."""
    sid = f"CA{number:032x}"
    row = {
        "call_sid": sid, "conference_sid": room, "account_sid": ACCOUNT, "muted": False,
        "hold": False, "coaching": False, "status": "queued", "start_conference_on_enter": True,
        "end_conference_on_exit": False, "date_created": None, "date_updated": None, "uri": "/x",
        "label": None, "call_sid_to_coach": None,
    }  # fmt: skip
    path = f"{BASE}/Conferences/{room}/Participants.json"
    given = {"To": CALLEE, "From": NUMBER, **form}
    return sid, exchange(number, "POST", path, 201, row, form=given)


def over(number: int, sid: str) -> Exchange:
    row = {**call(status="completed"), "sid": sid}
    return exchange(number, "GET", f"{BASE}/Calls/{sid}.json", 200, row)


def test_the_end_of_a_participants_call_is_told() -> None:
    for came in (True, False):
        ledger = Ledger(voice(), secret=TOKEN)
        form = {"StatusCallback": URL, "StatusCallbackEvent": ["ringing", "completed"]}
        sid, made = guest(1, ROOMS[0], **form)
        ledger.take(made)
        ledger.watch(1, "StatusCallback", URL)
        deliver(ledger, delivery(1, CallSid=sid))
        if came:
            deliver(ledger, delivery(2, CallSid=sid, CallStatus="completed", SequenceNumber="2"))
        assert said(ledger.finish()) == []  # the call goes on
        ledger.take(over(3, sid))
        assert [code for code, _ in said(ledger.finish())] == ["callback-missing"] * (not came)


def test_who_is_alone_in_a_room_is_told_all_that_was_asked_for() -> None:
    slot, events = "ConferenceStatusCallback", ["start", "join"]

    def told_of(number: int, about: int, room: str, event: str) -> Delivery:
        form = {
            "ConferenceSid": room, "FriendlyName": "x", "AccountSid": ACCOUNT, "SequenceNumber": str(number),
            "Timestamp": "Tue, 31 Aug 2010 20:36:28 +0000", "StatusCallbackEvent": event,
        }  # fmt: skip
        url = f"http://127.0.0.1:9/rb{about}/{slot}"
        headers = (
            ("x-twilio-signature", sign(TOKEN, url, sorted(form.items()))),
            ("content-type", "application/x-www-form-urlencoded"),
        )
        request = Request("POST", f"/rb{about}/{slot}", headers, urlencode(form).encode())
        return Delivery(number, request, 2000.0, about, slot, f"rb{about}", url)

    def found(rooms: tuple[str, str], *came: tuple[int, str]) -> list[str]:
        ledger = Ledger(voice(), secret=TOKEN)
        for number, room, asked in ((1, rooms[0], events), (2, rooms[1], ["join"])):
            url = f"http://127.0.0.1:9/rb{number}/{slot}"
            sid, made = guest(number, room, **{slot: url, f"{slot}Event": asked})
            ledger.take(made)
            ledger.take(over(number + 2, sid))
            ledger.watch(number, slot, url)
        sent = [told_of(n, about, rooms[about - 1], event) for n, (about, event) in enumerate(came)]
        return [code for code, _ in deliver(ledger, *sent) + said(ledger.finish())]

    join = "participant-join"
    assert found(ROOMS, (1, "conference-start"), (1, join), (2, join)) == []
    assert found(ROOMS, (1, "conference-start"), (2, join)) == ["callback-missing"]
    assert found(ROOMS, (2, join)) == ["callback-missing"]
    # Two that share a room: which of them is told of it, nobody knows.
    assert found((ROOMS[0], ROOMS[0]), (2, join)) == []


def test_a_document_without_callbacks_says_nothing_of_them(tmp_path: Path) -> None:
    text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n"
    assert said(Ledger(document(text, tmp_path)).deliver(delivery())) == []


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_the_emulators_own(method: str) -> None:
    events = ["initiated", "ringing", "answered", "completed"]
    with Receiver() as receiver, talking(emulator(clock="300x"), voice()) as talk:
        for twiml in ("<Response><Pause length='2'/></Response>", "<Response/>"):
            urls = {
                name: receiver.url(None, name)
                for name in ("StatusCallback", "RecordingStatusCallback")
            }
            form = {
                "To": CALLEE, "From": NUMBER, "Twiml": twiml, "Record": "true", **urls,
                "StatusCallbackEvent": events, "StatusCallbackMethod": method,
            }  # fmt: skip
            made = talk.say("POST", "/Calls.json", form)
            receiver.take(made)
            talk.ledger.watch(made.number, "StatusCallback", urls["StatusCallback"])
        until = time.monotonic() + 20
        while time.monotonic() < until:
            page = talk.json("GET", "/Calls.json")
            came = [one for one in receiver.deliveries if one.slot == "StatusCallback"]
            if all(row["status"] == "completed" for row in page["calls"]) and len(came) == 8:
                break
            time.sleep(0.05)
        deliveries = receiver.deliveries
    found = [finding for one in deliveries for finding in talk.ledger.deliver(one)]
    assert said([*talk.findings, *found, *talk.ledger.finish()]) == []
    assert len(deliveries) >= 8
