"""The pairs: a base document (base.yaml), and edits of it. Each edit is one change, and is looked at in both directions."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

Raw: TypeAlias = dict[str, Any]
Edit: TypeAlias = Callable[[Raw], None]

BASE: Final[Raw] = yaml.safe_load((Path(__file__).parent / "base.yaml").read_text("utf-8"))
EDITS: Final[dict[str, Edit]] = {}


def edited(name: str) -> Raw:
    """The base after an edit."""
    raw = copy.deepcopy(BASE)
    EDITS[name](raw)
    return raw


def register(function: Edit) -> Edit:
    """Takes an edit into the table, by its name."""
    EDITS[function.__name__.replace("_", "-")] = function
    return function


# -- where things stand


def operation(raw: Raw, path: str, method: str) -> Raw:
    """An operation of the document."""
    found: Raw = raw["paths"][path][method]
    return found


def schema(raw: Raw, name: str) -> Raw:
    """A schema under components."""
    found: Raw = raw["components"]["schemas"][name]
    return found


def property_of(raw: Raw, owner: str, name: str) -> Raw:
    """A property of a schema."""
    found: Raw = schema(raw, owner)["properties"][name]
    return found


def parameter(raw: Raw, name: str) -> Raw:
    """A parameter of the list of books."""
    found: list[Raw] = operation(raw, "/books", "get")["parameters"]
    return next(one for one in found if one["name"] == name)


def form(raw: Raw) -> Raw:
    """The form of a loan."""
    content = operation(raw, "/loans", "post")["requestBody"]["content"]
    found: Raw = content["application/x-www-form-urlencoded"]["schema"]
    return found


def _renamed(value: Any, old: str, new: str) -> Any:
    """A document in which a text is another one wherever it stands by itself."""
    if isinstance(value, dict):
        return {(new if key == old else key): _renamed(one, old, new) for key, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, old, new) for one in value]
    return new if value == old else value


# -- parameters


@register
def optional_parameter_added(raw: Raw) -> None:
    operation(raw, "/books", "get")["parameters"].append(
        {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["title", "pages"]}}
    )


@register
def required_parameter_added(raw: Raw) -> None:
    operation(raw, "/books", "get")["parameters"].append(
        {"name": "shelf", "in": "query", "required": True, "schema": {"type": "string"}}
    )


@register
def parameter_made_required(raw: Raw) -> None:
    parameter(raw, "limit")["required"] = True


@register
def path_parameter_renamed(raw: Raw) -> None:
    item = raw["paths"].pop("/books/{book_id}")
    item["parameters"][0]["name"] = "number"
    raw["paths"]["/books/{number}"] = item


@register
def parameter_bound_lowered(raw: Raw) -> None:
    parameter(raw, "limit")["schema"]["maximum"] = 50


@register
def parameter_type_changed(raw: Raw) -> None:
    parameter(raw, "limit")["schema"] = {"type": "boolean"}


@register
def parameter_length_lowered(raw: Raw) -> None:
    parameter(raw, "X-Trace")["schema"]["maxLength"] = 10


@register
def parameter_items_lowered(raw: Raw) -> None:
    parameter(raw, "tags")["schema"]["maxItems"] = 2


@register
def parameter_style_changed(raw: Raw) -> None:
    parameter(raw, "tags")["explode"] = False


@register
def parameter_moved(raw: Raw) -> None:
    parameter(raw, "X-Trace")["in"] = "query"


@register
def parameter_default_added(raw: Raw) -> None:
    parameter(raw, "limit")["schema"]["default"] = 20


# -- what requests carry


@register
def optional_request_property_added(raw: Raw) -> None:
    schema(raw, "NewBook")["properties"]["language"] = {"type": "string"}


@register
def required_request_property_added(raw: Raw) -> None:
    schema(raw, "NewBook")["properties"]["language"] = {"type": "string"}
    schema(raw, "NewBook")["required"].append("language")


@register
def request_property_made_required(raw: Raw) -> None:
    schema(raw, "NewBook")["required"].append("pages")


@register
def request_property_made_nullable(raw: Raw) -> None:
    property_of(raw, "NewBook", "pages")["type"] = ["integer", "null"]


@register
def request_property_shortened(raw: Raw) -> None:
    property_of(raw, "NewBook", "title")["maxLength"] = 20


@register
def request_property_bound_raised(raw: Raw) -> None:
    property_of(raw, "NewBook", "pages")["minimum"] = 10


@register
def request_property_type_changed(raw: Raw) -> None:
    raw["components"]["schemas"]["NewBook"]["properties"]["pages"] = {"type": "string"}


@register
def request_property_type_widened(raw: Raw) -> None:
    raw["components"]["schemas"]["NewBook"]["properties"]["pages"]["type"] = "number"


@register
def request_pattern_added(raw: Raw) -> None:
    form(raw)["properties"]["reader"]["pattern"] = "^[a-f]+$"


@register
def request_enum_value_added(raw: Raw) -> None:
    form(raw)["properties"]["kind"]["enum"].append("lecture-hall")


@register
def request_body_made_optional(raw: Raw) -> None:
    operation(raw, "/books", "post")["requestBody"]["required"] = False


@register
def request_media_type_changed(raw: Raw) -> None:
    content = operation(raw, "/books", "post")["requestBody"]["content"]
    content["application/x-www-form-urlencoded"] = content.pop("application/json")


@register
def request_media_type_added(raw: Raw) -> None:
    content = operation(raw, "/books", "post")["requestBody"]["content"]
    content["text/plain"] = {"schema": {"type": "string"}}


@register
def unknown_properties_forbidden(raw: Raw) -> None:
    schema(raw, "NewBook")["additionalProperties"] = False


# -- what answers carry


@register
def enum_value_added_in_answers(raw: Raw) -> None:
    property_of(raw, "Book", "state")["enum"].append("lost")


@register
def enum_value_added_in_both(raw: Raw) -> None:
    schema(raw, "Genre")["enum"].append("crime")


@register
def optional_answer_property_added(raw: Raw) -> None:
    schema(raw, "Book")["properties"]["language"] = {"type": "string"}


@register
def required_answer_property_added(raw: Raw) -> None:
    schema(raw, "Book")["properties"]["language"] = {"type": "string"}
    schema(raw, "Book")["required"].append("language")


@register
def answer_property_made_optional(raw: Raw) -> None:
    schema(raw, "Book")["required"].remove("title")


@register
def answer_property_made_nullable(raw: Raw) -> None:
    property_of(raw, "Book", "title")["type"] = ["string", "null"]


@register
def answer_property_type_changed(raw: Raw) -> None:
    property_of(raw, "Book", "price")["type"] = "string"


@register
def answer_property_type_narrowed(raw: Raw) -> None:
    property_of(raw, "Book", "price")["type"] = "integer"


@register
def answer_property_bound_raised(raw: Raw) -> None:
    property_of(raw, "Book", "pages")["minimum"] = 10


@register
def answer_property_removed(raw: Raw) -> None:
    del schema(raw, "Book")["properties"]["price"]


@register
def answer_property_renamed(raw: Raw) -> None:
    properties = schema(raw, "Author")["properties"]
    properties["born_on"] = properties.pop("born")


@register
def answer_format_changed(raw: Raw) -> None:
    property_of(raw, "Author", "born")["format"] = "date-time"


@register
def answer_pattern_changed(raw: Raw) -> None:
    property_of(raw, "Loan", "id")["pattern"] = "^LX[0-9]{6}$"


@register
def answer_list_became_object(raw: Raw) -> None:
    content = operation(raw, "/books", "get")["responses"]["200"]["content"]
    content["application/json"]["schema"] = {
        "type": "object",
        "required": ["rows"],
        "properties": {"rows": {"type": "array", "items": {"$ref": "#/components/schemas/Book"}}},
    }


@register
def union_variant_added(raw: Raw) -> None:
    raw["components"]["schemas"]["Tape"] = {
        "type": "object",
        "required": ["medium", "metres"],
        "properties": {
            "medium": {"type": "string", "const": "Tape"},
            "metres": {"type": "integer"},
        },
    }
    property_of(raw, "Loan", "medium")["oneOf"].append({"$ref": "#/components/schemas/Tape"})


@register
def union_constant_changed(raw: Raw) -> None:
    property_of(raw, "Disc", "medium")["const"] = "DVD"
    property_of(raw, "Loan", "medium")["discriminator"]["mapping"] = {
        "DVD": "#/components/schemas/Disc",
        "Paper": "#/components/schemas/Paper",
    }


@register
def error_property_removed(raw: Raw) -> None:
    del schema(raw, "Problem")["properties"]["code"]
    schema(raw, "Problem")["required"].remove("code")


# -- answers


@register
def error_status_added(raw: Raw) -> None:
    operation(raw, "/books", "post")["responses"]["409"] = {
        "description": "There already.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


@register
def success_status_changed(raw: Raw) -> None:
    responses = operation(raw, "/books", "post")["responses"]
    responses["200"] = responses.pop("201")


@register
def answer_body_added(raw: Raw) -> None:
    responses = operation(raw, "/books/{book_id}", "delete")["responses"]
    del responses["204"]
    responses["200"] = {
        "description": "It was.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Book"}}},
    }


@register
def answer_media_type_changed(raw: Raw) -> None:
    content = operation(raw, "/books/{book_id}", "get")["responses"]["200"]["content"]
    del content["application/json"]
    content["text/plain"] = {"schema": {"type": "string"}}


@register
def answer_header_removed(raw: Raw) -> None:
    del operation(raw, "/books", "get")["responses"]["200"]["headers"]


@register
def answer_header_required(raw: Raw) -> None:
    _total(raw)["required"] = True


@register
def answer_header_retyped(raw: Raw) -> None:
    _total(raw)["schema"]["type"] = "string"


@register
def answer_header_widened(raw: Raw) -> None:
    _total(raw)["schema"]["type"] = "number"


@register
def answer_header_added_required(raw: Raw) -> None:
    headers = operation(raw, "/books", "get")["responses"]["200"]["headers"]
    headers["X-Pages"] = {"required": True, "schema": {"type": "integer"}}


def _total(raw: Raw) -> Raw:
    """The header of the list of books."""
    found: Raw = operation(raw, "/books", "get")["responses"]["200"]["headers"]["X-Total"]
    return found


# -- operations


@register
def operation_named(raw: Raw) -> None:
    operation(raw, "/books", "get")["x-ringback-name"] = "browse"


@register
def argument_named(raw: Raw) -> None:
    operation(raw, "/books", "get")["parameters"][1]["x-ringback-name"] = "at_most"


@register
def operation_added(raw: Raw) -> None:
    raw["paths"]["/books/{book_id}/cover"] = {
        "parameters": raw["paths"]["/books/{book_id}"]["parameters"],
        "get": {
            "operationId": "fetchCover",
            "tags": ["Books"],
            "responses": {"204": {"description": "None."}},
        },
    }


@register
def path_changed(raw: Raw) -> None:
    raw["paths"]["/lendings"] = raw["paths"].pop("/loans")


@register
def method_changed(raw: Raw) -> None:
    raw["paths"]["/loans"]["put"] = raw["paths"]["/loans"].pop("post")


@register
def operation_renamed(raw: Raw) -> None:
    operation(raw, "/books/{book_id}", "get")["operationId"] = "lookUpBook"


@register
def operation_in_another_tag(raw: Raw) -> None:
    operation(raw, "/books/{book_id}", "delete")["tags"] = ["Loans"]


@register
def tag_renamed(raw: Raw) -> None:
    raw["tags"][1]["name"] = "Lending"
    operation(raw, "/loans", "post")["tags"] = ["Lending"]


@register
def operation_deprecated(raw: Raw) -> None:
    operation(raw, "/books", "get")["deprecated"] = True


@register
def base_path_changed(raw: Raw) -> None:
    raw["servers"][0]["url"] = "https://library.test/v2"


# -- security


@register
def security_dropped(raw: Raw) -> None:
    operation(raw, "/books", "get")["security"] = []


@register
def security_header_changed(raw: Raw) -> None:
    raw["components"]["securitySchemes"]["key"]["name"] = "X-Api-Key"


@register
def security_scheme_changed(raw: Raw) -> None:
    raw["components"]["securitySchemes"]["key"] = {"type": "http", "scheme": "bearer"}


# -- webhooks


@register
def webhook_added(raw: Raw) -> None:
    raw["webhooks"]["bookLost"] = _renamed(
        raw["webhooks"]["bookReturned"], "bookReturned", "bookLost"
    )


@register
def required_webhook_property_added(raw: Raw) -> None:
    schema(raw, "Returned")["properties"]["when"] = {"type": "string", "format": "date-time"}
    schema(raw, "Returned")["required"].append("when")


@register
def webhook_property_made_optional(raw: Raw) -> None:
    schema(raw, "Returned")["required"].remove("reader")


@register
def webhook_property_made_nullable(raw: Raw) -> None:
    property_of(raw, "Returned", "damaged")["type"] = ["boolean", "null"]


# -- names, and nothing that anyone notices


@register
def component_renamed(raw: Raw) -> None:
    schemas = raw["components"]["schemas"]
    schemas["Volume"] = schemas.pop("Book")
    raw.update(_renamed(raw, "#/components/schemas/Book", "#/components/schemas/Volume"))


@register
def attribute_named(raw: Raw) -> None:
    property_of(raw, "Book", "pages")["x-ringback-name"] = "page_count"


@register
def description_changed(raw: Raw) -> None:
    raw["info"]["description"] = "Books, and who has them."


@register
def version_raised(raw: Raw) -> None:
    raw["info"]["version"] = "1.1.0"
