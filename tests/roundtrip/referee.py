"""The document as jsonschema-rs reads it: the independent judge of every body that passes.

Nothing here asks ringback what a schema means. A 3.0 schema is put into the words of 2020-12 (nullable, exclusive bounds
as booleans), and what is only read is not required of requests, what is only written not of answers.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import unquote

import jsonschema_rs

HERE = "urn:document"
Way = Literal["request", "answer"]
_NOT_SENT: dict[Way, str] = {"request": "readOnly", "answer": "writeOnly"}


class Referee:
    """One document, judged in one direction. `root` is the document in the words of 2020-12."""

    def __init__(self, document: dict[str, Any], way: Way) -> None:
        self.way = way
        self.root = copy.deepcopy(document)
        for node in list(_nodes(self.root)):
            if str(document["openapi"]).startswith("3.0"):
                _modern(node)
            if "oneOf" in node and "discriminator" in node:
                node.setdefault(
                    "anyOf", node.pop("oneOf")
                )  # the property tells, where more than one would do
            if str(node.get("$ref")).startswith("#"):
                node["$ref"] = HERE + node["$ref"]
        for node in list(_nodes(self.root)):
            self._lighten(node)
        self._registry = jsonschema_rs.Registry(
            [(HERE, self.root)], draft=jsonschema_rs.Draft202012
        )
        self._validators: dict[int | str, tuple[Any, Any]] = {}

    def at(self, pointer: str) -> Any:
        """What stands at a pointer, references followed."""
        return self.followed(self._walked(pointer)[0])

    def place(self, pointer: str) -> str:
        """A pointer that leads to the same without passing a reference."""
        return self._walked(pointer)[1]

    def _walked(self, pointer: str) -> tuple[Any, str]:
        node, at = self.root, ""
        for part in pointer.split("/")[1:]:
            while isinstance(node, dict) and isinstance(node.get("$ref"), str):
                node, at = self._walked(inside(node["$ref"]))
            key = part.replace("~1", "/").replace("~0", "~")
            node, at = (node[int(key)] if isinstance(node, list) else node[key]), f"{at}/{part}"
        return node, at

    def followed(self, node: Any) -> Any:
        """A node, or what it refers to."""
        while isinstance(node, dict) and isinstance(node.get("$ref"), str):
            node = self.at(inside(node["$ref"]))
        return node

    def hidden(self, schema: Any) -> bool:
        """Whether a property does not travel this way."""
        parts = [schema, self.followed(schema)]
        parts += schema.get("allOf", ()) if isinstance(schema, dict) else ()
        mark = _NOT_SENT[self.way]
        return any(isinstance(one, dict) and one.get(mark) is True for one in parts)

    def faults(self, pointer: str, value: Any) -> list[str]:
        """What the schema at a pointer says against a value."""
        reference = {"$ref": f"{HERE}#{_as_fragment(self.place(pointer))}"}
        return [
            f"{list(one.instance_path)}: {one.message}"
            for one in self._validator(pointer, reference).iter_errors(value)
        ]

    def allows(self, schema: dict[str, Any], value: Any) -> bool:
        """Whether a schema of this document allows a value."""
        return bool(self._validator(id(schema), schema).is_valid(value))

    def _validator(self, key: int | str, schema: dict[str, Any]) -> Any:
        if key not in self._validators:
            made = jsonschema_rs.Draft202012Validator(schema, registry=self._registry)
            self._validators[key] = made, schema
        return self._validators[key][0]

    def _lighten(self, node: dict[str, Any]) -> None:
        properties, required = node.get("properties"), node.get("required")
        if isinstance(properties, dict) and isinstance(required, list):
            node["required"] = [
                name
                for name in required
                if not (name in properties and self.hidden(properties[name]))
            ]


def inside(reference: str) -> str:
    """The pointer of a reference into the document."""
    return unquote(reference.rpartition("#")[2])


def _as_fragment(pointer: str) -> str:
    return "".join(char if char not in '%"{}^`|\\<> ' else f"%{ord(char):02X}" for char in pointer)


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from _nodes(child)
    elif isinstance(value, list):
        for child in value:
            yield from _nodes(child)


def _modern(node: dict[str, Any]) -> None:
    if node.get("nullable") is True:
        del node["nullable"]
        if isinstance(node.get("type"), str):
            node["type"] = [node["type"], "null"]
        if isinstance(node.get("enum"), list) and None not in node["enum"]:
            node["enum"] = [*node["enum"], None]
    for bound, strict in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(node.get(strict), bool) and node.pop(strict) and bound in node:
            node[strict] = node.pop(bound)
