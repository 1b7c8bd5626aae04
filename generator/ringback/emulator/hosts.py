"""Names of hosts that webhooks go to: looked up in threads of their own, each once at a time, failures remembered for a while.

A resolver that answers late is asked in the event loop's shared threads by default; a few webhooks to names that nobody knows
would keep those busy for seconds, and with them all that waits for a thread.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

_REMEMBERED: Final = 30.0
"""Seconds for which a name that was not found is not looked up again."""
_MOST: Final = 1000
_THREADS: Final = 8


class Hosts:
    """Says which names cannot be reached."""

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None
        self._unknown: dict[str, tuple[float, str]] = {}  # until when, and why
        self._asked: dict[str, asyncio.Future[str]] = {}

    async def trouble(self, url: str, seconds: float) -> str:
        """Why the host of a URL has no address; "" where it has one, or needs none. Takes at most so many seconds."""
        name = urlsplit(url).hostname or ""
        if _is_address(name) or _by_proxy(url, name):
            return ""
        until, why = self._unknown.get(name, (0.0, ""))
        if time.monotonic() < until:
            return why
        future = self._asked.get(name)
        if future is None:
            future = self._ask(name)
        try:
            return await asyncio.wait_for(asyncio.shield(future), seconds)
        except TimeoutError:
            self._remember(name, "ConnectTimeout: its name was not found in time")
            return self._unknown[name][1]

    def close(self) -> None:
        """Ask nobody any more."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = None
        self._asked.clear()

    def _ask(self, name: str) -> asyncio.Future[str]:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="hosts")
        future = asyncio.get_running_loop().run_in_executor(self._pool, _looked_up, name)
        self._asked[name] = future

        def done(found: asyncio.Future[str]) -> None:
            self._asked.pop(name, None)
            if found.cancelled():
                return
            if found.result():
                self._remember(name, found.result())
            else:
                self._unknown.pop(name, None)  # it was late, and is there

        future.add_done_callback(done)
        return future

    def _remember(self, name: str, why: str) -> None:
        if len(self._unknown) >= _MOST:
            self._unknown.clear()
        self._unknown[name] = (time.monotonic() + _REMEMBERED, why)


def _looked_up(name: str) -> str:
    try:
        socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError) as error:
        return f"ConnectError: {error}"[:200]
    return ""


def _is_address(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _by_proxy(url: str, name: str) -> bool:
    """Whether somebody else looks the name up."""
    proxies = getproxies()
    proxied = proxies.get(urlsplit(url).scheme) or proxies.get("all")
    return bool(proxied) and not proxy_bypass(name)
