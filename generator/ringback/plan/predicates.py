"""Schemas that only say yes or no: what stands in `not`, `if`, `contains` and the like, as plain data for the runtime.

No type is made of them. A predicate has the keywords of JSON Schema that `_runtime/predicates.py` knows, with patterns as
Python's `re` reads them. Where a part says something else (a circle, a pattern that Python cannot have), there is no
predicate, and the keyword is told to be unchecked.

`unevaluatedProperties` and `unevaluatedItems` speak of what no other part has looked at. Which parts look at a value can
depend on it; so a predicate has beside the schema of what is left what is always looked at, and what else is where a
condition holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from ringback.openapi import ABSENT, Schema
from ringback.plan.patterns import to_python
from ringback.plan.shapes import depends, has_fixed_length
from ringback.source import Limits

_PLAIN = {
    "minimum": "minimum", "maximum": "maximum", "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum", "multipleOf": "multiple_of", "minLength": "min_length",
    "maxLength": "max_length", "minItems": "min_items", "maxItems": "max_items", "minProperties": "min_properties",
    "maxProperties": "max_properties",
}  # fmt: skip
_LISTS = {"allOf": "all_of", "anyOf": "any_of", "oneOf": "one_of", "prefixItems": "prefix_items"}
_NAMED = {"properties": "properties", "dependentSchemas": "dependent_schemas"}
_LEFT = {
    "unevaluatedProperties": "unevaluated_properties",
    "unevaluatedItems": "unevaluated_items",
}
Names = Callable[[], Collection[str]]
Seen = dict[str, Any]
"""What is looked at: `names`, `patterns` of names; the `first` items, those that `fit`; more `when` a condition holds."""
_CONTAINS = ("contains", "minContains", "maxContains")


class _Unsayable(Exception):
    """A schema says something that no predicate can; the text is why, where a setting would help."""


def further(
    schema: Schema, limits: Limits, names: frozenset[str] | None = None, also: Names = tuple
) -> tuple[dict[str, Any], dict[str, str]]:
    """What a schema asks for beyond what types hold, as a predicate, and the keywords that none can say.

    Each of those has beside it why, where a setting would help.

    `names` are the only properties that a value can have when it is sent; None where it can have any. `also` gives
    properties that the document describes and that need not have a field.
    """
    found: dict[str, Any] = {}
    unsaid: dict[str, str] = {}
    for keyword, make in _rules(schema, also):
        try:
            told = make(_Maker(limits))
            if names is not None and not _demanded(told) <= names:
                raise _Unsayable
            found.update(told)
        except _Unsayable as why:
            unsaid[keyword] = str(why)
    return found, unsaid


def _rules(schema: Schema, also: Names) -> Iterator[tuple[str, Any]]:
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
    if schema.prefix_items and not has_fixed_length(schema):
        yield "prefixItems", lambda maker: maker.places(schema)
    if _is_left(schema):
        yield "unevaluatedProperties", lambda maker: maker.left(
            schema, "unevaluatedProperties", also
        )
    if schema.unevaluated_items is not None and schema.unevaluated_items is not True:
        yield "unevaluatedItems", lambda maker: maker.left(schema, "unevaluatedItems")


def _is_left(schema: Schema) -> bool:
    """Whether `unevaluatedProperties` says what `additionalProperties` could not say in its place."""
    more = schema.unevaluated_properties
    return more is not None and more is not True and depends(schema)


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

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._inside: set[int] = set()
        self._looking: set[int] = set()
        self._count = 0

    def of(self, schema: Schema | None) -> Any:
        """The predicate of a schema. Raises _Unsayable."""
        assert schema is not None
        self._count += 1
        if self._count > self._limits.checks:
            raise _Unsayable(f" (raise {self._limits.setting('checks')})")
        if schema.unknown or id(schema) in self._inside:
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
        for keyword, name in _LEFT.items():
            if getattr(schema, name) is not None:
                told.update(self.left(schema, keyword))
        return told

    def left(self, schema: Schema, keyword: str, also: Names = tuple) -> dict[str, Any]:
        """A keyword about what no other part of the schema looks at; without anything where nothing is left."""
        rest = getattr(schema, _LEFT[keyword])
        seen = self._seen(schema, keyword, outermost=True)
        if seen is None:
            return {}
        if more := sorted(also()):
            seen["names"] = [*seen.get("names", ()), *more]
        asked = rest if isinstance(rest, bool) else self.of(rest)
        return {keyword: {"seen": seen, "left": asked}}

    def _seen(self, schema: Schema, keyword: str, *, outermost: bool = False) -> Seen | None:
        """What a schema and its parts look at; None where that is everything."""
        if id(schema) in self._looking:
            raise _Unsayable
        everything = {"unevaluatedProperties": "additional_properties", "unevaluatedItems": "items"}
        told = getattr(schema, everything[keyword]) is not None
        if told or (not outermost and getattr(schema, _LEFT[keyword]) is not None):
            return None
        self._looking.add(id(schema))
        seen = self._seen_together(schema, keyword)
        self._looking.discard(id(schema))
        return seen

    def _seen_together(self, schema: Schema, keyword: str) -> Seen | None:
        seen = self._seen_here(schema, keyword)
        for part in schema.all_of:
            inner = self._seen(part, keyword)
            if inner is None:
                return None
            _add(seen, inner)
        _add(seen, {"when": list(self._seen_when(schema, keyword))})
        return {key: value for key, value in seen.items() if value}

    def _seen_here(self, schema: Schema, keyword: str) -> Seen:
        if keyword == "unevaluatedProperties":
            patterns = [_pattern(one) for one, _ in schema.pattern_properties]
            return {"names": [name for name, _ in schema.properties], "patterns": patterns}
        asked = [self.of(schema.contains)] if schema.contains is not None else []
        return {"first": len(schema.prefix_items), "fit": asked}

    def _seen_when(self, schema: Schema, keyword: str) -> Iterator[list[Any]]:
        """Conditions, each with what is looked at where it holds; None for everything."""
        for one in (*schema.one_of, *schema.any_of):
            yield [self.of(one), self._seen(one, keyword)]
        for name, one in schema.dependent_schemas:
            yield [{"type": ["object"], "required": [name]}, self._seen(one, keyword)]
        for condition in schema.conditions:
            test = self.of(condition.test)
            for asked, parts in (
                (test, (condition.test, condition.then)),
                ({"not": test}, (condition.otherwise,)),
            ):
                yield from ([asked, self._seen(one, keyword)] for one in parts if one is not None)

    def named(self, schema: Schema, keyword: str) -> dict[str, Any]:
        """A keyword that holds schemas by name."""
        given = getattr(schema, _NAMED[keyword])
        return {keyword: {name: self.of(one) for name, one in given}} if given else {}

    def contains(self, schema: Schema) -> dict[str, Any]:
        """`contains`, with how many items it speaks of."""
        values = (self.of(schema.contains), schema.min_contains, schema.max_contains)
        pairs = zip(_CONTAINS, values, strict=True)
        return {keyword: value for keyword, value in pairs if value is not None}

    def places(self, schema: Schema) -> dict[str, Any]:
        """`prefixItems`, with what follows them."""
        told = {"prefixItems": [self.of(one) for one in schema.prefix_items]}
        return told if schema.items is None else {**told, "items": self.of(schema.items)}

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


def _add(seen: Seen, more: Seen) -> None:
    """Put together what two parts look at."""
    for key, value in more.items():
        if key == "first":
            seen[key] = max(seen.get(key, 0), value)
        else:
            seen[key] = [*seen.get(key, ()), *value]


def _pattern(pattern: str) -> str:
    found = to_python(pattern)
    if found is None:
        raise _Unsayable
    return found
