"""What a write is about may stand in its query or its body; what it changed there is no stale value afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from talking import exchange, take

from ringback import openapi, source
from ringback.contract import Contract
from ringback.contract.judges import judge
from ringback.contract.ledger import Ledger

DOCUMENTS = Path(__file__).parents[1] / "corpus" / "documents"
BASE = "/api/v3"


@pytest.fixture
def petstore() -> Contract:
    tree = source.load(DOCUMENTS / "swagger-petstore.yaml", [])
    return Contract.of(openapi.parse(tree, second=False)[0])


def pet(name: str) -> dict[str, object]:
    return {"id": 7, "name": name, "photoUrls": []}


def test_a_name_in_the_query_is_a_new_name(petstore: Contract) -> None:
    made = exchange(1, "POST", f"{BASE}/pet", 200, pet("old"), sent=pet("old"))
    told = exchange(2, "POST", f"{BASE}/pet/7?name=new", 200, pet("new"))
    assert (
        take(Ledger(petstore), made, told, exchange(3, "GET", f"{BASE}/pet/7", 200, pet("new")))
        == []
    )


def test_what_nobody_changed_is_stale_all_the_same(petstore: Contract) -> None:
    made = exchange(1, "POST", f"{BASE}/pet", 200, pet("old"), sent=pet("old"))
    found = take(Ledger(petstore), made, exchange(2, "GET", f"{BASE}/pet/7", 200, pet("new")))
    assert [code for code, _ in found] == ["stale-read"]


def test_a_body_that_names_its_pet_changes_it(petstore: Contract) -> None:
    made = exchange(1, "POST", f"{BASE}/pet", 200, pet("old"), sent=pet("old"))
    told = exchange(2, "PUT", f"{BASE}/pet", 200, pet("new"), sent=pet("new"))
    assert (
        take(Ledger(petstore), made, told, exchange(3, "GET", f"{BASE}/pet/7", 200, pet("new")))
        == []
    )


def test_the_path_says_who_it_is_whatever_the_body_says(petstore: Contract) -> None:
    one = {"username": "a", "firstName": "A"}
    before = exchange(1, "GET", f"{BASE}/user/a", 200, one)
    told = exchange(2, "PUT", f"{BASE}/user/a", 200, sent={"username": "b"})
    assert (
        take(Ledger(petstore), before, told, exchange(3, "GET", f"{BASE}/user/a", 200, one)) == []
    )


def test_what_an_answer_has_no_property_for_is_not_missed_inside_objects(
    petstore: Contract,
) -> None:
    body = {**pet("x"), "category": {"id": 1, "name": "dogs", "secret": "s"}}
    answer = {**pet("x"), "category": {"id": 2, "name": "dogs"}}
    made = exchange(1, "POST", f"{BASE}/pet", 200, answer, sent=body)
    assert "not-echoed" not in {one.code for one in judge(petstore, made)}
    shorter = {**body, "category": {"id": 1, "name": "dogs"}}
    made = exchange(2, "POST", f"{BASE}/pet", 200, answer, sent=shorter)
    assert "not-echoed" in {one.code for one in judge(petstore, made)}
