"""What the document forbids is refused, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ringback.contract.outcome import Finding
from ringback.contract.scenarios import creating
from ringback.contract.scenarios.bench import Bench
from ringback.contract.scenarios.known import Thing
from ringback.contract.traffic import Intent
from ringback.openapi import Operation

_LOOKS: Final = 12
"""So many refusals of one creation are looked at one by one."""


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
        _break(bench, operation, path, resource)
    yield from ()


def _break(
    bench: Bench, operation: Operation, path: Mapping[str, str], resource: Thing | None
) -> None:
    label = bench.contract.label(operation)
    hints = bench.hints(path)
    fixed = {f"path.{name}" for name in bench.known.given}
    above = {name: path[name] for name in resource.above} if resource is not None else {}
    if resource is not None:
        creating.listed(bench, resource, above, None)
    for count, draft in enumerate(
        bench.maker.invalid(operation, hints, bench.rng("invalid", label))
    ):
        if draft.where in fixed:  # whose path it is says more than what is wrong with it
            continue
        bench.forward(draft.draft, label, draft.why, intent=Intent.INVALID)
        # What a refusal leaves is seen best at once, while nothing else has happened.
        if resource is not None and bench.wanted(resource.list) and count < _LOOKS:
            bench.listing(resource, above, f"list {resource.name} after a refusal")
    if resource is not None:
        creating.listed(bench, resource, above, None)
