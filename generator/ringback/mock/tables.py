"""What the mock keeps: tables of items, one for each resource of the document, and single things that are there once.

Resources come from `ringback.wire` (collections, items, parents). Here they become tables: paths that show the same things share
one (`/shelters/{id}/pets` and `/pets`), and a path of its own with something to read and to write, and no items, is a table with
one row (`/settings`, `/users/{id}/profile`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from ringback.openapi import Operation, Schema
from ringback.source import steps_of
from ringback.wire import (
    Contract,
    Resource,
    answers_of,
    bare,
    forms,
    is_one_thing,
    literal_of,
    rows_of,
    words,
)

_NAME: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(slots=True, eq=False)
class Table:
    """Items of one resource. It is put together here and only read afterwards.

    `schema` is that of an item as it is mostly shown. `identifier` is where an item holds what paths call it by, as keys from
    the outside in; empty where it does not hold it. `above` are the kinds of identifier that tell where an item belongs,
    outermost first. `creatable`: a client can make items. `single`: there is one row for each place.
    """

    name: str
    schema: Schema | None
    identifier: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    creatable: bool = False
    single: bool = False
    id_schemas: list[Schema] = field(default_factory=list)
    id_kind: str = ""
    resources: list[Resource] = field(default_factory=list)
    templates: list[str] = field(default_factory=list)  # of items
    why: list[str] = field(default_factory=list)
    sample: str = ""  # an identifier that the document uses in its examples

    @property
    def hidden(self) -> bool:
        """Whether nobody learns what paths call an item: it does not say, and was posted without that."""
        posted = any((one.create or "").startswith("POST ") for one in self.resources)
        return posted and not self.identifier and bool(self.templates)

    def path(self, collection: str, values: Mapping[str, str], key: str) -> str | None:
        """The path of an item that was made in a collection, percent-encoded; None where none leads to it."""
        items = [one for one in self.resources if one.item is not None]
        items.sort(key=lambda one: one.collection != collection)
        for one in items:
            path, told = one.item or "", {**values, one.parameter or "": key}
            for name, value in told.items():
                path = path.replace(f"{{{name}}}", quote(value, safe=""))
            if "{" not in path:
                return path
        return None

    def __repr__(self) -> str:
        return f"<Table {self.name}>"


@lru_cache(maxsize=65_536)
def plain(name: str) -> str:
    """A name without what spellings differ in: `petId` and `pet_id` are both petid."""
    return "".join(words.words(name))


def inside(schema: Schema | None, pointer: str) -> Schema | None:
    """The schema of what stands at a JSON pointer of properties."""
    return inside_of(schema, steps_of(pointer))


def inside_of(schema: Schema | None, keys: tuple[str, ...]) -> Schema | None:
    """The schema of what stands under keys, from the outside in."""
    for name in keys:
        schema = dict(forms.properties_of(schema)).get(name)
    return schema


def scope_of(contract: Contract, operation: Operation) -> tuple[tuple[str, str], ...]:
    """Each path parameter of an operation, outermost first, with the kind of identifier that it takes."""
    label = contract.label(operation)
    found: list[tuple[str, str]] = []
    taken: set[str] = set()
    for name in _NAME.findall(operation.template):
        kind = contract.kinds.of_parameter(label, "path", name)
        key = kind.name if kind is not None else plain(name)
        while key in taken:  # two of one kind in one path: a friend of a user
            key += "'"
        taken.add(key)
        found.append((name, key))
    return tuple(found)


def tables_of(contract: Contract) -> tuple[Table, ...]:
    """The tables of a document."""
    found: list[Table] = []
    by_schema: dict[int, list[Table]] = {}
    # What can be made comes first: what only shows it is another way to the same table.
    ordered = sorted(
        contract.kinds.resources, key=lambda one: (one.create is None, one.item is None)
    )
    for resource in ordered:
        if not (resource.fetch or resource.list or _creates(resource)):
            continue  # what can be written and never read keeps nothing that anybody would notice
        schema = _schema(contract, resource)
        if _is_place(contract, resource, schema) or _is_beside(contract, resource):
            continue
        known = _same(contract, resource, by_schema.get(id(schema), [])) if schema else None
        if known is not None:
            _join(contract, known, resource)
            continue
        table = _table(contract, resource, schema)
        found.append(table)
        if schema is not None:
            by_schema.setdefault(id(schema), []).append(table)
    places = {
        name: index for index, name in enumerate(one.name for one in contract.kinds.resources)
    }
    found.sort(key=lambda one: places[one.name])
    return (*found, *_singles(contract, found))


def _is_place(contract: Contract, resource: Resource, schema: Schema | None) -> bool:
    """Whether a path names a place and no thing: what stands there is a single value (`/board/{row}/{column}`)."""
    if resource.fetch is None or resource.list is not None or _creates(resource):
        return False
    answers = answers_of(contract.operation(resource.fetch))
    return schema is None and any(
        forms.types_of(one) and not forms.types_of(one) & {"object", "array"} for one in answers
    )


def _is_beside(contract: Contract, resource: Resource) -> bool:
    """Whether a path shows something about the items of another resource: `/images/{bookId}` beside `/books/{bookId}`.

    What can be changed and deleted there is a thing of its own.
    """
    if resource.list is not None or resource.create is not None or resource.kind is None:
        return False
    if resource.update is not None and resource.delete is not None:
        return False
    return any(
        one is not resource and one.kind is resource.kind and (one.list or one.create)
        for one in contract.kinds.resources
    )


def _creates(resource: Resource) -> bool:
    return resource.create is not None and resource.create != resource.update


def _schema(contract: Contract, resource: Resource) -> Schema | None:
    """The schema of an item: as it is fetched, else as it is listed, made or changed."""
    if resource.fetch is not None and (
        schema := _answer(contract, resource.fetch, resource.wrapper)
    ):
        return schema
    if resource.list is not None:
        rows = rows_of(contract.operation(resource.list))
        if rows is not None and rows[1] is not None:
            return bare(rows[1])
    for label in (resource.create, resource.update):
        if label is not None and (schema := _answer(contract, label, resource.wrapper)):
            return schema
    return None


def _answer(contract: Contract, label: str, wrapper: str) -> Schema | None:
    for schema in answers_of(contract.operation(label)):
        held = bare(inside(schema, wrapper)) or bare(schema)
        if held is not None and (forms.properties_of(held) or forms.is_type(held, "object")):
            return held
    return None


def _same(contract: Contract, resource: Resource, known: Iterable[Table]) -> Table | None:
    """The table that a resource is another view of: it shows the same things and makes none, or is called the same."""
    for table in known:
        first = table.resources[0]
        if resource.create is None or literal_of(resource) == literal_of(first):
            return table
    return None


def _table(contract: Contract, resource: Resource, schema: Schema | None) -> Table:
    table = Table(resource.name, schema)
    table.above = _above(contract, resource)
    _join(contract, table, resource)
    return table


def _name_items(contract: Contract, table: Table, resource: Resource) -> None:
    """What items are known by, as the first resource says that has any."""
    if resource.identifier is not None:
        table.identifier = steps_of(resource.identifier)
        held = inside_of(table.schema, table.identifier)
        table.id_schemas = [] if held is None else [held]
    for operation in _on_item(contract, resource):
        for one in operation.parameters:
            if one.location == "path" and one.name == resource.parameter and one.schema is not None:
                table.id_schemas.append(one.schema)
    table.id_kind = (
        resource.kind.name if resource.kind is not None else plain(resource.parameter or "")
    )


def _join(contract: Contract, table: Table, resource: Resource) -> None:
    if not table.templates:
        _name_items(contract, table, resource)
    table.resources.append(resource)
    table.creatable = table.creatable or resource.create is not None
    if resource.item is not None:
        table.templates.append(resource.item)
    where = resource.collection or resource.item
    if len(table.resources) == 1:
        both = resource.item not in (None, where)
        table.why.append(f"{where} with {resource.item}" if both else f"{where}")
    else:
        table.why.append(f"{where} shows the same schema")


def _on_item(contract: Contract, resource: Resource) -> list[Operation]:
    return [one for one in contract.operations if one.template == resource.item]


def _above(contract: Contract, resource: Resource) -> tuple[str, ...]:
    path = resource.collection or (resource.item or "").rpartition("/")[0]
    for operation in contract.operations:
        if operation.template.startswith(path):
            names = set(_NAME.findall(path))
            return tuple(key for name, key in scope_of(contract, operation) if name in names)
    return ()


def _singles(contract: Contract, tables: list[Table]) -> list[Table]:
    """Paths that are read and written and have no items."""
    used = {one.collection for table in tables for one in table.resources}
    used |= {one.item for table in tables for one in table.resources}
    by_path: dict[str, dict[str, Operation]] = {}
    for operation in contract.operations:
        by_path.setdefault(operation.template, {})[operation.method] = operation
    found: list[Table] = []
    for template, methods in by_path.items():
        if template in used or not _is_single(methods):
            continue
        schema = next(iter(answers_of(methods["GET"])), None)
        if schema is None or "array" in forms.types_of(schema):
            continue
        table = Table(template, bare(schema), single=True)
        table.above = tuple(key for _, key in scope_of(contract, methods["GET"]))
        table.why.append(f"{template} is read and written, and has no items")
        found.append(table)
    return found


def _is_single(methods: Mapping[str, Operation]) -> bool:
    """Whether a path is read, and written as a whole."""
    if is_one_thing(methods):
        return True
    return (
        "GET" in methods and bool({"PUT", "PATCH"} & methods.keys()) and not rows_of(methods["GET"])
    )
