"""Answers to what is not carried out: with a status that the document has for it, in the form that it gives errors.

Where the document says nothing of errors, they are problem details (RFC 9457).
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import msgspec

from ringback.openapi import Response, Schema
from ringback.wire import forms, is_json

from .making import NOTHING, Maker
from .replies import Accept, Reply, Statuses, encoded, headers_of, media_of
from .requests import Fault, Refused
from .tables import plain

_STATUSES: Final[Mapping[str, tuple[int, ...]]] = {
    "syntax": (400, 422),
    "schema": (422, 400),
    "path": (400, 422, 404),
    "missing": (404, 410),
    "conflict": (409, 422, 400),
    "credentials": (401, 403),
    "foreign": (403, 401, 404),
    "method": (405,),
    "media": (415, 400, 422),
    "accept": (406, 400),
    "unknown": (404,),
    "preference": (422,),
}
"""Which statuses say what is wrong, the best first."""

_SAYINGS: Final = frozenset(
    [
        "message",
        "detail",
        "details",
        "description",
        "error",
        "errormessage",
        "errordescription",
        "reason",
        "msg",
        "title",
        "summary",
        "text",
    ]
)
_CODES: Final = frozenset(
    ["status", "statuscode", "code", "httpstatus", "errorcode", "httpstatuscode"]
)
_WHERES: Final = frozenset(
    ["field", "path", "pointer", "property", "parameter", "location", "source", "loc", "name"]
)


def reply(maker: Maker, statuses: Statuses, refused: Refused, accept: Accept) -> Reply:
    """The answer to a request that was refused."""
    status, response = statuses.best(_STATUSES[refused.reason], 4)
    return of_status(maker, status, response, refused.message, refused.faults, accept)


def of_status(
    maker: Maker,
    status: int,
    response: Response | None,
    message: str,
    faults: tuple[Fault, ...],
    accept: Accept,
) -> Reply:
    """An error of one status, as the document has it."""
    headers = headers_of(maker, response, {}, str(status))
    if response is None or not response.content:
        return _problem(status, message, faults, headers)
    chosen = media_of(response, accept) or media_of(response, Accept())
    assert chosen is not None
    media, name = chosen
    if media.schema is None:
        example = next((value for _, value in maker.examples(media)), NOTHING)
        if example is NOTHING and is_json(name):
            example = _details(status, message, faults)
        body = encoded(maker, media, name, message if example is NOTHING else example)
    else:
        body = encoded(maker, media, name, _value(maker, media.schema, status, message, faults))
    return Reply(status, (("content-type", name), *headers), body)


def _problem(
    status: int, message: str, faults: tuple[Fault, ...], headers: list[tuple[str, str]]
) -> Reply:
    body = msgspec.json.encode(_details(status, message, faults))
    return Reply(status, (("content-type", "application/problem+json"), *headers), body)


def _details(status: int, message: str, faults: tuple[Fault, ...]) -> dict[str, Any]:
    try:
        title = HTTPStatus(status).phrase
    except ValueError:
        title = "Error"
    told: dict[str, Any] = {"title": title, "status": status, "detail": message}
    if faults:
        told["errors"] = [{"where": one.where, "message": one.message} for one in faults]
    return told


def _value(
    maker: Maker, schema: Schema, status: int, message: str, faults: tuple[Fault, ...]
) -> Any:
    """An error of a schema: what its properties are called says what belongs into them."""
    if forms.is_type(schema, "string"):
        return message if maker.valid(schema, message) else maker.base(schema, 0)
    known = _known(schema, status, message, faults, 0)
    made = maker.compose(schema, known, 0)
    return _details(status, message, faults) if made is NOTHING else made


def _known(
    schema: Schema, status: int, message: str, faults: tuple[Fault, ...], depth: int
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, inner in forms.properties_of(schema):
        known, types = plain(name), forms.types_of(inner)
        if known in _SAYINGS and "string" in types:
            found[name] = _title(status) if known == "title" else message
        elif known in _CODES and types & {"integer", "number"}:
            found[name] = status
        elif known in _CODES and "string" in types:
            found[name] = str(status)  # kept only where the schema allows it
        elif known in _WHERES and "string" in types and faults:
            found[name] = faults[0].where
        elif "object" in types and depth < 3 and forms.properties_of(inner):
            below = _known(inner, status, message, faults, depth + 1)
            if below:
                found[name] = below
        elif "array" in types and depth < 3 and (items := forms.items_of(inner)) is not None:
            rows = _rows(items, status, message, faults, depth)
            if rows:
                found[name] = rows
    return found


def _rows(
    items: Schema, status: int, message: str, faults: tuple[Fault, ...], depth: int
) -> list[Any]:
    """One entry for each fault."""
    each = faults[:20] or (Fault("", message),)
    if forms.is_type(items, "string"):
        return [one.message for one in each]
    return [
        known for one in each if (known := _known(items, status, one.message, (one,), depth + 1))
    ]


def _title(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"
