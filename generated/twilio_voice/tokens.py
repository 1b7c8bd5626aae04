"""Tokens for Twilio Voice API, signed here: whoever is given one may do what its grants say.

Signing needs PyJWT.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ._runtime import tokens as _t
from ._runtime.tokens import TokenError


class VoiceGrant(_t.Grant, frozen=True, kw_only=True):
    """To make and to take calls."""

    CLAIM: ClassVar[str] = "voice"
    PLACES: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "incoming_allow": ("incoming", "allow"),
        "outgoing_application_sid": ("outgoing", "application_sid"),
        "outgoing_params": ("outgoing", "params"),
        "push_credential_sid": ("push_credential_sid",),
        "endpoint_id": ("endpoint_id",),
    }
    PATTERNS: ClassVar[Mapping[str, str]] = {
        "outgoing_application_sid": "AP[0-9a-fA-F]{32}",
        "push_credential_sid": "CR[0-9a-fA-F]{32}",
    }
    incoming_allow: bool | None = None
    """Whether calls to the identity ring there."""
    outgoing_application_sid: str | None = None
    """The TwiML application that outgoing calls are handled by."""
    outgoing_params: Mapping[str, Any] | None = None
    """What the application is told of each outgoing call."""
    push_credential_sid: str | None = None
    """What incoming calls are announced with on a telephone."""
    endpoint_id: str | None = None
    """One of several telephones of an identity."""


class VideoGrant(_t.Grant, frozen=True, kw_only=True):
    """To take part in video rooms."""

    CLAIM: ClassVar[str] = "video"
    PLACES: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "room": ("room",),
    }
    room: str | None = None
    """The room, by its name or SID; without it, every room."""


class AccessToken(_t.Token):
    """An access token: a telephone in a browser or an application that shows it may do what its
    grants say.
    """

    RULES = _t.TokenRules(
        algorithm="HS256",
        header={"cty": "twilio-fpa;v=1"},
        issuer=_t.Party("api_key", env="TWILIO_API_KEY", pattern="SK[0-9a-fA-F]{32}"),
        subject=_t.Party("account_sid", env="TWILIO_ACCOUNT_SID", pattern="AC[0-9a-fA-F]{32}"),
        secret=_t.Party("api_secret", env="TWILIO_API_SECRET"),
        within="grants",
        identity="identity",
        most=86400,
    )

    def __init__(
        self,
        account_sid: str | None = None,
        api_key: str | None = None,
        api_secret: str | None = None,
        *,
        identity: str | None = None,
        grants: Sequence[VoiceGrant | VideoGrant] = (),
        lifetime: int = 3600,
        not_before: int | None = None,
    ) -> None:
        """`identity` names the bearer; `lifetime` is in seconds, from `not_before` on (seconds
        since 1970; now).

        Raises TokenError for what cannot be signed.
        """
        given = {"account_sid": account_sid, "api_key": api_key, "api_secret": api_secret}
        self._start(given, identity, grants, lifetime, not_before)


__all__ = [
    "AccessToken",
    "TokenError",
    "VideoGrant",
    "VoiceGrant",
]
