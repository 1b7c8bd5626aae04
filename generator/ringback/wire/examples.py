"""The examples that a document gives of parameters and bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from ringback.openapi import Document, MediaType, Operation, Parameter, Unresolved, pointed
from ringback.source import Path


@lru_cache(maxsize=4096)
def parameter_examples(document: Document, parameter: Parameter) -> tuple[Any, ...]:
    """The example values beside a parameter's schema, in the order of the document."""
    return tuple(value for _, value in _beside(document, parameter.path))


@lru_cache(maxsize=4096)
def body_examples(
    document: Document, operation: Operation
) -> tuple[tuple[MediaType, str, Any], ...]:
    """Media type, name and value of each example of an operation's body; of its schema where the media type has none."""
    found: list[tuple[MediaType, str, Any]] = []
    for media in operation.body.content if operation.body is not None else ():
        own = [(media, name, value) for name, value in _beside(document, media.path)]
        if not own and media.schema is not None:
            own = [(media, "", value) for value in media.schema.examples]
        found.extend(own)
    return tuple(found)


@lru_cache(maxsize=4096)
def answer_examples(document: Document, media: MediaType) -> tuple[tuple[str, Any], ...]:
    """Name ("" where it has none) and value of each example of an answer's media type; then those of its schema."""
    own = tuple(_beside(document, media.path))
    if own or media.schema is None:
        return own
    return tuple(("", value) for value in media.schema.examples)


def _beside(document: Document, path: Path) -> Iterator[tuple[str, Any]]:
    node = document.tree.at(path)
    if not isinstance(node, Mapping):
        return
    if "example" in node:
        yield "", node["example"]
    named = node.get("examples")
    for name, example in named.items() if isinstance(named, Mapping) else ():
        held = _followed(document, example)
        if isinstance(held, Mapping) and "value" in held:
            yield name, held["value"]


def _followed(document: Document, node: Any) -> Any:
    """What a reference inside the document leads to."""
    for _ in range(8):
        reference = node.get("$ref") if isinstance(node, Mapping) else None
        if not isinstance(reference, str) or not reference.startswith("#/"):
            return node
        try:
            node = document.tree.at(pointed(document.tree.root, unquote(reference[1:])))
        except Unresolved:
            return None
    return None
