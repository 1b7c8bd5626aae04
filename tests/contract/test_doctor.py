"""A document whose creations lead nowhere is said to be so."""

from __future__ import annotations

from small import literal, of, pets, voice

from ringback.contract.doctor import doctor

CREATED = "{'201': {description: a, content: {application/json: {schema: %s}}}}"


def test_nothing_to_say_of_documents_that_lead_on() -> None:
    assert doctor(voice()) == doctor(literal()) == doctor(pets()) == ()


def test_nothing_to_say_where_nothing_is_created() -> None:
    assert doctor(of("/a: {get: {responses: {'200': {description: a}}}}")) == ()


def said(paths: str) -> str:
    (one,) = doctor(of(paths))
    assert "document.yaml:" in one and "POST /a creates something that no other request" in one
    return one


def test_an_answer_without_a_body() -> None:
    text = said("/a: {post: {responses: {'201': {description: a}}}}")
    assert text.endswith("no JSON answer of success is documented")


def test_no_path_takes_it() -> None:
    answer = CREATED % "{type: object, properties: {id: {type: integer}}}"
    assert "no path takes what it creates" in said(f"/a: {{post: {{responses: {answer}}}}}")


ITEM = """
/a/{code}:
  parameters: [{name: code, in: path, required: true, schema: {type: string}}]
  delete: {responses: {'204': {description: a}}}
"""


def test_an_answer_without_the_identifier() -> None:
    answer = CREATED % "{type: object, properties: {other: {type: string}}}"
    text = said(f"/a: {{post: {{responses: {answer}}}}}\n{ITEM.strip()}")
    assert text.endswith("its answer has no property that holds the code of /a/{code}")
