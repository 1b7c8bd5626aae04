"""Reordering a document renames nothing; something new renames nothing that was there before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ringback import openapi, plan, source
from tests.plan.drawn import document, operation, query
from tests.plan.public_names import grown, public_names, shuffled

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "tests" / "corpus" / "documents"
LISTED = json.loads((DOCUMENTS / "index.json").read_text())
ALONE = "ogen-additional-operations-32"  # one operation and no schema: there is nothing to reorder
NAMES = (
    "voice", "redocly-museum", "readme-polymorphism-30", "dmcg-rw-variant-graph-31", "opc-baseline-30",
)  # fmt: skip


@pytest.fixture(scope="module", params=NAMES)
def raw(request: pytest.FixtureRequest) -> Any:
    """A document as plain data, effective where it has overlays."""
    if request.param == "voice":
        overlays = [str(ROOT / f"spec/overlays/{name}.yaml") for name in ("twilio", "resources")]
        tree = source.load(ROOT / "spec/voice.yaml", overlays)
    else:
        (file,) = DOCUMENTS.glob(f"{request.param}.*")
        tree = source.load(file)
    return json.loads(json.dumps(tree.root, default=str))


@pytest.fixture
def draw(tmp_path: Path) -> Any:
    def drawing(raw: Any, lock: plan.NamesLock = plan.UNLOCKED) -> plan.Drawn:
        path = tmp_path / "document.json"
        path.write_text(json.dumps(raw))
        parsed, _ = openapi.parse(source.load(path), second=False)
        return plan.draw(parsed, "small", lock)

    return drawing


@pytest.mark.parametrize("seed", [1, 2])
def test_another_order_gives_the_same_names_without_a_lock(raw: Any, draw: Any, seed: int) -> None:
    other = shuffled(raw, seed)
    assert json.dumps(other) != json.dumps(raw)
    assert other == raw
    assert public_names(draw(other)) == public_names(draw(raw))


def test_what_is_added_beside_everything_renames_nothing(raw: Any, draw: Any) -> None:
    before = draw(raw)
    after = draw(grown(raw), before.lock)
    old, new = public_names(before), public_names(after)
    assert {key: new.get(key) for key in old} == old | {"exported": new["exported"]}
    assert set(old["exported"].split()) <= set(new["exported"].split())
    assert len(new) > len(old)


def test_without_the_lock_it_would_have(raw: Any, draw: Any) -> None:
    before, after = draw(raw).lock.scopes, draw(grown(raw)).lock.scopes
    assert any(
        after.get(scope, {}).get(key) != name
        for scope, names in before.items()
        for key, name in names.items()
    )


def test_names_are_different_in_each_scope(raw: Any, draw: Any) -> None:
    grown_up = draw(grown(raw), draw(raw).lock)
    for scope, names in grown_up.lock.scopes.items():
        assert len(set(names.values())) == len(names), scope


def test_a_lock_says_the_same_again(raw: Any, draw: Any) -> None:
    first = draw(raw)
    text = first.lock.text()
    again = draw(raw, plan.read_lock(text))
    assert again.lock.text() == text
    assert again.plan == first.plan


CALL = {"type": "object", "properties": {"fooBar": {"type": "string"}}}


def test_a_property_that_comes_out_the_same_makes_way(draw: Any) -> None:
    before = draw(document(schemas={"Call": CALL}))
    both = {"type": "object", "properties": {"foo-bar": {}, **CALL["properties"]}}
    after = draw(document(schemas={"Call": both}), before.lock)
    assert after.lock.scopes["attributes Call"] == {"fooBar": "foo_bar", "foo-bar": "foo_bar_2"}
    free = draw(document(schemas={"Call": both}))
    assert free.lock.scopes["attributes Call"] == {"fooBar": "foo_bar_2", "foo-bar": "foo_bar"}


def test_a_class_of_a_new_operation_makes_way_for_a_type(draw: Any) -> None:
    schemas = {"SendInput": CALL}
    before = draw(document(schemas=schemas))
    paths = {"/send": {"post": operation(operationId="send", parameters=[query("a", {})])}}
    after = draw(document(paths, schemas), before.lock)
    assert after.plan.exported == ("SendInput",)
    assert after.plan.operations[0].input == "SendInput_2"
    again = draw(document(paths, schemas), after.lock)
    assert again.plan.operations[0].input == "SendInput_2"


def test_an_enum_that_gains_a_value_keeps_its_name(draw: Any) -> None:
    def states(*values: str) -> dict[str, Any]:
        enum = {"type": "string", "enum": list(values)}
        return document(
            {"/a": {"get": operation(parameters=[query("state", enum), query("mood", {"type": "string", "enum": ["x"]})])}},
        )  # fmt: skip

    before = draw(states("on", "off"))
    renamed = plan.NamesLock(
        {**before.lock.scopes, "types": {key: f"My{name}" for key, name in before.lock.scopes["types"].items()}}
    )  # fmt: skip
    after = draw(states("on", "off", "broken"), renamed)
    assert {one.name for one in after.plan.enums} == {f"My{one.name}" for one in before.plan.enums}


def test_a_name_that_the_author_writes_down_counts_more_than_the_lock(draw: Any) -> None:
    before = draw(document(schemas={"Call": CALL}))
    named = {
        "type": "object",
        "properties": {"fooBar": {"type": "string", "x-ringback-name": "it"}},
    }
    after = draw(document(schemas={"Call": named}), before.lock)
    assert after.lock.scopes["attributes Call"] == {"fooBar": "it"}


def test_what_the_package_needs_itself_is_given_up_with_a_warning(draw: Any) -> None:
    lock = plan.NamesLock({"types": {"schema /components/schemas/Call": "Struct"}})
    after = draw(document(schemas={"Call": CALL}), lock)
    assert after.plan.exported == ("Call",)
    (warning,) = after.warnings
    assert warning.code == "name-given-up"
    assert "'schema /components/schemas/Call' is called Call" in warning.message


@pytest.mark.parametrize(
    "scopes",
    [
        {"types": {"a": "x; import os"}},
        {"types": {"a": "class"}},
        {"types": {"a": "__init__"}},
        {"types": {"a": "ﬁle"}},
        {"types": {"a": ""}},
        {"types": {"a": 1}},
        {"types": {"a": "One", "b": "One"}},
        {"types": ["One"]},
        [],
    ],
)
def test_what_is_no_name_does_not_come_out_of_a_lock(scopes: Any) -> None:
    with pytest.raises(plan.LockFault):
        plan.read_lock(json.dumps({"format": 1, "names": scopes}))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 2, "names": {}}', "[" * 100000])
def test_what_is_no_lock_is_refused(text: str) -> None:
    with pytest.raises(plan.LockFault):
        plan.read_lock(text)


def _secured(*schemes: str) -> dict[str, Any]:
    kinds = {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "basic": {"type": "http", "scheme": "basic"},
        "bearer": {"type": "http", "scheme": "bearer"},
    }
    raw = document({"/a": {"get": operation(operationId="a")}})
    raw["components"]["securitySchemes"] = {name: kinds[name] for name in schemes}
    return raw


def test_credentials_keep_their_positions(draw: Any) -> None:
    def names(drawn: plan.Drawn) -> list[str]:
        return [one.name for one in drawn.plan.credentials]

    first = draw(_secured("key", "basic"))
    assert names(first) == ["api_key", "username", "password"]
    lock = plan.read_lock(first.lock.text())
    assert names(draw(_secured("basic", "key"))) == ["username", "password", "api_key"]
    assert names(draw(_secured("basic", "key"), lock)) == names(first)
    assert names(draw(_secured("bearer", "basic", "key"), lock)) == [*names(first), "token"]
    assert names(draw(_secured("bearer", "basic"), lock)) == ["username", "password", "token"]


def test_positional_arguments_are_in_the_order_of_the_path(draw: Any) -> None:
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in ("y", "x")
    ]
    raw = document({"/a/{x}/b/{y}": {"get": operation(operationId="a", parameters=parameters)}})
    (method,) = draw(raw).plan.groups[0].operations
    assert [one.argument for one in method.positional] == ["x", "y"]
