"""The ledger itself: which thing an exchange is about, and what to hold it to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ringback.contract.judges.reading import Reading, read
from ringback.contract.judges.words import plain
from ringback.contract.ledger import changes, refused
from ringback.contract.ledger.callbacks import Callbacks, Watch
from ringback.contract.ledger.entities import Role, Verb, collection_of
from ringback.contract.ledger.fetches import fetched
from ringback.contract.ledger.lifecycles import Steps
from ringback.contract.ledger.lists import Lists
from ringback.contract.ledger.memory import Known, Memory, is_at_home
from ringback.contract.ledger.rests import final_statuses
from ringback.contract.ledger.showing import show
from ringback.contract.ledger.things import Key, Seen, Thing, path_key, seen
from ringback.contract.outcome import Finding
from ringback.contract.traffic import Delivery, Exchange, Intent

if TYPE_CHECKING:
    from ringback.wire import Contract

_REFUSED = frozenset((400, 401, 403, 404, 405, 406, 409, 411, 413, 415, 422, 428, 429))


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
        self._memory = Memory(contract, lifecycles or {})
        self._refused = refused.Refusals()
        self._lists = Lists(self._memory, self._refused)
        self._concurrent = concurrent
        self._held: list[tuple[Finding, Key | None, str, Seen]] = []
        self._callbacks = Callbacks(contract, secret, self._memory.settings)

    # -- the door

    def take(self, exchange: Exchange) -> tuple[Finding, ...]:
        """What an exchange shows together with those before it."""
        reading = read(self.contract, exchange)
        if reading.operation is None:
            return ()
        self._callbacks.asked(reading)
        role = self._memory.roles.get(reading.label)
        if role is None:
            self._stranger(reading)
            return ()
        found = list(self._judge(role, reading))
        if not self._concurrent:
            return tuple(found)
        entity, key = role.entity.name, self._memory.subject(role, reading)
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
        finals = final_statuses(self._memory)
        never = self._memory.denials.finish() if whole else ()
        return (*held, *never, *self._callbacks.finish(finals))

    def identifiers(self) -> Mapping[str, tuple[str, ...]]:
        """The identifiers of what was seen and is not known to be gone, by entity."""
        return self._memory.identifiers()

    # -- dispatch

    def _judge(self, role: Role, reading: Reading) -> Iterator[Finding]:
        if role.verb in (Verb.CREATE, Verb.UPDATE, Verb.DELETE):
            self._withdraw(role, reading)
            if reading.status not in _REFUSED:
                self._memory.denials.written()
                self._memory.doubted.clear()
            if reading.accepted:
                self._memory.denials.accepted(role.label)
            if role.verb is not Verb.CREATE and reading.status not in _REFUSED:
                self._memory.writes.add(f"not {role.entity.name}", seen(reading))
                self._memory.disturb(role, reading)
        if role.verb is Verb.LIST:
            yield from self._lists.take(role, reading)
        elif role.verb is Verb.FETCH:
            yield from fetched(self._memory, role, reading)
        elif role.verb is Verb.CREATE:
            yield from self._create(role, reading)
        elif role.verb is Verb.UPDATE:
            yield from self._update(role, reading)
        else:
            self._delete(role, reading)

    def _stranger(self, reading: Reading) -> None:
        """A write whose meaning is not known: everything may have changed."""
        if reading.exchange.request.method in ("POST", "PUT", "PATCH", "DELETE"):
            if reading.status in _REFUSED:
                return
            self._memory.writes.add("", seen(reading))
            self._memory.denials.written()
            # What it is done to, the path may name, or the body (PUT /pets with the pet's identifier in it).
            told = (*reading.told["body"].values(), *reading.told["query"].values())
            named = {*reading.values.values(), *map(str, told)}
            for thing in self._memory.all_created():
                if thing.identifier in named:
                    thing.created = None
                    thing.told.clear()

    # -- one verb each

    def _create(self, role: Role, reading: Reading) -> Iterator[Finding]:
        now = seen(reading)
        if not reading.accepted:
            certain = reading.status in _REFUSED
            if not certain:
                self._memory.writes.add(role.entity.name, now)
            else:
                self._refused.add(role, reading)
            return
        self._refused.accepted(reading)
        found = self._memory.row(role, reading, reading.value)
        self._memory.writes.add(role.entity.name, now)
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
        yield from show(self._memory, role, reading, reading.value, found, "body")
        if reading.exchange.intent is not Intent.INVALID:
            changes.acknowledge(thing, role, reading, now, creation=True)
        self._memory.born(thing)

    def _is_new(self, reading: Reading) -> bool:
        """Whether an answer claims to have made something, and the client did not choose its identifier."""
        names = {plain(name) for name in reading.told["body"]}
        headers = {name for name, _ in reading.exchange.request.headers}
        role = self._memory.roles[reading.label]
        repeated = any("idempotency" in name for name in headers)
        return reading.status == 201 and plain(role.entity.identity) not in names and not repeated

    def _update(self, role: Role, reading: Reading) -> Iterator[Finding]:
        now = seen(reading)
        key = path_key(self.contract, role, reading)
        row = reading.value if reading.accepted and isinstance(reading.value, dict) else None
        thing = self._memory.things.get(key) if key is not None else None
        known: Known | None = None
        if row is not None:
            known = self._memory.row(role, reading, row)
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
        self._memory.unsettle(thing)
        thing.moved = thing.moved or changes.tells_where_it_stands(thing, reading)
        if b"http" in reading.exchange.request.body:
            for one in self._memory.things.values():
                if one.identifier == thing.identifier:
                    one.redirected = True
        if row is not None and known is not None:
            yield from show(self._memory, role, reading, row, known, "body")

    def _delete(self, role: Role, reading: Reading) -> None:
        key = path_key(self.contract, role, reading)
        now = seen(reading)
        if key is None:
            # By another name than its identifier: anything of the kind may be gone.
            if reading.accepted or reading.status not in _REFUSED:
                self._memory.lose_all(role.entity)
            return
        thing = self._memory.things.get(key)
        if thing is not None and reading.status in _REFUSED:
            self._deny(role, reading, thing)
        if reading.status in (200, 204):
            thing = thing or self._memory.things.setdefault(key, Thing(role.entity, key))
            thing.gone = now
            self._memory.unsettle(thing)
        elif thing is not None and reading.status not in _REFUSED:
            thing.created = None  # perhaps it is gone, perhaps not: nothing can be said of it

    def _deny(self, role: Role, reading: Reading, thing: Thing) -> None:
        self._memory.denials.refused(role, reading, thing)
        if reading.exchange.intent is Intent.VALID and is_at_home(thing, reading):
            self._memory.denials.missed(reading, thing)

    def _withdraw(self, role: Role, reading: Reading) -> None:
        """A write that was under way while something was suspected explains it, or may."""
        if not self._held:
            return
        key = self._memory.subject(role, reading)
        kept = []
        for finding, subject, entity, when in self._held:
            touches = entity == role.entity.name and (
                key is None or subject is None or key == subject
            )
            if not (touches and reading.started <= when.ended):
                kept.append((finding, subject, entity, when))
        self._held = kept


__all__ = ["Ledger", "collection_of"]
