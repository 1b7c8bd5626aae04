"""Where each kind of object stands in a document: one walk, so that every rule can go straight to its own.

The walk knows which key of which object holds what. What a `$ref` names is walked too, as the kind that belongs
where the reference stands, also where OpenAPI has no place for it (`#/definitions/X`, another file).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from ringback.source import Diagnostic, DocumentError, Path

from .refs import Resolver, Unresolved, at, mapped, reference_to

Node: TypeAlias = tuple[Path, Any]

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

_ONE, _LIST, _MAP = "one", "list", "map"
_PARAMETER: Final = {
    "schema": (_ONE, "schema"),
    "content": (_MAP, "media-type"),
    "examples": (_MAP, "example"),
}
_GRAMMAR: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "document": {
        "servers": (_LIST, "server"), "paths": (_ONE, "paths"), "webhooks": (_MAP, "path-item"),
        "components": (_ONE, "components"), "security": (_LIST, "security"),
    },
    "components": {
        "schemas": (_MAP, "schema"), "responses": (_MAP, "response"), "parameters": (_MAP, "parameter"),
        "examples": (_MAP, "example"), "requestBodies": (_MAP, "request-body"), "headers": (_MAP, "header"),
        "securitySchemes": (_MAP, "security-scheme"), "links": (_MAP, "link"), "callbacks": (_MAP, "callback"),
        "pathItems": (_MAP, "path-item"), "mediaTypes": (_MAP, "media-type"),
    },
    "path-item": {
        **dict.fromkeys(METHODS, (_ONE, "operation")), "additionalOperations": (_MAP, "operation"),
        "parameters": (_LIST, "parameter"), "servers": (_LIST, "server"),
    },
    "operation": {
        "parameters": (_LIST, "parameter"), "requestBody": (_ONE, "request-body"), "responses": (_ONE, "responses"),
        "callbacks": (_MAP, "callback"), "servers": (_LIST, "server"), "security": (_LIST, "security"),
    },
    "parameter": _PARAMETER,
    "header": _PARAMETER,
    "request-body": {"content": (_MAP, "media-type")},
    "media-type": {
        "schema": (_ONE, "schema"), "itemSchema": (_ONE, "schema"), "examples": (_MAP, "example"),
        "encoding": (_MAP, "encoding"), "prefixEncoding": (_LIST, "encoding"), "itemEncoding": (_ONE, "encoding"),
    },
    "encoding": {
        "headers": (_MAP, "header"), "encoding": (_MAP, "encoding"), "prefixEncoding": (_LIST, "encoding"),
        "itemEncoding": (_ONE, "encoding"),
    },
    "link": {"server": (_ONE, "server")},
    "response": {"headers": (_MAP, "header"), "content": (_MAP, "media-type"), "links": (_MAP, "link")},
    "schema": {
        **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "$defs"), (_MAP, "schema")),
        **dict.fromkeys(("allOf", "oneOf", "anyOf", "prefixItems"), (_LIST, "schema")),
        **dict.fromkeys(("items", "not", "additionalProperties", "if", "then", "else", "contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties", "contentSchema"), (_ONE, "schema")),
    },
}  # fmt: skip
SCHEMAS_INSIDE: Final = {key: container for key, (container, _) in _GRAMMAR["schema"].items()}
"""The keywords of a schema that hold schemas: one, a list, or a map of them."""
_PATTERNED: Final = {"paths": "path-item", "responses": "response", "callback": "path-item"}
"""Objects whose keys are not fixed: every member that is no extension is of one kind."""

_WITHOUT_REFERENCES: Final = ("document", "components", "paths", "responses")


@dataclass(frozen=True, slots=True)
class Reference:
    """A `$ref`: where its object stands, its text, and the kind of object that belongs there.

    It leads to `target`, or `fault` says why it leads nowhere.
    """

    path: Path
    text: str
    kind: str
    target: Path | None = None
    fault: Unresolved | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """The objects of a document by kind, and its references. `unread` is what is wrong with other files of it."""

    root: Any
    resolver: Resolver
    nodes: Mapping[str, list[Node]] = field(default_factory=dict)
    kinds: Mapping[int, str] = field(default_factory=dict)  # of each object, by identity
    references: tuple[Reference, ...] = ()
    unread: tuple[Diagnostic, ...] = ()

    def of(self, kind: str) -> list[Node]:
        """All objects of a kind, each once; those with nothing but a `$ref` are not among them."""
        return self.nodes.get(kind, [])


def survey(root: Any, resolver: Resolver, judge: Callable[[Path, str], None]) -> Survey:
    """Walk a document whose form has been checked, and the other files that it is spread over.

    What references lead to and OpenAPI has no place for (another file, `#/definitions/X`) is shown to `judge`, as
    the kind of object that belongs where the reference stands, before it is walked. References are written anew in
    the tree: as pointers from its root.
    """
    walk = _Walk(root, resolver)
    walk.run((), "document")
    walk.follow(judge)
    return Survey(
        root, resolver, walk.nodes, walk.kinds, tuple(walk.references), tuple(walk.unread)
    )


class _Walk:
    def __init__(self, root: Any, resolver: Resolver) -> None:
        self._root = root
        self._resolver = resolver
        self._mappings: list[tuple[Path, dict[str, Any]]] = []
        self.nodes: dict[str, list[Node]] = {}
        self.kinds: dict[int, str] = {}
        self.references: list[Reference] = []
        self.unread: list[Diagnostic] = []

    def run(self, path: Path, kind: str) -> None:
        """Visit the object at `path` and everything in it."""
        todo = [(path, at(self._root, path), kind)]
        while todo:
            path, node, kind = todo.pop()
            if not isinstance(node, dict) or id(node) in self.kinds:
                continue
            self.kinds[id(node)] = kind
            reference = node.get("$ref")
            if isinstance(reference, str) and kind not in _WITHOUT_REFERENCES:
                self.references.append(Reference(path, reference, kind))
                if kind not in ("schema", "path-item"):
                    continue
            if kind == "schema" and isinstance(node.get("discriminator"), dict):
                self._mappings.append((path, node["discriminator"]))
            self.nodes.setdefault(kind, []).append((path, node))
            todo.extend(_inside(path, node, kind))

    def follow(self, judge: Callable[[Path, str], None]) -> None:
        """Visit what references lead to and the walk has not seen."""
        done = 0
        while done < len(self.references) or self._mappings:
            while self._mappings:
                self._mapping(*self._mappings.pop(), judge)
            if done < len(self.references):
                self.references[done] = found = self._resolved(self.references[done])
                done += 1
                if found.target is not None:
                    self._visit(found.target, found.kind, judge)

    def _resolved(self, reference: Reference) -> Reference:
        try:
            target = self._resolver.target(reference.text, reference.path)
        except Unresolved as error:
            return replace(reference, fault=error)
        except DocumentError as error:
            self.unread.extend(error.diagnostics)
            return reference
        if not self._resolver.is_plain(reference.text, target):
            at(self._root, reference.path)["$ref"] = reference_to(target)
        return replace(reference, target=target)

    def _visit(self, path: Path, kind: str, judge: Callable[[Path, str], None]) -> None:
        node = at(self._root, path)
        if isinstance(node, dict) and id(node) not in self.kinds:
            judge(path, kind)
            self.run(path, kind)

    def _mapping(
        self, path: Path, node: dict[str, Any], judge: Callable[[Path, str], None]
    ) -> None:
        """The schemas that a discriminator names; a rule speaks of those that are not there."""
        mapping = node.get("mapping")
        named = [(mapping, value) for value in mapping] if isinstance(mapping, dict) else []
        for holder, key in (*named, (node, "defaultMapping")):
            name = holder.get(key)
            if not isinstance(name, str):
                continue
            try:
                target = mapped(self._root, self._resolver, name, path)
            except Unresolved:
                continue
            except DocumentError as error:
                self.unread.extend(error.diagnostics)
                continue
            if target != ("components", "schemas", name):
                holder[key] = reference_to(target)
            self._visit(target, "schema", judge)


def _inside(path: Path, node: Mapping[str, Any], kind: str) -> Iterator[tuple[Path, Any, str]]:
    if kind in _PATTERNED:
        for key, item in node.items():
            if not key.startswith("x-"):
                yield (*path, key), item, _PATTERNED[kind]
        return
    grammar = _GRAMMAR.get(kind, {})
    for key, value in node.items():
        if key not in grammar:
            continue
        (container, inner), place = grammar[key], (*path, key)
        if container == _ONE:
            yield place, value, inner
        elif container == _LIST and isinstance(value, list):
            yield from (((*place, index), item, inner) for index, item in enumerate(value))
        elif container == _MAP and isinstance(value, dict):
            yield from (((*place, name), item, inner) for name, item in value.items())
