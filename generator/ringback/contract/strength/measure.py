"""The whole measurement: the run without mutants for each seed, then mutants until enough of each operator are judged."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ringback.contract.strength.crew import Crew, Done, Job
from ringback.contract.strength.mutant import Mutant
from ringback.contract.strength.operators import order
from ringback.contract.strength.trial import MORE, Lab, Plan, verdict
from ringback.contract.strength.verdict import Ground, Outcome, Strength, Verdict, is_judged
from ringback.contract.targets.app import is_made_anew

Say = Callable[[str], None]
CONTROLS = 4
"""Mutants that change nothing, in each seed."""


class Unmeasurable(Exception):
    """It cannot be measured; the sentence says why."""


@dataclass(slots=True)
class _Row:
    """One operator in one seed: what is still to be tried, and how many have been judged."""

    seed: int
    operator: str
    left: deque[Mutant]
    allowed: deque[Mutant]  # tried whatever the others do: what the document allows
    wanted: int
    judged: int = 0
    under_way: int = 0

    def next(self) -> Mutant | None:
        if self.allowed:
            return self.allowed.popleft()
        if self.left and self.judged + self.under_way < self.wanted:
            self.under_way += 1
            return self.left.popleft()
        return None


@dataclass(slots=True)
class _Measurement:
    lab: Lab
    seeds: tuple[int, ...]
    per_operator: int
    say: Say
    compare: bool = False
    grounds: dict[int, Ground] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    controls: list[Verdict] = field(default_factory=list)
    plain: list[Verdict] = field(default_factory=list)
    waiting: deque[Job] = field(default_factory=deque)
    later: deque[Job] = field(default_factory=deque)  # what takes long and nothing waits for
    rows: list[_Row] = field(default_factory=list)
    plain_keys: dict[int, frozenset[str]] = field(default_factory=dict)
    held: dict[int, list[Verdict]] = field(
        default_factory=dict
    )  # until it is known what is found anyway

    def begin(self) -> None:
        plan = self.lab.plan
        for seed in self.seeds:
            self.waiting.append(Job("ground", (seed,), plan.seconds * 3))

    def more(self) -> Job | None:
        if self.waiting:
            return self.waiting.popleft()
        for row in self.rows:
            mutant = row.next()
            if mutant is not None:
                known = self.grounds[row.seed].keys
                return Job("trial", (mutant.name, row.seed, known), self.lab.plan.seconds)
        return self.later.popleft() if self.later else None

    def take(self, done: Done) -> None:
        if done.job.method == "ground":
            self._ground(done)
            return
        if done.job.method == "plain_ground":
            self._plain_ground(done)
            return
        name, seed = done.job.arguments[0], done.job.arguments[1]
        found: Verdict = done.result or self._failed(name, seed, done.trouble)
        if done.job.method == "compared":
            self.plain.append(found)
            self.say(f"seed {seed}: {name}: schemathesis alone: {found.outcome}")
            return
        if found.operator == "unchanged":
            self.controls.append(found)
            self.say(f"seed {seed}: {name}: {found.by or found.trouble or 'nothing is found'}")
            return
        self._judged(found)

    def _failed(self, name: str, seed: int, why: str) -> Verdict:
        blank = verdict(self.lab.named(name), seed, 0, ())
        return replace(blank, outcome=Outcome.FAILED, trouble=why)

    def _ground(self, done: Done) -> None:
        seed = done.job.arguments[0]
        if done.result is None:
            raise Unmeasurable(f"seed {seed}: {done.trouble}")
        ground: Ground = done.result
        if ground.nothing:
            raise Unmeasurable(f"nothing could be tested: {ground.nothing}")
        self.grounds[seed] = ground
        self.say(
            f"seed {seed}: {len(ground.findings)} findings without a mutant, "
            f"{ground.requests} requests in {ground.seconds:.0f} s"
        )
        controls = order(self.lab.controls, seed)[:CONTROLS]
        for one in controls:
            self.waiting.append(Job("trial", (one.name, seed, ground.keys), self.lab.plan.seconds))
        for operator, found in self.lab.mutants.items():
            ready = [one for one in order(found, seed) if one.name in ground.occasions]
            self.rows.append(
                _Row(
                    seed,
                    operator,
                    deque(one for one in ready if not one.silent),
                    deque([one for one in ready if one.silent][:1]),
                    self.per_operator,
                )
            )
        if self.compare and seed == self.seeds[0]:
            self.waiting.append(
                Job("plain_ground", (seed, ground.requests), self.lab.plan.seconds * MORE)
            )

    def _judged(self, found: Verdict) -> None:
        self.verdicts.append(found)
        row = next(
            one for one in self.rows if (one.seed, one.operator) == (found.seed, found.operator)
        )
        if not found.silent:
            row.under_way -= 1
            row.judged += is_judged(found)
        self.say(f"seed {found.seed}: {found.mutant}: {found.outcome} {found.by}".rstrip())
        if self.compare and found.seed == self.seeds[0] and is_judged(found):
            self._compare(found)

    def _compare(self, found: Verdict) -> None:
        known = self.plain_keys.get(found.seed)
        if known is None:
            self.held.setdefault(found.seed, []).append(found)
            return
        budget = self.grounds[found.seed].requests
        given = (found.mutant, found.seed, known, budget)
        self.later.append(Job("compared", given, self.lab.plan.seconds * MORE))

    def _plain_ground(self, done: Done) -> None:
        if done.result is None:
            raise Unmeasurable(f"schemathesis alone: {done.trouble}")
        seed = done.job.arguments[0]
        self.plain_keys[seed] = done.result
        for one in self.held.pop(seed, []):
            self._compare(one)


def measure(
    plan: Plan,
    seeds: tuple[int, ...],
    *,
    per_operator: int = 3,
    jobs: int = 2,
    compare: bool = False,
    say: Say = lambda line: None,
) -> Strength:
    """Measure how much the suite notices. Raises Unmeasurable, and DocumentError where the document is at fault."""
    began = time.monotonic()
    lab = Lab(plan)
    state = _Measurement(lab, seeds, per_operator, say, compare)
    state.begin()
    # What one mutant left behind in an application that all share, the next one would be blamed for.
    with Crew(Lab, plan, jobs, fresh=not is_made_anew(plan.app)) as crew:
        for done in crew.work(state.more):
            state.take(done)
    document = lab.contract.document
    return Strength(
        document=plan.document,
        overlays=plan.overlays,
        title=document.title,
        version=document.api_version,
        target=plan.app,
        seeds=seeds,
        seconds=plan.seconds,
        elapsed=time.monotonic() - began,
        grounds=tuple(state.grounds[seed] for seed in seeds),
        verdicts=tuple(sorted(state.verdicts, key=lambda one: (one.seed, one.mutant))),
        controls=tuple(sorted(state.controls, key=lambda one: (one.seed, one.mutant))),
        plain=tuple(sorted(state.plain, key=lambda one: (one.seed, one.mutant))),
        possible=tuple(_possible(lab, state.grounds)),
    )


def _possible(lab: Lab, grounds: dict[int, Ground]) -> list[tuple[str, int, int, int]]:
    occasions = frozenset().union(*(one.occasions for one in grounds.values()))
    return [
        (
            operator,
            len(found),
            sum(not one.silent for one in found),
            sum(not one.silent and one.name not in occasions for one in found),
        )
        for operator, found in lab.mutants.items()
    ]
