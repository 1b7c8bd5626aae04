"""The surface that mutants are made on: each property of each answer, each value of each request, each resource's operations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ringback.contract.strength.editing import json_of, success
from ringback.openapi import Operation, Response, Schema
from ringback.source import Path, pointer_of
from ringback.wire import Contract, Kind, Resource, forms, is_json

_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Property:
    """A property of an answer. `pointer` is a JSON pointer, `*` for every row; `owner` is the schema that has it."""

    operation: Operation
    label: str
    status: str
    pointer: str
    name: str
    schema: Schema
    owner: Schema
    required: bool
    kind: Kind | None = None


def properties(contract: Contract) -> Iterator[Property]:
    """Every property of every successful answer in JSON."""
    for operation in contract.operations:
        for response in success(operation):
            yield from _of(contract, operation, response)


def _of(contract: Contract, operation: Operation, response: Response) -> Iterator[Property]:
    media = json_of(response)
    if media is None or media.schema is None:
        return
    label = contract.label(operation)
    for pointer, name, schema, owner in _walk(media.schema, "", 0):
        yield Property(
            operation, label, response.status, pointer, name, schema, owner,
            name in _required(owner), contract.kinds.of_property(label, response.status, pointer),
        )  # fmt: skip


def _walk(schema: Schema, pointer: str, depth: int) -> Iterator[tuple[str, str, Schema, Schema]]:
    if depth > _DEEPEST:
        return
    for name, inner in forms.properties_of(schema):
        here = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
        yield here, name, inner, schema
        yield from _walk(inner, here, depth + 1)
    items = forms.items_of(schema)
    if items is not None:
        yield from _walk(items, f"{pointer}/*", depth + 1)


def _required(schema: Schema, depth: int = 0) -> frozenset[str]:
    found = set(schema.required)
    for part in schema.all_of if depth < _DEEPEST else ():
        found |= _required(part, depth + 1)
    return frozenset(found)


def choices(schema: Schema | None) -> tuple[object, ...]:
    """The values that a schema lists, null aside."""
    return (
        tuple(one for one in (schema.enum or ()) if one is not None) if schema is not None else ()
    )


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a request carries: `location` is query or body."""

    operation: Operation
    label: str
    location: str
    name: str
    schema: Schema
    required: bool
    path: Path
    json: bool = False


def values(contract: Contract) -> Iterator[Value]:
    """Every value of every query and every form, and every property of what is sent as JSON."""
    for operation in contract.operations:
        label = contract.label(operation)
        for one in operation.parameters:
            if one.location == "query" and one.schema is not None:
                yield Value(operation, label, "query", one.name, one.schema, one.required, one.path)
        for media in operation.body.content[:1] if operation.body is not None else ():
            named = media.name.partition(";")[0].strip().lower()
            if media.schema is None or not (named == forms.FORM or is_json(named)):
                continue
            for name, schema in forms.properties_of(media.schema):
                if not schema.read_only:
                    needed, as_json = name in _required(media.schema), named != forms.FORM
                    yield Value(
                        operation, label, "body", name, schema, needed, schema.path, as_json
                    )


def constrained(schema: Schema, *, as_json: bool = False) -> bool:
    """Whether there are values (of text, or as JSON has them) that a schema does not allow."""
    known = (
        schema.enum, schema.pattern, schema.minimum, schema.maximum, schema.min_length,
        schema.max_length, schema.exclusive_minimum, schema.exclusive_maximum,
    )  # fmt: skip
    if any(one is not None for one in known) or (as_json and schema.types):
        return True
    if schema.items is not None:
        return constrained(schema.items)
    if schema.any_of or schema.one_of:
        return all(constrained(one) for one in (*schema.any_of, *schema.one_of))
    return (
        bool({"integer", "number", "boolean"} & set(schema.types)) and "string" not in schema.types
    )


@dataclass(frozen=True, slots=True)
class Home:
    """A resource and the operations that concern it, and what it is called in an answer."""

    resource: Resource

    def label(self, role: str) -> str | None:
        """The label of what creates, lists, fetches, updates or deletes it."""
        found = getattr(self.resource, role)
        return found if isinstance(found, str) else None

    @property
    def focus(self) -> tuple[str, ...]:
        """All of its operations."""
        roles = ("create", "list", "fetch", "update", "delete")
        return tuple(one for role in roles if (one := self.label(role)) is not None)

    def rows(self) -> str:
        """A JSON pointer to every row of its list."""
        return f"{self.resource.rows or ''}/*"


def homes(contract: Contract) -> list[Home]:
    """All resources."""
    return [Home(one) for one in contract.kinds.resources]


def family(contract: Contract, label: str) -> tuple[str, ...]:
    """The operations that one is tested together with: those of its resource; where it has none, itself."""
    found = [label]
    template = contract.operation(label).template
    for home in homes(contract):
        own = (home.resource.collection, home.resource.item)
        if template in own or label in home.focus:
            found += home.focus
    return tuple(dict.fromkeys(found))


def target(path: Path) -> str:
    """A place of the document as an overlay names it."""
    steps = "".join(f"[{step}]" if isinstance(step, int) else f"['{step}']" for step in path)
    return f"${steps}"


def action(path: Path, update: str) -> str:
    """One line of an overlay: what to say where."""
    return f'- {{target: "{target(path)}", update: {update}}}'


def shown(path: Path) -> str:
    """A place as a JSON pointer."""
    return pointer_of(path)
