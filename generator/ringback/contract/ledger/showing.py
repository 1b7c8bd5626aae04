"""A thing is shown, by itself or as a row of a list: it is where it lives, it is not deleted, and it says what it said before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ringback.contract.judges.reading import Reading
from ringback.contract.judges.words import plain
from ringback.contract.ledger import changes
from ringback.contract.ledger.entities import Role, Verb
from ringback.contract.ledger.memory import Known, Memory
from ringback.contract.ledger.paging import asked_of
from ringback.contract.ledger.things import Seen, Thing, names_by_identifier, parents, seen
from ringback.contract.outcome import Finding


def show(
    memory: Memory, role: Role, reading: Reading, row: dict[str, Any], known: Known, where: str
) -> Iterator[Finding]:
    """A thing is shown: hold it to where it lives, whether it is gone, and what it said before."""
    now, thing, home = seen(reading), known.thing, known.home
    yield from _elsewhere(role, reading, thing, now, where)
    gone = thing.gone is not None and thing.gone.before(now) and _shows_all(role, reading)
    if gone and thing.gone is not None and not changes.says_it_is_over(thing, row):
        message = (
            f"{thing.entity.name} {thing.identifier} is shown after it was deleted, "
            "wanted it gone"
        )
        yield reading.finding(
            "not-deleted", message, role.operation.path, where="", evidence=(thing.gone.number,)
        )
    else:
        cycles = memory.cycles_of(thing.entity)
        yield from memory.denials.shown(reading, thing, row)
        yield from memory.confirmed(thing, row, now)
        yield from changes.look(thing, role, reading, row, now, cycles, where)
    if thing.home_seen is None:
        thing.home_seen = now
    for name, value in home.items():
        thing.home.setdefault(name, value)


def _elsewhere(
    role: Role, reading: Reading, thing: Thing, now: Seen, where: str
) -> Iterator[Finding]:
    if thing.home_seen is None or not thing.home_seen.before(now) or not thing.entity.own:
        return
    for name in parents(role):
        here, home = reading.values.get(name), thing.home.get(plain(name))
        if here is None or home is None or here.casefold() == home.casefold():
            continue
        if not names_by_identifier(role, name):
            continue
        message = (
            f"{thing.entity.name} {thing.identifier} is shown under {name} {here}, "
            f"wanted it under {home} only"
        )
        path = next(one.path for one in role.operation.parameters if one.name == name)
        yield reading.finding(
            "visible-elsewhere", message, path, where="", evidence=(thing.home_seen.number,)
        )


def _shows_all(role: Role, reading: Reading) -> bool:
    """Whether a request does not ask for what is deleted as well: it says no more than filters and pages."""
    own = {plain(name) for name in role.entity.properties}
    if role.verb is Verb.LIST:
        asked = asked_of(role, reading)
        return all(plain(name) in own for name, _ in asked.filters)
    return not reading.exchange.request.query
