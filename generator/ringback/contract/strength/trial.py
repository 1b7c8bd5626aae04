"""One mutant against the suite, in this process; and the run without mutants that it is measured against."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ringback.contract.campaign import run
from ringback.contract.credentials import credentials
from ringback.contract.options import Options
from ringback.contract.outcome import Finding, Run
from ringback.contract.strength import plain
from ringback.contract.strength.mutant import Fault, Mutant, Setting, unchanged
from ringback.contract.strength.operators import OPERATORS, mutants
from ringback.contract.strength.verdict import Ground, Outcome, Verdict
from ringback.contract.targets import load as load_app
from ringback.contract.traffic import Delivery, Exchange, Reply
from ringback.contract.untested import unanswered
from ringback.openapi import parse
from ringback.source import Limits, Location, Severity, load
from ringback.wire import Contract

_PATIENCE: Final = 8
"""The part of a run's time that may be waited for what comes by itself is one of so many."""

MORE: Final = 3
"""Times the time that our suite may take, schemathesis alone may: what it is given is requests."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a measurement is about: enough for another process to make everything anew."""

    document: str
    overlays: tuple[str, ...]
    app: str
    auth: str | None = None
    schemes: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 20.0
    operators: tuple[str, ...] = tuple(OPERATORS)
    values: Mapping[str, Any] = field(default_factory=dict)
    lifecycles: Mapping[str, Any] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    allowed: tuple[str, ...] = ()  # where references may lead besides the document's folder


class Lab:
    """A document, its mutants, and an application to put them before. One for each process."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        tree = load(plan.document, plan.overlays, limits=plan.limits, allowed=plan.allowed)
        document, _ = parse(tree)
        self.contract = Contract.of(document)
        self.mutants = mutants(self.contract, plan.operators)
        self.controls = unchanged(self.contract)
        every = (*(one for found in self.mutants.values() for one in found), *self.controls)
        self._by_name = {one.name: one for one in every}
        self._told = credentials(self.contract, plan.auth, plan.schemes)

    def named(self, name: str) -> Mutant:
        """The mutant of a name. Raises KeyError."""
        return self._by_name[name]

    def setting(self, label: str | None = None) -> Setting:
        """What faults may use: what is shown to an operation, or usually."""
        told = self._told
        return Setting(self.contract, told.of(label).headers, told.secret, dict(told.path))

    def options(self, seed: int) -> Options:
        """How the suite goes for one mutant."""
        plan = self.plan
        return Options(
            seeds=(seed,),
            max_time=plan.seconds,
            auth=plan.auth,
            schemes=plan.schemes,
            values=plan.values,
            lifecycles=plan.lifecycles,
            ignore=plan.ignore,
            patience=min(4.0, plan.seconds / _PATIENCE),
        )

    def ground(self, seed: int) -> Ground:
        """The whole suite without a mutant, and which mutants would have had something to do in it."""
        began = time.monotonic()
        found = run(self.contract, load_app(self.plan.app), self.options(seed))
        seconds = time.monotonic() - began
        nothing = unanswered(self.contract, found)
        return Ground(
            seed=seed,
            findings=tuple((one.code, one.operation, one.message) for one in found.findings),
            keys=frozenset(one.key for one in found.findings),
            occasions=frozenset(self._occasions(found)),
            requests=found.budget.requests,
            seconds=seconds,
            stopped=found.stopped,
            nothing=nothing.why if nothing is not None else "",
        )

    def _occasions(self, found: Run) -> Iterable[str]:
        for kind in self.mutants.values():
            for one in kind:
                fault = one.make(self.setting(one.operation))
                if has_occasion(fault, found.exchanges, found.deliveries):
                    yield one.name

    def trial(self, name: str, seed: int, known: frozenset[tuple[str, str, str, str]]) -> Verdict:
        """The suite against a mutant. It ends with the first finding that the run without a mutant does not have."""
        mutant = self.named(name)
        fault = mutant.make(self.setting(mutant.operation))
        options = replace(
            self.options(seed),
            stop_at_first=not known,
            focus=frozenset(mutant.focus or (mutant.operation,)),
            keep_exchanges=False,
        )
        began = time.monotonic()
        found = run(self.contract, load_app(self.plan.app), options, mutator=fault)
        new = [one for one in found.findings if one.key not in known]
        return replace(
            verdict(mutant, seed, fault.applied, new),
            requests=found.budget.requests,
            seconds=time.monotonic() - began,
            trouble=found.stopped,
        )

    def plain_ground(self, seed: int, requests: int) -> frozenset[str]:
        """What schemathesis alone finds without a mutant."""
        return frozenset(plain.explore(self._aim(seed, requests)).failures)

    def compared(self, name: str, seed: int, known: frozenset[str], requests: int) -> Verdict:
        """Schemathesis alone against a mutant, with as many requests."""
        mutant = self.named(name)
        fault = mutant.make(self.setting(mutant.operation))
        began = time.monotonic()
        heard = plain.explore(self._aim(seed, requests), fault, known)
        first = heard.failures[0] if heard.failures else ""
        return replace(
            verdict(mutant, seed, fault.applied, ()),
            outcome=Outcome.NOTICED if first else Outcome.UNNOTICED,
            by=first.partition(" ")[0],
            message=first,
            requests=heard.requests,
            seconds=time.monotonic() - began,
        )

    def _aim(self, seed: int, requests: int) -> plain.Aim:
        setting = self.setting()
        return plain.Aim(
            self.contract, self.plan.app, setting.auth, setting.given, seed, requests,
            self.plan.seconds * MORE,
        )  # fmt: skip


def verdict(mutant: Mutant, seed: int, applied: int, new: Sequence[Finding]) -> Verdict:
    """What findings say of a mutant; `new` are those that the run without it does not have, errors first."""
    first = new[0] if new else None
    if first is not None:
        outcome = Outcome.NOTICED if applied else Outcome.FALSE
    elif not applied:
        outcome = Outcome.IDLE
    else:
        outcome = Outcome.ALLOWED if mutant.silent else Outcome.UNNOTICED
    return Verdict(
        mutant=mutant.name,
        operator=mutant.operator,
        operation=mutant.operation,
        where=mutant.where,
        what=mutant.what,
        place=shown(mutant.place),
        seed=seed,
        outcome=outcome,
        by=first.code if first is not None else "",
        message=first.message if first is not None else "",
        warning=first is not None and first.severity is not Severity.ERROR,
        applied=applied,
        silent=mutant.silent,
        overlay=mutant.overlay,
        hard=mutant.hard,
    )


def shown(place: Location) -> str:
    """A place as file:line."""
    return f"{place.file}:{place.line}"


def has_occasion(
    fault: Fault, exchanges: Iterable[Exchange], deliveries: Iterable[Delivery]
) -> bool:
    """Whether recorded traffic would have given a fault something to change."""
    for one in exchanges:
        sent = fault.request(one.request, one.operation)
        if not isinstance(sent, Reply) and one.reply is not None:
            fault.reply(one.request, one.reply, one.operation)
        if fault.applied:
            return True
    for delivery in deliveries:
        fault.delivery(delivery)
        if fault.applied:
            return True
    return False
