"""What was deleted is gone: by itself, in its list, with all below it, and cannot be changed or deleted again.

Some things can only be deleted once they rest (a call that has ended). Where a deletion is refused, the item is moved on by
the updates that the document knows, and watched until it rests; then the deletion is asked for again.
"""

from __future__ import annotations

from collections.abc import Iterator

from ringback.contract.outcome import Finding
from ringback.contract.scenarios import resting
from ringback.contract.scenarios.asking import Ask
from ringback.contract.scenarios.bench import Bench, accepted, status
from ringback.contract.scenarios.known import Item, Thing, parameters
from ringback.contract.traffic import Exchange, Intent


def run(bench: Bench) -> Iterator[Finding]:
    """Delete one of everything that can be deleted, what is deepest first, and look for it everywhere."""
    for resource in reversed(bench.ready()):
        if not bench.wanted(resource.delete):
            continue
        for item in _candidates(bench, resource):
            if _delete(bench, resource, item):
                break
    yield from ()


def _candidates(bench: Bench, resource: Thing) -> list[Item]:
    """A new one where one can be made, then those that are there, the oldest first."""
    made: list[Item] = []
    for parent in bench.places(resource)[:2]:
        exchange = bench.create(resource, parent, f"create {resource.name} to delete it")
        item = bench.made(exchange) if exchange is not None else None
        if item is not None:
            made.append(item)
            break
    return [*made, *bench.known.items(resource)[:3]]


def _delete(bench: Bench, resource: Thing, item: Item) -> bool:
    assert resource.delete is not None
    # Looked at before, so that what is below it is known.
    bench.fetch(item, f"fetch {resource.name} before its deletion")
    _below(bench, resource, item, Intent.VALID)
    exchange = bench.send(Ask(resource.delete, item.values), f"delete {resource.name}")
    if not accepted(exchange):
        bench.fetch(item, "is it still there")
    if status(exchange) in (400, 409, 422, 423):
        resting.settle(bench, [item])
        bench.fetch(item, f"fetch {resource.name} at rest")
        exchange = bench.send(Ask(resource.delete, item.values), f"delete {resource.name} at rest")
        if not accepted(exchange):
            bench.fetch(item, "is it still there")
    if exchange is None or not accepted(exchange):
        return False
    gone(bench, resource, item, exchange)
    return True


def gone(bench: Bench, resource: Thing, item: Item, exchange: Exchange) -> None:
    """Ask for what should be gone, in every way there is; the ledger knows what the answers may be."""
    for operation in (resource.fetch, resource.update, resource.delete):
        if operation is None or not bench.wanted(operation):
            continue
        ask = bench.base(operation, item.values)
        if ask is not None:
            bench.send(ask, "use after deletion", intent=Intent.UNKNOWN, parent=exchange)
    above = {name: item.values[name] for name in resource.above}
    bench.listing(resource, above, f"list {resource.name} after a deletion")
    _below(bench, resource, item, Intent.UNKNOWN)
    _aside(bench, item, exchange)


def _below(bench: Bench, resource: Thing, item: Item, intent: Intent) -> None:
    for other in bench.known.resources.values():
        names = other.above
        if other.parent == resource.name and other.list is not None and bench.wanted(other.list):
            path = {name: item.values[name] for name in names if name in item.values}
            bench.send(Ask(other.list, path), f"list {other.name} below it", intent=intent)


def _aside(bench: Bench, item: Item, exchange: Exchange) -> None:
    """Other operations that take the same path values: another representation, another way to it."""
    names = set(item.values)
    for operation in bench.contract.operations:
        wanted = set(parameters(operation.template))
        own = list(item.values)[-1]
        if operation.method == "GET" and own in wanted and wanted <= names:
            bench.send(
                Ask(operation, {name: item.values[name] for name in wanted}),
                "another way to what was deleted",
                intent=Intent.UNKNOWN,
                parent=exchange,
            )
