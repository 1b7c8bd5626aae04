"""Several runs as one: what every machine did, counted together.

Exchanges and deliveries are numbered anew, in the order of the runs; what refers to them follows. Findings with the
same key become one, with the evidence of the run that needed the least. A thing was never seen when no run saw it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from ringback.contract.outcome import (
    Budget,
    Coverage,
    Finding,
    OperationCoverage,
    Run,
    Seen,
    Transition,
)
from ringback.contract.traffic import Delivery, Exchange

from .failure import ReportError

_T = TypeVar("_T")


def merge(runs: Sequence[Run]) -> Run:
    """One run out of several of the same document. Raises ReportError where there is none, or they disagree."""
    if not runs:
        raise ReportError("there is no run to merge")
    first = runs[0]
    for other in runs[1:]:
        _same_document(first, other)
    moved = list(_renumbered(runs))
    begin = min(run.started for run in runs)
    return replace(
        first,
        target=", ".join(_once(run.target for run in runs)),
        seeds=tuple(sorted({seed for run in runs for seed in run.seeds})),
        started=begin,
        elapsed=max(run.started + run.elapsed for run in runs) - begin,
        exchanges=tuple(exchange for run in moved for exchange in run.exchanges),
        deliveries=tuple(delivery for run in moved for delivery in run.deliveries),
        findings=_findings(finding for run in moved for finding in run.findings),
        accepted=_findings(finding for run in moved for finding in run.accepted),
        coverage=_coverage([run.coverage for run in runs]),
        budget=_budget([run.budget for run in runs]),
        stopped="; ".join(_once(run.stopped for run in runs if run.stopped)),
        complaints=_once(complaint for run in runs for complaint in run.complaints),
        commands=_once(command for run in runs for command in run.commands),
    )


def _same_document(first: Run, other: Run) -> None:
    for what in ("document", "overlays", "title", "version"):
        one, two = getattr(first, what), getattr(other, what)
        if one != two:
            raise ReportError(f"the runs are not of one document: {what} is {one!r} and {two!r}")


def _renumbered(runs: Sequence[Run]) -> Iterable[Run]:
    exchanges = deliveries = 0
    for run in runs:
        yield _shifted(run, exchanges, deliveries)
        exchanges += max((exchange.number for exchange in run.exchanges), default=0)
        deliveries += max((delivery.number for delivery in run.deliveries), default=0)


def _shifted(run: Run, by: int, deliveries: int) -> Run:
    if not by and not deliveries:
        return run

    def exchange(one: Exchange) -> Exchange:
        parent = one.parent + by if one.parent is not None else None
        return replace(one, number=one.number + by, parent=parent)

    def delivery(one: Delivery) -> Delivery:
        about = one.about + by if one.about is not None else None
        return replace(one, number=one.number + deliveries, about=about)

    def finding(one: Finding) -> Finding:
        return replace(
            one,
            evidence=tuple(number + by for number in one.evidence),
            deliveries=tuple(number + deliveries for number in one.deliveries),
        )

    return replace(
        run,
        exchanges=tuple(map(exchange, run.exchanges)),
        deliveries=tuple(map(delivery, run.deliveries)),
        findings=tuple(map(finding, run.findings)),
        accepted=tuple(map(finding, run.accepted)),
    )


def _findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    held: dict[tuple[str, str, str, str], Finding] = {}
    for finding in findings:
        known = held.get(finding.key)
        if known is None:
            held[finding.key] = finding
            continue
        shorter = min(known, finding, key=lambda one: len(one.evidence) or 1_000)
        held[finding.key] = replace(shorter, count=known.count + finding.count)
    return tuple(held.values())


def _coverage(parts: Sequence[Coverage]) -> Coverage:
    return Coverage(
        _operations(one for part in parts for one in part.operations),
        _seen(one for part in parts for one in part.kinds),
        _seen(one for part in parts for one in part.enums),
        _seen(one for part in parts for one in part.patterns),
        _seen(one for part in parts for one in part.callbacks),
        _transitions(one for part in parts for one in part.transitions),
    )


def _operations(every: Iterable[OperationCoverage]) -> tuple[OperationCoverage, ...]:
    held: dict[str, OperationCoverage] = {}
    for one in every:
        known = held.get(one.label)
        if known is None:
            held[one.label] = one
            continue
        held[one.label] = replace(
            known,
            requests=known.requests + one.requests,
            documented=_counts(known.documented, one.documented),
            undocumented=_counts(known.undocumented, one.undocumented),
            parameters=_together(known.parameters, one.parameters),
            checks=_counts(known.checks, one.checks),
        )
    return tuple(held.values())


def _counts(
    one: tuple[tuple[str, int], ...], two: tuple[tuple[str, int], ...]
) -> tuple[tuple[str, int], ...]:
    held = dict(one)
    for name, count in two:
        held[name] = held.get(name, 0) + count
    return tuple(held.items())


def _seen(every: Iterable[Seen]) -> tuple[Seen, ...]:
    held: dict[tuple[str, str], Seen] = {}
    for one in every:
        key = (one.name, one.place.pointer if one.place is not None else "")
        held[key] = _together(held[key], one) if key in held else one
    return tuple(held.values())


def _together(one: Seen, two: Seen) -> Seen:
    seen = _once((*one.seen, *two.seen))
    never = _once(value for value in (*one.never, *two.never) if value not in set(seen))
    return replace(one, seen=seen, never=never)


def _transitions(every: Iterable[Transition]) -> tuple[Transition, ...]:
    held: dict[tuple[str, str, str], Transition] = {}
    for one in every:
        key = (one.producer, one.consumer, one.kind)
        taken = held[key].taken if key in held else 0
        held[key] = replace(one, taken=one.taken + taken)
    return tuple(held.values())


def _budget(parts: Sequence[Budget]) -> Budget:
    """What was spent is added up. A cap is kept where all runs name the same: it is one purse."""
    return Budget(
        sum(part.requests for part in parts),
        _cap([part.max_requests for part in parts]),
        sum(part.writes for part in parts),
        _cap([part.max_writes for part in parts]),
        sum(part.cost for part in parts),
        _cap([part.max_cost for part in parts]),
        sum(part.blocked for part in parts),
    )


def _cap(caps: Sequence[_T | None]) -> _T | None:
    return caps[0] if all(cap == caps[0] for cap in caps) else None


def _once(values: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))
