"""The mock beside Prism: the same requests to both, of one document of our own, and then the load that each of them bears.

What is right is decided by the requests themselves: what was sent has to come back, what was made has to be there. Neither knows
of the other, and both run as their users run them.
"""

from __future__ import annotations

import base64
import http.client
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from peers import PRISM, Unavailable, prism
from results import table
from serving import CONNECTIONS, Load, Request, Server, free_port, loaded, running, wrk

from emulator import middle

ROOT: Final = Path(__file__).parents[1]
DOCUMENT: Final = ROOT / "tests" / "corpus" / "mock" / "library.yaml"
USER, PASSWORD = "somebody", "not-a-secret"
FORM: Final = "application/x-www-form-urlencoded"
SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Said:
    """An answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def value(self) -> Any:
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def get(self, *keys: str | int) -> Any:
        """What stands under keys; None where nothing does."""
        value = self.value
        for key in keys:
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                return None
        return value


class Side:
    """One of the two servers."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        kind: str = "application/json",
        known: bool = True,
        **headers: str,
    ) -> Said:
        link = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if known:
            token = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
            sent["Authorization"] = f"Basic {token}"
        content = None
        if body is not None:
            sent["Content-Type"] = kind
            content = body if isinstance(body, str) else json.dumps(body)
        try:
            link.request(method, path, content, sent)
            answer = link.getresponse()
            lower = {name.lower(): value for name, value in answer.getheaders()}
            return Said(answer.status, lower, answer.read())
        finally:
            link.close()

    def made(self, title: str = "Made", **more: Any) -> Said:
        return self.ask("POST", "/books", {"title": title, **more})


Fact = tuple[bool, str]
"""Whether it was right, and what came."""


def _form_array(side: Side) -> Fact:
    said = side.ask("POST", "/books", "title=A&tags=aa&tags=bb", kind=FORM)
    return said.get("tags") == ["aa", "bb"], f"{said.status} {json.dumps(said.get('tags'))}"


def _one_of_a_form_array(side: Side) -> Fact:
    said = side.ask("POST", "/books", "title=A&tags=aa", kind=FORM)
    return said.get("tags") == ["aa"], f"{said.status} {json.dumps(said.get('tags'))}"


def _deep_object(side: Side) -> Fact:
    said = side.ask("POST", "/books", "title=A&size%5Bpages%5D=12", kind=FORM)
    return said.get("size") == {"pages": 12}, f"{said.status} {json.dumps(said.get('size'))}"


def _bad_deep_object(side: Side) -> Fact:
    said = side.ask("POST", "/books", "title=A&size%5Bpages%5D=none", kind=FORM)
    return 400 <= said.status < 500, str(said.status)


def _null(side: Side) -> Fact:
    said = side.made(note=None)
    there = isinstance(said.value, dict) and "note" in said.value
    return there and said.get("note") is None, f"{said.status} note {json.dumps(said.get('note'))}"


def _echoed(side: Side) -> Fact:
    said = side.made("Echo", state="lost")
    told = (said.get("title"), said.get("state"))
    return told == ("Echo", "lost"), f"{said.status} {json.dumps(told)}"


def _identifier(side: Side) -> Fact:
    wanted = str(side.made().get("id"))
    said = side.ask("GET", f"/books/{wanted}")
    return said.get("id") == wanted, f"{said.status} {said.get('id')} for {wanted}"


def _unique(side: Side) -> Fact:
    found = [str(side.made().get("id")) for _ in range(3)]
    return len(set(found)) == 3, " ".join(found)


def _fetched(side: Side) -> Fact:
    made = side.made("To be fetched")
    said = side.ask("GET", f"/books/{made.get('id')}")
    return said.value == made.value, f"{said.status} title {json.dumps(said.get('title'))}"


def _listed(side: Side) -> Fact:
    made = side.made("To be listed")
    rows = side.ask("GET", "/books?limit=100").get("books") or []
    found = any(one.get("title") == "To be listed" for one in rows if isinstance(one, dict))
    return found and made.status == 201, f"{len(rows)} rows, {'with' if found else 'without'} it"


def _filtered(side: Side) -> Fact:
    side.made("Lost", state="lost")
    rows = side.ask("GET", "/books?state=lost").get("books") or []
    states = {one.get("state") for one in rows if isinstance(one, dict)}
    return bool(rows) and states == {"lost"}, " ".join(sorted(map(str, states))) or "no rows"


def _paged(side: Side) -> Fact:
    for _ in range(3):
        side.made()
    first = side.ask("GET", "/books?limit=2")
    rows = first.get("books") or []
    told = f"{len(rows)} rows of {first.get('total')}, next {first.get('next')}"
    if len(rows) != 2 or not isinstance(first.get("next"), str):
        return False, told
    following = str(first.get("next"))
    second = side.ask("GET", "/" + following.partition("://")[2].partition("/")[2])
    return second.status == 200 and (second.get("books") or rows)[0] != rows[0], told


def _changed(side: Side) -> Fact:
    own = side.made().get("id")
    side.ask("PATCH", f"/books/{own}", {"state": "out"})
    said = side.ask("GET", f"/books/{own}")
    return said.get("state") == "out", f"{said.status} state {said.get('state')}"


def _deleted(side: Side) -> Fact:
    own = side.made().get("id")
    gone = side.ask("DELETE", f"/books/{own}")
    said = side.ask("GET", f"/books/{own}")
    return (gone.status, said.status) == (204, 404), f"{gone.status}, then {said.status}"


def _nested(side: Side) -> Fact:
    first, second = side.made().get("id"), side.made().get("id")
    loan = side.ask("POST", f"/books/{first}/loans", {"reader": "R"})
    here = side.ask("GET", f"/books/{first}/loans/{loan.get('loanId')}")
    there = side.ask("GET", f"/books/{second}/loans/{loan.get('loanId')}")
    told = f"{here.status} below its own, {there.status} below another"
    return (here.status, there.status, loan.get("bookId")) == (200, 404, first), told


def _unknown(side: Side) -> Fact:
    said = side.ask("GET", "/books/BKffffffff")
    return said.status == 404, str(said.status)


def _pattern(side: Side) -> Fact:
    said = side.ask("GET", "/books/nothing")
    return 400 <= said.status < 500, str(said.status)


def _pipes(side: Side) -> Fact:
    fine, wrong = side.ask("GET", "/books?tags=aa%7Cbb"), side.ask("GET", "/books?tags=aa%7Cb")
    told = f"{fine.status} for aa|bb, {wrong.status} for aa|b"
    return fine.status == 200 and 400 <= wrong.status < 500, told


def _error_form(side: Side) -> Fact:
    said = side.ask("POST", "/books", {"title": ""})
    fits = isinstance(said.get("code"), int) and isinstance(said.get("message"), str)
    return fits and 400 <= said.status < 500, f"{said.status} {said.body[:60].decode()}"


def _credentials(side: Side) -> Fact:
    said = side.ask("GET", "/books", known=False)
    return said.status == 401, str(said.status)


def _method(side: Side) -> Fact:
    said = side.ask("PUT", "/books")
    return said.status == 405 and "allow" in said.headers, (
        f"{said.status}, Allow: {said.headers.get('allow', 'not there')}"
    )


def _media(side: Side) -> Fact:
    said = side.ask("POST", "/books", "title", kind="text/csv")
    return said.status == 415, str(said.status)


def _code(side: Side) -> Fact:
    said = side.ask("GET", "/books/BK00000001", Prefer="code=503")
    return said.status == 503, str(said.status)


def _example(side: Side) -> Fact:
    said = side.ask("GET", "/books/BK00000001", Prefer="example=atlas")
    return said.get("title") == "An atlas", f"{said.status} title {json.dumps(said.get('title'))}"


def _header(side: Side) -> Fact:
    said = side.ask("GET", "/books")
    told = said.headers.get("x-total-count", "not there")
    return told.isdecimal() and int(told) == said.get("total"), (
        f"X-Total-Count {told}, total {said.get('total')}"
    )


FACTS: Final[tuple[tuple[str, Callable[[Side], Fact]], ...]] = (
    ("a list in a form comes back as one", _form_array),
    ("a list of one in a form too", _one_of_a_form_array),
    ("an object in a form (`deepObject`) comes back", _deep_object),
    ("what is wrong inside it is refused", _bad_deep_object),
    ("null is taken and comes back", _null),
    ("what was sent is what was made", _echoed),
    ("identifiers are given once", _unique),
    ("the identifier of a path is in its answer", _identifier),
    ("what was made is fetched", _fetched),
    ("what was made is listed", _listed),
    ("a filter filters", _filtered),
    ("pages lead to the next one", _paged),
    ("what was changed is read changed", _changed),
    ("what was deleted is gone", _deleted),
    ("what lies below one thing does not lie below another", _nested),
    ("what was never made is not found", _unknown),
    ("an identifier of the wrong form is refused", _pattern),
    ("lists with pipes are held to their schema", _pipes),
    ("an error has the form that the document gives it", _error_form),
    ("credentials are asked for", _credentials),
    ("a wrong method: 405 with Allow", _method),
    ("a wrong media type: 415", _media),
    ("`Prefer: code`", _code),
    ("`Prefer: example`", _example),
    ("a required header tells the truth", _header),
)
"""What is asked of both."""


def lines(turns: int) -> Iterator[str]:
    """The section of the page."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        work = Path(folder)
        shutil.copy(DOCUMENT, work / "library.yaml")
        try:
            ours = stack.enter_context(_ours(work))
            theirs = stack.enter_context(_theirs(work))
        except Unavailable as error:
            yield f"**NOT MEASURED: {error}**"
            return
        yield from _facts(Side(ours), Side(theirs))
        yield from _loads(ours, theirs, turns, work)


def _facts(ours: Side, theirs: Side) -> Iterator[str]:
    rows, counts = [], [0, 0]
    for what, fact in FACTS:
        cells = []
        for index, side in enumerate((ours, theirs)):
            right, told = fact(side)
            counts[index] += right
            shown = told.replace("|", "\\|").replace("\n", " ")
            cells.append(f"{'yes' if right else '**no**'}: {shown}")
        print(what, cells, flush=True)
        rows.append((what, *cells))
    rows.append(("right", f"{counts[0]} of {len(FACTS)}", f"{counts[1]} of {len(FACTS)}"))
    yield from table(("asked", "ringback mock", f"Prism {PRISM}"), rows)


def _loads(ours: Server, theirs: Server, turns: int, work: Path) -> Iterator[str]:
    try:
        wrk()
    except Unavailable as error:
        yield f"**The load was not measured: {error}**"
        return
    found: dict[tuple[str, str], list[Load]] = {}
    requests = {server.name: _requests(server) for server in (ours, theirs)}
    for turn in range(-1, turns):  # the first warms up, and is short
        for name in requests[ours.name]:
            for server in (ours, theirs):
                load = loaded(
                    server, requests[server.name][name], SECONDS if turn >= 0 else 1.0, work
                )
                if turn >= 0:
                    found.setdefault((name, server.name), []).append(load)
    rows = []
    for name in requests[ours.name]:
        mine, other = middle(found[name, ours.name]), middle(found[name, theirs.name])
        for label, load in (("ringback mock", mine), (f"Prism {PRISM}", other)):
            rows.append(
                (name, label, f"{load.rate:,.0f}", f"{load.middle:.1f}", f"{load.slowest:.1f}",
                 f"{load.cpu:.0f}", f"{load.failed} of {load.answers:,}", f"{load.rate / other.rate:.2f}")
            )  # fmt: skip
    yield (
        f"One process each, `wrk` with one thread and {CONNECTIONS} connections, {turns} turns of {SECONDS:g} s, the servers "
        "taking turns; medians. The mock keeps its state in memory; Prism answers from examples and schemas and keeps none."
    )
    yield ""
    head = ("operation", "server", "requests/s", "median ms", "p99 ms", "CPU µs", "errors", "ratio")
    yield from table(head, rows)


def _requests(server: Server) -> dict[str, Request]:
    side = Side(server)
    owns = [str(side.made(f"Number {index}").get("id")) for index in range(200)]
    if owns[0] == owns[1]:
        owns = [
            f"BK{index:08x}" for index in range(200)
        ]  # to Prism, whatever has the form is there
    return {
        "fetch": Request("GET", tuple(f"/books/{one}" for one in owns)),
        "list of 50": Request("GET", ("/books?limit=50",)),
        "create": Request("POST", ("/books",), "title=A&tags=aa&tags=bb"),
    }


@contextmanager
def _ours(work: Path) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "ringback", "mock", "library.yaml", "--port", str(port)]
    with running("ringback", command, port, USER, PASSWORD, "/books", work) as server:
        yield server


@contextmanager
def _theirs(work: Path) -> Iterator[Server]:
    port = free_port()
    command = [prism(), "mock", "library.yaml", "--port", str(port), "--verboseLevel", "silent"]
    with running("prism", command, port, USER, PASSWORD, "/books", work) as server:
        yield server
