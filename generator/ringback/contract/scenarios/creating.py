"""What was created can be read, is listed below its parent, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ringback.contract.outcome import Finding
from ringback.contract.scenarios import walking
from ringback.contract.scenarios.asking import Ask
from ringback.contract.scenarios.bench import Bench, accepted
from ringback.contract.scenarios.known import Item, Thing
from ringback.contract.traffic import Exchange, Intent

_TIMES = 3
_STRANGERS = 2


def run(bench: Bench) -> Iterator[Finding]:
    """Create a few of everything, and look for each wherever it should be and should not be."""
    for resource in bench.ready():
        if bench.wanted(resource.create):
            for parent in bench.places(resource)[:2]:
                for _ in range(_TIMES):
                    _create(bench, resource, parent)
        for item in bench.known.items(resource)[-4:]:
            bench.fetch(item, f"fetch {resource.name}")
            _elsewhere(bench, resource, item)
    yield from ()


def _create(bench: Bench, resource: Thing, parent: Mapping[str, str]) -> None:
    # What was never accepted may have been carried out all the same: then it stands on the list afterwards.
    assert resource.create is not None
    doubted = bench.contract.label(resource.create) not in bench.proven
    if doubted and bench.wanted(resource.list):
        bench.listing(resource, parent, f"list {resource.name} before")
    exchange = bench.create(resource, parent, f"create {resource.name}")
    if exchange is None or not accepted(exchange):
        if doubted and bench.wanted(resource.list):
            bench.listing(resource, parent, f"list {resource.name} after a refusal")
        return
    item = bench.made(exchange)
    if item is None:
        return
    bench.fetch(item, f"fetch {resource.name} that was created", exchange)
    above = {name: item.values[name] for name in resource.above}
    listed(bench, resource, above, exchange)


def listed(
    bench: Bench, resource: Thing, above: Mapping[str, str], exchange: Exchange | None
) -> None:
    """Walk the list of a parent, so that whether something stands in it can be told."""
    if bench.wanted(resource.list):
        walking.walk(bench, resource, above, f"list {resource.name}", size=None, pages=40)


def _elsewhere(bench: Bench, resource: Thing, item: Item) -> None:
    """Ask for an item below another parent of the same resource, where it is not."""
    if not bench.wanted(resource.fetch):
        return
    above = resource.above
    own = {name: item.values[name] for name in above}
    others = [one for one in bench.known.parents(resource) if one != own][-_STRANGERS:]
    for other in others:
        values = {**item.values, **other}
        bench.send(
            Ask(resource.fetch, values),  # type: ignore[arg-type]
            f"fetch {resource.name} below another parent",
            intent=Intent.UNKNOWN,
        )
        if bench.wanted(resource.list):
            bench.listing(resource, other, f"list {resource.name} of another parent")
