"""The Notifications list of a call, as the vendor's SDK reads it."""

from __future__ import annotations

import asyncio

from tests.emulator.test_bad_input import _ask
from tests.emulator.voice_world import ACCOUNT, CALLEE, NUMBER, TWIML, voice


def test_run_time_errors_are_listed() -> None:
    import json

    async def inside() -> None:
        async with voice() as made:
            made.documents["/twiml"] = "<Response><Say>unfinished"
            call = await made.client.calls.create(to=CALLEE, from_=NUMBER, url=TWIML)
            await made.advance(60)
            below = f"/2010-04-01/Accounts/{ACCOUNT}/Calls/{call.sid}/Notifications"
            status, _, content = await _ask(made, "GET", below + ".json", b"Log=0")
            listed = json.loads(content)
            assert status == 200 and len(listed["notifications"]) == 1
            row = listed["notifications"][0]
            assert (row["error_code"], row["log"], row["request_url"]) == ("12100", "0", TWIML)
            assert row["more_info"].endswith("/12100") and row["date_created"].endswith("+0000")
            status, _, content = await _ask(made, "GET", f"{below}/{row['sid']}.json")
            assert (status, json.loads(content)) == (200, row)
            assert (
                json.loads((await _ask(made, "GET", below + ".json", b"Log=1"))[2])["notifications"]
                == []
            )
            status, _, content = await _ask(
                made, "GET", below.replace(call.sid, "CA" + "9" * 32) + ".json"
            )
            assert (status, json.loads(content)["code"]) == (404, 20404)

    asyncio.run(inside())
