"""Rows that were read and have not been written since: most of what a running client asks for is asked for again.

Only for a database that nobody else writes to. Whole answers of lists are remembered in the same way, until anything at all
is written. A row is remembered by those who read what is committed, and forgotten when
a transaction that wrote it has been committed; the count of commits keeps out what was read just before one.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import Final

Key = tuple[str, str, str]
"""Kind, account, SID."""

EVERYTHING: Final[Key] = ("", "", "")
MOST: Final = 10_000
MOST_ANSWERS: Final = 64
LARGEST_ANSWER: Final = 256 * 1024


class Remembered:
    """Rows by key."""

    def __init__(self) -> None:
        self._rows: dict[Key, bytes] = {}
        self._answers: dict[tuple[str, str], bytes] = {}
        self._lock = Lock()
        self.commits = 0

    def get(self, key: Key) -> bytes | None:
        """A row, if it is known."""
        return self._rows.get(key)

    def keep(self, key: Key, row: bytes, commits: int) -> None:
        """Remember a row that was read when `commits` transactions had been committed."""
        with self._lock:
            if self.commits != commits:
                return
            if len(self._rows) >= MOST:
                self._rows.clear()
            self._rows[key] = row

    def answer(self, asked: tuple[str, str]) -> bytes | None:
        """The answer to a path and query, if nothing has been written since it was made."""
        return self._answers.get(asked)

    def keep_answer(self, asked: tuple[str, str], answer: bytes, commits: int) -> None:
        """Remember an answer that was made of what `commits` transactions had left; a very long one is not."""
        with self._lock:
            if self.commits != commits or len(answer) > LARGEST_ANSWER:
                return
            if len(self._answers) >= MOST_ANSWERS:
                self._answers.clear()
            self._answers[asked] = answer

    def written(self, keys: Iterable[Key]) -> None:
        """A transaction that wrote these rows was committed."""
        with self._lock:
            self.commits += 1
            self._answers.clear()
            for key in keys:
                self._rows.pop(key, None)

    def clear(self) -> None:
        """Everything may have changed."""
        with self._lock:
            self.commits += 1
            self._answers.clear()
            self._rows.clear()
