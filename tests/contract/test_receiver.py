"""What the tested side sends us: by its address we know what it is about."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote, urlsplit

import pytest

from ringback.contract.receiver import Receiver
from ringback.contract.targets import LiveTarget, TargetError
from ringback.contract.traffic import Delivery, Exchange, Reply, Request


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as found:
        yield found


def post(url: str, body: bytes = b"a=b", method: str = "POST", **headers: str) -> Reply:
    parts = urlsplit(url)
    target = LiveTarget(f"{parts.scheme}://{parts.netloc}")
    target.open()
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    reply = target.call(Request(method, url[len(target.name) :], pairs, body), 5)
    target.close()
    return reply


def test_a_callback_says_by_its_address_what_it_is_about(receiver: Receiver) -> None:
    url = receiver.url(7, "StatusCallback")
    assert url.startswith("http://127.0.0.1:") and url.endswith("/StatusCallback")
    assert post(f"{url}?x=%20y", b"a=b", x_signature="abc").status == 204
    (found,) = receiver.deliveries
    assert (found.number, found.about, found.slot, found.url) == (1, 7, "StatusCallback", url)
    assert found.token in url and found.received > 1e9
    assert found.request.method == "POST" and found.request.body == b"a=b"
    assert found.request.target == url[len(receiver.base) :] + "?x=%20y"
    assert found.request.header("x-signature") == "abc"


def test_addresses_cannot_be_guessed(receiver: Receiver) -> None:
    urls = {receiver.url(None, "Url") for _ in range(100)}
    assert len(urls) == 100
    assert post(receiver.base + "/rb" + "0" * 32 + "/Url").status == 404
    assert post(receiver.base + "/").status == 404
    assert receiver.deliveries == () and receiver.strays == 2


def test_the_request_that_an_address_went_out_with_is_found(receiver: Receiver) -> None:
    url, other = receiver.url(None, "Url"), receiver.url(None, "Url")
    post(url)  # before its exchange is complete
    assert receiver.deliveries[0].about is None
    receiver.take(
        Exchange(5, Request("POST", "/Calls", (), f"Url={quote(url, safe='')}".encode()), None)
    )
    receiver.take(
        Exchange(6, Request("POST", "/Calls", (), url.encode()), None)
    )  # sent again: the first counts
    receiver.take(Exchange(8, Request("GET", f"/Calls?Url={quote(other)}"), None))
    post(other)
    assert [one.about for one in receiver.deliveries] == [5, 8]
    receiver.bind(url, 9)
    assert [one.about for one in receiver.deliveries] == [9, 8]


def test_answers_can_be_set(receiver: Receiver) -> None:
    markup = Reply(200, (("content-type", "application/xml"),), b"<Response/>")
    url = receiver.url(1, "Url", answer=markup)
    reply = post(url)
    assert (reply.status, reply.media_type, reply.body) == (200, "application/xml", b"<Response/>")
    receiver.answer(url, lambda request: Reply(500, (), request.body))
    assert (post(url, b"echo").status, post(url, b"echo").body) == (500, b"echo")
    assert post(url, method="HEAD", body=b"").body == b""
    with pytest.raises(KeyError):
        receiver.answer("http://elsewhere.example/", markup)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS", "BREW"])
def test_whatever_method_comes_is_written_down(receiver: Receiver, method: str) -> None:
    assert post(receiver.url(1, "Url"), b"", method).status == 204
    assert receiver.deliveries[0].request.method == method


def test_chunks_are_a_body_too(receiver: Receiver) -> None:
    url = receiver.url(1, "Url")
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
    connection.request(
        "POST",
        urlsplit(url).path,
        iter([b"one", b"two"]),
        encode_chunked=True,
        headers={"Transfer-Encoding": "chunked"},
    )
    assert connection.getresponse().read() == b""
    connection.request("POST", urlsplit(url).path, b"again")  # on the same connection
    assert connection.getresponse().status == 204
    connection.close()
    assert [one.request.body for one in receiver.deliveries] == [b"onetwo", b"again"]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"POST %s HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999\r\n\r\n", b"413"),
        (b"POST %s HTTP/1.1\r\nHost: h\r\nContent-Length: -5\r\n\r\n", b"400"),
        (b"POST %s HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"400"),
        (b"POST %s HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n", b"413"),
        (b"nonsense\r\n\r\n", b"400"),
    ],
)
def test_what_cannot_be_taken_is_refused(
    receiver: Receiver, raw: bytes, status: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    parts = urlsplit(receiver.url(1, "Url"))
    with socket.create_connection((parts.hostname, parts.port), timeout=5) as connection:
        connection.sendall(raw.replace(b"%s", parts.path.encode()))
        answer = b""
        while found := connection.recv(65536):
            answer += found
    assert status in answer[:200]
    assert receiver.deliveries == ()
    assert capfd.readouterr().err == ""


def test_waiting_ends_when_enough_came(receiver: Receiver) -> None:
    url = receiver.url(1, "Url")
    threading.Timer(0.05, post, [url]).start()
    assert receiver.wait(lambda came: len(came) == 1, 30)
    assert not receiver.wait(lambda came: len(came) == 2, 0.05)


def test_many_at_once_are_all_numbered(receiver: Receiver) -> None:
    urls = [receiver.url(number, "Url") for number in range(20)]
    threads = [threading.Thread(target=post, args=(url,)) for url in urls * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    came = receiver.deliveries
    assert [one.number for one in came] == list(range(1, 61))
    assert sorted(str(one.about) for one in came) == sorted(
        str(number) for number in range(20) for _ in range(3)
    )


class Twice:
    def request(self, request: Request, label: str | None) -> Request:
        return request

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        return reply

    def delivery(self, delivery: Delivery) -> list[Delivery]:
        return [delivery, replace(delivery, request=replace(delivery.request, body=b""))]


def test_a_fault_may_change_what_comes() -> None:
    with Receiver(mutator=Twice()) as receiver:
        post(receiver.url(1, "Url"), b"x")
        assert [(one.number, one.request.body) for one in receiver.deliveries] == [
            (1, b"x"),
            (2, b""),
        ]


def test_others_may_reach_it_by_another_name() -> None:
    with Receiver(public="https://tunnel.example/here/") as receiver:
        url = receiver.url(1, "Url")
        assert url.startswith("https://tunnel.example/here/rb")


def test_a_port_that_is_taken_is_said(receiver: Receiver) -> None:
    port = urlsplit(receiver.base).port
    assert port is not None
    with pytest.raises(
        TargetError, match=f"cannot receive callbacks on 127.0.0.1:{port}: address already in use"
    ):
        Receiver(port=port).open()
