"""What an import costs: seconds, and memory above an interpreter that imports nothing.

Every sample is a process of its own; the statements take turns, so that a slow minute hits all of them alike.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CHILD = """\
import time
begin = time.perf_counter()
{statement}
seconds = time.perf_counter() - begin
with open("/proc/self/status") as status:
    resident = next(line for line in status if line.startswith("VmRSS:"))
print(seconds, int(resident.split()[1]) / 1024)
"""
READY = 'Client("AC" + "0" * 32, "secret").calls'
OURS = (
    ("import twilio_voice", "import twilio_voice"),
    ("from twilio_voice import Client", "from twilio_voice import Client"),
    ("a Client, ready to list calls", f"from twilio_voice import Client\n{READY}"),
    ("import twilio_voice; preload()", "import twilio_voice\ntwilio_voice.preload()"),
)
THEIRS = (
    ("from twilio.rest import Client", "from twilio.rest import Client"),
    ("twilio's Client, ready to list calls", f"from twilio.rest import Client\n{READY}"),
)


@dataclass(frozen=True, slots=True)
class Import:
    """Medians for one statement: seconds, and MiB above a bare interpreter."""

    name: str
    seconds: float
    memory: float


def measured(their_python: Path | None, samples: int) -> list[Import]:
    """Measure all statements; without an interpreter that has twilio, only ours."""
    ours = Path(sys.executable)
    jobs = [("", ours, "pass"), *((name, ours, code) for name, code in OURS)]
    if their_python is not None:
        jobs += [("their bare", their_python, "pass")]
        jobs += [(name, their_python, code) for name, code in THEIRS]
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name, _, _ in jobs}
    for number in range(-1, samples):  # the first turn writes byte code
        for name, python, code in jobs:
            sample = _sample(python, code)
            if number >= 0:
                taken[name].append(sample)
    bare = {"ours": _median(taken[""], 1), "theirs": 0.0}
    if their_python is not None:
        bare["theirs"] = _median(taken["their bare"], 1)
    named = [(name, bare["ours"]) for name, _ in OURS]
    named += [(name, bare["theirs"]) for name, _ in THEIRS if name in taken]
    return [
        Import(name, _median(taken[name], 0), _median(taken[name], 1) - base)
        for name, base in named
    ]


def _sample(python: Path, statement: str) -> tuple[float, float]:
    code = CHILD.format(statement=statement)
    done = subprocess.run([python, "-I", "-c", code], capture_output=True, text=True, check=True)
    seconds, resident = done.stdout.split()
    return float(seconds), float(resident)


def _median(samples: list[tuple[float, float]], part: int) -> float:
    return statistics.median(sample[part] for sample in samples)
