"""The steps from one operation's answer to another's request, and the document that tells an engine of them.

A step exists where everything that a path takes is known once an answer is there: the identifier that the answer gives of
what it made or lists, what the same answer always says besides, and what the request before had in its own path. Values
that come from the credentials are there anyway.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ringback.openapi import Operation, Schema
from ringback.source import Path, pointer_of
from ringback.wire import Contract, Kind, forms, good_statuses, json_schema

_JSON_CLOSED: Final = "additionalProperties"


@dataclass(frozen=True, slots=True)
class Step:
    """One answer that leads to one request. `given` are runtime expressions by the names of path parameters."""

    producer: str  # label
    status: str
    consumer: str  # label
    kind: str
    given: tuple[tuple[str, str], ...]


def steps(contract: Contract) -> tuple[Step, ...]:
    """Every step of a document, in the order of its operations."""
    return tuple(_steps(contract))


def _steps(contract: Contract) -> Iterator[Step]:
    for producer in contract.operations:
        role = contract.kinds.resource_of(contract.label(producer))
        if role is None or role[1] not in ("create", "list"):
            continue
        for status in good_statuses(producer):
            for consumer in contract.operations:
                step = _step(contract, producer, status, consumer)
                if step is not None:
                    yield step


def _step(contract: Contract, producer: Operation, status: str, consumer: Operation) -> Step | None:
    source, target = contract.label(producer), contract.label(consumer)
    answer = json_schema(producer, status)
    if source == target or answer is None:
        return None
    own = _own(contract, source, status)
    given: dict[str, str] = {}
    found: Kind | None = None
    for one in contract.parameters(consumer, "path"):
        kind = contract.kinds.of_parameter(target, "path", one.name)
        if kind is not None and kind.credential is not None:
            continue
        if kind is None:
            return None
        if kind in own and found is None:
            given[one.name], found = f"$response.body#{_first(own[kind])}", kind
            continue
        # The answer first: what the path before called by a name has its own identifier there.
        said = _said_beside(contract, answer, source, status, kind) or _said_before(
            contract, producer, kind
        )
        if said is None:
            return None
        given[one.name] = said
    if found is None:
        return None
    return Step(source, status, target, found.name, tuple(given.items()))


def _own(contract: Contract, label: str, status: str) -> dict[Kind, str]:
    """Where an answer says what its own resource, or its rows, are called: kind and pointer."""
    return {
        kind: producer.pointer
        for kind in contract.kinds
        for producer in kind.producers
        if producer.own and producer.label == label and producer.status == status
    }


def _said_before(contract: Contract, producer: Operation, kind: Kind) -> str | None:
    """The same kind in the path of the request before."""
    label = contract.label(producer)
    for one in contract.parameters(producer, "path"):
        if contract.kinds.of_parameter(label, "path", one.name) is kind:
            return f"$request.path.{one.name}"
    return None


def _said_beside(
    contract: Contract, answer: Schema, label: str, status: str, kind: Kind
) -> str | None:
    """Another identifier that the answer always carries."""
    for pointer, other in contract.kinds.properties_of(label, status).items():
        if other is kind and pointer.count("/") == 1:
            name = pointer[1:].replace("~1", "/").replace("~0", "~")
            schema = dict(forms.properties_of(answer)).get(name)
            if schema is not None and not schema.nullable and name in answer.required:
                return f"$response.body#{pointer}"
    return None


def _first(pointer: str) -> str:
    return pointer.replace("/*", "/0")


def linked(contract: Contract) -> dict[str, Any]:
    """A deep copy of the document for an engine that follows links.

    Webhooks and callbacks are gone (they are no operations to call), every step is an OpenAPI link, and the bodies of
    requests are closed: what the document does not name is not sent.
    """
    root: dict[str, Any] = copy.deepcopy(contract.document.tree.root)
    root.pop("webhooks", None)
    for operation in contract.operations:
        node = _at(root, operation.path)
        node.pop("callbacks", None)
        _close_body(contract, root, node, operation)
    for step in steps(contract):
        _add(contract, root, step)
    return root


def _add(contract: Contract, root: dict[str, Any], step: Step) -> None:
    producer, consumer = contract.operation(step.producer), contract.operation(step.consumer)
    responses = _at(root, producer.path)["responses"]
    response = responses[step.status]
    if "$ref" in response:  # shared by others, who lead elsewhere
        path = next(one.path for one in producer.responses if one.status == step.status)
        response = responses[step.status] = copy.deepcopy(_at(root, path))
    link: dict[str, Any] = {"parameters": dict(step.given)}
    if consumer.operation_id is not None:
        link["operationId"] = consumer.operation_id
    else:
        link["operationRef"] = "#" + pointer_of(consumer.path)
    links = response.setdefault("links", {})
    links.setdefault(_name(consumer), link)


def _name(operation: Operation) -> str:
    """A name for a link, of characters that a component's name may have."""
    text = operation.operation_id or f"{operation.method} {operation.template}"
    return "".join(char if char.isalnum() or char in "._-" else "_" for char in text)


def _close_body(
    contract: Contract, root: dict[str, Any], node: dict[str, Any], operation: Operation
) -> None:
    if operation.body is None:
        return
    body = node["requestBody"] = copy.deepcopy(_at(root, operation.body.path))
    for media in operation.body.content:
        entry = body["content"].get(media.name)
        if media.schema is None or entry is None or not _closable(media.schema):
            continue
        schema = copy.deepcopy(_at(root, media.schema.path))
        schema[_JSON_CLOSED] = False
        body["content"][media.name] = {**copy.deepcopy(_at(root, media.path)), "schema": schema}


def _closable(schema: Schema) -> bool:
    """Whether closing changes only what is not named: not where forms or parts name more."""
    apart = (*schema.all_of, *schema.any_of, *schema.one_of)
    open_by_word = schema.additional_properties is not None or schema.unknown or schema.conditions
    return bool(schema.properties) and not apart and not open_by_word


def _at(root: Any, path: Path) -> Any:
    for part in path:
        root = root[part]
    return root


def transitions(contract: Contract) -> Mapping[tuple[str, str], str]:
    """The steps by producer and consumer, each with the name of its kind."""
    return {(one.producer, one.consumer): one.kind for one in steps(contract)}
