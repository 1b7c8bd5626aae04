"""A walk without a plan: one operation after the other, with values by chance, on whatever exists by now.

Generated requests think long about each value; these do not, so many more of them fit into a second. What was accepted is looked
at again, so that a fault that only some values bring out is seen by what they left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ringback.contract.outcome import Finding
from ringback.contract.scenarios.asking import Ask
from ringback.contract.scenarios.bench import Bench, accepted
from ringback.contract.traffic import Intent
from ringback.openapi import Operation

_STEPS: Final = 700
_RARE: Final = {"DELETE": 0.15, "POST": 0.6, "PUT": 0.6, "PATCH": 0.6}


def run(bench: Bench) -> Iterator[Finding]:
    """Take some hundred steps."""
    operations = [one for one in bench.contract.operations if bench.wanted(one)]
    for step in range(_STEPS if operations else 0):
        rng = bench.rng("roaming", step)
        operation = rng.choice(operations)
        if rng.random() < _RARE.get(operation.method, 1.0):
            _step(bench, operation, step)
    yield from ()


def _step(bench: Bench, operation: Operation, step: int) -> None:
    rng = bench.rng("roaming", step, operation.template)
    path = bench.known.path(operation, rng)
    if path is None:
        return
    parts = bench.maker.parts(operation, bench.hints(path), rng=rng)
    # By chance values come together that exclude each other: a refusal says nothing.
    exchange = bench.send(Ask.of(parts).at(path), "by chance", intent=Intent.UNKNOWN)
    if exchange is None or not accepted(exchange) or operation.method == "GET":
        return
    item = bench.made(exchange) or bench.known.at(operation, path)
    if item is not None:
        bench.fetch(item, "what came of it", exchange)
