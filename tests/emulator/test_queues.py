"""Queues and who waits in them: names and sizes, positions and waits, and every way out."""

from __future__ import annotations

import pytest
from tests.emulator.rooms import call_of, hangs_up, in_a_world, post, up, waits
from tests.emulator.voice_world import Voice

from ringback.emulator import queues
from ringback.emulator.records import CallRecord, QueueRecord
from ringback.emulator.signals import _listeners, listens
from ringback.emulator.store import Transaction
from ringback.emulator.world import World
from twilio_voice import errors

ELSEWHERE = "http://app.test/elsewhere"


@in_a_world
async def test_made_found_changed_and_removed(voice: Voice) -> None:
    client = voice.client.queues
    made = await client.create(friendly_name="sales", max_size=3)
    assert (made.friendly_name, made.max_size, made.current_size, made.average_wait_time) == (
        "sales",
        3,
        0,
        0,
    )
    assert (await client.create(friendly_name="support")).max_size == 1000
    changed = await client.update(made.sid, friendly_name="orders", max_size=5000)
    assert (changed.friendly_name, changed.max_size) == ("orders", 5000)
    assert (await client.update(made.sid, friendly_name="orders")).friendly_name == "orders"
    assert [one.friendly_name async for one in client.list()] == ["support", "orders"]
    await client.delete(made.sid)
    with pytest.raises(errors.NotFound):
        await client.fetch(made.sid)


@in_a_world
async def test_a_name_is_taken_once(voice: Voice) -> None:
    client = voice.client.queues
    await client.create(friendly_name="sales")
    other = await client.create(friendly_name="support")
    for attempt in (
        client.create(friendly_name="sales"),
        client.update(other.sid, friendly_name="sales"),
        client.create(friendly_name=" "),
    ):
        with pytest.raises(errors.BadRequest):
            await attempt
    assert (await client.fetch(other.sid)).friendly_name == "support"


async def _shared(voice: Voice) -> None:
    client = voice.client.queues
    first = await client.create(friendly_name="sales")
    second = await client.create(friendly_name="sales")
    assert first.sid != second.sid
    (sid,) = await up(voice, 1)
    queue = await waits(voice, sid, "sales")
    assert queue == first.sid


test_names_may_be_shared_by_a_setting = in_a_world(_shared, queues_may_share_a_name=True)


@in_a_world
async def test_members_have_places_and_waits(voice: Voice) -> None:
    first, second, third = await up(voice, 3)
    queue = await waits(voice, first, "sales")
    assert queue is not None
    await voice.advance(10)
    await waits(voice, second, "sales")
    await voice.advance(20)
    await waits(voice, third, "sales")
    shown = await voice.client.queues.fetch(queue)
    assert (shown.current_size, shown.average_wait_time, shown.max_size) == (3, 17, 1000)
    members = [one async for one in voice.client.members.list(queue)]
    assert [(one.call_sid, one.position, one.wait_time) for one in members] == [
        (first, 1, 30),
        (second, 2, 20),
        (third, 3, 0),
    ]
    front = await voice.client.members.fetch(queue, "Front")
    assert (front.call_sid, front.position) == (first, 1)
    await hangs_up(voice, first)
    moved = await voice.client.members.fetch(queue, third)
    assert (moved.position, moved.wait_time) == (2, 0)
    with pytest.raises(errors.NotFound):
        await voice.client.members.fetch(queue, first)


@in_a_world
async def test_pages_of_members_keep_their_places(voice: Voice) -> None:
    sids = await up(voice, 5)
    for sid in sids:
        queue = await waits(voice, sid, "sales")
    assert queue is not None
    pages = voice.client.members.list(queue, page_size=2)
    assert [(one.call_sid, one.position) async for one in pages] == [
        (sid, place) for place, sid in enumerate(sids, 1)
    ]


@in_a_world
async def test_a_full_queue_takes_nobody(voice: Voice) -> None:
    first, second = await up(voice, 2)
    assert await waits(voice, first, "small", max_size=1) is not None
    assert await waits(voice, second, "small", max_size=1) is None
    assert "queue full" in voice.timeline(second)
    assert call_of(voice, second).queue_sid == ""


@in_a_world
async def test_one_is_taken_out_through_the_api(voice: Voice) -> None:
    voice.documents["/elsewhere"] = "<Response><Pause length='60'/></Response>"
    first, second = await up(voice, 2)
    queue = await waits(voice, first, "sales")
    assert queue is not None
    await waits(voice, second, "sales")
    await voice.advance(5)
    left = await voice.client.members.update(queue, "Front", url=ELSEWHERE, method="GET")
    assert (left.call_sid, left.position, left.wait_time) == (first, 1, 5)
    await voice.advance(1)
    (request,) = voice.sent("/elsewhere")
    assert (request.method, request.params["CallSid"]) == ("GET", first)
    assert (await voice.client.calls.fetch(first)).status == "in-progress"
    assert (await voice.client.members.fetch(queue, "Front")).call_sid == second
    with pytest.raises(errors.BadRequest):
        await voice.client.members.update(queue, second, url="not a url")
    with pytest.raises(errors.NotFound):
        await voice.client.members.update(queue, first, url=ELSEWHERE)


@in_a_world
async def test_who_leaves_is_told_with_the_result(voice: Voice) -> None:
    told: list[tuple[str, str, int, str]] = []

    def note(
        world: World,
        tx: Transaction,
        call: CallRecord,
        result: str,
        waited: int,
        queue: QueueRecord,
    ) -> None:
        told.append((call.sid, result, waited, queue.friendly_name))

    listens("queue.left")(note)
    try:
        first, second, third = await up(voice, 3)
        for sid in (first, second, third):
            await waits(voice, sid, "sales")
        await voice.advance(7)
        await hangs_up(voice, first)
        await voice.client.calls.update(second, twiml="<Response><Pause length='9'/></Response>")
        call = call_of(voice, third)
        voice.world.store.do(lambda tx: queues.leave(voice.world, tx, call, "bridged", by="CA1"))
    finally:
        _listeners["queue.left"].remove(note)
    assert told == [
        (first, "hangup", 7, "sales"),
        (second, "redirected", 7, "sales"),
        (third, "bridged", 7, "sales"),
    ]
    assert call_of(voice, third).queue_sid == ""


@in_a_world
async def test_a_queue_with_calls_is_not_removed(voice: Voice) -> None:
    (sid,) = await up(voice, 1)
    queue = await waits(voice, sid, "sales")
    assert queue is not None
    with pytest.raises(errors.BadRequest):
        await voice.client.queues.delete(queue)
    await hangs_up(voice, sid)
    await voice.client.queues.delete(queue)


async def _removed(voice: Voice) -> None:
    (sid,) = await up(voice, 1)
    queue = await waits(voice, sid, "sales")
    assert queue is not None
    await voice.client.queues.delete(queue)
    assert call_of(voice, sid).queue_sid == ""
    with pytest.raises(errors.NotFound):
        await voice.client.queues.fetch(queue)


test_a_setting_lets_it_be_removed = in_a_world(_removed, delete_filled_queue=True)


@pytest.mark.parametrize("size", [0, -1, 5001])
def test_sizes_are_held_to_their_limits(size: int) -> None:
    async def inside(voice: Voice) -> None:
        body = f"FriendlyName=a&MaxSize={size}"
        answer = await post(voice, "Queues.json", body)
        assert answer.status_code == 400
        assert answer.json()["code"] == 20001

    in_a_world(inside)()


@in_a_world
async def test_a_name_has_64_characters_at_most(voice: Voice) -> None:
    assert (await post(voice, "Queues.json", "FriendlyName=" + "x" * 64)).status_code == 201
    answer = await post(voice, "Queues.json", "FriendlyName=" + "y" * 65)
    assert (answer.status_code, answer.json()["code"]) == (400, 20001)
