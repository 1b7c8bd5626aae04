"""Where the values of a patched document come from.

Nothing is recorded for what no overlay touched: a value follows its parent's origin. Only a container that an
overlay changed has an entry here, kept by identity (and kept alive, so that an identity is never used twice):
for an object the members that came from elsewhere, for a list the origin of every item, since removals shift
the positions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .diagnostic import Path


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in one of the files: `source` is 0 for the document, n for the n-th overlay."""

    source: int
    path: Path = ()

    def inner(self, part: str | int) -> Origin:
        """The origin of a member or item that stands where its container does."""
        return Origin(self.source, (*self.path, part))


class Origins:
    """The side table; see the module's text."""

    def __init__(self) -> None:
        self._members: dict[int, dict[str, Origin]] = {}
        self._items: dict[int, list[Origin | int]] = (
            {}
        )  # a number: that position in the list's own origin
        self._alive: list[Any] = []

    def __getstate__(self) -> list[tuple[Any, Any, Any]]:
        """The entries beside their containers: in another process these are other objects."""
        return [(one, self._members.get(id(one)), self._items.get(id(one))) for one in self._alive]

    def __setstate__(self, entries: list[tuple[Any, Any, Any]]) -> None:
        self._alive = [one for one, _, _ in entries]
        self._members = {id(one): members for one, members, _ in entries if members is not None}
        self._items = {id(one): items for one, _, items in entries if items is not None}

    def of(self, root: Any, path: Path) -> Origin:
        """The origin of the value at `path` below `root`; parts that do not exist are taken as they are."""
        origin = Origin(0)
        value: Any = root
        for part in path:
            origin = self.child(value, origin, part)
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                value = None
        return origin

    def child(self, container: Any, origin: Origin, part: str | int) -> Origin:
        """The origin of one member or item of a container whose own origin is known."""
        if isinstance(container, dict):
            return self._members.get(id(container), {}).get(part, origin.inner(part))  # type: ignore[arg-type]
        if isinstance(container, list) and isinstance(part, int) and id(container) in self._items:
            items = self._items[id(container)]
            item = items[part] if part < len(items) else part
            return item if isinstance(item, Origin) else origin.inner(item)
        return origin.inner(part)

    def put(self, container: Any, part: str | int, origin: Origin) -> None:
        """Record that a member or item was set to a value from elsewhere."""
        if isinstance(container, dict) and isinstance(part, str):
            self._entry(container)[part] = origin
        elif isinstance(container, list) and isinstance(part, int):
            self._positions(container)[part] = origin

    def append(self, container: list[Any], value: Any, origin: Origin) -> None:
        """Append a value from elsewhere to a list, and record it."""
        self._positions(container).append(origin)
        container.append(value)

    def remove(self, container: Any, part: Any) -> None:
        """Remove a member or an item, and what is recorded of it."""
        if isinstance(container, list):
            del self._positions(container)[int(part)]
        elif id(container) in self._members:
            self._members[id(container)].pop(part, None)
        del container[part]

    def copy(self, value: Any) -> Any:
        """A deep copy of plain data that remembers the same origins."""
        if isinstance(value, dict):
            members = {key: self.copy(item) for key, item in value.items()}
            if id(value) in self._members:
                self._entry(members).update(self._members[id(value)])
            return members
        if isinstance(value, list):
            items = [self.copy(item) for item in value]
            if id(value) in self._items:
                self._positions(items)[:] = self._items[id(value)]
            return items
        return value

    def _entry(self, container: dict[str, Any]) -> dict[str, Origin]:
        if id(container) not in self._members:
            self._alive.append(container)
            self._members[id(container)] = {}
        return self._members[id(container)]

    def _positions(self, container: list[Any]) -> list[Origin | int]:
        if id(container) not in self._items:
            self._alive.append(container)
            self._items[id(container)] = list(range(len(container)))
        return self._items[id(container)]
