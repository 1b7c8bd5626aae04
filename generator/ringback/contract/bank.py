"""One budget and one rate for all shards of a campaign, wherever they run: kept by the scheduler that all of them know.

A worker asks before it sends, so no cap is passed by one, and what a worker had spent when it died stays spent. Where nothing
is capped, a worker only says now and then how far it is, and hears whether it shall stop.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final

from ringback.contract.budget import Wallet
from ringback.contract.options import Options
from ringback.contract.report.progress import Event

_BEAT: Final = 0.5
"""Seconds between two words of a worker that need not ask."""
_HANDLER: Final = "ringback_contract"


@dataclass(frozen=True, slots=True)
class Caps:
    """What all shards together may spend; None: no limit. `rate` is requests per second."""

    max_requests: int | None = None
    max_writes: int | None = None
    max_cost: float | None = None
    rate: float | None = None

    @staticmethod
    def of(options: Options) -> Caps:
        return Caps(options.max_requests, options.max_writes, options.max_cost, options.rate)

    @property
    def any(self) -> bool:
        return self != Caps()


@dataclass(slots=True)
class Account:
    """What a campaign has spent, when the next request may go, and what each shard said last. One thread uses it."""

    caps: Caps
    wallet: Wallet
    next: float = 0.0  # time.monotonic of the scheduler
    halted: bool = False
    shards: dict[int, tuple[str, int, int, str]] = field(default_factory=dict)

    def reserve(self, requests: int, writes: int, cost: float, now: float) -> tuple[bool, float]:
        """Whether it may be sent, and in how many seconds."""
        if self.halted or not self.wallet.reserve(requests, writes, cost):
            return False, 0.0
        if not self.caps.rate or not requests:
            return True, 0.0
        turn = max(self.next, now)
        self.next = turn + requests / self.caps.rate
        return True, turn - now


def dask() -> Any:
    """The library, which is an extra. Raises ImportError."""
    return import_module("distributed")


# -- in the scheduler


def opened(name: str, caps: Caps, dask_scheduler: Any) -> None:
    """Open the account of a campaign in a scheduler."""
    accounts = dask_scheduler.extensions.setdefault(_HANDLER, {})
    accounts[name] = Account(caps, Wallet(caps.max_requests, caps.max_writes, caps.max_cost))

    async def asked(
        account: str, shard: int, said: Any, requests: int = 0, writes: int = 0, cost: float = 0.0
    ) -> tuple[bool, float]:
        held = accounts.get(account)
        if held is None:
            return False, 0.0  # the campaign is over
        held.shards[shard] = tuple(said)
        answer: tuple[bool, float] = held.reserve(requests, writes, cost, time.monotonic())
        return answer

    dask_scheduler.handlers[_HANDLER] = asked


def halted(name: str, dask_scheduler: Any) -> None:
    """Let no shard send anything more."""
    held = dask_scheduler.extensions.get(_HANDLER, {}).get(name)
    if held is not None:
        held.halted = True


def told(name: str, dask_scheduler: Any) -> dict[int, tuple[str, int, int, str]]:
    """What the shards said last: phase, requests, findings, note."""
    held = dask_scheduler.extensions.get(_HANDLER, {}).get(name)
    return {} if held is None else dict(held.shards)


def closed(name: str, dask_scheduler: Any) -> None:
    """Close an account; who still asks is refused."""
    dask_scheduler.extensions.get(_HANDLER, {}).pop(name, None)


# -- in a worker


class SharedPurse:
    """The purse of one shard: asks the scheduler of the worker that it runs in. Threads share it."""

    def __init__(self, worker: Any, account: str, shard: int, caps: Caps) -> None:
        self._worker = worker
        self._account = account
        self._shard = shard
        self._ask_always = caps.any
        self._stopped = False
        self._said = 0.0
        self._event = Event("starting")
        self._lock = threading.Lock()

    def heard(self, event: Event) -> None:
        """Take where the campaign is: the scheduler is told the next time that it is asked."""
        self._event = event

    def reserve(self, requests: int, writes: int, cost: float) -> bool:
        if self._ask_always:
            granted, seconds = self._ask(requests, writes, cost)
            if granted and seconds > 0:
                time.sleep(seconds)
            return granted
        with self._lock:
            now = time.monotonic()
            if not self._stopped and now - self._said >= _BEAT:
                self._said = now
                self._stopped = not self._ask(0, 0, 0.0)[0]
            return not self._stopped

    def _ask(self, requests: int, writes: int, cost: float) -> tuple[bool, float]:
        event = self._event
        granted, seconds = dask().utils.sync(
            self._worker.loop,
            getattr(self._worker.scheduler, _HANDLER),
            account=self._account,
            shard=self._shard,
            said=(event.phase, event.requests, event.findings, event.note),
            requests=requests,
            writes=writes,
            cost=cost,
        )
        return bool(granted), float(seconds)
