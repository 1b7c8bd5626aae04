"""What the document forbids is refused, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ringback.contract.outcome import Finding
from ringback.contract.scenarios import creating
from ringback.contract.scenarios.bench import Bench
from ringback.contract.scenarios.known import Thing
from ringback.contract.traffic import Intent
from ringback.openapi import Operation


def run(bench: Bench) -> Iterator[Finding]:
    """Send every draft with one fault to every operation; around what would create, list what is there."""
    creators = {id(one.create): one for one in bench.ready() if one.create is not None}
    for operation in bench.contract.operations:
        if not bench.wanted(operation):
            continue
        path = bench.ground(operation)
        if path is None:
            continue
        resource = creators.get(id(operation))
        above = {n: v for n, v in path.items() if resource is not None and n in resource.above}
        _look(bench, resource, above)
        _break(bench, operation, path)
        _look(bench, resource, above)
    yield from ()


def _break(bench: Bench, operation: Operation, path: Mapping[str, str]) -> None:
    label = bench.contract.label(operation)
    hints = bench.hints(path)
    fixed = {f"path.{name}" for name in bench.known.given}
    for draft in bench.maker.invalid(operation, hints, bench.rng("invalid", label)):
        if draft.where in fixed:  # whose path it is says more than what is wrong with it
            continue
        bench.forward(draft.draft, label, draft.why, intent=Intent.INVALID)


def _look(bench: Bench, resource: Thing | None, above: Mapping[str, str]) -> None:
    if resource is not None:
        creating.listed(bench, resource, above, None)
