"""Opening a database: SQLite as this program wants it, or PostgreSQL."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

IN_MEMORY: Final = ("sqlite://", "sqlite:///:memory:")


def opened(url: str) -> Engine:
    """The engine of a database."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True)
    options: dict[str, Any] = {"poolclass": StaticPool} if url in IN_MEMORY else {}
    engine = create_engine(url, connect_args={"check_same_thread": False}, **options)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # The one that only reads must not begin anything: nobody would end it, and it would see old rows for ever.
        if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
            connection.exec_driver_sql("BEGIN")  # the driver's own transactions know no savepoints

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "wal_autocheckpoint=64000",
            "cache_size=-16384",
            "busy_timeout=10000",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine
