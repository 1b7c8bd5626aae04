"""What requests do to the state: one function for each verb, inside one transaction.

A `Deed` is an operation with everything about it that is worked out once. `World.carry_out` runs the deed of a request.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from ringback.openapi import Operation
from ringback.wire import Contract, answers_of, forms

from . import lists, patching, tabular
from .creating import Creator, more_of, scope_of, text_of
from .deeds import Deed
from .identifiers import named
from .lifecycles import Lifecycles
from .making import NOTHING, Maker, at
from .outcomes import Free, Listed, Outcome, Removed, Shown
from .planting import Planter
from .requests import Given, Refused, Request
from .roles import Role, Verb, roles_of
from .settings import Settings
from .store import Row, Store, Transaction
from .tables import Table, inside_of, plain


class World:
    """The tables of a document, what operations do to them, and the store that holds them."""

    def __init__(self, contract: Contract, settings: Settings, store: Store) -> None:
        self.contract = contract
        self.settings = settings
        self.store = store
        self.tabular = tabular.Lists.of(contract.document)
        self.maker = Maker(contract, settings.seed)
        self.tables, roles = roles_of(contract, settings)
        self.deeds = {
            id(one): self._deed(one, roles[contract.label(one)]) for one in contract.operations
        }
        self._cycles = Lifecycles(settings, self.tables)
        self._creator = Creator(self.maker, self._cycles)
        self._planter = Planter(self.maker, settings, tuple(self.deeds.values()), self.tables)
        self._verbs: dict[Verb, Callable[[Transaction, Deed, Given, Request], Outcome]] = {
            Verb.CREATE: self._create,
            Verb.LIST: self._list,
            Verb.FETCH: self._fetch,
            Verb.MERGE: self._change,
            Verb.REPLACE: self._change,
            Verb.DELETE: self._delete,
            Verb.CLEAR: self._clear,
            Verb.NONE: self._free,
        }

    def _deed(self, operation: Operation, role: Role) -> Deed:
        schema = next(
            (
                (one.schema for one in operation.body.content if one.schema is not None)
                if operation.body is not None
                else iter(())
            ),
            None,
        )
        listing = lists.Listing()
        if role.verb is Verb.LIST and role.table is not None:
            holders = [inside_of(one, role.rows) for one in answers_of(operation)]
            bounds = [one.max_items for one in holders if one is not None]
            prefix = self.tabular.prefix if self.tabular is not None else ""
            listing = lists.listing_of(operation, role.table, next(iter(bounds), None), prefix)
        names = frozenset(
            plain(name) for name, one in forms.properties_of(schema) if not one.read_only
        )
        many = role.verb is Verb.CREATE and forms.is_type(schema, "array")
        return Deed(operation, self.contract.label(operation), role, listing, names, schema, many)

    # -- the door

    async def carry_out(self, deed: Deed, given: Given, request: Request) -> Outcome:
        """Do what a request asks for. Raises Refused."""
        if deed.role.table is None and not deed.role.parents:
            return self._free_of(deed, given)
        role, scope = deed.role, scope_of(deed, given)
        if not self._planter.is_done(role, scope):
            # In a transaction of its own: what is planted stays, whatever becomes of the request.
            planted = await self.store.run(lambda tx: self._planter.plant(tx, role, scope))
            self._planter.planted(planted)
        work = partial(self._work, deed=deed, given=given, request=request)
        return await self.store.run(work, read=deed.reads)

    def _work(self, tx: Transaction, deed: Deed, given: Given, request: Request) -> Outcome:
        self._parents(tx, deed.role, scope_of(deed, given))
        return self._verbs[deed.role.verb](tx, deed, given, request)

    # -- where a request stands

    def _parents(self, tx: Transaction, role: Role, scope: Mapping[str, str]) -> None:
        """Everything above has to be there. Raises Refused."""
        for parent, key, above in role.line(scope):
            if tx.get(parent.table.name, key, above) is None:
                wanted = f"{parent.parameter} {key} in {parent.table.name}"
                raise Refused("missing", f"there is no {wanted}")

    def _row(self, tx: Transaction, deed: Deed, given: Given) -> Row | None:
        """The row that a request names."""
        role, table, scope = deed.role, deed.role.table, scope_of(deed, given)
        assert table is not None
        if table.single:
            return next(iter(tx.rows(table.name, scope)), None)
        if role.item is None:
            own = at(given.body, table.identifier) if table.identifier else NOTHING
            return None if own is NOTHING else tx.get(table.name, text_of(own), scope)
        key = text_of(given.path[role.item])
        if role.lookup is not None:
            wanted = (role.lookup,)
            found = tx.all(table.name, scope)
            return next((row for row in found if text_of(at(row.item, wanted)) == key), None)
        return tx.get(table.name, key, scope)

    def _found(self, tx: Transaction, deed: Deed, given: Given) -> Row:
        row = self._row(tx, deed, given)
        if row is None:
            assert deed.role.table is not None
            named = given.raw.get(deed.role.item, "") if deed.role.item is not None else ""
            what = f"no {deed.role.item} {named}" if named else "nothing of what is asked for"
            raise Refused("missing", f"there is {what} in {deed.role.table.name}")
        return row

    # -- the verbs

    def _create(self, tx: Transaction, deed: Deed, given: Given, request: Request) -> Outcome:
        if deed.many and isinstance(given.body, list):
            made = [
                self._creator.make(tx, deed, {**_as_known(one)}, given)
                for one in given.body
                if isinstance(one, dict)
            ]
            page = lists.Page(made, len(made))
            return Listed(page)
        return Shown(self._creator.make(tx, deed, given.named, given), made=True)

    def _list(self, tx: Transaction, deed: Deed, given: Given, request: Request) -> Outcome:
        table = deed.role.table
        assert table is not None
        scope = scope_of(deed, given)
        exact = scope.keys() == set(table.above)
        if exact and lists.is_plain(deed.listing, given.query):
            total = tx.count(table.name, scope)
            page, size = lists.bounds_of(deed.listing, total, given.query)
            rows = tx.window(table.name, scope, page.offset, size)
            return Listed(replace(page, rows=rows))
        rows = tx.rows(table.name, scope) if exact else list(tx.all(table.name, scope))
        rows = lists.kept(deed.listing, rows, given.query)
        return Listed(lists.page_of(deed.listing, rows, given.query))

    def _fetch(self, tx: Transaction, deed: Deed, given: Given, request: Request) -> Outcome:
        return Shown(self._found(tx, deed, given))

    def _change(self, tx: Transaction, deed: Deed, given: Given, request: Request) -> Outcome:
        row = self._row(tx, deed, given)
        table = deed.role.table
        assert table is not None
        if row is None:
            if deed.role.upsert and deed.role.item is not None:
                return Shown(self._creator.make(tx, deed, given.named, given), made=True)
            row = self._found(tx, deed, given)
        if self._is_value(table, given.body):
            row.item = given.body
            tx.save(row)
            return Shown(row, changed=True)
        sent = patching.sent(self.maker, table.schema, row.item, given) or self._asked(
            table, deed, given
        )
        self._cycles.check(table, row.item, sent)
        kept = dict(row.item) if isinstance(row.item, dict) else {}
        absent: frozenset[str] = frozenset()
        if deed.role.verb is Verb.REPLACE:
            said = {plain(name) for name in sent} | {plain(one) for one in table.identifier[:1]}
            absent = frozenset(deed.sendable - said)
        nulls = [name for name, value in sent.items() if value is None]
        for name in nulls:
            if not patching.may_be_null(self.maker, table.schema, name):
                del sent[name]
                absent |= {plain(name)}
        own = at(row.item, table.identifier) if table.identifier else NOTHING
        if table.schema is not None:
            item = self.maker.compose(table.schema, sent, row.seq, base=kept, absent=absent)
        else:
            item = {**kept, **sent}
        if own is not NOTHING and isinstance(item, dict):
            item = named(self.maker, table, item, own)
        row.more = {**row.more, **more_of(item, sent)}
        row.item = item
        tx.save(row)
        return Shown(row, changed=True)

    def _is_value(self, table: Table, body: Any) -> bool:
        """Whether what is kept is a single value, and the body is one."""
        if isinstance(body, (dict, list, bytes)) or body is None or table.schema is None:
            return False
        return not forms.properties_of(table.schema) and self.maker.valid(table.schema, body)

    def _asked(self, table: Table, deed: Deed, given: Given) -> dict[str, Any]:
        """What the query of a change without a body says of an item."""
        if deed.operation.body is not None or table.schema is None:
            return {}
        own = {one for one, _ in forms.properties_of(table.schema)}
        return {name: value for name, value in given.query.items() if name in own}

    def _delete(self, tx: Transaction, deed: Deed, given: Given, request: Request) -> Outcome:
        row = self._found(tx, deed, given)
        self.remove(tx, deed, row)
        return Removed(row)

    def remove(self, tx: Transaction, deed: Deed, row: Row) -> None:
        """Take a row out, and all that lies below it."""
        table = deed.role.table
        assert table is not None
        tx.drop(table.name, row)
        below = {**row.home, table.id_kind: row.key}
        for other in self.tables:
            if other is not table and table.id_kind in other.above:
                for child in list(tx.all(other.name, below)):
                    tx.drop(other.name, child)

    def _clear(self, tx: Transaction, deed: Deed, given: Given, request: Request) -> Outcome:
        table = deed.role.table
        assert table is not None
        for row in list(tx.all(table.name, scope_of(deed, given))):
            self.remove(tx, deed, row)
        return Removed()

    # -- what belongs to no resource

    def _free(self, tx: Transaction, deed: Deed, given: Given, request: Request) -> Outcome:
        return self._free_of(deed, given)

    def _free_of(self, deed: Deed, given: Given) -> Free:
        known: dict[str, Any] = dict(given.path)
        if deed.operation.method != "GET":
            known = {**known, **_as_known(given.named)}
        number = zlib.crc32(repr((deed.label, sorted(given.raw.items()))).encode())
        return Free(known, number)


def _as_known(sent: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in sent.items() if value is not None}
