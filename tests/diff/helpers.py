"""Documents made of a few lines, and what changes between two of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from ringback.diff import Change, compare
from ringback.openapi import Document, parse
from ringback.source import load

_DOCUMENT = ("openapi", "info", "paths", "webhooks", "components", "servers")


def read(folder: Path, name: str, content: Mapping[str, Any]) -> Document:
    """A document from plain data."""
    file = folder / f"{name}.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return parse(load(file), second=False)[0]


def fragment(text: str, direction: str = "request", version: str = "3.1.0") -> dict[str, Any]:
    """A whole document from what an example shows of it: keys of a document, of one operation, or a schema.

    A schema stands where data of the direction travels, as the property `value` of an object.
    """
    given = yaml.safe_load(text) or {}
    document: dict[str, Any] = {
        "openapi": version,
        "info": {"title": "Calls", "version": "1.0.0"},
        "paths": {},
    }
    operation: dict[str, Any] = {"responses": {"200": {"description": "It worked."}}}
    is_schema = bool({"type", "enum", "const", "oneOf", "anyOf", "allOf"} & set(given))
    for key, value in given.items() if not is_schema else ():
        (document if key in _DOCUMENT else operation)[key] = value
    if is_schema:
        whole = {"type": "object", "properties": {"value": given}}
        content = {"application/json": {"schema": whole}}
        if direction == "request":
            operation["requestBody"] = {"content": content}
        else:
            operation["responses"]["200"]["content"] = content
    if "paths" not in given and set(given) != {"webhooks"}:
        document["paths"] = {"/calls": {"post": operation}}
    return document


def changes(
    folder: Path, old: str, new: str, direction: str = "request", version: str = "3.1.0"
) -> list[Change]:
    """What changes from one fragment to another."""
    before = read(folder, "old", fragment(old, direction, version))
    return compare(before, read(folder, "new", fragment(new, direction, version)))


def codes(found: list[Change]) -> set[str]:
    """The codes of changes."""
    return {one.code for one in found}
