"""Requests drawn from documents: the valid ones are, the invalid ones are not in exactly the way they say."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import ACCOUNTS, literal, of, pets, voice

from ringback.contract.traffic import Request
from ringback.contract.values import Draft, Maker
from ringback.openapi import Operation
from ringback.wire import forms
from ringback.wire.view import Contract, Violation

CALLS = f"POST {ACCOUNTS}/Calls.json"
CONTRACTS = {"voice": voice, "literal": literal, "pets": pets}


def violations(contract: Contract, draft: Draft) -> Iterator[tuple[str, Violation]]:
    """What the document forbids of the request as it goes over the wire; a required thing that is missing as well."""
    request = draft.request(contract)
    match = contract.match(request.method, request.target)
    assert match is not None and contract.label(match.operation) == draft.operation
    read = {
        "path": contract.path_values(match.operation, match.values),
        "query": contract.query(match.operation, request.query),
    }
    for location, values in read.items():
        for one in contract.parameters(match.operation, location):
            if one.name not in values:
                if one.required:
                    yield one.name, Violation("", "required", "", (*one.path, "required"))
                continue
            assert one.schema is not None
            for found in contract.violations(one.schema, values[one.name], reply=False):
                yield f"{location}.{one.name}", found
    yield from body_violations(contract, match.operation, request)


def body_violations(
    contract: Contract, operation: Operation, request: Request
) -> Iterator[tuple[str, Violation]]:
    if operation.body is None or request.header("content-type") is None:
        assert operation.body is None or not operation.body.required
        return
    schema = operation.body.content[0].schema
    assert schema is not None
    value = contract.body(operation, request.body, request.header("content-type") or "")
    for found in contract.violations(schema, value, reply=False):
        yield f"body.{found.where[1:]}", found


@pytest.mark.parametrize("name", CONTRACTS)
@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_valid_drafts_are_valid(name: str, seed: int) -> None:
    contract = CONTRACTS[name]()
    maker = Maker(contract, seed)
    for operation in contract.operations:
        drafts = [
            maker.minimal(operation, {}),
            maker.full(operation, {}),
            maker.varied(operation, {}, Random(seed)),
            *maker.examples(operation, {}),
        ]
        for draft in drafts:
            assert draft.sound
            assert list(violations(contract, draft)) == []


@pytest.mark.parametrize("name", CONTRACTS)
@settings(max_examples=3, deadline=None)
@given(st.integers(0, 2**32))
def test_an_invalid_draft_violates_what_it_says_and_nothing_else(name: str, seed: int) -> None:
    contract = CONTRACTS[name]()
    maker = Maker(contract, 1)
    for operation in contract.operations:
        for one in maker.invalid(operation, {}, Random(seed)):
            (found,) = violations(contract, one.draft)
            assert (found[1].path, found[1].keyword) == (one.path, one.keyword)
            assert found[0].startswith(one.where)
            assert contract.locate(one.path).line > 0 and one.why


def test_invalid_drafts_are_of_every_sort() -> None:
    contract = voice()
    create = contract.operation(CALLS)
    found = {
        (one.where, one.keyword): one.why
        for one in Maker(contract, 1).invalid(create, {}, Random(1))
    }
    assert {
        ("body.To", "required"), ("body.Timeout", "type"), ("body.Timeout", "minimum"), ("body.Timeout", "maximum"),
        ("body.Method", "enum"), ("body.StatusCallbackEvent", "enum"), ("body.Twiml", "maxLength"),
        ("body.ApplicationSid", "pattern"), ("body.Url", "format"), ("path.AccountSid", "pattern"),
    } <= set(found)  # fmt: skip
    fetch = contract.operation(f"GET {ACCOUNTS}/Calls/{{CallSid}}.json")
    whys = {one.why for one in Maker(contract, 1).invalid(fetch, {}, Random(1))}
    assert any("in place of a CallSid" in why for why in whys)
    assert "CallSid: truncated" in whys


def test_what_is_known_is_used() -> None:
    contract = voice()
    maker = Maker(contract, 1)
    known = {"CallSid": "CA" + "a" * 32, "AccountSid": "AC" + "b" * 32}
    fetch = contract.operation(f"GET {ACCOUNTS}/Calls/{{CallSid}}.json")
    assert maker.minimal(fetch, known).path == known
    recordings = contract.operation(f"GET {ACCOUNTS}/Recordings.json")
    query = dict(maker.full(recordings, known).query)
    assert query["CallSid"] == known["CallSid"]
    assert "ConferenceSid" not in query and "PageToken" not in query  # nobody has given them out


def test_what_settings_give_is_used() -> None:
    contract = voice()
    create = contract.operation(CALLS)
    given = {"To": ["+15550100", "+15550101"], f"{CALLS}.body.From": "+15550199"}
    draft = Maker(contract, 1, given).minimal(create, {})
    assert contract.form(create, draft.body, draft.media_type) == {
        "To": "+15550100",
        "From": "+15550199",
    }


def test_examples_of_the_document_come_first() -> None:
    contract = voice()
    maker = Maker(contract, 1)
    create = contract.operation(CALLS)
    assert [one.name for one in maker.examples(create, {})] == [
        "lasting", "waiting", "recorded", "meeting",
    ]  # fmt: skip
    draft = maker.minimal(create, {})
    assert draft.told == ("path.AccountSid", "body.To", "body.From")
    assert b"From=%2B15005550006" in draft.body
    joining = contract.operation(f"POST {ACCOUNTS}/Conferences/{{ConferenceSid}}/Participants.json")
    assert maker.minimal(joining, {}).path["ConferenceSid"] == "standup"


def test_the_queue_that_a_call_waits_in_is_the_one_that_is_made() -> None:
    contract = voice()
    maker = Maker(contract, 1)
    queues = contract.operation(f"POST {ACCOUNTS}/Queues.json")
    (queue,) = maker.examples(queues, {})
    name = dict(forms.split(queue.body.decode()))["FriendlyName"]
    waiting = next(
        one for one in maker.examples(contract.operation(CALLS), {}) if one.name == "waiting"
    )
    assert f"<Enqueue>{name}</Enqueue>" in dict(forms.split(waiting.body.decode()))["Twiml"]


def test_the_same_seed_draws_the_same() -> None:
    contract = voice()
    for operation in contract.operations:
        drawn = [Maker(contract, 5).full(operation, {}) for _ in range(2)]
        assert drawn[0] == drawn[1]


def test_numbers_are_phone_numbers_where_the_document_says_so() -> None:
    contract = literal()
    create = contract.operation(CALLS)
    draft = Maker(contract, 1).minimal(create, {})
    to = dict(forms.split(draft.body.decode()))["To"]
    assert to.startswith("+1") and to[1:].isdigit()


def body_of(schema: str, seed: int = 1, **root: Any) -> Any:
    contract = of(
        f"/a: {{post: {{requestBody: {{required: true, content: {{application/json: {{schema: {schema}}}}}}},"
        " responses: {'200': {description: a}}}}",
        **root,
    )
    operation = contract.operations[0]
    draft = Maker(contract, seed).full(operation, {})
    assert draft.sound
    return contract.body(operation, draft.body, draft.media_type)


def test_composed_bodies() -> None:
    schema = (
        "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}],"
        " discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', dog: Dog}}}"
    )
    more = """
components:
  schemas:
    Pet: {type: object, required: [kind], properties: {kind: {type: string}, born: {type: string, format: date}}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, required: [lives], properties: {lives: {type: integer, minimum: 1, maximum: 9}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}
"""
    value = body_of(schema, more=more)
    assert value["kind"] == "cat" and 1 <= value["lives"] <= 9


def test_a_body_that_contains_itself_ends() -> None:
    more = (
        "components: {schemas: {T: {type: object, required: [n], properties: {n: {type: integer, multipleOf: 5},"
        " below: {type: array, items: {$ref: '#/components/schemas/T'}}}}}}"
    )
    assert body_of("{$ref: '#/components/schemas/T'}", more=more)["n"] % 5 == 0


def test_read_only_properties_are_not_sent() -> None:
    schema = "{type: object, required: [id, a], properties: {id: {type: integer, readOnly: true}, a: {type: boolean}}}"
    assert body_of(schema) == {"a": True}


def test_what_cannot_be_drawn_is_said_to_be_a_guess() -> None:
    contract = of(
        "/a: {get: {parameters: [{name: q, in: query, required: true, schema: {allOf: [{type: string}, "
        "{type: integer}]}}], responses: {'200': {description: a}}}}"
    )
    assert not Maker(contract, 1).minimal(contract.operations[0], {}).sound
