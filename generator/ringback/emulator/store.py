"""State behind one small interface, in SQLite or PostgreSQL.

A `Store` runs functions in transactions: what a function did is there as a whole or not at all, and once `run` has
returned it survives the process. A `Transaction` is all that the rest of the emulator knows of the database.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextvars import Context, copy_context
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    Connection,
    Engine,
    Table,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from ringback.emulator import statements
from ringback.emulator import tables as t
from ringback.emulator.checkpoints import Checkpoints
from ringback.emulator.clock import Clock, ManualClock
from ringback.emulator.records import (
    RECORDS,
    CallerRecord,
    Delivery,
    Due,
    NumberRecord,
    Record,
    TimelineEntry,
)
from ringback.emulator.remembered import EVERYTHING, MOST, Key, Remembered
from ringback.emulator.statements import WHOLE, Bounds, Statement

T = TypeVar("T")
R = TypeVar("R", bound=Record)

_TRIES = 5
_LOOK = 1000
_VERSION = "schema"
_IN_MEMORY = ("sqlite://", "sqlite:///:memory:")
_encode = msgspec.json.Encoder().encode
_decoders = {kind: msgspec.json.Decoder(record) for kind, record in RECORDS.items()}
_kinds = {record: kind for kind, record in RECORDS.items()}
_KNOWN_BY_NAME = frozenset({NumberRecord, CallerRecord})
"""What every new call looks for by its name, and what hardly ever changes."""
_plain = msgspec.json.Decoder(dict[str, Any])
_delivery = msgspec.json.Decoder(Delivery)


class Facts:
    """Numbers that a transaction of the database has read, and those that it is to write at its end, in order."""

    __slots__ = ("changed", "known")

    def __init__(self) -> None:
        self.known: dict[str, int | None] = {}
        self.changed: dict[str, None] = {}


class Transaction:
    """One unit of work. `now` is the same from its beginning to its end."""

    def __init__(
        self,
        connection: Connection,
        now: int,
        store: Store,
        read: bool = False,
        facts: Facts | None = None,
    ) -> None:
        self._connection = connection
        self._raw: Any = None if store.locks else connection.connection.driver_connection
        self._store = store
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

    def _written(self, record: Record) -> dict[str, Any]:
        row = _row(record, self.now)
        self.written.append((row["kind"], row["account"], row["sid"]))
        if type(record) in _KNOWN_BY_NAME:
            self._store.rename()
        return row

    def mark(self, command: str) -> None:
        """Begin, undo or keep a part of it: a command of SQLite."""
        assert self._raw is not None
        self._raw.execute(command)

    def _run(self, statement: Statement, given: Mapping[str, Any]) -> Any:
        return statement.run(self._connection, self._raw, given)

    # -- resources

    def get(self, kind: type[R], account: str, sid: str) -> R | None:
        """A resource of an account, or None."""
        found = self.stored(kind, account, sid)
        return None if found is None else self.read(kind, found)

    def stored(self, kind: type[R], account: str, sid: str) -> bytes | None:
        """A resource as it is stored: the same bytes stand for the same resource."""
        known, key = self._store.known, (_kinds[kind], account, sid)
        if self._looks:
            remembered = known.get(key)
            if remembered is not None:
                return remembered
        commits = known.commits
        query = statements.GET_LOCKING if self._locks else statements.GET
        given = {"kind": key[0], "account": account, "sid": _text(sid)}
        row = self._run(query, given).fetchone()
        if row is None:
            return None
        found: bytes = row[0]
        if self._looks:
            known.keep(key, found, commits)
        return found

    def owner(self, kind: type[R], sid: str) -> R | None:
        """A resource by its SID alone, whoever owns it."""
        found = self._connection.execute(
            select(t.resources.c.data).where(
                t.resources.c.kind == _kinds[kind], t.resources.c.sid == sid
            )
        ).scalar()
        return None if found is None else self.read(kind, found)

    def named(self, kind: type[R], account: str, name: str, parent: str | None = None) -> list[R]:
        """The resources of an account that carry a name, oldest first."""
        remembers = kind in _KNOWN_BY_NAME and parent is None and self._store.private
        known = (_kinds[kind], account, name)
        if remembers and known in self._store.names:
            return [self.read(kind, data) for data in self._store.names[known]]
        query = statements.NAMED if parent is None else statements.NAMED_BELOW
        given = {"kind": _kinds[kind], "account": account, "name": _text(name)}
        rows = self._run(query, given if parent is None else given | {"parent": parent}).fetchall()
        if remembers and not self._store.renamed:
            self._store.remember_name(known, [row[0] for row in rows])
        return [self.read(kind, row[0]) for row in rows]

    def add(self, record: Record) -> None:
        """Put a new resource into its account."""
        self._run(statements.ADD, self._written(record) | {"created": self.now})

    def save(self, record: Record) -> None:
        """Write a changed resource."""
        row = self._written(record)
        self._run(statements.SAVE, {f"new_{name}": value for name, value in row.items()})

    def drop(self, record: Record) -> None:
        """Remove a resource. Its place stays known, for lists that are being read."""
        row = self._written(record)
        place = self.place(type(record), row["account"], row["sid"])
        if place is not None:
            self.remember(f"gone {row['sid']}", place)
        self._connection.execute(
            delete(t.resources).where(
                t.resources.c.kind == row["kind"],
                t.resources.c.account == row["account"],
                t.resources.c.sid == row["sid"],
            )
        )

    def rows(
        self,
        kind: type[R],
        account: str,
        *,
        parent: str | None = None,
        newest_first: bool = True,
        limit: int | None = None,
    ) -> Iterator[tuple[int, R]]:
        """Resources of an account with their place in the order of creation."""
        bounds = WHOLE if parent is None else Bounds(parent=parent)
        found = self.stored_rows(kind, account, bounds, newest_first=newest_first, limit=limit)
        for seq, _, data in found:
            yield seq, self.read(kind, data)

    def stored_rows(
        self,
        kind: type[Record],
        account: str,
        bounds: Bounds = WHOLE,
        *,
        before: int | None = None,
        after: int | None = None,
        newest_first: bool = True,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[tuple[int, str, bytes]]:
        """Resources as place, key, and how they are stored; a window between two places, if these are given."""
        given: dict[str, Any] = {} if bounds is WHOLE else bounds.given()
        for name in ("callee", "caller"):
            if name in given:
                given[name] = column(given[name])
        if before is not None:
            given["before"] = before
        if after is not None:
            given["after"] = after
        if limit is not None:
            given["most"] = limit
        if offset:
            given["skip"] = offset
        query = statements.window(tuple(given), newest_first)
        given["kind"] = _kinds[kind]
        given["account"] = account
        rows: list[tuple[int, str, bytes]] = self._run(query, given).fetchall()
        return rows

    def everything(self, kind: type[R]) -> list[R]:
        """All resources of a kind, of every account, oldest first."""
        c = t.resources.c
        rows = self._connection.execute(
            select(c.data).where(c.kind == _kinds[kind]).order_by(c.seq)
        )
        return [self.read(kind, row) for row in rows.scalars()]

    def place(self, kind: type[R], account: str, sid: str) -> int | None:
        """A resource's place in the order of creation."""
        given = {"kind": _kinds[kind], "account": account, "sid": _text(sid)}
        row = self._run(statements.PLACE, given).fetchone()
        return None if row is None else row[0]

    def former_place(self, sid: str) -> int | None:
        """The place of a resource that was removed. No other ever stands there."""
        return self.fact(f"gone {sid}") or None

    def count(self, kind: type[R], account: str, parent: str) -> int:
        """How many resources stand below another."""
        c = t.resources.c
        query = select(func.count()).where(
            c.kind == _kinds[kind], c.account == account, c.parent == parent, statements.HAS_PARENT
        )
        return int(self._connection.execute(query).scalar() or 0)

    @staticmethod
    def read(kind: type[R], data: bytes) -> R:
        """A resource from how it is stored."""
        return _decoders[_kinds[kind]].decode(data)  # type: ignore[return-value]

    # -- SIDs and counters

    def mint(self, prefix: str) -> str:
        """A new SID. With a seed it follows from the seed and how many were made.

        Without one it begins with the time, so that what is made together stands together in every index: random SIDs
        would touch a page of each for every row.
        """
        if self._store.seed is None:
            return f"{prefix}{self._store.real_now():012x}{self._store.random()}"
        number = self.bump("sids")
        told = f"{self._store.seed}:{prefix}:{number}".encode()
        return prefix + hashlib.sha256(told).hexdigest()[:32]

    def bump(self, name: str, by: int = 1, start: int = 0) -> int:
        """Raise a counter and give its new value."""
        value = self.fact(name, start) + by
        self.remember(name, value)
        return value

    def fact(self, name: str, default: int = 0) -> int:
        """A number that was remembered."""
        known = self._facts.known
        if name not in known:
            query = statements.FACT_LOCKING if self._locks else statements.FACT
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
        changed = self._run(statements.SET_FACT, {"fact": name, "new_value": value})
        if changed.rowcount == 0:
            self._run(statements.ADD_FACT, {"name": name, "value": value})

    # -- what will happen

    def schedule(self, due: int, kind: str, account: str, subject: str, **data: Any) -> None:
        """Let something happen to a subject at a time."""
        row = {
            "due": due,
            "kind": kind,
            "account": account,
            "subject": subject,
            "data": _encode(data),
        }
        self._run(statements.ADD_EVENT, row)
        self._store.stir(due)

    def unschedule(self, subject: str, *kinds: str) -> None:
        """Let what is scheduled for a subject not happen: some kinds, or everything."""
        query = delete(t.events).where(t.events.c.subject == subject)
        if kinds:
            query = query.where(t.events.c.kind.in_(kinds))
        self._connection.execute(query)

    def take_event(self, until: int) -> Due | None:
        """The next event that is due by a time, taken out of the queue."""
        query = statements.NEXT_EVENT_LOCKING if self._locks else statements.NEXT_EVENT
        row = self._run(query, {"until": until}).fetchone()
        if row is None:
            return None
        number, due, kind, account, subject, data = row
        self._run(statements.DROP_EVENT, {"event": number})
        return Due(due, kind, account, subject, _plain.decode(data))

    def drop_event(self, due: Due) -> None:
        """Take an event out of the queue that has been seen there."""
        c = t.events.c
        self._connection.execute(
            delete(t.events).where(
                c.due == due.at,
                c.kind == due.kind,
                c.account == due.account,
                c.subject == due.subject,
            )
        )

    def next_event(self) -> int | None:
        """When the next event is due."""
        found: int | None = self._connection.execute(select(func.min(t.events.c.due))).scalar()
        return found

    def next_due(self) -> int | None:
        """When the next event or delivery is due."""
        first = self.next_event()
        second = self._connection.execute(
            select(func.min(t.deliveries.c.due)).where(t.deliveries.c.taken <= self.now)
        ).scalar()
        known = [one for one in (first, second) if one is not None]
        return min(known) if known else None

    # -- what will be sent

    def send(self, delivery: Delivery, due: int | None = None) -> None:
        """Send a request, now or later."""
        delivery.lease = 0
        when = self.now if due is None else due
        row: dict[str, Any] = {"due": when, "taken": 0, "waited": int(bool(delivery.purpose))}
        row |= {"account": delivery.account, "subject": delivery.subject}
        self._run(statements.ADD_DELIVERY, row | {"data": _encode(delivery)})
        self._store.stir(when)

    def take_delivery(self, lease: int, *, waited: bool = False) -> tuple[int, Delivery] | None:
        """The next delivery that is due; others leave it alone until the lease (in real ms) is over.

        With `waited` only one whose answer a call waits for.
        """
        c = t.deliveries.c
        real = self._store.real_now()
        query = (
            select(c.id, c.data)
            .where(c.due <= self.now, c.taken <= real)
            .order_by(c.due, c.id)
            .limit(1)
        )
        if waited:
            query = query.where(c.waited == 1)
        if self._store.locks:
            query = query.with_for_update(skip_locked=True)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        self._connection.execute(
            update(t.deliveries).where(c.id == row.id).values(taken=real + lease)
        )
        delivery = _delivery.decode(row.data)
        delivery.lease = real + lease
        return row.id, delivery

    def settle(self, delivery_id: int, attempt: Mapping[str, Any], delivery: Delivery) -> bool:
        """Write an attempt into the journal and take the delivery out; gives whether it was still ours.

        After a reset, or when the lease was over, another may stand under its number.
        """
        c = t.deliveries.c
        gone = self._connection.execute(
            delete(t.deliveries).where(c.id == delivery_id, c.taken == delivery.lease)
        )
        row = {"at": self.now, "account": delivery.account, "subject": delivery.subject}
        self._connection.execute(insert(t.journal), [row | {"data": _encode(attempt)}])
        self._grow(t.journal)
        return gone.rowcount == 1

    def free_deliveries(self) -> None:
        """After a start: nothing is on its way."""
        self._connection.execute(update(t.deliveries).values(taken=0))

    # -- what happened

    def note(self, account: str, subject: str, kind: str, **data: Any) -> None:
        """Put something on a call's timeline."""
        row = {
            "at": self.now,
            "account": account,
            "subject": subject,
            "kind": kind,
            "data": _encode(data),
        }
        self._run(statements.ADD_NOTE, row)
        self._grow(t.timeline)

    def _grow(self, table: Table) -> None:
        """A row more: now and then the oldest of too many go."""
        most = self._store.most.get(table.name)
        if most is None or not self._store.has_grown(table.name):
            return
        newest = select(func.max(table.c.id)).scalar_subquery()
        self._connection.execute(delete(table).where(table.c.id <= newest - most))

    def latest(self) -> int:
        """When something last happened; 0 if nothing has."""
        query = select(t.timeline.c.at).order_by(t.timeline.c.id.desc()).limit(1)
        return int(self._connection.execute(query).scalar() or 0)

    def notes(self, subject: str) -> list[TimelineEntry]:
        """A call's timeline."""
        c = t.timeline.c
        query = select(c.at, c.kind, c.data).where(c.subject == subject).order_by(c.id)
        return [
            TimelineEntry(at, kind, _plain.decode(data))
            for at, kind, data in self._connection.execute(query)
        ]

    def attempts(self, subject: str | None = None, limit: int = 1000) -> list[dict[str, Any]]:
        """The journal, oldest first: of one subject, or the newest of all."""
        c = t.journal.c
        query = select(c.id, c.at, c.subject, c.data).order_by(c.id.desc()).limit(limit)
        if subject is not None:
            query = query.where(c.subject == subject)
        rows = list(self._connection.execute(query))
        return [
            {"id": i, "at": at, "subject": s, **_plain.decode(data)}
            for i, at, s, data in reversed(rows)
        ]

    def wipe(self) -> None:
        """Forget everything."""
        self.written.append(EVERYTHING)
        self._store.rename()
        self._facts.known.clear()
        self._facts.changed.clear()
        for table in t.metadata.sorted_tables:
            query = delete(table)
            self._connection.execute(
                query.where(t.facts.c.name != _VERSION) if table is t.facts else query
            )


def _text(given: str) -> str:
    """A text as every database can hold it: PostgreSQL has no NUL."""
    return given.replace("\0", "\ufffd")


def column(given: str) -> str:
    """A text as the columns that are searched hold it: its beginning."""
    return _text(given)[:160]


def _row(record: Record, now: int) -> dict[str, Any]:
    callee, caller = record.ends()
    started, ended = record.span()
    return {
        "kind": _kinds[type(record)],
        "account": record.account_sid,
        "sid": record.key(),
        "parent": record.below(),
        "name": column(record.called()),
        "status": record.state(),
        "callee": column(callee),
        "caller": column(caller),
        "started": started,
        "ended": ended,
        "updated": now,
        "data": _encode(record),
    }


Work = Callable[[Transaction], Any]
_Waiting = tuple[Work, "asyncio.Future[Any]", Context]
_Outcome = tuple[Any, BaseException | None]


class OtherVersion(Exception):
    """The database was made by an emulator whose tables were others; nothing in it has been touched."""


class _Again(Exception):
    """A transaction is undone and done again, more carefully."""


class Store:
    """The database. One store per process; several processes may share a PostgreSQL."""

    def __init__(self, url: str, clock: Clock, seed: int | None = None) -> None:
        self.clock = clock
        self.seed = seed
        self.locks = not url.startswith("sqlite")
        self.private = not self.locks  # nobody else writes here
        self._engine = _engine(url)
        self._reader: Connection | None = None
        self._checkpoints: Checkpoints | None = None
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._asleep_until = 0  # what is due before this wakes the engine up
        self.most: dict[str, int] = {}  # rows of a table that grows; its oldest go
        self.names: dict[Key, list[bytes]] = {}
        self.renamed = False  # what is written may still be undone: nothing is remembered
        self._grown = Counter[str]()
        self._chance: list[str] = []
        self.known = Remembered()
        self._batches: dict[asyncio.AbstractEventLoop, list[_Waiting]] = {}
        # Event loops of several threads may share a store; SQLite has one writer, and in memory one connection.
        self._alone: Any = contextlib.nullcontext() if self.locks else threading.RLock()
        try:
            self._create()
        except BaseException:
            self._engine.dispose()
            raise
        if not self.locks and url not in _IN_MEMORY:
            # One connection that only reads saves a transaction for every answer.
            self._reader = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._checkpoints = Checkpoints(str(self._engine.url.database))
        with self._engine.begin() as connection:
            tx = Transaction(connection, clock.now(), self)
            tx.free_deliveries() if not self.locks else None
            if isinstance(clock, ManualClock):
                clock.move(tx.fact("clock"))
            clock.move(tx.latest())  # time that ran faster before does not go back now

    def _create(self) -> None:
        """Make the tables where there are none. Raises OtherVersion."""
        with self._engine.begin() as connection:
            if not inspect(connection).has_table(t.facts.name):
                t.metadata.create_all(connection)
                row = {"name": _VERSION, "value": t.VERSION}
                connection.execute(insert(t.facts), [row])
                return
            query = select(t.facts.c.value).where(t.facts.c.name == _VERSION)
            found = connection.execute(query).scalar()
        if found != t.VERSION:
            told = "an older version" if found is None else f"version {found}"
            raise OtherVersion(
                f"its tables are of {told} of the emulator, and this one has version {t.VERSION}"
            )

    def close(self) -> None:
        """Close the connections."""
        if self._checkpoints is not None:
            self._checkpoints.close()
        if self._reader is not None:
            self._reader.close()
        self._engine.dispose()

    async def run(self, work: Callable[[Transaction], T], *, read: bool = False) -> T:
        """Do some work in a transaction; what it raises undoes it. With `read` it changes nothing and locks nothing.

        Work that is asked for at the same time shares one transaction of the database: committing costs more than most
        work does.
        """
        if self.locks:
            return await asyncio.to_thread(lambda: self.do(work, read=read))
        if read or self.clock.manual:
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
                now, facts = self.clock.now(), Facts()
                tx = Transaction(connection, now, self)
                since = tx.before
                for work, _, context in batch:
                    # Each sees what was set for its own request, not for the one that began the batch.
                    tx = Transaction(connection, now, self, facts=None if apart else facts)
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
    def _tried(tx: Transaction, work: Work, apart: bool) -> _Outcome:
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

    def do(self, work: Callable[[Transaction], T], *, read: bool = False) -> T:
        """The same, waiting for it."""
        if read and self._reader is not None:
            with self._alone:
                return work(Transaction(self._reader, self.clock.now(), self, read=True))
        for tries_left in range(_TRIES, -1, -1):
            try:
                with self._alone, self._over(), self._engine.begin() as connection:
                    tx = Transaction(connection, self.clock.now(), self, read=read)
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
        """Around a transaction: when it is over, however it ends, names may be remembered again."""
        try:
            yield
        finally:
            self.renamed = False

    def _committed(self, written: list[Key], changes: int) -> None:
        """Forget what was known of rows that have been written. (Those of work that was undone do no harm.)"""
        if written and self.private:
            self.known.clear() if EVERYTHING in written else self.known.written(written)
        if self._checkpoints is not None and self._reader is not None and changes:
            with self._alone:
                self._checkpoints.written(changes, self._reader.connection.driver_connection)

    def stir(self, due: int) -> None:
        """Wake the engine up: something was scheduled."""
        if due < self._asleep_until and self._loop is not None:
            with contextlib.suppress(RuntimeError):  # a loop that is closed waits for nothing
                self._loop.call_soon_threadsafe(self._wake.set)

    def arm(self) -> None:
        """From now on what is scheduled is noticed by the next `stirred`."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._wake = loop, asyncio.Event()
        self._wake.clear()
        self._asleep_until = 1 << 60

    async def stirred(self, timeout: float, until: int) -> None:
        """Wait until something is scheduled before `until`, or the time is over (in real seconds)."""
        self._asleep_until = until
        try:
            await asyncio.wait_for(self._wake.wait(), timeout)
        except TimeoutError:
            return
        finally:
            self._asleep_until = 0

    def has_grown(self, table: str) -> bool:
        """Count a row; every so many it is time to look whether they are too many."""
        self._grown[table] += 1
        return self._grown[table] % _LOOK == 0

    def remember_name(self, known: Key, rows: list[bytes]) -> None:
        """Remember what an account has under a name."""
        if len(self.names) >= MOST:
            self.names.clear()
        self.names[known] = rows

    def rename(self) -> None:
        """Something that is known by its name is written: forget all, until the transaction is over."""
        self.names.clear()
        self.renamed = True

    def random(self) -> str:
        """Twenty random hexadecimal digits; the system is asked for many at once."""
        if not self._chance:
            many = secrets.token_hex(10 * 200)
            self._chance = [many[at : at + 20] for at in range(0, len(many), 20)]
        return self._chance.pop()

    @staticmethod
    def real_now() -> int:
        """The wall's time in ms, whatever the clock says: leases are about processes."""
        return round(time.time() * 1000)


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True)
    options: dict[str, Any] = {"poolclass": StaticPool} if url in _IN_MEMORY else {}
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
