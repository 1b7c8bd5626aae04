"""Answers: several media types, several statuses, streams; each typed by what it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from generated import Bindings, document

EVENT = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}
JSON = {"content-type": "application/json"}
REF = {"$ref": "#/components/schemas/Happening"}


def _made(folder: Path, content: dict[str, Any], **more: Any) -> Bindings:
    responses = {"200": {"description": "It.", "content": content}, **more}
    operation = {"operationId": "get", "tags": ["things"], "responses": responses}
    return Bindings(document({"/things": {"get": operation}}, {"Happening": EVENT}), folder)


class Pieces(httpx2.SyncByteStream):
    """Content that arrives in pieces."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = pieces

    def __iter__(self) -> Any:
        return iter(self._pieces)


def _streamed(media_type: str, *pieces: bytes) -> httpx2.Response:
    return httpx2.Response(200, headers={"content-type": media_type}, stream=Pieces(*pieces))


@pytest.mark.parametrize(
    ("media_type", "pieces"),
    [
        ("text/event-stream", [b"data: {\"n\"", b": 1}\r", b"\n\r\n: note\n\nevent: x\ndata: {\ndata: \"n\":2}\n\n", b"data: [DONE]\n\n"]),
        ("application/x-ndjson", [b'{"n":1}\n', b'\n{"n"', b":2}"]),
        ("application/json-seq", [b'\x1e{"n":1}\n\x1e{"n"', b":2}\n"]),
    ],
)  # fmt: skip
def test_values_are_given_as_they_arrive(
    tmp_path: Path, media_type: str, pieces: list[bytes]
) -> None:
    made = _made(tmp_path, {media_type: {"schema": REF}})
    client, _ = made.answering(_streamed(media_type, *pieces))
    assert [one.n for one in client.things.get()] == [1, 2]


def test_a_value_that_does_not_fit_is_a_drift_of_the_stream(tmp_path: Path) -> None:
    made = _made(tmp_path, {"application/jsonl": {"schema": REF}})
    client, _ = made.answering(_streamed("application/jsonl", b'{"n":"x"}\n{"n":2}\n'))
    assert [one.n for one in client.things.get()] == ["x", 2]
    assert [str(drift) for _, drift in client.drifts] == ["/n: wanted a whole number, found 'x'"]


def test_a_stream_that_is_refused_raises_its_status(tmp_path: Path) -> None:
    made = _made(tmp_path, {"application/jsonl": {"schema": REF}})
    client, _ = made.answering(httpx2.Response(404, json={"message": "none"}))
    with pytest.raises(made.module("errors").NotFound, match="none"):
        list(client.things.get())


class Handler:
    """Answers with what it was made with."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    async def get(self, given: Any) -> Any:
        return self.answer


@pytest.mark.parametrize(
    "media_type", ["text/event-stream", "application/jsonl", "application/json-seq"]
)
def test_the_stub_streams_what_the_client_reads(tmp_path: Path, media_type: str) -> None:
    made = _made(tmp_path, {media_type: {"schema": REF}})
    event = made.module("models").Happening

    async def values() -> AsyncIterator[Any]:
        for number in range(3):
            yield event(n=number)

    handler = Handler(made.module("server").Get200(values()))
    app = made.module("server").build_app(things=handler)

    async def run() -> list[Any]:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport) as http:
            client = made.module("client").AsyncClient(base_url="http://stub.test", http=http)
            return [one async for one in client.things.get()]

    assert asyncio.run(run()) == [event(n=0), event(n=1), event(n=2)]


def test_whole_events_have_their_names(tmp_path: Path) -> None:
    item = {"type": "object", "required": ["data"], "properties": {
        "event": {"type": "string"}, "data": {"type": "string"}, "id": {"type": "string"}, "retry": {"type": "integer"},
    }}  # fmt: skip
    made = _made(tmp_path, {"text/event-stream": {"schema": item}})
    content = b"event: add\nid: 7\nretry: 10\ndata: one\ndata: two\n\n"
    client, _ = made.answering(_streamed("text/event-stream", content))
    (found,) = client.things.get()
    assert (found.event, found.id, found.retry, found.data) == ("add", "7", 10, "one\ntwo")


SEVERAL = {
    "application/json": {"schema": REF},
    "text/csv": {"schema": {"type": "string"}},
    "text/event-stream": {"schema": REF},
}


@pytest.mark.parametrize(
    ("accept", "answer", "wanted"),
    [
        (None, httpx2.Response(200, json={"n": 1}), 1),
        ("text/csv", httpx2.Response(200, content=b"n\n1", headers={"content-type": "text/csv; charset=utf-8"}), "n\n1"),
        ("text/event-stream", _streamed("text/event-stream", b'data: {"n":5}\n\n'), [5]),
    ],
)  # fmt: skip
def test_the_media_type_that_is_asked_for_is_the_type_that_is_given(
    tmp_path: Path, accept: str | None, answer: httpx2.Response, wanted: Any
) -> None:
    made = _made(tmp_path, SEVERAL)
    client, sent = made.answering(answer)
    found = client.things.get() if accept is None else client.things.get(accept=accept)
    if isinstance(wanted, int):
        found = found.n
    elif isinstance(wanted, list):
        found = [one.n for one in found]
    assert found == wanted
    assert sent[0].headers["accept"] == (accept or "application/json")


def test_the_stub_answers_in_each_media_type(tmp_path: Path) -> None:
    made = _made(tmp_path, SEVERAL)
    server = made.module("server")
    client = made.client({"things": Handler(server.Get200TextCsv("a,b"))})
    assert client.things.get(accept="text/csv") == "a,b"


def test_several_successes_and_none_with_content(tmp_path: Path) -> None:
    made = _made(tmp_path, {"application/json": {"schema": REF}}, **{
        "202": {"description": "Later.", "content": {"application/json": {"schema": {"type": "string"}}}},
        "204": {"description": "Nothing.", "content": {"application/json": {"schema": REF}}},
        "4XX": {"description": "Wrong.", "content": {"application/json": {"schema": REF}}},
    })  # fmt: skip
    (operation,) = made.drawn.plan.operations
    assert operation.returns == "Happening | str | None"
    for status, content, wanted in (
        (200, b'{"n":1}', 1),
        (202, b'"later"', "later"),
        (204, b"", None),
    ):
        client, _ = made.answering(httpx2.Response(status, content=content, headers=JSON))
        found = client.things.get()
        assert getattr(found, "n", found) == wanted
    client, _ = made.answering(httpx2.Response(418, content=b'{"n":3}'))
    with pytest.raises(made.module("errors").StatusError) as caught:
        client.things.get()
    assert caught.value.body == made.module("models").Happening(n=3)
