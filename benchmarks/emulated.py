"""The numbers of the emulator as a section of the page."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from peers import PRISM
from results import Part, table
from serving import CONNECTIONS, Load
from targets import of_emulator

from emulator import OPERATIONS, Emulation, middle

ABOUT = """\
One process each on the same machine, `wrk` with one thread and {connections} connections, {rounds} turns of {seconds:g} s each after
one to warm up, the servers taking turns within each; medians. ringback is `ringback emulate` with its state in an SQLite
file and otherwise as it comes: a call that is created waits in its account's queue, fetches go round a thousand calls, the
list holds the newest fifty, and is remembered until a call changes. Prism {prism} (`prism mock`, saying nothing) answers the effective document from its schemas,
with the same call every time, a list of one row, and no state. CPU is the server's own, which a busy machine does not distort as much.
"""
HEAD = ("operation", "server", "requests/s", "median ms", "p99 ms", "CPU µs", "errors", "ratio")


def part(found: Emulation) -> Part:
    """The section."""
    return Part("Emulator", list(_lines(found)), list(of_emulator(found)))


def _lines(found: Emulation) -> Iterator[str]:
    if found.trouble:
        yield f"**NOT MEASURED: {found.trouble}**"
        return
    yield ABOUT.format(
        connections=CONNECTIONS, rounds=found.rounds, seconds=found.seconds, prism=PRISM
    )
    if found.their_trouble:
        yield f"**Prism was not measured: {found.their_trouble}**"
        yield ""
    yield from table(HEAD, [row for operation in OPERATIONS for row in _rows(found, operation)])
    yield from _standing(found)
    if found.filled is not None:
        yield from _filled(found)


def _rows(found: Emulation, operation: str) -> Iterator[tuple[str, ...]]:
    ours = middle(found.ours[operation])
    theirs = middle(found.theirs[operation]) if operation in found.theirs else None
    ratio = f"{ours.rate / theirs.rate:.2f}" if theirs else "-"
    yield (operation, "ringback", *_figures(ours), ratio)
    if theirs:
        yield (operation, "Prism", *_figures(theirs), "1.00")


def _figures(load: Load) -> tuple[str, ...]:
    return (
        f"{load.rate:,.0f}",
        f"{load.middle:.1f}",
        f"{load.slowest:.1f}",
        f"{load.cpu:.0f}",
        f"{load.failed} of {load.answers:,}",
    )


def _standing(found: Emulation) -> Iterator[str]:
    """Starting, and memory under load."""
    rows = [_stands("ringback", found.starts, found.resident)]
    if found.their_starts:
        rows.append(_stands("Prism", found.their_starts, found.their_resident))
    yield from table(("server", "start to first answer, s", "memory after the load, MiB"), rows)


def _stands(name: str, starts: list[float], resident: float) -> tuple[str, str, str]:
    return (name, f"{statistics.median(starts):.2f}", f"{resident:.0f}")


def _filled(found: Emulation) -> Iterator[str]:
    filled = found.filled
    assert filled is not None
    yield f"### After {filled.calls:,} calls"
    yield ""
    yield f"A new process with a new file: {filled.before:.0f} MiB at its start, {filled.after:.0f} MiB after {filled.calls:,} calls,"
    yield f"all of them still waiting to be dialled. They were created at {filled.creating.rate:,.0f} a second, p99 {filled.creating.slowest:.1f} ms."
    yield ""
    rows = [(name, *_figures(load)) for name, load in filled.loads.items()]
    head = ("then", "requests/s", "median ms", "p99 ms", "CPU µs", "errors")
    yield from table(head, rows)
