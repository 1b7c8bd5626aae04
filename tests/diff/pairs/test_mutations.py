"""A thousand schemas, each changed once: no value that is refused afterwards, or new, is passed over in both directions."""

from __future__ import annotations

from random import Random

import pytest

from ringback.diff import Rating, compare
from tests.diff.pairs.mutations import drawn, mutated, read_our_way
from tests.diff.pairs.test_properties import POOL, accepts, pair

OPEN = ("enum-value-added", "optional-property-added", "required-property-added")
"""What is new in answers, and safe because clients take what they do not know."""
UNNAMED = ("optional-property-added", "optional-property-removed")
"""What no document named does not count as sent."""


@pytest.mark.parametrize("seed", range(20))
def test_what_is_refused_or_new_is_never_passed_over(seed: int) -> None:
    rng = Random(seed)
    told = 0
    while told < 50:
        old = drawn(rng)
        new = mutated(rng, old)
        if old == new or read_our_way(old) or read_our_way(new):
            continue
        before, after = accepts(old), accepts(new)
        refused = [
            one for one, was, now in zip(POOL, before, after, strict=True) if was and not now
        ]
        taken = [one for one, was, now in zip(POOL, before, after, strict=True) if now and not was]
        if not refused and not taken:
            continue
        told += 1
        for direction in ("request", "response"):
            sender, reader = (
                ("callers", "servers") if direction == "request" else ("servers", "callers")
            )
            changes = compare(*pair(old, new, direction))
            aspects = {
                one.code.removeprefix(f"{direction}-").removesuffix("-closed") for one in changes
            }
            for values, who in ((refused, sender), (taken, reader)):
                warned = any(getattr(one, who) is not Rating.SAFE for one in changes)
                excused = not aspects.isdisjoint(UNNAMED) or (
                    direction == "response" and who == reader and not aspects.isdisjoint(OPEN)
                )
                assert not values or warned or excused, f"{who}: {values[:3]}: {old} -> {new}"
