"""From a Python name to the place in the document, and back: every public name with where it comes from and why.

Made when somebody asks (`ringback explain`), from what was noted while the plan was drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ringback.openapi import Document, Operation, Schema
from ringback.plan.closing import target_of, value_at
from ringback.plan.draw import Drawn
from ringback.plan.ledger import TYPES, Naming
from ringback.plan.model import FormerPlan, Plan
from ringback.plan.model_operations import GroupPlan, OperationPlan, ParameterPlan
from ringback.plan.model_types import ModelPlan
from ringback.plan.reasons import paging, why
from ringback.source import Path, Tree, pointer_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the document with its Python names, the likeliest first; none where it is left out.

    `wire` is what the document calls it, `paths` are its places in the tree, `why` says how it got its name, `facts`
    what else was decided.
    """

    kind: str
    names: tuple[str, ...]
    wire: str
    paths: tuple[Path, ...]
    why: str
    facts: tuple[str, ...] = ()


def index(drawn: Drawn) -> tuple[Entry, ...]:
    """Every public name of a plan; operations that were left out have an entry without names."""
    maker = _Index(drawn)
    found = (*maker.servers(), *maker.operations(), *maker.webhooks(), *maker.types())
    return (*found, *_former(drawn, found))


def _former(drawn: Drawn, found: tuple[Entry, ...]) -> Iterator[Entry]:
    """The former names, each at the place of what had it."""
    by_name = {name: entry for entry in found for name in entry.names}
    for one in drawn.plan.former:
        if one.scope == "literals":
            continue
        old, now = former_name(drawn.plan, one)
        paths = by_name[now].paths if now in by_name else ()
        fact = (
            "it is a deprecated alias, for as long as the lock of names lists it (ringback names)"
        )
        yield Entry("former name", (old,), "", paths, one.message, (fact,))


def former_name(plan: Plan, one: FormerPlan) -> tuple[str, str]:
    """A former name and the name, as `explain` takes them: `client.calls.make`, `Call.state`."""
    kind, _, owner = one.scope.partition(" ")
    if kind == "groups":
        return f"client.{one.name}", f"client.{one.now}"
    if kind == "constants":
        return f"operations.{one.name}", f"operations.{one.now}"
    if kind in ("attributes", "members"):
        return f"{owner}.{one.name}", f"{owner}.{one.now}"
    homes = {two.constant: (group.attribute, two.name) for group in plan.groups for two in group.operations}  # fmt: skip
    if kind == "methods":
        return f"client.{owner}.{one.name}", ".".join(("client", homes[one.operation][0], one.now))
    if kind == "arguments":
        method = ".".join(("client", *homes[owner.upper()]))
        return f"{method}.{one.name}", f"{method}.{one.now}"
    return one.name, one.now


def every_operation(document: Document) -> Iterator[Operation]:
    """The operations of a document, those of webhooks and callbacks among them, each place once."""
    seen: set[Path] = set()
    stack = [*document.operations, *(one for hook in document.webhooks for one in hook.operations)]
    for one in stack:
        if one.path in seen:
            continue
        seen.add(one.path)
        yield one
        stack.extend(two for callback in one.callbacks for two in callback.operations)


class _Index:
    def __init__(self, drawn: Drawn) -> None:
        self._plan = drawn.plan
        self._told = drawn.told
        self._tree = drawn.told.document.tree
        self._by_place = {pointer_of(one.path): one for one in every_operation(drawn.told.merged)}

    def _naming(self, scope: str, key: str) -> Naming | None:
        return self._told.given.get(scope, {}).get(key)

    # -- operations

    def operations(self) -> Iterator[Entry]:
        made = set()
        groups = {names.name: key for key, names in self._told.given.get("groups", {}).items()}
        for group in self._plan.groups:
            tag = groups.get(group.attribute, group.attribute)
            yield self._group(group, tag)
            for plan in group.operations:
                made.add(plan.place)
                yield from self._operation(group, plan, tag)
        made |= {hook.operation.place for hook in self._plan.webhooks}
        for place, operation in self._by_place.items():
            if place not in made:
                wire = operation.operation_id or f"{operation.method} {operation.template}"
                yield Entry("operation", (), wire, (operation.path,), "it is left out")

    def _group(self, group: GroupPlan, tag: str) -> Entry:
        names = (
            f"client.{group.attribute}",
            group.name,
            f"Async{group.name}",
            group.protocol,
            group.base,
        )
        tags = self._tree.root.get("tags") or []
        found: list[Path] = [
            ("tags", number) for number, one in enumerate(tags) if one.get("name") == tag
        ]
        paths = found or [self._by_place[one.place].path for one in group.operations[:1]]
        reason = why(self._naming("groups", tag), f"the tag {tag!r}")
        return Entry("group", names, tag, tuple(paths), reason)

    def _operation(self, group: GroupPlan, plan: OperationPlan, tag: str) -> Iterator[Entry]:
        operation = self._by_place[plan.place]
        method = f"client.{group.attribute}.{plan.name}"
        names = (
            method, f"{group.name}.{plan.name}", f"{group.protocol}.{plan.name}",
            f"operations.{plan.constant}", plan.input, plan.answer_alias,
        )  # fmt: skip
        line = f"{operation.method} {operation.template}"
        source = f"operationId {operation.operation_id!r}" if operation.operation_id else line
        if "x-ringback-name" in operation.extensions:
            source = "x-ringback-name"
        reason = why(
            self._naming(f"methods {tag}", line), f"{source}, in the group {group.attribute}"
        )
        facts = (f"sends {line}", *paging(plan), *_body(plan), f"gives {plan.returns}")
        yield Entry(
            "operation", names, operation.operation_id or line, (operation.path,), reason, facts
        )
        yield from self._arguments(plan, operation, method, f"arguments {plan.constant.lower()}")
        for answer in plan.answers:
            path = next(one.path for one in operation.responses if one.status == answer.status)
            reason = f"{plan.handler} and the status {answer.status}"
            yield Entry("answer", (answer.name,), answer.status, (path,), reason)
        yield from self._answer_headers(plan, operation)

    def _answer_headers(self, plan: OperationPlan, operation: Operation) -> Iterator[Entry]:
        for answer in (one for one in plan.answers if not one.other):
            found = next(one for one in operation.responses if one.status == answer.status)
            paths = {one.name.lower(): one.path for one in found.headers}
            for one in answer.headers:
                names = (f"{answer.headers_class}.{one.argument}", f"{answer.name}.{one.argument}")
                naming = self._naming(f"headers {answer.headers_class}", one.wire.lower())
                reason = why(naming, f"the header {one.wire!r}")
                facts = (f"its type is {one.annotation}",)
                path = paths[one.wire.lower()]
                yield Entry("header", names, one.wire, (path,), reason, facts)

    def _arguments(
        self, plan: OperationPlan, operation: Operation, method: str, scope: str
    ) -> Iterator[Entry]:
        for one in (*plan.positional, *plan.arguments):
            key = f"{one.place} {one.wire}" if one.place != "part" else f"form {one.wire}"
            reason = why(self._naming(scope, key), _origin(one))
            path = self._argument_path(operation, one)
            inside = "" if one.place not in ("form", "part") else "body."
            names = (
                f"{method}.{one.argument}",
                f"{plan.input}.{inside}{one.attribute or one.argument}",
            )
            facts = (f"in {one.place}: {one.wire}", f"takes {one.argument_annotation}")
            yield Entry("argument", names, one.wire, (path,), reason, facts)

    def _argument_path(self, operation: Operation, plan: ParameterPlan) -> Path:
        for one in operation.parameters:
            if (one.location, one.name) == (plan.place, plan.wire):
                return one.path
        for media in operation.body.content if operation.body else ():
            if media.schema is not None:
                return self._property(media.schema, plan.wire)
        return operation.path

    # -- servers

    def servers(self) -> Iterator[Entry]:
        """The servers to choose from, and what is chosen of their URLs; a variable of several servers is one argument."""
        paths: dict[str, list[Path]] = {}
        for number, server in enumerate(self._plan.servers):
            place: Path = ("servers", number)
            called = f" or {server.name!r}" if server.name else ""
            fact = f"chosen by Client(server={number}{called})"
            reason = "its place in the list of servers"
            yield Entry("server", (f"operations.SERVERS[{number}]",), server.url, (place,), reason, (fact,))  # fmt: skip
            for one in server.variables:
                paths.setdefault(one.argument, []).append((*place, "variables", one.wire))
        for one in self._plan.variables:
            names = (f"Client.{one.argument}", f"AsyncClient.{one.argument}")
            naming = self._naming("server variables", one.wire)
            told = f"one of {', '.join(one.values)}" if one.values else "any text"
            facts = (f"in the server's URL: {{{one.wire}}}", f"takes {told}; {one.default!r} without it")  # fmt: skip
            reason = why(naming, f"the server variable {one.wire!r}")
            yield Entry("server variable", names, one.wire, tuple(paths[one.argument]), reason, facts)  # fmt: skip

    # -- webhooks

    def webhooks(self) -> Iterator[Entry]:
        wires = {names.name: key for key, names in self._told.given.get("webhooks", {}).items()}
        for hook in self._plan.webhooks:
            operation = self._by_place[hook.operation.place]
            wire = wires.get(hook.name, hook.name)
            names = (f"webhooks.{hook.name}", f"operations.{hook.constant}")
            reason = why(self._naming("webhooks", wire), f"the request {wire!r}")
            yield Entry(
                "webhook", names, wire, (operation.path,), reason, (f"carries {hook.payload}",)
            )

    # -- types

    def types(self) -> Iterator[Entry]:
        places: dict[str, list[Schema]] = {}
        for name, schema in self._told.catalogue.named():
            places.setdefault(name, []).append(schema)
        reasons = {one.name: one for scope in (TYPES, "identifiers") for one in self._told.given.get(scope, {}).values()}  # fmt: skip
        for kind, name in self._named():
            schemas = places.get(name, [])
            paths = tuple(sorted({one.path for one in schemas}, key=_near))
            component = next((one.name for one in schemas if one.name), None)
            origin = f"the component {component!r}" if component else _standing(paths)
            if any("x-ringback-name" in one.extensions for one in schemas):
                origin = "x-ringback-name"
            wire = component or ""
            yield Entry(kind, (name,), wire, paths, why(reasons.get(name), origin))
        yield from self._members(places)
        for model in self._plan.models:
            yield from self._attributes(model, places.get(model.name, []))

    def _named(self) -> Iterator[tuple[str, str]]:
        plan = self._plan
        yield from (("identifier", one.name) for one in plan.identifiers)
        yield from (("enum", one.name) for one in plan.enums)
        yield from (("model", one.name) for one in plan.models)
        yield from (("union", one.name) for one in plan.unions)
        yield from (("alias", one.name) for one in plan.aliases)

    def _members(self, places: Mapping[str, list[Schema]]) -> Iterator[Entry]:
        for enum in self._plan.enums:
            for one in enum.members:
                reason = why(
                    self._naming(f"members {enum.name}", one.value), f"the value {one.value!r}"
                )
                paths = tuple(
                    _value_path(self._tree, schema, one.value) for schema in places[enum.name]
                )
                yield Entry("member", (f"{enum.name}.{one.name}",), one.value, tuple(sorted(set(paths), key=_near)), reason)  # fmt: skip

    def _attributes(self, model: ModelPlan, schemas: list[Schema]) -> Iterator[Entry]:
        for field in model.fields:
            if field.wire == "*":
                continue
            reason = why(
                self._naming(f"attributes {model.name}", field.wire), f"the property {field.wire!r}"
            )
            paths = tuple(self._property(one, field.wire) for one in schemas)
            facts = (f"its type is {field.annotation}",)
            yield Entry(
                "attribute", (f"{model.name}.{field.name}",), field.wire, paths, reason, facts
            )

    def _property(self, schema: Schema, wire: str) -> Path:
        """Where a property stands: in its object, or in a part of it."""
        found = _property_path(self._tree, schema.path, wire, set())
        if found is not None:
            return found
        child = next(
            (one for name, one, _ in self._told.catalogue.fields(schema) if name == wire), None
        )
        return child.path if child is not None else schema.path


def _origin(one: ParameterPlan) -> str:
    return (
        f"the {one.place} parameter {one.wire!r}"
        if one.place not in ("form", "part")
        else (f"the property {one.wire!r} of the body")
    )


def _body(plan: OperationPlan) -> tuple[str, ...]:
    return tuple(f"carries {one.annotation} as {one.media_type}" for one in plan.bodies)


def _standing(paths: tuple[Path, ...]) -> str:
    number = f" and {len(paths) - 1} more places" if len(paths) > 1 else ""
    return f"where it stands: {pointer_of(paths[0])}{number}" if paths else "where it stands"


def _near(path: Path) -> tuple[bool, int, str]:
    """Components before other places, what is not deep before what is."""
    return path[:1] != ("components",), len(path), pointer_of(path)


def _value_path(tree: Tree, schema: Schema, value: str) -> Path:
    raw = schema.raw if isinstance(schema.raw, dict) else {}
    values = raw.get("enum")
    if isinstance(values, list) and value in values:
        path = (*schema.path, "enum", values.index(value))
        return path if value_at(tree, path) == value else schema.path
    return schema.path


def _property_path(tree: Tree, path: Path, wire: str, seen: set[Path]) -> Path | None:
    value = value_at(tree, path)
    if path in seen or not isinstance(value, dict):
        return None
    seen.add(path)
    properties = value.get("properties")
    if isinstance(properties, dict) and wire in properties:
        return (*path, "properties", wire)
    if isinstance(value.get("$ref"), str):
        return _property_path(tree, target_of(value["$ref"]), wire, seen)
    for keyword in ("allOf", "oneOf", "anyOf"):
        parts = value.get(keyword)
        for number in range(len(parts) if isinstance(parts, list) else 0):
            found = _property_path(tree, (*path, keyword, number), wire, seen)
            if found is not None:
                return found
    return None
