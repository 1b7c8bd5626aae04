"""Who may use the control endpoints: this machine, or whoever has the token.

They show credentials and change everything, so being asked from 127.0.0.1 is not enough: a proxy on this machine asks for
others, and so does a web page that somebody has open in a browser. A request without the token must therefore come from
a loopback address, name a loopback host (a page that points its own name at this machine does not), come from a page of
this server if it comes from a page, and have passed no proxy. Webhooks of our own are refused in any case.
"""

from __future__ import annotations

import hmac
import ipaddress
from typing import Any, Final
from urllib.parse import parse_qs

_FORWARDED: Final = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via")
_OURS: Final = b"ringback-emulator"
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})


def refusal(scope: Any, token: str | None) -> str:
    """Why a request is refused, in one sentence; empty where it is not."""
    headers = dict(reversed(scope["headers"]))
    if b"x-twilio-signature" in headers or headers.get(b"user-agent", b"").startswith(_OURS):
        return "The control endpoints are not for webhooks."
    if token and _has(token, scope, headers):
        return ""
    how = " A control token lets others in." if not token else " The token lets others in."
    if any(name in headers for name in _FORWARDED):
        return "The control endpoints do not answer through a proxy." + how
    client = scope.get("client")
    if client is not None and not _is_loopback(str(client[0])):
        return "The control endpoints answer this machine only." + how
    host = headers.get(b"host", b"").decode("latin-1")
    if _name(host) not in _LOCAL:
        return f"The control endpoints are on localhost, not on {host[:80]!r}." + how
    origin = headers.get(b"origin")
    if origin is not None and origin.decode("latin-1").partition("://")[2] != host:
        return "The control endpoints are not for pages of other servers." + how
    if headers.get(b"sec-fetch-site", b"none") not in (b"none", b"same-origin"):
        return "The control endpoints are not for pages of other servers." + how
    return ""


def _has(token: str, scope: Any, headers: dict[bytes, bytes]) -> bool:
    kind, _, given = headers.get(b"authorization", b"").partition(b" ")
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0].encode()
    bearer = given if kind.lower() == b"bearer" else b""
    return any(hmac.compare_digest(token.encode(), one) for one in (asked, bearer))


def _is_loopback(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)


def _name(host: str) -> str:
    """A Host header without its port."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()
