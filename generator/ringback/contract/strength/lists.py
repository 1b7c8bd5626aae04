"""Operators on lists: a filter that does nothing, pages that are none, an order that does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ringback.contract.judges.words import plain
from ringback.contract.ledger.paging import ORDER, POSITION, SIZE
from ringback.contract.strength.editing import at, query_of, read, with_query, with_value
from ringback.contract.strength.mutant import Fault, Mutant, Setting
from ringback.contract.strength.surface import Home, action, family, homes, properties
from ringback.contract.traffic import Reply, Request
from ringback.openapi import Parameter
from ringback.wire import Contract

_MARKS = "<>=![]"


def _sort(parameter: Parameter) -> str:
    """What a query parameter of a list is for: size, position, order or filter."""
    name = plain(parameter.name)
    if parameter.name[-1:] in _MARKS:
        return "filter"
    known = ((SIZE, "size"), (POSITION, "position"), (ORDER, "order"))
    return next((kind for names, kind in known if name in names), "filter")


class Deaf(Fault):
    """Some parameters of a list do nothing. What the document forbids of them is refused all the same."""

    def __init__(self, setting: Setting, label: str, names: frozenset[str]) -> None:
        super().__init__()
        self._contract, self._label, self._names = setting.contract, label, names
        operation = setting.contract.operation(label)
        self._schemas = {
            one.name: one.schema
            for one in operation.parameters
            if one.location == "query" and one.name in names and one.schema is not None
        }

    def request(self, request: Request, label: str | None) -> Request | Reply:
        if label != self._label or not request.query:
            return request
        pairs = query_of(request)
        kept = [pair for pair in pairs if pair[0] not in self._names]
        if len(kept) == len(pairs) or not self._allowed(request):
            return request
        self.applied += 1
        return with_query(request, kept)

    def _allowed(self, request: Request) -> bool:
        told = self._contract.query(self._contract.operation(self._label), request.query)
        return all(
            self._contract.is_valid(schema, told[name], reply=False)
            for name, schema in self._schemas.items()
            if name in told
        )


def unfiltered(contract: Contract) -> Iterator[Mutant]:
    """`no-filter`: a filter of a list does nothing."""
    for home in homes(contract):
        label = home.label("list")
        if label is None:
            continue
        operation = contract.operation(label)
        prefix = f"{home.resource.rows or ''}/*/"
        own = {plain(one.name) for one in properties(contract) if one.label == label and one.pointer.startswith(prefix)}  # fmt: skip
        for one in operation.parameters:
            if one.location != "query" or _sort(one) != "filter":
                continue
            named = plain(one.name) in own
            silent = "" if named else f"no property of a row is called as {one.name} is"
            yield Mutant(
                "no-filter", label, f"query.{one.name}", f"{one.name} does nothing",
                contract.locate(one.path), partial(Deaf, label=label, names=frozenset((one.name,))),
                variant="marked" if one.name[-1:] in _MARKS else "equal", silent=silent,
                overlay="" if named else action(one.path, "{name: ‹the name of a property of the rows›}"),
                focus=family(contract, label),
            )  # fmt: skip


class Holed(Fault):
    """The last row of every page that another one follows is missing."""

    def __init__(self, setting: Setting, home: Home) -> None:
        super().__init__()
        self._label, self._rows = home.label("list"), home.resource.rows or ""

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        if label != self._label or reply.status != 200:
            return reply
        value = read(reply.body)
        if not isinstance(value, dict) or not any(
            "next" in plain(name) and inner for name, inner in value.items()
        ):
            return reply
        changed = at(value, self._rows, lambda rows: rows[:-1] if isinstance(rows, list) else rows)
        self.applied += changed
        return with_value(reply, value) if changed else reply


def unpaged(contract: Contract) -> Iterator[Mutant]:
    """`no-page`: the size or the number of a page does nothing, or rows are lost between pages."""
    for home in homes(contract):
        label = home.label("list")
        if label is None:
            continue
        operation = contract.operation(label)
        place = contract.locate(operation.path)
        focus = family(contract, label)
        for kind, said in (
            ("size", "pages are as long as they like"),
            ("position", "every page is the first"),
        ):
            found = [
                one
                for one in operation.parameters
                if one.location == "query" and _sort(one) == kind
            ]
            if found:
                names = frozenset(one.name for one in found)
                yield Mutant(
                    "no-page", label, kind, said, contract.locate(found[0].path),
                    partial(Deaf, label=label, names=names), variant=kind, focus=focus,
                )  # fmt: skip
        if home.resource.rows:
            yield Mutant(
                "no-page", label, "a row lost", "the last row of a page is lost where another page follows",
                place, partial(Holed, home=home), variant="lost", focus=focus,
            )  # fmt: skip


class Turned(Fault):
    """Rows stand the other way round on some of the answers of a list."""

    def __init__(self, setting: Setting, home: Home, *, every: int, pages: bool) -> None:
        super().__init__()
        self._label, self._rows = home.label("list"), home.resource.rows or ""
        self._every, self._pages = every, pages
        self._count = 0

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        if label != self._label or reply.status != 200:
            return reply
        value = read(reply.body)
        self._count += 1
        asked = [plain(name) in SIZE for name, _ in query_of(request)]
        if self._count % self._every or (self._pages and not any(asked)):
            return reply
        changed = at(value, self._rows, _turned)
        self.applied += changed
        return with_value(reply, value) if changed else reply


def _turned(rows: Any) -> Any:
    return rows[::-1] if isinstance(rows, list) else rows


def unordered(contract: Contract) -> Iterator[Mutant]:
    """`wrong-order`: a list stands now one way round, now the other; or pages do, and the list as a whole does not."""
    for home in homes(contract):
        label = home.label("list")
        if label is None or not home.resource.rows:
            continue
        operation = contract.operation(label)
        place = contract.locate(operation.path)
        focus = family(contract, label)
        ordered = [
            one for one in operation.parameters if one.location == "query" and _sort(one) == "order"
        ]
        for one in ordered:
            yield Mutant(
                "wrong-order", label, f"query.{one.name}", f"{one.name} does nothing",
                contract.locate(one.path), partial(Deaf, label=label, names=frozenset((one.name,))),
                variant="asked", focus=focus,
            )  # fmt: skip
        yield Mutant(
            "wrong-order", label, "every second answer", "every second answer stands the other way round",
            place, partial(Turned, home=home, every=2, pages=False), variant="second", focus=focus,
        )  # fmt: skip
        yield Mutant(
            "wrong-order", label, "every third answer", "every third answer stands the other way round",
            place, partial(Turned, home=home, every=3, pages=False), variant="third", focus=focus,
        )  # fmt: skip
        yield Mutant(
            "wrong-order", label, "within pages", "the rows of each page stand the other way round",
            place, partial(Turned, home=home, every=1, pages=True), variant="pages", focus=focus,
        )  # fmt: skip
        yield Mutant(
            "wrong-order", label, "always", "the list stands the other way round", place,
            partial(Turned, home=home, every=1, pages=False), variant="always",
            silent="" if ordered else "the document does not say how the list is ordered",
            overlay=""
            if ordered
            else action(operation.path, "{parameters: [{name: Order, in: query, schema: {enum: [‹a property›]}}]}"),
            focus=focus,
        )  # fmt: skip
