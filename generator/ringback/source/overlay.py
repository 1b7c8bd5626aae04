"""Applying overlays (OpenAPI Overlay 1.0 and 1.1) to a document's values.

Updates merge: objects member by member, lists by concatenation, anything else by replacement; a value of one
kind cannot become another kind. For a list as target, an update that is a list is concatenated and any other
is appended, as 1.1 says (1.0 left it open). What an overlay brings is copied for each place it goes to, and
the place in the overlay is remembered for each.

Two rules are stricter than the specification, since an overlay that quietly does nothing is how corrections
rot: an action that selects nothing is an error, and so is `copy` from a path that does not name exactly one
value.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .diagnostic import Diagnostic, DocumentError, Path, Severity, pointer_of
from .jsonpath import BadQuery, find
from .limits import Limits
from .origins import Origin, Origins
from .overlay_shape import overlay_faults
from .places import Places


def apply_overlays(
    root: Any, overlays: Sequence[Any], places: Sequence[Places], limits: Limits
) -> tuple[Origins, tuple[Diagnostic, ...]]:
    """Change `root` as the overlays say, in their order; `places` are the document's and then theirs.

    Gives the origins of what they brought, and warnings. Raises DocumentError with all findings: first those of
    the overlay files themselves, and only where there are none those of applying them.
    """
    faults = [
        fault
        for overlay, place in zip(overlays, places[1:], strict=True)
        for fault in overlay_faults(overlay, place)
    ]
    if faults:
        raise DocumentError(faults)
    patch = _Patch(root, Origins(), limits, faults)
    for source, overlay in enumerate(overlays, 1):
        for index, action in enumerate(overlay["actions"]):
            patch.act(_Action(action, places[source], Origin(source, ("actions", index))))
    if faults:
        raise DocumentError(faults)
    return patch.origins, tuple(_strayed(overlays, places))


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
    """A document while overlays change it."""

    def __init__(
        self, root: Any, origins: Origins, limits: Limits, faults: list[Diagnostic]
    ) -> None:
        self.origins = origins
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
            message = f"{query} selects nothing in the document"
            hint = "mend the target, or remove the action if the document has changed"
            self._faults.append(action.fault("overlay-no-match", message, hint))
        elif action.node.get("remove") is True:
            self._remove(action, targets)
        elif "copy" in action.node:
            self._copy(action, targets)
        else:
            self._update(action, targets, action.node["update"], action.origin.inner("update"))

    def _select(self, action: _Action, key: str) -> list[Path] | None:
        try:
            return find(self._root, action.node[key])
        except BadQuery as error:
            self._faults.append(action.fault("overlay-path", str(error), at=(key,)))
            return None

    def _remove(self, action: _Action, targets: list[Path]) -> None:
        if () in targets:
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
        elif _kind(target) != _kind(value) or (not path and not isinstance(target, dict)):
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
        message = f"{_kind(value)} cannot be merged into {_kind(target)} at {pointer_of(path) or 'the root'}"
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


def _strayed(overlays: Sequence[Any], places: Sequence[Places]) -> list[Diagnostic]:
    """A warning for each overlay that `extends` a file other than the document (or an overlay before it)."""
    found = []
    for source, overlay in enumerate(overlays, 1):
        extends = overlay.get("extends")
        if extends is None or ":" in extends.partition("/")[0]:
            continue  # a URL: nothing here says what it stands for
        named = os.path.join(os.path.dirname(places[source].text.file), extends)
        if os.path.realpath(named) not in {
            os.path.realpath(place.text.file) for place in places[:source]
        }:
            message = f"the overlay extends {extends}, which is not the document it is applied to"
            place = places[source].locate(("extends",))
            found.append(Diagnostic(place, "overlay-extends", message, Severity.WARNING))
    return found
