"""The store: what one connection has written, the others see."""

from __future__ import annotations

import asyncio
from pathlib import Path

from ringback.emulator.clock import RealClock
from ringback.emulator.records import CallRecord
from ringback.emulator.store import Store, Transaction

ACCOUNT = "AC" + "0" * 31 + "1"


def test_a_reader_of_a_file_sees_what_was_committed_after_its_first_look(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'calls.db'}", RealClock())

    def look(tx: Transaction) -> list[str]:
        return [row.sid for _, row in tx.rows(CallRecord, ACCOUNT)]

    def made(sid: str) -> CallRecord:
        return CallRecord(account_sid=ACCOUNT, sid=sid, to="+1", from_="+2", created=0, updated=0)

    async def story() -> None:
        assert await store.run(look, read=True) == []
        for number in range(3):
            store.do(lambda tx: tx.add(made(f"CA{number}")))  # noqa: B023  run at once
            assert len(await store.run(look, read=True)) == number + 1

    try:
        asyncio.run(story())
    finally:
        store.close()
