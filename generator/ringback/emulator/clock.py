"""Time as the emulated API knows it: the wall's, faster, or moved by hand. Milliseconds since 1970, UTC."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """A source of time."""

    @property
    def manual(self) -> bool:
        """Whether time stands still until it is advanced."""
        ...

    def now(self) -> int:
        """The time."""
        ...

    def wait(self, until: int) -> float:
        """The real seconds until a time comes; 0 where it has come."""
        ...

    def move(self, to: int) -> None:
        """Set the time; it never goes back."""
        ...


class RealClock:
    """The wall's time, `scale` times as fast, from a starting point on."""

    manual = False

    def __init__(self, scale: float = 1.0, *, start: int | None = None) -> None:
        self.scale = scale
        self._real = time.time()
        self._start = round(self._real * 1000) if start is None else start

    def now(self) -> int:
        return self._start + round((time.time() - self._real) * 1000 * self.scale)

    def wait(self, until: int) -> float:
        return max(0.0, (until - self.now()) / 1000 / self.scale)

    def move(self, to: int) -> None:
        self._start += max(0, to - self.now())


class ManualClock:
    """Time that stands still. It starts on 1 January 2026 unless told otherwise."""

    manual = True
    START = 1_767_225_600_000

    def __init__(self, start: int = START) -> None:
        self._now = start

    def now(self) -> int:
        return self._now

    def wait(self, until: int) -> float:
        return 0.0 if until <= self._now else float("inf")

    def move(self, to: int) -> None:
        """Set the time; it never goes back."""
        self._now = max(self._now, to)


def clock_of(text: str) -> Clock:
    """The clock that a setting names: `real`, `60x`, `manual`. Raises ValueError."""
    if text == "real":
        return RealClock()
    if text == "manual":
        return ManualClock()
    try:
        scale = float(text.removesuffix("x"))
    except ValueError:
        scale = 0.0
    if not text.endswith("x") or not 0 < scale <= 100_000:
        raise ValueError(f"{text!r} is no clock: say real, manual, or a speed such as 60x")
    return RealClock(scale)
