"""The store: what one connection has written, the others see."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from pathlib import Path

import pytest

from ringback.emulator.clock import RealClock
from ringback.emulator.records import CallRecord
from ringback.emulator.store import Store, Transaction

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
