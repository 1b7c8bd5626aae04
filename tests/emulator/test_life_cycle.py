"""The life of a call under the manual clock: every way it can go, with its exact callbacks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from tests.emulator.voice_world import CALLEE, NUMBER, STATUS, TWIML, Voice, voice

from ringback.emulator import Settings
from twilio_voice import Call, errors
from twilio_voice._runtime.signing import signature
from twilio_voice._runtime.values import parse_rfc2822
from twilio_voice.models import CallEvent

EVENTS = list(CallEvent)


def in_a_world(test: Callable[[Voice], Awaitable[None]]) -> Callable[[], None]:
    """Run a test in a world of its own."""

    def run() -> None:
        async def inside() -> None:
            async with voice() as made:
                await test(made)

        asyncio.run(inside())

    run.__name__ = test.__name__
    run.__doc__ = test.__doc__
    return run


async def _call(voice: Voice, **more: Any) -> Call:
    given = {"status_callback": STATUS, "status_callback_event": EVENTS, "url": TWIML, **more}
    return await voice.client.calls.create(to=CALLEE, from_=NUMBER, **given)


@in_a_world
async def test_answered_and_hung_up_by_the_callee(voice: Voice) -> None:
    voice.behave(CALLEE, answer=3, hangs_up=10)
    call = await _call(voice)
    assert (call.status, call.queue_time, call.duration, call.start_time) == (
        "queued",
        0,
        None,
        None,
    )
    await voice.advance(0.5)
    assert (await voice.client.calls.fetch(call.sid)).status == "ringing"
    await voice.advance(3)
    assert (await voice.client.calls.fetch(call.sid)).status == "in-progress"
    await voice.advance(60)
    ended = await voice.client.calls.fetch(call.sid)
    assert (ended.status, ended.duration, str(ended.price)) == ("completed", 10, "-0.0140")
    assert voice.statuses() == ["initiated", "ringing", "in-progress", "completed"]
    assert [one.params["SequenceNumber"] for one in voice.sent("/status")] == ["0", "1", "2", "3"]
    last = voice.sent("/status")[-1].params
    assert (last["CallDuration"], last["Duration"], last["SipResponseCode"]) == ("10", "1", "200")
    assert last["CallbackSource"] == "call-progress-events"
    assert parse_rfc2822(last["Timestamp"]) == ended.end_time
    assert [one.path for one in voice.webhooks].count("/twiml") == 1


@pytest.mark.parametrize(
    ("behaviour", "status", "sip"),
    [
        ({"busy": True}, "busy", "486"),
        ({"ignores": True}, "no-answer", "487"),
        ({"answer": 100}, "no-answer", "487"),
        ({"fails": 404}, "failed", "404"),
        ({"fails": 503}, "failed", "503"),
    ],
)
def test_never_answered(behaviour: dict[str, Any], status: str, sip: str) -> None:
    async def inside() -> None:
        async with voice() as made:
            made.behave(CALLEE, **behaviour)
            call = await _call(made, timeout=20)
            await made.advance(120)
            ended = await made.client.calls.fetch(call.sid)
            assert (ended.status, ended.duration, ended.start_time, ended.price) == (
                status,
                None,
                None,
                None,
            )
            last = made.sent("/status")[-1].params
            assert (last["CallStatus"], last["SipResponseCode"], last["CallDuration"]) == (
                status,
                sip,
                "0",
            )
            before = ["initiated"] if status == "failed" else ["initiated", "ringing"]
            assert made.statuses() == [*before, status]
            assert not made.sent("/twiml")

    asyncio.run(inside())


@in_a_world
async def test_no_answer_comes_at_the_timeout(voice: Voice) -> None:
    voice.behave(CALLEE, ignores=True)
    call = await _call(voice, timeout=20)
    await voice.advance(20.4)
    assert (await voice.client.calls.fetch(call.sid)).status == "ringing"
    await voice.advance(0.2)
    assert (await voice.client.calls.fetch(call.sid)).status == "no-answer"


@pytest.mark.parametrize("wanted", ["canceled", "completed"])
@pytest.mark.parametrize("after", [0.0, 1.0])
def test_ended_before_the_answer_is_canceled(wanted: Any, after: float) -> None:
    async def inside() -> None:
        async with voice() as made:
            await _call(made)
            call = await _call(made) if not after else await made.client.calls.list().first()
            assert call is not None
            await made.advance(after)
            changed = await made.client.calls.update(call.sid, status=wanted)
            assert changed.status == "canceled"
            await made.advance(60)
            again = await made.client.calls.fetch(call.sid)
            assert (again.status, again.duration) == ("canceled", None)
            mine = [
                one.params["CallStatus"]
                for one in made.sent("/status")
                if one.params["CallSid"] == call.sid
            ]
            assert mine[-1] == "canceled"

    asyncio.run(inside())


@in_a_world
async def test_canceling_a_running_call_changes_nothing_and_completing_ends_it(
    voice: Voice,
) -> None:
    call = await _call(voice)
    await voice.advance(5)
    assert (await voice.client.calls.update(call.sid, status="canceled")).status == "in-progress"
    assert (await voice.client.calls.update(call.sid, status="completed")).status == "completed"
    with pytest.raises(errors.BadRequest) as caught:
        await voice.client.calls.update(call.sid, url=TWIML)
    assert (caught.value.code, caught.value.message) == (
        21220,
        "Call is not in-progress. Cannot redirect.",
    )


@in_a_world
async def test_the_time_limit_ends_a_call(voice: Voice) -> None:
    call = await _call(
        voice, time_limit=15, twiml="<Response><Pause length='100'/></Response>", url=""
    )
    await voice.advance(2.5 + 14.9)
    assert (await voice.client.calls.fetch(call.sid)).status == "in-progress"
    await voice.advance(0.2)
    ended = await voice.client.calls.fetch(call.sid)
    assert (ended.status, ended.duration) == ("completed", 15)


@in_a_world
async def test_only_completed_is_told_unless_more_is_asked_for(voice: Voice) -> None:
    voice.behave(CALLEE, hangs_up=1)
    await voice.client.calls.create(to=CALLEE, from_=NUMBER, url=TWIML, status_callback=STATUS)
    await voice.advance(10)
    assert voice.statuses() == ["completed"]
    assert voice.sent("/status")[0].params["SequenceNumber"] == "3"


@in_a_world
async def test_thirty_calls_at_one_a_second(voice: Voice) -> None:
    voice.behave(CALLEE, hangs_up=1)
    calls = [await _call(voice) for _ in range(30)]
    assert [call.queue_time for call in calls] == [1000 * number for number in range(30)]
    start = voice.world.clock.now()
    await voice.advance(60)
    begun = [one for one in voice.sent("/status") if one.params["CallStatus"] == "initiated"]
    assert [one.params["CallSid"] for one in begun] == [call.sid for call in calls]
    assert [one.at - start for one in begun[1:]] == [1000 * number for number in range(1, 30)]


@pytest.mark.parametrize(
    ("machine", "mode", "answered_by"),
    [
        (None, "Enable", "human"),
        ("start", "Enable", "machine_start"),
        ("fax", "Enable", "fax"),
        ("unknown", "Enable", "unknown"),
        ("beep", "DetectMessageEnd", "machine_end_beep"),
        ("silence", "DetectMessageEnd", "machine_end_silence"),
        ("other", "DetectMessageEnd", "machine_end_other"),
    ],
)
def test_machine_detection_holds_the_instructions_back(
    machine: str | None, mode: Any, answered_by: str
) -> None:
    async def inside() -> None:
        async with voice() as made:
            made.behave(CALLEE, **({"machine": machine} if machine else {}))
            call = await _call(made, machine_detection=mode)
            await made.advance(3)
            assert not made.sent("/twiml")
            await made.advance(40)
            (request,) = made.sent("/twiml")
            assert request.params["AnsweredBy"] == answered_by
            assert int(request.params["MachineDetectionDuration"]) > 0
            assert (await made.client.calls.fetch(call.sid)).answered_by == answered_by

    asyncio.run(inside())


@in_a_world
async def test_machine_detection_beside_the_instructions(voice: Voice) -> None:
    voice.behave(CALLEE, machine="start")
    more = {"async_amd_status_callback": "http://app.test/amd", "async_amd": True}
    call = await _call(voice, machine_detection="Enable", **more)
    await voice.advance(20)
    assert [one.path for one in voice.webhooks if one.path != "/status"] == ["/twiml", "/amd"]
    assert "AnsweredBy" not in voice.sent("/twiml")[0].params
    assert voice.sent("/amd")[0].params == {
        "CallSid": call.sid,
        "AccountSid": call.account_sid,
        "AnsweredBy": "machine_start",
        "MachineDetectionDuration": "2400",
    }


@in_a_world
async def test_a_redirect_in_progress(voice: Voice) -> None:
    voice.documents["/other"] = "<Response><Say>Goodbye</Say></Response>"
    call = await _call(voice)
    await voice.advance(5)
    changed = await voice.client.calls.update(call.sid, url="http://app.test/other", method="GET")
    assert changed.status == "in-progress"
    await voice.advance(10)
    assert [one.method for one in voice.sent("/other")] == ["GET"]
    assert (await voice.client.calls.fetch(call.sid)).status == "completed"


async def _dialled(voice: Voice, **behaviour: Any) -> tuple[Call, Call]:
    """A parent in progress, and the child leg that its <Dial> has made."""
    voice.behave("+14155557777", **behaviour)
    voice.documents["/twiml"] = "<Response><Dial action='/after'>+14155557777</Dial></Response>"
    voice.documents["/after"] = "<Response><Say>Thank you</Say></Response>"
    parent = await _call(voice)
    await voice.advance(4)
    child = await voice.client.calls.list(parent_call_sid=parent.sid).first()
    assert child is not None
    return parent, child


@in_a_world
async def test_a_child_leg_that_ends_gives_its_parent_back(voice: Voice) -> None:
    parent, child = await _dialled(voice, answer=1, hangs_up=20)
    assert (child.direction, child.parent_call_sid, child.to) == (
        "outbound-dial",
        parent.sid,
        "+14155557777",
    )
    await voice.advance(60)
    (after,) = voice.sent("/after")
    assert (after.params["DialCallStatus"], after.params["DialCallSid"]) == ("completed", child.sid)
    assert (await voice.client.calls.fetch(child.sid)).duration == 20
    assert (await voice.client.calls.fetch(parent.sid)).status == "completed"


@in_a_world
async def test_a_parent_that_ends_takes_its_child_along(voice: Voice) -> None:
    parent, child = await _dialled(voice, answer=1)
    await voice.advance(5)
    await voice.client.calls.update(parent.sid, status="completed")
    await voice.advance(1)
    assert (await voice.client.calls.fetch(child.sid)).status == "completed"


@in_a_world
async def test_redirecting_the_parent_ends_an_unanswered_child(voice: Voice) -> None:
    parent, child = await _dialled(voice, ignores=True)
    voice.documents["/other"] = "<Response><Pause length='20'/></Response>"
    await voice.client.calls.update(parent.sid, url="http://app.test/other")
    await voice.advance(2)
    assert (await voice.client.calls.fetch(child.sid)).status == "canceled"
    assert (await voice.client.calls.fetch(parent.sid)).status == "in-progress"


@in_a_world
async def test_a_child_that_is_busy(voice: Voice) -> None:
    _, child = await _dialled(voice, busy=True)
    await voice.advance(10)
    assert voice.sent("/after")[0].params["DialCallStatus"] == "busy"
    assert (await voice.client.calls.fetch(child.sid)).status == "busy"


@in_a_world
async def test_only_what_is_over_can_be_deleted(voice: Voice) -> None:
    call = await _call(voice)
    with pytest.raises(errors.Conflict) as caught:
        await voice.client.calls.delete(call.sid)
    assert caught.value.code == 20009
    await voice.client.calls.update(call.sid, status="canceled")
    await voice.client.calls.delete(call.sid)
    with pytest.raises(errors.NotFound) as gone:
        await voice.client.calls.fetch(call.sid)
    assert gone.value.code == 20404
    assert gone.value.message.endswith(f"/Calls/{call.sid}.json was not found")


@in_a_world
async def test_webhooks_are_signed_with_the_accounts_token(voice: Voice) -> None:
    from tests.emulator.voice_world import TOKEN

    await _call(voice, status_callback_method="GET", method="POST")
    await voice.advance(5)
    posted = voice.sent("/twiml")[0]
    wanted = signature(TOKEN, TWIML, {name: [value] for name, value in posted.params.items()})
    assert posted.headers["x-twilio-signature"] == wanted
    assert {one.method for one in voice.sent("/status")} == {"GET"}


def test_the_same_seed_and_requests_give_the_same_story() -> None:
    async def story() -> list[Any]:
        async with voice(Settings(seed=7), seed=7) as made:
            made.behave(CALLEE, hangs_up=4)
            call = await _call(made, record=True)
            await made.advance(30)
            entries = made.world.store.do(lambda tx: tx.notes(call.sid))
            return [
                call,
                [(e.at, e.kind, e.data) for e in entries],
                [(w.at, w.params) for w in made.webhooks],
            ]

    assert asyncio.run(story()) == asyncio.run(story())
