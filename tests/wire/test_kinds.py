"""Kinds of identifier, told by patterns, names and paths."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import ACCOUNTS, literal, of, pets, voice

from ringback.wire import patterns

CALL = f"{ACCOUNTS}/Calls/{{CallSid}}.json"


def test_the_kinds_of_the_voice_document() -> None:
    assert {kind.name: kind.prefix for kind in voice().kinds} == {
        "AccountSid": "AC", "ApplicationSid": "AP", "ByocTrunkSid": "BY", "CallSid": "CA", "ConferenceSid": "CF",
        "GroupSid": "GP", "PhoneNumberSid": "PN", "QueueSid": "QU", "RecordingSid": "RE",
        "TranscriptionConfigurationSid": "JV", "TrunkSid": "TK",
    }  # fmt: skip
    assert {kind.name for kind in literal().kinds} == {
        "AccountSid", "ApplicationSid", "CallSid", "ConferenceSid", "QueueSid", "RecordingSid",
    }  # fmt: skip


def test_a_pattern_tells_whatever_the_name() -> None:
    kinds = voice().kinds
    calls = f"GET {ACCOUNTS}/Calls.json"
    call = kinds.named("CallSid")
    assert call is not None
    assert kinds.of_parameter(calls, "query", "ParentCallSid") is call
    assert kinds.of_property(calls, 200, "/calls/17/sid") is call
    assert kinds.of_property(calls, "200", "/calls/*/parent_call_sid") is call
    assert kinds.of_property(calls, 200, "/page") is None
    assert kinds.of_property("callback callStatus", "", "/CallSid") is call


def test_a_name_tells_where_there_is_no_pattern() -> None:
    kinds = voice().kinds
    participants = f"{ACCOUNTS}/Conferences/{{ConferenceSid}}/Participants"
    by_label = kinds.of_parameter(f"GET {participants}/{{CallSid}}.json", "path", "CallSid")
    by_name = kinds.of_parameter(f"POST {participants}.json", "path", "ConferenceSid")
    assert by_label is kinds.named("CallSid") and by_name is kinds.named("ConferenceSid")


def test_one_of_several_forms_tells() -> None:
    members = f"GET {ACCOUNTS}/Queues/{{QueueSid}}/Members/{{CallSid}}.json"
    kind = voice().kinds.of_parameter(members, "path", "CallSid")
    assert kind is not None and kind.name == "CallSid"


def test_the_credential_is_marked() -> None:
    assert [(kind.name, kind.credential) for kind in voice().kinds if kind.credential] == [
        ("AccountSid", "account_sid")
    ]


def test_who_gives_and_who_takes() -> None:
    call = voice().kinds.named("CallSid")
    assert call is not None
    given = {(one.label, one.pointer): one.own for one in call.producers}
    assert given[f"POST {ACCOUNTS}/Calls.json", "/sid"] is True
    assert given[f"GET {ACCOUNTS}/Calls.json", "/calls/*/sid"] is True
    assert given[f"POST {ACCOUNTS}/Calls.json", "/parent_call_sid"] is False
    taken = {(one.label, one.location, one.name) for one in call.consumers}
    assert (f"DELETE {CALL}", "path", "CallSid") in taken
    assert (f"GET {ACCOUNTS}/Recordings.json", "query", "CallSid") in taken
    lines = {str(voice().locate(path)).rpartition("/")[2] for path in call.places}
    assert any(line.startswith("voice.yaml:") for line in lines)
    assert any(line.startswith("twilio.yaml:") for line in lines)


def test_integers_and_uuids_by_name_and_path() -> None:
    kinds = pets().kinds
    assert {(kind.name, kind.integer, kind.format) for kind in kinds} == {
        ("PetId", True, "int64"),
        ("OwnerId", False, None),
        ("VisitId", False, "uuid"),
    }
    pet = kinds.named("PetId")
    assert kinds.of_parameter("GET /pets/{id}/visits", "path", "id") is pet
    assert kinds.of_property("GET /pets", 200, "/3/id") is pet
    assert kinds.of_property("GET /pets/{id}/visits", 200, "/visits/0/pet_id") is pet
    visit = kinds.named("VisitId")
    assert kinds.of_parameter("GET /pets/{id}/visits/{visit}", "path", "visit") is visit
    assert kinds.of_property("POST /pets/{id}/visits", 201, "/id") is visit
    owner = kinds.named("OwnerId")
    assert kinds.of_parameter("POST /pets", "body", "ownerId") is owner
    assert owner is not None and owner.prefix == "own_"


def test_an_extension_names_a_kind() -> None:
    contract = of(
        "/a/{code}: {get: {parameters: [{name: code, in: path, required: true, schema: "
        "{type: string, pattern: '^[0-9]{4}$', x-ringback-identifier: LockCode}}], responses: {'200': {description: a}}}}"
    )
    kind = contract.kinds.of_parameter("GET /a/{code}", "path", "code")
    assert kind is not None and kind.name == "LockCode"


def test_choices_and_dates_are_no_identifiers() -> None:
    contract = of(
        "/a/{lang}/{day}: {get: {parameters: [{name: lang, in: path, required: true, schema: {enum: [de, en]}}, "
        "{name: day, in: path, required: true, schema: {type: string, format: date}}], "
        "responses: {'200': {description: a}}}}"
    )
    assert list(contract.kinds) == []


@pytest.mark.parametrize("name", [kind.name for kind in voice().kinds])
@given(st.integers())
def test_a_wrong_value_never_matches(name: str, seed: int) -> None:
    kinds = voice().kinds
    kind = kinds.named(name)
    assert kind is not None and kind.pattern is not None
    rng = Random(seed)
    value = kinds.wrong(kind, rng)
    assert value is not None and not patterns.fits(kind.pattern, value)
    for wrong, why in kinds.wrongs(kind, rng):
        assert not patterns.fits(kind.pattern, wrong), why
    assert kind.fits(kinds.draw(kind, rng))


def test_wrong_values_are_of_several_sorts() -> None:
    kinds = voice().kinds
    call = kinds.named("CallSid")
    assert call is not None
    wrong = {why: value for value, why in kinds.wrongs(call, Random(1))}
    swapped = next(why for why in wrong if why.startswith("a "))
    assert swapped.endswith("Sid in place of a CallSid")
    assert wrong[swapped][:2] in ("CF", "QU", "RE")
    assert len(wrong["truncated"]) == 33


def test_no_wrong_value_where_any_text_will_do() -> None:
    contract = of(
        "/u/{name}: {get: {parameters: [{name: name, in: path, required: true, schema: {type: string}}],"
        " responses: {'200': {description: a}}}}"
    )
    (kind,) = contract.kinds
    assert contract.kinds.wrong(kind, Random(1)) is None
