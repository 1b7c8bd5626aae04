"""State: rows of tables in a database, by the engine that the emulator keeps its state with.

A row is what is known of one thing: the item as it is shown, what else was sent for it, and where it belongs (`home`: kinds of
identifier with their values). Rows keep the order in which they were made.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy import (
    Table as Columns,
)

from ringback.state import Database, Facts, Statement, Unit, facts_table

MEMORY: Final = "sqlite://"

_metadata = MetaData()
_id = BigInteger().with_variant(Integer, "sqlite")
_rows = Columns(
    "mock_rows",
    _metadata,
    Column("seq", _id, primary_key=True, autoincrement=True),
    Column("resource", String(200), nullable=False),
    Column("key", Text, nullable=False),
    Column("home", Text, nullable=False),  # as one text, for rows of one place
    Column("data", LargeBinary, nullable=False),
    Index("mock_rows_named", "resource", "key"),
    Index("mock_rows_placed", "resource", "home", "seq"),
    sqlite_autoincrement=True,  # a removed row's place is never given to another: cursors name it
)
_facts = facts_table(_metadata)
_TABLES: Final = 1

_c = _rows.c
_OF = _c.resource == bindparam("resource")
_NAMED = Statement(
    select(_c.seq, _c.home, _c.data).where(_OF, _c.key == bindparam("key")).order_by(_c.seq)
)
_ALL = Statement(select(_c.seq, _c.key, _c.data).where(_OF).order_by(_c.seq))
_PLACED = Statement(
    select(_c.seq, _c.key, _c.data).where(_OF, _c.home == bindparam("home")).order_by(_c.seq)
)
_WINDOW = Statement(
    select(_c.seq, _c.key, _c.data)
    .where(_OF, _c.home == bindparam("home"))
    .order_by(_c.seq)
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)
_COUNT = Statement(select(func.count()).where(_OF, _c.home == bindparam("home")))
_ADD = Statement(insert(_rows), ("resource", "key", "home", "data"))
_SAVE = Statement(
    update(_rows)
    .where(_c.seq == bindparam("row"))
    .values(key=bindparam("new_key"), data=bindparam("new_data"))
)
_DROP = Statement(delete(_rows).where(_c.seq == bindparam("row")))

Home = Mapping[str, str]


class Row(msgspec.Struct):
    """One thing. `more` is what was sent for it and is not shown."""

    item: Any
    more: dict[str, Any]
    home: dict[str, str]
    key: str = ""
    seq: int = 0


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Row).decode


class WallClock:
    """The wall's time in ms; nothing here waits for it."""

    manual = False

    def now(self) -> int:
        return round(time.time() * 1000)


def place(home: Home) -> str:
    """A home as one text."""
    return msgspec.json.encode(sorted(home.items())).decode()


class Transaction(Unit):
    """One request's view of the state."""

    def get(self, resource: str, key: str, home: Home) -> Row | None:
        """The row of a key that belongs where `home` says; what either side does not say does not matter."""
        for seq, _, data in self._run(_NAMED, {"resource": resource, "key": key}).fetchall():
            row = _row(seq, key, data)
            if _agrees(row.home, home):
                return row
        return None

    def taken(self, resource: str, key: str, home: Home) -> bool:
        """Whether a key is given away in a place, or has been: what is gone does not come back as something else."""
        return self.get(resource, key, home) is not None or bool(self.fact(_gone(resource, key)))

    def rows(self, resource: str, home: Home) -> list[Row]:
        """The rows of a place, oldest first."""
        found = self._run(_PLACED, {"resource": resource, "home": place(home)}).fetchall()
        return [_row(seq, key, data) for seq, key, data in found]

    def window(self, resource: str, home: Home, offset: int, size: int) -> list[Row]:
        """Some rows of a place, oldest first."""
        given = {"resource": resource, "home": place(home), "most": size, "skip": offset}
        return [_row(seq, key, data) for seq, key, data in self._run(_WINDOW, given).fetchall()]

    def count(self, resource: str, home: Home) -> int:
        """How many rows a place has."""
        known, told = self._store.counts, (resource, place(home))
        if told not in known:
            given = {"resource": resource, "home": told[1]}
            number = int(self._run(_COUNT, given).fetchone()[0])
            if not self._store.private or not self._looks:
                return number
            known[told] = number
        return int(known[told])

    def all(self, resource: str, home: Home) -> Iterator[Row]:
        """The rows of a place and of all that lie below it, oldest first."""
        for seq, key, data in self._run(_ALL, {"resource": resource}).fetchall():
            row = _row(seq, key, data)
            if all(row.home.get(name) == value for name, value in home.items()):
                yield row

    def add(self, resource: str, row: Row) -> None:
        """Put a new row at the end; it then knows its place there."""
        home = place(row.home)
        given = {"resource": resource, "key": row.key, "home": home, "data": _encode(row)}
        added = self._run(_ADD, given)
        self._store.counts.clear()
        if self._raw is not None:
            row.seq = added.lastrowid
            return
        found = self.get(resource, row.key, row.home)
        row.seq = found.seq if found is not None else 0

    def save(self, row: Row) -> None:
        """Write a changed row."""
        self._run(_SAVE, {"row": row.seq, "new_key": row.key, "new_data": _encode(row)})

    def drop(self, resource: str, row: Row) -> None:
        """Remove a row. Its key stays known."""
        self.remember(_gone(resource, row.key), 1)
        self._store.counts.clear()
        self._run(_DROP, {"row": row.seq})


def _gone(resource: str, key: str) -> str:
    """The name of the fact that a key was given away once: short, whatever the key."""
    return f"gone {hashlib.sha256(repr((resource, key)).encode()).hexdigest()[:40]}"


def _row(seq: int, key: str, data: bytes) -> Row:
    row = _decode(data)
    row.seq, row.key = seq, key
    return row


def _agrees(own: Home, asked: Home) -> bool:
    """Whether a row belongs where it is asked for: `/pets/1` asks for no shelter, `/shelters/2/pets/1` for that one."""
    return all(own.get(name) == value for name, value in asked.items())


class Store(Database[Transaction]):
    """The database of one mock."""

    owner = "the mock"

    def __init__(self, url: str = MEMORY) -> None:
        # How many rows places have: read from what is committed, forgotten with everything that is written.
        self.counts: dict[tuple[str, str], int] = {}
        super().__init__(url, WallClock(), _metadata, _facts, _TABLES)

    def _ended(self) -> None:
        self.counts.clear()

    def _unit(
        self, connection: Connection, now: int, *, read: bool = False, facts: Facts | None = None
    ) -> Transaction:
        return Transaction(connection, now, self, read, facts)
