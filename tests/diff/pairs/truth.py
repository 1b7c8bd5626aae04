"""What really becomes of programs that were written for the old document: found by checking the types and by running.

For callers: a program that uses everything of the old package is type-checked against the new one; then the old client
says all that it may say to a server of the new package, which answers all that it may answer. For servers the other way
round: an implementation is type-checked against the new package, and clients of the new package talk to the old server.
"""

from __future__ import annotations

import asyncio
import importlib
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.diff.pairs.packages import Comparison, Package, Workshop
from tests.diff.pairs.pair_stage import Happened, Stage, webhooks
from tests.diff.pairs.scripts import caller, implementer, surface


class Fate(StrEnum):
    """What becomes of a program."""

    BREAKS = "breaks"  # it is refused: by a type checker, by the other side, by its own client
    STRICT = "breaks in strict mode"  # a tolerant client keeps what it did not expect
    LOST = "is not heard"  # all goes well, and something that was said is read by nobody
    FINE = "works"


@dataclass(frozen=True)
class Verdict:
    """What becomes of one audience's programs, and the first things that show it; `refused` is what a type checker said."""

    fate: Fate
    why: tuple[str, ...]
    refused: tuple[str, ...] = ()


def verdicts(workshop: Workshop, comparisons: list[Comparison]) -> dict[tuple[str, str], Verdict]:
    """By comparison and audience (callers, servers)."""
    files = _programs(workshop, comparisons)
    checker = _mypy(workshop.folder)  # checks while the programs run
    try:
        ran = _all_run(workshop, comparisons)
    finally:
        output, faults = checker.communicate()
    errors = _errors(files, checker.returncode, output, faults)
    return {key: _verdict(errors[key], happened) for key, happened in ran.items()}


def _all_run(workshop: Workshop, comparisons: list[Comparison]) -> dict[tuple[str, str], Happened]:
    _forget_packages()  # of another workshop: they have the same names
    sys.path.insert(0, str(workshop.folder))
    loop = asyncio.new_event_loop()
    try:
        return {
            (one.name, audience): _ran(client, server, loop)
            for one in comparisons
            for audience, client, server in (
                ("callers", one.old, one.new),
                ("servers", one.new, one.old),
            )
        }
    finally:
        loop.close()
        sys.path.remove(str(workshop.folder))
        _forget_packages()


def _forget_packages() -> None:
    importlib.invalidate_caches()
    for name in [one for one in sys.modules if one.startswith("bindings_")]:
        del sys.modules[name]


def _ran(client: Package, server: Package, loop: asyncio.AbstractEventLoop) -> Happened:
    happened = Stage(client, server, loop).run()
    received = webhooks(client, server)
    happened.broken.extend(received.broken)
    happened.drifted.extend(received.drifted)
    return happened


def _verdict(errors: list[str], ran: Happened) -> Verdict:
    for fate, told in (
        (Fate.BREAKS, [*errors[:3], *ran.broken[:3]]),
        (Fate.STRICT, ran.drifted[:3]),
        (Fate.LOST, ran.lost[:3]),
    ):
        if told:
            return Verdict(fate, tuple(told), tuple(errors))
    return Verdict(Fate.FINE, ())


# -- types


def _programs(workshop: Workshop, comparisons: list[Comparison]) -> dict[str, tuple[str, str]]:
    """Writes the programs: each bound to the new package, and to its own. Gives whose each file is; "" for the latter."""
    files: dict[str, tuple[str, str]] = {}
    old = {one.old.name: surface(one.old) for one in comparisons}
    tasks = [(one.name, old[one.old.name], one.new.name) for one in comparisons]
    for name, found, target in (*tasks, *(("", one, name) for name, one in old.items())):
        for audience, write in (("callers", caller), ("servers", implementer)):
            file = f"program_{len(files)}.py"
            files[file] = (name, audience)
            (workshop.folder / file).write_text(write(found, target), "utf-8")
    return files


def _mypy(folder: Path) -> subprocess.Popen[str]:
    """The type checker, at work on all programs at once."""
    programs = sorted(one.name for one in folder.glob("program_*.py"))
    options = ("--strict", "--follow-imports=silent", "--no-error-summary", "--hide-error-context")
    command = [sys.executable, "-m", "mypy", *options, *programs]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, stdout=pipe, stderr=pipe, text=True)


def _errors(
    files: dict[str, tuple[str, str]], status: int, output: str, faults: str
) -> dict[tuple[str, str], list[str]]:
    """What was said of each program. One that does not fit its own package is a fault of these tests."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file, message in re.findall(r"^([\w.]+):\d+: error: (.*)$", output, re.MULTILINE):
        found[files[file]].append(message)
    assert status == (1 if found else 0), output + faults
    own = [message for (name, _), messages in found.items() if not name for message in messages]
    assert not own, own
    return found
