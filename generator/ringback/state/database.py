"""A database behind one small interface, in SQLite or PostgreSQL: functions run in transactions.

What a function did is there as a whole or not at all, and once `run` has returned it survives the process. Work that is
asked for at the same time shares a commit. What tables there are, and what a transaction can do with them, those who derive
from `Database` and `Unit` say.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from contextvars import Context, copy_context
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Connection, MetaData, Table, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from .checkpoints import Checkpoints
from .engine import IN_MEMORY, opened
from .facts import VERSION, Facts, FactStatements
from .remembered import EVERYTHING, Key, Remembered
from .unit import Unit

U = TypeVar("U", bound=Unit)
T = TypeVar("T")

_TRIES = 5

_Waiting = tuple[Callable[[Any], Any], "asyncio.Future[Any]", Context]
_Outcome = tuple[Any, BaseException | None]


class Time(Protocol):
    """Where `now` comes from (in ms since 1970). `manual`: it stands still until it is moved."""

    @property
    def manual(self) -> bool: ...

    def now(self) -> int: ...


class OtherVersion(Exception):
    """The database was made by a program whose tables were others; nothing in it has been touched."""


class _Again(Exception):
    """A transaction is undone and done again, more carefully."""


class Database(Generic[U]):
    """One per process; several processes may share a PostgreSQL. `owner` is what messages call the program."""

    owner = "the program"

    def __init__(
        self, url: str, clock: Time, metadata: MetaData, facts: Table, version: int
    ) -> None:
        self._time = clock
        self.facts = FactStatements.of(facts)
        self.locks = not url.startswith("sqlite")
        self.private = not self.locks  # nobody else writes here
        self._engine = opened(url)
        self._reader: Connection | None = None
        self._checkpoints: Checkpoints | None = None
        self.known = Remembered()
        self._batches: dict[asyncio.AbstractEventLoop, list[_Waiting]] = {}
        # Event loops of several threads may share a store; SQLite has one writer, and in memory one connection.
        self._alone: Any = contextlib.nullcontext() if self.locks else threading.RLock()
        try:
            self._create(metadata, facts, version)
        except BaseException:
            self._engine.dispose()
            raise
        if not self.locks:
            # One connection that only reads saves a transaction for every answer. In memory it is the one that writes as well,
            # and nobody reads while somebody writes.
            self._reader = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            if url not in IN_MEMORY:
                self._checkpoints = Checkpoints(str(self._engine.url.database))

    def _unit(
        self, connection: Connection, now: int, *, read: bool = False, facts: Facts | None = None
    ) -> U:
        """A transaction as those who derive from this have it."""
        raise NotImplementedError

    def _ended(self) -> None:
        """A transaction is over, however it ended."""

    def _create(self, metadata: MetaData, facts: Table, version: int) -> None:
        """Make the tables where there are none. Raises OtherVersion."""
        with self._engine.begin() as connection:
            if not inspect(connection).has_table(facts.name):
                metadata.create_all(connection)
                connection.execute(insert(facts), [{"name": VERSION, "value": version}])
                return
            query = select(facts.c.value).where(facts.c.name == VERSION)
            found = connection.execute(query).scalar()
        if found != version:
            told = "an older version" if found is None else f"version {found}"
            raise OtherVersion(
                f"its tables are of {told} of {self.owner}, and this one has version {version}"
            )

    def close(self) -> None:
        """Close the connections."""
        if self._checkpoints is not None:
            self._checkpoints.close()
        if self._reader is not None:
            self._reader.close()
        self._engine.dispose()

    async def run(self, work: Callable[[U], T], *, read: bool = False) -> T:
        """Do some work in a transaction; what it raises undoes it. With `read` it changes nothing and locks nothing.

        Work that is asked for at the same time shares one transaction of the database: committing costs more than most
        work does.
        """
        if self.locks:
            return await asyncio.to_thread(lambda: self.do(work, read=read))
        if read or self._time.manual:
            return self.do(work, read=read)
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        batch = self._batches.get(loop)
        if batch is None:
            batch = self._batches[loop] = []
            # Not now but after the loop has looked twice for requests that have come meanwhile: they join.
            loop.call_soon(self._wait, loop, 2)
        batch.append((work, future, copy_context()))
        return await future

    def _wait(self, loop: asyncio.AbstractEventLoop, looks: int) -> None:
        """Let the loop look at the network so many times, then do the work."""
        if looks:
            loop.call_soon(self._wait, loop, looks - 1)
        else:
            self._flush(self._batches.pop(loop))

    def _flush(self, batch: list[_Waiting]) -> None:
        """Do all the work that has come together.

        What fails has mostly written nothing yet, so there are no savepoints, which cost a third of all writing. When some
        work fails after it has written, the transaction is undone and done again with a savepoint for each.
        """
        try:
            done = self._together(batch, apart=False)
        except _Again:
            done = self._together(batch, apart=True)
        for (_, future, _), (result, failure) in zip(batch, done, strict=True):
            if future.cancelled():
                continue
            if failure is not None:
                future.set_exception(failure)
            else:
                future.set_result(result)

    def _together(self, batch: list[_Waiting], apart: bool) -> list[_Outcome]:
        """What became of each, in one transaction of the database. Raises _Again."""
        done: list[_Outcome] = []
        written: list[Key] = []
        try:
            with self._alone, self._over(), self._engine.begin() as connection:
                now, facts = self._time.now(), Facts()
                tx = self._unit(connection, now)
                since = tx.before
                for work, _, context in batch:
                    # Each sees what was set for its own request, not for the one that began the batch.
                    tx = self._unit(connection, now, facts=None if apart else facts)
                    outcome = context.run(self._tried, tx, work, apart)
                    if outcome[1] is not None and not apart and tx.changed:
                        raise _Again
                    done.append(outcome)
                    written += tx.written
                if not apart:
                    tx.finish()
                changes = tx.changes(since)
            self._committed(written, changes)
        except _Again:
            raise
        except Exception as error:
            return [(None, error)] * len(batch)
        return done

    @staticmethod
    def _tried(tx: Unit, work: Callable[[Any], Any], apart: bool) -> _Outcome:
        """The result of some work, or what it raised; apart from others, nothing of it stays then."""
        if not apart:
            try:
                return work(tx), None
            except Exception as error:
                return None, error
        tx.mark("SAVEPOINT work")
        try:
            result = work(tx)
            tx.finish()
        except Exception as error:
            tx.mark("ROLLBACK TO work")
            tx.mark("RELEASE work")
            return None, error
        tx.mark("RELEASE work")
        return result, None

    def do(self, work: Callable[[U], T], *, read: bool = False) -> T:
        """The same, waiting for it."""
        if read and self._reader is not None:
            with self._alone:
                return work(self._unit(self._reader, self._time.now(), read=True))
        for tries_left in range(_TRIES, -1, -1):
            try:
                with self._alone, self._over(), self._engine.begin() as connection:
                    tx = self._unit(connection, self._time.now(), read=read)
                    result = work(tx)
                    tx.finish()
                    changes = tx.changes(tx.before)
                self._committed(tx.written, changes)
                return result
            except DBAPIError:
                if not self.locks or tries_left == 0:
                    raise  # several workers may get into each other's way: then it is done again
        raise AssertionError("unreachable")

    @contextlib.contextmanager
    def _over(self) -> Iterator[None]:
        """Around a transaction: when it is over, however it ends, what it wrote is settled."""
        try:
            yield
        finally:
            self._ended()

    def _committed(self, written: list[Key], changes: int) -> None:
        """Forget what was known of rows that have been written. (Those of work that was undone do no harm.)"""
        if written and self.private:
            self.known.clear() if EVERYTHING in written else self.known.written(written)
        if self._checkpoints is not None and self._reader is not None and changes:
            with self._alone:
                self._checkpoints.written(changes, self._reader.connection.driver_connection)
