"""`--fail-on`: what fails a run, and what is said of words that are not known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_run import effective, kept_run, sample_run

from ringback.contract import Run
from ringback.contract.fail_on import FailOnError, parse
from ringback.source import Severity

DOCUMENT = effective()


@pytest.fixture(scope="module")
def run() -> Run:
    return replace(sample_run(DOCUMENT), accepted=(), complaints=())


def warned(run: Run) -> Run:
    """The run with its warnings alone."""
    return replace(
        run, findings=tuple(one for one in run.findings if one.severity is Severity.WARNING)
    )


def test_without_a_word_errors_fail_and_warnings_do_not(run: Run) -> None:
    assert parse().reasons(run) == ("6 errors",)
    assert parse().reasons(warned(run)) == ()


def test_warnings_fail_where_asked(run: Run) -> None:
    assert parse("warning").reasons(warned(run)) == ("1 warning",)
    assert parse("warning").reasons(run) == ("6 errors", "1 warning")


def test_never_and_any(run: Run) -> None:
    assert parse("never").reasons(run) == ()
    kept = kept_run(DOCUMENT)
    assert parse("any").reasons(kept) == ()
    assert parse("any").reasons(replace(kept, accepted=run.findings[:2])) == (
        "2 findings that the baseline accepts",
    )
    assert parse("any").reasons(replace(kept, complaints=("a",), stopped="429s")) == (
        "1 complaint about the run itself",
        "the run ended early: 429s",
    )


def test_codes(run: Run) -> None:
    assert parse("code=no-answer").reasons(run) == ("1 finding [no-answer]",)
    assert parse("code=server-error").reasons(run) == ()
    assert parse(["code=no-answer", "code=wrong-kind"]).reasons(run) == (
        "1 finding [no-answer]",
        "1 finding [wrong-kind]",
    )


def test_thresholds_are_percents_that_must_be_reached(run: Run) -> None:
    assert parse("coverage.operations<100").reasons(run) == ()
    assert parse("coverage.callbacks<90%").reasons(run) == (
        "coverage.callbacks is below 90 %: 1 of 4, 25.0 %",
    )
    both = parse("error, coverage.transitions < 66.6 ,coverage.enums<22").reasons(run)
    assert both == ("6 errors",)
    assert parse("coverage.transitions<66.7").reasons(run)


def test_what_the_document_has_not_is_not_missing(run: Run) -> None:
    bare = replace(run, coverage=replace(run.coverage, callbacks=()))
    assert parse("coverage.callbacks<100").reasons(bare) == ()


def test_the_higher_of_two_thresholds_counts(run: Run) -> None:
    assert parse(["coverage.callbacks<20", "coverage.callbacks<30"]).reasons(run)
    assert parse(["coverage.callbacks<30", "coverage.callbacks<20"]).reasons(run)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("eror", r"'eror' is not known \(did you mean 'error'\?\), wanted error, warning, any"),
        ("", "nothing stands between two commas"),
        ("error,", "nothing stands between two commas"),
        ("code=", "'code=' does not name a code"),
        ("code=Server Error", "does not name a code"),
        ("coverage.operation<90", "no coverage of 'operation', wanted one of operations, stat"),
        ("coverage.operations<101", "can never hold"),
        ("coverage.operations>90", "is not known"),
        ("coverage.operations<-1", "is not known"),
        ("coverage.operations<nan", "is not known"),
        ("never,error", "'never' stands alone"),
    ],
)
def test_what_cannot_be_understood_is_said(given: str, said: str) -> None:
    with pytest.raises(FailOnError, match=said):
        parse(given)


def test_a_code_that_no_page_describes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = frozenset({"server-error", "no-answer"})
    monkeypatch.setattr("ringback.contract.fail_on.known_codes", lambda: pages)
    with pytest.raises(FailOnError, match=r"the code 'server-eror' \(did you mean 'server-error"):
        parse("code=server-eror")
