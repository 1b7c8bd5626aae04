"""Lists that go on: what leads from one answer to the next, found in the document or said in the settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ringback.openapi import Operation, Parameter, Response, Schema
from ringback.plan.choices import ChoiceFault, PagingChoice
from ringback.plan.media import chosen_media, stream_kind
from ringback.plan.model_operations import PagingPlan
from ringback.plan.types import Catalogue
from ringback.plan.unions import unwrapped

_CURSORS = (
    "next_cursor",
    "nextCursor",
    "next_page_token",
    "nextPageToken",
    "next-page-token",
    "next_token",
    "nextToken",
    "next_page_cursor",
    "end_cursor",
)
_CURSOR_PARAMETERS = (
    "cursor",
    "page_token",
    "pageToken",
    "next_cursor",
    "nextCursor",
    "next_token",
    "nextToken",
    "after",
    "start_cursor",
)
_PAGES = ("page", "page_number", "pageNumber", "pageNo", "page_no")
_OFFSETS = ("offset",)
_NEXT = (
    "next_page_uri",
    "next_page_url",
    "nextPageUri",
    "nextPageUrl",
    "next_url",
    "next_link",
    "next",
)

_AROUND = (
    "meta",
    "metadata",
    "_meta",
    "_metadata",
    "links",
    "_links",
    "paging",
    "pagination",
    "page_info",
    "pageInfo",
)
"""Properties in which answers say what there is to say of the list itself."""


def names_of(operation: Operation) -> tuple[str, ...]:
    """What the settings may call an operation: its operationId, its method and path."""
    line = f"{operation.method} {operation.template}"
    return (operation.operation_id, line) if operation.operation_id else (line,)


class _Answer:
    """The answer of a list: its schema, and its properties by wire name."""

    def __init__(self, types: Catalogue, schema: Schema) -> None:
        self._types = types
        self.schema = schema
        self.whole = unwrapped(schema)
        self.is_list = self.whole.items is not None and not self.whole.properties
        self.properties = self._properties(schema)

    def _properties(self, schema: Schema) -> dict[str, Schema]:
        if not self._types.is_struct(schema):
            return {}
        return {wire: child for wire, child, _ in self._types.fields(schema)}

    def attribute(self, wire: str) -> str:
        """What a property is called."""
        return self._types.attributes(self.whole)[wire]

    def row(self, items: Schema) -> str:
        """The type of a row."""
        return self._types.in_json(items).annotation

    def only_list(self) -> tuple[str, Schema] | None:
        """The attribute with the rows, where there is one list alone, and what a row is; "" is the answer itself."""
        if self.is_list and self.whole.items is not None:
            return "", self.whole.items
        lists = [(wire, one.items) for wire, one in self.properties.items() if "array" in one.types and one.items]  # fmt: skip
        if len(lists) != 1 or (items := lists[0][1]) is None:
            return None
        return self.attribute(lists[0][0]), items

    def at(self, text: str) -> tuple[str, Schema] | None:
        """The attributes, with dots between, that lead to a property, and its schema."""
        schema, found = self.schema, []
        for wire in [text] if text in self.properties else text.split("."):
            properties = self._properties(schema)
            if wire not in properties:
                return None
            found.append(self._types.attributes(unwrapped(schema))[wire])
            schema = properties[wire]
        return ".".join(found), unwrapped(schema)

    def rows(self, text: str | None) -> tuple[str, Schema] | None:
        """The attributes that lead to a list, and what a row is; of None, those of the only one."""
        if not text:
            return self.only_list()
        at = self.at(text)
        return (at[0], at[1].items) if at is not None and at[1].items is not None else None


def found(types: Catalogue, operation: Operation) -> PagingPlan | None:
    """How a list goes on, where its answer holds one list of rows and something that leads on."""
    answer, response = _answer(types, operation)
    if answer is None or response is None or (rows := answer.only_list()) is None:
        return None
    name, row = rows[0], answer.row(rows[1])
    properties = answer.properties if not answer.is_list else {}
    link = next(iter(_leading(answer, properties, _NEXT)), None)
    if link is not None:
        return PagingPlan(name, link, row)
    asked = {one.name: one for one in operation.parameters if one.location == "query"}
    cursor = next(iter(_leading(answer, properties, _CURSORS, any_type=True)), None)
    parameter = next((one for one in _CURSOR_PARAMETERS if one in asked), None)
    if cursor is not None and parameter is not None:
        return PagingPlan(name, cursor, row, "cursor", parameter)
    if any(one.name.lower() == "link" for one in response.headers):
        return PagingPlan(name, "", row, "header")
    return _counted(asked, name, row)


def _leading(
    answer: _Answer,
    properties: dict[str, Schema],
    names_: tuple[str, ...],
    *,
    any_type: bool = False,
) -> Iterator[str]:
    """The attributes that lead on by one of these names: of the answer itself, then of what it says of the list."""
    places = [wire for wire in names_ if wire in properties][:1]
    places += [f"{holder}.{wire}" for holder in _AROUND if holder in properties for wire in names_]
    for place in places:
        at = answer.at(place)
        if at is not None and (any_type or "string" in at[1].types):
            yield at[0]


def _answer(types: Catalogue, operation: Operation) -> tuple[_Answer | None, Response | None]:
    response = next((one for one in operation.responses if one.status == "200"), None)
    media = chosen_media(response.content) if response and response.content else None
    if operation.method != "GET" or media is None or media.schema is None or stream_kind(media):
        return None, response
    return _Answer(types, media.schema), response


def _counted(asked: dict[str, Parameter], rows: str, row: str) -> PagingPlan | None:
    """A list whose pages or rows are counted by a parameter."""
    for kind, names_ in (("page", _PAGES), ("offset", _OFFSETS)):
        for name in names_:
            schema = asked[name].schema if name in asked else None
            if schema is None or unwrapped(schema).types != ("integer",):
                continue
            return PagingPlan(rows, "", row, kind, name, _first(asked[name]))
    return None


def _first(parameter: Parameter) -> int:
    """The number of the first page: 0 where the document says so."""
    schema = parameter.schema
    numbers = (schema.default, schema.minimum) if schema is not None else ()
    return 0 if any(one == 0 and one is not False for one in numbers) else 1


def chosen(types: Catalogue, operation: Operation, choice: PagingChoice) -> PagingPlan | None:
    """How the settings say that a list goes on. Raises ChoiceFault where the document has no such thing."""
    if not choice.kind:
        return None
    what = f"paging of {names_of(operation)[0]}"

    def wrong(told: str) -> ChoiceFault:
        return ChoiceFault(f"{choice.place}: error: {what}: {told}")

    answer, _ = _answer(types, operation)
    if answer is None:
        raise wrong("only a GET with a documented 200 in JSON has pages")
    if choice.rows is None and answer.only_list() is None:
        raise wrong(f"the answer has not one list alone: name it with rows; it has {_some(answer)}")
    rows = answer.rows(choice.rows)
    if rows is None:
        raise wrong(f"rows: the answer has no list {choice.rows!r}; it has {_some(answer)}")
    next_ = ""
    if choice.kind in ("link", "cursor"):
        at = answer.at(choice.next)
        if at is None:
            raise wrong(f"next: the answer has no {choice.next!r}; it has {_some(answer)}")
        next_ = at[0]
    asked = {one.name: one for one in operation.parameters if one.location == "query"}
    if choice.kind in ("cursor", "page", "offset") and choice.parameter not in asked:
        known = ", ".join(asked) or "none"
        raise wrong(f"there is no query parameter {choice.parameter!r}; there is {known}")
    first = choice.first
    if first is None:
        first = _first(asked[choice.parameter]) if choice.kind == "page" else 1
    return PagingPlan(
        rows[0], next_, answer.row(rows[1]), choice.kind, choice.parameter, first, given=True
    )


def _some(answer: _Answer) -> str:
    return ", ".join(sorted(answer.properties)) or "no properties"


def unknown(operations: Iterable[Operation], choices: Iterable[tuple[str, PagingChoice]]) -> Iterator[str]:  # fmt: skip
    """The settings that name no operation, each as a message with its place."""
    known = {name for one in operations for name in names_of(one)}
    for name, choice in choices:
        if name not in known:
            yield f"{choice.place}: error: paging: there is no operation {name!r}"
