"""From what came of a request to the answer: from state, then from the document's examples, then from its schemas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from ringback.openapi import MediaType, Operation, Response
from ringback.wire import answer_examples, bare, forms, is_json

from . import envelopes, refusals, tabular
from .deeds import Deed
from .making import NOTHING, put
from .outcomes import Free, Listed, Outcome, Removed, Shown
from .preferences import Preference
from .replies import Accept, Chosen, Reply, Statuses, encoded, headers_of, media_of, to_json
from .requests import Given, Refused, Request
from .roles import Verb
from .store import Row
from .tables import inside_of
from .world import World

_MADE: Final = (201, 200, 202, 204)
_CHANGED: Final = (200, 202, 204, 201)
_REMOVED: Final = (204, 200, 202)
_NO_BODY: Final = (204, 205, 304)


class Answerer:
    """Answers for one world."""

    def __init__(self, world: World, statuses: Mapping[int, Statuses]) -> None:
        self._world = world
        self._maker = world.maker
        self._statuses = statuses
        self._drawn = 0

    # -- which answer

    def acceptable(self, deed: Deed, accept: Accept) -> None:
        """Raises Refused where the client takes none of the media types of any success."""
        if not accept.ranges:
            return
        good = [one for one in deed.operation.responses if one.status[:1] in ("2", "d")]
        if any(not one.content or media_of(one, accept) for one in good) or not good:
            return
        if any(self._in_csv(deed, one, accept) for one in good):
            return
        names = {media.name for one in good for media in one.content}
        raise Refused("accept", f"the answer is {' or '.join(sorted(names))}")

    def _in_csv(self, deed: Deed, response: Response, accept: Accept) -> bool:
        """Whether a list is asked for as CSV, in which all lists of the document are."""
        if self._world.tabular is None or deed.role.verb is not Verb.LIST:
            return False
        return media_of(response, accept) is None and accept.weight(tabular.MEDIA_TYPE) > 0

    def _chosen(self, operation: Operation, wanted: tuple[int, ...], accept: Accept) -> Chosen:
        status, response = self._statuses[id(operation)].best(wanted, 2)
        return self._with_media(status, response, accept)

    def _with_media(self, status: int, response: Response | None, accept: Accept) -> Chosen:
        if response is None or not response.content or status in _NO_BODY:
            return Chosen(status, response, None)
        found = media_of(response, accept) or media_of(response, Accept())
        assert found is not None
        return Chosen(status, response, *found)

    # -- what it says

    def of(
        self, deed: Deed, given: Given, outcome: Outcome, request: Request, accept: Accept
    ) -> Reply:
        """The answer to a request that was carried out."""
        known: dict[str, str] = {}
        if isinstance(outcome, Shown):
            chosen = self._chosen(deed.operation, _wanted(deed, outcome), accept)
            if outcome.made:
                known |= self._address(deed, given, outcome.row, request)
            value = self._item(deed, chosen, outcome.row)
        elif isinstance(outcome, Listed):
            wanted = _MADE if deed.role.verb is Verb.CREATE else (200,)
            chosen = self._chosen(deed.operation, wanted, accept)
            if chosen.response is not None and self._in_csv(deed, chosen.response, accept):
                chosen = replace(chosen, media_type=tabular.MEDIA_TYPE)
            value = self._list(deed, chosen, outcome, request)
            if chosen.response is not None and chosen.response.headers:
                known |= _paging(deed, outcome, request)
        elif isinstance(outcome, Removed):
            chosen = self._chosen(deed.operation, _REMOVED, accept)
            value = self._removed(deed, chosen, outcome, given)
        else:
            wanted = (200,) if deed.operation.method == "GET" else (200, 201, 202, 204)
            chosen = self._first(deed, wanted, accept)
            value = self._free(deed, chosen, outcome)
        return self._reply(deed, chosen, value, known)

    def _address(self, deed: Deed, given: Given, row: Row, request: Request) -> dict[str, str]:
        """Where a new item is found: where it was put, or by the path of an item."""
        if deed.role.item is not None:
            return {"location": request.path}
        assert deed.role.table is not None
        path = deed.role.table.path(deed.operation.template, given.raw, row.key)
        base = self._world.contract.base_of(deed.operation)
        if path is None:
            return {}
        return {"location": (base if request.path.startswith(base + "/") else "") + path}

    def _first(self, deed: Deed, wanted: tuple[int, ...], accept: Accept) -> Chosen:
        """What belongs to no resource is answered with the first success that the document has."""
        for one in deed.operation.responses:
            if one.status.startswith("2") and one.status.isdecimal():
                return self._with_media(int(one.status), one, accept)
        return self._chosen(deed.operation, wanted, accept)

    def _reply(self, deed: Deed, chosen: Chosen, value: Any, known: Mapping[str, str]) -> Reply:
        headers = headers_of(self._maker, chosen.response, known, deed.label)
        if "location" in known and all(name != "location" for name, _ in headers):
            headers.append(("location", known["location"]))
        if chosen.media is None or value is NOTHING:
            if chosen.response is None and value is not NOTHING and value is not None:
                body = to_json(value)
                return Reply(chosen.status, (("content-type", "application/json"), *headers), body)
            return Reply(chosen.status, tuple(headers))
        body = encoded(self._maker, chosen.media, chosen.media_type, value)
        return Reply(chosen.status, (("content-type", chosen.media_type), *headers), body)

    def _item(self, deed: Deed, chosen: Chosen, row: Row) -> Any:
        """An item in the form that this answer has it in."""
        media = chosen.media
        if media is None or media.schema is None:
            return row.item
        if chosen.media_type == tabular.MEDIA_TYPE:
            return self._sheet(deed, media, [row])
        if not is_json(chosen.media_type) and not chosen.media_type.endswith("xml"):
            return self._shown(media, row.seq)
        table = deed.role.table
        assert table is not None
        schema = media.schema
        if bare(schema) is table.schema:
            return row.item
        if (
            not isinstance(row.item, dict)
            and (same := self._maker.fit(schema, row.item)) is not NOTHING
        ):
            return same
        wrapper = deed.role.wrapper
        if wrapper and bare(inside_of(schema, wrapper)) is table.schema:
            return self._maker.compose(schema, {next(iter(wrapper)): row.item}, row.seq)
        known = {**row.home, **row.more, **(row.item if isinstance(row.item, dict) else {})}
        if "array" in forms.types_of(schema):
            return self._maker.fit(schema, [row.item])
        return self._maker.compose(schema, known, row.seq)

    def _sheet(self, deed: Deed, media: MediaType, rows: list[Row]) -> bytes:
        """Items as CSV."""
        table = deed.role.table
        assert table is not None
        items = [row.item for row in rows]
        shown = next((value for _, value in self._maker.examples(media)), None)
        return tabular.csv_of(tabular.columns_of(table.schema, items, shown), items)

    def _list(self, deed: Deed, chosen: Chosen, outcome: Listed, request: Request) -> Any:
        media = chosen.media
        if media is not None and chosen.media_type == tabular.MEDIA_TYPE:
            return self._sheet(deed, media, outcome.page.rows)
        if media is None or media.schema is None:
            return [row.item for row in outcome.page.rows]
        if not is_json(chosen.media_type) and not chosen.media_type.endswith("xml"):
            return self._shown(media, 0)
        schema = media.schema
        keys: tuple[str, ...] = deed.role.rows if deed.role.verb is not Verb.CREATE else ()
        holder = inside_of(schema, keys)
        if self._are_items(deed, holder):
            rows = [row.item for row in outcome.page.rows]
        else:
            rows = [self._row(deed, forms.items_of(holder), row) for row in outcome.page.rows]
        if not keys:
            if "array" in forms.types_of(schema) and (rows or self._maker.valid(schema, rows)):
                return rows
            return self._maker.base(schema, 0)  # a list that may not be empty, and is
        known, absent = envelopes.told(schema, deed.listing, outcome.page, request)
        if len(keys) == 1 and self._are_items(deed, holder):
            # Each row is right already, and so is the answer around others: what is left to say of both together is nothing.
            made = self._maker.compose(schema, known, 0, absent=absent)
            return put(made, keys, rows) if isinstance(made, dict) else made
        first, *below_it = keys
        if below_it:
            inner = inside_of(schema, keys[:1])
            below, gone = envelopes.told(inner, deed.listing, outcome.page, request)
            base = self._maker.compose(inner, below, 0, absent=gone) if inner else {}
            known[first] = put(base, tuple(below_it), rows)
        else:
            known[first] = rows
        return self._maker.compose(schema, known, 0, absent=absent)

    def _are_items(self, deed: Deed, holder: Any) -> bool:
        """Whether a list holds items as they are kept, and asks nothing of them together."""
        table, items = deed.role.table, forms.items_of(holder)
        asks = holder is None or holder.min_items or holder.unique_items or holder.contains
        return not asks and table is not None and items is not None and bare(items) is table.schema

    def _row(self, deed: Deed, items: Any, row: Row) -> Any:
        table = deed.role.table
        assert table is not None
        if items is None or bare(items) is table.schema:
            return row.item
        fitted = self._maker.fit(items, row.item)
        if fitted is not NOTHING:
            return fitted
        known = row.item if isinstance(row.item, dict) else {}
        return self._maker.compose(items, {**row.home, **row.more, **known}, row.seq)

    def _removed(self, deed: Deed, chosen: Chosen, outcome: Removed, given: Given) -> Any:
        if outcome.row is not None and deed.role.table is not None and chosen.media is not None:
            return self._item(deed, chosen, outcome.row)
        return self._free(deed, chosen, Free(dict(given.path)))

    def _free(self, deed: Deed, chosen: Chosen, outcome: Free) -> Any:
        """What the document shows, with what is known in it."""
        media = chosen.media
        if media is None:
            return NOTHING
        shown = [value for _, value in self._maker.examples(media)]
        schema = media.schema
        if not is_json(chosen.media_type) or schema is None:
            return self._shown(media, outcome.number)
        base = shown[0] if shown else NOTHING
        if not forms.properties_of(schema):
            return base if base is not NOTHING else self._maker.base(schema, outcome.number)
        return self._maker.compose(schema, outcome.known, outcome.number, base=base)

    def _shown(self, media: Any, number: int) -> Any:
        """What belongs into a media type by itself: an example, or what is drawn."""
        shown = [value for _, value in self._maker.examples(media)]
        if shown:
            return shown[0]
        schema = media.item_schema or media.schema
        if schema is None:
            return {} if is_json(media.name) else "mock"
        value = self._maker.base(schema, number)
        if media.item_schema is not None:
            return [value, self._maker.base(schema, number + 1)]
        return "" if value is NOTHING else value

    # -- what somebody prefers

    def preferred(self, deed: Deed, given: Given, wanted: Preference, accept: Accept) -> Reply:
        """The documented answer that a request asks for by name; the state is left alone. Raises Refused."""
        statuses = self._statuses[id(deed.operation)]
        if wanted.code is not None:
            response = statuses.of_code(wanted.code) if 200 <= wanted.code <= 599 else None
            if response is None:
                known = ", ".join(statuses.by_name)
                raise Refused("unknown", f"{wanted.code} is not documented; there are {known}")
            chosen = self._with_media(wanted.code, response, accept)
        else:
            chosen = self._first(deed, (200, 201, 202, 204), accept)
        value = self._wanted_value(deed, chosen, wanted, given)
        if value is NOTHING and chosen.status >= 400 and chosen.media is not None:
            message = f"{deed.label} answered with {chosen.status}, as was asked for"
            return refusals.of_status(
                self._maker, chosen.status, chosen.response, message, (), accept
            )
        return self._reply(deed, chosen, value, {})

    def _wanted_value(self, deed: Deed, chosen: Chosen, wanted: Preference, given: Given) -> Any:
        media = chosen.media
        if media is None:
            return NOTHING
        if wanted.example is not None:
            # By its name it is what the document says it is, whether its schema allows that or not.
            named = dict(answer_examples(self._maker.contract.document, media))
            if wanted.example not in named:
                known = ", ".join(filter(None, named)) or "none"
                raise Refused("unknown", f"there is no example {wanted.example}; there are {known}")
            return named[wanted.example]
        if wanted.dynamic and media.schema is not None:
            self._drawn += 1
            salt = wanted.seed if wanted.seed is not None else self._drawn
            return self._maker.drawn(media.schema, f"dynamic {deed.label} {salt}")
        shown = self._maker.examples(media)
        if shown:
            return shown[0][1]
        return NOTHING if chosen.status >= 400 else self._free(deed, chosen, Free(dict(given.path)))


def _wanted(deed: Deed, outcome: Shown) -> tuple[int, ...]:
    if outcome.made:
        return _MADE
    return _CHANGED if outcome.changed else (200,)


def _paging(deed: Deed, outcome: Listed, request: Request) -> dict[str, str]:
    """Headers that lists often have."""
    page = outcome.page
    links = {
        "next": envelopes.address(deed.listing, page, request, page.after),
        "prev": envelopes.address(deed.listing, page, request, page.previous),
    }
    known = {"link": envelopes.link_header(links)} if any(links.values()) else {}
    for name in ("x-total-count", "x-total", "x-pagination-total-count"):
        known[name] = str(page.total)
    return known
