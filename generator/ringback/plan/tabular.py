"""Lists that can be read as CSV: which of them, by what `x-ringback-csv` says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from ringback.openapi import Document
from ringback.plan.model_operations import GroupPlan, OperationPlan
from ringback.source import Diagnostic, Severity

_KEY: Final = "x-ringback-csv"
_BY_THEMSELVES: Final = frozenset({"page", "offset", "header"})
"""Lists whose next page is found without the content of this one."""


@dataclass(frozen=True, slots=True)
class CsvPlan:
    """How a list is asked for as CSV; `parameter` is "" where the page after one cannot be told from its rows."""

    before: str
    after: str
    parameter: str
    prefix: str
    columns: tuple[str, ...]
    number: str


def tables(
    document: Document, groups: Iterable[GroupPlan]
) -> tuple[CsvPlan | None, tuple[GroupPlan, ...], tuple[Diagnostic, ...]]:
    """The rules, the groups with their lists marked, and what cannot be read as CSV."""
    made, given = tuple(groups), document.extensions.get(_KEY)
    if not isinstance(given, dict):
        return None, made, ()
    rules = _rules(given)
    made = tuple(
        replace(
            group,
            operations=tuple(replace(one, csv=_is_read(one, rules)) for one in group.operations),
        )
        for group in made
    )
    lists = [one for group in made for one in group.operations if _is_list(one, rules)]
    left = [one.id for one in lists if not one.csv]
    warnings = [_unread(document, left)] if left else []
    return (rules if any(one.csv for one in lists) else None), made, tuple(warnings)


def _rules(given: Mapping[str, Any]) -> CsvPlan:
    suffix, following = given.get("suffix", {}), given.get("next", {})
    return CsvPlan(
        before=suffix.get("from", ""),
        after=suffix.get("to", ""),
        parameter=following.get("parameter", ""),
        prefix=following.get("prefix", ""),
        columns=tuple(following.get("columns", ())),
        number=following.get("number", ""),
    )


def _is_list(operation: OperationPlan, rules: CsvPlan) -> bool:
    plain = operation.paging is not None and not operation.alternatives and not operation.stream
    return plain and operation.method == "GET" and operation.template.endswith(rules.before)


def _is_read(operation: OperationPlan, rules: CsvPlan) -> bool:
    if operation.paging is None or not _is_list(operation, rules):
        return False
    return operation.paging.kind in _BY_THEMSELVES or bool(rules.parameter)


def _unread(document: Document, operations: list[str]) -> Diagnostic:
    place = document.tree.locate((_KEY,))
    told = (
        f"{', '.join(operations)}: not read as CSV, because nothing says where the next page begins"
    )
    hint = "say next, with the parameter and the columns"
    return Diagnostic(place, "csv-without-next", told, Severity.WARNING, hint)
