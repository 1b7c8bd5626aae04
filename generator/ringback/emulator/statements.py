"""The statements that every request needs, made once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, insert, select, text, update

from ringback.emulator import tables as t
from ringback.state import Statement

_c = t.resources.c
_ONE = (
    _c.kind == bindparam("kind"),
    _c.account == bindparam("account"),
    _c.sid == bindparam("sid"),
)
_COLUMNS = (
    "parent", "name", "status", "callee", "caller", "started", "ended", "updated", "data"
)  # fmt: skip

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


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """The filters that the database does; None lets everything through. Times are in ms: from one on, before another."""

    parent: str | None = None
    status: str | None = None
    callee: str | None = None
    caller: str | None = None
    started_from: int | None = None
    started_before: int | None = None
    ended_from: int | None = None
    ended_before: int | None = None

    def given(self) -> dict[str, str | int]:
        """Those that are there, by name."""
        named = zip(self.__struct_fields__, msgspec.structs.astuple(self), strict=True)
        return {name: value for name, value in named if value is not None}


WHOLE = Bounds()


_BOUNDED: dict[str, tuple[Any, ...]] = {
    "parent": (_c.parent == bindparam("parent"), HAS_PARENT),
    "status": (_c.status == bindparam("status"),),
    "callee": (_c.callee == bindparam("callee"), _HAS_CALLEE),
    "caller": (_c.caller == bindparam("caller"), _HAS_CALLER),
    "started_from": (_c.started >= bindparam("started_from"),),
    "started_before": (_c.started < bindparam("started_before"),),
    "ended_from": (_c.ended >= bindparam("ended_from"),),
    "ended_before": (_c.ended < bindparam("ended_before"),),
    "before": (_c.seq < bindparam("before"),),
    "after": (_c.seq > bindparam("after"),),
}
"""What each bound is in SQL: those of `Bounds`, and the place where a window begins."""


@lru_cache(maxsize=1024)
def window(given: tuple[str, ...], falling: bool) -> Statement:
    """Resources in the order of creation: place, SID and data.

    Which bounds are given is said here, beside `most` and `skip`; their values are said later.
    """
    query = select(_c.seq, _c.sid, _c.data).where(
        _c.kind == bindparam("kind"), _c.account == bindparam("account")
    )
    for name in given:
        query = query.where(*_BOUNDED.get(name, ()))
    query = query.order_by(_c.seq.desc() if falling else _c.seq)
    if "most" in given:
        query = query.limit(bindparam("most"))
    if "skip" in given:
        query = query.offset(bindparam("skip"))
    return Statement(query)
