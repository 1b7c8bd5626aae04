"""A run as it may have been, on the effective voice document: what the reports are made from in their tests.

Labels and places are those of the document; traffic and findings are made up, with everything that a report must
survive: markup in answers, secrets, binary bodies, an answer that never came, a callback, a stop.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from ringback.contract import (
    Budget,
    Coverage,
    Delivery,
    Exchange,
    Finding,
    Intent,
    OperationCoverage,
    Phase,
    Reply,
    Request,
    Run,
    Seen,
    Transition,
)
from ringback.openapi import Document, parse
from ringback.source import Location, Severity, load

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "spec" / "voice.yaml"
OVERLAYS = (ROOT / "spec/overlays/twilio.yaml", ROOT / "spec/overlays/resources.yaml")
STARTED = 1_763_650_000.0
ACCOUNT = "AC" + "5e" * 16
CALL = "CA" + "0a1b2c3d" * 4
HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u2028 ]]> \x00\x1b[31m & \"'"
)
FETCH = "GET /Accounts/{AccountSid}/Calls/{CallSid}.json"
CREATE = "POST /Accounts/{AccountSid}/Calls.json"
LIST = "GET /Accounts/{AccountSid}/Calls.json"
MP3 = "GET /Accounts/{AccountSid}/Recordings/{RecordingSid}.mp3"
QUEUES = "POST /Accounts/{AccountSid}/Queues.json"
_SECRET = "Basic QUM1ZTVlOnMzY3IzdA=="
_JSON = (("content-type", "application/json"),)


def effective() -> Document:
    """The voice document with its overlays."""
    document, _ = parse(load(SPEC, OVERLAYS))
    return document


def sample_run(document: Document | None = None, *, ordinary: int = 40) -> Run:
    """A run with findings of both weights, `ordinary` further exchanges that found nothing, and a callback."""
    held = document or effective()
    exchanges = (*_telling(), *_ordinary(held, 8, ordinary))
    return Run(
        document="spec/voice.yaml",
        overlays=tuple(f"spec/overlays/{overlay.name}" for overlay in OVERLAYS),
        title="Twilio Voice API",
        version="2.0",
        target="http://127.0.0.1:4010",
        seeds=(7,),
        started=STARTED,
        elapsed=41.25,
        exchanges=exchanges,
        deliveries=_deliveries(),
        findings=_findings(held),
        accepted=_accepted(held),
        coverage=_coverage(held, exchanges),
        budget=Budget(len(exchanges), 2000, 31, 500, 0.4, 5.0, 3),
        complaints=("2 transitions of the document could not be taken: no recording came to be",),
        commands=(("again", "ringback test spec/voice.yaml --url http://127.0.0.1:4010 --seed 7"),),
    )


def kept_run(document: Document | None = None) -> Run:
    """The same run, had it found nothing."""
    return replace(sample_run(document), findings=(), accepted=(), complaints=())


def _telling() -> tuple[Exchange, ...]:
    auth = (("authorization", _SECRET), ("accept", "application/json"))
    form = (*auth, ("content-type", "application/x-www-form-urlencoded"))
    account = f"/2010-04-01/Accounts/{ACCOUNT}"
    made = b"To=%2B14155550123&From=%2B15005550006&Url=https%3A%2F%2Fexample.com%2Fhello"
    odd = json.dumps(_call(status="over", note=HOSTILE)).encode()
    listed = json.dumps({"calls": [_call(), _call(sid="RE" + "77" * 16)], "page": 0}).encode()
    return (
        Exchange(
            1,
            Request("POST", f"{account}/Calls.json", form, made),
            Reply(201, _JSON, json.dumps(_call()).encode()),
            CREATE,
            Phase.SCENARIO,
            Intent.VALID,
            "create a call",
            None,
            STARTED + 1,
            0.012,
        ),
        Exchange(
            2,
            Request("GET", f"{account}/Calls/{CALL}.json", auth),
            Reply(200, (*_JSON, ("x-note", HOSTILE.replace("\x00", ""))), odd),
            FETCH,
            Phase.SCENARIO,
            Intent.VALID,
            "fetch what was created",
            1,
            STARTED + 2,
            0.004,
        ),
        Exchange(
            3,
            Request("GET", f"{account}/Calls.json?PageSize=2&Status=busy", auth),
            Reply(200, _JSON, listed),
            LIST,
            Phase.FUZZING,
            Intent.VALID,
            "",
            None,
            STARTED + 3,
            0.02,
        ),
        Exchange(
            4,
            Request("GET", f"{account}/Recordings/RE{'77' * 16}.mp3", auth),
            None,
            MP3,
            Phase.COVERAGE,
            Intent.VALID,
            "",
            None,
            STARTED + 4,
            10.0,
            "timeout after 10 s",
        ),
        Exchange(
            5,
            Request("POST", f"{account}/Queues.json", form, b"FriendlyName=&MaxSize=-1"),
            Reply(500, (("content-type", "text/html"),), f"<h1>Oops {HOSTILE}</h1>".encode()),
            QUEUES,
            Phase.SCENARIO,
            Intent.INVALID,
            "MaxSize below its minimum",
            None,
            STARTED + 5,
            0.003,
            "ValueError: -1 is not a size",
            'Traceback (most recent call last):\n  File "app.py", line 12, in create\n'
            "ValueError: -1 is not a size",
        ),
        Exchange(
            6,
            Request("GET", f"{account}/Recordings/RE{'78' * 16}.mp3", auth),
            Reply(200, (("content-type", "audio/mpeg"),), bytes(range(256)) * 8),
            MP3,
            Phase.COVERAGE,
            Intent.VALID,
            "",
            None,
            STARTED + 6,
            0.006,
        ),
        Exchange(
            7,
            Request("GET", f"{account}/Calls/{CALL}.json", auth),
            Reply(418, _JSON, b'{"code": 20404'),
            FETCH,
            Phase.STATEFUL,
            Intent.UNKNOWN,
            "",
            1,
            STARTED + 7,
            0.002,
        ),
    )


def _call(sid: str = CALL, status: str = "queued", note: str = "") -> dict[str, Any]:
    return {
        "sid": sid,
        "account_sid": ACCOUNT,
        "to": "+14155550123",
        "from": "+15005550006",
        "status": status,
        "annotation": note or None,
        "price": None,
        "duration": "0",
        "date_created": "Thu, 20 Nov 2025 14:46:40 +0000",
        "subresource_uris": {
            "recordings": f"/2010-04-01/Accounts/{ACCOUNT}/Calls/{sid}/Recordings.json"
        },
    }


def _ordinary(document: Document, first: int, count: int) -> tuple[Exchange, ...]:
    """Exchanges that found nothing, spread over the operations."""
    made = []
    for index in range(count):
        operation = document.operations[index % len(document.operations)]
        target = "/2010-04-01" + operation.template.replace("{AccountSid}", ACCOUNT)
        status = int(operation.responses[index % len(operation.responses)].status)
        body = json.dumps({"number": index, "padding": "x" * 400}).encode()
        made.append(
            Exchange(
                first + index,
                Request(operation.method, target),
                Reply(status, _JSON, body),
                f"{operation.method} {operation.template}",
                Phase.EXAMPLES,
                Intent.VALID,
                started=STARTED + 8 + index / 100,
                elapsed=0.003,
            )
        )
    return tuple(made)


def _deliveries() -> tuple[Delivery, ...]:
    headers = (
        ("content-type", "application/x-www-form-urlencoded"),
        ("x-twilio-signature", "b0gus="),
    )
    return (
        Delivery(
            1,
            Request("POST", "/t/abc", headers, f"CallSid={CALL}&CallStatus=over".encode()),
            STARTED + 2.5,
            1,
            "StatusCallback",
            "abc",
            "http://127.0.0.1:5999/t/abc",
        ),
    )


def _findings(document: Document) -> tuple[Finding, ...]:
    at = _locator(document)
    status = ("components", "schemas", "Call", "properties", "status", "enum")
    return (
        Finding(
            "schema",
            FETCH,
            "status is 'over', wanted one of 'queued', 'ringing', 'in-progress', 'completed'",
            "body/status",
            at(*status),
            (1, 2),
            seed=7,
            count=12,
            hint="add the value to the enum, or answer one that it has",
        ),
        Finding(
            "wrong-kind",
            LIST,
            "calls/1/sid is a recording's identifier (RE…), wanted a call's (CA…)",
            "body/calls/1/sid",
            at("components", "schemas", "Call", "properties", "sid", "pattern"),
            (3,),
            seed=7,
        ),
        Finding("no-answer", MP3, "no answer: timeout after 10 s", "", None, (4,), seed=7),
        Finding(
            "unhandled-exception",
            QUEUES,
            f"the application raised ValueError: -1 is not a size {HOSTILE}",
            "",
            at("paths", "/Accounts/{AccountSid}/Queues.json", "post"),
            (5,),
            seed=7,
            count=3,
        ),
        Finding(
            "undocumented-status",
            FETCH,
            "the status is 418, wanted one of 200, 400, 401, 404, 429",
            "status",
            at("paths", "/Accounts/{AccountSid}/Calls/{CallSid}.json", "get", "responses"),
            (7,),
            seed=7,
        ),
        Finding(
            "missing-header",
            CREATE,
            "the answer has no Location header",
            "header/location",
            at("paths", "/Accounts/{AccountSid}/Calls.json", "post", "responses", "201"),
            (1,),
            severity=Severity.WARNING,
            seed=7,
            count=4,
        ),
        Finding(
            "callback-form",
            "callback StatusCallback",
            "CallStatus is 'over', wanted one of 'queued', 'ringing', 'completed'",
            "body/CallStatus",
            at("paths", "/Accounts/{AccountSid}/Calls.json", "post"),
            (1,),
            (1,),
            seed=7,
        ),
    )


def _accepted(document: Document) -> tuple[Finding, ...]:
    place = _locator(document)("paths", "/Accounts/{AccountSid}/Queues.json", "get", "responses")
    label = "GET /Accounts/{AccountSid}/Queues.json"
    message = "the status is 503, wanted one of 200, 400, 401, 429"
    return (Finding("undocumented-status", label, message, "status", place, (6,), seed=7),)


def _locator(document: Document) -> Any:
    def at(*path: str) -> Location:
        place = document.tree.locate(path)
        return replace(place, file=str(Path(place.file).relative_to(ROOT)))

    return at


def _coverage(document: Document, exchanges: tuple[Exchange, ...]) -> Coverage:
    at = _locator(document)
    operations = []
    for operation in document.operations:
        label = f"{operation.method} {operation.template}"
        own = [exchange for exchange in exchanges if exchange.operation == label]
        came = [exchange.reply.status for exchange in own if exchange.reply is not None]
        listed = [response.status for response in operation.responses]
        names = [f"{one.location}.{one.name}" for one in operation.parameters]
        operations.append(
            OperationCoverage(
                label,
                operation.operation_id,
                len(own),
                tuple((status, came.count(int(status))) for status in listed),
                tuple(
                    (str(status), came.count(status))
                    for status in sorted(set(came))
                    if str(status) not in listed
                ),
                Seen(label, tuple(names[::2]), tuple(names[1::2])),
                at(*operation.path),
                (("undocumented-status", len(own)), ("schema", len(came))) if own else (),
            )
        )
    statuses = at("components", "schemas", "Call", "properties", "status")
    return Coverage(
        tuple(operations),
        (
            Seen("CA…", (f"{CREATE} 201 /sid", f"{FETCH} path.CallSid"), ()),
            Seen("RE…", (), ("GET /Accounts/{AccountSid}/Recordings.json 200 /recordings/*/sid",)),
        ),
        (
            Seen("Call.status", ("queued", "busy"), ("ringing", "no-answer", "canceled"), statuses),
            Seen("Recording.source", (), ("DialVerb", "Conference", "OutboundAPI", "Trunking")),
        ),
        (Seen("Call.sid ^CA[0-9a-fA-F]{32}$", ("met",), ()),),
        (Seen("StatusCallback", ("initiated",), ("ringing", "answered", "completed")),),
        (
            Transition(CREATE, FETCH, "CA…", 14),
            Transition(CREATE, "DELETE /Accounts/{AccountSid}/Calls/{CallSid}.json", "CA…", 3),
            Transition(QUEUES, "GET /Accounts/{AccountSid}/Queues/{QueueSid}.json", "QU…", 0),
        ),
    )
