"""`make cluster`: one campaign by one process, by two workers of a cluster, and by two of which one is killed while it works.

The application is the emulator with six things wrong (children/flawed.py), the campaign has four seeds. All three have to find the same;
two workers have to need less time. Ends with status 1 where that is not so.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from ringback import openapi, source
from ringback.contract import Aim, Contract, Options, Phase, Run, load_app, run, spread

ROOT = Path(__file__).parents[1]
CHILDREN = Path(__file__).parent / "children"
APP = "flawed:flawed"
AUTH = "AC" + "0123456789abcdef" * 2 + ":not-a-secret"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=100.0, help="of testing (default: 100)")
    parser.add_argument(
        "--scenarios", action="store_true", help="no generated requests: it ends when it is done"
    )
    given = parser.parse_args()
    options = Options(auth=AUTH, seeds=(1, 2, 3, 4), max_time=given.seconds)
    if given.scenarios:
        options = replace(
            options, seeds=(1, 2, 3, 4, 5, 6), max_time=1200.0, phases=(Phase.SCENARIO,)
        )
    sys.path.insert(0, str(CHILDREN))  # the workers get it from here
    os.chdir(ROOT)
    overlays = ("spec/overlays/twilio.yaml", "spec/overlays/resources.yaml")
    document, _ = openapi.parse(source.load("spec/voice.yaml", overlays), second=False)
    contract = Contract.of(document)
    alone = _timed("one process", lambda: run(contract, load_app(APP), options))
    both = _timed("two workers", lambda: spread(contract, Aim(app=APP), options, "local:2"))
    killing = threading.Timer(alone[1] / 4, _kill_one)
    killing.start()
    killed = _timed(
        "two workers, one killed", lambda: spread(contract, Aim(app=APP), options, "local:2")
    )
    killing.cancel()
    same = _found(alone[0]) == _found(both[0]) == _found(killed[0])
    for name, (other, _) in (("two workers", both), ("one killed", killed)):
        for code, operation in sorted(_found(alone[0]) ^ _found(other)):
            print(f"  {name}: differs in [{code}] {operation}")
    faster = both[1] < alone[1]
    print(f"the same findings: {'yes' if same else 'NO'}; less time: {'yes' if faster else 'NO'}")
    return 0 if same and faster else 1


def _timed(name: str, what: Callable[[], Run]) -> tuple[Run, float]:
    began = time.monotonic()
    found = what()
    seconds = time.monotonic() - began
    print(
        f"{name:<24} {seconds:6.1f} s  {len(found.exchanges):6,} requests  {len(found.findings):3} findings"
        f"  {found.stopped}",
        flush=True,
    )
    return found, seconds


def _found(run: Run) -> set[tuple[str, str]]:
    return {(one.code, one.operation) for one in run.findings}


def _kill_one() -> None:
    psutil: Any = import_module("psutil")
    started = psutil.Process().children(recursive=True)
    workers = [one.pid for one in started if "spawn_main" in " ".join(one.cmdline())]
    os.kill(workers[-1], signal.SIGKILL)
    print(f"killed worker {workers[-1]}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
