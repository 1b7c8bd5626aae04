"""What was renamed has a former name: found by its key, or by its shape where a component or a tag was renamed."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from ringback import openapi, plan, source
from ringback.plan import Former, LockFault, NamesLock, read_lock
from tests.plan.drawn import document, operation, query

Row = tuple[str, str, str]


def draw(
    raw: dict[str, Any], lock: NamesLock = plan.UNLOCKED, *, renew: bool = False
) -> plan.Drawn:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small.json"
        path.write_text(json.dumps(raw))
        parsed, _ = openapi.parse(source.load(path), second=False)
        return plan.draw(parsed, "small", lock, renew=renew)


def former(before: dict[str, Any], after: dict[str, Any], *, renew: bool = False) -> set[Row]:
    """The former names after a document was changed: scope, name, and what it is now."""
    return rows(draw(after, draw(before).lock, renew=renew))


def rows(drawn: plan.Drawn) -> set[Row]:
    return {(one.scope, one.name, one.now) for one in drawn.plan.former}


def pet(**more: Any) -> dict[str, Any]:
    properties = {"name": {"type": "string"}, "age": {"type": "integer", **more}}
    return {"type": "object", "properties": properties}


KIND = {"type": "string", "enum": ["cat", "dog"]}


def test_nothing_is_former_that_was_not_renamed() -> None:
    raw = document(
        {"/pets": {"get": operation(operationId="listPets", tags=["pets"])}},
        {"Pet": pet(), "Race": KIND},
    )
    grown = json.loads(json.dumps(raw))
    grown["components"]["schemas"]["Other"] = pet()
    assert former(raw, grown) == former(raw, raw) == set()


@pytest.mark.parametrize(("old", "new", "expected"), [
    (pet(), pet(**{"x-ringback-name": "years"}), {("attributes Pet", "age", "years")}),
    (pet(), {**pet(), "x-ringback-name": "Animal"}, {("types", "Pet", "Animal")}),
    (KIND, {**KIND, "x-ringback-name": "Sort"}, {("types", "Pet", "Sort"), ("literals", "PetValue", "SortValue")}),
    (
        {"type": "string", "pattern": "^PE[0-9]+$", "x-ringback-identifier": "PetId"},
        {"type": "string", "pattern": "^PE[0-9]+$", "x-ringback-identifier": "PetNumber"},
        {("types", "PetId", "PetNumber")},
    ),
])  # fmt: skip
def test_a_name_that_is_written_down(old: Any, new: Any, expected: set[Row]) -> None:
    paths = {
        "/p": {"get": operation(parameters=[query("p", {"$ref": "#/components/schemas/Pet"})])}
    }
    assert former(document(paths, {"Pet": old}), document(paths, {"Pet": new})) == expected


def test_a_renamed_component_is_known_by_its_properties() -> None:
    before = draw(document(schemas={"Pet": pet(**{"x-ringback-name": "years"}), "Race": KIND}))
    after = draw(document(schemas={"Animal": pet(), "Sort": KIND}), before.lock)
    assert {("types", "Pet", "Animal"), ("types", "Race", "Sort")} <= rows(after)
    assert after.lock.scopes["attributes Animal"] == {"name": "name", "age": "years"}
    again = draw(document(schemas={"Animal": pet(), "Sort": KIND}), after.lock)
    assert again.lock == after.lock and rows(again) == rows(after)


def test_two_that_look_alike_are_not_guessed_at() -> None:
    one = {"A": pet()}
    assert former(document(schemas=one), document(schemas={"B": pet(), "C": pet()})) == set()
    assert (
        former(document(schemas={"A": pet(), "B": pet()}), document(schemas={"C": pet()})) == set()
    )


def paths(tag: str, **operations: str) -> dict[str, Any]:
    """GET operations, each at a path of its own."""
    return {
        f"/{path}": {"get": operation(operationId=name, tags=[tag])}
        for path, name in operations.items()
    }


def test_a_tag_that_was_renamed() -> None:
    before, after = paths("pets", a="feedPets", b="washPets"), paths(
        "animals", a="feedPets", b="washPets"
    )
    found = former(document(before), document(after))
    assert {
        ("groups", "pets", "animals"), ("client", "PetsApi", "AnimalsApi"), ("client", "AsyncPetsApi", "AsyncAnimalsApi"),
        ("server", "PetsHandler", "AnimalsHandler"), ("server", "UnimplementedPets", "UnimplementedAnimals"),
    } == found  # fmt: skip


def test_an_operation_that_moved_to_another_group() -> None:
    before = {**paths("pets", a="feedPets", b="washPets"), **paths("owners", c="callOwners")}
    after = {**paths("pets", a="feedPets"), **paths("owners", b="washPets", c="callOwners")}
    first = draw(document(before))
    second = draw(document(after), first.lock)
    assert rows(second) == {("methods pets", "wash", "wash_pets")}
    assert [one.operation for one in second.plan.former] == ["WASH_PETS"]
    assert rows(draw(document(after), second.lock)) == rows(second)
    assert rows(draw(document(paths("pets", a="feedPets")), second.lock)) == set()


def test_an_operation_id_reaches_the_names_when_they_are_renewed() -> None:
    before, after = document(paths("pets", a="feedPets")), document(paths("pets", a="nourishPets"))
    assert former(before, after) == set()
    found = former(before, after, renew=True)
    assert {
        ("methods pets", "feed", "nourish"), ("constants", "FEED_PETS", "NOURISH_PETS"),
        ("server", "FeedPetsInput", "NourishPetsInput"), ("server", "FeedPetsAnswer", "NourishPetsAnswer"),
        ("server", "FeedPets204", "NourishPets204"),
    } == found  # fmt: skip


def test_an_argument_of_an_operation_whose_own_name_changes() -> None:
    def made(name: str, **more: Any) -> dict[str, Any]:
        asked = [{**query("limit", {"type": "integer"}), **more}]
        return document(
            {"/a": {"get": operation(operationId=name, tags=["pets"], parameters=asked)}}
        )

    first = draw(made("feedPets", **{"x-ringback-name": "most"}))
    second = draw(made("nourishPets"), first.lock, renew=True)
    assert ("arguments nourish_pets", "most", "limit") in rows(second)


def test_what_is_new_does_not_take_a_former_name() -> None:
    renamed = document(schemas={"Pet": pet(**{"x-ringback-name": "years"})})
    lock = draw(renamed, draw(document(schemas={"Pet": pet()})).lock).lock
    grown = json.loads(json.dumps(renamed))
    properties = grown["components"]["schemas"]["Pet"]["properties"]
    properties["Age"] = {"type": "string"}
    drawn = draw(grown, lock)
    assert drawn.lock.scopes["attributes Pet"] == {"name": "name", "age": "years", "Age": "age_2"}
    properties["Age"]["x-ringback-name"] = "age"  # who writes it down may have it
    drawn = draw(grown, lock)
    assert drawn.lock.scopes["attributes Pet"]["Age"] == "age"
    assert rows(drawn) == set()
    (warning,) = drawn.warnings
    assert (warning.code, warning.message) == (
        "former-name-given-up",
        "age, a former name of years (attributes Pet), is no alias: it is needed for something else",
    )


def test_a_kind_of_names_without_aliases_is_said() -> None:
    def made(**more: Any) -> dict[str, Any]:
        headers = {"X-Left": {"schema": {"type": "integer"}, **more}}
        answer = {"200": {"description": "a", "headers": headers}}
        return document({"/a": {"get": {"operationId": "feedPets", "responses": answer}}})

    drawn = draw(made(**{"x-ringback-name": "left"}), draw(made()).lock)
    (warning,) = drawn.warnings
    assert warning.code == "former-name-given-up"
    assert warning.message.startswith(
        "x_left, a former name of left (headers FeedPets200Headers), is no alias"
    )
    again = draw(made(**{"x-ringback-name": "left"}), drawn.lock)
    assert again.warnings == ()


def test_a_name_that_comes_back() -> None:
    plain, other = document(schemas={"Pet": pet()}), document(
        schemas={"Pet": pet(**{"x-ringback-name": "years"})}
    )
    lock = draw(other, draw(plain).lock).lock
    back = document(schemas={"Pet": pet(**{"x-ringback-name": "age"})})
    assert rows(draw(back, lock)) == {("attributes Pet", "years", "age")}


def test_all_former_names_are_kept() -> None:
    lock = draw(document(schemas={"Pet": pet()})).lock
    for name in ("years", "winters"):
        drawn = draw(document(schemas={"Pet": pet(**{"x-ringback-name": name})}), lock)
        lock = drawn.lock
    assert rows(drawn) == {
        ("attributes Pet", "age", "winters"),
        ("attributes Pet", "years", "winters"),
    }


@pytest.mark.parametrize(("version", "until", "kept"), [
    ("1", "2", True), ("1.9", "2.0", True), ("2.0", "2.0", False), ("2", "2.0", True), ("10.0", "9.1", False),
    ("2024-04-10", "2024-05-01", True), ("2024-05-01", "2024-05-01", False), ("v3", "3", False), ("1", "", True),
    ("1", "never", True),
])  # fmt: skip
def test_a_former_name_goes_with_its_version(version: str, until: str, kept: bool) -> None:
    raw = document(schemas={"Pet": pet()}, info={"title": "T", "version": version})
    scopes = draw(raw).lock.scopes
    lock = NamesLock(scopes, {"attributes Pet": {"years": Former("age", until)}})
    drawn = draw(raw, lock)
    assert rows(drawn) == ({("attributes Pet", "years", "age")} if kept else set())
    assert bool(drawn.lock.former.get("attributes Pet")) is kept
    if kept and until:
        (one,) = drawn.plan.former
        assert (
            one.message
            == f"Pet.years is called age now, and the old name goes with version {until}"
        )


def test_what_the_document_no_longer_has_has_no_former_name() -> None:
    lock = draw(document(schemas={"Pet": pet()})).lock
    lock = NamesLock(
        lock.scopes, {"attributes Pet": {"years": Former("gone")}, "types": {"Old": Former("gone")}}
    )
    drawn = draw(document(schemas={"Pet": pet()}), lock)
    assert rows(drawn) == set() and not any(drawn.lock.former.values())


def test_a_lock_edited_by_hand_may_list_a_name_twice() -> None:
    lock = draw(document(schemas={"Pet": pet()})).lock
    lock = NamesLock(lock.scopes, {"attributes Pet": {"age": Former("age")}})
    drawn = draw(document(schemas={"Pet": pet()}), lock)
    assert drawn.lock.scopes["attributes Pet"]["age"] == "age" and rows(drawn) == set()


def test_the_lock_is_a_text_and_back() -> None:
    lock = NamesLock({"types": {"a": "A"}}, {"types": {"B": Former("a", "2.0"), "C": Former("a")}})
    assert read_lock(lock.text()) == lock
    assert json.loads(lock.text())["former"]["types"]["B"] == {"key": "a", "until": "2.0"}
    assert '"former"' not in NamesLock({"types": {"a": "A"}}).text()


@pytest.mark.parametrize(("told", "said"), [
    ([], '"former" is no mapping'),
    ({"types": []}, "the former names of 'types' are no mapping"),
    ({"types": {"import os": {"key": "a"}}}, "the former name 'import os' in 'types' is no name"),
    ({"types": {"_B": {"key": "a"}}}, "the former name '_B' in 'types' is no name"),
    ({"types": {"B": "a"}}, "the former name 'B' in 'types' has no \"key\""),
    ({"types": {"B": {"key": "a", "until": 2}}}, "\"until\" of the former name 'B' in 'types' is no text"),
])  # fmt: skip
def test_what_is_no_former_name_is_refused(told: Any, said: str) -> None:
    with pytest.raises(LockFault) as found:
        read_lock(json.dumps({"format": 1, "names": {}, "former": told}))
    assert said in str(found.value)
