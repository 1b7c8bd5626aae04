"""Schemas that only say yes or no: what stands in `not`, `if`, `contains` and the like, as plain data for the runtime.

No type is made of them. A predicate has the keywords of JSON Schema that `_runtime/predicates.py` knows, with patterns as
Python's `re` reads them. Where a part says something else (a circle, `unevaluatedProperties`, a pattern that Python cannot
have), there is no predicate, and the keyword is told to be unchecked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ringback.openapi import ABSENT, Schema
from ringback.plan.patterns import to_python

_MOST = 200
"""Schemas in one predicate: what is larger is not checked."""
_PLAIN = {
    "minimum": "minimum", "maximum": "maximum", "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum", "multipleOf": "multiple_of", "minLength": "min_length",
    "maxLength": "max_length", "minItems": "min_items", "maxItems": "max_items", "minProperties": "min_properties",
    "maxProperties": "max_properties",
}  # fmt: skip
_LISTS = {"allOf": "all_of", "anyOf": "any_of", "oneOf": "one_of", "prefixItems": "prefix_items"}
_NAMED = {"properties": "properties", "dependentSchemas": "dependent_schemas"}
_CONTAINS = ("contains", "minContains", "maxContains")


class _Unsayable(Exception):
    """A schema says something that no predicate can."""


def further(schema: Schema, names: frozenset[str] | None = None) -> tuple[dict[str, Any], list[str]]:  # fmt: skip
    """What a schema asks for beyond what types hold, as a predicate, and the keywords that none can say.

    `names` are the only properties that a value can have when it is sent; None where it can have any.
    """
    found: dict[str, Any] = {}
    unsaid: list[str] = []
    for keyword, make in _rules(schema):
        try:
            told = make(_Maker())
            if names is not None and not _demanded(told) <= names:
                raise _Unsayable
            found.update(told)
        except _Unsayable:
            unsaid.append(keyword)
    return found, unsaid


def _rules(schema: Schema) -> Iterator[tuple[str, Any]]:
    if schema.not_ is not None and schema.not_.raw is not True:
        yield "not", lambda maker: {"not": maker.of(schema.not_)}
    if schema.contains is not None:
        yield "contains", lambda maker: maker.contains(schema)
    if schema.conditions:
        yield "if", lambda maker: {"conditions": maker.conditions(schema)}
    if schema.dependent_schemas:
        yield "dependentSchemas", lambda maker: maker.named(schema, "dependentSchemas")
    if schema.property_names is not None and _says_more(schema.property_names):
        yield "propertyNames", lambda maker: {"propertyNames": maker.of(schema.property_names)}


def _says_more(names: Schema) -> bool:
    """Whether the schema of names says more than a pattern, which has a rule of its own."""
    raw = names.raw if isinstance(names.raw, dict) else {}
    return bool(raw.keys() - {"pattern", "type", "description", "title", "format"}) or not raw


def _demanded(told: dict[str, Any]) -> set[str]:
    """The names that must be there in what follows from a condition."""
    parts = list(told.get("dependentSchemas", {}).values())
    for one in told.get("conditions", ()):
        parts += [one[key] for key in ("then", "else") if key in one]
    return {name for part in parts for name in _required(part)}


def _required(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        yield from told.get("required", ())
        for key in ("allOf", "anyOf", "oneOf"):
            for one in told.get(key, ()):
                yield from _required(one)


class _Maker:
    """Makes one predicate; counts its parts, and knows what it is inside of."""

    def __init__(self) -> None:
        self._inside: set[int] = set()
        self._count = 0

    def of(self, schema: Schema | None) -> Any:
        """The predicate of a schema. Raises _Unsayable."""
        assert schema is not None
        self._count += 1
        odd = schema.unknown or schema.unevaluated_items is not None
        odd = odd or schema.unevaluated_properties is not None
        if odd or self._count > _MOST or id(schema) in self._inside:
            raise _Unsayable
        self._inside.add(id(schema))
        told = self._told(schema)
        self._inside.discard(id(schema))
        return {"anyOf": [{"type": ["null"]}, told]} if schema.nullable else told

    def _told(self, schema: Schema) -> dict[str, Any]:
        told: dict[str, Any] = {}
        if schema.types:
            told["type"] = list(schema.types)
        values = schema.enum if schema.const is ABSENT else (schema.const,)
        if values is not None:
            told["enum"] = list(values)
        for keyword, name in _PLAIN.items():
            if getattr(schema, name) is not None:
                told[keyword] = getattr(schema, name)
        if schema.pattern is not None:
            told["pattern"] = _pattern(schema.pattern)
        if schema.unique_items:
            told["uniqueItems"] = True
        if schema.required:
            told["required"] = list(schema.required)
        if schema.dependent_required:
            told["dependentRequired"] = {name: list(one) for name, one in schema.dependent_required}
        return {**told, **self._parts(schema)}

    def _parts(self, schema: Schema) -> dict[str, Any]:
        """The keywords that hold schemas."""
        told: dict[str, Any] = {}
        for keyword, name in _LISTS.items():
            if getattr(schema, name):
                told[keyword] = [self.of(one) for one in getattr(schema, name)]
        for keyword in _NAMED:
            told.update(self.named(schema, keyword))
        if schema.pattern_properties:
            told["patternProperties"] = {
                _pattern(one): self.of(two) for one, two in schema.pattern_properties
            }
        more = schema.additional_properties
        if more is False or isinstance(more, Schema):
            told["additionalProperties"] = self.of(more) if more else False
        for keyword, one in (("items", schema.items), ("not", schema.not_)):
            if one is not None:
                told[keyword] = self.of(one)
        if schema.property_names is not None:
            told["propertyNames"] = self.of(schema.property_names)
        if schema.contains is not None:
            told.update(self.contains(schema))
        if schema.conditions:
            told["conditions"] = self.conditions(schema)
        return told

    def named(self, schema: Schema, keyword: str) -> dict[str, Any]:
        """A keyword that holds schemas by name."""
        given = getattr(schema, _NAMED[keyword])
        return {keyword: {name: self.of(one) for name, one in given}} if given else {}

    def contains(self, schema: Schema) -> dict[str, Any]:
        """`contains`, with how many items it speaks of."""
        values = (self.of(schema.contains), schema.min_contains, schema.max_contains)
        pairs = zip(_CONTAINS, values, strict=True)
        return {keyword: value for keyword, value in pairs if value is not None}

    def conditions(self, schema: Schema) -> list[dict[str, Any]]:
        """Each `if` with its `then` and its `else`."""
        return [
            {
                keyword: self.of(part)
                for keyword, part in (("if", one.test), ("then", one.then), ("else", one.otherwise))
                if part is not None
            }
            for one in schema.conditions
        ]


def _pattern(pattern: str) -> str:
    found = to_python(pattern)
    if found is None:
        raise _Unsayable
    return found
