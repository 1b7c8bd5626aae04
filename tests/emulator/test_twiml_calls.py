"""Dials that last too long, endpoints that ask to be replaced, recordings that are transcribed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from tests.emulator.voice_world import ACCOUNT, CALLEE, NUMBER, TWIML, Voice, voice

from ringback.emulator.records import CallRecord
from ringback.emulator.signals import tell
from ringback.emulator.store import Transaction
from twilio_voice.models import CallSid


def in_a_world(story: Callable[[Voice], Awaitable[None]]) -> None:
    async def run() -> None:
        async with voice() as made:
            await story(made)

    asyncio.run(run())


async def _running(made: Voice, document: str) -> str:
    """A call that runs a document from the third second on."""
    made.documents["/twiml"] = document
    call = await made.client.calls.create(to=CALLEE, from_=NUMBER, url=TWIML)
    await made.advance(3)
    return str(call.sid)


# -- how long a Dial lasts


@pytest.mark.parametrize("music", ["", "waitUrl='/music'"])
def test_a_time_limit_takes_the_call_out_of_its_conference(music: str) -> None:
    async def run(made: Voice) -> None:
        made.documents["/music"] = "<Response><Play loop='0'>/hold.mp3</Play></Response>"
        made.documents["/done"] = "<Response><Say>Out of it</Say></Response>"
        sid = await _running(
            made,
            f"<Response><Dial timeLimit='20' action='/done'><Conference {music}>room</Conference>"
            "</Dial></Response>",
        )
        await made.advance(18)
        assert not made.sent("/done")
        await made.advance(2)
        assert [one.params["DialCallStatus"] for one in made.sent("/done")] == ["answered"]
        kinds = made.timeline(sid)
        assert kinds.count("time limit") == 1
        assert kinds.index("Say") > kinds.index("time limit")
        rooms = [one async for one in made.client.conferences.list()]
        assert [str(one.status) for one in rooms] == ["completed"]

    in_a_world(run)


def test_the_limit_of_a_dial_that_is_over_does_nothing() -> None:
    async def run(made: Voice) -> None:
        sid = await _running(
            made,
            "<Response><Dial timeLimit='30' hangupOnStar='true'><Conference>a</Conference></Dial>"
            "<Dial timeLimit='600'><Conference>b</Conference></Dial></Response>",
        )
        await made.advance(5)

        def press(tx: Transaction) -> None:
            tell(made.world, tx, "digits", tx.get(CallRecord, ACCOUNT, sid), "*")

        made.world.store.do(press)
        await made.advance(60)
        assert "time limit" not in made.timeline(sid)
        assert (await made.client.calls.fetch(CallSid(sid))).status == "in-progress"

    in_a_world(run)


def test_a_time_limit_counts_from_the_bridge_with_a_call_from_a_queue() -> None:
    async def run(made: Voice) -> None:
        made.documents["/left"] = "<Response><Pause length='100'/></Response>"
        made.documents["/done"] = "<Response><Say>That was all</Say></Response>"
        waits = await _running(
            made, "<Response><Enqueue action='/left'>support</Enqueue></Response>"
        )
        taker = await _running(
            made,
            "<Response><Dial timeLimit='10' action='/done'><Queue>support</Queue></Dial></Response>",
        )
        await made.advance(8)
        assert not made.sent("/done")
        await made.advance(5)
        (done,) = made.sent("/done")
        assert (done.params["DialCallStatus"], done.params["DialCallDuration"]) == (
            "completed",
            "10",
        )
        assert "time limit" in made.timeline(taker)
        assert [one.params["QueueResult"] for one in made.sent("/left")] == ["bridged"]
        assert (await made.client.calls.fetch(CallSid(waits))).status == "in-progress"

    in_a_world(run)


# -- REFER


_DIAL = "<Response><Dial {}><Sip>sip:bob@example.com</Sip></Dial><Say>behind</Say></Response>"


def test_an_endpoint_that_refers_is_replaced_by_the_document_of_refer_url() -> None:
    async def run(made: Voice) -> None:
        made.behave("sip:bob*", refers="sip:anna@example.com", answer=1)
        made.documents["/refer"] = "<Response><Say>One moment</Say></Response>"
        sid = await _running(made, _DIAL.format("referUrl='/refer' referMethod='GET'"))
        await made.advance(20)
        (asked,) = made.sent("/refer")
        assert asked.method == "GET" and asked.params["ReferTransferTarget"] == (
            "sip:anna@example.com"
        )
        assert asked.params["CallSid"] == sid
        kinds = made.timeline(sid)
        assert "referred" in kinds and kinds.index("Say") > kinds.index("referred")
        assert kinds.count("Say") == 1
        legs = [one async for one in made.client.calls.list(parent_call_sid=CallSid(sid))]
        assert [str(one.status) for one in legs] == ["completed"]

    in_a_world(run)


def test_without_a_refer_url_nothing_changes() -> None:
    async def run(made: Voice) -> None:
        made.behave("sip:bob*", refers="sip:anna@example.com", answer=1, hangs_up=30)
        sid = await _running(made, _DIAL.format(""))
        await made.advance(20)
        assert "referred" not in made.timeline(sid) and "Say" not in made.timeline(sid)
        (leg,) = [one async for one in made.client.calls.list(parent_call_sid=CallSid(sid))]
        assert leg.status == "in-progress" and "refer refused" in made.timeline(str(leg.sid))
        await made.advance(20)
        assert "Say" in made.timeline(sid)

    in_a_world(run)


# -- transcriptions


def test_a_recording_is_transcribed_even_after_the_call() -> None:
    async def run(made: Voice) -> None:
        made.behave(CALLEE, hangs_up=6)
        sid = await _running(
            made, "<Response><Record timeout='5' transcribeCallback='/said'/></Response>"
        )
        await made.advance(30)
        (said,) = made.sent("/said")
        assert said.params["TranscriptionStatus"] == "completed"
        assert said.params["TranscriptionText"] == "This is what was said after the tone."
        assert said.params["TranscriptionSid"].startswith("TR")
        assert said.params["CallSid"] == sid and said.params["CallStatus"] == "completed"
        (recording,) = [one async for one in made.client.recordings.list()]
        assert said.params["RecordingSid"] == recording.sid
        assert said.params["RecordingUrl"].endswith(str(recording.sid))
        assert made.timeline(sid).count("transcription") == 1

    in_a_world(run)


@pytest.mark.parametrize(
    ("attributes", "status"),
    [("timeout='1'", "failed"), ("timeout='5' maxLength='200'", "failed")],
)
def test_what_is_too_short_or_too_long_cannot_be_transcribed(attributes: str, status: str) -> None:
    async def run(made: Voice) -> None:
        made.behave(CALLEE, speaks=1 if "maxLength" not in attributes else 300)
        await _running(
            made,
            f"<Response><Record {attributes} transcribeCallback='/said'/>"
            "<Pause length='100'/></Response>",
        )
        await made.advance(300)
        assert [one.params["TranscriptionStatus"] for one in made.sent("/said")][:1] == [status]

    in_a_world(run)


def test_transcribe_alone_stands_on_the_timeline() -> None:
    async def run(made: Voice) -> None:
        made.documents["/next"] = "<Response><Pause length='100'/></Response>"
        sid = await _running(
            made, "<Response><Record action='/next' transcribe='true'/></Response>"
        )
        await made.advance(30)
        assert made.timeline(sid).count("transcription") == 1
        silent = await _running(made, "<Response><Record action='/next'/></Response>")
        await made.advance(30)
        assert "transcription" not in made.timeline(silent)

    in_a_world(run)
