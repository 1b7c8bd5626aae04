"""A tree as a Document: versions made one shape, references linked, nothing lost or doubled."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ringback.openapi import ABSENT, Document, Schema, judge_again, parse
from ringback.source import DocumentError, load

ROOT = Path(__file__).parents[2]


def read(tmp_path: Path, document: dict[str, Any]) -> tuple[Document, list[str]]:
    """The document (what it lacks is added), and the codes of its warnings."""
    whole = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}, **document}
    file = tmp_path / "d.json"
    file.write_text(json.dumps(whole))
    read, warnings = parse(load(file), second=False)
    return read, [warning.code for warning in warnings]


def schema(tmp_path: Path, raw: Any, version: str = "3.1.0", **others: Any) -> Schema:
    document, _ = read(
        tmp_path, {"openapi": version, "components": {"schemas": {"S": raw, **others}}}
    )
    return dict(document.schemas)["S"]


@pytest.mark.parametrize(("version", "raw", "types", "nullable", "enum"), [
    ("3.0.3", {"type": "string", "nullable": True}, ("string",), True, None),
    ("3.0.3", {"type": "string", "nullable": True, "enum": ["a"]}, ("string",), True, ("a",)),
    ("3.0.3", {"type": "string"}, ("string",), False, None),
    ("3.1.0", {"type": ["string", "null"]}, ("string",), True, None),
    ("3.1.0", {"type": ["string", "null"], "enum": ["a"]}, ("string",), False, ("a",)),
    ("3.1.0", {"type": ["string", "null"], "enum": ["a", None]}, ("string",), True, ("a",)),
    ("3.1.0", {"type": ["string", "integer"]}, ("string", "integer"), False, None),
    ("3.1.0", {"enum": ["a", None]}, (), True, ("a",)),
    ("3.1.0", {"type": "null"}, (), True, ()),
    ("3.1.0", {"const": None}, (), True, ()),
    ("3.1.0", {}, (), False, None),
])  # fmt: skip
def test_null_has_one_form(
    version: str,
    raw: Any,
    types: tuple[str, ...],
    nullable: bool,
    enum: tuple[Any, ...] | None,
    tmp_path: Path,
) -> None:
    found = schema(tmp_path, raw, version)
    assert (found.types, found.nullable, found.enum) == (types, nullable, enum)


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
def test_a_branch_for_null_is_hoisted(keyword: str, tmp_path: Path) -> None:
    found = schema(
        tmp_path,
        {keyword: [{"$ref": "#/components/schemas/T"}, {"type": "null"}]},
        T={"type": "string"},
    )
    (branch,) = found.any_of + found.one_of
    assert found.nullable
    assert branch.name == "T"


def test_exclusive_bounds_are_numbers(tmp_path: Path) -> None:
    old = schema(
        tmp_path, {"type": "integer", "minimum": 1, "exclusiveMinimum": True, "maximum": 9}, "3.0.3"
    )
    new = schema(tmp_path, {"type": "integer", "exclusiveMinimum": 1, "maximum": 9})
    for found in (old, new):
        assert (found.minimum, found.exclusive_minimum, found.maximum, found.exclusive_maximum) == (
            None,
            1,
            9,
            None,
        )


def test_references_are_linked_by_identity_also_in_circles(tmp_path: Path) -> None:
    node = {
        "type": "object",
        "properties": {
            "next": {"$ref": "#/components/schemas/S"},
            "again": {"$ref": "#/components/schemas/T"},
        },
    }
    found = schema(tmp_path, node, T={"$ref": "#/components/schemas/S"})
    assert dict(found.properties)["next"] is found
    assert dict(found.properties)["again"] is found
    assert repr(found) == "<Schema /components/schemas/S>"


def test_a_reference_with_siblings_is_all_of_from_3_1_on(tmp_path: Path) -> None:
    raw = {"$ref": "#/components/schemas/T", "description": "mine"}
    new = schema(tmp_path, raw, T={"type": "string"})
    assert (new.description, new.all_of[0].name) == ("mine", "T")
    assert schema(tmp_path, raw, "3.0.3", T={"type": "string"}).types == ("string",)


def test_anchors_and_odd_places_can_be_referred_to(tmp_path: Path) -> None:
    document, _ = read(tmp_path, {
        "x-own": {"odd/name": {"type": "boolean"}},
        "components": {"schemas": {
            "S": {"properties": {"a": {"$ref": "#there"}, "b": {"$ref": "#/x-own/odd~1name"}}},
            "T": {"$anchor": "there", "type": "integer"},
        }},
    })  # fmt: skip
    assert [inner.types for _, inner in dict(document.schemas)["S"].properties] == [
        ("integer",),
        ("boolean",),
    ]


def test_what_stands_in_odd_places_is_judged(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, {
            "x-own": {"odd": {"type": "bolean"}},
            "components": {"schemas": {"S": {"properties": {"b": {"$ref": "#/x-own/odd"}}}}},
        })  # fmt: skip
    assert [found.location.pointer for found in caught.value.diagnostics] == ["/x-own/odd/type"]


def test_the_uncarried_is_named(tmp_path: Path) -> None:
    found = schema(
        tmp_path,
        {"if": {"type": "string"}, "then": {"minLength": 1}, "dependencies": {}, "x-a": 1},
    )
    assert found.unknown == ("dependencies",)
    (condition,) = found.conditions
    assert (condition.test.types, condition.otherwise) == (("string",), None)
    assert condition.then is not None
    assert condition.then.min_length == 1
    assert found.extensions == {"x-a": 1}


def test_true_and_false_are_schemas(tmp_path: Path) -> None:
    assert schema(tmp_path, True).not_ is None
    nothing = schema(tmp_path, False)
    assert nothing.not_ is not None
    assert nothing.not_.types == ()


def test_misfits_are_reported_and_left_out(tmp_path: Path) -> None:
    document, warnings = read(tmp_path, {"components": {"schemas": {
        "A": {"type": "integer", "default": "x"},
        "B": {"type": "string", "enum": ["a", 1, "a"]},
        "C": {"type": "integer", "default": 0},
        "D": {"type": "integer", "example": True},
    }}})  # fmt: skip
    found = dict(document.schemas)
    assert found["A"].default is ABSENT
    assert found["B"].enum == ("a",)
    assert found["C"].default == 0
    assert sorted(warnings) == [
        "default-mismatch",
        "enum-duplicate",
        "enum-mismatch",
        "example-mismatch",
    ]


OPERATIONS: dict[str, Any] = {
    "security": [{"basic": []}],
    "servers": [{"url": "https://{region}.example.com", "variables": {"region": {"default": "eu"}}}],
    "paths": {
        "/a/{id}": {
            "parameters": [
                {"$ref": "#/components/parameters/Id"},
                {"name": "page", "in": "query", "schema": {"type": "integer"}},
                {"name": "Accept", "in": "header", "schema": {"type": "string"}},
            ],
            "servers": [{"url": "/other"}],
            "post": {
                "operationId": "one",
                "parameters": [
                    {"name": "page", "in": "query", "schema": {"type": "string"}, "style": "pipeDelimited"},
                    {"name": "q", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}},
                    {"name": "idle", "in": "path", "required": True, "schema": {"type": "string"}},
                ],
                "requestBody": {"$ref": "#/components/requestBodies/B"},
                "responses": {"200": {"$ref": "#/components/responses/R"}, "x-note": 1},
                "security": [{}],
                "callbacks": {"ended": {"{$request.body#/url}": {"post": {"responses": {"204": {"description": ""}}}}}},
            },
        },
        "/b": {"$ref": "#/components/pathItems/P"},
    },
    "webhooks": {"w": {"post": {"operationId": "heard", "responses": {"204": {"description": ""}}}}},
    "components": {
        "parameters": {"Id": {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}},
        "requestBodies": {"B": {"required": True, "content": {"text/plain": {}}}},
        "responses": {"R": {
            "description": "fine",
            "headers": {"X-A": {"schema": {"type": "integer"}}, "content-type": {"schema": {}}},
            "content": {"application/json": {"schema": {"type": "object"}}},
        }},
        "pathItems": {"P": {"get": {"operationId": "two", "responses": {"default": {"description": ""}}}}},
        "securitySchemes": {"basic": {"type": "http", "scheme": "basic"}},
    },
}  # fmt: skip


def test_operations(tmp_path: Path) -> None:
    document, warnings = read(tmp_path, OPERATIONS)
    one, two = document.operations
    assert [(p.name, p.location, p.style, p.explode) for p in one.parameters] == [
        ("id", "path", "simple", False),
        ("page", "query", "pipeDelimited", False),
        ("q", "query", "form", True),
    ]
    assert one.parameters[1].schema is not None
    assert one.parameters[1].schema.types == ("string",)
    assert one.parameters[2].media_type == "application/json"
    assert one.body is not None
    assert (one.body.required, one.body.content[0].schema) == (True, None)
    (response,) = one.responses
    assert (response.status, response.description) == ("200", "fine")
    assert [header.name for header in response.headers] == ["X-A"]
    assert one.security == ((),)
    assert [server.url for server in one.servers] == ["/other"]
    assert [server.url for server in document.servers] == ["https://eu.example.com"]
    (callback,) = one.callbacks
    assert (callback.name, callback.expression) == ("ended", "{$request.body#/url}")
    assert callback.operations[0].method == "POST"
    assert (two.operation_id, two.template, two.security) == ("two", "/b", (("basic",),))
    assert [hook.operations[0].operation_id for hook in document.webhooks] == ["heard"]
    assert sorted(warnings) == ["ignored-header", "path-parameter"]


@pytest.mark.parametrize("place", ["webhooks", "callbacks"])
def test_the_rules_hold_in_webhooks_and_callbacks(place: str, tmp_path: Path) -> None:
    fault = {"post": {
        "operationId": "one",
        "parameters": [{"$ref": "#/components/parameters/Missing"}],
        "requestBody": {"content": {"a/b": {"schema": {"type": "string", "pattern": "("}}}},
        "responses": {"204": {"description": ""}},
        "security": [{"other": []}],
    }}  # fmt: skip
    document = json.loads(json.dumps(OPERATIONS))
    if place == "webhooks":
        document["webhooks"] = {"w": fault}
    else:
        document["paths"]["/a/{id}"]["post"]["callbacks"] = {"c": {"https://x": fault}}
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, document)
    found = {one.code: one.severity for one in caught.value.diagnostics}
    assert (
        found.items()
        >= {
            "duplicate-operation-id": "warning",
            "unresolved-ref": "error",
            "invalid-pattern": "error",
            "unknown-security-scheme": "warning",
        }.items()
    )


def test_3_2_additional_operations_and_query(tmp_path: Path) -> None:
    answer = {"responses": {"200": {"description": ""}}}
    document, _ = read(
        tmp_path,
        {
            "openapi": "3.2.0",
            "paths": {"/a": {"query": answer, "additionalOperations": {"COPY": answer}}},
        },
    )
    assert [operation.method for operation in document.operations] == ["QUERY", "COPY"]


@pytest.mark.parametrize(
    "root", [None, 1, [], {"openapi": 3.1}, {"openapi": "4.0.0"}, {"swagger": "2.0"}, {"info": {}}]
)
def test_other_versions_are_refused(root: Any, tmp_path: Path) -> None:
    file = tmp_path / "d.json"
    file.write_text(json.dumps(root))
    with pytest.raises(DocumentError) as caught:
        parse(load(file))
    assert [found.code for found in caught.value.diagnostics] == ["unsupported-version"]


def test_the_second_judge_is_asked_and_can_be_asked_later(tmp_path: Path) -> None:
    file = tmp_path / "d.yaml"
    file.write_text(
        'openapi: 3.0.3\ninfo: {title: T, version: "1"}\npaths: {}\n'
        "components: {schemas: {Day: {type: string, format: date, default: today}}}\n"
    )
    _, found = parse(load(file))
    document, warnings = parse(load(file), second=False)
    assert judge_again(document, warnings)() == found
    assert [(one.code, one.severity) for one in found] == [("spec-validator", "warning")]
    assert warnings == ()


def test_the_second_judge_is_asked_once_for_each_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openapi_spec_validator

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "d.yaml"
    text = 'openapi: 3.0.3\ninfo: {title: T, version: "1"}\npaths: {}\n'
    file.write_text(
        text + "components: {schemas: {Day: {type: string, format: date, default: today}}}\n"
    )
    _, first = parse(load(file))
    assert [one.code for one in first] == ["spec-validator"]
    monkeypatch.delattr(openapi_spec_validator, "OpenAPIV30SpecValidator")
    assert parse(load(file))[1] == first
    (kept,) = (tmp_path / "cache" / "ringback" / "verdicts").iterdir()
    kept.write_text("no verdict")
    with pytest.raises(ImportError):
        parse(load(file))


def test_schemas_that_fan_out_are_judged_in_no_time(tmp_path: Path) -> None:
    fan = {f"S{n}": {"allOf": [{"$ref": f"#/components/schemas/S{n + 1}"}] * 8} for n in range(30)}
    fan["S0"]["default"] = {}
    document, warnings = read(
        tmp_path, {"components": {"schemas": {**fan, "S30": {"type": "object"}}}}
    )
    assert judge_again(document, ())() == ()
    assert warnings == []


def test_the_voice_document_has_no_findings() -> None:
    overlays = [ROOT / "spec" / "overlays" / f"{name}.yaml" for name in ("twilio", "resources")]
    for chosen in ([], overlays):
        _, warnings = parse(load(ROOT / "spec" / "voice.yaml", chosen))
        assert warnings == ()
