"""What resources a document has: collections, their items, and what can be done with them, read from its paths.

`/pets` and `/pets/{petId}` are the resource Pets; `/pets/{petId}/photos` lies below it. A suffix that all paths carry
(`/Calls.json`, `/Calls/{Sid}.json`) is seen through. A path that ends in a literal below an item is a collection of its own
where something is listed or created there and items exist, and an action otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, overload

from ringback.openapi import Operation, Schema
from ringback.source import pointer_of

from . import forms, words

if TYPE_CHECKING:
    from .kinds import Kind

_ITEM: Final = re.compile(r"(.*/)\{([^{}/]+)\}([^{}/]*)\Z", re.DOTALL)
_SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{1,6}\Z")


@dataclass(frozen=True, slots=True)
class Resource:
    """A kind of thing that the API keeps. Operations are labels, None where there is no such operation.

    `collection` and `item` are path templates; `parameter` names the item's own path parameter. `kind` is what its
    items are known by. `identifier` is the property of an item that holds it, as a JSON pointer inside the item.
    `wrapper` is where other answers hold the item ("/data"; "" where the answer is the item). `rows` is where a list's
    answer holds the items ("/calls", "" for a bare array). `parent` is a resource's name.
    `others` are further operations on the item's own path, as (method, label).
    """

    name: str
    collection: str | None
    item: str | None
    parameter: str | None = None
    kind: Kind | None = None
    parent: str | None = None
    create: str | None = None
    list: str | None = None
    fetch: str | None = None
    update: str | None = None
    delete: str | None = None
    identifier: str | None = None
    rows: str | None = None
    others: tuple[tuple[str, str], ...] = ()
    wrapper: str = ""


@dataclass(slots=True)
class Shape:
    """A resource while it is put together, with the operations themselves."""

    name: str = ""
    collection: str | None = None
    item: str | None = None
    parameter: str | None = None
    parent: Shape | None = None
    operations: dict[str, Operation] = field(default_factory=dict)
    identifier: str | None = None
    wrapper: str = ""
    rows: str | None = None
    item_schemas: list[Schema] = field(default_factory=list)
    others: list[Operation] = field(default_factory=list)


def shapes_of(operations: Iterable[Operation]) -> tuple[Shape, ...]:
    """The resources that the paths speak of, parents first."""
    by_path: dict[str, dict[str, Operation]] = {}
    for one in operations:
        by_path.setdefault(one.template, {})[one.method] = one
    found: list[Shape] = []
    taken: dict[str, Shape] = {}
    items = [(path, parts) for path in by_path if (parts := _ITEM.match(path)) is not None]
    homes = {path: _collection(parts, by_path) for path, parts in items}
    items.sort(key=lambda item: (item[0].count("/"), homes[item[0]] is None, len(item[0])))
    stems: dict[str, Shape] = {}
    for path, parts in items:
        collection = homes[path]
        known = taken.get(collection or "") or stems.get(parts.group(1))
        if known is not None:
            _other_item(known, path, by_path[path])
            continue
        shape = _with_item(path, parts.group(2), by_path[path])
        shape.collection = collection
        if collection is not None:
            _add_collection(shape, by_path[collection])
            taken[collection] = shape
        stems[parts.group(1)] = shape
        found.append(shape)
    for path, methods in by_path.items():
        if (
            path not in taken
            and _ITEM.match(path) is None
            and _lists(methods)
            and "POST" in methods
            and not is_one_thing(methods)
        ):
            shape = Shape(collection=path)
            _add_collection(shape, methods)
            found.append(shape)
    _finish(found)
    return tuple(found)


def _collection(parts: re.Match[str], by_path: Mapping[str, object]) -> str | None:
    """The path of the collection of an item: with the item's suffix, without, or with a slash at its end."""
    stem, suffix = parts.group(1).rstrip("/"), parts.group(3)
    tried = (stem + suffix, stem, stem + "/")
    return next((one for one in tried if one in by_path and one), None)


def _with_item(path: str, parameter: str, methods: Mapping[str, Operation]) -> Shape:
    shape = Shape(item=path, parameter=parameter)
    for method, role in (("GET", "fetch"), ("DELETE", "delete")):
        if method in methods:
            shape.operations[role] = methods[method]
    update = next((one for one in ("PATCH", "POST", "PUT") if one in methods), None)
    if update is not None:
        shape.operations["update"] = methods[update]
    used = set(map(id, shape.operations.values()))
    shape.others = [one for one in methods.values() if id(one) not in used]
    return shape


def _other_item(shape: Shape, path: str, methods: Mapping[str, Operation]) -> None:
    """A second template for the items of one collection (another suffix, another name for the parameter)."""
    shape.others.extend(methods.values())
    if "fetch" not in shape.operations and "GET" in methods and _SUFFIX.search(path) is None:
        shape.operations["fetch"] = methods["GET"]


def _add_collection(shape: Shape, methods: Mapping[str, Operation]) -> None:
    if "POST" in methods:
        shape.operations["create"] = methods["POST"]
    if "GET" in methods:
        shape.operations["list"] = methods["GET"]


def _lists(methods: Mapping[str, Operation]) -> bool:
    return "GET" in methods and rows_of(methods["GET"]) is not None


def is_one_thing(methods: Mapping[str, Operation]) -> bool:
    """Whether a path is a thing that is there once, which POST changes: both answer with the same object (`/settings`).

    One that lists its rows in such an object and is posted a row is a collection all the same.
    """
    if not {"GET", "POST"} <= methods.keys():
        return False
    read = next(map(bare, answers_of(methods["GET"])), None)
    if read is None or not forms.properties_of(read):
        return False
    if all(bare(one) is not read for one in answers_of(methods["POST"])):
        return False
    rows = rows_of(methods["GET"])
    row = bare(rows[1]) if rows is not None and rows[1] is not None else None
    content = methods["POST"].body.content if methods["POST"].body is not None else ()
    return row is None or all(one.schema is None or bare(one.schema) is not row for one in content)


@overload
def bare(schema: Schema) -> Schema: ...


@overload
def bare(schema: Schema | None) -> Schema | None: ...


def bare(schema: Schema | None) -> Schema | None:
    """A schema without the wrapping that a `$ref` with siblings makes."""
    while schema is not None and len(schema.all_of) == 1 and not schema.properties:
        schema = schema.all_of[0]
    return schema


def _finish(found: list[Shape]) -> None:
    for shape in found:
        _created_by_put(shape)
        if listing := shape.operations.get("list"):
            rows = rows_of(listing)
            if rows is None:
                del shape.operations["list"]
                shape.others.append(listing)
            else:
                shape.rows, item = rows
                if item is not None:
                    shape.item_schemas.append(item)
        for role in ("fetch", "create", "update"):
            if role in shape.operations:
                shape.item_schemas.extend(answers_of(shape.operations[role]))
    for shape in found:
        shape.parent = _parent(shape, found)
        _identify(shape)
    _name(found)


def _created_by_put(shape: Shape) -> None:
    """Where nothing is posted to a collection, a PUT to the item may be what creates it."""
    update = shape.operations.get("update")
    puts = [one for one in (update, *shape.others) if one is not None and one.method == "PUT"]
    if "create" in shape.operations or not puts:
        return
    if puts[0] is not update or any(one.status == "201" for one in puts[0].responses):
        shape.operations["create"] = puts[0]


def json_schema(operation: Operation, status: str) -> Schema | None:
    """The schema of the JSON that an operation answers with one documented status."""
    for response in operation.responses:
        if response.status == status:
            for media in response.content:
                name = media.name.partition(";")[0].lower()
                if "json" in name or name == "*/*":
                    return media.schema
    return None


def good_statuses(operation: Operation) -> tuple[str, ...]:
    """The documented statuses of success; `default` where there is nothing better."""
    statuses = tuple(one.status for one in operation.responses)
    good = tuple(one for one in statuses if one.startswith("2"))
    return good or tuple(one for one in statuses if one == "default")


def answers_of(operation: Operation) -> tuple[Schema, ...]:
    """The schemas of an operation's successful JSON answers, in the order of the statuses."""
    found = (json_schema(operation, status) for status in good_statuses(operation))
    return tuple(one for one in found if one is not None)


def rows_of(operation: Operation) -> tuple[str, Schema | None] | None:
    """Where a list's answer holds its rows, as a JSON pointer, and their schema; None where it is no list."""
    for schema in answers_of(operation):
        found = _rows(schema, operation.template)
        if found is not None:
            return found
        for name, inner in forms.properties_of(schema):
            below = _rows(inner, operation.template) if forms.properties_of(inner) else None
            if below is not None and below[1] is not None:
                return pointer_of((name,)) + below[0], below[1]
    return None


def _rows(schema: Schema, template: str) -> tuple[str, Schema | None] | None:
    if forms.is_type(schema, "array"):
        return "", forms.items_of(schema)
    arrays = [
        (name, forms.items_of(one))
        for name, one in forms.properties_of(schema)
        if forms.is_type(one, "array")
    ]
    objects = [one for one in arrays if forms.properties_of(one[1])]
    last = words.words(re.sub(r"\{[^}]*\}|\.\w+\Z", "", template))[-1:]
    named = [one for one in objects or arrays if words.words(one[0])[-1:] == last]
    preferred = [one for one in objects if one[0] in ("data", "items", "results", "value")]
    if chosen := named or preferred or (objects if len(objects) == 1 else []):
        name, rows = chosen[0]
        return pointer_of((name,)), rows
    return None


def _parent(shape: Shape, found: list[Shape]) -> Shape | None:
    """The resource whose item's path is the longest beginning of this one's."""
    own = unnamed(shape.collection or (shape.item or "").rpartition("/")[0])
    best: Shape | None = None
    for other in found:
        if other is shape or other.item is None:
            continue
        stem = _SUFFIX.sub("", other.item) if not other.item.endswith("}") else other.item
        if own.startswith(unnamed(stem) + "/") and (
            best is None or len(other.item) > len(best.item or "")
        ):
            best = other
    return best


def unnamed(template: str) -> str:
    """A template without the names in it: two may call one parameter differently."""
    return re.sub(r"\{[^{}]*\}", "{}", template)


def _identify(shape: Shape) -> None:
    """Find the property of an item that holds what its path calls it by."""
    if shape.parameter is None:
        return
    own = words.words(shape.parameter)
    container = words.words(literal_of(shape))
    last = words.singular(container[-1]) if container else ""
    for schema in shape.item_schemas:
        found = _own_property(schema, own, last)
        if found is None:
            continue
        if shape.identifier is None:
            shape.identifier = found[1]
        if found[0] and found[1] == shape.identifier:
            shape.wrapper = found[0]


def _own_property(schema: Schema, own: tuple[str, ...], container: str) -> tuple[str, str] | None:
    """Where a schema holds the item ("" or "/data"), and where the item holds its identifier, as JSON pointers."""
    properties = dict(forms.properties_of(schema))
    name = own_name(properties, own, container)
    if name is not None:
        return "", f"/{name}"
    for key, one in properties.items():
        said = words.words(key)[-1:]
        if said not in ((container,), ("data",), ("item",), ("metadata",)):
            continue
        name = own_name(dict(forms.properties_of(one)), own, container)
        if name is not None and forms.is_type(one, "object"):
            inside = said == ("metadata",)
            return ("", f"/{key}/{name}") if inside else (f"/{key}", f"/{name}")
    return None


def own_name(properties: Mapping[str, Schema], own: tuple[str, ...], container: str) -> str | None:
    """The property that is the item's own identifier, by the path parameter's words."""
    by_words = {words.words(name): name for name in reversed(list(properties))}
    tried = [own, own[-1:]]
    if own and own[-1] not in words.IDENTIFYING:
        tried += [(*own, "id"), (*own, "name")]
    if own and (own[-1] in words.BARE or own == (container,)):
        tried += [
            (container, "id"),
            (container, "sid"),
            ("id",),
            ("sid",),
            ("uuid",),
            ("uid",),
            ("name",),
        ]
    for one in tried:
        name = by_words.get(tuple(one))
        if name is not None and not forms.types_of(properties[name]) & {"object", "array"}:
            return name
    return None


def literal_of(shape: Shape | Resource) -> str:
    """The last literal segment of the collection's path, without its suffix."""
    path = shape.collection or (shape.item or "").rpartition("/")[0]
    segments = [one for one in path.split("/") if one and "{" not in one]
    return _SUFFIX.sub("", segments[-1]) if segments else ""


def _name(found: list[Shape]) -> None:
    """Unique names: the collection's segment, with its parents' before it where two share one."""
    for shape in found:
        literal = literal_of(shape)
        shape.name = literal or (shape.parameter or "items")
    counted: dict[str, int] = {}
    for shape in found:
        counted[shape.name] = counted.get(shape.name, 0) + 1
    for shape in [one for one in found if counted[one.name] > 1]:
        parents = [] if shape.parent is None else [literal_of(shape.parent)]
        shape.name = "/".join([*parents, shape.name])
    seen: set[str] = set()
    for shape in found:
        if shape.name in seen:
            shape.name = shape.collection or shape.item or shape.name
        seen.add(shape.name)


def container_of(template: str, parameter: str) -> tuple[str, ...]:
    """The words of the literal segment before a parameter of a path, the last one in the singular."""
    before = template.partition("{" + parameter + "}")[0]
    segments = [one for one in before.split("/") if one and "{" not in one]
    if not segments:
        return ()
    found = words.words(_SUFFIX.sub("", segments[-1]))
    return (*found[:-1], words.singular(found[-1])) if found else ()
