"""The sentences and small texts that every report shares: verdict, counts, places, fingerprints."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ringback.contract.outcome import Finding, Run
from ringback.source import Location, Severity

_PACKAGE: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run comes to. `word` is one of "kept", "broken", "nothing tested", "stopped"."""

    word: str
    sentence: str


def verdict(run: Run) -> Verdict:
    """The verdict of a run, and the sentence that ends every report.

    A run that ended early without a finding is "stopped", not "kept": what was not tested is not known to hold.
    """
    tested = {one.label for one in run.coverage.operations if one.requests}
    tested |= {exchange.operation for exchange in run.exchanges if exchange.operation}
    done = f"{plural(len(run.exchanges) or run.budget.requests, 'request')} to {plural(len(tested), 'operation')}"
    accepted = f", {len(run.accepted)} accepted by the baseline" if run.accepted else ""
    ended = f"; ended early: {run.stopped}" if run.stopped else ""
    if run.findings:
        return Verdict("broken", f"{weighed(run.findings)} in {done}{accepted}{ended}")
    if not tested and not run.deliveries:
        why = run.stopped or "; ".join(run.complaints[:1]) or "no operation was reached"
        return Verdict("nothing tested", why)
    if run.stopped:
        return Verdict("stopped", f"0 findings so far in {done}{accepted}{ended}")
    return Verdict("kept", f"0 findings in {done}{accepted}")


def weighed(findings: tuple[Finding, ...]) -> str:
    """How many findings, and of which weight: "3 findings (2 errors, 1 warning)"."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    kinds = [
        plural(number, noun)
        for number, noun in ((errors, "error"), (len(findings) - errors, "warning"))
        if number
    ]
    listed = f" ({', '.join(kinds)})" if kinds else ""
    return f"{plural(len(findings), 'finding')}{listed}"


def plural(number: int, noun: str) -> str:
    """A count with its noun: "1 request", "1,204 requests"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def printable(text: str) -> str:
    """Text from outside made harmless for a terminal: control characters are shown as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def moment(seconds: float) -> str:
    """A time of the wire as UTC text: "2026-11-20 14:58:41 UTC"; empty where there is none."""
    if not seconds:
        return ""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def duration(seconds: float) -> str:
    """How long something took, in the unit in which it is read: "3.2 s", "48 ms"."""
    if seconds >= 60:
        return f"{int(seconds // 60)} min {int(seconds % 60)} s"
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def place_of(location: Location | None) -> str:
    """file:line of the document, or "" where a finding has none."""
    return f"{location.file}:{location.line}" if location is not None else ""


def fingerprint(finding: Finding) -> str:
    """What is the same for the same finding in every run, as 16 hexadecimal digits."""
    return hashlib.sha256("\0".join(finding.key).encode()).hexdigest()[:16]


def page_of(code: str) -> str:
    """The text of a code's page (docs/findings/CODE.md), "" where there is none.

    In a checkout the pages stand under docs/; an installed package carries them.
    """
    folder = findings_dir()
    try:
        return (folder / f"{code}.md").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def findings_dir() -> Path:
    """Where the pages of the codes stand."""
    if _PACKAGE.parent.name == "generator":
        return _PACKAGE.parents[1] / "docs" / "findings"
    return _PACKAGE / "findings"


def known_codes() -> frozenset[str]:
    """Every code that has a page; empty where the pages were not installed."""
    folder = findings_dir()
    return frozenset(page.stem for page in folder.glob("*.md")) if folder.is_dir() else frozenset()
