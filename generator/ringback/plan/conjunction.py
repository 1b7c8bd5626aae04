"""`allOf` as one schema: every keyword of every part, at once.

Where two parts speak of the same thing, both hold: types and enums intersect, the narrower bound counts, a property that
two parts describe is the conjunction of both descriptions. What cannot be put together keeps the first, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from itertools import product
from math import prod
from typing import Any

from ringback.openapi import ABSENT, Schema
from ringback.source import Limits

_FIELDS = {field.name: field.default for field in fields(Schema)}
_ABOUT = frozenset(
    {
        "path", "raw", "name", "nullable", "default", "title", "description", "deprecated", "read_only",
        "write_only", "examples", "extensions", "all_of",
    }
)  # fmt: skip
"""What describes a schema without narrowing it."""
_NARROWING = {name: default for name, default in _FIELDS.items() if name not in _ABOUT}
_LOWEST = (
    "maximum",
    "exclusive_maximum",
    "max_length",
    "max_items",
    "max_properties",
    "max_contains",
)
_HIGHEST = (
    "minimum",
    "exclusive_minimum",
    "min_length",
    "min_items",
    "min_properties",
    "min_contains",
)
_FIRST = ("format", "pattern", "content_media_type", "content_encoding", "content_schema", "not_",
          "property_names", "contains", "prefix_items", "unevaluated_items", "unevaluated_properties", "multiple_of")  # fmt: skip
_TOGETHER = (
    "pattern_properties",
    "dependent_required",
    "dependent_schemas",
    "unknown",
    "conditions",
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two parts that cannot be put together: where, and what happens."""

    schema: Schema
    message: str


def says(schema: Schema) -> set[str]:
    """The keywords of a schema that narrow its values."""
    said = {name for name in _NARROWING if getattr(schema, name) != _NARROWING[name]}
    return said - {"additional_properties"} if schema.additional_properties is True else said


def is_alias(schema: Schema) -> bool:
    """Whether a schema is one other schema, described anew: it adds no keyword that narrows it."""
    return len([one for one in parts_of(schema) if one is not schema]) == 1 and not (_own(schema))


def _own(schema: Schema) -> set[str]:
    """What a schema says beside its parts; that it is an object is said by the parts as well."""
    own = says(schema)
    return own - {"types"} if schema.types in ((), ("object",)) else own


def parts_of(schema: Schema) -> list[Schema]:
    """The parts of an `allOf` that say anything, and the schema itself where it does beside them."""
    parts = [one for one in schema.all_of if one.all_of or _own(one) or one.name]
    parts = list({id(one): one for one in parts}.values()) or list(schema.all_of[:1])
    return [*parts, schema] if _own(schema) else parts


def flattened(schema: Schema, seen: set[int]) -> list[Schema]:
    """The parts of the parts, each once, in the order of the document; the schema itself last."""
    if id(schema) in seen:
        return []
    seen.add(id(schema))
    return [*(leaf for part in schema.all_of for leaf in flattened(part, seen)), schema]


class Conjunction:
    """Puts parts together. Conjunctions of the same parts are one schema, so that circles end."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.conflicts: list[Conflict] = []
        self._known: dict[tuple[int, ...], Schema] = {}

    def of(self, schema: Schema) -> dict[str, Any]:
        """The fields of the one schema that an `allOf` amounts to."""
        parts = flattened(schema, set())
        values: dict[str, Any] = {name: getattr(schema, name) for name in _FIELDS}
        values["all_of"] = ()
        values["types"] = self._types(schema, parts)
        values["nullable"] = schema.nullable or _all_nullable(parts)
        values["enum"] = self._enum(schema, parts)
        values["const"] = next((one.const for one in parts if one.const is not ABSENT), ABSENT)
        for name in _LOWEST:
            values[name] = min(_given(parts, name), default=None)
        for name in _HIGHEST:
            values[name] = max(_given(parts, name), default=None)
        for name in _FIRST:
            values[name] = self._first(schema, parts, name)
        for name in _TOGETHER:
            values[name] = tuple(
                dict.fromkeys(one for part in parts for one in getattr(part, name))
            )
        values["unique_items"] = any(one.unique_items for one in parts)
        values["properties"] = self._properties(parts)
        values["required"] = tuple(dict.fromkeys(name for one in parts for name in one.required))
        values["items"] = self.both([one.items for one in parts if one.items is not None])
        values["additional_properties"] = _others(parts)
        values.update(self._union(schema, parts))
        values["description"] = schema.description or _only(one.description for one in parts)
        return values

    def both(self, schemas: list[Schema]) -> Schema | None:
        """The schema whose values fit all of some schemas."""
        distinct = list({id(one): one for one in schemas}.values())
        if len(distinct) < 2:
            return distinct[0] if distinct else None
        leaves = {id(leaf) for one in distinct for leaf in flattened(one, set())}
        key = tuple(sorted(leaves - {id(one) for one in self._known.values()}))
        if key not in self._known:
            self._known[key] = _conjunction_of(distinct)
        return self._known[key]

    def _conflict(self, schema: Schema, message: str) -> None:
        self.conflicts.append(Conflict(schema, message))

    def _types(self, schema: Schema, parts: list[Schema]) -> tuple[str, ...]:
        result: tuple[str, ...] = ()
        for part in parts:
            if part.types and not result:
                result = part.types
            elif part.types:
                both = _common_types(result, part.types)
                if not both:
                    told = f"{' or '.join(result)} and {' or '.join(part.types)}"
                    self._conflict(schema, f"no value is {told}: the former is taken")
                result = both or result
        return result

    def _enum(self, schema: Schema, parts: list[Schema]) -> tuple[Any, ...] | None:
        listed = [one.enum for one in parts if one.enum is not None]
        if not listed:
            return None
        both = listed[0]
        for other in listed[1:]:
            both = tuple(one for one in both if one in other)
        if not both and all(listed):
            self._conflict(schema, "no value is in both enums: the first is taken")
            return listed[0]
        return both

    def _first(self, schema: Schema, parts: list[Schema], name: str) -> Any:
        found = [value for one in parts if (value := getattr(one, name)) not in (None, ())]
        if not found:
            return _FIELDS[name]
        if any(one != found[0] for one in found[1:]):
            if name == "pattern":
                return _all_match(dict.fromkeys(found))
            told = name.strip("_").replace("_", " ")
            self._conflict(schema, f"two parts give a {told}: the first is kept")
        return found[0]

    def _properties(self, parts: list[Schema]) -> tuple[tuple[str, Schema], ...]:
        found: dict[str, list[Schema]] = {}
        for part in parts:
            for name, child in part.properties:
                found.setdefault(name, []).append(child)
        return tuple((name, both) for name, some in found.items() if (both := self.both(some)))

    def _union(self, schema: Schema, parts: list[Schema]) -> dict[str, Any]:
        """The union that the parts have; of several, every combination of one variant of each."""
        here = {id(one) for one in parts}
        groups = [
            (one, variants)
            for one in parts
            for variants in (one.one_of, one.any_of)
            if variants and not any(id(two) in here for two in variants)
        ]
        if not groups:
            return {"one_of": (), "any_of": (), "discriminator": schema.discriminator}
        holder, variants = groups[0]
        if len(groups) == 1:
            return {"one_of": variants, "any_of": (), "discriminator": holder.discriminator}
        number = prod(len(variants) for _, variants in groups)
        if number > self._limits.variants:
            told = f"{number} combinations of variants are too many: the first union is kept"
            told += f" (raise {self._limits.setting('variants')})"
            self._conflict(schema, told)
            return {"one_of": variants, "any_of": (), "discriminator": holder.discriminator}
        chosen = product(*(variants for _, variants in groups))
        made = tuple(one for two in chosen if (one := self.both(list(two))) is not None)
        return {"one_of": made, "any_of": (), "discriminator": None}


def _all_match(patterns: Iterable[str]) -> str:
    """One pattern for text that several match."""
    *looked, last = patterns
    return "^" + "".join(f"(?=[\\s\\S]*(?:{one}))" for one in looked) + f"[\\s\\S]*(?:{last})"


def _conjunction_of(schemas: list[Schema]) -> Schema:
    last = schemas[-1]
    return Schema(
        path=last.path,
        raw=last.raw,
        all_of=tuple(schemas),
        description=last.description,
        default=last.default,
        nullable=all(one.nullable for one in schemas),
        read_only=any(one.read_only for one in schemas),
        write_only=any(one.write_only for one in schemas),
        deprecated=last.deprecated,
        extensions=last.extensions,
    )


def _common_types(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """What is a type of both; a whole number is a number too."""
    both = [one for one in some if one in others]
    for here, there in ((some, others), (others, some)):
        if "integer" in here and "number" in there and "number" not in here:
            both.append("integer")
    return tuple(dict.fromkeys(both))


def _given(parts: list[Schema], name: str) -> list[Any]:
    return [value for one in parts if (value := getattr(one, name)) is not None]


def _only(texts: Iterable[str | None]) -> str | None:
    """The one text that is given; None where there are several."""
    found = {text for text in texts if text}
    return found.pop() if len(found) == 1 else None


def _all_nullable(parts: list[Schema]) -> bool:
    telling = [one for one in parts if one.types or one.enum is not None or one.properties]
    return bool(telling) and all(one.nullable for one in telling)


def _others(parts: list[Schema]) -> bool | Schema | None:
    given = [one.additional_properties for one in parts if one.additional_properties is not None]
    schemas = [one for one in given if isinstance(one, Schema)]
    if schemas:
        return schemas[0]
    speaking = [one for one in parts if one.properties or one.additional_properties is not None]
    if given and len(given) == len(speaking) and not any(given):
        return False
    return True if any(given) else None
