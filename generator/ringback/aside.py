"""Work done beside the main work, on another core: a forked child computes, the parent goes on and asks later."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable
from functools import cache
from typing import TypeVar

T = TypeVar("T")


def aside(work: Callable[[], T], otherwise: T) -> Callable[[], T]:
    """Start some work and give the function that waits for its result.

    Where processes cannot be forked the work is done when it is asked for. `otherwise` is the result of work that
    did not come to an end: its process was killed.
    """
    alone = threading.active_count() == 1  # a fork of several threads may never come to an end
    if not hasattr(os, "fork") or (os.cpu_count() or 1) < 2 or not alone:
        return cache(work)
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _work(work, reading, writing)
    os.close(writing)
    found: list[T] = []

    def result() -> T:
        if not found:
            found.append(_result(child, reading, otherwise))
        return found[0]

    return result


def _work(work: Callable[[], T], reading: int, writing: int) -> None:
    """The child: nothing of it is left when it ends, whatever happens."""
    status = 1
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(work(), pipe)
        status = 0
    finally:
        os._exit(status)


def _result(child: int, reading: int, otherwise: T) -> T:
    with os.fdopen(reading, "rb") as pipe:
        content = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) != 0 or not content:
        return otherwise
    result: T = pickle.loads(content)
    return result
