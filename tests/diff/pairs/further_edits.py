"""More edits: alternatives that overlap, and other words for the same."""

from __future__ import annotations

from typing import Final

from tests.diff.pairs.edits import (
    EDITS,
    Raw,
    form,
    operation,
    parameter,
    property_of,
    register,
    schema,
)

__all__ = ["EDITS"]

_BINDING: Final[Raw] = {
    "type": "object",
    "required": ["pages"],
    "properties": {"pages": {"type": "integer"}},
}


def _cover(raw: Raw) -> list[Raw]:
    found: list[Raw] = property_of(raw, "NewBook", "cover")["oneOf"]
    return found


# -- alternatives


@register
def overlapping_alternative_added(raw: Raw) -> None:
    raw["components"]["schemas"]["Tinted"] = {
        "type": "object",
        "required": ["colours"],
        "properties": {"colours": {"type": "integer"}},
    }
    _cover(raw).append({"$ref": "#/components/schemas/Tinted"})


@register
def separate_alternative_added(raw: Raw) -> None:
    raw["components"]["schemas"]["Cloth"] = {
        "type": "object",
        "required": ["thread"],
        "properties": {"thread": {"type": "string"}},
    }
    _cover(raw).append({"$ref": "#/components/schemas/Cloth"})


@register
def alternative_grows_into_another(raw: Raw) -> None:
    schema(raw, "Drawing")["required"] = ["colours"]
    schema(raw, "Drawing")["properties"]["colours"] = {"type": "integer"}


@register
def one_of_became_any_of(raw: Raw) -> None:
    medium = property_of(raw, "Loan", "medium")
    medium["anyOf"] = medium.pop("oneOf")


@register
def discriminator_spelled_out(raw: Raw) -> None:
    property_of(raw, "Loan", "medium")["discriminator"]["mapping"] = {
        "Disc": "#/components/schemas/Disc",
        "Paper": "#/components/schemas/Paper",
    }


@register
def constant_written_as_enum(raw: Raw) -> None:
    schema(raw, "Paper")["properties"]["medium"] = {"type": "string", "enum": ["Paper"]}


# -- other words for the same


@register
def null_by_an_alternative(raw: Raw) -> None:
    schema(raw, "Book")["properties"]["subtitle"] = {
        "anyOf": [{"type": "string"}, {"type": "null"}]
    }


@register
def limit_written_as_exclusive(raw: Raw) -> None:
    limit = parameter(raw, "limit")["schema"]
    limit["exclusiveMinimum"] = limit.pop("minimum") - 1


@register
def reference_wrapped(raw: Raw) -> None:
    schema(raw, "NewBook")["properties"]["genre"] = {
        "allOf": [{"$ref": "#/components/schemas/Genre"}]
    }


@register
def reference_inlined(raw: Raw) -> None:
    parameter(raw, "genre")["schema"] = dict(schema(raw, "Genre"))


@register
def response_shared(raw: Raw) -> None:
    responses = operation(raw, "/books", "post")["responses"]
    raw["components"]["responses"] = {"Refused": responses["422"]}
    responses["422"] = {"$ref": "#/components/responses/Refused"}


@register
def path_parameter_written_twice(raw: Raw) -> None:
    item = raw["paths"]["/books/{book_id}"]
    shared = item.pop("parameters")
    for method in ("get", "delete"):
        item[method]["parameters"] = shared


@register
def other_properties_spelled_out(raw: Raw) -> None:
    schema(raw, "Problem")["additionalProperties"] = True


@register
def media_type_with_charset(raw: Raw) -> None:
    content = operation(raw, "/books", "post")["requestBody"]["content"]
    content["application/json; charset=utf-8"] = content.pop("application/json")


@register
def header_of_key_respelled(raw: Raw) -> None:
    raw["components"]["securitySchemes"]["key"]["name"] = "x-key"


@register
def pattern_regrouped(raw: Raw) -> None:
    property_of(raw, "Loan", "id")["pattern"] = "^(?:LN)([0-9]){6,6}$"


@register
def pattern_written_with_a_kind(raw: Raw) -> None:
    property_of(raw, "Loan", "id")["pattern"] = "^LN\\d{6}$"


@register
def lists_reordered(raw: Raw) -> None:
    schema(raw, "Genre")["enum"].reverse()
    schema(raw, "Book")["required"].reverse()


# -- statuses, security, what travels one way


@register
def error_status_became_a_range(raw: Raw) -> None:
    responses = operation(raw, "/books", "post")["responses"]
    responses["4XX"] = responses.pop("422")


@register
def default_status_added(raw: Raw) -> None:
    responses = operation(raw, "/books/{book_id}", "get")["responses"]
    responses["default"] = responses["404"]


@register
def security_alternative_added(raw: Raw) -> None:
    raw["components"]["securitySchemes"]["token"] = {"type": "http", "scheme": "bearer"}
    raw["security"] = [{"key": []}, {"token": []}]


@register
def request_property_became_read_only(raw: Raw) -> None:
    property_of(raw, "NewBook", "pages")["readOnly"] = True


@register
def answer_property_became_write_only(raw: Raw) -> None:
    property_of(raw, "Book", "price")["writeOnly"] = True


@register
def property_asks_for_another(raw: Raw) -> None:
    schema(raw, "NewBook")["dependentRequired"] = {"pages": ["genre"]}


@register
def answer_property_asks_for_another(raw: Raw) -> None:
    schema(raw, "Book")["dependentRequired"] = {"subtitle": ["price"]}


# -- values


@register
def parameter_items_became_enum(raw: Raw) -> None:
    parameter(raw, "tags")["schema"]["items"] = {"type": "string", "enum": ["b", "new"]}


@register
def number_list_added(raw: Raw) -> None:
    form(raw)["properties"]["days"] = {"type": "integer", "enum": [7, 14]}


@register
def whole_number_format_added(raw: Raw) -> None:
    property_of(raw, "Book", "id")["format"] = "int64"


@register
def answer_items_limited(raw: Raw) -> None:
    property_of(raw, "Book", "authors")["maxItems"] = 1


@register
def webhook_property_shortened(raw: Raw) -> None:
    property_of(raw, "Returned", "reader")["maxLength"] = 20


@register
def property_deprecated(raw: Raw) -> None:
    property_of(raw, "Book", "price")["deprecated"] = True


@register
def other_properties_typed(raw: Raw) -> None:
    schema(raw, "Problem")["additionalProperties"] = {"type": "string"}


@register
def server_added(raw: Raw) -> None:
    raw["servers"].append({"url": "https://mirror.test/v1"})
