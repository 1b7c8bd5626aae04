"""The control endpoints below `/_ringback/`: looking in, and moving time, callees and calls. docs/emulator.md lists them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, unquote

import msgspec

from ringback.emulator import calls, load, looking, ranges, watching
from ringback.emulator.callee import ANYBODY, checked
from ringback.emulator.clock import ManualClock
from ringback.emulator.gate import refusal
from ringback.emulator.load import Seed
from ringback.emulator.records import (
    AccountRecord,
    BehaviourRecord,
    CallRecord,
    NumberRecord,
    RecordingRecord,
)
from ringback.emulator.signals import tell
from ringback.emulator.store import Transaction
from ringback.emulator.world import World
from ringback.source import DocumentError

ROOT: Final = "/_ringback"
_MOST: Final = 4 << 20
_LONGEST: Final = 366 * 86_400  # seconds that one request may let pass
_encode = msgspec.json.Encoder(order="deterministic").encode


class Refused(Exception):
    """The request cannot be done; the sentence says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Asked(msgspec.Struct, frozen=True):
    """A request: its path below ROOT as captured, its query, its body."""

    parts: tuple[str, ...]
    query: dict[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as a JSON object."""
        try:
            found = msgspec.json.decode(self.body or b"{}")
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Refused(400, f"The body is not JSON: {error}") from None
        if not isinstance(found, dict):
            raise Refused(400, "The body is a JSON object.")
        return found

    def text(self, key: str, default: str | None = None) -> str:
        """A text of the body; without a default it has to be there."""
        found = self.json().get(key, default)
        if not isinstance(found, str) or (default is None and not found):
            raise Refused(400, f"The body needs {key}, a text.")
        return found


class Control:
    """The ASGI application of the control endpoints."""

    def __init__(self, world: World, seed: Seed | None = None, *, page: bool = True) -> None:
        self._world = world
        self._seed = seed or Seed()
        self._page = page
        self._ending = False

    def end(self) -> None:
        """Let those who look on go: a server that stops would wait for them."""
        self._ending = True
        self._world.changed()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        why = refusal(scope, self._world.settings.control_token)
        if why:
            await _send(send, 403, "application/json", _encode({"error": why}))
            return
        path = scope["path"].removeprefix(ROOT)
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        if method == "GET" and path == "/events":
            if scope["method"] == "HEAD":
                await _send(send, 200, watching.EVENTS, b"")
                return
            await watching.events(self._world, receive, send, lambda: self._ending)
            return
        if method == "GET" and path in ("", "/") and self._page:
            await watching.page(scope, send)
            return
        added: list[ranges.Header] = []
        try:
            media_type, content = await self._answer(method, path, scope, receive)
            status = 200
            if media_type.startswith("audio/") and scope["method"] == "GET":
                status, added, content = ranges.cut(ranges.asked(scope["headers"]), content)
        except Refused as refused:
            status, media_type = refused.status, "application/json"
            content = _encode({"error": str(refused)})
        shown = b"" if scope["method"] == "HEAD" else content
        await _send(send, status, media_type, shown, added)

    async def _answer(self, method: str, path: str, scope: Any, receive: Any) -> tuple[str, bytes]:
        known = False
        for wanted, pattern, handler in _ROUTES:
            found = pattern.fullmatch(path)
            if not found:
                continue
            known = True
            if wanted != method:
                continue
            given = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            query = {name: texts[-1] for name, texts in given.items()}
            asked = Asked(tuple(map(unquote, found.groups())), query, await _body(receive))
            answer = await handler(self, asked)
            if isinstance(answer, bytes):
                return "audio/wav", answer
            return "application/json", _encode(answer)
        raise Refused(405 if known else 404, "There is no such control endpoint.")

    # -- looking in

    async def state(self, asked: Asked) -> Any:
        return await self._world.store.run(lambda tx: looking.state(self._world, tx))

    async def call(self, asked: Asked) -> Any:
        return await self._world.store.run(lambda tx: looking.story(tx, _call(tx, asked.parts[0])))

    async def journal(self, asked: Asked) -> Any:
        most = _whole(asked.query.get("limit", "100"), 1, 10_000)
        subject = asked.query.get("subject")
        return await self._world.store.run(lambda tx: {"attempts": tx.attempts(subject, most)})

    async def audio(self, asked: Asked) -> Any:
        from ringback.emulator import media

        recording = await self._world.store.run(
            lambda tx: tx.owner(RecordingRecord, asked.parts[0])
        )
        if recording is None or recording.seconds is None:
            raise Refused(404, "There is no such recording, or it has not been completed.")
        return media.wav(min(recording.seconds, 3600), recording.channels)

    # -- time

    async def clock(self, asked: Asked) -> Any:
        return looking.clock(self._world)

    async def advance(self, asked: Asked) -> Any:
        seconds = asked.json().get("seconds")
        if type(seconds) not in (int, float) or not 0 <= (seconds or 0) <= _LONGEST:
            raise Refused(400, f"The body needs seconds, a number from 0 to {_LONGEST}.")
        if not isinstance(self._world.clock, ManualClock):
            raise Refused(409, "The clock runs by itself: --clock manual lets it be advanced.")
        await self._world.advance(round((seconds or 0) * 1000))
        return looking.clock(self._world)

    # -- the other side

    async def behaviours(self, asked: Asked) -> Any:
        rows = await self._world.store.run(lambda tx: tx.everything(BehaviourRecord))
        return {"behaviours": [looking.behaviour(one) for one in rows]}

    async def behave(self, asked: Asked) -> Any:
        pattern, account = asked.text("number"), asked.text("account", ANYBODY)
        try:
            record = load.behaviour(account, pattern[:160], asked.json().get("behaviour"))
        except ValueError as error:
            raise Refused(400, f"{error}.") from None

        def work(tx: Transaction) -> None:
            if account != ANYBODY and tx.get(AccountRecord, account, account) is None:
                raise Refused(404, f"There is no account {account[:60]}.")
            if tx.get(BehaviourRecord, account, record.sid) is not None:
                tx.drop(record)  # the newest of several that match counts
            tx.add(record)

        await self._done(work)
        return looking.behaviour(record)

    async def misbehave(self, asked: Asked) -> Any:
        def work(tx: Transaction) -> int:
            rows = tx.everything(BehaviourRecord)
            gone = [one for one in rows if asked.query.get("number", one.pattern) == one.pattern]
            for one in gone:
                tx.drop(one)
            return len(gone)

        return {"removed": await self._done(work)}

    async def behave_call(self, asked: Asked) -> Any:
        def work(tx: Transaction, call: CallRecord) -> None:
            call.behaviour = {**call.behaviour, **given}
            calls.save(tx, call)

        try:
            given = checked(asked.json())
        except ValueError as error:
            raise Refused(400, f"{error}.") from None
        return await self._live(asked, work)

    async def digits(self, asked: Asked) -> Any:
        digits = asked.text("digits")
        if not re.fullmatch(r"[0-9A-Da-d#*]{1,100}", digits):
            raise Refused(400, "Digits are 0 to 9, A to D, # and *.")
        return await self._live(
            asked, lambda tx, call: tell(self._world, tx, "digits", call, digits)
        )

    async def speech(self, asked: Asked) -> Any:
        text = asked.text("text")[:1000]
        return await self._live(asked, lambda tx, call: tell(self._world, tx, "speech", call, text))

    async def hangup(self, asked: Asked) -> Any:
        def work(tx: Transaction, call: CallRecord) -> None:
            tx.note(call.account_sid, call.sid, "hung up", by="the other side")
            ending = "completed" if call.started is not None else "no-answer"
            calls.end(self._world, tx, call, ending)

        return await self._live(asked, work)

    async def inbound(self, asked: Asked) -> Any:
        from ringback.emulator import twiml

        to, from_ = asked.text("to"), asked.text("from", "+15005550011")
        behaviour = asked.json().get("behaviour", {})
        if not from_.isprintable() or len(from_) > 160:
            raise Refused(
                400, "The body needs from, whom to be called by: a number, sip:… or client:…"
            )

        def work(tx: Transaction) -> dict[str, Any]:
            owners = [one for one in tx.everything(NumberRecord) if one.number == to]
            if not owners:
                raise Refused(404, f"{to} is no number of an account here.")
            account = tx.get(AccountRecord, owners[0].account_sid, owners[0].account_sid)
            if account is None or account.status != "active":
                raise Refused(409, f"The account of {to} is not active.")
            made = twiml.inbound(
                self._world, tx, account.account_sid, from_, to, behaviour=checked(behaviour)
            )
            return looking.call(made)

        try:
            return await self._done(work)
        except ValueError as error:
            raise Refused(400, f"{error}.") from None

    # -- all of it

    async def reset(self, asked: Asked) -> Any:
        def work(tx: Transaction) -> None:
            tx.wipe()
            if self._world.clock.manual:
                tx.remember("clock", tx.now)
            load.sow(tx, self._seed)

        await self._done(work)
        self._forget()
        return {
            "accounts": [
                one.account_sid for one in self._seed.records if isinstance(one, AccountRecord)
            ]
        }

    async def load(self, asked: Asked) -> Any:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "load.yaml"
            file.write_bytes(asked.body)
            try:
                seed = load.read_seed(str(file))
            except DocumentError as error:
                said = [f"{one.location}: {one.message}" for one in error.diagnostics]
                raise Refused(400, "\n".join(said).replace(folder + "/", "")) from None
        if seed.settings:
            told = "settings count from the start of the emulator on: give such a file to --load"
            raise Refused(409, f"Nothing was loaded: {told}.")
        await self._done(lambda tx: load.sow(tx, seed))
        self._forget()
        return {"loaded": len(seed.records)}

    # -- helpers

    def _forget(self) -> None:
        for forget in self._world.forgetters:
            forget()

    async def _done(self, work: Callable[[Transaction], Any]) -> Any:
        found = await self._world.store.run(work)
        await self._world.acted()
        return found

    async def _live(self, asked: Asked, work: Callable[[Transaction, CallRecord], None]) -> Any:
        """Do something to a call that is not over, and show what became of it."""

        def done(tx: Transaction) -> None:
            call = _call(tx, asked.parts[0])
            if call.is_over:
                raise Refused(409, f"The call is over: {call.status}.")
            work(tx, call)

        await self._done(done)
        return await self._world.store.run(lambda tx: looking.call(_call(tx, asked.parts[0])))


Handler = Callable[[Control, Asked], Awaitable[Any]]

_ROUTES: Final[tuple[tuple[str, re.Pattern[str], Handler], ...]] = tuple(
    (method, re.compile(path), handler)
    for method, path, handler in (
        ("GET", "/state", Control.state),
        ("GET", "/calls/([^/]+)", Control.call),
        ("GET", "/journal", Control.journal),
        ("GET", r"/recordings/([^/]+)\.wav", Control.audio),
        ("GET", "/clock", Control.clock),
        ("POST", "/clock/advance", Control.advance),
        ("GET", "/behaviours", Control.behaviours),
        ("POST", "/behaviours", Control.behave),
        ("DELETE", "/behaviours", Control.misbehave),
        ("POST", "/calls/([^/]+)/behaviour", Control.behave_call),
        ("POST", "/calls/([^/]+)/digits", Control.digits),
        ("POST", "/calls/([^/]+)/speech", Control.speech),
        ("POST", "/calls/([^/]+)/hangup", Control.hangup),
        ("POST", "/inbound", Control.inbound),
        ("POST", "/reset", Control.reset),
        ("POST", "/load", Control.load),
    )
)


def _call(tx: Transaction, sid: str) -> CallRecord:
    found = tx.owner(CallRecord, sid)
    if found is None:
        raise Refused(404, f"There is no call {sid[:60]}.")
    return found


def _whole(text: str, low: int, high: int) -> int:
    if not re.fullmatch("[0-9]{1,9}", text):
        raise Refused(400, f"{text[:40]!r} is no whole number.")
    return min(max(int(text), low), high)


async def _body(receive: Any) -> bytes:
    content = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "The client went away.")
        content += bytes(message.get("body", b""))
        if len(content) > _MOST:
            raise Refused(413, f"The body is larger than {_MOST} bytes.")
        if not message.get("more_body"):
            return content


async def _send(
    send: Any, status: int, media_type: str, content: bytes, added: Sequence[ranges.Header] = ()
) -> None:
    headers = [
        (b"content-type", media_type.encode()),
        (b"content-length", str(len(content)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        *added,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
