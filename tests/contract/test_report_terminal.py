"""The terminal: what was tested and what failed at a glance, commands whole, the verdict last; and the display before."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from sample_run import CREATE, FETCH, HOSTILE, effective, kept_run, sample_run

from ringback.contract import OperationCoverage, Run, Seen
from ringback.contract.report import Event, Progress, terminal, verdict
from ringback.contract.report.labels import fit, shortener
from ringback.contract.report.terminal import lines

DOCUMENT = effective()


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def run() -> Run:
    return sample_run(DOCUMENT)


def shown(run: Run, width: int = 100) -> list[str]:
    return ["".join(text for text, _ in line).rstrip() for line in lines(run, width)]


def written(run: Run) -> str:
    stream = io.StringIO()
    terminal(run, stream)
    return stream.getvalue()


def test_the_last_line_is_the_verdict(run: Run) -> None:
    assert written(run).splitlines()[-1] == (
        "broken: 7 findings (6 errors, 1 warning) in 47 requests to 35 operations, "
        "1 accepted by the baseline"
    )
    last = written(kept_run(DOCUMENT)).splitlines()[-1]
    assert last == "kept: 0 findings in 47 requests to 35 operations"


def test_a_run_that_ended_early_or_did_nothing_is_not_called_kept(run: Run) -> None:
    kept = kept_run(DOCUMENT)
    early = verdict(replace(kept, stopped="5 times 429 in a row"))
    assert early.word == "stopped"
    assert early.sentence.endswith("; ended early: 5 times 429 in a row")
    nothing = replace(
        kept, exchanges=(), deliveries=(), coverage=sample_run(DOCUMENT, ordinary=0).coverage
    )
    operations = tuple(replace(one, requests=0) for one in nothing.coverage.operations)
    silent = replace(nothing, coverage=replace(nothing.coverage, operations=operations))
    assert verdict(silent).word == "nothing tested"
    assert verdict(replace(silent, stopped="no such host")).sentence == "no such host"


def test_operations_stand_against_their_statuses(run: Run) -> None:
    text = shown(run)
    head = next(line for line in text if line.startswith("operation"))
    row = next(line for line in text if line.startswith("GET    /Calls/{CallSid}.json "))
    documented = next(dict(one.documented) for one in run.coverage.operations if one.label == FETCH)
    for status, count in documented.items():
        assert row[head.index(status) :][:3].strip() == (str(count) if count else "·")
    assert "200" in documented and 0 in documented.values() and documented["200"]
    assert row[head.index("201") :][:3].strip() == ""  # not documented there
    assert row.endswith("!418")
    assert "paths are under /Accounts/{AccountSid}" in text


def test_coverage_says_what_was_never_seen(run: Run) -> None:
    text = "\n".join(shown(run))
    assert "Operations reached                  35 of 35  100 %" in text
    assert "never Call.status: ringing, no-answer, canceled" in text
    assert "never POST /Queues.json → GET /Queues/{QueueSid}.json" in text


def test_a_finding_names_its_place_and_how_to_do_it_again(run: Run) -> None:
    text = shown(run)
    begin = next(index for index, line in enumerate(text) if line.startswith("  1 error [schema]"))
    block = text[begin : text.index("", begin)]
    assert block[0].endswith(FETCH)
    assert block[1].strip().startswith("status is 'over', wanted one of 'queued'")
    assert block[2].strip() == "body/status · 12 times · seed 7"
    assert block[3].strip() == "spec/voice.yaml:722"
    assert block[4].strip() == "722 | enum:"
    assert sum(line.strip().startswith("$ curl ") for line in block) == 1
    assert block[-1].strip().startswith("hint: add the value")


def test_each_finding_stands_there_once_errors_first(run: Run) -> None:
    text = "\n".join(shown(run))
    for finding in run.findings:
        assert text.count(f"[{finding.code}] {finding.operation}") == 1
    assert text.index("[missing-header]") > text.index("[callback-form]")


def test_nothing_but_commands_and_the_verdict_is_wider_than_the_terminal(run: Run) -> None:
    for width in (80, 100, 120):
        for line in shown(run, width)[:-1]:
            assert len(line) <= width or line.lstrip().startswith(("$ curl", "again:")), line


def test_bars_get_shorter_on_a_narrow_terminal(run: Run) -> None:
    for width, length in ((60, 7), (80, 24), (120, 24)):
        bars = [line for line in shown(run, width) if re.search("[━─]$", line)]
        assert bars and {len(re.sub("[^━─]", "", line)) for line in bars} == {length}
        assert all(len(line) <= width for line in bars)


def test_control_characters_of_an_answer_do_not_reach_a_terminal(run: Run) -> None:
    assert "\x1b[31m" in HOSTILE
    text = written(run)
    assert "\x1b" not in text and "\x00" not in text
    assert "\\x1b[31m" in text
    styled = Terminal()
    terminal(run, styled)
    assert "\\x1b[31m" in styled.getvalue()
    assert "\x1b[31m & " not in styled.getvalue()


def test_a_terminal_gets_styles_and_what_was_sent_a_log_gets_neither(run: Run) -> None:
    styled = Terminal()
    terminal(run, styled)
    assert "\x1b[" in styled.getvalue()
    assert "To=%2B14155550123" in styled.getvalue()
    assert "To=%2B" in written(run)
    assert "14155550123" not in written(run)


def test_a_stream_of_few_characters_is_no_obstacle(run: Run) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    terminal(run, stream)
    stream.flush()
    assert b"broken: 7 findings" in raw.getvalue()


def test_many_findings_end_in_a_list(run: Run) -> None:
    many = tuple(replace(run.findings[0], where=f"body/{number}") for number in range(200))
    text = shown(replace(run, findings=many))
    assert "and 140 findings more:" in text
    assert sum("$ curl" in line for line in text) == 60


def test_with_many_statuses_each_row_names_its_own(run: Run) -> None:
    held = (Seen(CREATE, (), ()), Seen(FETCH, (), ()))
    many = tuple((str(status), 0) for status in range(400, 412))
    one = OperationCoverage(CREATE, None, 6, (("201", 5), ("400", 0)), (("500", 1),), held[0])
    two = OperationCoverage(FETCH, None, 0, many, (), held[1])
    text = shown(replace(run, coverage=replace(run.coverage, operations=(one, two))))
    first = next(line for line in text if line.startswith("POST"))
    assert first.endswith("     6  !500 ×1  201 ×5  400 ·")
    second = next(line for line in text if line.startswith("GET"))
    assert "  none  400 ·  401 ·  402 ·" in second and second.endswith(" …")


def test_labels_are_shortened_only_as_far_as_needed() -> None:
    path = "/Conferences/{ConferenceSid}/Participants/{CallSid}.json"
    assert fit(path, 60) == path
    assert fit(path, 40) == "/Conferences/{}/Participants/{}.json"
    assert len(fit(path, 20)) == 20
    assert shortener(["GET /a/{id}/b", "GET /a/{id}/c/d"]).prefix == "/a/{id}"
    assert shortener(["GET /a", "GET /a/b"]).prefix == ""
    assert shortener(["GET /a/b"]).prefix == ""
    assert shortener(["GET /ab/x", "GET /ac/x", "callback done"]).prefix == ""


# -- while it runs


def test_progress_says_nothing_where_there_is_no_terminal() -> None:
    stream = io.StringIO()
    with Progress(stream, 100) as progress:
        progress(Event("fuzzing", 50, 1, "GET /Calls.json"))
    assert stream.getvalue() == ""


def test_progress_shows_where_a_campaign_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "110")
    stream = Terminal()
    with Progress(stream, 100) as progress:
        progress(Event("fuzzing", 1_050, 2, "GET /Calls.json"))
    text = stream.getvalue()
    assert "fuzzing" in text
    assert "1,050 requests" in text
    assert "2 found" in text
    assert "GET /Calls.json" in text


def test_progress_takes_events_from_anywhere_and_knows_the_rate() -> None:
    progress = Progress(io.StringIO())
    for number in range(10):
        progress(Event("examples", number * 100))
    assert progress.rate > 0
