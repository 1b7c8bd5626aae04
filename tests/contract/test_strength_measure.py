"""Measuring: intervals, tables, processes that fail, and the whole of it from the command line."""

from __future__ import annotations

import json
import os
import sys
import textwrap
from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ringback.cli import main
from ringback.contract.strength import Outcome, Strength, Verdict, as_json, markdown, text
from ringback.contract.strength import crew as crew_module
from ringback.contract.strength.crew import Crew, Done, Job
from ringback.contract.strength.verdict import Ground, wilson
from ringback.strength import _write as write

KEY = "open-sesame"
FOLDER = Path(__file__).parent


# -- arithmetic


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (95, 100, 0.8882, 0.9785),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 2, 0.0945, 0.9055),
    ],
)
def test_the_interval_is_that_of_wilson(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == pytest.approx((low, high), abs=5e-5)
    assert wilson(0, 0) == (0.0, 1.0)


BLANK = Verdict(
    "forget: GET /pets gone", "forget", "GET /pets", "gone", "it is not listed", "shop.yaml:3", 1,
    Outcome.NOTICED, by="created-not-listed", message="Pet 1 is not listed", applied=2, requests=40,
)  # fmt: skip


def strength(*verdicts: Verdict, **more: Any) -> Strength:
    ground = Ground(1, requests=50)
    return Strength(
        "shop.yaml", (), "Shop", "1", "shop:app", (1, 2), 20.0, 12.0,
        **{"grounds": (ground,), "verdicts": verdicts, "possible": (("forget", 9, 8, 0),), **more},
    )  # fmt: skip


def test_what_was_not_put_in_or_is_allowed_is_not_judged() -> None:
    found = strength(
        BLANK,
        replace(BLANK, mutant="b", outcome=Outcome.UNNOTICED),
        replace(BLANK, mutant="c", outcome=Outcome.IDLE),
        replace(BLANK, mutant="d", outcome=Outcome.ALLOWED, silent="it may", overlay="- {x: y}"),
        replace(BLANK, mutant="e", outcome=Outcome.FAILED, trouble="its process ended"),
        replace(BLANK, mutant="f", seed=2),
    )
    assert (found.share().noticed, found.share().of) == (2, 3)
    assert (found.share(seed=2).noticed, found.share(seed=2).of) == (1, 1)
    assert found.sound
    said = text(found)
    assert "2 of 3 mutants noticed: 66.7 %" in said.splitlines()[-1]
    assert "the document is silent: it may; it would be noticed with\n        - {x: y}" in said
    assert "its process ended" in said


def test_a_finding_where_nothing_was_wrong_makes_it_unsound() -> None:
    lie = replace(BLANK, outcome=Outcome.FALSE, applied=0)
    assert not strength(BLANK, lie).sound
    assert not strength(BLANK, controls=(lie,)).sound
    ground = Ground(1, findings=(("schema", "GET /pets", "name is missing"),), requests=9)
    found = strength(BLANK, grounds=(ground,))
    assert not found.sound and "schema GET /pets: name is missing" in text(found)


def test_schemathesis_stands_beside_on_the_same_mutants() -> None:
    other = replace(BLANK, mutant="b")
    plain = (replace(BLANK, outcome=Outcome.UNNOTICED), replace(other, mutant="never judged here"))
    found = strength(BLANK, other, plain=plain)
    assert (found.plain_share().noticed, found.plain_share().of) == (0, 1)
    assert "| forget | 9 | 2 | 100 % | 34.2–100 | 0 % | 0–79.3 |" in markdown(found)
    value = json.loads(as_json(found))
    assert value["operators"][0]["plain"]["of"] == 1
    assert value["all"] == pytest.approx(
        {"noticed": 2, "of": 2, "low": 0.3424, "high": 1}, abs=1e-3
    )


# -- processes


class Hand:
    """What processes are made of here: the plan says how they go wrong."""

    def __init__(self, plan: str) -> None:
        self.plan = plan
        self.done = 0

    def work(self, number: int) -> tuple[int, int]:
        if self.plan == "raises" and number == 1:
            raise ValueError("one is too many")
        if self.plan == "dies" and number == 1:
            os._exit(3)
        if self.plan == "hangs" and number == 1:
            import time

            time.sleep(60)
        self.done += 1
        return number, self.done


def worked(plan: str, *, size: int = 1, fresh: bool = False) -> list[Done]:
    waiting = deque(Job("work", (number,), 1.0) for number in range(3))
    with Crew(Hand, plan, size, fresh=fresh) as crew:
        found = list(crew.work(lambda: waiting.popleft() if waiting else None))
    return sorted(found, key=lambda one: one.job.arguments)


def test_all_jobs_are_done_by_one_process_or_several() -> None:
    assert [one.result for one in worked("")] == [(0, 1), (1, 2), (2, 3)]
    assert [one.result[0] for one in worked("", size=2)] == [0, 1, 2]


def test_each_job_has_its_own_process_where_it_is_asked_for() -> None:
    assert [one.result for one in worked("", fresh=True)] == [(0, 1), (1, 1), (2, 1)]


def test_what_fails_is_said_and_others_go_on() -> None:
    raised = worked("raises")
    assert [one.trouble for one in raised] == ["", "ValueError: one is too many", ""]
    died = worked("dies")
    assert [one.trouble for one in died] == ["", "its process ended", ""]
    assert died[2].result == (2, 1)  # by another one


def test_a_process_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew_module, "_GRACE", 1.0)
    waiting = deque([Job("work", (1,), 1.0)])
    with Crew(Hand, "hangs", 1) as crew:
        (found,) = crew.work(lambda: waiting.popleft() if waiting else None)
    assert found.trouble == "it did not come to an end in time"


# -- the command


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the shop's document, and a module that makes the shop."""
    from shop import DOCUMENT

    (tmp_path / "shop.yaml").write_text(DOCUMENT, encoding="utf-8")
    settings = "[tool.ringback]\ndocument = 'shop.yaml'\n"
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    source = f"""
        import sys
        sys.path.insert(0, {str(FOLDER)!r})
        from shop import Shop

        def make():
            return Shop()

        def wrong():
            return Shop("no filter")
        """
    (tmp_path / "pets_to_measure.py").write_text(textwrap.dedent(source), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGBACK_TEST_AUTH", raising=False)
    monkeypatch.setattr(sys, "path", list(sys.path))
    return tmp_path


COMMON = ["strength", "--auth", KEY, "--max-time-each", "4", "--per-operator", "1", "--jobs", "1"]


def test_a_measurement_from_the_command_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = main(
        [*COMMON, "--app", "pets_to_measure:make", "--operators", "forget,drop-field",
         "--report", "json=out.json", "--report", "markdown=out.md"]
    )  # fmt: skip
    said = capsys.readouterr().out
    assert done == 0, said
    assert "seed 1: 0 findings without a mutant" in said
    value = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    assert value["sound"] and value["all"]["of"] == value["all"]["noticed"] == 2
    assert {one["by"] for one in value["mutants"] if one["outcome"] == "noticed"} <= {
        "created-not-listed", "created-not-readable", "schema",
    }  # fmt: skip
    assert (folder / "out.md").read_text(encoding="utf-8").startswith("| operator | mutants |")


def test_an_application_that_is_wrong_already_is_1(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = main([*COMMON, "--app", "pets_to_measure:wrong", "--operators", "duplicate-identifier"])
    said = capsys.readouterr().out
    assert done == 1
    assert "filter-ignored GET /pets" in said and "something was found where nothing" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--app", "pets_to_measure:make", "--operators", "forgets"], "no operator 'forgets'"),
        (["--app", "pets_to_measure:nobody"], "pets_to_measure has no nobody"),
        (["--app", "no_such_module:app"], "no module no_such_module"),
        ([], "--app"),
        (["--app", "pets_to_measure:make", "--report", "html=x"], "json or markdown"),
    ],
)
def test_what_cannot_be_measured_is_2(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    try:
        status: object = main([*COMMON, *arguments])
    except SystemExit as end:
        status = end.code
    assert (status, message in capsys.readouterr().err) == (2, True)


def test_a_page_that_is_there_keeps_its_words(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Words\n\n<!-- measured -->\nold\n<!-- end -->\n\nMore.\n", encoding="utf-8")
    write("markdown", str(page), strength(BLANK))
    said = page.read_text(encoding="utf-8")
    assert said.startswith("# Words\n\n<!-- measured -->\n| operator |")
    assert said.endswith("<!-- end -->\n\nMore.\n") and "old" not in said
    once = said
    write("markdown", str(page), strength(BLANK))
    assert page.read_text(encoding="utf-8") == once
