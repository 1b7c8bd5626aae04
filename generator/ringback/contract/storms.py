"""When to give up: the same refusal again and again says something about the whole run."""

from __future__ import annotations

import threading
from typing import Final

from ringback.contract.targets import TargetError

UNREACHABLE: Final = 3
SILENT: Final = 10
SILENT_FROM_THE_START: Final = 3


class Storms:
    """Counts what came in a row, over all threads."""

    def __init__(self, refusals: int) -> None:
        self._lock = threading.Lock()
        self._most = refusals
        self._unauthorised = 0
        self._limited = 0
        self._silent = 0
        self._unreachable = 0
        self._answered = False
        self._admitted = False

    def answered(self, status: int, *, authenticated: bool) -> str:
        """Count an answer; gives why the run has to end, or ""."""
        with self._lock:
            self._answered = True
            self._silent = self._unreachable = 0
            self._limited = self._limited + 1 if status == 429 else 0
            # Requests without credentials, or with wrong ones, are meant to be refused.
            if authenticated:
                self._unauthorised = self._unauthorised + 1 if status == 401 else 0
                self._admitted = self._admitted or 200 <= status < 300
            if self._limited >= self._most:
                return f"status 429 came {self._limited} times in a row: lower the rate with --rate"
            # Who was let in once has the right credentials; other accounts' resources are refused with 401 too.
            if self._unauthorised >= self._most * (10 if self._admitted else 1):
                told = f"status 401 came {self._unauthorised} times in a row"
                return f"{told}: the credentials are not accepted"
        return ""

    def failed(self, error: TargetError) -> str:
        """Count what was no answer; gives why the run has to end, or ""."""
        if error.trace:  # an application that raises is there, and wrong
            return ""
        with self._lock:
            self._silent += 1
            self._unreachable = self._unreachable + 1 if error.unreachable else 0
            if self._unreachable >= UNREACHABLE:
                return error.sentence
            most = SILENT if self._answered else SILENT_FROM_THE_START
            if self._silent >= most:
                return f"{self._silent} requests in a row got no answer, the last: {error.sentence}"
        return ""
