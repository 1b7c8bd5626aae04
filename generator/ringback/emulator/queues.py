"""Queues: where calls wait until somebody takes them out.

A call waits in one queue at a time. Whatever takes it out (a <Dial> that bridges it, the REST API, its own <Leave>, its
end) does so through `leave`, which says with which result the wait was over.
"""

from __future__ import annotations

from typing import Any

from ringback.emulator import calls
from ringback.emulator.records import AccountRecord, CallRecord, MemberRecord, QueueRecord
from ringback.emulator.signals import listens, tell
from ringback.emulator.store import Transaction
from ringback.emulator.world import World

LONGEST_NAME = 64
LARGEST = 5000


def create(
    world: World, tx: Transaction, account_sid: str, name: str, max_size: int | None = None
) -> QueueRecord:
    """A new, empty queue."""
    queue = QueueRecord(
        account_sid=account_sid,
        sid=tx.mint("QU"),
        friendly_name=name,
        max_size=world.settings.queue_size if max_size is None else max_size,
        created=tx.now,
        updated=tx.now,
    )
    tx.add(queue)
    return queue


def named(tx: Transaction, account_sid: str, name: str) -> QueueRecord | None:
    """The queue of a name: the oldest, where names may be shared."""
    return next(iter(tx.named(QueueRecord, account_sid, name)), None)


def enqueue(
    world: World, tx: Transaction, call: CallRecord, name: str, max_size: int | None = None
) -> QueueRecord | None:
    """Put a call into the queue of a name, which is created where there is none. None: the queue is full."""
    tx.get(AccountRecord, call.account_sid, call.account_sid)  # workers make queues one by one
    queue = named(tx, call.account_sid, name)
    if queue is None:
        queue = create(world, tx, call.account_sid, name, max_size)
    if tx.count(MemberRecord, queue.account_sid, queue.sid) >= queue.max_size:
        tx.note(call.account_sid, call.sid, "queue full", queue=queue.sid, name=name)
        return None
    call = tx.get(CallRecord, call.account_sid, call.sid) or call
    call.queue_sid = queue.sid
    calls.save(tx, call)
    member = MemberRecord(
        account_sid=call.account_sid, queue_sid=queue.sid, call_sid=call.sid, enqueued=tx.now
    )
    tx.add(member)
    tx.note(call.account_sid, call.sid, "enqueued", queue=queue.sid, name=name)
    return queue


def leave(world: World, tx: Transaction, call: CallRecord, result: str, **about: Any) -> None:
    """Take a call out of the queue it waits in, and tell with which result its wait was over."""
    call = tx.get(CallRecord, call.account_sid, call.sid) or call
    if not call.queue_sid:
        return
    queue = tx.get(QueueRecord, call.account_sid, call.queue_sid)
    member = tx.get(MemberRecord, call.account_sid, f"{call.queue_sid}/{call.sid}")
    call.queue_sid = ""
    calls.save(tx, call)
    if member is None or queue is None:
        return
    tx.drop(member)
    waited = wait_of(tx, member)
    told = {"queue": queue.sid, "result": result, "waited": waited, **about}
    tx.note(call.account_sid, call.sid, "dequeued", **told)
    tell(world, tx, "queue.left", call, result, waited, queue)


def waiting(tx: Transaction, queue: QueueRecord) -> list[MemberRecord]:
    """Who waits in a queue, the longest waiting first."""
    rows = tx.rows(MemberRecord, queue.account_sid, parent=queue.sid, newest_first=False)
    return [member for _, member in rows]


def first(tx: Transaction, account_sid: str, queue_sid: str) -> MemberRecord | None:
    """Who has waited longest."""
    rows = tx.rows(MemberRecord, account_sid, parent=queue_sid, newest_first=False, limit=1)
    return next((member for _, member in rows), None)


def wait_of(tx: Transaction, member: MemberRecord) -> int:
    """How many whole seconds a member has waited."""
    return (tx.now - member.enqueued) // 1000


def average_wait(tx: Transaction, members: list[MemberRecord]) -> int:
    """The mean wait of those who wait now, in whole seconds."""
    if not members:
        return 0
    waited = sum(tx.now - member.enqueued for member in members)
    return round(waited / len(members) / 1000)


@listens("call.ended")
def _hung_up(world: World, tx: Transaction, call: CallRecord) -> None:
    leave(world, tx, call, "hangup")


@listens("call.redirected")
def _redirected(world: World, tx: Transaction, call: CallRecord) -> None:
    leave(world, tx, call, "redirected")
