"""SQLite's log is brought into its database beside the work, not in its way.

Left alone, SQLite does that inside some commit, which then takes thirty times as long as others, and everybody waits. Here
a thread with a connection of its own takes the great part while work goes on. What has been written meanwhile is brought
over by the next commit, and is little; after that the log begins anew. What a commit has promised does not depend on
any of it: the log itself is what survives.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from typing import Any, Final

EVERY: Final = 20_000
"""After so many rows written it is time."""
_CHECKPOINT: Final = "PRAGMA wal_checkpoint(PASSIVE)"


class Checkpoints:
    """Of one file. `written` is called by one thread at a time."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._rows = 0
        self._thread: threading.Thread | None = None

    def written(self, rows: int, connection: Any) -> None:
        """So many rows have been committed; `connection` is SQLite's own, with no transaction open."""
        self._rows += rows
        if self._thread is None:
            if self._rows >= EVERY:
                self._rows = 0
                self._thread = threading.Thread(target=self._most, name="ringback-checkpoint")
                self._thread.start()
        elif not self._thread.is_alive():
            self._thread = None
            with contextlib.suppress(sqlite3.Error):
                connection.execute(_CHECKPOINT).fetchall()

    def _most(self) -> None:
        # What goes wrong here is tried again later; SQLite itself does it when the log has become very long.
        with (
            contextlib.suppress(sqlite3.Error),
            contextlib.closing(sqlite3.connect(self._file, timeout=1)) as own,
        ):
            own.execute(_CHECKPOINT).fetchall()

    def close(self) -> None:
        """Wait for what is going on."""
        if self._thread is not None:
            self._thread.join()
