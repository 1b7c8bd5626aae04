"""What came of mutants: plain values that go from process to process and into reports."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What became of one mutant in one run."""

    NOTICED = "noticed"
    UNNOTICED = "unnoticed"
    ALLOWED = "allowed"  # not noticed, and the document allows what it does
    IDLE = "never applied"  # nothing that was sent gave it an occasion
    FALSE = "false finding"  # something was found though nothing had been changed
    FAILED = "failed"  # the run itself came to no end


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one mutant. `by` is the code of the finding that noticed it, `applied` how many answers it changed."""

    mutant: str
    operator: str
    operation: str
    where: str
    what: str
    place: str  # file:line
    seed: int
    outcome: Outcome
    by: str = ""
    message: str = ""
    warning: bool = False  # it was noticed by a warning only
    applied: int = 0
    requests: int = 0
    seconds: float = 0.0
    silent: str = ""
    overlay: str = ""
    hard: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """The run without any mutant: what it found, and which mutants would have had an occasion in it."""

    seed: int
    findings: tuple[tuple[str, str, str], ...] = ()  # code, operation, message
    keys: frozenset[tuple[str, str, str, str]] = frozenset()
    occasions: frozenset[str] = frozenset()
    requests: int = 0
    seconds: float = 0.0
    stopped: str = ""
    nothing: str = ""  # why it says nothing, where it does not


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, with the 95 % interval of Wilson."""

    noticed: int
    of: int

    @property
    def share(self) -> float:
        return self.noticed / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.noticed, self.of)


def wilson(hits: int, of: int, z: float = 1.959964) -> tuple[float, float]:
    """The interval of Wilson's score for a share: it keeps to 0 and 1, and says something where all or none hit."""
    if not of:
        return 0.0, 1.0
    share = hits / of
    centre = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


@dataclass(frozen=True, slots=True)
class Strength:
    """The whole measurement. `possible` is how many mutants of an operator the document has, and how many of them it
    forbids; `idle` how many of those had no occasion in any run without mutants.
    """

    document: str
    overlays: tuple[str, ...]
    title: str
    version: str
    target: str
    seeds: tuple[int, ...]
    seconds: float  # per mutant
    elapsed: float
    grounds: tuple[Ground, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    controls: tuple[Verdict, ...] = ()
    plain: tuple[Verdict, ...] = ()  # the same mutants, by schemathesis alone
    possible: tuple[
        tuple[str, int, int, int], ...
    ] = ()  # operator, all, forbidden, without occasion
    versions: tuple[tuple[str, str], ...] = field(default_factory=tuple)

    def operators(self) -> tuple[str, ...]:
        """The operators that the document has mutants for."""
        return tuple(name for name, count, _, _ in self.possible if count)

    def share(self, operator: str | None = None, seed: int | None = None) -> Share:
        """How many of the mutants that are judged were noticed: of one operator or all, in one seed or all."""
        return share_of(
            one
            for one in self.verdicts
            if operator in (None, one.operator) and seed in (None, one.seed)
        )

    def plain_share(self, operator: str | None = None, seed: int | None = None) -> Share:
        """The same for schemathesis alone, on those mutants that are judged here."""
        judged = {(one.mutant, one.seed) for one in self.verdicts if is_judged(one)}
        return share_of(
            one
            for one in self.plain
            if operator in (None, one.operator)
            and seed in (None, one.seed)
            and (one.mutant, one.seed) in judged
        )

    @property
    def sound(self) -> bool:
        """Whether nothing was found where nothing was wrong."""
        every = (*self.verdicts, *self.controls)
        return not any(one.findings for one in self.grounds) and not any(
            one.outcome is Outcome.FALSE for one in every
        )


def is_judged(one: Verdict) -> bool:
    """Whether a mutant counts: it was put in, and the document forbids what it does (or it was noticed all the same)."""
    return one.outcome in (Outcome.NOTICED, Outcome.UNNOTICED)


def share_of(verdicts: Iterable[Verdict]) -> Share:
    """The share that was noticed. By schemathesis alone, what was never applied was not noticed either."""
    counted = [one for one in verdicts if one.outcome is not Outcome.FAILED]
    counted = [one for one in counted if one.outcome not in (Outcome.ALLOWED, Outcome.IDLE)]
    return Share(sum(one.outcome is Outcome.NOTICED for one in counted), len(counted))
