"""A SIP endpoint that was dialled asks to be replaced by somebody else (it sends REFER): the Dial's `referUrl` says what then.

Who does that is a matter of behaviour: `refers: sip:anna@example.com`. The endpoint is gone after it; the call that dialled
it goes on with the document of `referUrl`. Without one the request is refused, and nothing changes.
"""

from __future__ import annotations

from ringback.emulator.records import CallRecord, Due
from ringback.emulator.store import Transaction
from ringback.emulator.twiml import legs, rooms, values
from ringback.emulator.twiml.fetching import fetch
from ringback.emulator.twiml.machine import Run
from ringback.emulator.twiml.recording import stopped
from ringback.emulator.world import World, on


@on(legs.REFER)
def _referred(world: World, tx: Transaction, due: Due) -> None:
    leg = tx.get(CallRecord, due.account, due.subject)
    if leg is None or leg.is_over:
        return
    other = Run(world, tx, leg)
    run = legs.dialler(other)
    element = run.element() if run is not None else None
    if run is None or element is None:
        return
    target = str(leg.behaviour["refers"])
    url = run.url(element, "referUrl")
    if not url:
        other.note("refer refused", to=target)
        return
    other.note("refers", to=target)
    run.note("referred", call=leg.sid, to=target)
    recording = str(run.data.get("recording", ""))
    about = [("ReferTransferTarget", target), *(stopped(run, recording) if recording else [])]
    legs.let_go(run, rooms.release)
    run.call.child_call_sid = ""
    fetch(run, url, values.method(element, "referMethod"), about)
