"""Steps from answers to requests, and the document that carries them as links."""

from __future__ import annotations

import copy
from collections.abc import Callable

import jsonschema_rs
import pytest
from small import ACCOUNTS, literal, pets, voice

from ringback.contract.links import linked, steps
from ringback.wire.view import Contract


def taken(contract: Contract, producer: str) -> dict[str, dict[str, str]]:
    return {one.consumer: dict(one.given) for one in steps(contract) if one.producer == producer}


def test_from_a_created_call_to_everything_that_takes_it() -> None:
    found = taken(voice(), f"POST {ACCOUNTS}/Calls.json")
    call = f"{ACCOUNTS}/Calls/{{CallSid}}"
    assert set(found) == {
        f"GET {call}.json", f"POST {call}.json", f"DELETE {call}.json",
        f"GET {call}/Recordings.json", f"POST {call}/Recordings.json",
    }  # fmt: skip
    assert all(given == {"CallSid": "$response.body#/sid"} for given in found.values())


def test_what_stands_beside_in_the_answer_or_in_the_path_before_is_used() -> None:
    participants = f"{ACCOUNTS}/Conferences/{{ConferenceSid}}/Participants"
    found = taken(voice(), f"POST {participants}.json")
    assert found[f"GET {participants}/{{CallSid}}.json"] == {
        "ConferenceSid": "$response.body#/conference_sid",
        "CallSid": "$response.body#/call_sid",
    }
    recordings = f"{ACCOUNTS}/Calls/{{CallSid}}/Recordings"
    found = taken(voice(), f"POST {recordings}.json")
    assert found[f"GET {recordings}/{{RecordingSid}}.json"] == {
        "CallSid": "$request.path.CallSid",  # call_sid may be null
        "RecordingSid": "$response.body#/sid",
    }


def test_rows_lead_to_what_only_comes_to_be_by_itself() -> None:
    found = taken(voice(), f"GET {ACCOUNTS}/Conferences.json")
    fetch = f"GET {ACCOUNTS}/Conferences/{{ConferenceSid}}.json"
    assert found[fetch] == {"ConferenceSid": "$response.body#/conferences/0/sid"}


@pytest.mark.parametrize("make", [voice, literal])
def test_every_item_of_the_voice_document_is_reached(make: Callable[[], Contract]) -> None:
    contract = make()
    reached = {one.consumer for one in steps(contract)}
    items = {
        contract.label(one)
        for one in contract.operations
        if len(contract.parameters(one, "path")) > 1
    }
    assert items <= reached


def test_integers_and_uuids_lead_on_too() -> None:
    found = taken(pets(), "POST /pets")
    assert found["GET /pets/{petId}"] == {"petId": "$response.body#/id"}
    assert found["POST /pets/{id}/visits"] == {"id": "$response.body#/id"}
    found = taken(pets(), "POST /pets/{id}/visits")
    assert found["GET /pets/{id}/visits/{visit}"] == {
        "id": "$response.body#/pet_id",
        "visit": "$response.body#/id",
    }


def test_the_linked_document_is_a_copy_with_links_and_without_webhooks() -> None:
    contract = voice()
    before = copy.deepcopy(contract.document.tree.root)
    made = linked(contract)
    assert contract.document.tree.root == before
    assert "webhooks" not in made and "webhooks" in before
    created = made["paths"][f"{ACCOUNTS}/Calls.json"]["post"]["responses"]["201"]
    assert created["links"]["fetchCall"] == {
        "operationId": "fetchCall",
        "parameters": {"CallSid": "$response.body#/sid"},
    }


def test_operations_without_a_name_are_linked_by_their_place() -> None:
    made = linked(pets())
    links = made["paths"]["/pets"]["post"]["responses"]["201"]["links"]
    assert links["DELETE__pets__petId_"]["operationRef"] == "#/paths/~1pets~1{petId}/delete"


def test_bodies_are_closed_and_answers_are_not() -> None:
    made = linked(voice())
    body = made["paths"][f"{ACCOUNTS}/Calls.json"]["post"]["requestBody"]["content"]
    (media,) = body.values()
    assert media["schema"]["additionalProperties"] is False
    assert "additionalProperties" not in made["components"]["schemas"]["Call"]
    judge = jsonschema_rs.Draft202012Validator(
        {**media["schema"], "components": made["components"]}
    )
    assert judge.is_valid({"To": "+1", "From": "+2"})
    assert not judge.is_valid({"To": "+1", "From": "+2", "Extra": "x"})
