"""What a document's operations do to which things, read from its paths and schemas.

A thing (`Entity`) is what a path that ends in a parameter answers with: `/calls/{id}` gives the schema `Call`, and `id` is the
property of it that the parameter names. The collection above it lists and creates; other item paths with the same schema are
other ways to the same thing. A thing is told by its identifier alone where that is unlikely to be given twice (it has a
pattern or is a UUID, or the path has no other parameter) and is no other thing's; a participant that is named by its call's
identifier is told by the whole path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ringback.contract.judges.reading import is_json, properties
from ringback.contract.judges.words import plain
from ringback.openapi import Document, Operation, Schema
from ringback.wire import bare

if TYPE_CHECKING:
    from ringback.wire import Contract

_LAST_PARAMETER: Final = re.compile(r"(.*)/\{([^{}/]+)\}([^{}/]*)\Z")
_SCALARS: Final = frozenset({"string", "integer"})


class Verb(StrEnum):
    """What an operation does to a thing."""

    CREATE = "create"
    LIST = "list"
    FETCH = "fetch"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """A kind of thing. `own`: its identifier alone tells it from all others; otherwise all of its path does."""

    name: str
    schema: Schema
    identity: str  # the property that holds its identifier
    own: bool
    collections: frozenset[str]  # templates of the paths above its items
    properties: dict[str, Schema]

    @property
    def identity_schema(self) -> Schema:
        return self.properties[self.identity]


@dataclass(frozen=True, slots=True, eq=False)
class Role:
    """What one operation does: to which thing, by which parameter it names it, under which property it lists rows."""

    verb: Verb
    entity: Entity
    operation: Operation
    label: str
    parameter: str | None = None  # the last of an item's path
    rows: str | None = (
        None  # of a list: the property that holds the rows; None: the answer is the array itself
    )
    envelope: Schema | None = None  # of a list: the schema of a page


_known: dict[int, tuple[Document, dict[str, Role]]] = {}


def roles_of(contract: Contract) -> dict[str, Role]:
    """The roles of a document's operations by label; those without one are missing. Worked out once per document."""
    document = contract.document
    kept = _known.get(id(document))
    if kept is not None and kept[0] is document:
        return kept[1]
    if len(_known) > 16:
        _known.clear()
    found = dict(_roles(contract))
    _known[id(document)] = (document, found)
    return found


def _roles(contract: Contract) -> Iterator[tuple[str, Role]]:
    operations = contract.operations
    items = _items(operations)
    entities = _entities(operations, items)
    listed = {
        (operation.template, id(rows))
        for operation in operations
        if operation.method == "GET" and (rows := _rows(answer_schema(operation))[1]) is not None
    }
    for operation in operations:
        role = _role(operation, contract.label(operation), items, entities, listed)
        if role is not None:
            yield role.label, role


def _role(
    operation: Operation,
    label: str,
    items: dict[str, Schema],
    entities: dict[int, Entity],
    listed: set[tuple[str, int]],
) -> Role | None:
    found = _LAST_PARAMETER.match(operation.template)
    on_item = items.get(operation.template)
    if found is not None and on_item is not None:
        entity = entities.get(id(on_item))
        verb = {"GET": Verb.FETCH, "DELETE": Verb.DELETE}.get(operation.method)
        if verb is None and operation.method in ("POST", "PUT", "PATCH"):
            verb = Verb.UPDATE
        return Role(verb, entity, operation, label, found[2]) if verb and entity else None
    schema = answer_schema(operation)
    if operation.method == "GET":
        name, rows = _rows(schema)
        entity = entities.get(id(rows)) if rows is not None else None
        return Role(Verb.LIST, entity, operation, label, None, name, schema) if entity else None
    entity = entities.get(id(schema)) if operation.method == "POST" and schema else None
    if entity is None or schema is None:
        return None
    made_here = (
        operation.template in entity.collections or (operation.template, id(schema)) in listed
    )
    return Role(Verb.CREATE, entity, operation, label) if made_here else None


def answer_schema(operation: Operation) -> Schema | None:
    """The schema of an operation's first successful answer in JSON."""
    for response in operation.responses:
        if not response.status.startswith("2"):
            continue
        for media in response.content:
            if is_json(media.name.partition(";")[0].strip().lower()) and media.schema is not None:
                return bare(media.schema)
    return None


def _rows(schema: Schema | None) -> tuple[str | None, Schema | None]:
    """The property that holds a page's rows, and their schema: where there is one array of objects, and one only."""
    if schema is None:
        return None, None
    if schema.items is not None:
        return None, bare(schema.items)
    arrays = [
        (name, bare(sub.items))
        for name, sub in properties(schema).items()
        if sub.items is not None and properties(sub.items)
    ]
    identified = properties(schema).keys() & {"id", "sid", "uuid"}
    return arrays[0] if len(arrays) == 1 and not identified else (None, None)


def _items(operations: tuple[Operation, ...]) -> dict[str, Schema]:
    """The templates that name one thing, with the schema of what they answer."""
    found: dict[str, Schema] = {}
    for operation in operations:
        if operation.method != "GET" or not _LAST_PARAMETER.match(operation.template):
            continue
        schema = answer_schema(operation)
        if schema is not None and properties(schema) and _rows(schema)[1] is None:
            found[operation.template] = schema
    return found


def _entities(operations: tuple[Operation, ...], items: dict[str, Schema]) -> dict[int, Entity]:
    by_schema: dict[int, list[str]] = {}
    for template, schema in items.items():
        by_schema.setdefault(id(schema), []).append(template)
    schemas = {id(schema): schema for schema in items.values()}
    named: dict[int, tuple[str, Schema]] = {}
    for key, templates in by_schema.items():
        identity = _identity(operations, schemas[key], templates)
        if identity is not None:
            named[key] = (identity, schemas[key])
    found: dict[int, Entity] = {}
    for key, (identity, schema) in named.items():
        others = [one for other, one in named.items() if other != key]
        collections = frozenset(filter(None, map(collection_of, by_schema[key])))
        own = _is_own(identity, schema, by_schema[key], others)
        name = schema.name or plain(min(by_schema[key], key=len))
        found[key] = Entity(name, schema, identity, own, collections, properties(schema))
    return found


def collection_of(template: str) -> str | None:
    """The path above an item: `/calls/{id}.json` lies below `/calls.json`."""
    found = _LAST_PARAMETER.match(template)
    return f"{found[1]}{found[3]}" if found and found[1] else None


def _identity(
    operations: tuple[Operation, ...], schema: Schema, templates: list[str]
) -> str | None:
    """The property that holds what the last parameter names."""
    scalar = {
        name: sub
        for name, sub in properties(schema).items()
        if not sub.types or _SCALARS & set(sub.types)
    }
    for template in sorted(templates, key=len):
        found = _LAST_PARAMETER.match(template)
        wanted = plain(found[2]) if found else ""
        for name in scalar:
            if plain(name) == wanted:
                return name
        pattern = _pattern_of(operations, template)
        for name in ("sid", "id", "uuid"):
            sub = scalar.get(name)
            if sub is not None and (not pattern or not sub.pattern or sub.pattern == pattern):
                return name
    return None


def _pattern_of(operations: tuple[Operation, ...], template: str) -> str | None:
    """The pattern of a path's last parameter."""
    found = _LAST_PARAMETER.match(template)
    for operation in operations:
        if operation.template == template and found is not None:
            for one in operation.parameters:
                if one.location == "path" and one.name == found[2] and one.schema is not None:
                    return one.schema.pattern
    return None


def _is_own(
    identity: str, schema: Schema, templates: list[str], others: list[tuple[str, Schema]]
) -> bool:
    sub = properties(schema)[identity]
    if sub.pattern is None and sub.format != "uuid":
        return min(template.count("{") for template in templates) == 1
    if plain(identity) in ("id", "sid", "uuid") or sub.pattern is None:
        return True
    return not any(
        properties(other)[name].pattern == sub.pattern and plain(name) in ("id", "sid", "uuid")
        for name, other in others
    )
