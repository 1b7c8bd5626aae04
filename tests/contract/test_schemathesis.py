"""schemathesis holds the server in memory to the effective document: nothing is found, and planted faults are.

`campaign.py` says what is left out, and why.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import campaign
import pytest
from faults import FAULTS
from memory_store import World
from memory_voice import memory_app

from ringback import source

SPEC = Path(__file__).parents[2] / "spec"


@pytest.fixture(scope="module")
def root() -> Any:
    overlays = (SPEC / "overlays" / "twilio.yaml", SPEC / "overlays" / "resources.yaml")
    return source.load(SPEC / "voice.yaml", overlays).root


def test_nothing_is_found_against_the_server_in_memory(root: Any) -> None:
    world = World(seed=1)
    report = campaign.run(memory_app(world=world), world, root, examples=20, stateful=True)
    assert report.findings == {}, "\n".join(map(str, report.findings.values()))
    assert report.errors == set()
    methods = {"get", "put", "post", "delete", "patch"}
    labels = {
        f"{method.upper()} {path}"
        for path, item in root["paths"].items()
        for method in item.keys() & methods
    }
    assert len(labels) == 35
    successes = {label for label, status in report.answers if 200 <= status < 300}
    assert labels - successes == set(), "never reached: their answers were not looked at"
    assert sum(report.answers.values()) > 2000
    assert sum(count for (_, status), count in report.answers.items() if status >= 500) == 0


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(root: Any, name: str) -> None:
    faulty, paths, check = FAULTS[name]
    world = World(seed=1)
    report = campaign.run(
        faulty(world), world, root, examples=10, only=paths, stateful=check == "use_after_free"
    )
    assert check in report.checks(), report.findings
    assert report.errors == set()
