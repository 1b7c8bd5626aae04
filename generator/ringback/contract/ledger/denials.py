"""What was refused did not happen: a refused update changes nothing, a refused deletion deletes nothing.

A thing was read, a write to it was refused, and the next reading shows what the write asked for: somebody did it all the same. Any
other write that may have been carried out meanwhile ends the suspicion. Things also end by themselves, so that one is gone after a
refused deletion is said only when it happens a second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ringback.contract.judges.reading import Reading
from ringback.contract.judges.words import plain, same, shown
from ringback.contract.ledger.changes import moves_by_itself
from ringback.contract.ledger.entities import Role, Verb
from ringback.contract.ledger.lifecycles import lifecycle_of
from ringback.contract.ledger.things import Seen, Thing, seen
from ringback.contract.outcome import Finding
from ringback.source import Severity

_TWICE = 2
_OFTEN = 3
_GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class _Denial:
    """A write that was refused, and the thing as it was before."""

    verb: Verb
    seen: Seen
    status: int
    label: str
    told: dict[str, Any]
    before: dict[str, Any]
    read: int  # the exchange that showed it


@dataclass(slots=True)
class Denials:
    """By identifier: the last write that was refused, with nothing written since."""

    _denied: dict[str, _Denial] = field(default_factory=dict)
    _gone: Counter[str] = field(default_factory=Counter)
    _missed: dict[str, list[tuple[Reading, int]]] = field(default_factory=dict)
    _accepted: set[str] = field(default_factory=set)

    def accepted(self, label: str) -> None:
        """An operation was accepted."""
        self._accepted.add(label)
        self._missed.pop(label, None)

    def missed(self, reading: Reading, thing: Thing) -> None:
        """A write to a thing was refused. Noted where the answer says that it is not there, and it was there when last asked for."""
        if reading.status not in _GONE or reading.label in self._accepted or thing.gone is not None:
            return
        if thing.row_seen is not None and thing.row_seen.before(seen(reading)):
            known = self._missed.setdefault(reading.label, [])
            if len(known) < _OFTEN:
                known.append((reading, thing.row_seen.number))

    def finish(self) -> Iterator[Finding]:
        """Writes that never find what others show. One alone proves nothing: things also end by themselves."""
        for missed in self._missed.values():
            if len(missed) < _OFTEN:
                continue
            (reading, shown_by), operation = missed[0], missed[0][0].operation
            if operation is None:
                continue
            message = (
                f"{_OFTEN} and more requests to what other answers show were answered with {reading.status}, "
                "and none was accepted: wanted it to be found"
            )
            yield reading.finding(
                "never-accepted", message, operation.path, where="status",
                evidence=(shown_by,), severity=Severity.WARNING,
            )  # fmt: skip

    def written(self) -> None:
        """Something was written, or may have been: one thing can change another."""
        self._denied.clear()

    def refused(self, role: Role, reading: Reading, thing: Thing) -> None:
        """An update or a deletion of something that had been read was refused."""
        if thing.row_seen is None or not thing.row_seen.before(seen(reading)):
            return
        if thing.gone is not None or reading.status in (401, 403, 429):
            return
        if not thing.entity.own and (role.verb is not Verb.DELETE or reading.status in _GONE):
            return  # it may have ended just before: then it is refused for that
        self._denied[thing.identifier] = _Denial(
            role.verb, seen(reading), reading.status, reading.label,
            dict(reading.told["body"]), dict(thing.row), thing.row_seen.number,
        )  # fmt: skip

    def shown(self, reading: Reading, thing: Thing, row: dict[str, Any]) -> Iterator[Finding]:
        """A thing is read: does it say what was refused?"""
        denial = self._denied.get(thing.identifier)
        if denial is None or not denial.seen.before(seen(reading)):
            return
        del self._denied[thing.identifier]
        if denial.verb is not Verb.UPDATE:
            return
        own = {plain(name): name for name in thing.entity.properties}
        for asked, value in denial.told.items():
            name = own.get(plain(asked))
            if name is None or name not in row or name not in denial.before or value in (None, ""):
                continue
            if not same(value, row[name]) or same(value, denial.before[name]):
                continue
            if self._by_itself(denial, thing, name, row):
                continue
            message = (
                f"{name} is {shown(row[name])} after an update that asked for it was refused with "
                f"{denial.status}, wanted {shown(denial.before[name])} as before"
            )
            yield reading.finding(
                "refused-but-done", message, thing.entity.properties[name].path,
                where=f"body/{name}", evidence=(denial.read, denial.seen.number),
            )  # fmt: skip
            return

    def _by_itself(self, denial: _Denial, thing: Thing, name: str, row: dict[str, Any]) -> bool:
        """Whether what was asked for may have come without the update: a state that it could have come to anyway."""
        schema = thing.entity.properties[name]
        if not moves_by_itself(name, schema):
            return False
        cycle = lifecycle_of(schema)
        if cycle is None or cycle.is_final(row[name]) or row[name] not in cycle.steps:
            return True
        self._gone[denial.label] += 1
        return self._gone[denial.label] < _TWICE

    def lost(self, reading: Reading, thing: Thing) -> Iterator[Finding]:
        """A thing is not there any more."""
        denial = self._denied.pop(thing.identifier, None)
        if denial is None or denial.verb is not Verb.DELETE:
            return
        if not denial.seen.before(seen(reading)):
            return
        self._gone[denial.label] += 1
        if self._gone[denial.label] < _TWICE or reading.operation is None:
            return
        message = (
            f"{thing.entity.name} {thing.identifier} is gone after its deletion was refused with "
            f"{denial.status}, wanted it there as before"
        )
        yield reading.finding(
            "refused-but-done", message, reading.operation.path, where="status",
            evidence=(denial.read, denial.seen.number),
        )  # fmt: skip
