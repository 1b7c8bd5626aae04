"""The walk over pairs of schemas: every pair once for each direction, however often operations use it.

A pair knows who leads to it, so that what is found in a schema is said once, with all operations that it touches.
Schemas refer to each other in circles: pairs wait in a queue, nothing recurs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from ringback.openapi import Schema
from ringback.source import Path

from .effective import Conjunction, Effective, Flat, canonical
from .reach import reached

Direction: TypeAlias = Literal["request", "response"]
Details: TypeAlias = tuple[tuple[str, str], ...]
Key: TypeAlias = tuple[tuple[int, ...], tuple[int, ...], Direction]

FLIPPED: Final[Mapping[Direction, Direction]] = {"request": "response", "response": "request"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A change before it has its operations and its places. `swapped`: the ratings change places (a webhook)."""

    code: str
    subject: str
    message: str
    old: Path | None = None
    new: Path | None = None
    details: Details = ()
    swapped: bool = False


@dataclass(slots=True)
class Pair:
    """Two conjunctions to compare, and what was found there. `reached` has a bit for each operation."""

    old: Flat
    new: Flat
    direction: Direction
    subject: str
    findings: list[Finding] = field(default_factory=list)
    leads_to: list[Pair] = field(default_factory=list)
    overlapping: list[Pair] = field(
        default_factory=list
    )  # alternatives of oneOf, of which a value may fit two
    reached: int = 0


_COMPOSING: Final = frozenset((
    "$ref", "$dynamicRef", "properties", "items", "prefixItems", "allOf", "oneOf", "anyOf", "not",
    "additionalProperties", "patternProperties", "propertyNames", "contains", "dependentSchemas",
    "unevaluatedProperties", "unevaluatedItems", "contentSchema", "if", "then", "else",
))  # fmt: skip


_VALUES: Final = frozenset(("enum", "const", "default", "example", "examples"))


def _same_leaf(old: Conjunction, new: Conjunction) -> bool:
    """Whether two schemas are written alike and have nothing inside: most are, and nothing can differ."""
    if len(old) != 1 or len(new) != 1:
        return False
    raw = old[0].raw
    if not isinstance(raw, dict) or raw != new[0].raw or not _COMPOSING.isdisjoint(raw):
        return False
    if old[0].nullable != new[0].nullable:
        return False  # `nullable` is a keyword of 3.0 alone
    # To Python, 1 and true are equal.
    return _VALUES.isdisjoint(raw) or canonical(raw) == canonical(new[0].raw)


def _seen(flats: Sequence[Flat]) -> set[int]:
    """The ids of what was compared with conjunctions: their schemas, and what their rules lead to."""
    ruled = [schema for flat in flats if flat.rules for schema in flat.schemas]
    return {id(schema) for flat in flats for schema in flat.schemas} | set(map(id, reached(ruled)))


class Walk:
    """The pairs of two documents."""

    def __init__(self, heirs: Mapping[int, list[Schema]] = MappingProxyType({})) -> None:
        self.effective = Effective()
        self.heirs = heirs  # by the id of a schema with a discriminator: what extends it
        self._pairs: dict[Key, Pair] = {}
        self._waiting: list[Pair] = []
        self._labels: dict[str, int] = {}
        self.said: list[tuple[Finding, tuple[str, ...]]] = []  # what belongs to no pair

    def say(self, finding: Finding, *labels: str) -> None:
        """What was found beside schemas."""
        self.said.append((finding, labels))

    def enter(
        self, old: Conjunction, new: Conjunction, direction: Direction, subject: str, label: str
    ) -> None:
        """A pair that an operation (by its label) uses directly."""
        pair = self._pair(old, new, direction, subject)
        pair.reached |= 1 << self._labels.setdefault(label, len(self._labels))

    def lead(
        self,
        parent: Pair,
        old: Conjunction,
        new: Conjunction,
        subject: str,
    ) -> Pair | None:
        """A pair inside another one; None where nothing can differ."""
        if _same_leaf(old, new):
            return None
        pair = self._pair(old, new, parent.direction, subject)
        parent.leads_to.append(pair)
        return pair

    def waiting(self) -> Iterator[Pair]:
        """Every pair, each once, also those that come while this goes on."""
        while self._waiting:
            yield self._waiting.pop()

    def found(self) -> Iterator[tuple[Finding, tuple[str, ...]]]:
        """Everything that was found, with the labels of the operations that it touches."""
        self._spread()
        self._entangle()
        yield from self.said
        labels = list(self._labels)
        texts: dict[int, tuple[str, ...]] = {}
        for pair in self._pairs.values():
            if not pair.findings:
                continue
            bits = pair.reached
            if bits not in texts:
                texts[bits] = tuple(name for at, name in enumerate(labels) if bits >> at & 1)
            for finding in pair.findings:
                yield finding, texts[bits]

    def visited(self) -> tuple[set[int], set[int]]:
        """The ids of all schemas that were compared: of the old document and of the new one."""
        pairs = self._pairs.values()
        return _seen([pair.old for pair in pairs]), _seen([pair.new for pair in pairs])

    def _pair(self, old: Conjunction, new: Conjunction, direction: Direction, subject: str) -> Pair:
        key = (tuple(map(id, old)), tuple(map(id, new)), direction)
        pair = self._pairs.get(key)
        if pair is None:
            names = {part.name for part in (*old[:1], *new[:1])}
            name = names.pop() if len(names) == 1 else None
            flats = self.effective.of(old), self.effective.of(new)
            pair = self._pairs[key] = Pair(*flats, direction, name or subject)
            self._waiting.append(pair)
        return pair

    def _spread(self) -> None:
        """Hand the bits of operations on to everything that they lead to."""
        todo = [pair for pair in self._pairs.values() if pair.reached]
        while todo:
            pair = todo.pop()
            for other in pair.leads_to:
                if pair.reached & ~other.reached:
                    other.reached |= pair.reached
                    todo.append(other)

    def _entangle(self) -> None:
        """Say of unions whose alternatives overlap that one of them has changed, somewhere inside."""
        above: dict[int, list[Pair]] = {}
        for pair in self._pairs.values():
            for other in pair.leads_to:
                above.setdefault(id(other), []).append(pair)
        todo = [pair for pair in self._pairs.values() if any(map(_demands, pair.findings))]
        changed: set[int] = set()
        while todo:
            pair = todo.pop()
            if id(pair) not in changed:
                changed.add(id(pair))
                todo.extend(above.get(id(pair), ()))
        for pair in self._pairs.values():
            names = [other.subject for other in pair.overlapping if id(other) in changed]
            if names:
                message = (
                    f"{pair.subject} has alternatives that overlap, and one of them has changed"
                )
                old, new = (
                    parts[0].path if parts else None for parts in (pair.old.parts, pair.new.parts)
                )
                found = Finding("overlapping-alternative-changed", pair.subject, message, old, new)
                pair.findings.append(found)


def _demands(finding: Finding) -> bool:
    """Whether the values that are allowed differ: more than words, and more than a property that nobody must send."""
    directed = finding.code.startswith(("request-", "response-"))
    return directed and not finding.code.endswith(
        ("optional-property-added", "optional-property-removed")
    )
