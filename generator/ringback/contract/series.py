"""A campaign of several seeds in this process, a seed after the other: the very shards that a cluster would do.

Each seed is a campaign of its own with an application of its own, so what it finds does not depend on the seeds before it, the same
seed alone finds it again, and so do the workers of a cluster. One budget and one rate hold for all of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ringback.contract.budget import Wallet
from ringback.contract.campaign import Progress, Subject, run
from ringback.contract.options import Options
from ringback.contract.outcome import Run
from ringback.contract.report.merge import merge
from ringback.contract.report.progress import Event
from ringback.contract.shards import shards_of
from ringback.contract.targets import Target
from ringback.contract.together import certain
from ringback.source import Severity
from ringback.wire import Contract


def series(
    contract: Contract,
    make: Callable[[], Target],
    options: Options,
    progress: Progress | None = None,
    *,
    subject: Subject | None = None,
) -> Run:
    """Test what `make` makes, made anew for each seed; gives one run. Raises TargetError where it cannot be made.

    The time is that of all seeds together: what one leaves is for those that follow.
    """
    return _Series(contract, make, options, progress, subject or Subject()).whole()


@dataclass(slots=True)
class _Series:
    contract: Contract
    make: Callable[[], Target]
    options: Options
    progress: Progress | None
    subject: Subject
    done: list[Run] = field(default_factory=list)
    stopped: str = ""
    wallet: Wallet = field(init=False)

    def __post_init__(self) -> None:
        given = self.options
        self.wallet = Wallet(given.max_requests, given.max_writes, given.max_cost)

    def whole(self) -> Run:
        started = time.time()
        until = time.monotonic() + self.options.max_time
        shards = shards_of(self.contract, self.options, 1)
        complaints: list[str] = []
        for shard in shards:
            left = until - time.monotonic()
            if left <= 0 and self.done:
                seed = shard.options.seeds[0]
                complaints.append(f"there was no time left for seed {seed} (--max-time)")
                continue
            self._one(replace(shard.options, max_time=left / (len(shards) - shard.number)))
            if self._is_over():
                break
        return self._outcome(started, complaints)

    def _one(self, options: Options) -> None:
        if self.done and self.options.rate:
            time.sleep(
                1 / self.options.rate
            )  # each gateway keeps the rate; so does what is between them
        found = run(
            self.contract,
            self.make(),
            options,
            self._heard,
            subject=self.subject,
            purse=self.wallet,
        )
        self.done.append(found)

    def _is_over(self) -> bool:
        """Whether the seeds that are left have nothing to do any more."""
        last = self.done[-1]
        lack = self.wallet.lacking(1, 0, 0.0)
        self.stopped = lack.reason if last.stopped and lack is not None else last.stopped
        errors = any(one.severity is Severity.ERROR for one in last.findings)
        return bool(self.stopped) or (self.options.stop_at_first and errors)

    def _heard(self, event: Event) -> None:
        if self.progress is None:
            return
        before = sum(one.budget.requests for one in self.done)
        findings = {finding.key for one in self.done for finding in one.findings}
        self.progress(
            replace(
                event,
                requests=before + event.requests,
                findings=len(findings) + event.findings,
                note=f"{event.note} (seed {len(self.done) + 1} of {len(self.options.seeds)})",
            )
        )

    def _outcome(self, started: float, complaints: list[str]) -> Run:
        merged = merge(self.done)
        spent = replace(
            merged.budget,
            max_requests=self.options.max_requests,
            max_writes=self.options.max_writes,
            max_cost=self.options.max_cost,
        )
        return replace(
            merged,
            seeds=self.options.seeds,
            started=started,
            elapsed=time.time() - started,
            findings=certain(self.contract, merged, self.options, shared=False),
            budget=spent,
            stopped=self.stopped,
            complaints=(*merged.complaints, *complaints),
        )
