"""Operators on what a server remembers: what was created is not there, what was deleted is, changes are lost, parents mixed up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from ringback.contract.judges.words import plain
from ringback.contract.strength.editing import (
    at,
    read,
    refusal,
    success,
    with_body,
    with_path,
    with_value,
)
from ringback.contract.strength.mutant import Fault, Mutant, Setting
from ringback.contract.strength.surface import Home, family, homes, properties
from ringback.contract.traffic import Reply, Request
from ringback.openapi import Operation
from ringback.wire import Contract, Kind

_GONE = 404


def _identifier(home: Home, value: Any) -> str | None:
    """What an item in an answer is known by."""
    for step in (home.resource.identifier or "").split("/")[1:]:
        value = value.get(step) if isinstance(value, dict) else None
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else None


class _Fault(Fault):
    """What is common: the operations of one resource, and the item that a path names."""

    def __init__(self, setting: Setting, home: Home) -> None:
        super().__init__()
        self.contract, self.home = setting.contract, home
        self.given = setting.given

    def is_(self, label: str | None, role: str) -> bool:
        """Whether an operation creates, lists, fetches, updates or deletes."""
        return label is not None and label == self.home.label(role)

    def path(self, request: Request) -> dict[str, str]:
        """The values of the path."""
        match = self.contract.match(request.method, request.target)
        return dict(match.values) if match is not None else {}

    def item(self, request: Request) -> str:
        """The identifier that a path ends with."""
        return self.path(request).get(self.home.resource.parameter or "", "")

    def gone(self, role: str) -> Reply:
        """The refusal of an operation for what is not there."""
        return refusal(self.contract, self.operation(role), _GONE)

    def operation(self, role: str) -> Operation:
        """The operation with a role; it has to be there."""
        return self.contract.operation(self.home.label(role) or "")


def _mutant(contract: Contract, operator: str, home: Home, role: str, where: str, what: str, make: Any, **more: Any) -> Mutant:  # fmt: skip
    label = home.label(role) or ""
    return Mutant(
        operator, label, where, what, contract.locate(contract.operation(label).path),
        lambda setting: make(setting, home), variant=where, focus=home.focus or family(contract, label), **more,
    )  # fmt: skip


# -- created, and not there


class Forgotten(_Fault):
    """What was created is answered as if it had never been, or does not stand in its list."""

    role = "fetch"

    def __init__(self, setting: Setting, home: Home) -> None:
        super().__init__(setting, home)
        self._made: set[str] = set()

    def request(self, request: Request, label: str | None) -> Request | Reply:
        if self.role != "list" and self.is_(label, self.role) and self.item(request) in self._made:
            self.applied += 1
            return self.gone(self.role)
        return request

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        if self.is_(label, "create") and reply.status // 100 == 2:
            made = _identifier(self.home, read(reply.body))
            self._made |= {made} if made else set()
        if self.role == "list" and self.is_(label, "list") and reply.status == 200:
            return self._thinned(reply)
        return reply

    def _thinned(self, reply: Reply) -> Reply:
        value = read(reply.body)

        def kept(rows: Any) -> Any:
            if not isinstance(rows, list):
                return rows
            return [one for one in rows if _identifier(self.home, one) not in self._made]

        changed = at(value, self.home.resource.rows or "", kept)
        self.applied += changed
        return with_value(reply, value) if changed else reply


class Unlisted(Forgotten):
    """What was created does not stand in its list."""

    role = "list"


def forgotten(contract: Contract) -> Iterator[Mutant]:
    """`forget`: what was created is not there."""
    for home in homes(contract):
        if home.label("create") is None or home.resource.identifier is None:
            continue
        if home.label("fetch") is not None:
            said = f"what was created in {home.resource.name} is answered with {_GONE}"
            yield _mutant(contract, "forget", home, "fetch", "created, not found", said, Forgotten)
        if home.label("list") is not None and home.resource.rows:
            said = f"what was created in {home.resource.name} is not listed"
            yield _mutant(contract, "forget", home, "list", "created, not listed", said, Unlisted)


# -- deleted, and there


class Undeleted(_Fault):
    """A deletion is acknowledged and does nothing: the thing is looked at, no more."""

    def request(self, request: Request, label: str | None) -> Request | Reply:
        return replace(request, method="GET") if self.is_(label, "delete") else request

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        if not self.is_(label, "delete") or reply.status != 200:
            return reply
        self.applied += 1
        documented = [one.status for one in success(self.operation("delete"))]
        return Reply(200 if "204" not in documented and "200" in documented else 204)


class Ghost(_Fault):
    """What was deleted is still shown by its fetch."""

    role = "fetch"

    def __init__(self, setting: Setting, home: Home) -> None:
        super().__init__(setting, home)
        self._last: dict[str, Reply] = {}
        self._rows: dict[str, Any] = {}
        self._gone: set[str] = set()

    def request(self, request: Request, label: str | None) -> Request | Reply:
        if (
            self.role != "fetch"
            or not self.is_(label, "fetch")
            or self.item(request) not in self._gone
        ):
            return request
        kept = self._last.get(self.item(request))
        if kept is None:
            return request
        self.applied += 1
        return kept

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        if reply.status // 100 != 2:
            return reply
        if self.is_(label, "fetch"):
            self._last.setdefault(self.item(request), reply)
            self._rows[self.item(request)] = read(reply.body)
        elif self.is_(label, "delete"):
            self._gone.add(self.item(request))
        elif self.role == "list" and self.is_(label, "list"):
            return self._haunted(reply)
        return reply

    def _haunted(self, reply: Reply) -> Reply:
        value = read(reply.body)
        more = [self._rows[one] for one in sorted(self._gone) if one in self._rows]
        changed = (
            at(value, self.home.resource.rows or "", lambda rows: [*rows, *more[:1]]) if more else 0
        )
        self.applied += changed
        return with_value(reply, value) if changed else reply


class ListedGhost(Ghost):
    """What was deleted is still listed."""

    role = "list"


def undeleted(contract: Contract) -> Iterator[Mutant]:
    """`use-after-delete`: what was deleted is still there."""
    for home in homes(contract):
        if home.label("delete") is None or home.label("fetch") is None:
            continue
        name = home.resource.name
        said = f"a deletion in {name} is acknowledged and does nothing"
        yield _mutant(
            contract, "use-after-delete", home, "delete", "deletes nothing", said, Undeleted
        )
        said = f"what was deleted in {name} is still answered"
        yield _mutant(
            contract, "use-after-delete", home, "fetch", "deleted, still found", said, Ghost
        )
        if home.label("list") is not None and home.resource.rows:
            said = f"what was deleted in {name} is still listed"
            yield _mutant(
                contract,
                "use-after-delete",
                home,
                "list",
                "deleted, still listed",
                said,
                ListedGhost,
            )


# -- parents


class Anywhere(_Fault):
    """An item is found below any parent."""

    def __init__(self, setting: Setting, home: Home, parameter: str) -> None:
        super().__init__(setting, home)
        self._parameter = parameter
        self._true: dict[str, str] = {}

    def request(self, request: Request, label: str | None) -> Request | Reply:
        if not self.is_(label, "fetch"):
            return request
        values, item = self.path(request), self.item(request)
        true = self._true.get(item, self.given.get(self._parameter))
        if true is None or values.get(self._parameter) in (None, true):
            return request
        self.applied += 1
        moved = {**values, self._parameter: true}
        return with_path(self.contract, request, self.operation("fetch"), moved)

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        if reply.status // 100 == 2 and self.is_(label, "fetch"):
            self._true.setdefault(self.item(request), self.path(request).get(self._parameter, ""))
        return reply


class OtherParent(_Fault):
    """An answer says that it belongs to another parent than its path."""

    def __init__(self, setting: Setting, home: Home, label: str, pointer: str, kind: Kind) -> None:
        super().__init__(setting, home)
        self._label, self._pointer = label, pointer
        self._prefix = len(kind.prefix or "")

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        if label != self._label or reply.status // 100 != 2:
            return reply
        value = read(reply.body)
        changed = at(value, self._pointer, self._other)
        self.applied += bool(changed)
        return with_value(reply, value) if changed else reply

    def _other(self, old: Any) -> Any:
        if not isinstance(old, str) or len(old) <= self._prefix:
            return old
        return old[: self._prefix] + old[self._prefix :][::-1]


def misplaced(contract: Contract) -> Iterator[Mutant]:
    """`wrong-parent`: things are found below a parent that is not theirs, or say that they belong to another."""
    for home in homes(contract):
        label = home.label("fetch")
        if label is None:
            continue
        for one in contract.operation(label).parameters:
            if one.location != "path" or one.name == home.resource.parameter:
                continue
            said = f"what is in {home.resource.name} is found below any {one.name}"
            yield _mutant(
                contract, "wrong-parent", home, "fetch", f"below any {one.name}", said,
                partial(Anywhere, parameter=one.name),
            )  # fmt: skip
    yield from _saying(contract)


def _saying(contract: Contract) -> Iterator[Mutant]:
    by_label = {label: home for home in homes(contract) for label in home.focus}
    for one in properties(contract):
        home = by_label.get(one.label)
        if home is None or one.kind is None or not one.kind.shaped or one.kind.integer:
            continue
        above = [
            each.name
            for each in one.operation.parameters
            if each.location == "path"
            and contract.kinds.of_parameter(one.label, "path", each.name) is one.kind
            and plain(each.name) == plain(one.name)
        ]
        if not above:
            continue
        yield Mutant(
            "wrong-parent", one.label, f"{one.status} {one.pointer}",
            f"{one.name} is not the {above[0]} of the path", contract.locate(one.schema.path),
            partial(OtherParent, home=home, label=one.label, pointer=one.pointer, kind=one.kind),
            variant="says another", focus=home.focus,
        )  # fmt: skip


# -- changes


class Stale(_Fault):
    """After an update, what is read is what was before."""

    role = "fetch"

    def __init__(self, setting: Setting, home: Home) -> None:
        super().__init__(setting, home)
        self._before: dict[str, Any] = {}
        self._frozen: dict[str, Any] = {}

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        if reply.status // 100 != 2:
            return reply
        if self.is_(label, "update") and self.item(request) in self._before:
            self._frozen.setdefault(self.item(request), self._before[self.item(request)])
        elif self.is_(label, "create"):
            made = _identifier(self.home, read(reply.body))
            self._before.setdefault(made or "", read(reply.body))
        elif self.is_(label, "fetch"):
            return self._fetched(self.item(request), reply)
        elif self.is_(label, "list"):
            return self._listed(reply)
        return reply

    def _fetched(self, item: str, reply: Reply) -> Reply:
        if item not in self._frozen:
            self._before[item] = read(reply.body)
            return reply
        if self.role != "fetch" or self._frozen[item] == read(reply.body):
            return reply
        self.applied += 1
        return with_value(reply, self._frozen[item])

    def _listed(self, reply: Reply) -> Reply:
        value = read(reply.body)

        def old(row: Any) -> Any:
            item = _identifier(self.home, row)
            if item is not None and item not in self._frozen:
                self._before[item] = row
                return row
            return self._frozen.get(item or "", row) if self.role == "list" else row

        changed = at(value, self.home.rows(), old)
        self.applied += bool(changed)
        return with_value(reply, value) if changed else reply


class StaleList(Stale):
    """After an update, what is listed is what was before."""

    role = "list"


def stale(contract: Contract) -> Iterator[Mutant]:
    """`stale-read`: what was changed is read as it was."""
    for home in homes(contract):
        if home.label("update") is None or home.resource.identifier is None:
            continue
        name = home.resource.name
        if home.label("fetch") is not None:
            said = f"after an update in {name}, a fetch answers what was before"
            yield _mutant(contract, "stale-read", home, "fetch", "old when fetched", said, Stale)
        if home.label("list") is not None and home.resource.rows:
            said = f"after an update in {name}, the list shows what was before"
            yield _mutant(contract, "stale-read", home, "list", "old when listed", said, StaleList)


class Twins(_Fault):
    """Every creation after the first is given the identifier of the first."""

    def __init__(self, setting: Setting, home: Home) -> None:
        super().__init__(setting, home)
        self._first = ""

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        if not self.is_(label, "create") or reply.status // 100 != 2:
            return reply
        made = _identifier(self.home, read(reply.body))
        if not self._first or not made or made == self._first:
            self._first = self._first or made or ""
            return reply
        self.applied += 1
        return with_body(reply, reply.body.replace(made.encode(), self._first.encode()))


def twins(contract: Contract) -> Iterator[Mutant]:
    """`duplicate-identifier`: two creations are given one identifier."""
    for home in homes(contract):
        if home.label("create") is not None and home.resource.identifier is not None:
            said = f"every creation in {home.resource.name} is given the identifier of the first"
            yield _mutant(
                contract, "duplicate-identifier", home, "create", "one for all", said, Twins
            )
