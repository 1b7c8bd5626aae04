"""Operators on the status of an answer: another documented one, and one that the document does not have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from ringback.contract.strength.editing import json_of, refusal, refusals, success
from ringback.contract.strength.mutant import Fault, Mutant, Setting
from ringback.contract.strength.surface import family
from ringback.contract.traffic import Reply, Request
from ringback.openapi import Operation
from ringback.wire import Contract

_STRANGE = {2: (202, 206, 203, 207), 4: (409, 422, 410, 418)}

_MAY_REFUSE = (
    "a change may be refused for the state that a thing is in, states move by themselves, and the document does not "
    "say which change is allowed in which: a refusal alone proves nothing"
)


class Refused(Fault):
    """What an operation does, it does; but it answers with a refusal."""

    def __init__(self, setting: Setting, label: str, answer: Reply) -> None:
        super().__init__()
        self._label, self._answer = label, answer

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        if label != self._label or reply.status // 100 != 2:
            return reply
        self.applied += 1
        return self._answer


class Renumbered(Fault):
    """Answers with one status in the place of another; the rest is as it was."""

    def __init__(self, setting: Setting, label: str, status: int, other: int) -> None:
        super().__init__()
        self._label, self._status, self._other = label, status, other

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        if label != self._label or reply.status != self._status:
            return reply
        self.applied += 1
        return replace(reply, status=self._other)


def wrong(contract: Contract) -> Iterator[Mutant]:
    """`wrong-status`: a success is answered as another status that the operation documents."""
    for operation in contract.operations:
        label = contract.label(operation)
        place = contract.locate(operation.path)
        focus = family(contract, label)
        role = contract.kinds.resource_of(label)
        changes = role is not None and role[1] in ("update", "delete")
        hard = _MAY_REFUSE if changes else ""
        for status in refusals(operation):
            yield Mutant(
                "wrong-status", label, f"2XX as {status}",
                f"what succeeds is answered with {status}", place,
                partial(Refused, label=label, answer=refusal(contract, operation, status)),
                variant=operation.method, hard=hard, focus=focus,
            )  # fmt: skip
        yield from _other_successes(contract, operation, label)


def _other_successes(contract: Contract, operation: Operation, label: str) -> Iterator[Mutant]:
    known = [one for one in success(operation) if one.status.isdigit()]
    for one in known:
        for other in known:
            if one is other or (json_of(one) is None) != (json_of(other) is None):
                continue
            yield Mutant(
                "wrong-status", label, f"{one.status} as {other.status}",
                f"{one.status} is answered as {other.status}", contract.locate(other.path),
                partial(Renumbered, label=label, status=int(one.status), other=int(other.status)),
                variant="success",
                silent=f"the document has {other.status} with the same content, and does not say when",
                overlay=f"- {{target: \"$.paths['{operation.template}'].{operation.method.lower()}"
                f".responses['{other.status}']\", remove: true}}",
                focus=family(contract, label),
            )  # fmt: skip


def undocumented(contract: Contract) -> Iterator[Mutant]:
    """`undocumented-status`: a status that the document does not have for the operation."""
    for operation in contract.operations:
        label = contract.label(operation)
        for response in operation.responses:
            if not response.status.isdigit() or int(response.status) in (401, 403, 407, 408, 429):
                continue
            old = int(response.status)
            strange = (
                one
                for one in _STRANGE.get(old // 100, ())
                if contract.response(operation, one) is None
            )
            new = next(strange, None)
            if new is None:
                continue
            yield Mutant(
                "undocumented-status", label, f"{old} as {new}", f"{old} is answered as {new}",
                contract.locate(response.path),
                partial(Renumbered, label=label, status=old, other=new),
                variant=f"{old // 100}XX", focus=family(contract, label),
            )  # fmt: skip
