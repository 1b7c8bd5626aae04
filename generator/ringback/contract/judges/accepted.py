"""What the document forbids is refused."""

from __future__ import annotations

from collections.abc import Iterator

from ringback.contract.judges.reading import Reading
from ringback.contract.outcome import Finding
from ringback.contract.traffic import Intent
from ringback.openapi import MediaType
from ringback.source import Path


def accepted_invalid(reading: Reading) -> Iterator[Finding]:
    """`accepted-invalid`: a request that was meant to be invalid, and was carried out."""
    if reading.exchange.intent is not Intent.INVALID or not reading.accepted:
        return
    if reading.operation is None:
        return
    fault = _fault(reading)
    status = reading.status
    if fault is not None:
        message, path, where = fault
        said = f"{message}, and was accepted with {status}"
        yield reading.finding("accepted-invalid", said, path, where=where)
        return
    why = reading.exchange.note or "a request that the document forbids"
    message = f"{why} was accepted with {status}, wanted it refused"
    yield reading.finding("accepted-invalid", message, reading.operation.path, where="request")


def _fault(reading: Reading) -> tuple[str, Path, str] | None:
    """What is wrong with the request, where the document says so, and in which part of it."""
    operation = reading.operation
    assert operation is not None
    query = reading.told["query"]
    for one in operation.parameters:
        given = {"query": query, "path": reading.values}.get(one.location, {})
        if one.name not in given:
            if one.required and one.location == "query":
                return f"{one.name} is missing", one.path, f"query/{one.name}"
            continue
        if one.schema is None:
            continue
        value = given[one.name]
        if one.location == "path":
            value = reading.contract.path_values(operation, {one.name: value})[one.name]
        for violation in reading.contract.violations(one.schema, value, reply=False):
            message = violation.message.replace("the value is", f"{one.name} is", 1)
            return message, violation.path, f"{one.location}/{one.name}"
    return _body_fault(reading)


def _body_fault(reading: Reading) -> tuple[str, Path, str] | None:
    operation, request = reading.operation, reading.exchange.request
    if operation is None or operation.body is None:
        return None
    sent = request.header("content-type") or ""
    name = sent.partition(";")[0].strip().lower()
    media: MediaType | None = reading.contract.media_type(operation.body.content, name)
    if media is None or media.schema is None:
        if request.body:
            return f"the body is {name or 'of no media type'}", operation.body.path, "body"
        if operation.body.required:
            return "the body is missing", operation.body.path, "body"
        return None
    value = reading.contract.body(operation, request.body, sent)
    for violation in reading.contract.violations(media.schema, value, reply=False):
        return violation.message, violation.path, f"body{violation.where}"
    return None
