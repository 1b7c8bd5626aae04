"""Writes that were or may have been carried out: what was written meanwhile may explain what is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ringback.contract.ledger.things import Seen

_LOOKED_AT: Final = 500
"""So many of the last ones."""


@dataclass(slots=True)
class Writes:
    """In the order in which they were heard of: the entity ("": any of them), and when."""

    _known: list[tuple[str, Seen]] = field(default_factory=list)

    def add(self, entity: str, seen: Seen) -> None:
        """Something of a kind was written, or may have been."""
        self._known.append((entity, seen))

    def of(self, entity: str, started: float, ended: float) -> bool:
        """Whether anything of a kind was, or may have been, made meanwhile."""
        return any(kind in ("", entity) for kind in self._during(started, ended))

    def any(self, started: float, ended: float) -> bool:
        """Whether anything at all was written meanwhile, or may have been: one thing can make another."""
        return any(True for _ in self._during(started, ended))

    def _during(self, started: float, ended: float) -> Iterator[str]:
        """The entities of the writes that overlap a time, the last one first."""
        for entity, one in reversed(self._known[-_LOOKED_AT:]):
            if one.ended >= started and one.started <= ended:
                yield entity
