"""The server's connections: whole answers in one packet, and nothing kept that has to go at once."""

from __future__ import annotations

import socket

from ringback.emulator.running import Emulator
from ringback.emulator.wire import LARGE, Joined


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


def test_a_head_waits_for_its_body() -> None:
    sent = _Transport()
    joined = Joined(sent)
    joined.write(b"HTTP/1.1 200 OK\r\n\r\n")
    assert sent.written == [] and not joined.is_closing()
    joined.write(b"one")
    joined.write(b"two")
    assert sent.written == [b"HTTP/1.1 200 OK\r\n\r\none", b"two"]


def test_a_large_body_is_not_copied() -> None:
    sent = _Transport()
    joined = Joined(sent)
    joined.write(b"HTTP/1.1 200 OK\r\n\r\n")
    joined.write(b"x" * (LARGE + 1))
    assert [len(one) for one in sent.written] == [19, LARGE + 1]


def test_a_head_without_body_and_an_interim_answer_go() -> None:
    sent = _Transport()
    joined = Joined(sent)
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
