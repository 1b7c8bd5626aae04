"""Which operation a path belongs to: a tree of path segments, literal ones before templates.

A path comes percent-encoded, so that a `/` inside a value is not taken for a separator. Of two templates in one place
the one with more literal text is tried first (`{Sid}.json` before `{Sid}`); where a choice leads nowhere the next is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from ringback.openapi import Operation

_NAME = re.compile(r"\{([^{}]*)\}")


@dataclass(slots=True)
class _Node:
    literals: dict[str, _Node] = field(default_factory=dict)
    templates: list[tuple[int, re.Pattern[str], tuple[str, ...], _Node]] = field(
        default_factory=list
    )
    operations: dict[str, tuple[Operation, tuple[str, ...]]] = field(default_factory=dict)

    def child(self, segment: str) -> _Node:
        """The node below for one segment of a template; made where there is none."""
        if "{" not in segment:
            return self.literals.setdefault(segment, _Node())
        pieces = _NAME.split(segment)
        text = "".join(
            "([^/]+?)" if odd % 2 else _either(piece) for odd, piece in enumerate(pieces)
        )
        names = tuple(pieces[1::2])
        for _, pattern, known, node in self.templates:
            if pattern.pattern == text and known == names:
                return node
        made = _Node()
        weight = sum(map(len, pieces[::2]))
        self.templates.append((weight, re.compile(text), names, made))
        self.templates.sort(key=lambda one: -one[0])
        return made


def _either(literal: str) -> str:
    """A literal piece as it stands, or percent-encoded as a client may send it."""
    encoded = quote(literal, safe="")
    if encoded == literal:
        return re.escape(literal)
    return f"(?:{re.escape(literal)}|{re.escape(encoded)})"


class Routes:
    """The operations of a document by path; `prefixes` are the paths of the servers that each is reached under."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, operation: Operation, prefix: str) -> None:
        """Take in an operation under one prefix ("" or "/v1")."""
        node = self._root
        for segment in (prefix + operation.template).split("/")[1:]:
            node = node.child(segment)
        names = tuple(
            name
            for segment in (prefix + operation.template).split("/")
            for name in _NAME.findall(segment)
        )
        node.operations.setdefault(operation.method, (operation, names))

    def find(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """The operation of a method and an encoded path, with the decoded values of its template."""
        segments = path.split("/")[1:]
        for node, values in _walk(self._root, segments, 0, ()):
            found = node.operations.get(method)
            if found is not None:
                operation, names = found
                return operation, dict(zip(names, map(unquote, values), strict=True))
        return None

    def methods(self, path: str) -> Mapping[str, Operation]:
        """Every documented method of a path, as the most literal template that fits has them, with its operation."""
        segments = path.split("/")[1:]
        found: dict[str, Operation] = {}
        for node, _ in _walk(self._root, segments, 0, ()):
            for method, (operation, _names) in node.operations.items():
                found.setdefault(method, operation)
        return found


def _walk(
    node: _Node, segments: list[str], index: int, values: tuple[str, ...]
) -> Iterator[tuple[_Node, tuple[str, ...]]]:
    if index == len(segments):
        if node.operations:
            yield node, values
        return
    segment = segments[index]
    literal = node.literals.get(segment)
    if literal is None and "%" in segment:
        literal = node.literals.get(unquote(segment))
    if literal is not None:
        yield from _walk(literal, segments, index + 1, values)
    for _, pattern, _names, inner in node.templates:
        found = pattern.fullmatch(segment)
        if found is not None:
            yield from _walk(inner, segments, index + 1, values + found.groups())
