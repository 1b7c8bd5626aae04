"""What is created is there, as it was sent, until it is changed or deleted."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from mocked import FORM, LIBRARY, Client, Open

from ringback.mock.replies import Reply
from ringback.mock.requests import Request


def made(client: Client, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.json("POST", "/books", {"title": "A", **more})
    return found


def test_what_is_made_is_fetched_listed_changed_and_gone(library: Client) -> None:
    book = made(library, tags=["aa"], note=None)
    assert (book["title"], book["tags"], book["note"], book["state"]) == ("A", ["aa"], None, "in")
    own = f"/books/{book['id']}"
    assert library.json("GET", own) == book
    assert book in library.json("GET", "/books")["books"]
    changed = library.json("PATCH", own, {"state": "out", "note": "torn"})
    assert changed == {**book, "state": "out", "note": "torn"}
    assert library.json("GET", own) == changed
    assert library("DELETE", own).status == 204
    assert library("GET", own).status == 404
    assert library("DELETE", own).status == 404
    assert all(one["id"] != book["id"] for one in library.json("GET", "/books")["books"])


def test_what_was_not_sent_is_not_made_up(library: Client) -> None:
    book = made(library)
    assert "tags" not in book and "size" not in book  # the client's to say, and not said
    assert book["note"] is None or isinstance(book["note"], str)  # required in answers


def test_what_lies_below_goes_with_what_it_lies_below(library: Client) -> None:
    first, second = made(library)["id"], made(library)["id"]
    loan = library.json("POST", f"/books/{first}/loans", {"reader": "R", "until": None})
    assert (loan["bookId"], loan["reader"], loan["until"]) == (first, "R", None)
    below = f"/loans/{loan['loanId']}"
    assert library.json("GET", f"/books/{first}{below}") == loan
    assert library("GET", f"/books/{second}{below}").status == 404
    assert library.json("GET", f"/books/{first}/loans") == [loan]
    assert library.json("GET", f"/books/{second}/loans") == []
    library("DELETE", f"/books/{first}")
    assert library("GET", f"/books/{first}{below}").status == 404
    assert library("POST", f"/books/{first}/loans", {"reader": "R"}).status == 404


def test_identifiers_are_unique_and_the_same_for_the_same_seed(opened: Open) -> None:
    def some(seed: int) -> list[str]:
        client = opened(LIBRARY, settings={"seed": seed})
        return [made(client)["id"] for _ in range(20)]

    first = some(1)
    assert len(set(first)) == 20
    assert first == some(1)
    assert first != some(2)


def test_identifiers_of_clients_are_taken_where_they_are_free(opened: Open) -> None:
    from mocked import CORPUS

    client = opened(CORPUS / "documents" / "swagger-petstore.yaml")

    def pet(**own: int) -> int:
        body = {"name": "x", "photoUrls": [], **own}
        made = client.json("POST", "/pet", body, authorization="Bearer x")
        return int(made["id"])

    assert pet(id=77) == 77
    assert pet(id=77) != 77  # there is one
    assert client("DELETE", "/pet/77", authorization="Bearer x").status == 200
    assert pet(id=77) != 77  # it is gone, and does not come back as another
    assert client("POST", "/user", {"username": "a"}).status == 200
    assert client("POST", "/user", {"username": "a"}).status >= 400
    assert client("DELETE", "/user/a").status == 200
    assert client("POST", "/user", {"username": "a"}).status == 200


def test_state_in_a_file_outlives_the_application(opened: Open, tmp_path: Path) -> None:
    state = f"sqlite:///{tmp_path / 'state.db'}"
    client = opened(LIBRARY, state=state)
    book = made(client)
    client.app.close()
    again = opened(LIBRARY, state=state)
    assert again.json("GET", f"/books/{book['id']}") == book
    assert made(again)["id"] != book["id"]


def test_forms_lists_and_deep_objects_come_back(library: Client) -> None:
    sent = b"title=A&tags=aa&tags=bb&size%5Bpages%5D=12"
    book = library.json("POST", "/books", sent, content_type=FORM)
    assert (book["tags"], book["size"]) == (["aa", "bb"], {"pages": 12})
    assert library.json("POST", "/books", b"title=A&tags=aa", content_type=FORM)["tags"] == ["aa"]


PLACES = """
openapi: 3.1.0
info: {title: Places, version: "1"}
paths:
  /board/{row}:
    parameters: [{name: row, in: path, required: true, schema: {type: integer, minimum: 1, maximum: 3}}]
    get: {responses: {"200": {description: a mark, content: {application/json: {schema: {enum: [x, o, "."], type: string}}}}}}
    put:
      requestBody: {required: true, content: {application/json: {schema: {enum: [x, o], type: string}}}}
      responses: {"200": {description: a mark, content: {application/json: {schema: {enum: [x, o, "."], type: string}}}}}
  /settings:
    get: {responses: {"200": {description: all, content: {application/json: {schema: {$ref: "#/components/schemas/All"}}}}}}
    patch:
      requestBody: {content: {application/json: {schema: {type: object, properties: {size: {type: integer}}}}}}
      responses: {"200": {description: all, content: {application/json: {schema: {$ref: "#/components/schemas/All"}}}}}
  /notes/{name}:
    parameters: [{name: name, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": {description: a note, content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}}}}
    put:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}}
      responses:
        "200": {description: changed, content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}}
        "201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}}
components:
  schemas:
    All: {type: object, required: [theme], properties: {theme: {type: string}, size: {type: integer}}}
    Note: {type: object, properties: {name: {type: string, readOnly: true}, text: {type: string}}}
"""


def test_single_things_and_places_keep_what_was_put_there(opened: Open) -> None:
    client = opened(PLACES)
    assert client.json("PUT", "/board/1", "x") == "x"
    assert client.json("GET", "/board/1") == "x"
    assert client.json("PUT", "/board/2", "o") == "o"
    assert client.json("GET", "/board/1") == "x"
    before = client.json("GET", "/settings")
    assert client.json("PATCH", "/settings", {"size": 7}) == {**before, "size": 7}
    assert client.json("GET", "/settings")["size"] == 7


def test_put_makes_what_is_not_there(opened: Open) -> None:
    client = opened(PLACES)
    assert client("GET", "/notes/mine").status == 404
    assert client("PUT", "/notes/mine", {"text": "a"}).status == 201
    assert client("PUT", "/notes/mine", {"text": "b"}).status == 200
    assert client.json("GET", "/notes/mine") == {"name": "mine", "text": "b"}


PATCHED = """
openapi: 3.1.0
info: {title: Patched, version: "1"}
paths:
  /things:
    post:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}}
  /things/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get: {responses: {"200": {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}}}
    patch:
      requestBody:
        content:
          application/json-patch+json: {schema: {type: array, items: {type: object}}}
          application/merge-patch+json: {schema: {type: object}}
      responses: {"200": {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}}
components:
  schemas:
    Thing:
      type: object
      properties:
        id: {type: integer, readOnly: true}
        name: {type: string}
        tags: {type: array, items: {type: string}}
        place: {type: object, properties: {city: {type: string}, at: {type: object, properties: {x: {type: number}, y: {type: number}}}, note: {type: [string, "null"]}}}
"""


@pytest.mark.parametrize(
    ("kind", "body", "wanted"),
    [
        ("application/merge-patch+json", {"name": "b"}, {"name": "b", "tags": ["x"]}),
        ("application/merge-patch+json", {"tags": None}, {"name": "a"}),
        (
            "application/json-patch+json",
            [{"op": "add", "path": "/tags/-", "value": "y"}, {"op": "remove", "path": "/name"}],
            {"tags": ["x", "y"]},
        ),
    ],
)
def test_patches_are_carried_out(opened: Open, kind: str, body: Any, wanted: Any) -> None:
    client = opened(PATCHED)
    own = client.json("POST", "/things", {"name": "a", "tags": ["x"]})["id"]
    changed = client.json("PATCH", f"/things/{own}", body, content_type=kind)
    assert changed == {"id": own, **wanted}
    assert client.json("GET", f"/things/{own}") == changed


def test_merge_patches_are_merged_all_the_way_down(opened: Open) -> None:
    client = opened(PATCHED)
    place = {"city": "Rome", "at": {"x": 1}}
    own = f"/things/{client.json('POST', '/things', {'name': 'a', 'place': place})['id']}"

    def changed(patch: Any) -> Any:
        told = client.json("PATCH", own, patch, content_type="application/merge-patch+json")
        assert client.json("GET", own) == told
        return told.get("place")

    assert changed({"place": {"at": {"y": 2}}}) == {"city": "Rome", "at": {"x": 1, "y": 2}}
    assert changed({"place": {"city": None}}) == {"at": {"x": 1, "y": 2}}
    assert changed({"place": {"at": None}}) == {}
    assert changed({"place": {"note": None}}) == {"note": None}  # as it may be
    assert changed({"place": None}) is None
    assert changed({"place": None}) is None
    assert changed({"place": {"city": None, "at": {"x": 3}}}) == {"at": {"x": 3}}


def test_a_patch_that_leads_nowhere_changes_nothing(opened: Open) -> None:
    client = opened(PATCHED)
    thing = client.json("POST", "/things", {"name": "a"})
    steps = [{"op": "replace", "path": "/name", "value": "b"}, {"op": "remove", "path": "/none"}]
    reply = client(
        "PATCH", f"/things/{thing['id']}", steps, content_type="application/json-patch+json"
    )
    assert reply.status == 422 and b"step 1" in reply.body
    assert client.json("GET", f"/things/{thing['id']}") == thing


def test_lists_in_bodies_make_many(opened: Open) -> None:
    from mocked import CORPUS

    client = opened(CORPUS / "documents" / "swagger-petstore.yaml")
    users = [{"username": "first"}, {"username": "second"}]
    assert client("POST", "/user/createWithList", users).status == 200
    found = json.loads(client("GET", "/user/second").body)
    assert found["username"] == "second"
    assert (
        client(
            "PUT", "/pet", {"id": 10**6, "name": "x", "photoUrls": []}, authorization="Bearer x"
        ).status
        == 404
    )


SHELVES = """
openapi: 3.1.0
info: {title: Shelves, version: "1"}
paths:
  /shelves:
    get:
      responses:
        "200": {description: all, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Shelf"}}}}}
  /shelves/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get: {responses: {"200": {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/Shelf"}}}}}}
  /shelves/{id}/boxes:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    post:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Box"}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/Box"}}}}}
components:
  schemas:
    Shelf: {type: object, required: [id], properties: {id: {type: integer, minimum: 1}}}
    Box: {type: object, properties: {label: {type: string}}}
"""


def test_a_first_request_that_is_refused_leaves_what_is_there_from_the_beginning(
    opened: Open,
) -> None:
    client = opened(SHELVES)
    assert client("POST", "/shelves/987654/boxes", {"label": "a"}).status == 404
    shelves = client.json("GET", "/shelves")
    assert len(shelves) == 2
    assert client("POST", f"/shelves/{shelves[0]['id']}/boxes", {"label": "a"}).status == 201


def test_requests_that_come_together_find_what_is_there_from_the_beginning(opened: Open) -> None:
    client = opened(SHELVES)
    wrong = Request("POST", "/shelves/987654/boxes", "", {}, b"{}", "http://mock")
    right = Request("GET", "/shelves", "", {}, b"", "http://mock")

    async def together() -> list[Reply]:
        asked = (right, wrong, right, wrong, right)
        return list(await asyncio.gather(*(client.app.answer(one) for one in asked)))

    replies = asyncio.run(together())
    assert [one.status for one in replies] == [200, 404, 200, 404, 200]
    assert {len(json.loads(one.body)) for one in replies if one.status == 200} == {2}
    assert len(client.json("GET", "/shelves")) == 2


INDEXES = """
openapi: 3.1.0
info: {title: Indexes, version: "1"}
paths:
  /indexes:
    get:
      responses:
        "200":
          description: all
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Index"}}}}
  /indexes/{indexName}:
    parameters: [{name: indexName, in: path, required: true, schema: {type: string}}]
    post:
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses:
        "201":
          description: made
          content: {application/json: {schema: {type: object, properties: {recordId: {type: string}}}}}
    delete: {responses: {"204": {description: gone}}}
  /indexes/{indexName}/{recordId}:
    parameters:
      - {name: indexName, in: path, required: true, schema: {type: string}}
      - {name: recordId, in: path, required: true, schema: {type: string}}
    get: {responses: {"200": {description: it, content: {application/json: {schema: {type: object}}}}}}
  /indexes/{indexName}/synonyms/{recordId}:
    parameters:
      - {name: indexName, in: path, required: true, schema: {type: string}}
      - {name: recordId, in: path, required: true, schema: {type: string}}
    get: {responses: {"200": {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/Same"}}}}}}
    put:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Same"}}}}
      responses: {"200": {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/Same"}}}}}
    delete: {responses: {"204": {description: gone}}}
components:
  schemas:
    Index: {type: object, required: [name], properties: {name: {type: string}, entries: {type: integer}}}
    Same: {type: object, properties: {words: {type: string}}}
"""


def test_a_path_that_names_an_item_can_be_a_collection_too(opened: Open) -> None:
    client = opened(INDEXES)
    index = client.json("GET", "/indexes")[0]
    made = client.json("POST", f"/indexes/{index['name']}", {"recordId": "r1", "colour": "black"})
    assert made["recordId"] == "r1"
    found = client.json("GET", f"/indexes/{index['name']}/r1")
    assert found["colour"] == "black"
    assert index in client.json("GET", "/indexes")


def test_what_is_put_and_deleted_beside_others_is_a_thing_of_its_own(opened: Open) -> None:
    client = opened(INDEXES)
    own = f"/indexes/{client.json('GET', '/indexes')[0]['name']}/synonyms/s1"
    assert client("GET", own).status == 404
    assert client.json("PUT", own, {"words": "a b"})["words"] == "a b"  # nothing else makes one
    assert client.json("GET", own)["words"] == "a b"
    assert client("DELETE", own).status == 204
    assert client("GET", own).status == 404


SPACES = """
openapi: 3.1.0
info: {title: Spaces, version: "1"}
paths:
  /spaces:
    post:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Space"}}}}
      responses: {"200": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/Space"}}}}}
  /spaces/{space}:
    parameters: [{name: space, in: path, required: true, schema: {type: string}, example: accounting}]
    get: {responses: {"200": {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/Space"}}}}}}
components:
  schemas:
    Space: {type: object, required: [space], properties: {space: {type: array, items: {type: string}}}}
"""


def test_where_nobody_is_told_what_paths_call_an_item_some_are_there(opened: Open) -> None:
    client = opened(SPACES)
    client.json("POST", "/spaces", {"space": ["a", "b"]})
    assert client("GET", "/spaces/accounting").status == 200
    assert client("GET", "/spaces/others").status == 404


FLOWS = """
openapi: 3.0.3
info: {title: Flows, version: "1"}
paths:
  /flows:
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              properties:
                Name: {type: string}
                Target.Url: {type: string, format: uri}
                Target.RetryCount: {type: integer}
                Target.Auth.User: {type: string}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/Flow"}}}}}
  /flows/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get: {responses: {"200": {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/Flow"}}}}}}
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {Target.RetryCount: {type: integer}}}
      responses: {"200": {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/Flow"}}}}}
components:
  schemas:
    Flow:
      type: object
      properties:
        id: {type: integer, readOnly: true}
        name: {type: string}
        target:
          type: object
          required: [url]
          properties:
            url: {type: string, format: uri}
            retry_count: {type: integer}
            auth: {type: object, properties: {user: {type: string}}}
"""


def test_fields_with_dots_speak_of_what_lies_inside(opened: Open) -> None:
    client = opened(FLOWS)
    sent = b"Name=a&Target.Url=https%3A%2F%2Fa.test%2F&Target.RetryCount=3&Target.Auth.User=anna"
    flow = client.json("POST", "/flows", sent, content_type=FORM)
    wanted = {"url": "https://a.test/", "retry_count": 3, "auth": {"user": "anna"}}
    assert (flow["name"], flow["target"]) == ("a", wanted)
    own = f"/flows/{flow['id']}"
    changed = client.json("POST", own, b"Target.RetryCount=5", content_type=FORM)
    assert changed["target"] == {**wanted, "retry_count": 5}
    assert client.json("GET", own) == changed


PETS = """
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example/v1"}]
paths:
  /shelters/{shelterId}/pets:
    parameters: [{name: shelterId, in: path, required: true, schema: {type: string}}]
    post:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
    get: {responses: {"200": {description: all, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}}}}
  /pets:
    get: {responses: {"200": {description: all, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}}}}
  /pets/{petId}:
    parameters: [{name: petId, in: path, required: true, schema: {type: integer}}]
    get: {responses: {"200": {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}}
    delete: {responses: {"204": {description: gone}}}
  /labels/{name}:
    parameters: [{name: name, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/Label"}}}}}}
    put:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Label"}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/Label"}}}}}
components:
  schemas:
    Pet: {type: object, properties: {id: {type: integer, readOnly: true}, name: {type: string}}}
    Label: {type: object, properties: {name: {type: string}, colour: {type: string}}}
"""


def test_what_is_made_below_a_parent_may_be_known_at_the_root(opened: Open) -> None:
    client = opened(PETS, settings={"initial": 0})
    made = [client("POST", "/v1/shelters/a/pets", {"name": "Rex"}) for _ in range(3)]
    pets = [json.loads(one.body) for one in made]
    assert [one.status for one in made] == [201, 201, 201]  # a name is no identifier
    assert len({one["id"] for one in pets}) == 3
    places = [dict(one.headers)["location"] for one in made]
    assert places == [f"/v1/pets/{one['id']}" for one in pets]
    assert [client.json("GET", one) for one in places] == pets
    assert client.json("GET", "/pets") == client.json("GET", "/shelters/a/pets") == pets
    assert client.json("GET", "/shelters/b/pets") == []
    assert client("DELETE", places[0]).status == 204
    assert client.json("GET", "/shelters/a/pets") == pets[1:]


@pytest.mark.parametrize("name", ["v1.0", "gr%C3%BCn%26", "a%2Fb"])
def test_what_is_put_is_found_where_it_was_put(opened: Open, name: str) -> None:
    client = opened(PETS)
    reply = client("PUT", f"/v1/labels/{name}", {"colour": "red"})
    assert dict(reply.headers)["location"] == f"/v1/labels/{name}"
    assert client.json("GET", f"/labels/{name}")["colour"] == "red"
