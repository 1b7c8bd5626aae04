"""The baseline: what it accepts, for how long, and that nobody need wonder why an entry is there."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_run import FETCH, effective, kept_run, sample_run

from ringback.contract import Finding, Run
from ringback.contract.baseline import BaselineError, Entry, apply, read, update

DOCUMENT = effective()
DAY = datetime.date(2025, 11, 20)  # of the sample run


@pytest.fixture(scope="module")
def run() -> Run:
    return replace(sample_run(DOCUMENT), accepted=(), complaints=())


def written(folder: Path, text: str, name: str = "baseline.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


ENTRY = f"""\
accepted:
  # the vendor is told
  - code: schema
    operation: {FETCH}
    where: body/status
    reason: ticket 17
    until: 2026-01-31
"""


def test_an_accepted_finding_is_set_apart(run: Run, tmp_path: Path) -> None:
    judged = apply(read(written(tmp_path, ENTRY)), run)
    assert [one.code for one in judged.accepted] == ["schema"]
    assert len(judged.findings) == len(run.findings) - 1
    assert judged.complaints == ()


def test_the_last_day_counts_and_the_day_after_does_not(run: Run, tmp_path: Path) -> None:
    entries = read(written(tmp_path, ENTRY))
    assert apply(entries, run, datetime.date(2026, 1, 31)).accepted
    over = apply(entries, run, datetime.date(2026, 2, 1))
    assert over.accepted == ()
    assert over.findings == run.findings
    assert len(over.complaints) == 1
    assert over.complaints[0].endswith(
        f"baseline.yaml:3: accepted [schema] of {FETCH} until 2026-01-31, which is over: "
        "it counts again"
    )


def test_the_day_is_that_of_the_run(run: Run) -> None:
    entry = Entry("schema", FETCH, reason="x", until=DAY)
    assert apply([entry], run).accepted
    assert not apply([replace(entry, until=DAY - datetime.timedelta(days=1))], run).accepted


def test_an_entry_that_fits_nothing_is_said(run: Run, tmp_path: Path) -> None:
    judged = apply(read(written(tmp_path, ENTRY)), kept_run(DOCUMENT))
    assert judged.complaints[0].endswith(f"[schema] of {FETCH} was not found: the entry can go")


def test_an_entry_of_an_operation_that_was_not_tested_is_not_called_unused(run: Run) -> None:
    entry = Entry("schema", "GET /elsewhere", reason="x")
    assert apply([entry], run).complaints == ()


@pytest.mark.parametrize(
    ("narrow", "fits"),
    [
        ({"where": "body/status"}, True),
        ({"where": "body/sid"}, False),
        ({"where": ""}, False),
        ({"pointer": "/components/schemas/Call/properties/status/enum"}, True),
        ({"pointer": "/components"}, False),
        ({"code": "wrong-kind"}, False),
        ({"operation": "GET /"}, False),
    ],
)
def test_an_entry_fits_by_all_that_it_says(run: Run, narrow: dict[str, str], fits: bool) -> None:
    entry = Entry("schema", FETCH, reason="x")
    changed = replace(entry, **narrow)  # type: ignore[arg-type]
    assert changed.fits(run.findings[0]) is fits


@pytest.mark.parametrize("name", ["baseline.yaml", "baseline.toml"])
def test_a_written_baseline_accepts_what_was_found_and_nothing_else(
    run: Run, tmp_path: Path, name: str
) -> None:
    until = datetime.date(2026, 6, 30)
    update(tmp_path / name, run, reason="known since 2025", until=until)
    entries = read(tmp_path / name)
    assert {(entry.reason, entry.until) for entry in entries} == {("known since 2025", until)}
    judged = apply(entries, run)
    assert judged.findings == ()
    assert judged.complaints == ()
    other = replace(run.findings[0], where="body/to")
    assert apply(entries, replace(run, findings=(other,))).findings == (other,)


def test_updating_keeps_reasons_drops_the_unused_and_leaves_the_untested(
    run: Run, tmp_path: Path
) -> None:
    gone = f"""\
  - code: wrong-kind
    operation: {FETCH}
    reason: was mended
  - code: no-answer
    operation: GET /elsewhere
    reason: not tested today
"""
    path = written(tmp_path, ENTRY + gone)
    update(path, replace(run, findings=run.findings[:2]))
    reasons = {(entry.code, entry.operation): entry.reason for entry in read(path)}
    assert reasons[("schema", FETCH)] == "ticket 17"
    assert reasons[("no-answer", "GET /elsewhere")] == "not tested today"
    assert len(reasons) == 3
    assert ("wrong-kind", FETCH) not in reasons


def test_updating_renews_what_has_expired(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, ENTRY.replace("2026-01-31", "2025-01-31"))
    until = datetime.date(2027, 1, 1)
    update(path, run, until=until)
    kept = next(entry for entry in read(path) if entry.code == "schema")
    assert (kept.until, kept.reason) == (until, "ticket 17")


@pytest.mark.parametrize("form", ["yaml", "toml"])
@given(text=st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_name_survives_being_written(
    tmp_path_factory: pytest.TempPathFactory, form: str, text: str
) -> None:
    path = tmp_path_factory.mktemp("baseline") / f"b.{form}"
    finding = Finding("schema", f"GET /{text}", "said", f"body/{text}")
    held = replace(kept_run_without_document(), findings=(finding,))
    update(path, held, reason="because")
    assert apply(read(path), held).findings == ()


def kept_run_without_document() -> Run:
    return Run("a.yaml", (), "A", "1", "http://localhost", (1,), 1_763_650_000.0, 1.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("accepted: [", r"baseline.yaml:2:1: "),
        ("- a\n", "wanted one key, 'accepted'"),
        ("allowed: []\n", "wanted one key, 'accepted'"),
        ("accepted: all\n", "baseline.yaml:1: wanted a list"),
        ("accepted:\n  - schema\n", "baseline.yaml:2: an entry is a mapping"),
        ("accepted:\n  - code: schema\n    operation: x\n", "baseline.yaml:2: 'reason' is missing"),
        (
            "accepted:\n  - code: schema\n    operation: x\n    reason: y\n    path: z\n",
            "'path' is not known, wanted code, operation",
        ),
        (
            "accepted:\n  - {code: schema, operation: x, reason: y, until: tomorrow}\n",
            "'until' is 'tomorrow', wanted a day such as",
        ),
        (
            "accepted:\n  - {code: schema, operation: x, reason: y, where: [a]}\n",
            r"'where' is \['a'\], wanted a text",
        ),
    ],
)
def test_a_faulty_baseline_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BaselineError, match=said):
        read(written(tmp_path, text))


def test_faulty_toml_and_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="is no TOML"):
        read(written(tmp_path, "accepted = ", "b.toml"))
    with pytest.raises(BaselineError, match="entry 1: 'code' is missing"):
        read(written(tmp_path, "[[accepted]]\noperation = 'x'\n", "b.toml"))
    for name in ("none.toml", "none.yaml"):
        with pytest.raises(BaselineError, match=r"cannot (be )?read"):
            read(tmp_path / name)


def test_an_empty_baseline_accepts_nothing(run: Run, tmp_path: Path) -> None:
    assert read(written(tmp_path, "")) == ()
    assert read(written(tmp_path, "accepted:\n")) == ()
    update(tmp_path / "new.yaml", kept_run(DOCUMENT))
    assert read(tmp_path / "new.yaml") == ()
