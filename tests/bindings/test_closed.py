"""Objects that have no other properties: a server refuses others, a client that reads one passes over them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from generated import Bindings, document, echo
from inprocess import InProcess

TEXT = {"type": "string"}
FORM = "application/x-www-form-urlencoded"


class Echo:
    """Answers with what it was given."""

    def __init__(self, bindings: Bindings) -> None:
        self._answer = bindings.module("server").Echo200

    async def echo(self, given: Any) -> Any:
        return self._answer(given.body)


def made(folder: Path, schemas: dict[str, Any], content: str = "application/json") -> Bindings:
    operation = echo({"$ref": "#/components/schemas/Thing"})
    operation["requestBody"]["content"] = {content: {"schema": {"$ref": "#/components/schemas/Thing"}}}  # fmt: skip
    return Bindings(document({"/echo": {"post": operation}}, schemas), folder)


def post(bindings: Bindings, content: Any, **sent: Any) -> tuple[int, str]:
    """The status of a request, and what is said of it."""
    app = bindings.module("server").build_app(things=Echo(bindings))
    with httpx2.Client(transport=InProcess(app), base_url="http://stub.test") as http:
        answer = http.post("/echo", **(sent or {"json": content}))
    return answer.status_code, answer.text


def closed(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def test_a_server_refuses_what_a_closed_object_cannot_have(tmp_path: Path) -> None:
    bindings = made(tmp_path, {"Thing": closed(a=TEXT, inner=closed(b=TEXT), list={"type": "array", "items": closed(c=TEXT)})})  # fmt: skip
    assert post(bindings, {"a": "x", "inner": {"b": "y"}, "list": [{"c": "z"}]})[0] == 200
    for content, pointer in (
        ({"x~/y": 1}, "/x~0~1y"),
        ({"inner": {"b": "y", "d": None}}, "/inner/d"),
        ({"list": [{}, {"e": []}]}, "/list/1/e"),
    ):
        status, text = post(bindings, content)
        assert (status, pointer in text) == (400, True), text


def test_an_answer_may_have_more(tmp_path: Path) -> None:
    bindings = made(tmp_path, {"Thing": closed(a=TEXT)})
    thing = bindings.module("models").Thing
    client, _ = bindings.answering(httpx2.Response(200, json={"a": "x", "new": 1}), strict=True)
    assert client.things.echo(thing(a="x")) == thing(a="x")


def test_an_open_object_takes_what_it_does_not_name(tmp_path: Path) -> None:
    bindings = made(tmp_path, {"Thing": {"type": "object", "properties": {"a": TEXT}}})
    assert post(bindings, {"a": "x", "new": 1})[0] == 200


def test_what_only_an_answer_has_is_no_stranger(tmp_path: Path) -> None:
    shared = closed(id={**TEXT, "readOnly": True}, a=TEXT)
    bindings = made(tmp_path, {"Thing": {"allOf": [{"$ref": "#/components/schemas/Base"}]}, "Base": shared})  # fmt: skip
    assert post(bindings, {"id": "1", "a": "x"})[0] == 200
    assert post(bindings, {"id": "1", "b": "x"})[0] == 400


@pytest.mark.parametrize("name", ["additionalProperties", "unevaluatedProperties"])
def test_an_object_without_any_property(tmp_path: Path, name: str) -> None:
    bindings = made(tmp_path, {"Thing": closed(nothing={"type": "object", name: False})})
    assert post(bindings, {"nothing": {}})[0] == 200
    assert post(bindings, {"nothing": {"a": 1}})[0] == 400


def test_patterns_beside_names(tmp_path: Path) -> None:
    thing = {**closed(a=TEXT), "patternProperties": {"^x-": {"type": "integer"}}}
    bindings = made(tmp_path, {"Thing": thing})
    assert post(bindings, {"a": "b", "x-1": 1})[0] == 200
    for wrong in ({"b": 1}, {"x-1": "text"}, {"ab": "c"}):
        assert post(bindings, wrong)[0] == 400, wrong


def test_variants_of_a_union(tmp_path: Path) -> None:
    refs = [{"$ref": "#/components/schemas/" + one} for one in ("A", "B", "C")]
    schemas = {"Thing": {"anyOf": refs}, "A": closed(a=TEXT), "B": closed(a=TEXT, b=TEXT), "C": {**closed(c=TEXT), "additionalProperties": {"type": "integer"}}}  # fmt: skip
    bindings = made(tmp_path, schemas)
    assert post(bindings, {"a": "x"})[0] == 200
    assert post(bindings, {"a": "x", "b": "y"})[0] == 200
    assert post(bindings, {"a": "x", "z": "y"})[0] == 400
    assert post(bindings, {"b": 1, "z": 2})[0] == 200  # a C


def test_forms(tmp_path: Path) -> None:
    bindings = made(tmp_path, {"Thing": closed(a=TEXT)}, FORM)
    assert post(bindings, None, data={"a": "x"})[0] == 200
    status, text = post(bindings, None, data={"a": "x", "b": "y"})
    assert (status, json.loads(text)["errors"][0]["name"]) == (400, "b")


def test_parts(tmp_path: Path) -> None:
    bindings = made(tmp_path, {"Thing": closed(a=TEXT)}, "multipart/form-data")
    parts = {"a": (None, "x"), "b": (None, "y")}
    assert post(bindings, None, files={"a": (None, "x")})[0] == 200
    assert post(bindings, None, files=parts)[0] == 400


@pytest.mark.parametrize(
    ("schema", "fits", "breaks"),
    [
        ({"type": "array", "items": {"type": "integer"}, "minItems": 2}, [1, 2], [1]),
        ({"type": "array", "items": {"type": "integer"}, "maxItems": 1}, [1], [1, 2]),
        ({"type": "object", "additionalProperties": TEXT, "minProperties": 1}, {"a": "b"}, {}),
        ({"type": "object", "additionalProperties": TEXT, "maxProperties": 0}, {}, {"a": "b"}),
    ],
)
def test_lengths_are_held(tmp_path: Path, schema: dict[str, Any], fits: Any, breaks: Any) -> None:
    bindings = made(tmp_path, {"Thing": {"type": "object", "properties": {"it": schema}}})
    assert post(bindings, {"it": fits})[0] == 200
    assert post(bindings, {"it": breaks})[0] == 400
    kind = bindings.module("models").Thing
    value, drifts = bindings.module("_runtime.decode").decode(
        kind, json.dumps({"it": breaks}).encode()
    )
    assert (value.it, [one.pointer for one in drifts]) == (breaks, ["/it"])


def test_an_empty_body_is_called_so(tmp_path: Path) -> None:
    bindings = made(tmp_path, {"Thing": closed(a=TEXT)})
    client, _ = bindings.answering(httpx2.Response(200, content=b""))
    with pytest.raises(bindings.module("errors").UnreadableAnswer, match="the body is empty"):
        client.things.echo(bindings.module("models").Thing(a="x"))


def test_the_application_has_a_name_to_annotate_with(tmp_path: Path) -> None:
    server = made(tmp_path, {"Thing": closed(a=TEXT)}).module("server")
    assert "Application" in server.__all__
    assert isinstance(server.build_app(), server.Application)
