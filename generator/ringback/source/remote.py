"""Fetching a file over the network, from where the caller has allowed it by name and from nowhere else."""

from __future__ import annotations

import hashlib
import posixpath
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from .diagnostic import Diagnostic, DocumentError, Location
from .limits import Limits
from .refusals import Missing
from .text import Text, decode

_SECONDS: Final = 30.0


def allows(prefix: str, url: str) -> bool:
    """Whether a prefix that the caller named covers a URL: the same scheme and host, and a path at or below its own.

    Only whole segments count, so that https://example.com/a does not open https://example.com/ab, and no path
    climbs out by its dots.
    """
    try:
        given, wanted = urlsplit(prefix), urlsplit(url)
        same = (given.hostname, given.port) == (wanted.hostname, wanted.port)
    except ValueError:
        return False
    if given.scheme != wanted.scheme or not same or "@" in wanted.netloc:
        return False
    folder = _plain(given.path).rstrip("/")
    path = _plain(wanted.path)
    return path == folder or path.startswith(f"{folder}/")


def fetch(url: str, prefixes: Sequence[str], limits: Limits) -> Text:
    """The text at a URL. Raises Missing where it cannot be had; a redirect may only lead to what is allowed.

    Raises DocumentError where the text is too large, or none.
    """
    opener = urllib.request.build_opener(_Redirects(prefixes))
    request = urllib.request.Request(url, headers={"Accept": "application/yaml, application/json"})
    try:
        with opener.open(request, timeout=_SECONDS) as answer:
            data = answer.read(limits.bytes + 1)
    except (OSError, ValueError, urllib.error.URLError) as error:
        # An HTTPError says its status with its reason, others hide theirs in an exception.
        http = isinstance(error, urllib.error.HTTPError)
        reason = str(error if http else getattr(error, "reason", "") or error)
        raise Missing(f"it cannot be fetched: {reason}") from None
    if len(data) > limits.bytes:
        message, hint = f"the file is larger than {limits.bytes} bytes", limits.setting("bytes")
        place = Location(url, 1, 1)
        raise DocumentError([Diagnostic(place, "too-many-bytes", message, hint=f"raise {hint}")])
    return Text(url, decode(url, data), hashlib.sha256(data).hexdigest())


class _Redirects(urllib.request.HTTPRedirectHandler):
    def __init__(self, prefixes: Sequence[str]) -> None:
        self._prefixes = prefixes

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        if not any(allows(prefix, newurl) for prefix in self._prefixes):
            raise ValueError(f"it redirects to {newurl}, which is not allowed by name")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _plain(path: str) -> str:
    return posixpath.normpath(f"/{unquote(path).lstrip('/')}")
