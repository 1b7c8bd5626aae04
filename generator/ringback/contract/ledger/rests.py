"""What has come to rest, and with which last statuses: what callbacks had to tell of it is over then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from ringback.contract.ledger.callbacks import Rest
from ringback.contract.ledger.entities import Entity
from ringback.contract.ledger.memory import Memory
from ringback.contract.ledger.things import Thing


def final_statuses(memory: Memory) -> dict[int, Rest]:
    """By the exchange that created it: things that have come to rest, with their last statuses."""
    found: dict[int, Rest] = {}
    lived = Counter(map(_address, memory.things.values()))
    twins = _twins(memory)
    for thing in memory.all_created():
        if thing.redirected:
            continue  # which of them come to the new address, its creation may have said
        # What hangs on another thing is gone before it is seen at its end: then that one tells.
        statuses = (*_rests_at(memory, thing), *_twin_statuses(memory, thing, twins[thing.entity]))
        if thing.made is not None and statuses:
            alone = lived[_address(thing)] == 1
            found[thing.made.number] = Rest(thing.entity.name, statuses, thing.identifier, alone)
    return found


def _rests_at(memory: Memory, thing: Thing) -> tuple[Any, ...]:
    """The last statuses of a thing, where nothing follows any of them."""
    cycles = memory.cycles_of(thing.entity)
    known = [name for name in cycles if name in thing.row]
    if all(cycles[name].rests(thing.row[name]) for name in known):
        return tuple(thing.row[name] for name in known)
    return ()


def _twins(memory: Memory) -> dict[Entity, tuple[Entity, ...]]:
    """By entity: the others whose identifiers have its pattern, and tell their things from all others."""
    entities = dict.fromkeys(role.entity for role in memory.roles.values())
    return {
        one: (
            tuple(
                other
                for other in entities
                if other is not one and other.own and pattern == other.identity_schema.pattern
            )
            if (pattern := one.identity_schema.pattern)
            else ()
        )
        for one in entities
    }


def _twin_statuses(memory: Memory, thing: Thing, twins: Iterable[Entity]) -> Iterator[Any]:
    """The last statuses of other things that have the same identifier (of a participant: its call), where they rest."""
    for entity in twins:
        twin = memory.things.get((entity.name, thing.identifier))
        if twin is not None:
            yield from _rests_at(memory, twin)


def _address(thing: Thing) -> tuple[str, frozenset[tuple[str, str]]]:
    """Where a thing lives: all of the same kind with the same address share what they belong to."""
    return thing.entity.name, frozenset(thing.home.items())
