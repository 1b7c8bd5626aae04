"""Lists keep their filters: what matches comes, what does not match does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from ringback.contract.outcome import Finding
from ringback.contract.scenarios.asking import Ask
from ringback.contract.scenarios.bench import Bench
from ringback.contract.scenarios.known import Item, Thing, snake
from ringback.contract.scenarios.walking import paging
from ringback.openapi import Operation, Parameter

_EACH = 3


def run(bench: Bench) -> Iterator[Finding]:
    """Ask every list for each of its filters, with values that some items have and values that none has."""
    for resource in bench.ready():
        operation = resource.list
        if operation is None or not bench.wanted(operation):
            continue
        for parent in _parents(bench, resource):
            bench.listing(resource, parent, f"list {resource.name}")
            for parameter in operation.parameters:
                if parameter.location == "query" and not paging(parameter):
                    for value in _values(bench, resource, operation, parameter):
                        ask = Ask(operation, parent, {parameter.name: value})
                        bench.send(ask, f"filter {resource.name} by {parameter.name}")
    yield from ()


def _parents(bench: Bench, resource: Thing) -> list[dict[str, str]]:
    """Where there is something to filter, the newest first; else wherever it could be."""
    found: list[dict[str, str]] = []
    for item in reversed(bench.known.items(resource)):
        above = {name: item.values[name] for name in resource.above}
        if above not in found:
            found.append(above)
    return (found or bench.known.parents(resource)[::-1])[:2]


def _values(bench: Bench, resource: Thing, operation: Operation, parameter: Parameter) -> list[Any]:
    """What items have, what the document lists, and what it allows."""
    found: list[Any] = []
    for item in bench.known.items(resource)[-12:]:
        value = _of(item, parameter)
        if value is not None and value not in found:
            found.append(value)
    found = found[-_EACH:]
    schema = parameter.schema
    if schema is None:
        return found
    for value in schema.enum or ((True, False) if schema.types == ("boolean",) else ()):
        if value not in found:
            found.append(value)
    moved = [near for value in found[:1] for near in _near(value, parameter)]
    found = [value for value in (*found, *moved) if _allowed(bench, parameter, value)]
    if not found:
        draft = bench.value(schema, parameter.name, operation.template)
        found = [draft] if _allowed(bench, parameter, draft) else []
    return found


def _of(item: Item, parameter: Parameter) -> Any:
    """What an item has where the parameter filters: the property of the same name."""
    name = snake(re.sub(r"[<>=!]+$", "", parameter.name))
    value = next((value for wire, value in item.body.items() if snake(wire) == name), None)
    if not isinstance(value, str | int | float | bool):
        return None
    wanted = parameter.schema.format if parameter.schema is not None else None
    if isinstance(value, str) and wanted != "date-time-rfc-2822" and _moment(value) is not None:
        return _moment(value)
    return value


def _moment(value: str) -> str | None:
    """The day of a date in any of the usual forms."""
    if re.match(r"\d{4}-\d\d-\d\d", value):
        return value[:10]
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except ValueError:
        return None


def _near(value: Any, parameter: Parameter) -> Iterator[Any]:
    """The days around a day, so that a comparison has two sides."""
    from datetime import date

    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return
    for days in (-1, 1):
        yield (day + timedelta(days=days)).isoformat()


def _allowed(bench: Bench, parameter: Parameter, value: Any) -> bool:
    return parameter.schema is None or bench.contract.is_valid(parameter.schema, value, reply=False)
