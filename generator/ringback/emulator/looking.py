"""What those who look on are shown: the world as plain JSON values. Times are ms since 1970."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import nlargest
from typing import Any, TypeVar

from ringback.emulator.clock import RealClock
from ringback.emulator.records import (
    AccountRecord,
    ApplicationRecord,
    BehaviourRecord,
    CallerRecord,
    CallRecord,
    ConferenceRecord,
    MemberRecord,
    NotificationRecord,
    NumberRecord,
    ParticipantRecord,
    QueueRecord,
    Record,
    RecordingRecord,
)
from ringback.emulator.store import Transaction
from ringback.emulator.world import World

R = TypeVar("R", bound=Record)
MOST = 100
"""How many of a kind are shown: the newest."""


def clock(world: World) -> dict[str, Any]:
    """The clock: whether it is moved by hand, how fast it runs, and its time."""
    found = world.clock
    scale = found.scale if isinstance(found, RealClock) else 0.0
    return {"now": found.now(), "manual": found.manual, "scale": scale}


def state(world: World, tx: Transaction) -> dict[str, Any]:
    """The newest of everything."""
    accounts = tx.everything(AccountRecord)
    names = [one.account_sid for one in accounts]
    return {
        "clock": clock(world),
        "accounts": [account(tx, one) for one in accounts[:MOST]],
        "calls": [call(one) for one in _newest(tx, CallRecord, names)],
        "conferences": [conference(tx, one) for one in _newest(tx, ConferenceRecord, names)],
        "queues": [queue(tx, one) for one in _newest(tx, QueueRecord, names)],
        "recordings": [recording(one) for one in _newest(tx, RecordingRecord, names)],
        "behaviours": [behaviour(one) for one in tx.everything(BehaviourRecord)],
    }


def _newest(tx: Transaction, kind: type[R], accounts: list[str]) -> list[R]:
    def rows() -> Iterator[tuple[int, R]]:
        for account_sid in accounts:
            yield from tx.rows(kind, account_sid, limit=MOST)

    place: Callable[[tuple[int, R]], int] = lambda row: row[0]  # noqa: E731
    return [record for _, record in nlargest(MOST, rows(), key=place)]


def account(tx: Transaction, record: AccountRecord) -> dict[str, Any]:
    """An account with what it owns."""
    sid = record.account_sid
    numbers = [one for _, one in tx.rows(NumberRecord, sid, newest_first=False, limit=MOST)]
    callers = [one for _, one in tx.rows(CallerRecord, sid, newest_first=False, limit=MOST)]
    apps = [one for _, one in tx.rows(ApplicationRecord, sid, newest_first=False, limit=MOST)]
    return {
        "sid": sid,
        "auth_token": record.auth_token,
        "friendly_name": record.friendly_name,
        "status": record.status,
        "parent_sid": record.parent_sid,
        "numbers": [
            {"sid": one.sid, "number": one.number, "voice_url": one.voice_url} for one in numbers
        ],
        "callers": [one.number for one in callers],
        "applications": [
            {"sid": one.sid, "friendly_name": one.friendly_name, "voice_url": one.voice_url}
            for one in apps
        ],
    }


def call(record: CallRecord) -> dict[str, Any]:
    """A call in a list."""
    program = record.program
    return {
        "sid": record.sid,
        "account_sid": record.account_sid,
        "parent_call_sid": record.parent_call_sid,
        "to": record.to,
        "from": record.from_,
        "status": record.status,
        "direction": record.direction,
        "created": record.created,
        "started": record.started,
        "ended": record.ended,
        "seconds": record.seconds,
        "answered_by": record.answered_by,
        "sip_code": record.sip_code,
        "price": record.price,
        "conference_sid": record.conference_sid,
        "queue_sid": record.queue_sid,
        "waits_for": program.waiting if program else "",
    }


def story(tx: Transaction, record: CallRecord) -> dict[str, Any]:
    """Everything that is known about a call: timeline, webhooks, recordings, notifications."""
    below = (record.account_sid, record.sid)
    recordings = tx.rows(RecordingRecord, below[0], parent=below[1], newest_first=False)
    errors = tx.rows(NotificationRecord, below[0], parent=below[1], newest_first=False)
    return {
        "call": call(record),
        "behaviour": record.behaviour,
        "timeline": [
            {"at": one.at, "kind": one.kind, "data": one.data} for one in tx.notes(record.sid)
        ],
        "attempts": tx.attempts(record.sid),
        "recordings": [recording(one) for _, one in recordings],
        "notifications": [
            {"sid": one.sid, "at": one.created, "code": one.error_code, "message": one.message}
            for _, one in errors
        ],
    }


def recording(record: RecordingRecord) -> dict[str, Any]:
    """A recording."""
    return {
        "sid": record.sid,
        "account_sid": record.account_sid,
        "call_sid": record.call_sid,
        "conference_sid": record.conference_sid,
        "status": record.status,
        "seconds": record.seconds,
        "channels": record.channels,
        "source": record.source,
        "created": record.created,
    }


def conference(tx: Transaction, record: ConferenceRecord) -> dict[str, Any]:
    """A room with those who are in it."""
    rows = tx.rows(ParticipantRecord, record.account_sid, parent=record.sid, newest_first=False)
    return {
        "sid": record.sid,
        "account_sid": record.account_sid,
        "friendly_name": record.friendly_name,
        "status": record.status,
        "created": record.created,
        "reason_ended": record.reason_ended,
        "participants": [
            {
                "call_sid": one.call_sid,
                "label": one.label,
                "status": one.status,
                "muted": one.muted,
                "hold": one.hold,
                "coaching": one.coaching,
            }
            for _, one in rows
        ],
    }


def queue(tx: Transaction, record: QueueRecord) -> dict[str, Any]:
    """A queue with those who wait in it."""
    rows = tx.rows(MemberRecord, record.account_sid, parent=record.sid, newest_first=False)
    return {
        "sid": record.sid,
        "account_sid": record.account_sid,
        "friendly_name": record.friendly_name,
        "max_size": record.max_size,
        "members": [{"call_sid": one.call_sid, "enqueued": one.enqueued} for _, one in rows],
    }


def behaviour(record: BehaviourRecord) -> dict[str, Any]:
    """What those do whose number matches a pattern."""
    return {
        "account": record.account_sid,
        "number": record.pattern,
        "behaviour": record.behaviour,
    }
