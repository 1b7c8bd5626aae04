"""Which declared request a callback is: a webhook of the document, or a callback of the operation that asked for it.

Nothing on the wire says so. It is the one whose properties the callback has, and among several the one that it violates least.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from ringback.contract.judges.reading import properties
from ringback.contract.judges.words import plain
from ringback.contract.traffic import Delivery
from ringback.openapi import Document, MediaType, Operation, Schema
from ringback.source import Path

if TYPE_CHECKING:
    from ringback.wire import Contract, Violation

_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, eq=False)
class Hook:
    """A request that the document says it sends. `operation_label` and `expression` are those of a callback."""

    name: str
    operation: Operation
    path: Path
    operation_label: str = ""
    expression: str = ""

    @property
    def label(self) -> str:
        return f"callback {self.name}"

    @property
    def wants_content(self) -> bool:
        """Whether it asks for something (instructions), rather than reporting an event."""
        return any(one.content for one in self.operation.responses if one.status.startswith("2"))

    def media(self, name: str) -> MediaType | None:
        content = self.operation.body.content if self.operation.body is not None else ()
        return next((one for one in content if one.name.partition(";")[0].strip() == name), None)

    @property
    def schema(self) -> Schema | None:
        content = self.operation.body.content if self.operation.body is not None else ()
        return content[0].schema if content else None


@dataclass(frozen=True, slots=True, eq=False)
class Understood:
    """A callback as the hook that it is, with its values and what of them the document forbids."""

    hook: Hook
    values: dict[str, Any]
    violations: tuple[Violation, ...]
    known: int  # how many of its names the hook has
    schema: Schema


_known: dict[int, tuple[Document, tuple[Hook, ...]]] = {}


def hooks_of(contract: Contract) -> tuple[Hook, ...]:
    """All requests that a document declares to be sent."""
    document = contract.document
    kept = _known.get(id(document))
    if kept is not None and kept[0] is document:
        return kept[1]
    found = [
        Hook(webhook.name, operation, operation.path)
        for webhook in document.webhooks
        for operation in webhook.operations
    ]
    for owner in document.operations:
        for callback in owner.callbacks:
            found += [
                Hook(callback.name, one, one.path, contract.label(owner), callback.expression)
                for one in callback.operations
            ]
    if len(_known) > 16:
        _known.clear()
    _known[id(document)] = (document, tuple(found))
    return tuple(found)


def candidates(contract: Contract, delivery: Delivery, asked_by: str) -> tuple[Hook, ...]:
    """The hooks that a callback may be: those that its operation declares for its slot, else all."""
    hooks = hooks_of(contract)
    own = [one for one in hooks if one.operation_label and one.operation_label == asked_by]
    if delivery.slot:
        named = [one for one in own if plain(delivery.slot) in plain(one.expression)]
        if named:
            return tuple(named)
    free = [one for one in hooks if not one.operation_label]
    return tuple(own or free or hooks)


def understand(
    contract: Contract, delivery: Delivery, hooks: tuple[Hook, ...]
) -> Understood | None:
    """The hook that a callback is; None where it has no content that any of them declares."""
    tried = [one for hook in hooks if (one := _as(contract, delivery, hook)) is not None]
    if not tried:
        return None
    slot = plain(delivery.slot)

    def rank(one: Understood) -> tuple[int, int, bool]:
        return one.known, -len(one.violations), plain(one.hook.name) in slot

    return max(tried, key=rank)


def _as(contract: Contract, delivery: Delivery, hook: Hook) -> Understood | None:
    request = delivery.request
    media_type = (request.header("content-type") or "").partition(";")[0].strip().lower()
    body = request.body
    if not body:
        body, media_type = own_query(delivery).encode(), _FORM
    media = hook.media(media_type)
    if media is None or media.schema is None:
        return None
    decoded = contract.body(hook.operation, body, media_type)
    if not isinstance(decoded, dict):
        return None
    violations = contract.violations(media.schema, decoded, reply=True)
    known = len(decoded.keys() & properties(media.schema).keys())
    return Understood(hook, decoded, violations, known, media.schema)


def own_query(delivery: Delivery) -> str:
    """What a request by GET carries: its query without what our own address had in it."""
    query = delivery.url.partition("#")[0].partition("?")[2]
    given = parse_qsl(query, keep_blank_values=True)
    pairs = parse_qsl(delivery.request.query, keep_blank_values=True)
    for pair in given:
        if pair in pairs:
            pairs.remove(pair)
    return urlencode(pairs)
