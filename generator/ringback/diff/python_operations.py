"""What changes in client.py and server.py: namespaces, methods, what they take and give, answers, credentials."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ringback.diff.model import Change
from ringback.diff.python_arguments import arguments
from ringback.diff.python_headers import headers
from ringback.diff.python_pair import Pair, label
from ringback.plan import AnswerPlan, GroupPlan, OperationPlan, Plan


@dataclass(frozen=True)
class _Method:
    group: GroupPlan
    plan: OperationPlan

    @property
    def name(self) -> str:
        return f"client.{self.group.attribute}.{self.plan.name}"


def operations(pair: Pair) -> Iterator[Change]:
    """Every change of the methods, on both sides of the wire."""
    before, after = _methods(pair.old.plan), _methods(pair.new.plan)
    twins = _matched(before, after)
    renamed = _renamed_groups(pair.new.plan, pair.old.plan, before, after, twins)
    yield from _groups(pair, renamed)
    for key, method in before.items():
        if key not in twins:
            yield _gone(pair, method)
        else:
            yield from _changed(pair, method, after[twins[key]], renamed)
    met = set(twins.values())
    for key, method in after.items():
        if key not in met:
            message = (
                f"{method.name} and {method.group.protocol}.{method.plan.name} are new"
                f" ({label(method.plan)})"
            )
            yield pair.say("operation-added", message, "", method.name, (label(method.plan),))


def _methods(plan: Plan) -> dict[str, _Method]:
    """The methods by what they send, without the names of the path's parameters."""
    return {
        f"{one.method} {re.sub(r'{[^{}]*}', '{}', one.template)}": _Method(group, one)
        for group in plan.groups
        for one in group.operations
    }


def _matched(before: Mapping[str, _Method], after: Mapping[str, _Method]) -> dict[str, str]:
    """The same operation in both: by method and path, else by operationId."""
    twins = {key: key for key in before if key in after}
    by_id = {one.plan.id: key for key, one in after.items() if key not in before}
    for key, method in before.items():
        if key not in after and method.plan.id in by_id:
            twins[key] = by_id.pop(method.plan.id)
    return twins


def _gone(pair: Pair, method: _Method) -> Change:
    message = (
        f"{method.name} and {method.group.protocol}.{method.plan.name} are gone"
        f" ({label(method.plan)})"
    )
    return pair.say("operation-removed", message, method.name, "", (label(method.plan),))


# -- namespaces


def _renamed_groups(
    new: Plan, old: Plan, before: Mapping[str, _Method], after: Mapping[str, _Method],
    twins: Mapping[str, str],
) -> dict[str, str]:  # fmt: skip
    """Namespaces that are gone by their name, and the new one that has most of their operations."""
    had = {one.attribute for one in old.groups}
    have = {one.attribute for one in new.groups}
    moves: Counter[tuple[str, str]] = Counter()
    for key, other in twins.items():
        moves[before[key].group.attribute, after[other].group.attribute] += 1
    found: dict[str, str] = {}
    for (name, other), _ in moves.most_common():
        fresh = name not in have and other not in had
        if fresh and name not in found and other not in found.values():
            found[name] = other
    return found


def _groups(pair: Pair, renamed: Mapping[str, str]) -> Iterator[Change]:
    after = {one.attribute: one for one in pair.new.plan.groups}
    for group in pair.old.plan.groups:
        other = after.get(renamed.get(group.attribute, group.attribute))
        if other is None:
            continue
        same = (group.attribute, group.name, group.protocol) == (other.attribute, other.name, other.protocol)  # fmt: skip
        if same:
            continue
        before, name = f"client.{group.attribute}", f"client.{other.attribute}"
        message = f"{before} is called {name}, and {group.protocol} is called {other.protocol}"
        labels = tuple(map(label, other.operations))
        former = ("groups", group.attribute)
        yield pair.called("namespace-renamed", message, before, name, labels, former=former)


# -- methods


def _changed(pair: Pair, old: _Method, new: _Method, renamed: Mapping[str, str]) -> Iterator[Change]:  # fmt: skip
    yield from _named(pair, old, new, renamed)
    yield from arguments(pair, old.name, old.plan, new.name, new.plan)
    yield from _returned(pair, old, new)
    yield from _answers(pair, old, new)
    if old.plan.deprecated != new.plan.deprecated:
        told = "is deprecated" if new.plan.deprecated else "is no longer deprecated"
        yield _say(pair, "operation-deprecated", f"{new.name} {told}", old, new)


def _called(pair: Pair, code: str, message: str, old: _Method, new: _Method, former: tuple[str, str]) -> Change:  # fmt: skip
    return pair.called(code, message, old.name, new.name, (label(new.plan),), former=former)


def _say(pair: Pair, code: str, message: str, old: _Method, new: _Method) -> Change:
    return pair.say(code, message, old.name, new.name, (label(new.plan),))


def _named(pair: Pair, old: _Method, new: _Method, renamed: Mapping[str, str]) -> Iterator[Change]:
    attribute = renamed.get(old.group.attribute, old.group.attribute)
    former = (f"methods {attribute}", old.plan.name)
    if attribute != new.group.attribute:
        message = f"{old.name} is at {new.name}, and its handler in {new.group.protocol}"
        yield _called(pair, "operation-moved", message, old, new, former)
    elif old.plan.name != new.plan.name:
        message = (
            f"{old.name} is called {new.name}, and its handler {new.group.protocol}.{new.plan.name}"
        )
        yield _called(pair, "operation-renamed", message, old, new, former)
    for before, after in (
        (old.plan.input, new.plan.input),
        (old.plan.answer_alias, new.plan.answer_alias),
    ):
        if before != after:
            message = f"{before} is called {after}, for {new.name}"
            yield _called(pair, "input-renamed", message, old, new, ("server", before))
    if old.plan.constant != new.plan.constant:
        message = f"operations.{old.plan.constant} is called operations.{new.plan.constant}"
        former = ("constants", old.plan.constant)
        yield _called(pair, "constant-renamed", message, old, new, former)


def _returned(pair: Pair, old: _Method, new: _Method) -> Iterator[Change]:
    before, after = _gives(old.plan), _gives(new.plan)
    step = pair.step(before, after)
    if not step:
        return
    code = "widened" if step in ("widened", "retyped") else step
    code = "added" if before == "None" else code
    message = f"{new.name} gives {after}, where it gave {before}"
    details = pair.spelled(before, after)
    yield pair.say(f"return-{code}", message, old.name, new.name, (label(new.plan),), details=details)  # fmt: skip


def _gives(plan: OperationPlan) -> str:
    """What a method of the client gives, as one type; one with several media types gives any of them."""
    if plan.binary:
        return "Download"
    if plan.stream:
        first = f"Stream[{plan.stream}]"
    elif plan.paging:
        first = f"Pager[{plan.paging.row}, {plan.returns}]"
    else:
        first = plan.returns
    others = [f"Stream[{one.returns}]" if one.stream else one.returns for one in plan.alternatives]
    return " | ".join([first, *others])


# -- answers


def _answers(pair: Pair, old: _Method, new: _Method) -> Iterator[Change]:
    before = {(one.status, one.media_type): one for one in old.plan.answers}
    after = {(one.status, one.media_type): one for one in new.plan.answers}
    twins = {key: key for key in before if key in after}
    for (status, kind), one in before.items():
        rest = [key for key in after if key[0] == status and key not in before]
        if (status, kind) not in after and rest and after[rest[0]].name == one.name:
            twins[status, kind] = rest[0]  # the class of the status, with another media type
    for key, one in before.items():
        if key in twins:
            yield from _answer(pair, new, one, after[twins[key]])
        else:
            message = f"the answer {one.name} of {new.name} is gone"
            yield pair.say("answer-removed", message, one.name, "", (label(new.plan),))
    for key, one in after.items():
        if key not in twins.values():
            message = f"the answer {one.name} of {new.name} is new"
            yield pair.say("answer-added", message, "", one.name, (label(new.plan),))
    yield from headers(pair, old.plan, new.plan)


def _answer(pair: Pair, method: _Method, old: AnswerPlan, new: AnswerPlan) -> Iterator[Change]:
    labels = (label(method.plan),)
    if old.name != new.name:
        message = f"the answer {old.name} is called {new.name}"
        former = ("server", old.name)
        yield pair.called("input-renamed", message, old.name, new.name, labels, former=former)
    if bool(old.body) != bool(new.body):
        told = f"carries {new.body}" if new.body else "carries nothing"
        message = f"the answer {new.name} {told}, and {'nothing' if new.body else old.body} before"
        yield pair.say("answer-narrowed", message, old.name, new.name, labels)
        return
    step = pair.step(old.body, new.body) if old.body else ""
    if step:
        code = "narrowed" if step == "retyped" else step
        message = f"the answer {new.name} takes {new.body}, where it took {old.body}"
        yield pair.say(f"answer-{code}", message, old.name, new.name, labels)
