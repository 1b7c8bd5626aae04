"""Servers that are wrong in one place: ordinary traffic is enough to find it, and nothing else is found."""

from __future__ import annotations

import pytest
from faults import FAULTS
from memory_store import World
from talking import BASE, CALLEE, NUMBER, talking, voice, wander

from ringback.contract.traffic import Intent

WANTED = {
    "a SID of another kind": {"wrong-kind"},
    "a value outside the enum": {"schema"},
    "an undocumented status": {"undocumented-status"},
    "a missing property": {"schema"},
    "a date in another format": {"schema"},
    "an invalid form value accepted": {"accepted-invalid"},
    "a deletion that does not delete": {"not-deleted"},
}


def test_all_of_them_are_tried() -> None:
    assert WANTED.keys() == FAULTS.keys()


@pytest.mark.parametrize("name", WANTED)
def test_a_planted_fault_is_found(name: str) -> None:
    with talking(FAULTS[name][0](World(seed=1)), voice()) as talk:
        for seed in (1, 2):
            wander(talk, seed, 60, live=False)
        form = {"To": CALLEE, "From": NUMBER, "Twiml": "<Response/>", "Timeout": "601"}
        talk.say("POST", f"{BASE}/Calls.json", form, intent=Intent.INVALID)
    assert {one.code for one in talk.findings} == WANTED[name]
