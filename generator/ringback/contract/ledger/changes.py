"""What a thing says of itself over time: acknowledged changes are kept, status follows its life cycle, nothing goes back.

Some properties move by themselves: a status, dates, durations, counters, prices. They are never held to what they were told to be. What
was told is held against later readings only while nobody else wrote to the thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ringback.contract.judges.reading import Reading
from ringback.contract.judges.words import moment, plain, same, shown
from ringback.contract.ledger.entities import Entity, Role
from ringback.contract.ledger.lifecycles import Lifecycle
from ringback.contract.ledger.things import Seen, Thing, Told
from ringback.contract.outcome import Finding
from ringback.openapi import Schema

_MOVING: Final = frozenset(["status", "state", "phase", "progress", "stage"])
_OVER: Final = ("delet", "remov", "archiv", "terminat", "trash")
_REFRESHED: Final = frozenset(
    [
        "dateupdated",
        "updatedat",
        "updated",
        "updatetime",
        "lastupdated",
        "datemodified",
        "modifiedat",
        "lastmodified",
        "modified",
        "updatedon",
        "lastmodifiedat",
        "dateupdate",
    ]
)


def moves_by_itself(name: str, schema: Schema | None) -> bool:
    """Whether a property may change although nobody writes it."""
    known = plain(name)
    if known in _MOVING or known.endswith(("status", "state")) or known in _REFRESHED:
        return True
    if schema is None:
        return True
    return bool((schema.format or "").startswith("date")) or "time" in known


def acknowledge(thing: Thing, role: Role, reading: Reading, now: Seen, *, creation: bool) -> None:
    """Take note of what a write asked for and was answered with."""
    row = reading.value if isinstance(reading.value, dict) else {}
    own = {plain(name): name for name in thing.entity.properties}
    for asked, value in reading.told["body"].items():
        name = own.get(plain(asked))
        if name is None:
            continue
        thing.told.pop(name, None)
        if moves_by_itself(name, thing.entity.properties[name]) or value in (None, ""):
            continue
        if name in row and not same(value, row[name]):
            continue  # not what was asked for: another judge says so
        if name == thing.entity.identity and not creation:
            continue  # the path says which thing it is: another name in the body may be ignored
        if creation:
            if name in row and _stays(thing.entity.properties[name]):
                thing.told[name] = Told(row[name], now, None, by_creation=True)
            continue
        old = thing.fact(name)
        if old is not None and old.seen.before(now) and not same(old.value, value):
            thing.told[name] = Told(value, now, old.value)


def tells_where_it_stands(thing: Thing, reading: Reading) -> bool:
    """Whether an update may have put a thing where lists no longer show it: another status, an archive."""
    own = {plain(name): sub for name, sub in thing.entity.properties.items()}
    return any(
        plain(name) in own
        and (moves_by_itself(name, own[plain(name)]) or "boolean" in own[plain(name)].types)
        for name in reading.told["body"]
    )


def standing(row: dict[str, Any]) -> tuple[Any, ...]:
    """The status that a row tells; empty where it has none."""
    return tuple(
        value
        for name, value in row.items()
        if plain(name) in _MOVING or plain(name).endswith(("status", "state"))
    )


def says_it_is_over(thing: Thing, row: dict[str, Any]) -> bool:
    """Whether what is shown after a deletion says of itself that it is over: a soft deletion.

    What lives by another's grace (a participant by its call) may be shown with how it ended.
    """
    for name, value in row.items():
        known = plain(name)
        if known in ("deleted", "isdeleted", "archived", "deletedat", "datedeleted") and value:
            return True
        if not moves_by_itself(name, thing.entity.properties.get(name)):
            continue
        if isinstance(value, str) and value.lower().startswith(_OVER):
            return True
        old = thing.fact(name)
        stands = known in _MOVING or known.endswith(("status", "state"))
        if stands and not thing.entity.own and (old is None or old.value != value):
            return True
    return False


def _stays(schema: Schema) -> bool:
    """Text that only a write changes: names and addresses, not choices."""
    return "string" in schema.types and schema.enum is None


def forget(thing: Thing, reading: Reading) -> None:
    """Somebody tried to write: what it named may be the old value or the new one."""
    own = {plain(name): name for name in thing.entity.properties}
    for asked in (*reading.told["body"], *reading.told["query"]):
        name = own.get(plain(asked))
        if name is not None:
            thing.told.pop(name, None)


def look(
    thing: Thing,
    role: Role,
    reading: Reading,
    row: dict[str, Any],
    now: Seen,
    cycles: dict[str, Lifecycle],
    where: str,
) -> Iterator[Finding]:
    """Hold a row to what is known of its thing, then take note of it."""
    yield from _stale(thing, reading, row, now, where)
    yield from _transitions(thing, reading, row, now, cycles, where)
    yield from _went_back(thing, reading, row, now, where)
    if thing.row_seen is None or thing.row_seen.started <= now.started:
        thing.row, thing.row_seen = row, now


def _stale(
    thing: Thing, reading: Reading, row: dict[str, Any], now: Seen, where: str
) -> Iterator[Finding]:
    for name, told in thing.told.items():
        if name not in row or not told.seen.before(now) or same(told.value, row[name]):
            continue
        by_then = "when it was created" if told.by_creation else "since its update"
        if not told.by_creation and not same(told.old, row[name]):
            continue  # neither the old value nor the new: somebody else wrote it
        message = (
            f"{name} is {shown(row[name])}, wanted {shown(told.value)} as acknowledged {by_then}"
        )
        yield reading.finding(
            "stale-read", message, thing.entity.properties[name].path, where=f"{where}/{name}",
            evidence=(told.seen.number,),
        )  # fmt: skip


def _transitions(
    thing: Thing,
    reading: Reading,
    row: dict[str, Any],
    now: Seen,
    cycles: dict[str, Lifecycle],
    where: str,
) -> Iterator[Finding]:
    for name, cycle in cycles.items():
        old = thing.fact(name)
        if name not in row or old is None or not old.seen.before(now):
            continue
        if not cycle.allows(old.value, row[name]):
            following = sorted(cycle.reachable[str(old.value)])
            wanted = f"one of {', '.join(map(repr, following))}" if following else "no change"
            message = f"{name} is {shown(row[name])} after {shown(old.value)}, wanted {wanted}"
            yield reading.finding(
                "illegal-transition", message, cycle.path, where=f"{where}/{name}",
                evidence=(old.seen.number,),
            )  # fmt: skip


_refreshing: dict[int, tuple[Entity, tuple[str, ...]]] = {}


def _refreshed(entity: Entity) -> tuple[str, ...]:
    """The properties that say when a thing was changed last."""
    kept = _refreshing.get(id(entity))
    if kept is None or kept[0] is not entity:
        if len(_refreshing) > 512:
            _refreshing.clear()
        found = tuple(name for name in entity.properties if plain(name) in _REFRESHED)
        kept = _refreshing[id(entity)] = (entity, found)
    return kept[1]


def _went_back(
    thing: Thing, reading: Reading, row: dict[str, Any], now: Seen, where: str
) -> Iterator[Finding]:
    if thing.row_seen is None:
        return
    for name in _refreshed(thing.entity):
        value, old = row.get(name), thing.fact(name)
        if old is None or old.value == value or not old.seen.before(now):
            continue
        before, after = moment(old.value), moment(value)
        if before is not None and after is not None and after < before:
            message = (
                f"{name} is {shown(value)} after {shown(old.value)}, wanted it never to go back"
            )
            schema = thing.entity.properties.get(name)
            path = schema.path if schema is not None else thing.entity.schema.path
            yield reading.finding(
                "stale-read", message, path, where=f"{where}/{name}", evidence=(old.seen.number,)
            )
