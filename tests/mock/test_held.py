"""The mock keeps to documents of others: the contract tester finds nothing. `MOCK_SEEDS=1,2,3` asks longer, and of all of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import mocking  # noqa: E402  (beside the benchmarks)

ASKED = os.environ.get("MOCK_SEEDS", "")
SEEDS = tuple(map(int, ASKED.split(","))) if ASKED else (1,)
QUICK = (
    "documents/swagger-petstore.yaml",
    "documents/redocly-museum.yaml",
    "mock/openapinet-tag-and-security.yaml",
    "mock/orval-models-special-char.yaml",
)
DOCUMENTS = mocking.DOCUMENTS if ASKED else QUICK


@pytest.mark.slow
@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_is_found(name: str) -> None:
    found = mocking.held(mocking.CORPUS / name, 10.0 if ASKED else 3.0, SEEDS)
    assert not found.findings
    assert found.reached == found.operations


@pytest.mark.slow
def test_nothing_is_found_in_the_voice_document_and_all_of_it_is_reached() -> None:
    spec = ROOT / "spec"
    overlays = (spec / "overlays" / "twilio.yaml", spec / "overlays" / "resources.yaml")
    seconds = 15.0 if ASKED else 6.0
    found = mocking.held(
        spec / "voice.yaml", seconds, SEEDS, overlays=overlays, user="AC" + "0" * 31 + "1"
    )
    assert not found.findings
    if ASKED:  # how far a campaign comes in so little time depends on the machine
        assert found.reached == found.operations
