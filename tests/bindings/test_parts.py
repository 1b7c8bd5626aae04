"""Bodies of several parts: headers and media types of each, several files in one field, a part of JSON; read by the stub."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from generated import Bindings, document

SCHEMA = {
    "type": "object",
    "required": ["meta", "photos"],
    "properties": {
        "meta": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}},
        "photos": {"type": "array", "items": {"type": "string", "format": "binary"}},
        "note": {"type": "string"},
        "plan": {"type": "string", "format": "binary"},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}  # fmt: skip
ENCODING = {
    "meta": {"contentType": "application/vnd.meta+json", "headers": {
        "X-Trace": {"required": True, "schema": {"type": "integer"}},
        "Content-Type": {"schema": {"type": "string"}},
    }},
    "photos": {"contentType": "image/png, image/jpeg", "headers": {
        "X-Albums": {"schema": {"type": "array", "items": {"type": "string"}}}}},
    "note": {"contentType": "text/markdown"},
    "plan": {"contentType": "image/*"},
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Bindings:
    """An upload whose parts are all described."""
    content = {"multipart/form-data": {"schema": SCHEMA, "encoding": ENCODING}}
    post = {
        "operationId": "upload",
        "tags": ["things"],
        "requestBody": {"required": True, "content": content},
        "responses": {"204": {"description": ""}},
    }
    return Bindings(document({"/up": {"post": post}}), tmp_path_factory.mktemp("parts"))


def _client(made: Bindings) -> tuple[Any, list[Any]]:
    inputs: list[Any] = []

    async def upload(given: Any) -> Any:
        inputs.append(given)
        return made.module("server").Upload204()

    return made.client({"things": SimpleNamespace(upload=upload)}, max_retries=0), inputs


def _meta(made: Bindings) -> Any:
    return made.module("models").UploadRequestMeta(id=7)


def test_every_part_arrives_as_it_was_given(made: Bindings, tmp_path: Path) -> None:
    client, inputs = _client(made)
    file = made.package.File
    path = tmp_path / "b.jpeg"
    path.write_bytes(b"jpeg")
    photos = [file(b"png", "a.png", "image/png", {"X-Own": "1"}), path, io.BytesIO(b"raw")]
    plan = file(b"gif", "p.gif")
    client.things.upload(meta=_meta(made), photos=photos, note="# Hi", plan=plan, tags=["a", "b"],
                         meta_x_trace=5, photos_x_albums=["x", "y"])  # fmt: skip
    given = inputs[0]
    assert (given.meta_x_trace, given.photos_x_albums) == (5, ["x", "y"])
    assert (given.body.meta.id, given.body.note, given.body.tags) == (7, "# Hi", ["a", "b"])
    assert [(one.content, one.filename, one.content_type) for one in given.body.photos] == [
        (b"png", "a.png", "image/png"),
        (b"jpeg", "b.jpeg", "image/jpeg"),
        (b"raw", "upload", "image/png"),
    ]
    assert given.body.photos[0].headers == {"x-own": "1", "x-albums": "x,y"}
    assert (given.body.plan.content, given.body.plan.content_type) == (b"gif", "image/gif")
    body = given.request.body.decode()
    assert (
        'name="meta"\r\nContent-Type: application/vnd.meta+json\r\nX-Trace: 5\r\n\r\n{"id":7}'
        in body
    )
    assert 'name="note"\r\nContent-Type: text/markdown\r\n\r\n# Hi' in body


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "meta_x_trace: is required"),
        ({"meta_x_trace": "5"}, "meta_x_trace: expected a whole number"),
        ({"meta_x_trace": 5, "photos_x_albums": ["a,b"]}, "photos_x_albums: a value holds ','"),
    ],
)
def test_headers_are_held_to_the_document(made: Bindings, more: Any, told: str) -> None:
    client, _ = _client(made)
    with pytest.raises((made.package.InvalidRequest, TypeError)) as caught:
        client.things.upload(meta=_meta(made), photos=[], **{"meta_x_trace": made.package.UNSET, **more})  # fmt: skip
    assert told in str(caught.value)


def test_a_media_type_that_the_document_does_not_name(made: Bindings) -> None:
    client, _ = _client(made)
    gif = made.package.File(b"", "a.gif", "image/gif")
    with pytest.raises(
        made.package.InvalidRequest, match="expected image/png or image/jpeg, got 'image/gif'"
    ):
        client.things.upload(meta=_meta(made), photos=[gif], meta_x_trace=1)
    app = made.module("server").build_app(things=SimpleNamespace(upload=_never))
    body = (
        b'--x\r\nContent-Disposition: form-data; name="meta"\r\n\r\n{"id":7}\r\n'
        b'--x\r\nContent-Disposition: form-data; name="photos"; filename="a"\r\n'
        b"Content-Type: image/gif\r\n\r\nz\r\n--x--\r\n"
    )
    routing = made.module("_runtime.asgi")
    request = routing.HttpRequest("POST", "/up", "", {"content-type": "multipart/form-data; boundary=x"}, body)  # fmt: skip
    route = routing.Route(made.module("operations").UPLOAD, None, None)
    with pytest.raises(routing.Fault) as caught:
        routing.decoded(route, request, {})
    assert "photos: expected image/png or image/jpeg" in caught.value.message
    assert app is not None
    good = routing.HttpRequest("POST", "/up", "", request.headers, body.replace(b"gif", b"png"))
    with pytest.raises(routing.Fault, match="X-Trace: is required"):
        routing.decoded(route, good, {})


def _posting(content: dict[str, Any], folder: Path) -> tuple[Bindings, Any, list[Any]]:
    post = {
        "operationId": "upload",
        "tags": ["things"],
        "requestBody": {"required": True, "content": content},
        "responses": {"204": {"description": ""}},
    }
    made = Bindings(document({"/up": {"post": post}}), folder)
    return made, *_client(made)


def test_a_list_of_files_has_as_many_as_the_document_allows(tmp_path: Path) -> None:
    files = {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1, "maxItems": 2}  # fmt: skip
    notes = {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "integer"}}}, "maxItems": 1}  # fmt: skip
    marks = {"type": "array", "items": {"type": "string"}}
    schema = {"type": "object", "required": ["files", "marks"], "properties": {"files": files, "notes": notes, "marks": marks}}  # fmt: skip
    made, client, inputs = _posting({"multipart/form-data": {"schema": schema}}, tmp_path)
    note = made.module("models").UploadRequestNote
    client.things.upload(files=[b"1", io.BytesIO(b"22")], marks=["a", "b"], notes=[note(n=1)])
    (given,) = inputs
    assert [one.read() for one in given.body.files] == [b"1", b"22"]
    assert (given.body.marks, given.body.notes) == (["a", "b"], [note(n=1)])
    for wrong, told in (
        ({"files": []}, "expected 1 to 2 items, got 0"),
        ({"files": [b"1", b"2", b"3"]}, "expected 1 to 2 items, got 3"),
        ({"notes": [note(), note()]}, "expected 0 to 1 items, got 2"),
        ({"marks": []}, "marks: is required, and of an empty list nothing would be sent"),
    ):
        with pytest.raises(made.module("errors").InvalidRequest, match=told):
            client.things.upload(**{"files": [b"1"], "marks": ["a"], **wrong})
    assert len(inputs) == 1


def test_a_stub_counts_files(tmp_path: Path) -> None:
    import httpx2
    from inprocess import InProcess

    files = {"type": "array", "items": {"type": "string", "format": "binary"}, "maxItems": 2}
    schema = {"type": "object", "properties": {"files": files}}
    made, _, _ = _posting({"multipart/form-data": {"schema": schema}}, tmp_path)
    app = made.module("server").build_app(things=SimpleNamespace(upload=_never))
    with httpx2.Client(transport=InProcess(app), base_url="http://stub.test") as http:
        answer = http.post("/up", files=[("files", (f"{n}.txt", b"x")) for n in range(3)])
    assert (answer.status_code, "expected 0 to 2 items, got 3" in answer.text) == (400, True)


def test_a_model_goes_to_the_body_that_it_is_made_for(tmp_path: Path) -> None:
    """Any model fits a body without required properties: as JSON, the files would be lost without a word."""
    text, file = {"type": "string"}, {"type": "string", "format": "binary"}
    content = {
        "application/json": {"schema": {"type": "object", "title": "Plain", "properties": {"a": text}}},
        "application/vnd.other+json": {"schema": {"type": "object", "title": "Other", "properties": {"b": text}}},
        "multipart/form-data": {"schema": {"type": "object", "title": "Parts", "properties": {"file": file}}},
    }  # fmt: skip
    made, client, inputs = _posting(content, tmp_path)
    bodies = {one.media_type: one.type for one in _all_bodies(made)}
    plain, other, parts = (bodies[kind] for kind in content)
    for value in (plain(a="x"), other(b="y"), other(), parts(file=made.package.File(b"z")), parts()):  # type: ignore[attr-defined]
        client.things.upload(value)
        assert type(inputs[-1].body) is type(value)
    assert inputs[3].body.file.read() == b"z"
    with pytest.raises(made.module("errors").InvalidRequest, match="got UploadRequest"):
        client.things.upload(other(b="y"), content_type="application/json")


async def _never(given: Any) -> Any:
    raise AssertionError(given)


def _all_bodies(made: Bindings) -> tuple[Any, ...]:
    operation = made.module("operations").UPLOAD
    return (operation.body, *operation.others)
