"""What scenarios are made of: what exists, where it is found, and requests that vary in one value."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from shop import KEY, contract
from talking import ACCOUNT, voice

from ringback import openapi, source
from ringback.contract import Exchange, Intent, Phase, Reply, Request
from ringback.contract.credentials import credentials, needs_credentials, wrong
from ringback.contract.scenarios import STAGES, calling_back, resting, varying, walking
from ringback.contract.scenarios.asking import Ask
from ringback.contract.scenarios.known import Known, identity, parameters, snake
from ringback.wire import Contract

PREFIX = f"/2010-04-01/Accounts/{ACCOUNT}"


def exchange(method: str, target: str, status: int, body: Any, number: int = 1) -> Exchange:
    held = voice() if target.startswith("/2010") else contract()
    match = held.match(method, target)
    assert match is not None
    reply = Reply(status, (("content-type", "application/json"),), json.dumps(body).encode())
    label = held.label(match.operation)
    return Exchange(number, Request(method, target), reply, label, Phase.SCENARIO, Intent.VALID)


def known_pets() -> Known:
    return Known(contract(), {})


def test_what_is_created_listed_or_fetched_exists_until_it_is_gone() -> None:
    known = known_pets()
    (pets,) = known.resources.values()
    known.take(exchange("POST", "/v1/pets", 201, {"id": 3, "name": "Tom", "kind": "cat"}))
    rows = [{"id": 4, "name": "Rex", "kind": "dog"}, {"id": 3, "name": "Tim", "kind": "cat"}]
    known.take(exchange("GET", "/v1/pets", 200, {"pets": rows, "next": None}, 2))
    assert [one.values for one in known.items(pets)] == [{"petId": "3"}, {"petId": "4"}]
    assert known.items(pets)[0].created and not known.items(pets)[1].created
    assert known.items(pets)[0].body["name"] == "Tim"
    known.take(exchange("DELETE", "/v1/pets/3", 204, None, 3))
    known.take(exchange("GET", "/v1/pets/4", 404, {"error": "gone"}, 4))
    assert known.items(pets) == []
    assert len(known.items(pets, gone=True)) == 2


def test_a_refused_creation_makes_nothing_known() -> None:
    known = known_pets()
    known.take(exchange("POST", "/v1/pets", 400, {"id": 3, "error": "no"}))
    assert [known.items(one) for one in known.resources.values()] == [[]]


def test_path_values_belong_together() -> None:
    known = Known(voice(), {"AccountSid": ACCOUNT})
    call, other, recording = "CA" + "1" * 32, "CA" + "2" * 32, "RE" + "3" * 32
    for number, sid in enumerate((call, other)):
        known.take(exchange("POST", f"{PREFIX}/Calls.json", 201, {"sid": sid}, number))
    made = {"sid": recording, "call_sid": call}
    known.take(exchange("POST", f"{PREFIX}/Calls/{call}/Recordings.json", 201, made, 3))
    operation = voice().operation(
        "GET /Accounts/{AccountSid}/Calls/{CallSid}/Recordings/{RecordingSid}.json"
    )
    wanted = {"AccountSid": ACCOUNT, "CallSid": call, "RecordingSid": recording}
    assert known.path(operation, random.Random(1)) == wanted
    drawn = {"AccountSid": "AC" + "9" * 32, "CallSid": other, "RecordingSid": "RE" + "4" * 32}
    filled = [known.fill(voice().label(operation), drawn, random.Random(n)) for n in range(40)]
    assert all(one["AccountSid"] == ACCOUNT for one in filled)
    assert 25 < sum(one == wanted for one in filled) < 40, "mostly what exists, now and then not"


def test_what_is_there_to_be_refused_stays() -> None:
    known = Known(voice(), {"AccountSid": ACCOUNT})
    known.take(exchange("POST", f"{PREFIX}/Calls.json", 201, {"sid": "CA" + "1" * 32}))
    label = "GET /Accounts/{AccountSid}/Calls/{CallSid}.json"
    for wrong_one in ("RE" + "1" * 32, "CA1", ""):
        given = {"AccountSid": "x", "CallSid": wrong_one}
        assert known.fill(label, given, random.Random(1))["CallSid"] == wrong_one


def test_the_answer_says_where_a_thing_lives() -> None:
    known = Known(voice(), {"AccountSid": ACCOUNT})
    body = {"call_sid": "CA" + "1" * 32, "conference_sid": "CF" + "2" * 32}
    known.take(exchange("POST", f"{PREFIX}/Conferences/a%20name/Participants.json", 201, body))
    (item,) = known.items(known.resources["Participants"])
    assert item.values["ConferenceSid"] == "CF" + "2" * 32


ROOMS = """
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /rooms: {post: &made {responses: {"201": {description: a, content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}}}}
  /rooms/{id}: {get: &shown {responses: {"200": {description: a, content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}}}}
  /rooms/{roomId}/guests: {post: *made}
  /rooms/{roomId}/guests/{id}: {get: *shown}
  /rooms/{roomId}/guests/{id}/move: {post: {responses: {"204": {description: a}}}}
  /staff: {post: *made}
  /staff/{id}: {get: *shown}
"""


def test_a_parent_may_call_itself_otherwise_than_what_lies_below_it(tmp_path: Path) -> None:
    (tmp_path / "rooms.yaml").write_text(ROOMS, encoding="utf-8")
    held = Contract.of(openapi.parse(source.load(tmp_path / "rooms.yaml"), second=False)[0])
    known = Known(held, {})
    guests = known.resources["guests"]
    assert known.parents(guests) == []
    for number, (target, own) in enumerate(
        (("/staff", "s"), ("/rooms", "r"), ("/rooms/r/guests", "g"))
    ):
        reply = Reply(
            201, (("content-type", "application/json"),), json.dumps({"id": own}).encode()
        )
        label = "POST " + target.replace("/r/", "/{roomId}/")
        request = Request("POST", target)
        known.take(Exchange(number, request, reply, label, Phase.SCENARIO, Intent.VALID))
    assert known.parents(guests) == [{"roomId": "r"}]
    move = held.operation("POST /rooms/{roomId}/guests/{id}/move")
    assert known.ranked(move) == [{"roomId": "r", "id": "g"}]
    assert known.ranked(held.operation("GET /staff/{id}")) == [{"id": "s"}]


def test_a_state_in_which_an_operation_was_accepted_is_preferred() -> None:
    known = Known(voice(), {"AccountSid": ACCOUNT})
    over, live = "CA" + "1" * 32, "CA" + "2" * 32
    for number, (sid, status) in enumerate(((live, "in-progress"), (over, "completed"))):
        row = {"sid": sid, "status": status}
        known.take(exchange("GET", f"{PREFIX}/Calls/{sid}.json", 200, row, number))
    update = voice().operation("POST /Accounts/{AccountSid}/Calls/{CallSid}.json")
    assert known.ranked(update)[0]["CallSid"] == over, "the newest, as nothing else is known"
    known.take(exchange("POST", f"{PREFIX}/Calls/{over}.json", 400, {"code": 1}, 5))
    assert known.ranked(update)[0]["CallSid"] == live


@pytest.mark.parametrize(
    ("parameter", "row", "own", "value"),
    [
        ("CallSid", {"sid": "CA1", "call_sid": "CA2"}, True, "CA2"),
        ("CallSid", {"sid": "CA1"}, True, "CA1"),
        ("CallSid", {"sid": "RE1"}, False, None),
        ("petId", {"id": 7}, True, "7"),
        ("petId", {"petId": 8, "id": 7}, True, "8"),
        ("petId", {"pet": 9}, False, "9"),
        ("name", {"name": "x"}, True, "x"),
        ("id", {"id": True}, True, None),
    ],
)
def test_identity(parameter: str, row: dict[str, Any], own: bool, value: str | None) -> None:
    assert identity(parameter, row, own=own) == value


def test_names_and_parameters() -> None:
    assert [snake(one) for one in ("CallSid", "petId", "X-Key", "name")] == [
        "call_sid",
        "pet_id",
        "x_key",
        "name",
    ]
    assert parameters("/a/{B}/c/{D}.json") == ("B", "D")


# -- requests


def test_one_value_of_a_request_is_changed() -> None:
    operation = contract().operation("GET /pets")
    ask = Ask(operation, query={"limit": 3, "kind": "cat"})
    assert ask.request(contract()).target == "/v1/pets?limit=3&kind=cat"
    assert ask.with_query({"kind": None}).request(contract()).target == "/v1/pets?limit=3"
    make = contract().operation("POST /pets")
    said = Ask(make).saying({"name": "Tom"}).saying({"kind": "dog"}).request(contract())
    assert json.loads(said.body) == {"name": "Tom", "kind": "dog"}
    assert said.header("content-type") == "application/json"
    with pytest.raises(KeyError):
        Ask(contract().operation("GET /pets/{petId}")).request(contract())


def test_many_values_travel_in_few_requests() -> None:
    def cell(name: str, value: Any, listed: bool = True) -> varying.Cell:
        return varying.Cell("body", name, value, listed, ())

    cells = [cell("a", 1), cell("a", 2), cell("a", 3), cell("b", 1), cell("c", "x", listed=False)]
    rows = [[(one.name, one.value) for one in row] for row in varying._rows(cells)]
    assert rows == [[("a", 1), ("b", 1)], [("a", 2)], [("a", 3)], [("c", "x")]]


def test_the_next_page_is_found_in_the_answer() -> None:
    assert walking._link('</v1/pets?after=2>; rel="next", </v1/pets>; rel="first"')
    for body in (
        {"next_page_uri": "/x?page=2"},
        {"next": "/x?page=2"},
        {"links": {"next": {"href": "/x?page=2"}}},
        {"meta": {"nextLink": "/x?page=2"}},
    ):
        assert walking._named(json.dumps(body).encode()) == "/x?page=2"
    assert walking._named(b'{"next": null}') is None
    assert walking._named(b"not json") is None


def test_parameters_of_paging_are_told_from_filters() -> None:
    operation = voice().operation("GET /Accounts/{AccountSid}/Calls.json")
    told = {one.name for one in operation.parameters if walking.paging(one)}
    assert told == {"PageSize", "Page", "PageToken"}


def test_addresses_for_callbacks_are_told_from_others() -> None:
    operation = voice().operation("POST /Accounts/{AccountSid}/Calls.json")
    slots = calling_back.slots_of(operation)
    assert {"StatusCallback", "RecordingStatusCallback", "AsyncAmdStatusCallback"} <= set(slots)
    assert not {"Url", "FallbackUrl", "StatusCallbackMethod", "To"} & set(slots)


def test_where_nothing_follows_a_state_nothing_is_waited_for() -> None:
    calls = next(one for one in Known(voice(), {}).resources.values() if one.name == "Calls")

    class Bench:
        contract = voice()

    found = resting.states(Bench(), calls)  # type: ignore[arg-type]
    assert found is not None and found[0] == "status"
    assert resting._final(Bench(), found[1], "completed")  # type: ignore[arg-type]
    assert not resting._final(Bench(), found[1], "ringing")  # type: ignore[arg-type]


def test_every_scenario_has_a_name_of_its_own() -> None:
    names = [name for stage in STAGES for name, _ in stage]
    assert len(names) == len(set(names)) >= 13


# -- credentials


def test_credentials_go_where_the_document_wants_them() -> None:
    assert credentials(contract(), KEY).usual.headers == (("x-key", KEY),)
    found = credentials(voice(), f"{ACCOUNT}:secret")
    assert found.usual.headers[0][1].startswith("Basic ")
    assert dict(found.path) == {"AccountSid": ACCOUNT}
    assert credentials(voice(), None).usual.headers == ()
    assert dict(credentials(voice(), "somebody:secret").path) == {}, "no SID of an account"


def test_wrong_credentials_are_wrong() -> None:
    told = credentials(voice(), f"{ACCOUNT}:secret")
    for operation in voice().operations:
        always, in_turn = wrong(voice(), told, operation)
        assert [one.what for one in always] == ["no credentials", "a wrong password"]
        assert len(in_turn) == 3
        assert all(one.proof != told.usual for one in (*always, *in_turn))
    assert all(needs_credentials(one) for one in voice().operations)
