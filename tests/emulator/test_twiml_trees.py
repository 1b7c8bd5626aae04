"""Whatever the builder of the bindings can build runs in the emulator: no word of it is unknown there."""

from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.bindings.twiml_trees import trees
from tests.emulator.voice_world import ACCOUNT, CALLEE, NUMBER, Voice, voice

from ringback.emulator import Settings, calls, twiml
from ringback.emulator.records import CallRecord, NotificationRecord, NumberRecord
from ringback.emulator.store import Transaction

UNKNOWN = ("does nothing here", "has no attribute", "is not allowed within", "holds no text")
"""How the interpreter tells of a word that it does not know, or not there."""
NO_DOCUMENT = {12100, 12102}
BATCH = 20


@given(st.lists(trees(), min_size=BATCH, max_size=BATCH))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_tree_runs_without_an_unknown_word(documents: list[Any]) -> None:
    """Ten times twenty documents, each for a call of its own, in a world that they share."""

    async def run() -> None:
        async with voice(Settings(seed=1, calls_per_second=1000, twiml_steps=30)) as made:
            sids = [begun(made, index, str(one)) for index, one in enumerate(documents)]
            await made.advance(30)
            for sid in sids:
                end(made, sid)
            await made.advance(30)
            told = made.world.store.do(lambda tx: tx.everything(NotificationRecord))
            for sid, document in zip(sids, documents, strict=True):
                assert not [
                    one.message
                    for one in told
                    if one.call_sid == sid
                    and (
                        one.error_code in NO_DOCUMENT
                        or any(word in one.message for word in UNKNOWN)
                    )
                ], str(document)
                assert any(hook.path == f"/{sids.index(sid)}" for hook in made.webhooks)

    asyncio.run(run())


def begun(made: Voice, index: int, document: str) -> str:
    """Somebody calls the account's number, whose document is this."""
    path = f"/{index}"
    made.documents[path] = document

    def work(tx: Transaction) -> str:
        found = tx.named(NumberRecord, ACCOUNT, NUMBER)[0]
        found.voice_url = "http://app.test" + path
        tx.save(found)
        return twiml.inbound(made.world, tx, ACCOUNT, CALLEE, NUMBER, {}).sid

    return made.world.store.do(work)


def end(made: Voice, sid: str) -> None:
    """End a call, if it has not ended."""

    def work(tx: Transaction) -> None:
        call = tx.get(CallRecord, ACCOUNT, sid)
        if call is not None and not call.is_over:
            calls.end(made.world, tx, call, "completed")

    made.world.store.do(work)
