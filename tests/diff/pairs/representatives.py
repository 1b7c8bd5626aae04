"""Values that stand for all that a schema allows: every value of an enum, both ends of every range, there and not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ringback.openapi import ABSENT, Schema

_TEXTS: Final = {
    "^LN[0-9]{6}$": ("LN000000", "LN999999"),
    "^(?:LN)([0-9]){6,6}$": ("LN000000", "LN999999"),
    "^LN\\d{6}$": ("LN000000", "LN999999"),
    "^LX[0-9]{6}$": ("LX000000", "LX999999"),
    "^[a-f]+$": ("abc", "fed"),
    "date": ("1815-12-10", "2024-02-29"),
    "date-time": ("2024-02-29T12:00:00Z", "1999-12-31T23:59:59.5+01:00"),
}
"""Texts of a pattern or a format."""


def values(schema: Schema, *, sent: bool = False) -> list[Any]:
    """Values that a schema allows, as JSON; the first is the plainest, and has everything that an object may have.

    `sent`: by a caller, who leaves out what is only in answers.
    """
    found = list(_values(schema, sent))
    if schema.nullable:
        found.append(None)
    return found


def _values(schema: Schema, sent: bool) -> Iterator[Any]:
    if schema.const is not ABSENT:
        yield schema.const
    elif schema.enum is not None:
        yield from schema.enum
    elif schema.one_of or schema.any_of:
        for one in (*schema.one_of, *schema.any_of):
            yield from values(one, sent=sent)
    elif len(schema.all_of) == 1 and not schema.types:
        yield from values(schema.all_of[0], sent=sent)
    elif "object" in schema.types:
        yield from _objects(schema, sent)
    elif "array" in schema.types:
        yield from _arrays(schema, sent)
    elif "string" in schema.types:
        yield from _texts(schema)
    elif "boolean" in schema.types:
        yield from (True, False)
    else:
        yield from _numbers(schema)


def _objects(schema: Schema, sent: bool) -> Iterator[dict[str, Any]]:
    hidden = "read_only" if sent else "write_only"
    travels = ((name, one) for name, one in schema.properties if not getattr(one, hidden))
    choices = {name: values(one, sent=sent) for name, one in travels}
    full = {name: found[0] for name, found in choices.items()}
    yield full
    needed = {name: found for name, found in full.items() if name in schema.required}
    yield needed
    asked = dict(schema.dependent_required)
    for name in (one for one in full if one not in needed):
        beside = {other: full[other] for other in asked.get(name, ()) if other in full}
        yield {**needed, **beside, name: full[name]}
    for name, found in choices.items():
        yield from ({**full, name: one} for one in found[1:])


def _arrays(schema: Schema, sent: bool) -> Iterator[list[Any]]:
    items = values(schema.items, sent=sent) if schema.items is not None else [1]
    least, most = schema.min_items or 0, schema.max_items
    yield (items * max(least, 1))[: max(least, len(items), 1) if most is None else most]
    yield items[:1] * least
    if most is not None:
        yield (items * most)[:most]


def _texts(schema: Schema) -> Iterator[str]:
    named = schema.pattern or schema.format or ""
    if named:
        yield from _TEXTS[named]
        return
    least, most = schema.min_length or 0, schema.max_length
    yield "b" * max(least, 1)
    yield "x" * least
    yield "x" * (most if most is not None else 60)


def _numbers(schema: Schema) -> Iterator[float]:
    least, most = schema.minimum, schema.maximum
    if schema.exclusive_minimum is not None:
        least = int(schema.exclusive_minimum) + 1
    yield (least if least is not None else -7)
    yield (most if most is not None else 123456)
    if "number" in schema.types:
        yield (least or 0) + 0.5
