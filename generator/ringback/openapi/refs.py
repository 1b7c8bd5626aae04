"""Following `$ref`, inside one file and into others.

A reference is followed by its JSON pointer, by the name that a schema declares with `$anchor`, or by the URI that one
declares with `$id`. Where it names another file the library is asked for it. The survey writes what it found back
into the document, as a pointer from the root: after that, a reference means the same wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote, unquote, urldefrag, urljoin

from ringback.source import FILES, Missing, Path, Refused, Tree, home_of, pointer_of

_POSITION: Final = re.compile(r"(?:0|[1-9][0-9]{0,9})\Z")
_NOWHERE: Final = "http://document.invalid/"
"""What the relative `$id`s of a document without an address of its own are relative to."""


class Unresolved(LookupError):
    """The reference names nothing; the text says what is missing."""


class External(Unresolved):
    """The reference leads to a file that may not be read; `hint` says what would allow it."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.hint = hint
        super().__init__(message)


class Resolver:
    """Finds what the references of one tree name."""

    def __init__(self, tree: Tree) -> None:
        self._root = tree.root
        self._library = tree.library
        self._anchors: dict[Path, dict[str, Path]] = {}
        self._found: dict[tuple[Path, str], Path] = {}
        self._ends: dict[Path, Path] = {}
        self._identified: dict[str, Path] = {}
        self._searched: set[str] = set()

    def target(self, reference: str, place: Path = ()) -> Path:
        """The path that a reference names that stands at `place`. Raises Unresolved (External where it is forbidden).

        Raises DocumentError where the reference leads into a file that cannot be read as YAML or JSON.
        """
        home = self._resource(place)
        known = self._found.get((home, reference))
        if known is None:
            known = self._found[home, reference] = self._look_up(reference, home)
        return known

    def final(self, path: Path) -> Path:
        """The path at the end of a chain of references that begins at `path`; raises Unresolved on a circle.

        The references are those that the survey has written: from the root.
        """
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

    def is_plain(self, reference: str, path: Path) -> bool:
        """Whether a reference is already a pointer from the root to `path`."""
        if not reference.startswith("#"):
            return False
        try:
            return pointed(self._root, unquote(reference[1:])) == path
        except Unresolved:
            return False

    def _look_up(self, reference: str, home: Path) -> Path:
        outside, _, fragment = reference.partition("#")
        resource = self._opened(outside, home) if outside else home
        fragment = unquote(fragment)
        if fragment and not fragment.startswith("/"):
            return self._anchored(fragment, resource)
        try:
            return pointed(self._root, fragment, resource)
        except Unresolved:
            # Many documents give a schema an $id and go on writing pointers from the document's root.
            if resource == self._file(resource):
                raise
            return pointed(self._root, fragment, self._file(resource))

    def _opened(self, outside: str, home: Path) -> Path:
        """The path of the schema or the file that the part before the # names."""
        if (known := self._named(outside, home)) is not None:
            return known
        name, folder = home_of(self._file(home)), self._address(()).rpartition("/")[0] + "/"
        if folder != _NOWHERE and outside.startswith(folder):
            name, outside = "", outside.removeprefix(folder)  # a neighbour by the address of $self
        try:
            return self._library.open(outside, name)
        except Refused as error:
            raise External(str(error), error.hint) from None
        except Missing as error:
            raise Unresolved(str(error)) from None

    def _file(self, path: Path) -> Path:
        """The path of the file that a path leads into; what a bundle brought along belongs to the bundle."""
        name = home_of(path)
        return path[:2] if name and self._library.has(name) else ()

    # -- $id, $anchor and $self

    def _resource(self, place: Path) -> Path:
        """The innermost schema with an `$id` around a place, or its file."""
        file = self._file(place)
        if self._has_ids(home_of(file)):
            node, found = at(self._root, file), file
            for end in range(len(file), len(place)):
                if end > len(file) and isinstance(node, dict) and isinstance(node.get("$id"), str):
                    found = place[:end]
                node = node[place[end]]
            if isinstance(node, dict) and isinstance(node.get("$id"), str) and place != file:
                found = place
            return found
        return file

    def _has_ids(self, name: str) -> bool:
        """Whether a file declares any `$id`; its URIs are known afterwards."""
        if name not in self._searched:
            self._searched.add(name)
            file = (FILES, name) if name else ()
            if not any("$id" in place.text.content for place in self._library.places):
                return False
            for path, uri in _identifiers(at(self._root, file), file, self._address(file)):
                self._identified.setdefault(uri, path)
        return bool(self._identified)

    def _named(self, outside: str, home: Path) -> Path | None:
        for name in ("", home_of(self._file(home))):
            self._has_ids(name)
        base = self._base(home)
        uri = urldefrag(_joined(base, outside)).url
        own = self._address(())
        return () if uri == own and own != _NOWHERE else self._identified.get(uri)

    def _base(self, home: Path) -> str:
        for uri, path in self._identified.items():
            if path == home:
                return uri
        return self._address(self._file(home))

    def _address(self, file: Path) -> str:
        node = at(self._root, file)
        given = node.get("$self") if isinstance(node, dict) else None
        if isinstance(given, str) and "://" in given:
            return urldefrag(given).url
        return _NOWHERE + quote(home_of(file)) if file else _NOWHERE

    def _anchored(self, name: str, resource: Path) -> Path:
        for place in dict.fromkeys((resource, self._file(resource))):
            if place not in self._anchors:
                self._anchors[place] = _anchors(at(self._root, place), place)
            if name in self._anchors[place]:
                return self._anchors[place][name]
        raise Unresolved(f"no schema has the $anchor {name!r}")


def at(root: Any, path: Path) -> Any:
    """The value at a path that exists."""
    for part in path:
        root = root[part]
    return root


def reference_to(path: Path) -> str:
    """The reference that names a path from the root."""
    return "#" + quote(pointer_of(path), safe="/~!$&'()*+,;=:@-._ ")


def pointed(root: Any, pointer: str, base: Path = ()) -> Path:
    """The path that a JSON pointer names below `base`; raises Unresolved where nothing stands there."""
    path, value = base, at(root, base)
    for step in pointer.split("/")[1:]:
        part: Any = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and _POSITION.match(step) and int(step) < len(value):
            part = int(step)
        elif not isinstance(value, dict) or part not in value:
            shown = pointer_of(path[2:] if home_of(base) else path)
            raise Unresolved(f"there is no {part!r} in {home_of(base)}#{shown}")
        value = value[part]
        path = (*path, part)
    return path


def mapped(root: Any, resolver: Resolver, name: str, place: Path = ()) -> Path:
    """The path of the schema that a discriminator names: by its name, or by a reference. Raises Unresolved."""
    homes: tuple[Path, ...] = ((), (FILES, home_of(place))) if home_of(place) else ((),)
    for home in homes:
        components = at(root, home).get("components") if isinstance(at(root, home), dict) else None
        schemas = components.get("schemas") if isinstance(components, dict) else None
        if isinstance(schemas, dict) and name in schemas:
            return (*home, "components", "schemas", name)
    return resolver.target(name, place)


def _joined(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def _identifiers(root: Any, base: Path, address: str) -> Iterator[tuple[Path, str]]:
    """The schemas with an `$id` in one file, and their URIs."""
    todo: list[tuple[Path, Any, str]] = [(base, root, address)]
    while todo:
        path, value, uri = todo.pop()
        if isinstance(value, list):
            todo.extend(((*path, index), item, uri) for index, item in enumerate(value))
        if not isinstance(value, dict):
            continue
        if isinstance(given := value.get("$id"), str):
            uri = urldefrag(_joined(uri, given)).url
            yield path, uri
        todo.extend(
            ((*path, key), item, uri) for key, item in value.items() if path or key != FILES
        )


def _anchors(root: Any, base: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    todo: list[tuple[Path, Any]] = [(base, root)]
    while todo:
        path, value = todo.pop()
        if isinstance(value, list):
            todo.extend(((*path, index), item) for index, item in enumerate(value))
        if not isinstance(value, dict):
            continue
        for keyword in ("$anchor", "$dynamicAnchor"):
            if isinstance(name := value.get(keyword), str):
                found.setdefault(name, path)
        todo.extend(((*path, key), item) for key, item in value.items() if path or key != FILES)
    return found
