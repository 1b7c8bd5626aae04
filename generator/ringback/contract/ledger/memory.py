"""What the ledger remembers: the things that exist, which of them this run made, and what hangs on what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ringback.contract.judges.reading import Reading
from ringback.contract.judges.words import plain
from ringback.contract.ledger import changes
from ringback.contract.ledger.denials import Denials
from ringback.contract.ledger.entities import Entity, Role, Verb, roles_of
from ringback.contract.ledger.lifecycles import Lifecycle, Steps, lifecycles_of
from ringback.contract.ledger.things import Key, Seen, Thing, home_of, key_of, path_key
from ringback.contract.ledger.writes import Writes
from ringback.contract.outcome import Finding

if TYPE_CHECKING:
    from ringback.wire import Contract


@dataclass(frozen=True, slots=True)
class Doubt:
    """A thing was not found where it should be. `stood` is how it stood then; None: it does not matter."""

    finding: Finding
    seen: Seen
    stood: tuple[Any, ...] | None


@dataclass(slots=True)
class Known:
    """The thing of a row, what the row belongs to, and whether it was never seen before."""

    thing: Thing
    home: dict[str, str]
    fresh: bool


class Memory:
    """All things by key, and what was suspected, refused and written. `settings` are those of life cycles."""

    def __init__(self, contract: Contract, settings: Mapping[str, Steps]) -> None:
        self.contract = contract
        self.roles = roles_of(contract)
        self.settings = dict(settings)
        self.things: dict[Key, Thing] = {}
        self.created: dict[str, list[Thing]] = {}  # by entity
        self.below: dict[str, list[Thing]] = {}  # by the identifiers of what a thing belongs to
        self.doubted: dict[Key, Doubt] = {}
        self.denials = Denials()
        self.writes = Writes()
        self._cycles: dict[str, dict[str, Lifecycle]] = {}

    # -- what is asked

    def row(self, role: Role, reading: Reading, row: Any) -> Known | None:
        """The thing that a row is about; None where the row does not say."""
        if not isinstance(row, dict):
            return None
        entity = role.entity
        home = home_of(role, reading, row)
        key = key_of(entity, row.get(entity.identity), home)
        if key is None:
            return None
        thing = self.things.get(key)
        if thing is not None:
            return Known(thing, home, fresh=False)
        thing = self.things[key] = Thing(entity, key)
        return Known(thing, home, fresh=True)

    def subject(self, role: Role, reading: Reading) -> Key | None:
        return path_key(self.contract, role, reading) if role.parameter else None

    def cycles_of(self, entity: Entity) -> dict[str, Lifecycle]:
        if entity.name not in self._cycles:
            self._cycles[entity.name] = lifecycles_of(entity, self.settings)
        return self._cycles[entity.name]

    def all_created(self) -> Iterable[Thing]:
        return (thing for known in self.created.values() for thing in known)

    def identifiers(self) -> Mapping[str, tuple[str, ...]]:
        """The identifiers of what was seen and is not known to be gone, by entity."""
        found: dict[str, list[str]] = {}
        for thing in self.things.values():
            if thing.gone is None:
                found.setdefault(thing.entity.name, []).append(thing.identifier)
        return {name: tuple(known) for name, known in found.items()}

    def confirmed(self, thing: Thing, row: dict[str, Any], now: Seen) -> Iterator[Finding]:
        """What lives by another's grace may have gone by itself when it was not found: not so if it is seen again."""
        doubt = self.doubted.pop(thing.key, None)
        if doubt is None or not doubt.seen.before(now):
            return
        if doubt.stood is None or doubt.stood == changes.standing(row):
            yield doubt.finding

    # -- what becomes of things

    def born(self, thing: Thing) -> None:
        """A thing was made by this run."""
        known = self.created.setdefault(thing.entity.name, [])
        if thing not in known[-1:]:
            known.append(thing)
            for value in {*thing.home.values(), *thing.key[1:]}:
                self.below.setdefault(value, []).append(thing)

    def unsettle(self, changed: Thing) -> None:
        """What is only there as long as another thing is in a certain state may be gone when that one was changed."""
        for thing in self.all_created():
            if thing is not changed and not thing.entity.own and changed.identifier in thing.key:
                thing.created = None

    def disturb(self, role: Role, reading: Reading) -> None:
        """What hangs on a thing that was written to may be gone with it: at its deletion, or if it lives by its grace."""
        named = {reading.values.get(role.parameter or "", "")}
        if isinstance(reading.value, dict):
            named.add(str(reading.value.get(role.entity.identity, "")))
        for value in named:
            for thing in self.below.get(value, ()):
                if thing.entity is role.entity:
                    continue
                if role.verb is Verb.DELETE or not thing.entity.own:
                    thing.created = None

    def lose_all(self, entity: Entity) -> None:
        for thing in self.created.get(entity.name, ()):
            thing.created = None


def is_at_home(thing: Thing, reading: Reading) -> bool:
    """Whether a path leads to where a thing lives."""
    for name, value in reading.values.items():
        home = thing.home.get(plain(name))
        if value != thing.identifier and (home is None or home != value):
            return False
    return True
