"""Operators on what is done with a request: the invalid accepted, the valid refused, a repeated key ignored, anybody let in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from ringback.contract.credentials import needs_credentials
from ringback.contract.scenarios.calling_back import slots_of
from ringback.contract.strength.callbacks import is_own
from ringback.contract.strength.editing import (
    Pairs,
    form_of,
    json_pairs,
    query_of,
    refusal,
    refusals,
    with_form,
    with_json,
    with_query,
    without,
)
from ringback.contract.strength.mutant import Fault, Mutant, Setting
from ringback.contract.strength.surface import Value, action, choices, constrained, family, values
from ringback.contract.traffic import Reply, Request
from ringback.wire import Contract, forms

_SHARED = (
    "these events are not those of the thing itself: which of them happen, and who is told of what several share, the "
    "document does not say, so that one did not come proves nothing"
)


def _pairs(one: Value, request: Request) -> Pairs | None:
    if one.location == "query":
        return query_of(request)
    return json_pairs(request) if one.json else form_of(request)


def _with(one: Value, request: Request, pairs: Pairs) -> Request:
    if one.location == "query":
        return with_query(request, pairs)
    return with_json(request, pairs) if one.json else with_form(request, pairs)


def _told(contract: Contract, one: Value, request: Request) -> dict[str, Any]:
    if one.location == "query":
        return contract.query(one.operation, request.query)
    media = request.header("content-type") or ""
    return contract.form(one.operation, request.body, media) or {}


class Lenient(Fault):
    """A value that the schema forbids is not looked at: as if it had not been sent, or had been a good one."""

    def __init__(self, setting: Setting, one: Value) -> None:
        super().__init__()
        self._contract, self._one = setting.contract, one
        self._good: Pairs = []

    def request(self, request: Request, label: str | None) -> Request | Reply:
        one = self._one
        pairs = _pairs(one, request) if label == one.label else None
        if pairs is None:
            return request
        told = _told(self._contract, one, request)
        if one.name not in told:
            return self._filled(request, pairs) if one.required else request
        if not self._contract.violations(one.schema, told[one.name], reply=False):
            return request
        self.applied += 1
        return self._filled(request, without(pairs, one.name), counted=True)

    def _filled(self, request: Request, pairs: Pairs, *, counted: bool = False) -> Request:
        if self._one.required and not self._good:
            return _with(self._one, request, pairs) if counted else request
        self.applied += not counted
        good = [(name, self._another(value)) for name, value in self._good]
        return _with(self._one, request, [*pairs, *(good if self._one.required else [])])

    def _another(self, value: str) -> str:
        """A good value that is not the last one, where it is free text: names must often be new."""
        schema = self._one.schema
        if schema.enum or schema.pattern or schema.format or schema.types != ("string",):
            return value
        end = f" {self.applied}"
        plain = json.loads(value) if self._one.json else value
        changed = plain[: (schema.max_length or 10**6) - len(end)] + end
        return json.dumps(changed) if self._one.json else changed

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        if label == self._one.label and reply.status // 100 == 2 and not self._good:
            told = _pairs(self._one, request) or []
            self._good = [pair for pair in told if pair[0] == self._one.name]
        return reply


def lenient(contract: Contract) -> Iterator[Mutant]:
    """`accept-invalid`: what one value may be is not checked."""
    for one in values(contract):
        if constrained(one.schema, as_json=one.json):
            yield Mutant(
                "accept-invalid", one.label, f"{one.location}.{one.name}",
                f"what the document forbids of {one.name} is accepted", contract.locate(one.path),
                partial(Lenient, one=one),
                variant=one.location, focus=family(contract, one.label),
            )  # fmt: skip


class Strict(Fault):
    """One value that the schema allows is refused."""

    def __init__(self, setting: Setting, one: Value, value: Any, answer: Reply) -> None:
        super().__init__()
        self._contract, self._one, self._value, self._answer = setting.contract, one, value, answer

    def request(self, request: Request, label: str | None) -> Request | Reply:
        one = self._one
        if label != one.label or (one.location == "body" and not request.body):
            return request
        told = _told(self._contract, one, request).get(one.name)
        same = told == self._value and type(told) is type(self._value)
        if not same and not (isinstance(told, list) and self._value in told):
            return request
        self.applied += 1
        return self._answer


def strict(contract: Contract) -> Iterator[Mutant]:
    """`refuse-valid`: a value that the document lists, or a boolean, is refused."""
    for one in values(contract):
        numbers = refusals(one.operation)
        items = forms.items_of(one.schema)
        listed = choices(one.schema) or choices(items)
        if one.schema.types == ("boolean",):
            listed = (True, False)
        if not numbers:
            continue
        answer = refusal(contract, one.operation, 400 if 400 in numbers else numbers[0])
        silent = overlay = ""
        if one.name.lower().endswith(("status", "state")) and one.operation.method != "GET":
            silent = f"in which states {one.name} may be asked for, the document does not say"
            overlay = action(
                one.path, "{x-ringback-lifecycle: {‹state›: [‹those that may follow›]}}"
            )
        for value in listed:
            yield Mutant(
                "refuse-valid", one.label, f"{one.location}.{one.name}={value}",
                f"{one.name} {value!r} is refused with {answer.status}", contract.locate(one.path),
                partial(Strict, one=one, value=value, answer=answer),
                variant=f"{one.location} {one.operation.method}",
                silent=silent,
                overlay=overlay,
                focus=family(contract, one.label),
            )  # fmt: skip


class Single(Fault):
    """Of a name that is sent several times, one value is taken."""

    def __init__(self, setting: Setting, one: Value, *, last: bool) -> None:
        super().__init__()
        self._one, self._last = one, last

    def request(self, request: Request, label: str | None) -> Request | Reply:
        pairs = _pairs(self._one, request) if label == self._one.label else None
        own = [pair for pair in pairs or () if pair[0] == self._one.name]
        if pairs is None or len(own) < 2:
            return request
        self.applied += 1
        kept = own[-1] if self._last else own[0]
        return _with(self._one, request, [*without(pairs, self._one.name), kept])


def single(contract: Contract) -> Iterator[Mutant]:
    """`ignore-repeated-key`: of a list, the first or the last is taken."""
    for one in values(contract):
        listed = forms.is_type(one.schema, "array") and "string" not in one.schema.types
        if listed and not one.json:
            for last in (False, True):
                which = "last" if last else "first"
                yield Mutant(
                    "ignore-repeated-key", one.label, f"{one.location}.{one.name} {which}",
                    f"of several {one.name} only the {which} is taken", contract.locate(one.path),
                    partial(Single, one=one, last=last),
                    variant=which, hard=_hard(contract, one), focus=family(contract, one.label),
                )  # fmt: skip


def _hard(contract: Contract, one: Value) -> str:
    """Events of what several share are not told to each of them."""
    slots = [
        slot
        for slot in slots_of(one.operation)
        if one.name.lower().startswith(slot.lower()) and not is_own(contract, one.label, slot)
    ]
    return _SHARED if slots else ""


class Open(Fault):
    """Lets in who has no credentials, or wrong ones."""

    def __init__(self, setting: Setting, label: str, *, wrong: bool) -> None:
        super().__init__()
        self._label, self._auth, self._wrong = label, setting.auth, wrong

    def request(self, request: Request, label: str | None) -> Request | Reply:
        if label != self._label or not self._auth:
            return request
        names = {name for name, _ in self._auth}
        sent = tuple(one for one in request.headers if one[0] in names)
        if bool(sent) is not self._wrong or set(sent) == set(self._auth):
            return request
        self.applied += 1
        kept = tuple(one for one in request.headers if one[0] not in names)
        return replace(request, headers=(*kept, *self._auth))


def open_to_all(contract: Contract) -> Iterator[Mutant]:
    """`no-auth`: an operation asks for no credentials, or for any."""
    for operation in contract.operations:
        if not needs_credentials(operation):
            continue
        label = contract.label(operation)
        for wrong in (False, True):
            which = "wrong credentials" if wrong else "no credentials"
            yield Mutant(
                "no-auth", label, which, f"who has {which} is let in", contract.locate(operation.path),
                partial(Open, label=label, wrong=wrong),
                variant=which, focus=family(contract, label),
            )  # fmt: skip
