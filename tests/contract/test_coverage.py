"""What was seen of the document is counted, and what was never seen is named."""

from __future__ import annotations

from typing import Any

from small import of
from talking import (
    ACCOUNT,
    BASE,
    CALLEE,
    NUMBER,
    SID,
    call,
    emulator,
    exchange,
    listed,
    talking,
    voice,
    wander,
)

from ringback.contract.coverage import Cover, coverage_of
from ringback.contract.outcome import Coverage, Seen
from ringback.contract.traffic import Delivery, Intent, Request

CALLS, CALL = f"{BASE}/Calls.json", f"{BASE}/Calls/{SID}.json"
LIST = "GET /Accounts/{AccountSid}/Calls.json"
CREATE = "POST /Accounts/{AccountSid}/Calls.json"
FETCH = "GET /Accounts/{AccountSid}/Calls/{CallSid}.json"


def named(seen: tuple[Seen, ...], name: str) -> Seen:
    return next(one for one in seen if one.name == name)


def covered() -> Coverage:
    form = {"To": CALLEE, "From": NUMBER, "Method": "GET"}
    return coverage_of(
        voice(),
        [
            exchange(1, "POST", CALLS, 201, call(), form=form),
            exchange(2, "GET", CALL, 200, call(status="ringing")),
            exchange(3, "GET", f"{CALLS}?Status=busy", 200, listed("calls", [], CALLS)),
            exchange(4, "GET", f"{CALLS}?Status=odd", 400, intent=Intent.INVALID),
            exchange(5, "GET", CALL, 418),
            exchange(6, "GET", CALL, None, failure="timeout"),
            exchange(7, "GET", "/elsewhere", 200),
        ],
    )


def test_operations() -> None:
    found = {one.label: one for one in covered().operations}
    assert len(found) == len(voice().operations)
    fetch = found[FETCH]
    assert fetch.requests == 3 and fetch.operation_id == "fetchCall"
    seen = dict(fetch.documented)
    assert seen.pop("200") == 1 and {"401", "404"} <= seen.keys() and set(seen.values()) == {0}
    assert fetch.undocumented == (("418", 1),)
    assert fetch.place is not None and fetch.place.line > 1
    checks = dict(fetch.checks)
    assert checks["no-answer"] == 3 and checks["schema"] == 1
    create = found[CREATE].parameters
    assert {"path.AccountSid", "body.To", "body.From", "body.Method"} == set(create.seen)
    assert "body.Timeout" in create.never
    untouched = found["GET /Accounts/{AccountSid}/Queues.json"]
    assert untouched.requests == 0 and not untouched.parameters.seen


def test_enums_in_answers_and_in_requests() -> None:
    enums = covered().enums
    assert set(named(enums, "Call.status").seen) == {"queued", "ringing"}
    assert "completed" in named(enums, "Call.status").never
    # What was sent to be refused is no value seen.
    assert named(enums, f"{LIST} query.Status").seen == ("busy",)
    assert named(enums, "CreateCallRequest.Method").seen == ("GET",)


ALTERNATIVES = """
/orders:
  get:
    responses:
      "200":
        description: All.
        content:
          application/json:
            schema: {$ref: "#/components/schemas/Payment"}
"""
PAYMENTS = """
components:
  schemas:
    Payment: {oneOf: [{$ref: "#/components/schemas/Card"}, {$ref: "#/components/schemas/Split"}]}
    Card: {type: object, properties: {method: {type: string, enum: [card]}, parts: {type: array, items: {$ref: "#/components/schemas/Payment"}}}}
    Split: {type: object, properties: {method: {type: string, enum: [split, none]}, parts: {type: array, items: {$ref: "#/components/schemas/Payment"}}}}
"""


def test_what_each_alternative_says_is_seen() -> None:
    contract = of(ALTERNATIVES, more=PAYMENTS)
    value: dict[str, Any] = {"method": "card"}
    for _ in range(30):  # were each level seen by both, and theirs again, this would have no end
        value = {"method": "split", "parts": [value]}
    enums = coverage_of(contract, [exchange(1, "GET", "/orders", 200, value)]).enums
    assert named(enums, "Card.method").seen == ("card",)
    assert named(enums, "Split.method").seen == ("split",)
    assert named(enums, "Split.method").never == ("none",)


def test_patterns_and_kinds() -> None:
    found = covered()
    assert "Call.sid" in named(found.patterns, "^CA[0-9a-fA-F]{32}$").seen
    assert "Recording.sid" in named(found.patterns, "^RE[0-9a-fA-F]{32}$").never
    calls = named(found.kinds, "CallSid")
    assert f"{FETCH} path.CallSid" in calls.seen and f"{CREATE} 201 /sid" in calls.seen
    assert named(found.kinds, "QueueSid").seen == ()


def test_steps_from_an_answer_to_a_request() -> None:
    steps = {(one.producer, one.consumer): one.taken for one in covered().transitions}
    assert steps[CREATE, FETCH] == 3
    assert steps[CREATE, FETCH.replace("GET", "DELETE")] == 0
    assert not any(one.kind == "AccountSid" for one in covered().transitions)


def test_callbacks() -> None:
    cover = Cover(voice())
    body = f"CallSid={SID}&AccountSid={ACCOUNT}&SequenceNumber=1&CallStatus=ringing".encode()
    headers = (("content-type", "application/x-www-form-urlencoded"),)
    cover.deliver(Delivery(1, Request("POST", "/x", headers, body), 1.0))
    found = cover.coverage()
    assert "CallStatus" in named(found.callbacks, "callback callStatus").seen
    assert "Duration" in named(found.callbacks, "callback callStatus").never
    assert named(found.callbacks, "callback amdStatus").seen == ()
    assert named(found.enums, "CallStatusCallback.CallStatus").seen == ("ringing",)


def test_nothing_taken_is_nothing_seen() -> None:
    found = coverage_of(voice(), [])
    assert all(not one.seen for one in (*found.enums, *found.patterns, *found.kinds))
    assert all(one.requests == 0 for one in found.operations)
    assert found.transitions and not any(one.taken for one in found.transitions)


def test_real_traffic_reaches_what_it_reaches() -> None:
    with talking(emulator(), voice()) as talk:
        wander(talk, 3, 60)
    found = coverage_of(voice(), talk.exchanges)
    assert sum(one.requests for one in found.operations) == len(talk.exchanges)
    assert sum(bool(one.taken) for one in found.transitions) > 15
    assert all(set(one.seen).isdisjoint(one.never) for one in found.enums)
