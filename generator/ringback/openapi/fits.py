"""Whether a value that a document itself gives (a default, an example) fits its schema.

A small judge on `Schema` values, since they have one shape for all versions of OpenAPI. It is lenient: what it
cannot say for certain (keywords that `Schema` does not carry, formats, `not`) it lets pass. Compiling a JSON
Schema validator for each of the thousands of schemas with examples would take longer than all other judging.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, Final

import jsonschema_rs

from ringback.source import Path

from .model import ABSENT, Schema

Misfit = tuple[Path, str]  # where inside the value, and why

_NAMES: Final = {
    "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
    "object": "an object", "array": "a list",
}  # fmt: skip


def misfit(schema: Schema, value: Any) -> Misfit | None:
    """Why `value` is none that `schema` allows; None where it is one, or where that is not certain."""
    try:
        return _misfit(schema, value, _Budget())
    except (RecursionError, _Spent):
        return None  # composed in circles, or of more forms than anyone could try


class _Spent(Exception):
    """The budget is used up."""


class _Budget:
    """Schemas that fan out can ask for exponentially many comparisons; nobody reads examples of such."""

    def __init__(self) -> None:
        self._left = 20_000

    def spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise _Spent


def _misfit(schema: Schema, value: Any, budget: _Budget) -> Misfit | None:
    budget.spend()
    if value is None:
        if schema.nullable:
            return None
        if schema.types:
            return (), f"null where {_wanted(schema)} belongs"
    elif reason := _plain_misfit(schema, value):
        return (), reason
    found = _composed(schema, value, budget)
    if found is None and isinstance(value, dict):
        found = _object(schema, value, budget)
    if found is None and isinstance(value, list):
        found = _list(schema, value, budget)
    return found


def has_type(value: Any, types: tuple[str, ...]) -> bool:
    """Whether a value is of one of the named JSON types; a boolean is no number, 1.0 is a whole number."""
    if isinstance(value, bool):
        return "boolean" in types
    if isinstance(value, (int, float)):
        return "number" in types or ("integer" in types and value == int(value))
    named = {str: "string", dict: "object", list: "array", type(None): "null"}
    return named[type(value)] in types


def same(one: Any, other: Any) -> bool:
    """Equality as JSON has it: true is not 1, 1.0 is 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (dict, list)):
        return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    return bool(one == other)


def _plain_misfit(schema: Schema, value: Any) -> str | None:
    if schema.types and not has_type(value, schema.types):
        return f"{_shown(value)} where {_wanted(schema)} belongs"
    if schema.enum is not None and not any(same(value, option) for option in schema.enum):
        return f"{_shown(value)} is none of the values listed"
    if schema.const is not ABSENT and not same(value, schema.const):
        return f"{_shown(value)} is not {_shown(schema.const)}"
    if isinstance(value, str):
        return _text_misfit(schema, value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number_misfit(schema, value)
    return None


def _text_misfit(schema: Schema, value: str) -> str | None:
    if schema.min_length is not None and len(value) < schema.min_length:
        return f"{_shown(value)} is shorter than {schema.min_length}"
    if schema.max_length is not None and len(value) > schema.max_length:
        return f"{_shown(value)} is longer than {schema.max_length}"
    if schema.pattern is not None and not _matches(schema.pattern, value):
        return f"{_shown(value)} does not match {schema.pattern}"
    return None


def _number_misfit(schema: Schema, value: float) -> str | None:
    if schema.minimum is not None and value < schema.minimum:
        return f"{value} is below {schema.minimum}"
    if schema.maximum is not None and value > schema.maximum:
        return f"{value} is above {schema.maximum}"
    if schema.exclusive_minimum is not None and value <= schema.exclusive_minimum:
        return f"{value} is not above {schema.exclusive_minimum}"
    if schema.exclusive_maximum is not None and value >= schema.exclusive_maximum:
        return f"{value} is not below {schema.exclusive_maximum}"
    return None


def _composed(schema: Schema, value: Any, budget: _Budget) -> Misfit | None:
    for part in schema.all_of:
        if found := _misfit(part, value, budget):
            return found
    for parts in (schema.any_of, schema.one_of):
        reasons = [_misfit(part, value, budget) for part in parts]
        if len(reasons) == 1 and reasons[0]:
            return reasons[0]  # with a single form to blame, its own reason says more
        if reasons and all(reasons):
            return (), f"{_shown(value)} fits none of the {len(parts)} forms"
    return None


def _object(schema: Schema, value: dict[str, Any], budget: _Budget) -> Misfit | None:
    known = dict(schema.properties)
    for name in schema.required:
        one_way = name in known and (known[name].read_only or known[name].write_only)
        if name not in value and not one_way:
            return (), f"{name!r} is missing"
    for name, inner in value.items():
        parts = _parts_of(schema, known, name)
        if parts is None:
            return (name,), f"{name!r} is no property here"
        for part in parts:
            if found := _misfit(part, inner, budget):
                return (name, *found[0]), found[1]
    return None


def _parts_of(schema: Schema, known: dict[str, Schema], name: str) -> list[Schema] | None:
    """The schemas that a property of an object has to fit; None where the object may not have it."""
    parts = [known[name]] if name in known else []
    parts += [part for pattern, part in schema.pattern_properties if _matches(pattern, name)]
    more = schema.additional_properties
    if parts or more is None or more is True:
        return parts
    return None if more is False else [more]


def _list(schema: Schema, value: list[Any], budget: _Budget) -> Misfit | None:
    if schema.min_items is not None and len(value) < schema.min_items:
        return (), f"fewer than {schema.min_items} items"
    if schema.max_items is not None and len(value) > schema.max_items:
        return (), f"more than {schema.max_items} items"
    for index, item in enumerate(value):
        part = schema.prefix_items[index] if index < len(schema.prefix_items) else schema.items
        if part is not None and (found := _misfit(part, item, budget)):
            return (index, *found[0]), found[1]
    return None


@lru_cache(maxsize=1024)
def _validator(pattern: str) -> Any:
    try:
        return jsonschema_rs.Draft202012Validator({"pattern": pattern}, offline=True)
    except (jsonschema_rs.ValidationError, ValueError):
        return None  # an expression that only Python knows


def _matches(pattern: str, value: str) -> bool:
    """Whether the pattern is found in the text; the engine gives up on runaway expressions, and then it is."""
    validator = _validator(pattern)
    if validator is None or validator.is_valid(value):
        return True
    return any(type(error.kind).__name__ != "Pattern" for error in validator.iter_errors(value))


def _wanted(schema: Schema) -> str:
    return " or ".join(_NAMES.get(name, name) for name in schema.types)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}…"
