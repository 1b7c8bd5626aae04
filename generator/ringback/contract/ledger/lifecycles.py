"""Which status may follow which: as the document says with `x-ringback-lifecycle`, or as settings do.

A life cycle maps each status to those that may follow it at once: `{queued: [ringing, canceled], ringing: […]}`. Who looks now
and then misses steps, so a status may follow another if there is any way from it. A status that the life cycle does not name
is not judged here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ringback.contract.ledger.entities import Entity
from ringback.openapi import Schema
from ringback.source import Path

EXTENSION: Final = "x-ringback-lifecycle"
_AWAY: Final = ("delet", "remov", "archiv")
Steps = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Lifecycle:
    """What may follow each status, sooner or later; `path` is where the document says so."""

    steps: dict[str, tuple[str, ...]]
    reachable: dict[str, frozenset[str]]
    path: Path

    @staticmethod
    def of(steps: Steps, path: Path) -> Lifecycle:
        plain = {str(name): tuple(map(str, after or ())) for name, after in steps.items()}
        for after in list(plain.values()):
            for name in after:
                plain.setdefault(name, ())
        return Lifecycle(plain, {name: _reach(plain, name) for name in plain}, path)

    def allows(self, before: object, after: object) -> bool:
        """Whether one status may be seen after another."""
        if before == after or before not in self.steps or after not in self.steps:
            return True
        return after in self.reachable[str(before)]

    def is_final(self, status: object) -> bool:
        """Whether nothing follows a status."""
        return status in self.steps and not self.steps[str(status)]

    def rests(self, status: object) -> bool:
        """Whether nothing follows a status but that the thing is taken away."""
        if status not in self.steps:
            return False
        return all(one.lower().startswith(_AWAY) for one in self.reachable[str(status)])


def _reach(steps: Mapping[str, tuple[str, ...]], start: str) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(steps[start])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(steps[one])
    return frozenset(found)


def lifecycles_of(entity: Entity, settings: Mapping[str, Steps]) -> dict[str, Lifecycle]:
    """The life cycles of a thing's properties. Settings name them `Schema.property`, and come before the document."""
    found: dict[str, Lifecycle] = {}
    for name, schema in entity.properties.items():
        held = lifecycle_of(schema, settings.get(f"{entity.name}.{name}"))
        if held is not None:
            found[name] = held
    return found


def lifecycle_of(schema: Schema, given: Steps | None = None) -> Lifecycle | None:
    """The life cycle of a status schema, or the one that settings give it."""
    for one in (schema, *schema.all_of, *schema.any_of):
        said: Any = given or one.extensions.get(EXTENSION)
        if isinstance(said, Mapping):
            path = (*one.path, EXTENSION) if EXTENSION in one.extensions else one.path
            return Lifecycle.of(said, path)
    return None
