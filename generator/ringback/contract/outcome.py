"""What a run found, and what it did: the values that every report is made from."""

from __future__ import annotations

from dataclasses import dataclass, field

from ringback.contract.traffic import Delivery, Exchange
from ringback.source import Location, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One way in which the tested side does not keep to the document.

    `code` names its page in docs/findings/. `message` is one sentence that says what was found and what was wanted.
    `where` is the place in the answer: "body/status", "header/content-type", "status", or "" for the whole.
    `place` is the line of the document that it violates. `evidence` holds numbers of exchanges (of deliveries where
    `deliveries` is set), the decisive one last. Findings with the same `key` are one finding, seen `count` times.
    """

    code: str
    operation: str  # label: "GET /Calls/{Sid}.json"; of a callback: "callback Name"
    message: str
    where: str = ""
    place: Location | None = None
    evidence: tuple[int, ...] = ()
    deliveries: tuple[int, ...] = ()
    severity: Severity = Severity.ERROR
    seed: int | None = None
    count: int = 1
    hint: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes it the same finding in another run: no value of an answer, no number."""
        pointer = self.place.pointer if self.place is not None else ""
        return (self.code, self.operation, self.where, pointer)


@dataclass(frozen=True, slots=True)
class Seen:
    """How much of one thing of the document was seen: `seen` of `of`, with the values never seen."""

    name: str
    seen: tuple[str, ...]
    never: tuple[str, ...]
    place: Location | None = None


@dataclass(frozen=True, slots=True)
class OperationCoverage:
    """What a run saw of one operation. Statuses are as documented ("200", "4XX"); counts are of answers.

    `checks` says which checks were made on it, by the code of what they would find, and how often: the report
    shows those that found nothing as passed. Empty where nobody counted.
    """

    label: str
    operation_id: str | None
    requests: int
    documented: tuple[tuple[str, int], ...]  # every documented status, and how often it was seen
    undocumented: tuple[tuple[str, int], ...]  # statuses that came all the same
    parameters: Seen  # "query.Status", "path.Sid", "body.To"
    place: Location | None = None
    checks: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    """A step from one operation's answer to another's request that the document's identifiers allow."""

    producer: str  # label
    consumer: str  # label
    kind: str
    taken: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was tested, as plainly as what failed."""

    operations: tuple[OperationCoverage, ...] = ()
    kinds: tuple[Seen, ...] = ()  # per kind of identifier: where it was seen, and where never
    enums: tuple[Seen, ...] = ()  # per enum: values seen in answers or sent
    patterns: tuple[Seen, ...] = ()
    callbacks: tuple[Seen, ...] = ()
    transitions: tuple[Transition, ...] = ()


@dataclass(frozen=True, slots=True)
class Budget:
    """What a run could spend, and what it did; None: no cap."""

    requests: int = 0
    max_requests: int | None = None
    writes: int = 0
    max_writes: int | None = None
    cost: float = 0.0
    max_cost: float | None = None
    blocked: int = 0  # requests that were not sent: over a cap, or not allowed


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run. `stopped` says why it ended early ("" where it came to its end); `complaints` are about the run
    itself (a transition that does not exist, a phase that failed), not about the tested side.
    """

    document: str
    overlays: tuple[str, ...]
    title: str
    version: str
    target: str  # a URL, MODULE:ATTR, or the file of a recording
    seeds: tuple[int, ...]
    started: float  # seconds since 1970
    elapsed: float  # seconds
    exchanges: tuple[Exchange, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    findings: tuple[Finding, ...] = ()
    accepted: tuple[Finding, ...] = ()  # findings that the baseline accepts
    coverage: Coverage = field(default_factory=Coverage)
    budget: Budget = field(default_factory=Budget)
    stopped: str = ""
    complaints: tuple[str, ...] = ()
    commands: tuple[
        tuple[str, str], ...
    ] = ()  # what to type: ("again", "ringback test … --seed 3")
