"""Generic types: what a `$dynamicRef` stands for depends on where one comes from.

    Page:      {$defs: {item: {$dynamicAnchor: item, not: {}}}, properties: {items: {items: {$dynamicRef: "#item"}}}}
    CallPage:  {$defs: {item: {$dynamicAnchor: item, $ref: Call}}, $ref: Page}

Read from CallPage, the items of Page are Calls. So the schema at one place is several values: one for each scope, which
says what the names mean there. A schema adds its own names to the scope (its `$dynamicAnchor`, and those directly under
its `$defs`) and then its parts and references are read in it; of two with one name the outer one counts, as JSON Schema
says. Only what a schema can reach belongs to its scope: so whatever is not generic stays one value, and what
contains itself comes to an end.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from ringback.source import DocumentError, Path

from .refs import Resolver, Unresolved, at

Scope: TypeAlias = tuple[tuple[str, Path], ...]
"""Names and the schemas they stand for, sorted by name."""


class Generics:
    """The dynamic names of one document; without any `$dynamicRef` in it, every scope is empty."""

    def __init__(self, root: Any, resolver: Resolver, *, used: bool) -> None:
        self._root = root
        self._resolver = resolver
        self.used = used
        self._reached: dict[Path, frozenset[str]] = {}

    def inner(self, path: Path, scope: Scope) -> Scope:
        """The scope in which the parts of the schema at `path` are read."""
        if not self.used:
            return ()
        return tuple(sorted({**self._own(path), **dict(scope)}.items()))

    def narrowed(self, path: Path, scope: Scope) -> Scope:
        """What of a scope changes the meaning of the schema at `path`."""
        if not scope:
            return ()
        given, own = dict(scope), self._own(path)
        names = set(self._names(path))
        todo = [name for name in names if name in given]
        while todo:
            for name in self._names(given[todo.pop()]) - names:
                names.add(name)
                todo += [name] if name in given else []
        return tuple(one for one in scope if one[0] in names and own.get(one[0]) != one[1])

    def bound(self, reference: str, place: Path, scope: Scope) -> Path:
        """What a `$dynamicRef` at `place` names in a scope. Raises Unresolved."""
        name = reference.removeprefix("#")
        if reference.startswith("#/") or not reference.startswith("#"):
            return self._resolver.target(reference, place)
        if (found := dict(scope).get(name)) is not None:
            return found
        for end in range(len(place), 0, -1):  # the nearest around it
            if (found := self._own(place[:end]).get(name)) is not None:
                return found
        return self._resolver.target(reference, place)

    def _own(self, path: Path) -> dict[str, Path]:
        """The names that a schema itself gives to others."""
        node = at(self._root, path)
        if not isinstance(node, dict):
            return {}
        found: dict[str, Path] = {}
        inside = node.get("$defs")
        holders = [(path, node)]
        if isinstance(inside, dict):
            holders += [((*path, "$defs", key), one) for key, one in inside.items()]
        for place, holder in holders:
            name = holder.get("$dynamicAnchor") if isinstance(holder, dict) else None
            if isinstance(name, str):
                found.setdefault(name, self._end(place))
        return found

    def _end(self, path: Path) -> Path:
        """The schema behind a name that is bound to nothing but a reference."""
        node = at(self._root, path)
        if isinstance(node, dict) and set(node) == {"$dynamicAnchor", "$ref"}:
            return self._resolver.target(node["$ref"])
        return path

    def _names(self, path: Path) -> frozenset[str]:
        """The names of all `$dynamicRef`s that can be reached from a schema."""
        if path in self._reached:
            return self._reached[path]
        names: set[str] = set()
        seen: set[Path] = {path}
        todo: list[Path] = [path]
        while todo:
            values = [at(self._root, todo.pop())]
            while values:
                value = values.pop()
                if isinstance(value, dict):
                    if isinstance(text := value.get("$dynamicRef"), str):
                        names.add(text.removeprefix("#"))
                    target = self._target(value.get("$ref"))
                    if target is not None and target not in seen:
                        seen.add(target)
                        todo.append(target)
                    values.extend(value.values())
                elif isinstance(value, list):
                    values.extend(value)
        self._reached[path] = frozenset(names)
        return self._reached[path]

    def _target(self, reference: Any) -> Path | None:
        if not isinstance(reference, str):
            return None
        try:
            return self._resolver.target(reference)
        except (Unresolved, DocumentError):
            return None
