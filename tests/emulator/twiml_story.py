"""Runs a TwiML program as its scenario says and tells what happened, call by call, with the webhooks that were sent.

A scenario is a folder: `scenario.yaml`, the documents (`NAME.xml` is served at `/NAME.xml`), and `expected.txt`.

    about:       what is shown, in a sentence
    serves:      what a path answers instead of its file: a file's name, or status, type and text;
                 `/menu.xml?Digits=1` is for requests with that parameter
    numbers:     the account's numbers with their voice_url and so on
    settings:    other settings than the usual ones
    behaviours:  what the other side does, by pattern
    steps:       call, inbound, advance, press, say, hang_up, redirect: one after the other
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx2
import yaml
from tests.emulator.voice_world import ACCOUNT, CALLEE, NUMBER, Voice, Webhook, voice

from ringback.emulator import Settings, calls, twiml
from ringback.emulator.records import (
    BehaviourRecord,
    CallRecord,
    NotificationRecord,
    NumberRecord,
    TimelineEntry,
)
from ringback.emulator.signals import tell
from ringback.emulator.store import Transaction

HOST = "http://app.test"
_EVERYWHERE = frozenset(
    {
        "AccountSid",
        "ApiVersion",
        "From",
        "To",
        "Called",
        "Caller",
        "Direction",
        "CallSid",
        "Timestamp",
    }
)
_SID = re.compile(r"\b(CA|RE|CF|QU|MZ|SR|GT|NO|PN|AC)[0-9a-f]{32}\b")


class Story:
    """A scenario while it runs."""

    def __init__(self, folder: Path, voice: Voice) -> None:
        self.folder = folder
        self.voice = voice
        self.scenario: dict[str, Any] = yaml.safe_load((folder / "scenario.yaml").read_text())
        self._names: dict[str, str] = {}
        self._began = voice.world.clock.now()

    async def run(self) -> str:
        """Everything that happened, as text."""
        self.voice.world.store.do(self._prepare)
        for path in {key.partition("?")[0] for key in self.scenario.get("serves", {})} | {
            f"/{file.name}" for file in self.folder.glob("*.xml")
        }:
            self.voice.documents[path] = self._serve
        for step in self.scenario["steps"]:
            ((what, given),) = step.items()
            await getattr(self, f"_{what}")(given)
        return self._told()

    def _prepare(self, tx: Transaction) -> None:
        for index, (number, about) in enumerate(self.scenario.get("numbers", {}).items()):
            sid = f"PN{index + 1:032x}"
            known = {key: _absolute(key, value) for key, value in about.items()}
            tx.add(NumberRecord(account_sid=ACCOUNT, sid=sid, number=number, **known))
        for index, (pattern, told) in enumerate(self.scenario.get("behaviours", {}).items()):
            record = BehaviourRecord(
                account_sid=ACCOUNT, sid=f"BH{index}", pattern=pattern, behaviour=told
            )
            tx.add(record)

    def _serve(self, hook: Webhook) -> httpx2.Response:
        found: Any = f"{hook.path[1:]}"
        for key, value in self.scenario.get("serves", {}).items():
            path, _, wanted = key.partition("?")
            name, _, text = wanted.partition("=")
            if path == hook.path and (not wanted or hook.params.get(name) == text):
                found = value
        about = found if isinstance(found, Mapping) else {"file": found}
        body = (self.folder / about["file"]).read_text() if "file" in about else about["text"]
        headers = {"content-type": about.get("type", "text/xml")}
        return httpx2.Response(about.get("status", 200), text=body, headers=headers)

    # -- steps

    async def _call(self, given: Mapping[str, Any]) -> None:
        about = {key: _absolute(key, value) for key, value in given.items() if key != "behaviour"}
        if "twiml" not in about:
            about.setdefault("url", f"{HOST}/main.xml")
        to = about.pop("to", CALLEE)
        made = await self.voice.client.calls.create(to=to, from_=NUMBER, **about)
        self._name(made.sid)
        if "behaviour" in given:
            await self._change(lambda tx: self._behave(tx, made.sid, given["behaviour"]))

    def _behave(self, tx: Transaction, sid: str, behaviour: dict[str, Any]) -> None:
        call = tx.get(CallRecord, ACCOUNT, sid)
        assert call is not None
        call.behaviour = {**call.behaviour, **behaviour}
        tx.save(call)

    async def _inbound(self, given: Mapping[str, Any]) -> None:
        world = self.voice.world

        def work(tx: Transaction) -> None:
            from_, to, does = given["from"], given["to"], given.get("behaviour", {})
            self._name(twiml.inbound(world, tx, ACCOUNT, from_, to, does).sid)

        await self._change(work)

    async def _advance(self, seconds: float) -> None:
        await self.voice.advance(seconds)

    async def _press(self, given: Mapping[str, Any]) -> None:
        call = self._call_of(given["call"])
        await self._change(lambda tx: tell(self.voice.world, tx, "digits", call, given["digits"]))

    async def _say(self, given: Mapping[str, Any]) -> None:
        call = self._call_of(given["call"])
        await self._change(lambda tx: tell(self.voice.world, tx, "speech", call, given["text"]))

    async def _hang_up(self, number: int) -> None:
        call = self._call_of(number)
        await self._change(lambda tx: calls.end(self.voice.world, tx, call, "completed"))

    async def _redirect(self, given: Mapping[str, Any]) -> None:
        about = {key: _absolute(key, value) for key, value in given.items() if key != "call"}
        await self.voice.client.calls.update(self._call_of(given["call"]).sid, **about)  # type: ignore[arg-type]

    async def _change(self, work: Any) -> None:
        self.voice.world.store.do(work)
        await self.voice.world.acted()

    def _call_of(self, number: int) -> CallRecord:
        return self._calls()[number - 1]

    def _calls(self) -> list[CallRecord]:
        return self.voice.world.store.do(lambda tx: tx.everything(CallRecord))

    # -- what happened

    def _name(self, sid: str) -> str:
        if sid not in self._names:
            kind = sid[:2]
            count = sum(1 for name in self._names.values() if name.startswith(kind))
            self._names[sid] = "account" if sid == ACCOUNT else f"{kind}{count + 1}"
        return self._names[sid]

    def _plain(self, text: str) -> str:
        return _SID.sub(lambda found: self._name(found[0]), text)

    def _told(self) -> str:
        for call in self._calls():
            self._name(call.sid)
        lines: list[str] = []
        for call in self._calls():
            lines += ["", f"{self._name(call.sid)} {call.direction} {call.from_} -> {call.to}"]
            for entry in self._notes(call.sid):
                about = " ".join(f"{key}={_short(value)}" for key, value in entry.data.items())
                lines.append(f"{self._since(entry.at)}  {entry.kind}  {about}".rstrip())
        lines += ["", "webhooks"]
        lines += [self._webhook(hook) for hook in self.voice.webhooks]
        noted = self.voice.world.store.do(lambda tx: tx.everything(NotificationRecord))
        if noted:
            lines += ["", "notifications"]
            lines += [f"{self._name(one.call_sid)} {one.error_code} log={one.log}" for one in noted]
        about = " ".join(str(self.scenario["about"]).split())
        return self._plain("\n".join([f"# {about}", *lines, ""]))

    def _notes(self, sid: str) -> list[TimelineEntry]:
        return self.voice.world.store.do(lambda tx: tx.notes(sid))

    def _webhook(self, hook: Webhook) -> str:
        shown = {key: value for key, value in hook.params.items() if key not in _EVERYWHERE}
        whose = hook.params.get("CallSid", hook.params.get("ConferenceSid", ""))
        about = " ".join(f"{key}={_short(value)}" for key, value in shown.items())
        return f"{self._since(hook.at)}  {hook.method} {hook.path}  {whose} {about}".rstrip()

    def _since(self, at: int) -> str:
        return f"{(at - self._began) / 1000:9.3f}"


def _short(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(str(one) for one in value) + "]"
    text = str(value)
    return repr(text) if not text or " " in text else text


def _absolute(key: str, value: Any) -> Any:
    """An address of the scenario as a URL."""
    is_address = isinstance(value, str) and value.startswith("/")
    return f"{HOST}{value}" if is_address and ("url" in key or "callback" in key) else value


async def story(folder: Path) -> str:
    """Run a scenario in a world of its own; gives what happened."""
    told = yaml.safe_load((folder / "scenario.yaml").read_text()).get("settings", {})
    async with voice(Settings(seed=1, calls_per_second=1000, **told)) as made:
        return await Story(folder, made).run()
