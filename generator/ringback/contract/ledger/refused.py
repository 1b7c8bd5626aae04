"""A refused creation leaves nothing behind.

Noticed on a list that was read from its beginning before and after a refusal: a row has come that nobody was told of, says what
the refused request said, and belongs to nothing else of its kind. Where anything was written meanwhile, nothing is said. Things also come by
themselves (somebody calls, a verb opens a queue), so the row must say a text that no other request of the run has said; or it must
happen a second time right between two looks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ringback.contract.judges.reading import Reading
from ringback.contract.judges.words import plain, same
from ringback.contract.ledger.changes import moves_by_itself
from ringback.contract.ledger.entities import Role
from ringback.contract.ledger.paging import Address, Asked
from ringback.contract.ledger.things import Seen, Thing, home_of, seen
from ringback.contract.outcome import Finding


@dataclass(frozen=True, slots=True)
class _Refusal:
    role: Role
    seen: Seen
    status: int
    told: dict[str, Any]
    path: dict[str, str]


@dataclass(slots=True)
class Refusals:
    """Creations that were refused, and when each list was last looked at."""

    _refused: dict[str, list[_Refusal]] = field(default_factory=dict)
    _looked: dict[Address, Seen] = field(default_factory=dict)
    _accepted: deque[str] = field(default_factory=lambda: deque(maxlen=5000))
    _suspected: set[tuple[str, int]] = field(default_factory=set)

    def accepted(self, reading: Reading) -> None:
        """Something was made: what its request said is no sign of a refused one."""
        told = reading.told["body"].values()
        self._accepted.extend(value for value in told if isinstance(value, str) and value)

    def add(self, role: Role, reading: Reading) -> None:
        """A creation was refused."""
        told = reading.told["body"]
        if told:
            known = self._refused.setdefault(role.entity.name, [])
            known.append(_Refusal(role, seen(reading), reading.status, told, reading.values))
            del known[:-50]

    def listed(
        self,
        role: Role,
        reading: Reading,
        asked: Asked,
        fresh: list[tuple[Thing, dict[str, Any]]],
        wrote: Callable[[float, float], bool],
    ) -> Iterator[Finding]:
        """A list was read from its beginning; `fresh` are the rows never seen before."""
        now = seen(reading)
        before = self._looked.get(asked.list_)
        self._looked[asked.list_] = now
        if before is None or not fresh:
            return
        name = role.entity.name
        for refusal in self._refused.get(name, ()):
            if not (before.before(refusal.seen) and refusal.seen.before(now)):
                continue
            if wrote(before.started, now.ended):
                return
            left = next((one for one in fresh if _says_so(refusal, reading, role, *one)), None)
            if left is None or not self._is_sure(refusal, left[1], before, now):
                continue
            message = (
                f"{name} {left[0].identifier} is listed after its creation was refused with "
                f"{refusal.status}, wanted nothing left behind"
            )
            yield reading.finding(
                "refused-but-created", message, refusal.role.operation.path, where="",
                evidence=(before.number, refusal.seen.number),
            )  # fmt: skip
            return

    def _is_sure(self, refusal: _Refusal, row: dict[str, Any], before: Seen, now: Seen) -> bool:
        """Whether it cannot well be chance."""
        own = {plain(name): value for name, value in row.items()}
        for asked, value in refusal.told.items():
            found = own.get(plain(asked))
            rare = isinstance(value, str) and len(value) > 3 and found == value
            if rare and not any(value in other for other in self._accepted):
                return True
        if now.number - before.number > 3:
            return False
        name = refusal.role.entity.name
        self._suspected.add((name, now.number))
        return sum(one == name for one, _ in self._suspected) > 1


def _says_so(
    refusal: _Refusal, reading: Reading, role: Role, thing: Thing, row: dict[str, Any]
) -> bool:
    """Whether a row says what a request said, in all but one value (the one that was wrong)."""
    entity = thing.entity
    identity = entity.identity_schema.pattern
    if identity and any(
        sub.pattern == identity and row.get(name) not in (None, "") and name != entity.identity
        for name, sub in entity.properties.items()
    ):
        return False  # it came of another one
    home = home_of(role, reading, row)
    if any(home.get(plain(name), value) != value for name, value in refusal.path.items()):
        return False
    own = {plain(name): name for name in row}
    agreed = differing = 0
    for asked, value in refusal.told.items():
        name = own.get(plain(asked))
        if name is None or moves_by_itself(name, entity.properties.get(name)):
            continue
        if same(value, row[name]):
            agreed += 1
        else:
            differing += 1
    return agreed > 0 and differing <= 1
