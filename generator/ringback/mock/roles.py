"""What each operation does to which table: the part of the mock that is guessed, so each guess carries its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from ringback.openapi import Operation, Schema
from ringback.source import steps_of
from ringback.wire import Contract, Resource, answers_of, bare, forms, rows_of, unnamed

from .settings import Settings, Unusable
from .tables import Table, plain, scope_of, tables_of


class Verb(StrEnum):
    """What an operation does."""

    CREATE = "create"
    LIST = "list"
    FETCH = "fetch"
    MERGE = "merge"
    REPLACE = "replace"
    DELETE = "delete"
    CLEAR = "clear"
    NONE = "none"


_WRITES: Final = {"PUT": Verb.REPLACE, "PATCH": Verb.MERGE, "POST": Verb.MERGE}


@dataclass(frozen=True, slots=True)
class Parent:
    """What has to be there before an operation means anything: a row of a table, named by a path parameter."""

    table: Table
    parameter: str


@dataclass(frozen=True, slots=True, eq=False)
class Role:
    """`item` is the parameter that names the item, `lookup` the property that it is looked up by (None: its identifier).

    `scope` are the other path parameters with their kinds. `rows` and `wrapper` say where an answer holds the rows, or the item.
    `upsert`: what is not there is made.
    """

    verb: Verb
    why: str
    table: Table | None = None
    item: str | None = None
    lookup: str | None = None
    scope: tuple[tuple[str, str], ...] = ()
    parents: tuple[Parent, ...] = ()
    rows: tuple[str, ...] = ()
    wrapper: tuple[str, ...] = ()
    upsert: bool = False

    def line(self, scope: Mapping[str, str]) -> Iterator[tuple[Parent, str, dict[str, str]]]:
        """Every parent, outermost first, with its key in a place, and where it belongs itself."""
        wanted = {one.parameter: one for one in self.parents}
        above: dict[str, str] = {}
        for name, key in self.scope:
            if name in wanted:
                yield wanted[name], scope[key], dict(above)
            above[key] = scope[key]


def roles_of(contract: Contract, settings: Settings) -> tuple[tuple[Table, ...], dict[str, Role]]:
    """The tables of a document, and the role of each of its operations by label. Raises Unusable."""
    tables = tables_of(contract)
    finder = _Finder(contract, settings, tables)
    unknown = settings.operations.keys() - {contract.label(one) for one in contract.operations}
    if unknown:
        raise Unusable(f"mock.operations: the document has no {sorted(unknown)[0]!r}")
    return tables, {contract.label(one): finder.role(one) for one in contract.operations}


class _Finder:
    def __init__(self, contract: Contract, settings: Settings, tables: tuple[Table, ...]) -> None:
        self._contract = contract
        self._settings = settings
        self._tables = {one.name: one for one in tables}
        self._collections: dict[str, tuple[Table, Resource]] = {}
        self._items: dict[str, tuple[Table, Resource]] = {}
        self._parents: dict[str, Table] = {}
        self._labels: dict[str, tuple[Table, Resource]] = {}
        self._kinds: dict[str, list[Table]] = {}
        for table in tables:
            if table.identifier and not table.single:
                self._kinds.setdefault(table.id_kind, []).append(table)
            for one in table.resources:
                if one.collection is not None:
                    self._collections[one.collection] = (table, one)
                if one.item is not None:
                    self._items[one.item] = (table, one)
                    self._parents[unnamed(_stem(one.item))] = table
                for _, label in one.others:
                    self._labels[label] = (table, one)
        self._singles = {one.name: one for one in tables if one.single}

    def role(self, operation: Operation) -> Role:
        label = self._contract.label(operation)
        said = self._settings.of_operation(label, operation)
        if said.resource is not None and said.resource not in self._tables:
            known = ", ".join(self._tables) or "none"
            raise Unusable(f"{label}: there is no resource {said.resource!r}; there are {known}")
        if said.role == "none":
            return self._placed(operation, Verb.NONE, "said so", None, None)
        if said.role is None and said.resource is None:
            role = self._inferred(operation, label)
        else:
            role = self._told(operation, said.role, said.resource, said.item)
        if said.rows is not None:
            role = _with(role, rows=steps_of("/" + said.rows.lstrip("/")))
        if said.identifier is not None and role.table is not None:
            role.table.identifier = steps_of("/" + said.identifier.lstrip("/"))
        return role

    def _told(
        self, operation: Operation, verb: str | None, resource: str | None, item: str | None
    ) -> Role:
        guessed = self._inferred(operation, self._contract.label(operation))
        table = self._tables[resource] if resource is not None else guessed.table
        wanted = Verb(verb) if verb is not None else guessed.verb
        if table is None:
            raise Unusable(
                f"{self._contract.label(operation)}: role {verb!r} of which resource? Say it too"
            )
        names = [name for name, _ in scope_of(self._contract, operation)]
        if item is None and wanted in (Verb.FETCH, Verb.MERGE, Verb.REPLACE, Verb.DELETE):
            item = guessed.item or (names[-1] if names else None)
        if wanted is Verb.CREATE:
            table.creatable = True
        made = self._placed(operation, wanted, "said so", table, item)
        return _with(made, rows=_rows_keys(operation)) if wanted is Verb.LIST else made

    # -- what paths and methods tell

    def _inferred(self, operation: Operation, label: str) -> Role:
        if operation.template in self._items and not self._makes_below(operation, label):
            return self._on_item(operation, label, *self._items[operation.template])
        if operation.template in self._collections:
            found = self._on_collection(operation, label, *self._collections[operation.template])
            if found is not None:
                return found
        if operation.template in self._singles:
            return self._on_single(operation, self._singles[operation.template])
        if label in self._labels and operation.template.endswith("}"):
            return self._on_item(operation, label, *self._labels[label])
        return self._elsewhere(operation)

    def _makes_below(self, operation: Operation, label: str) -> bool:
        """Whether POST to a path, which names an item and is a collection too, makes something below that item.

        Nobody fetches such an item, and what is sent and answered is none: `POST /indexes/{name}` beside `/indexes/{name}/{id}`.
        """
        below = self._collections.get(operation.template)
        if below is None or below[1].create != label:
            return False
        table, resource = self._items[operation.template]
        spoken = (*answers_of(operation), *_bodies(operation))
        return resource.fetch is None and all(bare(one) is not table.schema for one in spoken)

    def _on_item(self, operation: Operation, label: str, table: Table, resource: Resource) -> Role:
        item = scope_of(self._contract, operation)[-1][0]
        lookup = None
        if resource is not table.resources[0] and plain(item) != plain(
            table.resources[0].parameter or ""
        ):
            lookup = _property(table, item)
        verb = {"GET": Verb.FETCH, "DELETE": Verb.DELETE}.get(operation.method)
        verb = verb or _WRITES.get(operation.method)
        rows = rows_of(operation) if verb is Verb.FETCH else None
        if rows is not None and not rows[0] and not resource.identifier:
            return self._placed(operation, Verb.NONE, "it answers with a list", None, None)
        if verb is None:
            return self._placed(operation, Verb.NONE, f"{operation.method} of an item", None, None)
        makes = resource.create == label or any(one.status == "201" for one in operation.responses)
        alone = not table.creatable and resource.list is None  # else nothing would ever be there
        upsert = verb is Verb.REPLACE and (makes or alone)
        why = f"{operation.method} of an item of {table.name}"
        made = self._placed(operation, verb, why, table, item, lookup)
        return _with(made, wrapper=self._wrapper(operation, table), upsert=upsert)

    def _on_collection(
        self, operation: Operation, label: str, table: Table, resource: Resource
    ) -> Role | None:
        if label == resource.create:
            made = self._placed(operation, Verb.CREATE, f"POST to {table.name}", table, None)
            return _with(made, wrapper=self._wrapper(operation, table))
        if label == resource.list:
            made = self._placed(operation, Verb.LIST, f"GET of {table.name}", table, None)
            return _with(made, rows=steps_of(resource.rows or ""))
        if operation.method == "DELETE":
            return self._placed(operation, Verb.CLEAR, f"DELETE of {table.name}", table, None)
        verb = _WRITES.get(operation.method)
        if verb is not None and self._names_item(operation, table):
            why = f"{operation.method} to {table.name}: the body says of which item"
            made = self._placed(operation, verb, why, table, None)
            return _with(made, wrapper=self._wrapper(operation, table))
        return None

    def _names_item(self, operation: Operation, table: Table) -> bool:
        """Whether a body holds an item with its identifier."""
        return bool(table.identifier) and any(
            bare(one) is table.schema for one in _bodies(operation)
        )

    def _on_single(self, operation: Operation, table: Table) -> Role:
        verb = {"GET": Verb.FETCH, "DELETE": Verb.DELETE}.get(operation.method)
        verb = verb or _WRITES.get(operation.method) or Verb.NONE
        why = f"{operation.method} of what is there once"
        return self._placed(operation, verb, why, table if verb is not Verb.NONE else None, None)

    def _elsewhere(self, operation: Operation) -> Role:
        """A list of known things under another path; an action that answers with the item it is done to; or neither."""
        rows = rows_of(operation) if operation.method == "GET" else None
        if rows is not None and rows[1] is not None:
            table = self._of_schema(bare(rows[1]))
            if table is not None:
                why = f"it lists what {table.name} holds"
                made = self._placed(operation, Verb.LIST, why, table, None)
                return _with(made, rows=steps_of(rows[0]))
        for schema in _bodies(operation) if operation.method == "POST" else ():
            table = self._of_schema(bare(forms.items_of(schema)))
            if table is not None and forms.is_type(schema, "array") and table.creatable:
                why = f"its body is a list of what {table.name} holds"
                return self._placed(operation, Verb.CREATE, why, table, None)
        role = self._placed(operation, Verb.NONE, "no resource was found for it", None, None)
        if operation.method == "GET" or not role.parents:
            return role
        parent = role.parents[-1]
        for schema in answers_of(operation):
            if parent.table.schema is not None and bare(schema) is parent.table.schema:
                why = f"an action on an item of {parent.table.name}, which it answers with"
                return self._placed(operation, Verb.MERGE, why, parent.table, parent.parameter)
        return role

    def _of_kind(self, kind: str) -> Table | None:
        """The table whose identifiers a parameter takes, though its path does not lead there."""
        found = self._kinds.get(kind, [])
        return found[0] if len(found) == 1 else None

    def _of_schema(self, schema: object) -> Table | None:
        fitting = [one for one in self._tables.values() if one.schema is schema and not one.single]
        return fitting[0] if len(fitting) == 1 and fitting[0].schema is not None else None

    def _wrapper(self, operation: Operation, table: Table) -> tuple[str, ...]:
        """Where the answer holds the item: in itself, or in the one property that has its schema."""
        for schema in answers_of(operation):
            if bare(schema) is table.schema:
                return ()
            for name, inner in forms.properties_of(schema):
                if table.schema is not None and bare(inner) is table.schema:
                    return (name,)
        return ()

    # -- where an operation stands

    def _placed(
        self,
        operation: Operation,
        verb: Verb,
        why: str,
        table: Table | None,
        item: str | None,
        lookup: str | None = None,
    ) -> Role:
        scope = tuple(one for one in scope_of(self._contract, operation) if one[0] != item)
        parents: list[Parent] = []
        beginning = ""
        names = dict(scope)
        for segment in operation.template.split("/")[1:]:
            beginning += "/" + segment
            if not segment.startswith("{"):
                continue
            name = segment[1:].partition("}")[0]
            above = self._parents.get(unnamed(_stem(beginning)))
            if above is None and table is None:
                above = self._of_kind(names.get(name, ""))
            if above is not None and name in names and name != item:
                parents.append(Parent(above, name))
        return Role(verb, why, table, item, lookup, scope, tuple(parents))


def _bodies(operation: Operation) -> list[Schema]:
    content = operation.body.content if operation.body is not None else ()
    return [one.schema for one in content if one.schema is not None]


def _stem(template: str) -> str:
    """The template of an item without a suffix after its last parameter."""
    return template[: template.rfind("}") + 1]


def _property(table: Table, parameter: str) -> str | None:
    """The property of a table's items that a parameter of another path means."""
    wanted = plain(parameter)
    for name, _ in forms.properties_of(table.schema):
        if plain(name) == wanted or plain(name) == wanted.removeprefix(
            plain(table.name.rpartition("/")[2]).removesuffix("s")
        ):
            return name if (name,) != table.identifier else None
    return None


def _rows_keys(operation: Operation) -> tuple[str, ...]:
    rows = rows_of(operation)
    return steps_of(rows[0]) if rows is not None else ()


def _with(role: Role, **changes: object) -> Role:
    return replace(role, **changes)  # type: ignore[arg-type]
