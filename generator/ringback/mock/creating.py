"""New rows: what was sent, where it belongs, what it is called, and what the server says of it besides."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

from ringback.wire import forms, is_json

from .deeds import Deed
from .identifiers import Exhausted, is_fit, is_name, minted, named, readdressed
from .lifecycles import Lifecycles
from .making import NOTHING, Maker, at
from .requests import Given, Refused
from .store import Row, Transaction
from .tables import Table, plain


class Creator:
    """Makes rows for one world."""

    def __init__(self, maker: Maker, cycles: Lifecycles) -> None:
        self._maker = maker
        self._cycles = cycles

    def make(self, tx: Transaction, deed: Deed, sent: Mapping[str, Any], given: Given) -> Row:
        """A new row of what was sent. Raises Refused where it is there already."""
        table = deed.role.table
        assert table is not None
        home = scope_of(deed, given)
        number = tx.bump(f"made {zlib.crc32(table.name.encode())}")
        own = self._identifier(tx, deed, sent, given, home, number)
        above = self._above(deed, given)
        base = readdressed(self._maker, table, self._example(deed, table), own, above)
        item = self._item(deed, table, {**sent, **above}, number, base)
        item = self._cycles.begun(table, item, sent)
        if own is not NOTHING:
            item = named(self._maker, table, item, own)
        row = Row(
            item, more_of(item, sent), home, text_of(own) if own is not NOTHING else str(number)
        )
        tx.add(table.name, row)
        return row

    def _item(
        self, deed: Deed, table: Table, known: Mapping[str, Any], number: int, base: Any
    ) -> Any:
        """The item as it will be shown: what was sent, and from the document what the server says of it."""
        if table.schema is None:
            return dict(known)
        said = {plain(name) for name in known}
        absent = frozenset(deed.sendable - said)
        defaults = {
            name: one.default
            for name, one in forms.properties_of(deed.body_schema)
            if plain(name) in absent and isinstance(one.default, (str, int, float, bool))
        }
        return self._maker.compose(
            table.schema, {**defaults, **known}, number, base=base, absent=absent
        )

    def _example(self, deed: Deed, table: Table) -> Any:
        """What the document shows as an item, where it does and it is one."""
        for response in deed.operation.responses:
            if not response.status.startswith("2"):
                continue
            for media in response.content:
                for _, value in self._maker.examples(media) if is_json(media.name) else ():
                    inner = at(value, deed.role.wrapper)
                    fits = table.schema is not None and isinstance(inner, dict)
                    if fits and table.schema and self._maker.valid(table.schema, inner):
                        return inner
        return NOTHING

    def _above(self, deed: Deed, given: Given) -> dict[str, Any]:
        """The values of the path under the names that items have for them."""
        table = deed.role.table
        assert table is not None
        found: dict[str, Any] = {}
        for name, key in deed.role.scope:
            found[name] = given.path.get(name)
            for pointer, kind in self._kinds(deed).items():
                if kind == key and pointer.count("/") == 1 and (pointer[1:],) != table.identifier:
                    found.setdefault(pointer[1:], given.path.get(name))
        return found

    def _kinds(self, deed: Deed) -> dict[str, str]:
        kinds = self._maker.contract.kinds
        for response in deed.operation.responses:
            if response.status.startswith("2"):
                found = kinds.properties_of(deed.label, response.status)
                return {pointer: kind.name for pointer, kind in found.items()}
        return {}

    def _identifier(
        self,
        tx: Transaction,
        deed: Deed,
        sent: Mapping[str, Any],
        given: Given,
        home: Mapping[str, str],
        number: int,
    ) -> Any:
        """What a new item is called: as the path or the body says, or made up."""
        table, role = deed.role.table, deed.role
        assert table is not None
        if role.item is not None:
            return given.path[role.item]
        if table.single:
            return NOTHING
        told = self._told(table, sent)
        if told is not NOTHING and is_fit(self._maker, table, told):
            named = is_name(table)
            there = tx.get(table.name, text_of(told), home) is not None
            if not there and (named or not tx.taken(table.name, text_of(told), home)):
                return told  # a name can be used again; a number that was given away cannot
            if named:
                raise Refused("conflict", f"there is a {told} in {table.name} already")
        try:
            return minted(self._maker, table, number, lambda key: tx.taken(table.name, key, home))
        except Exhausted as error:
            raise Refused("conflict", str(error)) from None

    def _told(self, table: Table, sent: Mapping[str, Any]) -> Any:
        """The identifier that a client gives what it makes; where items do not hold it, under the name that the path has for it."""
        if not table.identifier:
            own = plain(table.resources[0].parameter or "")
            given = {plain(name): value for name, value in sent.items()}
            found = [given.get(name) for name in (own, f"{own}name", "name", "id") if name]
            return next((one for one in found if isinstance(one, (str, int))), NOTHING)
        exact = at(dict(sent), table.identifier)
        if exact is not NOTHING and exact is not None and not isinstance(exact, (dict, list)):
            return exact
        if len(table.identifier) == 1:
            wanted = plain(table.identifier[0])
            for name, value in sent.items():
                if plain(name) == wanted and isinstance(value, (str, int)):
                    return value
        return NOTHING


def scope_of(deed: Deed, given: Given) -> dict[str, str]:
    """Where a request stands: the values of its path, by the kinds of identifier that they are."""
    return {key: text_of(given.path.get(name, "")) for name, key in deed.role.scope}


def text_of(value: Any) -> str:
    """A value as paths and keys have it."""
    return "" if value is NOTHING else forms.text(value)


def more_of(item: Any, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent and is not shown."""
    shown = {plain(name) for name in item} if isinstance(item, dict) else set()
    return {
        name: value
        for name, value in sent.items()
        if plain(name) not in shown and not isinstance(value, bytes)
    }
