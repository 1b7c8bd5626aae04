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


def _edit(function: Edit) -> Edit:
    EDITS[function.__name__.replace("_", "-")] = function
    return function


# -- where things stand


def _operation(raw: Raw, path: str, method: str) -> Raw:
    found: Raw = raw["paths"][path][method]
    return found


def _schema(raw: Raw, name: str) -> Raw:
    found: Raw = raw["components"]["schemas"][name]
    return found


def _property(raw: Raw, schema: str, name: str) -> Raw:
    found: Raw = _schema(raw, schema)["properties"][name]
    return found


def _parameter(raw: Raw, name: str) -> Raw:
    found: list[Raw] = _operation(raw, "/books", "get")["parameters"]
    return next(one for one in found if one["name"] == name)


def _form(raw: Raw) -> Raw:
    content = _operation(raw, "/loans", "post")["requestBody"]["content"]
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


@_edit
def optional_parameter_added(raw: Raw) -> None:
    _operation(raw, "/books", "get")["parameters"].append(
        {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["title", "pages"]}}
    )


@_edit
def required_parameter_added(raw: Raw) -> None:
    _operation(raw, "/books", "get")["parameters"].append(
        {"name": "shelf", "in": "query", "required": True, "schema": {"type": "string"}}
    )


@_edit
def parameter_made_required(raw: Raw) -> None:
    _parameter(raw, "limit")["required"] = True


@_edit
def path_parameter_renamed(raw: Raw) -> None:
    item = raw["paths"].pop("/books/{book_id}")
    item["parameters"][0]["name"] = "number"
    raw["paths"]["/books/{number}"] = item


@_edit
def parameter_bound_lowered(raw: Raw) -> None:
    _parameter(raw, "limit")["schema"]["maximum"] = 50


@_edit
def parameter_type_changed(raw: Raw) -> None:
    _parameter(raw, "limit")["schema"] = {"type": "boolean"}


@_edit
def parameter_length_lowered(raw: Raw) -> None:
    _parameter(raw, "X-Trace")["schema"]["maxLength"] = 10


@_edit
def parameter_items_lowered(raw: Raw) -> None:
    _parameter(raw, "tags")["schema"]["maxItems"] = 2


@_edit
def parameter_style_changed(raw: Raw) -> None:
    _parameter(raw, "tags")["explode"] = False


@_edit
def parameter_moved(raw: Raw) -> None:
    _parameter(raw, "X-Trace")["in"] = "query"


@_edit
def parameter_default_added(raw: Raw) -> None:
    _parameter(raw, "limit")["schema"]["default"] = 20


# -- what requests carry


@_edit
def optional_request_property_added(raw: Raw) -> None:
    _schema(raw, "NewBook")["properties"]["language"] = {"type": "string"}


@_edit
def required_request_property_added(raw: Raw) -> None:
    _schema(raw, "NewBook")["properties"]["language"] = {"type": "string"}
    _schema(raw, "NewBook")["required"].append("language")


@_edit
def request_property_made_required(raw: Raw) -> None:
    _schema(raw, "NewBook")["required"].append("pages")


@_edit
def request_property_made_nullable(raw: Raw) -> None:
    _property(raw, "NewBook", "pages")["type"] = ["integer", "null"]


@_edit
def request_property_shortened(raw: Raw) -> None:
    _property(raw, "NewBook", "title")["maxLength"] = 20


@_edit
def request_property_bound_raised(raw: Raw) -> None:
    _property(raw, "NewBook", "pages")["minimum"] = 10


@_edit
def request_property_type_changed(raw: Raw) -> None:
    raw["components"]["schemas"]["NewBook"]["properties"]["pages"] = {"type": "string"}


@_edit
def request_property_type_widened(raw: Raw) -> None:
    raw["components"]["schemas"]["NewBook"]["properties"]["pages"]["type"] = "number"


@_edit
def request_pattern_added(raw: Raw) -> None:
    _form(raw)["properties"]["reader"]["pattern"] = "^[a-f]+$"


@_edit
def request_enum_value_added(raw: Raw) -> None:
    _form(raw)["properties"]["kind"]["enum"].append("lecture-hall")


@_edit
def request_body_made_optional(raw: Raw) -> None:
    _operation(raw, "/books", "post")["requestBody"]["required"] = False


@_edit
def request_media_type_changed(raw: Raw) -> None:
    content = _operation(raw, "/books", "post")["requestBody"]["content"]
    content["application/x-www-form-urlencoded"] = content.pop("application/json")


@_edit
def request_media_type_added(raw: Raw) -> None:
    content = _operation(raw, "/books", "post")["requestBody"]["content"]
    content["text/plain"] = {"schema": {"type": "string"}}


@_edit
def unknown_properties_forbidden(raw: Raw) -> None:
    _schema(raw, "NewBook")["additionalProperties"] = False


# -- what answers carry


@_edit
def enum_value_added_in_answers(raw: Raw) -> None:
    _property(raw, "Book", "state")["enum"].append("lost")


@_edit
def enum_value_added_in_both(raw: Raw) -> None:
    _schema(raw, "Genre")["enum"].append("crime")


@_edit
def optional_answer_property_added(raw: Raw) -> None:
    _schema(raw, "Book")["properties"]["language"] = {"type": "string"}


@_edit
def required_answer_property_added(raw: Raw) -> None:
    _schema(raw, "Book")["properties"]["language"] = {"type": "string"}
    _schema(raw, "Book")["required"].append("language")


@_edit
def answer_property_made_optional(raw: Raw) -> None:
    _schema(raw, "Book")["required"].remove("title")


@_edit
def answer_property_made_nullable(raw: Raw) -> None:
    _property(raw, "Book", "title")["type"] = ["string", "null"]


@_edit
def answer_property_type_changed(raw: Raw) -> None:
    _property(raw, "Book", "price")["type"] = "string"


@_edit
def answer_property_type_narrowed(raw: Raw) -> None:
    _property(raw, "Book", "price")["type"] = "integer"


@_edit
def answer_property_bound_raised(raw: Raw) -> None:
    _property(raw, "Book", "pages")["minimum"] = 10


@_edit
def answer_property_removed(raw: Raw) -> None:
    del _schema(raw, "Book")["properties"]["price"]


@_edit
def answer_property_renamed(raw: Raw) -> None:
    properties = _schema(raw, "Author")["properties"]
    properties["born_on"] = properties.pop("born")


@_edit
def answer_format_changed(raw: Raw) -> None:
    _property(raw, "Author", "born")["format"] = "date-time"


@_edit
def answer_pattern_changed(raw: Raw) -> None:
    _property(raw, "Loan", "id")["pattern"] = "^LX[0-9]{6}$"


@_edit
def answer_list_became_object(raw: Raw) -> None:
    content = _operation(raw, "/books", "get")["responses"]["200"]["content"]
    content["application/json"]["schema"] = {
        "type": "object",
        "required": ["rows"],
        "properties": {"rows": {"type": "array", "items": {"$ref": "#/components/schemas/Book"}}},
    }


@_edit
def union_variant_added(raw: Raw) -> None:
    raw["components"]["schemas"]["Tape"] = {
        "type": "object",
        "required": ["medium", "metres"],
        "properties": {
            "medium": {"type": "string", "const": "Tape"},
            "metres": {"type": "integer"},
        },
    }
    _property(raw, "Loan", "medium")["oneOf"].append({"$ref": "#/components/schemas/Tape"})


@_edit
def union_constant_changed(raw: Raw) -> None:
    _property(raw, "Disc", "medium")["const"] = "DVD"
    _property(raw, "Loan", "medium")["discriminator"]["mapping"] = {
        "DVD": "#/components/schemas/Disc",
        "Paper": "#/components/schemas/Paper",
    }


@_edit
def error_property_removed(raw: Raw) -> None:
    del _schema(raw, "Problem")["properties"]["code"]
    _schema(raw, "Problem")["required"].remove("code")


# -- answers


@_edit
def error_status_added(raw: Raw) -> None:
    _operation(raw, "/books", "post")["responses"]["409"] = {
        "description": "There already.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


@_edit
def success_status_changed(raw: Raw) -> None:
    responses = _operation(raw, "/books", "post")["responses"]
    responses["200"] = responses.pop("201")


@_edit
def answer_body_added(raw: Raw) -> None:
    responses = _operation(raw, "/books/{book_id}", "delete")["responses"]
    del responses["204"]
    responses["200"] = {
        "description": "It was.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Book"}}},
    }


@_edit
def answer_media_type_changed(raw: Raw) -> None:
    content = _operation(raw, "/books/{book_id}", "get")["responses"]["200"]["content"]
    del content["application/json"]
    content["text/plain"] = {"schema": {"type": "string"}}


@_edit
def answer_header_removed(raw: Raw) -> None:
    del _operation(raw, "/books", "get")["responses"]["200"]["headers"]


@_edit
def answer_header_required(raw: Raw) -> None:
    _total(raw)["required"] = True


@_edit
def answer_header_retyped(raw: Raw) -> None:
    _total(raw)["schema"]["type"] = "string"


@_edit
def answer_header_widened(raw: Raw) -> None:
    _total(raw)["schema"]["type"] = "number"


@_edit
def answer_header_added_required(raw: Raw) -> None:
    headers = _operation(raw, "/books", "get")["responses"]["200"]["headers"]
    headers["X-Pages"] = {"required": True, "schema": {"type": "integer"}}


def _total(raw: Raw) -> Raw:
    """The header of the list of books."""
    found: Raw = _operation(raw, "/books", "get")["responses"]["200"]["headers"]["X-Total"]
    return found


# -- operations


@_edit
def operation_named(raw: Raw) -> None:
    _operation(raw, "/books", "get")["x-ringback-name"] = "browse"


@_edit
def argument_named(raw: Raw) -> None:
    _operation(raw, "/books", "get")["parameters"][1]["x-ringback-name"] = "at_most"


@_edit
def operation_added(raw: Raw) -> None:
    raw["paths"]["/books/{book_id}/cover"] = {
        "parameters": raw["paths"]["/books/{book_id}"]["parameters"],
        "get": {
            "operationId": "fetchCover",
            "tags": ["Books"],
            "responses": {"204": {"description": "None."}},
        },
    }


@_edit
def path_changed(raw: Raw) -> None:
    raw["paths"]["/lendings"] = raw["paths"].pop("/loans")


@_edit
def method_changed(raw: Raw) -> None:
    raw["paths"]["/loans"]["put"] = raw["paths"]["/loans"].pop("post")


@_edit
def operation_renamed(raw: Raw) -> None:
    _operation(raw, "/books/{book_id}", "get")["operationId"] = "lookUpBook"


@_edit
def operation_in_another_tag(raw: Raw) -> None:
    _operation(raw, "/books/{book_id}", "delete")["tags"] = ["Loans"]


@_edit
def tag_renamed(raw: Raw) -> None:
    raw["tags"][1]["name"] = "Lending"
    _operation(raw, "/loans", "post")["tags"] = ["Lending"]


@_edit
def operation_deprecated(raw: Raw) -> None:
    _operation(raw, "/books", "get")["deprecated"] = True


@_edit
def base_path_changed(raw: Raw) -> None:
    raw["servers"][0]["url"] = "https://library.test/v2"


# -- security


@_edit
def security_dropped(raw: Raw) -> None:
    _operation(raw, "/books", "get")["security"] = []


@_edit
def security_header_changed(raw: Raw) -> None:
    raw["components"]["securitySchemes"]["key"]["name"] = "X-Api-Key"


@_edit
def security_scheme_changed(raw: Raw) -> None:
    raw["components"]["securitySchemes"]["key"] = {"type": "http", "scheme": "bearer"}


# -- webhooks


@_edit
def webhook_added(raw: Raw) -> None:
    raw["webhooks"]["bookLost"] = _renamed(
        raw["webhooks"]["bookReturned"], "bookReturned", "bookLost"
    )


@_edit
def required_webhook_property_added(raw: Raw) -> None:
    _schema(raw, "Returned")["properties"]["when"] = {"type": "string", "format": "date-time"}
    _schema(raw, "Returned")["required"].append("when")


@_edit
def webhook_property_made_optional(raw: Raw) -> None:
    _schema(raw, "Returned")["required"].remove("reader")


@_edit
def webhook_property_made_nullable(raw: Raw) -> None:
    _property(raw, "Returned", "damaged")["type"] = ["boolean", "null"]


# -- names, and nothing that anyone notices


@_edit
def component_renamed(raw: Raw) -> None:
    schemas = raw["components"]["schemas"]
    schemas["Volume"] = schemas.pop("Book")
    raw.update(_renamed(raw, "#/components/schemas/Book", "#/components/schemas/Volume"))


@_edit
def attribute_named(raw: Raw) -> None:
    _property(raw, "Book", "pages")["x-ringback-name"] = "page_count"


@_edit
def description_changed(raw: Raw) -> None:
    raw["info"]["description"] = "Books, and who has them."


@_edit
def version_raised(raw: Raw) -> None:
    raw["info"]["version"] = "1.1.0"
