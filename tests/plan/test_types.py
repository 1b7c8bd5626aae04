"""From schemas to Python types."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plan.drawn import document, drawn, field, operation, query


@pytest.mark.parametrize(
    ("schema", "annotation"),
    [
        ({"type": "string"}, "str"),
        ({"type": ["string", "null"]}, "str | None"),
        ({"type": "string", "format": "date"}, "_dt.date"),
        ({"type": "string", "format": "date-time"}, "_dt.datetime"),
        ({"type": "string", "format": "date-time-rfc-2822"}, "Rfc2822"),
        ({"type": "string", "format": "decimal"}, "DecimalString"),
        ({"type": "string", "format": "int64"}, "IntText"),
        ({"type": "string", "format": "uuid"}, "UUID"),
        ({"type": "string", "format": "somebody-elses"}, "str"),
        ({"type": "string", "maxLength": 3}, "Annotated[str, Meta(max_length=3)]"),
        ({"type": "string", "pattern": "^a$"}, 'Annotated[str, Meta(pattern="^a\\\\Z")]'),
        ({"type": "integer", "minimum": 1}, "Annotated[int, Meta(ge=1)]"),
        ({"type": "integer", "exclusiveMinimum": 1}, "Annotated[int, Meta(ge=2)]"),
        ({"type": "number", "exclusiveMaximum": 1.5}, "Annotated[float, Meta(lt=1.5)]"),
        ({"type": "boolean"}, "bool"),
        ({"type": "array", "items": {"type": "string"}}, "list[str]"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "dict[str, int]"),
        ({"type": "object"}, "dict[str, Any]"),
        ({}, "Any"),
        ({"enum": [1, 2, "x"]}, 'Literal[1, 2, "x"]'),
        ({"const": "only"}, 'Literal["only"]'),
        ({"type": ["string", "integer"]}, "str | int"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "str | None"),
        (
            {
                "oneOf": [
                    {"type": "string", "format": "date"},
                    {"type": "string", "format": "date-time"},
                ]
            },
            "HolderIt",
        ),
    ],
)
def test_annotations(schema: dict[str, Any], annotation: str) -> None:
    assert field(schema, required=True) == annotation


def test_what_may_be_missing_and_what_may_be_null_differ() -> None:
    assert field({"type": "string"}) == "str | Unset"
    assert field({"type": ["string", "null"]}) == "str | Unset | None"
    assert field({"type": ["string", "null"]}, required=True) == "str | None"


def test_equal_sets_of_values_are_one_enum_whatever_they_are_written_in() -> None:
    schemas = {
        "Call": {
            "type": "object",
            "properties": {"status": {"enum": ["up", "down"], "type": "string"}},
        },
        "Room": {"type": "object", "properties": {"status": {"enum": ["open"], "type": "string"}}},
    }
    paths = {
        "/calls": {
            "get": operation(
                operationId="listCalls",
                parameters=[query("Status", {"type": "string", "enum": ["up", "down"]})],
            )
        }
    }
    result = drawn(document(paths, schemas))
    assert [one.name for one in result.plan.enums] == ["CallStatus", "RoomStatus"]
    (listing,) = result.plan.operations
    assert listing.parameters[0].codec == "Enumeration(CallStatus)"
    assert listing.parameters[0].argument_annotation == "CallStatus | CallStatusValue"


def test_members_that_look_alike_stay_apart() -> None:
    schema = {
        "type": "object",
        "properties": {"kind": {"type": "string", "enum": ["a-b", "a_b", "", "name", "1"]}},
    }
    (enum,) = drawn(document(schemas={"Thing": schema})).plan.enums
    assert [(one.name, one.value) for one in enum.members] == [
        ("A_B", "a-b"),
        ("A_B_2", "a_b"),
        ("EMPTY", ""),
        ("NAME", "name"),
        ("N1", "1"),
    ]


def test_a_union_of_objects_is_a_type_of_its_own() -> None:
    schemas = {
        "A": {"type": "object", "properties": {"a": {"type": "string"}}},
        "B": {"type": "object", "properties": {"b": {"type": "string"}}},
        "Both": {"type": "object", "properties": {"it": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]}}},
    }  # fmt: skip
    result = drawn(document(schemas=schemas))
    (both,) = [one for one in result.plan.models if one.name == "Both"]
    assert both.fields[0].annotation == "BothIt | Unset"
    assert [(one.name, one.members) for one in result.plan.unions] == [("BothIt", ("A", "B"))]
    assert result.warnings == ()


@pytest.mark.parametrize("form", ["date-time-rfc-2822", "decimal", "int64"])
@pytest.mark.parametrize(("other", "made"), [("boolean", "ThingIt | Unset"), ("null", "| None")])
def test_text_that_a_hook_reads_stands_in_no_union_of_msgspec(
    form: str, other: str, made: str
) -> None:
    """msgspec refuses the whole module's types where such a union is met."""
    schema = {"anyOf": [{"type": "string", "format": form}, {"type": other}]}
    thing = {"type": "object", "properties": {"it": schema}}
    result = drawn(document(schemas={"Thing": thing}))
    assert made in result.plan.models[0].fields[0].annotation
    assert len(result.plan.unions) == (other != "null")


def test_a_pattern_that_python_lacks_is_unchecked_and_says_so() -> None:
    schema = {"type": "object", "properties": {"it": {"type": "string", "pattern": r"^\p{L}+$"}}}
    result = drawn(document(schemas={"Thing": schema}))
    assert result.plan.models[0].fields[0].annotation == "str | Unset"
    assert [one.code for one in result.warnings] == ["unchecked-pattern"]


def test_all_of_is_one_struct_with_every_field() -> None:
    base = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
    schemas = {
        "Base": base,
        "Thing": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "properties": {"size": {"type": "integer"}}}]},
    }  # fmt: skip
    models = {one.name: one for one in drawn(document(schemas=schemas)).plan.models}
    assert [(one.name, one.annotation) for one in models["Thing"].fields] == [
        ("id", "str"),
        ("size", "int | Unset"),
    ]


def test_recursion() -> None:
    schema = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}}}
    (node,) = drawn(document(schemas={"Node": schema})).plan.models
    assert node.fields[0].annotation == "Node | Unset"


def test_a_map_with_named_entries_of_the_same_type_keeps_them_all() -> None:
    schema = {
        "type": "object",
        "properties": {"links": {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "string"}}},
    }  # fmt: skip
    (model,) = drawn(document(schemas={"Thing": schema})).plan.models
    assert model.fields[0].annotation == "dict[str, str] | Unset"


def test_names_that_python_or_a_struct_would_trip_over() -> None:
    wires = ["class", "from", "date", "int", "self", "a-b", "a_b", "2nd"]
    schema = {
        "type": "object",
        "properties": {wire: {"type": "string", "format": "date"} for wire in wires},
    }
    (model,) = drawn(document(schemas={"Client": schema})).plan.models
    assert [one.name for one in model.fields] == [
        "class_",
        "from_",
        "date",
        "int_",
        "self_2",
        "a_b",
        "a_b_2",
        "n2nd",
    ]
    assert model.name == "Client_2"
