"""The life of a call leg.

    queued --(a slot of the account's CPS)--> dialled --> ringing --answered--> in-progress --> completed
    queued, ringing --canceled, busy, failed, no-answer--> over

What is over does not change any more. Each step is an event with a time; the next one is scheduled when it happens.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ringback.emulator import callbacks
from ringback.emulator.callee import ASKED, behaviour_of
from ringback.emulator.records import AccountRecord, CallRecord, Due
from ringback.emulator.signals import tell
from ringback.emulator.store import Transaction
from ringback.emulator.world import World, on

LONGEST = 86_400
USUAL_LIMIT = 14_400
_SIP_OF = {"busy": 486, "no-answer": 487, "failed": 404, "canceled": 487}


def slot(world: World, tx: Transaction, account: AccountRecord) -> int:
    """When a new call of an account is dialled: its queue moves at the account's calls per second."""
    rate = account.calls_per_second or world.settings.calls_per_second
    name = f"slot {account.account_sid}"
    due = max(tx.now, tx.fact(name))
    tx.remember(name, due + round(1000 / rate))
    return due


def waiting_time(world: World, tx: Transaction, account: AccountRecord) -> int:
    """How long a new call would wait, in ms, without taking its place."""
    return max(0, tx.fact(f"slot {account.account_sid}") - tx.now)


def time_limit(given: Any) -> int:
    """How many seconds a call may last, from what was asked for: at least one, a day at most, four hours usually."""
    return min(max(int(given), 1), LONGEST) if given else USUAL_LIMIT


def queue(world: World, tx: Transaction, account: AccountRecord, call: CallRecord) -> None:
    """Put a new outbound call into its account's queue."""
    due = slot(world, tx, account)
    call.queue_ms = due - tx.now
    call.behaviour = {**call.behaviour, **(ASKED.get() or {})}
    tx.add(call)
    tx.note(call.account_sid, call.sid, "queued", to=call.to, queue_time=call.queue_ms)
    tx.schedule(due, "call.dial", call.account_sid, call.sid)


def dial_now(world: World, tx: Transaction, call: CallRecord) -> None:
    """Start a leg that no queue holds back: one that a verb dials."""
    tx.add(call)
    tx.schedule(tx.now, "call.dial", call.account_sid, call.sid)


def arrive(world: World, tx: Transaction, call: CallRecord) -> None:
    """An inbound call: it rings here, and its TwiML answers it (or rejects it)."""
    call.status = "ringing"
    call.direction = "inbound"
    tx.add(call)
    tx.note(call.account_sid, call.sid, "ringing", direction="inbound")
    callbacks.status(tx, call, "initiated")
    callbacks.status(tx, call, "ringing")
    tx.save(call)
    tell(world, tx, "instructions", call)


def _live(tx: Transaction, due: Due) -> CallRecord | None:
    call = tx.get(CallRecord, due.account, due.subject)
    return None if call is None or call.is_over else call


def save(tx: Transaction, call: CallRecord) -> None:
    """Write a call that has changed."""
    call.updated = tx.now
    tx.save(call)


@on("call.dial")
def _dial(world: World, tx: Transaction, due: Due) -> None:
    call = _live(tx, due)
    if call is None:
        return
    tx.note(call.account_sid, call.sid, "initiated")
    callbacks.status(tx, call, "initiated")
    behaviour = {**behaviour_of(tx, call.account_sid, call.to), **call.behaviour}
    call.behaviour = behaviour
    save(tx, call)
    wait = round(world.settings.ringing_after * 1000)
    if behaviour.get("fails"):
        tx.schedule(
            tx.now + wait,
            "call.over",
            call.account_sid,
            call.sid,
            status="failed",
            sip=behaviour["fails"],
        )
    else:
        tx.schedule(tx.now + wait, "call.ring", call.account_sid, call.sid)


@on("call.ring")
def _ring(world: World, tx: Transaction, due: Due) -> None:
    call = _live(tx, due)
    if call is None:
        return
    call.status = "ringing"
    tx.note(call.account_sid, call.sid, "ringing")
    callbacks.status(tx, call, "ringing")
    save(tx, call)
    behaviour = call.behaviour
    if behaviour.get("busy"):
        tx.schedule(tx.now + 500, "call.over", call.account_sid, call.sid, status="busy", sip=486)
        return
    after = float(behaviour.get("answer", 2.0))
    if behaviour.get("ignores") or after >= call.timeout:
        due_at = tx.now + call.timeout * 1000
        tx.schedule(due_at, "call.over", call.account_sid, call.sid, status="no-answer", sip=487)
    else:
        tx.schedule(tx.now + round(after * 1000), "call.answer", call.account_sid, call.sid)


@on("call.answer")
def _answer(world: World, tx: Transaction, due: Due) -> None:
    call = _live(tx, due)
    if call is not None:
        pick_up(world, tx, call)
        begin(world, tx, tx.get(CallRecord, call.account_sid, call.sid) or call)


def pick_up(world: World, tx: Transaction, call: CallRecord) -> None:
    """Connect a leg. An inbound one is connected by its TwiML, which runs already."""
    call.status = "in-progress"
    call.started = tx.now
    tx.note(call.account_sid, call.sid, "answered")
    callbacks.status(tx, call, "answered")
    save(tx, call)
    tx.schedule(tx.now + call.time_limit * 1000, "call.limit", call.account_sid, call.sid)
    if call.behaviour.get("hangs_up") is not None:
        after = tx.now + round(float(call.behaviour["hangs_up"]) * 1000)
        by = "caller" if call.direction == "inbound" else "callee"
        tx.schedule(after, "call.gone", call.account_sid, call.sid, by=by)
    tell(world, tx, "call.answered", call)


def begin(world: World, tx: Transaction, call: CallRecord) -> None:
    """After the answer: detect a machine first where that is wanted, then run the instructions."""
    if call.machine_detection and not call.send_digits and call.direction != "inbound":
        answered_by, took = detection(call)
        data = {"answered_by": answered_by, "took": took}
        tx.schedule(tx.now + took, "call.detected", call.account_sid, call.sid, **data)
        if not call.async_amd:
            return
    if call.send_digits:
        tx.note(call.account_sid, call.sid, "digits sent", digits=call.send_digits)
    tell(world, tx, "instructions", call)


def detection(call: CallRecord) -> tuple[str, int]:
    """Who machine detection finds, and after how many ms."""
    machine = call.behaviour.get("machine")
    longest = call.machine_detection_timeout * 1000
    if machine is None:
        return "human", min(1_200, longest)
    if machine in ("fax", "unknown"):
        return machine, longest if machine == "unknown" else min(2_000, longest)
    if call.machine_detection == "Enable":
        return "machine_start", min(2_400, longest)
    took = 8_000
    if took > longest:
        return "unknown", longest
    return "machine_end_" + ("other" if machine == "start" else machine), took


@on("call.detected")
def _detected(world: World, tx: Transaction, due: Due) -> None:
    call = _live(tx, due)
    if call is None:
        return
    call.answered_by = str(due.data["answered_by"])
    call.detection_ms = int(due.data["took"])
    tx.note(call.account_sid, call.sid, "machine detection", answered_by=call.answered_by)
    save(tx, call)
    if not call.async_amd:
        tell(world, tx, "instructions", call)
        return
    if call.amd_status_callback:
        params = [
            ("CallSid", call.sid),
            ("AccountSid", call.account_sid),
            ("AnsweredBy", call.answered_by),
            ("MachineDetectionDuration", str(call.detection_ms)),
        ]
        url, method = call.amd_status_callback, call.amd_status_callback_method
        callbacks.send(tx, call.account_sid, call.sid, "amd", url, method, params)


@on("call.limit")
def _limit(world: World, tx: Transaction, due: Due) -> None:
    call = _live(tx, due)
    if call is not None:
        tx.note(call.account_sid, call.sid, "time limit", seconds=call.time_limit)
        end(world, tx, call, "completed")


@on("call.gone")
def _gone(world: World, tx: Transaction, due: Due) -> None:
    call = _live(tx, due)
    if call is not None:
        tx.note(call.account_sid, call.sid, "hung up", by=due.data.get("by", "callee"))
        end(world, tx, call, "completed")


@on("call.over")
def _over(world: World, tx: Transaction, due: Due) -> None:
    call = _live(tx, due)
    if call is not None:
        end(world, tx, call, str(due.data["status"]), due.data.get("sip"))


def end(
    world: World, tx: Transaction, call: CallRecord, status: str, sip: int | None = None
) -> None:
    """End a leg. What was scheduled for it does not happen any more."""
    if call.is_over:
        return
    answered = call.started is not None
    call.status = status
    call.ended = tx.now
    call.seconds = -(-(tx.now - call.started) // 1000) if call.started is not None else None
    call.sip_code = 200 if answered else sip if sip is not None else _SIP_OF.get(status)
    tx.unschedule(call.sid)
    save(tx, call)
    tx.note(call.account_sid, call.sid, status, seconds=call.seconds)
    tell(world, tx, "call.ended", call)
    call = tx.get(CallRecord, call.account_sid, call.sid) or call
    call.program = None  # those who listen have seen what it was doing
    callbacks.status(tx, call, "completed")
    save(tx, call)
    if answered:
        after = tx.now + round(world.settings.cost_after * 1000)
        tx.schedule(after, "call.cost", call.account_sid, call.sid)


@on("call.cost")
def _cost(world: World, tx: Transaction, due: Due) -> None:
    call = tx.get(CallRecord, due.account, due.subject)
    if call is None or call.seconds is None:
        return
    minutes = -(-call.seconds // 60)
    call.price = str(-(Decimal(world.settings.price_per_minute) * minutes))
    save(tx, call)


def change_status(world: World, tx: Transaction, call: CallRecord, wanted: str) -> None:
    """Status=canceled ends what is not yet answered; Status=completed ends anything."""
    if call.status in ("queued", "ringing"):
        end(world, tx, call, "canceled")
    elif wanted == "completed":
        end(world, tx, call, "completed")


def redirect(world: World, tx: Transaction, call: CallRecord, given: dict[str, Any]) -> None:
    """Give a running call new instructions: `url`, `method`, `twiml` and the rest of an update."""
    for name, value in given.items():
        setattr(call, name, time_limit(value) if name == "time_limit" else value)
    if "url" in given and "twiml" not in given:
        call.twiml = ""
    if "twiml" in given and "url" not in given:
        call.url = ""
    save(tx, call)
    if "time_limit" in given and call.started is not None:
        tx.unschedule(call.sid, "call.limit")
        due = max(tx.now, call.started + call.time_limit * 1000)
        tx.schedule(due, "call.limit", call.account_sid, call.sid)
    if "url" in given or "twiml" in given:
        tx.note(call.account_sid, call.sid, "redirected", url=call.url)
        tell(world, tx, "call.redirected", call)
