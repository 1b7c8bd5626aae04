"""Two plans side by side: which type of the one is which of the other, who makes and who reads it, where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from ringback.diff.model import Change, change
from ringback.diff.python_rules import PYTHON_RULES
from ringback.diff.python_types import Names, Union, fits, is_any, names_of, opened, plain, read
from ringback.openapi import Document
from ringback.plan import Drawn, Entry, ModelPlan, OperationPlan, Plan, index
from ringback.source import Location, Path, pointer_of

_WORD: Final = re.compile(r"[^\W\d]\w*")
_DEEP: Final = 8  # unions within unions within
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
        path = self._path(name)
        return self.document.tree.locate(path) if path is not None else None

    def _path(self, name: str) -> Path | None:
        entry = self.entries.get(name)
        if entry is not None:
            return entry.paths[0] if entry.paths else None
        home, _, last = name.rpartition(".")
        if home == "Client":
            return self._scheme(last)
        operation = self.entries.get(home)
        if last == "body" and operation is not None and operation.paths:
            return (*operation.paths[0], "requestBody")
        return None

    def _scheme(self, credential: str) -> Path | None:
        """Where the first security scheme stands that a credential is for."""
        schemes = {one.name: one.path for one in self.document.security_schemes}
        for one in self.plan.schemes:
            if any(credential in pair for pair in one.pairs):
                return schemes.get(one.name)
        return None

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

    def spelled(self, old: str, new: str) -> tuple[tuple[str, str], ...]:
        """Both annotations as details of a change; with what names stand for, where they are the same names."""
        for _ in range(_DEEP):
            if old != new:
                break
            old, new = opened(old, self.old_names.aliases), opened(new, self.new_names.aliases)
        return ("old", old), ("new", new)

    def told(self, old: str, new: str) -> str:
        """Both annotations in a message."""
        (_, before), (_, after) = self.spelled(old, new)
        return f"{plain(before)} before, {plain(after)} now"

    def called(
        self,
        code: str,
        message: str,
        old: str,
        new: str,
        operations: Iterable[str] = (),
        *,
        former: tuple[str, str],
    ) -> Change:
        """A change of a name. `former` is the scope and the old name in it: an alias may stand there."""
        if any((one.scope, one.name) == former for one in self.new.plan.former):
            code = "former-method" if former[0].startswith("methods ") else "former-name"
            message = f"{message}; the former name is a deprecated alias"
        return self.say(code, message, old, new, operations)

    def say(
        self,
        code: str,
        message: str,
        old: str = "",
        new: str = "",
        operations: Iterable[str] = (),
        details: Iterable[tuple[str, str]] = (),
    ) -> Change:
        """A change of the thing that is called `old` in the one package and `new` in the other."""
        return change(
            PYTHON_RULES[f"python-{code}"],
            new or old,
            message,
            old=self.old.place(old) if old else None,
            new=self.new.place(new) if new else None,
            operations=tuple(operations),
            details=tuple(details),
        )


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
        heads = [two.annotation for one in operation.answers for two in one.headers]
        answered = [one.annotation for one in operation.answers]
        reach.note(given, label(operation), (*answered, *heads))
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
    """Types that are gone by their name and are there by another: at the same place, or with the same shape.

    The shape of a class has the names of other types in it, so what is found is looked through and looked again.
    """
    gone = [name for name in old.kinds if name not in new.kinds]
    come = [name for name in new.kinds if name not in old.kinds]
    pointers = [
        {one: side.pointer(one) for one in names} for side, names in ((old, gone), (new, come))
    ]
    found = _twins(old, new, *pointers)
    while True:
        before = {one: _shape(old, one, found) for one in gone if one not in found}
        after = {one: _shape(new, one, {}) for one in come if one not in found.values()}
        more = _twins(old, new, before, after)
        if not more:
            return found
        found = {**found, **more}


def _twins(
    old: Package, new: Package, before: Mapping[str, str], after: Mapping[str, str]
) -> dict[str, str]:
    """Types of one kind of which the same is said, where it is said of one in each package only."""
    names, others = _only(before), _only(after)
    return {
        name: others[key]
        for key, name in names.items()
        if key in others and old.kinds[name] == new.kinds[others[key]]
    }


def _only(told: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name, key in told.items():
        if key:
            found.setdefault(key, []).append(name)
    return {key: same[0] for key, same in found.items() if len(same) == 1}


def _shape(package: Package, name: str, renamed: Mapping[str, str]) -> str:
    """What a type is made of, its own name left out; "" where that is too little to know it again by."""
    plan = package.plan
    for model in plan.models:
        if model.name == name and model.fields:
            return _fields(model, {**renamed, name: "="})
    for enum in plan.enums:
        if enum.name == name:
            return f"enum {sorted(one.value for one in enum.members)}"
    for identifier in plan.identifiers:
        if identifier.name == name:
            return f"identifier {identifier.pattern}"
    return ""


def _fields(model: ModelPlan, renamed: Mapping[str, str]) -> str:
    def known(word: re.Match[str]) -> str:
        return renamed.get(word[0], word[0])

    told = [(one.wire, _WORD.sub(known, one.annotation), one.default) for one in model.fields]
    return f"class {sorted(told)}"
