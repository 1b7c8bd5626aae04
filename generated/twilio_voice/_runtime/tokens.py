"""Tokens that say what their bearer may do, signed by PyJWT: what the printed classes share."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, ClassVar

from msgspec import Struct

from .core import Secret


class TokenError(ValueError):
    """A token that cannot be made."""


class Party(Struct, frozen=True):
    """An argument that says whose token it is: the environment variable it falls back to, the pattern of its text."""

    name: str
    env: str = ""
    pattern: str = ""


class TokenRules(Struct, frozen=True):
    """How a token is made; lifetimes are in seconds."""

    algorithm: str
    header: dict[str, str]
    issuer: Party
    subject: Party | None
    secret: Party
    within: str
    identity: str
    most: int


class Grant(Struct, frozen=True, kw_only=True):
    """What a bearer may do: a claim of its own in the token."""

    CLAIM: ClassVar[str]
    PLACES: ClassVar[Mapping[str, tuple[str, ...]]]
    PATTERNS: ClassVar[Mapping[str, str]] = {}

    def claim(self) -> dict[str, Any]:
        """The claim; what is None is left out. Raises TokenError for a text of the wrong kind."""
        found: dict[str, Any] = {}
        for name, place in self.PLACES.items():
            value = getattr(self, name)
            if value is None:
                continue
            _fitting(name, value, self.PATTERNS.get(name, ""))
            inner = found
            for key in place[:-1]:
                inner = inner.setdefault(key, {})
            inner[place[-1]] = dict(value) if isinstance(value, Mapping) else value
        return found


class Token:
    """A token with its grants. It is signed by `to_jwt()`; nothing of its secret is shown anywhere else."""

    RULES: ClassVar[TokenRules]

    def _start(
        self,
        given: Mapping[str, str | None],
        identity: str | None,
        grants: Sequence[Grant],
        lifetime: int,
        not_before: int | None,
    ) -> None:
        rules = self.RULES
        if not 0 < lifetime <= rules.most:
            raise TokenError(f"lifetime is {lifetime}, and 1 to {rules.most} seconds are possible")
        self._issuer = _text_of(rules.issuer, given)
        self._subject = _text_of(rules.subject, given) if rules.subject is not None else ""
        self._secret = Secret(_text_of(rules.secret, given, secret=True))
        self.identity = identity
        self.grants: list[Grant] = list(grants)
        self.lifetime = lifetime
        self.not_before = not_before

    def claims(self) -> dict[str, Any]:
        """What the token says, if it is made now. Raises TokenError where a grant stands there twice."""
        now = int(time.time())
        granted: dict[str, Any] = {}
        if self.identity is not None:
            granted[self.RULES.identity] = self.identity
        for grant in self.grants:
            if not isinstance(grant, Grant):
                raise TokenError(f"{type(grant).__name__} is no grant")
            if grant.CLAIM in granted:
                raise TokenError(f"the token has two grants {grant.CLAIM!r}")
            granted[grant.CLAIM] = grant.claim()
        begin = now if self.not_before is None else self.not_before
        said = {"jti": f"{self._issuer}-{now}", "iss": self._issuer, "nbf": begin}
        if self._subject:
            said["sub"] = self._subject
        return {**said, "exp": max(now, begin) + self.lifetime, self.RULES.within: granted}

    def to_jwt(self) -> str:
        """The signed token, as its bearer carries it. Raises ImportError where PyJWT is not installed."""
        rules = self.RULES
        return str(
            _encoder()(
                self.claims(),
                self._secret.reveal(),
                algorithm=rules.algorithm,
                headers=dict(rules.header),
            )
        )

    def __repr__(self) -> str:
        told = ", ".join(grant.CLAIM for grant in self.grants)
        return f"{type(self).__name__}(identity={self.identity!r}, grants=[{told}])"


def _text_of(party: Party, given: Mapping[str, str | None], *, secret: bool = False) -> str:
    text = given[party.name]
    if text is None and party.env:
        text = os.environ.get(party.env)
    if not text:
        where = f" (or the environment's {party.env})" if party.env else ""
        raise TokenError(f"a token needs {party.name}{where}")
    _fitting(party.name, text, party.pattern, secret=secret)
    return text


def _fitting(name: str, value: Any, pattern: str, *, secret: bool = False) -> None:
    if pattern and not (isinstance(value, str) and re.fullmatch(pattern, value)):
        shown = "text" if secret else repr(value)[:60]
        raise TokenError(f"{name} is {shown} that does not match {pattern}")


def _encoder() -> Callable[..., Any]:
    """PyJWT, loaded when the first token is signed."""
    try:
        found: Callable[..., Any] = import_module("jwt").encode
    except (ImportError, AttributeError):
        raise ImportError("signing a token needs PyJWT: pip install 'PyJWT>=2.8'") from None
    return found
