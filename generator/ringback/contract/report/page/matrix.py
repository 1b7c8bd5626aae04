"""The page's tables of what was tested: operations by statuses, values seen and never seen, steps taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ringback.contract.outcome import Coverage, OperationCoverage, Run, Seen
from ringback.contract.report.labels import Shortener, shortener
from ringback.contract.report.words import place_of

_CHIPS: Final = 60  # values of one thing, seen and never seen each
_STEPS: Final = 400  # transitions in the table


@dataclass(frozen=True, slots=True)
class Cell:
    """`state`: "seen", "never", or "none" where the document has no such status. `sample` is an exchange to look at."""

    state: str
    text: str
    group: str
    title: str
    sample: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An operation. `chosen` is how many findings it has."""

    label: str
    method: str
    path: str
    requests: int
    findings: int
    place: str
    cells: tuple[Cell, ...]
    odd: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    prefix: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SeenView:
    name: str
    place: str
    seen: tuple[str, ...]
    never: tuple[str, ...]
    more_seen: int
    more_never: int
    count: str  # "3 of 8"


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one sort: "Enum values", with what is complete behind what is not."""

    id: str
    title: str
    items: tuple[SeenView, ...]


@dataclass(frozen=True, slots=True)
class Step:
    producer: str
    consumer: str
    kind: str
    taken: int


def matrix(run: Run, samples: dict[tuple[str, int], int]) -> Matrix:
    """Operations by documented statuses. `samples` says which exchange on the page shows a label's status."""
    operations = run.coverage.operations
    columns = tuple(sorted({status for one in operations for status, _ in one.documented}))
    short = shortener(one.label for one in operations)
    found: dict[str, int] = {}
    for finding in run.findings:
        found[finding.operation] = found.get(finding.operation, 0) + 1
    return Matrix(
        short.prefix,
        columns,
        tuple(_row(one, columns, short, found.get(one.label, 0), samples) for one in operations),
    )


def _row(
    one: OperationCoverage,
    columns: tuple[str, ...],
    short: Shortener,
    findings: int,
    samples: dict[tuple[str, int], int],
) -> Row:
    counts = dict(one.documented)
    cells = tuple(_cell(one.label, status, counts.get(status), samples) for status in columns)
    odd = tuple(
        Cell(
            "odd",
            f"{status} ×{count}",
            status[:1],
            "not documented",
            _sample(one.label, status, samples),
        )
        for status, count in one.undocumented
    )
    method = one.label.partition(" ")[0]
    return Row(
        one.label,
        method,
        short.path(one.label),
        one.requests,
        findings,
        place_of(one.place),
        cells,
        odd,
    )


def _cell(label: str, status: str, count: int | None, samples: dict[tuple[str, int], int]) -> Cell:
    if count is None:
        return Cell("none", "", "", "")
    if not count:
        return Cell("never", "", status[:1], f"{status}: documented, never seen")
    return Cell(
        "seen",
        f"{count:,}",
        status[:1],
        f"{status}: {count:,} times",
        _sample(label, status, samples),
    )


def _sample(label: str, status: str, samples: dict[tuple[str, int], int]) -> int | None:
    if status.isdigit():
        return samples.get((label, int(status)))
    fits = (
        number
        for (name, code), number in samples.items()
        if name == label and str(code)[:1] == status[:1]
    )
    return next(fits, None)


def groups(coverage: Coverage) -> tuple[Group, ...]:
    """What was seen of parameters, kinds, enums, patterns and callbacks; sorts without anything are left out."""
    parameters = [one.parameters for one in coverage.operations]
    named = [
        Seen(one.label, held.seen, held.never, one.place)
        for one, held in zip(coverage.operations, parameters, strict=True)
        if held.seen or held.never
    ]
    every = (
        Group("parameters", "Parameters sent", _views(named)),
        Group("kinds", "Kinds of identifiers", _views(coverage.kinds)),
        Group("enums", "Enum values", _views(coverage.enums)),
        Group("patterns", "Patterns", _views(coverage.patterns)),
        Group("callbacks", "Callbacks", _views(coverage.callbacks)),
    )
    return tuple(group for group in every if group.items)


def _views(things: Iterable[Seen]) -> tuple[SeenView, ...]:
    ordered = sorted(things, key=lambda one: not one.never)  # what lacks something comes first
    return tuple(
        SeenView(
            one.name,
            place_of(one.place),
            one.seen[:_CHIPS],
            one.never[:_CHIPS],
            max(0, len(one.seen) - _CHIPS),
            max(0, len(one.never) - _CHIPS),
            f"{len(one.seen):,} of {len(one.seen) + len(one.never):,}",
        )
        for one in ordered
    )


def steps(coverage: Coverage) -> tuple[tuple[Step, ...], int]:
    """Transitions, those never taken first, and how many are left out."""
    short = shortener(one.label for one in coverage.operations)

    def brief(label: str) -> str:
        return f"{label.partition(' ')[0]} {short.path(label)}"

    ordered = sorted(coverage.transitions, key=lambda one: bool(one.taken))
    shown = tuple(
        Step(brief(one.producer), brief(one.consumer), one.kind, one.taken)
        for one in ordered[:_STEPS]
    )
    return shown, max(0, len(ordered) - _STEPS)
