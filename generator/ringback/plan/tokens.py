"""Tokens that the bindings sign: a class for the token and one for each grant, from `x-ringback-tokens`.

claim voice, at [incoming, allow]    class VoiceGrant, incoming_allow: bool | None
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ringback.openapi import Document
from ringback.plan import names
from ringback.plan.literals import py
from ringback.plan.texts import clean, sentence

_ANNOTATIONS: Final = {
    "string": "str",
    "boolean": "bool",
    "integer": "int",
    "object": "Mapping[str, Any]",
}
_TAKEN: Final = {"Any", "ClassVar", "Mapping", "Sequence", "TokenError"}
_ARGUMENTS: Final = {"self", "identity", "grants", "lifetime", "not_before"}
_HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class PartyPlan:
    """An argument of the token: its name, the environment variable, the pattern of its text."""

    name: str
    env: str
    pattern: str


@dataclass(frozen=True, slots=True)
class GrantValuePlan:
    """A value of a grant, and the keys that lead to it in the claim."""

    name: str
    annotation: str
    at: tuple[str, ...]
    pattern: str
    doc: str


@dataclass(frozen=True, slots=True)
class GrantPlan:
    """The class of a grant."""

    name: str
    claim: str
    doc: str
    values: tuple[GrantValuePlan, ...]


@dataclass(frozen=True, slots=True)
class TokensPlan:
    """The module of tokens. `header` is a literal; lifetimes are in seconds."""

    name: str
    doc: str
    algorithm: str
    header: str
    issuer: PartyPlan
    subject: PartyPlan | None
    secret: PartyPlan
    within: str  # the claim that holds the grants
    identity: str  # its key for whom the token is made
    lifetime: int
    most: int
    grants: tuple[GrantPlan, ...]

    @property
    def parties(self) -> tuple[PartyPlan, ...]:
        """The arguments that say whose token it is, in the order of the call."""
        return (*([self.subject] if self.subject else []), self.issuer, self.secret)

    @property
    def exported(self) -> tuple[str, ...]:
        """What the module offers, sorted."""
        return tuple(sorted([self.name, "TokenError", *(one.name for one in self.grants)]))


def tokens(document: Document) -> TokensPlan | None:
    """The module of tokens, where the document says how they are made. The rules have judged what it says."""
    given = document.extensions.get("x-ringback-tokens")
    if not isinstance(given, dict):
        return None
    roles = [key for key in ("subject", "issuer", "secret") if key in given]
    wanted = [(key, names.snake(given[key]["name"])) for key in roles]
    arguments = names.assign(wanted, _ARGUMENTS)
    parties = {key: _party(given[key], arguments[key]) for key in roles}
    token = names.camel(given.get("name", "AccessToken"))
    classes = names.assign(
        [(str(index), _wanted(one)) for index, one in enumerate(given["grants"])], {token, *_TAKEN}
    )
    lifetime: Mapping[str, int] = given.get("lifetime", {})
    longest = lifetime.get("most", max(lifetime.get("default", 0), 24 * _HOUR))
    return TokensPlan(
        name=token,
        doc=clean(given.get("description")) or "A signed token.",
        algorithm=given.get("algorithm", "HS256"),
        header=py(dict(given.get("header", {}))),
        issuer=parties["issuer"],
        subject=parties.get("subject"),
        secret=parties["secret"],
        within=given.get("within", "grants"),
        identity=given.get("identity", "identity"),
        lifetime=lifetime.get("default", min(_HOUR, longest)),
        most=longest,
        grants=tuple(_grant(one, classes[str(i)]) for i, one in enumerate(given["grants"])),
    )


def _party(given: Mapping[str, Any], name: str) -> PartyPlan:
    return PartyPlan(name, given.get("env", ""), given.get("pattern", ""))


def _wanted(grant: Mapping[str, Any]) -> str:
    return names.camel(grant.get("name", grant["claim"] + " grant"))


def _grant(grant: Mapping[str, Any], name: str) -> GrantPlan:
    values = grant.get("values", [])
    given = names.assign(
        [(str(index), names.snake(one["name"])) for index, one in enumerate(values)],
        {"claim", "CLAIM", "PLACES", "PATTERNS"},
    )
    return GrantPlan(
        name=name,
        claim=grant["claim"],
        doc=sentence(grant.get("description")) or f"The grant `{grant['claim']}`.",
        values=tuple(
            GrantValuePlan(
                name=given[str(index)],
                annotation=_ANNOTATIONS[one.get("type", "string")] + " | None",
                at=tuple(one.get("at", [one["name"]])),
                pattern=one.get("pattern", ""),
                doc=sentence(one.get("description")),
            )
            for index, one in enumerate(values)
        ),
    )
