"""Arguments that the document does not allow never reach the wire, and are named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from drawing import Pair, Wrong, arguments, examined, wrong_values
from effective import FAST, Argument, arguments_of, document, faults
from hypothesis import given
from hypothesis import strategies as st
from stage import Stage

from ringback.openapi import Operation
from twilio_voice import UNSET, InvalidRequest

OPERATIONS = document().operations
EXAMPLES = 4 if FAST else 24


@dataclass(frozen=True)
class Spoiled:
    """Valid arguments, of which some are replaced by wrong values."""

    given: dict[str, Pair]
    wrong: dict[str, Wrong]


@st.composite
def spoiled(draw: Any, operation: Operation) -> Spoiled:
    taken = arguments_of(operation)
    chosen = draw(
        st.lists(st.sampled_from(taken), min_size=1, max_size=3, unique_by=lambda one: one.argument)
    )
    wrong = {one.argument: draw(st.sampled_from(wrong_values(one))) for one in chosen}
    return Spoiled(draw(arguments(taken)), wrong)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.operation_id)
def test_what_is_not_allowed_is_refused_and_named(operation: Operation) -> None:
    stage = Stage(operation)
    names = {one.argument: one.name for one in arguments_of(operation)}
    seen = 0

    @examined(EXAMPLES)
    @given(spoiled(operation))
    def run(example: Spoiled) -> None:
        nonlocal seen
        seen += 1
        sent = {name: pair.python for name, pair in example.given.items()}
        sent |= {name: _python(one) for name, one in example.wrong.items()}
        for call in (stage.call, stage.call_async):
            with pytest.raises(InvalidRequest) as refused:
                call(sent)
            found = {one.argument: one.name for one in refused.value.problems}
            assert found == {name: names[name] for name in example.wrong}
            assert all(name in str(refused.value) for name in example.wrong)
        assert stage.wire.requests == []

    run()
    stage.close()
    assert seen >= EXAMPLES


def _python(wrong: Wrong) -> Any:
    return UNSET if wrong.why == "missing" else wrong.python


def _each_wrong() -> list[tuple[str, Argument, Wrong]]:
    return [
        (f"{operation.operation_id}-{one.name}-{wrong.why}", one, wrong)
        for operation in OPERATIONS
        for one in arguments_of(operation)
        for wrong in wrong_values(one)
        if wrong.wire is not None
    ]


def test_the_judge_finds_every_wrong_value_wrong_too() -> None:
    """Else the test above would hold the bindings to rules of its own."""
    checked = _each_wrong()
    assert len(checked) > 500
    assert [name for name, one, wrong in checked if not faults(one.schema, wrong.wire)] == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.operation_id)
def test_every_wrong_value_is_refused_alone(operation: Operation) -> None:
    stage = Stage(operation)
    taken = arguments_of(operation)
    valid = {one.argument: _least(one) for one in taken if one.required and not one.by_default}
    for one in taken:
        for wrong in wrong_values(one):
            with pytest.raises(InvalidRequest) as refused:
                stage.call({**valid, one.argument: _python(wrong)})
            (problem,) = refused.value.problems
            assert (problem.argument, problem.name) == (one.argument, one.name)
    assert stage.wire.requests == []
    stage.close()


def _least(argument: Argument) -> Any:
    """Any valid value for a required argument."""
    schema = argument.schema.any_of[0] if argument.schema.any_of else argument.schema
    if schema.enum:
        return schema.enum[0]
    if schema.pattern:
        return schema.pattern[1:3] + "0" * 32
    return "x"
