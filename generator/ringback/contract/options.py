"""What a campaign may do, and what it is told: the command line and [tool.ringback.test] end in this value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ringback.contract.traffic import Phase

ALL_PHASES = (Phase.SCENARIO, Phase.EXAMPLES, Phase.COVERAGE, Phase.FUZZING, Phase.STATEFUL)


@dataclass(frozen=True, slots=True)
class Options:
    """How a campaign goes. Times are seconds; None is no limit.

    `values` say what to send where nothing else is known: by the name of a parameter or property ("To"), by its
    place ("POST /Calls.json.body.To"), or by the name of a kind of identifier; a list is alternatives.
    `lifecycles` say for a place of an answer which states follow which. `ignore` names findings that are not wanted:
    a code, or a code and an operation with a space between them.
    """

    seeds: tuple[int, ...] = (1,)
    max_time: float = 50.0
    max_requests: int | None = None
    max_writes: int | None = None
    max_cost: float | None = None
    costs: Mapping[str, float] = field(default_factory=dict)
    allow_writes: bool = False
    rate: float | None = None
    workers: int = 1
    auth: str | None = None  # for the scheme that most operations name
    schemes: Mapping[str, str] = field(default_factory=dict)  # credentials by the name of a scheme
    values: Mapping[str, Any] = field(default_factory=dict)
    lifecycles: Mapping[str, Any] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    phases: tuple[Phase, ...] = ALL_PHASES
    only: frozenset[str] | None = None  # labels of operations; None: all
    focus: frozenset[str] = frozenset()  # labels of operations that scenarios try before all others
    timeout: float = 10.0  # until an answer has to be there
    patience: float = 4.0  # until what comes by itself (a state, a callback) has to be there
    callback_url: str | None = None  # where the tested side reaches us, if not on this machine
    stop_at_first: bool = False
    keep_exchanges: bool = True
    shared: bool = False  # others write to the same target at the same time
    examples: str | None = (
        None  # where generated requests that failed are remembered: a folder, or a redis:// URL
    )

    def ignored(self, code: str, operation: str) -> bool:
        """Whether a finding is not wanted."""
        return code in self.ignore or f"{code} {operation}" in self.ignore
