"""Whether a run says anything: where nothing was let in, or nothing was there, that no fault was seen means nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ringback.contract.credentials import needs_credentials
from ringback.contract.doctor import doctor
from ringback.contract.outcome import OperationCoverage, Run
from ringback.contract.report.words import plural
from ringback.wire import Contract

_SHUT: Final = frozenset({401, 403, 407})
_WANTED: Final = (
    "credentials that are accepted are needed: --auth, or RINGBACK_TEST_AUTH in the environment"
)


@dataclass(frozen=True, slots=True)
class Untested:
    """Why a run says nothing. `moot`: what it found all the same says nothing either, but that it could not be done."""

    why: str
    moot: bool = False


def unanswered(contract: Contract, run: Run) -> Untested | None:
    """Why a run says nothing, as far as its answers tell; None where they do say something."""
    statuses = Counter(one.reply.status for one in run.exchanges if one.reply is not None)
    if not statuses:
        raised = any(one.trace for one in run.exchanges)  # an application that is there, and wrong
        return Untested(run.stopped or "there was no answer", moot=not raised)
    return _locked(contract, run) or _nothing(run, statuses)


def _locked(contract: Contract, run: Run) -> Untested | None:
    """Every operation that needs credentials refuses whoever asks."""
    closed = [one for one in _asked(run) if needs_credentials(contract.operation(one.label))]
    if not closed or not all(_came(one) <= _SHUT for one in closed):
        return None
    came = " or ".join(str(one) for one in sorted(set().union(*map(_came, closed))))
    said = f"{plural(len(closed), 'operation')} that need credentials answered nothing but {came}"
    return Untested(f"{said}: {_WANTED}", moot=True)


def _nothing(run: Run, statuses: Counter[int]) -> Untested | None:
    """No request was accepted at all."""
    if any(200 <= status < 300 for status in statuses) or _leads_elsewhere(run):
        return None
    every = sum(statuses.values())
    status, count = statuses.most_common(1)[0]
    told = f"all {every:,}" if count == every else f"{count:,} of {every:,}"
    said = f"{told} answers were {status}"
    if sum(statuses[one] for one in _SHUT) * 2 > every:
        return Untested(f"{said} and none was of success: {_WANTED}", moot=True)
    if status == 404:
        return Untested(
            f"{said} and none was of success: are the URL and the document's base path right?"
        )
    return Untested(f"{said} and none was of success")


def unconnected(contract: Contract) -> Untested | None:
    """What is created cannot be followed by any other request: that a run found nothing then says little."""
    told = doctor(contract)
    return Untested(told[0]) if told else None


def _asked(run: Run) -> Iterator[OperationCoverage]:
    return (one for one in run.coverage.operations if _came(one))


def _came(one: OperationCoverage) -> set[int]:
    """The statuses that an operation gave; a range or `default` counts as 0: nothing that refuses for sure."""
    counted = [status for status, count in (*one.documented, *one.undocumented) if count]
    return {int(status) if status.isdigit() else 0 for status in counted}


def _leads_elsewhere(run: Run) -> bool:
    """Whether a redirection that the document promises came: that is its answer of success."""
    return any(
        count and status.startswith("3")
        for one in run.coverage.operations
        for status, count in one.documented
    )
