"""In words: why something is called what it is called, and how a list was found to have pages."""

from __future__ import annotations

from ringback.plan.ledger import Naming
from ringback.plan.model_operations import OperationPlan


def why(naming: Naming | None, origin: str) -> str:
    """Why something has its name; `origin` is what it is called after."""
    if naming is None:
        return f"after {origin}"
    if naming.name == naming.wanted:
        return f"after {origin}" + (", and the lock of names keeps it" if naming.kept else "")
    if naming.kept:
        return f"the lock of names keeps it; {origin} alone would make it {naming.wanted}"
    if naming.rival:
        return f"after {origin}, but {naming.wanted} is what {naming.rival!r} is called"
    return f"after {origin}, but {naming.wanted} is needed for something else"


def paging(plan: OperationPlan) -> tuple[str, ...]:
    """What was found to lead from page to page, and by what."""
    found = plan.paging
    if plan.method != "GET" or plan.binary or plan.stream:
        return ()
    if found is None and plan.paging_said:
        return (f"no paging: {plan.paging_said} says so",)
    if found is None:
        return ("no paging: nothing was found that leads from one answer to the next",)
    rows = f"its attribute {found.rows} is the only list" if found.rows else "it is a list itself"
    ways = {
        "link": f"its attribute {found.next} is the address of the next page",
        "header": "its header Link has the address of the next page (rel=next)",
        "cursor": f"its attribute {found.next} goes into the parameter {found.parameter}",
        "page": f"the parameter {found.parameter} counts pages from {found.first}",
        "offset": f"the parameter {found.parameter} counts rows",
    }
    way = ways.get(found.kind, f"by {found.kind}")
    if found.given:
        rows = f"its attribute {found.rows} is the list" if found.rows else "it is a list itself"
    said = f" ({plan.paging_said} says so)" if found.given else ""
    return (f"paging: of the answer, {rows} (rows: {found.row}), and {way}{said}",)
