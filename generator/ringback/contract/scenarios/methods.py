"""Methods that the document does not have for a path are refused, and change nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ringback.contract.outcome import Finding
from ringback.contract.scenarios.asking import Ask
from ringback.contract.scenarios.bench import Bench, status
from ringback.contract.traffic import Intent, Phase, Request
from ringback.openapi import Operation

_METHODS = ("PUT", "PATCH", "POST", "DELETE", "GET")


def run(bench: Bench) -> Iterator[Finding]:
    """Try each method that a path does not have. HEAD and OPTIONS are everybody's."""
    seen: set[str] = set()
    for operation in bench.contract.operations:
        if operation.template in seen or not bench.wanted(operation):
            continue
        seen.add(operation.template)
        path = bench.path(operation)
        if path is None:
            continue
        yield from _each(bench, operation, Ask(operation, path).request(bench.contract))


def _each(bench: Bench, operation: Operation, request: Request) -> Iterator[Finding]:
    documented = bench.contract.methods_of(request.target)
    for method in _METHODS:
        if method in documented:
            continue
        bench.check()
        exchange = bench.anything(
            Request(method, request.path, request.headers),
            f"{method}, which the document does not have here",
            intent=Intent.INVALID,
            phase=Phase.SCENARIO,
        )
        if exchange is not None and status(exchange) // 100 == 2:
            yield Finding(
                code="wrong-method-accepted",
                operation=bench.contract.label(operation),
                message=f"{status(exchange)} came for {method}, wanted a refusal (405 or 404): "
                "the document does not have it here",
                where="status",
                place=bench.contract.locate(operation.path[:-1]),
                evidence=(exchange.number,),
                seed=bench.seed,
            )
