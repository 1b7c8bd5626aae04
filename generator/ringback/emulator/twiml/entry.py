"""How a call comes to its TwiML: when it is answered, when it is given new instructions, when somebody calls a number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ringback.emulator import calls
from ringback.emulator.callee import behaviour_of
from ringback.emulator.records import ApplicationRecord, CallRecord, NumberRecord, Program
from ringback.emulator.signals import listens
from ringback.emulator.store import Transaction
from ringback.emulator.twiml import dialing, legs, rooms
from ringback.emulator.twiml.fetching import start
from ringback.emulator.twiml.machine import Run
from ringback.emulator.twiml.recording import stopped
from ringback.emulator.world import World


@listens("instructions")
def _instructions(world: World, tx: Transaction, call: CallRecord) -> None:
    fresh = tx.get(CallRecord, call.account_sid, call.sid)
    if fresh is None or fresh.is_over:
        return
    run = Run(world, tx, fresh)
    if fresh.direction == "outbound-dial":
        legs.ready(run)
    elif fresh.conference_sid and not (fresh.url or fresh.twiml or fresh.application_sid):
        run.replace(Program(waiting="conference"))  # the API has added it to a room
    else:
        start(run)


@listens("call.redirected")
def _redirected(world: World, tx: Transaction, call: CallRecord) -> None:
    """Leave what is running, then run the new instructions."""
    fresh = tx.get(CallRecord, call.account_sid, call.sid)
    if fresh is None or fresh.is_over or fresh.status != "in-progress":
        return
    run = Run(world, tx, fresh)
    _abandon(run)
    run.reload()
    start(run)


def _abandon(run: Run) -> None:
    program = run.program
    if program.waiting == "dial":
        legs.let_go(run, rooms.release)
    elif program.waiting == "record":
        stopped(run, str(run.data.get("recording", "")))
    if legs.dialler(run) is not None:
        since = run.call.started or run.tx.now
        dialing.gone(run, "completed", -(-(run.tx.now - since) // 1000))
        rooms.taken_away(run)


def inbound(
    world: World,
    tx: Transaction,
    account_sid: str,
    from_: str,
    to_number: str,
    behaviour: Mapping[str, Any] | None = None,
) -> CallRecord:
    """Somebody calls a number of an account. Raises LookupError if the account has no such number."""
    numbers = tx.named(NumberRecord, account_sid, to_number)
    if not numbers:
        raise LookupError(f"{to_number} is no number of this account")
    number = numbers[0]
    call = CallRecord(
        account_sid=account_sid,
        sid=tx.mint("CA"),
        to=to_number,
        from_=from_,
        phone_number_sid=number.sid,
        created=tx.now,
        updated=tx.now,
        behaviour={**behaviour_of(tx, account_sid, from_), **(behaviour or {})},
    )
    application = tx.get(ApplicationRecord, account_sid, number.application_sid)
    source: NumberRecord | ApplicationRecord = application or number
    call.url, call.method = source.voice_url, source.voice_method
    call.fallback_url, call.fallback_method = source.fallback_url, source.fallback_method
    call.status_callback = source.status_callback
    call.status_callback_method = source.status_callback_method
    calls.arrive(world, tx, call)
    return tx.get(CallRecord, account_sid, call.sid) or call
