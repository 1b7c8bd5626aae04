"""Lists as CSV: rows as they arrive, as texts or typed; no page is held as a whole.

A page of CSV has no place for the address of the next one. Where pages are counted, or the Link header leads on, that is
followed; else the next page begins after the last row of this one, as `CsvRules` says. The end is a page without rows.
"""

from __future__ import annotations

import codecs
import types
import typing
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import aclosing
from decimal import Decimal
from os import PathLike
from typing import Any, Generic, TextIO, TypeVar

import msgspec
from msgspec import UNSET, Struct, UnsetType

from .core import CsvRules, RequestOptions, following, home, overlaid
from .decode import Drift, mended
from .errors import DriftError, Exchange, PagingError, UnreadableAnswer
from .links import next_link
from .paging import AsyncPager, Pager, _number, _Trail, _with
from .request import Prepared
from .shapes import is_struct, plain
from .table import Operation
from .transport import AsyncCore, SyncCore, _headers, _Run

Row = TypeVar("Row")
Body = TypeVar("Body")
Texts = dict[str, str]

_LONGEST = 1 << 20
"""The characters of a row: more are no table, and would be held in memory."""


class CsvPager(Pager[Row, Body]):
    """The rows of a list, fetched page by page as they are asked for; `csv()` reads them as CSV."""

    def csv(self) -> CsvRows[Row]:
        """The rows as CSV: an iterable of mappings from column to text. Each iteration starts anew."""
        return CsvRows(self._core, self._operation, self._first, self._options)


class AsyncCsvPager(AsyncPager[Row, Body]):
    """The rows of a list, fetched page by page as they are asked for; `csv()` reads them as CSV."""

    def csv(self) -> AsyncCsvRows[Row]:
        """The rows as CSV: an iterable of mappings from column to text. Each iteration starts anew."""
        return AsyncCsvRows(self._core, self._operation, self._first, self._options)


class CsvRows(Generic[Row]):
    """The rows of a list as they stand in CSV."""

    def __init__(
        self,
        core: SyncCore,
        operation: Operation[Any],
        first: Prepared,
        options: RequestOptions,
    ) -> None:
        self._core = core
        self._operation = operation
        self._options = options
        self._first = first

    def __iter__(self) -> Iterator[Texts]:
        walk = _Walk(self._core.settings.csv, self._operation, self._core, self._first)
        while walk.request is not None:
            run = _Run(self._core.settings, self._operation, self._options)
            answer = self._core.open(run, walk.request)
            try:
                page = _Page(self._core, run, walk.request, answer)
                for chunk in self._core.chunks(run, answer):
                    for row in page.fed(chunk):
                        yield walk.passed(row)
                for row in page.ended():
                    yield walk.passed(row)
            finally:
                answer.close()
            walk.go_on(page.headers)

    def typed(self) -> Iterator[Row]:
        """The rows as their type. What CSV does not carry (objects, lists) is UNSET."""
        read = _Typing[Row](self._core, self._operation, self._options)
        for row in self:
            yield read.row(row)

    def save(self, path: str | PathLike[str]) -> int:
        """Write the rows of all pages into one file of CSV; gives their number."""
        with open(path, "w", encoding="utf-8", newline="") as file:
            written = _Written(file)
            for row in self:
                written.write(row)
        return written.rows


class AsyncCsvRows(Generic[Row]):
    """The rows of a list as they stand in CSV."""

    def __init__(
        self,
        core: AsyncCore,
        operation: Operation[Any],
        first: Prepared,
        options: RequestOptions,
    ) -> None:
        self._core = core
        self._operation = operation
        self._options = options
        self._first = first

    def __aiter__(self) -> AsyncIterator[Texts]:
        return self._rows()

    async def _rows(self) -> AsyncGenerator[Texts, None]:
        walk = _Walk(self._core.settings.csv, self._operation, self._core, self._first)
        while walk.request is not None:
            run = _Run(self._core.settings, self._operation, self._options)
            answer = await self._core.open(run, walk.request)
            try:
                page = _Page(self._core, run, walk.request, answer)
                async for chunk in self._core.chunks(run, answer):
                    for row in page.fed(chunk):
                        yield walk.passed(row)
                for row in page.ended():
                    yield walk.passed(row)
            finally:
                await answer.aclose()
            walk.go_on(page.headers)

    async def typed(self) -> AsyncGenerator[Row, None]:
        """The rows as their type. What CSV does not carry (objects, lists) is UNSET."""
        read = _Typing[Row](self._core, self._operation, self._options)
        async with aclosing(self._rows()) as rows:
            async for row in rows:
                yield read.row(row)

    async def save(self, path: str | PathLike[str]) -> int:
        """Write the rows of all pages into one file of CSV; gives their number."""
        with open(path, "w", encoding="utf-8", newline="") as file:
            written = _Written(file)
            async with aclosing(self._rows()) as rows:
                async for row in rows:
                    written.write(row)
        return written.rows


def write_csv(rows: Iterable[Struct], file: TextIO) -> int:
    """Write typed rows as CSV, with the names of the wire as columns; gives their number.

    Objects and lists are left out, as they are in the CSV of an API. Open `file` with `newline=""`.
    """
    written = _Written(file)
    names: list[str] = []
    for row in rows:
        names = names or _plain_names(type(row))
        built = plain(row)
        written.write({name: _cell(built.get(name)) for name in names})
    return written.rows


def _plain_names(kind: type[Struct]) -> list[str]:
    """The properties of a type that a table can carry."""
    found = msgspec.structs.fields(kind)
    return [one.encode_name for one in found if not _is_nested(one.type)]


def _is_nested(kind: Any) -> bool:
    parts = [typing.get_origin(one) or one for one in _parts(kind)]
    return any(is_struct(one) or one in (list, dict) for one in parts)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Written:
    """A file of CSV that is being written: the columns are those of the first row."""

    def __init__(self, file: TextIO) -> None:
        import csv

        self._writer = csv.writer(file, lineterminator="\r\n")
        self.names: tuple[str, ...] = ()
        self.rows = 0

    def write(self, row: Texts) -> None:
        if not self.rows:
            self.names = tuple(row)
            self._writer.writerow(self.names)
        self.rows += 1
        self._writer.writerow([row.get(name, "") for name in self.names])


# -- pages


class _Walk:
    """Where a walk over pages of CSV is: the request of the page, and the last row that was seen."""

    def __init__(
        self,
        rules: CsvRules | None,
        operation: Operation[Any],
        core: SyncCore | AsyncCore,
        first: Prepared,
    ) -> None:
        assert rules is not None  # a list without them is no CsvPager
        self._rules = rules
        self._operation = operation
        self._trail = _Trail(operation, home(core.settings, operation))
        url = first.url
        if rules.before:
            path, mark, query = url.partition("?")
            url = path.removesuffix(rules.before) + rules.after + mark + query
        headers = overlaid(first.headers, {"Accept": "text/csv"})
        self._first = Prepared("GET", url, headers)
        self.request: Prepared | None = self._first
        self._last: Texts | None = None
        self._rows = 0
        self._pages = 0

    def passed(self, row: Texts) -> Texts:
        """A row that goes to the caller."""
        self._last = row
        self._rows += 1
        return row

    def go_on(self, headers: Mapping[str, str]) -> None:
        """Set the request of the next page; None after the last."""
        assert self.request is not None
        here, last, rows = self.request.url, self._last, self._rows
        self._last, self._rows = None, 0
        self._pages += 1
        self._trail.seen.add(here)
        if rows and self._trail.last == [rows, last]:
            raise PagingError(f"{self._operation.id}: the next page has the same rows")
        self._trail.last = [rows, last]
        paging = self._trail.paging
        if paging.kind == "header":
            address = self._trail.checked(here, next_link(headers.get("link", "")))
        elif last is None:
            address = None
        elif paging.kind in ("page", "offset"):
            address = self._trail.checked(here, self._stepped(here, rows))
        else:
            address = self._trail.checked(here, self._after(here, last))
        self.request = None if address is None else following(address, self._first)

    def _stepped(self, here: str, rows: int) -> str:
        """The address with the next page's number or offset."""
        paging = self._trail.paging
        value = _number(here, paging) + (1 if paging.kind == "page" else rows)
        return _with(here, paging.parameter, str(value))

    def _after(self, here: str, last: Texts) -> str:
        """The address of the page that begins after a row."""
        rules = self._rules
        row = {_folded(column): text for column, text in last.items()}
        value = next(filter(None, (row.get(_folded(one)) for one in rules.columns)), "")
        if not value:
            wanted = " or ".join(rules.columns)
            raise PagingError(f"{self._operation.id}: a row has no {wanted} to go on from")
        address = _with(here, rules.parameter, rules.prefix + value)
        if rules.number:
            address = _with(address, rules.number, str(self._pages))
        return address


class _Page:
    """One answer: its pieces become rows. Raises StatusError or UnreadableAnswer for one that is no table."""

    def __init__(
        self, core: SyncCore | AsyncCore, run: _Run, prepared: Prepared, answer: Any
    ) -> None:
        self._core = core
        self._run = run
        self._prepared = prepared
        self._status: int = answer.status_code
        self.headers = _headers(answer)
        self._good = 200 <= self._status < 300
        self._is_csv = "csv" in self.headers.get("content-type", "")
        self._kept = bytearray()
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._records = _Records()
        self._columns: list[str] | None = None

    def fed(self, chunk: bytes) -> Iterator[Texts]:
        """The rows that end in a piece of the content."""
        if not (self._good and self._is_csv):
            self._kept += chunk[: max(_LONGEST - len(self._kept), 0)]
            return
        yield from self._read(lambda: self._records.fed(self._decoder.decode(chunk)))

    def ended(self) -> Iterator[Texts]:
        """The row that the content ends with. What is no table is told now, with all that was read."""
        if not self._good:
            raise self._core.judge.failure(self._run.operation, self._exchange())
        if not self._is_csv:
            found = self.headers.get("content-type") or "nothing"
            raise self._unreadable(f"expected text/csv, got {found}")
        yield from self._read(lambda: self._records.ended(self._decoder.decode(b"", True)))

    def _read(self, records: Callable[[], list[str]]) -> Iterator[Texts]:
        import csv

        try:
            for row in csv.reader(records(), strict=True):
                if not row:
                    continue
                if self._columns is None:
                    self._columns = row
                elif len(row) != len(self._columns):
                    told = f"a row of {len(row)} values below {len(self._columns)} columns"
                    raise ValueError(told)
                else:
                    yield dict(zip(self._columns, row, strict=True))
        except (csv.Error, ValueError) as error:
            raise self._unreadable(f"not CSV: {error}") from None

    def _exchange(self) -> Exchange:
        return self._core.judge.exchange(
            self._run.operation,
            self._prepared,
            self._status,
            self.headers,
            bytes(self._kept),
            self._run.elapsed(),
        )

    def _unreadable(self, told: str) -> UnreadableAnswer:
        exchange = self._exchange()
        self._core.judge.keep_raw(exchange)
        return UnreadableAnswer(f"{exchange.operation}: {told}", exchange)


class _Records:
    """Text in pieces to whole records: a line ends one, unless it stands between quotes."""

    def __init__(self) -> None:
        self._line = ""
        self._open = ""  # lines of a record whose quotes are not closed

    def fed(self, text: str) -> list[str]:
        *lines, self._line = (self._line + text).split("\n")
        found = []
        for line in lines:
            record = self._open + line + "\n"
            self._open = record if record.count('"') % 2 else ""
            if not self._open:
                found.append(record)
        if len(self._line) + len(self._open) > _LONGEST:
            raise ValueError(f"a row of more than {_LONGEST} characters")
        return found

    def ended(self, text: str) -> list[str]:
        found = self.fed(text)
        rest = self._open + self._line
        return [*found, rest] if rest else found


# -- types


class _Typing(Generic[Row]):
    """Rows of texts to rows of their type, by the schema of the list's items."""

    def __init__(
        self, core: SyncCore | AsyncCore, operation: Operation[Any], options: RequestOptions
    ) -> None:
        self._core = core
        self._operation = operation
        strict = options.strict
        self._strict = core.settings.strict if strict is None else strict
        self._kind = _row_type(operation)
        fields = msgspec.structs.fields(self._kind) if is_struct(self._kind) else ()
        self._fields = {_folded(one.encode_name): one for one in fields}
        self._names = [one.name for one in fields]

    def row(self, texts: Texts) -> Row:
        """A row. What does not fit is kept as it came, and recorded. Raises DriftError in strict mode."""
        if not self._names:
            return texts  # type: ignore[return-value]
        drifts: list[Drift] = []
        given: dict[str, Any] = dict.fromkeys(self._names, UNSET)
        for column, text in texts.items():
            field = self._fields.get(_folded(column))
            if field is not None:
                cell = _plain(text, field.type)
                given[field.name] = (
                    UNSET if cell is UNSET else mended(cell, field.type, f"/{column}", drifts)
                )
        value: Row = self._kind(**given)
        self._core.judge._note(self._operation, drifts)
        if drifts and self._strict:
            raise DriftError(self._operation.id, value, drifts)
        return value


def _row_type(operation: Operation[Any]) -> Any:
    """The type of a list's items."""
    answer, paging = operation.success(), operation.paging
    kind: Any = answer.type if answer is not None else None
    for name in paging.rows.split(".") if paging is not None and paging.rows else ():
        found = {one.name: one.type for one in msgspec.structs.fields(kind)}
        kind = next((one for one in _parts(found[name]) if one not in _NOTHING), None)
    listed = typing.get_args(kind)
    return listed[0] if listed else None


_NOTHING = (type(None), UnsetType)


def _folded(name: str) -> str:
    """A column's name as the property's: DateCreated is date_created."""
    return "".join(char for char in name if char.isalnum()).casefold()


def _parts(kind: Any) -> list[Any]:
    """The members of a union, or the type itself, with names and annotations taken off."""
    while True:
        if isinstance(kind, typing.NewType):
            kind = kind.__supertype__
        elif typing.get_origin(kind) is typing.Annotated:
            kind = kind.__origin__
        else:
            break
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        return [part for one in typing.get_args(kind) for part in _parts(one)]
    return [kind]


def _plain(text: str, kind: Any) -> Any:
    """A cell as JSON would have it: a number, true, null where its type says so, else text."""
    parts = _parts(kind)
    if not text:
        return None if type(None) in parts else "" if str in parts else UNSET
    if bool in parts and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if str not in parts and {int, float, Decimal} & set(parts):
        for number in (int, float):
            try:
                return number(text)
            except ValueError:
                continue
    return text
