"""What types, members and attributes are called, from every place where they stand."""

from __future__ import annotations

from ringback.openapi import Schema
from ringback.plan import names
from ringback.plan.model import MemberPlan
from ringback.plan.walk import Use

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


def members(values: tuple[str, ...]) -> tuple[MemberPlan, ...]:
    """The members of an enum."""
    given = names.assign([(value, names.upper(value)) for value in values], _MEMBERS_RESERVED)
    return tuple(MemberPlan(given[value], value) for value in values)
