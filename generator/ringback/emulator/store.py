"""State behind one small interface, in SQLite or PostgreSQL.

A `Store` runs functions in transactions: what a function did is there as a whole or not at all, and once `run` has
returned it survives the process. A `Transaction` is all that the rest of the emulator knows of the database.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import secrets
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Table, delete, func, insert, select, update

from ringback.emulator import statements
from ringback.emulator import tables as t
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
from ringback.emulator.statements import WHOLE, Bounds
from ringback.state import EVERYTHING, MOST, VERSION, Database, Facts, Key, Unit

T = TypeVar("T")
R = TypeVar("R", bound=Record)

_LOOK = 1000
_encode = msgspec.json.Encoder().encode
_decoders = {kind: msgspec.json.Decoder(record) for kind, record in RECORDS.items()}
_kinds = {record: kind for kind, record in RECORDS.items()}
_KNOWN_BY_NAME = frozenset({NumberRecord, CallerRecord})
"""What every new call looks for by its name, and what hardly ever changes."""
_plain = msgspec.json.Decoder(dict[str, Any])
_delivery = msgspec.json.Decoder(Delivery)


class Transaction(Unit):
    """One unit of work. `now` is the same from its beginning to its end."""

    _store: Store

    def _written(self, record: Record) -> dict[str, Any]:
        row = _row(record, self.now)
        self.written.append((row["kind"], row["account"], row["sid"]))
        if type(record) in _KNOWN_BY_NAME:
            self._store.rename()
        return row

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
                query.where(t.facts.c.name != VERSION) if table is t.facts else query
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


class Store(Database[Transaction]):
    """The database. One store per process; several processes may share a PostgreSQL."""

    owner = "the emulator"

    def __init__(self, url: str, clock: Clock, seed: int | None = None) -> None:
        self.clock = clock
        self.seed = seed
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._asleep_until = 0  # what is due before this wakes the engine up
        self.most: dict[str, int] = {}  # rows of a table that grows; its oldest go
        self.names: dict[Key, list[bytes]] = {}
        self.renamed = False  # what is written may still be undone: nothing is remembered
        self._grown = Counter[str]()
        self._chance: list[str] = []
        super().__init__(url, clock, t.metadata, t.facts, t.VERSION)
        with self._engine.begin() as connection:
            tx = self._unit(connection, clock.now())
            tx.free_deliveries() if not self.locks else None
            if isinstance(clock, ManualClock):
                clock.move(tx.fact("clock"))
            clock.move(tx.latest())  # time that ran faster before does not go back now

    def _unit(
        self, connection: Connection, now: int, *, read: bool = False, facts: Facts | None = None
    ) -> Transaction:
        return Transaction(connection, now, self, read, facts)

    def _ended(self) -> None:
        self.renamed = False  # names may be remembered again

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
