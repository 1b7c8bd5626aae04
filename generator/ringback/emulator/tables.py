"""The tables. What the API shows of a resource is one JSON document; columns hold what is searched by."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from ringback.state import facts_table

_id = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData()

VERSION = 3
"""Raised with every change of a table or of what is stored in it: a database of another version is not touched."""


def _only_where(column: str) -> dict[str, Any]:
    """An index of rows that have a text there. Most have none; those who search say `column != ''` for it to be used."""
    return {name: text(f"{column} != ''") for name in ("sqlite_where", "postgresql_where")}


resources = Table(
    "resources",
    metadata,
    Column("seq", _id, primary_key=True, autoincrement=True),
    Column("kind", String(24), nullable=False),
    Column("account", String(34), nullable=False),
    Column("sid", String(160), nullable=False),
    Column("parent", String(160), nullable=False, default=""),
    Column("name", String(160), nullable=False, default=""),
    Column("status", String(24), nullable=False, default=""),
    Column("callee", String(160), nullable=False, default=""),
    Column("caller", String(160), nullable=False, default=""),
    Column("started", BigInteger),
    Column("ended", BigInteger),
    Column("created", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),  # last: what is searched by is read without it
    UniqueConstraint("kind", "account", "sid"),
    Index("resources_named", "account", "kind", "name", **_only_where("name")),
    Index("resources_listed", "account", "kind", "seq"),
    Index("resources_to", "account", "kind", "callee", "seq", **_only_where("callee")),
    Index("resources_from", "account", "kind", "caller", "seq", **_only_where("caller")),
    Index("resources_below", "account", "kind", "parent", "seq", **_only_where("parent")),
    sqlite_autoincrement=True,  # a removed resource's place is never given to another: cursors name it
)
"""Everything that has a SID, and numbers, callers, queue members: whatever an account owns."""

events = Table(
    "events",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=True),
    Column("due", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("account", String(34), nullable=False),
    Column("subject", String(34), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("events_due", "due", "id"),
    Index("events_subject", "subject"),
)
"""What will happen, and when."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=True),
    Column("due", BigInteger, nullable=False),
    Column(
        "taken", BigInteger, nullable=False, default=0
    ),  # until when another worker leaves it alone
    Column("waited", Integer, nullable=False, default=0),  # 1: a call waits for the answer
    Column("account", String(34), nullable=False),
    Column("subject", String(34), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("deliveries_due", "due", "id"),
)
"""Webhooks and TwiML requests that are still to be sent."""

journal = Table(
    "journal",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("account", String(34), nullable=False),
    Column("subject", String(34), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("journal_subject", "subject", "id"),
)
"""Every attempt to send one: request, answer, time."""

timeline = Table(
    "timeline",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("account", String(34), nullable=False),
    Column("subject", String(34), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("timeline_subject", "subject", "id"),
)
"""What happened to a call: verbs, events, errors, in order."""

facts = facts_table(metadata)
"""Counters, the manual clock's time, and the version of the tables."""
