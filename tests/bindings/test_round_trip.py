"""Every operation, through the whole of the bindings: client -> wire -> server stub -> typed answer -> wire -> client.

Arguments and answers are drawn from the document. What arrives at either end is compared with what was sent; what
passes between them is held to the document by jsonschema-rs, byte for byte where names are concerned.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus, unquote, unquote_plus

import pytest
from drawing import Pair, arguments, examined, values
from effective import (
    FAST,
    Argument,
    arguments_of,
    base_path,
    body_class_of,
    document,
    faults,
    form_of,
    from_texts,
    media_of,
)
from hypothesis import given
from hypothesis import strategies as st
from stage import ACCOUNT, AUTHORIZATION, Stage, assert_same, body_type

from ringback.openapi import Operation, Response
from twilio_voice import UNSET, StatusError, errors

OPERATIONS = document().operations
EXAMPLES = 6 if FAST else 64
"""Per operation; each goes through the sync and through the async client."""

ERRORS = {
    "400": errors.BadRequest,
    "401": errors.Unauthorized,
    "403": errors.Forbidden,
    "404": errors.NotFound,
    "409": errors.Conflict,
    "429": errors.RateLimited,
}


@dataclass(frozen=True)
class Example:
    """One exchange: what the caller gives, what the handler answers."""

    given: dict[str, Pair]
    response: Response
    body: Pair | None


@st.composite
def examples(draw: Any, operation: Operation) -> Example:
    """Valid arguments, any documented status, a valid body for it. Successes come more often."""
    good = [one for one in operation.responses if one.status[0] == "2"]
    bad = [one for one in operation.responses if one.status[0] != "2"]
    chosen = draw(st.one_of(st.sampled_from(good), st.sampled_from(good), st.sampled_from(bad)))
    media = media_of(chosen)
    body = None if media is None or media.schema is None else draw(values(media.schema))
    return Example(draw(arguments(arguments_of(operation))), chosen, body)


def test_there_are_enough_examples() -> None:
    assert FAST or EXAMPLES * len(OPERATIONS) >= 2000


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.operation_id)
def test_what_is_sent_arrives(operation: Operation) -> None:
    stage = Stage(operation)
    seen = 0

    @examined(EXAMPLES)
    @given(examples(operation))
    def run(example: Example) -> None:
        nonlocal seen
        seen += 1
        stage.answers_with(example.response.status, example.body.python if example.body else None)
        sent = {name: pair.python for name, pair in example.given.items()}
        for call in (stage.call, stage.call_async):
            stage.wire.requests.clear()
            stage.wire.answers.clear()
            stage.inputs.clear()
            _assert_answered(example, call, sent)
            _assert_request_documented(operation, example, stage)
            _assert_answer_documented(example, stage)
            _assert_input(operation, example, stage)
        assert stage.client.drifts == []
        assert stage.async_client.drifts == []

    run()
    stage.close()
    assert seen >= EXAMPLES


def _assert_answered(example: Example, call: Any, sent: dict[str, Any]) -> None:
    status = example.response.status
    if status[0] == "2":
        found = call(sent)
        if example.body is None:
            assert found is None
        else:
            assert_same(example.body.python, found, "answer")
        return
    with pytest.raises(StatusError) as raised:
        call(sent)
    error = raised.value
    assert type(error) is ERRORS.get(status, StatusError)
    assert error.status == int(status)
    assert example.body is not None
    assert_same(example.body.python, error.body, "error")
    wire = example.body.wire
    assert (error.code, error.message, error.more_info) == (
        wire["code"],
        wire["message"],
        wire["more_info"],
    )


def _assert_request_documented(operation: Operation, example: Example, stage: Stage) -> None:
    ((method, target, headers, content),) = stage.wire.requests
    path, _, query = target.partition("?")
    assert method == operation.method
    assert headers["authorization"] == AUTHORIZATION
    taken = arguments_of(operation)
    assert [unquote(part) for part in path.split("/")] == _filled(operation, taken, example)
    asked = _pairs(query, "query", taken)
    assert asked == _expected("query", taken, example)
    assert f"?{query}".isascii()
    form = form_of(operation)
    if form is None:
        assert content == b""
        return
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    posted = _pairs(content.decode("ascii"), "form", taken)
    assert posted == _expected("form", taken, example)
    known = dict(form.properties)
    body = {name: from_texts(known[name], texts) for name, texts in posted.items()}
    assert faults(form, body) == []


def _filled(operation: Operation, taken: list[Argument], example: Example) -> list[str]:
    """The segments of the path with their variables replaced; those with a slash inside stay whole."""
    values_of = {"{AccountSid}": ACCOUNT}
    for one in taken:
        if one.place == "path" and one.argument in example.given:
            values_of["{" + one.name + "}"] = example.given[one.argument].wire
    segments = (base_path() + operation.template).split("/")
    for variable, value in values_of.items():
        segments = [part.replace(variable, value) for part in segments]
    return segments


def _pairs(text: str, place: str, taken: list[Argument]) -> dict[str, list[str]]:
    """Names and texts. A name counts as documented only if it is written byte for byte as that name is."""
    written = quote_plus if place == "form" else quote
    read = unquote_plus if place == "form" else unquote
    known = {written(one.name, safe=""): one for one in taken if one.place == place}
    found: dict[str, list[str]] = {}
    for pair in filter(None, text.split("&")):
        name, _, value = pair.partition("=")
        assert name in known, f"{name} is no documented name in the {place}"
        one = known[name]
        found.setdefault(one.name, []).append(read(value))
        if place == "query":
            assert faults(one.schema, from_texts(one.schema, [read(value)])) == []
    return found


def _expected(place: str, taken: list[Argument], example: Example) -> dict[str, list[str]]:
    expected: dict[str, list[str]] = {}
    for one in taken:
        if one.place == place and one.argument in example.given:
            wire = example.given[one.argument].wire
            items = wire if isinstance(wire, list) else [wire]
            expected[one.name] = [_text_of(item) for item in items]
    return expected


def _text_of(wire: Any) -> str:
    if isinstance(wire, bool):
        return "true" if wire else "false"
    return str(wire).replace("+00:00", "Z") if str(wire).endswith("+00:00") else str(wire)


def _assert_answer_documented(example: Example, stage: Stage) -> None:
    ((status, headers, content),) = stage.wire.answers
    assert status == int(example.response.status)
    media = media_of(example.response)
    if media is None or example.body is None:
        assert content == b""
        return
    assert headers["content-type"] == media.name
    if "json" not in media.name:
        assert content == example.body.wire
        return
    body = json.loads(content)
    assert body == example.body.wire
    assert media.schema is not None
    assert faults(media.schema, body) == []


def _assert_input(operation: Operation, example: Example, stage: Stage) -> None:
    (received,) = stage.inputs
    in_form = {}
    for one in arguments_of(operation):
        pair = example.given.get(one.argument)
        if one.place == "form":
            in_form[one.argument] = pair.python if pair else UNSET
            continue
        found = getattr(received, one.argument)
        if pair is None:
            assert found == (ACCOUNT if one.by_default else UNSET)
        else:
            assert_same(pair.python, found, one.argument)
    if form_of(operation) is None:
        return
    assert type(received.body) is body_type(operation), body_class_of(operation)
    for name, value in in_form.items():
        assert_same(value, getattr(received.body, name), f"body.{name}")
