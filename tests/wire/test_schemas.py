"""What a value has that the document forbids: found where it stands, said in one sentence, placed in the document."""

from __future__ import annotations

from typing import Any

import pytest
from small import ACCOUNTS, of, voice

from ringback.wire.formats import of_pattern
from ringback.wire.view import Contract, Violation

CALL: dict[str, Any] = {
    **dict.fromkeys(
        (
            "parent_call_sid", "group_sid", "answered_by", "caller_name", "forwarded_from", "trunk_sid",
            "end_time", "duration", "price", "price_unit", "phone_number_sid", "queue_time",
        )
    ),
    "sid": "CA" + "0" * 32, "account_sid": "AC" + "1" * 32, "to": "+1", "to_formatted": "+1", "from": "+2",
    "from_formatted": "+2", "status": "queued", "direction": "outbound-api",
    "start_time": "Tue, 31 Aug 2010 20:36:28 +0000", "date_created": None, "date_updated": None,
    "uri": "/2010-04-01/x.json", "api_version": "2010-04-01", "subresource_uris": {"notifications": "/x"},
}  # fmt: skip


def call_violations(**changed: Any) -> list[Violation]:
    contract = voice()
    operation = contract.operation(f"GET {ACCOUNTS}/Calls/{{CallSid}}.json")
    answer = contract.response(operation, 200)
    assert answer is not None and answer.content[0].schema is not None
    value = {key: one for key, one in {**CALL, **changed}.items() if one is not ...}
    return list(contract.violations(answer.content[0].schema, value, reply=True))


def test_a_good_answer_has_none() -> None:
    assert call_violations() == []


@pytest.mark.parametrize(
    ("changed", "where", "keyword", "message", "place"),
    [
        ({"status": "over"}, "/status", "enum", "status is 'over', wanted one of 'queued', 'ringing', 'in-progress', "
         "'canceled', 'completed', 'failed', 'busy', 'no-answer'", "voice.yaml"),
        ({"sid": "RE" + "0" * 32}, "/sid", "pattern",
         f"sid is 'RE{'0' * 32}', wanted text that matches ^CA[0-9a-fA-F]{{32}}$", "voice.yaml"),
        ({"price": 3}, "/price", "type", "price is 3, wanted null or text", "twilio.yaml"),
        ({"start_time": "2010-08-31T20:36:28Z"}, "/start_time", "format", "start_time is '2010-08-31T20:36:28Z', "
         "wanted a date and time such as Tue, 31 Aug 2010 20:36:28 +0000", "twilio.yaml"),
        ({"uri": ...}, "/uri", "required", "uri is missing", "twilio.yaml"),
        ({"subresource_uris": {"a": 1}}, "/subresource_uris/a", "type", "a is 1, wanted text", "twilio.yaml"),
    ],
)  # fmt: skip
def test_a_fault_is_said_and_placed(
    changed: dict[str, Any], where: str, keyword: str, message: str, place: str
) -> None:
    (found,) = call_violations(**changed)
    assert (found.where, found.keyword, found.message) == (where, keyword, message)
    location = voice().locate(found.path)
    assert location.file.endswith(place) and found.path[-1] == keyword


def one(schema: str, version: str = "3.1.0", more: str = "") -> Contract:
    return of(
        f"/a: {{get: {{responses: {{'200': {{description: a, content: {{application/json: {{schema: {schema}}}}}}}}}}}}}",
        version=version,
        more=more,
    )


def found(contract: Contract, value: Any, *, reply: bool = True) -> list[tuple[str, str]]:
    schema = contract.operations[0].responses[0].content[0].schema
    assert schema is not None
    said = contract.violations(schema, value, reply=reply)
    assert contract.is_valid(schema, value, reply=reply) is not bool(said)
    for each in said:
        contract.document.tree.at(each.path)  # it stands in the document
    return [(each.where, each.keyword) for each in said]


def test_null_in_3_0() -> None:
    plain = one("{type: string, nullable: true, enum: [a]}", "3.0.3")
    assert found(plain, None) == [] and found(plain, "b") == [("", "enum")]
    more = "components: {schemas: {A: {type: object, required: [x]}}}"
    wrapped = one("{nullable: true, allOf: [{$ref: '#/components/schemas/A'}]}", "3.0.3", more)
    assert found(wrapped, None) == [] and found(wrapped, {}) == [("/x", "required")]
    assert found(one("{type: string}", "3.0.3"), None) == [("", "type")]


def test_siblings_of_a_reference_count_in_3_1_only() -> None:
    more = "components: {schemas: {A: {type: string}}}"
    beside = "{$ref: '#/components/schemas/A', maxLength: 2}"
    assert found(one(beside, more=more), "abc") == [("", "maxLength")]
    assert found(one(beside, "3.0.3", more), "abc") == []


def test_exclusive_bounds_of_both_kinds() -> None:
    old = one("{type: integer, minimum: 1, exclusiveMinimum: true}", "3.0.3")
    assert found(old, 2) == [] and [keyword for _, keyword in _raw(old, 1)] == ["exclusiveMinimum"]
    assert found(one("{type: integer, exclusiveMinimum: 1}"), 1) == [("", "exclusiveMinimum")]


def _raw(contract: Contract, value: Any) -> list[tuple[str, str]]:
    schema = contract.operations[0].responses[0].content[0].schema
    assert schema is not None
    return [(v.where, v.keyword) for v in contract.violations(schema, value, reply=True)]


def test_one_way_properties() -> None:
    schema = (
        "{type: object, required: [id, secret], properties: {id: {type: integer, readOnly: true},"
        " secret: {type: string, writeOnly: true}}}"
    )
    assert found(one(schema), {"id": 1}) == []
    assert found(one(schema), {"id": 1, "secret": "x"}) == []
    assert found(one(schema), {"secret": "x"}) == [("/id", "required")]
    assert found(one(schema), {"secret": "x"}, reply=False) == []
    assert found(one(schema), {"id": 1}, reply=False) == [("/secret", "required")]


VARIANTS = """
components:
  schemas:
    Cat: {type: object, required: [kind, lives], properties: {kind: {type: string}, lives: {type: integer}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: string}}}
"""


def test_a_discriminator_names_the_form_that_counts() -> None:
    schema = (
        "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}],"
        " discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', dog: Dog}}}"
    )
    contract = one(schema, more=VARIANTS)
    assert found(contract, {"kind": "cat", "lives": 9}) == []
    assert found(contract, {"kind": "cat", "lives": "x"}) == [("/lives", "type")]
    assert found(contract, {"kind": "cat"}) == [("/lives", "required")]
    assert found(contract, {"kind": "dog", "lives": "x"}) == []


FORMS = (
    "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}],"
    " discriminator: {propertyName: k%s}}"
)
NULLABLE = """
components:
  schemas:
    A: {type: [object, "null"], required: [k], properties: {k: {type: string}, a: {type: integer}}}
    B: {type: object, properties: {k: {type: string}, b: {type: integer}}}
"""


def test_a_form_may_be_null_where_a_discriminator_names_the_forms() -> None:
    contract = one(FORMS % "", more=NULLABLE)
    assert found(contract, None) == []
    assert found(contract, {"k": "A", "a": "x"}) == [("/a", "type")]
    assert found(contract, "x") == [("", "oneOf")]


def test_a_name_in_a_mapping_that_leads_nowhere_names_nothing() -> None:
    contract = one(FORMS % ", mapping: {other: Gone, b: B}", more=NULLABLE)
    assert found(contract, {"k": "b", "b": "x"}) == [("/b", "type")]
    assert found(contract, {"k": "A", "a": 1}) == []


@pytest.mark.parametrize("name", ["B", "'#/components/schemas/B'"])
def test_what_no_mapping_names_is_the_default(name: str) -> None:
    contract = one(FORMS % f", defaultMapping: {name}", more=NULLABLE, version="3.2.0")
    assert found(contract, {"k": "other", "b": 1}) == []
    assert found(contract, {"b": "x"}) == [("/b", "type")]
    assert found(contract, {"k": "A", "b": "x"}) == []
    assert found(contract, None) == []


def test_of_several_forms_the_one_that_was_meant_is_spoken_of() -> None:
    contract = one("{anyOf: [{type: 'null'}, {type: object, properties: {a: {type: integer}}}]}")
    assert found(contract, {"a": "x"}) == [("/a", "type")]
    assert found(one("{anyOf: [{type: integer}, {type: boolean}]}"), "x") == [("", "anyOf")]


def test_schemas_that_refer_to_themselves() -> None:
    more = (
        "components: {schemas: {T: {type: object, properties: {below: {type: array,"
        " items: {$ref: '#/components/schemas/T'}}}, additionalProperties: false}}}"
    )
    contract = one("{$ref: '#/components/schemas/T'}", more=more)
    assert found(contract, {"below": [{"below": []}]}) == []
    assert found(contract, {"below": [{"below": [{"x": 1}]}]}) == [
        ("/below/0/below/0/x", "additionalProperties")
    ]


def test_keys_that_look_like_positions() -> None:
    contract = one("{type: object, additionalProperties: {type: integer}}")
    assert found(contract, {"200": "x"}) == [("/200", "type")]


def test_whole_numbers_of_a_size() -> None:
    contract = one("{type: integer, format: int32}")
    assert found(contract, 2**31 - 1) == [] and found(contract, 2**31) == [("", "format")]


def test_a_format_of_the_callers_own() -> None:
    paths = (
        "/a: {get: {responses: {'200': {description: a, content: {application/json: "
        "{schema: {type: string, format: sku}}}}}}}"
    )
    contract = of(paths, formats={"sku": of_pattern("sku", "^S[0-9]+$")})
    assert found(contract, "S12") == [] and found(contract, "12") == [("", "format")]
    assert found(of(paths), "12") == []


@pytest.mark.parametrize("depth", [500, 50_000])
def test_what_cannot_be_judged_is_a_violation_and_no_crash(depth: int) -> None:
    more = "components: {schemas: {T: {type: array, items: {anyOf: [{$ref: '#/components/schemas/T'}, {type: integer}]}}}}"
    contract = one("{$ref: '#/components/schemas/T'}", more=more)
    deep: Any = "no list"
    for _ in range(depth):
        deep = [deep]
    schema = contract.operations[0].responses[0].content[0].schema
    assert schema is not None and not contract.is_valid(schema, deep, reply=True)
    (said,) = contract.violations(schema, deep, reply=True)
    assert said.message.startswith("the value cannot be judged") and said.path == schema.path


def test_references_in_a_circle_end() -> None:
    more = """
components:
  schemas:
    A: {anyOf: [{$ref: '#/components/schemas/B'}, {type: integer}]}
    B: {anyOf: [{$ref: '#/components/schemas/A'}, {type: boolean}]}
"""
    contract = one("{$ref: '#/components/schemas/A'}", more=more)
    assert found(contract, 1) == found(contract, True) == []
