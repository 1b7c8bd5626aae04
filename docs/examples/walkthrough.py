"""The bindings at work, over real HTTP on this machine: what `make run` shows last.

A server made of the generated stubs answers a client made from the same document. Then the server is made to
misbehave, and the client to be wrong, to show who notices what. At the end the emulator lets a call live.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import emulated_call
import httpx2
import uvicorn
from memory_voice import memory_app
from rich.console import Console

from twilio_voice import Client, InvalidRequest, models
from twilio_voice.models import AccountSid, CallSid
from twilio_voice.webhooks import Event, WebhookReceiver, WebhookSender

ACCOUNT = AccountSid("AC" + "0123456789abcdef" * 2)
TOKEN = "not-a-real-token"

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

console = Console(highlight=False, soft_wrap=True)


class Stage:
    """The server's side: the API below /2010-04-01, a webhook receiver below /hooks, and a switch for trouble."""

    def __init__(self) -> None:
        self.api: App = memory_app(seed=1)
        self.hooks: App = WebhookReceiver(TOKEN).asgi(call_status=self.on_call_status)
        self.events: list[Event[models.CallStatusCallback]] = []
        self.misbehaves = False

    async def on_call_status(self, event: Event[models.CallStatusCallback]) -> None:
        """What a user of the bindings writes: a coroutine that gets the typed event."""
        self.events.append(event)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope.get("path", "").startswith("/hooks/"):
            await self.hooks(scope, receive, send)
        else:
            await self.api(scope, receive, self._spoiled(send) if self.misbehaves else send)

    def _spoiled(self, send: Send) -> Send:
        """Change one field of the answer: a status that no document names."""
        start: Message = {}

        async def spoil(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            body = {**json.loads(message["body"]), "status": "daydreaming"}
            content = json.dumps(body).encode()
            kept = [pair for pair in start["headers"] if pair[0] != b"content-length"]
            length = (b"content-length", str(len(content)).encode())
            await send({**start, "headers": [*kept, length]})
            await send({"type": "http.response.body", "body": content})

        return spoil


@contextmanager
def serving(app: App) -> Iterator[str]:
    """Serve an app on a free port of 127.0.0.1; gives the address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_level="warning", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        while not server.started:
            if not thread.is_alive():
                raise RuntimeError("the server did not start")
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=5)


def say(text: str) -> None:
    console.print("  " + text, markup=False)


def title(text: str) -> None:
    console.print(f"\n[bold]{text}[/bold]")


def make_and_list(client: Client) -> models.Call:
    """Make calls, then list them."""
    title("A call is made, and listed")
    call = client.calls.create(
        to="+16175551212", from_="+15005550006", url="https://example.com/voice.xml", timeout=20
    )
    say(f"client.calls.create(to={call.to!r}, …)")
    say(f"  -> {type(call).__name__} {call.sid}, {call.status.value}, made {call.date_created}")
    for to in ("+16175551213", "+16175551214"):
        client.calls.create(to=to, from_="+15005550006", twiml="<Response><Hangup/></Response>")
    with client.record() as recorded:
        calls = list(client.calls.list(status="queued", page_size=2))
    pages = len(recorded.exchanges)
    say(f"client.calls.list(status='queued', page_size=2) -> {len(calls)} calls on {pages} pages")
    return call


def refuse(client: Client, call: models.Call) -> None:
    """Hand over the wrong kind of SID."""
    title("A wrong kind of SID is refused before anything is sent")
    recording = client.recordings.create_for_call(call.sid)
    say(f"recording = client.recordings.create_for_call(call.sid) -> {recording.sid}")
    with client.record() as recorded:
        try:
            client.calls.fetch(CallSid(recording.sid))
        except InvalidRequest as error:
            say("client.calls.fetch(recording.sid)")
            say(f"  -> InvalidRequest: {error}")
    say(f"  requests sent: {len(recorded.exchanges)}")


def drift(client: Client, stage: Stage, call: models.Call) -> None:
    """Let the server answer with what the document does not know."""
    title("The server answers with something undocumented: it is kept, and recorded")
    stage.misbehaves = True
    fetched = client.calls.fetch(call.sid)
    stage.misbehaves = False
    say(f"client.calls.fetch(call.sid).status -> {fetched.status.value!r}")
    for operation, one in client.drifts:
        say(f"client.drifts -> {operation} {one}")


def webhook(base: str, stage: Stage, call: models.Call) -> None:
    """Send a signed webhook, then a forged one."""
    title("A webhook is verified and typed")
    payload = models.CallStatusCallback(
        call_sid=call.sid,
        account_sid=ACCOUNT,
        from_=call.from_ or "",
        to=call.to or "",
        call_status=models.CallbackCallStatus.COMPLETED,
        api_version="2010-04-01",
        direction=models.CallDirection.OUTBOUND_API,
        call_duration=42,
    )
    url = f"{base}/hooks/call_status"
    with httpx2.Client() as http:
        genuine = WebhookSender(TOKEN).call_status(url, payload).send(http)
        forged = WebhookSender("somebody else's").call_status(url, payload).send(http)
    event = stage.events[-1]
    say(f"signed with the account's token: {genuine.status_code}, the handler got")
    say(
        f"  {type(event.payload).__name__}(call_status={event.payload.call_status.value!r}, "
        f"call_duration={event.payload.call_duration!r}, …), drifts: {len(event.drifts)}"
    )
    say(f"signed with another token: {forged.status_code}, {forged.text}")


def main() -> None:
    """Show it all."""
    began = time.perf_counter()
    stage = Stage()
    with serving(stage) as base:
        title(f"The generated stubs, with memory behind them, listen on {base}")
        with Client(ACCOUNT, TOKEN, base_url=f"{base}/2010-04-01") as client:
            call = make_and_list(client)
            refuse(client, call)
            drift(client, stage, call)
        webhook(base, stage, call)
    emulated_call.show(serving, title, say)
    title(f"Done in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
