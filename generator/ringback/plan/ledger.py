"""Where names are written down while they are given: what was wanted, what was given, why.

Names are given all over this room, by one function (`names.assign`). Handing the ledger to each of its callers would put it
into every signature; so it is there for as long as a plan is drawn, as a context variable, and whoever gives names
elsewhere gives them without one. What leaves this room is frozen: the new lock, and the reasons that `explain` tells.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from ringback.plan.lock import NamesLock

TYPES = "types"
PRINTED = "printed"
_OF_TYPES = (TYPES, "identifiers", "literals")


@dataclass(frozen=True, slots=True)
class Naming:
    """One name: what its wire name or place alone would make of it, what it is, and whether the lock keeps it.

    `rival` is what has the wanted name instead: another key of the scope, or "" where it is reserved.
    """

    wanted: str
    name: str
    kept: bool = False
    rival: str = ""


class Ledger:
    """The names of one plan, by scope and key."""

    def __init__(self, lock: NamesLock) -> None:
        self._lock = lock
        self._types = {name for scope in _OF_TYPES for name in lock.scopes.get(scope, {}).values()}
        self.given: dict[str, dict[str, Naming]] = {}
        self.given_up: dict[tuple[str, str], str] = {}

    def locked(self, scope: str) -> Mapping[str, str]:
        """What the lock says of a scope."""
        return self._lock.scopes.get(scope, {})

    def kept(
        self, scope: str, wanted: list[tuple[str, str]], reserved: Collection[str], chosen: Collection[str]
    ) -> dict[str, str]:  # fmt: skip
        """The keys of a scope whose names are locked. A name that a person chooses now (`chosen` has its key) counts
        more than the one it had."""
        locked = self.locked(scope)
        if not locked:
            return {}
        result = {}
        for key, name in wanted:
            had = locked.get(key)
            if had is None or (key in chosen and not _is_form(had, name)):
                continue
            if had in reserved:
                self.given_up[scope, key] = had
            else:
                result[key] = had
        return result

    def note(
        self, scope: str, wanted: list[tuple[str, str]], result: Mapping[str, str], kept: Collection[str]
    ) -> None:  # fmt: skip
        """Write down what was given."""
        owners = {name: key for key, name in result.items()}
        self.given[scope] = {
            key: Naming(name, result[key], key in kept, owners.get(name, ""))
            for key, name in wanted
        }

    def printed(self, *names: str) -> str:
        """The name of a class that is printed for an operation or a group, which makes way for types that were
        there before. The first of `names` is its name; the others are made of it and must be free, too.
        """
        first = names[0]
        number, name = 1, first
        had = self.locked(PRINTED).get(first)
        if had is not None and had not in self._types:
            name = had
        elif self._types.intersection(names):
            number = 2
            while self._types & {f"{one}_{number}" for one in names}:
                number += 1
            name = f"{first}_{number}"
        if name != first:
            self.given.setdefault(PRINTED, {})[first] = Naming(first, name, had is not None)
        return name

    def lock(self) -> NamesLock:
        """The lock for the next time."""
        return NamesLock(
            {
                scope: {key: one.name for key, one in names.items()}
                for scope, names in self.given.items()
            }
        )


def _is_form(name: str, wanted: str) -> bool:
    """Whether a name is the wanted one, or that one with a number."""
    return re.fullmatch(re.escape(wanted.rstrip("_")) + r"(_|_\d+)?", name) is not None


_open: ContextVar[Ledger | None] = ContextVar("ledger", default=None)


def current() -> Ledger | None:
    """The ledger of the plan that is being drawn."""
    return _open.get()


@contextmanager
def opened(lock: NamesLock) -> Iterator[Ledger]:
    """A new ledger, for as long as a plan is drawn."""
    ledger = Ledger(lock)
    token = _open.set(ledger)
    try:
        yield ledger
    finally:
        _open.reset(token)


def printed(*names: str) -> str:
    """`Ledger.printed` of the open ledger."""
    ledger = _open.get()
    return ledger.printed(*names) if ledger is not None else names[0]


def locked_names(scope: str) -> frozenset[str]:
    """The names that the lock of the open ledger has in a scope."""
    ledger = _open.get()
    return frozenset(ledger.locked(scope).values()) if ledger is not None else frozenset()


def locked_keys(scope: str) -> frozenset[str]:
    """The keys that the lock of the open ledger has in a scope."""
    ledger = _open.get()
    return frozenset(ledger.locked(scope)) if ledger is not None else frozenset()
