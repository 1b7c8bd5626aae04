"""What came of a request, before it is an answer. A closed family: an item, rows, nothing left, or whatever the document shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .lists import Page
from .store import Row


@dataclass(frozen=True, slots=True)
class Shown:
    """One item. `made`: it is new. `changed`: it was there and is different now."""

    row: Row
    made: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of items."""

    page: Page


@dataclass(frozen=True, slots=True)
class Removed:
    """Nothing is left. `row` is what was there."""

    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Free:
    """What belongs to no resource: answered from the document, saying what is known by name."""

    known: Mapping[str, Any] = field(default_factory=dict)
    number: int = 0


Outcome = Shown | Listed | Removed | Free
