"""What a rule comes to with everything that it refers to: a `$ref` reads the same when what it leads to has changed.

Rules that are not weighed (`not`, `if`, …) are the same where they are written alike and all schemas that they lead to
are; by which names those are called counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ringback.openapi import Schema

from .effective import canonical, demanding

_FIELDS: Final = {
    "not": "not_", "contains": "contains", "propertyNames": "property_names", "contentSchema": "content_schema",
    "unevaluatedProperties": "unevaluated_properties", "unevaluatedItems": "unevaluated_items",
    "patternProperties": "pattern_properties", "dependentSchemas": "dependent_schemas", "properties": "properties",
    "additionalProperties": "additional_properties", "items": "items", "prefixItems": "prefix_items",
    "allOf": "all_of", "oneOf": "one_of", "anyOf": "any_of",
}  # fmt: skip
_CONDITIONS: Final = {"if": "test", "then": "then", "else": "otherwise"}


def below(schema: Schema, keyword: str) -> list[Schema]:
    """The schemas that a keyword of a schema holds; those with names in the order of the names."""
    if keyword in _CONDITIONS:
        found = [getattr(one, _CONDITIONS[keyword]) for one in schema.conditions]
    elif keyword in _FIELDS:
        found = _held(getattr(schema, _FIELDS[keyword]))
    else:
        found = []
    return [one for one in found if isinstance(one, Schema)]


def _held(value: Any) -> list[Any]:
    if not isinstance(value, tuple):
        return [value]
    return [one[1] for one in sorted(value, key=_name)] if _pairs(value) else list(value)


def _pairs(value: tuple[Any, ...]) -> bool:
    return bool(value) and isinstance(value[0], tuple)


def _name(pair: tuple[str, Schema]) -> str:
    return pair[0]


def meaning(rule: Any, keyword: str, owner: Schema) -> str:
    """One text for rules that demand the same, all that they lead to included; circles are followed once."""
    first = below(owner, keyword)
    if not first:
        return canonical(demanding({keyword: rule}))
    found, order = _followed(first)
    told = [f"{_alone(one.raw)} {len(list(_inside(one)))}" for one in found]
    return " ".join([_alone({keyword: rule}), *told, *map(str, order)])


def reached(schemas: list[Schema]) -> list[Schema]:
    """All schemas that some schemas lead to, themselves too."""
    return _followed(schemas)[0]


def _followed(first: list[Schema]) -> tuple[list[Schema], list[int]]:
    """Every schema once, and the number of each as they are met, those that are met again too."""
    found: dict[int, Schema] = {}
    numbers: dict[int, int] = {}
    todo = list(first)
    for one in todo:  # grows while it is walked
        if id(one) not in found:
            numbers[id(one)] = len(found)
            found[id(one)] = one
            todo.extend(_inside(one))
    return list(found.values()), [numbers[id(one)] for one in todo]


def _alone(value: Any) -> str:
    return canonical(_without_references(demanding(value)))


def _inside(schema: Schema) -> Iterator[Schema]:
    for keyword in (*_FIELDS, *_CONDITIONS):
        yield from below(schema, keyword)


def _without_references(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_references(one) for key, one in value.items() if key != "$ref"}
    if isinstance(value, list):
        return [_without_references(one) for one in value]
    return value
