"""What callbacks say: their form, their signature, their order; that each comes once, and that none is missing.

Requests may overtake each other on the network, so two that come in the wrong order within a second are let through. What tells
their order is a sequence number, where the document has one, and the life cycle of their status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ringback.contract.judges.reading import Reading, properties
from ringback.contract.judges.words import moment, plain, shown
from ringback.contract.ledger import signature
from ringback.contract.ledger.hooks import Hook, Understood, candidates, hooks_of, understand
from ringback.contract.ledger.lifecycles import Lifecycle, Steps, lifecycle_of
from ringback.contract.outcome import Finding
from ringback.contract.traffic import Delivery
from ringback.openapi import Schema
from ringback.source import Path, Severity

if TYPE_CHECKING:
    from ringback.wire import Contract

OVERTAKING: Final = 1.0
"""Within how many seconds a request may overtake another one on its way."""
_SEQUENCES: Final = frozenset(["sequencenumber", "sequence", "seq", "sequenceid", "eventnumber"])
OWN: Final = frozenset(
    ["statuscallback", "callback", "callbackurl", "statuscallbackurl", "webhookurl"]
)
"""Names of parameters that say where the events of a thing itself are reported."""
_TIMES: Final = frozenset(["timestamp", "eventtime", "occurredat"])


@dataclass(frozen=True, slots=True)
class Watch:
    """Callbacks are waited for: the exchange and the parameter that named an address of ours, and the address."""

    exchange: int
    slot: str
    url: str


@dataclass(frozen=True, slots=True)
class Rest:
    """A thing that has come to rest: its kind, and its last statuses, those of its twins too. `alone`: where it lives nothing
    else of its kind was ever seen.
    """

    entity: str
    statuses: tuple[Any, ...]
    identifier: str = field(default="", compare=False)
    alone: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the request that named the address says: label, form, number of its exchange."""

    label: str
    told: Mapping[str, Any]
    path: Path
    accepted: bool


@dataclass(frozen=True, slots=True)
class _Arrival:
    number: int
    about: int | None
    slot: str
    received: float
    sequence: int | None
    statuses: Mapping[str, Any]
    time: Any
    content: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Callbacks:
    """The callbacks of a run, by the address that they came to and the thing they are about."""

    contract: Contract
    secret: str | None
    settings: Mapping[str, Steps]
    _asked: dict[int, _Asked] = field(default_factory=dict)
    _watched: list[Watch] = field(default_factory=list)
    _arrived: dict[tuple[object, ...], list[_Arrival]] = field(default_factory=dict)
    _hooks: dict[tuple[object, ...], Hook] = field(default_factory=dict)
    _slots: dict[tuple[int | None, str], list[Understood]] = field(default_factory=dict)
    _signature: signature.Rules | None = None

    def __post_init__(self) -> None:
        self._signature = signature.rules_of(self.contract.document.extensions)

    def asked(self, reading: Reading) -> None:
        """A request that may name addresses for callbacks."""
        if reading.operation is None or reading.exchange.request.method == "GET":
            return
        if b"http" not in reading.exchange.request.body:
            return
        told = {**reading.told["query"], **reading.told["body"]}
        label = reading.label
        self._asked[reading.exchange.number] = _Asked(
            label, told, reading.operation.path, reading.accepted
        )

    def watch(self, one: Watch) -> None:
        self._watched.append(one)

    # -- one callback

    def take(self, delivery: Delivery) -> Iterator[Finding]:
        asked = self._asked.get(delivery.about) if delivery.about is not None else None
        hooks = candidates(self.contract, delivery, asked.label if asked else "")
        yield from self._signed(delivery, asked)
        if not hooks:
            return
        known = understand(self.contract, delivery, hooks)
        if known is None or known.known * 2 < len(known.values):
            yield self._undeclared(delivery, asked, hooks, known)
            return
        self._slots.setdefault((delivery.about, delivery.slot), []).append(known)
        yield from _form(self, delivery, known)
        yield from self._method(delivery, asked, known)
        yield from self._sequence(delivery, known)

    def finding(
        self, code: str, label: str, message: str, path: Path, *numbers: int, **more: Any
    ) -> Finding:
        place = self.contract.locate(path)
        return Finding(code, label, message, place=place, deliveries=numbers, **more)

    def _signed(self, delivery: Delivery, asked: _Asked | None) -> Iterator[Finding]:
        if self._signature is None:
            return
        wrong = signature.fault(self._signature, self.secret, delivery)
        if wrong:
            label = f"callback {delivery.slot}" if delivery.slot else "callback"
            path = (signature.EXTENSION,)
            where = f"header/{self._signature.header}"
            yield self.finding(
                "callback-signature", label, wrong, path, delivery.number, where=where
            )

    def _undeclared(
        self,
        delivery: Delivery,
        asked: _Asked | None,
        hooks: tuple[Hook, ...],
        known: Understood | None,
    ) -> Finding:
        names = ", ".join(dict.fromkeys(hook.name for hook in hooks))
        if known is None:
            media = delivery.request.header("content-type") or "no content type"
            found = f"{delivery.request.method} with {media.partition(';')[0]}"
        else:
            found = "a form with " + ", ".join(list(known.values)[:6])
        message = f"the callback is {found}, wanted one of {names}"
        label = f"callback {delivery.slot}" if delivery.slot else "callback"
        path = asked.path if asked is not None else hooks[0].path
        return self.finding("callback-undeclared", label, message, path, delivery.number)

    def _method(
        self, delivery: Delivery, asked: _Asked | None, known: Understood
    ) -> Iterator[Finding]:
        """The method that the request asked for beside the address."""
        if asked is None or not delivery.slot or delivery.request.method not in ("GET", "POST"):
            return
        slot = plain(delivery.slot)
        names = {f"{slot}method"}
        if slot.endswith("url"):
            names.add(f"{slot[:-3]}method")
        for name, value in asked.told.items():
            sent = delivery.request.method
            if plain(name) in names and value in ("GET", "POST") and value != sent:
                message = f"the callback was sent by {sent}, wanted {value} as {name} asks"
                yield self.finding(
                    "callback-form", known.hook.label, message, known.hook.path,
                    delivery.number, where="method",
                )  # fmt: skip

    # -- several

    def _sequence(self, delivery: Delivery, known: Understood) -> Iterator[Finding]:
        if known.hook.wants_content:
            return
        arrival = self._arrival(delivery, known)
        group = (delivery.about, delivery.slot, delivery.token, known.hook.name, _subject(known))
        before = self._arrived.setdefault(group, [])
        self._hooks[group] = known.hook
        yield from self._against(before, arrival, known)
        before.append(arrival)

    def _arrival(self, delivery: Delivery, known: Understood) -> _Arrival:
        values = known.values
        sequence = next(
            (
                value
                for name, value in values.items()
                if plain(name) in _SEQUENCES and isinstance(value, int)
            ),
            None,
        )
        time = next((value for name, value in values.items() if plain(name) in _TIMES), None)
        cycles = self._cycles(known.hook, known.schema)
        statuses = {name: values[name] for name in cycles if name in values}
        content = tuple(sorted((name, str(value)) for name, value in values.items()))
        return _Arrival(
            delivery.number,
            delivery.about,
            delivery.slot,
            delivery.received,
            sequence,
            statuses,
            time,
            content,
        )

    def _cycles(self, hook: Hook, schema: Schema) -> dict[str, Lifecycle]:
        found: dict[str, Lifecycle] = {}
        for name, sub in properties(schema).items():
            given = self.settings.get(f"{schema.name}.{name}")
            cycle = lifecycle_of(sub, given)
            if cycle is not None:
                found[name] = cycle
        return found

    def _against(
        self, before: list[_Arrival], arrival: _Arrival, known: Understood
    ) -> Iterator[Finding]:
        hook, path = known.hook, known.schema.path
        for other in before:
            if other.content == arrival.content and _tells_an_event(known):
                message = "the same callback came twice, wanted each event reported once"
                yield self.finding(
                    "callback-doubled", hook.label, message, hook.path, other.number, arrival.number
                )
                return
            if arrival.sequence is not None and other.sequence == arrival.sequence:
                message = f"the sequence number is {arrival.sequence} for two events, wanted one of its own for each"
                yield self.finding(
                    "callback-order", hook.label, message, path, other.number, arrival.number
                )
                return
        yield from self._overtaken(before, arrival, known)
        yield from self._contradicting(before, arrival, known)

    def _overtaken(
        self, before: list[_Arrival], arrival: _Arrival, known: Understood
    ) -> Iterator[Finding]:
        if arrival.sequence is None:
            return
        for other in before:
            if other.sequence is not None and other.sequence > arrival.sequence:
                if arrival.received - other.received < OVERTAKING:
                    continue
                message = (
                    f"the callback with sequence number {arrival.sequence} came after that with "
                    f"{other.sequence}, wanted them in their order"
                )
                yield self.finding(
                    "callback-order", known.hook.label, message, known.schema.path,
                    other.number, arrival.number,
                )  # fmt: skip
                return

    def _contradicting(
        self, before: list[_Arrival], arrival: _Arrival, known: Understood
    ) -> Iterator[Finding]:
        """Status and time of what happened, in the order that the sequence numbers give."""
        cycles = self._cycles(known.hook, known.schema)
        for other in before:
            first, second = other, arrival
            if arrival.sequence is not None and other.sequence is not None:
                if other.sequence > arrival.sequence:
                    first, second = arrival, other
            elif arrival.received - other.received < OVERTAKING:
                continue
            for name, cycle in cycles.items():
                if name not in first.statuses or name not in second.statuses:
                    continue
                if not cycle.allows(first.statuses[name], second.statuses[name]):
                    message = (
                        f"{name} is {shown(second.statuses[name])} after {shown(first.statuses[name])}, "
                        "wanted it to follow its life cycle"
                    )
                    yield self.finding(
                        "callback-order", known.hook.label, message, cycle.path,
                        other.number, arrival.number, where=f"body/{name}",
                    )  # fmt: skip
                    return
            earlier, later = moment(first.time), moment(second.time)
            numbered = first.sequence is not None and second.sequence is not None
            if numbered and earlier is not None and later is not None and later < earlier:
                message = (
                    f"the time is {shown(second.time)} at sequence number {second.sequence} and "
                    f"{shown(first.time)} at {first.sequence}, wanted it never to go back"
                )
                yield self.finding(
                    "callback-order", known.hook.label, message, known.schema.path,
                    other.number, arrival.number,
                )  # fmt: skip
                return

    # -- the end

    def finish(self, finals: Mapping[int, Rest]) -> Iterator[Finding]:
        """What did not come. `finals`: what an exchange created, where it has come to rest."""
        for group, arrivals in self._arrived.items():
            asked = self._asked.get(arrivals[0].about) if arrivals[0].about is not None else None
            # Whether what was not asked for is counted, no document says.
            if (
                asked is None
                or not _events(arrivals[0].slot, asked)
                or self._all(arrivals[0].slot, asked)
            ):
                yield from self._gaps(self._hooks[group], arrivals)
        for watch in self._watched:
            yield from self._missing(watch, finals)
        yield from self._by_event(finals)

    def _gaps(self, hook: Hook, arrivals: list[_Arrival]) -> Iterator[Finding]:
        numbers = {one.sequence for one in arrivals if one.sequence is not None}
        if len(numbers) < 2:
            return
        gone = sorted(set(range(min(numbers), max(numbers))) - numbers)
        if gone:
            message = (
                f"no callback with sequence number {gone[0]} came between {min(numbers)} and "
                f"{max(numbers)}, wanted all of them"
            )
            last = arrivals[-1].number
            yield self.finding("callback-missing", hook.label, message, hook.path, last)

    def _all(self, slot: str, asked: _Asked) -> bool:
        """Whether a request asks for every event that the document lists."""
        operation = self.contract.operation(asked.label)
        told = set(_events(slot, asked))
        for media in operation.body.content if operation.body is not None else ():
            for name, schema in properties(media.schema).items():
                items = schema.items
                if (
                    items is not None
                    and items.enum
                    and asked.told.get(name) == list(_events(slot, asked))
                ):
                    return set(items.enum) <= told
        return False

    def _missing(self, watch: Watch, finals: Mapping[int, Rest]) -> Iterator[Finding]:
        asked, rest = self._asked.get(watch.exchange), finals.get(watch.exchange)
        if asked is None or not asked.accepted or rest is None or not hooks_of(self.contract):
            return
        if not _reports(watch.slot, rest.entity):
            return
        came = self._slots.get((watch.exchange, watch.slot), [])
        events = _events(watch.slot, asked)
        final = next((one for one in rest.statuses if one in events), None)
        if events and final is not None:
            missed = not any(final in one.values.values() for one in came)
        else:
            missed = not events and not came and plain(watch.slot) in OWN
        if missed:
            what = (
                f"no callback came to {watch.slot}"
                if not came
                else f"none that came to {watch.slot} says so"
            )
            message = f"{what}, wanted at least that the status is {shown(rest.statuses[0])}"
            yield self._lack(watch, asked, message)

    def _lack(self, watch: Watch, asked: _Asked, message: str, **more: Any) -> Finding:
        return Finding(
            "callback-missing", asked.label, message, where=f"body/{watch.slot}",
            place=self.contract.locate(asked.path), evidence=(watch.exchange,), **more,
        )  # fmt: skip

    def _shared(self, finals: Mapping[int, Rest]) -> set[str]:
        """The slots that also tell of what others share with a thing: who of them is told, nobody knows."""
        found: set[str] = set()
        for watch in self._watched:
            rest = finals.get(watch.exchange)
            for one in self._slots.get((watch.exchange, watch.slot), []) if rest else ():
                if rest is not None and rest.identifier not in one.values.values():
                    found.add(watch.slot)
        return found

    def _by_event(self, finals: Mapping[int, Rest]) -> Iterator[Finding]:
        """What comes where one event is asked for comes as well where it is asked for among others."""
        shared = self._shared(finals)
        single: dict[tuple[object, ...], set[tuple[str, Any]]] = {}
        several: list[tuple[Watch, _Asked, Rest, tuple[str, ...], set[tuple[str, Any]]]] = []
        for watch in self._watched:
            asked, rest = self._asked.get(watch.exchange), finals.get(watch.exchange)
            if asked is None or rest is None:
                continue
            events = _events(watch.slot, asked)
            came = self._slots.get((watch.exchange, watch.slot), [])
            # What it shares with others they may tell of, where there are others.
            if not _reports(watch.slot, rest.entity) and not rest.alone:
                came = [one for one in came if rest.identifier in one.values.values()]
            told = _told(came)
            if len(events) == 1:
                key = (asked.label, watch.slot, events[0], rest, rest.alone)
                single.setdefault(key, told).update(told)
            elif told or (events and (rest.alone or watch.slot not in shared)):
                several.append((watch, asked, rest, events, told))
        for watch, asked, rest, events, told in several:
            for event in events:
                wanted = single.get((asked.label, watch.slot, event, rest, rest.alone), set())
                lacking = sorted(str(value) for _, value in wanted - told)
                if lacking:
                    message = (
                        f"no callback with {lacking[0]!r} came to {watch.slot} where {len(events)} events were "
                        f"asked for, wanted what comes where {event!r} alone is"
                    )
                    yield self._lack(watch, asked, message, severity=Severity.WARNING)
                    return


def _reports(slot: str, entity: str) -> bool:
    """Whether a parameter names where the status of a thing itself is reported: not instructions, not its parts."""
    own, named = plain(slot), plain(entity)
    return own in OWN or (own.startswith(named) and own[len(named) :] in OWN)


def _events(slot: str, asked: _Asked) -> tuple[str, ...]:
    """The events that a request asks for beside an address; none where it leaves them to the other side."""
    stem = re.sub(r"ur[il]$", "", plain(slot))
    for name, value in asked.told.items():
        fits = re.fullmatch(re.escape(stem) + "(events?|types?)", plain(name)) is not None
        if fits and isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
    return ()


def _told(came: list[Understood]) -> set[tuple[str, Any]]:
    """The statuses and events that callbacks told of."""
    return {
        (name, value)
        for one in came
        for name, value in one.values.items()
        if plain(name).endswith(("status", "event")) and isinstance(value, str)
    }


def _form(book: Callbacks, delivery: Delivery, known: Understood) -> Iterator[Finding]:
    for one in known.violations:
        yield book.finding(
            "callback-form", known.hook.label, one.message, one.path, delivery.number,
            where=f"body{one.where}", severity=Severity.ERROR,
        )  # fmt: skip


def _subject(known: Understood) -> tuple[str, ...]:
    """What a callback is about: the identifiers that every one of its hook has."""
    return tuple(
        str(known.values.get(name, ""))
        for name, sub in properties(known.schema).items()
        if name in known.schema.required and (sub.pattern or sub.format == "uuid")
    )


def _tells_an_event(known: Understood) -> bool:
    """Whether two callbacks with the same content must be about the same event."""
    for name in known.values:
        if plain(name) in _SEQUENCES:
            return True
    return any(
        sub.enum is not None and plain(name).endswith(("status", "event"))
        for name, sub in properties(known.schema).items()
        if name in known.values
    )
