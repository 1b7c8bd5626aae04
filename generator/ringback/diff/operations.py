"""Two operations, with everything in them; and the requests that an API sends itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ringback.openapi import Callback, Operation
from ringback.source import Path

from .bodies import compare_answers, compare_bodies
from .ground import Ground
from .matching import match
from .parameters import compare_parameters
from .security import compare_security


def compare_operations(ground: Ground, old: Operation, new: Operation) -> None:
    """Everything that two operations say."""
    label = ground.label
    if old.deprecated != new.deprecated:
        code = f"operation-{'' if new.deprecated else 'un'}deprecated"
        ground.say(code, label, f"is {'' if new.deprecated else 'not '}deprecated",
                   (*old.path, "deprecated"), (*new.path, "deprecated"))  # fmt: skip
    if old.operation_id != new.operation_id:
        ground.say("operation-id-changed", label,
                   f"has the operationId {new.operation_id}, was {old.operation_id}",
                   (*old.path, "operationId"), (*new.path, "operationId"))  # fmt: skip
    if set(old.tags) != set(new.tags):
        ground.say(
            "tags-changed", label, "has other tags", (*old.path, "tags"), (*new.path, "tags")
        )
    ground.remark(label, old.path, new.path)
    compare_parameters(ground, old, new)
    compare_bodies(ground, old, new)
    compare_answers(ground, old, new)
    compare_security(ground, old, new)
    _callbacks(ground, old.callbacks, new.callbacks)


# -- callbacks


def _callbacks(ground: Ground, old: Iterable[Callback], new: Iterable[Callback]) -> None:
    before, after = list(old), list(new)
    for one in list(before):
        other = next((two for two in after if _same(one, two)), None) or next(
            (
                two
                for two in after
                if two.name == one.name and not any(_same(x, two) for x in before)
            ),
            None,
        )
        if other is None:
            continue
        before.remove(one)
        after.remove(other)
        if one.expression != other.expression:
            _turned(ground, one).say("callback-address-changed", f"callback {one.name}",
                       f"goes to {other.expression}, went to {one.expression}", one.path, other.path)  # fmt: skip
        compare_calls(_turned(ground, other), f"callback {other.name}", one.operations, other.operations,
                      one.path, other.path)  # fmt: skip
    for one in before:
        ground.say("webhook-removed", f"callback {one.name}", "is gone", one.path, None)
    for one in after:
        ground.say("webhook-added", f"callback {one.name}", "is new", None, one.path)


def _same(old: Callback, new: Callback) -> bool:
    return (old.name, old.expression) == (new.name, new.expression)


def _turned(ground: Ground, callback: Callback) -> Ground:
    return replace(ground, label=f"{ground.label} callback {callback.name}", turned=True)


def compare_calls(
    ground: Ground, subject: str, old: Iterable[Operation], new: Iterable[Operation],
    at_old: Path, at_new: Path,
) -> None:  # fmt: skip
    """The operations of a webhook or of a callback; `ground` is turned."""
    found = match(old, new)
    straight = replace(ground, turned=False)  # rated as they are, not as calls of a caller
    for one in found.removed:
        straight.say(
            "webhook-removed", subject, f"is not sent by {one.method} any more", one.path, at_new
        )
    for one in found.added:
        straight.say("webhook-added", subject, f"is sent by {one.method} now", at_old, one.path)
    for before, after in found.moved:
        straight.say("operation-moved", subject, f"is sent by {after.method} now, was by {before.method}",
                     before.path, after.path)  # fmt: skip
    for before, after in (*found.pairs, *found.moved):
        compare_operations(ground, before, after)
