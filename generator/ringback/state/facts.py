"""Numbers that a database remembers by name: counters, the version of its tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    MetaData,
    String,
    Table,
    bindparam,
    insert,
    select,
    update,
)

from .statement import Statement

VERSION: Final = "schema"
"""The name of the number that says which tables these are."""


def facts_table(metadata: MetaData) -> Table:
    """The table of numbers, among the others."""
    return Table(
        "facts",
        metadata,
        Column("name", String(80), primary_key=True),
        Column("value", BigInteger, nullable=False),
    )


class Facts:
    """Numbers that a transaction of the database has read, and those that it is to write at its end, in order."""

    __slots__ = ("changed", "known")

    def __init__(self) -> None:
        self.known: dict[str, int | None] = {}
        self.changed: dict[str, None] = {}


@dataclass(frozen=True, slots=True)
class FactStatements:
    """Reading and writing them."""

    get: Statement
    get_locking: Statement
    change: Statement
    add: Statement

    @staticmethod
    def of(table: Table) -> FactStatements:
        """Those of one table."""
        one = select(table.c.value).where(table.c.name == bindparam("fact"))
        change = update(table).where(table.c.name == bindparam("fact"))
        return FactStatements(
            Statement(one),
            Statement(one.with_for_update()),
            Statement(change.values(value=bindparam("new_value"))),
            Statement(insert(table), ("name", "value")),
        )
