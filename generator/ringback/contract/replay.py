"""Judges recorded traffic as a campaign's is judged, without sending anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ringback.contract.coverage import Cover
from ringback.contract.judges import judge
from ringback.contract.judges.reading import read
from ringback.contract.ledger import Ledger
from ringback.contract.outcome import Finding, Run
from ringback.contract.traffic import Delivery, Exchange

if TYPE_CHECKING:
    from ringback.contract.ledger.lifecycles import Steps
    from ringback.wire import Contract


def replay(
    contract: Contract,
    exchanges: Iterable[Exchange],
    deliveries: Iterable[Delivery] = (),
    *,
    document: str = "",
    overlays: Sequence[str] = (),
    target: str = "",
    lifecycles: Mapping[str, Steps] | None = None,
    secret: str | None = None,
) -> Run:
    """Hold a recording to a document. `document`, `overlays` and `target` are named in the run, nothing more.

    Exchanges are taken in the order in which their answers came. Without `secret` the signatures of callbacks are only looked
    for, not verified: a recording may hold pseudonyms.
    """
    ordered = sorted(exchanges, key=lambda one: (one.started + one.elapsed, one.number))
    arrived = sorted(deliveries, key=lambda one: (one.received, one.number))
    ledger = Ledger(contract, secret=secret, lifecycles=lifecycles, concurrent=_overlap(ordered))
    cover = Cover(contract)
    found: list[Finding] = []
    foreign = 0
    waiting = list(arrived)
    asked: dict[int, str] = {}
    for exchange in ordered:
        reading = read(contract, exchange)
        foreign += reading.operation is None
        asked[exchange.number] = reading.label
        found += [*judge(contract, exchange), *ledger.take(exchange)]
        cover.take(exchange)
    for delivery in waiting:
        found += ledger.deliver(delivery)
        cover.deliver(delivery, asked.get(delivery.about or 0, ""))
    found += ledger.finish()
    began = min((one.started for one in ordered), default=0.0)
    ended = max((one.started + one.elapsed for one in ordered), default=began)
    return Run(
        document=document,
        overlays=tuple(overlays),
        title=contract.document.title,
        version=contract.document.api_version,
        target=target,
        seeds=(),
        started=began,
        elapsed=ended - began,
        exchanges=tuple(ordered),
        deliveries=tuple(arrived),
        findings=merged(found),
        coverage=cover.coverage(),
        complaints=_complaints(len(ordered), foreign),
    )


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, as it was seen first, with how often it was seen."""
    kept: dict[tuple[str, str, str, str], Finding] = {}
    for one in findings:
        before = kept.get(one.key)
        kept[one.key] = one if before is None else replace(before, count=before.count + one.count)
    return tuple(kept.values())


def _overlap(ordered: Sequence[Exchange]) -> bool:
    """Whether any request was sent before the answer to another one was there."""
    by_start = sorted(ordered, key=lambda one: (one.started, one.number))
    latest = float("-inf")
    for one in by_start:
        if one.started < latest:
            return True
        latest = max(latest, one.started + one.elapsed)
    return False


def _complaints(total: int, foreign: int) -> tuple[str, ...]:
    if not total:
        return ("the recording holds no exchange: nothing was judged",)
    if not foreign:
        return ()
    said = "belongs" if foreign == 1 else "belong"
    return (f"{foreign} of {total} requests {said} to no operation of the document",)
