"""The second opinion: openapi-spec-validator, asked about documents that have passed our own judgement.

It never sees a document before that: it recurses, and it hangs, on what is not well formed. What it finds is
reported unless something has been reported at that place already. If it breaks on a document that we find in
order, that says nothing about the document, and nothing is reported.

What it said of a document is remembered, by parts (`verdicts.py`). It is helped where it is slow: it keeps what it has seen in lists, collects the properties of a schema anew for
every path that leads there (which takes for ever where schemas fan out, as judging a composed default does), and holds each schema to the dialect once
more. Dialect and defaults have been judged by `shape` and `rules`; what is left to it of these is what is quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from ringback.source import Diagnostic, Path, Severity, Tree

from .refs import at
from .verdicts import Objection, recall

_COMPOSED: Final = (
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "items",
    "properties",
    "additionalProperties",
)


def second_opinion(tree: Tree, version: str, known: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What openapi-spec-validator finds beyond `known`. All of it is warnings: we have read the document."""
    reported = {finding.location.pointer for finding in known}
    said = recall(tree.root).completed(lambda root: _verdict(tree, root, version))
    return [finding for one in said if (finding := _told(tree, one, reported))]


def _told(tree: Tree, objection: Objection, reported: set[str]) -> Diagnostic | None:
    """An objection as a finding, unless something has been reported there."""
    path, message = objection
    place = tree.locate(path)
    # Where it gives no place it is one of those that we have named, if there are any.
    covered = (not place.pointer and bool(reported)) or any(
        pointer == place.pointer or pointer.startswith(f"{place.pointer}/") for pointer in reported
    )
    return None if covered else Diagnostic(place, "spec-validator", message, Severity.WARNING)


def _verdict(tree: Tree, root: Any, version: str) -> list[Objection] | None:
    """What the validator finds in a part of the tree; None where it breaks."""
    from openapi_spec_validator import (
        OpenAPIV30SpecValidator,
        OpenAPIV31SpecValidator,
        OpenAPIV32SpecValidator,
    )

    validators = {
        "3.0": OpenAPIV30SpecValidator,
        "3.1": OpenAPIV31SpecValidator,
        "3.2": OpenAPIV32SpecValidator,
    }
    try:
        validator = validators[version[:3]](root)
        _help(validator.keyword_validators_registry)
        errors = list(validator.iter_errors())
    except Exception:
        return None
    return [
        (_path(tree, error), " ".join(str(error.message).split())[:300])
        for error in errors
        # `required` may name what no `properties` lists; OpenAPI allows it
        if type(error).__name__ != "ExtraParametersError"
    ]


def _help(registry: Any) -> None:
    """Make the validator's own bookkeeping fast; raises AttributeError where it has none of the names."""
    schemas, operations = registry["schema"], registry["operation"]
    collect = type(schemas)._collect_properties
    collected: dict[int, set[str]] = {}

    def collect_once(schema: Any) -> set[str]:
        key = id(schema.read_value())
        if key not in collected:
            collected[key] = set()  # what a schema that contains itself finds on the way
            collected[key] = collect(schemas, schema)
        return collected[key]

    judge_default = registry["default"]

    def judge_plain_default(schema: Any, value: Any) -> Iterator[Any]:
        if any(key in schema for key in _COMPOSED):
            return
        for error in judge_default(schema, value):
            # Its path leads through the default, and its schema may be any that is asked on the way.
            error.path.clear()
            error.schema, error.instance = schema.read_value(), value
            yield error

    registry["default"] = judge_plain_default
    schemas._collect_properties = collect_once
    schemas.visited_schema_ids = _Seen()
    schemas.meta_checked_schema_ids = _Everything()
    operations.operation_ids_registry = _Seen()


class _Seen(list[Any]):
    """A list that finds what it holds at once."""

    def __init__(self) -> None:
        super().__init__()
        self._held: set[Any] = set()

    def append(self, item: Any) -> None:
        self._held.add(item)

    def __contains__(self, item: object) -> bool:
        return item in self._held


class _Everything(list[Any]):
    """A list that holds everything."""

    def __contains__(self, item: object) -> bool:
        return True


def _path(tree: Tree, error: Any) -> Path:
    """Where the error stands; inside schemas it names no place, but the schema itself."""
    path = _existing(tree, tuple(error.absolute_path))
    if path or not isinstance(error.schema, dict):
        return path
    todo: list[tuple[Path, Any]] = [((), tree.root)]
    while todo:
        path, node = todo.pop()
        if node is error.schema:
            return (*path, "default") if node.get("default") == error.instance else path
        if isinstance(node, (dict, list)):
            parts = node.items() if isinstance(node, dict) else enumerate(node)
            todo.extend(((*path, part), inner) for part, inner in parts)
    return ()


def _existing(tree: Tree, path: Path) -> Path:
    """The part of a path that exists in the tree."""
    for end in range(len(path), 0, -1):
        try:
            at(tree.root, path[:end])
        except (KeyError, IndexError, TypeError):
            continue
        return path[:end]
    return ()
