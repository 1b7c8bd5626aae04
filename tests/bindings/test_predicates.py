"""`not`, `if`, `contains` and their like: checked on both sides, held against jsonschema-rs."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import jsonschema_rs
import pytest
from generated import Bindings, document, echo

COMMON = {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "string"}, "c": {"type": "array", "items": {"type": "integer"}}}}  # fmt: skip
SCHEMAS: list[dict[str, Any]] = [
    {**COMMON, "not": {"required": ["a", "b"]}},
    {**COMMON, "if": {"properties": {"a": {"const": 1}}, "required": ["a"]}, "then": {"required": ["b"]}, "else": {"properties": {"b": {"maxLength": 1}}}},
    {**COMMON, "dependentSchemas": {"a": {"properties": {"b": {"pattern": "^x"}}, "required": ["b"]}}},
    {**COMMON, "allOf": [{"if": {"required": ["a"]}, "then": {"required": ["b"]}}, {"if": {"required": ["b"]}, "then": {"required": ["c"]}}]},
    {"type": "object", "properties": {"c": {"type": "array", "items": {"type": "integer"}, "contains": {"minimum": 5}, "minContains": 2, "maxContains": 3}}},
    {"type": "object", "properties": {"a": {"type": "integer", "not": {"multipleOf": 3}}, "b": {"type": "string", "not": {"enum": ["x", "xy"]}}}},
    {"type": "object", "properties": {"a": {"type": "integer", "if": {"minimum": 3}, "then": {"multipleOf": 2}}}},
    {"type": "object", "additionalProperties": {"type": "integer"}, "propertyNames": {"maxLength": 1, "not": {"const": "b"}}},
]  # fmt: skip
VALUES = [
    {key: value for key, value in zip("abc", chosen, strict=True) if value is not None}
    for chosen in itertools.product((None, 1, 3, 6), (None, "x", "xy", "y"), (None, [], [5, 6], [5, 6, 7, 8]))
]  # fmt: skip


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda one: next((key for key in one if key not in COMMON), "inside"))  # fmt: skip
def test_drifts_are_what_an_independent_judge_finds(tmp_path: Path, schema: dict[str, Any]) -> None:
    made = Bindings(document({"/echo": {"post": echo({"$ref": "#/components/schemas/T"})}}, {"T": schema}), tmp_path)  # fmt: skip
    assert not made.drawn.warnings
    judge = jsonschema_rs.Draft202012Validator(schema)
    kind = made.module("operations").ECHO.body.type
    decode = made.module("_runtime.decode").decode
    found = [decode(kind, json.dumps(one).encode())[1] == () for one in VALUES]
    wanted = [judge.is_valid(one) for one in VALUES]
    wrong = [(one, mine) for one, mine, theirs in zip(VALUES, found, wanted, strict=True) if mine != theirs]  # fmt: skip
    assert not wrong
    assert {True, False} == set(wanted)


def test_client_and_stub_refuse(tmp_path: Path) -> None:
    made = Bindings(document({"/echo": {"post": echo({"$ref": "#/components/schemas/T"})}}, {"T": SCHEMAS[1]}), tmp_path)  # fmt: skip
    thing = made.module("models").T

    async def same(given: Any) -> Any:
        return made.module("server").Echo200(given.body)

    client = made.client({"things": SimpleNamespace(echo=same)}, strict=True)
    assert client.things.echo(thing(a=1, b="long")).b == "long"
    with pytest.raises(made.package.InvalidRequest, match="what follows from `if`"):
        client.things.echo(thing(a=1))
    other, _ = made.answering(httpx2.Response(200, json={"a": 2, "b": "long"}))
    other.things.echo(thing(a=2))
    assert [one.wanted for _, one in other.drifts] == ["what follows from `if`"]
    routing = made.module("_runtime.asgi")
    route = routing.Route(made.module("operations").ECHO, None, None)
    request = routing.HttpRequest("POST", "/echo", "", {"content-type": "application/json"}, b'{"a": 1}')  # fmt: skip
    with pytest.raises(routing.Fault, match="expected what follows from `if`"):
        routing.decoded(route, request, {})


@pytest.mark.parametrize(
    "schema",
    [
        {**COMMON, "not": {"properties": {"a": {"$ref": "#/components/schemas/T"}}}},
        {**COMMON, "not": {"unevaluatedProperties": False}},
        {**COMMON, "if": {"required": ["a"]}, "then": {"required": ["nowhere"]}},
        {"not": {"type": "null"}},
    ],
)
def test_what_stays_unchecked_is_told(tmp_path: Path, schema: dict[str, Any]) -> None:
    made = Bindings(document({"/echo": {"post": echo({"$ref": "#/components/schemas/T"})}}, {"T": schema}), tmp_path)  # fmt: skip
    assert "unchecked-keyword" in {one.code for one in made.drawn.warnings}
