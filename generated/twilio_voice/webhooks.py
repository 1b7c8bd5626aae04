"""The requests that Twilio Voice API sends: received with their signature verified, or made and
signed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from . import operations as _ops
from ._runtime.asgi import HttpRequest
from ._runtime.hooks import Event, PreparedWebhook, receive, receiver_app, send
from ._runtime.signing import SignatureError, check_secret
from .models import (
    AmdStatusCallback,
    CallStatusCallback,
    ConferenceStatusCallback,
    RecordingStatusCallback,
    VoiceRequest,
)


class WebhookReceiver:
    """Turns requests into typed events.

    `secret` is the key that the sender signs with; with None no signature is asked for. Reading is
    tolerant as it is for answers: what does not fit is kept and listed in `Event.drifts`;
    `strict=True` raises DriftError instead.
    """

    def __init__(self, secret: str | None, *, strict: bool = False) -> None:
        if secret is not None:
            check_secret(_ops.SIGNATURE, secret)
        self._secret = secret
        self._strict = strict

    def __repr__(self) -> str:
        return f"WebhookReceiver(strict={self._strict})"

    def _receive(
        self, name: str, url: str, headers: Mapping[str, str], body: bytes, method: str
    ) -> Event[Any]:
        return receive(
            _ops.WEBHOOKS[name],
            _ops.SIGNATURE,
            self._secret,
            url=url,
            headers=headers,
            body=body,
            method=method,
            strict=self._strict,
        )

    def call_status(
        self,
        *,
        url: str,
        headers: Mapping[str, str],
        body: bytes = b"",
        method: str = "POST",
    ) -> Event[CallStatusCallback]:
        """Receive the status of a call.

        `url` is the address as the sender wrote it, with its query. Raises SignatureError.
        """
        return self._receive("call_status", url, headers, body, method)

    def recording_status(
        self,
        *,
        url: str,
        headers: Mapping[str, str],
        body: bytes = b"",
        method: str = "POST",
    ) -> Event[RecordingStatusCallback]:
        """Receive the status of a recording.

        `url` is the address as the sender wrote it, with its query. Raises SignatureError.
        """
        return self._receive("recording_status", url, headers, body, method)

    def conference_status(
        self,
        *,
        url: str,
        headers: Mapping[str, str],
        body: bytes = b"",
        method: str = "POST",
    ) -> Event[ConferenceStatusCallback]:
        """Receive what happens in a conference.

        `url` is the address as the sender wrote it, with its query. Raises SignatureError.
        """
        return self._receive("conference_status", url, headers, body, method)

    def amd_status(
        self,
        *,
        url: str,
        headers: Mapping[str, str],
        body: bytes = b"",
        method: str = "POST",
    ) -> Event[AmdStatusCallback]:
        """Receive what answering machine detection found.

        `url` is the address as the sender wrote it, with its query. Raises SignatureError.
        """
        return self._receive("amd_status", url, headers, body, method)

    def voice_request(
        self,
        *,
        url: str,
        headers: Mapping[str, str],
        body: bytes = b"",
        method: str = "POST",
    ) -> Event[VoiceRequest]:
        """Answer a request for TwiML.

        `url` is the address as the sender wrote it, with its query. Raises SignatureError.
        """
        return self._receive("voice_request", url, headers, body, method)

    def asgi(
        self,
        *,
        url: Callable[[HttpRequest], str] | None = None,
        call_status: Callable[[Event[CallStatusCallback]], Awaitable[str | None]] | None = None,
        recording_status: (
            Callable[[Event[RecordingStatusCallback]], Awaitable[str | None]] | None
        ) = None,
        conference_status: (
            Callable[[Event[ConferenceStatusCallback]], Awaitable[str | None]] | None
        ) = None,
        amd_status: Callable[[Event[AmdStatusCallback]], Awaitable[str | None]] | None = None,
        voice_request: Callable[[Event[VoiceRequest]], Awaitable[str | None]] | None = None,
    ) -> Any:
        """An ASGI application that receives each webhook at `/<its name>`.

        The event goes to a coroutine; a text that it returns is answered as XML. `url` gives the
        address that the sender used where a proxy hides it. A bad signature is answered with 403.
        """
        handlers: dict[str, Any] = {
            "call_status": call_status,
            "recording_status": recording_status,
            "conference_status": conference_status,
            "amd_status": amd_status,
            "voice_request": voice_request,
        }
        given = {name: handler for name, handler in handlers.items() if handler is not None}
        return receiver_app(self._receive, given, url)


class WebhookSender:
    """Makes signed webhooks. Each method gives a request that `send()` sends."""

    def __init__(self, secret: str | None, *, algorithm: str = "HMAC_SHA1") -> None:
        if secret is not None:
            check_secret(_ops.SIGNATURE, secret)
        self._secret = secret
        self._algorithm = algorithm

    def __repr__(self) -> str:
        return f"WebhookSender(algorithm={self._algorithm!r})"

    def call_status(
        self,
        url: str,
        payload: CallStatusCallback,
        *,
        method: str = "POST",
    ) -> PreparedWebhook:
        """Receive the status of a call.

        Raises Refused where the payload does not fit the document.
        """
        return send(
            _ops.WEBHOOK_CALL_STATUS,
            _ops.SIGNATURE,
            self._secret,
            url=url,
            payload=payload,
            method=method,
            algorithm=self._algorithm,
        )

    def recording_status(
        self,
        url: str,
        payload: RecordingStatusCallback,
        *,
        method: str = "POST",
    ) -> PreparedWebhook:
        """Receive the status of a recording.

        Raises Refused where the payload does not fit the document.
        """
        return send(
            _ops.WEBHOOK_RECORDING_STATUS,
            _ops.SIGNATURE,
            self._secret,
            url=url,
            payload=payload,
            method=method,
            algorithm=self._algorithm,
        )

    def conference_status(
        self,
        url: str,
        payload: ConferenceStatusCallback,
        *,
        method: str = "POST",
    ) -> PreparedWebhook:
        """Receive what happens in a conference.

        Raises Refused where the payload does not fit the document.
        """
        return send(
            _ops.WEBHOOK_CONFERENCE_STATUS,
            _ops.SIGNATURE,
            self._secret,
            url=url,
            payload=payload,
            method=method,
            algorithm=self._algorithm,
        )

    def amd_status(
        self,
        url: str,
        payload: AmdStatusCallback,
        *,
        method: str = "POST",
    ) -> PreparedWebhook:
        """Receive what answering machine detection found.

        Raises Refused where the payload does not fit the document.
        """
        return send(
            _ops.WEBHOOK_AMD_STATUS,
            _ops.SIGNATURE,
            self._secret,
            url=url,
            payload=payload,
            method=method,
            algorithm=self._algorithm,
        )

    def voice_request(
        self,
        url: str,
        payload: VoiceRequest,
        *,
        method: str = "POST",
    ) -> PreparedWebhook:
        """Answer a request for TwiML.

        Raises Refused where the payload does not fit the document.
        """
        return send(
            _ops.WEBHOOK_VOICE_REQUEST,
            _ops.SIGNATURE,
            self._secret,
            url=url,
            payload=payload,
            method=method,
            algorithm=self._algorithm,
        )


__all__ = ["Event", "PreparedWebhook", "SignatureError", "WebhookReceiver", "WebhookSender"]
