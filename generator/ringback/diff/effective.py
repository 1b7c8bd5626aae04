"""What a schema demands, whatever way it is written: `allOf` merged, unions of one member opened, numbers as limits.

Two documents often say the same in different words (a `$ref` became an `allOf` of one, a bound moved into a part).
So schemas are compared by what they demand together. The unit is a conjunction: a tuple of schemas that a value must
fit all of; most have one member.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from ringback.openapi import ABSENT, Discriminator, Schema

Conjunction: TypeAlias = tuple[Schema, ...]

ALL_TYPES: Final = frozenset(("string", "number", "integer", "boolean", "array", "object"))
_LOWER: Final = {
    "min_length": "minLength", "min_items": "minItems", "min_properties": "minProperties",
    "min_contains": "minContains",
}  # fmt: skip
_UPPER: Final = {
    "max_length": "maxLength", "max_items": "maxItems", "max_properties": "maxProperties",
    "max_contains": "maxContains",
}  # fmt: skip
_RAW_RULES: Final = (
    "not", "if", "then", "else", "contains", "dependentSchemas", "dependencies",
    "propertyNames", "patternProperties", "unevaluatedProperties", "unevaluatedItems", "additionalItems",
    "$recursiveRef", "contentSchema",
)  # fmt: skip
"""Keywords that are compared as they are written: what they demand is not weighed."""
_ANY_TEXT: Final = ("", "^", "$", ".*", "^.*", ".*$")
"""Patterns that demand nothing. `^.*$` is none of them: it refuses a text of two lines."""
_SPOKEN: Final = frozenset(
    ("description", "title", "summary", "example", "examples", "deprecated", "$comment")
)

_AS_ENCODING: Final = {"byte": "base64"}
"""Formats that 3.1 writes as a `contentEncoding`."""
_VALUES: Final = frozenset(("enum", "const", "default"))
_NAMED: Final = frozenset((
    "properties", "patternProperties", "dependentSchemas", "dependentRequired", "dependencies", "$defs",
    "definitions",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bound:
    """The end of a range of numbers."""

    value: float | int
    exclusive: bool

    def shown(self, sign: str) -> str:
        """`>= 3`, `< 10`; the sign is `>` or `<`."""
        return f"{sign}{'' if self.exclusive else '='} {self.value}"


@dataclass(frozen=True, slots=True)
class Group:
    """One `oneOf` or `anyOf`."""

    keyword: str
    members: tuple[Conjunction, ...]
    discriminator: Discriminator | None = None


@dataclass(slots=True)
class Flat:
    """What a conjunction demands. `types` is None where any type will do; "number" stands for integers too."""

    parts: Conjunction
    schemas: list[Schema] = field(default_factory=list)  # the parts, and what they are made of
    types: frozenset[str] | None = None
    nullable: bool = True
    enum: dict[str, Any] | None = None  # canonical text -> value
    const: bool = False  # the enum is a `const`
    lower: Bound | None = None
    upper: Bound | None = None
    least: dict[str, int] = field(default_factory=dict)  # minLength, …
    most: dict[str, int] = field(default_factory=dict)
    multiples: frozenset[float | int] = frozenset()
    patterns: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    unique: bool = False
    properties: dict[str, Conjunction] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    asked: frozenset[tuple[str, str]] = (
        frozenset()
    )  # whoever has the first property needs the second
    closed: bool = False  # additionalProperties: false
    additional: Conjunction = ()
    items: Conjunction = ()
    prefix: tuple[Conjunction, ...] = ()
    groups: list[Group] = field(default_factory=list)
    rules: dict[str, str] = field(default_factory=dict)  # keyword -> canonical text
    encodings: tuple[str, ...] = ()
    read_only: bool = False
    write_only: bool = False

    @property
    def is_any(self) -> bool:
        """Whether it demands nothing of the type."""
        return self.types is None and self.enum is None and not self.groups


def expanded(flat: Flat) -> frozenset[str]:
    """The types that are allowed, each by its name: integers are numbers. null only where anything is."""
    if flat.types is None:
        return ALL_TYPES | {"null"}
    types = flat.types | {"integer"} if "number" in flat.types else flat.types
    return types - {"null"}


def canonical(value: Any) -> str:
    """One text for equal JSON values; 1 and 1.0 are equal, 1 and true are not."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, default=str)


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def demanding(value: Any, *, named: bool = False) -> Any:
    """A schema as it is written, without what demands nothing: descriptions, examples, x- keys.

    `named`: the keys are names of properties, not keywords; one of them may be called "title".
    """
    if isinstance(value, dict):
        return {
            key: (
                one
                if key in _VALUES and not named
                else demanding(one, named=_holds_names(key, named))
            )
            for key, one in value.items()
            if named or (key not in _SPOKEN and not str(key).startswith("x-"))
        }
    if isinstance(value, list):
        return [demanding(one) for one in value]
    return value


def _holds_names(key: object, named: bool) -> bool:
    return not named and key in _NAMED


class Effective:
    """Flattens conjunctions, each once."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, ...], Flat] = {}

    def of(self, parts: Conjunction) -> Flat:
        """What the schemas demand together."""
        key = tuple(map(id, parts))
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = _flattened(
                parts
            )  # it holds the parts, so that ids stay theirs
        return made


def _flattened(parts: Conjunction) -> Flat:
    flat = Flat(parts)
    seen: set[int] = set()
    todo = list(reversed(parts))
    properties: dict[str, list[Schema]] = {}
    additional: list[Schema] = []
    items: list[Schema] = []
    while todo:
        schema = todo.pop()
        if id(schema) in seen:
            continue
        seen.add(id(schema))
        flat.schemas.append(schema)
        _merge_values(flat, schema)
        _merge_limits(flat, schema)
        _merge_rules(flat, schema)
        for name, one in schema.properties:
            _once(properties.setdefault(name, []), one)
        if schema.additional_properties is False:
            flat.closed = True
        elif isinstance(schema.additional_properties, Schema):
            _once(additional, schema.additional_properties)
        if schema.items is not None:
            _once(items, schema.items)
        flat.prefix = flat.prefix or tuple((one,) for one in schema.prefix_items)
        todo.extend(reversed(schema.all_of))
        todo.extend(_opened(flat, schema))
    flat.properties = {name: tuple(found) for name, found in properties.items()}
    flat.additional, flat.items = tuple(additional), tuple(items)
    if flat.types is None:
        flat.types = _implied(flat)
    if flat.types == frozenset(("integer",)):
        flat.lower, flat.upper = _whole(flat.lower, 1), _whole(flat.upper, -1)
    flat.nullable = all(accepts_null(part) for part in parts)
    flat.required, flat.asked = _settled(flat.required, flat.asked)
    return flat


def _settled(
    required: frozenset[str], asked: frozenset[tuple[str, str]]
) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """All that is needed in the end: what a property asks for may ask for more, and what is always there asks always."""
    others: dict[str, set[str]] = {}
    for name, other in asked:
        others.setdefault(name, set()).add(other)
    always = _all_asked(required, others)
    return always, frozenset(
        (name, other)
        for name in others.keys() - always
        for other in _all_asked({name}, others) - always - {name}
    )


def _all_asked(names: Iterable[str], others: Mapping[str, set[str]]) -> frozenset[str]:
    """Some properties with all that they ask for."""
    found = set(names)
    todo = list(found)
    while todo:
        more = others.get(todo.pop(), set()) - found
        found |= more
        todo.extend(more)
    return frozenset(found)


def _whole(bound: Bound | None, inward: int) -> Bound | None:
    """The same limit of whole numbers, as the first one that is allowed: more than 0 is at least 1."""
    if bound is None or not bound.exclusive or bound.value != int(bound.value):
        return bound
    return Bound(int(bound.value) + inward, False)


def _once(found: list[Schema], schema: Schema) -> None:
    if not any(one is schema for one in found):
        found.append(schema)


def _opened(flat: Flat, schema: Schema) -> list[Schema]:
    """The members of unions that have one only; the other unions become groups."""
    opened = []
    for keyword, members in (("oneOf", schema.one_of), ("anyOf", schema.any_of)):
        if len(members) == 1:
            opened.append(members[0])
        elif members:
            alternatives = tuple((member,) for member in members)
            flat.groups.append(Group(keyword, alternatives, schema.discriminator))
    return opened


def _merge_values(flat: Flat, schema: Schema) -> None:
    if schema.types:
        own = frozenset(schema.types)
        flat.types = own if flat.types is None else _common(flat.types, own)
    if schema.enum is not None:
        _merge_enum(flat, schema.enum)
    if schema.const is not ABSENT:
        _merge_enum(flat, (schema.const,))
        flat.const = True
    if schema.pattern is not None and schema.pattern not in _ANY_TEXT:
        flat.patterns |= {schema.pattern}
    if schema.format is not None and schema.format not in _AS_ENCODING:
        flat.formats |= {schema.format}
    flat.read_only |= schema.read_only
    flat.write_only |= schema.write_only


def _merge_enum(flat: Flat, listed: tuple[Any, ...]) -> None:
    values = {canonical(value): value for value in listed}
    if flat.enum is not None:
        values = {text: value for text, value in flat.enum.items() if text in values}
    flat.enum = values


def _common(left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
    both = set(left & right)
    if "integer" in left | right and "number" in left | right:
        both.add("integer")
    return frozenset(both)


def _merge_limits(flat: Flat, schema: Schema) -> None:
    for value, exclusive in ((schema.minimum, False), (schema.exclusive_minimum, True)):
        if value is not None and (
            flat.lower is None or (value, exclusive) > (flat.lower.value, flat.lower.exclusive)
        ):
            flat.lower = Bound(value, exclusive)
    for value, exclusive in ((schema.maximum, False), (schema.exclusive_maximum, True)):
        if value is not None and (
            flat.upper is None or (-value, exclusive) > (-flat.upper.value, flat.upper.exclusive)
        ):
            flat.upper = Bound(value, exclusive)
    for name, keyword in _LOWER.items():
        limit = getattr(schema, name)
        if limit is not None:
            flat.least[keyword] = max(limit, flat.least.get(keyword, limit))
    for name, keyword in _UPPER.items():
        limit = getattr(schema, name)
        if limit is not None:
            flat.most[keyword] = min(limit, flat.most.get(keyword, limit))
    if schema.multiple_of is not None:
        flat.multiples |= {schema.multiple_of}
    flat.unique |= schema.unique_items


def _merge_rules(flat: Flat, schema: Schema) -> None:
    flat.required |= frozenset(schema.required)
    flat.asked |= {(name, one) for name, needed in schema.dependent_required for one in needed}
    encoded = schema.content_encoding or _AS_ENCODING.get(schema.format or "")
    flat.encodings += tuple(one for one in (encoded, schema.content_media_type) if one)
    if schema.raw is False:
        flat.rules["false"] = "true"
    if not isinstance(schema.raw, dict):
        return
    for keyword in _RAW_RULES:
        if keyword in schema.raw:
            text = canonical(demanding(schema.raw[keyword]))
            flat.rules[keyword] = flat.rules.get(keyword, "") + text


def _implied(flat: Flat) -> frozenset[str] | None:
    """The type that is meant where none is given."""
    if flat.properties:
        return frozenset(("object",))
    if flat.items or flat.prefix:
        return frozenset(("array",))
    return frozenset(map(type_of, flat.enum.values())) if flat.enum else None


def type_of(value: Any) -> str:
    """The JSON type of a value; 1.0 is an integer."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "integer" if value.is_integer() else "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object" if isinstance(value, dict) else "null"


def accepts_null(schema: Schema, depth: int = 0) -> bool:
    """Whether null is a value of a schema."""
    if schema.nullable:
        return True
    if schema.types or schema.enum is not None or schema.const is not ABSENT or schema.properties:
        return False
    if depth > 16 or schema.raw is False:
        return schema.raw is not False  # a circle of allOf demands nothing
    return all(accepts_null(one, depth + 1) for one in schema.all_of) and all(
        any(accepts_null(one, depth + 1) for one in members)
        for members in (schema.one_of, schema.any_of)
        if members
    )
