"""Unions: which of them msgspec decodes by itself, and what tells the variants of the others apart."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from ringback.openapi import ABSENT, Schema
from ringback.plan.shapes import implied_kind, is_null, is_union

HOOKED_FORMATS = frozenset({"date-time-rfc-2822", "decimal", "int32", "int64"})
"""Formats of text whose values msgspec hands to a hook: it takes no union of them with anything but null."""
_HOOKED_KINDS = frozenset({"string", "number"})
_OWN_KINDS = frozenset({"string", "number", "integer"})


@dataclass(frozen=True, slots=True)
class Hooked:
    """The formats whose values msgspec hands to a hook: of text and numbers, and (`own`) of whole numbers, too."""

    usual: frozenset[str] = HOOKED_FORMATS
    own: frozenset[str] = frozenset()

    def holds(self, schema: Schema, kinds: Collection[str]) -> bool:
        """Whether values of some JSON kinds are handed to a hook because of their format."""
        if schema.format in self.own:
            return not _OWN_KINDS.isdisjoint(kinds)
        return schema.format in self.usual and not _HOOKED_KINDS.isdisjoint(kinds)


USUAL = Hooked()


def variants(schema: Schema) -> list[Schema]:
    """The variants of a union, null apart."""
    if not is_union(schema):
        return []
    return [part for part in (*schema.one_of, *schema.any_of) if not is_null(part)]


def needs_name(schema: Schema, formats: Hooked = USUAL) -> bool:
    """Whether a schema may be a union that msgspec cannot decode: JSON alone does not tell its variants apart."""
    parts = variants(schema)
    if len(parts) < 2:
        text = schema.format in formats.usual and "string" in schema.types
        own = schema.format in formats.own and formats.holds(schema, schema.types)
        return len(schema.types) > 1 and (text or own)
    seen: set[str] = set()
    for part in parts:
        kinds = json_kinds(part, formats)
        if kinds & seen or "any" in kinds or "hooked" in kinds:
            return True
        seen |= kinds
    return False


def json_kinds(
    schema: Schema, formats: Hooked = USUAL, seen: frozenset[int] = frozenset()
) -> set[str]:
    """The JSON kinds of a schema's values; "hooked" where msgspec asks a hook for them, "any" for all kinds."""
    if id(schema) in seen:
        return {"hooked"}
    seen |= {id(schema)}
    if schema.enum or schema.const is not ABSENT:
        values = schema.enum if schema.enum is not None else (schema.const,)
        return {kind_of(value) for value in values}
    parts = variants(schema) or (list(schema.all_of) if not schema.types else [])
    if parts:
        return {kind for part in parts for kind in json_kinds(part, formats, seen)}
    kinds = set(schema.types) or {implied_kind(schema) or "any"}
    if formats.holds(schema, kinds):
        kinds.add("hooked")
    return kinds


def kind_of(value: Any) -> str:
    """The JSON kind of a value."""
    if isinstance(value, bool):
        return "boolean"
    names = {str: "string", int: "integer", float: "number", list: "array", dict: "object"}
    return names.get(type(value), "null")


def unwrapped(schema: Schema) -> Schema:
    """The schema behind names for it."""
    seen: set[int] = set()
    while len(schema.all_of) == 1 and not schema.properties and id(schema) not in seen:
        seen.add(id(schema))
        schema = schema.all_of[0]
    return schema


Fields = Callable[[Schema], list[tuple[str, Schema, bool]]]


def tags_of(parts: list[Schema], fields: Fields) -> tuple[str, list[tuple[Any, Schema]]]:
    """A property that names the variant: required in each, with values of its own in each. ("", []) if there is none."""
    if len(parts) < 2:
        return "", []
    first = [(name, values) for name, child, required in fields(unwrapped(parts[0]))
             if required and (values := _constants(child))]  # fmt: skip
    for name, _ in first:
        found: list[tuple[Any, Schema]] = []
        for part in parts:
            child = next((one for wire, one, needed in fields(unwrapped(part)) if wire == name and needed), None)  # fmt: skip
            values = _constants(child) if child is not None else ()
            found.extend((value, part) for value in values)
            if not values:
                break
        else:
            if len({value for value, _ in found}) == len(found):
                return name, found
    return "", []


def _constants(schema: Schema) -> tuple[Any, ...]:
    schema = unwrapped(schema)
    values = (schema.const,) if schema.const is not ABSENT else schema.enum or ()
    return values if all(isinstance(one, str) for one in values) else ()
