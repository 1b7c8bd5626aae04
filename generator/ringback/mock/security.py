"""Credentials: asked for where the document does, and believed unless settings name those that are right."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qsl

from ringback.openapi import Document, Operation, SecurityScheme
from ringback.wire import patterns

from .requests import Refused, Request

_FILLED: Final = "x-ringback-credential"


class Guard:
    """Holds requests to the security of a document. `known` are the credentials that are believed; where empty, any are."""

    def __init__(self, document: Document, known: tuple[str, ...]) -> None:
        self._schemes = {one.name: one for one in document.security_schemes}
        self._known = tuple(one.encode() for one in known)

    def check(self, operation: Operation, values: Mapping[str, str], request: Request) -> None:
        """Raises Refused where none of the alternatives is met, or the path is somebody else's."""
        alternatives = operation.security
        if not alternatives or not all(alternatives):
            return
        problem = ""
        for names in alternatives:
            found = [self._problem(self._schemes.get(name), request) for name in names]
            problem = next(filter(None, found), "")
            if not problem:
                self._own_path(operation, values, request)
                return
        raise Refused("credentials", problem)

    def challenge(self, operation: Operation) -> str:
        """What `WWW-Authenticate` says of how to come in."""
        names = [name for alternative in operation.security or () for name in alternative]
        for scheme in (self._schemes.get(name) for name in names):
            if scheme is not None and scheme.type == "http":
                return f'{(scheme.scheme or "basic").capitalize()} realm="mock"'
        return 'Bearer realm="mock"'

    def _problem(self, scheme: SecurityScheme | None, request: Request) -> str:
        """What is wrong with the credentials of one scheme; empty where nothing is."""
        if scheme is not None and scheme.type == "mutualTLS":
            return ""  # the connection's own: nothing in a request
        if scheme is None:  # not declared: nobody can say what is to be shown
            shown = request.headers.get("authorization")
            return "" if shown else "credentials are missing, and the document does not say which"
        if scheme.type == "apiKey":
            shown = _api_key(scheme, request)
            wanted = f"{scheme.location} {scheme.parameter}"
        elif scheme.type == "http" and (scheme.scheme or "").lower() == "basic":
            shown, wanted = _basic(request), "Authorization: Basic"
        else:
            shown, wanted = _bearer(scheme, request), "Authorization: Bearer"
        if not shown:
            return f"credentials are missing: wanted {wanted}"
        return "" if self._is_believed(shown) else "the credentials are not known"

    def _is_believed(self, shown: str) -> bool:
        given = shown.encode()
        return not self._known or any(hmac.compare_digest(given, one) for one in self._known)

    def _own_path(self, operation: Operation, values: Mapping[str, str], request: Request) -> None:
        """A path parameter that the credentials fill names whose they are."""
        for one in operation.parameters:
            if one.location != "path" or _FILLED not in one.extensions:
                continue
            user = (_basic(request) or "").partition(":")[0]
            pattern = one.schema.pattern if one.schema is not None else None
            named = values.get(one.name)
            if user and named != user and (pattern is None or patterns.fits(pattern, user)):
                raise Refused("foreign", f"{one.name} {named} is not whose the credentials are")


def _basic(request: Request) -> str | None:
    """User and password, or None."""
    return _decoded(request.headers.get("authorization", ""))


@lru_cache(maxsize=1024)
def _decoded(header: str) -> str | None:
    kind, _, rest = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        decoded = base64.b64decode(rest.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    return decoded if ":" in decoded else None


def _bearer(scheme: SecurityScheme, request: Request) -> str | None:
    kind, _, rest = request.headers.get("authorization", "").partition(" ")
    wanted = (scheme.scheme or "bearer").lower() if scheme.type == "http" else "bearer"
    return rest.strip() or None if kind.lower() == wanted else None


def _api_key(scheme: SecurityScheme, request: Request) -> str | None:
    name = scheme.parameter or ""
    if scheme.location == "header":
        return request.headers.get(name.lower())
    if scheme.location == "query":
        return dict(parse_qsl(request.query)).get(name)
    try:
        crumb = SimpleCookie(request.headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return crumb.value if crumb is not None else None
