"""Redirect, Reject, Hangup, Refer: where a call goes next."""

from __future__ import annotations

from ringback.emulator.twiml import values
from ringback.emulator.twiml.fetching import act, fetch
from ringback.emulator.twiml.machine import Run, verb
from ringback.emulator.twiml.parser import Element


@verb("Redirect")
def redirect(run: Run, element: Element) -> bool:
    """Go on with another document."""
    base = run.program.base_url
    if not element.text and not base:  # inline TwiML is redirected to itself
        run.note("Redirect")
        run.program.at = [-1]
        return True
    url = values.address(base, element.text) if element.text else base
    method = values.method(element)
    run.note("Redirect", url=url, method=method)
    return fetch(run, url, method)


@verb("Reject")
def reject(run: Run, element: Element) -> bool:
    """Do not answer. Once a call is answered, this hangs up."""
    reason = values.text(element, "reason", "rejected").lower()
    run.note("Reject", reason=reason)
    if run.call.status != "ringing":
        return run.hang_up()
    return run.hang_up("busy" if reason == "busy" else run.world.settings.rejected_status)


@verb("Hangup")
def hangup(run: Run, element: Element) -> bool:
    """End the call."""
    run.note("Hangup")
    return run.hang_up()


@verb("Refer")
def refer(run: Run, element: Element) -> bool:
    """Hand a SIP call over to somebody else. The other side accepts: it is gone from here after the action."""
    target = next((child.spoken for child in element.children), "")
    run.note("Refer", to=target)
    if not (run.call.to.startswith("sip:") or run.call.from_.startswith("sip:")):
        run.report(13801)
        return True
    about = [
        ("ReferCallStatus", "completed"),
        ("ReferSipResponseCode", "202"),
        ("NotifySipResponseCode", "200"),
    ]
    return act(run, element, about)
