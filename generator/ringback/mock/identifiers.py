"""Identifiers: as the document says they look, each given once, and the same ones for the same seed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from random import Random
from typing import Any, Final
from uuid import UUID

from ringback.openapi import Schema
from ringback.wire import format_of, forms, patterns

from .making import NOTHING, Maker, at, put
from .tables import Table

_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
_TRIES: Final = 200
_PREFIXED: Final = re.compile(
    r"\^([A-Za-z0-9_-]*)\[((?:[A-Za-z0-9](?:-[A-Za-z0-9])?)+)\]\{([0-9]+)\}\$"
)
"""What most identifiers look like: a prefix, and so many of some characters."""


class Exhausted(Exception):
    """The schema allows no further identifier."""


def minted(maker: Maker, table: Table, number: int, taken: Callable[[str], bool]) -> Any:
    """A new identifier: the value that an item holds. Raises Exhausted."""
    # Where a path and the items below it do not agree on what identifiers look like, the path counts: it leads to the item.
    for schemas in (table.id_schemas, table.id_schemas[-1:]):
        for attempt, value in enumerate(_offered(maker, table, number)):
            if attempt > _TRIES:
                break
            if not taken(forms.text(value)) and _fits(maker, schemas, value):
                return value
    raise Exhausted(f"no further identifier of {table.name} was found")


def is_fit(maker: Maker, table: Table, value: Any) -> bool:
    """Whether a value can stand wherever the identifier does: in items and in paths."""
    return _fits(maker, table.id_schemas, value)


def is_name(table: Table) -> bool:
    """Whether items are known by what somebody calls them, and not by what a server counts or draws."""
    return not any(
        one.pattern or one.format == "uuid" or "integer" in forms.types_of(one)
        for one in table.id_schemas
    )


def _fits(maker: Maker, schemas: list[Schema], value: Any) -> bool:
    for schema in schemas:
        told = forms.typed(schema, value) if isinstance(value, str) else value
        if isinstance(told, int) and forms.types_of(schema) == {"string"}:
            told = str(told)
        if not maker.contract.is_valid(schema, told, reply=True):
            return False
    return forms.text(value).strip(".") != ""


def named(maker: Maker, table: Table, item: Any, own: Any) -> Any:
    """An item with its identifier in it: as a number where the path has it as text; not where it cannot stand there."""
    if not table.identifier:
        return item
    schema = table.id_schemas[0] if table.id_schemas else None
    if isinstance(own, str) and schema is not None:
        own = forms.typed(schema, own)
    elif schema is not None and isinstance(own, int) and forms.types_of(schema) == {"string"}:
        own = str(own)
    called = put(item, table.identifier, own)
    return called if table.schema is None or maker.valid(table.schema, called) else item


def readdressed(maker: Maker, table: Table, shown: Any, own: Any, above: Mapping[str, Any]) -> Any:
    """An example whose addresses speak of the item that it becomes, and no longer of the one that it was.

    In texts with slashes, the example's identifier and those of its parents give way to the item's; nothing else changes.
    """
    if not isinstance(shown, dict) or table.schema is None:
        return shown
    told = {
        forms.text(old): forms.text(new) for old, new in _renamed(maker, table, shown, own, above)
    }
    changes = {old: new for old, new in told.items() if old and new and old != new}
    made = _in_addresses(shown, changes) if changes else shown
    return made if maker.valid(table.schema, made) else shown


def _renamed(
    maker: Maker, table: Table, shown: Mapping[str, Any], own: Any, above: Mapping[str, Any]
) -> Iterator[tuple[Any, Any]]:
    """Identifiers of an example, each with that which takes its place."""
    assert table.schema is not None
    for name, value in above.items():
        held = shown.get(maker.own_name(table.schema, name) or "")
        if isinstance(held, (str, int)) and isinstance(value, (str, int)):
            yield held, value
    held = at(shown, table.identifier) if table.identifier else NOTHING
    if isinstance(held, (str, int)) and isinstance(own, (str, int)):
        yield held, own


def _in_addresses(value: Any, changes: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _in_addresses(one, changes) for name, one in value.items()}
    if isinstance(value, list):
        return [_in_addresses(one, changes) for one in value]
    if not isinstance(value, str) or "/" not in value:
        return value
    return "/".join(changes.get(one, one) for one in value.split("/"))


def _offered(maker: Maker, table: Table, number: int) -> Iterator[Any]:
    schemas = table.id_schemas
    rng = maker.rng(f"identifier {table.name} {number}")
    types = [forms.types_of(one) for one in schemas]
    listed = next((_enum(one) for one in schemas if _enum(one)), ())
    yield from listed
    if types and "integer" in types[0] and "string" not in types[0]:
        yield from _numbers(schemas, number)
    found = [one.pattern for one in _parts(schemas) if one.pattern]
    if found:
        yield from _matching(max(found, key=len), rng)
    yield from _texts(schemas, rng)


def _enum(schema: Schema) -> tuple[Any, ...]:
    return tuple(schema.enum or ())


def _parts(schemas: list[Schema]) -> Iterator[Schema]:
    for schema in schemas:
        yield schema
        yield from _parts([*schema.all_of, *schema.any_of, *schema.one_of])


def _numbers(schemas: list[Schema], number: int) -> Iterator[int]:
    low = max((int(one.minimum) for one in _parts(schemas) if one.minimum is not None), default=1)
    yield from range(max(low, 1) + number - 1, max(low, 1) + number + _TRIES)


def _matching(pattern: str, rng: Random) -> Iterator[str]:
    plainly = _PREFIXED.fullmatch(pattern)
    if plainly is not None:
        characters = _characters(plainly[2])
        for _ in range(_TRIES):
            yield plainly[1] + "".join(rng.choices(characters, k=int(plainly[3])))
    for _ in range(_TRIES):
        # The longest of some: a short one is soon somebody else's, or is guessed.
        drawn = [text for _ in range(4) if (text := patterns.draw(pattern, rng)) is not None]
        if not drawn:
            return
        yield max(drawn, key=len)


@lru_cache(maxsize=1024)
def _characters(class_: str) -> str:
    """The characters of a class such as `0-9a-f`."""
    found = ""
    for first, last in re.findall(r"(.)(?:-(.))?", class_):
        found += "".join(map(chr, range(ord(first), ord(last or first) + 1)))
    return found


def _texts(schemas: list[Schema], rng: Random) -> Iterator[str]:
    form = next((one.format for one in _parts(schemas) if one.format), None)
    least = max((one.min_length or 0 for one in _parts(schemas)), default=0)
    most = min(
        (one.max_length for one in _parts(schemas) if one.max_length is not None), default=64
    )
    for _ in range(_TRIES):
        if form == "uuid":
            yield str(UUID(int=rng.getrandbits(128), version=4))
        else:
            known = _formed(form, rng)
            yield known or "".join(rng.choices(_ALPHABET, k=min(max(least, 12), most)))


def _formed(form: str | None, rng: Random) -> str | None:
    known = format_of(form)
    return known.draw(rng) if known is not None and known.draw is not None else None
