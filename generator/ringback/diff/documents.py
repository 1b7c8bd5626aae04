"""What stands above operations: versions, base URLs, tags, and schemas that nothing uses."""

from __future__ import annotations

from ringback.openapi import Document, Schema, Server
from ringback.source import Path

from .effective import canonical, demanding
from .ground import written_at
from .remarks import extended
from .walk import Finding, Walk

_INFO = ("title", "summary", "description", "termsOfService", "contact", "license")


def compare_heads(walk: Walk, old: Document, new: Document) -> None:
    """`info`, `openapi`, `servers`, `tags` and the x- keys of two documents."""
    if old.api_version != new.api_version:
        _say(walk, "version-changed", "info.version", f"is {new.api_version}, was {old.api_version}",
             ("info", "version"), ("info", "version"))  # fmt: skip
    if old.version != new.version:
        _say(walk, "info-changed", "openapi", f"is {new.version}, was {old.version}",
             ("openapi",), ("openapi",))  # fmt: skip
    for key in _INFO:
        if written_at(old.tree, ("info", key)) != written_at(new.tree, ("info", key)):
            _say(
                walk,
                "info-changed",
                f"info.{key}",
                "reads differently",
                ("info", key),
                ("info", key),
            )
    if canonical(written_at(old.tree, ("tags",)) or []) != canonical(
        written_at(new.tree, ("tags",)) or []
    ):
        _say(walk, "tags-changed", "the list of tags", "is another", ("tags",), ("tags",))
    for finding in extended("the document", old.extensions, new.extensions, (), ()):
        walk.say(finding)
    before, after = written_at(old.tree, ("info",)), written_at(new.tree, ("info",))
    for finding in extended("info", before, after, ("info",), ("info",)):
        walk.say(finding)
    compare_servers(walk, old.servers, new.servers, ("servers",), ("servers",), "")


def _say(
    walk: Walk,
    code: str,
    subject: str,
    message: str,
    old: Path | None,
    new: Path | None,
    *labels: str,
) -> None:
    walk.say(Finding(code, subject, f"{subject} {message}", old, new), *labels)


def compare_servers(
    walk: Walk,
    old: tuple[Server, ...],
    new: tuple[Server, ...],
    at_old: Path,
    at_new: Path,
    label: str,
) -> None:
    """The base URLs of two documents, or of two operations (`label`)."""
    labels = (label,) if label else ()
    before, after = {one.template: one for one in old}, {one.template: one for one in new}
    for url in before:
        if url not in after:
            _say(walk, "server-removed", f"base URL {url}", "is gone", at_old, at_new, *labels)
        else:
            _variables(walk, before[url], after[url], at_old, at_new, labels)
    for url in after:
        if url not in before:
            _say(walk, "server-added", f"base URL {url}", "is new", at_old, at_new, *labels)
    first = (old[0].template if old else "/"), (new[0].template if new else "/")
    if first[0] != first[1]:
        _say(walk, "default-server-changed", "base URL", f"is {first[1]} first, was {first[0]}",
             at_old, at_new, *labels)  # fmt: skip


def _variables(
    walk: Walk, old: Server, new: Server, at_old: Path, at_new: Path, labels: tuple[str, ...]
) -> None:
    before = {one.name: (one.default, one.enum) for one in old.variables}
    after = {one.name: (one.default, one.enum) for one in new.variables}
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            _say(walk, "server-variable-changed", f"variable {name} of {new.template}",
                 "has other values", at_old, at_new, *labels)  # fmt: skip
    if (old.description, old.name) != (new.description, new.name):
        _say(walk, "description-changed", f"base URL {new.template}", "is described differently",
             at_old, at_new, *labels)  # fmt: skip


def compare_components(walk: Walk, old: Document, new: Document) -> None:
    """Schemas that are new or gone, and those that no operation uses: they were not compared."""
    before, after = dict(old.schemas), dict(new.schemas)
    used_old, used_new = walk.visited()
    for name, schema in before.items():
        other = after.get(name)
        if other is None:
            _say(walk, "schema-removed", name, "is gone", _named(name), None)
        elif id(schema) not in used_old and id(other) not in used_new and _differ(schema, other):
            _say(walk, "unused-schema-changed", name, "has changed; nothing uses it",
                 _named(name), _named(name))  # fmt: skip
    for name in after:
        if name not in before:
            _say(walk, "schema-added", name, "is new", None, _named(name))


def _differ(old: Schema, new: Schema) -> bool:
    return canonical(demanding(old.raw)) != canonical(demanding(new.raw))


def _named(name: str) -> Path:
    return "components", "schemas", name
