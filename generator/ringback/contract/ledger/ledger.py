"""The ledger itself: which thing an exchange is about, and what to hold it to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ringback.contract.judges.reading import NOTHING, Reading, read
from ringback.contract.judges.words import plain
from ringback.contract.ledger import changes, refused
from ringback.contract.ledger.callbacks import Callbacks, Rest, Watch
from ringback.contract.ledger.denials import Denials
from ringback.contract.ledger.entities import Entity, Role, Verb, collection_of, roles_of
from ringback.contract.ledger.filters import filter_findings, order_findings, size_findings
from ringback.contract.ledger.lifecycles import Lifecycle, Steps, lifecycles_of
from ringback.contract.ledger.paging import Asked, Walk, Walks, asked_of, page_of, rows_of
from ringback.contract.ledger.sequences import Sequences
from ringback.contract.ledger.things import (
    Key,
    Seen,
    Thing,
    home_of,
    key_of,
    names_by_identifier,
    parents,
    path_key,
    seen,
)
from ringback.contract.outcome import Finding
from ringback.contract.traffic import Delivery, Exchange, Intent

if TYPE_CHECKING:
    from ringback.wire import Contract

_GONE = frozenset((404, 410))
_REFUSED = frozenset((400, 401, 403, 404, 405, 406, 409, 411, 413, 415, 422, 428, 429))


@dataclass(slots=True)
class _Write:
    """A write that was or may have been carried out; `key` None: it may have made something."""

    key: Key | None
    entity: str
    seen: Seen
    made: Key | None = None


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A thing was not found where it should be. `stood` is how it stood then; None: it does not matter."""

    finding: Finding
    seen: Seen
    stood: tuple[Any, ...] | None


@dataclass(slots=True)
class _Known:
    """The thing of a row, what the row belongs to, and whether it was never seen before."""

    thing: Thing
    home: dict[str, str]
    fresh: bool


class Ledger:
    """Takes exchanges and deliveries, gives findings. Not for several threads at once.

    `secret` is the key of the callbacks' signatures (None: they are not verified). `lifecycles` are settings:
    `{"Call.status": {"queued": ["ringing", …], …}}`, by schema name and property.
    """

    def __init__(
        self,
        contract: Contract,
        *,
        secret: str | None = None,
        lifecycles: Mapping[str, Steps] | None = None,
        concurrent: bool = False,
    ) -> None:
        self.contract = contract
        self._roles = roles_of(contract)
        self._settings = dict(lifecycles or {})
        self._cycles: dict[str, dict[str, Lifecycle]] = {}
        self._things: dict[Key, Thing] = {}
        self._created: dict[str, list[Thing]] = {}
        self._below: dict[str, list[Thing]] = {}  # by the identifiers of what a thing belongs to
        self._walks = Walks()
        self._sequences = Sequences()
        self._writes: list[_Write] = []
        self._refused = refused.Refusals()
        self._denials = Denials()
        self._doubted: dict[Key, _Doubt] = {}
        self._listed: dict[str, set[tuple[Any, ...]]] = {}
        self._concurrent = concurrent
        self._held: list[tuple[Finding, Key | None, str, Seen]] = []
        self._callbacks = Callbacks(contract, secret, self._settings)

    # -- the door

    def take(self, exchange: Exchange) -> tuple[Finding, ...]:
        """What an exchange shows together with those before it."""
        reading = read(self.contract, exchange)
        if reading.operation is None:
            return ()
        self._callbacks.asked(reading)
        role = self._roles.get(reading.label)
        if role is None:
            self._stranger(reading)
            return ()
        found = list(self._judge(role, reading))
        if not self._concurrent:
            return tuple(found)
        entity, key = role.entity.name, self._subject(role, reading)
        self._held.extend((one, key, entity, seen(reading)) for one in found)
        return ()

    def deliver(self, delivery: Delivery) -> tuple[Finding, ...]:
        """What a callback shows, by itself and together with those before it."""
        return tuple(self._callbacks.take(delivery))

    def watch(self, exchange: int, slot: str, url: str) -> None:
        """Callbacks are waited for at an address of ours: `slot` is the parameter of an exchange that names it."""
        self._callbacks.watch(Watch(exchange, slot, url))

    def finish(self, *, whole: bool = True) -> tuple[Finding, ...]:
        """What is certain only now that nothing more comes. `whole`: the run is over, not only a part of it."""
        held = [finding for finding, _, _, _ in self._held]
        self._held.clear()
        finals = self._final_statuses()
        never = self._denials.finish() if whole else ()
        return (*held, *never, *self._callbacks.finish(finals))

    def identifiers(self) -> Mapping[str, tuple[str, ...]]:
        """The identifiers of what was seen and is not known to be gone, by entity."""
        found: dict[str, list[str]] = {}
        for thing in self._things.values():
            if thing.gone is None:
                found.setdefault(thing.entity.name, []).append(thing.identifier)
        return {name: tuple(known) for name, known in found.items()}

    # -- dispatch

    def _judge(self, role: Role, reading: Reading) -> Iterator[Finding]:
        if role.verb in (Verb.CREATE, Verb.UPDATE, Verb.DELETE):
            self._withdraw(role, reading)
            if reading.status not in _REFUSED:
                self._denials.written()
                self._doubted.clear()
            if reading.accepted:
                self._denials.accepted(role.label)
            if role.verb is not Verb.CREATE and reading.status not in _REFUSED:
                self._writes.append(_Write(None, f"not {role.entity.name}", seen(reading)))
                self._disturb(role, reading)
        if role.verb is Verb.LIST:
            yield from self._list(role, reading)
        elif role.verb is Verb.FETCH:
            yield from self._fetch(role, reading)
        elif role.verb is Verb.CREATE:
            yield from self._create(role, reading)
        elif role.verb is Verb.UPDATE:
            yield from self._update(role, reading)
        else:
            self._delete(role, reading)

    def _subject(self, role: Role, reading: Reading) -> Key | None:
        return path_key(self.contract, role, reading) if role.parameter else None

    def _stranger(self, reading: Reading) -> None:
        """A write whose meaning is not known: everything may have changed."""
        if reading.exchange.request.method in ("POST", "PUT", "PATCH", "DELETE"):
            if reading.status in _REFUSED:
                return
            self._writes.append(_Write(None, "", seen(reading)))
            self._denials.written()
            named = set(reading.values.values())
            for thing in self._all_created():
                if thing.identifier in named:
                    thing.created = None
                    thing.told.clear()

    # -- what exists

    def _row(self, role: Role, reading: Reading, row: Any) -> _Known | None:
        """The thing that a row is about; None where the row does not say."""
        if not isinstance(row, dict):
            return None
        entity = role.entity
        home = home_of(role, reading, row)
        key = key_of(entity, row.get(entity.identity), home)
        if key is None:
            return None
        thing = self._things.get(key)
        if thing is not None:
            return _Known(thing, home, fresh=False)
        thing = self._things[key] = Thing(entity, key)
        return _Known(thing, home, fresh=True)

    def _show(
        self, role: Role, reading: Reading, row: dict[str, Any], known: _Known, where: str
    ) -> Iterator[Finding]:
        """A thing is shown: hold it to where it lives, whether it is gone, and what it said before."""
        now, thing, home = seen(reading), known.thing, known.home
        yield from self._elsewhere(role, reading, thing, now, where)
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
            cycles = self._cycles_of(thing.entity)
            yield from self._denials.shown(reading, thing, row)
            yield from self._confirmed(thing, row, now)
            yield from changes.look(thing, role, reading, row, now, cycles, where)
        if thing.home_seen is None:
            thing.home_seen = now
        for name, value in home.items():
            thing.home.setdefault(name, value)

    def _elsewhere(
        self, role: Role, reading: Reading, thing: Thing, now: Seen, where: str
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

    def _cycles_of(self, entity: Entity) -> dict[str, Lifecycle]:
        if entity.name not in self._cycles:
            self._cycles[entity.name] = lifecycles_of(entity, self._settings)
        return self._cycles[entity.name]

    # -- one verb each

    def _create(self, role: Role, reading: Reading) -> Iterator[Finding]:
        now = seen(reading)
        if not reading.accepted:
            certain = reading.status in _REFUSED
            if not certain:
                self._writes.append(_Write(None, role.entity.name, now))
            else:
                self._refused.add(role, reading)
            return
        self._refused.accepted(reading)
        found = self._row(role, reading, reading.value)
        write = _Write(None, role.entity.name, now, found.thing.key if found else None)
        self._writes.append(write)
        if found is None:
            return
        thing = found.thing
        if thing.created is not None and self._is_new(reading):
            message = (
                f"{thing.entity.name} {thing.identifier} was given to two creations, "
                "wanted an identifier of its own for each"
            )
            path = thing.entity.identity_schema.path
            yield reading.finding(
                "duplicate-identifier", message, path, where=f"body/{thing.entity.identity}",
                evidence=(thing.created.number,),
            )  # fmt: skip
        # What was there already has its addresses from before.
        known_before = thing.created is not None or thing.row_seen is not None
        documented = {one.status for one in role.operation.responses}
        thing.redirected = reading.status != 201 and (known_before or "201" in documented)
        thing.gone, thing.moved = None, False
        thing.created, thing.made, thing.created_by = now, now, role.label
        thing.row, thing.row_seen = {}, None
        thing.told.clear()
        yield from self._show(role, reading, reading.value, found, "body")
        if reading.exchange.intent is not Intent.INVALID:
            changes.acknowledge(thing, role, reading, now, creation=True)
        known = self._created.setdefault(thing.entity.name, [])
        if thing not in known[-1:]:
            known.append(thing)
            for value in {*thing.home.values(), *thing.key[1:]}:
                self._below.setdefault(value, []).append(thing)

    def _is_new(self, reading: Reading) -> bool:
        """Whether an answer claims to have made something, and the client did not choose its identifier."""
        names = {plain(name) for name in reading.told["body"]}
        headers = {name for name, _ in reading.exchange.request.headers}
        role = self._roles[reading.label]
        repeated = any("idempotency" in name for name in headers)
        return reading.status == 201 and plain(role.entity.identity) not in names and not repeated

    def _fetch(self, role: Role, reading: Reading) -> Iterator[Finding]:
        now = seen(reading)
        if reading.accepted and reading.value is not NOTHING:
            found = self._row(role, reading, reading.value)
            if found is not None:
                yield from self._show(role, reading, reading.value, found, "body")
            return
        key = path_key(self.contract, role, reading)
        thing = self._things.get(key) if key is not None else None
        if thing is not None and reading.status in _GONE and self._at_home(thing, reading):
            yield from self._denials.lost(reading, thing)
        if thing is None or reading.status not in _GONE:
            return
        if thing.created is None:
            self._unreadable(role, reading, thing)
            return
        if (
            thing.gone is not None
            or not thing.created.before(now)
            or not self._at_home(thing, reading)
        ):
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
            self._doubted[thing.key] = _Doubt(finding, now, None)

    def _unreadable(self, role: Role, reading: Reading, thing: Thing) -> None:
        """What others made or what came by itself is not found: a fault only if it is seen again, as it stood before."""
        now = seen(reading)
        before = thing.row_seen
        if before is None or thing.gone is not None or not before.before(now):
            return
        if not thing.entity.own or not self._at_home(thing, reading):
            return
        message = (
            f"{thing.entity.name} {thing.identifier} is answered with {reading.status} while other answers "
            "show it, wanted it readable"
        )
        finding = reading.finding(
            "created-not-readable", message, role.operation.path, where="status",
            evidence=(before.number,),
        )  # fmt: skip
        self._doubted[thing.key] = _Doubt(finding, now, changes.standing(thing.row))

    def _at_home(self, thing: Thing, reading: Reading) -> bool:
        """Whether a path leads to where a thing lives."""
        for name, value in reading.values.items():
            home = thing.home.get(plain(name))
            if value != thing.identifier and (home is None or home != value):
                return False
        return True

    def _update(self, role: Role, reading: Reading) -> Iterator[Finding]:
        now = seen(reading)
        key = path_key(self.contract, role, reading)
        row = reading.value if reading.accepted and isinstance(reading.value, dict) else None
        thing = self._things.get(key) if key is not None else None
        known: _Known | None = None
        if row is not None:
            known = self._row(role, reading, row)
            thing = known.thing if known is not None else thing
        if thing is None:
            return
        if not reading.accepted:
            if reading.status not in _REFUSED:
                changes.forget(thing, reading)
            else:
                self._deny(role, reading, thing)
            return
        changes.forget(thing, reading)
        changes.acknowledge(thing, role, reading, now, creation=False)
        self._unsettle(thing)
        thing.moved = thing.moved or changes.tells_where_it_stands(thing, reading)
        if b"http" in reading.exchange.request.body:
            for one in self._things.values():
                if one.identifier == thing.identifier:
                    one.redirected = True
        if row is not None and known is not None:
            yield from self._show(role, reading, row, known, "body")

    def _delete(self, role: Role, reading: Reading) -> None:
        key = path_key(self.contract, role, reading)
        now = seen(reading)
        if key is None:
            # By another name than its identifier: anything of the kind may be gone.
            if reading.accepted or reading.status not in _REFUSED:
                self._lose_all(role.entity)
            return
        thing = self._things.get(key)
        if thing is not None and reading.status in _REFUSED:
            self._deny(role, reading, thing)
        if reading.status in (200, 204):
            thing = thing or self._things.setdefault(key, Thing(role.entity, key))
            thing.gone = now
            self._unsettle(thing)
        elif thing is not None and reading.status not in _REFUSED:
            thing.created = None  # perhaps it is gone, perhaps not: nothing can be said of it

    def _deny(self, role: Role, reading: Reading, thing: Thing) -> None:
        self._denials.refused(role, reading, thing)
        if reading.exchange.intent is Intent.VALID and self._at_home(thing, reading):
            self._denials.missed(reading, thing)

    def _unsettle(self, changed: Thing) -> None:
        """What is only there as long as another thing is in a certain state may be gone when that one was changed."""
        for thing in self._all_created():
            if thing is not changed and not thing.entity.own and changed.identifier in thing.key:
                thing.created = None

    def _disturb(self, role: Role, reading: Reading) -> None:
        """What hangs on a thing that was written to may be gone with it: at its deletion, or if it lives by its grace."""
        named = {reading.values.get(role.parameter or "", "")}
        if isinstance(reading.value, dict):
            named.add(str(reading.value.get(role.entity.identity, "")))
        for value in named:
            for thing in self._below.get(value, ()):
                if thing.entity is role.entity:
                    continue
                if role.verb is Verb.DELETE or not thing.entity.own:
                    thing.created = None

    def _lose_all(self, entity: Entity) -> None:
        for thing in self._created.get(entity.name, ()):
            thing.created = None

    # -- lists

    def _list(self, role: Role, reading: Reading) -> Iterator[Finding]:
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
            found = self._row(role, reading, row)
            keys.append(found.thing.key if found is not None else None)
            if found is None:
                continue
            if found.fresh:
                fresh.append((found.thing, row))
            if not role.entity.own:
                self._listed.setdefault(role.entity.name, set()).add(changes.standing(row))
            yield from self._show(role, reading, row, found, where)
        page = page_of(role, reading, keys, rows)
        if not asked.position:
            yield from self._sequences.begins(asked.list_, page)
            yield from self._refused.listed(role, reading, asked, fresh, self._wrote_anything)
        walk = self._walks.add(role, reading, asked, page)
        if walk is None:
            return
        written = self._wrote(role.entity.name, walk.started, walk.ended)
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
        for thing in self._created.get(role.entity.name, ()):
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
            self._doubted[thing.key] = _Doubt(finding, seen(reading), changes.standing(thing.row))

    def _confirmed(self, thing: Thing, row: dict[str, Any], now: Seen) -> Iterator[Finding]:
        """What lives by another's grace may have gone by itself when it was not found: not so if it is seen again."""
        doubt = self._doubted.pop(thing.key, None)
        if doubt is None or not doubt.seen.before(now):
            return
        if doubt.stood is None or doubt.stood == changes.standing(row):
            yield doubt.finding

    def _belongs(self, thing: Thing, role: Role, reading: Reading, walk: Walk) -> bool:
        """Whether a list must hold a thing: made before the list was asked for, not deleted, and below its path."""
        if thing.created is None or thing.gone is not None or thing.moved:
            return False
        if thing.created.ended > walk.started:
            return False
        if not thing.entity.own and not self._is_sure_to_be_listed(thing):
            return False
        template = role.operation.template
        made_at = self.contract.operation(thing.created_by).template
        if template != made_at and template not in thing.entity.collections:
            return False
        return all(thing.home.get(plain(name)) == value for name, value in reading.values.items())

    def _is_sure_to_be_listed(self, thing: Thing) -> bool:
        """Whether a thing that lives by another's grace is on the list at once: who is still on the way there need not be.
        What has been listed tells in which states things are.
        """
        return changes.standing(thing.row) in self._listed.get(thing.entity.name, ())

    # -- writes and what they explain

    def _wrote(self, entity: str, started: float, ended: float) -> bool:
        """Whether anything of a kind was, or may have been, made meanwhile."""
        return any(
            one.entity in ("", entity) and one.seen.ended >= started and one.seen.started <= ended
            for one in reversed(self._writes[-500:])
        )

    def _wrote_anything(self, started: float, ended: float) -> bool:
        """Whether anything at all was written meanwhile, or may have been: one thing can make another."""
        return any(
            one.seen.ended >= started and one.seen.started <= ended
            for one in reversed(self._writes[-500:])
        )

    def _withdraw(self, role: Role, reading: Reading) -> None:
        """A write that was under way while something was suspected explains it, or may."""
        if not self._held:
            return
        key = self._subject(role, reading)
        kept = []
        for finding, subject, entity, when in self._held:
            touches = entity == role.entity.name and (
                key is None or subject is None or key == subject
            )
            if not (touches and reading.started <= when.ended):
                kept.append((finding, subject, entity, when))
        self._held = kept

    def _final_statuses(self) -> dict[int, Rest]:
        """By the exchange that created it: things that have come to rest, with their last statuses."""
        found: dict[int, Rest] = {}
        lived = Counter(map(_address, self._things.values()))
        for thing in self._all_created():
            if thing.redirected:
                continue  # which of them come to the new address, its creation may have said
            # What hangs on another thing is gone before it is seen at its end: then that one tells.
            statuses = (*self._rests_at(thing), *self._twin_statuses(thing))
            if thing.made is not None and statuses:
                alone = lived[_address(thing)] == 1
                found[thing.made.number] = Rest(
                    thing.entity.name, statuses, thing.identifier, alone
                )
        return found

    def _rests_at(self, thing: Thing) -> tuple[Any, ...]:
        """The last statuses of a thing, where nothing follows any of them."""
        cycles = self._cycles_of(thing.entity)
        known = [name for name in cycles if name in thing.row]
        if all(cycles[name].rests(thing.row[name]) for name in known):
            return tuple(thing.row[name] for name in known)
        return ()

    def _twin_statuses(self, thing: Thing) -> Iterator[Any]:
        """The last statuses of other things that have the same identifier (of a participant: its call), where they rest."""
        pattern = thing.entity.identity_schema.pattern
        for entity in dict.fromkeys(role.entity for role in self._roles.values()):
            if entity is thing.entity or not pattern or entity.identity_schema.pattern != pattern:
                continue
            twin = self._things.get((entity.name, thing.identifier)) if entity.own else None
            if twin is not None:
                yield from self._rests_at(twin)

    def _all_created(self) -> Iterable[Thing]:
        return (thing for known in self._created.values() for thing in known)


def _address(thing: Thing) -> tuple[str, frozenset[tuple[str, str]]]:
    """Where a thing lives: all of the same kind with the same address share what they belong to."""
    return thing.entity.name, frozenset(thing.home.items())


def _shows_all(role: Role, reading: Reading) -> bool:
    """Whether a request does not ask for what is deleted as well: it says no more than filters and pages."""
    own = {plain(name) for name in role.entity.properties}
    if role.verb is Verb.LIST:
        asked = asked_of(role, reading)
        return all(plain(name) in own for name, _ in asked.filters)
    return not reading.exchange.request.query


__all__ = ["Ledger", "collection_of"]
