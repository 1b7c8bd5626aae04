"""Answers from examples and schemas, and those that somebody asks for by name."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from mocked import CORPUS, FORM, LIBRARY, Client, Open

from ringback.mock import Unusable, create_app, explain


def test_preferred_answers_leave_the_state_alone(library: Client) -> None:
    own = "/books/BK00000001"
    assert library.json("GET", own, prefer="example=atlas")["title"] == "An atlas"
    assert library.json("GET", own + "?__example=novel")["title"] == "A novel"
    reply = library("GET", own, prefer="code=503")
    assert (reply.status, json.loads(reply.body)["code"]) == (503, 503)
    assert library("GET", own + "?__code=418").status == 418
    before = library.json("GET", "/books")["total"]
    made = library("POST", "/books", {"title": "A"}, prefer="code=201")
    assert made.status == 201
    assert library.json("GET", "/books")["total"] == before
    assert library("POST", "/books", {}, prefer="code=201").status == 422  # held to the document


def test_what_is_not_documented_cannot_be_preferred(library: Client) -> None:
    reply = library("DELETE", "/books/BK00000001", prefer="example=none")
    assert reply.status in (204, 404)
    missing = library("GET", "/books/BK00000001", prefer="example=none")
    assert missing.status == 404 and b"novel, atlas" in missing.body


def test_preferences_are_read_as_prism_reads_them(library: Client) -> None:
    own = "/books/BK00000001"
    for wrong in ("code=abc", "code=40", "dynamic=perhaps"):
        reply = library("GET", own, prefer=wrong)
        assert (reply.status, dict(reply.headers)["content-type"]) == (
            422,
            "application/problem+json",
        ), wrong
    assert library("GET", own + "?__code=4x4").status == 422
    assert library("GET", own + "?__code=418", prefer="code=503").status == 503
    assert library("GET", own + "?__code=503", prefer="return=minimal").status != 503
    assert library("GET", own, prefer='code="503"; example=unheard').status == 404
    assert library("GET", own, prefer="code=100").status == 404  # nothing follows it


def test_a_seed_decides_what_is_drawn(library: Client) -> None:
    def drawn(seed: str) -> bytes:
        reply = library("GET", f"/books/BK00000001?__dynamic=true&__seed={seed}")
        return reply.body

    assert drawn("a") == drawn("a") != drawn("b")


def test_an_example_that_is_asked_for_is_given_as_it_stands(opened: Open) -> None:
    text = """
openapi: 3.1.0
info: {title: Wrong, version: "1"}
paths:
  /it:
    get:
      responses:
        "200":
          description: it
          content:
            application/json:
              schema: {type: object, required: [size], properties: {size: {type: integer}}}
              examples: {wrong: {value: {size: large}}}
"""
    client = opened(text)
    assert client.json("GET", "/it", prefer="example=wrong") == {"size": "large"}
    assert isinstance(client.json("GET", "/it")["size"], int)


def test_dynamic_answers_are_drawn_anew_and_valid(library: Client) -> None:
    own = "/books/BK00000001"
    drawn = {library("GET", own, prefer="dynamic=true").body for _ in range(8)}
    assert len(drawn) > 1
    contract = library.app.world.contract
    schema = dict(contract.document.schemas)["Book"]
    assert all(contract.is_valid(schema, json.loads(one), reply=True) for one in drawn)


def test_the_examples_of_the_document_are_what_is_there_first(opened: Open) -> None:
    client = opened(CORPUS / "documents" / "redocly-museum.yaml")
    names = {one["name"] for one in client.json("GET", "/special-events?limit=10")}
    assert "Sasquatch Ballet" in names
    ticket = {"ticketType": "general", "ticketDate": "2026-02-03", "email": "a@example.com"}
    assert client.json("POST", "/tickets", ticket)["ticketDate"] == "2026-02-03"


def test_rows_of_settings_are_there_first(opened: Open, tmp_path: Path) -> None:
    rows = {"books": [{"id": "BK0000000a", "title": "Mine", "state": "out", "note": None}]}
    client = opened(LIBRARY, settings={"data": rows})
    assert client.json("GET", "/books")["books"] == rows["books"]
    assert client.json("GET", "/books/BK0000000a")["title"] == "Mine"


def test_the_location_of_what_is_made_leads_to_it(library: Client) -> None:
    reply = library("POST", "/books", {"title": "A"})
    place = dict(reply.headers)["location"]
    assert library.json("GET", place) == json.loads(reply.body)


SEARCH = """
openapi: 3.1.0
info: {title: Search, version: "1"}
paths:
  /books/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {"200": {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}}}
  /add:
    post:
      %s
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}}
      responses: {"200": {description: it, content: {application/json: {schema: {type: object, properties: {ok: {type: boolean}}}}}}}
components:
  schemas:
    Book: {type: object, properties: {id: {type: integer, readOnly: true}, title: {type: string}}}
"""


@pytest.mark.parametrize("by", ["settings", "document"])
def test_what_inference_cannot_know_is_said(opened: Open, by: str) -> None:
    said = {"resource": "books", "role": "create"}
    extension = f"x-ringback-mock: {json.dumps(said)}" if by == "document" else ""
    settings = {"operations": {"POST /add": said}} if by == "settings" else {}
    client = opened(SEARCH % extension, settings={"initial": 0, **settings})
    client.json("POST", "/add", {"title": "New"})
    assert client.json("GET", "/books/1") == {"id": 1, "title": "New"}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"seeds": 1}, "no setting 'seeds'"),
        ({"seed": "x"}, "whole number"),
        ({"initial": -1}, "0 to 1000"),
        ({"credentials": "x"}, "list of texts"),
        ({"data": {"none": []}}, "no resource 'none'"),
        ({"data": {"books": 3}}, "list of objects"),
        ({"data": "nowhere.json"}, "cannot be read"),
        ({"operations": {"GET /none": {"role": "list"}}}, "has no 'GET /none'"),
        ({"operations": {"GET /books": {"role": "look"}}}, "role is 'look'"),
        ({"operations": {"GET /books": {"resource": "none"}}}, "no resource 'none'"),
        ({"lifecycles": {"books.none": {}}}, "no resource has 'books.none'"),
    ],
)
def test_settings_that_mean_nothing_are_refused(settings: dict[str, object], said: str) -> None:
    with pytest.raises(Unusable, match=said):
        create_app(str(LIBRARY), settings=settings)


def test_explain_says_what_each_operation_does_and_why(library: Client) -> None:
    text = explain(library.app)
    assert "loans                    known by loanId, for each BookId" in text
    assert "filters: state (state =), tags (tags =)" in text
    assert text.count("\n  GET ") + text.count("\n  POST ") == 6


def test_every_operation_of_the_voice_document_is_placed() -> None:
    spec = Path(__file__).parents[2] / "spec"
    overlays = tuple(str(spec / "overlays" / name) for name in ("twilio.yaml", "resources.yaml"))
    app = create_app(str(spec / "voice.yaml"), overlays=overlays)
    try:
        free = {one.label for one in app.world.deeds.values() if one.role.table is None}
        assert all(label.endswith((".wav", ".mp3")) for label in free), free
        assert {one.name for one in app.world.tables} >= {"Calls", "Queues", "Participants"}
    finally:
        app.close()


ODD = (b"", b"{}", b"[]", b'"x"', b'{"id": 1, "name": null}', b"\xff\x00")
KINDS = (
    "application/json",
    FORM,
    "multipart/form-data; boundary=x",
    "text/plain",
    "application/xml",
)


@pytest.mark.parametrize(
    "name", ["documents/opc-baseline-30.json", "documents/ogen-sample-31.json", "mock/library.yaml"]
)
def test_odd_requests_are_answered_and_raise_nothing(opened: Open, name: str) -> None:
    client = opened(CORPUS / name)
    for operation in client.app.world.contract.operations:
        for place in ("1", "abc", "%00", "a%2Fb"):
            path = re.sub(r"\{[^}]*\}", place, operation.template)
            for body, kind in zip(ODD, (*KINDS, KINDS[0]), strict=True):
                reply = client(
                    operation.method, f"{path}?limit=-1&page=2&sort=-a", body, content_type=kind
                )
                assert 200 <= reply.status < 600
                client(operation.method, path, body, content_type=kind, prefer="dynamic=true")
