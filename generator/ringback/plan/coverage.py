"""What became of each operation, schema and parameter: generated, degraded, skipped.

Held against the document and not against the plan: what the plan has forgotten is skipped here, with that as its reason.
Something is degraded where a warning of this room stands at it or inside it; what is inside a component counts for
the component, not for all who refer to it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ringback.openapi import Operation, Schema
from ringback.plan.draw import Drawn
from ringback.plan.index import Entry, every_operation, index
from ringback.source import Diagnostic, Location, Path, pointer_of

GENERATED, DEGRADED, SKIPPED = "generated", "degraded", "skipped"
_FORGOTTEN = "nothing is printed for it"


@dataclass(frozen=True, slots=True)
class Covered:
    """One operation, schema or parameter: what became of it, and why (code and message) where that is not all."""

    kind: str
    name: str
    python: str
    location: Location
    status: str
    reasons: tuple[tuple[str, str], ...] = ()


def coverage(drawn: Drawn, found: Iterable[Diagnostic] = ()) -> tuple[Covered, ...]:
    """The whole document, in its order by kind. `found` are the warnings of the rooms before."""
    return tuple(_Coverage(drawn, found).rows())


class _Coverage:
    def __init__(self, drawn: Drawn, found: Iterable[Diagnostic]) -> None:
        self._told = drawn.told
        self._tree = drawn.told.document.tree
        self._warnings = _Places(drawn.warnings)
        self._skipped = _Places(drawn.skipped)
        self._ignored = [one for one in found if one.code == "ignored-header"]
        self._entries: dict[tuple[str, str], Entry] = {}
        for entry in index(drawn):
            for path in entry.paths:
                self._entries.setdefault((_kind(entry.kind), pointer_of(path)), entry)

    def rows(self) -> Iterator[Covered]:
        # The document as it was read: the names and the places are those that a person looks for.
        every = list(every_operation(self._told.document))
        yield from map(self._operation, every)
        yield from map(self._schema, self._told.document.schemas)
        seen: set[Path] = set()
        for operation in every:
            for parameter in operation.parameters:
                if parameter.path not in seen:
                    seen.add(parameter.path)
                    yield self._parameter(operation, parameter.path, parameter.name)
        for one in self._ignored:
            reasons = ((one.code, one.message),)
            yield Covered(
                "parameter", one.message.split("'")[1], "", one.location, SKIPPED, reasons
            )

    def _operation(self, one: Operation) -> Covered:
        name = one.operation_id or f"{one.method} {one.template}".strip()
        paths = [
            one.path,
            *(two.path for two in one.parameters),
            *(two.path for two in one.responses),
        ]
        paths += [one.body.path] if one.body is not None else []
        return self._covered("operation", name, one.path, paths)

    def _schema(self, pair: tuple[str, Schema]) -> Covered:
        path: Path = ("components", "schemas", pair[0])
        # A component that is nothing but a reference is what it refers to.
        entry = self._entries.get(("schema", pointer_of(pair[1].path)))
        python = entry.names[0] if entry is not None and entry.names else ""
        return self._covered("schema", pair[0], path, [path, pair[1].path], python)

    def _parameter(self, operation: Operation, path: Path, name: str) -> Covered:
        made = self._entries.get(("operation", pointer_of(operation.path)))
        if made is not None and made.names and ("parameter", pointer_of(path)) not in self._entries:
            # A webhook's parameters are attributes of what is received, and have no entry of their own.
            inside = made.kind == "webhook"
            return self._covered("parameter", name, path, [path], made.names[0] if inside else "")
        return self._covered("parameter", name, path, [path])

    def _covered(
        self, kind: str, name: str, path: Path, paths: list[Path], python: str = ""
    ) -> Covered:
        location = self._tree.locate(path)
        entry = self._entries.get((kind, pointer_of(path)))
        python = python or (entry.names[0] if entry is not None and entry.names else "")
        places = [self._tree.locate(one) for one in paths]
        skipped = [two for one in places for two in self._skipped.inside(one)]
        degraded = [two for one in places for two in self._warnings.inside(one)]
        if not python:
            reasons = _told(skipped) or (("", _FORGOTTEN),)
            return Covered(kind, name, "", location, SKIPPED, reasons)
        status = DEGRADED if degraded else GENERATED
        return Covered(kind, name, python, location, status, _told(degraded))


def _kind(kind: str) -> str:
    """The kinds of entries, as a report counts them."""
    kinds = {"webhook": "operation", "argument": "parameter"}
    types = dict.fromkeys(("model", "enum", "identifier", "union", "alias"), "schema")
    return {**kinds, **types}.get(kind, kind)


def _told(found: list[Diagnostic]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((one.code, f"{one.location}: {one.message}") for one in found))


class _Places:
    """Findings by place: which of them are at or below one."""

    def __init__(self, found: Iterable[Diagnostic]) -> None:
        # The slash at the end keeps what begins alike (/a/b and /a/bc) apart.
        self._found = sorted(found, key=lambda one: one.location.pointer + "/")
        self._keys = [one.location.pointer + "/" for one in self._found]

    def inside(self, place: Location) -> Iterator[Diagnostic]:
        key = place.pointer + "/"
        for number in range(bisect_left(self._keys, key), len(self._keys)):
            if not self._keys[number].startswith(key):
                return
            yield self._found[number]
