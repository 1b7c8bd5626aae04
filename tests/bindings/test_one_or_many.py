"""Values that are one text or a list of them, in every place; and whole bodies that are an object or null."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest
from generated import Bindings, document

TEXT = {"type": "string"}
EITHER = {"oneOf": [{"type": "integer"}, {"type": "array", "items": {"type": "integer"}}]}
TEXTS = {"oneOf": [TEXT, {"type": "array", "items": TEXT}]}
ANY = {"oneOf": [TEXT, {"type": "array", "items": TEXT}, {"type": "object", "properties": {"k": TEXT}}]}  # fmt: skip
PARAMETERS = [
    {"name": "q", "in": "query", "schema": TEXTS},
    {"name": "j", "in": "query", "explode": False, "schema": TEXTS},
    {"name": "p", "in": "query", "style": "pipeDelimited", "explode": False, "schema": TEXTS},
    {"name": "n", "in": "query", "schema": EITHER},
    {"name": "any", "in": "query", "schema": ANY},
    {"name": "X-H", "in": "header", "schema": TEXTS},
    {"name": "X-E", "in": "header", "explode": True, "schema": TEXTS},
    {"name": "c", "in": "cookie", "explode": False, "schema": TEXTS},
    {"name": "id", "in": "path", "required": True, "schema": TEXTS},
    {"name": "m", "in": "path", "required": True, "style": "matrix", "explode": True, "schema": TEXTS},
    {"name": "l", "in": "path", "required": True, "style": "label", "schema": TEXTS},
]  # fmt: skip


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, list[Any]]:
    """A client before a stub, and what the stub was given."""
    get = {"operationId": "look", "tags": ["things"], "parameters": PARAMETERS, "responses": {"204": {"description": ""}}}  # fmt: skip
    made = Bindings(document({"/a/{id}/{m}/{l}": {"get": get}}), tmp_path_factory.mktemp("either"))
    given: list[Any] = []

    async def look(inputs: Any) -> Any:
        given.append(inputs)
        return made.module("server").Look204()

    return made.client({"things": SimpleNamespace(look=look)}, max_retries=0), given


@pytest.mark.parametrize("value", ["x", ["x", "y"], ["x", "y", "z"], ["x", "y", "z", "x=1"]])
@pytest.mark.parametrize("name", ["q", "j", "p", "any", "x_h", "x_e", "c", "id", "m", "l"])
def test_a_text_and_a_list_arrive_as_they_were_sent(
    talk: tuple[Any, list[Any]], name: str, value: Any
) -> None:
    client, given = talk
    client.things.look(**{"id": "1", "m": "2", "l": "3", name: value})
    assert getattr(given[-1], name) == value


def test_numbers_too(talk: tuple[Any, list[Any]]) -> None:
    client, given = talk
    for value in (5, [5, 6], [5, 6, 7]):
        client.things.look(id="1", m="2", l="3", n=value)
        assert given[-1].n == value


def test_other_names_of_a_query_are_not_taken_for_a_value(tmp_path: Path) -> None:
    from inprocess import InProcess

    get = {"operationId": "look", "tags": ["things"], "parameters": PARAMETERS[:1], "responses": {"204": {"description": ""}}}  # fmt: skip
    made = Bindings(document({"/a": {"get": get}}), tmp_path)

    async def look(inputs: Any) -> Any:
        assert inputs.q is made.package.UNSET  # type: ignore[attr-defined]
        return made.module("server").Look204()

    app = made.module("server").build_app(things=SimpleNamespace(look=look))
    with httpx2.Client(transport=InProcess(app), base_url="http://stub.test") as http:
        assert http.get("/a?utm=1").status_code == 204


def test_a_whole_body_may_be_null(tmp_path: Path) -> None:
    thing = {"anyOf": [{"type": "object", "properties": {"a": TEXT}, "title": "Thing"}, {"type": "null"}]}  # fmt: skip
    content = {"application/json": {"schema": thing}}
    put = {"operationId": "echo", "tags": ["things"], "requestBody": {"required": True, "content": content}, "responses": {"200": {"description": "", "content": content}}}  # fmt: skip
    made = Bindings(document({"/a": {"put": put}}), tmp_path)
    given: list[Any] = []

    async def echo(inputs: Any) -> Any:
        given.append(inputs.body)
        return made.module("server").Echo200(inputs.body)

    client = made.client({"things": SimpleNamespace(echo=echo)}, strict=True, max_retries=0)
    assert client.things.echo(None) is None
    assert given == [None]
    kind = made.module("operations").ECHO.answers[0].type.__args__[0]
    assert client.things.echo(kind(a="x")) == kind(a="x")
    plain, sent = made.answering(httpx2.Response(200, content=b"[]"))
    with pytest.raises(made.module("errors").UnreadableAnswer):
        plain.things.echo(None)
    assert sent[0].content == b"null"
