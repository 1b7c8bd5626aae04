"""What changes in the typed headers of an answer: fields of its class for servers, a class of headers.py for callers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ringback.diff.model import Change
from ringback.diff.python_pair import Pair, label
from ringback.plan import AnswerPlan, OperationPlan, ParameterPlan

_TOLD: Final = {
    "narrowed": "takes less than before by servers, who give it",
    "widened": "may be more than before to callers, who read it",
    "retyped": "has another type",
    "unchecked": "has another type",
}


def headers(pair: Pair, old: OperationPlan, new: OperationPlan) -> Iterator[Change]:
    """Every change of the typed headers of an operation's answers, by status: its media types share one class."""
    before, after = _by_status(old), _by_status(new)
    for status, one in before.items():
        if status in after:
            yield from _answer(pair, one, after[status], (label(new),))
        else:
            yield from (_gone(pair, one, header, (label(new),)) for header in one.headers)


def _by_status(plan: OperationPlan) -> dict[str, AnswerPlan]:
    return {one.status: one for one in reversed(plan.answers)}


def _answer(
    pair: Pair, old: AnswerPlan, new: AnswerPlan, labels: tuple[str, ...]
) -> Iterator[Change]:
    if old.headers and new.headers and old.headers_class != new.headers_class:
        message = f"the class of headers {old.headers_class} is called {new.headers_class}"
        yield pair.called(
            "header-class-renamed",
            message,
            old.name,
            new.name,
            labels,
            former=("headers", old.headers_class),
        )
    after = {one.wire.lower(): one for one in new.headers}
    for one in old.headers:
        other = after.get(one.wire.lower())
        if other is None:
            yield _gone(pair, old, one, labels)
            continue
        name, subject = _name(old, one), _name(new, other)
        if one.argument != other.argument:
            message = f"the header {name} is called {other.argument}"
            yield pair.say("header-renamed", message, name, subject, labels)
        yield from _retyped(pair, name, one, subject, other, labels)
    known = {one.wire.lower() for one in old.headers}
    for one in new.headers:
        if one.wire.lower() not in known:
            code = "header-required" if one.required else "header-added"
            told = "must be given by servers" if one.required else "may be left out"
            message = f"the header {_name(new, one)} is new, and {told}"
            yield pair.say(code, message, "", _name(new, one), labels)


def _gone(pair: Pair, answer: AnswerPlan, one: ParameterPlan, labels: tuple[str, ...]) -> Change:
    name = _name(answer, one)
    return pair.say("header-removed", f"the header {name} is gone", name, "", labels)


def _name(answer: AnswerPlan, one: ParameterPlan) -> str:
    return f"{answer.headers_class}.{one.argument}"


def _retyped(
    pair: Pair, name: str, old: ParameterPlan, subject: str, new: ParameterPlan, labels: tuple[str, ...]
) -> Iterator[Change]:  # fmt: skip
    before, after = _typed(old), _typed(new)
    needed = new.required and not old.required
    step = pair.step(before, after)
    if needed:
        message = f"the header {subject} must be given by servers"
        yield pair.say("header-required", message, name, subject, labels)
    if not step or (needed and step == "narrowed"):
        return
    told = pair.told(before, after)
    message = f"the header {subject} {_TOLD[step]}: {told}"
    details = pair.spelled(before, after)
    yield pair.say(f"header-{step}", message, name, subject, labels, details=details)


def _typed(one: ParameterPlan) -> str:
    """What a program reads: a header that may be missing is `Unset` then."""
    return one.annotation if one.required else f"{one.annotation} | Unset"
