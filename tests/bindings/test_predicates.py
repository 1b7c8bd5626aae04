"""`not`, `if`, `contains` and their like: checked on both sides, held against jsonschema-rs."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import httpx2
import jsonschema_rs
import msgspec
import pytest
from generated import Bindings, document, echo

INTEGER, TEXT, LIST = (
    {"type": "integer"},
    {"type": "string"},
    {"type": "array", "items": {"type": "integer"}},
)
COMMON = {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "string"}, "c": {"type": "array", "items": {"type": "integer"}}}}  # fmt: skip
SCHEMAS: list[dict[str, Any]] = [
    {**COMMON, "not": {"required": ["a", "b"]}},
    {**COMMON, "if": {"properties": {"a": {"const": 1}}, "required": ["a"]}, "then": {"required": ["b"]}, "else": {"properties": {"b": {"maxLength": 1}}}},
    {**COMMON, "dependentSchemas": {"a": {"properties": {"b": {"pattern": "^x"}}, "required": ["b"]}}},
    {**COMMON, "allOf": [{"if": {"required": ["a"]}, "then": {"required": ["b"]}}, {"if": {"required": ["b"]}, "then": {"required": ["c"]}}]},
    {"type": "object", "properties": {"c": {"type": "array", "items": {"type": "integer"}, "contains": {"minimum": 5}, "minContains": 2, "maxContains": 3}}},
    {"type": "object", "properties": {"a": {"type": "integer", "not": {"multipleOf": 3}}, "b": {"type": "string", "not": {"enum": ["x", "xy"]}}}},
    {"type": "object", "properties": {"a": {"type": "integer", "if": {"minimum": 3}, "then": {"multipleOf": 2}}}},
    {**COMMON, "not": {"properties": {"b": True}, "required": ["b"], "unevaluatedProperties": {"type": "integer"}}},
    {"type": "object", "properties": {"a": INTEGER}, "anyOf": [{"properties": {"b": TEXT}, "required": ["b"]}, {"properties": {"c": LIST}, "required": ["c"]}], "unevaluatedProperties": False},
    {**COMMON, "properties": {"a": INTEGER}, "if": {"properties": {"a": {"const": 1}}, "required": ["a"]}, "then": {"properties": {"b": TEXT}}, "else": {"properties": {"c": LIST}}, "unevaluatedProperties": False},
    {**COMMON, "properties": {"b": TEXT}, "dependentSchemas": {"b": {"properties": {"a": INTEGER}}}, "unevaluatedProperties": {"type": "array"}},
    {"type": "object", "allOf": [{"properties": {"a": INTEGER}, "if": {"required": ["a"]}, "then": {"patternProperties": {"^[b]$": {}}}}, {"properties": {"c": LIST}}], "unevaluatedProperties": False},
    {"type": "object", "properties": {"c": {"type": "array", "contains": {"minimum": 6}, "minContains": 0, "unevaluatedItems": {"maximum": 4}}}},
    {"type": "object", "properties": {"c": {"type": "array", "items": INTEGER, "unevaluatedItems": False, "maxItems": 2}}},
    {"type": "object", "properties": {"c": {"type": "array", "if": {"prefixItems": [{"const": 5}], "minItems": 3}, "then": {"items": {"type": "integer"}}, "else": {"prefixItems": [{"const": 5}]}, "unevaluatedItems": False}}},
    {"type": "object", "properties": {"c": {"type": "array", "unevaluatedItems": {"minimum": 6}}}},
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
        {
            **COMMON,
            "unevaluatedProperties": {"$ref": "#/components/schemas/T"},
            "if": {"required": ["a"]},
        },
        {**COMMON, "if": {"required": ["a"]}, "then": {"required": ["nowhere"]}},
        {"not": {"type": "null"}},
    ],
)
def test_what_stays_unchecked_is_told(tmp_path: Path, schema: dict[str, Any]) -> None:
    made = Bindings(document({"/echo": {"post": echo({"$ref": "#/components/schemas/T"})}}, {"T": schema}), tmp_path)  # fmt: skip
    assert "unchecked-keyword" in {one.code for one in made.drawn.warnings}


TEXTS: list[tuple[dict[str, Any], list[Any]]] = [
    ({"type": "string", "not": {"enum": ["x", "xy"]}}, ["x", "xy", "y"]),
    ({"type": "integer", "if": {"minimum": 3}, "then": {"multipleOf": 2}}, [1, 3, 4]),
    ({"type": "array", "items": {"type": "integer"}, "contains": {"minimum": 5}}, [[1], [1, 5]]),
    ({"type": "array", "items": {"type": "string", "not": {"const": "x"}}}, [["a"], ["a", "x"]]),
    ({"type": "object", "properties": {"k": {"type": "string"}, "l": {"type": "string"}}, "not": {"required": ["k", "l"]}}, [{"k": "a"}, {"k": "a", "l": "b"}]),
    ({"type": "object", "additionalProperties": {"type": "string"}, "propertyNames": {"maxLength": 1}}, [{"k": "a"}, {"kk": "a"}]),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "values"), TEXTS)
@pytest.mark.parametrize("place", ["query", "header", "content"])
def test_what_travels_as_text(
    tmp_path: Path, schema: dict[str, Any], values: list[Any], place: str
) -> None:
    told = {"content": {"application/json": {"schema": schema}}} if place == "content" else {"schema": schema}  # fmt: skip
    operation = {
        "operationId": "find",
        "tags": ["things"],
        "parameters": [{"name": "given", "in": "header" if place == "header" else "query", **told}],
        "responses": {"204": {"description": "Found."}},
    }
    made = Bindings(document({"/find": {"get": operation}}), tmp_path)
    assert not made.drawn.warnings
    judge = jsonschema_rs.Draft202012Validator(schema)
    codec = made.module("operations").FIND.parameters[0].codec
    kind = next((getattr(one, "type", None) for one in (codec, getattr(codec, "codec", None)) if hasattr(one, "type")), None)  # fmt: skip
    client, _ = made.answering(*[httpx2.Response(204)] * len(values))
    for value in values:
        given = msgspec.convert(value, kind) if kind is not None else value
        if judge.is_valid(value):
            client.things.find(given=given)
        else:
            with pytest.raises(made.package.InvalidRequest, match="expected"):
                client.things.find(given=given)
    routing = made.module("_runtime.asgi")
    route = routing.Route(made.module("operations").FIND, None, None)
    for value in values:
        text = value if isinstance(value, str) and place != "content" else json.dumps(value)
        if isinstance(value, (list, dict)) and place != "content":
            continue  # how these are written is the styles' own affair
        headers = {"given": text} if place == "header" else {}
        request = routing.HttpRequest("GET", "/find", f"given={quote(text)}" if not headers else "", headers)  # fmt: skip
        if judge.is_valid(value):
            assert "given" in routing.decoded(route, request, {})
        else:
            with pytest.raises(routing.Fault, match="expected"):
                routing.decoded(route, request, {})
