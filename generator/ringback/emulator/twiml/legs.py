"""The legs of a Dial: starting them, screening, bridging the first that answers, and what their end means.

A Dial remembers in its program: `left` (positions of the nouns that are still to be dialled), `legs` (SIDs of those that
live), `peer` (who is bridged), `last` (SID, status and seconds of the leg that ended last) and `recording`.
A leg is a call of its own, or a call that was taken out of a queue: that one lives on when the Dial ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ringback.emulator import calls
from ringback.emulator.records import CallRecord, Program
from ringback.emulator.twiml import values
from ringback.emulator.twiml.fetching import fetch, start
from ringback.emulator.twiml.machine import Run, ends
from ringback.emulator.twiml.parser import Element
from ringback.emulator.twiml.recording import start as record

LIMIT = "dial.limit"
REFER = "dial.refer"
REFERS_AFTER = 2_000
"""When an endpoint that wants to be replaced says so, in ms after it was bridged."""

_NUMBER = re.compile(r"\+?[0-9]{3,15}")
_CALLER = re.compile(r"\+?[0-9]{3,15}|(client|sip|sips|whatsapp):\S+|anonymous", re.IGNORECASE)


def target(noun: Element) -> tuple[str, int]:
    """What a noun dials, and 0; or a code that says why it cannot be dialled."""
    nested = next((child.text for child in noun.children if child.name in _NESTED), "")
    text = nested or noun.text
    if noun.name == "Sip":
        right = text.lower().startswith(("sip:", "sips:")) and "@" in text
        return text, 0 if right else 13243
    if noun.name in _PREFIXES:
        return (_PREFIXES[noun.name] + text, 0) if text else ("", 13224)
    number = re.sub(r"[\s().-]", "", text)
    if noun.name == "WhatsApp":
        number = number.removeprefix("whatsapp:")
        return f"whatsapp:{number}", 0 if _NUMBER.fullmatch(number) else 13223
    if not _NUMBER.fullmatch(number):
        return text, 13223
    return (f"+1{number}" if len(number) == 10 and number[0] != "+" else number), 0


_PREFIXES = {"Client": "client:", "Sim": "sim:", "Application": "app:"}
_NESTED = frozenset({"Identity", "ApplicationSid", "Uri"})


def dial(run: Run, element: Element, noun: Element) -> str:
    """Start a leg; gives its SID, or "" where the noun cannot be dialled."""
    to, code = target(noun)
    if code:
        run.report(code, to)
        return ""
    call = run.call
    leg = CallRecord(
        account_sid=call.account_sid,
        sid=run.tx.mint("CA"),
        to=to,
        from_=_caller(run, element),
        direction="outbound-dial",
        parent_call_sid=call.sid,
        forwarded_from=call.to if call.direction == "inbound" else None,
        created=run.tx.now,
        updated=run.tx.now,
        url=run.url(noun, "url"),
        method=values.method(noun),
        application_sid=to.removeprefix("app:") if noun.name == "Application" else "",
        status_callback=run.url(noun, "statusCallback"),
        status_callback_method=values.method(noun, "statusCallbackMethod"),
        status_callback_events=values.words(noun, "statusCallbackEvent"),
        timeout=values.number(element, "timeout", 30),
        time_limit=values.number(element, "timeLimit", 14_400),
        send_digits=values.text(noun, "sendDigits"),
        machine_detection=values.text(noun, "machineDetection"),
        machine_detection_timeout=values.number(noun, "machineDetectionTimeout", 30),
        async_amd=bool(values.text(noun, "amdStatusCallback")),
        amd_status_callback=run.url(noun, "amdStatusCallback"),
        amd_status_callback_method=values.method(noun, "amdStatusCallbackMethod"),
    )
    calls.dial_now(run.world, run.tx, leg)
    run.note("dialled", call=leg.sid, to=to)
    return leg.sid


def _caller(run: Run, element: Element) -> str:
    given = values.text(element, "callerId")
    if given and not _CALLER.fullmatch(given):
        run.report(13214, given)
        return run.call.from_
    return given or run.call.from_


def ready(leg: Run) -> None:
    """A leg has answered: screen it, if that is wanted, then bridge it."""
    if leg.call.url and not leg.call.application_sid:
        leg.replace(Program(kind="screen"))
        fetch(leg, leg.call.url, leg.call.method)
    else:
        bridge(leg)


def dialler(leg: Run) -> Run | None:
    """The call whose Dial a leg belongs to, while that Dial runs."""
    sid = taken_by(leg.call) or leg.call.parent_call_sid
    call = leg.tx.get(CallRecord, leg.call.account_sid, sid) if sid else None
    if call is None or call.is_over or call.program is None or call.program.waiting != "dial":
        return None
    return Run(leg.world, leg.tx, call) if leg.call.sid in call.program.data["legs"] else None


def taken_by(call: CallRecord) -> str:
    """The SID of the call that took this one out of its queue."""
    program = call.program
    if program is None:
        return ""
    own = program.outer if program.kind == "screen" and program.outer else program
    return str(own.data.get("by", ""))


def bridge(leg: Run) -> None:
    """Connect a leg with its dialler; the others that still ring are canceled."""
    run = dialler(leg)
    if run is None:
        leg.hang_up()
        return
    others = [sid for sid in run.data["legs"] if sid != leg.call.sid]
    run.data["legs"], run.data["peer"] = [leg.call.sid], leg.call.sid
    run.call.child_call_sid = leg.call.sid
    if leg.call.parent_call_sid != run.call.sid:
        run.data["since"] = run.tx.now
    run.save()
    for sid in others:
        _end(run, sid)
    run.reload()
    run.pick_up()
    run.note("bridged", call=leg.call.sid)
    leg.note("bridged", call=run.call.sid)
    element = run.element()
    if element is not None:
        record_from(run, element, "record-from-answer")
        if leg.call.parent_call_sid != run.call.sid:
            limit(run, element)
    run.save()
    if leg.call.behaviour.get("refers") and leg.call.to.startswith(("sip:", "sips:")):
        due = run.tx.now + REFERS_AFTER
        run.tx.schedule(due, REFER, leg.call.account_sid, leg.call.sid)
    if leg.call.application_sid and leg.call.direction == "outbound-dial":
        leg.reload()
        start(leg)


def limit(run: Run, element: Element) -> None:
    """From now on the Dial lasts so long at most; what names it is the ticket of the wait before."""
    seconds = min(values.number(element, "timeLimit", calls.USUAL_LIMIT), calls.LONGEST)
    mark = run.program.ticket
    run.data["limit"] = mark
    due = run.tx.now + seconds * 1_000
    data = {"limit": mark, "seconds": seconds}
    run.tx.schedule(due, LIMIT, run.call.account_sid, run.call.sid, **data)


def record_from(run: Run, element: Element, when: str) -> None:
    """Begin to record a Dial, if that is the moment for it."""
    wanted = values.text(element, "record", "do-not-record").lower()
    wanted = "record-from-answer" if wanted == "true" else wanted
    if wanted in (when, f"{when}-dual") and not run.data.get("recording"):
        channels = 2 if wanted.endswith("-dual") else 1
        run.data["recording"] = record(run, element, "DialVerb", channels).sid
        run.save()


def _end(run: Run, sid: str) -> None:
    """End a leg: one that was answered is completed, one that rings is canceled."""
    leg = run.tx.get(CallRecord, run.call.account_sid, sid)
    if leg is not None and not leg.is_over:
        calls.end(run.world, run.tx, leg, "completed" if leg.started is not None else "canceled")


def let_go(run: Run, release: Callable[[Run], None]) -> None:
    """The Dial is over before its legs are: they end; a call from a queue is released instead."""
    legs = list(run.data.get("legs", ()))
    run.data["legs"] = []
    run.save()
    for sid in legs:
        leg = run.tx.get(CallRecord, run.call.account_sid, sid)
        if leg is not None and taken_by(leg) == run.call.sid:
            release(Run(run.world, run.tx, leg))
        else:
            _end(run, sid)
    run.reload()


@ends("screen")
def _screened(run: Run) -> bool:
    """The screening's document is over and nobody hung up: bridge."""
    outer = run.program.outer
    if outer is None:
        run.call.program = None
        run.save()
    else:
        run.replace(outer)
    bridge(run)
    return False
