"""A schema that values fit: their types, their format, their properties. As loose as a guess has to be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from ringback.wire import forms

_DATE: Final = r"\d{4}-\d\d-\d\d"
_FORMATS: Final = {
    name: re.compile(text + r"\Z", re.ASCII)
    for name, text in {
        "date-time-rfc-2822": r"[A-Z][a-z]{2}, \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [-+]\d{4}",
        "date-time": _DATE + r"T\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)",
        "date": _DATE,
        "uuid": r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
    }.items()
}
_DEEPEST: Final = 12


def schema_of(values: Iterable[Any], *, old: bool, depth: int = 0) -> dict[str, Any]:
    """A schema for all of the values. `old`: in the words of OpenAPI 3.0."""
    given = list(values)
    found = sorted({forms.type_of(value) for value in given})
    nullable = "null" in found
    types = [one for one in found if one != "null"]
    if "number" in types and "integer" in types:
        types.remove("integer")
    schema = typed(types, nullable, old=old)
    if depth > _DEEPEST or len(types) != 1:
        return schema
    held = [value for value in given if value is not None]
    if types[0] == "object":
        properties = {
            name: schema_of([one[name] for one in held if name in one], old=old, depth=depth + 1)
            for name in dict.fromkeys(name for one in held for name in one)
        }
        if properties:
            schema["properties"] = properties
    elif types[0] == "array":
        items = [item for one in held for item in one]
        schema["items"] = schema_of(items, old=old, depth=depth + 1) if items else {}
    elif types[0] == "string":
        form = format_of(held)
        if form:
            schema["format"] = form
    return schema


def typed(types: list[str], nullable: bool, *, old: bool) -> dict[str, Any]:
    """The `type` of a schema; nothing where several types cannot be said."""
    if old:
        schema: dict[str, Any] = {"type": types[0]} if len(types) == 1 else {}
        if nullable:
            schema["nullable"] = True
        return schema if types else {"nullable": True}
    every = [*types, "null"] if nullable else types
    if not every:
        return {}
    return {"type": every[0] if len(every) == 1 else every}


def format_of(values: Iterable[Any]) -> str | None:
    """The format that all texts have, of those that cannot well be had by chance."""
    given = [value for value in values if isinstance(value, str)]
    for name, form in _FORMATS.items():
        if given and all(form.match(value) for value in given):
            return name
    return None


def shape_of(values: Iterable[Any]) -> str | None:
    """A pattern that all texts share, with their length: `^[A-Z]{2}[0-9a-f]{32}$`; None where they share none."""
    shapes = {_runs(value) for value in values if isinstance(value, str)}
    if len(shapes) != 1:
        return None
    runs = shapes.pop()
    return f"^{runs}$" if runs else None


def _runs(text: str) -> str:
    if re.fullmatch(r"[A-Z]{2}[0-9a-fA-F]{8,}", text, re.ASCII):
        return f"{text[:2]}[0-9a-fA-F]{{{len(text) - 2}}}"
    if re.fullmatch(r"[0-9a-fA-F]{8,}", text, re.ASCII):
        return f"[0-9a-fA-F]{{{len(text)}}}"
    return ""
