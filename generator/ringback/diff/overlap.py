"""Whether a value may fit two alternatives: `oneOf` refuses one that does.

What cannot be told is taken for an overlap. Of objects the question is put as everywhere in this room: nobody sends
properties that the document does not name, unless the schema says that there may be others. So two objects do not overlap
where each must have a property that the other does not name.
"""

from __future__ import annotations

import re
from typing import Any, Final

from .effective import Bound, Conjunction, Effective, Flat, expanded, type_of

_APART: Final = frozenset(("date-time", "date", "time", "uuid", "ipv4", "ipv6", "email", "uri"))
"""Formats of which no text has two."""
_PREFIX: Final = re.compile(r"\^([\w-]*)")
_DEEPEST: Final = 8


_ANYTHING: Final = Flat(())


def overlap(
    effective: Effective, one: Conjunction, other: Conjunction, whole: Flat = _ANYTHING, depth: int = 0
) -> bool:  # fmt: skip
    """Whether a value may fit both. `whole`: what is demanded beside the union that they are alternatives of."""
    if depth > _DEEPEST:
        return True
    left, right = effective.of(one), effective.of(other)
    if "false" in left.rules or "false" in right.rules:
        return False
    for flat, there in ((left, other), (right, one)):
        for group in flat.groups:
            if not any(overlap(effective, each, there, whole, depth + 1) for each in group.members):
                return False
    if left.nullable and right.nullable and whole.nullable:
        return True
    for flat, against in ((left, right), (right, left)):
        if flat.enum is not None:
            return any(takes(against, text, value) for text, value in flat.enum.items())
    shared = (expanded(left) & expanded(right) & expanded(whole)) - {"null"}
    return any(_share(effective, kind, left, right, whole, depth) for kind in shared)


def takes(flat: Flat, text: str, value: Any) -> bool:
    """Whether a listed value may fit; of lists and objects only the type is looked at."""
    if type_of(value) not in expanded(flat) or (flat.enum is not None and text not in flat.enum):
        return False
    if isinstance(value, str):
        longest = flat.most.get("maxLength", len(value))
        begins = all(value.startswith(_beginning(one)) for one in flat.patterns)
        return flat.least.get("minLength", 0) <= len(value) <= longest and begins
    if isinstance(value, int | float) and not isinstance(value, bool):
        bound = Bound(value, False)
        return _ranges_meet(flat.lower, bound) and _ranges_meet(bound, flat.upper)
    return True


def _share(
    effective: Effective, kind: str, left: Flat, right: Flat, whole: Flat, depth: int
) -> bool:
    """Whether there may be a value of one type that fits both."""
    if kind == "string":
        return _counts_meet(left, right, "minLength", "maxLength") and _texts_meet(left, right)
    if kind in ("integer", "number"):
        return _ranges_meet(left.lower, right.upper) and _ranges_meet(right.lower, left.upper)
    if kind == "array":
        return _lists_meet(effective, left, right, depth)
    return kind != "object" or _objects_meet(effective, left, right, whole, depth)


def _counts_meet(left: Flat, right: Flat, least: str, most: str) -> bool:
    lowest = max(left.least.get(least, 0), right.least.get(least, 0))
    return all(lowest <= flat.most.get(most, lowest) for flat in (left, right))


def _texts_meet(left: Flat, right: Flat) -> bool:
    mine, theirs = left.formats & _APART, right.formats & _APART
    if mine and theirs and not mine & theirs:
        return False
    return all(
        one.startswith(two) or two.startswith(one)
        for one in map(_beginning, left.patterns)
        for two in map(_beginning, right.patterns)
    )


def _beginning(pattern: str) -> str:
    """The characters with which every text begins that matches; "" where that is not plain to see."""
    found = _PREFIX.match(pattern)
    if found is None or "|" in pattern:
        return ""
    quantified = pattern[found.end() : found.end() + 1] in ("*", "?", "{", "+")
    return found[1][:-1] if quantified else found[1]


def _ranges_meet(lower: Bound | None, upper: Bound | None) -> bool:
    if lower is None or upper is None:
        return True
    if lower.exclusive or upper.exclusive:
        return lower.value < upper.value
    return lower.value <= upper.value


def _lists_meet(effective: Effective, left: Flat, right: Flat, depth: int) -> bool:
    if not _counts_meet(left, right, "minItems", "maxItems"):
        return False
    if not (left.least.get("minItems") or right.least.get("minItems")):
        return True  # the empty list
    if not left.items or not right.items or left.prefix or right.prefix:
        return True
    return overlap(effective, left.items, right.items, _ANYTHING, depth + 1)


def _objects_meet(effective: Effective, left: Flat, right: Flat, whole: Flat, depth: int) -> bool:
    if not (_may_have(left, right.required, whole) or _may_have(right, left.required, whole)):
        return False
    for flat, there in ((left, right), (right, left)):
        if flat.closed and not there.required <= flat.properties.keys():
            return False
    return all(
        overlap(effective, left.properties[name], right.properties[name], _ANYTHING, depth + 1)
        for name in left.properties.keys() & right.properties.keys()
        if name in left.required | right.required or _is_tag(effective, left, right, name)
    )


def _is_tag(effective: Effective, left: Flat, right: Flat, name: str) -> bool:
    """Whether a property has one value only on both sides: it is there to tell them apart, required or not."""
    return all(len(effective.of(flat.properties[name]).enum or ()) == 1 for flat in (left, right))


def blurred(effective: Effective, one: Conjunction, other: Conjunction) -> bool:
    """Whether two objects that overlap have no property in common: `oneOf` was never taken at its word.

    Where one of them demands nothing, every value of the other fits both, and a server that went by that would refuse
    them all.
    """
    left, right = effective.of(one), effective.of(other)
    return bool(
        left.properties and right.properties and left.properties.keys().isdisjoint(right.properties)
    )


def _may_have(flat: Flat, names: frozenset[str], whole: Flat) -> bool:
    """Whether somebody who goes by this schema sends all these properties."""
    return (
        bool(flat.additional)
        or not flat.properties
        or names <= flat.properties.keys() | whole.properties.keys()
    )
