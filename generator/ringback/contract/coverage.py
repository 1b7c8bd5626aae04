"""What of a document a run has seen: statuses, parameters, identifiers, enum values, patterns, callbacks, steps between operations.

    cover = Cover(contract)
    for exchange in traffic:
        cover.take(exchange)
    cover.coverage()

What was never seen is named as well: a report that shows only what failed looks the same for a run that tested nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ringback.contract.judges import applied
from ringback.contract.judges.reading import NOTHING, Reading, properties, read
from ringback.contract.ledger.hooks import Hook, candidates, hooks_of, understand
from ringback.contract.outcome import Coverage, OperationCoverage, Seen, Transition
from ringback.contract.sighting import Node, Nodes, Sight
from ringback.contract.traffic import Delivery, Exchange, Intent
from ringback.openapi import Operation, Schema

if TYPE_CHECKING:
    from ringback.wire import Contract

__all__ = ["Cover", "coverage_of"]

_LOCATIONS: Final = ("path", "query", "header", "cookie")


@dataclass(slots=True)
class _Counts:
    """What was seen of one operation."""

    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    parameters: set[str] = field(default_factory=set)
    checks: Counter[str] = field(default_factory=Counter)


class Cover:
    """Takes exchanges and deliveries; `coverage()` says at any time what was seen. Not for several threads at once."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._counts = {contract.label(one): _Counts() for one in contract.operations}
        self._nodes = Nodes()
        self._sent: dict[str, tuple[tuple[str, Node], ...]] = {}
        self._steps = _Steps(contract)
        self._callbacks: dict[str, set[str]] = {}
        for one in contract.operations:
            self._prepare(one)
        for hook in hooks_of(contract):
            if hook.schema is not None:
                self._nodes.of(hook.schema, hook.label)

    def take(self, exchange: Exchange) -> None:
        """Count an exchange."""
        reading = read(self._contract, exchange)
        counts = self._counts.get(reading.label) if reading.operation is not None else None
        if counts is None:
            return
        counts.requests += 1
        counts.checks.update(applied(self._contract, exchange))
        told = self._told(reading)
        counts.parameters.update(told)
        if exchange.intent is not Intent.INVALID:
            for name, node in self._sent[reading.label]:
                if name in told:
                    node.see(told[name])
        self._steps.requested(reading.label, told)
        if exchange.reply is None:
            return
        counts.statuses[reading.status] += 1
        if reading.value is not NOTHING and reading.schema is not None:
            self._nodes.of(reading.schema, reading.label).see(reading.value)
            self._steps.answered(reading)

    def deliver(self, delivery: Delivery, asked_by: str = "") -> None:
        """Count a callback; `asked_by` is the label of the operation that asked for it, where that is known."""
        known = understand(self._contract, delivery, candidates(self._contract, delivery, asked_by))
        if known is None:
            return
        self._callbacks.setdefault(known.hook.label, set()).update(known.values)
        self._nodes.of(known.schema, known.hook.label).see(known.values)

    def coverage(self) -> Coverage:
        """What was seen so far."""
        return Coverage(
            operations=tuple(self._operation(one) for one in self._contract.operations),
            kinds=tuple(self._steps.kinds()),
            enums=tuple(self._seen(self._nodes.enums.values())),
            patterns=tuple(self._seen(self._nodes.patterns.values())),
            callbacks=tuple(self._callback(hook) for hook in hooks_of(self._contract)),
            transitions=self._steps.transitions(),
        )

    # -- what can be seen

    def _prepare(self, operation: Operation) -> None:
        label = self._contract.label(operation)
        sent: list[tuple[str, Node]] = []
        for one in operation.parameters:
            if one.schema is not None and one.location in _LOCATIONS:
                where = f"{one.location}.{one.name}"
                sent.append((where, self._nodes.of(one.schema, f"{label} {where}")))
        for media in operation.body.content if operation.body is not None else ():
            if media.schema is not None:
                self._nodes.of(media.schema, f"{label} body")
        for name, schema in _body_properties(operation).items():
            sent.append((f"body.{name}", self._nodes.of(schema, f"{label} body.{name}")))
        self._sent[label] = tuple(sent)
        for response in operation.responses:
            for media in response.content:
                if media.schema is not None:
                    self._nodes.of(media.schema, label)

    def _told(self, reading: Reading) -> dict[str, Any]:
        """All that a request says, by location and name."""
        found: dict[str, Any] = {f"path.{name}": value for name, value in reading.values.items()}
        for location, values in reading.told.items():
            for name, value in values.items():
                found[f"{location}.{name}"] = value
        operation = reading.operation
        for one in operation.parameters if operation is not None else ():
            if one.location == "header":
                value = reading.exchange.request.header(one.name.lower())
                if value is not None:
                    found[f"header.{one.name}"] = value
        return found

    # -- what was seen

    def _operation(self, operation: Operation) -> OperationCoverage:
        label = self._contract.label(operation)
        counts = self._counts[label]
        documented = {response.status: 0 for response in operation.responses}
        undocumented: list[tuple[str, int]] = []
        for status, count in sorted(counts.statuses.items()):
            response = self._contract.response(operation, status)
            if response is None:
                undocumented.append((str(status), count))
            else:
                documented[response.status] += count
        known = [f"{one.location}.{one.name}" for one in operation.parameters]
        known += [f"body.{name}" for name in _body_properties(operation)]
        place = self._contract.locate(operation.path)
        seen = tuple(name for name in known if name in counts.parameters)
        never = tuple(name for name in known if name not in counts.parameters)
        return OperationCoverage(
            label=label,
            operation_id=operation.operation_id,
            requests=counts.requests,
            documented=tuple(documented.items()),
            undocumented=tuple(undocumented),
            parameters=Seen(label, seen, never, place),
            place=place,
            checks=tuple(sorted(counts.checks.items())),
        )

    def _seen(self, sights: Iterable[Sight]) -> Iterator[Seen]:
        for sight in sights:
            seen = tuple(one for one in sight.wanted if one in sight.found)
            never = tuple(one for one in sight.wanted if one not in sight.found)
            yield Seen(sight.name, seen, never, self._contract.locate(sight.path))

    def _callback(self, hook: Hook) -> Seen:
        names = tuple(properties(hook.schema))
        came = self._callbacks.get(hook.label, set())
        return Seen(
            hook.label,
            tuple(name for name in names if name in came),
            tuple(name for name in names if name not in came),
            self._contract.locate(hook.path),
        )


def coverage_of(
    contract: Contract, exchanges: Iterable[Exchange], deliveries: Iterable[Delivery] = ()
) -> Coverage:
    """What a whole run has seen."""
    cover = Cover(contract)
    for exchange in exchanges:
        cover.take(exchange)
    for delivery in deliveries:
        cover.deliver(delivery)
    return cover.coverage()


def _body_properties(operation: Operation) -> dict[str, Schema]:
    found: dict[str, Schema] = {}
    for media in operation.body.content if operation.body is not None else ():
        for name, schema in properties(media.schema).items():
            found.setdefault(name, schema)
    return found


class _Steps:
    """Identifiers that answers gave, and requests that took them: the steps that the document allows."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._kinds = contract.kinds
        self._given: dict[str, set[tuple[str, str]]] = (
            {}
        )  # value -> (kind, label) of those that gave it
        self._taken: Counter[tuple[str, str, str]] = Counter()
        self._places: dict[str, set[str]] = {}
        self._own = {
            (kind.name, one.label): None
            for kind in self._kinds
            if kind.credential is None
            for one in kind.producers
            if one.own
        }
        self._consumed: dict[str, list[tuple[str, str]]] = {}
        for kind in self._kinds:
            for one in kind.consumers:
                place = f"{one.location}.{one.name}"
                self._consumed.setdefault(one.label, []).append((place, kind.name))
        self._pointers: dict[tuple[str, str], tuple[tuple[tuple[str, ...], str, str], ...]] = {}

    def requested(self, label: str, told: dict[str, Any]) -> None:
        """A request: which identifiers it takes, and who gave them."""
        for place, kind in self._consumed.get(label, ()):
            if place not in told:
                continue
            self._places.setdefault(kind, set()).add(f"{label} {place}")
            # In a path a number is text, in an answer it is a number.
            value = str(told[place])
            for giver in self._given.get(value, ()):
                if giver[0] == kind:
                    self._taken[giver[1], label, kind] += 1

    def answered(self, reading: Reading) -> None:
        """An answer: which identifiers it gives."""
        response = reading.response
        if response is None:
            return
        for steps, kind, pointer in self._found(reading.label, response.status):
            values = list(_at(reading.value, steps))
            if not values:
                continue
            self._places.setdefault(kind, set()).add(f"{reading.label} {response.status} {pointer}")
            if (kind, reading.label) not in self._own:
                continue
            for value in values:
                self._given.setdefault(str(value), set()).add((kind, reading.label))

    def _found(self, label: str, status: str) -> tuple[tuple[tuple[str, ...], str, str], ...]:
        key = (label, status)
        if key not in self._pointers:
            self._pointers[key] = tuple(
                (tuple(pointer.split("/")[1:]), kind.name, pointer)
                for pointer, kind in self._kinds.properties_of(label, status).items()
            )
        return self._pointers[key]

    def kinds(self) -> Iterator[Seen]:
        """For each kind the places that give or take it: seen, and never."""
        for kind in self._kinds:
            places = [f"{one.label} {one.status} {one.pointer}" for one in kind.producers]
            places += [f"{one.label} {one.location}.{one.name}" for one in kind.consumers]
            known = self._places.get(kind.name, set())
            yield Seen(
                kind.name,
                tuple(one for one in dict.fromkeys(places) if one in known),
                tuple(one for one in dict.fromkeys(places) if one not in known),
                self._contract.locate(kind.places[0]) if kind.places else None,
            )

    def transitions(self) -> tuple[Transition, ...]:
        """All steps that the document allows, with how often each was taken."""
        found: dict[tuple[str, str, str], None] = {}
        for kind in self._kinds:
            if kind.credential is not None:
                continue
            givers = dict.fromkeys(one.label for one in kind.producers if one.own)
            for giver in givers:
                for one in kind.consumers:
                    found[giver, one.label, kind.name] = None
        return tuple(
            Transition(giver, taker, kind, self._taken[giver, taker, kind])
            for giver, taker, kind in found
        )


def _at(value: Any, steps: tuple[str, ...]) -> Iterator[str | int]:
    """The scalars at a pointer in which `*` stands for every item."""
    if not steps:
        if isinstance(value, (str, int)) and not isinstance(value, bool) and value != "":
            yield value
        return
    head, rest = steps[0], steps[1:]
    if head == "*":
        if isinstance(value, list):
            for item in value:
                yield from _at(item, rest)
        return
    if isinstance(value, dict):
        inner = value.get(head.replace("~1", "/").replace("~0", "~"))
        if inner is not None:
            yield from _at(inner, rest)
