"""Each check of one exchange finds its fault, with the line of the document, and says nothing where there is none."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from talking import (
    ACCOUNT,
    BASE,
    CALLEE,
    NUMBER,
    SID,
    call,
    document,
    exchange,
    listed,
    queue,
    recording,
    said,
    voice,
)

from ringback.contract.judges import applied, judge
from ringback.contract.traffic import Exchange, Intent, Reply, Request

CALL = f"{BASE}/Calls/{SID}.json"
CALLS = f"{BASE}/Calls.json"
FORM = {"To": CALLEE, "From": NUMBER}
OTHER = "AC" + "9" * 32
RECORDING = "RE" + "2" * 32
FETCH = voice().operation("GET /Accounts/{AccountSid}/Calls/{CallSid}.json")
STATUSES = ", ".join(one.status for one in FETCH.responses)

RIGHT: dict[str, Exchange] = {
    "a call": exchange(1, "GET", CALL, 200, call()),
    "a call that was created": exchange(1, "POST", CALLS, 201, call(), form=FORM),
    "a list": exchange(1, "GET", CALLS, 200, listed("calls", [call()], CALLS)),
    "a deletion": exchange(1, "DELETE", CALL, 204),
    "an error": exchange(
        1, "GET", CALL, 404, {"code": 20404, "message": "no", "more_info": "x", "status": 404}
    ),
    "a path of nobody's": exchange(1, "GET", "/elsewhere", 500, {"x": 1}),
    "a participant by its label": exchange(
        1, "GET", f"{BASE}/Queues/QU{'1' * 32}/Members/Front.json", 404,
        {"code": 20404, "message": "no", "more_info": "x", "status": 404},
    ),
    "a caller ID in the place of the caller": exchange(
        1, "POST", CALLS, 201, call(**{"from": "+15005550010"}),
        form={**FORM, "CallerId": "+15005550010"},
    ),
    "a number with other marks": exchange(
        1, "POST", CALLS, 201, call(to="+1 (500) 555-0009"), form=FORM
    ),
    "a status that is asked for and comes later": exchange(
        1, "POST", CALL, 200, call(status="in-progress"), form={"Status": "completed"}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_not_found(name: str) -> None:
    assert said(judge(voice(), RIGHT[name])) == []


WRONG: dict[str, tuple[Exchange, list[tuple[str, str]], str]] = {
    "a status that the document lacks": (
        exchange(1, "GET", CALL, 206, call()),
        [("undocumented-status", f"status is 206 Partial Content, wanted one of {STATUSES}")],
        "voice.yaml",
    ),
    "a server error": (
        exchange(1, "GET", CALL, 500, body=b"oops", media="text/plain"),
        [("server-error", f"status is 500 Internal Server Error, wanted one of {STATUSES}")],
        "voice.yaml",
    ),
    "another content type": (
        exchange(1, "GET", CALL, 200, body=b"<Call/>", media="text/xml"),
        [("undocumented-content-type", "content type is 'text/xml', wanted 'application/json'")],
        "voice.yaml",
    ),
    "a body that is cut": (
        exchange(1, "GET", CALL, 200, body=b'{"sid": "C'),
        [("unreadable-body", "the body cannot be read as JSON: Unterminated string starting at at character 8")],
        "voice.yaml",
    ),
    "no body": (
        exchange(1, "GET", CALL, 200),
        [("unreadable-body", "the body is empty, wanted application/json")],
        "voice.yaml",
    ),
    "a value outside the enum": (
        exchange(1, "GET", CALL, 200, call(status="over")),
        [("schema", "status is 'over', wanted one of 'queued', 'ringing', 'in-progress', 'canceled', "
          "'completed', 'failed', 'busy', 'no-answer'")],
        "voice.yaml",
    ),
    "a date in another format": (
        exchange(1, "GET", CALL, 200, call(date_created="2010-08-31T20:36:28Z")),
        [("schema", "date_created is '2010-08-31T20:36:28Z', wanted a date and time such as "
          "Tue, 31 Aug 2010 20:36:28 +0000")],
        "twilio.yaml",
    ),
    "another type": (
        exchange(1, "GET", CALL, 200, call(to=5)),
        [("schema", "to is 5, wanted null or text")],
        "twilio.yaml",
    ),
    "an identifier of another kind": (
        exchange(1, "GET", CALL, 200, call("RE" + "1" * 32)),
        [("wrong-kind", f"sid is 'RE{'1' * 32}', an identifier RecordingSid (^RE[0-9a-fA-F]{{32}}$), "
          "wanted an identifier CallSid (^CA[0-9a-fA-F]{32}$)")],
        "voice.yaml",
    ),
    "an identifier that is cut": (
        exchange(1, "GET", CALL, 200, call(SID[:20])),
        [("wrong-kind", f"sid is '{SID[:20]}', truncated to 20 characters, "
          "wanted an identifier CallSid (^CA[0-9a-fA-F]{32}$)")],
        "voice.yaml",
    ),
    "another account's": (
        exchange(1, "GET", CALL, 200, call(account_sid=OTHER)),
        [("parent-disagrees", f"account_sid is '{OTHER}', wanted '{ACCOUNT}' as the path says")],
        "voice.yaml",
    ),
    "another call": (
        exchange(1, "GET", CALL, 200, call("CA" + "2" * 32)),
        [("parent-disagrees", f"sid is 'CA{'2' * 32}', wanted '{SID}' as the path says")],
        "voice.yaml",
    ),
    "a row of another call": (
        exchange(1, "GET", f"{BASE}/Calls/CA{'2' * 32}/Recordings.json", 200,
                 listed("recordings", [recording(RECORDING)], "x")),
        [("parent-disagrees", f"call_sid is '{SID}', wanted 'CA{'2' * 32}' as the path says")],
        "voice.yaml",
    ),
    "something else than was asked for": (
        exchange(1, "POST", CALLS, 201, call(to="+15005559999"), form=FORM),
        [("not-echoed", f"to is '+15005559999', wanted '{CALLEE}' as To asked")],
        "voice.yaml",
    ),
    "nothing of what was asked for": (
        exchange(1, "POST", f"{BASE}/Queues.json", 201, queue(max_size=100),
                 form={"FriendlyName": "support", "MaxSize": 7}),
        [("not-echoed", "max_size is 100, wanted 7 as MaxSize asked")],
        "voice.yaml",
    ),
    "an invalid value accepted": (
        exchange(1, "POST", CALLS, 201, call(), form={**FORM, "Timeout": 0}, intent=Intent.INVALID),
        [("accepted-invalid", "Timeout is 0, wanted at least 1, and was accepted with 201")],
        "twilio.yaml",
    ),
    "a missing value accepted": (
        exchange(1, "POST", CALLS, 201, call(), form={"To": CALLEE}, intent=Intent.INVALID),
        [("accepted-invalid", "From is missing, and was accepted with 201")],
        "voice.yaml",
    ),
    "an invalid filter accepted": (
        exchange(1, "GET", f"{CALLS}?PageSize=0", 200, listed("calls", [], CALLS), intent=Intent.INVALID),
        [("accepted-invalid", "PageSize is 0, wanted at least 1, and was accepted with 200")],
        "twilio.yaml",
    ),
    "what the document cannot say": (
        exchange(1, "GET", CALLS, 200, listed("calls", [], CALLS), intent=Intent.INVALID, note="a lie"),
        [("accepted-invalid", "a lie was accepted with 200, wanted it refused")],
        "voice.yaml",
    ),
    "no answer": (
        exchange(1, "GET", CALL, None, failure="timeout after 10 s"),
        [("no-answer", "no answer came (timeout after 10 s), wanted one")],
        "voice.yaml",
    ),
    "an exception": (
        exchange(1, "GET", CALL, None, failure="KeyError: 'x'", trace="Traceback …"),
        [("unhandled-exception", "the application raised KeyError: 'x', wanted an answer")],
        "voice.yaml",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_is_found(name: str) -> None:
    wrong, wanted, file = WRONG[name]
    found = judge(voice(), wrong)
    assert said(found) == wanted
    for finding in found:
        assert finding.place is not None and finding.place.file.endswith(file), finding.place
        assert finding.evidence == (1,)
        assert finding.operation == applied_label(wrong)


def applied_label(one: Exchange) -> str:
    match = voice().match(one.request.method, one.request.target)
    assert match is not None
    return voice().label(match.operation)


def test_the_place_is_the_line_that_says_so() -> None:
    (found,) = judge(voice(), exchange(1, "GET", CALL, 200, call(status="over")))
    assert found.place is not None and found.place.pointer.endswith("/properties/status/enum")
    text = Path(found.place.file).read_text(encoding="utf-8").splitlines()
    assert text[found.place.line - 1].strip() in ("enum:", "- queued")


def test_what_all_rows_have_is_one_finding() -> None:
    rows = [call(f"CA{number:032x}", status="over") for number in range(20)]
    (found,) = judge(voice(), exchange(1, "GET", CALLS, 200, listed("calls", rows, CALLS)))
    assert (found.where, found.count) == ("body/calls/*/status", 20)


HEADED = """
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /things/{thingId}:
    parameters: [{name: thingId, in: path, required: true, schema: {type: integer}}]
    get:
      responses:
        '200':
          description: ok
          headers:
            X-Left: {required: true, schema: {type: integer, minimum: 0}}
            X-Kinds: {schema: {type: array, items: {enum: [a, b]}}}
          content: {application/json: {schema: {type: object, properties: {id: {type: integer}}}}}
        default: {description: other}
"""


def test_headers_are_there_and_are_what_the_document_says(tmp_path: Path) -> None:
    contract = document(HEADED, tmp_path)

    def found(*headers: tuple[str, str], **more: Any) -> list[tuple[str, str]]:
        return said(
            judge(
                contract, exchange(1, "GET", "/things/5", 200, {"id": 5}, headers=headers, **more)
            )
        )

    assert found(("x-left", "7"), ("x-kinds", "a, b")) == []
    assert found() == [("missing-header", "header X-Left is not there, wanted it with 200")]
    assert [code for code, _ in found(("x-left", "-1"), ("x-kinds", "c"))] == ["header-schema"] * 2
    assert found(("x-left", "many"))[0][1].startswith("header X-Left: ")


def test_a_default_answer_documents_no_server_error(tmp_path: Path) -> None:
    contract = document(HEADED, tmp_path)
    assert said(judge(contract, exchange(1, "GET", "/things/5", 404))) == []
    assert [one.code for one in judge(contract, exchange(1, "GET", "/things/5", 503))] == [
        "server-error"
    ]


def test_integers_in_paths_agree_with_the_answer(tmp_path: Path) -> None:
    contract = document(HEADED, tmp_path)
    headers = (("x-left", "1"),)
    (found,) = judge(contract, exchange(1, "GET", "/things/5", 200, {"id": 6}, headers=headers))
    assert found.message == "id is 6, wanted '5' as the path says"


def test_checks_that_were_made_are_told() -> None:
    made = applied(voice(), exchange(1, "POST", CALLS, 201, call(), form=FORM))
    assert {"schema", "wrong-kind", "not-echoed", "undocumented-status"} <= set(made)
    assert "accepted-invalid" not in made
    assert applied(voice(), exchange(1, "GET", CALL, None)) == ("no-answer",)


def test_an_answer_that_is_not_text_is_no_traceback() -> None:
    odd = [b"\xff\xfe", b"[" * 100_000, b"null", b"[]", b'"x"', b"1e999", b'{"sid": {"a": []}}']
    for body in odd:
        for target in (CALL, CALLS):
            one = exchange(1, "GET", target, 200, body=body)
            assert isinstance(one.reply, Reply)
            assert judge(voice(), one), body[:20]


PATCHED = """
openapi: 3.1.0
info: {title: Patched, version: "1"}
paths:
  /it:
    patch:
      requestBody: {content: {application/merge-patch+json: {schema: {type: object}}, application/json: {schema: {type: object}}}}
      responses:
        "200":
          description: it
          content:
            application/json:
              schema:
                type: object
                properties:
                  place:
                    type: object
                    properties:
                      city: {type: string}
                      zip: {type: string}
                      at: {type: object, properties: {x: {type: number}, y: {type: number}}}
"""


@pytest.mark.parametrize(
    ("kind", "found", "wanted"),
    [
        ("application/merge-patch+json", {"zip": "9", "at": {"x": 1, "y": 2}}, []),
        ("application/merge-patch+json; charset=utf-8", {"city": None, "at": {"x": 1}}, []),
        ("application/merge-patch+json", {"city": "Rome", "at": {"x": 1}}, ["not-echoed"]),
        ("application/merge-patch+json", {"at": {"x": 2}}, ["not-echoed"]),
        ("application/json", {"zip": "9", "at": {"x": 1, "y": 2}}, ["not-echoed"]),
    ],
)
def test_a_merge_patch_is_what_was_asked_of_the_rest(
    tmp_path: Path, kind: str, found: dict[str, Any], wanted: list[str]
) -> None:
    """Null takes away, and what a merge patch does not speak of stays."""
    body = json.dumps({"place": {"city": None, "at": {"x": 1}}}).encode()
    request = Request("PATCH", "/it", (("content-type", kind),), body)
    answer = json.dumps({"place": found}).encode()
    reply = Reply(200, (("content-type", "application/json"),), answer)
    made = replace(exchange(1, "PATCH", "/it", 200), request=request, reply=reply)
    told = [one.code for one in judge(document(PATCHED, tmp_path), made)]
    assert [one for one in told if one == "not-echoed"] == wanted
