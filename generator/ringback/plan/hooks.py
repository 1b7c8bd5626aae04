"""Requests that the API sends: webhooks and callbacks are one thing here, and each has one method.

Whoever receives them looks at a name, not at where the document says it. So a callback is a webhook, called by its
operationId or after the operation that causes it, and a webhook of several methods is several, the first of which has
the name. Parts that many operations share (`components/callbacks`) are there once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ringback.openapi import Document, Operation, Webhook
from ringback.plan.media import stream_kind
from ringback.plan.walk import operation_words
from ringback.source import Path


def gathered(document: Document) -> Document:
    """The document with its callbacks among its webhooks, each of which has one operation."""
    found = [one for hook in document.webhooks for one in _single(hook.name, hook.operations)]
    taken = {hook.name for hook in found}
    seen: set[Path] = set()
    for operation in document.operations:
        for hook in _callbacks(operation):
            path = hook.operations[0].path
            if path in seen:
                continue
            seen.add(path)
            name, number = hook.name, 1
            while name in taken:
                number += 1
                name = f"{hook.name} {number}"
            taken.add(name)
            found.append(replace(hook, name=name))
    return replace(document, webhooks=tuple(found))


def _callbacks(cause: Operation) -> Iterator[Webhook]:
    for callback in cause.callbacks:
        shared = callback.path[:2] == ("components", "callbacks")
        name = callback.name if shared else f"{operation_words(cause)} {callback.name}"
        for hook in _single(name, callback.operations):
            own = hook.operations[0].operation_id
            yield replace(hook, name=own or hook.name)


def _single(name: str, operations: tuple[Operation, ...]) -> Iterator[Webhook]:
    """A webhook for each method: the first has the name, the others add theirs."""
    for index, one in enumerate(operations):
        yield Webhook(one.path, f"{name} {one.method.lower()}" if index else name, (one,))


def unreadable(operation: Operation) -> str:
    """Why a request cannot be received: "" where it can. It is one event: its body is read to its end, and signed whole."""
    content = operation.body.content if operation.body is not None else ()
    if not content or not all(map(stream_kind, content)):
        return ""
    return f"its body is a stream ({content[0].name}), and a webhook is one event"
