"""schemathesis holds the server in memory to the effective document: nothing is found, and planted faults are.

`campaign.py` says what is left out, and why; `apart.py` why each campaign has a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from faults import FAULTS

from ringback import source

HERE = Path(__file__).parent
SPEC = HERE.parents[1] / "spec"


def _campaign(*fault: str) -> Any:
    done = subprocess.run(
        [sys.executable, str(HERE / "apart.py"), *fault],
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_nothing_is_found_against_the_server_in_memory() -> None:
    report = _campaign()
    assert report["findings"] == []
    assert report["errors"] == []
    overlays = (SPEC / "overlays" / "twilio.yaml", SPEC / "overlays" / "resources.yaml")
    root = source.load(SPEC / "voice.yaml", overlays).root
    methods = {"get", "put", "post", "delete", "patch"}
    labels = {
        f"{method.upper()} {path}"
        for path, item in root["paths"].items()
        for method in item.keys() & methods
    }
    assert len(labels) == 35
    successes = {label for label, status, _ in report["answers"] if 200 <= status < 300}
    assert labels - successes == set(), "never reached: their answers were not looked at"
    assert sum(count for _, _, count in report["answers"]) > 2000
    assert sum(count for _, status, count in report["answers"] if status >= 500) == 0


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name: str) -> None:
    report = _campaign(name)
    assert FAULTS[name][2] in report["checks"], report["findings"]
    assert report["errors"] == []
