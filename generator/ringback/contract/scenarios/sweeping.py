"""A last look at everything, and at what was never accepted."""

from __future__ import annotations

from collections.abc import Iterator

from ringback.contract.outcome import Finding
from ringback.contract.scenarios import reaching, walking
from ringback.contract.scenarios.asking import Ask
from ringback.contract.scenarios.bench import Bench
from ringback.contract.scenarios.known import parameters
from ringback.contract.traffic import Intent
from ringback.openapi import Operation
from ringback.source import Severity

_ITEMS = 4


def run(bench: Bench) -> Iterator[Finding]:
    """Fetch and list what is known once more, what is gone too; use every other operation that reads."""
    for resource in bench.ready():
        for item in bench.known.items(resource)[-_ITEMS:]:
            bench.fetch(item, "a last look")
        for item in bench.known.items(resource, gone=True)[-_ITEMS:]:
            if resource.fetch is not None and bench.wanted(resource.fetch):
                bench.send(
                    Ask(resource.fetch, item.values), "is it still gone", intent=Intent.UNKNOWN
                )
        if bench.wanted(resource.list):
            for parent in bench.known.parents(resource)[-2:]:
                walking.walk(bench, resource, parent, "a last look", size=None)
    yield from reaching.run(bench)


def never(bench: Bench, *, least: int = 1) -> Iterator[Finding]:
    """Operations that read or create and of which no request was ever accepted, though the document allows what was sent.

    Where the document itself shows what to send, or nothing can be wrong with it, that is an error. An operation that changes
    something may need it to be in a state that it never was in. `least`: so many refusals there have to be.
    """
    creating = {id(one.create) for one in bench.ready() if one.create is not None}
    for operation in bench.contract.operations:
        label = bench.contract.label(operation)
        refused = bench.refused.get(label, 0)
        if label in bench.proven or refused < least or not bench.wanted(operation):
            continue
        reads = operation.method == "GET" and not _needs(operation)
        if not reads and id(operation) not in creating:
            continue
        if reads and not _is_read(bench, operation):
            continue
        shown = bool(list(bench.maker.examples(operation, {})))
        certain = reads or (shown and not parameters(operation.template))
        yield Finding(
            code="never-accepted",
            operation=label,
            message=f"{plural(refused)} that the document allows refused, wanted one accepted",
            where="status",
            place=bench.contract.locate(operation.path),
            evidence=bench.last_refused.get(label, ()),
            severity=Severity.ERROR if certain else Severity.WARNING,
            seed=bench.seed,
            hint=_hint(bench, certain=certain),
        )


def _hint(bench: Bench, *, certain: bool) -> str:
    """What may help: where nothing at all was accepted, paths are likely to begin otherwise over there."""
    base = bench.contract.base
    if base and not bench.proven:
        return (
            f"nothing was accepted: paths begin with {base}, as the document's servers say; where they do not on the "
            "other side, an overlay takes servers out"
        )
    return "" if certain else "values in the settings, or an example, would say what to send"


def plural(count: int) -> str:
    return "1 request" if count == 1 else f"all {count} requests"


def _needs(operation: Operation) -> bool:
    return any(one.required and one.location != "path" for one in operation.parameters)


def _is_read(bench: Bench, operation: Operation) -> bool:
    """Whether a path was known to lead to something: an item that exists, or a parent that does."""
    for resource in bench.ready():
        if operation is resource.fetch:
            return bool(bench.known.items(resource))
        if operation is resource.list:
            return bool(bench.known.parents(resource))
    return False
