"""Applying overlays (OpenAPI Overlay 1.0 and 1.1) to a document's values.

Updates merge: objects member by member, lists by concatenation, anything else by replacement; a value of one
kind cannot become another kind. For a list as target, an update that is a list is concatenated and any other
is appended, as 1.1 says (1.0 left it open). What an overlay brings is copied for each place it goes to, and
the place in the overlay is remembered for each.

An overlay is for one file: the document, or the one that its `extends` names, where references lead there
(`overlay_targets.py`). Those for the document come first, since they may bring references.

Two rules are stricter than the specification, since an overlay that quietly does nothing is how corrections
rot: an action that selects nothing is an error, and so is `copy` from a path that does not name exactly one
value.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .diagnostic import Diagnostic, DocumentError, Path, Severity, pointer_of
from .jsonpath import BadQuery, find, reached
from .library import Library
from .limits import Limits
from .origins import Origin, Origins
from .overlay_shape import overlay_faults
from .overlay_targets import file_named, for_other_files
from .places import Places


def apply_overlays(
    root: Any, overlays: Sequence[Any], library: Library, limits: Limits
) -> tuple[Diagnostic, ...]:
    """Change `root` as the overlays say, in their order; the library's places are the document's and then theirs.

    The library gets the origins of what they brought. Gives warnings. Raises DocumentError with all findings: first
    those of the overlay files themselves, and only where there are none those of applying them.
    """
    places = tuple(library.places)
    faults = [
        fault
        for overlay, place in zip(overlays, places[1:], strict=True)
        for fault in overlay_faults(overlay, place)
    ]
    if faults:
        raise DocumentError(faults)
    files = for_other_files(root, overlays, library, limits)
    library.origins = origins = Origins()
    patch = _Patch(root, origins, limits, faults)
    for source, overlay in sorted(enumerate(overlays, 1), key=lambda one: one[0] in files):
        patch.base = library.open_address(files[source]) if source in files else ()
        for index, action in enumerate(overlay["actions"]):
            patch.act(_Action(action, places[source], Origin(source, ("actions", index))))
    if faults:
        raise DocumentError(faults)
    return tuple(_strayed(overlays, places, files))


@dataclass(frozen=True, slots=True)
class _Action:
    """One action and where it stands."""

    node: Mapping[str, Any]
    places: Places
    origin: Origin

    def fault(
        self, code: str, message: str, hint: str = "", *, at: Path = ("target",)
    ) -> Diagnostic:
        return Diagnostic(self.places.locate((*self.origin.path, *at)), code, message, hint=hint)


class _Patch:
    """A document while overlays change it: the file of it that stands at `base`."""

    def __init__(
        self, root: Any, origins: Origins, limits: Limits, faults: list[Diagnostic]
    ) -> None:
        self.origins = origins
        self.base: Path = ()
        self._root = root
        self._limits = limits
        self._faults = faults
        self._added = 0

    def act(self, action: _Action) -> None:
        """Apply one action; what goes wrong is added to the faults."""
        query: str = action.node["target"]
        targets = self._select(action, "target")
        if targets is None:
            return
        if not targets:
            message = f"{query} selects nothing in the {'file' if self.base else 'document'}"
            self._faults.append(action.fault("overlay-no-match", message, self._way_on(query)))
        elif action.node.get("remove") is True:
            self._remove(action, targets)
        elif "copy" in action.node:
            self._copy(action, targets)
        else:
            self._update(action, targets, action.node["update"], action.origin.inner("update"))

    def _select(self, action: _Action, key: str) -> list[Path] | None:
        try:
            return [(*self.base, *path) for path in find(self._at(self.base), action.node[key])]
        except BadQuery as error:
            self._faults.append(action.fault("overlay-path", str(error), at=(key,)))
            return None

    def _way_on(self, query: str) -> str:
        """What to do about a query that selects nothing: it may have come to a reference, which it does not follow."""
        here = self._at(self.base)
        for path in reached(here, query):
            value = self._at((*self.base, *path))
            reference = value.get("$ref") if isinstance(value, dict) else None
            if isinstance(reference, str):
                told = f"{pointer_of(path)} is a reference to {reference}, and a JSONPath follows none: "
                file = reference.partition("#")[0]
                return told + (
                    f"an overlay with `extends: {file}` (relative to the overlay) changes that file"
                    if file
                    else "name the place that it leads to"
                )
        return "mend the target, or remove the action if the document has changed"

    def _remove(self, action: _Action, targets: list[Path]) -> None:
        if self.base in targets:
            self._faults.append(
                action.fault("overlay-conflict", "the whole document cannot be removed")
            )
            return
        # Deepest first, and in one list the last first, so that no removal moves what is still to be removed.
        for path in sorted(targets, key=_removal_order, reverse=True):
            self.origins.remove(self._at(path[:-1]), path[-1])

    def _copy(self, action: _Action, targets: list[Path]) -> None:
        found = self._select(action, "copy")
        if found is None:
            return
        if len(found) != 1:
            message = (
                f"{action.node['copy']} names {len(found) or 'no'} values; copy needs exactly one"
            )
            self._faults.append(action.fault("overlay-copy", message, at=("copy",)))
            return
        value = self.origins.copy(
            self._at(found[0])
        )  # before the targets change: one may contain the other
        self._update(action, targets, value, self.origins.of(self._root, found[0]))

    def _update(self, action: _Action, targets: list[Path], value: Any, origin: Origin) -> None:
        kinds = {_kind(self._at(path)) for path in targets}
        if len(kinds) > 1:
            message = f"the target selects values of different kinds: {', '.join(sorted(kinds))}"
            self._faults.append(action.fault("overlay-conflict", message))
            return
        for path in targets:
            if not self._room(action, path, value):
                return
            self._merge(action, path, self.origins.copy(value), origin)

    def _room(self, action: _Action, path: Path, value: Any) -> bool:
        """Whether the limits allow one more copy of a value at this path."""
        nodes, levels = _extent(value)
        self._added += nodes
        if self._added <= self._limits.nodes and len(path) + levels <= self._limits.depth:
            return True
        many = self._added > self._limits.nodes
        name = "nodes" if many else "depth"
        message = f"this makes the document {'too large' if many else 'too deep'}"
        hint = f"raise {self._limits.setting(name)}"
        self._faults.append(action.fault("too-many-nodes" if many else "too-deep", message, hint))
        return False

    def _merge(self, action: _Action, path: Path, value: Any, origin: Origin) -> None:
        """Merge `value` (ours to keep, with its origins) into what stands at `path`."""
        target = self._at(path)
        if isinstance(target, list):
            for item, where in self._items(value, origin):
                self.origins.append(target, item, where)
        elif _kind(target) != _kind(value) or (path == self.base and not isinstance(target, dict)):
            self._conflict(action, path, target, value, origin)
        elif not isinstance(target, dict):
            container = self._at(path[:-1])
            container[path[-1]] = value
            self.origins.put(container, path[-1], origin)
        else:
            for key, item in value.items():
                self._member(
                    action, (*path, key), target, item, self.origins.child(value, origin, key)
                )

    def _member(
        self, action: _Action, path: Path, target: dict[str, Any], item: Any, origin: Origin
    ) -> None:
        key = str(path[-1])
        if key not in target:
            target[key] = item
            self.origins.put(target, key, origin)
        elif _kind(target[key]) != _kind(item):
            self._conflict(action, path, target[key], item, origin)
        else:
            self._merge(action, path, item, origin)

    def _items(self, value: Any, origin: Origin) -> list[tuple[Any, Origin]]:
        if not isinstance(value, list):
            return [(value, origin)]
        return [
            (item, self.origins.child(value, origin, index)) for index, item in enumerate(value)
        ]

    def _conflict(
        self, action: _Action, path: Path, target: Any, value: Any, origin: Origin
    ) -> None:
        message = f"{_kind(value)} cannot be merged into {_kind(target)} at {pointer_of(path[len(self.base):]) or 'the root'}"
        hint = "remove the old value in an action before this one"
        inside = (
            origin.path[len(action.origin.path) :]
            if origin.source == action.origin.source
            else ("copy",)
        )
        self._faults.append(action.fault("overlay-conflict", message, hint, at=inside))

    def _at(self, path: Path) -> Any:
        value = self._root
        for part in path:
            value = value[part]
        return value


def _removal_order(path: Path) -> tuple[int, tuple[tuple[int, int | str], ...]]:
    return len(path), tuple((0, part) if isinstance(part, int) else (1, part) for part in path)


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "an object"
    return "a list" if isinstance(value, list) else "a plain value"


def _extent(value: Any) -> tuple[int, int]:
    """How many values a value holds, itself included, and how many levels."""
    layer, nodes, levels = [value], 0, 0
    while layer:
        nodes += len(layer)
        levels += 1
        containers = [item for item in layer if isinstance(item, (dict, list))]
        layer = [
            inner
            for item in containers
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
    return nodes, levels


def _strayed(
    overlays: Sequence[Any], places: Sequence[Places], files: Collection[int]
) -> list[Diagnostic]:
    """A warning for each overlay that `extends` a file that is neither of the document nor an overlay before it."""
    found = []
    for source, overlay in enumerate(overlays, 1):
        extends = overlay.get("extends")
        # Of a URL, nothing here says what it stands for.
        named = file_named(extends, places[source])
        known = {os.path.realpath(place.text.file) for place in places[:source]}
        if named and source not in files and named not in known:
            message = f"the overlay extends {extends}, which is not the document it is applied to"
            place = places[source].locate(("extends",))
            found.append(Diagnostic(place, "overlay-extends", message, Severity.WARNING))
    return found
