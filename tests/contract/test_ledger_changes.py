"""Acknowledged changes are kept, status follows its life cycle, and what moves by itself is left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from talking import BASE, CALLEE, NUMBER, SID, call, document, exchange, queue, take, voice

from ringback.contract.ledger import Ledger
from ringback.contract.ledger.lifecycles import Lifecycle
from ringback.contract.traffic import Exchange

CALL = f"{BASE}/Calls/{SID}.json"
QUEUE = f"{BASE}/Queues/QU{'1' * 32}.json"


def shown(number: int, **changes: Any) -> Exchange:
    return exchange(number, "GET", CALL, 200, call(**changes))


def test_an_acknowledged_change_is_seen_afterwards() -> None:
    told = exchange(
        2, "POST", QUEUE, 200, queue(friendly_name="night"), form={"FriendlyName": "night"}
    )
    before, after = exchange(1, "GET", QUEUE, 200, queue()), exchange(3, "GET", QUEUE, 200, queue())
    found = take(Ledger(voice()), before, told, after)
    assert found == [
        (
            "stale-read",
            "friendly_name is 'support', wanted 'night' as acknowledged since its update",
        )
    ]


def test_a_change_by_somebody_else_is_no_old_value() -> None:
    told = exchange(
        2, "POST", QUEUE, 200, queue(friendly_name="night"), form={"FriendlyName": "night"}
    )
    third = exchange(3, "GET", QUEUE, 200, queue(friendly_name="third"))
    assert take(Ledger(voice()), exchange(1, "GET", QUEUE, 200, queue()), told, third) == []


def test_a_later_write_that_may_have_happened_explains_the_old_value() -> None:
    told = exchange(
        2, "POST", QUEUE, 200, queue(friendly_name="night"), form={"FriendlyName": "night"}
    )
    lost = exchange(3, "POST", QUEUE, None, form={"FriendlyName": "support"}, failure="timeout")
    after = exchange(4, "GET", QUEUE, 200, queue())
    assert take(Ledger(voice()), exchange(1, "GET", QUEUE, 200, queue()), told, lost, after) == []


def test_what_was_created_keeps_what_it_was_created_with() -> None:
    made = exchange(
        1, "POST", f"{BASE}/Calls.json", 201, call(), form={"To": CALLEE, "From": NUMBER}
    )
    found = take(Ledger(voice()), made, shown(2, to="+15005550001"))
    assert found == [
        ("stale-read", f"to is '+15005550001', wanted '{CALLEE}' as acknowledged when it was created")
    ]  # fmt: skip


def test_nothing_goes_back() -> None:
    late = "Tue, 31 Aug 2010 20:40:00 +0000"
    found = take(Ledger(voice()), shown(1, date_updated=late), shown(2))
    assert found == [
        ("stale-read", "date_updated is 'Tue, 31 Aug 2010 20:36:28 +0000' after "
         "'Tue, 31 Aug 2010 20:40:00 +0000', wanted it never to go back")
    ]  # fmt: skip


def test_readings_that_overlap_have_no_order() -> None:
    late = shown(2, date_updated="Tue, 31 Aug 2010 20:40:00 +0000", status="completed")
    slow = exchange(1, "GET", CALL, 200, call(status="ringing"), started=1000, elapsed=5)
    assert take(Ledger(voice()), late, slow) == []


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("completed", "in-progress", "no change"),
        ("in-progress", "queued", "one of 'completed'"),
        ("busy", "completed", "no change"),
    ],
)
def test_a_status_follows_its_life_cycle(before: str, after: str, wanted: str) -> None:
    ledger = Ledger(voice())
    found = [*ledger.take(shown(1, status=before)), *ledger.take(shown(2, status=after))]
    assert [(one.code, one.message) for one in found] == [
        ("illegal-transition", f"status is '{after}' after '{before}', wanted {wanted}")
    ]
    assert found[0].place is not None and found[0].place.file.endswith("resources.yaml")
    assert found[0].place.pointer.endswith("x-ringback-lifecycle")


def test_steps_may_be_missed() -> None:
    steps = ["queued", "queued", "ringing", "completed", "completed"]
    shows = [shown(number, status=status) for number, status in enumerate(steps, 1)]
    assert take(Ledger(voice()), *shows) == []


THINGS = """
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /things/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get:
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
components:
  schemas:
    Thing: {type: object, properties: {id: {type: integer}, state: {type: string}}}
"""


def test_settings_give_life_cycles_too(tmp_path: Path) -> None:
    contract = document(THINGS, tmp_path)
    steps = [
        exchange(n, "GET", "/things/1", 200, {"id": 1, "state": s}) for n, s in ((1, "b"), (2, "a"))
    ]
    assert take(Ledger(contract), *steps) == []
    ledger = Ledger(contract, lifecycles={"Thing.state": {"a": ["b"]}})
    assert take(ledger, *steps) == [
        ("illegal-transition", "state is 'a' after 'b', wanted no change")
    ]


def test_a_life_cycle_may_turn_in_circles() -> None:
    cycle = Lifecycle.of({"on": ["off"], "off": ["on"], "idle": ["on"]}, ())
    assert cycle.allows("on", "off") and cycle.allows("off", "on") and cycle.allows("idle", "off")
    assert not cycle.allows("on", "idle")
    assert cycle.allows("unknown", "on") and not cycle.is_final("on")
