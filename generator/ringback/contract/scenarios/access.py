"""Who may not come in does not: no credentials, wrong ones, another account's path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ringback.contract.credentials import Way, credentials, needs_credentials, others, wrong
from ringback.contract.outcome import Finding
from ringback.contract.scenarios import planting
from ringback.contract.scenarios.asking import Ask
from ringback.contract.scenarios.bench import Bench, accepted, status
from ringback.contract.traffic import Exchange, Intent
from ringback.openapi import Operation

_MORE: Final = 3


def run(bench: Bench) -> Iterator[Finding]:
    """Ask for every operation that needs credentials with none, and with such that are wrong."""
    told = credentials(bench.contract, bench.options.auth, bench.options.schemes)
    for index, operation in enumerate(bench.contract.operations):
        if not bench.wanted(operation) or not needs_credentials(operation):
            continue
        # Of what can be read, something that is there: else that it is not may be all that an answer says.
        path = bench.ground(operation) if operation.method == "GET" else None
        ask = bench.anywhere(operation) if path is None else bench.base(operation, path)
        if ask is None:
            continue
        # Without credentials and with a wrong password everywhere, the other ways in turn.
        always, in_turn = wrong(bench.contract, told, operation)
        one = index % max(1, len(in_turn))
        for way in (*always, *in_turn[one : one + 1]):
            yield from _refused(bench, operation, ask, way)
            for another in _others(bench, operation, ask):
                yield from _refused(bench, operation, ask.at(another), way)
        if path is not None:
            for other in others(bench.contract, told, operation):
                yield from _let_in(bench, operation, ask, other)
        yield from _stranger(bench, operation, ask)


def _others(bench: Bench, operation: Operation, ask: Ask) -> list[dict[str, str]]:
    """More things to delete: some cannot be as they are, and that would be all that an answer says."""
    if operation.method != "DELETE":
        return []
    planting.refresh(bench, operation)
    return [one for one in bench.paths(operation) if one != ask.path][:_MORE]


def _refused(bench: Bench, operation: Operation, ask: Ask, way: Way) -> Iterator[Finding]:
    exchange = bench.raw(ask, f"with {way.what}", way.proof)
    if not accepted(exchange) or exchange is None:
        return
    shown = way.proof.headers or way.proof.query
    code = "wrong-credentials-accepted" if shown else "unauthenticated-accepted"
    yield _finding(bench, operation, code, f"{status(exchange)} came with {way.what}", exchange)


def _let_in(bench: Bench, operation: Operation, ask: Ask, way: Way) -> Iterator[Finding]:
    """Credentials of another alternative are enough, where the first are."""
    if not accepted(bench.send(ask, "with the first of its credentials")):
        return
    exchange = bench.raw(ask, f"with {way.what} instead", way.proof)
    if exchange is None or status(exchange) not in (401, 403):
        return
    yield Finding(
        code="refused-valid",
        operation=bench.contract.label(operation),
        message=f"{status(exchange)} came with credentials for {way.what} alone, wanted them accepted",
        where="status",
        place=bench.contract.locate(operation.path),
        evidence=(exchange.number,),
        seed=bench.seed,
    )


def _stranger(bench: Bench, operation: Operation, ask: Ask) -> Iterator[Finding]:
    """The path of another account, with the credentials of this one."""
    for parameter in operation.parameters:
        if parameter.location != "path" or "x-ringback-credential" not in parameter.extensions:
            continue
        label = bench.contract.label(operation)
        kind = bench.contract.kinds.of_parameter(label, "path", parameter.name)
        if kind is None or not kind.shaped:
            continue
        other = bench.contract.kinds.draw(kind, bench.rng("stranger", label))
        exchange = bench.send(
            replace(ask, path={**ask.path, parameter.name: other}),
            "the path of another account",
            intent=Intent.UNKNOWN,
        )
        if exchange is not None and accepted(exchange):
            said = f"{status(exchange)} came for {parameter.name} {other}, which these credentials do not belong to"
            yield _finding(bench, operation, "wrong-credentials-accepted", said, exchange)


def _finding(
    bench: Bench, operation: Operation, code: str, said: str, exchange: Exchange
) -> Finding:
    return Finding(
        code=code,
        operation=bench.contract.label(operation),
        message=f"{said}, wanted a refusal (401 or 403)",
        where="status",
        place=bench.contract.locate(operation.path),
        evidence=(exchange.number,),
        seed=bench.seed,
    )
