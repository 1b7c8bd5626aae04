"""The groups `queues` and `members` of the API."""

from __future__ import annotations

from typing import Any

from ringback.emulator import calls, queues
from ringback.emulator import shapes_rooms as shapes
from ringback.emulator import validation as v
from ringback.emulator.accounts import account_of
from ringback.emulator.errors import invalid, not_found
from ringback.emulator.lists import page
from ringback.emulator.records import CallRecord, MemberRecord, QueueRecord
from ringback.emulator.statements import Bounds
from ringback.emulator.store import Transaction
from ringback.emulator.world import World
from twilio_voice import UNSET, models
from twilio_voice import server as s

FRONT = "Front"


class Queues:
    """Making, finding, changing and removing queues."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def list(self, given: s.ListQueuesInput, /) -> s.ListQueuesAnswer:
        def work(tx: Transaction) -> dict[str, Any]:
            account = given.account_sid
            return page(
                self._world, tx, given, QueueRecord, account, None, lambda row: _shown(tx, row)
            )

        envelope = await self._world.store.run(work, read=True)
        return s.ListQueues200(models.QueueList(**envelope))

    async def create(self, given: s.CreateQueueInput, /) -> s.CreateQueueAnswer:
        name, size = given.body.friendly_name, _size(given.body.max_size)

        def work(tx: Transaction) -> models.Queue:
            account = account_of(tx, given.account_sid, given.request)
            self._check_name(tx, account.account_sid, name)
            return _shown(tx, queues.create(self._world, tx, account.account_sid, name, size))

        made = await self._world.store.run(work)
        await self._world.acted()
        return s.CreateQueue201(made)

    async def fetch(self, given: s.FetchQueueInput, /) -> s.FetchQueueAnswer:
        found = await self._world.store.run(lambda tx: _shown(tx, _queue(tx, given)), read=True)
        return s.FetchQueue200(found)

    async def update(self, given: s.UpdateQueueInput, /) -> s.UpdateQueueAnswer:
        name, size = given.body.friendly_name, _size(given.body.max_size)

        def work(tx: Transaction) -> models.Queue:
            queue = _queue(tx, given)
            if name is not UNSET and name != queue.friendly_name:
                self._check_name(tx, queue.account_sid, name)
                queue.friendly_name = name
            if size is not None:
                queue.max_size = size
            queue.updated = tx.now
            tx.save(queue)
            return _shown(tx, queue)

        changed = await self._world.store.run(work)
        await self._world.acted()
        return s.UpdateQueue200(changed)

    async def delete(self, given: s.DeleteQueueInput, /) -> s.DeleteQueueAnswer:
        def work(tx: Transaction) -> None:
            queue = _queue(tx, given)
            there = queues.waiting(tx, queue)
            if there and not self._world.settings.delete_filled_queue:
                raise invalid(20009, "Cannot delete a queue in which calls are waiting")
            for member in there:
                call = tx.get(CallRecord, member.account_sid, member.call_sid)
                if call is not None:
                    queues.leave(self._world, tx, call, "system-error")
            tx.drop(queue)

        await self._world.store.run(work)
        await self._world.acted()
        return s.DeleteQueue204()

    def _check_name(self, tx: Transaction, account_sid: str, name: str) -> None:
        if not name.strip():
            raise invalid(20001, "FriendlyName parameter is required.")
        taken = queues.named(tx, account_sid, name) is not None
        if taken and not self._world.settings.queues_may_share_a_name:
            raise invalid(20001, f"A queue with the name {name} already exists")


class Members:
    """Who waits in a queue, and taking them out."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def list(self, given: s.ListQueueMembersInput, /) -> s.ListQueueMembersAnswer:
        def work(tx: Transaction) -> dict[str, Any]:
            queue = _queue(tx, given)
            places = {one.call_sid: at for at, one in enumerate(queues.waiting(tx, queue), 1)}
            return page(
                self._world,
                tx,
                given,
                MemberRecord,
                given.account_sid,
                None,
                lambda row: shapes.member(row, places[row.call_sid], tx),
                bounds=Bounds(parent=queue.sid),
                newest_first=False,
            )

        envelope = await self._world.store.run(work, read=True)
        return s.ListQueueMembers200(models.QueueMemberList(**envelope))

    async def fetch(self, given: s.FetchQueueMemberInput, /) -> s.FetchQueueMemberAnswer:
        def work(tx: Transaction) -> models.QueueMember:
            member, position = _member(tx, given)
            return shapes.member(member, position, tx)

        return s.FetchQueueMember200(await self._world.store.run(work, read=True))

    async def update(self, given: s.UpdateQueueMemberInput, /) -> s.UpdateQueueMemberAnswer:
        url, method = given.body.url, str(given.body.method or "POST")
        v.check_url(self._world.settings, "Url", url)

        def work(tx: Transaction) -> models.QueueMember:
            member, position = _member(tx, given)
            call = tx.get(CallRecord, member.account_sid, member.call_sid)
            if call is None:
                raise not_found(given.request)
            shown = shapes.member(member, position, tx)
            queues.leave(self._world, tx, call, "redirected")
            call = tx.get(CallRecord, member.account_sid, member.call_sid) or call
            if not call.is_over:
                calls.redirect(self._world, tx, call, {"url": url, "method": method})
            return shown

        dequeued = await self._world.store.run(work)
        await self._world.acted()
        return s.UpdateQueueMember200(dequeued)


def _shown(tx: Transaction, queue: QueueRecord) -> models.Queue:
    return shapes.queue(queue, queues.waiting(tx, queue), tx)


def _size(given: Any) -> int | None:
    """MaxSize as it was given. Raises Fault 400 where no call could wait."""
    if given is UNSET or given is None:
        return None
    if not 1 <= given <= queues.LARGEST:
        raise invalid(20001, f"MaxSize must be between 1 and {queues.LARGEST}")
    return int(given)


def _queue(tx: Transaction, given: Any) -> QueueRecord:
    queue = tx.get(QueueRecord, given.account_sid, given.queue_sid)
    if queue is None:
        raise not_found(given.request)
    return queue


def _member(tx: Transaction, given: Any) -> tuple[MemberRecord, int]:
    """A waiting call by its SID, or the one in front, with its place."""
    for position, member in enumerate(queues.waiting(tx, _queue(tx, given)), 1):
        if given.call_sid in (FRONT, member.call_sid):
            return member, position
    raise not_found(given.request)
