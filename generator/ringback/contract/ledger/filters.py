"""A list keeps to what it was asked for: its filters, its order, the size of its page.

Judged row by row where the filter means a property: the same name (`CallSid` and `call_sid`), or that name with a mark for
before and after. Text without a pattern, a format or an enum may be searched for rather than compared, so a row passes if it
contains the text. Where a date is compared with a time, a day more is let through: documents differ on which side midnight is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from ringback.contract.judges.reading import Reading, parameter
from ringback.contract.judges.words import is_day, moment, plain, same, shown, text_of
from ringback.contract.ledger.entities import Role
from ringback.contract.ledger.paging import Asked, kind_of
from ringback.contract.outcome import Finding
from ringback.openapi import Parameter, Schema

_MARK: Final = re.compile(
    r"(?P<name>.+?)(?:(?P<sign>[<>])=?|\[(?P<word>gte?|lte?)\]|[_.]{1,2}(?P<tail>gte?|lte?|before|after)"
    r"|(?P<camel>Before|After))\Z"
)
_DAY: Final = timedelta(days=1)
_LESS: Final = frozenset(("<", "lt", "lte", "before"))
_NUMBERS: Final = frozenset(("integer", "number", "boolean"))


def filter_findings(role: Role, reading: Reading, rows: list[Any]) -> Iterator[Finding]:
    """The filters that the rows do not keep to, each once."""
    if not rows or not reading.exchange.request.query:
        return
    for name, told in reading.told["query"].items():
        if told in ("", None) or kind_of(role, name) != "filter":
            continue
        found = parameter(role.operation, "query", name)
        if found is None or found.schema is None:
            continue
        target = _target(role, name)
        if target is None or not _is_asked(reading, found.schema, told):
            continue
        yield from _judge(role, reading, rows, found, told, *target)


def _is_asked(reading: Reading, schema: Schema, told: Any) -> bool:
    """Whether a filter's value is one that the document allows: what is not may be ignored."""
    return reading.contract.is_valid(schema, told, reply=False)


def _target(role: Role, name: str) -> tuple[str, str] | None:
    """The property that a filter is about, and its mark ("" for equality)."""
    own = {plain(one): one for one in role.entity.properties}
    marked = _MARK.match(name)
    if plain(name) in own and (marked is None or marked["sign"] is None):
        return own[plain(name)], ""
    if marked is None or plain(marked["name"]) not in own:
        return None
    mark = marked["sign"] or marked["word"] or marked["tail"] or marked["camel"].lower()
    return own[plain(marked["name"])], "<" if mark in _LESS else ">"


def _judge(
    role: Role,
    reading: Reading,
    rows: list[Any],
    found: Parameter,
    told: Any,
    name: str,
    mark: str,
) -> Iterator[Finding]:
    failed = [
        row[name]
        for row in rows
        if isinstance(row, dict)
        and name in row
        and not _passes(found.schema, told, row[name], mark)
    ]
    if not failed:
        return
    dated = moment(told) is not None
    signs = {"<": "before ", ">": "not before "} if dated else {"<": "at most ", ">": "at least "}
    sign = signs.get(mark, "")
    wanted = " or ".join(shown(one) for one in told) if isinstance(told, list) else shown(told)
    message = (
        f"{name} is {shown(failed[0])} in a list filtered by {found.name}, wanted {sign}{wanted}"
    )
    if len(failed) > 1:
        message += f" ({len(failed)} of {len(rows)} rows)"
    where = f"body/{role.rows}/*/{name}" if role.rows else f"body/*/{name}"
    yield reading.finding("filter-ignored", message, found.path, where=where)


def _passes(schema: Schema | None, told: Any, value: Any, mark: str) -> bool:
    if isinstance(value, dict):
        return True
    if isinstance(told, list):
        return not told or any(_passes(schema, one, value, mark) for one in told)
    if isinstance(value, list):
        return any(_passes(schema, told, one, mark) for one in value)
    if mark:
        return _in_range(told, value, mark)
    if same(told, value):
        return True
    when, wanted = moment(value), moment(told)
    if when is not None and wanted is not None:
        # The day of the value as it is written counts as well: senders have zones of their own.
        return when.date() == wanted.date() or abs(when - wanted) < timedelta(seconds=1)
    return _may_be_searched(schema) and (
        text_of(told).casefold() in text_of(value).casefold() or "*" in text_of(told)
    )


def _may_be_searched(schema: Schema | None) -> bool:
    if schema is None or schema.enum is not None or schema.pattern or schema.format:
        return False
    return not _NUMBERS & set(schema.types) and not schema.any_of and not schema.one_of


def _in_range(told: Any, value: Any, mark: str) -> bool:
    limit, found = moment(told), moment(value)
    if limit is not None:
        if value is None:
            return False
        if found is None:
            return True
        slack = _DAY if is_day(told) else timedelta(seconds=1)
        return found <= limit + slack if mark == "<" else found >= limit - timedelta(seconds=1)
    try:
        wanted, number = float(text_of(told)), float(text_of(value))
    except ValueError:
        return True
    return number <= wanted if mark == "<" else number >= wanted


def size_findings(role: Role, reading: Reading, asked: Asked, rows: list[Any]) -> Iterator[Finding]:
    """A page holds no more rows than it was asked to."""
    one = asked.size_parameter
    if asked.size is None or one is None or len(rows) <= asked.size or asked.size < 1:
        return
    if one.schema is not None and not reading.contract.is_valid(
        one.schema, asked.size, reply=False
    ):
        return
    message = f"the page holds {len(rows)} rows, wanted at most {asked.size} as {one.name} asks"
    where = f"body/{role.rows}" if role.rows else "body"
    yield reading.finding("page-size-ignored", message, one.path, where=where)


def order_findings(
    role: Role, reading: Reading, asked: Asked, rows: list[Any]
) -> Iterator[Finding]:
    """Rows stand in the order that was asked for, where it names a property that holds numbers or dates."""
    if not asked.order or len(rows) < 2:
        return
    name, falling = _order(role, asked)
    if name is None:
        return
    values = [row.get(name) for row in rows if isinstance(row, dict)]
    keys = [_comparable(value) for value in values]
    for index in range(1, len(keys)):
        before, after = keys[index - 1], keys[index]
        if before is None or after is None or type(before) is not type(after):
            continue
        if (before < after) if falling else (before > after):
            way = "falling" if falling else "rising"
            message = (
                f"{name} is {shown(values[index])} after {shown(values[index - 1])}, "
                f"wanted it {way} as {asked.order[0][0]} asks"
            )
            found = parameter(role.operation, "query", asked.order[0][0])
            path = found.path if found is not None else role.operation.path
            where = f"body/{role.rows}" if role.rows else "body"
            yield reading.finding("order-wrong", message, path, where=where)
            return


def _order(role: Role, asked: Asked) -> tuple[str | None, bool]:
    """The property that a list is to be ordered by, and whether it falls."""
    own = {plain(one): one for one in role.entity.properties}
    name: str | None = None
    falling = False
    for _, value in asked.order:
        if "," in value:
            return None, False
        bare = re.sub(r"[\s:+.]+(asc|desc)(ending)?\Z|^[-+]", "", value, flags=re.IGNORECASE)
        if value.startswith("-") or re.search(r"(^|[\s:+.])desc(ending)?\Z", value, re.IGNORECASE):
            falling = True
        if plain(bare) in own:
            name = own[plain(bare)]
    return name, falling


def _comparable(value: Any) -> Any:
    if isinstance(value, bool):
        return None
    return value if isinstance(value, (int, float)) else moment(value)
