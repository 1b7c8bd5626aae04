"""What one exchange shows by itself. Each check is a file with one function: a `Reading` in, findings out.

    found = judge(contract, exchange)

Checks do not see each other's findings, so the order does not matter; where two would speak of the same fault, one of them is
silent by rule (a wrong kind of identifier is no violation of a schema, a server error no undocumented status).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from ringback.contract.outcome import Finding
from ringback.contract.traffic import Exchange, Intent

from .accepted import accepted_invalid
from .answers import no_answer
from .bodies import unreadable_body
from .echoes import not_echoed
from .headers import headers
from .media_types import undocumented_content_type
from .parents import parent_disagrees
from .reading import NOTHING, Reading, read
from .schema import schema
from .statuses import undocumented_status

if TYPE_CHECKING:
    from ringback.wire import Contract

__all__ = ["CHECKS", "Check", "Reading", "applied", "judge", "read"]

Check = Callable[[Reading], Iterator[Finding]]

CHECKS: Final[tuple[tuple[str, Check], ...]] = (
    ("answer", no_answer),
    ("status", undocumented_status),
    ("content-type", undocumented_content_type),
    ("headers", headers),
    ("body", unreadable_body),
    ("schema", schema),
    ("parents", parent_disagrees),
    ("echo", not_echoed),
    ("accepted-invalid", accepted_invalid),
)
"""All checks of one exchange, by name."""


def judge(contract: Contract, exchange: Exchange) -> tuple[Finding, ...]:
    """All that is wrong with one exchange. A request that belongs to no operation is not judged."""
    reading = read(contract, exchange)
    if reading.operation is None:
        return tuple(no_answer(reading))
    return tuple(finding for _, check in CHECKS for finding in check(reading))


def applied(contract: Contract, exchange: Exchange) -> tuple[str, ...]:
    """The codes of what could have been found in an exchange: each check that had something to look at."""
    reading = read(contract, exchange)
    if reading.operation is None or exchange.reply is None:
        return ("no-answer",)
    found = ["no-answer", "server-error", "undocumented-status"]
    response = reading.response
    if response is not None and response.content:
        found += ["undocumented-content-type", "unreadable-body"]
    if response is not None and response.headers:
        found += ["missing-header", "header-schema"]
    if reading.schema is not None and reading.value is not NOTHING:
        found.append("schema")
        if reading.accepted:
            found += ["wrong-kind", "parent-disagrees"]
    if reading.accepted and exchange.request.body:
        found.append("not-echoed")
    if exchange.intent is Intent.INVALID:
        found.append("accepted-invalid")
    return tuple(found)
