"""Who is asked: a server that may lie, an application that may fail. Every one ends in time, with a sentence."""

from __future__ import annotations

import asyncio
import gzip
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import servers
from servers import OK, answers, says, serving

from ringback.contract.targets import (
    AsgiTarget,
    LiveTarget,
    Target,
    TargetError,
    WsgiTarget,
    load,
    target_of,
    without_base,
)
from ringback.contract.traffic import Reply, Request

SMALL = servers.LIMITS
GET = Request("GET", "/things?page=2", (("accept", "application/json"),))


def failure(target: Target, request: Request = GET, timeout: float = 0.3) -> TargetError:
    with pytest.raises(TargetError) as caught:
        target.call(request, timeout)
    return caught.value


# -- a server behind a URL


@pytest.mark.parametrize("name", servers.LIARS)
def test_a_lying_server_ends_with_a_sentence(name: str) -> None:
    behaviour, sentence = servers.LIARS[name]
    timeout = 0.3 if "timeout" in sentence else 30
    with serving(behaviour) as server:
        error = failure(LiveTarget(server.url, limits=SMALL), timeout=timeout)
    assert error.sentence.startswith(sentence)
    assert not error.unreachable and not error.trace


def test_a_dripping_answer_says_how_far_it_came() -> None:
    with serving(servers.drips(OK + b"Content-Length: 9999\r\n\r\n")) as server:
        error = failure(LiveTarget(server.url))
    assert error.sentence.endswith("bytes of an answer had come")


def test_a_server_that_is_not_there_is_unreachable() -> None:
    port = servers.closed_port()
    error = failure(LiveTarget(f"http://127.0.0.1:{port}"))
    assert error.sentence == f"127.0.0.1:{port} cannot be reached: connection refused"
    assert error.unreachable


def test_a_server_without_tls_is_unreachable_by_https() -> None:
    def refuse(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=refuse, args=(listening,), daemon=True).start()
        target = LiveTarget(f"https://127.0.0.1:{listening.getsockname()[1]}")
        error = failure(target, timeout=10)
    assert error.sentence.startswith("no TLS connection: ") and error.unreachable


def test_an_answer_is_taken_as_it_came() -> None:
    answer = OK + b"X-One: a\r\nX-One:  b \r\nContent-Length: 4\r\n\r\nbody"
    with serving(says(answer)) as server:
        reply = LiveTarget(server.url).call(GET, 5)
    assert reply == Reply(200, (("x-one", "a"), ("x-one", "b"), ("content-length", "4")), b"body")


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (OK + b"Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nX: y\r\n\r\n", b"hello"),
        (OK + b"\r\nuntil the end", b"until the end"),
        (b"HTTP/1.0 200\r\n\r\nold", b"old"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"Content-Length: 2\r\n\r\nhi", b"hi"),
        (
            OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"unasked but understood", mtime=0),
            b"unasked but understood",
        ),
        (OK + b"Content-Encoding: gzip\r\n\r\n", b""),
    ],
)  # fmt: skip
def test_bodies_of_every_framing_are_read(answer: bytes, body: bytes) -> None:
    with serving(says(answer)) as server:
        assert LiveTarget(server.url).call(GET, 5).body == body


def test_a_compressed_body_may_not_grow_without_end() -> None:
    bomb = gzip.compress(b"x" * 10_000_000, mtime=0)
    with serving(answers(200, bomb, "Content-Encoding: gzip")) as server:
        error = failure(LiveTarget(server.url, limits=SMALL), timeout=5)
    assert error.sentence == "the body of the answer is longer than 256 KiB"


def test_what_is_sent_has_our_framing_and_nobody_elses() -> None:
    headers = (
        ("host", "elsewhere"),
        ("content-length", "1"),
        ("transfer-encoding", "chunked"),
        ("x-a", "1"),
    )
    with serving(answers(200)) as server:
        target = LiveTarget(server.url + "/v1")
        target.call(Request("POST", "/things", headers, b"a=b"), 5)
    assert target.name == server.url + "/v1"
    assert server.heads == [
        b"POST /v1/things HTTP/1.1\r\nhost: 127.0.0.1:%d\r\nx-a: 1\r\naccept-encoding: identity\r\n"
        b"accept: */*\r\nuser-agent: ringback-test\r\ncontent-length: 3\r\n\r\na=b" % server.port
    ]


def test_a_redirect_is_an_answer_and_no_order() -> None:
    with serving(answers(302, b"", "Location: http://192.0.2.1/")) as server:
        reply = LiveTarget(server.url).call(GET, 5)
    assert reply.status == 302 and reply.header("location") == "http://192.0.2.1/"
    assert len(server.heads) == 1


def test_head_has_a_length_and_no_body() -> None:
    with serving(says(OK + b"Content-Length: 500\r\n\r\n"), keep=True) as server:
        target = LiveTarget(server.url)
        for _ in range(3):
            assert target.call(Request("HEAD", "/"), 5).body == b""
    assert server.connections == 1


def test_connections_are_used_again_while_they_are_good() -> None:
    with serving(answers(200, b"hi"), keep=True) as server:
        target = LiveTarget(server.url)
        assert [target.call(GET, 5).body for _ in range(5)] == [b"hi"] * 5
        assert server.connections == 1
        target.close()
    with serving(answers(200, b"hi", "Connection: close")) as server:
        target = LiveTarget(server.url)
        assert [target.call(GET, 5).body for _ in range(3)] == [b"hi"] * 3
        assert server.connections == 3


def test_a_server_that_hangs_up_between_two_requests_costs_none() -> None:
    with serving(answers(200, b"hi")) as server:  # closes without a word
        target = LiveTarget(server.url)
        for _ in range(3):
            assert target.call(GET, 5).body == b"hi"
            time.sleep(0.05)
    assert len(server.heads) == 3


def test_an_answer_to_head_with_a_body_is_said() -> None:
    with serving(says(OK + b"Content-Length: 5\r\n\r\nhello")) as server:
        error = failure(LiveTarget(server.url), Request("HEAD", "/"), 5)
    assert error.sentence == "an answer to HEAD has no body, and 'hello' came"


def test_an_early_refusal_is_read_although_not_all_was_sent() -> None:
    def refuse(connection: socket.socket) -> None:
        with connection:
            connection.recv(1000)
            connection.sendall(
                b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        threading.Thread(target=lambda: refuse(listening.accept()[0]), daemon=True).start()
        large = Request("POST", "/", (), b"x" * 20_000_000)
        assert LiveTarget(f"http://127.0.0.1:{port}").call(large, 10).status == 413


def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{servers.closed_port()}")
    with serving(answers(200)) as server:
        assert LiveTarget(server.url).call(GET, 5).status == 200


# -- where a host is


def resolves(monkeypatch: pytest.MonkeyPatch, *answers_: list[str]) -> list[str]:
    """Names resolve to these addresses, each time to the next; gives the names that were asked for."""
    asked: list[str] = []

    def look(host: str, port: int, **_: Any) -> list[Any]:
        found = answers_[min(len(asked), len(answers_) - 1)]
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    monkeypatch.setattr("ringback.contract.targets.address.socket.getaddrinfo", look)
    return asked


@pytest.mark.parametrize(
    ("addresses", "loopback"),
    [
        (["127.0.0.1"], True),
        (["127.0.0.1", "::1"], True),
        (["127.8.8.8"], True),
        (["::ffff:127.0.0.1"], True),
        (["127.0.0.1", "192.0.2.7"], False),
        (["192.0.2.7"], False),
        (["::ffff:192.0.2.7"], False),
        (["0.0.0.0"], False),
        (["fe80::1%eth0"], False),
        (["10.0.0.1"], False),
    ],
)
def test_a_name_is_this_machine_only_if_all_its_addresses_are(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str], loopback: bool
) -> None:
    resolves(monkeypatch, addresses)
    target = LiveTarget("http://shop.example")
    assert not target.loopback  # unless known, nothing is assumed
    target.open()
    assert target.loopback is loopback


def test_a_name_is_asked_for_once() -> None:
    with serving(answers(200), keep=False) as server, pytest.MonkeyPatch.context() as monkeypatch:
        asked = resolves(monkeypatch, ["127.0.0.1"], ["192.0.2.7"])
        target = LiveTarget(f"http://shop.example:{server.port}")
        target.open()
        assert target.loopback
        # create_connection asks as well, for an address: that is no name.
        monkeypatch.undo()
        for _ in range(3):
            target.call(GET, 5)
    assert asked == ["shop.example"]
    assert b"host: shop.example:" in server.heads[0]


def test_a_name_that_nobody_knows_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("ringback.contract.targets.address.socket.getaddrinfo", fail)
    error = failure(LiveTarget("http://nowhere.example"))
    assert error.sentence == "nowhere.example cannot be resolved" and error.unreachable


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (
            "ftp://shop.example",
            "the URL of a server begins with http:// or https:// and names a host",
        ),
        ("shop.example", "the URL of a server begins with http:// or https:// and names a host"),
        ("http://", "the URL of a server begins with http:// or https:// and names a host"),
        ("http://a:b@shop.example", "credentials are not part of the URL: give them with --auth"),
        ("http://shop.example/?a=b", "the URL of a server has no query and no fragment"),
        ("http://shop.example:99999", "not a URL: Port out of range 0-65535"),
        ("http://shop.example/a b", "the path of the URL is not percent-encoded"),
        ("http://[::1", "not a URL: Invalid IPv6 URL"),
    ],
)
def test_a_url_that_cannot_be_asked_is_refused(url: str, sentence: str) -> None:
    with pytest.raises(TargetError) as caught:
        LiveTarget(url)
    assert caught.value.sentence == sentence


@pytest.mark.parametrize(
    ("url", "base", "wanted"),
    [
        ("http://shop.example/v1", "/v1", "http://shop.example"),
        ("http://shop.example/v1/", "/v1", "http://shop.example"),
        ("http://shop.example/shop/v1", "/v1", "http://shop.example/shop"),
        ("http://shop.example", "/v1", "http://shop.example"),
        ("http://shop.example/env1", "/v1", "http://shop.example/env1"),
        ("http://shop.example/v1", "", "http://shop.example/v1"),
        ("http://[::1", "/v1", "http://[::1"),
    ],
)
def test_the_documents_own_path_may_be_in_a_url(url: str, base: str, wanted: str) -> None:
    assert without_base(url, base) == wanted


# -- an ASGI application


async def respond(send: Any, status: int, body: bytes = b"", *headers: tuple[bytes, bytes]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": list(headers)})
    await send({"type": "http.response.body", "body": body})


def asgi(handler: Any) -> AsgiTarget:
    """An application without a lifespan."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"
        await handler(scope, receive, send)

    return AsgiTarget(app, "test:app", limits=SMALL)


@pytest.fixture
def closing() -> Iterator[list[Target]]:
    opened: list[Target] = []
    yield opened
    for target in opened:
        target.close()


def test_an_application_sees_what_a_server_would_show_it(closing: list[Target]) -> None:
    seen: list[Any] = []

    async def handler(scope: Any, receive: Any, send: Any) -> None:
        seen.extend((scope, await receive(), threading.get_ident(), asyncio.get_running_loop()))
        await respond(send, 201, b"made", (b"X-Name", b"caf\xe9"))

    target = asgi(handler)
    closing.append(target)
    request = Request("POST", "/a%2Fb/%C3%A9?q=%20", (("x-a", "1"), ("host", "evil")), b"hello")
    assert target.call(request, 5) == Reply(201, (("x-name", "café"),), b"made")
    scope, message, thread, loop = seen
    assert (scope["path"], scope["raw_path"], scope["query_string"]) == (
        "/a/b/é",
        b"/a%2Fb/%C3%A9",
        b"q=%20",
    )
    assert scope["headers"] == [(b"x-a", b"1"), (b"host", b"localhost"), (b"content-length", b"5")]
    assert message == {"type": "http.request", "body": b"hello", "more_body": False}
    target.call(request, 5)
    assert seen[6:] == [thread, loop] and thread != threading.get_ident()


def test_an_application_lives_from_startup_to_shutdown() -> None:
    told: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            told.append((await receive())["type"])
            scope["state"]["pool"] = told
            await send({"type": "lifespan.startup.complete"})
            told.append((await receive())["type"])
            await send({"type": "lifespan.shutdown.complete"})
            return
        assert scope["state"]["pool"] is told
        told.append(scope["method"])
        await respond(send, 200)

    target = AsgiTarget(app, "test:app")
    target.open()
    target.open()
    assert target.call(GET, 5).status == 200
    target.close()
    target.close()
    assert told == ["lifespan.startup", "GET", "lifespan.shutdown"]
    assert failure(target).sentence == "the application has been closed"


def test_an_application_that_cannot_start_says_why() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no database"})

    target = AsgiTarget(app, "test:app")
    with pytest.raises(TargetError, match="cannot start: no database") as caught:
        target.open()
    assert caught.value.unreachable
    target.close()


async def raises(scope: Any, receive: Any, send: Any) -> None:
    raise KeyError("sid")


async def raises_after(scope: Any, receive: Any, send: Any) -> None:
    await respond(send, 500, b"oops")
    raise KeyError("sid")


async def raises_within(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise KeyError("sid")


async def exits(scope: Any, receive: Any, send: Any) -> None:
    sys.exit(3)


@pytest.mark.parametrize(
    ("handler", "sentence", "reply"),
    [
        (raises, "KeyError: 'sid'", None),
        (raises_within, "KeyError: 'sid'", None),
        (raises_after, "KeyError: 'sid'", Reply(500, (), b"oops")),
        (exits, "SystemExit: 3", None),
    ],
)
def test_an_exception_says_where_it_came_from(
    closing: list[Target], handler: Any, sentence: str, reply: Reply | None
) -> None:
    target = asgi(handler)
    closing.append(target)
    for _ in range(2):  # the loop goes on
        error = failure(target, timeout=5)
        assert (error.sentence, error.reply) == (sentence, reply)
        assert f"in {handler.__name__}" in error.trace and not error.unreachable


async def returns(scope: Any, receive: Any, send: Any) -> None:
    pass


async def returns_early(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": b"a", "more_body": True})


async def says_more(scope: Any, receive: Any, send: Any) -> None:
    await respond(send, 200, b"hello", (b"content-length", b"50"))


async def says_nothing(scope: Any, receive: Any, send: Any) -> None:
    await respond(send, 204, b"hello")


async def begins_twice(scope: Any, receive: Any, send: Any) -> None:
    for _ in range(2):
        await send({"type": "http.response.start", "status": 200})


async def body_first(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.body", "body": b"a"})


async def endless(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200})
    while True:
        await send({"type": "http.response.body", "body": b"x" * 1000, "more_body": True})


async def endlessly_nothing(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200})
    while True:
        await send({"type": "http.response.body", "body": b"", "more_body": True})


async def sleeps(scope: Any, receive: Any, send: Any) -> None:
    await asyncio.sleep(3600)


async def sleeps_on(scope: Any, receive: Any, send: Any) -> None:
    """Will not be told to end."""
    while True:
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            await asyncio.sleep(1)
            return


@pytest.mark.parametrize(
    ("handler", "sentence"),
    [
        (returns, "the application returned without an answer"),
        (returns_early, "the application returned before its answer was complete"),
        (says_more, "content-length says 50 bytes, and 5 came"),
        (says_nothing, "status 204 has no body, and 5 bytes came"),
        (begins_twice, "the application began its answer twice"),
        (body_first, "the application sent a body before its status"),
        (endless, "the body of the answer is longer than 256 KiB"),
        (endlessly_nothing, "timeout after 0.3 s: an answer had begun"),
        (sleeps, "timeout after 0.3 s: no answer had come"),
        (sleeps_on, "timeout after 0.3 s: no answer had come"),
    ],
)
def test_an_application_that_breaks_the_protocol_ends_with_a_sentence(
    closing: list[Target], handler: Any, sentence: str
) -> None:
    target = asgi(handler)
    closing.append(target)
    error = failure(target)
    assert error.sentence == sentence and not error.trace


def test_an_application_that_blocks_its_loop_is_left_behind() -> None:
    release = threading.Event()

    async def blocks(scope: Any, receive: Any, send: Any) -> None:
        release.wait(30)

    target = asgi(blocks)
    error = failure(target)
    assert error.sentence == "timeout after 0.3 s: the application blocks its event loop"
    release.set()
    target.close()


def test_many_threads_get_each_its_own_answer(closing: list[Target]) -> None:
    async def echo(scope: Any, receive: Any, send: Any) -> None:
        message = await receive()
        await asyncio.sleep(0.001)
        await respond(send, 200, message["body"])

    target = asgi(echo)
    closing.append(target)
    wrong: list[bytes] = []

    def ask(name: int) -> None:
        for index in range(50):
            body = b"%d.%d" % (name, index)
            if target.call(Request("POST", "/", (), body), 10).body != body:
                wrong.append(body)

    threads = [threading.Thread(target=ask, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


# -- a WSGI application


def test_a_wsgi_application_is_asked(closing: list[Target]) -> None:
    closed: list[bool] = []

    class Answer(list[bytes]):
        def close(self) -> None:
            closed.append(True)

    def app(environ: dict[str, Any], start_response: Any) -> Answer:
        body = environ["wsgi.input"].read()
        told = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {environ['QUERY_STRING']} "
        start_response(
            "200 OK", [("Content-Type", environ["CONTENT_TYPE"]), ("X-A", environ["HTTP_X_A"])]
        )
        return Answer([told.encode("latin-1"), body])

    target = target_of(app, "test:app")
    closing.append(target)
    assert isinstance(target, WsgiTarget) and target.loopback
    request = Request(
        "POST", "/%C3%A9?a=b", (("content-type", "text/x"), ("x-a", "1"), ("x-a", "2")), b"!"
    )
    reply = target.call(request, 5)
    assert reply == Reply(
        200, (("content-type", "text/x"), ("x-a", "1,2")), "POST /é a=b !".encode()
    )
    assert closed == [True]


def test_a_wsgi_application_may_fail(closing: list[Target]) -> None:
    release = threading.Event()

    def app(environ: dict[str, Any], start_response: Any) -> Any:
        path = environ["PATH_INFO"]
        if path == "/raise":
            raise LookupError("nothing here")
        if path == "/hang":
            release.wait(30)
        if path != "/silent":
            start_response("200 OK", [("Content-Length", "3")])
        return [b"hello"]

    target = target_of(app, "test:app")
    closing.append(target)
    error = failure(target, Request("GET", "/raise"), 5)
    assert error.sentence == "LookupError: nothing here" and "in app" in error.trace
    assert (
        failure(target, Request("GET", "/silent"), 5).sentence
        == "the application returned without an answer"
    )
    assert (
        failure(target, Request("GET", "/"), 5).sentence
        == "content-length says 3 bytes, and 5 came"
    )
    assert (
        failure(target, Request("GET", "/hang")).sentence
        == "timeout after 0.3 s: no answer had come"
    )
    release.set()


# -- MODULE:ATTR

MODULE = """
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"asgi"})

def wsgi(environ, start_response):
    start_response("200 OK", [])
    return [b"wsgi"]

def make(seed=None, *, page=True):
    return app

class Framework:
    def __init__(self, debug=False): pass
    async def __call__(self, scope, receive, send): await app(scope, receive, send)

class nested:
    framework = Framework()

async def make_later(): return app
def breaks(): raise ValueError("no database")
def odd(one): pass
number = 7
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "shop_for_tests.py").write_text(MODULE)
    (tmp_path / "broken_for_tests.py").write_text("import nothing_of_that_name")
    (tmp_path / "exits_for_tests.py").write_text("raise SystemExit(2)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield "shop_for_tests"
    for name in ("shop_for_tests", "broken_for_tests", "exits_for_tests"):
        sys.modules.pop(name, None)


@pytest.mark.parametrize(
    ("attribute", "body"),
    [
        ("app", b"asgi"),
        ("wsgi", b"wsgi"),
        ("make", b"asgi"),
        ("make()", b"asgi"),
        ("Framework", b"asgi"),
        ("nested.framework", b"asgi"),
    ],
)
def test_an_application_is_found_by_its_name(
    module: str, closing: list[Target], attribute: str, body: bytes
) -> None:
    target = load(f"{module}:{attribute}")
    closing.append(target)
    assert target.name == f"{module}:{attribute}"
    assert target.call(GET, 5).body == body


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("shop_for_tests", "an application is named MODULE:ATTR, not 'shop_for_tests'"),
        ("shop_for_tests:", "an application is named MODULE:ATTR, not 'shop_for_tests:'"),
        ("shop_for_tests:a-b", "an application is named MODULE:ATTR, not 'shop_for_tests:a-b'"),
        ("no_shop_for_tests:app", "there is no module no_shop_for_tests"),
        ("shop_for_tests:nothing", "shop_for_tests has no nothing"),
        ("shop_for_tests:number", "shop_for_tests:number is no application but int"),
        ("shop_for_tests:breaks()", "shop_for_tests:breaks() makes no application: ValueError: no database"),
        ("shop_for_tests:make_later()", "shop_for_tests:make_later() is a coroutine: a function that makes an application is not"),
        ("shop_for_tests:odd", "shop_for_tests:odd takes neither scope, receive, send (ASGI) nor environ, start_response (WSGI)"),
        ("broken_for_tests:app", "broken_for_tests cannot be imported: ModuleNotFoundError: No module named 'nothing_of_that_name'"),
        ("exits_for_tests:app", "exits_for_tests cannot be imported: SystemExit: 2"),
    ],
)  # fmt: skip
def test_a_name_that_leads_to_no_application_says_why(
    module: str, name: str, sentence: str
) -> None:
    with pytest.raises(TargetError) as caught:
        load(name)
    assert caught.value.sentence == sentence
