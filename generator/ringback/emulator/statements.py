"""The statements that every request needs, made once.

Building a statement costs more than running it, and on SQLite so does taking it through SQLAlchemy's machinery: there, the
text that SQLAlchemy Core writes goes straight to the driver. PostgreSQL gets them in the usual way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError

from ringback.emulator import tables as t


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


_c = t.resources.c
_ONE = (
    _c.kind == bindparam("kind"),
    _c.account == bindparam("account"),
    _c.sid == bindparam("sid"),
)
_COLUMNS = ("parent", "name", "status", "callee", "caller", "updated", "data")

GET = Statement(select(_c.data).where(*_ONE))
GET_LOCKING = Statement(select(_c.data).where(*_ONE).with_for_update())
PLACE = Statement(select(_c.seq).where(*_ONE))
ADD = Statement(insert(t.resources), ("kind", "account", "sid", *_COLUMNS, "created"))
SAVE = Statement(
    update(t.resources)
    .where(
        _c.kind == bindparam("new_kind"),
        _c.account == bindparam("new_account"),
        _c.sid == bindparam("new_sid"),
    )
    .values({name: bindparam(f"new_{name}") for name in _COLUMNS})
)
# In these words, or the databases do not see that an index holds what is searched.
_HAS_NAME = text("resources.name != ''")
HAS_PARENT = text("resources.parent != ''")
_HAS_CALLEE = text("resources.callee != ''")
_HAS_CALLER = text("resources.caller != ''")
_NAMED = select(_c.data).where(
    _c.kind == bindparam("kind"),
    _c.account == bindparam("account"),
    _c.name == bindparam("name"),
    _HAS_NAME,
)
NAMED = Statement(_NAMED.order_by(_c.seq))
NAMED_BELOW = Statement(_NAMED.where(_c.parent == bindparam("parent")).order_by(_c.seq))

_FACT = select(t.facts.c.value).where(t.facts.c.name == bindparam("fact"))
FACT = Statement(_FACT)
FACT_LOCKING = Statement(_FACT.with_for_update())
SET_FACT = Statement(
    update(t.facts).where(t.facts.c.name == bindparam("fact")).values(value=bindparam("new_value"))
)
ADD_FACT = Statement(insert(t.facts), ("name", "value"))

ADD_EVENT = Statement(insert(t.events), ("due", "kind", "account", "subject", "data"))
_NEXT_EVENT = (
    select(t.events)
    .where(t.events.c.due <= bindparam("until"))
    .order_by(t.events.c.due, t.events.c.id)
    .limit(1)
)
NEXT_EVENT = Statement(_NEXT_EVENT)
NEXT_EVENT_LOCKING = Statement(_NEXT_EVENT.with_for_update(skip_locked=True))
DROP_EVENT = Statement(delete(t.events).where(t.events.c.id == bindparam("event")))

ADD_DELIVERY = Statement(
    insert(t.deliveries), ("due", "taken", "waited", "account", "subject", "data")
)
ADD_NOTE = Statement(insert(t.timeline), ("at", "account", "subject", "kind", "data"))


@lru_cache(maxsize=256)
def window(
    parent: bool,
    status: bool,
    callee: bool,
    caller: bool,
    before: bool,
    after: bool,
    falling: bool,
    most: bool,
    skip: bool,
) -> Statement:
    """Resources in the order of creation: place, SID and data; which bounds are given is said here, their values later."""
    query = select(_c.seq, _c.sid, _c.data).where(
        _c.kind == bindparam("kind"), _c.account == bindparam("account")
    )
    if parent:
        query = query.where(_c.parent == bindparam("parent"), HAS_PARENT)
    if status:
        query = query.where(_c.status == bindparam("status"))
    if callee:
        query = query.where(_c.callee == bindparam("callee"), _HAS_CALLEE)
    if caller:
        query = query.where(_c.caller == bindparam("caller"), _HAS_CALLER)
    if before:
        query = query.where(_c.seq < bindparam("before"))
    if after:
        query = query.where(_c.seq > bindparam("after"))
    query = query.order_by(_c.seq.desc() if falling else _c.seq)
    if most:
        query = query.limit(bindparam("most"))
    if skip:
        query = query.offset(bindparam("skip"))
    return Statement(query)
