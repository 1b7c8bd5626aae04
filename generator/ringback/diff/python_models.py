"""What changes in models.py: types, the attributes of classes, the members of enums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ringback.diff.model import Change
from ringback.diff.python_pair import Pair
from ringback.plan import EnumPlan, FieldPlan, ModelPlan

_MAKERS: Final = {"request": " by callers, who make it", "answer": " by servers, who make it"}
_READERS: Final = {"request": " to servers, who read it", "answer": " to callers, who read it"}


def types(pair: Pair) -> Iterator[Change]:
    """Every change of models.py."""
    old, new = pair.old, pair.new
    for name, kind in old.kinds.items():
        other = pair.renamed.get(name, name)
        if other not in new.kinds:
            message = f"the {kind} {name} is gone"
            yield pair.say("type-removed", message, name, operations=old.operations(name))
        elif other != name:
            message = f"the {kind} {name} is called {other}"
            yield pair.called(
                "type-renamed", message, name, other, new.operations(other), former=("types", name)
            )
        elif new.kinds[name] != kind:
            message = f"{name} is of another kind: {kind} before, {new.kinds[name]} now"
            yield pair.say("type-replaced", message, name, name, new.operations(name))
    known = {pair.renamed.get(name, name) for name in old.kinds}
    for name, kind in new.kinds.items():
        if name not in known:
            yield pair.say(
                "type-added", f"the {kind} {name} is new", "", name, new.operations(name)
            )
    yield from _classes(pair)
    yield from _enums(pair)


# -- classes


def _classes(pair: Pair) -> Iterator[Change]:
    after = {one.name: one for one in pair.new.plan.models}
    for model in pair.old.plan.models:
        other = after.get(pair.renamed.get(model.name, model.name))
        if other is not None:
            yield from _attributes(pair, model, other)


def _attributes(pair: Pair, old: ModelPlan, new: ModelPlan) -> Iterator[Change]:
    by_name = {one.name: one for one in new.fields}
    by_wire = {one.wire: one for one in new.fields}
    met: set[str] = set()
    for field in old.fields:
        other = by_wire.get(field.wire) or by_name.get(field.name)
        if other is None or other.name in met:
            yield _gone(pair, old, field)
            continue
        met.add(other.name)
        if other.name != field.name:
            yield _renamed(pair, old, field, new, other)
        yield from _retyped(pair, old, field, new, other)
    for field in new.fields:
        if field.name not in met:
            yield from _come(pair, new, field)


def _gone(pair: Pair, model: ModelPlan, field: FieldPlan) -> Change:
    name = f"{model.name}.{field.name}"
    operations = pair.old.operations(model.name)
    return pair.say("attribute-removed", f"the attribute {name} is gone", name, "", operations)


def _renamed(pair: Pair, old: ModelPlan, field: FieldPlan, new: ModelPlan, other: FieldPlan) -> Change:  # fmt: skip
    before, after = f"{old.name}.{field.name}", f"{new.name}.{other.name}"
    message = f"the attribute {before} is called {other.name}"
    former = (f"attributes {new.name}", field.name)
    operations = pair.new.operations(new.name)
    return pair.called("attribute-renamed", message, before, after, operations, former=former)


def _come(pair: Pair, model: ModelPlan, field: FieldPlan) -> Iterator[Change]:
    name = f"{model.name}.{field.name}"
    if field.default:
        message = f"the attribute {name} is new, and may be left out"
        yield pair.say("attribute-added", message, "", name, pair.new.operations(model.name))
        return
    for way, operations in _ways(pair, model.name):
        message = f"the attribute {name} is new, and must be given{_of(way, _MAKERS)}"
        code = "other-attribute-changed" if way == "other" else f"{way}-attribute-required"
        yield pair.say(code, message, "", name, operations)


def _retyped(pair: Pair, old: ModelPlan, field: FieldPlan, new: ModelPlan, other: FieldPlan) -> Iterator[Change]:  # fmt: skip
    step = pair.step(field.annotation, other.annotation)
    needed = bool(field.default) and not other.default
    if not step and not needed:
        return
    before, after = f"{old.name}.{field.name}", f"{new.name}.{other.name}"
    details = pair.spelled(field.annotation, other.annotation)
    told = pair.told(field.annotation, other.annotation)
    if step in ("retyped", "unchecked"):
        operations = pair.new.operations(new.name)
        message = f"the attribute {after} has another type: {told}"
        yield pair.say(f"attribute-{step}", message, before, after, operations, details=details)
        if not needed:
            return
    for way, operations in _ways(pair, new.name):
        if needed:
            message, code = f"the attribute {after} must be given{_of(way, _MAKERS)}", "required"
        else:
            message = f"the attribute {after} {_stepped(step, way)}: {told}"
            code = step
        code = "other-attribute-changed" if way == "other" else f"{way}-attribute-{code}"
        yield pair.say(code, message, before, after, operations, details=details)


def _stepped(step: str, way: str) -> str:
    if step == "narrowed":
        return f"takes less than before{_of(way, _MAKERS)}"
    return f"may be more than before{_of(way, _READERS)}"


def _ways(pair: Pair, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """In which directions a type of the new package travels, and with which operations."""
    sent, given = pair.new.requests.get(name, ()), pair.new.answers.get(name, ())
    if sent:
        yield "request", sent
    if given:
        yield "answer", given
    if not sent and not given:
        yield "other", ()


def _of(way: str, whom: Mapping[str, str]) -> str:
    return whom.get(way, "")


# -- enums


def _enums(pair: Pair) -> Iterator[Change]:
    after = {one.name: one for one in pair.new.plan.enums}
    for enum in pair.old.plan.enums:
        other = after.get(pair.renamed.get(enum.name, enum.name))
        if other is not None:
            yield from _members(pair, enum, other)


def _members(pair: Pair, old: EnumPlan, new: EnumPlan) -> Iterator[Change]:
    after = {one.value: one.name for one in new.members}
    for one in old.members:
        before = f"{old.name}.{one.name}"
        if one.value not in after:
            message = f"the member {before} ({one.value!r}) is gone"
            yield pair.say("member-removed", message, before, "", pair.old.operations(old.name))
        elif after[one.value] != one.name:
            name = f"{new.name}.{after[one.value]}"
            message = f"the member {before} is called {after[one.value]}"
            former = (f"members {new.name}", one.name)
            operations = pair.new.operations(new.name)
            yield pair.called("member-renamed", message, before, name, operations, former=former)
    known = {one.value for one in old.members}
    for one in new.members:
        if one.value in known:
            continue
        for way, operations in _ways(pair, new.name):
            name = f"{new.name}.{one.name}"
            message = f"the member {name} ({one.value!r}) is new{_of(way, _READERS)}"
            yield pair.say(f"{way}-member-added", message, "", name, operations)
