"""SARIF 2.1.0: of its form, with places, fingerprints, rules and what the baseline accepts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from sample_run import FETCH, effective, kept_run, sample_run

from ringback.contract import Run
from ringback.contract.report import sarif, words, write

DOCUMENT = effective()


def closed(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    """An object of the standard, which allows no property that it does not name."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {**properties, "properties": {"type": "object"}},
        "required": list(required),
    }


TEXT: dict[str, Any] = {"type": "string"}
NUMBER: dict[str, Any] = {"type": "integer", "minimum": 1}
MESSAGE = closed({"text": TEXT, "markdown": TEXT, "id": TEXT}, "text")
LEVEL: dict[str, Any] = {"enum": ["none", "note", "warning", "error"]}
PHYSICAL = closed(
    {
        "artifactLocation": closed({"uri": {"type": "string", "format": "uri-reference"}}),
        "region": closed({"startLine": NUMBER, "startColumn": NUMBER}),
    }
)
LOGICAL = closed({"name": TEXT, "fullyQualifiedName": TEXT, "kind": TEXT})
LOCATION = closed(
    {"physicalLocation": PHYSICAL, "logicalLocations": {"type": "array", "items": LOGICAL}}
)
SUPPRESSION = closed(
    {
        "kind": {"enum": ["inSource", "external"]},
        "status": {"enum": ["accepted", "underReview", "rejected"]},
        "justification": TEXT,
    },
    "kind",
)
RESULT = closed(
    {
        "ruleId": TEXT,
        "ruleIndex": {"type": "integer", "minimum": -1},
        "level": LEVEL,
        "message": MESSAGE,
        "locations": {"type": "array", "items": LOCATION},
        "partialFingerprints": {"type": "object", "additionalProperties": TEXT},
        "occurrenceCount": NUMBER,
        "suppressions": {"type": "array", "items": SUPPRESSION},
    },
    "message",
)
RULE = closed(
    {
        "id": TEXT,
        "shortDescription": MESSAGE,
        "fullDescription": MESSAGE,
        "help": MESSAGE,
        "defaultConfiguration": closed({"level": LEVEL}),
    },
    "id",
)
MOMENT = {"type": "string", "format": "date-time"}
INVOCATION = closed(
    {
        "executionSuccessful": {"type": "boolean"},
        "startTimeUtc": MOMENT,
        "endTimeUtc": MOMENT,
        "toolExecutionNotifications": {
            "type": "array",
            "items": closed({"level": LEVEL, "message": MESSAGE}, "message"),
        },
    },
    "executionSuccessful",
)
DRIVER = closed(
    {
        "name": TEXT,
        "semanticVersion": TEXT,
        "rules": {"type": "array", "uniqueItems": True, "items": RULE},
    },
    "name",
)
LOG = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": closed(
                {
                    "tool": closed({"driver": DRIVER}, "driver"),
                    "invocations": {"type": "array", "items": INVOCATION},
                    "automationDetails": closed({"id": TEXT}),
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {"type": "array", "items": RESULT},
                },
                "tool",
            ),
        },
    },
}
"""The part of the standard that we write, by hand from its text: what it requires, and nothing that it does not name."""


@pytest.fixture(scope="module")
def run() -> Run:
    return sample_run(DOCUMENT)


def results(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sarif.plain(run)["runs"][0]["results"]
    return found


@pytest.mark.parametrize("stopped", ["", "5 answers of 429 in a row"])
def test_it_is_of_the_form_of_the_standard(run: Run, tmp_path: Path, stopped: str) -> None:
    write("sarif", replace(run, stopped=stopped), tmp_path / "run.sarif")
    log = json.loads((tmp_path / "run.sarif").read_text(encoding="utf-8"))
    validator = jsonschema_rs.validator_for(LOG, validate_formats=True)
    assert [str(error) for error in validator.iter_errors(log)] == []
    assert len(log["runs"][0]["results"]) == len(run.findings) + len(run.accepted)
    assert log["runs"][0]["invocations"][0]["executionSuccessful"] is not bool(stopped)


def test_a_result_stands_at_the_violated_line(run: Run) -> None:
    first = results(run)[0]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "spec/voice.yaml"
    assert place["region"]["startLine"] == 722
    assert first["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == FETCH
    assert first["message"]["text"].startswith(f"{FETCH}: status is 'over', wanted one of")
    assert first["occurrenceCount"] == 12
    assert first["properties"]["seed"] == 7
    assert first["properties"]["curl"].startswith("curl ")


def test_rules_are_listed_once_and_results_point_at_theirs(run: Run) -> None:
    rules = sarif.plain(run)["runs"][0]["tool"]["driver"]["rules"]
    for result in results(run):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert len(rules) == len({finding.code for finding in (*run.findings, *run.accepted)})


def test_a_rule_says_what_the_page_of_its_code_says(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (
        "# schema\n\n**A body of another form.** See [the rules](x.md), `enum` too.\n\nMend it.\n"
    )
    (tmp_path / "schema.md").write_text(page, encoding="utf-8")
    monkeypatch.setattr(words, "findings_dir", lambda: tmp_path)
    rules = {rule["id"]: rule for rule in sarif.plain(run)["runs"][0]["tool"]["driver"]["rules"]}
    assert rules["schema"]["shortDescription"]["text"] == "A body of another form."
    assert rules["schema"]["help"]["markdown"].endswith("Mend it.")
    assert "# schema" not in rules["schema"]["help"]["text"]
    assert rules["no-answer"]["help"]["text"]  # a code without a page says something too


def test_a_fingerprint_is_of_the_fault_and_not_of_the_run(run: Run) -> None:
    again = replace(
        run.findings[0], message="status is 'done'", evidence=(99,), seed=12345, count=1
    )
    one, two = results(run)[0], results(replace(run, findings=(again,)))[0]
    assert one["partialFingerprints"] == two["partialFingerprints"]
    prints = [str(result["partialFingerprints"]) for result in results(run)]
    assert len(set(prints)) == len(prints)


def test_what_the_baseline_accepts_is_suppressed(run: Run) -> None:
    held = [result for result in results(run) if "suppressions" in result]
    assert [result["message"]["text"].partition(": ")[2] for result in held] == [
        one.message for one in run.accepted
    ]
    assert results(kept_run(DOCUMENT)) == []


def test_file_names_are_uris(run: Run, tmp_path: Path) -> None:
    place = run.findings[0].place
    assert place is not None
    odd = replace(run.findings[0], place=replace(place, file="my spec/été #1.yaml"))
    absolute = replace(run.findings[0], place=replace(place, file=str(tmp_path / "a b.yaml")))
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in results(replace(run, findings=(odd, absolute), accepted=()))
    ]
    assert uris[0] == "my%20spec/%C3%A9t%C3%A9%20%231.yaml"
    assert uris[1] == (tmp_path / "a b.yaml").as_uri()
