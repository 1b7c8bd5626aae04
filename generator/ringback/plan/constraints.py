"""Bounds and rules of schemas, as arguments of `Meta`, of text codecs, and as `ObjectRules` of structs.

What msgspec checks itself is a keyword of `Meta`. What it does not is in `Meta(extra={...})`, for `_runtime/checks.py`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from ringback.openapi import Schema
from ringback.plan.literals import py
from ringback.plan.patterns import to_python
from ringback.plan.shapes import others_of


def bounds(*pairs: tuple[str, Any]) -> str:
    """`name=value, …` of the values that are given."""
    return ", ".join(f"{name}={py(value)}" for name, value in pairs if value is not None)


def whole(bound: float | int | None) -> int | None:
    """A bound of whole numbers."""
    return None if bound is None else int(bound)


def extra(**rules: Any) -> str:
    """`extra={...}` with the rules that are given; "" without any."""
    told = [f"{py(name)}: {py(value)}" for name, value in rules.items() if value is not None]
    return f"extra={{{', '.join(told)}}}" if told else ""


def annotated(annotation: str, *told: str) -> str:
    """`Annotated[int, Meta(ge=1)]`, or the annotation alone."""
    inner = ", ".join(one for one in told if one)
    return f"Annotated[{annotation}, Meta({inner})]" if inner else annotation


def held(codec: str, holds: dict[str, Any]) -> str:
    """A codec of texts whose values have to hold a predicate; what has no codec travels as JSON, which has its own."""
    if not codec:
        return ""
    told = f"_predicates.Holds({py(holds)})"
    if codec.startswith("Array("):
        return f"{codec.removesuffix(')')}, holds={told})"
    return f"_predicates.Held({codec}, {told})"


def names_pattern(schema: Schema) -> str | None:
    """The pattern that the names of a mapping match, where one is asked for and Python has it."""
    given = schema.property_names
    if given is not None and given.pattern:
        return to_python(given.pattern)
    if schema.pattern_properties and others_of(schema) is False and not schema.properties:
        return _either(schema, ())
    return None


def _either(schema: Schema, named: Collection[str]) -> str | None:
    """A pattern for the names that an object gives, and those that match its `patternProperties`."""
    found = [to_python(pattern) for pattern, _ in schema.pattern_properties]
    if not all(found):
        return None
    whole_names = [rf"\A{re.escape(name)}\Z" for name in sorted(named)]
    return "|".join([*(f"(?:{one})" for one in found if one), *whole_names])


def rules_of(schema: Schema, holds: dict[str, Any], named: Collection[str]) -> str:
    """The arguments of an object's `ObjectRules`; "" where it has none. `named` are the names that it gives."""
    groups = {
        name: tuple(part.required for part in parts)
        for name, parts in (("any_of", schema.any_of), ("one_of", schema.one_of))
        if parts and all(part.required for part in parts)
    }
    given = schema.property_names
    names = to_python(given.pattern) if given is not None and given.pattern else None
    if names is None and schema.pattern_properties and others_of(schema) is False:
        names = _either(schema, named)
    return bounds(
        ("least", schema.min_properties or None),
        ("most", schema.max_properties),
        ("dependent", schema.dependent_required or None),
        ("any_of", groups.get("any_of")),
        ("one_of", groups.get("one_of")),
        ("names", names),
        ("holds", holds or None),
    )


def unchecked(schema: Schema, unsaid: Iterable[str]) -> list[str]:
    """Keywords of a schema that narrow its values and that nothing checks; `unsaid` are those of predicates."""
    found = [*schema.unknown, *unsaid]
    return sorted(set(found) - {"additionalItems", "contentSchema"})
