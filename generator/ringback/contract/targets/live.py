"""A server behind a URL."""

from __future__ import annotations

import collections
import contextlib
import socket
import ssl
import threading
import time
from typing import Final

from ringback.contract.targets import address
from ringback.contract.targets.base import Limits, TargetError
from ringback.contract.targets.wire import Connection, encode
from ringback.contract.traffic import Reply, Request

_LONGEST_IDLE: Final = 1.0
"""Seconds after which a connection is not used again: a server that hangs up just then would cost a request."""
_RESOLVE: Final = 10.0
_SETTLING: Final = 0.02
"""Seconds in which a server shows, once, whether it keeps connections as it says, or hangs up without a word."""


class LiveTarget:
    """Requests over HTTP/1.1 to one server: no redirect is followed, no proxy asked, no cookie kept.

    A path of the URL goes before every target. Certificates are checked as this machine's trust store has it.
    """

    loopback: bool

    def __init__(self, url: str, *, limits: Limits | None = None) -> None:
        self._place = address.place(url)
        self._limits = limits or Limits()
        self._addresses: tuple[str, ...] = ()
        self._idle: collections.deque[Connection] = collections.deque()
        self._opening = threading.Lock()
        self._keeps: bool | None = (
            None  # whether the server keeps connections; not known before the first
        )
        self._took = 0.0  # seconds to connect, as a measure of how far it is away
        self._tls = ssl.create_default_context() if self._place.scheme == "https" else None
        self.loopback = False
        self.name = self._place.url

    def open(self) -> None:
        with self._opening:
            if not self._addresses:
                found = address.resolve(self._place.host, self._place.port, _RESOLVE)
                self.loopback = all(address.is_loopback(one) for one in found)
                self._addresses = found

    def call(self, request: Request, timeout: float) -> Reply:
        until = time.monotonic() + timeout
        wire = encode(request, self._place.authority, self._place.prefix)
        connection = self._take() or self._connect(until, timeout)
        kept = False
        try:
            reply = connection.ask(request.method, wire, until)
            kept = connection.reusable
        except TimeoutError:
            raise TargetError(f"timeout after {timeout:g} s: {connection.progress}") from None
        except OSError as error:
            raise TargetError(f"the connection broke: {_reason(error)}") from None
        finally:
            if kept and self._keeps is None:
                # Its silent goodbye would cross a request on its way, and nobody could say what became of that.
                time.sleep(min(max(_SETTLING, 2 * self._took), 1.0))
                self._keeps = connection.fresh()
            if kept and self._keeps:
                self._idle.append(connection)
            else:
                connection.close()
        return reply

    def close(self) -> None:
        while self._idle:
            with contextlib.suppress(IndexError):
                self._idle.pop().close()

    def _take(self) -> Connection | None:
        """A connection that is still good, the last used first."""
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:  # another thread was faster
                return None
            young = time.monotonic() - connection.idle_since < _LONGEST_IDLE
            if young and connection.fresh():
                return connection
            self._keeps = self._keeps and not young
            connection.close()
        return None

    def _connect(self, until: float, timeout: float) -> Connection:
        self.open()
        reason = ""
        for one in self._addresses:
            left = until - time.monotonic()
            if left <= 0:
                break
            began = time.monotonic()
            try:
                sock = socket.create_connection((one, self._place.port), timeout=left)
            except TimeoutError:
                continue
            except OSError as error:
                reason = _reason(error)
                continue
            self._addresses = (one,)  # the one that answers is kept
            self._took = time.monotonic() - began
            return Connection(self._secured(sock, until, timeout), self._limits)
        told = reason or f"no connection within {timeout:g} s"
        raise TargetError(f"{self._place.authority} cannot be reached: {told}", unreachable=True)

    def _secured(self, sock: socket.socket, until: float, timeout: float) -> socket.socket:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tls is None:
            return sock
        try:
            sock.settimeout(max(until - time.monotonic(), 0.001))
            return self._tls.wrap_socket(sock, server_hostname=self._place.host)
        except TimeoutError:
            sock.close()
            told = f"no TLS connection within {timeout:g} s"
            raise TargetError(told, unreachable=True) from None
        except (OSError, ValueError) as error:
            sock.close()
            raise TargetError(f"no TLS connection: {_reason(error)}", unreachable=True) from None


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    if isinstance(error, ssl.SSLError):
        return (error.reason or "TLS failed").replace("_", " ").lower()
    told = error.strerror if isinstance(error, OSError) else str(error)
    return (told or type(error).__name__).lower()
