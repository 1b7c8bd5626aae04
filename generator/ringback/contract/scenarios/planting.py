"""Make what can be made, and look at what comes to be by itself.

Some resources nobody creates: a conference is there once somebody has joined, a queue has members once calls wait in it. So
all that creates is tried, with each of the document's examples, then all lists are read; what they show makes more possible
(a recording of a call that was made a moment ago). Rounds go on while they reach something new.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from ringback.contract.outcome import Finding
from ringback.contract.scenarios.bench import Bench, accepted
from ringback.contract.scenarios.known import Thing, parameters
from ringback.openapi import Operation

_ROUNDS = 6
_PARENTS = 3


def run(bench: Bench) -> Iterator[Finding]:
    """Create with every draft, list everything, until nothing new is reached."""
    reached = -1
    for round_ in range(_ROUNDS):
        waiting = [one for one in bench.ready() if not bench.known.items(one)]
        for resource in bench.ready():
            # What comes by itself may need several of what makes it come: two in a room.
            _plant(bench, resource, again=bool(waiting) and round_ in (0, 2, 4))
        for resource in bench.ready():
            harvest(bench, resource)
        now = sum(bool(bench.known.items(one)) for one in bench.known.resources.values()) + len(
            bench.proven
        )
        waiting = [one for one in bench.ready() if not bench.known.items(one)]
        if not waiting and now == reached:
            break
        reached = now
        time.sleep(min(0.05 * 2**round_, bench.options.patience / 4) if round_ else 0.02)
    yield from ()


def _plant(bench: Bench, resource: Thing, *, again: bool) -> None:
    operation = resource.create
    if operation is None or not bench.wanted(operation):
        return
    label = bench.contract.label(operation)
    if not again and label in bench.proven and bench.known.items(resource):
        return
    parents = bench.places(resource)[:_PARENTS]
    for index, parent in enumerate(parents):
        for ask in bench.drafts(operation, parent):
            exchange = bench.send(ask, f"create {resource.name}")
            if index and accepted(exchange):
                break  # every example once, for the newest parent
        if not parameters(resource.collection or ""):
            break
    if again:
        _plant_apart(bench, resource, operation)


def _plant_apart(bench: Bench, resource: Thing, operation: Operation) -> None:
    """Where a path takes a name that its first use makes: each draft at a name of its own, twice.

    What is made so is often as the first who came wanted it, and often does not begin before the second.
    """
    path = bench.new_place(operation)
    if path is None:
        return
    for count, ask in enumerate(bench.drafts(operation, path)):
        free = {
            name: f"{value}-{bench.seed}-{count}"
            for name, value in path.items()
            if name not in bench.known.given
        }
        for _ in range(2):
            if not accepted(bench.send(ask.at(free), f"create {resource.name} at a new place")):
                break


def harvest(bench: Bench, resource: Thing) -> None:
    """List the items below each parent that is known."""
    operation = resource.list
    if operation is None or not bench.wanted(operation):
        return
    for parent in bench.known.parents(resource)[-8:]:
        bench.listing(resource, parent, f"list {resource.name}")


def refresh(bench: Bench, operation: Operation) -> None:
    """List what an operation can be used on, so that the states that are known are those of now."""
    names = set(parameters(operation.template))
    for resource in bench.ready():
        if resource.item is not None and set(parameters(resource.item)) <= names:
            harvest(bench, resource)
