"""Headers that the document describes are there, and are what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ringback.contract.judges.reading import NOTHING, Reading, read_json
from ringback.contract.outcome import Finding
from ringback.openapi import Parameter, Schema

_IGNORED = frozenset(("content-type", "accept", "authorization"))  # as OpenAPI has it


def headers(reading: Reading) -> Iterator[Finding]:
    """`missing-header` and `header-schema`."""
    reply, response = reading.exchange.reply, reading.response
    if reply is None or response is None:
        return
    for one in response.headers:
        name = one.name.lower()
        if name in _IGNORED:
            continue
        given = reply.header(name)
        if given is None:
            if one.required:
                message = f"header {one.name} is not there, wanted it with {reply.status}"
                yield reading.finding("missing-header", message, one.path, where=f"header/{name}")
            continue
        yield from _values(reading, one, given)


def _values(reading: Reading, one: Parameter, text: str) -> Iterator[Finding]:
    if one.schema is None:
        return
    value = header_value(one, one.schema, text)
    for violation in reading.contract.violations(one.schema, value, reply=True):
        message = f"header {one.name}: {violation.message}"
        where = f"header/{one.name.lower()}"
        yield reading.finding("header-schema", message, violation.path, where=where)


def header_value(one: Parameter, schema: Schema, text: str) -> Any:
    """A header's text as its schema reads it; what cannot be read stays text, which the schema then refuses."""
    if one.media_type is not None:
        value = read_json(text.encode())
        return text if value is NOTHING else value
    types = schema.types
    if "array" in types:
        items = [part.strip() for part in text.split(",")] if text else []
        return [_scalar(schema.items.types if schema.items else (), item) for item in items]
    return _scalar(types, text.strip())


def _scalar(types: tuple[str, ...], text: str) -> Any:
    if "string" in types:
        return text
    if "integer" in types and re.fullmatch(r"-?\d{1,30}", text):
        return int(text)
    if "number" in types and re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text):
        return float(text)
    return {"true": True, "false": False}.get(text, text) if "boolean" in types else text
