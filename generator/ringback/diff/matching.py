"""Which operation of the old document is which of the new one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ringback.openapi import Operation

_NAME: Final = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Matched:
    """The operations of two documents: pairs in the order of the new document, and what only one side has."""

    pairs: tuple[tuple[Operation, Operation], ...]
    moved: tuple[tuple[Operation, Operation], ...]  # another path or method, the same operationId
    removed: tuple[Operation, ...]
    added: tuple[Operation, ...]


def match(old: Iterable[Operation], new: Iterable[Operation]) -> Matched:
    """Match by method and path, then by path without the names of its parameters, then by operationId."""
    gone = {f"{one.method} {one.template}": one for one in old}
    come = {f"{one.method} {one.template}": one for one in new}
    found = [(gone[key], come[key]) for key in come if key in gone]
    gone = {key: one for key, one in gone.items() if key not in come}
    come = {key: one for key, one in come.items() if all(one is not pair[1] for pair in found)}
    found += _by(gone, come, {key: shape(key) for key in (*gone, *come)})
    names = {
        key: one.operation_id
        for side in (gone, come)
        for key, one in side.items()
        if one.operation_id
    }
    moved = _by(gone, come, names)
    return Matched(tuple(found), tuple(moved), tuple(gone.values()), tuple(come.values()))


def _by(
    gone: dict[str, Operation], come: dict[str, Operation], keys: dict[str, str]
) -> list[tuple[Operation, Operation]]:
    """Take the pairs out of both sides whose keys are equal and unique."""
    counts = Counter(keys[key] for key in gone if key in keys)
    others = Counter(keys[key] for key in come if key in keys)
    theirs = {keys[key]: key for key in come if key in keys}
    pairs = []
    for key in list(gone):
        own = keys.get(key)
        if own is not None and own in theirs and counts[own] == others[own] == 1:
            pairs.append((gone.pop(key), come.pop(theirs[own])))
    return pairs


def shape(template: str) -> str:
    """A path without the names of its parameters: `/calls/{Sid}` and `/calls/{id}` are one."""
    return _NAME.sub("{}", template)


def renamed(old: Operation, new: Operation) -> dict[str, str]:
    """The parameters of a path that have another name at the same position: old name -> new name."""
    if shape(old.template) != shape(new.template):
        return {}
    names = zip(_NAME.findall(old.template), _NAME.findall(new.template), strict=True)
    return {before: after for before, after in names if before != after}
