"""How much of the document a run saw, one figure per kind of thing: what the summary shows and thresholds ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from ringback.contract.outcome import Coverage, Seen


@dataclass(frozen=True, slots=True)
class Share:
    """`seen` of `of`, of the things called `name` ("operations", "statuses", …)."""

    name: str
    title: str
    seen: int
    of: int

    @property
    def percent(self) -> float:
        """0 to 100. Where the document has nothing of the kind, nothing is missing: 100."""
        return 100.0 * self.seen / self.of if self.of else 100.0

    @property
    def shown(self) -> str:
        """Whole percents, rounded down: 100 % is said only of all."""
        return f"{int(self.percent)} %"


def _operations(coverage: Coverage) -> tuple[int, int]:
    return sum(bool(one.requests) for one in coverage.operations), len(coverage.operations)


def _statuses(coverage: Coverage) -> tuple[int, int]:
    counts = [count for one in coverage.operations for _, count in one.documented]
    return sum(bool(count) for count in counts), len(counts)


def _transitions(coverage: Coverage) -> tuple[int, int]:
    return sum(bool(one.taken) for one in coverage.transitions), len(coverage.transitions)


def _of(things: Iterable[Seen]) -> tuple[int, int]:
    held = list(things)
    seen = sum(len(one.seen) for one in held)
    return seen, seen + sum(len(one.never) for one in held)


_COUNTS: Final[tuple[tuple[str, str, Callable[[Coverage], tuple[int, int]]], ...]] = (
    ("operations", "Operations reached", _operations),
    ("statuses", "Statuses seen", _statuses),
    ("parameters", "Parameters sent", lambda held: _of(one.parameters for one in held.operations)),
    ("transitions", "Transitions taken", _transitions),
    ("kinds", "Identifiers seen", lambda held: _of(held.kinds)),
    ("enums", "Enum values seen", lambda held: _of(held.enums)),
    ("patterns", "Patterns exercised", lambda held: _of(held.patterns)),
    ("callbacks", "Callbacks received", lambda held: _of(held.callbacks)),
)

NAMES: Final = tuple(name for name, _, _ in _COUNTS)
"""What a threshold can be set on: `coverage.<name>`."""


def shares(coverage: Coverage) -> tuple[Share, ...]:
    """Every figure of a run's coverage, in the order in which reports show them."""
    return tuple(Share(name, title, *count(coverage)) for name, title, count in _COUNTS)
