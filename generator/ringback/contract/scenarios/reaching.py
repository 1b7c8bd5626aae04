"""Operations that were not accepted yet: used on everything there is, in every state that it is in."""

from __future__ import annotations

import time
from collections.abc import Iterator

from ringback.contract.outcome import Finding
from ringback.contract.scenarios.bench import Bench, accepted
from ringback.contract.scenarios.planting import harvest
from ringback.openapi import Operation

_PLACES = 5
_ROUNDS = 2


def run(bench: Bench) -> Iterator[Finding]:
    """Try each of them on the most different things; then once more, when time has passed and more is there."""
    for round_ in range(_ROUNDS):
        missing = [one for one in bench.contract.operations if _missing(bench, one)]
        # What reads first, then what is deepest: a change above may end all that is below.
        missing.sort(key=lambda one: (one.method != "GET", -one.template.count("/")))
        if not missing:
            return
        if round_:
            time.sleep(min(0.3, bench.options.patience / 4))
        for resource in bench.ready():
            harvest(bench, resource)
        for operation in missing:
            _reach(bench, operation)
    yield from ()


def _missing(bench: Bench, operation: Operation) -> bool:
    # What deletes has its turn later: it would take away what others are tried on.
    return (
        operation.method != "DELETE"
        and bench.wanted(operation)
        and bench.contract.label(operation) not in bench.proven
    )


def _reach(bench: Bench, operation: Operation) -> None:
    for path in bench.paths(operation)[:_PLACES]:
        for ask in bench.drafts(operation, path):
            if accepted(bench.send(ask, "not accepted so far")):
                return
