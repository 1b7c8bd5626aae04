"""Identifiers that lead nowhere: of another kind, cut short, or made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ringback.contract.outcome import Finding
from ringback.contract.scenarios.asking import Ask
from ringback.contract.scenarios.bench import Bench, accepted, status
from ringback.contract.traffic import Exchange, Intent
from ringback.openapi import Operation, Parameter

_WRONG = 3


def run(bench: Bench) -> Iterator[Finding]:
    """In every path, put wrong identifiers in the place of right ones, one at a time."""
    for operation in bench.contract.operations:
        if not bench.wanted(operation):
            continue
        path = bench.ground(operation)
        ask = bench.base(operation, path) if path is not None else None
        if ask is None:
            continue
        for parameter in operation.parameters:
            if parameter.location == "path" and parameter.name not in bench.known.given:
                yield from _each(bench, operation, ask, parameter)


def _each(bench: Bench, operation: Operation, ask: Ask, parameter: Parameter) -> Iterator[Finding]:
    label = bench.contract.label(operation)
    kind = bench.contract.kinds.of_parameter(label, "path", parameter.name)
    if kind is None or not kind.shaped:
        return
    rng = bench.rng("strangers", label, parameter.name)
    schema = parameter.schema
    for value, why in list(bench.contract.kinds.wrongs(kind, rng))[:_WRONG]:
        forbidden = schema is not None and not bench.contract.is_valid(schema, value, reply=False)
        bench.send(
            replace(ask, path={**ask.path, parameter.name: value}),
            f"{parameter.name}: {why}",
            intent=Intent.INVALID if forbidden else Intent.UNKNOWN,
        )
    # Where a path also takes names, a made-up identifier may be the name of something new.
    if schema is None or (schema.pattern is None and schema.format != "uuid"):
        return
    exchange = bench.send(
        replace(ask, path={**ask.path, parameter.name: bench.contract.kinds.draw(kind, rng)}),
        f"{parameter.name}: of something that does not exist",
        intent=Intent.UNKNOWN,
    )
    if exchange is not None and accepted(exchange):
        yield _finding(bench, operation, parameter, exchange)


def _finding(
    bench: Bench, operation: Operation, parameter: Parameter, exchange: Exchange
) -> Finding:
    return Finding(
        code="unknown-accepted",
        operation=bench.contract.label(operation),
        message=f"{status(exchange)} came for a made-up {parameter.name}, wanted a refusal (404)",
        where="status",
        place=bench.contract.locate(parameter.path),
        evidence=(exchange.number,),
        seed=bench.seed,
    )
