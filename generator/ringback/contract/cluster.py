"""A campaign over several processes or machines: its shards are the tasks of a dask scheduler.

Each shard is a campaign of its own, with its own gateway and, where the tested side is an application by name, its own
application: nothing is shared but the budget (bank.py) and, where there is a place for them, the examples that hypothesis
remembers. A shard whose worker dies is given to another one by the scheduler. What comes back is put together in the order of the
shards, whoever was first, so the order of the result does not depend on who did what. What is found can, where time cuts a shard off: time
is the wall's, and on a busy machine a shard gets less done in it.

A server that is tested by several shards at once is changed by all of them, and none sees what the others do: together.py says what
is held against it.
"""

from __future__ import annotations

import os
import pickle
import secrets
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from ringback.contract import bank, remembering
from ringback.contract.campaign import INTERRUPTED, Progress, Subject, run
from ringback.contract.options import Options
from ringback.contract.outcome import Run
from ringback.contract.report.merge import merge
from ringback.contract.report.progress import Event
from ringback.contract.shards import Shard, shards_of
from ringback.contract.targets import LiveTarget, TargetError, load
from ringback.contract.together import certain
from ringback.wire import Contract

if TYPE_CHECKING:
    from ringback.openapi import Document

EXAMPLES: Final = "RINGBACK_TEST_EXAMPLES"
"""The variable of the environment that says where shards remember examples: a redis:// URL, or a folder."""
_POLL: Final = 0.3
_GRACE: Final = 120.0
"""Seconds beyond twice the time of all shards, after which what has not come is given up: a worker may hang without dying."""
_DEEP: Final = 100_000
_STACK: Final = 512 * 1024 * 1024
_ALONE: Final = threading.Lock()
"""Two campaigns in one process would share the application, if it is a module's."""


class ClusterError(Exception):
    """The campaign cannot be spread; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is tested: an application by its name (each shard has its own), or a server (all have the same)."""

    app: str | None = None
    url: str | None = None

    @property
    def shared(self) -> bool:
        return self.url is not None


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that a worker needs for a shard."""

    shard: Shard
    document: bytes
    aim: Aim
    subject: Subject
    account: str
    caps: bank.Caps
    examples: str | None


def spread(
    contract: Contract,
    aim: Aim,
    options: Options,
    scheduler: str = "local",
    progress: Progress | None = None,
    *,
    subject: Subject | None = None,
) -> Run:
    """Test the target with all workers of a scheduler; gives one run.

    `scheduler` is an address ("tcp://10.0.0.5:8786"), or "local" or "local:N" for N processes of this machine. Raises
    ClusterError where there is no scheduler, no worker, or a worker cannot have the target, and RememberError.
    """
    with ExitStack() as undo:
        examples = _examples(scheduler, undo)
        client, workers = undo.enter_context(_client(scheduler))
        campaign = _Spread(
            contract, aim, options, client, workers, progress, subject or Subject(), examples
        )
        return campaign.whole()


class _Spread:
    """One campaign, seen from where it was started."""

    def __init__(
        self,
        contract: Contract,
        aim: Aim,
        options: Options,
        client: Any,
        workers: int,
        progress: Progress | None,
        subject: Subject,
        examples: str | None,
    ) -> None:
        self.contract = contract
        self.aim = aim
        self.options = options
        self.client = client
        self.dask = bank.dask()
        self.progress = progress
        self.subject = subject
        self.examples = examples
        self.shards = shards_of(contract, options, workers)
        self.account = secrets.token_hex(8)
        self.done: dict[int, Run] = {}
        self.lost: dict[int, str] = {}
        self.interrupted = False

    def whole(self) -> Run:
        started = time.time()
        caps = bank.Caps.of(self.options)
        self._at_scheduler(bank.opened, caps=caps)
        try:
            futures = self._submitted(caps)
            try:
                self._wait(futures)
            except KeyboardInterrupt:
                self._interrupt(futures)
        finally:
            self._at_scheduler(bank.closed)
        return self._outcome(started)

    def _at_scheduler(self, what: Callable[..., Any], **given: Any) -> Any:
        try:
            return self.client.run_on_scheduler(partial(what, self.account, **given))
        except (OSError, ImportError, AttributeError) as error:
            raise ClusterError(
                f"the scheduler cannot help: {error}; it needs ringback and its extra `cluster`"
            ) from None

    def _submitted(self, caps: bank.Caps) -> dict[Any, Shard]:
        document = _packed(self.contract.document)
        futures = {}
        for shard in self.shards:
            mine = replace(
                shard.options, rate=None, shared=self.aim.shared, callback_url=None
            )  # the rate is the scheduler's to keep; one address cannot lead to every worker
            job = Job(
                replace(shard, options=mine), document, self.aim, self.subject, self.account, caps,
                self.examples,
            )  # fmt: skip
            key = f"ringback-{self.account}-{shard.number}"
            futures[self.client.submit(worked, job, key=key, pure=False)] = shard
        return futures

    # -- while it runs

    def _wait(self, futures: dict[Any, Shard]) -> None:
        pending = set(futures)
        limit = 2 * self.options.max_time + _GRACE
        until = time.monotonic() + limit
        while pending:
            if time.monotonic() > until:
                for future in pending:
                    self.lost[futures[future].number] = f"no result within {limit:.0f} s"
                self._at_scheduler(bank.halted)
                self.client.cancel(list(pending), force=True)
                return
            try:
                finished = self.dask.wait(
                    pending, timeout=_POLL, return_when="FIRST_COMPLETED"
                ).done
            except TimeoutError:
                finished = set()
            for future in finished:
                self._take(futures[future], future)
                pending.discard(future)
                future.release()
            self._show()

    def _take(self, shard: Shard, future: Any) -> None:
        error = future.exception() if future.status != "finished" else None
        if error is not None or future.status != "finished":
            self.lost[shard.number] = f"{type(error).__name__}: {error}" if error else future.status
            return
        found = future.result()
        if isinstance(found, str):
            raise ClusterError(f"a worker cannot have the target: {found}")
        self.done[shard.number] = found
        if found.findings and self.options.stop_at_first:
            self._at_scheduler(bank.halted)

    def _interrupt(self, futures: dict[Any, Shard]) -> None:
        """Let the shards that run come to their end, which is near: none of them may send any more."""
        self.interrupted = True
        self._at_scheduler(bank.halted)
        begun = set(self._at_scheduler(bank.told))
        for future, shard in futures.items():
            if shard.number not in begun and shard.number not in self.done:
                future.cancel()
        left = {
            future: shard
            for future, shard in futures.items()
            if shard.number not in self.done and shard.number in begun
        }
        try:
            self._wait(left)
        except KeyboardInterrupt:
            self.client.cancel(list(left), force=True)

    def _show(self) -> None:
        if self.progress is None:
            return
        said = self._at_scheduler(bank.told)
        running = [one for number, one in sorted(said.items()) if number not in self.done]
        requests = sum(one.budget.requests for one in self.done.values())
        findings = {finding.key for one in self.done.values() for finding in one.findings}
        self.progress(
            Event(
                phase=f"{len(self.done)} of {len(self.shards)} shards",
                requests=requests + sum(one[1] for one in running),
                findings=len(findings) + sum(one[2] for one in running),
                note=", ".join(dict.fromkeys(one[0] for one in running)),
            )
        )

    # -- the end

    def _outcome(self, started: float) -> Run:
        runs = [self.done[number] for number in sorted(self.done)]
        if not runs:
            if self.interrupted:
                raise KeyboardInterrupt
            raise ClusterError(f"no shard came to its end: {self._why()}")
        merged = merge(runs)
        spent = merged.budget
        return replace(
            merged,
            started=started,
            elapsed=time.time() - started,
            findings=certain(self.contract, merged, self.options, shared=self._shared),
            budget=replace(
                spent,
                max_requests=self.options.max_requests,
                max_writes=self.options.max_writes,
                max_cost=self.options.max_cost,
            ),
            stopped=self._stopped(merged),
            complaints=(*merged.complaints, *self._complaints()),
        )

    @property
    def _shared(self) -> bool:
        return self.aim.shared and len(self.shards) > 1

    def _stopped(self, merged: Run) -> str:
        if self.interrupted:
            return INTERRUPTED
        if not self.lost:
            return merged.stopped
        told = f"{len(self.lost)} of {len(self.shards)} shards did not come to their end"
        return "; ".join(one for one in (merged.stopped, f"{told}: {self._why()}") if one)

    def _why(self) -> str:
        return "; ".join(dict.fromkeys(self.lost.values()))

    def _complaints(self) -> Iterable[str]:
        if self.options.callback_url:
            yield "callbacks were not asked for: one callback-url cannot lead to every worker"


# -- in a worker


def worked(job: Job) -> Run | str:
    """Do a shard; a sentence where there is no such target. Runs in a worker of the scheduler."""
    # Applications and our own code may roll dice while hypothesis draws: that is theirs, and it warns for each.
    warnings.filterwarnings("ignore", message="Do not use the `random` module inside strategies")
    worker = bank.dask().get_worker()
    purse = bank.SharedPurse(worker, job.account, job.shard.number, job.caps)
    with _ALONE:
        try:
            target = load(job.aim.app) if job.aim.app else LiveTarget(job.aim.url or "")
        except TargetError as error:
            return error.sentence
        contract = Contract.of(_unpacked(job.document))
        options = replace(job.shard.options, examples=job.examples)
        return run(contract, target, options, purse.heard, subject=job.subject, purse=purse)


# -- documents


def _packed(document: Document) -> bytes:
    """A document for another process. What refers to itself over many steps needs a deep stack."""
    data: bytes = _deeply(lambda: pickle.dumps(document, protocol=5))
    return data


def _unpacked(data: bytes) -> Document:
    """A document that `_packed` made: only ever one of our own campaign."""
    document: Document = _deeply(lambda: pickle.loads(data))
    return document


def _deeply(what: Callable[[], Any]) -> Any:
    """Call something with a stack that is deep enough for any document."""
    try:
        return what()
    except RecursionError:
        pass
    found: list[Any] = []
    limit, stack = sys.getrecursionlimit(), threading.stack_size(_STACK)
    try:
        sys.setrecursionlimit(_DEEP)
        thread = threading.Thread(target=lambda: found.append(what()))
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(stack)
    if not found:
        raise ClusterError("the document is nested too deeply to be handed over")
    return found[0]


# -- schedulers


@contextmanager
def _client(scheduler: str) -> Iterator[tuple[Any, int]]:
    """A client of a scheduler, and how many workers it has."""
    try:
        dask = bank.dask()
    except ImportError:
        raise ClusterError("--scheduler needs an extra: pip install 'ringback[cluster]'") from None
    with ExitStack() as undo:
        local = _processes(scheduler)
        address: Any = scheduler
        if local:
            folder = undo.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
            address = undo.enter_context(
                dask.LocalCluster(
                    n_workers=local,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address="127.0.0.1:0",  # with None it takes a port that may be taken
                    memory_limit=0,
                    local_directory=folder,
                    silence_logs=50,
                )
            )
        try:
            client = undo.enter_context(dask.Client(address, timeout="10s"))
        except (OSError, ValueError, TypeError) as error:
            why = error if isinstance(error, OSError) else "that is no address"
            raise ClusterError(f"no scheduler answers at {scheduler}: {why}") from None
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        if not workers:
            raise ClusterError(f"the scheduler at {scheduler} has no workers")
        yield client, workers


def _processes(scheduler: str) -> int:
    """How many processes "local" or "local:N" asks for; 0 for an address."""
    word, _, number = scheduler.partition(":")
    if word != "local":
        return 0
    if not number:
        return max(2, os.cpu_count() or 2)
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= 256:
        raise ClusterError(f"{scheduler!r} names no scheduler; write local:2, or an address")
    return int(number)


def _examples(scheduler: str, undo: ExitStack) -> str | None:
    """Where shards remember examples together: as the environment says, else in a folder of this machine for a while."""
    told = os.environ.get(EXAMPLES)
    if told:
        remembering.check(told)
        return told
    if not _processes(scheduler):
        return None
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    return undo.enter_context(folder)


__all__: Sequence[str] = ["Aim", "ClusterError", "spread"]
