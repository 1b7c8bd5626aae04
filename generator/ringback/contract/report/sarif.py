"""A run as SARIF 2.1.0: for code scanning, which shows each finding at the line of the document that it violates.

A finding keeps its fingerprint from run to run, so that a scanner knows it again. What the baseline accepts is there
too, as suppressed. File names are as given on the command line: relative ones are relative to where it ran.
"""

from __future__ import annotations

import contextlib
import json
import re
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from ringback.contract.outcome import Finding, Run
from ringback.source import Location, Severity

from .proof import Proof
from .words import fingerprint, page_of, verdict

SCHEMA_URI: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LINKS: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*`]")


def text(run: Run) -> str:
    """The run as a SARIF log."""
    return json.dumps(plain(run), indent=1, ensure_ascii=False) + "\n"


def plain(run: Run) -> dict[str, Any]:
    """The run as the plain data of a SARIF log."""
    codes = sorted({finding.code for finding in (*run.findings, *run.accepted)})
    proof = Proof(run)
    results = [_result(one, codes, proof) for one in run.findings]
    for one in run.accepted:
        said = {"kind": "external", "status": "accepted", "justification": "in the baseline"}
        results.append({**_result(one, codes, proof), "suppressions": [said]})
    return {
        "$schema": SCHEMA_URI,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(codes)},
                "invocations": [_invocation(run)],
                "automationDetails": {"id": f"ringback/{run.title}/"},
                "columnKind": "unicodeCodePoints",
                "results": results,
                "properties": {"verdict": verdict(run).sentence, "target": run.target},
            }
        ],
    }


def _driver(codes: list[str]) -> dict[str, Any]:
    driver: dict[str, Any] = {"name": "ringback", "rules": [_rule(code) for code in codes]}
    with contextlib.suppress(PackageNotFoundError):
        driver["semanticVersion"] = version("ringback")
    return driver


def _rule(code: str) -> dict[str, Any]:
    page = page_of(code)
    body = page.partition("\n")[2].strip() if page.startswith("# ") else page.strip()
    first = _LINKS.sub(lambda found: found[1] or "", body.partition("\n\n")[0]).replace("\n", " ")
    short = first.partition(". ")[0].rstrip(".") or code.replace("-", " ")
    rule: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": f"{short}."},
        "fullDescription": {"text": first or f"{short}."},
        "defaultConfiguration": {"level": "error"},
    }
    help_text = body or f"The tested side does not keep to the document: {code.replace('-', ' ')}."
    return {**rule, "help": {"text": help_text, "markdown": help_text}}


def _result(finding: Finding, codes: list[str], proof: Proof) -> dict[str, Any]:
    logical = {"fullyQualifiedName": finding.operation, "kind": "function"}
    location: dict[str, Any] = {"logicalLocations": [logical]}
    if finding.place is not None:
        location["physicalLocation"] = _physical(finding.place)
    properties = {
        "where": finding.where,
        "pointer": finding.place.pointer if finding.place is not None else "",
        "seed": finding.seed,
        "curl": proof.curl(finding),
        "hint": finding.hint,
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": "error" if finding.severity is Severity.ERROR else "warning",
        "message": {"text": f"{finding.operation}: {finding.message}"},
        "locations": [location],
        "partialFingerprints": {"ringbackFinding/v1": fingerprint(finding)},
        "occurrenceCount": max(finding.count, 1),
        "properties": {
            name: value for name, value in properties.items() if value not in ("", None)
        },
    }


def _physical(place: Location) -> dict[str, Any]:
    path = PurePath(place.file)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    return {
        "artifactLocation": {"uri": uri},
        "region": {"startLine": max(place.line, 1), "startColumn": max(place.column, 1)},
    }


def _invocation(run: Run) -> dict[str, Any]:
    said = [*run.complaints, *([f"ended early: {run.stopped}"] if run.stopped else [])]
    return {
        "executionSuccessful": not run.stopped,
        "startTimeUtc": _time(run.started),
        "endTimeUtc": _time(run.started + run.elapsed),
        "toolExecutionNotifications": [
            {"level": "warning", "message": {"text": one}} for one in said
        ],
    }


def _time(seconds: float) -> str:
    whole = datetime.fromtimestamp(seconds, UTC)
    return whole.strftime("%Y-%m-%dT%H:%M:%S.") + f"{whole.microsecond // 1000:03d}Z"
