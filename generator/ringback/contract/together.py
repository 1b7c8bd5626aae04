"""What holds for all shards of a campaign together.

A shard knows only what it did itself. That an operation is never accepted is no finding where another shard was accepted there. A server
that several shards test at once is changed by all of them, and none sees what the others do: what a shard holds against
such a server because of an earlier answer counts only where it is still so in the light of the traffic of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ringback.contract.options import Options
from ringback.contract.outcome import Finding, Run
from ringback.contract.replay import replay
from ringback.wire import Contract

_DISTURBED: Final = frozenset(
    {
        "created-not-listed",
        "created-not-readable",
        "duplicate-identifier",
        "illegal-transition",
        "not-deleted",
        "order-wrong",
        "page-lost",
        "page-repeated",
        "refused-but-created",
        "stale-read",
        "visible-elsewhere",
    }
)
"""Findings that can come of what somebody else did in between."""
_UNSURE: Final = frozenset({"page-lost", "page-repeated"})
"""Of these, what not even all traffic together makes certain: rows move between pages while others create and delete."""


def certain(
    contract: Contract, merged: Run, options: Options, *, shared: bool
) -> tuple[Finding, ...]:
    """The findings of merged shards that hold for all of them. `shared`: they tested one server at the same time."""
    return tuple(_certain(merged, _together(contract, merged, options) if shared else None))


def _certain(merged: Run, together: set[tuple[str, str, str, str]] | None) -> Iterator[Finding]:
    accepted = {
        one.label
        for one in merged.coverage.operations
        if any(count for status, count in one.documented if status.startswith("2"))
    }
    for finding in merged.findings:
        if finding.code == "never-accepted" and finding.operation in accepted:
            continue
        if together is not None and finding.code in _UNSURE:
            continue
        if together is not None and finding.code in _DISTURBED and finding.key not in together:
            continue
        yield finding


def _together(contract: Contract, merged: Run, options: Options) -> set[tuple[str, str, str, str]]:
    """The keys of what the traffic of all shards shows."""
    whole = replay(contract, merged.exchanges, merged.deliveries, lifecycles=options.lifecycles)
    return {finding.key for finding in whole.findings}
