"""Traffic for the judges' tests: a target in this process, asked by hand; and exchanges written down without any."""

from __future__ import annotations

import base64
import json
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import yaml
from memory_store import World
from memory_voice import memory_app

from ringback import openapi, source
from ringback.contract.judges import judge
from ringback.contract.ledger import Ledger
from ringback.contract.outcome import Finding
from ringback.contract.targets import AsgiTarget, TargetError
from ringback.contract.traffic import Exchange, Intent, Phase, Reply, Request
from ringback.emulator import create_app
from ringback.wire.view import Contract

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "spec"
OVERLAYS = tuple(SPEC / "overlays" / name for name in ("twilio.yaml", "resources.yaml"))
ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "not-a-secret"
BASE = f"/2010-04-01/Accounts/{ACCOUNT}"
NUMBER, CALLEE = "+15005550006", "+15005550009"
PAUSE = "<Response><Pause length='600'/></Response>"


@cache
def voice(*, overlays: bool = True) -> Contract:
    """The Voice document, with its overlays or alone."""
    tree = source.load(SPEC / "voice.yaml", OVERLAYS if overlays else ())
    return Contract.of(openapi.parse(tree, second=False)[0])


def document(text: str, folder: Path) -> Contract:
    """A document from its text."""
    file = folder / "document.yaml"
    file.write_text(text, encoding="utf-8")
    return Contract.of(openapi.parse(source.load(file), second=False)[0])


@dataclass
class Talk:
    """Says requests to a target, and holds each exchange to the document."""

    contract: Contract
    target: AsgiTarget
    ledger: Ledger
    exchanges: list[Exchange] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def say(
        self, method: str, target: str, form: Any = None, *, intent: Intent = Intent.UNKNOWN
    ) -> Exchange:
        """Send a request below the account (or to a whole path) and judge what comes of it."""
        path = target if target.startswith("/2010") else BASE + target
        basic = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        headers = [("authorization", f"Basic {basic}")]
        body = b""
        if form is not None:
            body = urlencode(form, doseq=True).encode()
            headers.append(("content-type", "application/x-www-form-urlencoded"))
        request = Request(method, path, tuple(headers), body)
        began = time.time()
        reply, failure = None, ""
        try:
            reply = self.target.call(request, 10)
        except TargetError as error:
            failure = str(error)
        exchange = Exchange(
            len(self.exchanges) + 1, request, reply, None, Phase.SCENARIO, intent,
            started=began, elapsed=time.time() - began, failure=failure,
        )  # fmt: skip
        self.exchanges.append(exchange)
        self.findings += [*judge(self.contract, exchange), *self.ledger.take(exchange)]
        return exchange

    def json(self, *given: Any, **more: Any) -> Any:
        reply = self.say(*given, **more).reply
        assert reply is not None
        return json.loads(reply.body) if reply.body else None


@contextmanager
def talking(app: Any, contract: Contract) -> Iterator[Talk]:
    target = AsgiTarget(app, "app")
    target.open()
    try:
        yield Talk(contract, target, Ledger(contract, secret=TOKEN))
    finally:
        target.close()


def emulator(**more: Any) -> Any:
    """The emulator as an application; its account and number are the usual ones."""
    given = {"clock": "60x", "account_sid": ACCOUNT, "auth_token": TOKEN, "seed": 1}
    return create_app(**{**given, **more})


def memory() -> Any:
    return memory_app(world=World(seed=1))


def wander(talk: Talk, seed: int, steps: int, *, live: bool = True) -> None:
    """Ordinary traffic by chance: make, look, list, change, delete, in any order, right and wrong."""
    chance = random.Random(seed)
    known: dict[str, list[str]] = {"calls": [], "queues": [], "conferences": [], "recordings": []}
    for _ in range(steps):
        _step(talk, chance, known, live=live)
    for path in ("/Calls.json", "/Queues.json", "/Recordings.json", "/Conferences.json"):
        for size in (1, 2, 3, 1000):
            walk(talk, f"{path}?PageSize={size}", most=12 if size < 3 else 40)
        walk(talk, f"{path}?PageSize=1000")


def walk(talk: Talk, target: str, most: int = 50) -> int:
    """Follow a list to its end; gives the number of pages."""
    for count in range(1, most + 1):
        page = talk.json("GET", target)
        link = page.get("next_page_uri")
        if not link:
            return count
        target = link if link.startswith("/") else f"/{link}"
    return most


def _step(talk: Talk, chance: random.Random, known: dict[str, list[str]], *, live: bool) -> None:
    some = {name: chance.choice(sids) for name, sids in known.items() if sids}
    what = chance.randrange(16)
    call = some.get("calls", "CA" + "0" * 32)
    if what < 3 or not known["calls"]:
        form = {"To": CALLEE, "From": NUMBER, "Twiml": _twiml(chance) if live else PAUSE}
        _keep(known["calls"], talk.json("POST", "/Calls.json", form), "sid")
    elif what == 3:
        name = chance.choice(["support", "sales", "x" * 65, ""])
        form = {"FriendlyName": name, "MaxSize": chance.choice(["1", "100", "9000"])}
        _keep(known["queues"], talk.json("POST", "/Queues.json", form), "sid")
    elif what == 4 and "queues" in some:
        sid = some["queues"]
        form = {"FriendlyName": chance.choice(["support", "night"]), "MaxSize": "7"}
        talk.say("POST", f"/Queues/{sid}.json", form)
        talk.say("GET", f"/Queues/{sid}.json")
        walk(talk, f"/Queues/{sid}/Members.json?PageSize=1", 3)
        talk.say("GET", f"/Queues/{sid}/Members/Front.json")
    elif what == 5:
        room = chance.choice(["lobby", "den", *known["conferences"][-2:]])
        form = {
            "To": CALLEE,
            "From": NUMBER,
            "Label": f"guest {chance.randrange(99)}",
            "Muted": "true",
        }
        made = talk.json("POST", f"/Conferences/{room}/Participants.json", form)
        _keep(known["conferences"], made, "conference_sid")
        if isinstance(made, dict) and "conference_sid" in made:
            path = f"/Conferences/{made['conference_sid']}/Participants"
            talk.say("GET", f"{path}/{made['call_sid']}.json")
            talk.say("GET", f"{path}/{made.get('label', 'x')}.json".replace(" ", "%20"))
            talk.say("POST", f"{path}/{made['call_sid']}.json", {"Muted": "false", "Hold": "true"})
            talk.say("GET", f"{path}/{made['call_sid']}.json")
            talk.say("GET", f"{path}.json?Muted=false")
            if chance.random() < 0.4:
                talk.say("DELETE", f"{path}/{made['call_sid']}.json")
                talk.say("GET", f"{path}/{made['call_sid']}.json")
    elif what == 6:
        made = talk.json(
            "POST",
            f"/Calls/{call}/Recordings.json",
            {"RecordingTrack": "inbound", "Trim": "trim-silence"},
        )
        _keep(known["recordings"], made, "sid")
        if isinstance(made, dict) and "sid" in made:
            talk.say("GET", f"/Calls/{call}/Recordings/{made['sid']}.json")
            talk.say("GET", f"/Calls/{call}/Recordings.json")
            talk.say("POST", f"/Calls/{call}/Recordings/Twilio.CURRENT.json", {"Status": "paused"})
            talk.say("GET", f"/Calls/{call}/Recordings/Twilio.CURRENT.json")
    elif what == 7 and "recordings" in some:
        path = f"/Recordings/{some['recordings']}.json"
        talk.say("DELETE", path)
        talk.say("GET", path)
        talk.say("GET", f"{path}?IncludeSoftDeleted=true")
        talk.say("GET", "/Recordings.json?IncludeSoftDeleted=true")
        talk.say("GET", f"/Recordings.json?CallSid={call}")
    elif what == 8:
        talk.say("POST", f"/Calls/{call}.json", {"Status": "completed"})
        talk.say("GET", f"/Calls/{call}.json")
        talk.say("DELETE", f"/Calls/{call}.json")
        talk.say("GET", f"/Calls/{call}.json")
    elif what == 9:
        filters = ["Status=completed", "Status=in-progress", "From=%2B15005550006", "To=nobody",
                   f"ParentCallSid={call}", "StartTime%3E=2001-01-01", "StartTime%3C=2001-01-01"]  # fmt: skip
        walk(talk, f"/Calls.json?{chance.choice(filters)}&PageSize=5", 5)
    elif what == 10:
        filters = [
            "Status=completed",
            "FriendlyName=lobby",
            "DateCreated=2001-01-01",
            "Status=init",
        ]
        walk(talk, f"/Conferences.json?{chance.choice(filters)}", 5)
    elif what == 11:
        talk.say("POST", "/Calls.json", {"To": CALLEE, "From": NUMBER})
        talk.say("POST", "/Calls.json", {"To": "", "From": NUMBER, "Timeout": "0"})
        talk.say("GET", "/Calls.json")
    elif what == 12 and "queues" in some:
        talk.say("DELETE", f"/Queues/{some['queues']}.json")
        talk.say("GET", f"/Queues/{some['queues']}.json")
        walk(talk, "/Queues.json")
    elif what == 13 and "conferences" in some:
        path = f"/Conferences/{some['conferences']}"
        talk.say("GET", f"{path}.json")
        walk(talk, f"{path}/Participants.json?PageSize=1", 5)
        talk.say("GET", f"{path}/Recordings.json")
        if chance.random() < 0.3:
            talk.say("POST", f"{path}.json", {"Status": "completed"})
            talk.say("GET", f"{path}.json")
    else:
        talk.say("GET", f"/Calls/{call}.json")
        talk.say("GET", "/Calls.json?PageSize=3&Page=1")


def _twiml(chance: random.Random) -> str:
    return chance.choice(
        [
            PAUSE,
            "<Response><Dial><Conference record='record-from-start'>den</Conference></Dial></Response>",
            "<Response><Enqueue>support</Enqueue></Response>",
            "<Response><Record maxLength='5'/></Response>",
            f"<Response><Dial record='record-from-answer'>{CALLEE}</Dial></Response>",
            "<Response><Say>hi</Say></Response>",
        ]
    )


def _keep(known: list[str], made: Any, name: str) -> None:
    if isinstance(made, dict) and isinstance(made.get(name), str):
        known.append(made[name])


# -- exchanges without a target


def exchange(
    number: int,
    method: str,
    target: str,
    status: int | None = 200,
    value: Any = None,
    *,
    form: Mapping[str, Any] | None = None,
    sent: Any = None,
    media: str = "application/json",
    body: bytes | None = None,
    headers: tuple[tuple[str, str], ...] = (),
    started: float | None = None,
    elapsed: float = 0.01,
    **more: Any,
) -> Exchange:
    """An exchange as a test describes it; each begins a tenth of a second after the one before."""
    given: tuple[tuple[str, str], ...] = ()
    content = b""
    if form is not None:
        given = (("content-type", "application/x-www-form-urlencoded"),)
        content = urlencode(form, doseq=True).encode()
    elif sent is not None:
        given = (("content-type", "application/json"),)
        content = json.dumps(sent).encode()
    reply = None
    if status is not None:
        told = json.dumps(value).encode() if body is None and value is not None else body or b""
        kind = (("content-type", media),) if told else ()
        reply = Reply(status, (*kind, *headers), told)
    began = 1000 + number / 10 if started is None else started
    request = Request(method, target, given, content)
    return Exchange(number, request, reply, started=began, elapsed=elapsed, **more)


def said(findings: Any) -> list[tuple[str, str]]:
    """Findings as pairs of code and message."""
    return [(one.code, one.message) for one in findings]


def of(url: str) -> str:
    """The path and query of a URL."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def as_yaml(value: Any) -> str:
    return str(yaml.safe_dump(value, sort_keys=False))


SID = "CA" + "1" * 32
_DAY = "Tue, 31 Aug 2010 20:36:28 +0000"


def call(sid: str = SID, **changes: Any) -> dict[str, Any]:
    """A call as the document has it."""
    return {
        "sid": sid, "account_sid": ACCOUNT, "parent_call_sid": None, "to": CALLEE,
        "to_formatted": "(500) 555-0009", "from": NUMBER, "from_formatted": "(500) 555-0006",
        "phone_number_sid": None, "status": "queued", "direction": "outbound-api", "price": None,
        "price_unit": "USD", "duration": None, "start_time": None, "end_time": None,
        "date_created": _DAY, "date_updated": _DAY, "answered_by": None, "caller_name": None,
        "forwarded_from": None, "group_sid": None, "queue_time": "0", "trunk_sid": None,
        "uri": f"{BASE}/Calls/{sid}.json", "api_version": "2010-04-01", "subresource_uris": {},
        **changes,
    }  # fmt: skip


def queue(sid: str = "QU" + "1" * 32, **changes: Any) -> dict[str, Any]:
    """A queue as the document has it."""
    return {
        "sid": sid, "account_sid": ACCOUNT, "friendly_name": "support", "current_size": 0,
        "max_size": 100, "average_wait_time": 0, "date_created": _DAY, "date_updated": _DAY,
        "uri": f"{BASE}/Queues/{sid}.json", **changes,
    }  # fmt: skip


def recording(sid: str, **changes: Any) -> dict[str, Any]:
    """A recording as the document has it."""
    return {
        "sid": sid, "account_sid": ACCOUNT, "call_sid": SID, "conference_sid": None, "channels": 1,
        "status": "in-progress", "duration": None, "price": None, "price_unit": "USD",
        "source": "StartCallRecordingAPI", "date_created": _DAY, "date_updated": _DAY,
        "uri": f"{BASE}/Recordings/{sid}.json", "api_version": "2010-04-01", "start_time": _DAY,
        "error_code": None, "encryption_details": None, **changes,
    }  # fmt: skip


def listed(name: str, rows: list[Any], path: str, page: int = 0, more: str | None = None) -> Any:
    """One page of a list."""
    return {
        name: rows, "first_page_uri": f"{path}?Page=0", "next_page_uri": more,
        "previous_page_uri": None, "page": page, "page_size": 50, "start": 0,
        "end": max(len(rows) - 1, 0), "uri": path,
    }  # fmt: skip


def take(ledger: Ledger, *exchanges: Exchange) -> list[tuple[str, str]]:
    """What a ledger says of exchanges, in their order."""
    return said(finding for one in exchanges for finding in ledger.take(one))
