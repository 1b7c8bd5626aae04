"""Lists as CSV, sync and async, and tokens for browsers."""

from __future__ import annotations

from pathlib import Path

from twilio_voice import AsyncClient, Call, Client, write_csv
from twilio_voice.tokens import AccessToken, VideoGrant, VoiceGrant


def numbers(client: Client) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in client.calls.list(page_size=1000).csv():
        found[row["Sid"]] = row["To"]
    return found


async def calls(client: AsyncClient, folder: Path) -> list[Call]:
    rows = client.calls.list().csv()
    await rows.save(folder / "all.csv")
    found = [call async for call in rows.typed()]
    with (folder / "some.csv").open("w", newline="") as file:
        written: int = write_csv(found[:10], file)
    return found[:written]


def token(room: str) -> str:
    made = AccessToken(
        identity="anna", grants=[VideoGrant(room=room), VoiceGrant(incoming_allow=True)]
    )
    return made.to_jwt()
