"""What a list of changes means: for whom, for the next version number, and for the exit status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .model import Change, Kind, Rating, Side


class Audience(StrEnum):
    """Whose ratings count."""

    CALLERS = "callers"
    SERVERS = "servers"
    BOTH = "both"


class Step(StrEnum):
    """The part of a version number (semver.org) that a release with these changes raises."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"
    NONE = "none"


class FailOn(StrEnum):
    """From which rating on the exit status is 1."""

    BREAKING = "breaking"
    RISKY = "risky"
    ANY = "any"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A change that somebody has agreed to, and why."""

    change: Change
    reason: str
    expires: str = ""  # a date, "" for never


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that there is to tell of two documents.

    `changes` are those that nobody has accepted; `notices` are sentences about the accept file (what expired, what
    fits nothing). `old` and `new` are the names of the documents as a person gave them.
    """

    old: str
    new: str
    audience: Audience
    changes: tuple[Change, ...]
    accepted: tuple[Accepted, ...] = ()
    notices: tuple[str, ...] = ()
    file: str = ""  # the new document's path alone; "" where it is `new`
    revision: str = ""  # what stands before the paths of the new side's files: "HEAD:"

    @property
    def everything(self) -> tuple[Change, ...]:
        """The accepted changes too: to accept a change does not make it another one."""
        return (*self.changes, *(one.change for one in self.accepted))

    def of(self, side: Side) -> tuple[Change, ...]:
        """The changes of one of the two lists that are not accepted: the gravest for the audience first."""
        return tuple(one for one in self.changes if one.side is side)


def rating(change: Change, audience: Audience) -> Rating:
    """What a change is for an audience."""
    if audience is Audience.BOTH:
        return change.worst
    return change.callers if audience is Audience.CALLERS else change.servers


def in_order(changes: Iterable[Change], audience: Audience) -> tuple[Change, ...]:
    """The gravest for the audience first; otherwise as they came."""
    return tuple(
        sorted(changes, key=lambda one: (-rating(one, audience).weight, one.kind is Kind.TEXT))
    )


def step(changes: Sequence[Change], audience: Audience) -> Step:
    """Major where something breaks, minor where a program could notice, patch where only words differ."""
    if any(rating(one, audience) is Rating.BREAKING for one in changes):
        return Step.MAJOR
    if any(one.kind is not Kind.TEXT for one in changes):
        return Step.MINOR
    return Step.PATCH if changes else Step.NONE


def fails(comparison: Comparison, limit: FailOn) -> bool:
    """Whether the exit status is 1: what is accepted does not count."""
    if limit is FailOn.NEVER:
        return False
    if limit is FailOn.ANY:
        return bool(comparison.changes)
    least = _LEAST[limit]
    return any(
        rating(one, comparison.audience).weight >= least.weight for one in comparison.changes
    )


_LEAST: Final = {FailOn.BREAKING: Rating.BREAKING, FailOn.RISKY: Rating.RISKY}


def counted(changes: Iterable[Change], audience: Audience) -> dict[Rating, int]:
    """How many changes of each rating, the gravest first."""
    counts = Counter(rating(one, audience) for one in changes)
    return {one: counts[one] for one in (Rating.BREAKING, Rating.RISKY, Rating.SAFE)}
