"""Whether a file is a vocabulary: everything that is wrong with it, each with its place.

One code covers all of it (`vocabulary-shape`), as one covers what is no overlay: the sentence says the rest.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from ringback.source import Diagnostic, Path, Tree

from .model import LARGEST

_ROOT: Final = ("vocabulary", "info", "module", "root", "inline", "types", "groups", "elements")
_INFO: Final = ("title", "version", "description", "sources")
_ELEMENT: Final = ("description", "text", "include", "attributes", "children")
_COMMON: Final = ("default", "description", "deprecated")
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("pattern", "wanted", "values"),
    "integer": ("minimum", "maximum", "also"),
    "boolean": ("also",),
    "list": ("values", "items"),
}
"""The types of attributes, and the keys that each of them takes."""
_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?", re.ASCII)
_WORD: Final = re.compile(r"\S+")


class Shape:
    """The faults of one loaded file."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._root: Any = tree.root
        self._types = _mapping(self._root, "types")
        self._groups = _mapping(self._root, "groups")

    def faults(self) -> Iterator[Diagnostic]:
        """Everything that is wrong."""
        if not isinstance(self._root, dict):
            yield self._fault((), "a vocabulary is an object with vocabulary, info and elements")
            return
        yield from self._strangers(self._root, (), _ROOT)
        yield from self._head()
        for key in ("types", "groups"):
            if not isinstance(self._root.get(key, {}), dict):
                yield self._fault((key,), f"{key} are an object: a name, and what it stands for")
        for name, one in self._types.items():
            yield from self._attribute(one, ("types", name))
        for name, one in self._groups.items():
            yield from self._attributes(one, ("groups", name))
        yield from self._elements()

    # -- the head

    def _head(self) -> Iterator[Diagnostic]:
        if self._root.get("vocabulary") != "1.0":
            said = repr(self._root["vocabulary"]) if "vocabulary" in self._root else "missing"
            yield self._fault(
                ("vocabulary",), f"the vocabulary's version is {said}", 'say vocabulary: "1.0"'
            )
        info = self._root.get("info")
        if not isinstance(info, dict):
            yield self._fault(("info",), "a vocabulary needs an info object with title and version")
        else:
            yield from self._strangers(info, ("info",), _INFO)
            for key in ("title", "version"):
                if not _is_text(info.get(key)):
                    yield self._fault(("info", key), f"info needs a {key}, as text")
            yield from self._texts(info, ("info",), ("description",))
        module = self._root.get("module")
        if not _is_module(module):
            told = f"module is {module!r}; it is the name of a Python module, in lower case"
            yield self._fault(("module",), told)
        yield from self._inline()

    def _inline(self) -> Iterator[Diagnostic]:
        inline = self._root.get("inline")
        if inline is None:
            return
        if not isinstance(inline, dict):
            yield self._fault(("inline",), "inline is an object with most and where")
            return
        yield from self._strangers(inline, ("inline",), ("most", "where"))
        if not _is_whole(inline.get("most")) or inline["most"] < 1:
            yield self._fault(("inline", "most"), "most is a number of characters above 0")
        if not _is_text(inline.get("where")):
            yield self._fault(("inline", "where"), "where names the value that is limited, as text")

    # -- elements

    def _elements(self) -> Iterator[Diagnostic]:
        elements = self._root.get("elements")
        if not isinstance(elements, dict) or not elements:
            yield self._fault(("elements",), "a vocabulary needs elements, with at least one")
            return
        root = self._root.get("root")
        if not _stands(root, elements):
            yield self._fault(("root",), f"root is {root!r}, and there is no such element")
        for name, element in elements.items():
            path: Path = ("elements", name)
            if not _is_name(name):
                yield self._fault(path, f"{name!r} is no name of an element", key=True)
            if not isinstance(element, dict):
                yield self._fault(path, "an element is an object; {} is an empty one")
                continue
            yield from self._element(element, path, elements)

    def _element(
        self, element: Mapping[str, Any], path: Path, elements: Mapping[str, Any]
    ) -> Iterator[Diagnostic]:
        yield from self._strangers(element, path, _ELEMENT)
        yield from self._texts(element, path, ("description",))
        if element.get("text", False) not in (True, False, "mixed"):
            yield self._fault((*path, "text"), "text is true, false or mixed")
        yield from self._attributes(element.get("attributes", {}), (*path, "attributes"))
        children, groups = (*path, "children"), (*path, "include")
        yield from self._named(element.get("children", []), children, elements, "element")
        yield from self._named(element.get("include", []), groups, self._groups, "group")
        yield from self._twice(element, path)

    def _twice(self, element: Mapping[str, Any], path: Path) -> Iterator[Diagnostic]:
        """An attribute that comes from two groups: nobody could say which of them counts."""
        seen: dict[str, str] = {}
        for index, group in enumerate(_list(element.get("include"))):
            for name in _mapping(self._groups, group):
                if name in seen:
                    told = f"the attribute {name} is in the groups {seen[name]} and {group}"
                    yield self._fault((*path, "include", index), told)
                seen[name] = str(group)

    def _named(
        self, names: Any, path: Path, known: Mapping[str, Any], what: str
    ) -> Iterator[Diagnostic]:
        if not isinstance(names, list):
            yield self._fault(path, f"{path[-1]} is a list of names")
            return
        for index, name in enumerate(names):
            if not _stands(name, known):
                hint = _close(name, known)
                yield self._fault((*path, index), f"there is no {what} {name!r}", hint)
            elif name in names[:index]:
                yield self._fault((*path, index), f"{name} stands here twice")

    # -- attributes

    def _attributes(self, attributes: Any, path: Path) -> Iterator[Diagnostic]:
        if not isinstance(attributes, dict):
            yield self._fault(path, "attributes are an object: a name, and what it may be")
            return
        for name, one in attributes.items():
            if not _is_name(name):
                told = f"{name!r} is no name of an attribute"
                yield self._fault((*path, name), told, key=True)
            yield from self._attribute(one, (*path, name))

    def _attribute(self, one: Any, path: Path) -> Iterator[Diagnostic]:
        if not isinstance(one, dict):
            yield self._fault(path, "an attribute is an object with type, or with is")
            return
        yield from self._texts(one, path, ("description", "default", "wanted"))
        if not isinstance(one.get("deprecated", False), bool):
            yield self._fault((*path, "deprecated"), "deprecated is true or false")
        if "is" in one:
            yield from self._strangers(one, path, ("is", *_COMMON))
            if path[0] == "types":
                yield self._fault((*path, "is"), "a type says what it is, and stands for no other")
            elif not _stands(one["is"], self._types):
                told = f"there is no type {one['is']!r}"
                yield self._fault((*path, "is"), told, _close(one["is"], self._types))
            return
        kind = one.get("type")
        if not isinstance(kind, str) or kind not in KINDS:
            told = f"the type of an attribute is {', '.join(KINDS)}; found {kind!r}"
            yield self._fault((*path, "type"), told)
            return
        yield from self._strangers(one, path, ("type", *KINDS[kind], *_COMMON))
        yield from self._bounds(one, path)
        yield from self._pattern(one, path)
        for key in ("values", "also"):
            if key in one and not _are_words(one[key]):
                told = f"{key} is a list of different words without spaces, as text"
                yield self._fault((*path, key), told, "put true, off and numbers in quotes")
        if one.get("items", "integer") != "integer":
            yield self._fault((*path, "items"), "items is integer, or is left out for words")

    def _bounds(self, one: Mapping[str, Any], path: Path) -> Iterator[Diagnostic]:
        low, high = one.get("minimum", 0), one.get("maximum", LARGEST)
        for key, value in (("minimum", low), ("maximum", high)):
            if not _is_whole(value) or not 0 <= value <= LARGEST:
                yield self._fault((*path, key), f"{key} is a whole number from 0 to {LARGEST}")
                return
        if low > high:
            yield self._fault((*path, "minimum"), f"the minimum {low} is above the maximum {high}")

    def _pattern(self, one: Mapping[str, Any], path: Path) -> Iterator[Diagnostic]:
        if "pattern" not in one:
            return
        if "values" in one or not _is_text(one.get("wanted")):
            told = "a pattern needs wanted, which says in words what is right, and no values"
            yield self._fault((*path, "pattern"), told)
        try:
            re.compile(one["pattern"])
        except (re.error, TypeError, OverflowError, RecursionError) as error:
            told = f"{one['pattern']!r} is no regular expression: {error}"
            yield self._fault((*path, "pattern"), told)

    # -- what all of these share

    def _texts(
        self, node: Mapping[str, Any], path: Path, keys: tuple[str, ...]
    ) -> Iterator[Diagnostic]:
        for key in keys:
            if not isinstance(node.get(key, ""), str):
                told = f"{key} is {node[key]!r}, not text"
                yield self._fault((*path, key), told, "put it in quotes")

    def _strangers(
        self, node: Mapping[str, Any], path: Path, known: tuple[str, ...]
    ) -> Iterator[Diagnostic]:
        for key in node:
            if key in known or str(key).startswith("x-"):
                continue
            hint = _close(key, dict.fromkeys(known)) or f"the keys are {', '.join(known)}"
            yield self._fault((*path, key), f"there is no key {key!r} here", hint, key=True)

    def _fault(self, path: Path, message: str, hint: str = "", *, key: bool = False) -> Diagnostic:
        place = self._tree.locate(path, key=key)
        return Diagnostic(place, "vocabulary-shape", message, hint=hint)


def _mapping(node: Any, key: Any) -> dict[str, Any]:
    found = node.get(key) if isinstance(node, dict) and isinstance(key, str) else None
    return found if isinstance(found, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _stands(name: Any, known: Mapping[str, Any]) -> bool:
    return isinstance(name, str) and name in known


def _close(name: Any, known: Mapping[str, Any]) -> str:
    close = get_close_matches(str(name), list(known), 1, 0.7)
    return f"did you mean {close[0]}?" if close else ""


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_whole(value: Any) -> bool:
    return type(value) is int


def _is_name(name: Any) -> bool:
    return isinstance(name, str) and _NAME.fullmatch(name) is not None


def _is_module(name: Any) -> bool:
    plain = isinstance(name, str) and name.isascii() and name.isidentifier() and name.islower()
    return plain and not keyword.iskeyword(name) and not name.startswith("_")


def _are_words(value: Any) -> bool:
    if not isinstance(value, list) or not value:
        return False
    right = all(isinstance(one, str) and _WORD.fullmatch(one) for one in value)
    return right and len(set(value)) == len(value)
