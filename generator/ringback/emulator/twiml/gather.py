"""Gather: keys and speech from the other side.

Its nested verbs run first; a key or a word interrupts them. Then it listens. Digits are complete with `numDigits`, with
`finishOnKey` or when `timeout` seconds pass without another; speech is complete when it was said. With a result the action
is asked; without one the call goes on with the next verb, unless `actionOnEmptyResult`.

What the other side does is in its behaviour: `presses` and `says`, each a text for every Gather, or a list with one for
each Gather in turn. The control endpoints can press and say as well.
"""

from __future__ import annotations

from typing import Any

from ringback.emulator import callbacks
from ringback.emulator.records import CallRecord, Due
from ringback.emulator.signals import listens, tell
from ringback.emulator.store import Transaction
from ringback.emulator.twiml import timing, values
from ringback.emulator.twiml.fetching import act, standard
from ringback.emulator.twiml.machine import (
    GO,
    KEYS,
    WORDS,
    Run,
    listening,
    proceed,
    resumes,
    verb,
    waiting,
)
from ringback.emulator.twiml.parser import Element
from ringback.emulator.world import World, on


@verb("Gather")
def gather(run: Run, element: Element) -> bool:
    """Begin: run the nested verbs first."""
    about = {
        name: values.text(element, name)
        for name in ("numDigits", "finishOnKey", "timeout", "action")
    }
    run.note("Gather", input=_inputs(element), **about)
    run.call.heard = ""
    if not element.children:
        return _listen(run, element)
    run.program.at = [*run.program.at, -1]  # the next one is the first child
    return True


@listening("Gather")
def _listen(run: Run, element: Element) -> bool:
    """The nested verbs are over: now somebody is asked."""
    run.data["listening"] = True
    run.wait("gather", _timeout(element))
    if not run.call.heard:
        _let_answer(run, element)
    return False


def _inputs(element: Element) -> list[str]:
    return values.words(element, "input", "dtmf")


def _timeout(element: Element) -> int:
    return values.number(element, "timeout", 5) * 1_000


def _let_answer(run: Run, element: Element) -> None:
    """Let the other side do what its behaviour says."""
    inputs = _inputs(element)
    keys = turn(run.call, "presses") if "dtmf" in inputs else ""
    said = turn(run.call, "says") if "speech" in inputs and not keys else ""
    run.save()
    if keys:
        run.later(KEYS, timing.ASKED, keys=keys)
    elif said:
        run.later(WORDS, timing.ASKED, text=said)
        run.tx.unschedule(run.call.sid, GO)  # who speaks is heard out


def turn(call: CallRecord, name: str) -> str:
    """What the other side does this time: of a list the next, a text every time."""
    told: Any = call.behaviour.get(name, "")
    if isinstance(told, list):
        rest = [str(one) for one in told]
        call.behaviour = {**call.behaviour, name: rest[1:]}
        return rest[0] if rest else ""
    if (
        call.program is not None
        and call.program.kind == "screen"
        and call.behaviour.get("rejects_screening")
    ):
        return ""
    return str(told)


@on(KEYS)
def _pressed(world: World, tx: Transaction, due: Due) -> None:
    """The other side presses one key, and the next a little later."""
    run = waiting(world, tx, due)
    if run is None:
        return
    keys, ticket = str(due.data["keys"]), run.program.ticket
    tell(world, tx, "digits", run.call, keys[:1])
    run.reload()
    if keys[1:] and run.live and run.program.ticket == ticket:
        run.later(KEYS, timing.KEY, keys=keys[1:])


@on(WORDS)
def _spoke(world: World, tx: Transaction, due: Due) -> None:
    """The other side begins to speak: what it says is known when it is over."""
    run = waiting(world, tx, due)
    if run is None:
        return
    text = str(due.data["text"])
    if due.data.get("over"):
        tell(world, tx, "speech", run.call, text)
    else:
        run.later(WORDS, timing.speech(text), text=text, over=True)


def _gathering(
    world: World, tx: Transaction, call: CallRecord, kind: str
) -> tuple[Run, Element] | None:
    """A call that is in a Gather of a kind, listening or in its nested verbs."""
    fresh = tx.get(CallRecord, call.account_sid, call.sid)
    if fresh is None or fresh.is_over or fresh.program is None:
        return None
    run = Run(world, tx, fresh)
    if run.program.waiting not in ("gather", "time"):
        return None
    element = run.element(1)
    if element is None or element.name != "Gather" or kind not in _inputs(element):
        return None
    return run, element


def _interrupt(run: Run) -> None:
    """Stop the nested verbs: somebody answers already."""
    if len(run.program.at) > 1:
        run.note("interrupted")
        run.program.at = run.program.at[:1]
        run.data["listening"] = True


@listens("digits")
def _digits(world: World, tx: Transaction, call: CallRecord, digits: str) -> None:
    found = _gathering(world, tx, call, "dtmf")
    if found is None:
        return
    run, element = found
    run.note("digits", digits=digits)
    _interrupt(run)
    finish = values.text(element, "finishOnKey", "#")
    most = values.number(element, "numDigits", 0)
    for key in digits:
        if finish and key == finish:
            _complete(run, element, run.call.heard, finished_on=key)
            return
        run.call.heard += key
        if most and len(run.call.heard) >= most:
            _complete(run, element, run.call.heard)
            return
    run.program.waiting = "gather"
    run.program.steps = 0
    run.tx.unschedule(run.call.sid, GO)  # the ticket stays: further keys belong to the same wait
    run.later(GO, _timeout(element))
    run.save()


@listens("speech")
def _speech(world: World, tx: Transaction, call: CallRecord, text: str) -> None:
    found = _gathering(world, tx, call, "speech")
    if found is None:
        return
    run, element = found
    run.note("speech", text=text)
    _interrupt(run)
    _partial_result(run, element, text)
    about = [("SpeechResult", text), ("Confidence", timing.CONFIDENCE)]
    _finish(run, element, about)


def _partial_result(run: Run, element: Element, text: str) -> None:
    url = run.url(element, "partialResultCallback")
    if not url:
        return
    about = [
        ("SequenceNumber", "0"),
        ("UnstableSpeechResult", text),
        ("StableSpeechResult", ""),
        ("Stability", timing.CONFIDENCE),
    ]
    call, pairs = run.call, [*standard(run.call), *about]
    method = values.method(element, "partialResultCallbackMethod")
    callbacks.send(run.tx, call.account_sid, call.sid, "speech", url, method, pairs)


@resumes("gather")
def _nothing_more(run: Run, element: Element) -> bool:
    """The timeout has passed: what was pressed so far is the result."""
    return _result(run, element, run.call.heard)


def _complete(run: Run, element: Element, digits: str, finished_on: str = "") -> None:
    if _result(run, element, digits, finished_on):
        run.advance()
        proceed(run)


def _finish(run: Run, element: Element, about: list[tuple[str, str]]) -> None:
    run.call.heard = ""
    if act(run, element, about, otherwise_again=True):
        run.advance()
        proceed(run)


def _result(run: Run, element: Element, digits: str, finished_on: str = "") -> bool:
    run.call.heard = ""
    if digits:
        about = [("Digits", digits), ("FinishedOnKey", finished_on)]
        return act(run, element, about, otherwise_again=True)
    run.note("nothing gathered")
    if values.flag(element, "actionOnEmptyResult"):
        return act(
            run, element, [("Digits", ""), ("FinishedOnKey", finished_on)], otherwise_again=True
        )
    return True
