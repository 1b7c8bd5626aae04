"""What was asked for is what comes back: the answer to a write says what the request said, property by property.

Only where request and answer have a property of the same name and of types that can be compared. Not held to it: a status (what
is asked for comes about later), what is secret, a value that stands in the answer because another parameter said it, and the
identifier of what is created: most servers make it, and many documents have one schema for what is sent and what is answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ringback.contract.judges.reading import NOTHING, Reading, properties
from ringback.contract.judges.words import plain, same, shown
from ringback.contract.outcome import Finding
from ringback.contract.traffic import Intent
from ringback.openapi import Schema
from ringback.wire import forms

_WRITES = frozenset(("POST", "PUT", "PATCH"))
_MOVING = ("status", "state")
_SECRET = ("password", "secret", "token", "key")
_MERGE = "application/merge-patch+json"
_UNWORDED = frozenset(("integer", "number", "boolean", "null"))


def not_echoed(reading: Reading) -> Iterator[Finding]:
    """`not-echoed`, once for each property."""
    request = reading.exchange.request
    if request.method not in _WRITES or not reading.accepted:
        return
    if reading.exchange.intent is Intent.INVALID or not isinstance(reading.value, dict):
        return
    if reading.value is NOTHING or not request.body:
        return
    told, own = reading.told["body"], {plain(name): name for name in reading.value}
    described = properties(reading.schema)
    merged = (request.header("content-type") or "").partition(";")[0].strip() == _MERGE
    for asked, value in told.items():
        name = own.get(plain(asked))
        if name is None or name not in described or not _is_held(name, described[name], value):
            continue
        found = reading.value[name]
        if same(value, found) or (merged and _is_merged(value, found)):
            continue
        if _is_explained(asked, found, told):
            continue
        if not _comparable(value, found, described[name]) or _is_given(
            reading, name, described[name]
        ):
            continue
        message = f"{name} is {shown(found)}, wanted {shown(value)} as {asked} asked"
        yield reading.finding("not-echoed", message, described[name].path, where=f"body/{name}")


def _is_merged(value: Any, found: Any) -> bool:
    """Whether an object says what a merge patch said of it (RFC 7396): null takes away, and the rest of the object stays."""
    if not isinstance(value, dict) or not isinstance(found, dict):
        return same(value, found)
    return all(
        found.get(name) is None if one is None else _is_merged(one, found.get(name))
        for name, one in value.items()
    )


def _is_held(name: str, schema: Schema, value: Any) -> bool:
    known = plain(name)
    if value in (None, "") or schema.read_only or known.endswith(_MOVING):
        return False
    return not known.endswith(_SECRET)


def _is_given(reading: Reading, name: str, schema: Schema) -> bool:
    """Whether a property is what the thing that was made is known by, in a form that servers make: a number, a UUID, a
    pattern. A name is what its maker calls it.
    """
    response, operation = reading.response, reading.operation
    if reading.exchange.request.method != "POST" or response is None or operation is None:
        return False
    pointer = f"/{name}"
    kind = reading.contract.kinds.of_property(reading.label, response.status, pointer)
    if kind is not None and kind.shaped:
        if any(one.own and one.label == reading.label for one in kind.producers):
            return True
    elif not (schema.pattern or schema.format == "uuid" or "integer" in schema.types):
        return False
    # `ticketId` of what is posted to /tickets, where there is no path of one ticket that would tell.
    known, collection = plain(name), plain(operation.template.rpartition("/")[2])
    return known.endswith("id") and collection.startswith(known[:-2])


def _is_explained(asked: str, found: Any, told: dict[str, Any]) -> bool:
    """Whether another parameter said what came back: who is told a caller ID shows it as the caller."""
    if found in (None, "", True, False):
        return False
    return any(name != asked and same(value, found) for name, value in told.items())


def _comparable(value: Any, found: Any, schema: Schema) -> bool:
    """Whether two values are of types that can say the same: not a name and the object of that name, and not two tables,
    of which one may be what is looked for and the other what was found.
    """
    if isinstance(value, dict) and not _can_say(schema, value):
        return False
    unworded = bool(schema.types) and set(schema.types) <= _UNWORDED
    if unworded and isinstance(value, str) and forms.typed(schema, value) == value:
        return False  # any text is taken, and answers have only a number or yes and no for it
    if found is None:
        return True
    kinds = [_kind(one) for one in (value, found)]
    if kinds[0] == "list" and kinds[1] == "list":
        return not any(isinstance(one, (dict, list)) for one in (*value, *found))
    return kinds[0] == kinds[1]


def _can_say(schema: Schema, value: dict[str, Any]) -> bool:
    """Whether answers have all the properties that were sent, the inner ones too: a card's number is sent, its last digits come."""
    own = properties(schema)
    return all(
        name in own and (not isinstance(inner, dict) or _can_say(own[name], inner))
        for name, inner in value.items()
    )


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "object"
    return "list" if isinstance(value, list) else "scalar"
