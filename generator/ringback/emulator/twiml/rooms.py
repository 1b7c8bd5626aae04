"""Where calls meet others: the Conference noun, Enqueue and Leave, and taking a call out of a queue for a Dial.

While a call waits its wait document runs, from its beginning again and again, in a program of its own; the verb's program
is kept as the outer one and goes on when the wait is over.
"""

from __future__ import annotations

from typing import Any

from ringback.emulator import conferences, queues
from ringback.emulator.records import (
    CallRecord,
    ConferenceRecord,
    MemberRecord,
    Program,
    QueueRecord,
)
from ringback.emulator.signals import listens
from ringback.emulator.store import Transaction
from ringback.emulator.twiml import legs, values
from ringback.emulator.twiml.fetching import act, fetch, last_word, wait_again
from ringback.emulator.twiml.machine import Run, proceed, verb
from ringback.emulator.twiml.parser import Element
from ringback.emulator.world import World

LONGEST_QUEUE_NAME = queues.LONGEST_NAME


def _wait_with_music(run: Run, kind: str, url: str, method: str, queue: str = "") -> bool:
    """Run a wait document; without one the wait is silent."""
    if not url:
        return False
    run.data.update(wait_url=url, wait_method=method, queue=queue)
    run.replace(Program(kind=kind, outer=run.program))
    return wait_again(run)


# -- conferences


def join(run: Run, noun: Element) -> bool:
    """Join a conference. True where that is refused: the call goes on with its next verb."""
    name = noun.text
    if not name or len(name) > conferences.LONGEST_NAME:
        run.report(13237, name[:80])
        return True
    run.wait("conference")
    participant = conferences.join(run.world, run.tx, run.call, name, _options(run, noun))
    run.reload()
    if participant is None:
        return True
    room = run.tx.get(ConferenceRecord, participant.account_sid, participant.conference_sid)
    url = run.url(noun, "waitUrl")
    if run.live and room is not None and room.status == "init" and url:
        return _wait_with_music(run, "music", url, values.method(noun, "waitMethod"))
    return False


def _options(run: Run, noun: Element) -> dict[str, Any]:
    """A Conference noun's attributes, in the records' words."""
    events = values.words(noun, "statusCallbackEvent")
    return {
        "muted": values.flag(noun, "muted"),
        "start_on_enter": values.flag(noun, "startConferenceOnEnter", True),
        "end_on_exit": values.flag(noun, "endConferenceOnExit"),
        "beep": values.text(noun, "beep", "true"),
        "label": values.text(noun, "participantLabel"),
        "wait_url": run.url(noun, "waitUrl"),
        "wait_method": values.method(noun, "waitMethod"),
        "max_participants": values.number(noun, "maxParticipants", 250),
        "record": values.text(noun, "record", "do-not-record"),
        "region": values.text(noun, "region", "us1"),
        "coach": values.text(noun, "coach"),
        "callback": run.url(noun, "statusCallback"),
        "callback_method": values.method(noun, "statusCallbackMethod"),
        "callback_events": events,
        "recording_callback": run.url(noun, "recordingStatusCallback"),
        "recording_callback_method": values.method(noun, "recordingStatusCallbackMethod"),
        "recording_callback_events": values.words(noun, "recordingStatusCallbackEvent"),
    }


def leave_conference(run: Run) -> None:
    """Leave the room; the call goes on."""
    run.save()
    conferences.leave(run.world, run.tx, run.call, "participant_hung_up")
    run.reload()


def stop_music(run: Run) -> None:
    """Back from the music to the verb that waits."""
    if run.program.kind == "music" and run.program.outer is not None:
        run.replace(run.program.outer)


@listens("conference.started")
def _started(world: World, tx: Transaction, call: CallRecord) -> None:
    fresh = tx.get(CallRecord, call.account_sid, call.sid)
    if fresh is not None and not fresh.is_over and fresh.program is not None:
        stop_music(Run(world, tx, fresh))


# -- queues


@verb("Enqueue")
def enqueue(run: Run, element: Element) -> bool:
    """Wait in a queue."""
    workflow = values.text(element, "workflowSid")
    name = element.text or workflow
    if not name or len(name) > LONGEST_QUEUE_NAME:
        run.report(14205 if name else 14204, name[:80])
        return True
    wait_url = run.url(element, "waitUrl")
    run.note("Enqueue", queue=name, waitUrl=wait_url, workflowSid=workflow)
    run.wait("queue")
    most = values.number(element, "maxQueueSize", 0) or None
    queue = queues.enqueue(run.world, run.tx, run.call, name, most)
    run.reload()
    if queue is None:
        run.report(14207, name)
        full = queues.named(run.tx, run.call.account_sid, name)
        return act(run, element, _result("queue-full", full, 0))
    return _wait_with_music(
        run, "wait", wait_url, values.method(element, "waitUrlMethod"), queue.sid
    )


def _result(result: str, queue: QueueRecord | None, waited: int) -> list[tuple[str, str]]:
    sid = queue.sid if queue is not None else ""
    return [("QueueResult", result), ("QueueSid", sid), ("QueueTime", str(waited))]


@verb("Queue")
def queue_alone(run: Run, element: Element) -> bool:
    """A queue outside of a Dial connects nobody: the call goes on."""
    run.note("Queue", queue=element.text)
    return True


@verb("Leave")
def leave(run: Run, element: Element) -> bool:
    """Leave the queue: the call goes on behind its Enqueue."""
    run.note("Leave")
    if run.program.kind != "wait" or not run.call.queue_sid:
        return True
    run.save()
    queues.leave(run.world, run.tx, run.call, "leave")
    run.reload()
    return False  # the signal has let it go on


@listens("queue.left")
def _left(
    world: World, tx: Transaction, call: CallRecord, result: str, waited: int, queue: QueueRecord
) -> None:
    fresh = tx.get(CallRecord, call.account_sid, call.sid) or call
    program = fresh.program
    own = program.outer if program is not None and program.kind == "wait" else program
    if own is None or own.waiting != "queue":
        return
    run = Run(world, tx, fresh)
    about = _result(result, queue, waited)
    if fresh.is_over or result == "redirected":
        fresh.program = own
        _tell_action(run, about)
        return
    run.replace(own)
    if result == "bridged":
        run.data["about"] = about
        run.wait("bridge")
        return
    _go_on(run, about)


def _tell_action(run: Run, about: list[tuple[str, str]]) -> None:
    element = run.element()
    if element is not None:
        last_word(run, run.url(element, "action"), values.method(element), about)


def _go_on(run: Run, about: list[tuple[str, str]]) -> None:
    element = run.element()
    if element is not None and act(run, element, about):
        run.advance()
        proceed(run)


def first_of(run: Run, name: str) -> MemberRecord | None:
    """Who is the first in a queue."""
    queue = queues.named(run.tx, run.call.account_sid, name)
    return None if queue is None else queues.first(run.tx, queue.account_sid, queue.sid)


def take(run: Run, member: MemberRecord, url: str, method: str) -> None:
    """Take a member out of its queue for a Dial: it hears a document first, if there is one, then they are bridged."""
    call = run.tx.get(CallRecord, member.account_sid, member.call_sid)
    if call is None:
        return
    queues.leave(run.world, run.tx, call, "bridged", by=run.call.sid)
    fresh = run.tx.get(CallRecord, call.account_sid, call.sid) or call
    taken = Run(run.world, run.tx, fresh)
    taken.data["by"] = run.call.sid
    about = [(name, value) for name, value in taken.data.get("about", ()) if name != "QueueResult"]
    taken.save()
    if not url:
        legs.bridge(taken)
        return
    taken.replace(Program(kind="screen", outer=taken.program))
    fetch(taken, url, method, [*about, ("DequeingCallSid", run.call.sid)])


def release(taken: Run, result: str = "bridged") -> None:
    """A call that was taken out of a queue goes on behind its Enqueue: the other side is gone."""
    program = taken.program
    if program.kind == "screen" and program.outer is not None:
        taken.replace(program.outer)
    about = [
        (name, result if name == "QueueResult" else value) for name, value in taken.data["about"]
    ]
    taken.data["by"] = ""
    taken.save()
    _go_on(taken, about)


@listens("call.ended")
def _taken_ended(world: World, tx: Transaction, call: CallRecord) -> None:
    """A call that a Dial took out of its queue has ended: its Enqueue's action is told."""
    fresh = tx.get(CallRecord, call.account_sid, call.sid) or call
    if legs.taken_by(fresh) and fresh.program is not None:
        if fresh.program.kind == "screen" and fresh.program.outer is not None:
            fresh.program = fresh.program.outer
        _tell_action(Run(world, tx, fresh), fresh.program.data.get("about", []))


def taken_away(taken: Run) -> None:
    """A call that a Dial took out of its queue is given other instructions: its Enqueue's action is told."""
    if not legs.taken_by(taken.call):
        return
    program = taken.program
    if program.kind == "screen" and program.outer is not None:
        taken.call.program = program.outer
    result = "redirected-from-bridged"
    about = [
        (name, result if name == "QueueResult" else value) for name, value in taken.data["about"]
    ]
    _tell_action(taken, about)
