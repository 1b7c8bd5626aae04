"""A coroutine where its answer is wanted."""

from twilio_voice import AsyncClient, CallSid


async def status(client: AsyncClient, sid: CallSid) -> str:
    return client.calls.fetch(sid).status  # error
