"""What exists on the tested side, as far as the run has seen: the items of each resource with the values of their paths.

Learned from every exchange, whoever sent it: what is created, fetched or listed exists, what is deleted does not, nor what
is answered with 404. A path needs values that belong together (a recording of this call, in this account), so what is kept
is the whole set of path values of an item, not identifiers by themselves.
"""

from __future__ import annotations

import json
import random
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ringback.contract.traffic import Exchange, Intent
from ringback.openapi import Operation
from ringback.wire import Contract, Kind

_REMEMBERED: Final = 400
"""Items of one resource that are kept; the oldest make room."""
_CANDIDATES: Final = 40
_NAME: Final = re.compile(r"\{[^{}]+\}")


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """A resource with its operations at hand; see resources.Resource, whose fields have the same meaning."""

    name: str
    collection: str | None
    item: str | None
    parameter: str | None
    kind: Kind | None
    parent: str | None
    create: Operation | None
    list: Operation | None
    fetch: Operation | None
    update: Operation | None
    delete: Operation | None
    identifier: str | None
    rows: str | None

    @property
    def above(self) -> tuple[str, ...]:
        """The path parameters of the collection."""
        if self.collection is not None:
            return parameters(self.collection)
        return parameters(self.item or "")[:-1]


def things_of(contract: Contract) -> dict[str, Thing]:
    """The resources of a document, by name."""
    found: dict[str, Thing] = {}
    for one in contract.kinds.resources:
        operations = {
            role: contract.operation(label) if (label := getattr(one, role)) is not None else None
            for role in ("create", "list", "fetch", "update", "delete")
        }
        found[one.name] = Thing(
            name=one.name,
            collection=one.collection,
            item=one.item,
            parameter=one.parameter,
            kind=one.kind,
            parent=one.parent,
            identifier=one.identifier,
            rows=one.rows,
            **operations,
        )
    return found


@dataclass(slots=True, eq=False)
class Item:
    """One thing that exists: the path values under which it is found, and what was last seen of it."""

    resource: str
    values: dict[str, str]
    body: dict[str, Any] = field(default_factory=dict)
    exchange: int = 0  # where it was first seen
    created: bool = False  # by this run
    gone: bool = False

    @property
    def state(self) -> str:
        """What its status was when it was last seen; "" where it has none."""
        found = self.body.get("status", self.body.get("state"))
        return found if isinstance(found, str) else ""


def snake(name: str) -> str:
    """A name as most JSON writes it: CallSid is call_sid, petId is pet_id."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).replace("-", "_").lower()


def identity(parameter: str, row: Mapping[str, Any], *, own: bool) -> str | None:
    """The value of a path parameter in a representation; `own`: the parameter names this very thing."""
    wire = snake(parameter)
    names = [parameter, wire]
    if own:
        last = wire.rpartition("_")[2]
        names += [last, "sid", "id", "uuid", "guid", "key", "name"]
    else:
        # `/pets/{petId}/toys`: a toy may hold its pet as petId, pet_id or pet.
        names += [wire.rpartition("_")[0]]
    folded = {snake(name): value for name, value in row.items()}
    for name in names:
        value = row.get(name, folded.get(name))
        if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
            return str(value)
    return None


class Known:
    """The items that exist, by resource. Safe to use from several threads."""

    def __init__(self, contract: Contract, given: Mapping[str, str]) -> None:
        self.contract = contract
        self.given = dict(given)
        self.resources = things_of(contract)
        self._by_item = {one.item: one for one in self.resources.values() if one.item}
        self._by_collection = {
            one.collection: one for one in self.resources.values() if one.collection
        }
        self._items: dict[str, dict[tuple[str, ...], Item]] = {name: {} for name in self.resources}
        self._lock = threading.Lock()
        self.fortune: dict[tuple[str, str], list[int]] = {}
        """By operation and state of what it was used on: how often it was accepted, and refused."""

    # -- what is asked

    def items(self, resource: Thing, *, gone: bool = False) -> list[Item]:
        """The items of a resource in the order in which they were seen."""
        with self._lock:
            return [one for one in self._items[resource.name].values() if one.gone == gone]

    def at(self, operation: Operation, path: Mapping[str, str]) -> Item | None:
        """The item that an operation on an item's own path was about."""
        resource = self._by_item.get(operation.template)
        if resource is None:
            return None
        with self._lock:
            return self._items[resource.name].get(tuple(path.values()))

    def twins(self, item: Item) -> Iterator[Item]:
        """Other things that have the identifier of an item: the call of a participant."""
        own = self.resources[item.resource]
        for other in self.resources.values():
            if other is own or other.kind is None or other.kind is not own.kind:
                continue
            names = parameters(other.item or "")
            if other.fetch is None or not names or names[-1] != own.parameter:
                continue
            if set(names) <= item.values.keys():
                values = {name: item.values[name] for name in names}
                with self._lock:
                    known = self._items[other.name].get(tuple(values.values()))
                yield known or Item(other.name, values)

    def parents(self, resource: Thing) -> list[dict[str, str]]:
        """Path values for the collection of a resource: one set for each parent that exists, the newest last."""
        names = resource.above
        if set(names) <= self.given.keys():
            return [{name: self.given[name] for name in names}]
        path = resource.collection or (resource.item or "").rpartition("/")[0]
        found = [values for values, _ in self._covering(path)]
        return [{**{name: one[name] for name in names}, **self._fixed(names)} for one in found]

    def candidates(self, operation: Operation) -> list[tuple[dict[str, str], Item | None]]:
        """Path values for an operation, the newest first, each with the thing that they lead to."""
        names = parameters(operation.template)
        if set(names) <= self.given.keys():
            return [({name: self.given[name] for name in names}, None)]
        resource = self._by_item.get(operation.template)
        if resource is not None:
            found = [(one.values, one) for one in self.items(resource)]
        else:
            found = self._covering(operation.template)
        chosen: dict[tuple[str, ...], tuple[dict[str, str], Item | None]] = {}
        for known, one in reversed(found[-_CANDIDATES:]):
            values = {**{name: known[name] for name in names}, **self._fixed(names)}
            chosen.setdefault(tuple(values.values()), (values, one))
        return list(chosen.values())

    def ranked(self, operation: Operation) -> list[dict[str, str]]:
        """The same, what promises most first: a state in which it was accepted before, then one not tried yet."""
        label = self.contract.label(operation)

        def promise(item: Item | None) -> float:
            good, bad = self.fortune.get((label, item.state if item is not None else ""), (0, 0))
            return (good + 0.6) / (good + bad + 1)

        found = self.candidates(operation)
        return [values for values, item in sorted(found, key=lambda pair: -promise(pair[1]))]

    def path(self, operation: Operation, rng: random.Random) -> dict[str, str] | None:
        """Path values of something that exists for an operation, or None: mostly of the first of what promises most."""
        found = self.ranked(operation)
        return found[min(int(rng.expovariate(0.7)), len(found) - 1)] if found else None

    def _fixed(self, names: Iterable[str]) -> dict[str, str]:
        return {name: self.given[name] for name in names if name in self.given}

    def _covering(self, path: str) -> list[tuple[dict[str, str], Item]]:
        """Items that tell all the parameters of a path, with their values by its names.

        Those whose own path is a beginning of it come first, whatever they call themselves there (`/rooms/{id}` before
        `/rooms/{roomId}/guests`), then those whose path has parameters of the same names, the shortest such path first.
        """
        wanted = set(parameters(path))
        shortest = sorted(self._by_item.items(), key=lambda pair: len(pair[0]))
        beginnings = [(_beginning(path, template), one) for template, one in shortest if wanted]
        named = [(None, one) for template, one in shortest if wanted <= set(parameters(template))]
        leading = [(names, one) for names, one in beginnings if names and wanted <= set(names)]
        for names, resource in (*leading, *named):
            if found := [(_called(names, one), one) for one in self.items(resource)]:
                return found
        return []

    def fill(self, label: str, given: Mapping[str, Any], rng: random.Random) -> Mapping[str, Any]:
        """Path values with what exists in the place of those that fit; see engine.Hands."""
        operation = self.contract.operation(label)
        fitting = {
            one.name
            for one in operation.parameters
            if one.location == "path"
            and one.name in given
            and (
                one.schema is None
                or not self.contract.violations(one.schema, given[one.name], reply=False)
            )
        }
        # With another account in its path a request says nothing but that it is another account's.
        fixed = {name: self.given[name] for name in given if name in self.given}
        if rng.random() < 0.12:
            return {**given, **fixed}
        known = self.path(operation, rng) or {}
        return {**given, **{name: known[name] for name in fitting if name in known}, **fixed}

    # -- what is learned

    def take(self, exchange: Exchange) -> None:
        """Learn from an exchange."""
        if exchange.reply is None or exchange.operation is None:
            return
        self._count(exchange, exchange.reply.status)
        status, method = exchange.reply.status, exchange.request.method
        if status not in (404, 410) and not 200 <= status < 300:
            return
        match = self.contract.match(method, exchange.request.target)
        if match is None:
            return
        template = match.operation.template
        resource = self._by_item.get(template)
        if resource is not None and (status in (404, 410) or method == "DELETE"):
            self._forget(resource, match.values)
            return
        if status in (404, 410):
            return
        body = _json(exchange)
        if resource is not None and isinstance(body, dict):
            self._keep(resource, match.values, body, exchange)
            return
        resource = self._by_collection.get(template)
        if resource is not None:
            for row in _rows(resource, method, body):
                self._keep(resource, match.values, row, exchange)

    def _count(self, exchange: Exchange, status: int) -> None:
        """What came of using an operation on something in its state; a refusal of a faulty request says nothing."""
        good = 200 <= status < 300
        telling = status in (404, 409) or (status == 400 and exchange.intent is Intent.VALID)
        match = self.contract.match(exchange.request.method, exchange.request.target)
        if match is None or exchange.intent is Intent.INVALID or not (good or telling):
            return
        key = tuple(match.values.values())
        resource = self._by_item.get(match.operation.template)
        if resource is None:
            above = self._by_collection.get(match.operation.template)
            resource = self.resources.get(above.parent or "") if above is not None else None
        with self._lock:
            item = self._items[resource.name].get(key) if resource is not None else None
            state = item.state if item is not None else ""
            label = self.contract.label(match.operation)
            self.fortune.setdefault((label, state), [0, 0])[0 if good else 1] += 1

    def _forget(self, resource: Thing, values: Mapping[str, str]) -> None:
        key = tuple(values[name] for name in parameters(resource.item or "") if name in values)
        with self._lock:
            item = self._items[resource.name].get(key)
            if item is not None:
                item.gone = True

    def _keep(
        self,
        resource: Thing,
        path: Mapping[str, str],
        row: Mapping[str, Any],
        exchange: Exchange,
    ) -> None:
        names = parameters(resource.item or "")
        if not names:
            return
        values: dict[str, str] = {}
        for name in names:
            own = name == names[-1]
            # What the answer says counts: a path may take a name in the place of an identifier.
            value = None if name in self.given else self._identity(resource, name, row, own=own)
            value = value if value is not None else path.get(name)
            if value is None:
                return
            values[name] = value
        key = tuple(values.values())
        with self._lock:
            kept = self._items[resource.name]
            item = kept.get(key)
            if item is None:
                created = exchange.request.method in ("POST", "PUT")
                kept[key] = Item(resource.name, values, dict(row), exchange.number, created=created)
                if len(kept) > _REMEMBERED:
                    del kept[next(iter(kept))]
            else:
                item.body = dict(row)

    def _identity(
        self, resource: Thing, name: str, row: Mapping[str, Any], *, own: bool
    ) -> str | None:
        if own and resource.identifier is not None:
            value: Any = row
            for step in resource.identifier.split("/")[1:]:
                value = value.get(step) if isinstance(value, dict) else None
            if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
                return str(value)
        return identity(name, row, own=own)


def parameters(template: str) -> tuple[str, ...]:
    """The names of a template's parameters, in order."""
    return tuple(re.findall(r"\{([^{}]+)\}", template))


def _beginning(path: str, item: str) -> tuple[str, ...] | None:
    """What a path calls the parameters of an item that it lies below, in order; None where it does not."""
    stem = item[: item.rfind("}") + 1]  # without a suffix such as .json
    length = stem.count("/") + 1
    parts = path.split("/")[:length]
    if [_NAME.sub("{}", one) for one in parts] != [_NAME.sub("{}", one) for one in stem.split("/")]:
        return None
    return parameters("/".join(parts))


def _called(names: tuple[str, ...] | None, item: Item) -> dict[str, str]:
    """The values of an item by other names for them, in the same order."""
    return item.values if names is None else dict(zip(names, item.values.values(), strict=False))


def _json(exchange: Exchange) -> Any:
    if exchange.reply is None or exchange.reply.body[:1].strip() not in (b"{", b"["):
        return None
    try:
        return json.loads(exchange.reply.body)
    except ValueError:
        return None


def _rows(resource: Thing, method: str, body: Any) -> Iterator[Mapping[str, Any]]:
    """The items in the answer of a collection: its rows, or what was created."""
    if method != "GET":
        if isinstance(body, dict):
            yield body
        return
    rows = body
    for step in (resource.rows or "").split("/")[1:]:
        rows = (
            rows.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(rows, dict) else None
        )
    if isinstance(rows, list):
        yield from (one for one in rows if isinstance(one, dict))
