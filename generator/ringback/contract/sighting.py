"""Walks a value beside its schema and notes which enum values and which patterns were met.

Each schema becomes one `Node`, made once and linked as the schemas are, so that looking at a value costs little more than
visiting it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ringback.openapi import Schema
from ringback.source import Path

_DEEPEST = 64


@dataclass(slots=True)
class Sight:
    """One enum or pattern: its values (or the places where it stands), and those that were found."""

    name: str
    path: Path
    wanted: list[str]
    found: set[str] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class Node:
    """A schema, as far as there is something to see in its values.

    Alternatives may each have a property of the same name: a value of it is seen by all of these.
    """

    properties: dict[str, list[Node]] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    extra: list[Node] = field(default_factory=list)
    enums: list[Sight] = field(default_factory=list)
    patterns: list[tuple[Sight, str]] = field(default_factory=list)
    live: dict[str, list[Node]] | None = (
        None  # the properties that lead to something; None: not known yet
    )

    def see(self, value: Any) -> None:
        """Note what a value shows."""
        self._see(value, 0, set())

    def _see(self, value: Any, depth: int, met: set[tuple[int, int]]) -> None:
        """`met` is what was seen by whom: alternatives that all lead to one schema would multiply on every level."""
        if value is None or depth > _DEEPEST:
            return
        if isinstance(value, dict | list):
            if (id(self), id(value)) in met:
                return
            met.add((id(self), id(value)))
        if isinstance(value, dict):
            live = self.live if self.live is not None else self._find_live()
            for name, nodes in live.items():
                item = value.get(name)
                if item is not None:
                    for node in nodes:
                        node._see(item, depth + 1, met)
            for node in self.extra:
                for name in value.keys() - self.properties.keys():
                    node._see(value[name], depth + 1, met)
        elif isinstance(value, list):
            for node in self.items:
                for item in value:
                    node._see(item, depth + 1, met)
        else:
            for sight in self.enums:
                sight.found.add(_text(value))
            for sight, place in self.patterns:
                sight.found.add(place)

    def _find_live(self) -> dict[str, list[Node]]:
        leading = {
            name: [one for one in nodes if one.leads({id(self)})]
            for name, nodes in self.properties.items()
        }
        self.live = {name: nodes for name, nodes in leading.items() if nodes}
        return self.live

    def leads(self, seen: set[int]) -> bool:
        """Whether there is anything to see in a value; what leads back to itself is taken to lead somewhere."""
        if self.enums or self.patterns or id(self) in seen or len(seen) > 6:
            return True
        seen = {*seen, id(self)}
        inner = (*self.properties.values(), self.items, self.extra)
        return any(one.leads(seen) for nodes in inner for one in nodes)


class Nodes:
    """The nodes of a document's schemas, and all that can be seen in them."""

    def __init__(self) -> None:
        self.enums: dict[Path, Sight] = {}
        self.patterns: dict[str, Sight] = {}
        self._nodes: dict[int, tuple[Schema, Node]] = {}

    def of(self, schema: Schema, name: str) -> Node:
        """The node of a schema; `name` is how it is called where it has no name of its own."""
        kept = self._nodes.get(id(schema))
        if kept is not None:
            return kept[1]
        node = Node()
        self._nodes[id(schema)] = (schema, node)
        self._fill(node, schema, schema.name or name, set())
        return node

    def _fill(self, node: Node, schema: Schema, name: str, seen: set[int]) -> None:
        if id(schema) in seen:
            return
        seen.add(id(schema))
        if schema.enum:
            node.enums.append(self._enum(schema, name))
        if schema.pattern:
            node.patterns.append((self._pattern(schema, name), name))
        for key, sub in schema.properties:
            self._add(node.properties.setdefault(key, []), sub, f"{name}.{key}")
        if schema.items is not None:
            self._add(node.items, schema.items, f"{name}[]")
        if isinstance(schema.additional_properties, Schema):
            self._add(node.extra, schema.additional_properties, f"{name}.*")
        for part in (*schema.all_of, *schema.any_of, *schema.one_of):
            self._fill(node, part, part.name or name, seen)

    def _add(self, nodes: list[Node], schema: Schema, name: str) -> None:
        node = self.of(schema, name)
        if node not in nodes:
            nodes.append(node)

    def _enum(self, schema: Schema, name: str) -> Sight:
        if schema.path not in self.enums:
            values = list(dict.fromkeys(map(_text, schema.enum or ())))
            self.enums[schema.path] = Sight(name, schema.path, values)
        return self.enums[schema.path]

    def _pattern(self, schema: Schema, name: str) -> Sight:
        pattern = schema.pattern or ""
        sight = self.patterns.setdefault(pattern, Sight(pattern, schema.path, []))
        if name not in sight.wanted:
            sight.wanted.append(name)
        return sight


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
