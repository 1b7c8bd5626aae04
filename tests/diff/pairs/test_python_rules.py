"""What the Python side says of small documents: each rule at least once, with names, places and ratings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ringback import openapi, source
from ringback.diff import Change
from ringback.diff.python import compare_python
from ringback.diff.python_rules import PYTHON_RULES
from ringback.openapi import Document
from tests.diff.pairs.edits import BASE, EDITS, edited


class Reader:
    """Documents as values, by way of files."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder, 0

    def __call__(self, raw: Any) -> Document:
        self._count += 1
        path = self._folder / f"{self._count}.json"
        path.write_text(json.dumps(raw, indent=1), encoding="utf-8")
        return openapi.parse(source.load(path), second=False)[0]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader(tmp_path_factory.mktemp("documents"))


def document(
    *, path: str = "/a", given: Any = None, answer: Any = None, schemas: Any = None, **more: Any
) -> Any:
    """A document of one operation, POST, that carries and answers one type each."""
    carried = {"content": {"application/json": {"schema": given}}, "required": True}
    operation = {
        "operationId": more.pop("id", "send"),
        "responses": {
            "200": {
                "description": "Good.",
                **({"content": {"application/json": {"schema": answer}}} if answer else {}),
            }
        },
        **({"requestBody": carried} if given else {}),
        **more.pop("operation", {}),
    }
    components = {"schemas": schemas or {}, **more.pop("components", {})}
    head = {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}}
    return {**head, "paths": {path: {"post": operation}}, "components": components, **more}


def parameters(*names: str) -> Any:
    """Parameters of a path, in an order."""
    return [{"name": one, "in": "path", "required": True, "schema": {"type": "string"}} for one in names]  # fmt: skip


def scheme(*names: str) -> Any:
    """API keys."""
    return {"securitySchemes": {one: {"type": "apiKey", "in": "header", "name": one} for one in names}}  # fmt: skip


def hook(schema: Any, name: str = "ping") -> Any:
    """A webhook that carries a type."""
    body = {"content": {"application/json": {"schema": schema}}}
    return {name: {"post": {"requestBody": body, "responses": {"204": {"description": "Heard."}}}}}


STRING, INTEGER, ANYTHING = {"type": "string"}, {"type": "integer"}, {"description": "Anything."}
ENUM = {"type": "string", "enum": ["a", "b"]}
LIST = {"type": "array", "items": STRING}
A, B = {"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}
BOX = {"type": "object", "properties": {"x": STRING}}
BIG = {"type": "object", "properties": {"y": INTEGER}}


def with_x(schema: Any, *required: str) -> Any:
    return {"type": "object", "properties": {"x": schema}, "required": list(required)}


def headed(**header: Any) -> Any:
    """A document whose answer has one header."""
    given = {"schema": INTEGER, **header}
    return document(
        id=given.pop("id", "send"),
        operation={"responses": {"200": {"description": "Good.", "headers": {"X-Left": given}}}},
    )


CASES = {
    "header-renamed": (headed(), headed(**{"x-ringback-name": "left"})),
    "header-unchecked": (headed(), headed(schema=ANYTHING)),
    "header-narrowed": (headed(schema={"type": "number"}), headed()),
    "header-class-renamed": (headed(), headed(id="give")),
    "type-replaced": (
        document(given=A, schemas={"A": ENUM}),
        document(given=A, schemas={"A": BOX}),
    ),
    "member-renamed": (
        document(given=A, schemas={"A": {"type": "string", "enum": ["a-b"]}}),
        document(given=A, schemas={"A": {"type": "string", "enum": ["a-b", "a b"]}}),
    ),
    "other-member-added": (
        document(schemas={"A": ENUM}),
        document(schemas={"A": {"type": "string", "enum": ["a", "b", "c"]}}),
    ),
    "attribute-unchecked": (
        document(answer=A, schemas={"A": BOX}),
        document(answer=A, schemas={"A": with_x(ANYTHING)}),
    ),
    "other-attribute-changed": (
        document(schemas={"A": BOX}),
        document(schemas={"A": with_x(INTEGER, "x")}),
    ),
    "constant-renamed": (document(id="send"), document(id="give")),
    "input-renamed": (document(id="send"), document(id="give")),
    "return-narrowed": (
        document(answer={"oneOf": [A, B]}, schemas={"A": BOX, "B": BIG}),
        document(answer=A, schemas={"A": BOX, "B": BIG}),
    ),
    "return-unchecked": (document(answer=INTEGER), document(answer=ANYTHING)),
    "answer-widened": (
        document(answer=A, schemas={"A": BOX, "B": BIG}),
        document(answer={"oneOf": [A, B]}, schemas={"A": BOX, "B": BIG}),
    ),
    "answer-unchecked": (document(answer=INTEGER), document(answer=ANYTHING)),
    "webhook-unchecked": (
        document(webhooks=hook(A), schemas={"A": BOX}),
        document(webhooks=hook(ANYTHING), schemas={"A": BOX}),
    ),
    "argument-retyped": (
        document(given=A, schemas={"A": BOX, "B": BIG}),
        document(given=B, schemas={"A": BOX, "B": BIG}),
    ),
    "argument-unchecked": (document(given=INTEGER), document(given=ANYTHING)),
    "argument-moved": (
        document(path="/{a}", given=LIST, operation={"parameters": parameters("a")}),
        document(path="/{a}/{b}", given=LIST, operation={"parameters": parameters("a", "b")}),
    ),
    "credential-moved": (
        document(components=scheme("X-One", "X-Two"), security=[{"X-One": [], "X-Two": []}]),
        document(components=scheme("X-Two", "X-One"), security=[{"X-One": [], "X-Two": []}]),
    ),
    "webhook-renamed": (
        document(webhooks=hook(A), schemas={"A": BOX}),
        document(webhooks={**hook(A, "Ping"), **hook(A)}, schemas={"A": BOX}),
    ),
    "webhook-retyped": (
        document(webhooks=hook(A), schemas={"A": BOX, "B": BIG}),
        document(webhooks=hook(B), schemas={"A": BOX, "B": BIG}),
    ),
    "webhook-widened": (
        document(webhooks=hook(A), schemas={"A": BOX, "B": BIG}),
        document(webhooks=hook({"oneOf": [A, B]}), schemas={"A": BOX, "B": BIG}),
    ),
    "webhook-narrowed": (
        document(webhooks=hook({"oneOf": [A, B]}), schemas={"A": BOX, "B": BIG}),
        document(webhooks=hook(A), schemas={"A": BOX, "B": BIG}),
    ),
}
"""What the pairs do not have: packages made anew in another folder, types that nothing uses, orders."""


def codes(changes: list[Change]) -> set[str]:
    return {one.code.removeprefix("python-") for one in changes}


@pytest.mark.parametrize("code", CASES)
def test_a_change_has_its_rule(code: str, read: Reader) -> None:
    old, new = (read(one) for one in CASES[code])
    changes = compare_python(old, new, fresh=True)
    assert code in codes(changes), [one.message for one in changes]
    for one in changes:
        rule = PYTHON_RULES[one.code]
        assert (one.callers, one.servers) == (rule.callers, rule.servers)
        assert one.message[-1] != "."
        assert one.old is not None or one.new is not None, one


def test_every_rule_is_met(read: Reader) -> None:
    met = set(CASES)
    base = read(BASE)
    for name in EDITS:
        after = read(edited(name))
        for fresh in (False, True):
            met |= codes(compare_python(base, after, fresh=fresh))
        met |= codes(compare_python(after, base))
    assert {f"python-{one}" for one in met} == set(PYTHON_RULES)


def test_a_document_changes_nothing_against_itself(read: Reader) -> None:
    assert compare_python(read(BASE), read(BASE)) == []


def test_names_that_are_kept_are_not_renamed(read: Reader) -> None:
    old, new = read(BASE), read(edited("operation-renamed"))
    assert compare_python(old, new) == []
    fresh = compare_python(old, new, fresh=True)
    assert {"operation-renamed", "input-renamed", "constant-renamed"} <= codes(fresh)


def test_a_type_with_another_name_is_one_change(read: Reader) -> None:
    changes = compare_python(read(BASE), read(edited("component-renamed")))
    assert [one.message for one in changes] == [
        "the enum BookState is called VolumeState; the former name is a deprecated alias",
        "the class Book is called Volume; the former name is a deprecated alias",
    ]
    assert {one.code for one in changes} == {"python-former-name"}
    fresh = compare_python(read(BASE), read(edited("component-renamed")), fresh=True)
    assert {"type-renamed"} <= codes(fresh), "a folder of its own has no former names"
    assert changes[1].old is not None and changes[1].new is not None
    assert changes[1].old.pointer == "/components/schemas/Book"
    assert changes[1].new.pointer == "/components/schemas/Volume"
    assert changes[1].operations == ("GET /books", "POST /books", "GET /books/{book_id}")


def test_a_message_names_what_explain_names(read: Reader) -> None:
    changes = compare_python(read(BASE), read(edited("request-property-made-nullable")))
    assert [(one.code, one.subject, one.message) for one in changes] == [
        (
            "python-request-attribute-widened",
            "NewBook.pages",
            "the attribute NewBook.pages may be more than before to servers, who read it: "
            "int | Unset before, int | Unset | None now",
        )
    ]
