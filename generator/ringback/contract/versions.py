"""Does the other side speak the version that the document is of? Nothing in HTTP says so; a server may say it in two ways.

Its answers may carry the version in a header, which the document names (`x-ringback-version-header`). Or they may say where the
server describes itself, by `Link: <…>; rel="service-desc"` (RFC 8631): then that description is fetched once, from the
same server only, and its `info.version` is compared. A server that says neither is asked nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final
from urllib.parse import urljoin, urlsplit

import yaml

from ringback.contract.traffic import Exchange, Reply
from ringback.wire import Contract

HEADER: Final = "x-ringback-version-header"
_LINK: Final = re.compile(r'<([^>]*)>((?:\s*;\s*[^",;<=]+(?:=(?:"[^"]*"|[^",;<]*))?)*)')
_DESCRIBES: Final = re.compile(r';\s*rel\s*=\s*"?(?:[^";]*\s)?service-desc(?:\s[^";]*)?"?', re.I)
_LARGEST: Final = 8 << 20  # bytes of a description that is read

Fetch = Callable[[str], Reply | None]


def other_versions(
    contract: Contract, exchanges: Iterable[Exchange], origin: str, fetch: Fetch
) -> Iterator[str]:
    """A sentence for each sign of another version; `origin` is the URL before every target, `fetch` asks for a target."""
    wanted = contract.document.api_version
    replies = [(one.request.target, one.reply) for one in exchanges if one.reply is not None]
    header = contract.document.extensions.get(HEADER)
    if isinstance(header, str):
        said = {value for _, reply in replies if (value := reply.header(header.lower()))}
        for version in sorted(said - {wanted}):
            yield f"the server says that it speaks version {version[:60]!r} ({header}); the document is {wanted!r}"
    for link in sorted(
        {link for target, reply in replies for link in _links(origin, target, reply)}
    ):
        target = _target(origin, link)
        reply = fetch(target) if target is not None else None
        found = _described(reply) if reply is not None else None
        if found is not None and found != wanted:
            yield f"the server describes its version {found[:60]!r} at {link}; the document is {wanted!r}"


def _links(origin: str, target: str, reply: Reply) -> Iterator[str]:
    """Where an answer says that the server is described, as URLs."""
    for name, value in reply.headers:
        if name == "link":
            for found, parameters in _LINK.findall(value):
                if _DESCRIBES.search(parameters):
                    yield urljoin(origin + target, found)


def _target(origin: str, link: str) -> str | None:
    """The target of a request to a URL; None where that is another server, or outside of what is tested."""
    home, there = urlsplit(origin), urlsplit(link)
    prefix = home.path.rstrip("/")
    if (home.scheme, home.netloc) != (there.scheme, there.netloc):
        return None
    if not there.path.startswith(prefix + "/"):
        return None
    return there.path.removeprefix(prefix) + (f"?{there.query}" if there.query else "")


def _described(reply: Reply) -> str | None:
    """The version of an OpenAPI document, as text; None where the answer holds none."""
    if reply.status != 200 or len(reply.body) > _LARGEST:
        return None
    try:
        told = yaml.load(reply.body, yaml.CSafeLoader)  # JSON is YAML
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    info = told.get("info") if isinstance(told, dict) else None
    version = info.get("version") if isinstance(info, dict) else None
    return None if version is None or isinstance(version, dict | list) else str(version)
