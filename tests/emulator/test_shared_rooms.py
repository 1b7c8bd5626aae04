"""Two workers on one PostgreSQL put calls into the same room and the same queue at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.emulator.postgres import postgres

from ringback.emulator import ManualClock, Settings, Store, World, conferences, parts, queues
from ringback.emulator.records import (
    AccountRecord,
    CallRecord,
    ConferenceRecord,
    MemberRecord,
    ParticipantRecord,
    QueueRecord,
)
from ringback.emulator.store import Transaction

ACCOUNT = "AC" + "0" * 31 + "1"
CALLS = [f"CA{number:032x}" for number in range(24)]

parts.load()


@pytest.fixture(scope="module")
def workers() -> Iterator[list[World]]:
    with postgres() as url:
        settings = Settings()
        made = [World(Store(url, ManualClock()), settings) for _ in range(2)]
        made[0].store.do(_fill)
        yield made
        for world in made:
            world.store.close()


def _fill(tx: Transaction) -> None:
    tx.add(AccountRecord(account_sid=ACCOUNT, auth_token="token"))
    for sid in CALLS:
        call = CallRecord(
            account_sid=ACCOUNT,
            sid=sid,
            to="+14155551212",
            from_="+14155550000",
            status="in-progress",
            started=tx.now,
            created=tx.now,
            updated=tx.now,
        )
        tx.add(call)


def _at_once(
    workers: list[World], act: Callable[[World, Transaction, CallRecord], object]
) -> list[object]:
    """Let every call do something, each in a transaction of its own, several at a time, on both workers."""

    def one(place: int) -> object:
        world = workers[place % 2]

        def work(tx: Transaction) -> object:
            call = tx.get(CallRecord, ACCOUNT, CALLS[place])
            assert call is not None
            return act(world, tx, call)

        return world.store.do(work)

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(len(CALLS))))


def test_one_room_whose_events_are_numbered_without_gaps(workers: list[World]) -> None:
    options = {"callback": "http://app.test/events", "callback_events": ["join", "leave", "start"]}
    _at_once(workers, lambda w, tx, call: conferences.join(w, tx, call, "room", options))
    store = workers[1].store
    (room,) = store.do(lambda tx: tx.everything(ConferenceRecord))
    assert room.status == "in-progress"
    assert len(store.do(lambda tx: tx.everything(ParticipantRecord))) == len(CALLS)
    assert _numbers(store, room) == list(range(1, len(CALLS) + 2))
    _at_once(workers, lambda w, tx, call: conferences.leave(w, tx, call, "participant_hung_up"))
    (room,) = store.do(lambda tx: tx.everything(ConferenceRecord))
    assert (room.status, room.reason_ended) == ("completed", "last-participant-left")
    assert store.do(lambda tx: tx.everything(ParticipantRecord)) == []
    assert _numbers(store, room) == list(range(1, 2 * len(CALLS) + 3))


def _numbers(store: Store, room: ConferenceRecord) -> list[int]:
    notes = store.do(lambda tx: tx.notes(room.sid))
    return sorted(entry.data["number"] for entry in notes if "number" in entry.data)


def test_one_queue_that_is_never_too_full(workers: list[World]) -> None:
    entered = _at_once(workers, lambda w, tx, call: queues.enqueue(w, tx, call, "sales", 10))
    store = workers[0].store
    (queue,) = store.do(lambda tx: tx.everything(QueueRecord))
    members = store.do(lambda tx: tx.everything(MemberRecord))
    assert len(members) == 10 == sum(1 for one in entered if one is not None)
    assert {member.queue_sid for member in members} == {queue.sid}
