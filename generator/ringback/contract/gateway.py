"""The one way out: every request of a run passes here, whoever thought of it.

So the caps are exact, nothing is written where it must not be, the rate holds for all threads together, and what was sent is
what is reported. What is counted, is counted before it is sent: a request of which nobody knows whether it arrived
has been spent.
"""

from __future__ import annotations

import bisect
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, Final, Protocol

from ringback.contract.budget import Lack, Pace, Purse, Wallet
from ringback.contract.credentials import Credentials, Proof
from ringback.contract.leave import Leave, Match, is_write
from ringback.contract.outcome import Budget
from ringback.contract.storms import Storms
from ringback.contract.targets import Target, TargetError
from ringback.contract.traffic import Delivery, Exchange, Headers, Intent, Phase, Reply, Request
from ringback.openapi import Operation

_METHOD: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}")
_TARGET: Final = re.compile(r"/[!-\"$-~]*")  # printable ASCII without # and the blank
_FIELD_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]+")
_FIELD_VALUE: Final = re.compile(r"[\t -~\x80-\xff]*")
_LONGEST_PAUSE: Final = 5.0
"""Seconds that an answer may make all others wait (Retry-After); the rest is for --rate."""


class Stopped(Exception):
    """A request that was not sent. `final`: nor will any other; else only this one is over a cap or not allowed."""

    def __init__(self, reason: str, *, final: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = final


class Known(Protocol):
    """What the gateway needs to know of a document; Contract is one."""

    @property
    def operations(self) -> Sequence[Operation]: ...
    def match(self, method: str, target: str) -> Match | None: ...
    def label(self, operation: Operation, /) -> str: ...


class Mutator(Protocol):
    """A fault that is put between us and the tested side, as if it were its own."""

    def request(self, request: Request, label: str | None) -> Request | Reply:
        """What arrives there instead of a request; or what it answers without looking at it."""
        ...

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        """What it answers instead."""
        ...

    def delivery(self, delivery: Delivery) -> list[Delivery]:
        """What it sends us instead of a callback: nothing, twice, later."""
        ...


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be sent. None: no limit.

    `costs` are per request, by label, "*" for all others. `rate` is requests per second over all threads.
    `methods` are those that may be sent at all. Without `allow_writes` nothing is written but to this machine; with
    `loopback_only` nothing else is asked at all. `refusals` is how often in a row 401 or 429 may come.
    """

    max_requests: int | None = None
    max_writes: int | None = None
    max_cost: float | None = None
    costs: Mapping[str, float] = field(default_factory=dict)
    rate: float | None = None
    allow_writes: bool = False
    methods: frozenset[str] | None = None
    loopback_only: bool = False
    timeout: float = 10.0  # seconds, for a whole answer
    refusals: int = 15


@dataclass(frozen=True, slots=True)
class _Errand:
    """A request that has passed every rule, and what the document says it is."""

    request: Request
    match: Match | None
    label: str | None
    write: bool
    cost: float
    authenticated: bool


class Gateway:
    """Sends for one run. Threads share it: `send` waits for the answer, and may be called by any number at once."""

    def __init__(
        self,
        contract: Known,
        target: Target,
        rules: Rules | None = None,
        *,
        auth: Headers | Mapping[str, str] | Credentials = (),
        mutator: Mutator | None = None,
        purse: Purse | None = None,
    ) -> None:
        self.target = target
        self.rules = rules or Rules()
        self.exchanges: list[Exchange] = []  # by number; only ever added to
        self.listeners: list[Callable[[Exchange], None]] = (
            []
        )  # one after another, never two at once
        self._contract = contract
        self._auth = auth if isinstance(auth, Credentials) else Credentials(_proof(auth))
        self._mutator = mutator
        self._purse = purse
        self._wallet = Wallet(self.rules.max_requests, self.rules.max_writes, self.rules.max_cost)
        self._ended = threading.Event()
        self._pace = Pace(self.rules.rate, self._ended.wait)
        self._storms = Storms(self.rules.refusals)
        self._leave = Leave(contract.operations)
        self._lock = threading.Lock()
        self._telling = threading.RLock()  # a listener may send
        self._number = 0
        self._blocked = 0
        self._reason = ""

    def __enter__(self) -> Gateway:
        """Raises Stopped where the target cannot be made ready."""
        self._reach()
        return self

    def __exit__(self, *raised: object) -> None:
        self.target.close()

    @property
    def stopped(self) -> str:
        """Why nothing is sent any more; "" while it is."""
        return self._reason

    @property
    def owned(self) -> frozenset[str]:
        """The identifiers of what this run created."""
        return self._leave.owned

    def stop(self, reason: str) -> None:
        """Send nothing more. The first reason is kept; what is on its way comes to its end."""
        with self._lock:
            if not self._reason:
                self._reason = reason
        self._ended.set()

    def budget(self) -> Budget:
        """What was spent so far."""
        with self._lock:
            return self._wallet.budget(self._blocked)

    def exchange(self, number: int) -> Exchange | None:
        """The exchange of a number; None where it is still on its way, or never was."""
        with self._lock:
            index = bisect.bisect_left(self.exchanges, number, key=_number)
            found = self.exchanges[index : index + 1]
        return found[0] if found and found[0].number == number else None

    def send(
        self,
        request: Request,
        *,
        operation: str | None = None,
        phase: Phase = Phase.SCENARIO,
        intent: Intent = Intent.UNKNOWN,
        note: str = "",
        parent: int | None = None,
        auth: bool = True,
    ) -> Exchange:
        """Send, and wait. With `auth` the run's own credentials are put in. Raises Stopped before anything is sent."""
        self._halt()
        shown = self._with_credentials(request, operation) if auth else request
        errand = self._errand(shown, operation, auth)
        self._pace.turn()
        number = self._spend(errand)
        started = time.time()
        began = time.perf_counter()
        reply: Reply | None = None
        failure = trace = why = ""
        try:
            reply = self._call(errand)
            why = self._storms.answered(reply.status, authenticated=errand.authenticated)
        except TargetError as error:
            reply, failure, trace = error.reply, error.sentence, error.trace
            why = self._storms.failed(error)
        except BaseException as error:  # it was sent: what is not written down did not happen
            failure = f"interrupted: {type(error).__name__}"
            raise
        finally:
            exchange = Exchange(
                number=number,
                request=errand.request,
                reply=reply,
                operation=operation or errand.label,
                phase=phase,
                intent=intent,
                note=note,
                parent=parent,
                started=started,
                elapsed=time.perf_counter() - began,
                failure=failure,
                trace=trace,
            )
            self._keep(exchange, errand)
        if why:
            self.stop(why)
        self._tell(exchange)
        return exchange

    # -- before

    def _halt(self) -> None:
        if self._ended.is_set():
            self._block(self._reason, final=True)

    def _block(self, reason: str, *, final: bool) -> None:
        with self._lock:
            self._blocked += 1
        raise Stopped(reason, final=final)

    def _with_credentials(self, request: Request, label: str | None) -> Request:
        if label is None and self._auth.own:
            match = self._contract.match(request.method, request.target)
            label = self._contract.label(match.operation) if match is not None else None
        return self._auth.of(label).on(request)

    def _errand(self, request: Request, operation: str | None, authenticated: bool) -> _Errand:
        """Hold a request to the rules. Raises Stopped."""
        wrong = _unsendable(request)
        if wrong:
            self._block(wrong, final=False)
        match = self._contract.match(request.method, request.target)
        label = self._contract.label(match.operation) if match is not None else None
        write = is_write(request)
        refusal = self._refusal(request, match, write)
        if refusal:
            self._block(refusal, final=False)
        # Whoever sends may be wrong about the operation: the dearer of the two counts.
        cost = max(self._cost(label), self._cost(operation)) if self.rules.costs else 0.0
        lack = self._wallet.lacking(1, int(write), cost)
        if lack is not None:
            self._exhausted(lack)
        return _Errand(request, match, label, write, cost, authenticated)

    def _cost(self, label: str | None) -> float:
        costs = self.rules.costs
        found = costs.get(label) if label is not None else None
        return costs.get("*", 0.0) if found is None else found

    def _refusal(self, request: Request, match: Match | None, write: bool) -> str:
        rules = self.rules
        if rules.methods is not None and request.method not in rules.methods:
            return f"{request.method} is not allowed"
        self._reach()
        if self.target.loopback:
            return ""
        if rules.loopback_only:
            return f"{self.target.name} is not on this machine"
        if not write:
            return ""
        if not rules.allow_writes:
            return f"{self.target.name} is not on this machine: writing to it needs --allow-writes"
        return self._leave.refusal(request, match)

    def _reach(self) -> None:
        """Have the target ready: where it is, is not known before."""
        try:
            self.target.open()
        except TargetError as error:
            self.stop(error.sentence)
            self._halt()

    def _exhausted(self, lack: Lack) -> None:
        if lack.final:
            self.stop(lack.reason)
        self._block(lack.reason, final=lack.final)

    def _spend(self, errand: _Errand) -> int:
        """Count a request, and number it. Raises Stopped."""
        with self._lock:
            ended = bool(self._reason)
            lack = None if ended else self._wallet.take(1, int(errand.write), errand.cost)
        if ended:
            self._halt()
        if lack is not None:
            self._exhausted(lack)
        if self._purse is not None and not self._purse.reserve(1, int(errand.write), errand.cost):
            self._wallet.give_back(1, int(errand.write), errand.cost)
            # A write may be too much where a read is not.
            final = not errand.write and not errand.cost
            self._exhausted(Lack("what all workers may spend together is spent", final=final))
        with self._lock:
            self._number += 1
            return self._number

    # -- out and back

    def _call(self, errand: _Errand) -> Reply:
        mutator = self._mutator
        if mutator is None:
            return self._answered(self.target.call(errand.request, self.rules.timeout))
        if not self.target.loopback:
            raise TargetError("faults are put in only on this machine")
        changed = mutator.request(errand.request, errand.label)
        if isinstance(changed, Reply):
            return changed
        reply = self.target.call(changed, self.rules.timeout)
        return mutator.reply(errand.request, reply, errand.label)

    def _answered(self, reply: Reply) -> Reply:
        if reply.status in (429, 503):
            seconds = _retry_after(reply)
            if seconds > 0:
                self._pace.pause(min(seconds, _LONGEST_PAUSE))
        return reply

    # -- after

    def _keep(self, exchange: Exchange, errand: _Errand) -> None:
        if errand.write and exchange.reply is not None:
            self._leave.learn(errand.request, exchange.reply, errand.match)
        with self._lock:
            if self.exchanges and self.exchanges[-1].number > exchange.number:
                bisect.insort(self.exchanges, exchange, key=_number)
            else:
                self.exchanges.append(exchange)

    def _tell(self, exchange: Exchange) -> None:
        with self._telling:
            for listener in tuple(self.listeners):
                listener(exchange)


def _proof(auth: Headers | Mapping[str, str]) -> Proof:
    pairs = auth.items() if isinstance(auth, Mapping) else auth
    return Proof(tuple((name.lower(), value) for name, value in pairs))


def _number(exchange: Exchange) -> int:
    return exchange.number


def _unsendable(request: Request) -> str:
    """What would make something else of a request on its way, a second one above all; "" where nothing does."""
    if not _METHOD.fullmatch(request.method):
        return f"not a method: {request.method[:40]!r}"
    if not _TARGET.fullmatch(request.target):
        return f"not a path: {request.target[:60]!r}"
    for name, value in request.headers:
        if not _FIELD_NAME.fullmatch(name):
            return f"not the name of a header: {name[:40]!r}"
        if not _FIELD_VALUE.fullmatch(value):
            return f"the header {name} cannot have the value {value[:40]!r}"
    return ""


def _retry_after(reply: Reply) -> float:
    """The seconds that an answer asks to wait, 0 where it does not."""
    text: Any = reply.header("retry-after")
    if text is None:
        return 0.0
    if re.fullmatch("[0-9]{1,9}", text):
        return float(text)
    try:
        return max(parsedate_to_datetime(text).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return 0.0
