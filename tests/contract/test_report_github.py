"""GitHub's annotations: one command per line, whatever a message holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_run import effective, kept_run, sample_run

from ringback.contract import Run
from ringback.contract.report import write
from ringback.contract.report.github import text

DOCUMENT = effective()


@pytest.fixture(scope="module")
def run() -> Run:
    return sample_run(DOCUMENT)


def test_findings_stand_at_the_lines_of_the_document(run: Run) -> None:
    lines = text(run).splitlines()
    assert len(lines) == len(run.findings) + len(run.complaints) + 1
    assert lines[0].startswith(
        "::error file=spec/voice.yaml,line=722,col=11,"
        "title=schema%3A GET /Accounts/{AccountSid}/Calls/{CallSid}.json::status is 'over'"
    )
    assert "%0Acurl" in lines[0] and "%0Aseed 7%0A" in lines[0]
    assert sum(line.startswith("::error ") for line in lines) == 6
    assert sum(line.startswith("::warning ") for line in lines) == 2  # a finding, a complaint
    assert lines[-1].startswith("::notice title=ringback test::broken: 7 findings (6 errors, 1 ")


def test_a_finding_without_a_place_names_no_file(run: Run) -> None:
    line = next(line for line in text(run).splitlines() if "no-answer" in line)
    assert line.startswith("::error title=no-answer%3A GET ")


def test_a_message_cannot_begin_another_command(run: Run) -> None:
    finding = replace(run.findings[0], message="x\r\n::error::injected\n50%25", operation="a,b::c")
    out = text(replace(run, findings=(finding,), complaints=()))
    assert len(out.splitlines()) == 2
    assert "x%0A::error::injected%0A50%2525" in out
    assert "title=schema%3A a%2Cb%3A%3Ac" in out


def test_a_path_of_a_dash_is_the_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    write("github", kept_run(DOCUMENT), "-")
    out = capsys.readouterr().out
    assert out == "::notice title=ringback test::kept: 0 findings in 47 requests to 35 operations\n"
