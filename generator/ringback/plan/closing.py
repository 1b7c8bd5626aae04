"""Objects that have no other properties than the document names.

A request must not have others; what an answer has is kept out of sight, as for any object. A property that is only in
the other direction (`readOnly` in a request) has no field, but is no stranger: it is allowed, and nothing is made of it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import unquote

from ringback.openapi import Schema
from ringback.plan.shapes import keeps_others, others_of
from ringback.source import Path, Tree, steps_of


def closed_names(tree: Tree, schema: Schema, fields: Collection[str]) -> tuple[str, ...] | None:
    """The names besides the fields that a closed object may have; None where it is open."""
    if others_of(schema) is not False or keeps_others(schema):
        return None
    return tuple(sorted(described(tree, schema.path) - set(fields)))


def described(tree: Tree, path: Path) -> set[str]:
    """The properties that the document describes for an object: its own, and those of the parts of it.

    What stands beside a union counts for its variants.
    """
    found: set[str] = set()
    _collect(tree, path, found, set())
    if len(path) > 2 and path[-2] in ("oneOf", "anyOf"):
        _collect(tree, path[:-2], found, set())
    return found


def _collect(tree: Tree, path: Path, found: set[str], seen: set[Path]) -> None:
    node = value_at(tree, path)
    if path in seen or not isinstance(node, dict):
        return
    seen.add(path)
    properties = node.get("properties")
    found.update(properties if isinstance(properties, dict) else ())
    if isinstance(node.get("$ref"), str):
        _collect(tree, target_of(node["$ref"]), found, seen)
    parts = node.get("allOf")
    for number in range(len(parts) if isinstance(parts, list) else 0):
        _collect(tree, (*path, "allOf", number), found, seen)


def target_of(reference: str) -> Path:
    """The path that a reference inside the document leads to; nothing stands at that of any other."""
    return steps_of(unquote(reference[1:])) if reference.startswith("#/") else ("",)


def value_at(tree: Tree, path: Path) -> Any:
    """The value at a path, None where nothing stands there."""
    try:
        return tree.at(path)
    except (KeyError, IndexError, TypeError):
        return None
