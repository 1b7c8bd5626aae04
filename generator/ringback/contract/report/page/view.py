"""What the page shows, as frozen values: the template prints them and decides nothing.

The page holds what the findings rest on, and beside it a sample of ordinary traffic: the first exchange of each
operation and status. However long a run was, the page stays a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ringback.contract.outcome import Finding, Run
from ringback.contract.report.proof import Proof
from ringback.contract.report.words import duration, place_of
from ringback.contract.traffic import Delivery, Exchange, Headers
from ringback.source import Severity

from .pretty import Body, holds, pretty

FULL: Final = 200  # findings with their proof; further ones are shown without
SAMPLES: Final = 250  # exchanges that found nothing
DELIVERIES: Final = 100
_STEPS: Final = 4  # exchanges of one finding, the decisive one among them
_SAMPLE_LINES: Final = 40
_EARLIER_LINES: Final = 60
_HEADERS: Final = 40
_LONGEST: Final = 1_000  # characters of one header field, of one target
_TRACE: Final = 6_000


@dataclass(frozen=True, slots=True)
class HeaderRow:
    name: str
    value: str
    marked: bool


@dataclass(frozen=True, slots=True)
class RequestView:
    method: str
    target: str
    headers: tuple[HeaderRow, ...]
    body: Body


@dataclass(frozen=True, slots=True)
class ReplyView:
    status: int
    group: str  # "2", "4", …: colours it
    marked: bool  # the status itself is what the finding speaks of
    headers: tuple[HeaderRow, ...]
    body: Body


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """One exchange side by side. `reply` is None where no answer came."""

    number: int
    label: str
    about: str  # "scenario · meant to be valid · 12 ms"
    note: str
    request: RequestView
    reply: ReplyView | None
    failure: str
    trace: str


@dataclass(frozen=True, slots=True)
class DeliveryView:
    number: int
    slot: str
    about: int | None
    after: str
    request: RequestView


@dataclass(frozen=True, slots=True)
class FindingView:
    number: int
    code: str
    severity: str
    operation: str
    message: str
    where: str
    count: int
    seed: int | None
    hint: str
    place: str
    pointer: str
    line: int
    excerpt: tuple[tuple[int, str], ...]
    curl: str
    earlier: tuple[ExchangeView, ...]
    decisive: ExchangeView | None
    deliveries: tuple[DeliveryView, ...]
    left_out: int  # exchanges that show it too


def findings(run: Run, proof: Proof) -> tuple[FindingView, ...]:
    """All findings, errors first; the first FULL of them with their proof."""
    order = sorted(run.findings, key=lambda one: one.severity is not Severity.ERROR)
    return tuple(
        _finding(number, one, run, proof, full=number <= FULL)
        for number, one in enumerate(order, 1)
    )


def samples(run: Run, shown: Iterable[FindingView]) -> tuple[ExchangeView, ...]:
    """The first exchange of every operation and status that no finding shows already."""
    used = {one.decisive.number for one in shown if one.decisive is not None}
    known: set[tuple[str | None, int]] = set()
    held: list[ExchangeView] = []
    for exchange in run.exchanges:
        key = (exchange.operation, exchange.reply.status if exchange.reply is not None else 0)
        if key in known or exchange.number in used:
            continue
        known.add(key)
        held.append(exchange_view(exchange, lines=_SAMPLE_LINES))
        if len(held) == SAMPLES:
            break
    return tuple(held)


def deliveries(run: Run) -> tuple[DeliveryView, ...]:
    """What was delivered, the first ones of a bounded number."""
    return tuple(_delivery(one, run.started) for one in run.deliveries[:DELIVERIES])


def exchange_view(exchange: Exchange, where: str = "", lines: int = 160) -> ExchangeView:
    """One exchange, with the place of a finding marked: in its answer, or in the request where only that has it."""
    request, reply = exchange.request, exchange.reply
    asked = where if _only_asked(exchange, where) else ""
    where = "" if asked else where
    meant = {"valid": "meant to be valid", "invalid": "meant to be refused"}
    about = [str(exchange.phase), meant.get(str(exchange.intent), ""), duration(exchange.elapsed)]
    view = None
    if reply is not None:
        view = ReplyView(
            reply.status,
            str(reply.status)[0],
            where == "status",
            _headers(reply.headers, where),
            pretty(reply.body, reply.media_type, where, lines),
        )
    return ExchangeView(
        exchange.number,
        exchange.operation or f"{request.method} {request.path}",
        " · ".join(part for part in about if part),
        exchange.note,
        _request(request.method, request.target, request.headers, request.body, asked, lines),
        view,
        exchange.failure,
        exchange.trace[-_TRACE:],
    )


def _only_asked(exchange: Exchange, where: str) -> bool:
    request, reply = exchange.request, exchange.reply
    if reply is not None and holds(reply.body, reply.media_type, where):
        return False
    kind = (request.header("content-type") or "").partition(";")[0].strip().lower()
    return holds(request.body, kind, where)


def _finding(number: int, one: Finding, run: Run, proof: Proof, *, full: bool) -> FindingView:
    exchanges = proof.exchanges(one) if full else ()
    own = proof.deliveries(one) if full else ()
    # Where a delivery shows the fault, the place is in it and not in the answer that came before.
    mark = "" if own else one.where
    earlier = exchanges[max(0, len(exchanges) - _STEPS) : -1]
    return FindingView(
        number,
        one.code,
        str(one.severity),
        one.operation,
        one.message,
        one.where,
        one.count,
        one.seed,
        one.hint,
        place_of(one.place),
        one.place.pointer if one.place is not None else "",
        one.place.line if one.place is not None else 0,
        proof.excerpt(one) if full else (),
        proof.curl(one),
        tuple(exchange_view(exchange, lines=_EARLIER_LINES) for exchange in earlier),
        exchange_view(exchanges[-1], mark) if exchanges else None,
        tuple(_delivery(delivery, run.started, one.where) for delivery in own[-_STEPS:]),
        max(0, len(one.evidence) - _STEPS) if full else len(one.evidence),
    )


def _delivery(delivery: Delivery, started: float, where: str = "") -> DeliveryView:
    request = delivery.request
    after = f"after {duration(max(0.0, delivery.received - started))}"
    view = _request(
        request.method, request.target, request.headers, request.body, where, _EARLIER_LINES
    )
    return DeliveryView(delivery.number, delivery.slot, delivery.about, after, view)


def _request(
    method: str, target: str, headers: Headers, body: bytes, where: str, lines: int
) -> RequestView:
    kind = next((value for name, value in headers if name == "content-type"), "")
    media_type = kind.partition(";")[0].strip().lower()
    shown = pretty(body, media_type, where, lines) if body else Body()
    return RequestView(method, _clip(target), _headers(headers, where), shown)


def _headers(headers: Headers, where: str) -> tuple[HeaderRow, ...]:
    wanted = where.removeprefix("header/").lower() if where.startswith("header/") else ""
    rows = [
        HeaderRow(_clip(name), _clip(value), name == wanted) for name, value in headers[:_HEADERS]
    ]
    if len(headers) > _HEADERS:
        rows.append(HeaderRow("…", f"and {len(headers) - _HEADERS} more", False))
    return tuple(rows)


def _clip(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… (+{len(text) - _LONGEST:,})"
