"""The store: what one connection has written, the others see."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path

import msgspec
import pytest

from ringback.emulator.clock import ManualClock, RealClock
from ringback.emulator.records import AccountRecord, CallRecord, Delivery, NumberRecord
from ringback.emulator.settings import Settings
from ringback.emulator.store import Store, Transaction
from ringback.emulator.world import World
from ringback.state import OtherVersion, checkpoints

ACCOUNT = "AC" + "0" * 31 + "1"


def made(sid: str) -> CallRecord:
    return CallRecord(account_sid=ACCOUNT, sid=sid, to="+1", from_="+2", created=0, updated=0)


def test_a_reader_of_a_file_sees_what_was_committed_after_its_first_look(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'calls.db'}", RealClock())

    def look(tx: Transaction) -> list[str]:
        return [row.sid for _, row in tx.rows(CallRecord, ACCOUNT)]

    async def story() -> None:
        assert await store.run(look, read=True) == []
        for number in range(3):
            store.do(lambda tx: tx.add(made(f"CA{number}")))  # noqa: B023  run at once
            assert len(await store.run(look, read=True)) == number + 1

    try:
        asyncio.run(story())
    finally:
        store.close()


def test_a_row_that_is_remembered_is_forgotten_when_it_is_written(tmp_path: Path) -> None:
    for url in ("sqlite://", f"sqlite:///{tmp_path / 'calls.db'}"):
        store = Store(url, RealClock())

        def seen(store: Store = store) -> str | None:
            found = store.do(lambda tx: tx.get(CallRecord, ACCOUNT, "CA1"), read=True)
            return None if found is None else found.to

        async def story(store: Store = store) -> None:
            def change(tx: Transaction, to: str, fails: bool = False) -> None:
                call = tx.get(CallRecord, ACCOUNT, "CA1")
                assert call is not None
                call.to = to
                tx.save(call)
                if fails:
                    raise ValueError(to)

            assert seen() is None
            store.do(lambda tx: tx.add(made("CA1")))
            assert seen() == seen() == "+1"
            both = [store.run(lambda tx: change(tx, "+2")) for _ in range(2)]
            await asyncio.gather(*both)
            assert seen() == "+2"
            bad = store.run(lambda tx: change(tx, "+3", fails=True))
            good = store.run(lambda tx: change(tx, "+4"))
            results = await asyncio.gather(good, bad, return_exceptions=True)
            assert isinstance(results[1], ValueError) and seen() == "+4"
            with pytest.raises(ValueError, match="5"):
                await store.run(lambda tx: change(tx, "+5", fails=True))
            assert seen() == "+4"
            store.do(lambda tx: tx.drop(made("CA1")))
            assert seen() is None
            store.do(lambda tx: tx.add(made("CA1")))
            assert seen() == "+1"
            store.do(lambda tx: tx.wipe())
            assert seen() is None

        try:
            asyncio.run(story())
        finally:
            store.close()


def test_work_that_is_done_together_sees_what_was_set_for_its_own_request() -> None:
    asked: ContextVar[int] = ContextVar("asked")

    async def story() -> None:
        store = Store("sqlite://", RealClock())

        async def one(number: int) -> int:
            asked.set(number)
            return await store.run(lambda tx: asked.get())

        assert await asyncio.gather(*(one(number) for number in range(5))) == list(range(5))
        store.close()

    asyncio.run(story())


def _account(digit: str) -> AccountRecord:
    return AccountRecord(account_sid="AC" + digit * 32, auth_token="t")


def test_work_that_fails_leaves_nothing_and_the_rest_of_its_batch_stays(tmp_path: Path) -> None:
    ran: list[str] = []

    def adding(digit: str, *, fails: bool = False) -> Callable[[Transaction], int]:
        def work(tx: Transaction) -> int:
            ran.append(digit)
            tx.add(_account(digit))
            number = tx.bump("made")
            tx.schedule(1, "x", "AC", digit)
            if fails:
                raise LookupError(digit)
            return number

        return work

    def refusing(tx: Transaction) -> None:
        raise KeyError("before anything was written")

    async def story() -> None:
        store = Store(f"sqlite:///{tmp_path}/calls.db", RealClock())
        plain = await asyncio.gather(
            store.run(adding("1")), store.run(refusing), store.run(adding("2")),
            return_exceptions=True,
        )  # fmt: skip
        assert list(plain[0::2]) == [1, 2] and isinstance(plain[1], KeyError)
        assert ran == ["1", "2"]  # nobody had to do anything twice
        found = await asyncio.gather(
            store.run(adding("3")), store.run(adding("4", fails=True)), store.run(adding("5")),
            return_exceptions=True,
        )  # fmt: skip
        assert list(found[0::2]) == [3, 4] and isinstance(found[1], LookupError)
        with pytest.raises(LookupError):
            await store.run(adding("6", fails=True))
        assert await store.run(lambda tx: tx.fact("made")) == 4
        accounts = await store.run(
            lambda tx: [one.account_sid[2] for one in tx.everything(AccountRecord)]
        )
        assert accounts == ["1", "2", "3", "5"]
        due = [await store.run(lambda tx: tx.take_event(1)) for _ in range(5)]
        assert [one and one.subject for one in due] == ["1", "2", "3", "5", None]
        store.close()

    asyncio.run(story())


def test_what_is_wiped_is_not_remembered() -> None:
    store = Store("sqlite://", ManualClock())

    def work(tx: Transaction) -> tuple[int, int]:
        tx.bump("made")
        tx.wipe()
        return tx.fact("made"), tx.bump("other")

    assert store.do(work) == (0, 1)
    assert store.do(lambda tx: (tx.fact("made"), tx.fact("other"))) == (0, 1)
    store.close()


def test_the_log_is_brought_over_beside_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "EVERY", 500)
    file, log = tmp_path / "calls.db", tmp_path / "calls.db-wal"
    store = Store(f"sqlite:///{file}", RealClock())
    for number in range(3000):
        store.do(lambda tx, n=number: tx.note("AC", "CA", "x", text="x" * 500, number=n))  # type: ignore[misc]
    written = 3000 * 2 * 4096  # a page of the table and one of its index for every commit
    assert log.stat().st_size < written / 2 and file.stat().st_size > 500 * 500
    assert len(store.do(lambda tx: tx.notes("CA"))) == 3000
    store.close()


def test_a_database_of_another_version_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/calls.db"
    Store(url, ManualClock()).close()
    Store(url, ManualClock()).close()
    with contextlib.closing(sqlite3.connect(tmp_path / "calls.db")) as raw:
        raw.execute("UPDATE facts SET value = 99 WHERE name = 'schema'")
        raw.commit()
    with pytest.raises(OtherVersion, match="of version 99 of the emulator"):
        Store(url, ManualClock())
    with contextlib.closing(sqlite3.connect(tmp_path / "calls.db")) as raw:
        raw.execute("DELETE FROM facts")
        raw.commit()
    with pytest.raises(OtherVersion, match="of an older version"):
        Store(url, ManualClock())


def test_a_reset_keeps_the_version(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/calls.db"
    store = Store(url, ManualClock())
    store.do(lambda tx: tx.wipe())
    store.close()
    Store(url, ManualClock()).close()


def test_timelines_do_not_grow_for_ever() -> None:
    store = Store("sqlite://", ManualClock())
    World(store, Settings(timeline_entries=1500, journal_entries=1000))
    for number in range(4000):
        store.do(lambda tx, n=number: tx.note("AC", "CA", "x", number=n))  # type: ignore[misc]
    notes = store.do(lambda tx: tx.notes("CA"))
    assert [one.data["number"] for one in notes] == list(range(2500, 4000))
    delivery = Delivery(account="AC", subject="CA", url="http://x", params=[])

    def attempt(tx: Transaction) -> None:
        tx.settle(1, {"status": 200}, delivery)

    for _ in range(2000):
        store.do(attempt)
    assert len(store.do(lambda tx: tx.attempts(limit=9999))) == 1000
    store.close()


def test_what_is_known_by_its_name_is_what_was_committed() -> None:
    store = Store("sqlite://", RealClock())
    number = NumberRecord(account_sid=ACCOUNT, sid="PN" + "1" * 32, number="+1")

    def named(tx: Transaction) -> list[str]:
        return [one.voice_url for one in tx.named(NumberRecord, ACCOUNT, "+1")]

    def undone(tx: Transaction) -> None:
        tx.add(number)
        assert named(tx) == [""]
        raise LookupError

    def moved(tx: Transaction) -> list[str]:
        tx.save(msgspec.structs.replace(number, voice_url="http://x"))
        return named(tx)

    assert store.do(named) == []
    with pytest.raises(LookupError):
        store.do(undone)
    assert store.do(named) == []
    store.do(lambda tx: tx.add(number))
    assert store.do(named) == [""] == store.do(named)
    assert store.do(moved) == ["http://x"] == store.do(named)
    store.do(lambda tx: tx.drop(number))
    assert store.do(named) == []

    async def together() -> None:
        tasks = [
            asyncio.ensure_future(store.run(work))
            for work in (lambda tx: tx.add(number), named, lambda tx: tx.wipe(), named)
        ]
        found = await asyncio.gather(*tasks)
        assert [found[1], found[3]] == [[""], []]

    asyncio.run(together())
    assert store.do(named) == []
    store.close()
