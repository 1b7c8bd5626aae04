"""An operation with everything about it that is worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ringback.openapi import Operation, Schema

from . import lists
from .roles import Role, Verb

_READS: Final = frozenset((Verb.FETCH, Verb.LIST, Verb.NONE))


@dataclass(frozen=True, slots=True, eq=False)
class Deed:
    """One operation. `sendable` are the (plain) names of what its body can say; `listing` is that of a list."""

    operation: Operation
    label: str
    role: Role
    listing: lists.Listing
    sendable: frozenset[str] = frozenset()
    body_schema: Schema | None = None
    many: bool = False  # the body is a list of items

    @property
    def reads(self) -> bool:
        return self.role.verb in _READS
