"""One thing is asked for: what was created can be read, what others show can too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ringback.contract.judges.reading import NOTHING, Reading
from ringback.contract.ledger import changes
from ringback.contract.ledger.entities import Role
from ringback.contract.ledger.memory import Doubt, Memory, is_at_home
from ringback.contract.ledger.showing import show
from ringback.contract.ledger.things import Thing, path_key, seen
from ringback.contract.outcome import Finding

_GONE: Final = frozenset((404, 410))


def fetched(memory: Memory, role: Role, reading: Reading) -> Iterator[Finding]:
    """What an answer to a request for one thing shows, together with those before it."""
    now = seen(reading)
    if reading.accepted and reading.value is not NOTHING:
        found = memory.row(role, reading, reading.value)
        if found is not None:
            yield from show(memory, role, reading, reading.value, found, "body")
        return
    key = path_key(memory.contract, role, reading)
    thing = memory.things.get(key) if key is not None else None
    if thing is not None and reading.status in _GONE and is_at_home(thing, reading):
        yield from memory.denials.lost(reading, thing)
    if thing is None or reading.status not in _GONE:
        return
    if thing.created is None:
        _unreadable(memory, role, reading, thing)
        return
    if thing.gone is not None or not thing.created.before(now) or not is_at_home(thing, reading):
        return
    message = (
        f"{thing.entity.name} {thing.identifier} is answered with {reading.status} after it was "
        "created, wanted it readable"
    )
    finding = reading.finding(
        "created-not-readable", message, role.operation.path, where="status",
        evidence=(thing.created.number,),
    )  # fmt: skip
    if thing.entity.own:
        yield finding
    else:
        memory.doubted[thing.key] = Doubt(finding, now, None)


def _unreadable(memory: Memory, role: Role, reading: Reading, thing: Thing) -> None:
    """What others made or what came by itself is not found: a fault only if it is seen again, as it stood before."""
    now = seen(reading)
    before = thing.row_seen
    if before is None or thing.gone is not None or not before.before(now):
        return
    if not thing.entity.own or not is_at_home(thing, reading):
        return
    message = (
        f"{thing.entity.name} {thing.identifier} is answered with {reading.status} while other answers "
        "show it, wanted it readable"
    )
    finding = reading.finding(
        "created-not-readable", message, role.operation.path, where="status",
        evidence=(before.number,),
    )  # fmt: skip
    memory.doubted[thing.key] = Doubt(finding, now, changes.standing(thing.row))
