"""A document in the manner of many published ones: what its mock takes from examples belongs to the room that was asked for."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from mocked import CORPUS, FORM, Client, Open

from ringback import openapi, source
from ringback.contract import Contract, Options, run, target_of
from ringback.mock import create_app

ROOMS = CORPUS / "mock" / "rooms.yaml"


@pytest.fixture
def rooms(opened: Open) -> Client:
    return opened(ROOMS)


def made(client: Client, **fields: str) -> dict[str, Any]:
    body = urlencode({"Name": "Daily", **fields}).encode()
    found: dict[str, Any] = client.json("POST", "/v1/Rooms", body, content_type=FORM)
    return found


def test_the_addresses_of_an_example_become_those_of_the_item(rooms: Client) -> None:
    room = made(rooms)
    own = f"https://rooms.example/v1/Rooms/{room['sid']}"
    assert room["sid"] != "RM00000001"
    assert (room["url"], room["links"]) == (own, {"guests": f"{own}/Guests"})
    assert rooms.json("GET", f"/v1/Rooms/{room['sid']}") == room


def test_an_example_with_one_wrong_property_is_an_example_without_it(rooms: Client) -> None:
    assert "callback" not in made(rooms)  # the document's own is no URI


def test_what_is_planted_belongs_where_it_is_found(rooms: Client) -> None:
    first, second = made(rooms)["sid"], made(rooms)["sid"]
    guests = [rooms.json("GET", f"/v1/Rooms/{one}/Guests")["guests"] for one in (first, second)]
    assert [{one["room_sid"] for one in some} for some in guests] == [{first}, {second}]
    alice = guests[0][0]
    assert alice["identity"] == "alice"
    assert alice["url"] == f"https://rooms.example/v1/Rooms/{first}/Guests/{alice['sid']}"
    assert len({one["sid"] for some in guests for one in some}) == 4
    assert rooms("GET", f"/v1/Rooms/{second}/Guests/{alice['sid']}").status == 404


def test_what_is_read_and_posted_is_there_once_in_each_place(rooms: Client) -> None:
    first, second = made(rooms)["sid"], made(rooms)["sid"]
    path = f"/v1/Rooms/{first}/Rules"
    before = rooms.json("GET", path)
    after = rooms.json("POST", path, b"Note=quiet", content_type=FORM)
    assert (before["room_sid"], after) == (first, {**before, "note": "quiet"})
    assert rooms.json("GET", path) == after
    assert rooms.json("GET", f"/v1/Rooms/{second}/Rules").get("note") != "quiet"


@pytest.mark.parametrize("seed", [1, 2])
def test_the_tester_reaches_all_of_it_and_finds_nothing(seed: int) -> None:
    document, _ = openapi.parse(source.load(ROOMS), second=False)
    app = create_app(document, settings={"seed": seed})
    try:
        target = target_of(app, "mock")
        outcome = run(Contract.of(document), target, Options(seeds=(seed,), max_time=6.0))
    finally:
        app.close()
    assert [f"{one.code} {one.operation}: {one.message}" for one in outcome.findings] == []
    successes = {
        one.label
        for one in outcome.coverage.operations
        if any(count and status.startswith("2") for status, count in one.documented)
    }
    assert len(successes) == len(document.operations)
