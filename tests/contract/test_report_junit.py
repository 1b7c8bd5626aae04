"""JUnit: what a reader of it sees of a run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from sample_run import FETCH, HOSTILE, MP3, QUEUES, effective, kept_run, sample_run

from ringback.contract import Run
from ringback.contract.report import write
from ringback.contract.report.junit import text

DOCUMENT = effective()
SUITE = {"name", "tests", "failures", "errors", "skipped", "time", "timestamp"}


@pytest.fixture(scope="module")
def run() -> Run:
    return sample_run(DOCUMENT)


def test_a_reader_of_junit_reads_it(run: Run, tmp_path: Path) -> None:
    junitparser: Any = pytest.importorskip("junitparser")
    write("junit", run, tmp_path / "junit.xml")
    suites = list(junitparser.JUnitXml.fromfile(str(tmp_path / "junit.xml")))
    by_name = {suite.name: suite for suite in suites}
    fetch = by_name[FETCH]
    assert (fetch.tests, fetch.failures, fetch.errors) == (2, 2, 0)
    results = {case.name: case.result for case in fetch}
    assert "wanted one of 'queued'" in results["schema"][0].message
    assert "spec/voice.yaml:722" in results["schema"][0].text
    assert "curl" in results["schema"][0].text
    assert "seed: 7" in results["schema"][0].text


def test_it_keeps_to_the_rules_that_every_reader_expects(run: Run) -> None:
    root = ElementTree.fromstring(text(run))
    assert root.tag == "testsuites"
    for suite in root:
        assert suite.tag == "testsuite"
        assert set(suite.attrib) == SUITE
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases) == len({case.get("name") for case in cases})
        for kind, count in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert int(suite.attrib[count]) == sum(case.find(kind) is not None for case in cases)
        for case in cases:
            assert case.get("classname") and case.get("name") and case.get("time")
            assert len([one for one in case if one.tag != "system-out"]) <= 1
    for count in ("tests", "failures", "errors", "skipped"):
        assert int(root.attrib[count]) == sum(int(suite.attrib[count]) for suite in root)


def test_every_operation_is_a_suite_and_every_check_made_a_case(run: Run) -> None:
    root = ElementTree.fromstring(text(run))
    names = [suite.get("name") for suite in root]
    assert names[: len(run.coverage.operations)] == [one.label for one in run.coverage.operations]
    assert "callback StatusCallback" in names
    queues = next(suite for suite in root if suite.get("name") == QUEUES)
    assert [case.get("name") for case in queues] == [
        "undocumented-status",
        "schema",
        "unhandled-exception",
    ]


def test_a_warning_passes_and_is_said(run: Run) -> None:
    root = ElementTree.fromstring(text(run))
    case = next(case for case in root.iter("testcase") if case.get("name") == "missing-header")
    assert case.find("failure") is None
    assert "no Location header" in (case.findtext("system-out") or "")


def test_what_the_baseline_accepts_is_skipped(run: Run) -> None:
    root = ElementTree.fromstring(text(run))
    said = [one.get("message", "") for one in root.iter("skipped")]
    assert any(one.startswith("accepted by the baseline: the status is 503") for one in said)


def test_an_operation_without_a_request_is_skipped() -> None:
    run = sample_run(DOCUMENT, ordinary=0)
    root = ElementTree.fromstring(text(run))
    silent = [suite for suite in root if suite.get("skipped") == "1" and suite.get("tests") == "1"]
    assert len(silent) > 20
    assert silent[0].find("testcase/skipped") is not None


def test_an_operation_whose_checks_were_not_counted_passes_by_answering(run: Run) -> None:
    operations = tuple(replace(one, checks=()) for one in run.coverage.operations)
    kept = replace(kept_run(DOCUMENT), coverage=replace(run.coverage, operations=operations))
    root = ElementTree.fromstring(text(kept))
    assert [case.get("name") for case in root[0]] == ["answers"]
    assert root.get("failures") == "0"


def test_complaints_and_an_early_end_are_errors_of_their_own_suite(run: Run) -> None:
    root = ElementTree.fromstring(text(replace(run, stopped="5 times 429 in a row")))
    own = next(suite for suite in root if suite.get("name") == "run")
    said = [one.get("message") for one in own.iter("error")]
    assert said == [*run.complaints, "ended early: 5 times 429 in a row"]


def test_hostile_text_stays_text(run: Run) -> None:
    root = ElementTree.fromstring(text(run))
    case = next(one for one in root.iter("testcase") if one.get("name") == "unhandled-exception")
    failure = case.find("failure")
    assert failure is not None
    shown = HOSTILE.replace("\x00", "\ufffd").replace("\x1b", "\ufffd")
    assert shown in (failure.text or "")
    assert root.find(".//script") is None


def test_no_answer_is_a_failure_with_its_reason(run: Run) -> None:
    root = ElementTree.fromstring(text(run))
    suite = next(one for one in root if one.get("name") == MP3)
    failure = suite.find("testcase[@name='no-answer']/failure")
    assert failure is not None and failure.get("message") == "no answer: timeout after 10 s"
