"""Every model: drawn from its schema, written as JSON that the document accepts, read back equal."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from drawing import Pair, examined, values
from effective import FAST, body_class_of, document, faults, form_of
from hypothesis import given, settings
from stage import assert_same, built

from ringback.openapi import Schema
from twilio_voice import models
from twilio_voice._runtime.decode import decode
from twilio_voice._runtime.shapes import encode

EXAMPLES = 4 if FAST else 40


def _described() -> dict[str, Schema]:
    """What the document describes as an object with properties of its own, by the model's name."""
    found = {
        name: one
        for name, one in document().schemas
        if one.properties and not isinstance(one.additional_properties, Schema)
    }
    for operation in document().operations:
        form = form_of(operation)
        if form is not None:
            found[body_class_of(operation)] = form
    return found


DESCRIBED = _described()


def test_there_is_a_model_for_every_object_and_no_other() -> None:
    printed = {
        name
        for name in models.__all__
        if isinstance(getattr(models, name), type)
        and issubclass(getattr(models, name), msgspec.Struct)
    }
    assert printed == DESCRIBED.keys()


@pytest.mark.parametrize("name", DESCRIBED)
def test_a_model_is_valid_json_and_comes_back_equal(name: str) -> None:
    schema, kind = DESCRIBED[name], getattr(models, name)

    @examined(EXAMPLES)
    @given(values(schema))
    def run(drawn: Pair) -> None:
        instance = built(drawn.python, name)
        content = encode(instance)
        written = json.loads(content)
        assert written == drawn.wire
        assert faults(schema, written) == []
        back, drifts = decode(kind, content)
        assert drifts == ()
        assert back == instance
        assert_same(drawn.python, back)

    run()


@pytest.mark.parametrize("name", ["Call", "Recording", "Participant", "CallList"])
def test_a_model_says_where_json_differs_from_it(name: str) -> None:
    """Each property in turn gets a value that no schema here allows: one drift, at that pointer, value kept."""
    schema, kind = DESCRIBED[name], getattr(models, name)
    plain: dict[str, Any] = {}

    @settings(max_examples=1, derandomize=True, database=None)
    @given(values(schema))
    def draw(drawn: Pair) -> None:
        plain.update(drawn.wire)

    draw()
    for wire in plain:
        strange = {**plain, wire: [["not", "documented"]]}
        value, drifts = decode(kind, json.dumps(strange).encode())
        assert [one.pointer for one in drifts if one.pointer.split("/")[1] == wire]
        assert {one.pointer.split("/")[1] for one in drifts} == {wire}
        assert isinstance(value, kind)
