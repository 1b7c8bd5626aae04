"""Walks of one list held against each other: nothing lost, nothing repeated, one order.

Lists change while they are read. So a row counts as lost only where it stood on the list before the walk and stands there
after it; an order as wrong only where two walks around it agree on rows that have not changed; a row as repeated at the border of two pages only
where nothing was written meanwhile and the list still begins as it began.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from ringback.contract.judges.reading import Reading
from ringback.contract.ledger.entities import Role
from ringback.contract.ledger.paging import Address, Page, Walk
from ringback.contract.ledger.things import Key
from ringback.contract.outcome import Finding


@dataclass(slots=True)
class Sequences:
    """What complete walks said of each list, and repetitions that wait for a look at the list's beginning."""

    _walks: dict[Address, deque[Walk]] = field(default_factory=dict)
    _waiting: dict[Address, list[tuple[Key | None, float, Finding]]] = field(default_factory=dict)

    def begins(self, list_: Address, page: Page) -> list[Finding]:
        """A look at the beginning of a list: which repetitions it confirms."""
        kept: list[Finding] = []
        waiting = self._waiting.pop(list_, [])
        for first, ended, finding in waiting:
            if ended > page.seen.started:
                self._waiting.setdefault(list_, []).append((first, ended, finding))
            elif page.keys and page.keys[0] == first:
                kept.append(finding)
        return kept

    def repeated(
        self, role: Role, reading: Reading, walk: Walk, written: bool
    ) -> Iterator[Finding]:
        """Rows of the last page that stood on it, or on an earlier page, already."""
        last = walk.pages[-1]
        keys = [key for key in last.keys if key is not None]
        where = f"body/{role.rows}" if role.rows else "body"
        path = role.operation.path
        twice = _first_twice(keys)
        if twice is not None:
            message = f"{twice[-1]} stands on one page twice, wanted each row once"
            yield reading.finding("page-repeated", message, path, where=where)
            return
        if len(walk.pages) < 2 or written:
            return
        before = {key for page in walk.pages[:-1] for key in page.keys if key is not None}
        again = [key for key in keys if key in before]
        if not again:
            return
        message = f"{again[0][-1]} stands on two pages of one walk, wanted each row once"
        finding = reading.finding(
            "page-repeated", message, path, where=where, evidence=walk.numbers[:-1]
        )
        if _is_shift(walk, again):
            first = walk.pages[0].keys[0] if walk.pages[0].keys else None
            waiting = self._waiting.setdefault(walk.asked.list_, [])
            waiting.append((first, walk.ended, finding))
        else:
            yield finding

    def compare(self, role: Role, reading: Reading, walk: Walk) -> Iterator[Finding]:
        """What a complete walk says of those before it."""
        history = self._walks.setdefault(walk.asked.list_, deque(maxlen=6))
        yield from _between(role, reading, history, walk)
        history.append(walk)


def _first_twice(keys: list[Key]) -> Key | None:
    known: set[Key] = set()
    for key in keys:
        if key in known:
            return key
        known.add(key)
    return None


def _is_shift(walk: Walk, again: list[Key]) -> bool:
    """Whether new rows at the list's beginning would explain it: the page begins with what the one before ended with."""
    before, last = walk.pages[-2].keys, walk.pages[-1].keys
    count = len(again)
    return last[:count] == before[-count:]


def _between(role: Role, reading: Reading, history: deque[Walk], last: Walk) -> Iterator[Finding]:
    """Walks that contradict one before and the one after them."""
    after = set(last.keys)
    prints = _prints(last)
    for middle in history:
        if middle.ended > last.started:
            continue
        earlier = [one for one in history if one.ended <= middle.started]
        if not earlier:
            continue
        first = earlier[-1]
        inside = set(middle.keys)
        lost = [key for key in first.keys if key in after and key not in inside]
        evidence = (*first.numbers, *last.numbers[:-1], *middle.numbers)
        where = f"body/{role.rows}" if role.rows else "body"
        if lost and not middle.asked.filters:
            message = (
                f"{lost[0][-1]} stands on the list before and after, and on none of the "
                f"{len(middle.pages)} pages between, wanted nothing lost"
            )
            yield reading.finding(
                "page-lost", message, role.operation.path, where=where, evidence=evidence
            )
        elif wrong := _other_order(first, middle, last, prints):
            message = f"{wrong[0][-1]} stands before {wrong[1][-1]}, wanted them in the order of other readings"
            yield reading.finding(
                "order-wrong", message, role.operation.path, where=where, evidence=evidence
            )


def _prints(walk: Walk) -> dict[Key, int]:
    return {
        key: one
        for page in walk.pages
        for key, one in zip(page.keys, page.prints, strict=True)
        if key is not None
    }


def _other_order(
    first: Walk, middle: Walk, last: Walk, after: dict[Key, int]
) -> tuple[Key, Key] | None:
    """Two unchanged rows that stand one way round in two walks and the other way in the walk between."""
    before, between = _prints(first), _prints(middle)
    same = {key for key, one in after.items() if before.get(key) == one == between.get(key)}
    if len(same) < 2:
        return None
    orders = [[key for key in walk.keys if key in same] for walk in (first, middle, last)]
    if orders[0] != orders[2] or orders[1] == orders[0] or len(orders[1]) != len(orders[0]):
        return None
    wrong = next(index for index, key in enumerate(orders[1]) if key != orders[0][index])
    return orders[1][wrong], orders[0][wrong]
