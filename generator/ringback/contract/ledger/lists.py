"""Lists: each row is shown, pages follow one another, and when a list is complete, whatever was created is on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ringback.contract.judges.reading import NOTHING, Reading
from ringback.contract.judges.words import plain
from ringback.contract.ledger import changes
from ringback.contract.ledger.entities import Role
from ringback.contract.ledger.filters import filter_findings, order_findings, size_findings
from ringback.contract.ledger.memory import Doubt, Memory
from ringback.contract.ledger.paging import Asked, Walk, Walks, asked_of, page_of, rows_of
from ringback.contract.ledger.refused import Refusals
from ringback.contract.ledger.sequences import Sequences
from ringback.contract.ledger.showing import show
from ringback.contract.ledger.things import Key, Thing, seen
from ringback.contract.outcome import Finding
from ringback.contract.traffic import Intent


class Lists:
    """The lists of a memory, as far as they were walked through."""

    def __init__(self, memory: Memory, refused: Refusals) -> None:
        self._memory = memory
        self._refused = refused
        self._walks = Walks()
        self._sequences = Sequences()
        self._listed: dict[str, set[tuple[Any, ...]]] = {}

    def take(self, role: Role, reading: Reading) -> Iterator[Finding]:
        """What an answer of a list shows, together with those before it."""
        if not reading.accepted or reading.value is NOTHING:
            return
        rows = rows_of(role, reading.value)
        asked = asked_of(role, reading)
        if reading.exchange.intent is not Intent.INVALID:
            yield from filter_findings(role, reading, rows)
            yield from size_findings(role, reading, asked, rows)
            yield from order_findings(role, reading, asked, rows)
        where = f"body/{role.rows}/*" if role.rows else "body/*"
        keys: list[Key | None] = []
        fresh: list[tuple[Thing, dict[str, Any]]] = []
        for row in rows:
            found = self._memory.row(role, reading, row)
            keys.append(found.thing.key if found is not None else None)
            if found is None:
                continue
            if found.fresh:
                fresh.append((found.thing, row))
            if not role.entity.own:
                self._listed.setdefault(role.entity.name, set()).add(changes.standing(row))
            yield from show(self._memory, role, reading, row, found, where)
        page = page_of(role, reading, keys, rows)
        if not asked.position:
            yield from self._sequences.begins(asked.list_, page)
            yield from self._refused.listed(role, reading, asked, fresh, self._memory.writes.any)
        walk = self._walks.add(role, reading, asked, page)
        if walk is None:
            return
        written = self._memory.writes.of(role.entity.name, walk.started, walk.ended)
        yield from self._sequences.repeated(role, reading, walk, written)
        if walk.complete:
            yield from self._complete(role, reading, asked, walk)

    def _complete(
        self, role: Role, reading: Reading, asked: Asked, walk: Walk
    ) -> Iterator[Finding]:
        yield from self._sequences.compare(role, reading, walk)
        if asked.filters:
            return
        listed = set(walk.keys)
        for thing in self._memory.created.get(role.entity.name, ()):
            if thing.key in listed or not self._belongs(thing, role, reading, walk):
                continue
            assert thing.created is not None
            code = "page-lost" if len(walk.pages) > 1 else "created-not-listed"
            several = f"is on none of the {len(walk.pages)} pages"
            said = several if len(walk.pages) > 1 else "is not listed"
            message = (
                f"{thing.entity.name} {thing.identifier} {said} after it was created, "
                "wanted it listed"
            )
            where = f"body/{role.rows}" if role.rows else "body"
            evidence = (thing.created.number, *walk.numbers[:-1])
            finding = reading.finding(
                code, message, role.operation.path, where=where, evidence=evidence
            )
            if thing.entity.own:
                yield finding
                return
            self._memory.doubted[thing.key] = Doubt(
                finding, seen(reading), changes.standing(thing.row)
            )

    def _belongs(self, thing: Thing, role: Role, reading: Reading, walk: Walk) -> bool:
        """Whether a list must hold a thing: made before the list was asked for, not deleted, and below its path."""
        if thing.created is None or thing.gone is not None or thing.moved:
            return False
        if thing.created.ended > walk.started:
            return False
        if not thing.entity.own and not self._is_sure_to_be_listed(thing):
            return False
        template = role.operation.template
        made_at = self._memory.contract.operation(thing.created_by).template
        if template != made_at and template not in thing.entity.collections:
            return False
        return all(thing.home.get(plain(name)) == value for name, value in reading.values.items())

    def _is_sure_to_be_listed(self, thing: Thing) -> bool:
        """Whether a thing that lives by another's grace is on the list at once: who is still on the way there need not be.
        What has been listed tells in which states things are.
        """
        return changes.standing(thing.row) in self._listed.get(thing.entity.name, ())
