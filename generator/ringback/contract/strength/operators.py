"""The operators, by name, and which of their mutants are taken: some of each, spread over operations and kinds, by seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Final

from ringback.contract.strength import callbacks, lists, requests, shapes, states, statuses
from ringback.contract.strength.mutant import Mutant
from ringback.wire import Contract

Operator = Callable[[Contract], Iterator[Mutant]]

OPERATORS: Final[dict[str, Operator]] = {
    "drop-field": shapes.dropped,
    "retype": shapes.retyped,
    "null": shapes.nulled,
    "enum-outsider": shapes.outsiders,
    "wrong-kind": shapes.other_kinds,
    "truncated": shapes.truncated,
    "wrong-status": statuses.wrong,
    "undocumented-status": statuses.undocumented,
    "accept-invalid": requests.lenient,
    "refuse-valid": requests.strict,
    "ignore-repeated-key": requests.single,
    "forget": states.forgotten,
    "use-after-delete": states.undeleted,
    "wrong-parent": states.misplaced,
    "stale-read": states.stale,
    "duplicate-identifier": states.twins,
    "no-filter": lists.unfiltered,
    "no-page": lists.unpaged,
    "wrong-order": lists.unordered,
    "no-auth": requests.open_to_all,
    "callback-missing": callbacks.missing,
    "callback-doubled": callbacks.doubled,
    "callback-out-of-order": callbacks.disordered,
    "callback-unsigned": callbacks.unsigned,
}
"""Each gives every mutant that a document has for it."""


def mutants(
    contract: Contract, operators: Iterable[str] = OPERATORS
) -> dict[str, tuple[Mutant, ...]]:
    """Every mutant of a document, by operator; empty where an operator does not apply."""
    return {name: tuple(OPERATORS[name](contract)) for name in operators}


def choose(found: Iterable[Mutant], count: int, seed: int) -> list[Mutant]:
    """`count` mutants that the document forbids and one that it does not, each from where there are fewest so far.

    The same seed chooses the same; another one chooses others, as far as there are others.
    """
    every = list(found)
    forbidden = [one for one in every if not one.silent]
    allowed = [one for one in every if one.silent]
    return [*_spread(forbidden, count, seed), *_spread(allowed, 1, seed)]


def order(found: Iterable[Mutant], seed: int) -> list[Mutant]:
    """All of them in the order in which `choose` takes them: who needs others than the first goes on."""
    every = list(found)
    return _spread(every, len(every), seed)


def _spread(found: list[Mutant], count: int, seed: int) -> list[Mutant]:
    rng = Random(f"{seed} {found[0].operator}" if found else "")
    left = sorted(found, key=lambda one: one.name)
    rng.shuffle(left)
    chosen: list[Mutant] = []
    operations: Counter[str] = Counter()
    variants: Counter[str] = Counter()
    while left and len(chosen) < count:
        best = min(left, key=lambda one: (operations[one.operation] + variants[one.variant]))
        left.remove(best)
        chosen.append(best)
        operations[best.operation] += 1
        variants[best.variant] += 1
    return chosen
