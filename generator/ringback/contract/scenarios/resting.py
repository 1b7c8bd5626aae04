"""Watch things move by themselves, so that every step of their life is seen."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ringback.contract.outcome import Finding
from ringback.contract.scenarios.asking import Ask
from ringback.contract.scenarios.bench import Bench, accepted
from ringback.contract.scenarios.known import Item, Thing
from ringback.contract.traffic import Exchange
from ringback.openapi import Schema

_STEP = 0.02
_LONGEST = 0.25
_CALM = 7
"""So often in a row the same state, each time after a longer wait, counts as rest."""


def run(bench: Bench) -> Iterator[Finding]:
    """Create one of everything that has a state, and poll it until it rests."""
    watched: list[Item] = []
    for resource in bench.ready():
        if states(bench, resource) is None:
            continue
        for parent in bench.places(resource)[:2]:
            exchange = bench.create(resource, parent, f"create {resource.name} to watch it")
            item = bench.made(exchange) if exchange is not None else None
            if item is not None:
                watched.append(item)
                break
        watched += [one for one in bench.known.items(resource)[-2:] if one not in watched]
    watch(bench, watched, bench.options.patience)
    yield from ()


def states(bench: Bench, resource: Thing) -> tuple[str, Schema] | None:
    """The property that says in which state an item is: an enum called status or state."""
    if resource.fetch is None:
        return None
    for response in resource.fetch.responses:
        if response.status.startswith("2"):
            for media in response.content:
                for name, schema in media.schema.properties if media.schema is not None else ():
                    if name in ("status", "state", "phase") and schema.enum:
                        return name, schema
    return None


def watch(bench: Bench, items: Iterable[Item], patience: float) -> None:
    """Fetch items, turn by turn, until each has kept its state for long or is where nothing follows."""
    until = min(time.monotonic() + patience, bench.until)
    alive = {id(one): _Watched(one) for one in items if _watchable(bench, one)}
    wait = _STEP
    while alive and time.monotonic() < until:
        moved = False
        for key, one in list(alive.items()):
            moved |= one.look(bench)
            if one.over:
                del alive[key]
        wait = _STEP if moved else min(wait * 1.6, _LONGEST)
        if alive:
            time.sleep(wait)


@dataclass(slots=True)
class _Watched:
    item: Item
    state: str | None = None
    calm: int = 0
    over: bool = False

    def look(self, bench: Bench) -> bool:
        """Fetch it; says whether its state is another one."""
        resource = bench.known.resources[self.item.resource]
        found = states(bench, resource)
        exchange = bench.fetch(self.item, f"watch {resource.name}")
        state = _read(exchange, found[0]) if found is not None else None
        moved = state != self.state
        self.calm = 0 if moved else self.calm + 1
        final = found is not None and state is not None and _final(bench, found[1], state)
        self.over = state is None or final or self.calm >= _CALM
        self.state = state
        return moved


def _watchable(bench: Bench, item: Item) -> bool:
    return states(bench, bench.known.resources[item.resource]) is not None


def _final(bench: Bench, schema: Schema, state: str) -> bool:
    """Whether the document says that nothing comes after a state."""
    steps = schema.extensions.get("x-ringback-lifecycle")
    return isinstance(steps, Mapping) and state in schema.enum and not steps.get(state)  # type: ignore[operator]


def settle(bench: Bench, items: Iterable[Item]) -> None:
    """Bring items to rest: by the last of the states that an update can ask for, then by waiting a little."""
    concerned = list(items)
    for item in concerned:
        resource = bench.known.resources[item.resource]
        found = states(bench, resource)
        operation = resource.update
        if found is None or operation is None or not bench.allowed(operation):
            continue
        if _final(bench, found[1], item.state):
            continue
        for value in reversed(_wishes(operation, found[0])):
            ask = Ask(operation, item.values).saying(value)
            if accepted(bench.send(ask, f"bring {resource.name} to rest")):
                break
    patience = bench.options.patience
    watch(bench, concerned, min(max(1.0, patience / 4), patience))


def _wishes(operation: Any, name: str) -> list[dict[str, Any]]:
    """The bodies that ask for a state."""
    for media in operation.body.content if operation.body is not None else ():
        for wire, schema in media.schema.properties if media.schema is not None else ():
            if wire.lower() == name and schema.enum:
                return [{wire: value} for value in schema.enum]
    return []


def _read(exchange: Exchange | None, name: str) -> str | None:
    if exchange is None or not accepted(exchange) or exchange.reply is None:
        return None
    try:
        value = json.loads(exchange.reply.body)
    except ValueError:
        return None
    state = value.get(name) if isinstance(value, dict) else None
    return state if isinstance(state, str) else None
