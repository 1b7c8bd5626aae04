"""A schemathesis campaign against an ASGI application: the effective document in, findings out.

What is not checked, and why:

- webhooks: schemathesis does not know them; tests/bindings/test_webhooks.py holds them to the document.
- another account than the one that is logged in: with it every answer would be 401. `ignored_auth` still tries
  missing and wrong credentials.
- unknown query parameters: the document does not forbid them, and the server ignores them. The header that carries
  the credentials and the account in the path are put back where generation left them out or broke them, so they
  make no request invalid; `ignored_auth` looks at the credentials.
- refusals that the document cannot express (`STATE_CODES`): it marks none of three ways to say what a call does as
  required, and knows no states and no tokens. They count as accepted where valid data is expected to be.
"""

from __future__ import annotations

import copy
import json
import re
import zlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

import jsonschema_rs
import schemathesis
from hypothesis import strategies as st
from memory_calls import end_call, new_call, new_recording, stop_recording
from memory_conferences import new_conference, new_participant, new_queue
from memory_store import World
from schemathesis.engine import Status, events, from_schema

from twilio_voice import models
from twilio_voice.models import AccountSid, CallStatus, RecordingSource

ACCOUNT = AccountSid("AC" + "0123456789abcdef" * 2)
NOT_FORBIDDEN = re.compile(
    r"query: violates `additionalProperties`|\(was Authorization\)|path: .* at /properties/AccountSid$"
)
STATE_CODES = {20009, 21205, 21220, 21481}
"""A queue that is not empty; no instructions for a call; a call or recording that has ended; an unknown page token."""

_MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
schemathesis.openapi.format(
    "date-time-rfc-2822",
    _MOMENTS.map(lambda moment: format_datetime(moment.replace(microsecond=0))),
)
schemathesis.openapi.format("decimal", st.decimals(-1000, 1000, places=4).map(str))
schemathesis.openapi.format("int64", st.integers(0, 10**6).map(str))


def contract(root: Any) -> dict[str, Any]:
    """The copy of a document that schemathesis gets: without webhooks, with links from what is made to its uses."""
    found: dict[str, Any] = copy.deepcopy(root)
    found.pop("webhooks", None)
    for item in found["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict):
                operation.pop("callbacks", None)
                _link(operation)
    return found


LINKS = {
    "createCall": ({"CallSid": "sid"}, "fetchCall updateCall deleteCall createCallRecording"),
    "createCallRecording": (
        {"CallSid": "call_sid", "RecordingSid": "sid"},
        "fetchCallRecording updateCallRecording deleteCallRecording",
    ),
    "createParticipant": (
        {"ConferenceSid": "conference_sid", "CallSid": "call_sid"},
        "fetchParticipant updateParticipant deleteParticipant",
    ),
    "createQueue": ({"QueueSid": "sid"}, "fetchQueue updateQueue deleteQueue listQueueMembers"),
}
"""What is made, by which properties of the answer it is found again, and by which operations."""


def _link(operation: dict[str, Any]) -> None:
    properties, names = LINKS.get(operation["operationId"], ({}, ""))
    for name in names.split():
        links = operation["responses"]["201"].setdefault("links", {})
        given = {one: f"$response.body#/{wire}" for one, wire in properties.items()}
        links[name] = {"operationId": name, "parameters": given}


# -- a check of our own


def _is_rfc_2822(text: str) -> bool:
    try:
        return parsedate_to_datetime(text).tzinfo is not None
    except ValueError:
        return False


def _is_decimal(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) is not None


FORMATS = {
    "date-time-rfc-2822": _is_rfc_2822,
    "decimal": _is_decimal,
    "int64": lambda text: re.fullmatch(r"-?[0-9]{1,19}", text) is not None,
}


@schemathesis.check
def documented_formats(ctx: Any, response: Any, case: Any) -> None:
    """Answers keep to the formats that are no part of JSON Schema; schemathesis itself only draws them."""
    root = case.operation.schema.raw_schema
    item = root["paths"][case.operation.path][case.operation.method.lower()]
    answer = item["responses"].get(str(response.status_code), {})
    if "$ref" in answer:
        answer = root["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    media = answer.get("content", {}).get("application/json")
    if media is None or not response.content:
        return
    judge = jsonschema_rs.Draft202012Validator(
        {"allOf": [media["schema"]], "components": root["components"]},
        validate_formats=True,
        formats=FORMATS,
    )
    found = [
        error
        for error in judge.iter_errors(json.loads(response.content))
        if error.kind.name == "format"
    ]
    assert not found, "; ".join(f"{one.instance_path}: {one.message}" for one in found)


@dataclass
class Report:
    """What a campaign found, and what it did: findings by check, operation and message; answers by status."""

    findings: dict[tuple[str, str], str] = field(default_factory=dict)
    errors: set[str] = field(default_factory=set)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)

    def checks(self) -> set[str]:
        return {check for check, _ in self.findings}

    def add(self, event: Any) -> None:
        """Take in what one event of the engine says."""
        if isinstance(event, events.NonFatalError | events.FatalError):
            self.errors.add(str(getattr(event, "info", event)))
        if not isinstance(event, events.ScenarioFinished):
            return
        for case_id, nodes in event.recorder.checks.items():
            label = event.recorder.cases[case_id].value.operation.label
            for node in nodes:
                if node.status is Status.FAILURE and node.failure_info is not None:
                    failure = node.failure_info.failure
                    told = f"{failure.title}: {failure.message}\n{node.failure_info.code_sample}"
                    self.findings.setdefault((node.name, label), told)
        for case_id, exchange in event.recorder.interactions.items():
            if exchange.response is not None:
                label = event.recorder.cases[case_id].value.operation.label
                self.answers[label, exchange.response.status_code] += 1


def run(
    app: Any,
    world: World,
    root: Any,
    *,
    examples: int,
    seed: int = 1,
    only: str | None = None,
    stateful: bool = False,
) -> Report:
    """Hold an application to a document; `only` is a regular expression for the paths."""
    config = schemathesis.Config.from_dict(
        {
            "seed": seed,
            "continue-on-failure": True,
            "generation": {"max-examples": examples, "database": "none"},
            "suppress-health-check": ["all"],
            "cache": {"enabled": False},
            "auth": {"basic": {"username": ACCOUNT, "password": "any"}},
            "parameters": {"path.AccountSid": ACCOUNT},
            "phases": {"stateful": {"enabled": stateful, "generation": {"max-examples": 8}}},
            "warnings": False,
        }
    )
    schema: Any = schemathesis.openapi.from_dict(contract(root), config=config)
    schema.app = app
    if only is not None:
        schema = schema.include(path_regex=only)
    _use_what_exists(schema, world)
    _leave_out_what_is_not_documented(schema)
    report = Report()
    for event in from_schema(schema).execute():
        report.add(event)
    return report


def _leave_out_what_is_not_documented(schema: Any) -> None:
    def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
        if type(failure).__name__ == "RejectedPositiveData":
            return json.loads(response.content).get("code") not in STATE_CODES
        if type(failure).__name__ == "AcceptedNegativeData":
            found = re.findall(
                r"^  - (.*)$|Invalid component: (.*)$", failure.message, re.MULTILINE
            )
            return not found or any(not NOT_FORBIDDEN.search(a + b) for a, b in found)
        return True

    schema.hook(filter_failure)


def _use_what_exists(schema: Any, world: World) -> None:
    """Put SIDs of resources that exist, made on the spot, in the place of most valid ones."""

    def map_path_parameters(context: Any, path_parameters: dict[str, Any]) -> dict[str, Any]:
        given = dict(path_parameters or {})
        wanted = {name: value for name, value in given.items() if name in SIDS}
        chance = zlib.crc32(repr(wanted).encode())
        if wanted and chance % 4 and _all_valid(wanted):
            given.update(_made(world, set(wanted), running=chance % 8 < 5))
        return given

    schema.hook(map_path_parameters)


def _all_valid(wanted: dict[str, Any]) -> bool:
    """Whether no value was made to be refused; a participant may go by any label."""
    labelled = {"ConferenceSid", "CallSid"} <= wanted.keys()
    return all(
        isinstance(value, str)
        and (re.fullmatch(SIDS[name], value) or (labelled and name == "CallSid" and value))
        for name, value in wanted.items()
    )


SIDS = {
    "CallSid": r"CA[0-9a-fA-F]{32}",
    "RecordingSid": r"RE[0-9a-fA-F]{32}",
    "ConferenceSid": r"CF[0-9a-fA-F]{32}",
    "QueueSid": r"QU[0-9a-fA-F]{32}",
}


def _made(world: World, wanted: set[str], *, running: bool) -> dict[str, str]:
    """New resources for the path of a request: still running, or over and done with."""
    found: dict[str, str] = {}
    conference = call = None
    if "ConferenceSid" in wanted:
        conference = new_conference(world, ACCOUNT, "a room")
        found["ConferenceSid"] = conference.sid
    if "CallSid" in wanted:
        call = _call(world, conference, running=running)
        found["CallSid"] = call.sid
    if "QueueSid" in wanted:
        queue = new_queue(world, ACCOUNT, "a queue")
        found["QueueSid"] = queue.sid
        if call is not None:
            world.enqueue(ACCOUNT, queue.sid, call.sid)
    if "RecordingSid" in wanted:
        recording = new_recording(
            world,
            ACCOUNT,
            RecordingSource.START_CALL_RECORDING_API,
            call_sid=call.sid if call else None,
            conference_sid=conference.sid if conference else None,
        )
        if not running:
            stop_recording(world, recording)
        found["RecordingSid"] = recording.sid
    return found


def _call(world: World, conference: models.Conference | None, *, running: bool) -> models.Call:
    if conference is not None:
        body = models.CreateParticipantRequest(to="+15551", from_="+15552", label="front/desk")
        joined = new_participant(world, conference, body)
        return world.account(ACCOUNT).calls[joined.call_sid]
    call = new_call(world, ACCOUNT, "+15551", "+15552")
    return call if running else end_call(world, call, CallStatus.COMPLETED)
