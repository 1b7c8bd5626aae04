"""What changes in what a method takes: the client's arguments, and the input that the server's method reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ringback.diff.model import Change
from ringback.diff.python_pair import Pair, label
from ringback.plan import OperationPlan, ParameterPlan, Plan

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Argument:
    """An argument of the client's method. `read` is what the server finds; `key` is what it is on the wire."""

    name: str
    key: str
    taken: str
    read: str
    required: bool
    positional: bool


def arguments(pair: Pair, method: str, old: OperationPlan, other: str, new: OperationPlan) -> Iterator[Change]:  # fmt: skip
    """Every change of what a method takes. `method` and `other` are its dotted names."""
    before, after = _arguments(old), _arguments(new)
    if old.body and new.body and bool(old.whole_body) != bool(new.whole_body):
        yield from _spread(pair, method, old, other, new)
        before = [one for one in before if not _of_body(one)]
        after = [one for one in after if not _of_body(one)]
    by_name = {one.name: one for one in after}
    by_key = {one.key: one for one in after}
    labels = (label(new),)
    met: set[str] = set()
    yield from _choices(pair, other, old, new)
    for one in before:
        twin = by_key.get(one.key) or by_name.get(one.name)
        name = f"{method}.{one.name}"
        if twin is None or twin.name in met:
            message = f"{other} does not take {one.name} any more"
            yield pair.say("argument-removed", message, name, "", labels)
            continue
        met.add(twin.name)
        if twin.name != one.name:
            message = f"the argument {one.name} of {other} is called {twin.name}"
            former = (f"arguments {new.constant.lower()}", one.name)
            names = name, f"{other}.{twin.name}"
            yield pair.called("argument-renamed", message, *names, labels, former=former)
        yield from _retyped(pair, name, one, f"{other}.{twin.name}", twin, labels)
    for one in after:
        if one.name in met:
            continue
        code = "argument-added-required" if one.required else "argument-added"
        told = "must be given" if one.required else "may be left out"
        message = f"{other} takes {one.name} now, which {told}"
        yield pair.say(code, message, "", f"{other}.{one.name}", labels)
    yield from _moved(pair, method, before, other, after, labels)


def _arguments(plan: OperationPlan) -> list[Argument]:
    found = [
        Argument(
            one.argument, _key(plan, one), one.argument_annotation, one.annotation, one.needed, at
        )
        for at, group in ((True, plan.positional), (False, plan.arguments))
        for one in group
    ]
    if plan.whole_body is not None:
        body = Argument("body", "body", plan.carried, plan.carried, plan.whole_body.required, True)
        found.insert(len(plan.positional), body)
    return found


def _key(plan: OperationPlan, one: ParameterPlan) -> str:
    """What a value is on the wire: in a path nothing shows its name, only where it stands."""
    if one.place != "path":
        return f"{one.place} {one.wire}"
    variables = _VARIABLE.findall(plan.template)
    position = variables.index(one.wire) if one.wire in variables else one.wire
    return f"path {position}"


def _of_body(one: Argument) -> bool:
    return one.key.partition(" ")[0] in ("body", "form", "part")


def _spread(
    pair: Pair, method: str, old: OperationPlan, other: str, new: OperationPlan
) -> Iterator[Change]:
    told = "as one argument" if new.whole_body else "field by field"
    yield pair.say("body-spread", f"{other} takes its body {told}", method, other, (label(new),))
    step = pair.step(old.carried, new.carried)
    if step:
        message = f"the body of {other} is {new.carried}, and was {old.carried}"
        yield pair.say(f"argument-{step}", message, method, other, (label(new),))


def _choices(pair: Pair, method: str, old: OperationPlan, new: OperationPlan) -> Iterator[Change]:
    """The arguments that choose a media type: only the client has them."""
    for name, other, before, after in (
        (old.chooser, new.chooser, _sent(old), _sent(new)),
        (old.accept, new.accept, _accepted(old), _accepted(new)),
    ):
        offered = after if other else set[str]()
        gone = sorted(before - offered) if name else []
        if gone:
            message = f"{method} does not offer {', '.join(gone)} any more"
            yield pair.say("choice-removed", message, method, method, (label(new),))
        come = sorted(after - (before if name else set())) if other else []
        if come:
            message = f"{method} offers {', '.join(come)}"
            yield pair.say("choice-added", message, method, method, (label(new),))
        if name and other and name != other:
            message = f"the argument {name} of {method} is called {other}"
            yield pair.say("argument-renamed", message, method, method, (label(new),))


def _sent(plan: OperationPlan) -> set[str]:
    return {one.media_type for one in plan.bodies}


def _accepted(plan: OperationPlan) -> set[str]:
    return {plan.media_type, *(one.media_type for one in plan.alternatives)}


def _retyped(
    pair: Pair, name: str, old: Argument, other: str, new: Argument, labels: tuple[str, ...]
) -> Iterator[Change]:
    if old.required != new.required:
        code = "argument-required" if new.required else "argument-optional"
        told = "must be given" if new.required else "may be left out"
        yield pair.say(code, f"the argument {other} {told} now", name, other, labels)
    taken, read = pair.step(old.taken, new.taken), pair.step(old.read, new.read)
    if not taken and not read:
        return
    steps = {taken, read}
    code = "unchecked" if "unchecked" in steps else "retyped"
    if steps <= {"", "widened"}:
        code = "widened"
    elif steps <= {"", "narrowed"}:
        code = "narrowed"
    message = f"the argument {other} has another type: {pair.told(old.taken, new.taken)}"
    details = pair.spelled(old.taken, new.taken)
    yield pair.say(f"argument-{code}", message, name, other, labels, details=details)


def _moved(
    pair: Pair, method: str, before: list[Argument], other: str, after: list[Argument], labels: tuple[str, ...]
) -> Iterator[Change]:  # fmt: skip
    """Arguments that can no longer be given at the position at which they stood."""
    keys = [one.key for one in after if one.positional]
    known = {one.key for one in after}
    for position, one in enumerate(two for two in before if two.positional):
        if one.key not in known:
            continue
        if position >= len(keys) or keys[position] != one.key:
            message = f"the argument {one.name} of {other} is no longer at position {position + 1}"
            twin = next(two.name for two in after if two.key == one.key)
            names = f"{method}.{one.name}", f"{other}.{twin}"
            yield pair.say("argument-moved", message, *names, labels)


def credentials(pair: Pair) -> Iterator[Change]:
    """What the client is made with."""
    before, after = _credentials(pair.old.plan), _credentials(pair.new.plan)
    for position, name in enumerate(before):
        if name not in after:
            message = f"Client does not take the credential {name} any more"
            yield pair.say("credential-removed", message, f"Client.{name}")
        elif after[position : position + 1] != [name]:
            message = f"the credential {name} of Client is no longer at position {position + 1}"
            yield pair.say("credential-moved", message, f"Client.{name}", f"Client.{name}")
    for name in after:
        if name not in before:
            message = f"Client takes the credential {name}"
            yield pair.say("credential-added", message, "", f"Client.{name}")


def _credentials(plan: Plan) -> list[str]:
    return [one.name for one in plan.credentials]
