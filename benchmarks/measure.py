"""Child processes, measured from outside: wall time, CPU time and peak memory, as the kernel counts them."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

STARTER = Path(__file__).parent / "children" / "measured.py"


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds of wall and CPU time, peak memory in MiB, exit code, and what it said."""

    wall: float
    cpu: float
    peak: float
    code: int
    output: str


def run(command: Sequence[str], *, folder: Path, env: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end. CPU time and peak include the processes that it waited for."""
    reading, writing = os.pipe()
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(STARTER), str(writing), *command],
        cwd=folder,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=[writing],
        check=False,
    )
    os.close(writing)
    with os.fdopen(reading) as stream:
        figures = stream.read().split()
    if len(figures) != 4:
        raise RuntimeError(f"{command[0]} could not be started: {done.stdout.decode()[-300:]}")
    wall, cpu, maxrss, code = figures
    peak = int(maxrss) / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    said = done.stdout.decode("utf-8", "replace")
    return Run(float(wall), float(cpu), peak, int(code), said)


def middle(runs: Sequence[Run]) -> Run:
    """The medians of several runs of one command; code and output are those of the last."""
    return Run(
        statistics.median(one.wall for one in runs),
        statistics.median(one.cpu for one in runs),
        statistics.median(one.peak for one in runs),
        runs[-1].code,
        runs[-1].output,
    )
