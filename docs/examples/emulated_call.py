"""A call through the emulator: the last part of what `make run` shows.

The generated client places it, a receiver made of the generated webhooks answers with TwiML and hears how it goes, and the
emulator, whose clock runs twenty times as fast as the wall's, tells the story at the end.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.table import Table

from ringback.emulator import Emulator, Options
from twilio_voice import Client, models
from twilio_voice.webhooks import Event, WebhookReceiver

CALLEE = "+14155551212"
NUMBER = "+15005550006"
EVENTS = list(models.CallEvent)
PATIENCE = 10.0

MENU = """\
<Response>
    <Gather numDigits="1" timeout="5" action="voice_request">
        <Say>For the weather, press one.</Say>
    </Gather>
    <Hangup/>
</Response>
"""
WEATHER = """\
<Response>
    <Say>Sunny, with a light breeze.</Say>
    <Record maxLength="5" timeout="2" action="voice_request"/>
</Response>
"""
GOODBYE = "<Response><Say>Goodbye.</Say><Hangup/></Response>"


class Receiver:
    """A small application: its TwiML, and a memory of what it was told. A forged request is answered with 403."""

    def __init__(self, token: str) -> None:
        self.app = WebhookReceiver(token).asgi(
            voice_request=self.on_voice, call_status=self.on_status
        )
        self.asked = 0
        self.told: list[models.CallStatusCallback] = []

    async def on_voice(self, event: Event[models.VoiceRequest]) -> str:
        """Answer the call, then what was pressed, then what was said."""
        self.asked += 1
        return (MENU, WEATHER, GOODBYE)[min(self.asked, 3) - 1]

    async def on_status(self, event: Event[models.CallStatusCallback]) -> None:
        """Keep the typed event."""
        self.told.append(event.payload)


def show(
    serving: Callable[[Any], Any], title: Callable[[str], None], say: Callable[[str], None]
) -> None:
    """Place the call and print its story; `serving(app)` serves an application and gives its address."""
    with Emulator(Options(port=0, clock="20x", seed=1)) as emulator:
        title(f"The emulator listens on {emulator.url}, its clock runs 20 times as fast")
        emulator.behave(CALLEE, presses="1", speaks=3)
        receiver = Receiver(emulator.auth_token)
        with (
            serving(receiver.app) as hooks,
            Client(
                emulator.account_sid, emulator.auth_token, base_url=f"{emulator.url}/2010-04-01"
            ) as client,
        ):
            call = client.calls.create(
                to=CALLEE,
                from_=NUMBER,
                url=f"{hooks}/voice_request",
                status_callback=f"{hooks}/call_status",
                status_callback_event=EVENTS,
            )
            say(f"client.calls.create(to={CALLEE!r}, …) -> {call.sid}, {call.status.value}")
            _wait(lambda: len(receiver.told) >= len(EVENTS))
            ended = client.calls.fetch(call.sid)
            (recording,) = client.recordings.list_for_call(call.sid)
            say(f"  -> {ended.status.value} after {ended.duration} s; {recording.sid} is recorded")
            _table(emulator.story(call.sid))
            heard = [one.call_status.value for one in _in_order(receiver.told)]
            say(f"callbacks, signatures verified: {', '.join(heard)}")
            say(f"requests for TwiML, signatures verified: {receiver.asked}")
    title("To look on while it happens")
    say("ringback emulate, then open http://127.0.0.1:4010/_ringback/ (docs/emulator.md)")


def _in_order(told: list[models.CallStatusCallback]) -> list[models.CallStatusCallback]:
    """By their numbers: webhooks may overtake each other."""
    return sorted(told, key=lambda one: one.sequence_number or 0)


def _wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > end:
            raise RuntimeError("the call did not end in time")
        time.sleep(0.01)


def _table(story: dict[str, Any]) -> None:
    """The call's timeline: seconds since its beginning, what happened, and what is known of it."""
    table = Table(box=None, padding=(0, 1), header_style="bold")
    table.add_column("second", justify="right")
    table.add_column("what happened")
    table.add_column("more")
    begin = story["timeline"][0]["at"]
    for entry in story["timeline"]:
        more = ", ".join(f"{name} {_short(value)}" for name, value in entry["data"].items())
        table.add_row(f"{(entry['at'] - begin) / 1000:.1f}", entry["kind"], more)
    Console(highlight=False, width=120).print(table)


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"
