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
    """A schema, as far as there is something to see in its values."""

    properties: dict[str, Node] = field(default_factory=dict)
    items: Node | None = None
    extra: Node | None = None
    enums: list[Sight] = field(default_factory=list)
    patterns: list[tuple[Sight, str]] = field(default_factory=list)
    live: dict[str, Node] | None = (
        None  # the properties that lead to something; None: not known yet
    )

    def see(self, value: Any, depth: int = 0) -> None:
        """Note what a value shows."""
        if value is None or depth > _DEEPEST:
            return
        if isinstance(value, dict):
            live = self.live if self.live is not None else self._find_live()
            for name, node in live.items():
                item = value.get(name)
                if item is not None:
                    node.see(item, depth + 1)
            if self.extra is not None:
                for name in value.keys() - self.properties.keys():
                    self.extra.see(value[name], depth + 1)
        elif isinstance(value, list):
            if self.items is not None:
                for item in value:
                    self.items.see(item, depth + 1)
        else:
            for sight in self.enums:
                sight.found.add(_text(value))
            for sight, place in self.patterns:
                sight.found.add(place)

    def _find_live(self) -> dict[str, Node]:
        self.live = {name: one for name, one in self.properties.items() if one.leads({id(self)})}
        return self.live

    def leads(self, seen: set[int]) -> bool:
        """Whether there is anything to see in a value; what leads back to itself is taken to lead somewhere."""
        if self.enums or self.patterns or id(self) in seen or len(seen) > 6:
            return True
        seen = {*seen, id(self)}
        inner = [*self.properties.values(), self.items, self.extra]
        return any(one is not None and one.leads(seen) for one in inner)


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
            node.properties.setdefault(key, self.of(sub, f"{name}.{key}"))
        if schema.items is not None and node.items is None:
            node.items = self.of(schema.items, f"{name}[]")
        if isinstance(schema.additional_properties, Schema) and node.extra is None:
            node.extra = self.of(schema.additional_properties, f"{name}.*")
        for part in (*schema.all_of, *schema.any_of, *schema.one_of):
            self._fill(node, part, part.name or name, seen)

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
