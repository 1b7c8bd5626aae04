"""Discriminators: which property says what a value is, and what each of its values means.

A schema that no mapping names is meant by its own name. So a mapping that spells out the names changes nothing, and one
that gives other values does, wherever it is new.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ringback.openapi import Discriminator, Document, Schema

from .effective import Conjunction, Flat, Group
from .inside import written
from .schemas import Spot, place
from .walk import Finding

_WORDS: Final = ("discriminator", "oneOf", "anyOf")


def unweighed(spot: Spot, code: str, message: str) -> None:
    """A finding that is the same in both directions."""
    spot.pair.findings.append(
        Finding(code, spot.subject, f"{spot.subject} {message}", place(spot.old, *_WORDS),
                place(spot.new, *_WORDS))
    )  # fmt: skip


def compare_discriminators(
    spot: Spot, old: Group, new: Group, same: list[tuple[Conjunction, Conjunction]]
) -> None:
    """The discriminators of two unions; `same` are the alternatives that both have."""
    before, after = old.discriminator, new.discriminator
    if not _named(spot, before, after) or before is None or after is None:
        return
    mine = {id(one[0]): position for position, (one, _) in enumerate(same)}
    theirs = {id(one[0]): position for position, (_, one) in enumerate(same)}
    was = _meanings(before, [one[0] for one in old.members])
    now = _meanings(after, [one[0] for one in new.members])
    _values(
        spot,
        before.property_name,
        {value: mine.get(id(one)) for value, one in was.items()},
        {value: theirs.get(id(one)) for value, one in now.items()},
    )


def heirs(document: Document) -> dict[int, list[Schema]]:
    """The schemas that extend one with a discriminator by `allOf`, by the id of that."""
    found: dict[int, list[Schema]] = {}
    for _, schema in document.schemas:
        seen, todo = {id(schema)}, list(schema.all_of)
        while todo:
            part = todo.pop()
            if id(part) not in seen:
                seen.add(id(part))
                todo.extend(part.all_of)
                if part.discriminator is not None:
                    found.setdefault(id(part), []).append(schema)
    return found


def compare_bases(spot: Spot) -> None:
    """The discriminator of a schema without a union: what extends the schema by `allOf` may stand in its place."""
    base, other = _base(spot.old), _base(spot.new)
    before = base.discriminator if base is not None else None
    after = other.discriminator if other is not None else None
    if not _named(spot, before, after) or before is None or after is None:
        return
    was = _meanings(before, spot.walk.heirs.get(id(spot.old.parts[0]), []))
    now = _meanings(after, spot.walk.heirs.get(id(spot.new.parts[0]), []))
    mine = {one.name or value: one for value, one in was.items()}
    theirs = {one.name or value: one for value, one in now.items()}
    for name in sorted(mine.keys() & theirs.keys()):
        spot.lead((mine[name],), (theirs[name],), f"{spot.subject} ({name})")
    _values(
        spot,
        before.property_name,
        {value: one.name or written((one,)) for value, one in was.items()},
        {value: one.name or written((one,)) for value, one in now.items()},
    )


def _base(flat: Flat) -> Schema | None:
    """The schema itself, not one that it extends."""
    if len(flat.parts) != 1 or flat.groups or flat.parts[0].discriminator is None:
        return None
    return flat.parts[0]


def _named(spot: Spot, old: Discriminator | None, new: Discriminator | None) -> bool:
    """Whether both sides go by the same property; else it is said."""
    if old is None or new is None:
        if old is not None:
            unweighed(
                spot,
                "discriminator-removed",
                f"no longer tells its alternatives apart by {old.property_name}",
            )
        elif new is not None:
            unweighed(
                spot, "discriminator-added", f"tells its alternatives apart by {new.property_name}"
            )
        return False
    if old.property_name != new.property_name:
        spot.say("discriminator-changed", f"is told by {new.property_name}, was by {old.property_name}",
                 "discriminator", was=old.property_name, now=new.property_name)  # fmt: skip
        return False
    return True


def _meanings(discriminator: Discriminator, members: list[Schema]) -> dict[str, Schema]:
    """Which schema each value means: what is mapped, and by their names those that no mapping names."""
    found = dict(discriminator.mapping)
    mapped = {id(one) for one in found.values()}
    for member in members:
        if id(member) not in mapped and member.name:
            found.setdefault(member.name, member)
    return found


def _values(
    spot: Spot, name: str, old: Mapping[str, int | str | None], new: Mapping[str, int | str | None]
) -> None:
    """What is meant by each value; None for an alternative that has come or gone: that is said."""
    for value in sorted(old.keys() & new.keys()):
        if old[value] != new[value]:
            spot.say(
                "discriminator-changed", f"with {name} {value!r} is another schema", "discriminator"
            )
    for value in sorted(new.keys() - old.keys()):
        if new[value] is not None:
            spot.say("discriminator-value-added", f"may have {name} {value!r}", "discriminator")
    for value in sorted(old.keys() - new.keys()):
        if old[value] is not None:
            spot.say(
                "discriminator-value-removed",
                f"may not have {name} {value!r} any more",
                "discriminator",
            )
