"""A run as one HTML page that stands alone: no network, and no script for the essentials.

Everything that a document or an answer says enters the page as escaped text. The policy in its head names the one
style sheet and the one script by their hashes: nothing else could run, even if an answer found a way in.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ringback.contract.outcome import Run
from ringback.contract.report.proof import Proof
from ringback.contract.report.shares import shares
from ringback.contract.report.words import duration, moment, place_of, plural, verdict, weighed

from .matrix import groups, matrix, steps
from .view import FULL, FindingView, deliveries, findings, samples

_HERE: Final = Path(__file__).parent


def text(run: Run) -> str:
    """The page of a run."""
    proof = Proof(run)
    found = findings(run, proof)
    shown = samples(run, found)
    style, script = _part("page.css"), _part("page.js")
    taken, left_out = steps(run.coverage)
    numbers = _numbers(run, found, [one.number for one in shown])
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            run=run,
            verdict=verdict(run),
            policy=_policy(style, script),
            style=Markup(style),
            script=Markup(script),
            facts=_facts(run),
            shares=[share for share in shares(run.coverage) if share.of],
            findings=found,
            weighed=weighed(run.findings),
            full=FULL,
            operations=_distinct(one.operation for one in found),
            codes=_distinct(one.code for one in found),
            severities=_distinct(one.severity for one in found),
            accepted=[(one, place_of(one.place)) for one in run.accepted],
            matrix=matrix(run, numbers),
            groups=groups(run.coverage),
            steps=taken,
            steps_left_out=left_out,
            deliveries=deliveries(run),
            samples=shown,
        )
    )


def _numbers(
    run: Run, found: tuple[FindingView, ...], sampled: list[int]
) -> dict[tuple[str, int], int]:
    """Which exchange on the page shows a status of an operation: those of the findings first."""
    on_page = {*sampled, *(one.decisive.number for one in found if one.decisive is not None)}
    held: dict[tuple[str, int], int] = {}
    for exchange in run.exchanges:
        if exchange.number in on_page and exchange.operation and exchange.reply is not None:
            held.setdefault((exchange.operation, exchange.reply.status), exchange.number)
    return held


def _facts(run: Run) -> list[tuple[str, str]]:
    budget = run.budget
    spent = [plural(budget.requests or len(run.exchanges), "request")]
    if budget.max_requests is not None:
        spent[0] += f" of at most {budget.max_requests:,}"
    if budget.writes:
        spent.append(plural(budget.writes, "write"))
    if budget.cost:
        spent.append(f"cost {budget.cost:g}")
    if budget.blocked:
        spent.append(f"{budget.blocked:,} not sent")
    if run.elapsed >= 0.001 and (budget.requests or run.exchanges):
        spent.append(f"{(budget.requests or len(run.exchanges)) / run.elapsed:,.0f} per second")
    facts = [
        ("Target", run.target),
        ("Document", run.document),
        ("Overlays", ", ".join(run.overlays)),
        ("Seeds" if len(run.seeds) > 1 else "Seed", ", ".join(map(str, run.seeds))),
        ("When", f"{moment(run.started)}, {duration(run.elapsed)}"),
        ("Traffic", ", ".join(spent)),
    ]
    return [(name, value) for name, value in facts if value]


def _distinct(values: Any) -> list[str]:
    return sorted(set(values))


def _part(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    def named(part: str) -> str:
        digest = hashlib.sha256(part.encode("utf-8")).digest()
        return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"

    return (
        f"default-src 'none'; style-src {named(style)}; script-src {named(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_visible,
    )


def _visible(value: Any) -> Any:
    """Text with its control characters shown as escapes: a page cannot hold them, and a reader should see them."""
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
        return value
    return "".join(
        one if one.isprintable() or one in "\n\t" else one.encode("unicode_escape").decode()
        for one in value
    )
