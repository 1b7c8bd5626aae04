"""What goes wrong for one call, one webhook or one moment must not go wrong for the others."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx2
import pytest
from sqlalchemy.exc import OperationalError
from tests.emulator.voice_world import ACCOUNT, CALLEE, NUMBER, STATUS, TOKEN, TWIML, voice

from ringback.emulator import ManualClock, RealClock, Settings, Store, World
from ringback.emulator.calls import LONGEST
from ringback.emulator.records import BehaviourRecord, Delivery
from ringback.emulator.running import Emulator
from ringback.emulator.serve import Options, Unusable, prepared
from ringback.emulator.store import Transaction
from ringback.source import DocumentError
from twilio_voice import errors

PAUSE = "<Response>" + "<Pause length='3600'/>" * 30 + "</Response>"


def test_a_time_limit_beyond_everything_is_a_day() -> None:
    async def story() -> None:
        async with voice(Settings(seed=1, calls_per_second=100)) as one:
            for wanted in (10**18, 10**30, -5):
                call = await one.client.calls.create(
                    to=CALLEE, from_=NUMBER, twiml=PAUSE, time_limit=wanted
                )
                await one.advance(10)
                await one.client.calls.update(call.sid, time_limit=wanted)
                await one.advance(LONGEST)
                assert (await one.client.calls.fetch(call.sid)).duration == (
                    LONGEST if wanted > 0 else 1
                )

    asyncio.run(story())


def test_an_event_that_cannot_happen_does_not_hold_up_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def story() -> None:
        async with voice() as one:

            def break_it(tx: Transaction) -> None:
                tx.schedule(tx.now, "there is no such thing", ACCOUNT, "CA" + "0" * 32)

            one.world.store.do(break_it)
            call = await one.client.calls.create(to=CALLEE, from_=NUMBER, url=TWIML)
            with caplog.at_level(logging.CRITICAL):
                await one.advance(5)
            assert (await one.client.calls.fetch(call.sid)).status == "in-progress"
            told = one.world.store.do(lambda tx: tx.notes("CA" + "0" * 32))
            assert [entry.kind for entry in told] == ["error"]
            assert "could not happen: KeyError" in told[0].data["message"]

    asyncio.run(story())


def test_an_event_stays_when_it_is_the_database_that_fails() -> None:
    async def story() -> None:
        async with voice() as one:
            one.world.store.do(lambda tx: tx.schedule(tx.now + 1, "call.dial", ACCOUNT, "CA1"))
            run, failures = one.world.store.run, 3

            async def fails(work: Any, **how: Any) -> Any:
                nonlocal failures

                def broken(tx: Transaction) -> Any:
                    nonlocal failures
                    done = work(tx)
                    if failures:
                        failures -= 1
                        raise OperationalError("", None, OSError("disk full"))
                    return done

                return await run(broken, **how)

            one.world.store.run = fails  # type: ignore[method-assign]
            one.world.clock.move(one.world.clock.now() + 1)
            for _ in range(3):
                with pytest.raises(OperationalError):
                    await one.world.happen()
            one.world.store.run = run  # type: ignore[method-assign]
            assert await one.world.happen()
            assert not await one.world.happen()

    asyncio.run(story())


class Receiver:
    """A real receiver of webhooks, which sets a cookie; for what the client of the courier keeps."""

    def __init__(self) -> None:
        self.cookies: list[str | None] = []
        cookies = self.cookies

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                cookies.append(self.headers["Cookie"])
                self.send_response(204)
                self.send_header("Set-Cookie", f"session={len(cookies)}; Path=/")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __enter__(self) -> Receiver:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _sent(subject: str, url: str) -> Delivery:
    return Delivery(account=ACCOUNT, subject=subject, url=url, params=[("a", "b")])


def test_a_cookie_that_was_set_for_one_call_does_not_come_with_another() -> None:
    store = Store("sqlite://", ManualClock(), seed=1)
    world = World(store, Settings())

    async def story() -> None:
        for number in range(2):
            store.do(lambda tx: tx.send(_sent(f"CA{number}", receiver.url)))  # noqa: B023
            assert await world.courier.step()
        await world.courier.close()

    with Receiver() as receiver:
        asyncio.run(story())
    store.close()
    assert receiver.cookies == [None, None]


def test_the_courier_goes_on_after_the_database_failed(caplog: pytest.LogCaptureFixture) -> None:
    store = Store("sqlite://", RealClock())
    seen: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(str(request.url))
        return httpx2.Response(204)

    world = World(store, Settings(), httpx2.AsyncClient(transport=httpx2.MockTransport(answer)))
    take, failures = Transaction.take_delivery, 1

    def fails(tx: Transaction, lease: int, **how: Any) -> Any:
        nonlocal failures
        if failures:
            failures -= 1
            raise OperationalError("", None, OSError("disk full"))
        return take(tx, lease, **how)

    async def story() -> None:
        await world.start()
        store.do(lambda tx: tx.send(_sent("CA1", "http://app.test/")))
        for _ in range(200):
            await asyncio.sleep(0.01)
            if seen:
                break
        await world.stop()

    with pytest.MonkeyPatch.context() as patch, caplog.at_level(logging.CRITICAL):
        patch.setattr(Transaction, "take_delivery", fails)
        asyncio.run(story())
    store.close()
    assert seen == ["http://app.test/"]


def test_a_connection_that_does_not_come_about_is_tried_again() -> None:
    async def story() -> None:
        async with voice() as one:
            one.documents["/status"] = httpx2.ConnectTimeout("too slow")
            one.behave(CALLEE, busy=True)
            await one.client.calls.create(
                to=CALLEE, from_=NUMBER, url=TWIML, status_callback=STATUS
            )
            await one.advance(10)
            assert one.statuses() == ["busy", "busy"]

    asyncio.run(story())


def test_time_that_ran_faster_does_not_go_back_after_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'calls.db'}"
    fast = Store(url, RealClock(start=2_000_000_000_000))
    fast.do(lambda tx: tx.note(ACCOUNT, "CA1", "queued"))
    fast.close()
    for clock in (RealClock(), RealClock(60), ManualClock()):
        again = Store(url, clock)
        assert clock.now() >= 2_000_000_000_000
        again.close()


def test_a_webhook_that_is_due_does_not_wake_the_engine() -> None:
    store = Store("sqlite://", ManualClock())
    store.do(lambda tx: tx.send(_sent("CA1", "http://app.test/")))
    assert store.do(lambda tx: tx.next_event()) is None
    assert store.do(lambda tx: tx.next_due()) == ManualClock.START
    store.close()


def test_a_file_serves_one_emulator_at_a_time(tmp_path: Path) -> None:
    options = Options(port=0, database=str(tmp_path / "calls.db"))
    first = prepared(options)
    with pytest.raises(Unusable, match=r"another emulator uses .*calls\.db"):
        prepared(options)
    sid = first.account.account_sid
    first.close()
    second = prepared(options)
    assert second.account.account_sid == sid
    second.close()


def test_how_long_machine_detection_may_take_is_a_setting() -> None:
    async def story() -> None:
        async with voice(Settings(seed=1, machine_detection_timeouts=(3, 59))) as one:
            for wanted in (2, 60):
                with pytest.raises(errors.BadRequest) as caught:
                    await one.client.calls.create(
                        to=CALLEE,
                        from_=NUMBER,
                        url=TWIML,
                        machine_detection="Enable",
                        machine_detection_timeout=wanted,
                    )
                assert caught.value.code == 21234

    asyncio.run(story())


def _loading(folder: Path, text: str) -> Options:
    (folder / "load.yaml").write_text(text)
    return Options(port=0, load=str(folder / "load.yaml"))


def test_a_file_without_accounts_adds_to_the_usual_ones(tmp_path: Path) -> None:
    text = "settings: {calls_per_second: 7}\nbehaviours: [{number: '+1*', busy: true}]\n"
    ready = prepared(_loading(tmp_path, text))
    try:
        assert ready.world.settings.calls_per_second == 7
        assert ready.account.friendly_name == "ringback"
        patterns = ready.world.store.do(lambda tx: tx.everything(BehaviourRecord))
        assert [one.pattern for one in patterns] == ["+1*"]
    finally:
        ready.close()


@pytest.mark.parametrize(
    "stated",
    [
        "calls_per_second: 0",
        "calls_per_second: -1",
        "callback_concurrency: 0",
        "price_per_minute: much",
        "ended_recording_status: 200",
        "queue_size: 5001",
        "cost_after: -1",
    ],
)
def test_settings_that_nothing_could_work_with_are_refused(tmp_path: Path, stated: str) -> None:
    with pytest.raises(DocumentError) as caught:
        prepared(_loading(tmp_path, f"settings: {{{stated}}}\n"))
    (finding,) = caught.value.diagnostics
    assert finding.message.startswith(f"{stated.partition(':')[0]}: expected")


def test_a_token_and_a_file_exclude_each_other(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="--auth-token and --load exclude each other"):
        prepared(replace(_loading(tmp_path, ""), auth_token="x"))


def test_behaviours_are_of_accounts_that_exist_and_of_texts() -> None:
    with Emulator() as emulator:
        for account, behaviour, why in (
            ("nobody", {}, "There is no account nobody"),
            ("*", {"presses": [1]}, "a list of texts"),
        ):
            asked = {"number": "+1*", "account": account, "behaviour": behaviour}
            with pytest.raises(RuntimeError, match=why):
                emulator.control("POST", "behaviours", asked)
        with pytest.raises(RuntimeError, match="whom to be called by"):
            emulator.call_in("+15005550006", "a\nb")


def test_a_taking_that_is_over_does_not_take_out_what_came_after_it() -> None:
    store = Store("sqlite://", ManualClock(), seed=1)
    world = World(store, Settings(), httpx2.AsyncClient(transport=httpx2.MockTransport(_fine)))

    async def story() -> None:
        store.do(lambda tx: tx.send(_sent("CA1", "http://app.test/old")))
        old = store.do(lambda tx: tx.take_delivery(20_000))
        assert old is not None
        store.do(lambda tx: tx.wipe())  # a reset, while the webhook is on its way
        store.do(lambda tx: tx.send(_sent("CA1", "http://app.test/new")))
        assert store.do(lambda tx: tx.settle(old[0], {"url": "old"}, old[1])) is False
        assert await world.courier.step()
        journal = store.do(lambda tx: tx.attempts())
        assert [one["url"] for one in journal] == ["old", "http://app.test/new"]
        assert not await world.courier.step()

    asyncio.run(story())
    store.close()


def _fine(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(204)


def test_redirects_share_the_time_of_a_webhook() -> None:
    asked: list[str] = []

    async def slowly(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        await asyncio.sleep(0.15)
        return httpx2.Response(307, headers={"location": "/next"})

    store = Store("sqlite://", ManualClock(), seed=1)
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(slowly))
    world = World(store, Settings(callback_timeout=0.4), http)

    async def story() -> None:
        store.do(lambda tx: tx.send(_sent("CA1", "http://app.test/")))
        assert await world.courier.step()

    asyncio.run(story())
    (attempt,) = store.do(lambda tx: tx.attempts())
    assert attempt["error"] == "timed out"
    assert len(asked) == 3
    store.close()


def test_others_are_served_while_much_time_passes() -> None:
    async def story() -> None:
        async with voice() as one:
            one.documents["/wait"] = "<Response><Pause length='1'/></Response>"
            enqueue = "<Response><Enqueue waitUrl='http://app.test/wait'>q</Enqueue></Response>"
            call = await one.client.calls.create(to=CALLEE, from_=NUMBER, twiml=enqueue)
            passing = asyncio.ensure_future(one.advance(3_600))
            await asyncio.sleep(0.05)
            shown = await one.client.calls.fetch(call.sid)
            late = passing.done()
            passing.cancel()
            with pytest.raises(asyncio.CancelledError):
                await passing
            assert (shown.status, late) == ("in-progress", False)

    asyncio.run(story())


def test_an_error_in_xml_names_the_path_that_was_asked_for() -> None:
    async def story() -> None:
        async with voice() as one:
            http = httpx2.AsyncClient(
                transport=httpx2.ASGITransport(one.app),
                base_url="http://emulator.test",
                auth=(ACCOUNT, TOKEN),
            )
            for end in ("", ".xml", ".csv", ".json"):
                path = f"/2010-04-01/Accounts/{ACCOUNT}/Calls/CA{'f' * 32}{end}"
                assert f"resource {path} was" in (await http.get(path)).text

    asyncio.run(story())


def test_slow_status_callbacks_do_not_hold_up_what_a_call_waits_for() -> None:
    seen: list[str] = []

    async def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.url.path)
        if request.url.path == "/slow":
            await asyncio.sleep(30)
        return httpx2.Response(204)

    store = Store("sqlite://", RealClock())
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(answer))
    world = World(store, Settings(callback_concurrency=3), http)

    def send(tx: Transaction) -> None:
        for _ in range(9):
            tx.send(_sent("CA1", "http://app.test/slow"))
        waited = _sent("CA2", "http://app.test/twiml")
        waited.purpose = "twiml.fetched"
        tx.send(waited)

    async def story() -> None:
        store.do(send)
        await world.start()
        for _ in range(200):
            await asyncio.sleep(0.01)
            if "/twiml" in seen:
                break
        await world.stop()

    asyncio.run(story())
    store.close()
    assert seen == ["/slow"] * 3 + ["/twiml"]
