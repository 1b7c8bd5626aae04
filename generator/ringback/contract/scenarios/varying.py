"""What the document allows is accepted: each optional value, and each value of an enum.

Many values travel in one request; where it is refused, its halves are sent, down to the value that is at fault.

A document seldom says all: some values only go together, some must name what exists elsewhere, some need a thing to be in a certain
state. So a refusal alone is no finding. It is a warning where the document lists the value in full (an enum, true or
false), the same request without the value is accepted (before and after, where something with a state is concerned), and the refusal does
not speak of another parameter. It is an error where a request for something to read that was accepted is refused later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from ringback.contract.outcome import Finding
from ringback.contract.scenarios import planting, resting
from ringback.contract.scenarios.asking import Ask
from ringback.contract.scenarios.bench import Bench, accepted, status
from ringback.contract.traffic import Exchange
from ringback.openapi import Operation, Schema
from ringback.source import Path, Severity
from ringback.wire import forms

_REFUSED: Final = frozenset({400, 415, 422})


@dataclass(frozen=True, slots=True)
class Cell:
    """One value for one place: `location` is query, header or body."""

    location: str
    name: str
    value: Any
    listed: bool
    path: Path


def run(bench: Bench) -> Iterator[Finding]:
    """Vary every operation that was accepted, then ask again for what was accepted."""
    for resource in bench.ready():
        planting.harvest(bench, resource)
    for operation in bench.contract.operations:
        if not bench.wanted(operation) or bench.contract.label(operation) not in bench.proven:
            continue
        if operation.method != "GET":
            planting.refresh(bench, operation)
        for row in _rows(_cells(bench, operation)):
            yield from _probe(bench, operation, row)
        yield from _again(bench, operation)


def _again(bench: Bench, operation: Operation) -> Iterator[Finding]:
    """What was read before can still be read, as long as it exists."""
    if operation.method != "GET":
        return
    for known in bench.proven.get(bench.contract.label(operation), ())[:3]:
        item_at = [values for values, item in bench.known.candidates(operation) if item is None]
        if not item_at and known.path not in bench.paths(operation):
            continue
        exchange = bench.send(known, "what was accepted before")
        if exchange is not None and status(exchange) in _REFUSED:
            yield _finding(
                bench, known, exchange, operation.path, "which was accepted before", Severity.ERROR
            )


def _cells(bench: Bench, operation: Operation) -> list[Cell]:
    found: list[Cell] = []
    for one in operation.parameters:
        if one.location in ("query", "header") and one.schema is not None:
            for value in _values(bench, one.schema, one.name):
                found.append(Cell(one.location, one.name, value, _listed(one.schema), one.path))
    for media in operation.body.content[:1] if operation.body is not None else ():
        for name, schema in forms.properties_of(media.schema):
            if not schema.read_only:
                for value in _values(bench, schema, name):
                    found.append(Cell("body", name, value, _listed(schema), schema.path))
    return found


def _values(bench: Bench, schema: Schema, name: str) -> list[Any]:
    """Every value where the document lists them, otherwise one."""
    if schema.types == ("boolean",):
        return [True, False]
    items = schema.items
    if schema.enum is not None:
        return [value for value in schema.enum if value is not None]
    if items is not None and items.enum:
        every = [value for value in items.enum if value is not None]
        return ([every] if len(every) > 1 else []) + [[one] for one in every]
    value = bench.value(schema, name)
    return [] if value is None else [value]


def _listed(schema: Schema) -> bool:
    items = schema.items
    return bool(schema.enum or schema.types == ("boolean",) or (items is not None and items.enum))


def _rows(cells: list[Cell]) -> list[list[Cell]]:
    """The values in as few requests as there are values of one name; what is not listed apart from what is."""
    rows: list[list[Cell]] = []
    for listed in (True, False):
        by_name: dict[tuple[str, str], list[Cell]] = {}
        for cell in cells:
            if cell.listed is listed:
                by_name.setdefault((cell.location, cell.name), []).append(cell)
        most = max((len(one) for one in by_name.values()), default=0)
        for index in range(most):
            rows.append([one[index] for one in by_name.values() if index < len(one)])
    return rows


def _probe(bench: Bench, operation: Operation, cells: list[Cell]) -> Iterator[Finding]:
    """Send values together; where that is refused, one half after the other."""
    ask = bench.base(operation)
    if ask is None or not cells:
        return
    tried = _with(ask, cells)
    names = ", ".join(one.name for one in cells)
    exchange = bench.send(tried, f"with {names}"[:80])
    if exchange is None or status(exchange) not in _REFUSED:
        return
    if len(cells) > 1:
        half = len(cells) // 2
        yield from _probe(bench, operation, cells[:half])
        yield from _probe(bench, operation, cells[half:])
        return
    cell = cells[0]
    stateful = _stateful(bench, operation)
    if not cell.listed or (stateful and _moves(cell)) or _speaks(operation, ask, cell, exchange):
        return
    yield from _alone(bench, ask, tried, cell, stateful=stateful)


def _with(ask: Ask, cells: list[Cell]) -> Ask:
    query = {one.name: one.value for one in cells if one.location == "query"}
    headers = {one.name: one.value for one in cells if one.location == "header"}
    body = {one.name: one.value for one in cells if one.location == "body"}
    found = replace(ask.with_query(query), headers={**ask.headers, **headers})
    return found.saying(body) if body else found


def _stateful(bench: Bench, operation: Operation) -> bool:
    """Whether what is used has a state, so that the state may be the reason."""
    if operation.method == "GET":
        return False
    for resource in bench.ready():
        concerned = operation in (resource.update, resource.delete)
        above = resource.create is operation and resource.parent is not None
        parent = bench.known.resources.get(resource.parent or "")
        if concerned and resting.states(bench, resource) is not None:
            return True
        if above and parent is not None and resting.states(bench, parent) is not None:
            return True
    return False


def _speaks(operation: Operation, ask: Ask, cell: Cell, exchange: Exchange) -> bool:
    """Whether the refusal names another parameter: then it is a rule about several."""
    text = exchange.reply.body.decode("utf-8", "replace") if exchange.reply is not None else ""
    names = {one.name for one in operation.parameters if one.location == "query"}
    for media in operation.body.content if operation.body is not None else ():
        names |= {name for name, _ in forms.properties_of(media.schema)}
    return any(name != cell.name and name in text.replace(cell.name, " ") for name in names)


def _moves(cell: Cell) -> bool:
    """Whether a value asks for another state."""
    return cell.name.lower().endswith(("status", "state", "phase"))


def _alone(bench: Bench, ask: Ask, tried: Ask, cell: Cell, *, stateful: bool) -> Iterator[Finding]:
    """A finding, if the same request without the value is accepted at this moment; before and after, where there is a state."""
    if accepted(bench.send(ask, f"the same without {cell.name}")):
        exchange = bench.send(tried, f"{cell.name} once more")
        if stateful and not accepted(bench.send(ask, f"again without {cell.name}")):
            return
        if exchange is not None and status(exchange) in _REFUSED:
            said = f"only because {cell.name} is {cell.value!r}, which the document lists"
            yield _finding(bench, tried, exchange, cell.path, said, Severity.WARNING)


def _finding(
    bench: Bench, ask: Ask, exchange: Exchange, place: Path, why: str, severity: Severity
) -> Finding:
    return Finding(
        code="refused-valid",
        operation=bench.contract.label(ask.operation),
        message=f"{status(exchange)} came for a request that the document allows, {why}",
        where="status",
        place=bench.contract.locate(place),
        evidence=(exchange.number,),
        severity=severity,
        seed=bench.seed,
    )
