"""What a plan was drawn from, and why its names are what they are: kept for those who ask afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ringback.openapi import Document
from ringback.plan.ledger import Naming
from ringback.plan.types import Catalogue


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """The document as it was read and as it was merged, its types, and every name by scope and key."""

    document: Document
    merged: Document
    catalogue: Catalogue
    given: Mapping[str, Mapping[str, Naming]]
