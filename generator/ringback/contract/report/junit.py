"""A run as JUnit XML: one suite per operation, one case per check that was made on it.

An error is a failure; a warning is said in the case's output and passes; what the baseline accepts is skipped, and so
is an operation that was never reached. Complaints about the run itself are errors of a suite of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from ringback.contract.outcome import Finding, OperationCoverage, Run
from ringback.source import Severity

from .proof import Proof
from .words import place_of

# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ANSWERED: Final = "answers"  # the case of an operation whose checks nobody counted


def text(run: Run) -> str:
    """The run as a JUnit document."""
    root = Element("testsuites", name=_clean(f"ringback {run.title} {run.version}"))
    for suite in _suites(run):
        root.append(suite)
    for what in ("tests", "failures", "errors", "skipped"):
        root.set(what, str(sum(int(suite.get(what, "0")) for suite in root)))
    root.set("time", f"{run.elapsed:.3f}")
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suites(run: Run) -> Iterator[Element]:
    proof = Proof(run)
    covered = {one.label: one for one in run.coverage.operations}
    for label in dict.fromkeys((*covered, *(one.operation for one in run.findings + run.accepted))):
        yield _suite(run, proof, label, covered.get(label))
    if run.complaints or run.stopped:
        yield _own_suite(run)


def _suite(run: Run, proof: Proof, label: str, coverage: OperationCoverage | None) -> Element:
    findings = [one for one in run.findings if one.operation == label]
    accepted = [one for one in run.accepted if one.operation == label]
    cases = [
        _case(label, code, findings, accepted, proof)
        for code in _codes(coverage, findings, accepted)
    ]
    if not cases:
        cases = [_skipped(label, "reached", "no request was made to this operation")]
    elapsed = sum(one.elapsed for one in run.exchanges if one.operation == label)
    return _counted(label, cases, run.started, elapsed)


def _codes(
    coverage: OperationCoverage | None, findings: list[Finding], accepted: list[Finding]
) -> list[str]:
    found = [one.code for one in (*findings, *accepted)]
    made = [code for code, count in coverage.checks if count] if coverage is not None else []
    if not made and not found and coverage is not None and coverage.requests:
        made = [_ANSWERED]
    return list(dict.fromkeys((*made, *found)))


def _case(
    label: str, code: str, findings: list[Finding], accepted: list[Finding], proof: Proof
) -> Element:
    own = [one for one in findings if one.code == code]
    errors = [one for one in own if one.severity is Severity.ERROR]
    warnings = [one for one in own if one.severity is not Severity.ERROR]
    taken = [one for one in accepted if one.code == code]
    if not own and taken:
        said = "; ".join(one.message for one in taken)
        return _skipped(label, code, f"accepted by the baseline: {said}")
    case = _empty(label, code)
    if errors:
        said = errors[0].message
        if len(errors) > 1:
            said += f" (and {len(errors) - 1} more)"
        failure = SubElement(case, "failure", type=code, message=_clean(said))
        failure.text = _clean("\n\n".join(_told(one, proof) for one in errors))
    if warnings:
        SubElement(case, "system-out").text = _clean(
            "\n\n".join(f"warning: {_told(one, proof)}" for one in warnings)
        )
    return case


def _told(finding: Finding, proof: Proof) -> str:
    lines = [finding.message]
    if finding.where:
        lines.append(f"where: {finding.where}")
    if finding.place is not None:
        lines.append(f"document: {place_of(finding.place)} {finding.place.pointer}")
    if finding.count > 1:
        lines.append(f"seen: {finding.count} times")
    if finding.seed is not None:
        lines.append(f"seed: {finding.seed}")
    if curl := proof.curl(finding):
        lines.append(curl)
    if finding.hint:
        lines.append(f"hint: {finding.hint}")
    return "\n".join(lines)


def _own_suite(run: Run) -> Element:
    """What is to be said of the run itself."""
    said = [*run.complaints, *([f"ended early: {run.stopped}"] if run.stopped else [])]
    cases = []
    for number, complaint in enumerate(said, 1):
        case = _empty("run", f"complaint {number}")
        SubElement(case, "error", type="complaint", message=_clean(complaint))
        cases.append(case)
    return _counted("run", cases, run.started, 0.0)


def _empty(label: str, name: str) -> Element:
    return Element("testcase", classname=_clean(label), name=_clean(name), time="0.000")


def _skipped(label: str, name: str, why: str) -> Element:
    case = _empty(label, name)
    SubElement(case, "skipped", message=_clean(why))
    return case


def _counted(label: str, cases: Sequence[Element], started: float, elapsed: float) -> Element:
    def having(tag: str) -> str:
        return str(sum(case.find(tag) is not None for case in cases))

    suite = Element(
        "testsuite",
        name=_clean(label),
        tests=str(len(cases)),
        failures=having("failure"),
        errors=having("error"),
        skipped=having("skipped"),
        time=f"{elapsed:.3f}",
        timestamp=datetime.fromtimestamp(started, UTC).strftime("%Y-%m-%dT%H:%M:%S"),
    )
    suite.extend(cases)
    return suite


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
