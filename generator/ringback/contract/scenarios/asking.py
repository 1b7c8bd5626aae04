"""A request in terms of the document: values by name, before they are bytes.

So a scenario can change one value of a request that was accepted before and know that nothing else is different.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ringback.contract.traffic import Request
from ringback.contract.values import Parts
from ringback.openapi import MediaType, Operation
from ringback.wire import Contract, forms


@dataclass(frozen=True, slots=True)
class Ask:
    """One request to one operation. `body` is None where none is sent; `media` is the form it is sent in."""

    operation: Operation
    path: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    media: MediaType | None = None

    @staticmethod
    def of(parts: Parts) -> Ask:
        """What was drawn for an operation."""
        return Ask(parts.operation, parts.path, parts.query, parts.headers, parts.body, parts.media)

    def request(self, contract: Contract) -> Request:
        """The bytes. Raises KeyError where a value of the path is missing."""
        target = contract.encode_path(self.operation, self.path)
        pairs = contract.encode_query(self.operation, self.query)
        if pairs:
            target += "?" + forms.join(pairs)
        headers = [("accept", "*/*"), *contract.encode_headers(self.operation, self.headers)]
        body = b""
        if self.media is not None and self.body is not None:
            body, kind = contract.encode_body(self.media, self.body)
            headers.append(("content-type", kind))
        return Request(self.operation.method, target, tuple(headers), body)

    def at(self, path: Mapping[str, Any]) -> Ask:
        """The same for something else."""
        return replace(self, path={**self.path, **path})

    def asking(self, **query: Any) -> Ask:
        """The same with other values of the query; None takes one out."""
        return self.with_query(query)

    def with_query(self, given: Mapping[str, Any]) -> Ask:
        """The same with other values of the query; None takes one out."""
        merged = {**self.query, **given}
        kept = {name: value for name, value in merged.items() if value is not None}
        return replace(self, query=kept)

    def saying(self, given: Mapping[str, Any]) -> Ask:
        """The same with other properties of the body; what had none has these alone."""
        held = self.body if isinstance(self.body, Mapping) else {}
        return replace(self, body={**held, **given}, media=self.media or self._media())

    def _media(self) -> MediaType | None:
        return self.operation.body.content[0] if self.operation.body is not None else None
