"""A run as GitHub's workflow commands: annotations at the lines of the document. They work where they are printed
by a step, so the path of this report is best `-`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ringback.contract.outcome import Finding, Run
from ringback.source import Severity

from .proof import Proof
from .words import printable, verdict


def text(run: Run) -> str:
    """One command per line: findings, complaints, and the verdict as a notice."""
    return "".join(f"{line}\n" for line in _lines(run))


def _lines(run: Run) -> Iterator[str]:
    proof = Proof(run)
    for finding in run.findings:
        level = "error" if finding.severity is Severity.ERROR else "warning"
        yield _annotation(level, finding, proof)
    for complaint in run.complaints:
        yield f"::warning title=ringback test::{_escape(complaint)}"
    said = verdict(run)
    yield f"::notice title=ringback test::{_escape(f'{said.word}: {said.sentence}')}"


def _annotation(level: str, finding: Finding, proof: Proof) -> str:
    properties = {"title": f"{finding.code}: {finding.operation}"}
    if (place := finding.place) is not None:
        at = {"file": place.file, "line": str(place.line), "col": str(place.column)}
        properties = {**at, **properties}
    listed = ",".join(f"{name}={_escape(value, ':,')}" for name, value in properties.items())
    seed = f"seed {finding.seed}" if finding.seed is not None else ""
    told = [finding.message, proof.curl(finding), seed, finding.hint]
    return f"::{level} {listed}::{_escape(chr(10).join(line for line in told if line))}"


def _escape(text: str, more: str = "") -> str:
    """GitHub's escapes: percent and line ends everywhere, colon and comma in properties; nothing else unprintable."""
    text = "\n".join(printable(line) for line in re.split("\r\n|\r|\n", text))
    for sign in ("%", "\n", *more):
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
