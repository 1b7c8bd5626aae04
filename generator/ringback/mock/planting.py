"""What is there before anybody makes anything: rows from settings, from the document's examples, or drawn.

Rows are planted when a place is first looked at: what no client can make there, and what anybody can see at once. What is made
below something that a client has made begins empty, unless nobody can ever fill it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ringback.wire import forms, is_json, parameter_examples

from .identifiers import Exhausted, is_fit, is_name, minted, named, readdressed
from .making import NOTHING, Maker, at
from .roles import Role, Verb
from .settings import Settings, Unusable
from .store import Row, Transaction, place
from .tables import Table, plain

if TYPE_CHECKING:
    from .deeds import Deed


Place = tuple[str, str]
"""A table by its name, and where in it: a home as one text."""


class Planter:
    """Plants each place once."""

    def __init__(
        self,
        maker: Maker,
        settings: Settings,
        deeds: tuple[Deed, ...],
        tables: tuple[Table, ...],
    ) -> None:
        self._maker = maker
        self._settings = settings
        self._done: set[Place] = set()  # committed
        self._deeds: dict[int, list[Deed]] = {}
        self._makes: dict[int, list[frozenset[str]]] = {}
        for deed in deeds:
            if deed.role.table is None:
                continue
            self._deeds.setdefault(id(deed.role.table), []).append(deed)
            if deed.role.verb is Verb.CREATE:
                places = self._makes.setdefault(id(deed.role.table), [])
                places.append(frozenset(key for _, key in deed.role.scope))
        unknown = settings.data.keys() - {one.name for one in tables}
        if unknown:
            known = ", ".join(one.name for one in tables)
            raise Unusable(
                f"mock.data: there is no resource {sorted(unknown)[0]!r}; there are {known}"
            )

    def is_done(self, role: Role, scope: Mapping[str, str]) -> bool:
        """Whether there is nothing to plant for a request."""
        return all(
            (table.name, place(home)) in self._done for table, home, _ in _looked_at(role, scope)
        )

    def plant(self, tx: Transaction, role: Role, scope: Mapping[str, str]) -> list[Place]:
        """Plant what a request may look at, but nothing below what is not there. Gives the places that are planted now."""
        found: list[Place] = []
        for table, home, parent in _looked_at(role, scope):
            there = (table.name, place(home))
            if there not in self._done:
                self._plant(tx, table, home, there)
            found.append(there)
            if parent is not None and tx.get(table.name, parent, home) is None:
                break
        return found

    def planted(self, places: Iterable[Place]) -> None:
        """These are planted and committed; before that, a failure would undo it."""
        self._done.update(places)

    def _plant(self, tx: Transaction, table: Table, home: Mapping[str, str], there: Place) -> None:
        fact = f"planted {zlib.crc32(repr(there).encode()):08x} {len(there[1])}"
        if not tx.fact(fact):
            tx.remember(fact, 1)
            for row in self._rows(tx, table, home):
                tx.add(table.name, row)

    def _rows(self, tx: Transaction, table: Table, scope: Mapping[str, str]) -> Iterator[Row]:
        home = dict(scope)
        given = self._settings.data.get(table.name)
        if given is not None:
            for one in given:
                yield from self._row(tx, table, home, one, trusted=True)
            return
        if table.single:
            yield Row(self._single(table, home), {}, home, "")
            return
        if not self._is_planted(table, home):
            return
        count = 0
        for value in self._shown(table):
            if count >= self._settings.initial:
                return
            for row in self._row(tx, table, home, value):
                count += 1
                yield row
        while count < self._settings.initial:
            count += 1
            yield from self._row(tx, table, home, {})

    def _is_planted(self, table: Table, home: Mapping[str, str]) -> bool:
        """Whether a place has rows that nobody made: at the root, and where no client could make any, or find what it made."""
        if table.hidden:
            return True
        places = self._makes.get(id(table), [])
        if not home:
            return not any(places)
        return not any(keys >= home.keys() for keys in places)

    def _row(
        self,
        tx: Transaction,
        table: Table,
        home: dict[str, str],
        value: Mapping[str, Any],
        *,
        trusted: bool = False,
    ) -> Iterator[Row]:
        number = tx.bump(f"made {zlib.crc32(table.name.encode())}")
        own = at(dict(value), table.identifier) if table.identifier else NOTHING
        used = own is not NOTHING and own is not None and is_fit(self._maker, table, own)
        # Two places may have something of one name; what a server draws or counts is one thing only.
        where = home if is_name(table) or trusted else {}
        if not used or tx.taken(table.name, forms.text(own), where):
            sample = (
                self._sample(table)
                if not tx.taken(table.name, self._sample_text(table), where)
                else NOTHING
            )
            try:
                own = (
                    sample
                    if sample is not NOTHING
                    else minted(
                        self._maker, table, number, lambda key: tx.taken(table.name, key, where)
                    )
                )
            except Exhausted:
                return
        item: Any = dict(value)
        if table.schema is not None and not (trusted and self._maker.valid(table.schema, item)):
            above = self._above(table, home)
            if trusted:
                known = {**above, **value}
            else:  # an example lies where it is planted, wherever it came from
                known = {**readdressed(self._maker, table, item, own, above), **above}
            item = self._maker.compose(table.schema, known, number)
        item = named(self._maker, table, item, own)
        yield Row(item, {}, home, forms.text(own))

    def _sample(self, table: Table) -> Any:
        """The identifier that the document uses as its example: so that its own example requests work."""
        for deed in self._deeds.get(id(table), ()):
            if deed.role.item is None or deed.role.lookup is not None:
                continue
            for one in deed.operation.parameters:
                if one.location != "path" or one.name != deed.role.item:
                    continue
                shown = parameter_examples(self._maker.contract.document, one)
                inner = one.schema.examples if one.schema is not None else ()
                for value in (*shown, *inner):
                    if is_fit(self._maker, table, value):
                        return value
        return NOTHING

    def _sample_text(self, table: Table) -> str:
        sample = self._sample(table)
        return "" if sample is NOTHING else forms.text(sample)

    def _single(self, table: Table, home: Mapping[str, str]) -> Any:
        assert table.schema is not None
        above = self._above(table, home)
        shown = next(iter(self._shown(table)), {})
        known = {**readdressed(self._maker, table, shown, NOTHING, above), **above}
        return self._maker.compose(table.schema, known, 0)

    def _shown(self, table: Table) -> Iterator[dict[str, Any]]:
        """Items as the document's examples of answers show them, rows of lists first."""
        for wanted in (Verb.LIST, Verb.FETCH):
            for deed in self._deeds.get(id(table), ()):
                if deed.role.verb is wanted:
                    yield from self._examples(deed, table)

    def _examples(self, deed: Deed, table: Table) -> Iterator[dict[str, Any]]:
        for response in deed.operation.responses:
            if not response.status.startswith("2"):
                continue
            for media in response.content:
                for _, value in self._maker.examples(media) if is_json(media.name) else ():
                    keys = deed.role.rows if deed.role.verb is Verb.LIST else deed.role.wrapper
                    found = at(value, keys)
                    for one in found if isinstance(found, list) else [found]:
                        if isinstance(one, dict) and self._fits(table, one):
                            yield one

    def _fits(self, table: Table, value: Any) -> bool:
        return table.schema is None or self._maker.valid(table.schema, value)

    def _above(self, table: Table, home: Mapping[str, str]) -> dict[str, Any]:
        """What the place says of an item: the names of its parents, where items have them."""
        found: dict[str, Any] = {}
        for deed in self._deeds.get(id(table), ()):
            for name, key in deed.role.scope:
                if key in home:
                    found.setdefault(name, home[key])
        own = {plain(one) for one in table.identifier[-1:]}
        return {name: value for name, value in found.items() if plain(name) not in own}


def _looked_at(
    role: Role, scope: Mapping[str, str]
) -> Iterator[tuple[Table, Mapping[str, str], str | None]]:
    """The tables that a request looks into, outermost first, and where; with the key of what has to be there."""
    for parent, key, above in role.line(scope):
        yield parent.table, above, key
    if role.table is not None:
        yield role.table, scope, None
