"""A caller of the async client, written as its users write."""

import asyncio

from twilio_voice import AsyncClient, Call, ConferenceSid, Participant


async def ringing(client: AsyncClient) -> list[Call]:
    """Rows of a list, as they arrive."""
    return [call async for call in client.calls.list(status="ringing")]


async def mute(client: AsyncClient, conference: ConferenceSid) -> list[Participant]:
    """One request per participant, all at once."""
    participants = await client.participants.list(conference).all()
    return await asyncio.gather(
        *(
            client.participants.update(conference, one.call_sid, muted=True)
            for one in participants
            if one.call_sid is not None
        )
    )


async def main() -> None:
    async with AsyncClient() as client:
        first = await client.calls.list().first()
        print(first.sid if first else "no calls", await ringing(client))
