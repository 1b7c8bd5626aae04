"""What types, members and attributes are called, from every place where they stand."""

from __future__ import annotations

from collections.abc import Collection

from ringback.openapi import Schema
from ringback.plan import names
from ringback.plan.former import move_types
from ringback.plan.ledger import TYPES, locked_keys
from ringback.plan.model_types import MemberPlan
from ringback.plan.shapes import gather
from ringback.plan.walk import Use
from ringback.source import Path, pointer_of

_GENERIC = frozenset(
    {
        "status",
        "type",
        "state",
        "kind",
        "mode",
        "source",
        "event",
        "action",
        "name",
        "value",
        "reason",
    }
)
_MEMBERS_RESERVED = frozenset({"known", "name", "value", "mro"})


def enum_name(places: list[Use]) -> str:
    """What a set of strings is called, from every place where it stands."""
    explicit = {
        names.camel(given)
        for use in places
        if (given := use.schema.extensions.get("x-ringback-name"))
    }
    components = {names.camel(use.schema.name) for use in places if use.schema.name}
    if explicit or components:
        return min(explicit or components, key=lambda name: (len(name), name))
    owners = {use.owner for use in places}
    shared = _common_suffix([names.words(use.name) for use in places])
    if len(owners) == 1 or not shared or (len(shared) == 1 and shared[0] in _GENERIC):
        candidates = {_owned(use) for use in places}
        return min(candidates, key=lambda name: (len(name), name))
    return names.camel(" ".join(shared))


def _owned(use: Use) -> str:
    words, owner = names.words(use.name), use.owner.split()
    if owner and words[: len(owner)] == owner:
        owner = []
    return names.camel(" ".join([*owner, *words]))


def _common_suffix(lists: list[list[str]]) -> list[str]:
    shared: list[str] = []
    for column in zip(*(reversed(one) for one in lists), strict=False):
        if len(set(column)) != 1:
            break
        shared.insert(0, column[0])
    return shared


def struct_name(places: list[Use]) -> str:
    """What a struct is called: its component's name, or the shortest of the names its places suggest."""
    component = next((use.schema.name for use in places if use.schema.name), None)
    if component is not None:
        given = places[0].schema.extensions.get("x-ringback-name")
        return names.camel(given if isinstance(given, str) else component)
    return min({use.type_name for use in places}, key=lambda name: (len(name), name))


def attribute_name(schema: Schema, wire: str, is_type: bool) -> str:
    """The name of an attribute; on what is a type of its own, `x-ringback-name` names the type instead."""
    given = schema.extensions.get("x-ringback-name")
    return names.snake(given if isinstance(given, str) and not is_type else wire)


def members(values: tuple[str, ...], enum: str) -> tuple[MemberPlan, ...]:
    """The members of an enum."""
    wanted = [(value, names.upper(value)) for value in values]
    given = names.assign(wanted, _MEMBERS_RESERVED, scope=f"members {enum}")
    return tuple(MemberPlan(given[value], value) for value in values)


def type_names(
    enums: dict[tuple[str, ...], list[Use]], structs: dict[int, list[Use]], reserved: set[str]
) -> tuple[dict[tuple[str, ...], str], dict[int, str]]:
    """What the enums (by their values) and the structs (by the identity of their schemas) are called."""
    enum_keys = _enum_keys(enums)
    plain = {ident: struct_name(places) for ident, places in structs.items()}
    paths = {ident: places[0].schema.path for ident, places in structs.items()}
    struct_keys = _struct_keys({ident: (paths[ident], name) for ident, name in plain.items()})
    wanted = [(enum_keys[values], enum_name(places)) for values, places in enums.items()]
    wanted += [(struct_keys[ident], name) for ident, name in plain.items()]
    chosen = {enum_keys[values] for values, places in enums.items() if any(map(_is_named, places))}
    chosen |= {struct_keys[ident] for ident, places in structs.items() if _is_named(places[0])}
    of_enum = {key: values for values, key in enum_keys.items()}
    of_struct = {struct_keys[ident]: places[0].schema for ident, places in structs.items()}
    move_types(
        [*of_enum, *of_struct],
        lambda key: of_enum[key] if key in of_enum else _wires(of_struct[key]),
    )
    given = names.assign(wanted, reserved, scope=TYPES, chosen=chosen)
    return (
        {values: given[key] for values, key in enum_keys.items()},
        {ident: given[key] for ident, key in struct_keys.items()},
    )


def _wires(schema: Schema) -> Collection[str]:
    """The properties of an object with those of its parts."""
    found: dict[str, Schema] = {}
    gather(schema, found, set(), set())
    return found


def _is_named(use: Use) -> bool:
    return "x-ringback-name" in use.schema.extensions


def _enum_keys(enums: dict[tuple[str, ...], list[Use]]) -> dict[tuple[str, ...], str]:
    """A key for each set of values: the place that the lock knows it by, or else the first of its places.

    It is a place and not the values, so that a set keeps its name when it gains a value.
    """
    locked, used = locked_keys(TYPES), set[str]()
    places = {
        values: sorted({f"enum {pointer_of(use.schema.path)}" for use in uses})
        for values, uses in enums.items()
    }
    keys = {}
    for values in sorted(places, key=lambda one: (places[one][0], one)):
        shown = places[values]
        key = next((one for one in shown if one in locked and one not in used), shown[0])
        if key in used:  # one place has two sets of values: it is read in two ways
            key = f"{key} {' '.join(values)}"
        used.add(key)
        keys[values] = key
    return keys


def _struct_keys(places: dict[int, tuple[Path, str]]) -> dict[int, str]:
    """A key for each struct: its place, and what it would be called there where merging makes several of one place."""
    groups: dict[Path, list[tuple[str, int]]] = {}
    for ident, (path, name) in places.items():
        groups.setdefault(path, []).append((name, ident))
    keys = {}
    for path, group in groups.items():
        seen: dict[str, int] = {}
        shortest = min((len(name), name) for name, _ in group)[1]
        for name, ident in group:
            key = f"schema {pointer_of(path)}" + ("" if name == shortest else f" {name}")
            seen[key] = seen.get(key, 0) + 1
            keys[ident] = key if seen[key] == 1 else f"{key} {seen[key]}"
    return keys
