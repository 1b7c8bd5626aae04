"""A request read as the document says, and what is wrong with it.

What cannot be accepted is raised as `Refused`, with the reason that decides which status it gets; all faults of a request are
told together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final
from urllib.parse import unquote

from ringback.openapi import MediaType, Operation, Parameter, Schema
from ringback.wire import Contract, Violation, forms, is_json

_NOT_READ: Final = frozenset(("accept", "content-type", "authorization"))  # as OpenAPI has it


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came. Header names are in lower case; `path` is percent-encoded."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    base: str = ""  # scheme and host, for addresses in answers


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where ("query/limit", "body/name"), what, and where the document says so."""

    where: str
    message: str
    violation: Violation | None = None


class Refused(Exception):
    """A request that is not carried out. `reason` decides the status: "syntax", "schema", "missing", "media", …"""

    def __init__(self, reason: str, message: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.faults = faults


@dataclass(slots=True)
class Given:
    """The values of a request, by name. `raw` are the path's as they came; `media` is None where there is no body."""

    path: dict[str, Any]
    raw: Mapping[str, str]
    query: dict[str, Any]
    headers: dict[str, Any]
    body: Any = None
    media: MediaType | None = None
    media_type: str = ""

    @property
    def named(self) -> dict[str, Any]:
        """The properties of the body, where it has any."""
        return self.body if isinstance(self.body, dict) else {}


def read(
    contract: Contract, operation: Operation, values: Mapping[str, str], request: Request
) -> Given:
    """The values of a request, held to the document. Raises Refused."""
    faults: list[Fault] = []
    given = Given({}, values, {}, {})
    if values:
        given.path = contract.path_values(operation, values)
    by_place = {"path": given.path, "query": given.query, "header": given.headers}
    if request.query or any(one.location.startswith("query") for one in operation.parameters):
        given.query = by_place["query"] = contract.query(operation, request.query)
    crumbs = _cookies(request) if "cookie" in request.headers else {}
    for one in operation.parameters:
        if one.location == "querystring":
            _querystring(contract, one, request.query, given, faults)
            continue
        if one.location in ("header", "cookie"):
            _single(one, request, crumbs, given)
            held = given.headers
        else:
            held = by_place[one.location]
        _check(contract, one, held, faults)
    if faults:
        reason = "path" if all(one.where.startswith("path/") for one in faults) else "syntax"
        raise Refused(reason, _said(faults), tuple(faults))
    _read_body(contract, operation, request, given)
    return given


def _check(contract: Contract, one: Parameter, held: dict[str, Any], faults: list[Fault]) -> None:
    where = f"{one.location}/{one.name}"
    if one.name not in held:
        if one.required and one.name.lower() not in _NOT_READ:
            faults.append(Fault(where, f"{one.name} is missing"))
        return
    value = held[one.name]
    if one.schema is None or (value == "" and one.allow_empty):
        return
    if not contract.is_valid(one.schema, value, reply=False):
        found = contract.violations(one.schema, value, reply=False)
        for fault in found or (None,):
            message = fault.message if fault is not None else "the value is not allowed"
            faults.append(Fault(where, message.replace("the value", one.name, 1), fault))


def _single(one: Parameter, request: Request, crumbs: Mapping[str, str], given: Given) -> None:
    """A header or a cookie."""
    found = (
        request.headers.get(one.name.lower()) if one.location == "header" else crumbs.get(one.name)
    )
    if found is not None and one.name.lower() not in _NOT_READ:
        given.headers[one.name] = forms.decode_simple(forms.Field.of(one), found)


def _cookies(request: Request) -> dict[str, str]:
    try:
        return {name: one.value for name, one in SimpleCookie(request.headers["cookie"]).items()}
    except CookieError:
        return {}


def _querystring(
    contract: Contract, one: Parameter, query: str, given: Given, faults: list[Fault]
) -> None:
    """The whole query as one value (OpenAPI 3.2)."""
    if not query:
        if one.required:
            faults.append(Fault("query", "the query is missing"))
        return
    if one.content is None or one.content.schema is None:
        return
    name = one.content.name
    encoded = query if name == forms.FORM else unquote(query)
    value = contract.decoded(one.content, encoded.encode(), name)
    for fault in contract.violations(one.content.schema, value, reply=False):
        faults.append(Fault("query", fault.message.replace("the value", "the query", 1), fault))


def _read_body(contract: Contract, operation: Operation, request: Request, given: Given) -> None:
    body = operation.body
    if body is None or not body.content:
        return
    if not request.body:
        if body.required:
            raise Refused("syntax", "the body is missing", (Fault("body", "the body is missing"),))
        return
    sent = request.headers.get("content-type", "")
    name = sent.partition(";")[0].strip().lower()
    media = contract.media_type(body.content, name) if name else body.content[0]
    if media is None:
        wanted = ", ".join(one.name for one in body.content)
        raise Refused("media", f"the body is {name}, wanted {wanted}")
    given.media, given.media_type = media, name or media.name
    given.body = _value(contract, media, request.body, sent or media.name)
    schema = media.schema
    if schema is not None and _is_judged(given.media_type, schema):
        _hold(contract, schema, given.body)


def _value(contract: Contract, media: MediaType, body: bytes, sent: str) -> Any:
    name = sent.partition(";")[0].strip().lower()
    if is_json(name) and name != "*/*":
        try:
            return json.loads(body, parse_constant=_no_constant)
        except UnicodeDecodeError:
            raise Refused("syntax", "the body is no UTF-8") from None
        except (ValueError, RecursionError) as error:
            raise Refused("syntax", f"the body is no JSON: {error}") from None
    if name == "multipart/form-data":
        value = contract.decoded(media, body, sent)
        if value is None:
            raise Refused("syntax", "the body is no multipart/form-data")
        return value
    if name == forms.FORM or name.startswith("text/"):
        return contract.decoded(media, body, sent)
    return body


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _is_judged(name: str, schema: Schema) -> bool:
    """Whether the schema speaks of the value that was read: JSON, forms, parts and text; not of bytes or XML."""
    if is_json(name) or name in (forms.FORM, "multipart/form-data"):
        return True
    return name == "text/plain" and forms.types_of(schema) <= {"string"}


def _hold(contract: Contract, schema: Schema, value: Any) -> None:
    if contract.is_valid(schema, value, reply=False):
        return
    faults = tuple(
        Fault("body" + one.where, one.message.replace("the value", "the body", 1), one)
        for one in contract.violations(schema, value, reply=False)
    )
    raise Refused("schema", _said(list(faults)) or "the body is not what the schema says", faults)


def _said(faults: list[Fault]) -> str:
    return "; ".join(one.message for one in faults[:5])
