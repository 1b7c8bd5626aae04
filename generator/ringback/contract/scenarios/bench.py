"""What scenarios work with: the gateway, what exists, what was accepted before, and a limit of time.

A scenario drives; it seldom judges. Every answer is judged by itself and in the light of all the others (judges, ledger) when
it passes the gateway, whoever asked for it. A scenario sees to it that what could be wrong is asked for.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ringback.contract.credentials import Proof
from ringback.contract.gateway import Gateway, Stopped
from ringback.contract.options import Options
from ringback.contract.outcome import Finding
from ringback.contract.receiver import Receiver
from ringback.contract.scenarios.asking import Ask
from ringback.contract.scenarios.known import Item, Known, Thing, parameters
from ringback.contract.traffic import Exchange, Intent, Phase, Request
from ringback.contract.values import Draft, Maker
from ringback.openapi import Operation, Schema
from ringback.wire import Contract, Drawer, Undrawable, forms

_ATTEMPTS: Final = 4

Scenario = Callable[["Bench"], Iterator[Finding]]


class TimeIsUp(Exception):
    """The share of time of a scenario is spent; the next one goes on."""


@dataclass(slots=True)
class Bench:
    """Everything a scenario may use. One for each seed; shared by its workers."""

    contract: Contract
    gateway: Gateway
    maker: Maker
    known: Known
    options: Options
    seed: int
    receiver: Receiver | None = None
    watch: Callable[[int, str, str], None] = lambda exchange, slot, url: None
    until: float = float("inf")  # time.monotonic
    within: frozenset[str] | None = None  # labels of operations, for as long as others wait
    proven: dict[str, list[Ask]] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    last_refused: dict[str, tuple[int, ...]] = field(default_factory=dict)
    tried: dict[str, int] = field(default_factory=dict)
    names: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    # -- drawing

    def rng(self, *about: object) -> random.Random:
        """A generator that depends on the seed and on what it is for, not on who came first."""
        return random.Random(repr((self.seed, *about)))

    # -- sending

    def send(
        self,
        ask: Ask,
        note: str,
        *,
        intent: Intent = Intent.VALID,
        parent: Exchange | None = None,
        auth: bool = True,
    ) -> Exchange | None:
        """Send a request; None where its path is not complete, or it must not be sent. Raises Stopped and TimeIsUp."""
        self.check()
        try:
            request = ask.request(self.contract)
        except KeyError:
            return None
        label = self.contract.label(ask.operation)
        try:
            exchange = self.gateway.send(
                request,
                operation=label,
                phase=Phase.SCENARIO,
                intent=intent,
                note=note,
                parent=parent.number if parent is not None else None,
                auth=auth,
            )
        except Stopped as stopped:
            if stopped.final:
                raise
            return None
        with self.lock:
            self.tried[label] = self.tried.get(label, 0) + 1
            if intent is Intent.VALID:
                if accepted(exchange):
                    self._prove(label, ask)
                else:
                    self.refused[label] = self.refused.get(label, 0) + 1
                    self.last_refused[label] = (exchange.number,)
        return exchange

    def forward(self, draft: Draft, label: str, note: str, *, intent: Intent) -> Exchange | None:
        """Send a draft as it is."""
        self.check()
        try:
            request = draft.request(self.contract)
        except KeyError:
            return None
        with self.lock:
            self.tried[label] = self.tried.get(label, 0) + 1
        return self.anything(request, note, intent=intent, label=label)

    def raw(self, ask: Ask, note: str, proof: Proof) -> Exchange | None:
        """Send a request with this in the place of our credentials."""
        return self.anything(
            proof.on(ask.request(self.contract)),
            note,
            intent=Intent.UNKNOWN,
            auth=False,
            label=self.contract.label(ask.operation),
        )

    def anything(
        self,
        request: Request,
        note: str,
        *,
        intent: Intent,
        phase: Phase = Phase.SCENARIO,
        auth: bool = True,
        label: str | None = None,
    ) -> Exchange | None:
        """Send what may be no request of the document at all."""
        self.check()
        try:
            return self.gateway.send(
                request, operation=label, phase=phase, intent=intent, note=note, auth=auth
            )
        except Stopped as stopped:
            if stopped.final:
                raise
            return None

    def check(self) -> None:
        """Raises TimeIsUp where the share of this scenario is spent."""
        if time.monotonic() > self.until:
            raise TimeIsUp

    def _prove(self, label: str, ask: Ask) -> None:
        kept = self.proven.setdefault(label, [])
        if all(one.body != ask.body or one.query != ask.query for one in kept) and len(kept) < 12:
            kept.append(ask)

    # -- finding requests

    def wanted(self, operation: Operation | None) -> bool:
        """Whether there is such an operation, and it is to be tested."""
        if operation is None:
            return False
        label = self.contract.label(operation)
        return all(some is None or label in some for some in (self.options.only, self.within))

    def allowed(self, operation: Operation) -> bool:
        """Whether it may be used at all, be it only to bring about what another one is tested by."""
        return self.options.only is None or self.contract.label(operation) in self.options.only

    def hints(self, path: Mapping[str, str]) -> dict[str, str]:
        """What drafts may use: identifiers that exist, by kind, and the values of a path, by name."""
        found: dict[str, str] = {}
        for resource in self.known.resources.values():
            items = self.known.items(resource)
            if items and resource.kind is not None:
                found.setdefault(resource.kind.name, list(items[-1].values.values())[-1])
        return {**found, **self.known.given, **path}

    def drafts(self, operation: Operation, path: Mapping[str, str]) -> Iterator[Ask]:
        """Requests that should be accepted: what the document shows first, then little, then much."""
        hints = self.hints(path)
        seen: list[Any] = []
        made = (
            *self.maker.example_parts(operation, hints),
            self.maker.parts(operation, hints),
            self.maker.parts(operation, hints, full=True),
        )
        for parts in made:
            ask = Ask.of(parts).at(path)
            if (ask.query, ask.body) not in seen:
                seen.append((ask.query, ask.body))
                yield ask

    def paths(self, operation: Operation) -> list[dict[str, str]]:
        """Path values for an operation, what promises most first: a state in which it was accepted, then one not tried."""
        found = self.known.ranked(operation)
        place = self.new_place(operation)
        return [*found, place] if place is not None else found

    def new_place(self, operation: Operation) -> dict[str, str] | None:
        """Path values by a name that stands for nothing yet, where the path takes one."""
        if not self._free(operation):
            return None
        parts = self.maker.parts(operation, self.known.given, examples=True)
        return {name: str(value) for name, value in parts.path.items()}

    def own_place(self, operation: Operation) -> dict[str, str] | None:
        """The same by a name that nobody else is given."""
        place = self.new_place(operation)
        if place is None:
            return None
        with self.lock:
            self.names += 1
            end = f"-{self.seed}-{self.names}"
        return {
            name: value if name in self.known.given else value + end
            for name, value in place.items()
        }

    def anywhere(self, operation: Operation) -> Ask | None:
        """A request to an operation, whether or not what it is about exists: enough where it is refused before that."""
        ask = self.base(operation)
        if ask is not None:
            return ask
        made = Ask.of(self.maker.parts(operation, self.known.given))
        return made.at({name: str(value) for name, value in made.path.items()})

    def ground(self, operation: Operation) -> dict[str, str] | None:
        """Path values for which a request is accepted now, as far as a few attempts show; else those that promise most.

        What is deleted is not tried.
        """
        found = self.paths(operation)
        for path in found[:_ATTEMPTS] if operation.method != "DELETE" else ():
            ask = self.base(operation, path)
            if ask is not None and accepted(self.send(ask, "is it accepted without a fault")):
                return path
        return found[0] if found else None

    def _free(self, operation: Operation) -> bool:
        """Whether the path takes a name that nobody has given to anything yet."""
        names = set(parameters(operation.template)) - self.known.given.keys()
        free = {
            one.name
            for one in operation.parameters
            if one.location == "path" and one.schema is not None and one.schema.pattern is None
            and one.schema.types == ("string",) and one.schema.format is None
        }  # fmt: skip
        return bool(names) and names <= free and operation.method in ("POST", "PUT")

    def path(self, operation: Operation) -> dict[str, str] | None:
        """The path values that promise most; now and then others, so that more is tried."""
        found = self.paths(operation)
        label = self.contract.label(operation)
        rng = self.rng("path", label, self.tried.get(label, 0))
        if not found:
            return None
        return rng.choice(found) if rng.random() < 0.1 else found[0]

    def base(self, operation: Operation, path: Mapping[str, str] | None = None) -> Ask | None:
        """A request that was accepted before, for something that exists now; a fresh one where none was."""
        label = self.contract.label(operation)
        if path is None:
            path = self.path(operation)
        if path is None:
            return None
        proven = self.proven.get(label)
        if proven:
            return min(proven, key=lambda one: len(str(one.body)) + len(str(one.query))).at(path)
        return Ask.of(self.maker.parts(operation, self.hints(path))).at(path)

    def value(self, schema: Schema, name: str, *about: object) -> Any:
        """A value that a schema allows; None where none can be drawn."""
        drawer = Drawer(
            self.rng("value", name, *about),
            lambda one, value: self.contract.is_valid(one, value, reply=False),
            dict(self.contract.formats),
        )
        try:
            return drawer.value(schema, name)
        except Undrawable:
            return None

    # -- common steps

    def create(self, resource: Thing, parent: Mapping[str, str], note: str) -> Exchange | None:
        """Create an item: as it was accepted before, or by one draft after another."""
        operation = resource.create
        if operation is None or not self.wanted(operation):
            return None
        label = self.contract.label(operation)
        if operation.template == resource.item:  # PUT: who creates says what it is called
            parent = {**parent, resource.parameter or "": self._new_name(resource)}
        asks = [one.at(parent) for one in self.proven.get(label, ())[:2]]
        for ask in asks or list(self.drafts(operation, parent)):
            exchange = self.send(ask, note)
            if exchange is not None and not accepted(exchange) and (other := self.renamed(ask)):
                exchange = self.send(other, note)
            if exchange is not None and accepted(exchange):
                return exchange
        return None

    def _new_name(self, resource: Thing) -> str:
        with self.lock:
            self.names += 1
        rng = self.rng("name", resource.name, self.names)
        if resource.kind is not None:
            return self.contract.kinds.draw(resource.kind, rng)
        return f"new-{self.seed}-{self.names}"

    def places(self, resource: Thing) -> list[dict[str, str]]:
        """Where items of a resource can be made or are, as path values of their collection; what promises most first."""
        operation = resource.create
        if operation is None or operation.template == resource.item:
            return list(reversed(self.known.parents(resource)))
        return self.paths(operation)

    def renamed(self, ask: Ask) -> Ask | None:
        """The same with other texts where any text will do: names must often be new. None where there are none."""
        media = ask.media
        if not isinstance(ask.body, dict) or media is None or media.schema is None:
            return None
        with self.lock:
            self.names += 1
        changed: dict[str, Any] = {}
        for name, schema in forms.properties_of(media.schema):
            value = ask.body.get(name)
            free = schema.types == ("string",) and not (
                schema.enum or schema.pattern or schema.format
            )
            if free and isinstance(value, str) and re.fullmatch(r"[A-Za-z][\w .-]*", value):
                end = f" {self.seed}{self.names}"
                changed[name] = value[: (schema.max_length or 10**6) - len(end)] + end
        return ask.saying(changed) if changed else None

    def fetch(self, item: Item, note: str, parent: Exchange | None = None) -> Exchange | None:
        """Fetch an item, where it can be."""
        operation = self.known.resources[item.resource].fetch
        if operation is None or not self.wanted(operation):
            return None
        return self.send(Ask(operation, item.values), note, parent=parent)

    def listing(
        self, resource: Thing, path: Mapping[str, str], note: str, **query: Any
    ) -> Exchange | None:
        """List the items below a parent."""
        operation = resource.list
        if operation is None or not self.wanted(operation):
            return None
        return self.send(Ask(operation, path, query), note)

    def made(self, exchange: Exchange) -> Item | None:
        """The item that an exchange created."""
        for resource in self.known.resources.values():
            for gone in (False, True):
                for item in reversed(self.known.items(resource, gone=gone)):
                    if item.exchange == exchange.number:
                        return item
        return None

    def ready(self) -> list[Thing]:
        """All resources, parents before what is below them."""
        return sorted(self.known.resources.values(), key=lambda one: len(one.above))


def accepted(exchange: Exchange | None) -> bool:
    """Whether an answer of success came."""
    return exchange is not None and exchange.reply is not None and exchange.reply.status // 100 == 2


def status(exchange: Exchange | None) -> int:
    """The status of an answer; 0 where none came."""
    return exchange.reply.status if exchange is not None and exchange.reply is not None else 0


__all__ = ["Bench", "Scenario", "Stopped", "TimeIsUp", "accepted", "status"]
