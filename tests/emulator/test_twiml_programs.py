"""TwiML programs, each run to its exact story. RINGBACK_UPDATE=1 writes the stories anew."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from tests.emulator.twiml_story import story

PROGRAMS = sorted(
    path.parent for path in (Path(__file__).parent / "programs").glob("*/scenario.yaml")
)


def test_there_are_programs() -> None:
    assert len(PROGRAMS) >= 20


@pytest.mark.parametrize("folder", PROGRAMS, ids=lambda folder: folder.name)
def test_a_program_runs_to_its_story(folder: Path) -> None:
    told = asyncio.run(story(folder))
    expected = folder / "expected.txt"
    if os.environ.get("RINGBACK_UPDATE"):
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")


def test_the_same_program_tells_the_same_story_again() -> None:
    folder = PROGRAMS[0]
    assert asyncio.run(story(folder)) == asyncio.run(story(folder))
