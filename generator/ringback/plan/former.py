"""Names that changed: what of the document is the same thing under another key, and what is printed for old callers.

A name changes when a person says so: by `x-ringback-name`, by `ringback names`, by renaming a component or a tag in the
document. What had the name keeps it as a deprecated alias until the lock of names no longer lists it.

A component or a tag that was renamed has a new key in the lock. It is taken for the same thing where that is certain enough
that the alias works: the old key is gone, and exactly one new thing has the same properties, values or operations.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping

from ringback.plan import names
from ringback.plan.ledger import TYPES, Ledger, current
from ringback.plan.lock import Former
from ringback.plan.model import FormerPlan, Plan
from ringback.plan.model_operations import GroupPlan, OperationPlan


def move_types(keys: Collection[str], shape: Callable[[str], Iterable[str]]) -> None:
    """Tell the open ledger which types have other keys now: the keys of the document's types, and what gives the wire
    names of one."""
    ledger = current()
    locked = ledger.locked(TYPES) if ledger is not None else {}
    if ledger is None or locked.keys() <= set(keys):
        return
    found = {**ledger.every("attributes"), **ledger.every("members")}
    here = set(keys)
    gone = {key: frozenset(found.get(name, ())) for key, name in locked.items() if key not in here}
    new = {key: frozenset(shape(key)) for key in here if key not in locked}
    for old, now in _pairs(gone, new):
        ledger.moved(TYPES, old, now)


def move_groups(ledger: Ledger, groups: Mapping[str, Collection[str]]) -> None:
    """Tell a ledger which groups have other tags now: the document's groups by tag, with their operations."""
    lines = {line for group in groups.values() for line in group}
    methods = ledger.every("methods")
    locked = ledger.locked("groups")
    gone = {tag: lines & set(methods.get(tag, ())) for tag in locked if tag not in groups}
    new = {tag: frozenset(one) for tag, one in groups.items() if tag not in locked}
    for tag, had in gone.items():
        homes = [one for one, inside in new.items() if had and had <= inside]
        if len(homes) == 1:
            ledger.moved("groups", tag, homes[0])


def _pairs(
    gone: Mapping[str, frozenset[str]], new: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, str]]:
    """What is gone and what is new with the same shape, where no other has that shape."""
    before, after = _by_shape(gone), _by_shape(new)
    for shape, keys in before.items():
        if shape and len(keys) == 1 and len(after.get(shape, ())) == 1:
            yield keys[0], after[shape][0]


def _by_shape(shapes: Mapping[str, Hashable]) -> dict[Hashable, list[str]]:
    found: dict[Hashable, list[str]] = {}
    for key, shape in shapes.items():
        found.setdefault(shape, []).append(key)
    return found


# -- what is printed


def former(plan: Plan, ledger: Ledger) -> tuple[FormerPlan, ...]:
    """The aliases of a plan; the ledger then lists those and no others."""
    maker = _Formers(plan, ledger)
    return tuple(
        sorted(
            {*maker.types(), *maker.inside(), *maker.groups(), *maker.operations()},
            key=lambda one: (one.scope, one.now, one.name),
        )
    )


class _Formers:
    def __init__(self, plan: Plan, ledger: Ledger) -> None:
        self._plan = plan
        self._ledger = ledger

    def _names(self, scope: str) -> Iterator[tuple[str, str, Former]]:
        """The former names of a scope, each with what has it now."""
        given = self._ledger.given.get(scope, {})
        for name, one in sorted(self._ledger.former.get(scope, {}).items()):
            if one.key in given:
                yield name, given[one.key].name, one

    def types(self) -> Iterator[FormerPlan]:
        exported = {*self._plan.exported, *(one.literal for one in self._plan.enums)}
        literals = {one.name: one.literal for one in self._plan.enums}
        for scope in (TYPES, "identifiers"):
            for name, now, one in self._names(scope):
                if name in exported:
                    del self._ledger.former[scope][name]
                    continue
                yield FormerPlan("types", name, now, _said(name, now, one))
                if now in literals and f"{name}Value" not in exported:
                    literal = literals[now]
                    yield FormerPlan("literals", f"{name}Value", literal, _said(f"{name}Value", literal, one))  # fmt: skip

    def inside(self) -> Iterator[FormerPlan]:
        """Former attributes, members and arguments."""
        for scope in sorted(self._ledger.former):
            kind, _, owner = scope.partition(" ")
            if kind in ("attributes", "members"):
                for name, now, one in self._names(scope):
                    yield FormerPlan(scope, name, now, _said(f"{owner}.{name}", now, one))
        for operation in self._plan.operations:
            scope = f"arguments {operation.constant.lower()}"
            for name, now, one in self._names(scope):
                told = _said(f"the argument {name} of {operation.name}", now, one)
                yield FormerPlan(scope, name, now, told)

    def groups(self) -> Iterator[FormerPlan]:
        by_name = {one.attribute: one for one in self._plan.groups}
        for name, now, one in self._names("groups"):
            yield FormerPlan("groups", name, now, _said(f"client.{name}", f"client.{now}", one))
            noun = names.camel(name)
            group = by_name[now]
            client = {f"{noun}Api": group.name, f"Async{noun}Api": f"Async{group.name}"}
            server = {f"{noun}Handler": group.protocol, f"Unimplemented{noun}": group.base}
            yield from self._module("client", client, one)
            yield from self._module("server", server, one)
        tags = {one.name: tag for tag, one in self._ledger.given.get("groups", {}).items()}
        for group in self._plan.groups:
            yield from self._methods(group, f"methods {tags.get(group.attribute, group.attribute)}")

    def _methods(self, group: GroupPlan, scope: str) -> Iterator[FormerPlan]:
        """Former methods of a group; the operation of one may be in another group now."""
        homes = {
            f"{operation.method} {operation.template}": (home, operation)
            for home in self._plan.groups
            for operation in home.operations
        }
        listed = dict(self._ledger.former.get(scope, {}))
        here = {one.name for one in group.operations}
        for key, name in self._ledger.locked(scope).items():
            if key in homes and homes[key][0] is not group:
                listed.setdefault(name, Former(key))
        listed = {name: one for name, one in listed.items() if one.key in homes and name not in here}  # fmt: skip
        self._ledger.former[scope] = listed
        for name, one in sorted(listed.items()):
            home, operation = homes[one.key]
            now = operation.name if home is group else f"client.{home.attribute}.{operation.name}"
            told = _said(f"{group.attribute}.{name}", now, one)
            yield FormerPlan(f"methods {group.attribute}", name, operation.name, told, operation.constant)  # fmt: skip

    def operations(self) -> Iterator[FormerPlan]:
        """What is named after an operation: its row, its input, its answers."""
        by_handler = {one.handler: one for one in self._plan.operations}
        for name, now, one in self._names("operations"):
            operation = by_handler.get(now)
            if operation is None:
                continue
            yield from self._module("constants", {name.upper(): operation.constant}, one)
            old = names.camel(name)
            yield from self._module("server", _server_names(operation, old), one)
            headers = [two.headers_class for two in operation.answers if two.headers_class]
            yield from self._module("headers", _renamed(operation, old, headers), one)

    def _module(self, scope: str, pairs: Mapping[str, str], one: Former) -> Iterator[FormerPlan]:
        """Former names of a module, but for those that something else has."""
        taken = set(_module_names(self._plan, scope))
        for name, now in pairs.items():
            if name not in taken:
                yield FormerPlan(scope, name, now, _said(name, now, one))


def _server_names(operation: OperationPlan, old: str) -> dict[str, str]:
    """What server.py prints for an operation, by what it was when the operation was called otherwise."""
    printed = (operation.input, operation.answer_alias, *(one.name for one in operation.answers))
    return _renamed(operation, old, printed)


def _renamed(operation: OperationPlan, old: str, printed: Iterable[str]) -> dict[str, str]:
    """Classes that are called after an operation, by what they were called after its former name."""
    new = names.camel(operation.handler)
    return {old + one.removeprefix(new): one for one in printed if one.startswith(new)}


def _module_names(plan: Plan, scope: str) -> Iterable[str]:
    """The names of a module that an alias could hide."""
    if scope == "constants":
        return (one.constant for one in plan.all_operations)
    if scope == "headers":
        return (*plan.exported, *(one.headers_class for _, one in plan.header_answers))
    if scope == "client":
        return (name for one in plan.groups for name in (one.name, f"Async{one.name}"))
    printed = [(one.input, one.answer_alias, *(two.name for two in one.answers)) for one in plan.operations]  # fmt: skip
    handlers = [(one.protocol, one.base) for one in plan.groups]
    return (*plan.exported, *(name for row in (*printed, *handlers) for name in row))


def _said(name: str, now: str, one: Former) -> str:
    until = f", and the old name goes with version {one.until}" if one.until else ""
    return f"{name} is called {now} now{until}"
