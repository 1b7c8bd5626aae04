"""Values that a document gives itself: they fit the schema they stand in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ringback.openapi.fits import Misfit, has_type, misfit
from ringback.openapi.model import ABSENT, Schema
from ringback.openapi.schemas import SchemaReader
from ringback.source import Diagnostic, Path

from .finding import Context


def enum_mismatch(context: Context, reader: SchemaReader) -> Iterator[Diagnostic]:
    """Listed values are of the type that stands beside them; the schema loses those that are not."""
    for schema in reader.made():
        if not schema.types or not isinstance(schema.raw, dict):
            continue
        listed = schema.raw.get("enum") or ()
        wrong = [
            index
            for index, value in enumerate(listed)
            if value is not None and not has_type(value, schema.types)
        ]
        stops = len(wrong) == len(listed)  # with nothing left, nobody can tell what was meant
        for index in wrong:
            message = f"{listed[index]!r} is listed, and the type is {' or '.join(schema.types)}"
            say = context.error if stops else context.warning
            yield say(
                (*schema.path, "enum", index),
                "enum-mismatch",
                message,
                _quotes(listed[index], schema),
            )
        if wrong and not stops:
            kept = tuple(
                value
                for index, value in enumerate(listed)
                if value is not None and index not in wrong
            )
            object.__setattr__(schema, "enum", kept)
        if None in listed and not schema.nullable:
            message = "null is listed, and the type does not allow it"
            yield context.warning(
                (*schema.path, "enum", listed.index(None)), "enum-mismatch", message
            )


def enum_duplicate(context: Context, reader: SchemaReader) -> Iterator[Diagnostic]:
    """A value is listed once; the schema keeps the first of several."""
    for schema in reader.made():
        listed = schema.raw.get("enum") if isinstance(schema.raw, dict) else None
        seen: set[str] = set()
        for index, value in enumerate(listed or ()):
            form = json.dumps(value, sort_keys=True)
            if form in seen:
                message = f"{form} is listed twice"
                yield context.warning((*schema.path, "enum", index), "enum-duplicate", message)
            seen.add(form)
        if listed and len(seen) < len(listed) and schema.enum is not None:
            kept = {json.dumps(value, sort_keys=True): value for value in reversed(schema.enum)}
            object.__setattr__(schema, "enum", tuple(reversed(kept.values())))


def default_mismatch(context: Context, reader: SchemaReader) -> Iterator[Diagnostic]:
    """A default is a value of its schema; one that is not counts for nothing: the schema loses it."""
    for schema in reader.made():
        if schema.default is ABSENT:
            continue
        found = misfit(schema, schema.default)
        if found is not None:
            hint = _quotes(schema.default, schema) or "without it, nothing is taken for given"
            yield context.warning(
                (*schema.path, "default", *found[0]),
                "default-mismatch",
                _said("default", found),
                hint,
            )
            object.__setattr__(schema, "default", ABSENT)


def example_mismatch(context: Context, reader: SchemaReader) -> Iterator[Diagnostic]:
    """An example is a value of the schema it explains."""
    for schema in reader.made():
        raw = schema.raw if isinstance(schema.raw, dict) else {}
        examples = raw.get("examples")
        for index, value in enumerate(examples if isinstance(examples, list) else ()):
            yield from _example(context, schema, value, (*schema.path, "examples", index))
        if "example" in raw:
            yield from _example(context, schema, raw["example"], (*schema.path, "example"))
    for kind in ("parameter", "header", "media-type"):
        for path, node in context.survey.of(kind):
            if "schema" in node and _is_json(kind, path):
                yield from _beside(context, reader, path, node)


def _beside(
    context: Context, reader: SchemaReader, path: Path, node: dict[str, Any]
) -> Iterator[Diagnostic]:
    """The examples beside a schema, in a parameter or a media type."""
    schema = reader.schema((*path, "schema"))
    reader.finish()
    if "example" in node:
        yield from _example(context, schema, node["example"], (*path, "example"))
    for name in node.get("examples") or ():
        found = context.resolved((*path, "examples", name))
        if found is not None and isinstance(found[1], dict) and "value" in found[1]:
            yield from _example(context, schema, found[1]["value"], (*found[0], "value"))


def _example(context: Context, schema: Schema, value: Any, path: Path) -> Iterator[Diagnostic]:
    found = misfit(schema, value)
    if found is not None and not _fits_as_text(schema, value):
        yield context.warning((*path, *found[0]), "example-mismatch", _said("example", found))


def _fits_as_text(schema: Schema, value: Any) -> bool:
    """Whether the example is JSON written as text, as many documents have it."""
    if not isinstance(value, str):
        return False
    try:
        return misfit(schema, json.loads(value)) is None
    except (ValueError, RecursionError):
        return False


def _is_json(kind: str, path: Path) -> bool:
    name = str(path[-1]).partition(";")[0].strip().lower()
    return kind != "media-type" or name in ("application/json", "*/*") or name.endswith("+json")


def _said(noun: str, found: Misfit) -> str:
    return f"the {noun} does not fit its schema: {found[1]}"


def _quotes(value: Any, schema: Schema) -> str:
    plain = isinstance(value, (int, float)) and "string" in schema.types
    return "put it in quotes" if plain else ""
