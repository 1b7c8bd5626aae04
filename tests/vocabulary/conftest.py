"""Every test makes packages of the same names: none finds another's."""

from __future__ import annotations

import sys

import pytest


@pytest.fixture(autouse=True)
def _nothing_was_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(sys.modules):
        if name.partition(".")[0] in ("menu_api", "shown"):
            monkeypatch.delitem(sys.modules, name)
