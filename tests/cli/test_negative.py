"""Faulty documents, one fault each, and the exact text that `ringback validate` prints for them.

`NN-name.yaml` (or `.json`) stands beside `NN-name.txt`; `NN-name.overlay.yaml` is applied to it. Run the tests
with RINGBACK_UPDATE=1 to write the texts anew, and read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ringback.cli import main

FOLDER = Path(__file__).parents[1] / "corpus" / "negative"
DOCUMENTS = sorted(
    path
    for path in FOLDER.iterdir()
    if path.suffix in (".yaml", ".json") and ".overlay" not in path.name
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_the_listing_is_exactly_this(
    document: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(FOLDER)
    arguments = ["validate", document.name]
    overlay = FOLDER / f"{document.stem}.overlay.yaml"
    if overlay.exists():
        arguments += ["--overlay", overlay.name]
    status = main(arguments)
    printed = capsys.readouterr()
    assert printed.err == ""
    listing = FOLDER / f"{document.stem}.txt"
    if os.environ.get("RINGBACK_UPDATE") == "1":
        listing.write_text(printed.out, encoding="utf-8")
    assert printed.out == listing.read_text(encoding="utf-8")
    assert status == (1 if ": error: " in printed.out else 0)
    assert " finding" in printed.out.splitlines()[-1]
    assert not printed.out.endswith("0 findings\n")


def test_there_are_enough_of_them() -> None:
    assert len(DOCUMENTS) >= 20
