"""False findings are defects: servers that keep to the document, driven at random through time, give none at all.

What is wrong on purpose is found by the tests beside this one; here everything is right, much of it changes by itself, and the
requests are of all sorts, refused ones among them.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from talking import Talk, emulator, memory, said, talking, voice, wander

from ringback.contract.ledger import Ledger
from ringback.contract.replay import replay


def _whole(talk: Talk) -> list[tuple[str, str]]:
    return said([*talk.findings, *talk.ledger.finish()])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("speed", ["manual", "60x", "3000x"])
def test_the_emulator(seed: int, speed: str) -> None:
    with talking(emulator(clock=speed), voice()) as talk:
        wander(talk, seed, 80)
    assert _whole(talk) == []
    reached = Counter(one.reply.status for one in talk.exchanges if one.reply is not None)
    assert reached[201] > 10 and reached[200] > 50 and reached[404] > 5 and reached[400] > 2


@pytest.mark.parametrize("seed", range(4))
def test_the_server_in_memory(seed: int) -> None:
    with talking(memory(), voice()) as talk:
        wander(talk, seed, 80, live=False)
    assert _whole(talk) == []


def test_the_emulator_with_the_plain_document_and_its_shapes() -> None:
    with talking(emulator(literal=True), voice(overlays=False)) as talk:
        wander(talk, 5, 80)
    assert {code for code, _ in _whole(talk)} <= {"undocumented-status"}


def test_a_recording_of_it() -> None:
    with talking(emulator(), voice()) as talk:
        wander(talk, 7, 60)
    assert said(replay(voice(), talk.exchanges).findings) == []


def test_answers_that_come_in_another_order() -> None:
    """What several workers see at once is believed only where one was over before the other began."""
    with talking(emulator(), voice()) as talk:
        wander(talk, 8, 60)
    ledger = Ledger(voice(), concurrent=True)
    found: list[Any] = []
    for index in range(0, len(talk.exchanges), 4):
        for exchange in reversed(talk.exchanges[index : index + 4]):
            found += ledger.take(exchange)
    assert said([*found, *ledger.finish()]) == []
