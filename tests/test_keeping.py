"""The lock of names on the disk: written, read, edited by people, merged badly."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from ringback.keeping import NAMES
from ringback.pipeline import ConfigurationError, Job, generate

SMALL = """\
openapi: 3.1.0
info: {title: Small, version: "1.0"}
paths: {}
components:
  schemas:
    Thing: {type: object, properties: {fooBar: {type: integer}}}
"""
GROWN = SMALL.replace("fooBar", "foo-bar: {type: string}, fooBar")


@pytest.fixture
def job(tmp_path: Path) -> Job:
    (tmp_path / "small.yaml").write_text(SMALL)
    job = Job(str(tmp_path / "small.yaml"), (), str(tmp_path / "small"), "small")
    assert generate(job).exit_code == 0
    return job


def _attributes(job: Job) -> dict[str, str]:
    found = json.loads((Path(job.output) / NAMES).read_text())
    attributes: dict[str, str] = found["names"]["attributes Thing"]
    return attributes


def _grow(job: Job) -> None:
    Path(job.document).write_text(GROWN)


def test_the_next_run_keeps_what_the_first_one_said(job: Job) -> None:
    _grow(job)
    assert generate(job).exit_code == 0
    assert _attributes(job) == {"fooBar": "foo_bar", "foo-bar": "foo_bar_2"}
    assert "foo_bar: int" in (Path(job.output) / "models.py").read_text()


def test_checking_reads_the_lock_and_writes_none(job: Job) -> None:
    _grow(job)
    before = (Path(job.output) / NAMES).read_bytes()
    assert generate(replace(job, check=True)).exit_code == 1
    assert (Path(job.output) / NAMES).read_bytes() == before
    generate(job)
    assert generate(replace(job, check=True)).exit_code == 0


def test_a_name_can_be_changed_by_hand(job: Job) -> None:
    path = Path(job.output) / NAMES
    path.write_text(path.read_text().replace('"foo_bar"', '"mine"'))
    assert generate(replace(job, check=True)).exit_code == 1
    assert generate(job).exit_code == 0
    assert _attributes(job) == {"fooBar": "mine"}
    assert "mine: int" in (Path(job.output) / "models.py").read_text()


def test_a_line_that_is_removed_is_decided_anew(job: Job) -> None:
    _grow(job)
    path = Path(job.output) / NAMES
    told = json.loads(path.read_text())
    del told["names"]["attributes Thing"]
    path.write_text(json.dumps(told))
    assert generate(job).exit_code == 0
    assert _attributes(job) == {"foo-bar": "foo_bar", "fooBar": "foo_bar_2"}


def test_a_lock_moves_to_another_folder(job: Job, tmp_path: Path) -> None:
    _grow(job)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(Path(job.output) / NAMES, other / NAMES)
    assert generate(replace(job, output=str(other), package="other")).exit_code == 0
    assert _attributes(replace(job, output=str(other)))["fooBar"] == "foo_bar"


def test_two_branches_that_were_merged_badly_are_refused(job: Job) -> None:
    path = Path(job.output) / NAMES
    path.write_text("<<<<<<< ours\n" + path.read_text())
    before = {one: one.read_bytes() for one in Path(job.output).rglob("*.py")}
    with pytest.raises(ConfigurationError, match=rf"{NAMES}: it is no JSON"):
        generate(job)
    assert {one: one.read_bytes() for one in Path(job.output).rglob("*.py")} == before
