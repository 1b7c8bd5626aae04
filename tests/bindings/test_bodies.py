"""Bodies: forms, files, several media types; what the client sends is what the stub's handler gets."""

from __future__ import annotations

import io
import re
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import Any

import httpx2
import pytest
from generated import Bindings, document
from inprocess import InProcess

TEXT = {"type": "string"}
PET = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": TEXT, "age": {"type": "integer"}, "tags": {"type": "array", "items": TEXT}},
}  # fmt: skip
FILES = {
    "type": "object",
    "required": ["picture"],
    "properties": {
        "picture": {"type": "string", "format": "binary"},
        "others": {"type": "array", "items": {"type": "string", "format": "binary"}},
        "title": TEXT,
        "count": {"type": "integer", "minimum": 1},
        "labels": {"type": "array", "items": TEXT},
        "pet": {"$ref": "#/components/schemas/Pet"},
    },
}


def _taking(content: dict[str, Any], required: bool = True) -> dict[str, Any]:
    return {
        "operationId": "take",
        "tags": ["things"],
        "requestBody": {"required": required, "content": content},
        "responses": {"204": {"description": "Taken."}},
    }


def _made(folder: Path, content: dict[str, Any], **more: Any) -> Bindings:
    paths = {"/things": {"post": _taking(content, **more)}}
    return Bindings(document(paths, {"Pet": PET}), folder)


class Handler:
    """Keeps what it was given."""

    def __init__(self, bindings: Bindings) -> None:
        self._answer = bindings.module("server").Take204
        self.seen: list[Any] = []

    async def take(self, given: Any) -> Any:
        self.seen.append(given.body)
        return self._answer()


@pytest.fixture
def files(tmp_path: Path) -> Bindings:
    return _made(tmp_path, {"multipart/form-data": {"schema": FILES}})


def test_files_and_fields_arrive(files: Bindings, tmp_path: Path) -> None:
    file, pet = files.package.File, files.module("models").Pet  # type: ignore[attr-defined]
    handler = Handler(files)
    path = tmp_path / "notes.txt"
    path.write_bytes(b"from the disk")
    files.client({"things": handler}).things.take(
        picture=file(b"\x89PNG\r\n--x", 'a "b".png', "image/png", {"X-Note": "1"}),
        others=[b"one", io.BytesIO(b"two"), path],
        title="Grüße",
        count=2,
        labels=["a", "b,c"],
        pet=pet(name="Rex", tags=["x"]),
    )
    (body,) = handler.seen
    assert body.picture == file(b"\x89PNG\r\n--x", 'a "b".png', "image/png", {"x-note": "1"})
    assert [(one.content, one.filename) for one in body.others] == [
        (b"one", "upload"), (b"two", "upload"), (b"from the disk", "notes.txt"),
    ]  # fmt: skip
    assert (body.title, body.count, body.labels) == ("Grüße", 2, ["a", "b,c"])
    assert body.pet == pet(name="Rex", tags=["x"])


def test_another_reader_finds_the_same_parts(files: Bindings) -> None:
    client, sent = files.answering(httpx2.Response(204))
    client.things.take(
        picture=io.BytesIO(b"\x00\x01"), title="t", pet=files.module("models").Pet(name="R")
    )
    head = f"Content-Type: {sent[0].headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + sent[0].content)
    parts = [
        (part.get_param("name", header="content-disposition"), part.get_content_type(), part.get_payload(decode=True))
        for part in message.iter_parts()  # type: ignore[attr-defined]
    ]  # fmt: skip
    assert parts == [
        ("picture", "application/octet-stream", b"\x00\x01"),
        ("title", "text/plain", b"t"),
        ("pet", "application/json", b'{"name":"R"}'),
    ]


def test_a_file_is_read_while_it_is_sent(files: Bindings) -> None:
    class Counted(io.BytesIO):
        largest = 0

        def read(self, size: int | None = -1) -> bytes:
            assert size is not None and size > 0
            Counted.largest = max(Counted.largest, size)
            return super().read(size)

    client, sent = files.answering(httpx2.Response(204))
    client.things.take(picture=Counted(b"x" * 1_000_000))
    assert len(sent[0].content) > 1_000_000
    assert Counted.largest <= 1 << 16


def test_what_is_no_file_is_refused_before_the_wire(files: Bindings) -> None:
    client, sent = files.answering(httpx2.Response(204))
    with pytest.raises(files.module("errors").InvalidRequest, match="picture: expected a file"):
        client.things.take(picture=5, count=0)
    assert sent == []


@pytest.mark.parametrize(
    "content",
    [b"", b"--b\r\n", b"--b--", b"--b\r\nno blank line--b--", b"--b\r\n\r\n\r\n" * 2000 + b"--b--"],
)
def test_a_body_that_is_no_multipart_is_a_400(files: Bindings, content: bytes) -> None:
    app = files.module("server").build_app(things=Handler(files))
    from inprocess import InProcess

    with httpx2.Client(transport=InProcess(app), base_url="http://stub.test") as http:
        answer = http.post(
            "/things", content=content, headers={"content-type": "multipart/form-data; boundary=b"}
        )
    assert answer.status_code == 400


def test_a_form_without_named_fields(tmp_path: Path) -> None:
    schema = {
        "type": "object",
        "additionalProperties": {"type": "array", "items": {"type": "integer"}},
    }
    made = _made(tmp_path, {"application/x-www-form-urlencoded": {"schema": schema}})
    handler = Handler(made)
    made.client({"things": handler}).things.take({"a b": [1, 2], "c": [3, 4]})
    assert handler.seen == [{"a b": [1, 2], "c": [3, 4]}]


def test_encodings_of_a_form(tmp_path: Path) -> None:
    schema = {"type": "object", "properties": {
        "pet": {"$ref": "#/components/schemas/Pet"}, "tags": {"type": "array", "items": TEXT},
        "json": {"$ref": "#/components/schemas/Pet"},
    }}  # fmt: skip
    encoding = {
        "pet": {"style": "deepObject", "explode": True},
        "tags": {"style": "pipeDelimited", "explode": False},
    }
    made = _made(
        tmp_path, {"application/x-www-form-urlencoded": {"schema": schema, "encoding": encoding}}
    )
    pet = made.module("models").Pet
    client, sent = made.answering(httpx2.Response(204))
    given = {"pet": pet(name="Rex", age=3), "tags": ["a", "b"], "json": pet(name="J")}
    client.things.take(**given)
    assert sent[0].content == (
        b"pet%5Bname%5D=Rex&pet%5Bage%5D=3&tags=a%7Cb&json=%7B%22name%22%3A%22J%22%7D"
    )
    handler = Handler(made)
    made.client({"things": handler}).things.take(**given)
    (body,) = handler.seen
    assert {"pet": body.pet, "tags": body.tags, "json": body.json} == given


SEVERAL = {
    "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}},
    "application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/Pet"}},
    "text/plain": {"schema": TEXT},
    "image/*": {},
}


@pytest.mark.parametrize(
    ("given", "wanted", "sent_as", "content"),
    [
        ("pet", None, "application/json", b'{"name":"Rex"}'),
        ("pet", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded", b"name=Rex"),
        ("text", None, "text/plain", b"text"),
        (b"\x89", "image/png", "image/png", b"\x89"),
    ],
)  # fmt: skip
def test_a_body_in_several_media_types(
    tmp_path: Path, given: Any, wanted: str | None, sent_as: str, content: bytes
) -> None:
    made = _made(tmp_path, SEVERAL)
    value = made.module("models").Pet(name="Rex") if given == "pet" else given
    more = {} if wanted is None else {"content_type": wanted}
    client, sent = made.answering(httpx2.Response(204))
    client.things.take(value, **more)
    assert (sent[0].headers["content-type"], sent[0].content) == (sent_as, content)
    handler = Handler(made)
    made.client({"things": handler}).things.take(value, **more)
    assert handler.seen == [value]


def test_a_media_type_that_is_not_taken_is_a_415(tmp_path: Path) -> None:
    made = _made(tmp_path, SEVERAL)
    app = made.module("server").build_app(things=Handler(made))
    from inprocess import InProcess

    with httpx2.Client(transport=InProcess(app), base_url="http://stub.test") as http:
        answer = http.post("/things", content=b"x", headers={"content-type": "audio/ogg"})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "body: expected an object: Expected `object`, got `array`"),
        ({"name": "", "pet": {"age": 1}}, "body: Object missing required field `name` - at `$.pet`"),
    ],
)  # fmt: skip
def test_a_fault_within_a_body_is_not_one_of_the_whole(
    value: Any, said: str, tmp_path: Path
) -> None:
    whole = {"type": "object", "properties": {"name": TEXT, "pet": PET}}
    made = _made(tmp_path, {"application/json": {"schema": whole}})
    client, sent = made.answering(httpx2.Response(204))
    with pytest.raises(made.module("errors").InvalidRequest) as refused:
        client.things.take(value)
    assert (str(refused.value), sent) == (f"take: {said}", [])


def test_a_body_of_text_is_held_to_its_schema(tmp_path: Path) -> None:
    from types import SimpleNamespace

    schema = {"type": "string", "pattern": "^a", "maxLength": 3, "not": {"const": "abc"}}
    post = {
        "operationId": "say",
        "tags": ["things"],
        "requestBody": {"required": True, "content": {"text/plain": {"schema": schema}}},
        "responses": {"204": {"description": ""}},
    }
    made = Bindings(document({"/say": {"post": post}}), tmp_path)
    given: list[Any] = []

    async def say(inputs: Any) -> Any:
        given.append(inputs.body)
        return made.module("server").Say204()

    handlers = {"things": SimpleNamespace(say=say)}
    made.client(handlers).things.say("aé")
    assert given == ["aé"]
    app = made.module("server").build_app(**handlers)
    for wrong, told in (("b", "text matching ^a"), ("aaaa", "at most 3"), ("abc", "`not` allows")):
        with pytest.raises(made.module("errors").InvalidRequest, match=re.escape(told)):
            made.client(handlers).things.say(wrong)
        with httpx2.Client(transport=InProcess(app), base_url="http://stub.test") as http:
            answer = http.post("/say", content=wrong, headers={"content-type": "text/plain"})
        assert (answer.status_code, told in answer.json()["errors"][0]["detail"]) == (400, True)
    assert given == ["aé"]
