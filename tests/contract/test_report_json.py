"""A run as JSON: of its form, without secrets, and the same run when it is read back; several runs as one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema_rs
import pytest
from sample_run import ACCOUNT, FETCH, effective, kept_run, sample_run

from ringback.contract import Run
from ringback.contract.redact import Redactor
from ringback.contract.report import FORMAT, SCHEMA_FILE, ReportError, load, merge, write
from ringback.contract.report.as_json import plain
from ringback.contract.report.redaction import redacted

DOCUMENT = effective()


@pytest.fixture(scope="module")
def run() -> Run:
    return sample_run(DOCUMENT)


@pytest.mark.parametrize("made", [sample_run, kept_run])
def test_the_form_is_the_documented_one(made: type[Run]) -> None:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    validator = jsonschema_rs.validator_for(schema)
    value = json.loads(json.dumps(plain(made(DOCUMENT))))  # type: ignore[arg-type]
    assert [str(error) for error in validator.iter_errors(value)] == []
    assert value["format"] == FORMAT


def test_the_schema_describes_every_field_and_refuses_others(run: Run) -> None:
    validator = jsonschema_rs.validator_for(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))
    value = plain(run)
    value["run"]["findings"][0]["colour"] = "red"
    assert any("colour" in error.message for error in validator.iter_errors(value))
    del value["run"]["findings"][0]["colour"], value["run"]["budget"]["blocked"]
    assert any("blocked" in error.message for error in validator.iter_errors(value))


def test_what_is_written_reads_back_as_the_redacted_run(run: Run, tmp_path: Path) -> None:
    write("json", run, tmp_path / "deep" / "run.json")
    assert load(tmp_path / "deep" / "run.json") == redacted(run)


def test_nothing_secret_is_written_and_all_reports_say_the_same_instead(
    run: Run, tmp_path: Path
) -> None:
    redactor = Redactor(accounts=[ACCOUNT])
    for kind in ("json", "html", "har", "sarif", "junit", "github"):
        write(kind, run, tmp_path / kind, redactor)
    texts = {
        kind: (tmp_path / kind).read_text(encoding="utf-8") for kind in ("json", "html", "har")
    }
    for kind, text in texts.items():
        assert "QUM1ZTVlOnMzY3IzdA" not in text, kind
        assert ACCOUNT not in text, kind
        assert "14155550123" not in text, kind
    shown = json.loads(texts["json"])["run"]["exchanges"][0]
    number = json.loads(shown["reply"]["body"]["text"])["to"]
    account = json.loads(shown["reply"]["body"]["text"])["account_sid"]
    assert number.startswith("+") and number != "+14155550123"
    assert all(number in text and account in text for text in texts.values())


def test_without_a_redactor_too_all_reports_of_a_run_agree(run: Run, tmp_path: Path) -> None:
    write("json", run, tmp_path / "json")
    write("har", run, tmp_path / "har")
    held = json.loads((tmp_path / "json").read_text(encoding="utf-8"))["run"]["exchanges"]
    number = json.loads(held[0]["reply"]["body"]["text"])["to"]
    assert number in (tmp_path / "har").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "cannot be read as JSON"),
        ("[]", "it names no format"),
        ('{"format": "ringback-run/9"}', "its format is 'ringback-run/9'"),
        ('{"format": "ringback-run/1"}', "'run' is missing"),
        ('{"format": "ringback-run/1", "run": {"exchanges": 4}}', "is not of the form"),
        ("[" * 100_000, "cannot be read as JSON"),
    ],
)
def test_what_is_no_run_is_said_plainly(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    with pytest.raises(ReportError, match=said):
        load(tmp_path / "run.json")


def test_a_wrong_value_is_named(run: Run, tmp_path: Path) -> None:
    value = plain(run)
    value["run"]["seeds"] = ["seven"]
    (tmp_path / "run.json").write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(ReportError, match=r"seeds"):
        load(tmp_path / "run.json")


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="No such file"):
        load(tmp_path / "run.json")


# -- merging


def test_merging_numbers_anew_and_keeps_every_reference(run: Run) -> None:
    other = replace(run, seeds=(8,), started=run.started + 100)
    both = merge([run, other])
    numbers = [exchange.number for exchange in both.exchanges]
    assert len(numbers) == len(set(numbers)) == 2 * len(run.exchanges)
    by_number = {exchange.number: exchange for exchange in both.exchanges}
    second = both.exchanges[len(run.exchanges) + 1]
    assert second.parent is not None
    assert by_number[second.parent].note == "create a call"
    assert [delivery.about for delivery in both.deliveries] == [1, 1 + len(run.exchanges)]
    assert both.seeds == (7, 8)
    assert both.elapsed == pytest.approx(100 + run.elapsed)
    assert both.budget.requests == 2 * run.budget.requests
    assert both.budget.max_requests == run.budget.max_requests


def test_merging_counts_the_same_finding_once(run: Run) -> None:
    fewer = replace(run.findings[0], evidence=(2,), count=3)
    both = merge([run, replace(run, findings=(fewer,))])
    assert len(both.findings) == len(run.findings)
    first = both.findings[0]
    assert first.count == run.findings[0].count + 3
    assert first.evidence == (2 + len(run.exchanges),)  # the shorter proof, by its new number
    held = {exchange.number: exchange for exchange in both.exchanges}
    assert held[first.evidence[0]].operation == FETCH


def test_merging_leaves_as_never_seen_what_no_run_saw(run: Run) -> None:
    status = run.coverage.enums[0]
    other = replace(status, seen=("ringing",), never=("queued", "busy", "no-answer", "canceled"))
    coverage = replace(run.coverage, enums=(other,))
    merged = merge([run, replace(run, coverage=coverage)]).coverage
    assert merged.enums[0].seen == ("queued", "busy", "ringing")
    assert merged.enums[0].never == ("no-answer", "canceled")
    assert merged.enums[1] == run.coverage.enums[1]
    assert merged.operations[0].requests == 2 * run.coverage.operations[0].requests
    assert merged.transitions[0].taken == 2 * run.coverage.transitions[0].taken


def test_merging_one_run_changes_nothing(run: Run) -> None:
    assert merge([run]) == run


def test_runs_of_two_documents_are_not_merged(run: Run) -> None:
    with pytest.raises(ReportError, match=r"version is '2\.0' and '3'"):
        merge([run, replace(run, version="3")])
    with pytest.raises(ReportError, match="no run"):
        merge([])
