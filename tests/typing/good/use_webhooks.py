"""Webhooks received and sent, written as their users write."""

from collections.abc import Mapping

from twilio_voice import CallStatusCallback, Event, VoiceRequest, WebhookReceiver, WebhookSender
from twilio_voice.models import CallbackCallStatus

receiver = WebhookReceiver("secret")


def finished(url: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether a callback reports the end of a call."""
    event = receiver.call_status(url=url, headers=headers, body=body)
    return event.payload.call_status == CallbackCallStatus.COMPLETED


async def changed(event: Event[CallStatusCallback]) -> None:
    print(event.payload.call_sid, [str(drift) for drift in event.drifts])


async def answered(event: Event[VoiceRequest]) -> str:
    return f"<Response><Say>Hello {event.payload.from_}</Say></Response>"


app = receiver.asgi(call_status=changed, voice_request=answered)


def again(event: Event[CallStatusCallback]) -> dict[str, str]:
    """Pass a callback on, signed anew."""
    sender = WebhookSender("secret", algorithm="HMAC_SHA256")
    return sender.call_status("https://example.com/status", event.payload).headers
