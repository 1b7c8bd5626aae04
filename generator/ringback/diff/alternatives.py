"""`oneOf` and `anyOf`: which alternative of the old document is which of the new one, and what is left over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from itertools import combinations, product

from .discriminators import compare_discriminators, unweighed
from .effective import Conjunction, Flat, Group
from .inside import written
from .overlap import blurred, overlap
from .schemas import Spot, listed, place
from .walk import Finding


def compare_alternatives(spot: Spot) -> bool:
    """Compare the unions of both sides. Whether the values themselves are still to be compared."""
    old, new = spot.old.groups, spot.new.groups
    if not old and not new:
        return True
    if len(old) == len(new):
        for before, after in _paired(old, new):
            _groups(spot, before, after)
        return True
    if len(old) + len(new) == 1:
        return _plain_and_union(spot)
    ours, theirs = Counter(map(_said, old)), Counter(map(_said, new))
    aspect = "constraint-changed"
    if ours <= theirs or theirs <= ours:
        aspect = "constraint-added" if ours <= theirs else "constraint-removed"
    spot.say(aspect, f"has {len(new)} sets of alternatives, had {len(old)}", "oneOf", "anyOf")
    return True


def _paired(old: list[Group], new: list[Group]) -> list[tuple[Group, Group]]:
    """Groups that are written alike, wherever they stand; the others in their order."""
    found, gone, come = list[tuple[Group, Group]](), list(old), list(new)
    for one in old:
        twin = next((other for other in come if _said(one) == _said(other)), None)
        if twin is not None:
            found.append((one, twin))
            gone.remove(one)
            come.remove(twin)
    return [*found, *zip(gone, come, strict=True)]


def _said(group: Group) -> Hashable:
    return group.keyword, tuple(map(written, group.members))


def _plain_and_union(spot: Spot) -> bool:
    """One side is a union, the other is not: a union of one, or of its types."""
    flat, other = (spot.new, spot.old) if spot.new.groups else (spot.old, spot.new)
    if _demands(spot, flat):
        # The union comes on top of what the schema demands by itself.
        added = flat is spot.new
        spot.say("constraint-added" if added else "constraint-removed",
                 f"has {'' if added else 'no '}alternatives{'' if added else ' any more'}",
                 "oneOf", "anyOf")  # fmt: skip
        return True
    if other.is_any:
        narrowed = flat is spot.new
        spot.say("type-narrowed" if narrowed else "type-widened",
                 "is one of several alternatives, was anything" if narrowed
                 else "is anything, was one of several alternatives",
                 "oneOf", "anyOf", "type")  # fmt: skip
        return False
    union = flat.groups[0]
    alone = Group(union.keyword, _by_type(other))
    before, after = (alone, union) if flat is spot.new else (union, alone)
    _groups(spot, before, after)
    if spot.new.nullable and not spot.old.nullable:
        spot.say("became-nullable", "may be null", "oneOf", "anyOf")
    elif spot.old.nullable and not spot.new.nullable:
        spot.say("became-not-nullable", "may not be null any more", "oneOf", "anyOf")
    return False


def _demands(spot: Spot, flat: Flat) -> bool:
    """Whether a schema demands more than its union does: a type that each alternative has anyway is not more."""
    bare = Flat(flat.parts)
    own = (
        "enum", "lower", "upper", "least", "most", "multiples", "patterns", "formats", "unique",
        "properties", "required", "asked", "closed", "additional", "items", "prefix", "rules",
    )  # fmt: skip
    if any(getattr(flat, name) != getattr(bare, name) for name in own):
        return True
    if flat.types is None:
        return False
    members = [spot.walk.effective.of(one).types for one in flat.groups[0].members]
    return any(types is None or not types <= flat.types for types in members)


def _by_type(flat: Flat) -> tuple[Conjunction, ...]:
    """A schema of several types as so many schemas of one type."""
    if len(flat.parts) != 1 or flat.types is None or len(flat.types) < 2:
        return (flat.parts,)
    part = flat.parts[0]
    return tuple((replace(part, types=(name,), nullable=False),) for name in sorted(flat.types))


def _groups(spot: Spot, old: Group, new: Group) -> None:
    same, gone, come = matched(spot, old.members, new.members)
    if not same and len(old.members) == 1 and len(new.members) == 1:
        same, gone, come = [(old.members[0], new.members[0])], [], []
    overlapping = _overlaps(spot, old, new, _Matched(same, gone, come))
    for position, (before, after) in enumerate(same):
        inside = spot.lead(before, after, f"{spot.subject} ({_name(spot, after)})")
        if inside is not None and position in overlapping:
            spot.pair.overlapping.append(inside)
    for one in come:
        _one(spot, "alternative-added", f"may also be {_name(spot, one)}", None, one)
    for one in gone:
        _one(spot, "alternative-removed", f"may not be {_name(spot, one)} any more", one, None)
    if old.keyword != new.keyword and len(old.members) > 1 and len(new.members) > 1:
        unweighed(spot, "alternatives-kind-changed", f"is {new.keyword}, was {old.keyword}")
    compare_discriminators(spot, old, new, same)


# -- oneOf: what fits two alternatives is refused


@dataclass(frozen=True, slots=True)
class _Matched:
    """The alternatives of two unions: pairs, and those that only one side has."""

    same: list[tuple[Conjunction, Conjunction]]
    gone: list[Conjunction]
    come: list[Conjunction]


def _overlaps(spot: Spot, old: Group, new: Group, found: _Matched) -> set[int]:
    """Say which alternatives overlap now and did not, or the other way round; the positions of pairs that did and do."""

    def was(one: Conjunction, other: Conjunction) -> bool:
        return _exclusive(old) and overlap(spot.walk.effective, one, other, spot.old)

    def now(one: Conjunction, other: Conjunction) -> bool:
        return _exclusive(new) and overlap(spot.walk.effective, one, other, spot.new)

    begun, ended, both = list[str](), list[str](), set[int]()
    unsaid = set[int]()  # alternatives that already overlapped in a way that nobody means
    for (left, (one, after)), (right, (two, other)) in combinations(enumerate(found.same), 2):
        before, behind = was(one, two), now(after, other)
        if before and blurred(spot.walk.effective, one, two):
            unsaid |= {left, right}
        elif before and behind:
            both |= {left, right}
        elif before or behind:
            (ended if before else begun).append(f"{_name(spot, after)} and {_name(spot, other)}")
    for one, (position, (_, other)) in product(found.come, enumerate(found.same)):
        if position not in unsaid and now(one, other):
            begun.append(f"{_name(spot, one)} and {_name(spot, other)}")
    for one, other in product(found.gone, (before for before, _ in found.same)):
        if was(one, other):
            ended.append(f"{_name(spot, one)} and {_name(spot, other)}")
    if begun:
        spot.say(
            "alternatives-overlap",
            f"may not be what fits two alternatives: {listed(begun)}",
            "oneOf",
        )
    if ended:
        spot.say(
            "alternatives-apart", f"may be what fitted two alternatives: {listed(ended)}", "oneOf"
        )
    return both


def _exclusive(group: Group) -> bool:
    """Whether a value may fit one alternative only; where a discriminator tells them apart, it does."""
    return group.keyword == "oneOf" and group.discriminator is None


def _one(
    spot: Spot, aspect: str, message: str, old: Conjunction | None, new: Conjunction | None
) -> None:
    spot.pair.findings.append(
        Finding(
            f"{spot.pair.direction}-{aspect}", spot.subject, f"{spot.subject} {message}",
            old[0].path if old else place(spot.old, "oneOf", "anyOf"),
            new[0].path if new else place(spot.new, "oneOf", "anyOf"),
        )
    )  # fmt: skip


def _name(spot: Spot, parts: Conjunction) -> str:
    if parts and parts[0].name:
        return parts[0].name
    flat = spot.walk.effective.of(parts)
    if flat.types == frozenset(("object",)) and flat.properties:
        return f"an object with {', '.join(list(flat.properties)[:3])}"
    if flat.enum:
        return listed(flat.enum)
    types = " or ".join(sorted(flat.types or ())) or "anything"
    return f"{types} like {' and '.join(sorted(flat.patterns))}" if flat.patterns else types


def matched(
    spot: Spot, old: tuple[Conjunction, ...], new: tuple[Conjunction, ...]
) -> tuple[list[tuple[Conjunction, Conjunction]], list[Conjunction], list[Conjunction]]:
    """Pairs of alternatives that are the same one, and those that only one side has.

    By name, by text, by the constant that tags them, by title, by type; in this order. What is named or written alike
    may stand there twice; what only resembles counts where it is unique on both sides.
    """
    same: list[tuple[Conjunction, Conjunction]] = []
    gone, come = list(old), list(new)
    keys: tuple[tuple[Callable[[Conjunction], Hashable], bool], ...] = (
        (lambda parts: parts[0].name if len(parts) == 1 else None, True),
        (written, True),
        (lambda parts: _tag(spot.walk.effective.of(parts)), False),
        (lambda parts: parts[0].title if len(parts) == 1 and not parts[0].name else None, False),
        (lambda parts: _only_type(spot.walk.effective.of(parts)), False),
    )
    for key, again in keys:
        ours, theirs = _by(gone, key), _by(come, key)
        for found, before in ours.items():
            after = theirs.get(found, [])
            if again or len(before) == len(after) == 1:
                for one, other in zip(before, after, strict=False):
                    same.append((one, other))
                    gone.remove(one)
                    come.remove(other)
    if len(gone) == len(come) == 1 and not gone[0][0].name and not come[0][0].name:
        same.append((gone.pop(), come.pop()))
    return same, gone, come


def _by(
    members: list[Conjunction], key: Callable[[Conjunction], Hashable]
) -> dict[Hashable, list[Conjunction]]:
    found: dict[Hashable, list[Conjunction]] = {}
    for member in members:
        if (own := key(member)) is not None:
            found.setdefault(own, []).append(member)
    return found


def _tag(flat: Flat) -> Hashable:
    """The properties that have one value only: what tells an alternative from the others."""
    tags = []
    for name, parts in flat.properties.items():
        values = [
            schema.raw.get("const", schema.raw.get("enum"))
            for schema in parts
            if isinstance(schema.raw, dict)
        ]
        texts = [
            str(value[0] if isinstance(value, list) else value)
            for value in values
            if value is not None and (not isinstance(value, list) or len(value) == 1)
        ]
        tags += [(name, text) for text in texts]
    return tuple(sorted(tags)) or None


def _only_type(flat: Flat) -> Hashable:
    """The type of an alternative that has no name: of a scalar, of a list, of an object written in place."""
    if flat.types is None or any(part.name for part in flat.parts):
        return None
    return tuple(sorted(flat.types))
