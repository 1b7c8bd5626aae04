"""Names of hosts: a resolver that is late keeps nothing else waiting."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from typing import Any

import pytest

from ringback.emulator.hosts import Hosts


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What names stand for: nothing, or an event that the answer waits for. And who was asked for."""
    known: dict[str, Any] = {"asked": [], "slow": {}, "unknown": set()}

    def looked_up(name: str, *_: object, **__: object) -> list[Any]:
        known["asked"].append(name)
        if name in known["slow"]:
            known["slow"][name].wait(10)
        if name in known["unknown"]:
            raise socket.gaierror(-2, "Name or service not known")
        return []

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    for name in (
        "http_proxy",
        "https_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)
    return known


def test_addresses_are_not_looked_up(resolver: dict[str, Any]) -> None:
    async def told() -> list[str]:
        hosts = Hosts()
        urls = ("http://127.0.0.1:80/a", "http://[::1]/", "http://localhost:8000/")
        return [await hosts.trouble(url, 1) for url in urls]

    assert asyncio.run(told()) == ["", "", ""]
    assert resolver["asked"] == []


def test_a_name_that_nobody_knows_is_asked_for_once(resolver: dict[str, Any]) -> None:
    resolver["unknown"].add("nowhere.test")

    async def told() -> list[str]:
        hosts = Hosts()
        urls = ("https://nowhere.test/a", "https://nowhere.test/b", "http://somewhere.test/")
        found = [await hosts.trouble(url, 5) for url in urls]
        hosts.close()
        return found

    first, second, third = asyncio.run(told())
    assert first == second and "Name or service not known" in first
    assert third == ""
    assert resolver["asked"] == ["nowhere.test", "somewhere.test"]


def test_several_at_once_share_an_answer_and_threads_of_others_stay_free(
    resolver: dict[str, Any],
) -> None:
    late = resolver["slow"]["late.test"] = threading.Event()

    async def told() -> tuple[list[str], float]:
        hosts = Hosts()
        waiting = [asyncio.create_task(hosts.trouble("http://late.test/", 0.3)) for _ in range(50)]
        await asyncio.sleep(0)
        began = time.monotonic()
        await asyncio.to_thread(lambda: None)  # the loop's own threads are not in use
        took = time.monotonic() - began
        found = [await one for one in waiting]
        late.set()
        hosts.close()
        return found, took

    found, took = asyncio.run(told())
    assert set(found) == {"ConnectTimeout: its name was not found in time"}
    assert resolver["asked"] == ["late.test"]
    assert took < 0.25, "the answer came before anybody stopped waiting"


def test_a_name_that_was_found_too_late_is_known_from_then_on(resolver: dict[str, Any]) -> None:
    late = resolver["slow"]["late.test"] = threading.Event()

    async def told() -> list[str]:
        hosts = Hosts()
        found = [await hosts.trouble("http://late.test/", 0.05)]
        late.set()
        for _ in range(1000):
            if not (answer := await hosts.trouble("http://late.test/", 5)):
                break
            await asyncio.sleep(0.01)
        hosts.close()
        return [*found, answer]

    first, last = asyncio.run(told())
    assert first == "ConnectTimeout: its name was not found in time"
    assert last == ""


@pytest.mark.parametrize("variable", ["http_proxy", "all_proxy"])
def test_behind_a_proxy_the_proxy_looks_names_up(
    resolver: dict[str, Any], monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    resolver["unknown"].add("inside.test")
    monkeypatch.setenv(variable, "http://127.0.0.1:3128")
    monkeypatch.setenv("no_proxy", "direct.test")
    resolver["unknown"].add("direct.test")

    async def told() -> list[str]:
        hosts = Hosts()
        found = [await hosts.trouble(f"http://{one}/", 5) for one in ("inside.test", "direct.test")]
        hosts.close()
        return found

    by_proxy, direct = asyncio.run(told())
    assert by_proxy == "" and direct
