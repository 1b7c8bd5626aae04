"""Processes that work on mutants, each by itself: what one leaves behind in a process, no other mutant shall meet.

A process that does not come back in time is ended, its mutant counts as failed, and another process takes its place.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Final

_GRACE: Final = 45.0
"""Seconds beyond what a job should take, until its process is given up."""


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work: a method's name and what it is called with. `seconds` is what it should take at most."""

    method: str
    arguments: tuple[Any, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Done:
    """A job and what came of it; `trouble` says why nothing did."""

    job: Job
    result: Any = None
    trouble: str = ""


@dataclass(slots=True)
class _Hand:
    process: BaseProcess
    pipe: Connection
    job: Job | None = None
    until: float = 0.0


class Crew:
    """So many processes. `make` (of `plan`) gives what their jobs are asked of; use it as a context manager.

    `fresh`: each job has a process of its own.
    """

    def __init__(
        self, make: Callable[[Any], Any], plan: Any, size: int, *, fresh: bool = False
    ) -> None:
        self._make, self._plan, self._size, self._fresh = make, plan, size, fresh
        self._context = multiprocessing.get_context("spawn")
        self._hands: list[_Hand] = []

    def __enter__(self) -> Crew:
        self._hands = [self._hire() for _ in range(self._size)]
        return self

    def __exit__(self, *raised: object) -> None:
        for hand in self._hands:
            self._dismiss(hand)

    def work(self, more: Callable[[], Job | None]) -> Iterator[Done]:
        """Do what `more` gives, until it gives nothing while nobody is at work; in the order in which it is done.

        `more` is asked again after each job that was done: what comes of one may make others.
        """
        while True:
            self._give(more)
            busy = [hand for hand in self._hands if hand.job is not None]
            if not busy:
                return
            left = max(0.0, min(hand.until for hand in busy) - time.monotonic())
            ready = wait([hand.pipe for hand in busy], timeout=left)
            for hand in busy:
                if hand.pipe in ready:
                    yield self._taken(hand)
                elif time.monotonic() > hand.until:
                    yield self._given_up(hand, "it did not come to an end in time")

    def _give(self, more: Callable[[], Job | None]) -> None:
        for hand in self._hands:
            if hand.job is None:
                job = more()
                if job is None:
                    return
                hand.job, hand.until = job, time.monotonic() + job.seconds + _GRACE
                hand.pipe.send((job.method, job.arguments))

    def _taken(self, hand: _Hand) -> Done:
        job = hand.job
        assert job is not None
        try:
            result, trouble = hand.pipe.recv()
        except (EOFError, OSError):
            return self._given_up(hand, "its process ended")
        if self._fresh:
            self._replace(hand)
        hand.job = None
        return Done(job, result, trouble)

    def _given_up(self, hand: _Hand, why: str) -> Done:
        job = hand.job
        assert job is not None
        self._replace(hand)
        return Done(job, trouble=why)

    def _replace(self, hand: _Hand) -> None:
        self._dismiss(hand)
        self._hands[self._hands.index(hand)] = self._hire()

    def _hire(self) -> _Hand:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=serve, args=(theirs, self._make, self._plan), daemon=True
        )
        process.start()
        theirs.close()
        return _Hand(process, ours)

    def _dismiss(self, hand: _Hand) -> None:
        hand.pipe.close()
        hand.process.terminate()
        hand.process.join(5.0)
        if hand.process.is_alive():
            hand.process.kill()


def serve(pipe: Connection, make: Callable[[Any], Any], plan: Any) -> None:
    """What a process does: make, then answer until nobody asks any more."""
    made: Any = None
    while True:
        try:
            method, arguments = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        try:
            made = make(plan) if made is None else made
            answer = (getattr(made, method)(*arguments), "")
        except KeyboardInterrupt:
            return
        except Exception as error:  # whatever it is, it is said where somebody reads it
            answer = (None, " ".join(f"{type(error).__name__}: {error}".split())[:300])
        try:
            pipe.send(answer)
        except OSError:
            return
