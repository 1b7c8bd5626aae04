"""What went over the wire: requests, answers, and the callbacks that came back.

Everything that tests, judges or reports speaks of these values, whether they were sent a moment ago, came from a
recording, or were handed from one machine to another: they hold plain text and bytes only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Intent(StrEnum):
    """What the one who made a request believes of it: whether the document allows it."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


class Phase(StrEnum):
    """Which part of a campaign sent a request."""

    PROBE = "probe"
    SCENARIO = "scenario"
    EXAMPLES = "examples"
    COVERAGE = "coverage"
    FUZZING = "fuzzing"
    STATEFUL = "stateful"
    REPLAY = "replay"


Headers = tuple[tuple[str, str], ...]
"""Header fields in the order of the wire, names in lower case."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it is sent. `target` is path and query, percent-encoded: "/Calls.json?Status=busy"."""

    method: str  # upper case
    target: str
    headers: Headers = ()
    body: bytes = b""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came."""

    status: int
    headers: Headers = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)

    @property
    def media_type(self) -> str:
        """The content type without its parameters, in lower case; empty where there is none."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what came of it.

    `reply` is None where no answer came; `failure` then says why, in one sentence ("timeout after 10 s"). Where an
    application in this process raised, `failure` names the exception and `trace` holds where.
    `operation` is the label ("GET /Calls/{Sid}.json") of the operation it was made for, or that its path belongs to.
    `parent` is the number of the exchange whose answer this one was made from.
    """

    number: int  # from 1, in the order of sending
    request: Request
    reply: Reply | None
    operation: str | None = None
    phase: Phase = Phase.SCENARIO
    intent: Intent = Intent.UNKNOWN
    note: str = ""  # what it is for: "fetch what was created"
    parent: int | None = None
    started: float = 0.0  # seconds since 1970
    elapsed: float = 0.0  # seconds
    failure: str = ""
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A request that the tested side sent to us: a callback or a webhook.

    `about` is the number of the exchange that asked for it and `slot` the parameter that named its URL, as far as the
    address that it came to says so. `token` is what makes the address its own.
    """

    number: int  # from 1, in the order of arrival
    request: Request
    received: float  # seconds since 1970
    about: int | None = None
    slot: str = ""
    token: str = ""
    url: str = ""  # as the tested side was given it
