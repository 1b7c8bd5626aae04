"""Changing answers and requests: JSON at a place, a refusal in the place of a success, names out of forms and queries."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random
from typing import Any, Final

from ringback.contract.traffic import Headers, Reply, Request
from ringback.openapi import MediaType, Operation, Response
from ringback.source import steps_of
from ringback.wire import Contract, Drawer, Undrawable, forms, is_json

Pairs = list[tuple[str, str]]
GONE: Final = object()
"""What `at` writes where a property shall not be there at all."""


def read(body: bytes) -> Any:
    """The JSON of a body; None where it is none."""
    try:
        return json.loads(body)
    except ValueError:
        return None


def with_value(reply: Reply, value: Any) -> Reply:
    """An answer with another JSON body."""
    return with_body(reply, json.dumps(value, ensure_ascii=False).encode())


def with_body(reply: Reply, body: bytes) -> Reply:
    """An answer with another body of the same kind."""
    kept = tuple(one for one in reply.headers if one[0] != "content-length")
    return replace(reply, headers=(*kept, ("content-length", str(len(body)))), body=body)


def at(value: Any, pointer: str, change: Callable[[Any], Any]) -> int:
    """Change what stands at a JSON pointer (`*`: in every row) in place; gives how many were changed.

    `change` gets the old value and gives the new one, or GONE; where it gives the old one itself nothing is counted.
    """
    steps = steps_of(pointer)
    return _at(value, list(steps), change) if steps else 0


def _at(value: Any, steps: list[str], change: Callable[[Any], Any]) -> int:
    step, rest = steps[0], steps[1:]
    if step == "*" and isinstance(value, list):
        if rest:
            return sum(_at(one, rest, change) for one in value)
        return sum(_write(value, index, change) for index in range(len(value)))
    if not isinstance(value, dict) or step not in value:
        return 0
    return _at(value[step], rest, change) if rest else _write(value, step, change)


def _write(holder: Any, key: Any, change: Callable[[Any], Any]) -> int:
    old = holder[key]
    new = change(old)
    if new is old or (new == old and type(new) is type(old)):
        return 0
    if new is GONE:
        del holder[key]
    else:
        holder[key] = new
    return 1


# -- answers that the document has


def success(operation: Operation) -> list[Response]:
    """The documented successes of an operation."""
    return [one for one in operation.responses if one.status.startswith("2")]


def json_of(response: Response) -> MediaType | None:
    """The JSON that a response is documented with."""
    for one in response.content:
        if is_json(one.name.partition(";")[0].strip().lower()) and one.schema is not None:
            return one
    return None


def refusal(contract: Contract, operation: Operation, status: int) -> Reply:
    """An answer with a documented status and a body as the document wants it, as far as one can be made up."""
    response = contract.response(operation, status)
    media = json_of(response) if response is not None else None
    if media is None or media.schema is None:
        return Reply(status, (("content-length", "0"),))
    drawer = Drawer(
        Random(7), lambda schema, value: contract.is_valid(schema, value, reply=True), {}
    )
    try:
        value = drawer.value(media.schema)
    except Undrawable:
        value = {}
    if isinstance(value, dict) and isinstance(value.get("status"), int):
        value["status"] = status
    return with_value(Reply(status, (("content-type", "application/json"),)), value)


def refusals(operation: Operation) -> list[int]:
    """The documented refusals of a request that say something about it: not that of credentials or of too many."""
    numbers = [int(one.status) for one in operation.responses if one.status.isdigit()]
    return [one for one in numbers if 400 <= one < 500 and one not in (401, 403, 407, 408, 429)]


# -- requests


def form_of(request: Request) -> Pairs | None:
    """The pairs of a form that is sent; None where the body is something else."""
    if (request.header("content-type") or "").partition(";")[0].strip().lower() != forms.FORM:
        return None
    return list(forms.split(request.body.decode("utf-8", "replace")))


def with_form(request: Request, pairs: Iterable[tuple[str, str]]) -> Request:
    """The request with another form."""
    body = forms.join(tuple(pairs), plus=True).encode()
    return replace(request, headers=_sized(request.headers, body), body=body)


def json_pairs(request: Request) -> Pairs | None:
    """The properties of a JSON object that is sent, each value as JSON; None where the body is something else."""
    value = read(request.body)
    if not isinstance(value, dict):
        return None
    return [(name, json.dumps(one)) for name, one in value.items()]


def with_json(request: Request, pairs: Iterable[tuple[str, str]]) -> Request:
    """The request with another JSON object."""
    body = json.dumps({name: json.loads(text) for name, text in pairs}).encode()
    return replace(request, headers=_sized(request.headers, body), body=body)


def query_of(request: Request) -> Pairs:
    """The pairs of a query."""
    return list(forms.split(request.query)) if request.query else []


def with_query(request: Request, pairs: Iterable[tuple[str, str]]) -> Request:
    """The request with another query."""
    text = forms.join(tuple(pairs))
    return replace(request, target=request.path + (f"?{text}" if text else ""))


def with_path(
    contract: Contract, request: Request, operation: Operation, values: dict[str, str]
) -> Request:
    """The request for another thing."""
    query = f"?{request.query}" if request.query else ""
    return replace(request, target=contract.encode_path(operation, values) + query)


def said(contract: Contract, operation: Operation, request: Request) -> dict[str, Any]:
    """What the body of a request says, by name; empty where it says nothing."""
    media = request.header("content-type") or ""
    value = contract.body(operation, request.body, media) if request.body else None
    return value if isinstance(value, dict) else {}


def _sized(headers: Headers, body: bytes) -> Headers:
    return tuple(
        (name, str(len(body)) if name == "content-length" else value) for name, value in headers
    )


def without(pairs: Iterable[tuple[str, str]], name: str) -> Pairs:
    """The pairs without a name."""
    return [pair for pair in pairs if pair[0] != name]
