"""What a run may spend: counted before anything is sent, so that no cap is passed by one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from ringback.contract.outcome import Budget


class Purse(Protocol):
    """What several processes spend together. `reserve` takes all of it, or nothing and says False."""

    def reserve(self, requests: int, writes: int, cost: float) -> bool: ...


@dataclass(frozen=True, slots=True)
class Lack:
    """What is used up. `final`: nothing more can be sent at all."""

    reason: str
    final: bool


class Wallet:
    """The purse of one process. Threads share it."""

    def __init__(
        self,
        max_requests: int | None = None,
        max_writes: int | None = None,
        max_cost: float | None = None,
    ) -> None:
        self._lock = threading.Lock()
        self._max = (max_requests, max_writes, None if max_cost is None else _exact(max_cost))
        self._requests = 0
        self._writes = 0
        self._cost = Decimal(0)  # ten times 0.1 is 1

    def reserve(self, requests: int, writes: int, cost: float) -> bool:
        return self.take(requests, writes, cost) is None

    def take(self, requests: int, writes: int, cost: float) -> Lack | None:
        """Spend, or say what is lacking."""
        with self._lock:
            lack = self._lacking(requests, writes, _exact(cost))
            if lack is None:
                self._spend(requests, writes, _exact(cost))
            return lack

    def lacking(self, requests: int, writes: int, cost: float) -> Lack | None:
        """What is lacking now, without spending anything."""
        with self._lock:
            return self._lacking(requests, writes, _exact(cost))

    def give_back(self, requests: int, writes: int, cost: float) -> None:
        """Undo a `take` that came to nothing."""
        with self._lock:
            self._spend(-requests, -writes, -_exact(cost))

    def budget(self, blocked: int = 0) -> Budget:
        """What was spent so far, and what may be."""
        with self._lock:
            most, writes, cost = self._max
            return Budget(
                requests=self._requests,
                max_requests=most,
                writes=self._writes,
                max_writes=writes,
                cost=float(self._cost),
                max_cost=None if cost is None else float(cost),
                blocked=blocked,
            )

    def _spend(self, requests: int, writes: int, cost: Decimal) -> None:
        self._requests += requests
        self._writes += writes
        self._cost += cost

    def _lacking(self, requests: int, writes: int, cost: Decimal) -> Lack | None:
        most, most_writes, most_cost = self._max
        if most is not None and self._requests + requests > most:
            return Lack(f"the cap of {most} requests is reached", final=True)
        if writes and most_writes is not None and self._writes + writes > most_writes:
            return Lack(f"the cap of {most_writes} writes is reached", final=False)
        if cost and most_cost is not None and self._cost + cost > most_cost:
            told = (
                f"{cost.normalize():f} more would pass the cap of {most_cost.normalize():f} on cost"
            )
            return Lack(told, final=False)
        return None


def _exact(cost: float) -> Decimal:
    return Decimal(str(cost)) if cost else Decimal(0)


class Pace:
    """At most so many a second, evenly: whoever comes waits for its turn, whatever its thread."""

    def __init__(
        self,
        rate: float | None,
        wait: Callable[[float], object] = time.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._line = threading.Lock()
        self._space = 1 / rate if rate else 0.0
        self._wait = wait
        self._now = now
        self._next = 0.0
        self._resume = 0.0

    def turn(self) -> None:
        """Wait until it is one's turn; at once where there is no rate and no pause, or where `wait` gives a truth."""
        if not self._space and not self._resume:
            return
        # Who waits keeps the lock: the next one counts from when this one has gone, not from when it should have.
        with self._line:
            while (left := max(self._next, self._resume) - self._now()) > 0:
                if self._wait(left):
                    return
            self._next = self._now() + self._space

    def pause(self, seconds: float) -> None:
        """Let nobody go for a while: the other side asked for it."""
        self._resume = max(self._resume, self._now() + seconds)
