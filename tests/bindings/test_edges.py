"""What lies at the edges: bodies made to break a reader, threads, other processes, links and hosts that are no URLs."""

from __future__ import annotations

import asyncio
import contextlib
import copyreg
import json
import pickle
import socket
import sys
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import httpx2
import msgspec
import pytest
from scripted import (
    ACCOUNT,
    CALL_SID,
    Clock,
    Script,
    answer,
    call_body,
    clock,
    error_body,
    page_body,
)

from twilio_voice import AsyncClient, Client, RequestOptions, errors, models, operations, server
from twilio_voice._runtime.asgi import Route, Router
from twilio_voice._runtime.codecs import Array, DecimalText, Number, Text
from twilio_voice._runtime.decode import decode
from twilio_voice._runtime.errors import RequestFailed
from twilio_voice._runtime.request import prepare
from twilio_voice._runtime.shapes import encode
from twilio_voice._runtime.signing import signature, verify
from twilio_voice._runtime.table import Body, Operation, Parameter
from twilio_voice._runtime.values import DecimalString
from twilio_voice.webhooks import SignatureError, WebhookReceiver, WebhookSender

assert clock
RECORDING: Any = "RE" + "2" * 32
HOOK = "https://example.com/hooks/call_status"


def call_with(**changed: Any) -> tuple[models.Call, list[str]]:
    value, drifts = decode(models.Call, json.dumps(call_body(**changed)).encode())
    return value, [str(one) for one in drifts]


# -- answers


@pytest.mark.parametrize(
    "content",
    [b'{"to":"\xff\xfe"}', b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}", b'{"to":"\\ud800"}'],
    ids=["not UTF-8", "too deep", "half a character"],
)
def test_an_answer_made_to_break_a_reader_is_not_lost(content: bytes) -> None:
    client = Script(httpx2.Response(201, content=content)).client()
    with pytest.raises(errors.UnreadableAnswer) as caught:
        client.calls.create(to="+1", from_="+2", url="https://example.com")
    assert caught.value.exchange.content == content


@pytest.mark.parametrize("price", ["NaN", "-Infinity", "1_0", " 1", "٣", 0.5, 1])
def test_money_that_is_no_finite_number_in_a_string_is_a_drift(price: Any) -> None:
    call, drifts = call_with(price=price)
    assert call.price == price
    assert drifts == [f"/price: wanted a decimal number as text or null, found {price!r}"]


def test_money_travels_as_text_and_a_number_as_a_number() -> None:
    call, drifts = call_with(price="-0.0075")
    assert (call.price, drifts) == (Decimal("-0.0075"), [])
    assert json.loads(encode(call))["price"] == "-0.0075"
    assert encode([Decimal("1.50")], list[DecimalString]) == b'["1.50"]'
    assert encode([Decimal("1.50"), 2], list[DecimalString | int]) == b'["1.50",2]'
    assert encode([Decimal("1.50")], list[Decimal]) == b"[1.50]"


def test_what_was_kept_is_written_as_it_came() -> None:
    changed = {"date_created": 5, "price": 0.5, "subresource_uris": [1], "status": "daydreaming"}
    call, drifts = call_with(**changed)
    assert len(drifts) == 4
    assert json.loads(encode(call)) == call_body(**changed)


def test_what_another_thread_reads_is_no_drift_of_this_one() -> None:
    """A drift makes the body be walked again; unknown words that others meet meanwhile are theirs."""
    content = json.dumps({**page_body(None, *[CALL_SID] * 20), "page": "drift"}).encode()
    stop = threading.Event()
    interval = sys.getswitchinterval()

    def meet_unknown_words() -> None:
        while not stop.is_set():
            models.CallStatus("daydreaming")

    others = [threading.Thread(target=meet_unknown_words) for _ in range(2)]
    sys.setswitchinterval(1e-6)
    try:
        for one in others:
            one.start()
        found = [decode(models.CallList, content)[1] for _ in range(20)]
    finally:
        stop.set()
        sys.setswitchinterval(interval)
        for one in others:
            one.join()
    assert {tuple(one.pointer for one in drifts) for drifts in found} == {("/page",)}


# -- exceptions in another process


def raised() -> Iterator[RequestFailed]:
    steps: list[Any] = [
        answer(404, error_body(404, 20404)),
        answer(429, error_body(429, 20429), retry_after="7"),
        httpx2.Response(200, content=b"<html>"),
        answer(200, call_body(status="daydreaming")),
        httpx2.ConnectError("refused"),
    ]
    client = Script(*steps).client(max_retries=0, strict=True)
    for sid in [*[CALL_SID] * len(steps), RECORDING]:
        with pytest.raises(RequestFailed) as caught:
            client.calls.fetch(sid)
        yield caught.value


def test_exceptions_cross_to_another_process_whole_and_without_credentials(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for error in raised():
        # Libraries that pickle exceptions in their own way, with all that they were caused by, stay out.
        monkeypatch.delitem(copyreg.dispatch_table, type(error), raising=False)
        content = pickle.dumps(error)
        copy = pickle.loads(content)
        assert (type(copy), str(copy)) == (type(error), str(error))
        assert vars(copy) == vars(error)
        assert b"s3cr3t" not in content and b"Basic " not in content


# -- requests


@pytest.mark.parametrize("argument", ["to", "from_", "url"])
def test_half_a_character_is_refused_before_the_wire(argument: str) -> None:
    script = Script()
    given: dict[str, Any] = {
        "to": "+1",
        "from_": "+2",
        "url": "https://example.com",
        argument: "\ud800",
    }
    with pytest.raises(errors.InvalidRequest, match="text that UTF-8 can carry"):
        script.client().calls.create(**given)
    assert script.requests == []


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_numbers_are_finite(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        Number().check(value)
    with pytest.raises(ValueError, match="finite"):
        Number().parse("1e999")


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1_0", " 10", "", "1e9999999999", "٣"])
def test_decimal_text_is_plain(text: str) -> None:
    with pytest.raises(ValueError, match="not a decimal number"):
        DecimalText().parse(text)


def test_headers_of_a_request_replace_those_of_the_client_whatever_their_case() -> None:
    script = Script(answer(200, call_body()))
    options = {"user-agent": "mine", "authorization": "Bearer mine", "x-trace": "1"}
    script.client().calls.fetch(CALL_SID, options=_options(options))
    headers = script.requests[0].headers
    assert headers.get_list("user-agent") == ["mine"]
    assert [text[:6] for text in headers.get_list("authorization")] == ["Basic "]
    assert headers["x-trace"] == "1"


def _options(headers: dict[str, str]) -> Any:
    return RequestOptions(headers=headers)


# -- links


def test_headers_of_a_list_go_along_to_every_page() -> None:
    link = f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json?Page=1"
    pages = [page_body(link, CALL_SID), page_body(None, CALL_SID, number=1)]
    script = Script(*[answer(200, one) for one in pages])
    assert len(script.client().calls.list(options=_options({"X-Trace": "1"})).all()) == 2
    again = Script(*[answer(200, one) for one in pages])
    pager = again.async_client().calls.list(options=_options({"X-Trace": "1"}))
    assert len(asyncio.run(pager.all())) == 2
    traces = [one.headers["x-trace"] for one in (*script.requests, *again.requests)]
    assert traces == ["1"] * 4


@pytest.mark.parametrize("link", ["http://[", "https://api.test:99999/", "https://api.test:x/"])
def test_a_link_that_is_no_url_ends_the_list(link: str) -> None:
    script = Script(answer(200, page_body(link, CALL_SID)))
    with pytest.raises(errors.PagingError, match="no URL"):
        script.client().calls.list().all()


def test_a_redirect_to_another_origin_takes_no_header_that_could_be_a_secret() -> None:
    script = Script(
        httpx2.Response(307, headers={"location": "/elsewhere.wav"}),
        httpx2.Response(307, headers={"location": "https://media.example/a.wav"}),
        httpx2.Response(200, content=b"RIFF"),
    )
    options = _options({"X-Api-Key": "s3cr3t", "Cookie": "a=s3cr3t"})
    assert script.client().recordings.media_wav(RECORDING, options=options).read() == b"RIFF"
    assert ["x-api-key" in one.headers for one in script.requests] == [True, True, False]
    assert "s3cr3t" not in str(script.requests[2].headers.raw)


class Watched(httpx2.SyncByteStream):
    def __init__(self) -> None:
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield b"RIFF"

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("location", ["ftp://media.example/a.wav", "http://["])
def test_a_redirect_that_is_refused_is_closed(location: str) -> None:
    body = Watched()
    script = Script(httpx2.Response(302, headers={"location": location}, stream=body))
    with pytest.raises(errors.PagingError, match="a redirect to"):
        script.client().recordings.media_wav(RECORDING).read()
    assert body.closed


def test_the_time_of_a_download_begins_when_it_is_read(clock: Clock) -> None:
    script = Script(httpx2.Response(200, content=b"RIFF"))
    download = clock.rule(script.client(timeout=5)).recordings.media_wav(RECORDING)
    clock.now += 60
    assert download.read() == b"RIFF"


# -- webhooks

RULES: Any = operations.SIGNATURE


@pytest.mark.parametrize("url", [HOOK + "?", HOOK + "?a=", "https://example.com", HOOK + "?a?b=/"])
def test_a_url_is_signed_as_it_stands(url: str) -> None:
    headers = {"x-twilio-signature": signature("key", url, {})}
    verify(RULES, "key", url, headers, {}, b"")


@pytest.mark.parametrize(
    "url", ["http://[/", "https://x:²/a", "https://x:99999/", "http://x/\ud800"]
)
def test_what_is_no_url_is_refused_as_a_signature_is(url: str) -> None:
    with pytest.raises(SignatureError, match="is no URL"):
        verify(RULES, "key", url, {"x-twilio-signature": "x"}, {}, b"")


def test_an_empty_secret_is_refused() -> None:
    for make in (WebhookReceiver, WebhookSender):
        with pytest.raises(ValueError, match="the secret is empty"):
            make("")


@pytest.mark.parametrize(
    ("host", "size", "status"), [("[", 0, 403), ("example.com", (1 << 20) + 1, 413)]
)
def test_a_receiver_answers_whatever_arrives(host: str, size: int, status: int) -> None:
    async def handler(event: Any) -> None:
        raise AssertionError("nothing may arrive here")

    app = WebhookReceiver("key").asgi(call_status=handler)

    async def run() -> list[Any]:
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": b"x" * size}

        async def send(message: Any) -> None:
            sent.append(message)

        headers = [(b"host", host.encode()), (b"x-twilio-signature", b"x")]
        scope = {"type": "http", "method": "POST", "path": "/call_status", "query_string": b""}
        await app({**scope, "headers": headers, "scheme": "https"}, receive, send)
        return sent

    assert asyncio.run(run())[0]["status"] == status


# -- the server


def test_a_request_does_not_show_its_credentials() -> None:
    request = server.HttpRequest(
        "POST", "/Calls.json", "Key=s3cr3t", {"authorization": "Basic s3cr3t"}, b"Pw=s3cr3t"
    )
    given = server.FetchCallInput(
        account_sid=models.AccountSid(ACCOUNT), call_sid=CALL_SID, request=request
    )
    assert "s3cr3t" not in repr(request) + repr(given)


class Wrong(server.UnimplementedCalls):
    """Answers what is somebody else's to answer."""

    def __init__(self, wrong: Any) -> None:
        self.wrong = wrong

    async def fetch(self, given: server.FetchCallInput, /) -> Any:
        return self.wrong


class Odd(msgspec.Struct):
    status: int
    body: Any = None
    headers: dict[str, str] = {}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [(Odd(204), "documented are"), (Odd(200, b"{}"), "with bytes")],
    ids=["another status", "bytes"],
)
def test_dev_mode_holds_status_and_body_to_the_document(
    wrong: Odd, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert _fetched(server.build_app(calls=Wrong(wrong), check_answers=True)).status_code == 500
    assert said in caplog.text


def test_headers_are_sent_once_whatever_their_case() -> None:
    class Loud(server.UnimplementedCalls):
        async def fetch(self, given: server.FetchCallInput, /) -> Any:
            raise server.RawAnswer(200, b"ab", {"Content-Length": "2", "X-Loud": "1"})

    headers = _fetched(server.build_app(calls=Loud())).headers
    assert headers.get_list("content-length") == ["2"]
    assert headers["x-loud"] == "1"


def _fetched(app: Any) -> httpx2.Response:
    async def run() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://t") as http:
            return await http.get(f"/2010-04-01/Accounts/{ACCOUNT}/Calls/{CALL_SID}.json")

    return asyncio.run(run())


# -- time


@pytest.fixture
def slow_server() -> Iterator[str]:
    """Headers drop by drop where the path says so; else a whole head late, and a body that never ends. DELETE is quick."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def answer_slowly(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            asked = connection.recv(65536).partition(b"\r\n")[0]
            if asked.startswith(b"DELETE "):
                connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
                asked = connection.recv(65536).partition(b"\r\n")[0]
            drops = b"RE" in asked
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            while drops and not over.wait(0.1):
                connection.sendall(b"X-Drop: 1\r\n")
            over.wait(0.6)
            connection.sendall(b"Content-Length: 9\r\n\r\n{")
            over.wait(9)

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=answer_slowly, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    over.set()
    listener.close()


def test_a_deadline_holds_for_head_and_body_together(slow_server: str) -> None:
    client = Client(ACCOUNT, "x", base_url=slow_server, timeout=0.8)
    began = time.monotonic()
    with client, pytest.raises(errors.DeadlineExceeded) as caught:
        client.calls.fetch(CALL_SID)
    assert time.monotonic() - began < 1.3  # 1.4 if the body began anew
    assert caught.value.sent


@pytest.mark.parametrize("used", [False, True])
def test_a_deadline_holds_for_a_head_drop_by_drop(slow_server: str, used: bool) -> None:
    """On a new connection, and on one that has served before: the limit is the request's, not the connection's."""
    with Client(ACCOUNT, "x", base_url=slow_server, timeout=0.8) as client:
        if used:
            client.calls.delete(CALL_SID)
        began = time.monotonic()
        with pytest.raises(errors.DeadlineExceeded) as caught:
            client.recordings.fetch(RECORDING)
    assert 0.7 < time.monotonic() - began < 1.5
    assert caught.value.sent


@pytest.mark.parametrize("drops", [False, True])
def test_a_deadline_holds_for_the_async_client_drop_by_drop(slow_server: str, drops: bool) -> None:
    async def run() -> None:
        async with AsyncClient(ACCOUNT, "x", base_url=slow_server, timeout=0.8) as client:
            await (client.recordings.fetch(RECORDING) if drops else client.calls.fetch(CALL_SID))

    began = time.monotonic()
    with pytest.raises(errors.DeadlineExceeded) as caught:
        asyncio.run(run())
    assert time.monotonic() - began < 1.5
    assert caught.value.sent


# -- what the voice document does not have


@pytest.mark.parametrize(
    ("path", "raw", "values"),
    [
        ("/a b/é/{id}.json", "/a%20b/%C3%A9/x%2Fy.json", {"id": "x/y"}),
        ("/a%20b/{id}", "/a%20b/%25", {"id": "%"}),
        ("/x/{a},{b} é", "/x/1%2C2,3%20%C3%A9", {"a": "1,2", "b": "3"}),
        ("/x/y.z~-_", "/%78/y%2Ez~-_", {}),
    ],
)
def test_a_path_is_found_as_it_is_sent(path: str, raw: str, values: dict[str, str]) -> None:
    route = Route(Operation("op", "GET", path), None, None)
    assert Router([route], "").find("GET", raw) == (route, values)
    if not values:
        return
    kinds = tuple(Parameter(name, name, "path", Text(), required=True) for name in values)
    sent = prepare(Operation("op", "GET", path, kinds), "http://t", values, {})
    url = httpx2.URL(sent.url)
    assert Router([route], "").find("GET", url.raw_path.decode()) == (route, values)


def test_a_value_with_the_delimiter_in_it_is_refused() -> None:
    codec = Array(Text())
    joined = Parameter("tags", "Tags", "query", codec, explode=False, delimiter="|")
    operation: Operation[Any] = Operation("op", "GET", "/", (joined,))
    assert prepare(operation, "http://t", {"tags": ["a", "b,c"]}, {}).url.endswith("=a%7Cb%2Cc")
    with pytest.raises(errors.Refused, match="stands between values"):
        prepare(operation, "http://t", {"tags": ["a", "b|c"]}, {})


@pytest.mark.parametrize("value", [5, "text", [1]])
def test_a_body_of_bytes_is_bytes(value: Any) -> None:
    operation: Operation[Any] = Operation(
        "op", "POST", "/", body=Body("application/octet-stream", bytes)
    )
    assert prepare(operation, "http://t", {"body": bytearray(b"a")}, {}).content == b"a"
    with pytest.raises(errors.Refused, match="expected bytes"):
        prepare(operation, "http://t", {"body": value}, {})
