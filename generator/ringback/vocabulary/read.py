"""A file to a vocabulary: the door of this room."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ringback.source import DocumentError, Limits, load

from .model import (
    LARGEST,
    Attribute,
    Choice,
    Flag,
    Inline,
    Rule,
    Several,
    Text,
    Vocabulary,
    Whole,
    Word,
)
from .shape import Shape


def read(file: str | os.PathLike[str], *, limits: Limits | None = None) -> Vocabulary:
    """Read a vocabulary. Raises DocumentError with everything that is wrong with the file."""
    tree = load(file, limits=limits)
    faults = list(Shape(tree).faults())
    if faults:
        raise DocumentError(faults)
    root: Mapping[str, Any] = tree.root
    info, inline = root["info"], root.get("inline")
    return Vocabulary(
        title=info["title"],
        version=info["version"],
        description=info.get("description", ""),
        module=root["module"],
        root=root["root"],
        inline=Inline(inline["most"], inline["where"]) if inline else None,
        words={name: _word(root, name, one) for name, one in root["elements"].items()},
        inputs=tree.inputs,
    )


def _word(root: Mapping[str, Any], name: str, element: Mapping[str, Any]) -> Word:
    """An element with the attributes of its groups first; its own come in the place of theirs."""
    found: dict[str, Any] = {}
    for group in element.get("include", []):
        found |= root["groups"][group]
    found |= element.get("attributes", {})
    types: Mapping[str, Any] = root.get("types", {})
    text = element.get("text", False)
    return Word(
        name=name,
        description=element.get("description", ""),
        attributes=tuple(_attribute(key, one, types) for key, one in found.items()),
        children=tuple(element.get("children", [])),
        text=bool(text),
        mixed=text == "mixed",
    )


def _attribute(name: str, one: Mapping[str, Any], types: Mapping[str, Any]) -> Attribute:
    whole = {**types[one["is"]], **one} if "is" in one else one
    return Attribute(
        name=name,
        rule=_rule(whole),
        description=whole.get("description", ""),
        default=whole.get("default"),
        deprecated=whole.get("deprecated", False),
    )


def _rule(one: Mapping[str, Any]) -> Rule:
    values, also = tuple(one.get("values", ())), tuple(one.get("also", ()))
    if one["type"] == "integer":
        return Whole(one.get("minimum", 0), one.get("maximum", LARGEST), also)
    if one["type"] == "boolean":
        return Flag(also)
    if one["type"] == "list":
        return Several(values, one.get("items") == "integer")
    return Choice(values) if values else Text(one.get("pattern", ""), one.get("wanted", ""))
