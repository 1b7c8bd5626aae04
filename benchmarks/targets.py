"""What the numbers are held to. A target that could not be measured is said so, never counted as met."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

from calls import Listing
from generation import Result
from importing import Import

from emulator import Emulation, middle

Verdict = tuple[str, str, str]

MEGABYTE = 1e6 / (1 << 20)  # in MiB
IMPORT_SECONDS, IMPORT_MEMORY = 0.040, 20 * MEGABYTE
LISTING_SHARE = 0.5
LARGE_CHANGED_SECONDS = 2.0
LARGE_UNCHANGED_SECONDS = 1.0
LARGE_BYTES = 1 << 20
LARGE_TIMES = {
    ("stripe-spec3", "openapi-python-client"): 4.0,
    ("stripe-spec3", "openapi-ts"): 1 / 1.5,
    ("octokit", "openapi-ts"): 1 / 3,
}
"""How many times our time another has to need at least, where that is not once."""
UNCHANGED_SECONDS = 0.25
START_SECONDS = 1.0
TIMES_PRISM = {"create": 2.0, "fetch": 4.0, "list of 50": 1.5}
PEERS = ("openapi-python-client", "openapi-generator-cli")


def of_imports(imports: Sequence[Import]) -> Iterator[Verdict]:
    for one in imports:
        said = f"{one.seconds * 1000:.1f} ms, {one.memory / MEGABYTE:.1f} MB"
        met = one.seconds < IMPORT_SECONDS and one.memory < IMPORT_MEMORY
        yield verdict(f"`{one.name}` under 40 ms and 20 MB over bare", said, met)


def of_listings(listings: Sequence[Listing]) -> Iterator[Verdict]:
    for one in listings:
        wanted = f"1,000 calls ({one.name}) in less than half of twilio's time"
        if one.theirs is None:
            yield (wanted, "-", "**not measured**")
            continue
        share = one.ours / one.theirs
        yield verdict(wanted, f"{share:.2f} of it", share < LISTING_SHARE)


def of_generation(tools: Sequence[Result]) -> Iterator[Verdict]:
    by_name = {result.tool.name: result for result in tools}
    ours = tools[0]
    cold, unchanged = ours.median("cold"), ours.median("unchanged")
    for name in PEERS:
        wanted, theirs = f"cold generation faster than {name}", by_name[name].median("cold")
        if cold is None or theirs is None:
            yield (wanted, ours.trouble or by_name[name].trouble, "**not measured**")
            continue
        said = f"{cold.wall:.2f} s beside {theirs.wall:.2f} s"
        yield verdict(wanted, said, cold.wall < theirs.wall)
    if unchanged is None:
        yield ("unchanged generation under 0.25 s", ours.trouble, "**not measured**")
        return
    met = unchanged.wall < UNCHANGED_SECONDS
    yield verdict("unchanged generation under 0.25 s", f"{unchanged.wall:.2f} s", met)


def of_large(name: str, size: int, tools: Sequence[Result]) -> Iterator[Verdict]:
    """How fast a document of somebody else's is generated beside the others, and again."""
    ours = tools[0]
    cold, schema = ours.median("cold"), ours.median("schema")
    if cold is None or schema is None:
        yield (f"{name}: generated", ours.trouble, "**not measured**")
        return
    for theirs in tools[1:]:
        if theirs.tool.name == "openapi-ts" and (name, "openapi-ts") not in LARGE_TIMES:
            continue  # the fast tool of another language: asked for on two documents
        wanted, run = f"{name}: cold beside {theirs.tool.name}", theirs.median("cold")
        if run is None:
            yield (wanted, theirs.trouble, "**not measured**")
            continue
        times = LARGE_TIMES.get((name, theirs.tool.name), 1.0)
        said = f"{run.wall / cold.wall:.2f} times ours, at least {times:.2f} wanted"
        yield verdict(wanted, said, run.wall >= times * cold.wall)
    unchanged = ours.median("unchanged")
    if unchanged is not None:
        limit = LARGE_UNCHANGED_SECONDS if size > LARGE_BYTES else UNCHANGED_SECONDS
        wanted, said = f"{name}: unchanged under {limit:g} s", f"{unchanged.wall:.2f} s"
        yield verdict(wanted, said, unchanged.wall < limit)
    wanted = f"{name}: one changed schema under {LARGE_CHANGED_SECONDS:g} s"
    yield verdict(wanted, f"{schema.wall:.2f} s", schema.wall < LARGE_CHANGED_SECONDS)


def of_emulator(found: Emulation) -> Iterator[Verdict]:
    """How fast it answers beside Prism, and how fast it is there."""
    for operation, times in TIMES_PRISM.items():
        wanted = f"{operation}: at least {times:g} times Prism's requests per second"
        if operation not in found.ours or operation not in found.theirs:
            yield (wanted, found.trouble or found.their_trouble, "**not measured**")
            continue
        ours, theirs = middle(found.ours[operation]), middle(found.theirs[operation])
        share = ours.rate / theirs.rate
        said = f"{share:.2f} times ({ours.rate:,.0f} beside {theirs.rate:,.0f})"
        yield verdict(wanted, said, share >= times and not ours.failed)
    if not found.starts:
        yield ("the first answer in less than 1 s", found.trouble, "**not measured**")
        return
    start = statistics.median(found.starts)
    yield verdict("the first answer in less than 1 s", f"{start:.2f} s", start < START_SECONDS)


def verdict(wanted: str, said: str, met: bool) -> Verdict:
    """A target: what is wanted, what was measured, whether it is met."""
    return (wanted, said, "met" if met else "**missed**")
