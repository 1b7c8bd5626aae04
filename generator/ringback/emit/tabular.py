"""How lists are asked for as CSV, as a value of the client's module."""

from __future__ import annotations

from ringback.emit.layout import fit
from ringback.plan import CsvPlan, py


def csv_rules(one: CsvPlan) -> str:
    """`_CSV = CsvRules(before=".json", after=".csv")`; what is empty is left out."""
    names = ("before", "after", "parameter", "prefix", "columns", "number")
    given = [f"{name}={py(getattr(one, name))}" for name in names if getattr(one, name)]
    return fit("_CSV = CsvRules(", given, ")")
