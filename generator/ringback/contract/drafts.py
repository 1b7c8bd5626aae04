"""Requests before they are sent: their values by name, and the text and bytes that these become."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ringback.openapi import MediaType, Operation, Parameter
from ringback.wire import Contract, Violation, forms, is_json

from .traffic import Request


@dataclass(frozen=True, slots=True)
class Draft:
    """A request before it is sent. `told` names what it gives: "path.Sid", "query.Status", "body.To".

    `name` is that of the document's example it was made from. `sound` is False where a value could not be drawn so that
    the document allows it: the request is then a guess.
    """

    operation: str
    path: Mapping[str, Any]
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    media_type: str = ""
    told: tuple[str, ...] = ()
    name: str = ""
    sound: bool = True

    def request(self, contract: Contract) -> Request:
        """As it goes over the wire, the server's path prefix before its own."""
        operation = contract.operation(self.operation)
        target = contract.encode_path(operation, self.path)
        if self.query:
            target += "?" + forms.join(self.query)
        headers = [("accept", "*/*"), *self.headers]
        if self.media_type:
            headers.append(("content-type", self.media_type))
        return Request(operation.method, target, tuple(headers), self.body)


@dataclass(frozen=True, slots=True)
class Invalid:
    """A draft with one fault. `where` is what is wrong ("query.PageSize", "body.To"), `path` where the document forbids it."""

    draft: Draft
    why: str
    where: str
    path: tuple[str | int, ...]
    keyword: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The values of a request by name, before they are text."""

    operation: Operation
    path: Mapping[str, Any]
    query: Mapping[str, Any]
    headers: Mapping[str, Any]
    body: Any = None
    media: MediaType | None = None
    name: str = ""
    sound: bool = True

    def draft(self, contract: Contract) -> Draft:
        """Encoded."""
        body, media_type = b"", ""
        if self.media is not None:
            body, media_type = contract.encode_body(self.media, self.body)
        told = [
            *(f"path.{name}" for name in self.path),
            *(f"query.{name}" for name in self.query),
            *(f"header.{name}" for name in self.headers),
        ]
        if isinstance(self.body, dict):
            told += [f"body.{name}" for name in self.body]
        return Draft(
            contract.label(self.operation),
            dict(self.path),
            contract.encode_query(self.operation, self.query),
            contract.encode_headers(self.operation, self.headers),
            body,
            media_type,
            tuple(told),
            self.name,
            self.sound,
        )


def faults(contract: Contract, draft: Draft) -> tuple[tuple[str, Violation], ...]:
    """What the document forbids of a draft, read as the other side reads it: where ("query.Page"), and what."""
    return tuple(_faults(contract, draft))


def _faults(contract: Contract, draft: Draft) -> Iterator[tuple[str, Violation]]:
    operation = contract.operation(draft.operation)
    match = contract.match(operation.method, contract.encode_path(operation, draft.path))
    if match is None or match.operation is not operation:
        yield "path", Violation("", "path", "the path is another operation's", operation.path)
        return
    query = contract.query(operation, forms.join(draft.query))
    for location, values in (
        ("path", contract.path_values(operation, match.values)),
        ("query", query),
    ):
        for one in contract.parameters(operation, location):
            for found in _faults_of(contract, one, values):
                yield f"{location}.{one.name}", found
    yield from _faults_of_body(contract, operation, draft)


def _faults_of(
    contract: Contract, parameter: Parameter, values: Mapping[str, Any]
) -> Iterator[Violation]:
    if parameter.name not in values:
        if parameter.required:
            said = f"{parameter.name} is missing"
            yield Violation("", "required", said, (*parameter.path, "required"))
    elif parameter.schema is not None:
        yield from contract.violations(parameter.schema, values[parameter.name], reply=False)


def _faults_of_body(
    contract: Contract, operation: Operation, draft: Draft
) -> Iterator[tuple[str, Violation]]:
    """Of JSON and forms; other bodies are not read."""
    name = draft.media_type.partition(";")[0]
    if operation.body is None:
        return
    if not name:
        if operation.body.required:
            path = (*operation.body.path, "required")
            yield "body", Violation("", "required", "the body is missing", path)
        return
    media = contract.media_type(operation.body.content, name)
    if media is None or media.schema is None or not (is_json(name) or name == forms.FORM):
        return
    value = contract.decoded(media, draft.body, draft.media_type)
    for found in contract.violations(media.schema, value, reply=False):
        yield f"body{found.where.replace('/', '.')}", found
