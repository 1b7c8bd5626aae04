"""The document as the tests know it: read with `source` and `openapi`, never through the plan or the bindings.

What the bindings call a thing is derived here a second time, from the rules on docs/extensions.md.
"""

from __future__ import annotations

import keyword
import os
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from ringback import openapi, source
from ringback.openapi import Document, MediaType, Operation, Response, Schema, Webhook

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "spec"
OVERLAYS = (SPEC / "overlays" / "twilio.yaml", SPEC / "overlays" / "resources.yaml")

FAST = os.environ.get("RINGBACK_EXAMPLES") == "fast"
"""A few examples per operation instead of enough: for runs that only ask whether a fault is found at all."""


@lru_cache(maxsize=1)
def document() -> Document:
    """The effective document."""
    found, warnings = openapi.parse(source.load(SPEC / "voice.yaml", OVERLAYS), second=False)
    assert not warnings
    return found


# -- names


def snake(name: str) -> str:
    """A wire name as an argument: `StatusCallbackEvent` is status_callback_event, `from` is from_."""
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
    return parts + "_" if keyword.iskeyword(parts) else parts


def argument_of(name: str, extensions: Any) -> str:
    """A parameter's argument."""
    return str(extensions.get("x-ringback-name") or snake(name))


def attribute_of(name: str, schema: Schema) -> str:
    """A property's attribute. On an enum or an object the key names the type, not the attribute."""
    named = schema.extensions.get("x-ringback-name")
    return str(named) if named and schema.enum is None and not schema.properties else snake(name)


def class_of(operation: Operation) -> str:
    """How the types of an operation begin: `createCall` gives CreateCall."""
    name = operation.operation_id or ""
    return name[0].upper() + name[1:]


def body_class_of(operation: Operation) -> str:
    """The type of an operation's form: the schema's own name, or the operation's."""
    schema = form_of(operation)
    assert schema is not None
    return schema.name or f"{class_of(operation)}Request"


def group_of(operation: Operation) -> str:
    return str(operation.extensions["x-ringback-group"])


def method_of(operation: Operation) -> str:
    return str(operation.extensions["x-ringback-name"])


# -- parts


def form_of(operation: Operation) -> Schema | None:
    """The schema of an operation's form."""
    if operation.body is None:
        return None
    (media,) = operation.body.content
    assert media.name == "application/x-www-form-urlencoded"
    return media.schema


def media_of(response: Response) -> MediaType | None:
    """What an answer carries."""
    return response.content[0] if response.content else None


def is_download(operation: Operation) -> bool:
    """Whether the successful answer is no JSON."""
    first = next(one for one in operation.responses if one.status[0] == "2")
    media = media_of(first)
    return media is not None and "json" not in media.name


def is_list(operation: Operation) -> bool:
    """Whether the answer is a page: it has a next_page_uri that may be null."""
    for response in operation.responses:
        media = media_of(response)
        if response.status == "200" and media and media.schema:
            return any(name == "next_page_uri" for name, _ in media.schema.properties)
    return False


def base_path() -> str:
    """The path of the server's URL."""
    return "/" + document().servers[0].url.split("/", 3)[3].rstrip("/")


def payload_of(webhook: Webhook) -> Schema:
    """What a webhook carries."""
    body = webhook.operations[0].body
    assert body is not None and body.content[0].schema is not None
    return body.content[0].schema


@dataclass(frozen=True)
class Argument:
    """Something that a caller gives: where it stands, what it is called in Python and on the wire."""

    name: str
    argument: str
    place: str  # path, query or form
    required: bool
    schema: Schema
    by_default: bool = False  # filled from the credentials


def arguments_of(operation: Operation) -> list[Argument]:
    """Everything that an operation takes."""
    found = []
    for one in operation.parameters:
        assert one.schema is not None
        given = "x-ringback-credential" in one.extensions
        argument = argument_of(one.name, one.extensions)
        found.append(Argument(one.name, argument, one.location, one.required, one.schema, given))
    form = form_of(operation)
    for name, schema in form.properties if form else ():
        required = form is not None and name in form.required
        found.append(Argument(name, attribute_of(name, schema), "form", required, schema))
    return found


# -- the judge


def _is_rfc_2822(text: str) -> bool:
    try:
        return parsedate_to_datetime(text).tzinfo is not None
    except ValueError:
        return False


def _is_decimal(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


FORMATS = {"date-time-rfc-2822": _is_rfc_2822, "decimal": _is_decimal}


@cache
def judge_of(schema: Schema) -> jsonschema_rs.Draft202012Validator:
    """jsonschema-rs with a schema of the document as it is written there."""
    root = document().tree.root
    return jsonschema_rs.Draft202012Validator(
        {"allOf": [schema.raw], "components": root["components"]},
        validate_formats=True,
        formats=FORMATS,
    )


def faults(schema: Schema, value: Any) -> list[str]:
    """What jsonschema-rs has against a value."""
    return [
        f"/{'/'.join(map(str, error.instance_path))}: {error.message}"
        for error in judge_of(schema).iter_errors(value)
    ]


def from_texts(schema: Schema, texts: list[str]) -> Any:
    """What the texts of a form or a query mean as JSON, by their schema."""
    if "array" in schema.types:
        assert schema.items is not None
        return [from_texts(schema.items, [text]) for text in texts]
    (text,) = texts
    if "boolean" in schema.types:
        return {"true": True, "false": False}.get(text, text)
    if "integer" in schema.types and re.fullmatch(r"-?[0-9]+", text):
        return int(text)
    if "number" in schema.types:
        return float(text)
    return text
