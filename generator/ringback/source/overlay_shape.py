"""Whether an overlay file is an overlay (OpenAPI Overlay 1.0 or 1.1), before anything of it is applied."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from .diagnostic import Diagnostic, Path
from .jsonpath import BadQuery, find
from .places import Places

_VERSION: Final = re.compile(r"1\.[01]\.\d+\Z")
_ROOT: Final = ("overlay", "info", "extends", "actions")
_INFO: Final = ("title", "version", "description")
_ACTION: Final = ("target", "description", "update", "remove", "copy")

Fault = Callable[..., Diagnostic]


def overlay_faults(overlay: Any, places: Places) -> Iterator[Diagnostic]:
    """Everything about an overlay that needs no document to be seen as wrong."""

    def fault(path: Path, message: str, hint: str = "", *, key: bool = False) -> Diagnostic:
        return Diagnostic(places.locate(path, key=key), "overlay-shape", message, hint=hint)

    if not isinstance(overlay, dict):
        yield fault((), "an overlay is an object with overlay, info and actions")
        return
    yield from _strangers(overlay, (), _ROOT, fault)
    yield from _version(overlay, fault)
    yield from _info(overlay, fault)
    if not isinstance(overlay.get("extends", ""), str):
        yield fault(("extends",), "extends names the document, as text")
    actions = overlay.get("actions")
    if not isinstance(actions, list) or not actions:
        yield fault(("actions",), "an overlay needs a list of actions, with at least one")
        return
    old = str(overlay.get("overlay")).startswith("1.0")
    for index, action in enumerate(actions):
        yield from _action(action, ("actions", index), old, places, fault)


def _version(overlay: Mapping[str, Any], fault: Fault) -> Iterator[Diagnostic]:
    found = overlay.get("overlay")
    if not isinstance(found, str) or not _VERSION.match(found):
        said = "is missing" if found is None else f"is {found!r}"
        yield fault(
            ("overlay",), f"the overlay's version {said}", "overlay: 1.1.0 (or 1.0.0) is understood"
        )


def _info(overlay: Mapping[str, Any], fault: Fault) -> Iterator[Diagnostic]:
    info = overlay.get("info")
    if not isinstance(info, dict):
        yield fault(("info",), "an overlay needs an info object with title and version")
        return
    yield from _strangers(info, ("info",), _INFO, fault)
    for name in ("title", "version"):
        if not isinstance(info.get(name), str):
            found = "is missing" if name not in info else f"is {info[name]!r}, not text"
            yield fault(
                ("info", name),
                f"the overlay's {name} {found}",
                "put it in quotes" if name in info else "",
            )


def _action(
    action: Any, path: Path, old: bool, places: Places, fault: Fault
) -> Iterator[Diagnostic]:
    if not isinstance(action, dict):
        yield fault(path, "an action is an object with a target")
        return
    yield from _strangers(action, path, _ACTION, fault)
    if not isinstance(action.get("description", ""), str):
        yield fault((*path, "description"), "a description is text")
    if not isinstance(action.get("remove", False), bool):
        yield fault((*path, "remove"), "remove is true or false")
    yield from _modifiers(action, path, old, fault)
    for name in ("target", "copy"):
        if name in action or name == "target":
            yield from _query(action.get(name), (*path, name), places, fault)


def _modifiers(
    action: Mapping[str, Any], path: Path, old: bool, fault: Fault
) -> Iterator[Diagnostic]:
    if "copy" in action and old:
        yield fault(
            (*path, "copy"), "copy exists only since Overlay 1.1", "say overlay: 1.1.0", key=True
        )
    if "copy" in action and "update" in action:
        yield fault(
            (*path, "copy"),
            "an action cannot both update and copy",
            "make two actions of it",
            key=True,
        )
    if "update" not in action and "copy" not in action and action.get("remove") is not True:
        yield fault(path, "this action does nothing", "give it update, copy or remove: true")


def _query(query: Any, path: Path, places: Places, fault: Fault) -> Iterator[Diagnostic]:
    if not isinstance(query, str):
        yield fault(path, f"{path[-1]} is a JSONPath, as text")
        return
    try:
        find({}, query)
    except BadQuery as error:
        hint = "paths are JSONPath as RFC 9535 has it, such as $.paths['/x'].get"
        yield Diagnostic(places.locate(path), "overlay-path", f"{query!r}: {error}", hint=hint)


def _strangers(
    node: Mapping[str, Any], path: Path, known: tuple[str, ...], fault: Fault
) -> Iterator[Diagnostic]:
    for key in node:
        if key in known or key.startswith("x-"):
            continue
        close = get_close_matches(key, known, 1)
        hint = f"did you mean {close[0]}?" if close else "keys of your own begin with x-"
        yield fault((*path, key), f"an overlay has no key {key!r} here", hint, key=True)
