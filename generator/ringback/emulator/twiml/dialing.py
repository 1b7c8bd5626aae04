"""Dial: numbers, clients, SIP addresses, applications; a conference or a queue.

Several nouns ring at once (or one after the other, if `sequential`): the first that answers, and passes its screening, is
bridged. The Dial is over when that leg ends, when none is left, or with `*` where `hangupOnStar` allows it; then the action
is asked. The end of the call itself ends the legs.
"""

from __future__ import annotations

from typing import Any

from ringback.emulator.records import CallRecord, Due
from ringback.emulator.signals import listens
from ringback.emulator.store import Transaction
from ringback.emulator.twiml import legs, rooms, values
from ringback.emulator.twiml.fetching import act, last_word
from ringback.emulator.twiml.machine import Run, proceed, resumes, verb
from ringback.emulator.twiml.parser import Element
from ringback.emulator.twiml.recording import stopped
from ringback.emulator.world import World, on

_ABOUT = ("timeout", "timeLimit", "callerId", "record", "action", "sequential", "answerOnBridge")

IN_A_ROOM = "answered"
"""The DialCallStatus of a Dial into a conference."""


@verb("Dial")
def dial(run: Run, element: Element) -> bool:
    """Dial what the nouns say."""
    if run.program.kind != "call":
        run.report(13201)
        return True
    nouns = _nouns(element)
    place = next((noun for noun in nouns if noun.name in ("Conference", "Queue")), None)
    shown = [f"{noun.name} {noun.spoken}" for noun in nouns]
    run.note("Dial", to=shown, **{name: values.text(element, name) for name in _ABOUT})
    if place is not None and len(nouns) > 1:
        run.report(13000)
    if place is not None or not values.flag(element, "answerOnBridge"):
        run.pick_up()
    if not run.live:
        return False
    run.data.update(legs=[], peer="", last={})
    if place is not None and place.name == "Conference":
        legs.limit(run, element)
        return rooms.join(run, place)
    if place is not None:
        return _dequeue(run, element, place)
    run.data["left"] = list(range(len(nouns)))
    legs.record_from(run, element, "record-from-ringing")
    return _next(run, element)


def _nouns(element: Element) -> list[Element]:
    """What is dialled: the nouns, or the number that is the verb's own text."""
    if element.children:
        return list(element.children)
    return [Element("Number", {}, element.text, element.text)] if element.text else []


def _next(run: Run, element: Element) -> bool:
    """Dial all nouns, or the next of a sequence. True when there is none (or none can be dialled): the call goes on."""
    nouns = _nouns(element)
    one_by_one = values.flag(element, "sequential")
    while run.data["left"] and not run.data["legs"]:
        left: list[int] = run.data["left"]
        now = left[:1] if one_by_one else left
        run.data["left"] = left[len(now) :]
        run.data["legs"] = [sid for at in now if (sid := legs.dial(run, element, nouns[at]))]
    if run.data["legs"]:
        return run.wait("dial")
    return finished(run, element)


def finished(run: Run, element: Element) -> bool:
    """The Dial is over: ask the action."""
    return act(run, element, _about(run))


def _about(run: Run, status: str = "") -> list[tuple[str, str]]:
    last: dict[str, Any] = run.data.get("last") or {}
    bridged = bool(run.data.get("peer"))
    about = [("DialCallStatus", status or str(last.get("status") or "failed"))]
    if last.get("sid"):
        about.append(("DialCallSid", str(last["sid"])))
    if bridged and last.get("seconds") is not None:
        about.append(("DialCallDuration", str(last["seconds"])))
    if status != IN_A_ROOM:
        about.append(("DialBridged", "true" if bridged else "false"))
    recording = str(run.data.get("recording", ""))
    return about + (stopped(run, recording) if recording else [])


def gone(leg: Run, status: str, seconds: int | None) -> None:
    """A leg is no longer with its dialler: the Dial goes on with the others, or is over."""
    run = legs.dialler(leg)
    element = run.element() if run is not None else None
    if run is None or element is None:
        return
    run.data["legs"] = [sid for sid in run.data["legs"] if sid != leg.call.sid]
    if run.data.get("since"):  # who comes from a queue was connected before
        seconds = -(-(run.tx.now - int(run.data["since"])) // 1000)
    run.data["last"] = {"sid": leg.call.sid, "status": status, "seconds": seconds}
    run.call.child_call_sid = ""
    run.save()
    if run.data["legs"]:
        return
    again = bool(run.data.get("left")) and not run.data["peer"]
    if _next(run, element) if again else finished(run, element):
        run.advance()
        proceed(run)


@listens("call.ended")
def _leg_ended(world: World, tx: Transaction, call: CallRecord) -> None:
    gone(Run(world, tx, call), call.status, call.seconds)


@listens("call.ended")
def _dialler_ended(world: World, tx: Transaction, call: CallRecord) -> None:
    fresh = tx.get(CallRecord, call.account_sid, call.sid) or call
    if fresh.program is None or fresh.program.waiting not in ("dial", "dequeue"):
        return
    run = Run(world, tx, fresh)
    element = run.element()
    peer = tx.get(CallRecord, fresh.account_sid, str(run.data.get("peer", "")))
    if peer is not None and peer.started is not None:
        since = run.data.get("since") or peer.started
        run.data["last"] = {"sid": peer.sid, "seconds": -(-(tx.now - since) // 1000)}
    legs.let_go(run, rooms.release)
    if element is not None:
        about = _about(run, "completed" if peer is not None else "canceled")
        last_word(run, run.url(element, "action"), values.method(element), about)


@listens("digits")
def _star(world: World, tx: Transaction, call: CallRecord, digits: str) -> None:
    """`*` ends a Dial that allows it."""
    fresh = tx.get(CallRecord, call.account_sid, call.sid)
    if "*" not in digits or fresh is None or fresh.is_over or fresh.program is None:
        return
    run = Run(world, tx, fresh)
    element = run.element(1)
    if element is None or element.name != "Dial" or not values.flag(element, "hangupOnStar"):
        return
    run.note("digits", digits="*")
    if run.program.waiting == "dial":
        _hang_up_on(run, element)
    elif run.program.waiting == "conference":
        rooms.leave_conference(run)


@on(legs.LIMIT)
def _limit_reached(world: World, tx: Transaction, due: Due) -> None:
    """Somebody has been in a room, or with a call from a queue, for as long as the Dial allows. (A leg has its own limit.)"""
    call = tx.get(CallRecord, due.account, due.subject)
    if call is None or call.is_over or call.program is None:
        return
    run = Run(world, tx, call)
    inner = run.program
    own = inner.outer if inner.kind == "music" and inner.outer is not None else inner
    if own.data.get("limit") != due.data["limit"]:
        return
    if own.waiting == "conference":
        run.note("time limit", seconds=due.data["seconds"])
        rooms.leave_conference(run)
        return
    element = run.element()
    if own.waiting == "dial" and element is not None:
        run.note("time limit", seconds=due.data["seconds"])
        _hang_up_on(run, element)


def _hang_up_on(run: Run, element: Element) -> None:
    peer, legs_left = run.data["peer"], list(run.data["legs"])
    legs.let_go(run, rooms.release)
    leg = run.tx.get(CallRecord, run.call.account_sid, peer or (legs_left or [""])[-1])
    if leg is not None:
        status, seconds = "completed" if peer else "canceled", leg.seconds
        if run.data.get("since"):  # who comes from a queue was connected before
            seconds = -(-(run.tx.now - int(run.data["since"])) // 1000)
        run.data["last"] = {"sid": leg.sid, "status": status, "seconds": seconds}
    if finished(run, element):
        run.advance()
        proceed(run)


# -- a queue


def _dequeue(run: Run, element: Element, noun: Element) -> bool:
    name = noun.text
    if not name or len(name) > rooms.LONGEST_QUEUE_NAME:
        run.report(14213 if name else 14212, name[:80])
        return finished(run, element)
    run.data["until"] = run.tx.now + values.number(element, "timeout", 30) * 1_000
    return _take(run, element)


@resumes("dequeue")
def _take(run: Run, element: Element) -> bool:
    """Take the first member out of the queue, or look again in a second, until the timeout."""
    noun = next(one for one in _nouns(element) if one.name == "Queue")
    member = rooms.first_of(run, noun.text)
    if member is None:
        left = int(run.data["until"]) - run.tx.now
        if left > 0:
            return run.wait("dequeue", min(left, 1_000))
        run.data["last"] = {"status": "no-answer"}
        return finished(run, element)
    run.data["legs"] = [member.call_sid]
    run.wait("dial")
    url = run.url(noun, "url")
    rooms.take(run, member, url, values.method(noun))
    return False


@listens("conference.left")
def _left_conference(world: World, tx: Transaction, call: CallRecord) -> None:
    fresh = tx.get(CallRecord, call.account_sid, call.sid)
    if fresh is None or fresh.is_over or fresh.program is None:
        return
    run = Run(world, tx, fresh)
    rooms.stop_music(run)
    element = run.element()
    if run.program.waiting != "conference":
        return
    if element is None:  # it was added through the API: there is nothing else to do
        run.hang_up()
    elif act(run, element, _about(run, IN_A_ROOM)):
        run.advance()
        proceed(run)


@listens("call.ended")
def _ended_in_conference(world: World, tx: Transaction, call: CallRecord) -> None:
    fresh = tx.get(CallRecord, call.account_sid, call.sid) or call
    if fresh.program is None:
        return
    if fresh.program.kind == "music" and fresh.program.outer is not None:
        fresh.program = fresh.program.outer
    if fresh.program.waiting == "conference" and fresh.program.twiml:
        run = Run(world, tx, fresh)
        element = run.element()
        if element is not None:
            about = _about(run, IN_A_ROOM)
            last_word(run, run.url(element, "action"), values.method(element), about)
