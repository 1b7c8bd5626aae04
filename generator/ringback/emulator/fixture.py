"""A pytest plugin: the fixture `ringback_emulator`, an emulator with a manual clock for one test.

    def test_busy(ringback_emulator):
        ringback_emulator.behave("+1500555*", busy=True)
        ...
        ringback_emulator.advance(5)

An installed ringback is found by pytest by itself. Nothing of the emulator is loaded before a test asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ringback.emulator.running import Emulator


@pytest.fixture
def ringback_emulator() -> Iterator[Emulator]:
    """A Voice API on a free port of this machine, new for each test."""
    from ringback.emulator.running import Emulator

    with Emulator() as emulator:
        yield emulator
