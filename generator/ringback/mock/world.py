"""What requests do to the state: one function for each verb, inside one transaction.

A `Deed` is an operation with everything about it that is worked out once. `World.carry_out` runs the deed of a request.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from ringback.openapi import Operation, Schema
from ringback.wire import Contract, answers_of, forms, is_json

from . import lists, patching
from .identifiers import Exhausted, is_fit, minted, named
from .lifecycles import Lifecycles
from .making import NOTHING, Maker, at
from .outcomes import Free, Listed, Outcome, Removed, Shown
from .planting import Planter
from .requests import Given, Refused, Request
from .roles import Role, Verb, roles_of
from .settings import Settings
from .store import Row, Store, Transaction
from .tables import Table, inside_of, plain

_READS: Final = frozenset((Verb.FETCH, Verb.LIST))


@dataclass(frozen=True, slots=True, eq=False)
class Deed:
    """One operation. `sendable` are the (plain) names of what its body can say; `listing` is that of a list."""

    operation: Operation
    label: str
    role: Role
    listing: lists.Listing
    sendable: frozenset[str] = frozenset()
    body_schema: Schema | None = None
    many: bool = False  # the body is a list of items

    @property
    def reads(self) -> bool:
        return self.role.verb in _READS


class World:
    """The tables of a document, what operations do to them, and the store that holds them."""

    def __init__(self, contract: Contract, settings: Settings, store: Store) -> None:
        self.contract = contract
        self.settings = settings
        self.store = store
        self.maker = Maker(contract, settings.seed)
        self.tables, roles = roles_of(contract, settings)
        self.deeds = {
            id(one): self._deed(one, roles[contract.label(one)]) for one in contract.operations
        }
        self._cycles = Lifecycles(settings, self.tables)
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
            listing = lists.listing_of(operation, role.table, next(iter(bounds), None))
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
        read = deed.reads and self._planter.is_done(deed.role, self._scope(deed, given))
        return await self.store.run(lambda tx: self._work(tx, deed, given, request), read=read)

    def _work(self, tx: Transaction, deed: Deed, given: Given, request: Request) -> Outcome:
        scope = self._scope(deed, given)
        self._parents(tx, deed, given, scope)
        self._planter.plant(tx, deed.role, scope)
        return self._verbs[deed.role.verb](tx, deed, given, request)

    def reset(self, tx: Transaction) -> None:
        """Begin anew."""
        tx.clear()
        self._planter.forget()

    # -- where a request stands

    def _scope(self, deed: Deed, given: Given) -> dict[str, str]:
        return {key: _text(given.path.get(name, "")) for name, key in deed.role.scope}

    def _parents(self, tx: Transaction, deed: Deed, given: Given, scope: Mapping[str, str]) -> None:
        """Everything above has to be there. Raises Refused."""
        names = dict(deed.role.scope)
        above: dict[str, str] = {}
        wanted = {one.parameter: one.table for one in deed.role.parents}
        for name, key in deed.role.scope:
            table = wanted.get(name)
            if table is not None:
                self._planter.plant_table(tx, table, above)
                if tx.get(table.name, scope[key], above) is None:
                    raise Refused("missing", f"there is no {name} {scope[key]} in {table.name}")
            above[names[name]] = scope[key]

    def _row(self, tx: Transaction, deed: Deed, given: Given) -> Row | None:
        """The row that a request names."""
        role, table, scope = deed.role, deed.role.table, self._scope(deed, given)
        assert table is not None
        if table.single:
            return next(iter(tx.rows(table.name, scope)), None)
        if role.item is None:
            own = at(given.body, table.identifier) if table.identifier else NOTHING
            return None if own is NOTHING else tx.get(table.name, _text(own), scope)
        key = _text(given.path[role.item])
        if role.lookup is not None:
            wanted = (role.lookup,)
            found = tx.all(table.name, scope)
            return next((row for row in found if _text(at(row.item, wanted)) == key), None)
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
                self.make(tx, deed, {**_as_known(one)}, given)
                for one in given.body
                if isinstance(one, dict)
            ]
            page = lists.Page(made, len(made))
            return Listed(page)
        return Shown(self.make(tx, deed, given.named, given), made=True)

    def make(self, tx: Transaction, deed: Deed, sent: Mapping[str, Any], given: Given) -> Row:
        """A new row of what was sent. Raises Refused where it is there already."""
        table = deed.role.table
        assert table is not None
        home = self._scope(deed, given)
        number = tx.bump(f"made {zlib.crc32(table.name.encode())}")
        own = self._identifier(tx, deed, sent, given, home, number)
        known = {**sent, **self._above(deed, given)}
        item = self._item(deed, table, known, number)
        item = self._cycles.begun(table, item, sent)
        if own is not NOTHING:
            item = named(self.maker, table, item, own)
        row = Row(item, _more(item, sent), home, _text(own) if own is not NOTHING else str(number))
        tx.add(table.name, row)
        return row

    def _item(self, deed: Deed, table: Table, known: Mapping[str, Any], number: int) -> Any:
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
        base = self._example(deed, table)
        return self.maker.compose(
            table.schema, {**defaults, **known}, number, base=base, absent=absent
        )

    def _example(self, deed: Deed, table: Table) -> Any:
        """What the document shows as an item, where it does and it is one."""
        for response in deed.operation.responses:
            if not response.status.startswith("2"):
                continue
            for media in response.content:
                for _, value in self.maker.examples(media) if is_json(media.name) else ():
                    inner = at(value, deed.role.wrapper)
                    fits = table.schema is not None and isinstance(inner, dict)
                    if fits and table.schema and self.maker.valid(table.schema, inner):
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
        kinds = self.contract.kinds
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
        if told is not NOTHING and is_fit(self.maker, table, told):
            named = _is_name(table)
            there = tx.get(table.name, _text(told), home) is not None
            if not there and (named or not tx.taken(table.name, _text(told), home)):
                return told  # a name can be used again; a number that was given away cannot
            if named:
                raise Refused("conflict", f"there is a {told} in {table.name} already")
        try:
            return minted(self.maker, table, number, lambda key: tx.taken(table.name, key, home))
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

    def _list(self, tx: Transaction, deed: Deed, given: Given, request: Request) -> Outcome:
        table = deed.role.table
        assert table is not None
        scope = self._scope(deed, given)
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
                return Shown(self.make(tx, deed, given.named, given), made=True)
            row = self._found(tx, deed, given)
        if self._is_value(table, given.body):
            row.item = given.body
            tx.save(row)
            return Shown(row, changed=True)
        sent = patching.sent(row.item, given) or self._asked(table, deed, given)
        self._cycles.check(table, row.item, sent)
        kept = dict(row.item) if isinstance(row.item, dict) else {}
        absent: frozenset[str] = frozenset()
        if deed.role.verb is Verb.REPLACE:
            said = {plain(name) for name in sent} | {plain(one) for one in table.identifier[:1]}
            absent = frozenset(deed.sendable - said)
        nulls = [name for name, value in sent.items() if value is None]
        for name in nulls:
            if not _may_be_null(self.maker, table, name):
                del sent[name]
                absent |= {plain(name)}
        own = at(row.item, table.identifier) if table.identifier else NOTHING
        if table.schema is not None:
            item = self.maker.compose(table.schema, sent, row.seq, base=kept, absent=absent)
        else:
            item = {**kept, **sent}
        if own is not NOTHING and isinstance(item, dict):
            item = named(self.maker, table, item, own)
        row.more = {**row.more, **_more(item, sent)}
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
        for row in list(tx.all(table.name, self._scope(deed, given))):
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


def _is_name(table: Table) -> bool:
    """Whether items are known by what somebody calls them, and not by what a server counts or draws."""
    return not any(
        one.pattern or one.format == "uuid" or "integer" in forms.types_of(one)
        for one in table.id_schemas
    )


def _text(value: Any) -> str:
    return "" if value is NOTHING else forms.text(value)


def _as_known(sent: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in sent.items() if value is not None}


def _more(item: Any, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent and is not shown."""
    shown = {plain(name) for name in item} if isinstance(item, dict) else set()
    return {
        name: value
        for name, value in sent.items()
        if plain(name) not in shown and not isinstance(value, bytes)
    }


def _may_be_null(maker: Maker, table: Table, name: str) -> bool:
    if table.schema is None:
        return True
    own = maker.own_name(table.schema, name)
    schema = dict(forms.properties_of(table.schema)).get(own or "")
    return schema is not None and maker.valid(schema, None)
