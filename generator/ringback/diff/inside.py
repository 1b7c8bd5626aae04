"""What a schema holds: properties, items, and the rules that are compared as they are written."""

from __future__ import annotations

from typing import Final

from ringback.openapi import Schema
from ringback.source import Path

from .effective import Conjunction, Flat, canonical, demanding
from .reach import below, meaning
from .schemas import Spot, listed, place
from .walk import Finding


def compare_inside(spot: Spot) -> None:
    """Everything below a value."""
    _properties(spot)
    _additional(spot)
    _items(spot)


# -- properties


def _properties(spot: Spot) -> None:
    old, new = spot.old, spot.new
    for name in dict.fromkeys(
        (*old.properties, *new.properties, *sorted(old.required | new.required))
    ):
        before, after = old.properties.get(name), new.properties.get(name)
        if (before is None and name in old.required) or (after is None and name in new.required):
            # Demanded, but not described: it is like all that have no name.
            before = before or (old.additional if name in old.required else None)
            after = after or (new.additional if name in new.required else None)
        if before is None and after is not None:
            _come(spot, name, after)
        elif after is None and before is not None:
            _gone(spot, name, before)
        elif before is not None and after is not None:
            _both(spot, name, before, after)


def _both(spot: Spot, name: str, before: Conjunction, after: Conjunction) -> None:
    was, now = _hidden(spot, before), _hidden(spot, after)
    if was and now:
        return
    if now:
        _mode(spot, name, "became-read-only", "became-write-only", needed=name in spot.old.required)
        return
    if was:
        _mode(spot, name, "became-writable", "became-readable", needed=name in spot.new.required)
        return
    if name in spot.new.required and name not in spot.old.required:
        _say(spot, name, "property-became-required", "is required now")
    elif name in spot.old.required and name not in spot.new.required:
        _say(spot, name, "property-became-optional", "is not required any more")
    spot.lead(before, after, _called(spot, name))


def _hidden(spot: Spot, parts: Conjunction) -> bool:
    """Whether a property does not travel in this direction."""
    flat = spot.walk.effective.of(parts)
    return flat.read_only if spot.pair.direction == "request" else flat.write_only


def _mode(spot: Spot, name: str, request: str, response: str, *, needed: bool) -> None:
    aspect = request if spot.pair.direction == "request" else response
    words = {
        "became-read-only": "is only in answers now (readOnly)",
        "became-write-only": "is only sent by callers now (writeOnly)",
        "became-writable": "is not only in answers any more (readOnly)",
        "became-readable": "is not only sent by callers any more (writeOnly)",
    }
    _say(spot, name, f"{'required-' if needed else ''}property-{aspect}", words[aspect])


def _come(spot: Spot, name: str, parts: Conjunction) -> None:
    if _hidden(spot, parts):
        return
    needed = name in spot.new.required
    other = _twin(spot, parts, spot.old, spot.new)
    message = f"is new{' and required' if needed else ''}{f' (was it {other}?)' if other else ''}"
    aspect = f"{'required' if needed else 'optional'}-property-added"
    _say(spot, name, aspect + _closed(spot.old), message)
    if spot.old.additional:  # it was one of those without a name, and had to be like them
        spot.lead(spot.old.additional, parts, _called(spot, name))


def _gone(spot: Spot, name: str, parts: Conjunction) -> None:
    if _hidden(spot, parts):
        return
    needed = name in spot.old.required
    other = _twin(spot, parts, spot.new, spot.old)
    message = f"is gone{f' (is it {other} now?)' if other else ''}"
    aspect = f"{'required' if needed else 'optional'}-property-removed"
    _say(spot, name, aspect + _closed(spot.new), message)
    if spot.new.additional:
        spot.lead(parts, spot.new.additional, _called(spot, name))


def _closed(flat: Flat) -> str:
    unevaluated = flat.rules.get("unevaluatedProperties") == "false" and not flat.additional
    return "-closed" if flat.closed or unevaluated else ""


def _twin(spot: Spot, parts: Conjunction, there: Flat, here: Flat) -> str:
    """The only property that the other document has alone and that demands the same: a rename, it seems."""
    alone = [name for name in there.properties if name not in here.properties]
    own = [name for name in here.properties if name not in there.properties]
    if len(alone) != 1 or len(own) != 1:
        return ""
    return alone[0] if written(there.properties[alone[0]]) == written(parts) else ""


def written(parts: Conjunction) -> str:
    """A conjunction as it is written, without what demands nothing."""
    return " ".join(canonical(demanding(part.raw)) for part in parts)


def _called(spot: Spot, name: str) -> str:
    for flat in (spot.new, spot.old):
        owner = _owner(flat, name)
        if owner is not None:
            return f"{owner.name or spot.subject}.{name}"
    return f"{spot.subject}.{name}"


def _owner(flat: Flat, name: str) -> Schema | None:
    """The schema, of those that are demanded together, that has the property."""
    return next(
        (one for one in flat.schemas if any(key == name for key, _ in one.properties)), None
    )


def _place_of(flat: Flat, name: str) -> Path | None:
    owner = _owner(flat, name)
    return place(flat) if owner is None else (*owner.path, "properties", name)


def _say(spot: Spot, name: str, aspect: str, message: str) -> None:
    subject = _called(spot, name)
    spot.pair.findings.append(
        Finding(
            f"{spot.pair.direction}-{aspect}", subject, f"{subject} {message}",
            _place_of(spot.old, name), _place_of(spot.new, name),
        )
    )  # fmt: skip


# -- what is not named


_OPENNESS: Final = "additionalProperties", "unevaluatedProperties"


def _additional(spot: Spot) -> None:
    old, new = _openness(spot.old), _openness(spot.new)
    if old == new == "some":
        spot.lead(spot.old.additional, spot.new.additional, f"{spot.subject}{{}}")
        return
    if old == new:
        return
    order = ("none", "some", "any")
    words = {
        "none": "allows no other properties than its own",
        "some": "allows other properties of one kind only",
        "any": "allows any other properties",
    }
    narrowed = order.index(new) < order.index(old)
    aspect = f"additional-properties-{'narrowed' if narrowed else 'widened'}"
    spot.say(aspect, f"{words[new]} now", *_OPENNESS)


def _openness(flat: Flat) -> str:
    if _closed(flat):
        return "none"
    return (
        "some"
        if flat.additional
        and any(demanding(part.raw) not in (True, {}) for part in flat.additional)
        else "any"
    )


def _items(spot: Spot) -> None:
    old, new = spot.old, spot.new
    if old.items and new.items:
        spot.lead(old.items, new.items, f"{spot.subject}[]")
    elif new.items and written(new.items) != "{}":
        spot.say("schema-added", "has items of one kind only now", "items")
    elif old.items and written(old.items) != "{}":
        spot.say("schema-removed", "has items of any kind now", "items")
    if len(old.prefix) != len(new.prefix):
        spot.say("constraint-changed", "has other first items", "prefixItems")
    for position, (before, after) in enumerate(zip(old.prefix, new.prefix, strict=False)):
        spot.lead(before, after, f"{spot.subject}[{position}]")


# -- rules that are compared as they are written


_SINGLE: Final = ("contains", "propertyNames", "contentSchema")
_NAMED: Final = {"patternProperties": "pattern_properties", "dependentSchemas": "dependent_schemas"}


def compare_rules(spot: Spot) -> None:
    """`not`, `contains`, `if` and their like: looked into where both documents have one, else named.

    `not` is not looked into: what is said of values that travel (an enum is open where it is read) is not said of
    values that are kept out.
    """
    old, new = spot.old, spot.new
    _asked(spot)
    for keyword in sorted(old.rules.keys() | new.rules.keys()):
        if keyword == "unevaluatedProperties" and "false" in (
            old.rules.get(keyword),
            new.rules.get(keyword),
        ):
            continue  # it closes the object: said of its properties
        if keyword == "patternProperties" and _opens(spot):
            spot.say("constraint-changed", "names other patterns of properties", keyword)
        elif keyword not in old.rules:
            spot.say("constraint-added", f"has a rule that it had not: {keyword}", keyword)
        elif keyword not in new.rules:
            spot.say("constraint-removed", f"has no rule {keyword} any more", keyword)
        elif not _looked_into(spot, keyword) and _meaning(old, keyword) != _meaning(new, keyword):
            spot.say("constraint-changed", f"has another rule {keyword}", keyword)


def _asked(spot: Spot) -> None:
    """`dependentRequired`: what is needed beside another property. What is needed always is said of the property."""
    old, new = spot.old, spot.new
    come = [pair for pair in sorted(new.asked - old.asked) if pair[1] not in old.required]
    gone = [pair for pair in sorted(old.asked - new.asked) if pair[1] not in new.required]
    if come:
        texts = listed(f"{other} beside {name}" for name, other in come)
        spot.say("constraint-added", f"must have {texts}", "dependentRequired", now=texts)
    if gone:
        texts = listed(f"{other} beside {name}" for name, other in gone)
        spot.say("constraint-removed", f"need not have {texts} any more", "dependentRequired", was=texts)  # fmt: skip


def _opens(spot: Spot) -> bool:
    """Whether patterns that only one side has let in what its object would otherwise refuse, or demand of it."""
    if (
        _members(spot.old, "patternProperties").keys()
        == _members(spot.new, "patternProperties").keys()
    ):
        return False
    return "any" not in (_openness(spot.old), _openness(spot.new))


def _meaning(flat: Flat, keyword: str) -> list[str]:
    return sorted(
        meaning(one.raw[keyword], keyword, one)
        for one in flat.schemas
        if isinstance(one.raw, dict) and keyword in one.raw
    )


def _looked_into(spot: Spot, keyword: str) -> bool:
    if keyword in _SINGLE and not _counted(spot, keyword):
        before = [one for part in spot.old.schemas for one in below(part, keyword)]
        after = [one for part in spot.new.schemas for one in below(part, keyword)]
        if len(before) == len(after) == 1:
            spot.lead((before[0],), (after[0],), f"{keyword} of {spot.subject}")
            return True
    if keyword in _NAMED:
        before_of, after_of = _members(spot.old, keyword), _members(spot.new, keyword)
        if before_of.keys() == after_of.keys():
            for name, one in before_of.items():
                spot.lead((one,), (after_of[name],), f"{spot.subject}.{name}")
            return True
    return False


def _counted(spot: Spot, keyword: str) -> bool:
    """Whether fewer items that fit can make a list one that fits: `contains` with an end, or with a beginning of none."""
    return keyword == "contains" and any(
        "maxContains" in flat.most or flat.least.get("minContains", 1) < 1
        for flat in (spot.old, spot.new)
    )


def _members(flat: Flat, keyword: str) -> dict[str, Schema]:
    return {name: one for part in flat.schemas for name, one in getattr(part, _NAMED[keyword])}
