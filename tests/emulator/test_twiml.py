"""TwiML at its edges: any document at all, a process that dies between any two events, requests that are too late."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.emulator.voice_world import ACCOUNT, CALLEE, NUMBER, Voice, voice

from ringback.emulator import ManualClock, Settings, Store, World, calls, conferences, parts, twiml
from ringback.emulator.records import (
    AccountRecord,
    BehaviourRecord,
    CallRecord,
    ConferenceRecord,
    MemberRecord,
    NotificationRecord,
    NumberRecord,
)
from ringback.emulator.signals import tell
from ringback.emulator.store import Transaction
from ringback.emulator.twiml.vocabulary import words
from ringback.vocabulary import Choice, Flag, Several, Whole

CALLER = "+14155559999"
HOST = "http://app.test"


# -- any document


def values_for(rule: Any) -> st.SearchStrategy[str]:
    """Right values mostly, and wrong ones."""
    odd = st.sampled_from(["", "x", "-1", "//[", "\u0661", "http://", "0", "9" * 30])
    if isinstance(rule, Whole):
        return st.integers(rule.minimum, min(rule.maximum, rule.minimum + 20)).map(str) | odd
    if isinstance(rule, Flag):
        return st.sampled_from(("true", "false", *rule.also)) | odd
    if isinstance(rule, (Choice, Several)):
        return st.sampled_from(rule.values or ("1",)) | odd
    near = ["/again.xml", "/next.xml", "anna", "5", "#", "+14155550199", "https://other.test/x"]
    return st.sampled_from(near) | odd


@st.composite
def elements(draw: st.DrawFn, name: str = "Response", depth: int = 0) -> str:
    """An element with some of its attributes and children, sometimes others'."""
    word = words()[name]
    chosen = (
        draw(st.lists(st.sampled_from(sorted(word.attributes)), max_size=5, unique=True))
        if word.attributes
        else []
    )
    attributes = "".join(
        f" {key}={quoteattr(draw(values_for(word.attributes[key])))}" for key in chosen
    )
    texts = [
        "",
        "Hello there",
        "+14155550199",
        "sip:anna@example.com",
        "support",
        "/next.xml",
        "AP" + "0" * 32,
    ]
    inside = draw(st.sampled_from(texts)) if word.text else ""
    if word.children and depth < 3:
        names = (
            st.sampled_from(word.children)
            if draw(st.integers(0, 9))
            else st.sampled_from(sorted(words()))
        )
        for child in draw(st.lists(names, max_size=4)):
            inside += draw(elements(name=child, depth=depth + 1))
    return f"<{name}{attributes}>{inside}</{name}>"


BEHAVIOURS: list[dict[str, Any]] = [
    {},
    {"presses": "1"},
    {"presses": ["12#", "*"], "hangs_up": 30},
    {"says": "yes please", "speaks": 1},
    {"busy": True},
    {"machine": "beep", "answer": 0},
]


@given(
    st.lists(elements(), min_size=2, max_size=2),
    st.lists(st.sampled_from(BEHAVIOURS), min_size=2, max_size=2),
    st.integers(0, 1),
    st.sampled_from(["redirect legs", "end legs", "end conferences", "empty queues"]),
)
@settings(
    max_examples=int(os.environ.get("RINGBACK_EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_any_document_runs_to_an_end(
    documents: list[str], behaviours: list[dict[str, Any]], redirected: int, meddled: str
) -> None:
    """Two calls run it, are talked to and redirected, others meddle; what is left is ended calls."""

    async def run() -> None:
        async with voice(Settings(seed=1, calls_per_second=1000, twiml_steps=30)) as made:
            made.documents.update({"/again.xml": documents[0], "/next.xml": documents[1]})
            made.behave("*", **behaviours[1])
            made.world.store.do(lambda tx: number(tx, "/again.xml"))
            sids = [inbound(made, behaviours[0]).sid]
            await made.advance(7)
            sids.append(inbound(made, behaviours[0]).sid)
            for _ in range(3):
                await made.advance(5)
                for sid in sids:
                    signal(made, sid, "digits", "1*#")
                    signal(made, sid, "speech", "hello")
                await made.advance(0)
            redirect(made, sids[redirected], "/next.xml")
            await made.advance(10)
            meddle(made, meddled)
            await made.advance(60)
            for call in made.world.store.do(lambda tx: tx.everything(CallRecord)):
                hang_up(made, call.sid)
            await made.advance(10)
            for call in made.world.store.do(lambda tx: tx.everything(CallRecord)):
                assert call.is_over and call.program is None, (call, made.timeline(call.sid))
            assert made.world.store.do(lambda tx: tx.next_due()) is None

    asyncio.run(run())


def number(tx: Transaction, path: str) -> None:
    """Let the account's number run a document."""
    found = tx.named(NumberRecord, ACCOUNT, NUMBER)[0]
    found.voice_url = HOST + path
    tx.save(found)


def inbound(made: Voice, behaviour: dict[str, Any]) -> CallRecord:
    """Somebody calls the account's number."""
    world = made.world
    return world.store.do(lambda tx: twiml.inbound(world, tx, ACCOUNT, CALLER, NUMBER, behaviour))


def hang_up(made: Voice, sid: str) -> None:
    """End a call, if it has not ended."""

    def work(tx: Transaction) -> None:
        call = tx.get(CallRecord, ACCOUNT, sid)
        if call is not None and not call.is_over:
            calls.end(made.world, tx, call, "completed")

    made.world.store.do(work)


def redirect(made: Voice, sid: str, path: str) -> None:
    """Give a call new instructions, if it has been answered and has not ended."""

    def work(tx: Transaction) -> None:
        call = tx.get(CallRecord, ACCOUNT, sid)
        if call is not None and call.status == "in-progress":
            calls.redirect(made.world, tx, call, {"url": HOST + path})

    made.world.store.do(work)


def meddle(made: Voice, how: str) -> None:
    """What the API can do to legs, rooms and queues while TwiML runs in them."""
    store = made.world.store
    legs = [call for call in store.do(lambda tx: tx.everything(CallRecord)) if call.parent_call_sid]
    if how == "redirect legs":
        for leg in legs:
            redirect(made, leg.sid, "/again.xml")
    elif how == "end legs":
        for leg in legs:
            hang_up(made, leg.sid)
    elif how == "end conferences":
        store.do(lambda tx: end_conferences(made, tx))
    elif how == "empty queues":
        for member in store.do(lambda tx: tx.everything(MemberRecord)):
            redirect(made, member.call_sid, "/again.xml")


def end_conferences(made: Voice, tx: Transaction) -> None:
    """End every room through the API."""
    for room in tx.everything(ConferenceRecord):
        conferences.end(made.world, tx, room, "conference-ended-via-api")


def signal(made: Voice, sid: str, name: str, text: str) -> None:
    """Press keys, or say something, on a call that has not ended."""

    def work(tx: Transaction) -> None:
        call = tx.get(CallRecord, ACCOUNT, sid)
        if call is not None and not call.is_over:
            tell(made.world, tx, name, call, text)

    made.world.store.do(work)


# -- a process that dies

PROGRAM = {
    "/main.xml": """<Response>
        <Gather numDigits="2" action="/keys.xml"><Say>Two digits please, as fast as you can</Say></Gather>
        </Response>""",
    "/keys.xml": """<Response>
        <Dial action="/after.xml" record="record-from-answer" timeout="20">
        <Number url="/screen.xml">+14155550191</Number><Number>+14155550192</Number></Dial></Response>""",
    "/screen.xml": "<Response><Say>Somebody wants to talk to you</Say></Response>",
    "/after.xml": "<Response><Enqueue waitUrl='/wait.xml'>support</Enqueue><Record action='/end.xml'/></Response>",
    "/end.xml": "<Response><Say>Thank you</Say></Response>",
    "/wait.xml": "<Response><Say>Please wait</Say><Pause length='3'/><Leave/></Response>",
}


def world_in(file: Path) -> World:
    """A process: all it knows is in its file."""
    parts.load()

    def answer(request: httpx2.Request) -> httpx2.Response:
        headers = {"content-type": "text/xml"}
        return httpx2.Response(200, text=PROGRAM.get(request.url.path, ""), headers=headers)

    store = Store(f"sqlite:///{file}", ManualClock(), seed=1)
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(answer))
    return World(store, Settings(seed=1), http)


def told(file: Path, step: int) -> list[Any]:
    """The stories of all calls, when the process is another one after each step (in ms) of time."""

    async def run(work: Callable[[World], Any]) -> None:
        world = world_in(file)
        await work(world)
        world.store.close()

    async def begin(world: World) -> None:
        def fill(tx: Transaction) -> None:
            tx.add(AccountRecord(account_sid=ACCOUNT, auth_token="t"))
            tx.add(
                NumberRecord(
                    account_sid=ACCOUNT, sid="PN1", number=NUMBER, voice_url=f"{HOST}/main.xml"
                )
            )
            behaviour = {"presses": "12", "speaks": 4, "answer": 1}
            short = BehaviourRecord(
                account_sid=ACCOUNT, sid="B", pattern="+1415555019*", behaviour={"hangs_up": 20}
            )
            tx.add(short)
            twiml.inbound(world, tx, ACCOUNT, CALLER, NUMBER, behaviour)

        world.store.do(fill)
        await world.advance(0)

    asyncio.run(run(begin))
    for _ in range(120_000 // step):
        asyncio.run(run(lambda world: world.advance(step)))
    world = world_in(file)
    there = world.store.do(lambda tx: tx.everything(CallRecord))
    story = [world.store.do(lambda tx, sid=call.sid: tx.notes(sid)) for call in there]  # type: ignore[misc]
    world.store.close()
    return story


def test_a_call_goes_on_in_another_process(tmp_path: Path) -> None:
    whole = told(tmp_path / "whole.db", 120_000)
    assert [entry.kind for entry in whole[0]].count("bridged") == 1
    ended = {"Leave", "Record", "recording completed", "completed"}
    assert ended <= {entry.kind for entry in whole[0]}
    assert told(tmp_path / "pieces.db", 800) == whole


# -- too late, and the wrong way


def in_a_world(test: Callable[[Voice], Any]) -> None:
    """Run a test in a world of its own."""

    async def run() -> None:
        async with voice(Settings(seed=1, calls_per_second=1000)) as made:
            await test(made)

    asyncio.run(run())


def kinds(made: Voice, sid: str) -> list[str]:
    """What a call has done, without how it was set up."""
    return [
        kind
        for kind in made.timeline(sid)
        if kind not in ("queued", "initiated", "ringing", "answered")
    ]


def test_keys_that_nobody_asked_for_do_nothing() -> None:
    async def run(made: Voice) -> None:
        made.documents["/twiml"] = (
            "<Response><Say>one two three</Say><Pause length='5'/></Response>"
        )
        call = await made.client.calls.create(to=CALLEE, from_=NUMBER, url=f"{HOST}/twiml")
        await made.advance(3)
        signal(made, call.sid, "digits", "123#*")
        signal(made, call.sid, "speech", "hello")
        await made.advance(20)
        assert kinds(made, call.sid) == ["fetched", "Say", "Pause", "completed"]

    in_a_world(run)


def test_keys_before_there_is_a_document_do_nothing() -> None:
    async def run(made: Voice) -> None:
        made.world.store.do(lambda tx: number(tx, "/twiml"))
        call = inbound(made, {})
        signal(made, call.sid, "digits", "1*")
        signal(made, call.sid, "speech", "hello")
        await made.advance(40)
        assert kinds(made, call.sid) == ["fetched", "Pause", "completed"]

    in_a_world(run)


def test_leftover_keys_do_not_reach_the_next_gather() -> None:
    async def run(made: Voice) -> None:
        gather = "<Gather numDigits='1' action='/{}'/>"
        made.documents["/twiml"] = f"<Response>{gather.format('next')}</Response>"
        made.documents["/next"] = f"<Response>{gather.format('last')}<Say>Nothing</Say></Response>"
        made.behave("*", presses=["1#9"])
        call = await made.client.calls.create(to=CALLEE, from_=NUMBER, url=f"{HOST}/twiml")
        await made.advance(30)
        assert [hook.params["Digits"] for hook in made.sent("/next")] == ["1"]
        assert made.sent("/last") == []
        assert "Say" in made.timeline(call.sid)

    in_a_world(run)


def test_inline_twiml_has_no_address_for_relative_ones() -> None:
    async def run(made: Voice) -> None:
        call = await made.client.calls.create(
            to=CALLEE, from_=NUMBER, twiml="<Response><Redirect>next.xml</Redirect></Response>"
        )
        await made.advance(10)
        errors = [
            one.error_code
            for one in made.world.store.do(lambda tx: tx.everything(NotificationRecord))
        ]
        assert (errors, kinds(made, call.sid)[-1]) == ([11100], "completed")

    in_a_world(run)


@pytest.mark.parametrize(
    ("location", "code"), [("//[", 11100), ("ftp://app.test/x", 11100), ("/twiml", 11215)]
)
def test_a_redirect_that_leads_nowhere_is_an_error(location: str, code: int) -> None:
    async def run(made: Voice) -> None:
        headers = {"location": location}
        made.documents["/twiml"] = lambda hook: httpx2.Response(302, headers=headers)
        call = await made.client.calls.create(to=CALLEE, from_=NUMBER, url=f"{HOST}/twiml")
        await made.advance(10)
        (note,) = made.world.store.do(lambda tx: tx.everything(NotificationRecord))
        assert (note.error_code, kinds(made, call.sid)[-1]) == (code, "completed")

    in_a_world(run)


def test_a_server_that_cannot_be_reached_or_is_too_slow_is_an_error() -> None:
    async def run(made: Voice) -> None:
        made.documents["/twiml"] = httpx2.ConnectError("refused")
        made.documents["/slow"] = httpx2.ReadTimeout("too slow")
        for path in ("/twiml", "/slow"):
            await made.client.calls.create(to=CALLEE, from_=NUMBER, url=HOST + path)
        await made.advance(20)
        found = made.world.store.do(lambda tx: tx.everything(NotificationRecord))
        assert sorted(note.error_code for note in found) == [11200, 11205]

    in_a_world(run)


def test_an_answer_that_comes_after_a_redirect_is_ignored() -> None:
    async def run(made: Voice) -> None:
        made.documents["/twiml"] = "<Response><Say>Too late</Say></Response>"
        made.documents["/other"] = "<Response><Say>In time</Say></Response>"
        call = await made.client.calls.create(to=CALLEE, from_=NUMBER, url=f"{HOST}/twiml")
        await made.advance(2.4)
        store = made.world.store
        assert isinstance(made.world.clock, ManualClock)
        made.world.clock.move(made.world.clock.now() + 100)
        while not store.do(lambda tx: tx.get(CallRecord, ACCOUNT, call.sid)).program:  # type: ignore[union-attr]
            await made.world.happen()
        await made.client.calls.update(call.sid, url=f"{HOST}/other")
        await made.advance(10)
        said = [
            entry.data["text"]
            for entry in store.do(lambda tx: tx.notes(call.sid))
            if entry.kind == "Say"
        ]
        assert said == ["In time"]

    in_a_world(run)


def test_a_call_to_no_number_of_the_account_is_refused() -> None:
    async def run(made: Voice) -> None:
        with pytest.raises(LookupError, match=r"\+1999"):
            made.world.store.do(lambda tx: twiml.inbound(made.world, tx, ACCOUNT, CALLER, "+1999"))

    in_a_world(run)


def test_an_application_is_dialled_and_runs_its_own_document() -> None:
    async def run(made: Voice) -> None:
        from ringback.emulator.records import ApplicationRecord

        sid = "AP" + "0" * 32
        record = ApplicationRecord(account_sid=ACCOUNT, sid=sid, voice_url=f"{HOST}/app")
        made.world.store.do(lambda tx: tx.add(record))
        made.documents["/app"] = "<Response><Say>I am the application</Say></Response>"
        made.documents["/twiml"] = (
            f"<Response><Dial action='/done'><Application><ApplicationSid>{sid}</ApplicationSid>"
            "</Application></Dial></Response>"
        )
        made.documents["/done"] = "<Response/>"
        await made.client.calls.create(to=CALLEE, from_=NUMBER, url=f"{HOST}/twiml")
        await made.advance(30)
        (done,) = made.sent("/done")
        assert (done.params["DialCallStatus"], done.params["DialBridged"]) == ("completed", "true")
        assert "Say" in made.timeline(done.params["DialCallSid"])

    in_a_world(run)
