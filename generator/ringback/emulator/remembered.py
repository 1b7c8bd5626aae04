"""Rows that were read and have not been written since: most of what a running client asks for is asked for again.

Only for a database that nobody else writes to. A row is remembered by those who read what is committed, and forgotten when
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


class Remembered:
    """Rows by key."""

    def __init__(self) -> None:
        self._rows: dict[Key, bytes] = {}
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

    def written(self, keys: Iterable[Key]) -> None:
        """A transaction that wrote these rows was committed."""
        with self._lock:
            self.commits += 1
            for key in keys:
                self._rows.pop(key, None)

    def clear(self) -> None:
        """Everything may have changed."""
        with self._lock:
            self.commits += 1
            self._rows.clear()
