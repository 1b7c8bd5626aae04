"""The adapter to schemathesis' engine: what it sends passes our hands, with what exists in it, and stops when told."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from shop import contract
from talking import voice

from ringback import openapi, source
from ringback.contract import Contract, Exchange, Intent, Phase, Reply, Request, engine
from ringback.contract.faulty import is_faulty
from ringback.contract.links import linked
from ringback.contract.values import Maker

ALL = (Phase.EXAMPLES, Phase.COVERAGE, Phase.FUZZING, Phase.STATEFUL)


@dataclass
class Sink:
    """Takes requests, and answers what it is told to."""

    answer: Callable[[Request], Reply]
    sent: list[tuple[Request, str | None, Phase, Intent]] = field(default_factory=list)
    most: int = 10**9

    def send(self, request: Request, label: str | None, phase: Phase, intent: Intent) -> Exchange:
        self.sent.append((request, label, phase, intent))
        return Exchange(len(self.sent), request, self.answer(request), label, phase, intent)

    def explore(
        self, seconds: float = 4, fill: Any = None, held: Any = None, seed: int = 1, **plan: Any
    ) -> engine.Heard:
        held = held or contract()

        def unchanged(
            label: str, given: Mapping[str, Any], rng: random.Random
        ) -> Mapping[str, Any]:
            return given

        hands = engine.Hands(
            send=self.send,
            stopped=lambda: len(self.sent) >= self.most,
            fill=fill or unchanged,
            faulty=lambda label, request: is_faulty(held, held.operation(label), request),
        )
        chosen = engine.Plan(seed=seed, seconds=seconds, **plan)
        return engine.explore(linked(held), held.base, chosen, hands, lambda phase: None)


def made(request: Request) -> Reply:
    body = b'{"id": 7, "name": "Tom", "kind": "cat"}'
    if request.method == "GET" and request.path.endswith("/pets"):
        body = b'{"pets": [], "next": null}'
    status = {"POST": 201, "DELETE": 204}.get(request.method, 200)
    return Reply(status, (("content-type", "application/json"),), b"" if status == 204 else body)


def test_every_operation_is_reached_in_every_phase() -> None:
    sink = Sink(made)
    heard = sink.explore(60, examples=4, steps=4)
    assert heard.complaints == ()
    assert heard.transitions > 0
    labels = {label for _, label, _, _ in sink.sent}
    assert labels == {contract().label(one) for one in contract().operations}
    phases = Counter(phase for _, _, phase, _ in sink.sent)
    assert {Phase.COVERAGE, Phase.FUZZING, Phase.STATEFUL} <= phases.keys()


def test_requests_are_those_of_the_document() -> None:
    sink = Sink(made)
    sink.explore(2, phases=(Phase.COVERAGE,))
    for request, label, _, _ in sink.sent:
        match = contract().match(request.method, request.target)
        # A path value may be empty or hold anything: then it is another path, or none.
        assert match is None or contract().label(match.operation) == label
        names = {name for name, _ in request.headers}
        assert not names & {"user-agent", "x-schemathesis-testcaseid", "content-length"}
    methods = {request.method for request, _, _, _ in sink.sent}
    assert methods == {"GET", "POST", "PATCH", "DELETE"}, "only methods that the document has"


def test_invalid_is_what_the_document_forbids() -> None:
    sink = Sink(lambda request: Reply(400))
    sink.explore(2, phases=(Phase.COVERAGE,))
    invalid = [one for one in sink.sent if one[3] is Intent.INVALID]
    assert invalid
    for request, label, _, _ in invalid:
        assert is_faulty(contract(), contract().operation(str(label)), request)


def test_what_exists_takes_the_place_of_what_was_drawn() -> None:
    def fill(label: str, given: Mapping[str, Any], rng: random.Random) -> Mapping[str, Any]:
        return {**given, "petId": 4711}

    sink = Sink(made)
    sink.explore(2, fill, phases=(Phase.COVERAGE, Phase.FUZZING))
    items = [one for one, _, _, _ in sink.sent if one.path != "/v1/pets"]
    assert items and all(one.path == "/v1/pets/4711" for one in items)


def test_a_form_is_sent_as_a_form_with_names_repeated() -> None:
    label = "POST /Accounts/{AccountSid}/Calls.json"
    sink = Sink(lambda request: Reply(400))
    only = frozenset({label})
    # What hypothesis draws depends on the modules that are loaded: one seed may happen to repeat nothing.
    for seed in range(1, 6):
        phases = (Phase.COVERAGE, Phase.FUZZING)
        sink.explore(40, held=voice(), seed=seed, only=only, phases=phases)
        assert {one for _, one, _, _ in sink.sent} == only
        forms = [
            one
            for one, _, _, _ in sink.sent
            if one.header("content-type") == "application/x-www-form-urlencoded"
        ]
        assert len(forms) > 20
        if any(one.body.count(b"StatusCallbackEvent=") > 1 for one in forms):
            return
    raise AssertionError("no name was repeated")


def test_it_stops_when_told() -> None:
    sink = Sink(made, most=40)
    began = time.monotonic()
    sink.explore(60)
    assert time.monotonic() - began < 20
    # What was being drawn while it was told may still come, and is for the gateway to refuse.
    assert 40 <= len(sink.sent) < 80


def test_it_ends_when_its_time_is_over() -> None:
    sink = Sink(made)
    began = time.monotonic()
    sink.explore(1.5)
    assert time.monotonic() - began < 10


def test_no_answer_is_no_error_of_the_engine() -> None:
    class Silent(Sink):
        def send(
            self, request: Request, label: str | None, phase: Phase, intent: Intent
        ) -> Exchange:
            super().send(request, label, phase, intent)
            return Exchange(1, request, None, label, phase, intent, failure="timeout")

    heard = Silent(made).explore(2, phases=(Phase.COVERAGE,))
    assert heard.complaints == ()


# -- what breaks a document


def faulty(method: str, target: str, body: bytes = b"", kind: str = "application/json") -> bool:
    request = Request(method, target, (("content-type", kind),) if body else (), body)
    match = contract().match(method, target)
    assert match is not None
    return is_faulty(contract(), match.operation, request)


def test_a_request_breaks_the_document_or_does_not() -> None:
    good = b'{"name": "Tom", "kind": "cat"}'
    assert not faulty("POST", "/v1/pets", good)
    assert faulty("POST", "/v1/pets", b'{"name": "Tom", "kind": "bird"}')
    assert faulty("POST", "/v1/pets", b'{"name": "Tom"}')
    assert faulty("POST", "/v1/pets")
    assert not faulty("GET", "/v1/pets?limit=3")
    assert faulty("GET", "/v1/pets?limit=0")
    assert not faulty("GET", "/v1/pets?unknown=1"), "what nobody mentions breaks nothing"
    assert not faulty("GET", "/v1/pets?kind="), "an optional value that is empty is absent"
    assert faulty("GET", "/v1/pets/none")
    assert not faulty("GET", "/v1/pets/3")


FORMS = """
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /rooms:
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [Name]
              properties:
                Name: {type: string}
                Size: {type: integer}
      responses: {"201": {description: Made.}}
"""


@pytest.mark.parametrize(
    ("body", "breaks"),
    [(b"Name=", False), (b"Name=&Size=", False), (b"Size=3", True), (b"Name=&Size=x", True)],
)
def test_a_required_text_of_a_form_may_be_empty(tmp_path: Path, body: bytes, breaks: bool) -> None:
    (tmp_path / "forms.yaml").write_text(FORMS, encoding="utf-8")
    held = Contract.of(openapi.parse(source.load(tmp_path / "forms.yaml"), second=False)[0])
    kind = (("content-type", "application/x-www-form-urlencoded"),)
    request = Request("POST", "/rooms", kind, body)
    assert is_faulty(held, held.operations[0], request) is breaks


def test_a_form_without_fields_is_no_fault_where_the_body_is_optional(tmp_path: Path) -> None:
    (tmp_path / "forms.yaml").write_text(FORMS, encoding="utf-8")
    held = Contract.of(openapi.parse(source.load(tmp_path / "forms.yaml"), second=False)[0])
    drafts = [one.draft for one in Maker(held, 1).invalid(held.operations[0], {}, random.Random(1))]
    assert drafts and all(one.body for one in drafts)
