"""Every place of a document where a request or an answer carries a single value: what kinds are found among."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from ringback.openapi import Document, Operation, Schema
from ringback.source import Path, pointer_of

from . import forms
from .resources import good_statuses, json_schema

_DEPTH: Final = 6
_MOST: Final = 300  # places per answer: more than any that a person would read


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """One place. `location` is path, query, header, cookie or body for requests, answer or callback otherwise.

    `owner` is the name of the schema that the property belongs to, or of the property that holds it, where there is one;
    `pointer` has `*` for the items of lists.
    """

    schema: Schema
    name: str
    label: str
    location: str
    owner: str = ""
    owner_path: Path = ()
    status: str = ""
    pointer: str = ""
    template: str = ""
    credential: str | None = None


def label_of(operation: Operation) -> str:
    """What an operation is called everywhere: "GET /Calls/{Sid}.json"."""
    return f"{operation.method} {operation.template}"


def sites_of(document: Document) -> Iterator[Site]:
    """The places of all operations, and of what webhooks and callbacks carry."""
    for one in document.operations:
        yield from _operation(one, label_of(one))
        for callback in one.callbacks:
            for inner in callback.operations:
                yield from _body(inner, f"callback {callback.name}", "callback")
    for hook in document.webhooks:
        for inner in hook.operations:
            yield from _body(inner, f"callback {hook.name}", "callback")


def _operation(operation: Operation, label: str) -> Iterator[Site]:
    for one in operation.parameters:
        if one.schema is not None:
            credential = one.extensions.get("x-ringback-credential")
            yield Site(
                one.schema,
                one.name,
                label,
                one.location,
                template=operation.template,
                credential=credential if isinstance(credential, str) else None,
            )
    yield from _body(operation, label, "body")
    for status in good_statuses(operation):
        schema = json_schema(operation, status)
        if schema is not None:
            yield from islice(_inside(schema, label, status), _MOST)


def _body(operation: Operation, label: str, location: str) -> Iterator[Site]:
    """The properties of what is sent, of the first media type that has any."""
    for media in operation.body.content if operation.body is not None else ():
        found = forms.properties_of(media.schema)
        for name, schema in found:
            owner = media.schema.name or "" if media.schema is not None else ""
            yield Site(schema, name, label, location, owner, pointer=f"/{name}")
        if found:
            return


def _inside(root: Schema, label: str, status: str) -> Iterator[Site]:
    """The single values of an answer, the shallow ones first."""
    waiting: deque[tuple[Schema, str, str, tuple[Schema, ...]]] = deque([(root, "", "", ())])
    while waiting:
        schema, pointer, owner, above = waiting.popleft()
        if schema in above or len(above) > _DEPTH:
            continue
        below = (*above, schema)
        items = forms.items_of(schema)
        if items is not None:
            if _is_single(items):
                place = f"{pointer}/*"
                yield Site(items, owner, label, "answer", owner, schema.path, status, place)
            else:
                waiting.append((items, f"{pointer}/*", owner, below))
        own = _name_of(schema) or owner
        for name, inner in forms.properties_of(schema):
            place = pointer + pointer_of((name,))
            if forms.items_of(inner) is not None or forms.properties_of(inner):
                waiting.append((inner, place, name, below))
            else:
                yield Site(inner, name, label, "answer", own, schema.path, status, place)


def _is_single(schema: Schema) -> bool:
    types = forms.types_of(schema)
    return bool(types) and not types & {"object", "array"}


def _name_of(schema: Schema) -> str:
    """A schema's own name, or that of the one named part it is made of."""
    if schema.name is not None:
        return schema.name
    named = [one.name for one in schema.all_of if one.name]
    return named[0] if len(named) == 1 else ""
