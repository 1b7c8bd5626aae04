"""One unit of work: what a function sees of the database while it runs.

Those who keep state derive a class from `Unit` and give it what their tables hold; this much is the same for all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from .facts import Facts
from .remembered import Key
from .statement import Statement

if TYPE_CHECKING:
    from .database import Database


class Unit:
    """`now` is the same from its beginning to its end. `written` are the rows that others must not remember any more."""

    def __init__(
        self,
        connection: Connection,
        now: int,
        store: Database[Any],
        read: bool = False,
        facts: Facts | None = None,
    ) -> None:
        self._connection = connection
        self._raw: Any = None if store.locks else connection.connection.driver_connection
        self._store: Any = store  # whatever kind of database it is: a derived class knows
        self._locks = store.locks and not read
        self.written: list[Key] = []
        self._looks = (
            read and not store.locks
        )  # it sees only what is committed, and nobody else writes
        self._facts = Facts() if facts is None else facts
        self.before = 0 if self._raw is None else self._raw.total_changes
        self._remembered = False
        self.now = now

    @property
    def changed(self) -> bool:
        """Whether it has written anything yet. (Only SQLite knows.)"""
        return self._remembered or self._raw.total_changes != self.before

    def changes(self, since: int) -> int:
        """How many rows have been written since there had been so many. (Only SQLite knows.)"""
        return 0 if self._raw is None else int(self._raw.total_changes) - since

    def finish(self) -> None:
        """Write what was put off to the end."""
        for name in self._facts.changed:
            self._write_fact(name, self._facts.known[name] or 0)
        self._facts.changed.clear()

    def mark(self, command: str) -> None:
        """Begin, undo or keep a part of it: a command of SQLite."""
        assert self._raw is not None
        self._raw.execute(command)

    def _run(self, statement: Statement, given: Mapping[str, Any]) -> Any:
        return statement.run(self._connection, self._raw, given)

    def bump(self, name: str, by: int = 1, start: int = 0) -> int:
        """Raise a counter and give its new value."""
        value = self.fact(name, start) + by
        self.remember(name, value)
        return value

    def fact(self, name: str, default: int = 0) -> int:
        """A number that was remembered."""
        known = self._facts.known
        if name not in known:
            query = self._store.facts.get_locking if self._locks else self._store.facts.get
            row = self._run(query, {"fact": name}).fetchone()
            known[name] = None if row is None else row[0]
        found = known[name]
        return default if found is None else int(found)

    def remember(self, name: str, value: int) -> None:
        """Remember a number."""
        self._facts.known[name] = value
        if self._raw is None:
            self._write_fact(name, value)  # others are to wait for it
        else:
            self._facts.changed[name] = None
            self._remembered = True

    def _write_fact(self, name: str, value: int) -> None:
        changed = self._run(self._store.facts.change, {"fact": name, "new_value": value})
        if changed.rowcount == 0:
            self._run(self._store.facts.add, {"name": name, "value": value})
