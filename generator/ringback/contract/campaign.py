"""A whole run: scenarios of our own first, then what schemathesis thinks of, a last look, and what came of it all.

Whoever sends, the answer takes the same way: the gateway records it and tells the campaign, which has it judged by itself, has
the ledger hold it against all the others, counts it, and lets `known` learn what exists.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from ringback.contract import engine
from ringback.contract.budget import Purse
from ringback.contract.coverage import Cover
from ringback.contract.credentials import credentials
from ringback.contract.doctor import doctor
from ringback.contract.faulty import is_faulty
from ringback.contract.gateway import Gateway, Mutator, Rules, Stopped
from ringback.contract.judges import judge
from ringback.contract.ledger import Ledger
from ringback.contract.links import linked
from ringback.contract.options import ALL_PHASES, Options
from ringback.contract.outcome import Finding, Run
from ringback.contract.receiver import Receiver
from ringback.contract.report.progress import Event
from ringback.contract.scenarios import STAGES, Stage, sweeping
from ringback.contract.scenarios.asking import Ask
from ringback.contract.scenarios.bench import Bench, Scenario, TimeIsUp
from ringback.contract.scenarios.known import Known
from ringback.contract.targets import Target
from ringback.contract.traffic import Delivery, Exchange, Intent, Phase, Reply, Request
from ringback.contract.values import Maker
from ringback.contract.versions import other_versions
from ringback.source import Severity
from ringback.wire import Contract

Progress = Callable[[Event], None]

_SCENARIOS: Final = 0.65
"""The share of a seed's time that scenarios may take; what they leave is the engine's."""
_LAST: Final = 0.08
_MANY: Final = 12
"""So many refusals say that an operation is never accepted, where there was no time to try everything."""
_PUMP: Final = 0.05
"""Seconds between two looks at what callbacks have come."""
_QUIET: Final = 1.0
"""Seconds without a callback after which no more are waited for, where the first finding is enough."""
_CALM: Final = 3.0
"""Seconds that this wait may take at most."""
_ENOUGH: Final = "the first finding was enough"
INTERRUPTED: Final = "interrupted"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a run is about, as its report names it."""

    document: str = ""
    overlays: tuple[str, ...] = ()


def run(
    contract: Contract,
    target: Target,
    options: Options | None = None,
    progress: Progress | None = None,
    *,
    subject: Subject | None = None,
    mutator: Mutator | None = None,
    purse: Purse | None = None,
) -> Run:
    """Test the target; gives what was found and done, also where it was interrupted or had to stop.

    The target is opened and closed here.
    """
    campaign = _Campaign(contract, target, options or Options(), progress, mutator, purse)
    return campaign.whole(subject or Subject())


@dataclass(slots=True)
class Gathered:
    """Findings, each once: seen how often, with the smallest request that shows it."""

    options: Options
    size: Callable[[Finding], int]
    by_key: dict[tuple[str, str, str, str], Finding] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, findings: Iterable[Finding], seed: int | None) -> bool:
        """Take findings in; says whether one of them is new."""
        new = False
        for finding in findings:
            if self.options.ignored(finding.code, finding.operation):
                continue
            with self.lock:
                known = self.by_key.get(finding.key)
                if known is None:
                    new = True
                    told = finding if finding.seed is not None else replace(finding, seed=seed)
                    self.by_key[finding.key] = told
                    continue
                better = self.size(finding) < self.size(known)
                kept = replace(finding, seed=known.seed) if better else known
                self.by_key[finding.key] = replace(kept, count=known.count + finding.count)
        return new

    def all(self) -> tuple[Finding, ...]:
        """Errors before warnings, then as they came."""
        return tuple(
            sorted(self.by_key.values(), key=lambda one: one.severity is not Severity.ERROR)
        )

    @property
    def errors(self) -> int:
        return sum(one.severity is Severity.ERROR for one in self.by_key.values())


class _Campaign:
    def __init__(
        self,
        contract: Contract,
        target: Target,
        options: Options,
        progress: Progress | None,
        mutator: Mutator | None,
        purse: Purse | None,
    ) -> None:
        self.contract = contract
        self.options = options
        self.started = time.time()
        self.until = time.monotonic() + options.max_time
        told = credentials(contract, options.auth, options.schemes)
        rules = Rules(
            max_requests=options.max_requests,
            max_writes=options.max_writes,
            max_cost=options.max_cost,
            costs=options.costs,
            rate=options.rate,
            allow_writes=options.allow_writes,
            timeout=options.timeout,
        )
        self.gateway = Gateway(contract, target, rules, auth=told, mutator=mutator, purse=purse)
        self.ledger = Ledger(
            contract,
            secret=told.secret,
            lifecycles=options.lifecycles,
            concurrent=options.workers > 1 or options.shared,
        )
        self.cover = Cover(contract)
        given = {name: str(value) for name, value in options.values.items() if _plain(value)}
        self.given = {**_path_values(contract, given), **dict(told.path)}
        self.known = Known(contract, self.given)
        self.proven: dict[str, list[Ask]] = {}
        self.found = Gathered(options, self._size)
        self.complaints: dict[str, None] = {}
        self.deliveries: list[Delivery] = []
        self.lock = threading.RLock()
        self.progress = progress
        self.phase = Phase.PROBE
        self.note = ""
        self.seed: int | None = None
        self.mutator = mutator
        self.receiver: Receiver | None = None
        self.cut = False  # a scenario was not done when the time was up
        self._told = 0.0
        self._pumped = 0.0
        self.gateway.listeners.append(self._heard)

    # -- the whole

    def whole(self, subject: Subject) -> Run:
        stopped = ""
        for one in doctor(self.contract):
            self.complaints.setdefault(str(one))
        with ExitStack() as undo:
            try:
                undo.enter_context(self.gateway)
                self.receiver = self._listening(undo)
                self._seeds()
                self._versions()
            except Stopped as stop:
                stopped = stop.reason
            except KeyboardInterrupt:
                stopped = INTERRUPTED
                self.gateway.stop(INTERRUPTED)
            self._pump(now=True)
            self._finish(whole=not self.cut)
        return self._outcome(subject, self.gateway.stopped or stopped)

    def _seeds(self) -> None:
        seeds = self.options.seeds or (1,)
        for index, seed in enumerate(seeds):
            left = self.until - time.monotonic()
            if left <= 0:
                self.complaints.setdefault(f"there was no time left for seed {seed} (--max-time)")
                continue
            self.seed = seed
            self._one_seed(seed, left / (len(seeds) - index))

    def _one_seed(self, seed: int, seconds: float) -> None:
        began = time.monotonic()
        bench = Bench(
            contract=self.contract,
            gateway=self.gateway,
            maker=Maker(self.contract, seed, self.options.values),
            known=self.known,
            options=self.options,
            seed=seed,
            receiver=self.receiver,
            watch=self._watch,
            proven=self.proven,
        )
        phases = self.options.phases
        if Phase.SCENARIO in phases:
            share = _SCENARIOS if len(phases) > 1 else 1 - _LAST
            self._scenarios(bench, began, seconds * share)
        others = tuple(one for one in phases if one is not Phase.SCENARIO)
        if others:
            # While it thinks it hears nothing, for a second or two where values are large.
            left = began + seconds * (1 - _LAST) - time.monotonic() - min(1.5, seconds * 0.05)
            self._explore(seed, others, left)
        if Phase.SCENARIO in phases:
            self.phase = Phase.SCENARIO
            bench.until = began + seconds
            self._scenario(bench, "sweeping", sweeping.run)
            never = partial(sweeping.never, least=_MANY if self.cut else 1)
            self._scenario(bench, "sweeping", never)  # sends nothing, needs no time

    def _versions(self) -> None:
        """Say where the other side speaks another version than the document's."""
        name = self.gateway.target.name
        origin = name.rstrip("/") if "://" in name else "http://app"
        for one in other_versions(self.contract, list(self.gateway.exchanges), origin, self._fetch):
            self.complaints.setdefault(one)

    def _fetch(self, target: str) -> Reply | None:
        note = "the server's own description"
        request = Request("GET", target)
        return self.gateway.send(request, phase=Phase.PROBE, note=note).reply

    # -- scenarios

    def _scenarios(self, bench: Bench, began: float, seconds: float) -> None:
        self.phase = Phase.SCENARIO
        bench.until = began + seconds
        if self.options.focus:
            self._stages(bench, STAGES[:1])  # what is made here, the others stand on
            bench.within = self.options.focus
            self._stages(bench, STAGES[1:])
            bench.within = None
            if self.options.stop_at_first:
                if self.receiver is not None:
                    self.receiver.calm(_QUIET, time.monotonic() + _CALM)
                self._pump(now=True)
                self._finish(whole=False)
        self._stages(bench, STAGES)

    def _stages(self, bench: Bench, stages: Sequence[Stage]) -> None:
        for stage in stages:
            if self.options.workers == 1 or len(stage) == 1:
                for name, scenario in stage:
                    self._scenario(bench, name, scenario)
                continue
            with ThreadPoolExecutor(self.options.workers) as pool:
                jobs = [pool.submit(self._scenario, bench, *one) for one in stage]
                for job in jobs:
                    job.result()

    def _scenario(self, bench: Bench, name: str, scenario: Scenario) -> None:
        self.note = name
        try:
            for finding in scenario(bench):
                self._add((finding,))
        except TimeIsUp:
            self.cut = True
            self.complaints.setdefault(f"the time was up before `{name}` had come to its end")

    # -- the engine

    def _explore(self, seed: int, phases: tuple[Phase, ...], seconds: float) -> None:
        if seconds < 1:
            self.complaints.setdefault(
                "there was no time left for generated requests (--max-time): scenarios took it"
            )
            return
        hands = engine.Hands(
            send=self._send,
            stopped=lambda: bool(self.gateway.stopped),
            fill=self.known.fill,
            faulty=lambda label, request: is_faulty(
                self.contract, self.contract.operation(label), request
            ),
        )
        plan = engine.Plan(
            seed=seed,
            seconds=seconds,
            workers=self.options.workers,
            phases=phases,
            only=self.options.only,
            remembered=self.options.examples,
        )
        heard = engine.explore(
            linked(self.contract), self.contract.base, plan, hands, self._entered
        )
        for complaint in heard.complaints:
            self.complaints.setdefault(complaint)

    def _entered(self, phase: Phase) -> None:
        self.phase = phase
        self.note = ""

    def _send(self, request: Request, label: str | None, phase: Phase, intent: Intent) -> Exchange:
        return self.gateway.send(request, operation=label, phase=phase, intent=intent)

    # -- what is heard

    def _heard(self, exchange: Exchange) -> None:
        with self.lock:
            self.known.take(exchange)
            found = [*judge(self.contract, exchange), *self.ledger.take(exchange)]
            if self._overlong(exchange):
                found = [one for one in found if one.code != "no-answer"]
            self.cover.take(exchange)
            self._add(found)
            self._pump()
            self._tell(exchange.number)

    def _overlong(self, exchange: Exchange) -> bool:
        """Whether an answer was only too long for us: a recording or a film may be, where no text is documented."""
        if "longer than" not in exchange.failure or exchange.operation is None:
            return False
        operation = self.contract.operation(exchange.operation)
        names = [
            media.name
            for response in operation.responses
            if response.status.startswith("2")
            for media in response.content
        ]
        if not names or any("json" in name or name.startswith("text/") for name in names):
            return False
        self.complaints.setdefault(
            f"{exchange.operation}: {exchange.failure}; it was not looked at"
        )
        return True

    def _pump(self, *, now: bool = False) -> None:
        """Take what has arrived at the receiver; looked at a few times a second."""
        if self.receiver is None:
            return
        with self.lock:
            if not now and time.monotonic() - self._pumped < _PUMP:
                return
            self._pumped = time.monotonic()
            for one in self.receiver.deliveries[len(self.deliveries) :]:
                if one.about is None and not now:
                    return  # its request is still on its way back
                self.deliveries.append(one)
                self.cover.deliver(one)
                self._add(self.ledger.deliver(one))

    def _watch(self, exchange: int, slot: str, url: str) -> None:
        with self.lock:
            self.ledger.watch(exchange, slot, url)

    def _add(self, findings: Iterable[Finding]) -> None:
        new = self.found.add(findings, self.seed)
        if new and self.options.stop_at_first and self.found.errors:
            self.gateway.stop(_ENOUGH)

    def _tell(self, requests: int) -> None:
        if self.progress is None:
            return
        now = time.monotonic()
        if now - self._told < 0.1:
            return
        self._told = now
        self.progress(Event(self.phase.value, requests, len(self.found.by_key), self.note))

    def _size(self, finding: Finding) -> int:
        """How much one has to look at to see it; what is shown by a later exchange is no better."""
        exchange = self.gateway.exchange(finding.evidence[-1]) if finding.evidence else None
        if exchange is None:
            return 1 << 30
        request = exchange.request
        return len(request.target) + len(request.body)

    def _listening(self, undo: ExitStack) -> Receiver | None:
        receiver = Receiver(public=self.options.callback_url, mutator=self.mutator)
        # It has to know which request a callback is about before anything else is made of the answer.
        self.gateway.listeners.insert(0, receiver.take)
        return undo.enter_context(receiver)

    # -- the end

    def _finish(self, *, whole: bool) -> None:
        with self.lock:
            self._add(self.ledger.finish(whole=whole))

    def _outcome(self, subject: Subject, stopped: str) -> Run:
        document = self.contract.document
        return Run(
            document=subject.document,
            overlays=subject.overlays,
            title=document.title,
            version=document.api_version,
            target=self.gateway.target.name,
            seeds=self.options.seeds,
            started=self.started,
            elapsed=time.time() - self.started,
            exchanges=tuple(self.gateway.exchanges) if self.options.keep_exchanges else (),
            deliveries=tuple(self.deliveries),
            findings=self.found.all(),
            coverage=self.cover.coverage(),
            budget=self.gateway.budget(),
            stopped="" if stopped == _ENOUGH else stopped,
            complaints=tuple(self.complaints),
        )


def _plain(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _path_values(contract: Contract, given: dict[str, str]) -> dict[str, str]:
    """What settings say of parameters of paths: those are fixed."""
    names = {
        parameter.name
        for operation in contract.operations
        for parameter in operation.parameters
        if parameter.location == "path"
    }
    return {name: value for name, value in given.items() if name in names}


def every_phase() -> Iterator[Phase]:
    """The phases of a campaign, in order."""
    yield from ALL_PHASES
