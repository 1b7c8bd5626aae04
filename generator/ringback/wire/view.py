"""The document as the tester uses it: which operation a request belongs to, and what of a value it forbids.

A `Contract` is made once and asked all the time. It holds no opinion of its own: what it says stands in the document, and
every violation names the place where.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlsplit

from ringback.openapi import Document, MediaType, Operation, Parameter, Response, Schema
from ringback.source import Location, Path

from . import forms, multipart
from .formats import Format
from .kinds import Kinds
from .routes import Routes
from .schemas import Schemas
from .sites import label_of
from .violations import Violation

__all__ = ["Contract", "Match", "Violation", "is_json"]

_OF_RANGES: Final = {
    "text/*": "text/plain",
    "image/*": "image/png",
    "audio/*": "audio/mpeg",
    "video/*": "video/mp4",
    "application/*": "application/octet-stream",
}
"""What is sent where a document takes a whole range: a range itself is no content type."""


@dataclass(frozen=True, slots=True)
class Match:
    """The operation that a request belongs to, and the decoded values of its path."""

    operation: Operation
    values: Mapping[str, str]


class Contract:
    """A frozen view of a document. `Contract.of` makes it."""

    def __init__(self, document: Document, formats: Mapping[str, Format]) -> None:
        self.document: Final = document
        self.operations: Final = document.operations
        self.formats: Final = formats
        self._by_label = {label_of(one): one for one in document.operations}
        self._schemas = Schemas(document, formats)
        self._routes = Routes()
        self._bare = Routes()
        self._responses: dict[tuple[int, int], Response | None] = {}
        self._fields: dict[int, tuple[forms.Field, ...]] = {}
        self.base: Final = _bases(document.servers)[0]
        for one in document.operations:
            for base in _bases(one.servers or document.servers):
                self._routes.add(one, base)
            self._bare.add(one, "")

    @staticmethod
    def of(document: Document, formats: Mapping[str, Format] | None = None) -> Contract:
        """The view of a document; `formats` are those that settings add to the built-in ones."""
        return Contract(document, dict(formats or {}))

    @cached_property
    def kinds(self) -> Kinds:
        """The kinds of identifier, who gives and who takes them, and the resources they name."""
        return Kinds.of(self.document)

    # -- operations

    def label(self, operation: Operation) -> str:
        """What an operation is called everywhere: "GET /Calls/{Sid}.json"."""
        return label_of(operation)

    def operation(self, label: str) -> Operation:
        """The operation of a label. Raises KeyError where there is none."""
        return self._by_label[label]

    def base_of(self, operation: Operation) -> str:
        """The path prefix under which an operation is reached: that of its first server."""
        return _bases(operation.servers or self.document.servers)[0]

    def match(self, method: str, target: str) -> Match | None:
        """The operation of a request; the path may also come without the server's prefix."""
        path = target.partition("?")[0]
        found = self._routes.find(method, path) or self._bare.find(method, path)
        return None if found is None else Match(*found)

    def methods_of(self, target: str) -> Mapping[str, Operation]:
        """The documented methods of a path; empty where no template fits."""
        path = target.partition("?")[0]
        return self._routes.methods(path) or self._bare.methods(path)

    def response(self, operation: Operation, status: int) -> Response | None:
        """What is documented for a status: by its number, its range, or as `default`."""
        key = (id(operation), status)
        if key not in self._responses:
            by_status = {one.status.upper(): one for one in operation.responses}
            names = (str(status), f"{status // 100}XX", "DEFAULT")
            self._responses[key] = next((by_status[n] for n in names if n in by_status), None)
        return self._responses[key]

    def media_type(self, content: tuple[MediaType, ...], name: str) -> MediaType | None:
        """The documented entry for a media type without parameters: exact, then `text/*`, then `*/*`."""
        by_name = {one.name.partition(";")[0].strip().lower(): one for one in content}
        ranges = (name, f"{name.partition('/')[0]}/*", "*/*")
        return next((by_name[one] for one in ranges if one in by_name), None)

    # -- values

    def violations(self, schema: Schema, value: Any, *, reply: bool) -> tuple[Violation, ...]:
        """What of a value the schema forbids, each with the place in the document that forbids it.

        `reply`: the value came from the tested side (properties that are write-only need not be there); otherwise it is
        sent to it (read-only ones need not).
        """
        return self._schemas.violations(schema, value, reply=reply)

    def is_valid(self, schema: Schema, value: Any, *, reply: bool) -> bool:
        """Whether there is no violation; faster where there is one."""
        return self._schemas.is_valid(schema, value, reply=reply)

    def locate(self, path: Path) -> Location:
        """Where something stands: file, line and column, in the document or in the overlay that brought it."""
        return self.document.tree.locate(path)

    # -- parameters and bodies

    def parameters(
        self, operation: Operation, location: str | None = None
    ) -> tuple[Parameter, ...]:
        """The parameters of an operation, of one location or all."""
        return tuple(
            one for one in operation.parameters if location is None or one.location == location
        )

    def query(self, operation: Operation, query: str) -> dict[str, Any]:
        """The values of a query string as the schemas of its parameters say; unknown names as text."""
        return forms.decode(self._parameter_fields(operation), forms.split(query))

    def path_values(self, operation: Operation, values: Mapping[str, str]) -> dict[str, Any]:
        """The values of a match as the schemas of the path's parameters say."""
        fields = {
            one.name: forms.Field.of(one) for one in operation.parameters if one.location == "path"
        }
        return {
            name: forms.decode_simple(fields.get(name) or forms.Field(name, None, "simple"), value)
            for name, value in values.items()
        }

    def form(self, operation: Operation, body: bytes, media_type: str) -> dict[str, Any] | None:
        """A form body as its schema says: lists from repeated names, numbers, booleans. None where it is no such form."""
        value = self.body(operation, body, media_type)
        return value if isinstance(value, dict) else None

    def body(self, operation: Operation, body: bytes, media_type: str) -> Any:
        """The value of a request's body; None where the document has no such body or it cannot be read."""
        if operation.body is None:
            return None
        name = media_type.partition(";")[0].strip().lower()
        media = self.media_type(operation.body.content, name)
        return None if media is None else self.decoded(media, body, media_type)

    def decoded(self, media: MediaType, body: bytes, media_type: str) -> Any:
        """A body of a documented media type as a value; None where it cannot be read."""
        name = media_type.partition(";")[0].strip().lower()
        if is_json(name):
            return _json(body)
        if name == forms.FORM:
            pairs = forms.split(body.decode("utf-8", "replace"))
            return forms.decode(self._form_fields(media), pairs)
        if name == "multipart/form-data":
            return multipart.decode(self._form_fields(media), body, media_type)
        return body.decode("utf-8", "replace") if name.startswith("text/") else None

    def encode_path(self, operation: Operation, values: Mapping[str, Any]) -> str:
        """The encoded path of an operation, the server's prefix before it. Raises KeyError for a value that is missing."""
        path = operation.template
        for one in operation.parameters:
            if one.location == "path":
                text = forms.encode_simple(forms.Field.of(one), values[one.name], quoted=True)
                path = path.replace("{" + one.name + "}", text)
        return self.base_of(operation) + path

    def encode_query(self, operation: Operation, values: Mapping[str, Any]) -> forms.Pairs:
        """The pairs of a query."""
        return forms.encode_form(self._parameter_fields(operation), values)

    def encode_headers(self, operation: Operation, values: Mapping[str, Any]) -> forms.Pairs:
        """Header fields, names in lower case, for header and cookie parameters (`values` by name)."""
        found: list[tuple[str, str]] = []
        crumbs: list[tuple[str, str]] = []
        for one in operation.parameters:
            if one.location == "header" and one.name in values:
                text = forms.encode_simple(forms.Field.of(one), values[one.name], quoted=False)
                found.append((one.name.lower(), text))
            elif one.location == "cookie" and one.name in values:
                crumbs.extend(forms.encode(forms.Field.of(one), values[one.name]))
        if crumbs:
            found.append(("cookie", "; ".join(f"{name}={value}" for name, value in crumbs)))
        return tuple(found)

    def encode_body(self, media: MediaType, value: Any) -> tuple[bytes, str]:
        """A value as a body of a media type, and the content type to send with it."""
        name = media.name.partition(";")[0].strip().lower()
        if name == forms.FORM and isinstance(value, dict):
            pairs = forms.encode_form(self._form_fields(media), value)
            return forms.join(pairs, plus=True).encode(), forms.FORM
        if name == "multipart/form-data" and isinstance(value, dict):
            return multipart.encode(self._form_fields(media), value)
        if is_json(name) or not isinstance(value, (str, bytes)):
            sent = "application/json" if "*" in name else name
            return json.dumps(value, ensure_ascii=False).encode(), sent
        sent = _OF_RANGES.get(name, name)
        return (value if isinstance(value, bytes) else value.encode()), sent

    def _form_fields(self, media: MediaType) -> tuple[forms.Field, ...]:
        if id(media) not in self._fields:
            self._fields[id(media)] = forms.fields_of(media)
        return self._fields[id(media)]

    def _parameter_fields(self, operation: Operation) -> tuple[forms.Field, ...]:
        if id(operation) not in self._fields:
            self._fields[id(operation)] = tuple(
                forms.Field.of(one) for one in operation.parameters if one.location == "query"
            )
        return self._fields[id(operation)]


def is_json(media_type: str) -> bool:
    """Whether a media type (without parameters, in lower case) is JSON: its own, `+json`, or any."""
    return media_type in ("application/json", "*/*", "text/json") or media_type.endswith("+json")


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _bases(servers: tuple[Any, ...]) -> tuple[str, ...]:
    """The path prefixes of servers, without a slash at the end; one empty one where there are none."""
    found = [urlsplit(server.url).path.rstrip("/") for server in servers]
    return tuple(dict.fromkeys(found)) or ("",)
