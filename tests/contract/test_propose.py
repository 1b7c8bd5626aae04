"""The overlay that is proposed makes the observed answers legal, and says what that costs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from talking import (
    ACCOUNT,
    NUMBER,
    OVERLAYS,
    SPEC,
    document,
    emulator,
    exchange,
    talking,
    voice,
    wander,
)

from ringback import openapi, source
from ringback.contract.outcome import Run
from ringback.contract.propose import propose
from ringback.contract.replay import replay
from ringback.contract.traffic import Exchange
from ringback.wire.view import Contract

FORM = {
    "schema", "wrong-kind", "undocumented-status", "undocumented-content-type", "header-schema",
    "missing-header",
}  # fmt: skip


@pytest.fixture(scope="module")
def observed() -> Run:
    """What the emulator answers, held to the document without its corrections."""
    contract = voice(overlays=False)
    with talking(emulator(clock="600x"), contract) as talk:
        wander(talk, 3, 150)
    return replay(contract, talk.exchanges)


@pytest.fixture(scope="module")
def proposed(observed: Run) -> str:
    return propose(voice(overlays=False), observed)


def corrected(file: Path, overlays: Iterable[Path]) -> Contract:
    read, _ = openapi.parse(source.load(file, [*overlays]), second=False)
    return Contract.of(read)


def forms(contract: Contract, exchanges: Iterable[Exchange]) -> list[tuple[str, str]]:
    found = replay(contract, exchanges).findings
    return [(one.code, one.message) for one in found if one.code in FORM]


def test_applied_it_makes_the_answers_legal(observed: Run, proposed: str, tmp_path: Path) -> None:
    assert len([one for one in observed.findings if one.code in FORM]) > 50
    overlay = tmp_path / "proposed.yaml"
    overlay.write_text(proposed, encoding="utf-8")
    contract = corrected(SPEC / "voice.yaml", [overlay])
    assert forms(contract, observed.exchanges) == []
    assert contract.document.tree.warnings == ()


def test_it_agrees_with_the_corrections_that_were_written_by_hand(
    proposed: str, tmp_path: Path
) -> None:
    overlay = tmp_path / "proposed.yaml"
    overlay.write_text(proposed, encoding="utf-8")
    guess = dict(corrected(SPEC / "voice.yaml", [overlay]).document.schemas)
    truth = dict(corrected(SPEC / "voice.yaml", OVERLAYS).document.schemas)
    plain = dict(voice(overlays=False).document.schemas)
    changed = 0
    for name, schema in plain.items():
        before, after, wanted = (
            dict(schema.properties), dict(guess[name].properties), dict(truth[name].properties)
        )  # fmt: skip
        for key, one in after.items():
            assert key in wanted, f"{name}.{key} is proposed, and nobody documents it"
            assert not one.nullable or wanted[key].nullable, f"{name}.{key} may not be null"
            assert set(one.enum or ()) <= set(wanted[key].enum or one.enum or ())
            if key in before and one.format != before[key].format:
                assert one.format == wanted[key].format, f"{name}.{key}"
            changed += key not in before or one.nullable != before[key].nullable
    assert changed > 20
    assert guess["Call"].properties and "date-time-rfc-2822" in {
        one.format for _, one in guess["Call"].properties
    }
    states = dict(guess["Recording"].properties)["status"].enum or ()
    assert "in-progress" in states


def test_statuses_and_error_bodies_are_those_of_the_corrections(
    proposed: str, tmp_path: Path
) -> None:
    overlay = tmp_path / "proposed.yaml"
    overlay.write_text(proposed, encoding="utf-8")
    guess, truth = corrected(SPEC / "voice.yaml", [overlay]), voice()
    bodies = 0
    for operation in guess.operations:
        wanted = truth.operation(guess.label(operation))
        known = {one.status for one in wanted.responses}
        assert {one.status for one in operation.responses} <= known, guess.label(operation)
        for response in operation.responses:
            if response.status.startswith("4") and response.content:
                bodies += 1
                schema = response.content[0].schema
                assert schema is not None
                assert {"code", "message"} <= {name for name, _ in schema.properties}
    assert bodies > 3


def test_each_action_says_what_it_rests_on(proposed: str) -> None:
    overlay = yaml.safe_load(proposed)
    assert overlay["overlay"] == "1.1.0" and overlay["actions"]
    for action in overlay["actions"]:
        assert action["x-observed"] >= 1 and action["description"]
    weak = [one for one in overlay["actions"] if one.get("x-weakens")]
    assert weak and len(weak) < len(overlay["actions"])
    assert all(
        "x-weakens" not in one
        for one in overlay["actions"]
        if one.get("update") == "date-time-rfc-2822"
    )
    assert NUMBER not in proposed
    assert ACCOUNT not in proposed


def test_the_same_run_gives_the_same_actions(observed: Run, proposed: str) -> None:
    def targets(text: str) -> list[str]:
        return [one["target"] for one in yaml.safe_load(text)["actions"]]

    assert targets(propose(voice(overlays=False), observed)) == targets(proposed)


THING = """
openapi: VERSION
info: {title: t, version: '1'}
paths:
  /things/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      responses:
        '200':
          description: ok
          headers:
            X-Left: {required: true, schema: {type: integer, maximum: 5}}
          content:
            application/json:
              schema:
                type: object
                required: [id, size, 'it''s']
                additionalProperties: false
                properties:
                  id: {type: string, pattern: '^[a-z]{3}$'}
                  size: {type: integer, maximum: 10, minimum: 1}
                  name: {type: string, maxLength: 3, minLength: 2}
                  when: {type: string, format: date-time}
                  state: {type: string, enum: [on, off]}
                  tags: {type: array, maxItems: 1, uniqueItems: true, items: {type: string}}
                  'it''s': {type: string}
                  one: {oneOf: [{type: integer}, {type: boolean}]}
                  many: {type: integer, multipleOf: 2}
"""
VALUES: list[dict[str, Any]] = [
    {"id": "ABC", "size": 11, "it's": "x"},
    {"id": "abc", "size": 0, "it's": "x", "name": "long"},
    {"id": "abc", "it's": "x", "when": "2020-01-01"},
    {"id": "abc", "size": 1},
    {"id": "abc", "size": None, "it's": 5, "name": "x", "more": {"deep": [1, None]}},
    {"id": "abc", "size": 1, "it's": "x", "state": "paused", "tags": ["a", "a"]},
    {"id": "abc", "size": 1, "it's": "x", "state": None, "one": "text", "many": 3},
    {"id": "abc", "size": 1, "it's": "x", "when": "noon"},
]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_every_kind_of_fault_has_its_correction(version: str, tmp_path: Path) -> None:
    contract = document(THING.replace("VERSION", version), tmp_path)
    traffic = [
        exchange(number, "GET", "/things/abc", 200, value, headers=(("x-left", "9"),))
        for number, value in enumerate(VALUES, 1)
    ]
    traffic.append(exchange(20, "GET", "/things/abc", 200, VALUES[3]))
    traffic.append(exchange(21, "GET", "/things/abc", 418, body=b"teapot", media="text/plain"))
    traffic.append(exchange(22, "GET", "/things/abc", 200, body=b"<x/>", media="text/xml"))
    traffic.append(exchange(23, "GET", "/things/abc", 500, {"oops": 1}))
    text = propose(contract, replay(contract, traffic))
    overlay = tmp_path / "proposed.yaml"
    overlay.write_text(text, encoding="utf-8")
    assert forms(corrected(tmp_path / "document.yaml", [overlay]), traffic) == []
    assert "500" not in {key for one in yaml.safe_load(text)["actions"] for key in _keys(one)}


def _keys(action: dict[str, Any]) -> set[str]:
    update = action.get("update")
    return set(update) if isinstance(update, dict) else set()


def test_where_all_is_legal_nothing_is_proposed(tmp_path: Path) -> None:
    contract = document(THING.replace("VERSION", "3.1.0"), tmp_path)
    right = exchange(
        1,
        "GET",
        "/things/abc",
        200,
        {"id": "abc", "size": 1, "it's": "x"},
        headers=(("x-left", "1"),),
    )
    assert propose(contract, replay(contract, [right])) == ""
