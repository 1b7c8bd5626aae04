"""Runs a call's TwiML, verb by verb, one event after the other.

Nothing is kept between events but the call's `Program`: the document, the position in it, what the running verb remembers
and what it waits for. A verb is a function that gives True when it is done at once; otherwise it has arranged for something
to happen later (an event, an answer to a request, a signal) and gives False. `resume` takes such a call up again.

    @verb("Pause")                         begins
    @resumes("gather")                     its waiting is over: the time has come
    @listening("Gather")                   the last of its nested verbs is done
    @ends("wait")                          a document of this kind has no more verbs

Everything that comes later carries the ticket of the wait it belongs to. A redirect, a barge-in or the end of a call raises
the ticket, and what was on its way is too late.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from ringback.emulator import calls
from ringback.emulator.records import CallRecord, Due, NotificationRecord, Program
from ringback.emulator.store import Transaction
from ringback.emulator.twiml import codes, values
from ringback.emulator.twiml.parser import Document, Element, parse
from ringback.emulator.world import World, on

GO = "twiml.go"
KEYS = "twiml.keys"
WORDS = "twiml.words"


@dataclass(slots=True)
class Run:
    """A call while one event happens to it. The record is read again after others may have changed it."""

    world: World
    tx: Transaction
    call: CallRecord

    @property
    def program(self) -> Program:
        """Where the call stands."""
        if self.call.program is None:
            self.call.program = Program()
        return self.call.program

    @property
    def data(self) -> dict[str, Any]:
        """What the running verb remembers."""
        return self.program.data

    @property
    def live(self) -> bool:
        """Whether the call goes on and has a program."""
        return not self.call.is_over and self.call.program is not None

    def save(self) -> None:
        """Write the call."""
        calls.save(self.tx, self.call)

    def reload(self) -> None:
        """Read the call again."""
        self.call = self.tx.get(CallRecord, self.call.account_sid, self.call.sid) or self.call

    def replace(self, program: Program) -> None:
        """Put another program in the place of the running one, and let go of what that waits for."""
        program.ticket = self.program.ticket + 1
        program.steps = self.program.steps
        self.call.program = program
        self.tx.unschedule(self.call.sid, GO, KEYS, WORDS)
        self.save()

    def note(self, kind: str, **about: Any) -> None:
        """Put something on the call's timeline; what is empty is left out."""
        told = {name: value for name, value in about.items() if value not in ("", None, [], ())}
        self.tx.note(self.call.account_sid, self.call.sid, kind, **told)

    def report(self, code: int, message: str = "", url: str = "", method: str = "POST") -> None:
        """A run-time error or warning: on the timeline and among the account's notifications."""
        warning = code in codes.WARNINGS
        told = f"{codes.MESSAGES[code]}: {message}" if message else codes.MESSAGES[code]
        self.note("warning" if warning else "error", code=code, message=told)
        self.tx.add(
            NotificationRecord(
                account_sid=self.call.account_sid,
                sid=self.tx.mint("NO"),
                call_sid=self.call.sid,
                error_code=code,
                log=1 if warning else 0,
                message=told,
                request_url=url or self.program.base_url,
                request_method=method,
                created=self.tx.now,
            )
        )

    def wait(self, what: str, milliseconds: int | None = None) -> bool:
        """Wait for something: for a time, if one is given. Gives False, so that a verb can end with it."""
        program = self.program
        program.ticket += 1
        program.waiting = what
        self.tx.unschedule(self.call.sid, GO, KEYS, WORDS)
        if milliseconds is not None:
            self.later(GO, milliseconds)
            program.steps = 0 if milliseconds > 0 else program.steps
        self.save()
        return False

    def later(self, kind: str, milliseconds: int, **data: Any) -> None:
        """Let something happen to the running wait."""
        due = self.tx.now + milliseconds
        data["ticket"] = self.program.ticket
        self.tx.schedule(due, kind, self.call.account_sid, self.call.sid, **data)

    def document(self) -> Document:
        """The running document. It was read before, so it can be read."""
        return parse(self.program.twiml)

    def element(self, depth: int | None = None) -> Element | None:
        """The verb at the position; None behind the last, and while there is no document yet."""
        if not self.program.twiml:
            return None
        found = self.document().root
        for index in self.program.at[:depth]:
            if index >= len(found.children):
                return None
            found = found.children[index]
        return found

    def advance(self) -> None:
        """To the next verb; it remembers nothing yet."""
        at = self.program.at
        self.program.at = [*at[:-1], at[-1] + 1]
        self.program.waiting = ""
        if len(at) == 1:
            self.program.data = {}

    def url(self, element: Element, name: str) -> str:
        """An attribute's URL, relative to the document's."""
        return values.url(element, name, self.program.base_url)

    def pick_up(self) -> None:
        """Answer an inbound call that still rings."""
        if self.call.status == "ringing" and not self.call.is_over:
            self.save()
            calls.pick_up(self.world, self.tx, self.call)
            self.reload()

    def hang_up(self, status: str = "completed") -> bool:
        """End the call."""
        self.save()
        calls.end(self.world, self.tx, self.call, status)
        self.reload()
        return False


Verb = Callable[[Run, Element], bool]
Hook = Callable[[Run], bool]
V = TypeVar("V", Verb, Hook)

_verbs: dict[str, Verb] = {}
_listening: dict[str, Verb] = {}
_resumes: dict[str, Verb] = {}
_ends: dict[str, Hook] = {}

QUIET = frozenset({"Reject", "Pause", "Redirect", "Dial", "Leave"})
"""The verbs that do not answer an inbound call by themselves (a Dial decides when it has seen its attributes)."""

IN_MUSIC = frozenset({"Say", "Play", "Pause", "Redirect"})
ALLOWED = {"wait": IN_MUSIC | {"Hangup", "Leave", "Gather"}, "music": IN_MUSIC}
"""What may run while a call waits, by the kind of document: in a queue, for a conference to start."""


def _declared(table: dict[str, V], name: str) -> Callable[[V], V]:
    def declare(function: V) -> V:
        assert name not in table, f"{name} is declared twice"
        table[name] = function
        return function

    return declare


def verb(name: str) -> Callable[[Verb], Verb]:
    """Declare how a verb begins."""
    return _declared(_verbs, name)


def known() -> frozenset[str]:
    """The verbs that can begin."""
    return frozenset(_verbs)


def listening(name: str) -> Callable[[Verb], Verb]:
    """Declare what a verb does when its nested verbs are done."""
    return _declared(_listening, name)


def resumes(waiting: str) -> Callable[[Verb], Verb]:
    """Declare what happens when the time of a wait has come."""
    return _declared(_resumes, waiting)


def ends(kind: str) -> Callable[[Hook], Hook]:
    """Declare what happens behind the last verb of a kind of document. True: run on."""
    return _declared(_ends, kind)


def proceed(run: Run) -> None:
    """Run verbs until one waits, or the call is over."""
    while run.live:
        element = run.element()
        if element is not None:
            if not _counted(run) or not _begun(run, element):
                break
            run.advance()
        elif len(run.program.at) > 1:
            run.program.at = run.program.at[:-1]
            outer = run.element()
            if outer is None or not _listening[outer.name](run, outer):
                break
            run.advance()
        elif not _ends[run.program.kind](run):
            break


def _begun(run: Run, element: Element) -> bool:
    if run.call.status == "ringing" and element.name not in QUIET:
        run.pick_up()
    allowed = ALLOWED.get(run.program.kind)
    if allowed is not None and len(run.program.at) == 1 and element.name not in allowed:
        if run.program.kind == "music":
            run.report(13238, element.name)
        else:
            run.report(12200, f"{element.name} is not allowed in the document of a wait")
        return True
    begin = _verbs.get(element.name)
    if begin is None:
        run.report(12200, f"{element.name} does nothing here")
        return True
    return begin(run, element)


def _counted(run: Run) -> bool:
    """Count a verb; too many without time passing are an endless loop, which ends the call."""
    run.program.steps += 1
    most = run.world.settings.twiml_steps
    if run.program.steps <= most:
        return True
    run.report(12400, f"more than {most} verbs ran without time passing")
    run.pick_up()
    return run.hang_up()


def resumed(run: Run) -> None:
    """The time of a wait has come: let its verb decide, and run on if it is done."""
    element = run.element()
    decide = _resumes[run.program.waiting]
    if element is None:  # behind the last verb: a document that is asked for again
        element = run.document().root if run.program.twiml else Element("", {}, "", "")
    if decide(run, element):
        run.advance()
        proceed(run)


@on(GO)
def _go(world: World, tx: Transaction, due: Due) -> None:
    found = waiting(world, tx, due)
    if found is not None:
        resumed(found)


def waiting(world: World, tx: Transaction, due: Due) -> Run | None:
    """The call that an event is about, if it still waits for that event."""
    call = tx.get(CallRecord, due.account, due.subject)
    if call is None or call.is_over or call.program is None:
        return None
    return Run(world, tx, call) if call.program.ticket == due.data.get("ticket") else None


@resumes("time")
def _time(run: Run, element: Element) -> bool:
    return True


@ends("call")
def _over(run: Run) -> bool:
    run.pick_up()
    return run.hang_up()
