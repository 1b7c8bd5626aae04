"""What the document forbids is refused, with a status and in a form that it has."""

from __future__ import annotations

import json
from typing import Any

import pytest
from mocked import FORM, LIBRARY, Client, Open


@pytest.mark.parametrize(
    ("method", "target", "body", "headers", "status", "said"),
    [
        ("GET", "/books?limit=0", None, {}, 400, "limit is 0, wanted at least 1"),
        ("GET", "/books?tags=aa%7Cb", None, {}, 400, "has 1 characters"),
        ("GET", "/books/nothing", None, {}, 400, "bookId"),
        ("GET", "/books/BK00000000", None, {}, 404, "there is no bookId BK00000000"),
        ("POST", "/books", {}, {}, 422, "title is missing"),
        ("POST", "/books", {"title": "A", "tags": "x"}, {}, 422, "wanted a list"),
        ("POST", "/books", None, {}, 400, "the body is missing"),
        ("POST", "/books", b"{", {}, 400, "no JSON"),
        ("POST", "/books", b'{"title": NaN}', {}, 400, "NaN"),
        ("POST", "/books", b"\xff", {}, 400, "no UTF-8"),
        ("POST", "/books", b"[" * 100_000, {}, 400, "no JSON"),
        ("POST", "/books", b"title=A&size%5Bpages%5D=0", {"content_type": FORM}, 422, "pages"),
        ("POST", "/books", b"A", {"content_type": "text/csv"}, 415, "text/csv"),
        ("GET", "/books", None, {"accept": "text/csv"}, 406, "application/json"),
    ],
)  # fmt: skip
def test_a_refusal_has_the_form_of_the_document(
    library: Client,
    method: str,
    target: str,
    body: Any,
    headers: dict[str, str],
    status: int,
    said: str,
) -> None:
    reply = library(method, target, body, **headers)
    error = json.loads(reply.body)
    assert (reply.status, error["code"]) == (status, status)
    assert said in error["message"]


def test_a_refused_request_changes_nothing(library: Client) -> None:
    before = library.json("GET", "/books")
    assert library("POST", "/books", {"title": ""}).status == 422
    assert library.json("GET", "/books") == before


def test_the_problem_names_each_fault_where_the_document_has_no_error() -> None:
    from ringback.mock.refusals import _problem
    from ringback.mock.requests import Fault

    reply = _problem(422, "two faults", (Fault("body/a", "A"), Fault("body/b", "B")), [])
    assert dict(reply.headers)["content-type"] == "application/problem+json"
    told = json.loads(reply.body)
    assert [one["where"] for one in told["errors"]] == ["body/a", "body/b"]


def test_methods_and_paths_that_are_not_there(library: Client) -> None:
    reply = library("PUT", "/books")
    assert reply.status == 405
    assert dict(reply.headers)["allow"] == "GET, HEAD, OPTIONS, POST"
    assert library("GET", "/nowhere").status == 404
    preflight = library(
        "OPTIONS", "/books", access_control_request_method="POST", origin="http://page"
    )
    assert preflight.status == 204
    assert "POST" in dict(preflight.headers)["access-control-allow-methods"]


def test_credentials_are_asked_for_and_believed_unless_they_are_named(opened: Open) -> None:
    anybody = opened(LIBRARY)
    reply = anybody("GET", "/books", known=False)
    assert reply.status == 401
    assert dict(reply.headers)["www-authenticate"].startswith("Basic")
    assert anybody("GET", "/books").status == 200
    known = opened(LIBRARY, settings={"credentials": ["else:secret"]})
    assert known("GET", "/books").status == 401
    assert known("GET", "/books", authorization="Basic ZWxzZTpzZWNyZXQ=").status == 200
    assert known("GET", "/books", authorization="Basic ?").status == 401


STATES = """
openapi: 3.1.0
info: {title: States, version: "1"}
paths:
  /orders:
    post:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}}
  /orders/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string, format: uuid}}]
    get: {responses: {"200": {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}}}
    patch:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
      responses:
        "200": {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
        "409": {description: no}
components:
  schemas:
    Order:
      type: object
      properties:
        id: {type: string, format: uuid, readOnly: true}
        state:
          type: string
          enum: [open, paid, sent]
          x-ringback-lifecycle: {open: [paid], paid: [sent], sent: []}
"""


def test_states_follow_each_other_as_the_document_says(opened: Open) -> None:
    client = opened(STATES)
    order = client.json("POST", "/orders", {})
    assert order["state"] == "open"
    own = f"/orders/{order['id']}"
    assert client("PATCH", own, {"state": "sent"}).status == 409
    assert client.json("PATCH", own, {"state": "paid"})["state"] == "paid"
    assert client("PATCH", own, {"state": "open"}).status == 409
    assert client.json("GET", own)["state"] == "paid"


def test_settings_say_which_states_follow(opened: Open) -> None:
    steps = {"in": ["out"], "out": ["in"], "lost": []}
    client = opened(LIBRARY, settings={"lifecycles": {"books.state": steps}})
    own = client.json("POST", "/books", {"title": "A"})["id"]
    assert client("PATCH", f"/books/{own}", {"state": "lost"}).status == 409
    assert client("PATCH", f"/books/{own}", {"state": "out"}).status == 200
