"""An emulator process that is meant to be killed: `crash_server.py PORT DATABASE`."""

from __future__ import annotations

import sys
from typing import Any

import uvicorn
from tests.emulator.served import ACCOUNT, NUMBER, TOKEN

from ringback.emulator import RealClock, Settings, Store, World, create_app
from ringback.emulator.records import AccountRecord, NumberRecord


def main() -> None:
    port, url = int(sys.argv[1]), sys.argv[2]
    store = Store(url, RealClock())
    world = World(store, Settings(calls_per_second=1000.0, ringing_after=0.01))

    def fill(tx: Any) -> None:
        if tx.get(AccountRecord, ACCOUNT, ACCOUNT) is None:
            tx.add(AccountRecord(account_sid=ACCOUNT, auth_token=TOKEN))
            tx.add(NumberRecord(account_sid=ACCOUNT, sid="PN" + "0" * 32, number=NUMBER))

    store.do(fill)
    uvicorn.run(create_app(world), host="127.0.0.1", port=port, log_level="error")


main()
