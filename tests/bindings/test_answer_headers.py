"""Headers of answers: typed on both sides of the wire."""

from __future__ import annotations

import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest
from generated import Bindings, document

from ringback import plan

HEADERS = {
    "X-Rate-Limit": {"required": True, "schema": {"type": "integer", "minimum": 0}},
    "X-Expires-After": {"schema": {"type": "string", "format": "date-time"}},
    "X-Tags": {"schema": {"type": "array", "items": {"type": "string"}}},
    "X-Point": {"schema": {"type": "object", "properties": {"R": {"type": "integer"}}}},
    "X-Mode": {"schema": {"type": "string", "enum": ["fast", "slow"]}},
    "X-Json": {"content": {"application/json": {"schema": {"type": "array", "items": {"type": "integer"}}}}},
    "Content-Type": {"schema": {"type": "string"}},
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Bindings:
    """One operation with headers of a success and of an error."""
    text = {"text/plain": {"schema": {"type": "string"}}}
    both = {**text, "application/json": {"schema": {"type": "object", "properties": {"a": {"type": "integer"}}}}}  # fmt: skip
    responses = {
        "200": {"description": "ok", "headers": HEADERS, "content": text},
        "429": {"description": "no", "headers": {"Retry-At": {"schema": {"type": "string", "format": "date"}}}},
        "default": {"description": "other", "headers": {"status": {"schema": {"type": "integer"}}}, "content": both},
    }  # fmt: skip
    get = {"operationId": "getThing", "tags": ["things"], "responses": responses}
    return Bindings(
        document({"/thing": {"get": get}}), tmp_path_factory.mktemp("answer_headers_made")
    )


def _client(made: Bindings, answer: Any, **options: Any) -> Any:
    async def get_thing(_: Any) -> Any:
        return answer

    return made.client({"things": SimpleNamespace(get=get_thing)}, **options)


def test_what_a_server_gives_is_what_a_client_reads(made: Bindings) -> None:
    server, headers = made.module("server"), made.module("headers")
    moment = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    kind = headers.GetThing200Headers
    models = made.module("models")
    given = {"x_rate_limit": 3, "x_expires_after": moment, "x_tags": ["a", "b"], "x_mode": models.ThingXMode.FAST, "x_json": [1, 2], "x_point": models.ThingXPoint(r=5)}  # fmt: skip
    client = _client(made, server.GetThing200("yes", **given), strict=True)
    with client.record() as recorded:
        assert client.things.get() == "yes"
    exchange = recorded.last
    assert exchange.headers["x-rate-limit"] == "3"
    assert exchange.headers["x-tags"] == "a,b"
    assert exchange.headers["x-json"] == "[1,2]"
    assert exchange.headers["x-expires-after"] == "2026-01-02T03:04:05Z"
    read = exchange.headers_as(kind)
    assert {name: getattr(read, name) for name in given} == given
    assert "content_type" not in kind.__struct_fields__


def test_what_is_missing_or_does_not_fit_is_a_drift(made: Bindings) -> None:
    plain = {"content-type": "text/plain"}
    odd = {**plain, "x-rate-limit": "many", "x-mode": "fast"}
    client, _ = made.answering(
        httpx2.Response(200, headers=plain, text="a"), httpx2.Response(200, headers=odd, text="b")
    )
    with client.record() as recorded:
        assert client.things.get() == "a"
        assert client.things.get() == "b"
    told = [str(drift) for _, drift in client.drifts]
    assert told[0] == "header X-Rate-Limit: wanted a value, found nothing"
    assert told[1].startswith("header X-Rate-Limit: wanted ")
    first, second = recorded.exchanges
    kind = made.module("headers").GetThing200Headers
    assert first.headers_as(kind).x_rate_limit is made.package.UNSET
    assert second.headers_as(kind).x_rate_limit == "many"
    with pytest.raises(made.package.DriftError) as caught:
        client.things.get(options=made.package.RequestOptions(strict=True))
    assert caught.value.value == "b"


def test_an_error_has_the_headers_of_its_status(made: Bindings) -> None:
    day = datetime.date(2026, 5, 6)
    client = _client(made, made.module("server").GetThing429(retry_at=day), max_retries=0)
    with pytest.raises(made.package.RateLimited) as caught:
        client.things.get()
    found = caught.value.exchange.headers_as(made.module("headers").GetThing429Headers)
    assert found.retry_at == day


def test_a_server_does_not_send_what_the_document_forbids(made: Bindings) -> None:
    server = made.module("server")
    client = _client(made, server.GetThing200("yes", x_rate_limit=-1), max_retries=0)
    with pytest.raises(made.package.ServerError):
        client.things.get()
    with pytest.raises(TypeError, match="x_rate_limit"):
        server.GetThing200("yes")


def test_a_header_called_like_a_field_of_an_answer(made: Bindings) -> None:
    answer = made.module("server").GetThingDefaultTextPlain("x", 500, status_2=7)
    client = _client(made, answer, max_retries=0)
    with pytest.raises(made.package.ServerError) as caught:
        client.things.get()
    found = caught.value.exchange.headers_as(made.module("headers").GetThingDefaultHeaders)
    assert found.status_2 == 7


def test_a_download_has_headers_too(tmp_path: Path) -> None:
    content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    size = {"X-Size": {"required": True, "schema": {"type": "integer"}}}
    answer = {"200": {"description": "", "headers": size, "content": content}}
    get = {"operationId": "getFile", "tags": ["files"], "responses": answer}
    made = Bindings(document({"/file": {"get": get}}), tmp_path)
    client, _ = made.answering(
        httpx2.Response(200, headers={"X-Size": "4"}, content=b"abcd"),
        httpx2.Response(200, content=b"abcd"),
    )
    with client.files.get() as download:
        kind = made.module("headers").GetFile200Headers
        assert download.headers_as(kind).x_size == 4
    assert not client.drifts
    assert client.files.get().read() == b"abcd"
    assert [str(drift) for _, drift in client.drifts] == [
        "header X-Size: wanted a value, found nothing"
    ]


def test_explain_knows_headers(made: Bindings) -> None:
    found = [one for one in plan.index(made.drawn) if "GetThing200.x_tags" in one.names]
    assert [one.wire for one in found] == ["X-Tags"]
    assert found[0].paths == (("paths", "/thing", "get", "responses", "200", "headers", "X-Tags"),)


def test_a_stream_has_headers_too(tmp_path: Path) -> None:
    content = {"application/jsonl": {"schema": {"type": "integer"}}}
    count = {"X-Count": {"required": True, "schema": {"type": "integer"}}}
    answer = {"200": {"description": "", "headers": count, "content": content}}
    get = {"operationId": "getLines", "tags": ["files"], "responses": answer}
    made = Bindings(document({"/lines": {"get": get}}), tmp_path)
    kind = made.module("headers").GetLines200Headers

    async def lines(_: Any) -> Any:
        return made.module("server").GetLines200([1, 2], x_count=2)

    client = made.client({"files": SimpleNamespace(get_lines=lines)})
    stream = client.files.get_lines()
    assert next(iter(stream)) == 1
    assert stream.headers_as(kind).x_count == 2
    other, _ = made.answering(
        httpx2.Response(200, headers={"content-type": "application/jsonl"}, content=b"1\n")
    )
    assert list(other.files.get_lines()) == [1]
    assert [str(one) for _, one in other.drifts] == [
        "header X-Count: wanted a value, found nothing"
    ]
