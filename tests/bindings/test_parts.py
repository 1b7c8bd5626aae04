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
    app = made.module("server").build_app(things=SimpleNamespace(upload=None))
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
