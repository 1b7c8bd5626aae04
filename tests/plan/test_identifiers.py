"""Kinds of identifier: found by pattern and name, called by the name that most places use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ringback import openapi, plan, source
from tests.plan.drawn import document, drawn, operation

SID = "[0-9a-fA-F]{32}$"


def _path(name: str, prefix: str) -> dict[str, Any]:
    schema = {"type": "string", "pattern": f"^{prefix}{SID}"}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _text(prefix: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^{prefix}{SID}", **more}


def _kinds(properties: dict[str, Any], owner: str = "Call") -> dict[str, tuple[str, str]]:
    paths = {
        "/calls/{CallSid}": {
            "get": operation(operationId="fetchCall", parameters=[_path("CallSid", "CA")])
        }
    }
    result = drawn(document(paths, {owner: {"type": "object", "properties": properties}}))
    return {one.name: (one.phrase, one.hint) for one in result.plan.identifiers}


def test_equal_patterns_are_one_kind_named_by_the_path() -> None:
    kinds = _kinds({"sid": _text("CA"), "parent_call_sid": _text("CA"), "account_sid": _text("AC")})
    assert kinds == {"CallSid": ("call SID", "CA…"), "AccountSid": ("account SID", "AC…")}


def test_a_bare_sid_is_named_by_what_it_belongs_to() -> None:
    assert "RecordingSid" in _kinds({"sid": _text("RE")}, owner="Recording")


def test_a_pattern_of_the_family_is_a_kind_even_without_the_name() -> None:
    assert _kinds({"Byoc": _text("BY")})["Byoc"] == ("byoc", "BY…")


def test_an_extension_names_a_kind() -> None:
    named = _text("BY", **{"x-ringback-identifier": "ByocTrunkSid"})
    assert _kinds({"Byoc": named})["ByocTrunkSid"] == ("byoc trunk SID", "BY…")


def test_a_patterned_text_that_names_nothing_is_no_kind() -> None:
    assert set(_kinds({"digits": {"type": "string", "pattern": "^[0-9]+$"}})) == {"CallSid"}


def test_uuids_and_numbered_ids_are_kinds_too() -> None:
    kinds = _kinds({"order_id": {"type": "string", "pattern": "^ord_[a-z0-9]{24}$"}})
    assert kinds["OrderId"] == ("order ID", "ord_…")


CALL_SID = {"type": "string", "pattern": "^CA[0-9a-f]{32}$"}


def _beside(component: dict[str, Any]) -> dict[str, Any]:
    return document(schemas={
        "CallSid": component,
        "Call": {"type": "object", "properties": {"CallSid": CALL_SID, "it": {"$ref": "#/components/schemas/CallSid"}}},
    })  # fmt: skip


def test_a_component_that_is_an_identifier_is_named_once() -> None:
    found = drawn(_beside(CALL_SID)).plan
    assert [one.name for one in found.identifiers] == ["CallSid"]
    assert (found.aliases, [one.name for one in found.models]) == ((), ["Call"])
    assert {one.annotation for one in found.models[0].fields} == {"CallSid | Unset"}


def test_a_component_has_its_name_before_an_identifier() -> None:
    found = drawn(_beside({"type": "object", "properties": {"x": {"type": "string"}}}))
    assert [one.name for one in found.plan.models] == ["Call", "CallSid"]
    assert [one.name for one in found.plan.identifiers] == ["CallSid_2"]


def test_what_kinds_are_printed_with_takes_no_name_that_documents_have() -> None:
    found = drawn(
        document(schemas={
            "Kind": {"type": "string", "enum": ["tea", "pot"]},
            "Call": {"type": "object", "properties": {"sid": CALL_SID}},
        })
    )  # fmt: skip
    assert [one.name for one in found.plan.enums] == ["Kind"]


@pytest.mark.parametrize("component", [CALL_SID, {"type": "object", "properties": {"x": CALL_SID}}])
def test_what_was_named_otherwise_keeps_its_name(component: dict[str, Any], tmp_path: Path) -> None:
    before = {
        "identifiers": {CALL_SID["pattern"]: "CallSid"},
        "types": {"schema /components/schemas/CallSid": "CallSid_2"},
    }
    path = tmp_path / "small.json"
    path.write_text(json.dumps(_beside(component)))
    parsed, _ = openapi.parse(source.load(path), second=False)
    after = plan.draw(parsed, "small", plan.NamesLock(before)).lock.scopes
    assert after["identifiers"] == before["identifiers"]
    assert after["types"]["schema /components/schemas/CallSid"] == "CallSid_2"
