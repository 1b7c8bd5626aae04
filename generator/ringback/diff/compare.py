"""Two documents to the list of changes on the wire: the door."""

from __future__ import annotations

from collections.abc import Iterable

from ringback.openapi import Document, Operation
from ringback.source import Location, Path, Tree, collector_paused

from .alternatives import compare_alternatives
from .discriminators import compare_bases, heirs
from .documents import compare_components, compare_heads, compare_servers
from .ground import Ground
from .inside import compare_inside, compare_rules
from .matching import match
from .model import Change, change
from .operations import compare_calls, compare_operations
from .remarks import compare_remarks
from .rules import WIRE_RULES
from .schemas import Spot, compare_values
from .security import compare_schemes, renamed_schemes
from .walk import Finding, Walk


def compare(old: Document, new: Document) -> list[Change]:
    """What changes on the wire from one document to the other: the gravest first, then by place."""
    with collector_paused():
        return _compared(old, new)


def _compared(old: Document, new: Document) -> list[Change]:
    walk = Walk(heirs(old) | heirs(new))
    compare_heads(walk, old, new)
    _operations(walk, old, new)
    _webhooks(walk, old, new)
    compare_schemes(walk, old, new)
    for pair in walk.waiting():
        spot = Spot(walk, pair)
        compare_remarks(spot)
        compare_rules(spot)
        compare_bases(spot)
        if compare_alternatives(spot) and compare_values(spot):
            compare_inside(spot)
    compare_components(walk, old, new)
    return _changes(walk.found(), old, new)


def _label(operation: Operation) -> str:
    return f"{operation.method} {operation.template}"


def _operations(walk: Walk, old: Document, new: Document) -> None:
    found = match(old.operations, new.operations)
    schemes = renamed_schemes(old, new)
    for one in found.removed:
        code = "deprecated-operation-removed" if one.deprecated else "operation-removed"
        label = _label(one)
        walk.say(Finding(code, label, f"{label} is gone", one.path, None), label)
    for one in found.added:
        label = _label(one)
        walk.say(Finding("operation-added", label, f"{label} is new", None, one.path), label)
    for before, after in found.moved:
        label = _label(after)
        message = f"{_label(before)} is {label} now"
        walk.say(Finding("operation-moved", label, message, before.path, after.path), label)
    for before, after in (*found.pairs, *found.moved):
        label = _label(after)
        compare_operations(Ground(walk, old.tree, new.tree, label, schemes), before, after)
        own = [("servers",) if one.servers == document.servers else (*one.path, "servers")
               for one, document in ((before, old), (after, new))]  # fmt: skip
        if before.servers or after.servers:
            compare_servers(walk, before.servers or old.servers, after.servers or new.servers,
                            own[0], own[1], label)  # fmt: skip


def _webhooks(walk: Walk, old: Document, new: Document) -> None:
    before = {one.name: one for one in old.webhooks}
    after = {one.name: one for one in new.webhooks}
    schemes = renamed_schemes(old, new)
    for name, one in before.items():
        subject = f"webhook {name}"
        if name not in after:
            walk.say(
                Finding("webhook-removed", subject, f"{subject} is gone", one.path, None), subject
            )
            continue
        ground = Ground(walk, old.tree, new.tree, subject, schemes, turned=True)
        compare_calls(ground, subject, one.operations, after[name].operations, one.path,
                      after[name].path)  # fmt: skip
    for name, one in after.items():
        if name not in before:
            subject = f"webhook {name}"
            walk.say(
                Finding("webhook-added", subject, f"{subject} is new", None, one.path), subject
            )


def _changes(
    found: Iterable[tuple[Finding, tuple[str, ...]]], old: Document, new: Document
) -> list[Change]:
    """Findings as changes. What was found by several ways at one place is one change."""
    merged: dict[object, tuple[Finding, dict[str, None]]] = {}
    for finding, labels in found:
        alone = finding.old is None or finding.new is None
        key = (
            finding.code, finding.old, finding.new, finding.details, finding.swapped,
            finding.message if alone else "",
        )  # fmt: skip
        first = merged.setdefault(key, (finding, {}))
        first[1].update(dict.fromkeys(labels))
    return sorted(
        (_change(finding, tuple(labels), old, new) for finding, labels in merged.values()),
        key=_order,
    )


def _change(finding: Finding, labels: tuple[str, ...], old: Document, new: Document) -> Change:
    rule = WIRE_RULES[finding.code]
    made = change(
        rule, finding.subject, finding.message, old=_location(old.tree, finding.old),
        new=_location(new.tree, finding.new), operations=labels, details=finding.details,
    )  # fmt: skip
    return made.turned() if finding.swapped else made


def _location(tree: Tree, path: Path | None) -> Location | None:
    """The place of a path; where nothing stands there, of what is above it, and with the pointer of that."""
    if path is None:
        return None
    while path:
        try:
            tree.at(path)
            break
        except (KeyError, IndexError, TypeError):
            path = path[:-1]
    return tree.locate(path)


def _order(one: Change) -> tuple[object, ...]:
    place = one.place or Location("", 0, 0)
    return (-one.worst.weight, place.file, place.line, place.column, one.code, one.message)
