"""What was changed is read changed."""

from __future__ import annotations

from collections.abc import Iterator

from ringback.contract.outcome import Finding
from ringback.contract.scenarios import planting
from ringback.contract.scenarios.bench import Bench, accepted
from ringback.contract.scenarios.known import Item, Thing

_ITEMS = 3


def run(bench: Bench) -> Iterator[Finding]:
    """Update what is new and what was there, with every draft; what was accepted is read again, and listed."""
    for resource in bench.ready():
        operation = resource.update
        if operation is None or not bench.wanted(operation):
            continue
        planting.harvest(bench, resource)
        for ask in bench.drafts(operation, {}):
            for item in _items(bench, resource):
                bench.fetch(item, f"fetch {resource.name} before its update")
                exchange = bench.send(ask.at(item.values), f"update {resource.name}")
                if exchange is not None and not accepted(exchange):
                    bench.fetch(item, f"fetch {resource.name} after a refusal", exchange)
                if accepted(exchange):
                    bench.fetch(item, f"fetch {resource.name} after its update", exchange)
                    above = {name: item.values[name] for name in resource.above}
                    bench.listing(resource, above, f"list {resource.name} after an update")
                    break
    yield from ()


def _items(bench: Bench, resource: Thing) -> Iterator[Item]:
    """A new one where one can be made, then those that are there."""
    if resource.create is not None:
        for parent in bench.paths(resource.create)[:2]:
            exchange = bench.create(resource, parent, f"create {resource.name} to update it")
            item = bench.made(exchange) if exchange is not None else None
            if item is not None:
                yield item
                break
    assert resource.update is not None
    ranked = bench.paths(resource.update)[:_ITEMS]
    for item in bench.known.items(resource):
        if item.values in ranked:
            yield item
