"""The emulator keeps to the effective document: nothing is found, everything is reached, and what is never seen has a reason.

`CONTRACT_SEEDS=1,2,3,4,5` runs as many seeds; without it there is one.
"""

from __future__ import annotations

import json
import os
import threading
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import yaml
from talking import ACCOUNT, BASE, TOKEN, Talk, emulator, talking, voice

from ringback.contract import Options, Phase, Run, TargetError, run, target_of
from ringback.contract.outcome import Finding
from ringback.contract.traffic import Request
from ringback.contract.values import Maker
from ringback.emulator import Settings
from ringback.emulator.records import AccountRecord

SEEDS = tuple(int(one) for one in os.environ.get("CONTRACT_SEEDS", "1").split(","))
UNSEEN = Path(__file__).parent / "expected" / "emulator-unseen.yaml"
Statuses = set[tuple[str, str]]


@cache
def campaign(seed: int) -> Run:
    """A whole campaign, as `ringback test` makes it; recordings are short, so that each can be looked at."""
    options = Options(seeds=(seed,), max_time=75, auth=f"{ACCOUNT}:{TOKEN}")
    app = emulator(seed=None, settings=Settings(longest_media=300))
    return run(voice(), target_of(app, "emulator"), options)


def said(findings: tuple[Finding, ...]) -> list[str]:
    return [f"[{one.code}] {one.operation}: {one.message}" for one in findings]


def listed(part: str) -> Statuses:
    """Pairs of status and operation in a part of the committed list."""
    found: Statuses = set()
    for entry in yaml.safe_load(UNSEEN.read_text(encoding="utf-8"))[part]:
        assert entry["why"].strip()
        for operation in voice().operations:
            name = operation.operation_id or ""
            documented = {one.status for one in operation.responses}
            named = entry["operations"] == "all" or name in entry["operations"]
            if named and entry["status"] in documented:
                found.add((entry["status"], name))
    return found


def counted(found: Run) -> tuple[Statuses, Statuses]:
    """The documented statuses that were seen, and those that were not."""
    pairs = [
        (status, one.operation_id or "", count)
        for one in found.coverage.operations
        for status, count in one.documented
    ]
    seen = {(status, name) for status, name, count in pairs if count}
    return seen, {(status, name) for status, name, count in pairs if not count}


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_found(seed: int) -> None:
    found = campaign(seed)
    assert said(found.findings) == []
    assert found.stopped == ""
    # A machine that is slow or busy does not come to the end of everything; what has to be reached, the next tests ask.
    assert [one for one in found.complaints if "time" not in one] == []
    assert {Phase.SCENARIO, Phase.COVERAGE} <= {one.phase for one in found.exchanges}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_operation_is_reached(seed: int) -> None:
    seen, _ = counted(campaign(seed))
    reached = {name for status, name in seen if status.startswith("2")}
    assert {one.operation_id for one in voice().operations} - reached == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_documented_status_is_seen_or_has_a_reason(seed: int) -> None:
    seen, unseen = counted(campaign(seed))
    never, elsewhere = listed("never"), listed("elsewhere")
    assert unseen - never - elsewhere == set()
    assert seen & never == set(), "the list says that these never come"


@pytest.mark.parametrize("seed", SEEDS)
def test_no_status_came_that_is_not_documented(seed: int) -> None:
    assert [
        one.undocumented for one in campaign(seed).coverage.operations if one.undocumented
    ] == []


# -- elsewhere: what a run does not meet is documented as well


def everything() -> list[Request]:
    """One request for each operation; what it names need not exist."""
    maker = Maker(voice(), 1)
    return [
        maker.minimal(one, {"AccountSid": ACCOUNT}).request(voice()) for one in voice().operations
    ]


def ask_everything(talk: Talk) -> Statuses:
    """Ask for every operation once, and hold the answers to the document."""
    found: Statuses = set()
    for request in everything():
        target = request.target
        form = request.body.decode() if request.body else None
        exchange = talk.say(
            request.method, target, dict(parse_qsl(form, keep_blank_values=True)) if form else None
        )
        match = voice().match(request.method, target)
        assert exchange.reply is not None and match is not None
        found.add((str(exchange.reply.status), match.operation.operation_id or ""))
    return found


def statuses(part: str, status: str) -> Statuses:
    return {one for one in listed(part) if one[0] == status}


def test_an_account_that_is_not_active_is_refused_as_documented() -> None:
    app = emulator()

    def suspend(tx: Any) -> None:
        account = tx.get(AccountRecord, ACCOUNT, ACCOUNT)
        account.status = "suspended"
        tx.save(account)

    app.world.store.do(suspend)
    with talking(app, voice()) as talk:
        seen = ask_everything(talk)
    assert said(tuple(talk.findings)) == []
    assert seen == statuses("elsewhere", "403")


def test_too_many_requests_at_once_are_refused_as_documented() -> None:
    app = emulator(settings=Settings(concurrent_requests=1))
    with talking(app, voice()) as talk:
        slow = Request("GET", f"{BASE}/Queues.json", (("x-ringback-fault", "latency=5000"),))
        threading.Thread(target=hold, args=(talk, slow), daemon=True).start()
        time.sleep(0.2)
        seen = ask_everything(talk)
    assert said(tuple(talk.findings)) == []
    assert seen == statuses("elsewhere", "429")


def hold(talk: Talk, slow: Request) -> None:
    """Ask for what takes long; nobody waits for the answer."""
    with suppress(TargetError):
        talk.target.call(slow, 20)


def test_what_is_still_going_on_is_not_deleted_as_documented() -> None:
    """A queue that somebody waits in, and the recording of a conference that has not ended."""
    with talking(emulator(), voice()) as talk:
        queue = talk.json("POST", "/Queues.json", {"FriendlyName": "support"})["sid"]
        dial = {"To": "+15005550009", "From": "+15005550006"}
        waits = "<Response><Enqueue>support</Enqueue></Response>"
        talk.say("POST", "/Calls.json", {**dial, "Twiml": waits})
        meets = {**dial, "ConferenceRecord": "record-from-start"}
        for _ in range(2):
            talk.say("POST", "/Conferences/standup/Participants.json", meets)
        seen: Statuses = set()
        until = time.monotonic() + 20
        while len(seen) < 2 and time.monotonic() < until:
            time.sleep(0.05)
            if talk.json("GET", f"/Queues/{queue}.json")["current_size"]:
                seen |= {_refused(talk, f"/Queues/{queue}.json")}
            for recording in talk.json("GET", "/Recordings.json")["recordings"]:
                path = (
                    f"/Conferences/{recording['conference_sid']}/Recordings/{recording['sid']}.json"
                )
                if recording["status"] == "in-progress":
                    seen |= {_refused(talk, path)}
    assert said(tuple(talk.findings)) == []
    assert seen == statuses("elsewhere", "400") | statuses("elsewhere", "409")


def _refused(talk: Talk, path: str) -> tuple[str, str]:
    match = voice().match("DELETE", BASE + path)
    reply = talk.say("DELETE", path).reply
    assert match is not None and reply is not None and json.loads(reply.body)["code"]
    return str(reply.status), match.operation.operation_id or ""
