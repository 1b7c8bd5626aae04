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
from typing import NamedTuple

from ringback.plan.lock import Former, NamesLock

TYPES = "types"
PRINTED = "printed"
POSITIONS = "positions of credentials"
_OF_TYPES = (TYPES, "identifiers", "literals")
_OWNERS = {
    "attributes": (TYPES,),
    "members": (TYPES,),
    "rest": (TYPES,),
    "arguments": ("operations",),
    "methods": ("groups",),
}
"""Scopes that are called after what has them, and the scopes that name that."""
ALIASED = frozenset({TYPES, "identifiers", "groups", "operations", "attributes", "members", "arguments", "methods"})  # fmt: skip
"""The kinds of scope whose former names can be printed as aliases."""
_SILENT = frozenset({"headers", "webhooks", "credentials", "rest"})
"""Those of public names that have no aliases."""


class Naming(NamedTuple):
    """One name: what its wire name or place alone would make of it, what it is, and whether the lock keeps it.

    `rival` is what has the wanted name instead: another key of the scope, or "" where it is reserved.
    """

    wanted: str
    name: str
    kept: bool = False
    rival: str = ""


class Ledger:
    """The names of one plan, by scope and key.

    With `renew` the lock is asked only where names are told apart: everything else is called what the document alone
    would make of it. `former` are the names that things had, by scope.
    """

    def __init__(self, lock: NamesLock, version: str = "", *, renew: bool = False) -> None:
        self._lock = lock
        self._renew = renew
        self._version = version
        self._moved: dict[str, dict[str, str]] = {}
        self.former: dict[str, dict[str, Former]] = {}
        self._types = {name for scope in _OF_TYPES for name in lock.scopes.get(scope, {}).values()}
        self.given: dict[str, dict[str, Naming]] = {}
        self.given_up: dict[tuple[str, str], str] = {}

    def locked(self, scope: str) -> Mapping[str, str]:
        """What the lock says of a scope, under the name that the scope has now."""
        found = self._lock.scopes.get(self._before(scope), {})
        moved = self._moved.get(scope)
        if not moved:
            return found
        return {**found, **{new: found[old] for new, old in moved.items() if new not in found}}

    def moved(self, scope: str, old: str, new: str) -> None:
        """What the lock knows by one key has another now: a component that was renamed, a tag."""
        self._moved.setdefault(scope, {})[new] = old

    def every(self, prefix: str) -> dict[str, Mapping[str, str]]:
        """The scopes of one kind that the lock has, by what they belong to."""
        return {
            scope.removeprefix(prefix + " "): names
            for scope, names in self._lock.scopes.items()
            if scope.startswith(prefix + " ")
        }

    def _before(self, scope: str) -> str:
        """What a scope was called when the lock was written: its owner may have another name now."""
        kind, _, owner = scope.partition(" ")
        if scope in self._lock.scopes or scope in self._lock.former:
            return scope
        if kind == "methods":
            return f"methods {self._moved.get('groups', {}).get(owner, owner)}"
        for owners in _OWNERS.get(kind, ()):
            if not self.former.get(owners):
                continue  # no owner of this kind has another name now
            key = next((key for key, one in self.given.get(owners, {}).items() if one.name == owner), None)  # fmt: skip
            for name, one in self.former.get(owners, {}).items():
                if one.key == key and f"{kind} {name}" in self._lock.scopes:
                    return f"{kind} {name}"
        return scope

    def retired(self, scope: str) -> dict[str, Former]:
        """The former names that the lock lists in a scope; those whose time has come are no longer there."""
        listed = self._lock.former.get(self._before(scope))
        if not listed:
            return {}
        keys = {old: new for new, old in self._moved.get(scope, {}).items()}
        current = set(self.locked(scope).values())  # a lock edited by hand may list a name twice
        return {
            name: Former(keys.get(one.key, one.key), one.until)
            for name, one in listed.items()
            if not reached(self._version, one.until) and name not in current
        }

    def set_aside(
        self, scope: str, wanted: list[tuple[str, str]], chosen: Collection[str]
    ) -> set[str]:
        """Former names that nothing else is called: what is new would stand for something else in programs that
        still use them. Who writes a name down may have it all the same."""
        written = {name for key, name in wanted if self._renew or key in chosen}
        return set(self.retired(scope)) - written

    def kept(
        self, scope: str, wanted: list[tuple[str, str]], reserved: Collection[str], chosen: Collection[str]
    ) -> dict[str, str]:  # fmt: skip
        """The keys of a scope whose names are locked. A name that a person chooses now (`chosen` has its key) counts
        more than the one it had."""
        locked = self.locked(scope)
        if not locked:
            return {}
        result = {}
        moved = self._moved.get(scope, {})
        for key, name in wanted:
            had = locked.get(key)
            anew = self._renew or key in chosen or key in moved
            if had is None or (anew and not _is_form(had, name)):
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
        if scope.partition(" ")[0] in ALIASED:
            self.former[scope] = self._former(scope, result)

    def _former(self, scope: str, result: Mapping[str, str]) -> dict[str, Former]:
        """What the things of a scope were called: as the lock lists it, and what has just been renamed."""
        locked, retired = self.locked(scope), self.retired(scope)
        if not retired and all(locked.get(key, name) == name for key, name in result.items()):
            return {}
        renamed = {had: Former(key) for key in result if (had := locked.get(key)) is not None}
        taken = {*result.values(), *(name for (one, _), name in self.given_up.items() if one == scope)}  # fmt: skip
        return {
            name: one
            for name, one in {**renamed, **retired}.items()
            if name not in taken and (one.key in result or scope.startswith("methods "))
        }

    def lost(self) -> Iterator[tuple[str, str, str]]:
        """Former names that are no aliases any more, though what had them is there: scope, name, key."""
        for scope, given in self.given.items():
            if scope.partition(" ")[0] in _SILENT:
                for key, had in self.locked(scope).items():
                    if (
                        key in given
                        and given[key].name != had
                        and (scope, key) not in self.given_up
                    ):
                        yield scope, had, key
                continue
            for name, one in self.retired(scope).items():
                naming = given.get(one.key)
                if naming is None or naming.name == name:
                    continue
                if name not in self.former.get(scope, {}):
                    yield scope, name, one.key

    def why_lost(self, scope: str) -> str:
        """Why a former name of a scope is no alias."""
        kind = scope.partition(" ")[0]
        if kind in _SILENT:
            return f"names of this kind ({kind}) have none"
        return "it is needed for something else"

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

    def ordered(self, scope: str, names: list[str]) -> list[str]:
        """Names whose order users rely on: in the order that the lock has, what is new last."""
        places = self.locked(scope)
        had = [places[place] for place in sorted(places, key=lambda place: (len(place), place))]
        result = [one for one in had if one in names]
        result += [one for one in names if one not in had]
        self.given[scope] = {
            str(place): Naming(name, name, name in had) for place, name in enumerate(result, 1)
        }
        return result

    def lock(self) -> NamesLock:
        """The lock for the next time."""
        return NamesLock(
            {
                scope: {key: one.name for key, one in names.items()}
                for scope, names in self.given.items()
            },
            {scope: dict(names) for scope, names in self.former.items()},
        )


def reached(version: str, until: str) -> bool:
    """Whether a document's version is the one with which a former name goes, or a later one.

    Versions are compared number by number, so that dates are compared, too. Texts without numbers are never reached.
    """
    wanted = [int(one) for one in re.findall(r"\d{1,9}", until)]
    return bool(wanted) and [int(one) for one in re.findall(r"\d{1,9}", version)] >= wanted


def _is_form(name: str, wanted: str) -> bool:
    """Whether a name is the wanted one, or that one with a number."""
    return re.fullmatch(re.escape(wanted.rstrip("_")) + r"(_|_\d+)?", name) is not None


_open: ContextVar[Ledger | None] = ContextVar("ledger", default=None)


def current() -> Ledger | None:
    """The ledger of the plan that is being drawn."""
    return _open.get()


@contextmanager
def opened(lock: NamesLock, version: str = "", *, renew: bool = False) -> Iterator[Ledger]:
    """A new ledger, for as long as a plan of a version of the document is drawn."""
    ledger = Ledger(lock, version, renew=renew)
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
