"""What the tests of rooms share: calls that are up, and joining a conference or a queue without TwiML."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
from tests.emulator.voice_world import ACCOUNT, BASE, NUMBER, TOKEN, TWIML, Voice, voice

from ringback.emulator import Settings
from ringback.emulator.conferences import join, leave
from ringback.emulator.queues import enqueue
from ringback.emulator.records import CallRecord, ParticipantRecord
from ringback.emulator.signals import tell
from twilio_voice.models import CallSid, QueueSid

EVENTS = "http://app.test/events"
RECORDED = "http://app.test/recorded"
CONFERENCE_EVENTS = ("start end", "join leave mute", "hold", "modify speaker announcement")


def in_a_world(test: Callable[[Voice], Awaitable[None]], **settings: Any) -> Callable[[], None]:
    """Run a test in a world of its own, in which calls do not wait for each other."""

    def run() -> None:
        async def inside() -> None:
            async with voice(Settings(**{"seed": 1, "calls_per_second": 1000, **settings})) as made:
                made.documents["/twiml"] = "<Response><Pause length='5000'/></Response>"
                await test(made)

        asyncio.run(inside())

    run.__name__ = test.__name__
    run.__doc__ = test.__doc__
    return run


async def up(voice: Voice, count: int, **more: Any) -> list[CallSid]:
    """So many calls, answered, that do nothing; their SIDs."""
    sids: list[CallSid] = []
    for number in range(count):
        to = f"+1415555{2000 + number}"
        call = await voice.client.calls.create(to=to, from_=NUMBER, url=TWIML, **more)
        sids.append(call.sid)
    await voice.advance(3)
    return sids


def call_of(voice: Voice, sid: CallSid) -> CallRecord:
    """A call as it is remembered."""
    found = voice.world.store.do(lambda tx: tx.get(CallRecord, ACCOUNT, sid))
    assert found is not None
    return found


async def joins(voice: Voice, sid: CallSid, name: str, **options: Any) -> ParticipantRecord | None:
    """A call joins a room, as its TwiML would let it."""
    call = call_of(voice, sid)
    joined = voice.world.store.do(lambda tx: join(voice.world, tx, call, name, options))
    await voice.advance(0)
    return joined


async def leaves(voice: Voice, sid: CallSid) -> None:
    """A call leaves its room without hanging up."""
    call = call_of(voice, sid)
    voice.world.store.do(lambda tx: leave(voice.world, tx, call, "participant_hung_up"))
    await voice.advance(0)


async def waits(
    voice: Voice, sid: CallSid, name: str, max_size: int | None = None
) -> QueueSid | None:
    """A call is put into a queue, as its TwiML would do; None: that is full."""
    call = call_of(voice, sid)
    queue = voice.world.store.do(lambda tx: enqueue(voice.world, tx, call, name, max_size))
    await voice.advance(0)
    return QueueSid(queue.sid) if queue is not None else None


def says(voice: Voice, sid: CallSid, text: str) -> None:
    """The other side of a call says something."""
    call = call_of(voice, sid)
    voice.world.store.do(lambda tx: tell(voice.world, tx, "speech", call, text))


async def hangs_up(voice: Voice, sid: CallSid) -> None:
    """A call is completed."""
    await voice.client.calls.update(sid, status="completed")


async def post(voice: Voice, path: str, form: str) -> httpx2.Response:
    """A form as somebody sends it whose client checks nothing."""
    transport = httpx2.ASGITransport(voice.app)
    headers = {"content-type": "application/x-www-form-urlencoded"}
    async with httpx2.AsyncClient(transport=transport, auth=(ACCOUNT, TOKEN)) as http:
        url = f"{BASE}/Accounts/{ACCOUNT}/{path}"
        return await http.post(url, content=form.encode(), headers=headers)
