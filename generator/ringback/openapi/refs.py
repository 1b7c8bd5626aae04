"""Following `$ref` inside one document.

A reference is followed by its JSON pointer, or by its name where a schema declares `$anchor`. Nothing outside
the document is ever read: a reference that leaves it is `External`.
"""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import unquote

from ringback.source import Path, pointer_of

_POSITION: Final = re.compile(r"(?:0|[1-9][0-9]{0,9})\Z")


class Unresolved(LookupError):
    """The reference names nothing; the text says what is missing."""


class External(Unresolved):
    """The reference leaves the document."""


class Resolver:
    """Finds what a reference in one document names."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._anchors: dict[str, Path] | None = None
        self._found: dict[str, Path] = {}
        self._ends: dict[Path, Path] = {}

    def target(self, reference: str) -> Path:
        """The path that a reference names. Raises Unresolved (External where it leaves the document)."""
        known = self._found.get(reference)
        if known is None:
            known = self._found[reference] = self._look_up(reference)
        return known

    def final(self, path: Path) -> Path:
        """The path at the end of a chain of references that begins at `path`; raises Unresolved on a circle."""
        seen: dict[Path, None] = {}  # in order
        while path not in self._ends:
            if path in seen:
                raise Unresolved("the references lead in a circle")
            seen[path] = None
            node = at(self._root, path)
            reference = node.get("$ref") if isinstance(node, dict) else None
            if not isinstance(reference, str):
                self._ends[path] = path
                break
            path = self.target(reference)
        end = self._ends[path]
        for passed in seen:
            self._ends[passed] = end
        return end

    def _look_up(self, reference: str) -> Path:
        outside, _, fragment = reference.partition("#")
        if outside:
            raise External(f"{reference!r} leaves the document")
        fragment = unquote(fragment)
        if fragment and not fragment.startswith("/"):
            return self._anchored(fragment)
        return self._pointed(fragment)

    def _anchored(self, name: str) -> Path:
        if self._anchors is None:
            self._anchors = _anchors(self._root)
        if name not in self._anchors:
            raise Unresolved(f"no schema has the $anchor {name!r}")
        return self._anchors[name]

    def _pointed(self, pointer: str) -> Path:
        path: Path = ()
        value: Any = self._root
        for step in pointer.split("/")[1:]:
            part: Any = step.replace("~1", "/").replace("~0", "~")
            if isinstance(value, list) and _POSITION.match(step) and int(step) < len(value):
                part = int(step)
            elif not isinstance(value, dict) or part not in value:
                raise Unresolved(f"there is no {part!r} in #{pointer_of(path)}")
            value = value[part]
            path = (*path, part)
        return path


def at(root: Any, path: Path) -> Any:
    """The value at a path that exists."""
    for part in path:
        root = root[part]
    return root


def _anchors(root: Any) -> dict[str, Path]:
    found: dict[str, Path] = {}
    todo: list[tuple[Path, Any]] = [((), root)]
    while todo:
        path, value = todo.pop()
        if isinstance(value, list):
            todo.extend(((*path, index), item) for index, item in enumerate(value))
        if not isinstance(value, dict):
            continue
        for keyword in ("$anchor", "$dynamicAnchor"):
            if isinstance(name := value.get(keyword), str):
                found.setdefault(name, path)
        todo.extend(((*path, key), item) for key, item in value.items())
    return found
