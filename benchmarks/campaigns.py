"""A campaign of `ringback test` beside one of plain schemathesis, whose engine is a part of ours: how much each asks in a second.

Both test the emulator in their own process, with their defaults and the same document, seed and time, one after the other. Every
request counts once, where it leaves (the gateway) or where it arrives (the application that plain schemathesis calls).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from documents import ROOT
from results import Part, table
from targets import Verdict, verdict

CHILDREN = Path(__file__).parent / "children"
DEFAULT_SECONDS = 60.0
ABOUT = """\
Each campaign is one process with the emulator in it, {seconds:g} s long, with the effective document and the defaults of its tool; the
tools take turns, {rounds} rounds with a seed each. Requests are counted at the gateway, or where they arrive. ringback judges every
answer by itself and against all the others in that time; schemathesis makes its own checks. It is called by its Python interface, as its
command line takes no application. The mix differs: ringback's scenarios draw little data, which makes them cheap to send. So the
second row has only what the same engine generated there, with our judges in the place of its checks and fewer examples each; 0: no time was left.
"""


@dataclass(slots=True)
class Campaigns:
    """What was measured; `default` is one campaign as `ringback test` makes it when nothing is said."""

    seconds: float
    ours: list[dict[str, Any]] = field(default_factory=list)
    theirs: list[dict[str, Any]] = field(default_factory=list)
    default: dict[str, Any] = field(default_factory=dict)


def measured(document: Path, rounds: int, seconds: float) -> Campaigns:
    """Run them, turn and turn about."""
    found = Campaigns(seconds)
    for seed in range(1, rounds + 1):
        found.ours.append(_child("our_campaign.py", document, seconds, seed))
        found.theirs.append(_child("plain_campaign.py", document, seconds, seed))
    found.default = _child("our_campaign.py", document, 0, 1)
    return found


def _child(script: str, document: Path, seconds: float, seed: int) -> dict[str, Any]:
    command = [sys.executable, str(CHILDREN / script), str(document), str(seconds), str(seed)]
    folders = [ROOT / "generator", ROOT / "generated"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))}
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    if done.returncode:
        raise RuntimeError(f"{script}: {done.stderr[-800:]}")
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def rate(one: dict[str, Any]) -> float:
    """Requests per second of a campaign."""
    return float(one["requests"]) / float(one["seconds"])


def generating(one: dict[str, Any]) -> float:
    """Generated requests per second, from the first of them to the last."""
    return float(one["generated"]) / max(float(one["generating"]), 0.001)


def part(found: Campaigns) -> Part:
    """The section of the page."""
    return Part("Contract campaign", list(_lines(found)), list(_verdicts(found)))


def _lines(found: Campaigns) -> Iterator[str]:
    yield ABOUT.format(seconds=found.seconds, rounds=len(found.ours))
    rows = []
    measured = (
        ("ringback test", [rate(one) for one in found.ours]),
        ("of it, while generating", [generating(one) for one in found.ours]),
        ("schemathesis run", [rate(one) for one in found.theirs]),
    )
    for name, rates in measured:
        each = ", ".join(f"{one:,.0f}" for one in rates)
        rows.append((name, f"{statistics.median(rates):,.0f}", each))
    yield from table(("campaign", "requests/s", "of each"), rows)
    default = found.default
    yield (
        f"With its defaults the campaign sent {default['requests']:,} requests in {default['seconds']:.1f} s, reached "
        f"{default['operations']} operations, saw {default['statuses']} documented statuses of them, and found "
        f"{len(default['findings'])} faults in the emulator."
    )
    for finding in default["findings"]:
        yield f"- {finding}"
    yield ""


def _verdicts(found: Campaigns) -> Iterator[Verdict]:
    ours = statistics.median(map(rate, found.ours))
    theirs = statistics.median(map(rate, found.theirs))
    said = f"{ours:,.0f} beside {theirs:,.0f}"
    yield verdict("at least the requests/s of plain schemathesis", said, ours >= theirs)
    seconds = float(found.default["seconds"])
    told = f"{seconds:.1f} s"
    yield verdict(
        "the voice campaign with its defaults within 60 s", told, seconds <= DEFAULT_SECONDS
    )
