"""Whatever comes over the wire, judges, ledger and coverage give findings and never a traceback."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from talking import ACCOUNT, BASE, SID, call, listed, voice

from ringback.contract.coverage import Cover
from ringback.contract.judges import judge
from ringback.contract.ledger import Ledger
from ringback.contract.outcome import Run
from ringback.contract.propose import propose
from ringback.contract.traffic import Delivery, Exchange, Intent, Reply, Request

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
NAMES = [*sorted(call()), "calls", "next_page_uri", "page"]
ROWS = st.dictionaries(st.sampled_from(NAMES), VALUES | st.just(SID) | st.just(ACCOUNT))
BODIES = st.one_of(
    VALUES, ROWS, st.lists(ROWS, max_size=3).map(lambda rows: listed("calls", rows, "/x"))
)
TARGETS = st.sampled_from(
    [
        f"{BASE}/Calls.json",
        f"{BASE}/Calls/{SID}.json",
        f"{BASE}/Calls.json?PageSize=1&Page=1&Status=x",
    ]
)


@st.composite
def exchanges(draw: Any) -> list[Exchange]:
    found = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        method = draw(st.sampled_from(["GET", "POST", "DELETE", "HEAD"]))
        sent = draw(st.binary(max_size=20) | st.just(b"To=%2B1&From=%2B2&Timeout=x"))
        form = (("content-type", "application/x-www-form-urlencoded"),)
        body = draw(st.binary(max_size=20) | BODIES.map(lambda one: json.dumps(one).encode()))
        status = draw(st.sampled_from([200, 201, 204, 302, 404, 500, 599]))
        media = draw(
            st.sampled_from(["application/json", "text/html", "", "application/x+json; a=b"])
        )
        reply = draw(st.none() | st.just(Reply(status, (("content-type", media),), body)))
        intent = draw(st.sampled_from(list(Intent)))
        started = draw(st.floats(0, 100))
        request = Request(method, draw(TARGETS), form, sent)
        found.append(Exchange(number, request, reply, intent=intent, started=started, elapsed=1))
    return found


@settings(max_examples=150, deadline=None)
@given(exchanges(), st.booleans())
def test_whatever_is_answered(traffic: list[Exchange], concurrent: bool) -> None:
    contract = voice()
    ledger, cover = Ledger(contract, secret="x", concurrent=concurrent), Cover(contract)
    found = []
    for one in traffic:
        found += [*judge(contract, one), *ledger.take(one)]
        cover.take(one)
    found += ledger.finish()
    cover.coverage()
    for finding in found:
        assert finding.message and finding.place is not None
        assert len(finding.message) < 1000


@settings(max_examples=20, deadline=None)
@given(exchanges())
def test_whatever_is_answered_can_be_made_legal(traffic: list[Exchange]) -> None:
    run = Run("d", (), "t", "1", "x", (), 0, 0, exchanges=tuple(traffic))
    assert isinstance(propose(voice(), run), str)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["GET", "POST", "PUT"]),
    st.binary(max_size=30) | st.just(b"CallSid=x&SequenceNumber=1&CallStatus=over"),
    st.sampled_from(["application/x-www-form-urlencoded", "application/json", "", "x/y"]),
    st.text(max_size=20),
    st.sampled_from(["", "http://[", "http://127.0.0.1:80/x?a=b", "nonsense", "http://h:x/"]),
)
def test_whatever_is_called_back(method: str, body: bytes, media: str, sent: str, url: str) -> None:
    headers = (("content-type", media), ("x-twilio-signature", sent))
    ledger = Ledger(voice(), secret="x")
    for number in (1, 2):
        request = Request(method, "/rb?a=b", headers, body)
        for finding in ledger.deliver(Delivery(number, request, 1.0, None, "slot", "rb", url)):
            assert finding.message
    ledger.finish()
