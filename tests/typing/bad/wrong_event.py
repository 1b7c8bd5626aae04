"""The receiver of one webhook, given to another."""

from twilio_voice import Event, VoiceRequest, WebhookReceiver


async def answered(event: Event[VoiceRequest]) -> str:
    return "<Response/>"


app = WebhookReceiver(None).asgi(call_status=answered)  # error
