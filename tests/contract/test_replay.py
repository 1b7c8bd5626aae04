"""Recorded traffic is judged as it would have been judged live, and nothing is sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from talking import (
    BASE,
    CALLEE,
    NUMBER,
    SID,
    call,
    emulator,
    exchange,
    said,
    talking,
    voice,
    wander,
)

from ringback.contract import har
from ringback.contract.replay import replay

CALL = f"{BASE}/Calls/{SID}.json"


def test_a_recording_is_judged() -> None:
    made = exchange(
        1, "POST", f"{BASE}/Calls.json", 201, call(), form={"To": CALLEE, "From": NUMBER}
    )
    wrong = [exchange(number, "GET", CALL, 200, call(status="over")) for number in (2, 3)]
    gone = exchange(
        4, "GET", CALL, 404, {"code": 1, "message": "x", "more_info": "x", "status": 404}
    )
    run = replay(voice(), [gone, *wrong, made], document="voice.yaml", target="calls.har")
    assert [(one.code, one.count) for one in run.findings] == [
        ("schema", 2),
        ("created-not-readable", 1),
    ]
    assert run.findings[0].evidence == (2,)
    assert [one.number for one in run.exchanges] == [1, 2, 3, 4]
    assert (run.document, run.target, run.title) == ("voice.yaml", "calls.har", "Twilio Voice API")
    assert run.complaints == () and run.stopped == ""
    assert sum(one.requests for one in run.coverage.operations) == 4


def test_what_belongs_to_no_operation_is_said() -> None:
    foreign = exchange(1, "GET", "/robots.txt", 200)
    run = replay(voice(), [foreign, exchange(2, "GET", CALL, 200, call())])
    assert run.findings == ()
    assert run.complaints == ("1 of 2 requests belongs to no operation of the document",)
    assert replay(voice(), []).complaints == (
        "the recording holds no exchange: nothing was judged",
    )


def test_a_file_gives_what_the_run_gave(tmp_path: Path) -> None:
    with talking(emulator(), voice()) as talk:
        wander(talk, 4, 40)
    broken = [
        replace(
            one, reply=replace(one.reply, body=one.reply.body.replace(b'"queued"', b'"asleep"'))
        )
        for one in talk.exchanges
        if one.reply is not None
    ]
    run = replay(voice(), broken)
    assert {one.where for one in run.findings} >= {"body/status"}
    file = tmp_path / "calls.har"
    har.write(run, file)
    again = replay(voice(), har.read(file))
    assert {one.key for one in again.findings} == {one.key for one in run.findings}
    assert NUMBER not in file.read_text(encoding="utf-8")


def test_requests_that_overlap_are_believed_less() -> None:
    error = {"code": 1, "message": "x", "more_info": "x", "status": 404}
    made = exchange(
        1, "POST", f"{BASE}/Calls.json", 201, call(), form={"To": CALLEE, "From": NUMBER}
    )
    missing = exchange(2, "GET", CALL, 404, error, started=1005, elapsed=1)
    deleted = exchange(3, "DELETE", CALL, 204, started=1005.5, elapsed=2)
    assert said(replay(voice(), [made, missing, deleted]).findings) == []
