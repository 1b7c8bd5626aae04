"""The server's connections: whole answers in one packet, and nothing kept that has to go at once."""

from __future__ import annotations

import socket
from collections.abc import Callable

import httpx2

from ringback.emulator.app import create_app
from ringback.emulator.running import Emulator
from ringback.emulator.wire import LARGE, Joined

from .surface_world import ask


class _Transport:
    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closed = False

    def write(self, content: bytes) -> None:
        self.written.append(content)

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


def _never(turn: Callable[[], None]) -> None:
    """The event loop's next turn does not come."""


def test_a_head_waits_for_its_body() -> None:
    sent = _Transport()
    joined = Joined(sent, _never)
    joined.write(b"HTTP/1.1 200 OK\r\n\r\n")
    assert sent.written == [] and not joined.is_closing()
    joined.write(b"one")
    joined.write(b"two")
    assert sent.written == [b"HTTP/1.1 200 OK\r\n\r\none", b"two"]


def test_a_large_body_is_not_copied() -> None:
    sent = _Transport()
    joined = Joined(sent, _never)
    joined.write(b"HTTP/1.1 200 OK\r\n\r\n")
    joined.write(b"x" * (LARGE + 1))
    assert [len(one) for one in sent.written] == [19, LARGE + 1]


def test_a_head_without_body_and_an_interim_answer_go() -> None:
    sent = _Transport()
    joined = Joined(sent, _never)
    joined.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    joined.write(b"HTTP/1.1 204 No Content\r\n\r\n")
    joined.write(b"")
    joined.write(b"HTTP/1.1 500 Oh\r\n\r\n")
    joined.close()
    assert sent.written == [
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 500 Oh\r\n\r\n",
    ]
    assert sent.closed


def test_a_head_whose_body_does_not_come_goes_alone() -> None:
    sent, turns = _Transport(), list[Callable[[], None]]()
    joined = Joined(sent, turns.append)
    joined.write(b"HTTP/1.1 200 OK\r\n\r\n")
    assert sent.written == []
    turns.pop()()
    joined.write(b"late")
    assert sent.written == [b"HTTP/1.1 200 OK\r\n\r\n", b"late"]


def test_lines_are_added_to_the_next_head_alone() -> None:
    sent = _Transport()
    joined = Joined(sent, _never)
    joined.add(b"x-one: 1\r\nx-two: 2\r\n")
    joined.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    joined.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
    joined.write(b"HTTP/1.1 404 Not Found\r\n\r\n")
    joined.write(b"body")
    assert sent.written == [
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nx-one: 1\r\nx-two: 2\r\n\r\n",
        b"HTTP/1.1 404 Not Found\r\n\r\nbody",
    ]


def test_a_connection_that_is_kept_gets_the_answer_to_head_at_once() -> None:
    with Emulator() as emulator:
        host, port = emulator.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as link:
            for path in ("/hello", "/2010-04-01/Accounts/AC/Calls.json", "/hello"):
                link.sendall(f"HEAD {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                heard = link.recv(65536)
                assert heard.startswith(b"HTTP/1.1 ") and heard.endswith(b"\r\n\r\n")
                assert heard.count(b"HTTP/1.1 ") == 1


def test_served_or_not_an_answer_carries_the_same_headers() -> None:
    with Emulator() as emulator:
        path, auth = "/2010-04-01/Accounts/AC/Calls.json", (emulator.account_sid, "wrong")
        over_the_wire = httpx2.get(emulator.url + path, auth=auth, trust_env=False)
        here = ask(create_app(emulator.world, page=False), "GET", path)
    assert (over_the_wire.status_code, here.status_code) == (401, 401)
    names = [name for name, _ in over_the_wire.headers.multi_items() if name != "date"]
    assert sorted(names) == sorted(name for name, _ in here.headers.multi_items())
    for name in ("access-control-allow-headers", "strict-transport-security", "x-home-region"):
        assert over_the_wire.headers[name] == here.headers[name]


def test_requests_in_one_packet_are_answered_in_order() -> None:
    with Emulator() as emulator:
        host, port = emulator.url.removeprefix("http://").split(":")
        asked = b"GET /hello HTTP/1.1\r\nHost: x\r\n\r\nHEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n"
        asked += b"GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        with socket.create_connection((host, int(port)), timeout=10) as link:
            link.sendall(asked)
            heard = b""
            while chunk := link.recv(65536):
                heard += chunk
    first, second, third = heard.split(b"HTTP/1.1 ")[1:]
    assert first.startswith(b"200") and first.endswith(b"</Response>\n")
    assert second.startswith(b"200") and second.endswith(b"\r\n\r\n")
    assert third.startswith(b"404") and b'"code":20404' in third
