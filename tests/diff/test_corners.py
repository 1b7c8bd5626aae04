"""Where the letter and the meaning part: other words for the same are no change, the same words for something else are one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ringback.diff import Change, Kind, Rating, compare
from tests.diff.helpers import changes, codes, fragment, read

HEAD = "openapi: 3.1.0\npaths: {/a: {get: {%s responses: {'200': {description: It.}}}}}\n"
SCHEMES = (
    "components: {securitySchemes: {o: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a.test/',"
    " scopes: {a: A, b: B}}}}, key: {type: apiKey, in: header, name: %s}}}\n"
)
ANSWER = "{description: It., content: {application/json: {schema: {type: string}}}}"


def _pair(old: str, new: str, folder: Path) -> set[tuple[str, str, str]]:
    found = changes(folder, old, new)
    return {(one.code, str(one.callers), str(one.servers)) for one in found}


def _noticed(found: list[Change]) -> list[str]:
    return [one.message for one in found if one.kind is not Kind.TEXT]


@pytest.mark.parametrize("direction", ["request", "response"])
@pytest.mark.parametrize(
    ("old", "new", "version"),
    [
        ("type: string\nnullable: true", "type: [string, 'null']", "3.0.3"),
        ("type: string\nnullable: true", "anyOf: [{type: string}, {type: 'null'}]", "3.0.3"),
        ("type: integer\nminimum: 0\nexclusiveMinimum: true", "type: integer\nexclusiveMinimum: 0", "3.0.3"),
        ("type: string\nformat: byte", "type: string\ncontentEncoding: base64", "3.0.3"),
        ("type: integer\nminimum: 1", "type: integer\nexclusiveMinimum: 0", "3.1.0"),
        ("const: a", "enum: [a]", "3.1.0"),
        ("type: object", "type: object\nadditionalProperties: {}", "3.1.0"),
        ("type: array\ncontains: {const: 1}", "type: array\ncontains: {const: 1}\nminContains: 1", "3.1.0"),
        ("oneOf: [{type: string}, {type: integer}]", "type: [string, integer]", "3.1.0"),
        (
            "allOf: [{anyOf: [{type: string}, {type: integer}]}, {anyOf: [{minLength: 1}, {minimum: 1}]}]",
            "allOf: [{anyOf: [{minLength: 1}, {minimum: 1}]}, {anyOf: [{type: string}, {type: integer}]}]",
            "3.1.0",
        ),
    ],
)  # fmt: skip
def test_other_words_for_the_same(
    old: str, new: str, version: str, direction: str, tmp_path: Path
) -> None:
    before = read(tmp_path, "old", fragment(old, direction, version))
    assert _noticed(compare(before, read(tmp_path, "new", fragment(new, direction)))) == []


def test_nullable_is_a_word_of_3_0_alone(tmp_path: Path) -> None:
    text = "type: string\nnullable: true"
    before = read(tmp_path, "old", fragment(text, "request", "3.0.3"))
    found = compare(before, read(tmp_path, "new", fragment(text)))
    assert "request-became-not-nullable" in codes(found)


def test_values_that_are_listed_make_limits_needless(tmp_path: Path) -> None:
    old, new = "type: integer\nminimum: 1\nmaximum: 60", "type: integer\nenum: [7, 14]"
    assert codes(changes(tmp_path, old, new)) == {"request-became-enum"}
    assert codes(changes(tmp_path, new, old)) == {"request-enum-dropped"}
    beyond = codes(changes(tmp_path, old, new.replace("14", "99")))
    assert beyond == {"request-became-enum", "request-limit-widened"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: string\nnot: {enum: [a]}", "type: string\nnot: {enum: [a, b]}"),
        ("type: array\ncontains: {type: integer}\nmaxContains: 2",
         "type: array\ncontains: {type: integer, minimum: 3}\nmaxContains: 2"),
        ("type: object\nadditionalProperties: false",
         "type: object\nadditionalProperties: false\npatternProperties: {'^x-': {type: string}}"),
        ("type: object\nif: {properties: {title: {const: a}}}\nthen: {required: [b]}",
         "type: object\nif: {properties: {title: {const: c}}}\nthen: {required: [b]}"),
    ],
)  # fmt: skip
def test_a_rule_that_is_not_weighed_is_never_safe(old: str, new: str, tmp_path: Path) -> None:
    for before, after in ((old, new), (new, old)):
        (change,) = changes(tmp_path, before, after)
        assert change.code == "request-constraint-changed"
        assert change.callers is change.servers is Rating.BREAKING


def test_what_a_rule_refers_to_is_part_of_it(tmp_path: Path) -> None:
    text = (
        "requestBody: {content: {application/json: {schema: {type: object, if: {$ref: '#/components/schemas/A'},"
        " then: {required: [b]}}}}}\ncomponents: {schemas: {A: {required: [%s]}}}"
    )
    assert codes(changes(tmp_path, text % "a", text % "c")) == {"request-constraint-changed"}
    renamed = text.replace("schemas/A", "schemas/B").replace("{A:", "{B:")
    found = codes(changes(tmp_path, text % "a", renamed % "a"))
    assert found == {"schema-added", "schema-removed"}


# -- alternatives


@pytest.mark.parametrize(
    ("added", "overlaps"),
    [
        ("{type: integer}", True),
        ("{type: boolean}", False),
        ("{type: string, maxLength: 3}", False),
        ("{type: string, minLength: 5, maxLength: 9}", True),
        ("{type: string, pattern: '^CA'}", False),
        ("{type: object, required: [a]}", False),
    ],
)
def test_an_alternative_that_overlaps(added: str, overlaps: bool, tmp_path: Path) -> None:
    first = "{type: number}, {type: string, minLength: 4, pattern: '^RE'}"
    added = added.replace("minLength: 5", "pattern: '^RE', minLength: 5")
    found = changes(tmp_path, f"oneOf: [{first}]", f"oneOf: [{first}, {added}]")
    assert ("request-alternatives-overlap" in codes(found)) is overlaps
    assert any(one.callers is Rating.BREAKING for one in found) is overlaps
    found = changes(tmp_path, f"anyOf: [{first}]", f"anyOf: [{first}, {added}]")
    assert codes(found) == {"request-alternative-added"}


def test_objects_overlap_by_what_they_name(tmp_path: Path) -> None:
    card = (
        "{type: object, required: [card], properties: {card: {type: string}, name: {type: string}}}"
    )
    iban = "{type: object, required: [iban], properties: {iban: {type: string}}}"
    name = "{type: object, required: [name], properties: {name: {type: string}}}"
    apart = changes(tmp_path, f"oneOf: [{card}]", f"oneOf: [{card}, {iban}]")
    assert "request-alternatives-overlap" not in codes(apart)
    found = changes(tmp_path, f"oneOf: [{card}, {iban}]", f"oneOf: [{card}, {iban}, {name}]")
    assert "request-alternatives-overlap" in codes(found)
    back = changes(tmp_path, f"oneOf: [{card}, {iban}, {name}]", f"oneOf: [{card}, {iban}]")
    assert codes(back) == {"request-alternative-removed", "request-alternatives-apart"}


UNION = """
requestBody: {content: {application/json: {schema: {
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}],
  discriminator: {propertyName: kind%s}}}}}
components:
  schemas:
    Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}}}
"""


def test_a_mapping_is_held_to_the_names_that_are_meant_without(tmp_path: Path) -> None:
    plain = UNION % ""
    same = UNION % ", mapping: {Cat: '#/components/schemas/Cat'}"
    assert changes(tmp_path, plain, same) == []
    other = UNION % ", mapping: {cat: '#/components/schemas/Cat'}"
    expected = {"request-discriminator-value-added", "request-discriminator-value-removed"}
    assert codes(changes(tmp_path, plain, other)) == expected
    turned = UNION % (
        ", mapping: {Cat: '#/components/schemas/Dog', Dog: '#/components/schemas/Cat'}"
    )
    assert codes(changes(tmp_path, plain, turned)) == {"request-discriminator-changed"}


BASE = """
requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind%s}}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {size: {type: %s}}}]}
"""


def test_what_extends_a_schema_may_stand_in_its_place(tmp_path: Path) -> None:
    found = changes(tmp_path, BASE % ("", "string"), BASE % ("", "integer"))
    assert codes(found) == {"request-type-changed"}
    mapped = BASE % (", mapping: {dog: '#/components/schemas/Dog'}", "string")
    found = changes(tmp_path, BASE % ("", "string"), mapped)
    expected = {"request-discriminator-value-added", "request-discriminator-value-removed"}
    assert codes(found) == expected


# -- what stands around schemas


def test_scopes_belong_to_their_alternative(tmp_path: Path) -> None:
    def secured(text: str) -> str:
        return HEAD % f"security: {text}," + SCHEMES % "X-Key"

    both, one = secured("[{o: [a]}, {o: [b]}]"), secured("[{o: [b]}]")
    assert _pair(both, one, tmp_path) == {("security-alternative-removed", "breaking", "safe")}
    assert _pair(one, both, tmp_path) == {("security-alternative-added", "safe", "breaking")}
    assert _pair(both, secured("[{o: [b]}, {o: [a]}]"), tmp_path) == set()
    more = secured("[{o: [a, b]}]")
    assert _pair(one, more, tmp_path) == {("security-scope-added", "breaking", "safe")}


def test_the_header_of_a_key_is_one_whatever_its_case(tmp_path: Path) -> None:
    old, new = (HEAD % "security: [{key: []}]," + SCHEMES % name for name in ("X-Key", "x-key"))
    assert changes(tmp_path, old, new) == []


def test_a_range_of_media_types_speaks_of_each(tmp_path: Path) -> None:
    body = "requestBody: {content: {%s}}"
    every = "'*/*': {schema: {type: string}}"
    found = changes(
        tmp_path, body % every,
        body % f"{every}, application/json: {{schema: {{type: string, maxLength: 3}}}}",
    )  # fmt: skip
    assert codes(found) == {"media-type-split", "request-limit-narrowed"}
    answer = "responses: {'200': {description: It., content: {%s: {schema: {type: string}}}}}"
    found = changes(tmp_path, answer % "'*/*'", answer % "application/json")
    assert codes(found) == {"media-type-split", "response-media-type-range-removed"}


def test_a_range_of_statuses_that_is_told_in_detail(tmp_path: Path) -> None:
    old, new = (f"responses: {{'{status}': {ANSWER}}}" for status in ("2XX", "200"))
    found = changes(tmp_path, old, new)
    assert codes(found) == {"response-status-split", "response-success-status-removed"}
