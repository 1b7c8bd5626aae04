"""Objects that say more, or less, than their properties."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from generated import Bindings, document, echo


class Echo:
    """Answers with what it was given."""

    def __init__(self, bindings: Bindings) -> None:
        self._answer = bindings.module("server").Echo200
        self.seen: list[Any] = []

    async def echo(self, given: Any) -> Any:
        self.seen.append(given.body)
        return self._answer(given.body)


def _made(folder: Path, schemas: dict[str, Any], content: str = "application/json") -> Bindings:
    operation = echo({"$ref": "#/components/schemas/Thing"})
    operation["requestBody"]["content"] = {
        content: {"schema": {"$ref": "#/components/schemas/Thing"}}
    }
    return Bindings(document({"/echo": {"post": operation}}, schemas), folder)


def test_properties_without_a_name_of_their_own_are_objects_of_their_type(tmp_path: Path) -> None:
    ref = {"$ref": "#/components/schemas/Thing"}
    made = _made(tmp_path, {"Thing": {
        "type": "object", "properties": {"first": ref, "at": {"type": "string", "format": "date-time"}},
        "additionalProperties": ref,
    }})  # fmt: skip
    content = {
        "at": "2024-02-29T12:30:00Z",
        "first": {},
        "b": {"c": {"at": "2024-02-29T12:30:00Z"}},
    }
    thing, drifts = made.module("_runtime.decode").decode(
        made.module("models").Thing, json.dumps(content).encode()
    )
    assert drifts == ()
    assert made.client({"things": Echo(made)}).things.echo(thing) == thing
    client, sent = made.answering(httpx2.Response(200, json=content))
    client.things.echo(thing)
    assert json.loads(sent[0].content) == content


def test_what_is_required_and_not_described_may_be_anything(tmp_path: Path) -> None:
    made = _made(tmp_path, {"Thing": {
        "type": "object", "required": ["kind", "name"], "properties": {"name": {"type": "string"}},
    }})  # fmt: skip
    thing = made.module("models").Thing
    with pytest.raises(TypeError, match="kind"):
        thing(name="a")
    given = thing(name="a", kind={"any": [1, None]})
    assert made.client({"things": Echo(made)}).things.echo(given) == given


def test_bytes_in_a_form_are_base64(tmp_path: Path) -> None:
    made = _made(tmp_path, {"Thing": {
        "type": "object", "required": ["key"], "properties": {"key": {"type": "string", "contentEncoding": "base64"}},
    }}, "application/x-www-form-urlencoded")  # fmt: skip
    client, sent = made.answering(httpx2.Response(200, json={"key": "AP8="}))
    assert client.things.echo(key=b"\x00\xff").key == b"\x00\xff"
    assert sent[0].content == b"key=AP8%3D"
    handler = Echo(made)
    made.client({"things": handler}).things.echo(key=b"\x00\xff")
    assert handler.seen == [made.module("models").Thing(key=b"\x00\xff")]
    app = made.module("server").build_app(things=handler)
    from inprocess import InProcess

    with httpx2.Client(transport=InProcess(app), base_url="http://stub.test") as http:
        answer = http.post("/echo", data={"key": "no base64!"})
    assert (answer.status_code, "expected base64 text" in answer.text) == (400, True)


def test_an_empty_form_is_a_form(tmp_path: Path) -> None:
    schema = {"schema": {"$ref": "#/components/schemas/Thing"}}
    operation = echo({"$ref": "#/components/schemas/Thing"})
    operation["requestBody"] = {
        "content": {"application/x-www-form-urlencoded": schema, "application/json": schema}
    }
    thing = {"type": "object", "properties": {"a": {"type": "string"}}}
    made = Bindings(document({"/echo": {"post": operation}}, {"Thing": thing}), tmp_path)
    handler, empty = Echo(made), made.module("models").Thing()
    client = made.client({"things": handler})
    client.things.echo(body=empty, content_type="application/x-www-form-urlencoded")
    assert handler.seen == [empty]


def test_a_required_name_that_no_field_can_have(tmp_path: Path) -> None:
    """Required and described nowhere: the object is a mapping, and keeps whatever comes."""
    name = 'x"\n#'
    schema = {"type": "object", "required": ["id", name], "properties": {"id": {"type": "string"}}}
    made = Bindings(document({"/echo": {"post": echo(schema)}}), tmp_path)
    assert {one.code for one in made.drawn.warnings} == {"unwritable-name"}
    client, _ = made.answering(httpx2.Response(200, json={"id": "a", name: 1}))
    assert client.things.echo({"id": "a", name: 1}) == {"id": "a", name: 1}
