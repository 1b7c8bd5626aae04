"""A statement that every request needs, made once.

Building a statement costs more than running it, and on SQLite so does taking it through SQLAlchemy's machinery: there, the
text that SQLAlchemy Core writes goes straight to the driver. PostgreSQL gets it in the usual way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError


class Statement:
    """A statement with named parameters. `columns` are those that an INSERT fills."""

    __slots__ = ("_adds", "_core", "_defaults", "_names", "_text")

    def __init__(self, core: Any, columns: tuple[str, ...] | None = None) -> None:
        written = core.compile(
            dialect=sqlite.dialect(), column_keys=None if columns is None else list(columns)
        )
        self._core = core
        self._adds = columns is not None
        self._text = str(written)
        self._names = tuple(written.positiontup or ())
        self._defaults = {k: v for k, v in written.params.items() if isinstance(v, int)}

    def run(self, connection: Connection, raw: Any, given: Mapping[str, Any]) -> Any:
        """Run it: on SQLite's own connection, where there is one; gives a cursor or result with rows as tuples."""
        if raw is None:
            # A list of one row: for a single one SQLAlchemy would ask what key it got.
            return connection.execute(self._core, [dict(given)] if self._adds else dict(given))
        known = {**self._defaults, **given} if self._defaults else given
        try:
            return raw.execute(self._text, [known[name] for name in self._names])
        except sqlite3.Error as error:
            raise DBAPIError(self._text, None, error) from error
