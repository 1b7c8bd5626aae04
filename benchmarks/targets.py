"""What the numbers are held to. A target that could not be measured is said so, never counted as met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calls import Listing
from generation import Result
from importing import Import

Verdict = tuple[str, str, str]

MEGABYTE = 1e6 / (1 << 20)  # in MiB
IMPORT_SECONDS, IMPORT_MEMORY = 0.040, 20 * MEGABYTE
LISTING_SHARE = 0.5
UNCHANGED_SECONDS = 0.25
PEERS = ("openapi-python-client", "openapi-generator-cli")


def judged(
    tools: Sequence[Result], imports: Sequence[Import], listings: Sequence[Listing]
) -> list[Verdict]:
    """Each target: what is wanted, what was measured, whether it is met."""
    return [*_imports(imports[:2]), *_listings(listings), *_generation(tools)]


def _imports(imports: Sequence[Import]) -> Iterator[Verdict]:
    for one in imports:
        said = f"{one.seconds * 1000:.1f} ms, {one.memory / MEGABYTE:.1f} MB"
        met = one.seconds < IMPORT_SECONDS and one.memory < IMPORT_MEMORY
        yield _verdict(f"`{one.name}` under 40 ms and 20 MB over bare", said, met)


def _listings(listings: Sequence[Listing]) -> Iterator[Verdict]:
    for one in listings:
        wanted = f"1,000 calls ({one.name}) in less than half of twilio's time"
        if one.theirs is None:
            yield (wanted, "-", "**not measured**")
            continue
        share = one.ours / one.theirs
        yield _verdict(wanted, f"{share:.2f} of it", share < LISTING_SHARE)


def _generation(tools: Sequence[Result]) -> Iterator[Verdict]:
    by_name = {result.tool.name: result for result in tools}
    ours = tools[0]
    cold, unchanged = ours.median("cold"), ours.median("unchanged")
    for name in PEERS:
        wanted, theirs = f"cold generation faster than {name}", by_name[name].median("cold")
        if cold is None or theirs is None:
            yield (wanted, ours.trouble or by_name[name].trouble, "**not measured**")
            continue
        said = f"{cold.wall:.2f} s beside {theirs.wall:.2f} s"
        yield _verdict(wanted, said, cold.wall < theirs.wall)
    if unchanged is None:
        yield ("unchanged generation under 0.25 s", ours.trouble, "**not measured**")
        return
    met = unchanged.wall < UNCHANGED_SECONDS
    yield _verdict("unchanged generation under 0.25 s", f"{unchanged.wall:.2f} s", met)


def _verdict(wanted: str, said: str, met: bool) -> Verdict:
    return (wanted, said, "met" if met else "**missed**")
