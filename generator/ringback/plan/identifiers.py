"""Which strings name things: kinds of identifier, found by pattern and name.

A string with a pattern is an identifier when the names it goes by say so (`CallSid`, `call_sid`, `sid` of `Call`,
`…Id`, `…Uuid`), when its pattern has the shape of one that is (`^BY[0-9a-f]{32}$` beside `^CA[0-9a-f]{32}$`), or when
`x-ringback-identifier` names it. Equal patterns are one kind. The kind is called by the name that most of its places
use; a path's parameter counts most, because that is what people pass around.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from ringback.openapi import Schema
from ringback.plan import names
from ringback.plan.ledger import TYPES, locked_names
from ringback.plan.model_types import IdentifierPlan
from ringback.plan.patterns import to_python
from ringback.plan.walk import Use

_BARE = frozenset({"sid", "id", "uuid", "guid"})
_PREFIX = re.compile(r"^\^([A-Za-z]{1,8}[-_]?)(\[.*|\\.*)$")
_LITERAL = re.compile(r"^\^?([A-Za-z]{1,8}[-_]?)")


def find(uses: Iterable[Use], reserved: Iterable[str]) -> dict[str, IdentifierPlan]:
    """The kinds of identifier by pattern, as the document spells it."""
    by_pattern: dict[str, list[Use]] = {}
    for use in uses:
        if use.schema.pattern and use.schema.types == ("string",) and use.schema.enum is None:
            by_pattern.setdefault(use.schema.pattern, []).append(use)
    named = {pattern: _named(places) for pattern, places in by_pattern.items()}
    tails = {_tail(pattern) for pattern, name in named.items() if name} - {""}
    for pattern, places in by_pattern.items():
        if not named[pattern] and _tail(pattern) in tails:
            named[pattern] = _most(Counter(names.camel(use.name) for use in places))
    wanted = [(pattern, name) for pattern, name in named.items() if name and to_python(pattern)]
    given = names.assign(wanted, reserved, scope="identifiers", chosen=_chosen(by_pattern))
    return {
        pattern: _plan(pattern, name) for pattern, name in sorted(given.items(), key=lambda p: p[1])
    }


def component_names(uses: Iterable[Use]) -> set[str]:
    """The names that components ask for which are no texts: the document wrote them down, those of identifiers are
    found. An identifier that had its name before keeps it."""
    wanted = {
        names.camel(use.schema.name)
        for use in uses
        if use.schema.name and not (use.schema.types == ("string",) and use.schema.enum is None)
    }
    return wanted - locked_names("identifiers")


def is_itself(schema: Schema, kinds: Mapping[str, IdentifierPlan]) -> bool:
    """Whether a component is a kind of identifier, by the name that it has: nothing else is called after it, unless
    something was."""
    kind = kinds.get(schema.pattern or "")
    text = schema.types == ("string",) and schema.enum is None
    if kind is None or not text or "x-ringback-name" in schema.extensions:
        return False
    if names.camel(schema.name or "") != kind.name:
        return False
    return not any(re.fullmatch(rf"{kind.name}_\d+", name) for name in locked_names(TYPES))


def _chosen(by_pattern: dict[str, list[Use]]) -> set[str]:
    """The patterns whose kind the document names."""
    return {
        pattern
        for pattern, places in by_pattern.items()
        if any("x-ringback-identifier" in use.schema.extensions for use in places)
    }


def _named(places: list[Use]) -> str:
    explicit = {use.schema.extensions.get("x-ringback-identifier") for use in places} - {None}
    if explicit:
        return names.camel(str(min(map(str, explicit))))
    votes: Counter[str] = Counter()
    for use in places:
        parts = names.words(use.name)
        if not parts or parts[-1] not in _BARE:
            continue
        text = use.owner + " " + use.name if len(parts) == 1 else use.name
        votes[names.camel(text)] += use.weight
    return _most(votes)


def _most(votes: Counter[str]) -> str:
    return min(votes, key=lambda name: (-votes[name], len(name), name)) if votes else ""


def _tail(pattern: str) -> str:
    """The pattern without its literal prefix: what identifiers of one family share."""
    found = _PREFIX.match(pattern)
    return found.group(2) if found else ""


def _plan(pattern: str, name: str) -> IdentifierPlan:
    python = to_python(pattern)
    assert python is not None
    literal = _LITERAL.match(pattern)
    return IdentifierPlan(
        name,
        f"_{names.upper(name)}",
        names.phrase(name),
        f"{literal.group(1)}…" if literal else "",
        python,
    )
