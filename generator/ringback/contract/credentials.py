"""Credentials as the document's security schemes take them: right, wrong, and what of the path follows from them."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ringback.contract.traffic import Headers
from ringback.openapi import Operation, SecurityScheme
from ringback.wire import Contract


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is sent with every request, and the path values that are filled from it."""

    headers: Headers = ()
    path: tuple[tuple[str, str], ...] = ()


def credentials(contract: Contract, given: str | None) -> Credentials:
    """What `--auth` means to a document: user and password, or a token or key by itself."""
    if not given:
        return Credentials()
    for scheme in _used(contract):
        headers = _headers(scheme, given)
        if headers:
            return Credentials(headers, tuple(_path(contract, scheme, given)))
    # The document says nothing: what most servers take.
    basic = ":" in given
    return Credentials((("authorization", _basic(given) if basic else f"Bearer {given}"),))


def needs_credentials(operation: Operation) -> bool:
    """Whether an operation may only be used with credentials."""
    return bool(operation.security) and all(operation.security or ())


def wrong(contract: Contract, given: str | None) -> Iterator[tuple[str, Headers]]:
    """Credentials that must not be accepted, each with what is wrong about them."""
    yield "no credentials", ()
    for scheme in _used(contract):
        if scheme.type == "http" and (scheme.scheme or "").lower() == "basic":
            user, _, password = (given or "someone:something").partition(":")
            yield "a wrong password", (("authorization", _basic(f"{user}:{_other(password)}")),)
            yield "an unknown user", (("authorization", _basic(f"{_other(user)}:{password}")),)
            yield "credentials that are no base64", (("authorization", "Basic ?"),)
            yield "a bearer token in place of Basic", (("authorization", "Bearer abc"),)
        else:
            headers = _headers(scheme, _other(given or "something"))
            if headers:
                yield "wrong credentials", headers
        return


def _used(contract: Contract) -> list[SecurityScheme]:
    """The schemes that operations name, the most used first."""
    count: dict[str, int] = {}
    for operation in contract.operations:
        for alternative in operation.security or ():
            for name in alternative:
                count[name] = count.get(name, 0) + 1
    schemes = contract.document.security_schemes
    return sorted((one for one in schemes if one.name in count), key=lambda one: -count[one.name])


def _headers(scheme: SecurityScheme, given: str) -> Headers:
    if scheme.type == "http":
        if (scheme.scheme or "").lower() == "basic":
            return (("authorization", _basic(given)),)
        return (("authorization", f"Bearer {given}"),)
    if scheme.type in ("oauth2", "openIdConnect"):
        return (("authorization", f"Bearer {given}"),)
    if scheme.type == "apiKey" and scheme.parameter and scheme.location == "header":
        return ((scheme.parameter.lower(), given),)
    if scheme.type == "apiKey" and scheme.parameter and scheme.location == "cookie":
        return (("cookie", f"{scheme.parameter}={given}"),)
    return ()


def _path(contract: Contract, scheme: SecurityScheme, given: str) -> Iterator[tuple[str, str]]:
    """Path parameters that the user name fills: as `x-ringback-credential` says, or else as their pattern does."""
    user = given.partition(":")[0]
    told: Any = scheme.extensions.get("x-ringback-credentials")
    pairs = told.get("pairs", ()) if isinstance(told, Mapping) else ()
    names = {pair.get("username") for pair in pairs if isinstance(pair, Mapping)}
    said = False
    for operation in contract.operations:
        for parameter in operation.parameters:
            filled = parameter.extensions.get("x-ringback-credential")
            if parameter.location != "path" or filled is None:
                continue
            said = True
            if names and filled not in names:
                continue
            if parameter.schema is None or contract.is_valid(parameter.schema, user, reply=False):
                yield parameter.name, user
    if not said:
        yield from _leading(contract, user)


def _leading(contract: Contract, user: str) -> Iterator[tuple[str, str]]:
    """What a document leaves unsaid: a path that begins with whose it is, in the form that user names have.

    Only a pattern that the user name keeps to says so; a name or a number would fit anywhere.
    """
    for operation in contract.operations:
        first = re.search(r"\{([^{}]+)\}", operation.template)
        for one in operation.parameters:
            if one.location != "path" or one.schema is None or first is None:
                continue
            if (
                one.name == first[1]
                and one.schema.pattern
                and contract.is_valid(one.schema, user, reply=False)
            ):
                yield one.name, user


def _other(text: str) -> str:
    """Another text of the same form, whatever it is: its last letter or digit is changed."""
    for index in range(len(text) - 1, -1, -1):
        if text[index].isalnum():
            changed = "b" if text[index] == "a" else "a" if text[index].isalpha() else "7"
            changed = "8" if changed == text[index] else changed
            return text[:index] + changed + text[index + 1 :]
    return text + "x"


def _basic(given: str) -> str:
    return "Basic " + base64.b64encode(given.encode()).decode()
