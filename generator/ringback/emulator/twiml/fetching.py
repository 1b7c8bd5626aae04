"""Where TwiML comes from: from the request itself, from URLs, from an application. And what happens when it does not come.

A document is asked for with the parameters of the call, signed; its answer comes as an event. `text/xml`, `application/xml`
and `text/html` are TwiML, `text/plain` is said, `audio/*` is played. On any failure the call's fallback URL is asked, once,
with ErrorCode and ErrorUrl; where there is none, or it fails as well, the call ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from ringback.emulator import callbacks, queues
from ringback.emulator.records import (
    ApplicationRecord,
    CallRecord,
    Delivery,
    Due,
    Program,
    QueueRecord,
)
from ringback.emulator.store import Transaction
from ringback.emulator.twiml import values
from ringback.emulator.twiml.machine import Run, ends, proceed, resumes, waiting
from ringback.emulator.twiml.parser import Element, Unreadable, parse
from ringback.emulator.urls import acceptable
from ringback.emulator.world import World, on

Pairs = Sequence[tuple[str, str]]

_TWIML = frozenset({"text/xml", "application/xml", "text/html"})
_AGAIN = 1_000
"""A waiting document that took less is asked for again after so many ms."""


def start(run: Run) -> None:
    """Run the call's instructions from the beginning: inline TwiML, its URL, or its application's."""
    call = run.call
    run.replace(Program())
    if call.twiml:
        load(run, call.twiml, "")
    elif call.url:
        fetch(run, call.url, call.method)
    else:
        _start_application(run)


def _start_application(run: Run) -> None:
    call = run.call
    application = run.tx.get(ApplicationRecord, call.account_sid, call.application_sid)
    if application is None or not application.voice_url:
        run.report(11100, "there are no instructions")
        run.pick_up()
        run.hang_up()
        return
    call.fallback_url, call.fallback_method = application.fallback_url, application.fallback_method
    fetch(run, application.voice_url, application.voice_method)


def standard(call: CallRecord) -> list[tuple[str, str]]:
    """What every request for TwiML carries."""
    pairs = callbacks.standard(call)
    if call.answered_by and not call.async_amd:
        pairs.append(("AnsweredBy", call.answered_by))
        if call.detection_ms is not None:
            pairs.append(("MachineDetectionDuration", str(call.detection_ms)))
    return pairs


def fetch(run: Run, url: str, method: str = "POST", about: Pairs = ()) -> bool:
    """Ask for a document and go on with it. Gives False, so that a verb can end with it."""
    if not acceptable(url, run.world.settings.hosts_may_be_local):
        failed(run, 11100, f"{url[:200]!r}", url, method)
        return False
    run.wait("fetch")
    run.tx.send(
        Delivery(
            account=run.call.account_sid,
            subject=run.call.sid,
            url=url,
            method=method or "POST",
            params=[*standard(run.call), *about],
            purpose="twiml.fetched",
            about="twiml",
            token=run.tx.mint("IT"),
            data={"ticket": run.program.ticket},
        )
    )
    return False


def last_word(run: Run, url: str, method: str, about: Pairs) -> None:
    """Tell an action URL how it ended, when the call does not go on there: the answer does not matter."""
    if not acceptable(url, run.world.settings.hosts_may_be_local):
        return
    pairs = [*standard(run.call), *about]
    call = run.call
    callbacks.send(run.tx, call.account_sid, call.sid, "twiml", url, method, pairs)


def act(run: Run, element: Element, about: Pairs, *, otherwise_again: bool = False) -> bool:
    """Ask a verb's action URL what to do. Without one the call goes on with the next verb, or its document again."""
    url = run.url(element, "action")
    if not url and not otherwise_again:
        return True
    if not url and not run.program.base_url:  # inline TwiML has no address: it begins anew
        run.program.at, run.program.data = [-1], {}
        return True
    return fetch(run, url or run.program.base_url, values.method(element), about)


def load(run: Run, text: str, base: str) -> None:
    """Run a document from its first verb."""
    try:
        document = parse(text)
    except Unreadable as error:
        failed(run, error.code, str(error), base, "POST")
        return
    program = run.program
    program.twiml, program.base_url, program.at = text, base, [0]
    program.waiting, program.data = "", {}
    for finding in document.findings:
        run.report(finding.code, finding.message)
    proceed(run)


@on("twiml.fetched")
def _fetched(world: World, tx: Transaction, due: Due) -> None:
    run = waiting(world, tx, due)
    if run is None:
        return
    got = due.data
    url, method = str(got["request"]["url"]), str(got["request"]["method"])
    run.note("fetched", method=method, url=url, status=got["status"])
    code, message = _fault(got)
    if code:
        failed(run, code, message, url, method)
        return
    text = _twiml_of(got)
    if text is None:
        failed(run, 12300, str(got["content_type"])[:100], url, method)
        return
    load(run, text, _base(url, str(got["url"])))


def _base(asked: str, answered: str) -> str:
    """The address of a document: as it was asked for, unless the answer came from elsewhere."""
    same = asked.partition("#")[0].partition("?")[0] == answered.partition("?")[0]
    return (asked if same else answered).partition("#")[0]


def _fault(got: dict[str, Any]) -> tuple[int, str]:
    """The code of an answer that brings no document; 0 for a good one."""
    error, status = str(got["error"]), int(got["status"])
    if error:
        if got["timed_out"]:
            return 11200, error
        for told, code in (
            ("redirects", 11215),
            ("too large", 11750),
            ("not an HTTP address", 11100),
            ("not a URL", 11100),
        ):
            if told in error:
                return code, error
        return 11205, error
    if not 200 <= status < 300:
        return 11200, f"HTTP {status}"
    return (0, "") if str(got["body"]).strip() else (11770, "")


def _twiml_of(got: dict[str, Any]) -> str | None:
    """The TwiML of an answer; None where its type is none that can be used."""
    kind = str(got["content_type"]).partition(";")[0].strip().lower()
    if kind in _TWIML:
        return str(got["body"])
    if kind == "text/plain":
        return f"<Response><Say>{escape(_printable(str(got['body'])))}</Say></Response>"
    if kind.startswith("audio/"):
        return f"<Response><Play>{escape(str(got['url']))}</Play></Response>"
    return None


def _printable(text: str) -> str:
    return "".join(char for char in text if char.isprintable() or char in "\n\t ")


def failed(run: Run, code: int, message: str, url: str, method: str) -> None:
    """A document could not be had or read: ask the fallback URL, or end. Who waits in a queue waits on in silence."""
    run.report(code, message, url, method)
    call = run.call
    if run.program.kind in ("wait", "music"):
        run.wait("silence")
    elif call.fallback_url and not run.program.fallen and run.program.kind == "call":
        run.program.fallen = True
        about = [("ErrorCode", str(code)), ("ErrorUrl", url)]
        fetch(run, call.fallback_url, call.fallback_method, about)
    else:
        run.pick_up()
        run.hang_up()


def wait_again(run: Run) -> bool:
    """Ask for the music of a wait, from its beginning."""
    outer = run.program.outer
    assert outer is not None
    outer.data["asked"] = run.tx.now
    url, method = str(outer.data["wait_url"]), str(outer.data["wait_method"])
    return fetch(run, url, method, waiting_figures(run, str(outer.data["queue"])))


def waiting_figures(run: Run, queue_sid: str) -> list[tuple[str, str]]:
    """What the document of a wait is told about the queue."""
    queue = run.tx.get(QueueRecord, run.call.account_sid, queue_sid)
    if queue is None:
        return []
    members = queues.waiting(run.tx, queue)
    own = [place for place, member in enumerate(members) if member.call_sid == run.call.sid]
    waited = queues.wait_of(run.tx, members[own[0]]) if own else 0
    return [
        ("QueuePosition", str(own[0] + 1 if own else 0)),
        ("QueueSid", queue.sid),
        ("QueueTime", str(waited)),
        ("AvgQueueTime", str(queues.average_wait(run.tx, members))),
        ("CurrentQueueSize", str(len(members))),
        ("MaxQueueSize", str(queue.max_size)),
    ]


@ends("music")
@ends("wait")
def _wait_is_out_of_verbs(run: Run) -> bool:
    outer = run.program.outer
    if outer is not None and run.tx.now - int(outer.data["asked"]) < _AGAIN:
        return run.wait("again", _AGAIN)
    return wait_again(run)


@resumes("again")
def _again(run: Run, element: Element) -> bool:
    return wait_again(run)
