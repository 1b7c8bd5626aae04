"""Two plans side by side: which type of the one is which of the other, who makes and who reads it, where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from ringback.diff.model import Change, change
from ringback.diff.python_rules import PYTHON_RULES
from ringback.diff.python_types import Names, Union, fits, is_any, names_of, read
from ringback.openapi import Document
from ringback.plan import Drawn, Entry, ModelPlan, OperationPlan, Plan, index
from ringback.source import Location, pointer_of

_WORD: Final = re.compile(r"[^\W\d]\w*")
Uses: TypeAlias = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Package:
    """One of the two: its plan, and every name of it by place."""

    document: Document
    plan: Plan
    entries: Mapping[str, Entry]
    kinds: Mapping[str, str]  # the types: "model", "enum", ...
    requests: Uses  # each type that requests carry, with the operations that do
    answers: Uses  # the same of answers and webhooks

    def place(self, name: str) -> Location | None:
        """Where the thing of a name stands in its document."""
        entry = self.entries.get(name)
        return self.document.tree.locate(entry.paths[0]) if entry and entry.paths else None

    def pointer(self, name: str) -> str:
        """The JSON pointer of it; "" where it has none."""
        entry = self.entries.get(name)
        return pointer_of(entry.paths[0]) if entry and entry.paths else ""

    def operations(self, name: str) -> tuple[str, ...]:
        """The operations that carry a type, in the order of the document."""
        return tuple(dict.fromkeys((*self.requests.get(name, ()), *self.answers.get(name, ()))))


@dataclass(frozen=True)
class Pair:
    """Both packages, and how to compare their annotations. `renamed` has the types of the old one by their old names."""

    old: Package
    new: Package
    renamed: Mapping[str, str]
    old_names: Names
    new_names: Names

    def types(self, old: str, new: str) -> tuple[Union, Union]:
        """Both annotations, as a type checker sees them in the new package."""
        return read(old, self.old_names), read(new, self.new_names)

    def step(self, old: str, new: str) -> str:
        """What became of a type: "" (the same), narrowed, widened, retyped or unchecked."""
        before, after = self.types(old, new)
        if before == after:
            return ""
        if is_any(before) or is_any(after):
            return "unchecked"
        bases = {**self.old_names.bases, **self.new_names.bases}
        gives, takes = fits(after, before, bases), fits(before, after, bases)
        if gives and takes:
            return ""
        return "narrowed" if gives else "widened" if takes else "retyped"

    def say(
        self, code: str, message: str, old: str = "", new: str = "", operations: Iterable[str] = (),
        subject: str = "", details: Iterable[tuple[str, str]] = (),
    ) -> Change:  # fmt: skip
        """A change of the thing that is called `old` in the one package and `new` in the other."""
        places = (
            self.old.place(old) if old else None,
            self.new.place(new) if new else None,
        )
        return change(
            PYTHON_RULES[f"python-{code}"], subject or new or old, message,
            old=places[0], new=places[1], operations=tuple(operations), details=tuple(details),
        )  # fmt: skip


def paired(old: Drawn, new: Drawn) -> Pair:
    """Two plans, with the types of the one found in the other."""
    before, after = _package(old), _package(new)
    renamed = _renamed_types(before, after)
    literals = {one.name: one.literal for one in before.plan.enums}
    after_literals = {one.name: one.literal for one in after.plan.enums}
    spelled = dict(renamed)
    for name, literal in literals.items():
        other = after_literals.get(renamed.get(name, name))
        if other is not None and other != literal:
            spelled[literal] = other
    return Pair(before, after, renamed, names_of(before.plan, spelled), names_of(after.plan))


def label(operation: OperationPlan) -> str:
    """An operation as changes name it: `POST /calls`, `webhook call.ended`."""
    return f"{operation.method} {operation.template}"


def _package(drawn: Drawn) -> Package:
    entries: dict[str, Entry] = {}
    for entry in index(drawn):
        for name in entry.names:
            entries.setdefault(name, entry)
    plan = drawn.plan
    kinds = {one.name: "identifier" for one in plan.identifiers}
    kinds |= {one.name: "enum" for one in plan.enums}
    kinds |= {one.name: "class" for one in plan.models}
    kinds |= {one.name: "union" for one in plan.unions}
    kinds |= {one.name: "alias" for one in plan.aliases}
    sent: dict[str, list[str]] = {}
    given: dict[str, list[str]] = {}
    reach = _Reach(plan)
    for operation in plan.operations:
        told = [one.annotation for one in operation.parameters]
        reach.note(sent, label(operation), (*told, operation.carried))
        reach.note(given, label(operation), (one.annotation for one in operation.answers))
    for hook in plan.webhooks:
        wire = entries.get(f"webhooks.{hook.name}")
        reach.note(given, f"webhook {wire.wire if wire else hook.name}", (hook.payload,))
    requests = {name: tuple(labels) for name, labels in sent.items()}
    answers = {name: tuple(labels) for name, labels in given.items()}
    return Package(drawn.told.document, plan, entries, kinds, requests, answers)


class _Reach:
    """Which types a type leads to."""

    def __init__(self, plan: Plan) -> None:
        self._parts: dict[str, list[str]] = {one.name: [] for one in plan.identifiers}
        self._parts |= {one.name: [] for one in plan.enums}
        self._parts |= {one.name: [two.annotation for two in one.fields] for one in plan.models}
        self._parts |= {one.name: list(one.members) for one in plan.unions}
        self._parts |= {one.name: [one.annotation] for one in plan.aliases}
        self._known: dict[str, frozenset[str]] = {}

    def note(self, into: dict[str, list[str]], operation: str, annotations: Iterable[str]) -> None:
        """Write down under each type that the annotations lead to that the operation carries it."""
        for name in sorted(self._from(annotations)):
            into.setdefault(name, []).append(operation)

    def _from(self, annotations: Iterable[str]) -> set[str]:
        found: set[str] = set()
        stack = [name for one in annotations for name in self._named(one)]
        while stack:
            name = stack.pop()
            if name not in found:
                found.add(name)
                stack.extend(two for one in self._parts[name] for two in self._named(one))
        return found

    def _named(self, annotation: str) -> frozenset[str]:
        if annotation not in self._known:
            words = _WORD.findall(annotation)
            self._known[annotation] = frozenset(one for one in words if one in self._parts)
        return self._known[annotation]


# -- types with another name


def _renamed_types(old: Package, new: Package) -> dict[str, str]:
    """Types that are gone by their name and are there by another: at the same place, or with the same shape."""
    gone = [name for name in old.kinds if name not in new.kinds]
    come = [name for name in new.kinds if name not in old.kinds]
    found: dict[str, str] = {}
    for view in (Package.pointer, _shape):
        before, after = _only(old, gone, view), _only(new, come, view)
        for key, name in before.items():
            other = after.get(key)
            if other is not None and old.kinds[name] == new.kinds[other]:
                found[name] = other
                gone.remove(name)
                come.remove(other)
    return found


def _only(
    package: Package, names: list[str], view: Callable[[Package, str], str]
) -> dict[str, str]:
    """The names by what a view shows of them; those that it cannot tell apart are left out."""
    found: dict[str, list[str]] = {}
    for name in names:
        key = view(package, name)
        if key:
            found.setdefault(key, []).append(name)
    return {key: same[0] for key, same in found.items() if len(same) == 1}


def _shape(package: Package, name: str) -> str:
    """What a type is made of, its own name left out; "" where that is too little to know it again by."""
    plan = package.plan
    for model in plan.models:
        if model.name == name and model.fields:
            return _fields(model, name)
    for enum in plan.enums:
        if enum.name == name:
            return f"enum {sorted(one.value for one in enum.members)}"
    for identifier in plan.identifiers:
        if identifier.name == name:
            return f"identifier {identifier.pattern}"
    return ""


def _fields(model: ModelPlan, name: str) -> str:
    told = [
        (one.wire, re.sub(rf"\b{name}\b", "=", one.annotation), one.default) for one in model.fields
    ]
    return f"class {sorted(told)}"
