"""Where a host is: looked up once, and kept.

Whether a host is this machine decides whether it may be written to. A name is asked for once and its addresses are used
from then on, so that an answer of another moment cannot lead elsewhere; and a name counts as this machine only where every
one of its addresses does.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from ringback.contract.targets.base import TargetError

PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Place:
    """The address of a server as its URL says it."""

    scheme: str
    host: str  # without the brackets of an IPv6 address
    port: int
    prefix: str  # goes before every target; "" or "/v1"

    @property
    def authority(self) -> str:
        """What the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.prefix}"


def place(url: str) -> Place:
    """Read the URL of a server. Raises TargetError."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise TargetError(f"not a URL: {error}") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise TargetError("the URL of a server begins with http:// or https:// and names a host")
    if parts.username is not None:
        raise TargetError("credentials are not part of the URL: give them with --auth")
    if parts.query or parts.fragment:
        raise TargetError("the URL of a server has no query and no fragment")
    if any(not "!" <= sign <= "~" for sign in parts.path):
        raise TargetError("the path of the URL is not percent-encoded")
    try:
        host = parts.hostname.encode("ascii" if parts.hostname.isascii() else "idna").decode()
    except UnicodeError:
        raise TargetError("the host of the URL is not a name") from None
    return Place(parts.scheme, host, port or PORTS[parts.scheme], parts.path.rstrip("/"))


def without_base(url: str, base: str) -> str:
    """The URL of a server without the path that every target of the document begins with (`base`), if it ends in it.

    People copy a server's URL with the path of the document's servers, and without it: both mean the same.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url  # `place` says what is wrong with it
    path = parts.path.rstrip("/")
    if not base.startswith("/") or not path.endswith(base):
        return url
    return parts._replace(path=path.removesuffix(base)).geturl()


def resolve(host: str, port: int, timeout: float) -> tuple[str, ...]:
    """The addresses of a host, within `timeout` seconds. Raises TargetError."""
    found: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def look() -> None:
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.put([str(info[4][0]) for info in infos])
        except (OSError, UnicodeError) as error:
            found.put(error)

    # The system's resolver knows no deadline: it waits in a thread that nobody waits for.
    threading.Thread(target=look, name="ringback-resolver", daemon=True).start()
    try:
        result = found.get(timeout=timeout)
    except queue.Empty:
        told = f"{host} was not resolved within {timeout:g} s"
        raise TargetError(told, unreachable=True) from None
    if isinstance(result, Exception) or not result:
        raise TargetError(f"{host} cannot be resolved", unreachable=True)
    return tuple(dict.fromkeys(result))


def is_loopback(address: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)
