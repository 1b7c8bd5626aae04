"""What documents say beside what they demand: descriptions, examples, x- keys, defaults, deprecation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ringback.openapi import ABSENT, Schema
from ringback.source import Path

from .effective import canonical
from .schemas import Spot
from .walk import Finding

_OURS: Final = "x-ringback-"
_EXAMPLES: Final = ("example", "examples")
_TEXTS: Final = ("title", "summary", "description", "externalDocs", "xml", "$comment")


def compare_remarks(spot: Spot) -> None:
    """The remarks of the schemas of a pair: of the pair itself, and of the parts that both sides have."""
    theirs = {schema.path: schema for schema in spot.new.schemas}
    pairs = [(one, theirs[one.path]) for one in spot.old.schemas if one.path in theirs]
    if spot.old.parts and spot.new.parts:
        first = spot.old.parts[0], spot.new.parts[0]
        if first[0].path != first[1].path:
            pairs.append(first)
    for old, new in pairs:
        # A remark stands at one place, whichever direction leads there: said twice, it is merged.
        spot.pair.findings.extend(_of_schemas(spot, old, new))


def _of_schemas(spot: Spot, old: Schema, new: Schema) -> Iterator[Finding]:
    subject = old.name if old.name and old.name == new.name else spot.subject
    before = old.raw if isinstance(old.raw, dict) else {}
    after = new.raw if isinstance(new.raw, dict) else {}
    if old.deprecated != new.deprecated:
        code = "schema-deprecated" if new.deprecated else "schema-undeprecated"
        yield Finding(code, subject, f"{subject} is {'' if new.deprecated else 'not '}deprecated",
                      (*old.path, "deprecated"), (*new.path, "deprecated"))  # fmt: skip
    was, now = _default(old), _default(new)
    if was != now:
        shown = now if now is not None else "none"
        yield Finding("default-changed", subject,
                      f"{subject} has the default {shown}, was {was if was is not None else 'none'}",
                      (*old.path, "default"), (*new.path, "default"),
                      (("old", was or "none"), ("new", now or "none")))  # fmt: skip
    yield from remarks(subject, before, after, old.path, new.path)


def _default(schema: Schema) -> str | None:
    return None if schema.default is ABSENT else canonical(schema.default)


def remarks(
    subject: str, old: Mapping[str, Any], new: Mapping[str, Any], at_old: Path, at_new: Path
) -> Iterator[Finding]:
    """Texts, examples and x- keys of two objects of documents, as they are written."""
    for key in _TEXTS:
        if old.get(key) != new.get(key):
            yield Finding("description-changed", subject, f"{subject} has another {key}",
                          (*at_old, key), (*at_new, key))  # fmt: skip
    if any(_differ(old, new, key) for key in _EXAMPLES):
        key = next((one for one in _EXAMPLES if one in new or one in old), "example")
        yield Finding("example-changed", subject, f"{subject} has other examples",
                      (*at_old, key), (*at_new, key))  # fmt: skip
    yield from extended(subject, old, new, at_old, at_new)


def extended(
    subject: str, old: Mapping[str, Any], new: Mapping[str, Any], at_old: Path, at_new: Path
) -> Iterator[Finding]:
    """The x- keys of two objects of documents."""
    keys = (
        key for key in (*old, *(one for one in new if one not in old)) if str(key).startswith("x-")
    )
    for key in keys:
        if _differ(old, new, key):
            code = "ringback-extension-changed" if key.startswith(_OURS) else "extension-changed"
            change = "is gone" if key not in new else "is new" if key not in old else "is another"
            yield Finding(code, subject, f"{key} of {subject} {change}",
                          (*at_old, key), (*at_new, key))  # fmt: skip


def _differ(old: Mapping[str, Any], new: Mapping[str, Any], key: str) -> bool:
    if key not in old and key not in new:
        return False
    return (key in old) != (key in new) or canonical(old[key]) != canonical(new[key])
