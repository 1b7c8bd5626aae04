"""Two documents compared: what is the same in other words, what is matched, and for whom a change is what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ringback.diff import Change, Rating, compare
from ringback.openapi import parse
from ringback.source import load
from tests.diff.helpers import changes, codes, fragment, read

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted((ROOT / "tests" / "corpus" / "documents").glob("*.*"))


def only(found: list[Change]) -> Change:
    assert len(found) == 1, [one.message for one in found]
    return found[0]


def ratings(change: Change) -> tuple[str, str]:
    return change.callers.value, change.servers.value


# -- the same in other words

SAME = {
    "a part of allOf for the whole": (
        "type: object\nproperties: {a: {type: string}}\nrequired: [a]",
        "type: object\nallOf:\n- {properties: {a: {type: string}}}\n- {required: [a]}",
    ),
    "a union of one": ("type: string\nmaxLength: 3", "anyOf: [{type: string, maxLength: 3}]"),
    "a list of types": ("type: [string, integer]", "anyOf: [{type: integer}, {type: string}]"),
    "null by two ways": ("type: [string, 'null']", "anyOf: [{type: string}, {type: 'null'}]"),
    "const and enum": ("const: call", "enum: [call]"),
    "order": ("type: string\nenum: [a, b]", "enum: [b, a]\ntype: string"),
    "limits in a part": (
        "type: integer\nminimum: 1\nmaximum: 5",
        "type: integer\nallOf: [{minimum: 0}, {minimum: 1}, {maximum: 5}, {maximum: 9}]",
    ),
    "what is allowed anyway": ("type: string", "type: string\nminLength: 0"),
    "an exclusive bound beside a looser one": (
        "type: integer\nexclusiveMinimum: 3",
        "type: integer\nexclusiveMinimum: 3\nminimum: 1",
    ),
    "a pattern that allows all": ("type: string", "type: string\npattern: .*"),
    "a type that is meant": (
        "type: object\nproperties: {a: {type: string}}",
        "allOf: [{properties: {a: {type: string}}}]",
    ),
    "order of alternatives": (
        "oneOf: [{type: string}, {type: object, properties: {a: {type: string}}}]",
        "oneOf: [{type: object, properties: {a: {type: string}}}, {type: string}]",
    ),
    "1 and 1.0": ("type: number\nmaximum: 1", "type: number\nmaximum: 1.0"),
}


@pytest.mark.parametrize("direction", ["request", "response"])
@pytest.mark.parametrize("name", SAME)
def test_the_same_in_other_words_is_no_change(name: str, direction: str, tmp_path: Path) -> None:
    old, new = SAME[name]
    assert changes(tmp_path, old, new, direction) == []
    assert changes(tmp_path, new, old, direction) == []


def test_two_versions_of_openapi_say_the_same(tmp_path: Path) -> None:
    old = read(
        tmp_path,
        "old",
        fragment(
            "type: integer\nnullable: true\nminimum: 3\nexclusiveMinimum: true", version="3.0.3"
        ),
    )
    new = read(tmp_path, "new", fragment("type: [integer, 'null']\nexclusiveMinimum: 3"))
    assert codes(compare(old, new)) == {"info-changed"}


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_a_document_and_itself_differ_in_nothing(file: Path) -> None:
    if file.name == "index.json":
        return
    documents = [parse(load(file), second=False)[0] for _ in range(2)]
    assert compare(documents[0], documents[1]) == []


# -- what is matched


CALLS = "paths: {/calls/{sid}: {get: {%s responses: {'200': {description: It worked.}}}}}"


def path(template: str, extra: str = "", method: str = "get") -> str:
    name = template.partition("{")[2].partition("}")[0]
    parameter = f"{{name: {name}, in: path, required: true, schema: {{type: string{extra}}}}}"
    return (
        f"paths:\n  {template}:\n    {method}:\n      operationId: fetchCall\n"
        f"      parameters: [{parameter}]\n      responses: {{'200': {{description: It worked.}}}}"
    )


def test_a_renamed_path_parameter_is_followed(tmp_path: Path) -> None:
    found = changes(tmp_path, path("/calls/{sid}"), path("/calls/{id}", ", maxLength: 3"))
    assert codes(found) == {"path-parameter-renamed", "request-limit-narrowed"}


def test_an_operation_that_moved_is_compared_where_it_is_now(tmp_path: Path) -> None:
    found = changes(tmp_path, path("/calls/{sid}"), path("/voice/calls/{sid}", ", maxLength: 3"))
    assert codes(found) == {"operation-moved", "request-limit-narrowed"}
    moved = next(one for one in found if one.code == "operation-moved")
    assert moved.message == "GET /calls/{sid} is GET /voice/calls/{sid} now"


def test_headers_are_matched_whatever_their_case(tmp_path: Path) -> None:
    header = "responses:\n  '200': {description: It., headers: {%s: {schema: {type: integer}}}}"
    assert changes(tmp_path, header % "X-Total", header % "x-total") == []
    parameter = "parameters: [{name: %s, in: header, schema: {type: string}}]"
    assert changes(tmp_path, parameter % "X-Key", parameter % "x-key") == []


def test_a_charset_makes_no_other_media_type(tmp_path: Path) -> None:
    body = "requestBody: {content: {%s: {schema: {type: string}}}}"
    assert changes(tmp_path, body % "text/plain", body % "text/plain; charset=utf-8") == []


NAMED = """
requestBody: {content: {application/json: {schema: {oneOf: [%s]}}}}
components:
  schemas:
    Cat: {type: object, properties: {lives: {type: integer}}}
    Dog: {type: object, properties: {breed: {type: string%s}}}
"""


def test_alternatives_are_matched_by_name(tmp_path: Path) -> None:
    cat, dog = "{$ref: '#/components/schemas/Cat'}", "{$ref: '#/components/schemas/Dog'}"
    found = changes(
        tmp_path, NAMED % (f"{cat}, {dog}", ""), NAMED % (f"{dog}, {cat}", ", maxLength: 9")
    )
    change = only(found)
    assert (change.code, change.subject) == ("request-limit-narrowed", "Dog.breed")


def test_alternatives_without_a_name_are_matched_by_their_tag(tmp_path: Path) -> None:
    one = "{type: object, properties: {kind: {const: %s}, size: {type: %s}}}"
    old = f"oneOf: [{one % ('a', 'integer')}, {one % ('b', 'integer')}]"
    new = f"oneOf: [{one % ('b', 'integer')}, {one % ('a', 'string')}]"
    change = only(changes(tmp_path, old, new))
    assert change.code == "request-type-changed"


def test_a_schema_with_another_name_and_the_same_text_is_the_same_alternative(
    tmp_path: Path,
) -> None:
    old = fragment(NAMED % ("{$ref: '#/components/schemas/Cat'}, {type: string}", ""))
    new = fragment(NAMED % ("{$ref: '#/components/schemas/Feline'}, {type: string}", ""))
    new["components"]["schemas"]["Feline"] = new["components"]["schemas"].pop("Cat")
    found = compare(read(tmp_path, "old", old), read(tmp_path, "new", new))
    assert codes(found) == {"schema-added", "schema-removed"}


def test_an_alternative_more_where_there_was_none(tmp_path: Path) -> None:
    found = changes(tmp_path, "type: string", "oneOf: [{type: string}, {type: integer}]")
    assert codes(found) == {"request-alternative-added"}
    back = changes(tmp_path, "oneOf: [{type: string}, {type: integer}]", "type: string")
    assert codes(back) == {"request-alternative-removed"}


# -- a schema that many use

SHARED = """
paths:
  /calls:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Call'}}}}
      responses:
        '200':
          description: It worked.
          content: {application/json: {schema: {$ref: '#/components/schemas/Call'}}}
    get:
      responses:
        '200':
          description: It worked.
          content:
            application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Call'}}}
components:
  schemas:
    Call:
      type: object
      properties:
        status: {type: string, enum: [%s]}
        parent: {$ref: '#/components/schemas/Call'}
"""


def test_a_change_is_said_once_for_each_direction_with_all_operations(tmp_path: Path) -> None:
    found = changes(tmp_path, SHARED % "queued", SHARED % "queued, busy")
    sent, received = sorted(found, key=lambda one: one.code)
    assert (sent.code, sent.operations) == ("request-enum-value-added", ("POST /calls",))
    assert (received.code, set(received.operations)) == (
        "response-enum-value-added",
        {"POST /calls", "GET /calls"},
    )
    assert ratings(sent) == ("safe", "breaking")
    assert ratings(received) == ("safe", "safe")
    assert sent.subject == received.subject == "Call.status"
    assert sent.message == 'Call.status may also be "busy"'
    assert sent.new is not None
    assert sent.new.pointer == "/components/schemas/Call/properties/status/enum/1"


def test_what_is_read_only_counts_in_answers_only(tmp_path: Path) -> None:
    text = SHARED.replace("enum: [%s]", "readOnly: true, maxLength: %s")
    assert codes(changes(tmp_path, text % 9, text % 5)) == {"response-limit-narrowed"}
    text = text.replace("readOnly", "writeOnly")
    assert codes(changes(tmp_path, text % 9, text % 5)) == {"request-limit-narrowed"}


def test_a_required_read_only_property_is_required_of_servers_only(tmp_path: Path) -> None:
    text = SHARED.replace("enum: [%s]", "readOnly: true")
    new = text.replace(
        "      properties:\n        status",
        "      required: [status]\n      properties:\n        status",
    )
    assert codes(changes(tmp_path, text, new)) == {"response-property-became-required"}


def test_a_rename_is_guessed_and_said(tmp_path: Path) -> None:
    old = "type: object\nproperties: {sid: {type: string}, note: {type: string, maxLength: 9}}"
    found = changes(tmp_path, old, old.replace("note", "comment"))
    assert sorted(one.message for one in found) == [
        "request body.value.comment is new (was it note?)",
        "request body.value.note is gone (is it comment now?)",
    ]


def test_a_property_that_had_no_name_had_to_be_like_the_others(tmp_path: Path) -> None:
    old = "type: object\nadditionalProperties: {type: integer}"
    new = f"{old}\nproperties: {{total: {{type: string}}}}"
    found = changes(tmp_path, old, new)
    assert codes(found) == {"request-optional-property-added", "request-type-changed"}
    assert codes(changes(tmp_path, new, old)) == {
        "request-optional-property-removed",
        "request-type-changed",
    }
    new = f"{old}\nproperties: {{total: {{type: integer}}}}"
    assert codes(changes(tmp_path, old, new)) == {"request-optional-property-added"}


# -- who calls whom

HOOK = """
webhooks:
  callEnded:
    post:
      requestBody: {%s content: {application/json: {schema: {type: object, properties: {%s}}}}}
      responses: {'200': {description: Thank you.}}
"""
BACK = """
callbacks:
  ended:
    '{$request.query.url}':
      post:
        requestBody: {%s content: {application/json: {schema: {type: object, properties: {%s}}}}}
        responses: {'200': {description: Thank you.}}
"""


@pytest.mark.parametrize("text", [HOOK, BACK], ids=["webhook", "callback"])
def test_in_a_webhook_the_directions_turn_round(text: str, tmp_path: Path) -> None:
    old, new = text % ("", "status: {enum: [a, b]}"), text % ("", "status: {enum: [a, b, c]}")
    change = only(changes(tmp_path, old, new))
    assert (change.code, ratings(change)) == ("response-enum-value-added", ("safe", "safe"))
    change = only(changes(tmp_path, new, old))
    assert (change.code, ratings(change)) == ("response-enum-value-removed", ("safe", "breaking"))


@pytest.mark.parametrize("text", [HOOK, BACK], ids=["webhook", "callback"])
def test_in_a_webhook_the_ratings_change_places(text: str, tmp_path: Path) -> None:
    found = changes(tmp_path, text % ("", ""), text % ("required: true,", ""))
    change = only(found)
    assert (change.code, ratings(change)) == ("request-body-became-required", ("safe", "breaking"))


def test_what_not_excludes_turns_round(tmp_path: Path) -> None:
    old = "type: object\nnot: {type: object, properties: {a: {type: string, maxLength: %s}}}"
    change = only(changes(tmp_path, old % 5, old % 9))  # more is excluded
    assert ratings(change)[0] == "breaking" or change.callers is Rating.RISKY
    assert change.callers is not Rating.SAFE


# -- security

SCHEMES = """
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    basic: {type: http, scheme: basic}
"""


def secured(old: str, new: str, folder: Path) -> list[Change]:
    return changes(folder, f"security: {old}\n{SCHEMES}", f"security: {new}\n{SCHEMES}")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[{key: [], basic: []}]", "[{key: []}]", {"security-alternative-added"}),
        ("[{key: []}]", "[{key: [], basic: []}]", {"security-alternative-removed"}),
        ("[{key: []}, {}]", "[{key: []}]", {"security-required"}),
        ("[{key: []}]", "[{key: []}, {}]", {"security-dropped"}),
        ("[{key: []}, {basic: []}]", "[{basic: []}, {key: []}]", set()),
    ],
)
def test_an_alternative_is_covered_by_one_that_asks_for_no_more(
    old: str, new: str, expected: set[str], tmp_path: Path
) -> None:
    found = secured(old, new, tmp_path)
    if expected == {"security-alternative-added"}:
        # Both: the old pair is covered by the key alone, and the key alone is new.
        assert codes(found) == expected
    elif expected == {"security-alternative-removed"}:
        assert expected <= codes(found)
    else:
        assert codes(found) == expected


def test_a_scheme_with_another_name_is_the_same_scheme(tmp_path: Path) -> None:
    old = f"security: [{{key: []}}]\n{SCHEMES}"
    found = changes(tmp_path, old, old.replace("key:", "apiKey:"))
    assert codes(found) == {"security-scheme-detail-changed"}


def test_security_of_the_document_is_said_once_for_all_operations(tmp_path: Path) -> None:
    text = (
        SHARED % "queued" + "  securitySchemes:\n    key: {type: apiKey, in: header, name: X-Key}\n"
    )
    old: dict[str, Any] = fragment(text)
    new = {**old, "security": [{"key": []}]}
    change = only(compare(read(tmp_path, "old", old), read(tmp_path, "new", new)))
    assert change.code == "security-required"
    assert set(change.operations) == {"GET /calls", "POST /calls"}


# -- answers


ANSWER = "responses:\n  %s: {description: It., content: {application/json: {schema: {%s}}}}"


def test_a_status_of_its_own_is_compared_with_what_covered_it(tmp_path: Path) -> None:
    old = ANSWER % ("default", "type: string")
    new = (
        old
        + "\n  '404': {description: It., content: {application/json: {schema: {type: integer}}}}"
    )
    assert codes(changes(tmp_path, old, new)) == {"response-status-split", "response-type-changed"}
    assert codes(changes(tmp_path, new, old)) == {"response-status-merged", "response-type-changed"}


def test_a_range_covers_its_statuses(tmp_path: Path) -> None:
    old, new = ANSWER % ("'4XX'", "type: string"), ANSWER % ("'404'", "type: string")
    found = codes(changes(tmp_path, old, new))
    assert found == {"response-status-split", "response-error-status-removed"}


def test_another_method_of_a_callback_is_another_request(tmp_path: Path) -> None:
    old = BACK.replace("      post:", "      post:\n        operationId: ended") % ("", "")
    found = changes(tmp_path, old, old.replace("      post:", "      put:"))
    change = only(found)
    assert (change.code, ratings(change)) == ("operation-moved", ("breaking", "breaking"))
    assert change.message == "callback ended is sent by PUT now, was by POST"
