"""Our own probes: each file one idea, each a function over a `Bench` that yields what it finds itself.

A stage begins when the one before is over; what stands in one stage may go on at the same time.
"""

from __future__ import annotations

from typing import Final

from ringback.contract.scenarios import (
    access,
    breaking,
    calling_back,
    creating,
    deleting,
    filtering,
    methods,
    planting,
    reaching,
    resting,
    roaming,
    strangers,
    updating,
    varying,
    walking,
)
from ringback.contract.scenarios.bench import Scenario

__all__ = ["STAGES", "Stage"]

Stage = tuple[tuple[str, Scenario], ...]
STAGES: Final[tuple[Stage, ...]] = (
    (("planting", planting.run),),
    (("reaching", reaching.run),),  # before anything is ended
    (("creating", creating.run), ("updating", updating.run)),
    (("calling back", calling_back.run), ("resting", resting.run)),
    (
        ("access", access.run),
        ("breaking", breaking.run),
        ("strangers", strangers.run),
        ("methods", methods.run),
        ("filtering", filtering.run),
        ("walking", walking.run),
    ),
    (("varying", varying.run),),
    (("deleting", deleting.run),),
    (("roaming", roaming.run),),
)
