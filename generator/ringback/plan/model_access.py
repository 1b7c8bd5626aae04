"""The part of a plan about the way to an API: servers, credentials, signatures, the shape of its errors."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CredentialPlan:
    """An argument of the client that authenticates."""

    name: str
    env: str
    secret: bool


@dataclass(frozen=True, slots=True)
class SchemePlan:
    """How credentials go along."""

    kind: str
    pairs: tuple[tuple[str, ...], ...]
    parameter: str
    name: str = ""
    token_url: str = ""
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VariablePlan:
    """A part of a server's URL that a client's argument chooses; `values` is empty where any text will do."""

    argument: str
    wire: str
    default: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServerPlan:
    """One of the servers that a client can be made for; `url` has its variables in braces."""

    url: str
    name: str
    variables: tuple[VariablePlan, ...]


@dataclass(frozen=True, slots=True)
class ErrorShapePlan:
    """Where error bodies keep what an exception carries."""

    code: str
    message: str
    link: str
    status: str
    request_id_header: str
    model: str  # "" where the document describes none


@dataclass(frozen=True, slots=True)
class SignaturePlan:
    """How webhooks are signed; `secret` is the name of the argument that holds the key."""

    header: str
    settings_header: str
    body_hash: str
    secret: str
