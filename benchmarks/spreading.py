"""`make cluster`: one campaign by one process, by two workers of a cluster, and by two of which one is killed while it works.

The application is the emulator with six things wrong (children/flawed.py); a campaign has eight seeds and ends when they have done what
they do. All three have to find the same, by code, operation, place in the answer and line of the document; two workers have to need
less time than one process. Ends with status 1 where that is not so.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from ringback import openapi, source
from ringback.contract import Aim, Contract, Options, Phase, Run, load_app, series, spread

ROOT = Path(__file__).parents[1]
CHILDREN = Path(__file__).parent / "children"
APP = "flawed:flawed"
AUTH = "AC" + "0123456789abcdef" * 2 + ":not-a-secret"
LEAST = 60.0
"""Seconds that one process has to take, for the comparison to say anything."""
Found = set[tuple[str, str, str, str]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=8, help="how many (default: 8)")
    given = parser.parse_args()
    options = Options(
        auth=AUTH,
        seeds=tuple(range(1, given.seeds + 1)),
        # Never reached: what is cut off by time depends on how busy the machine is.
        max_time=600.0 * given.seeds,
        timeout=120.0,
        patience=120.0,
        phases=(Phase.SCENARIO,),
    )
    sys.path.insert(0, str(CHILDREN))  # the workers get it from here
    os.chdir(ROOT)
    overlays = ("spec/overlays/twilio.yaml", "spec/overlays/resources.yaml")
    document, _ = openapi.parse(source.load("spec/voice.yaml", overlays), second=False)
    contract = Contract.of(document)
    alone = _timed("one process", lambda: series(contract, lambda: load_app(APP), options))
    both = _timed("two workers", lambda: spread(contract, Aim(app=APP), options, "local:2"))
    killing = threading.Timer(both[1] / 2, _kill_one)
    killing.start()
    killed = _timed(
        "two workers, one killed", lambda: spread(contract, Aim(app=APP), options, "local:2")
    )
    killing.cancel()
    return _verdict(alone, {"two workers": both, "one killed": killed})


def _verdict(alone: tuple[Run, float], others: dict[str, tuple[Run, float]]) -> int:
    same = True
    for name, (other, _) in others.items():
        for code, operation, where, _place in sorted(_found(alone[0]) ^ _found(other)):
            same = False
            print(f"  {name}: differs in [{code}] {operation} {where}")
        if _asked(other) != _asked(alone[0]):
            print(f"  {name}: the requests differ")
    faster = others["two workers"][1] < alone[1]
    print(
        f"the same {len(_found(alone[0]))} findings: {_yes(same)}; less time: {_yes(faster)}; "
        f"{LEAST:.0f} s or more by one process: {_yes(alone[1] >= LEAST)}"
    )
    return 0 if same and faster else 1


def _yes(what: bool) -> str:
    return "yes" if what else "NO"


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


def _found(run: Run) -> Found:
    return {one.key for one in run.findings}


def _asked(run: Run) -> Counter[tuple[str | None, int]]:
    """How often which operation gave which status."""
    return Counter(
        (one.operation, one.reply.status if one.reply is not None else 0) for one in run.exchanges
    )


def _kill_one() -> None:
    psutil: Any = import_module("psutil")
    started = psutil.Process().children(recursive=True)
    workers = [one.pid for one in started if "spawn_main" in " ".join(one.cmdline())]
    os.kill(workers[-1], signal.SIGKILL)
    print(f"killed worker {workers[-1]}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
