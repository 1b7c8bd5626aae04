"""The emulator under load beside Prism, which answers the same document from its schemas and remembers nothing.

Both are one process on this machine and take turns, request by request. The emulator keeps its state in an SQLite file and
runs as its users run it, with the usual clock and the usual calls per second: calls wait in their account's queue while
they are measured. It is asked for a thousand different calls and for the newest fifty of all; Prism answers with one.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from peers import Unavailable, prism
from serving import Load, Request, Server, free_port, loaded, running, wrk

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "not-a-real-token"
HOME = f"/Accounts/{ACCOUNT}/Calls"
FORM = "To=%2B14155551212&From=%2B14155550000&Url=http%3A%2F%2F127.0.0.1%3A9%2Fvoice.xml&Timeout=20"
OPERATIONS = ("create", "fetch", "list of 50")
WAITING = 100_000
STARTS = 5
# A day of waiting is the usual limit of a queue; 100,000 calls wait longer.
SETTINGS = {
    "settings": {"longest_queue": 1e9},
    "accounts": [{"sid": ACCOUNT, "auth_token": TOKEN, "numbers": [{"number": "+14155550000"}]}],
}


@dataclass(frozen=True, slots=True)
class Filled:
    """The emulator with many calls: memory in MiB before and after, and its rates then."""

    calls: int
    before: float
    after: float
    creating: Load
    loads: dict[str, Load]


@dataclass(slots=True)
class Emulation:
    """What was measured: loads by server and operation, times of starting in seconds. `trouble` says what was not."""

    ours: dict[str, list[Load]] = field(default_factory=dict)
    theirs: dict[str, list[Load]] = field(default_factory=dict)
    starts: list[float] = field(default_factory=list)
    their_starts: list[float] = field(default_factory=list)
    resident: float = 0.0
    their_resident: float = 0.0
    filled: Filled | None = None
    seconds: float = 0.0
    rounds: int = 0
    trouble: str = ""
    their_trouble: str = ""


def middle(loads: list[Load]) -> Load:
    """The medians of several loads; errors and answers of all of them together."""
    return Load(
        statistics.median(one.rate for one in loads),
        statistics.median(one.middle for one in loads),
        statistics.median(one.slowest for one in loads),
        statistics.median(one.cpu for one in loads),
        sum(one.failed for one in loads),
        sum(one.answers for one in loads),
    )


def measured(document: Path, work: Path, rounds: int, seconds: float) -> Emulation:
    """Measure both sides; `document` is the effective one, as JSON."""
    found = Emulation(rounds=rounds, seconds=seconds)
    work.mkdir(parents=True, exist_ok=True)
    try:
        wrk()
    except Unavailable as error:
        found.trouble = str(error)
        return found
    try:
        program = prism()
    except Unavailable as error:
        found.their_trouble, program = str(error), None
    _starts(found, program, document, work)
    with ExitStack() as stack:
        ours = stack.enter_context(ringback(work))
        theirs = None if program is None else stack.enter_context(mock(program, document, work))
        _take_turns(found, ours, theirs, work)
    found.filled = _filled(work)
    return found


def _starts(found: Emulation, program: str | None, document: Path, work: Path) -> None:
    """How long it takes from the command to the first answer; the first start of each only warms up."""
    for number in range(-1, STARTS):
        with ringback(work) as server:
            found.starts += [server.started] if number >= 0 else []
        if program is not None:
            with mock(program, document, work) as server:
                found.their_starts += [server.started] if number >= 0 else []


def _take_turns(found: Emulation, ours: Server, theirs: Server | None, work: Path) -> None:
    requests, their_requests = _requests(ours, "/2010-04-01"), {}
    if theirs is not None:
        their_requests = {
            name: Request(
                one.method, tuple(path[len("/2010-04-01") :] for path in one.paths), one.form
            )
            for name, one in requests.items()
        }
    for number in range(-1, found.rounds):  # the first round warms up, and is short
        seconds = found.seconds if number >= 0 else 1.0
        for operation in OPERATIONS:
            mine = loaded(ours, requests[operation], seconds, work)
            if number >= 0:
                found.ours.setdefault(operation, []).append(mine)
            if theirs is None:
                continue
            other = loaded(theirs, their_requests[operation], seconds, work)
            if number >= 0:
                found.theirs.setdefault(operation, []).append(other)
    found.resident = ours.resident()
    found.their_resident = theirs.resident() if theirs is not None else 0.0


def _requests(server: Server, base: str) -> dict[str, Request]:
    """The three requests; a thousand calls are made to be fetched."""
    sids = []
    for _ in range(1000):
        status, body = server.ask("POST", f"{base}{HOME}.json", FORM)
        if status != 201:
            raise RuntimeError(f"a call was answered with {status}: {body[:200]!r}")
        sids.append(json.loads(body)["sid"])
    rows = json.loads(server.ask("GET", f"{base}{HOME}.json?PageSize=50")[1])["calls"]
    assert len(rows) == 50, "the list is not of fifty calls"
    return {
        "create": Request("POST", (f"{base}{HOME}.json",), FORM),
        "fetch": Request("GET", tuple(f"{base}{HOME}/{sid}.json" for sid in sids)),
        "list of 50": Request("GET", (f"{base}{HOME}.json?PageSize=50",)),
    }


def _filled(work: Path) -> Filled:
    """What remembering many calls costs."""
    with ringback(work) as server:
        before = server.resident()
        requests = _requests(server, "/2010-04-01")
        creating = _created(server, requests["create"], WAITING - 1000, work)
        after = server.resident()
        loads = {name: loaded(server, requests[name], 3.0, work) for name in OPERATIONS[1:]}
        return Filled(creating.answers + 1000, before, after, creating, loads)


def _created(server: Server, request: Request, calls: int, work: Path) -> Load:
    """Create calls until there are so many: wrk knows seconds only, so the last piece is a little too long."""
    pieces = [loaded(server, request, 5.0, work)]
    while (rest := calls - sum(one.answers for one in pieces)) > 0:
        pieces.append(loaded(server, request, min(10.0, rest // pieces[-1].rate + 1), work))
    return middle(pieces)


@contextmanager
def ringback(work: Path) -> Iterator[Server]:
    """The emulator with an empty file to keep its state in."""
    folder = work / "state"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "load.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
    port = free_port()
    command = [sys.executable, "-m", "ringback", "emulate", "--port", str(port)]
    command += ["--database", "calls.db", "--load", "load.json"]
    path = f"/2010-04-01{HOME}.json"
    with running("ringback", command, port, ACCOUNT, TOKEN, path, folder) as server:
        yield server


@contextmanager
def mock(program: str, document: Path, work: Path) -> Iterator[Server]:
    """Prism as a mock server of the document, saying nothing."""
    port = free_port()
    command = [program, "mock", str(document), "--port", str(port), "--verboseLevel", "silent"]
    with running("prism", command, port, ACCOUNT, TOKEN, f"{HOME}.json", work) as server:
        yield server
