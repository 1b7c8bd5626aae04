"""Accounts are walls, except that a parent acts on its sub-accounts."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import pytest
from tests.emulator.voice_world import ACCOUNT, BASE, CALLEE, NUMBER, TOKEN, TWIML, Voice, voice

from ringback.emulator.records import AccountRecord, ApplicationRecord, KeyRecord, NumberRecord
from twilio_voice import AsyncClient, StatusError, Unauthorized
from twilio_voice.models import AccountSid, ApplicationSid

CHILD = AccountSid("AC" + "c" * 32)
OTHER = AccountSid("AC" + "d" * 32)
KEY = "SK" + "e" * 32


def _fill(made: Voice) -> None:
    def work(tx: Any) -> None:
        tx.add(AccountRecord(account_sid=CHILD, auth_token="child", parent_sid=ACCOUNT))
        tx.add(AccountRecord(account_sid=OTHER, auth_token="other"))
        tx.add(KeyRecord(account_sid=ACCOUNT, sid=KEY, secret="secret"))
        tx.add(AccountRecord(account_sid="AC" + "f" * 32, auth_token="x", status="suspended"))
        tx.add(NumberRecord(account_sid=OTHER, sid="PN" + "9" * 32, number="+14155559999"))

    made.world.store.do(work)


def _client(made: Voice, account: str, token: str, **more: Any) -> AsyncClient:
    http = httpx2.AsyncClient(transport=httpx2.ASGITransport(made.app))
    return AsyncClient(account, token, base_url=BASE, http=http, **more)


def test_walls_and_the_one_door_in_them() -> None:
    async def inside() -> None:
        async with voice() as made:
            _fill(made)
            call = await made.client.calls.create(
                to=CALLEE, from_=NUMBER, url=TWIML, account_sid=CHILD
            )
            assert call.account_sid == CHILD
            child = _client(made, CHILD, "child")
            assert [one.sid for one in await child.calls.list().all()] == [call.sid]
            assert await made.client.calls.list().all() == []
            assert (await made.client.calls.fetch(call.sid, account_sid=CHILD)).sid == call.sid
            for stranger in (_client(made, OTHER, "other"), child):
                with pytest.raises(StatusError) as caught:
                    await stranger.calls.list(account_sid=AccountSid(ACCOUNT)).all()
                assert (caught.value.status, caught.value.code) == (404, 20404)
            with pytest.raises(StatusError) as foreign:
                await child.calls.create(to=CALLEE, from_="+14155559999", url=TWIML)
            assert foreign.value.code == 21210

    asyncio.run(inside())


def test_a_key_acts_for_its_account() -> None:
    async def inside() -> None:
        async with voice() as made:
            _fill(made)
            http = httpx2.AsyncClient(transport=httpx2.ASGITransport(made.app))
            client = AsyncClient(
                ACCOUNT, api_key=KEY, api_key_secret="secret", base_url=BASE, http=http
            )
            call = await client.calls.create(to=CALLEE, from_=NUMBER, url=TWIML)
            assert call.account_sid == ACCOUNT

    asyncio.run(inside())


@pytest.mark.parametrize(
    ("user", "token", "status", "code", "message"),
    [
        (ACCOUNT, "wrong", 401, 20003, "Authenticate"),
        ("AC" + "9" * 32, TOKEN, 401, 20003, "Authentication Error - invalid username"),
        ("AC" + "f" * 32, "x", 403, 20005, "Account not active"),
    ],
)
def test_refused(user: str, token: str, status: int, code: int, message: str) -> None:
    async def inside() -> None:
        async with voice() as made:
            _fill(made)
            with pytest.raises(StatusError) as caught:
                await _client(made, user, token).calls.list().all()
            assert (caught.value.status, caught.value.code, caught.value.message) == (
                status,
                code,
                message,
            )
            assert isinstance(caught.value, Unauthorized) == (status == 401)

    asyncio.run(inside())


def test_nobody_without_credentials() -> None:
    async def inside() -> None:
        async with voice() as made:
            transport = httpx2.ASGITransport(made.app)
            async with httpx2.AsyncClient(transport=transport, base_url="http://x") as http:
                answer = await http.get(f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json")
            assert answer.status_code == 401
            assert answer.json()["message"] == "Authentication Error - No credentials provided"
            assert answer.json()["detail"] == "Your AccountSid or AuthToken was incorrect."
            assert answer.headers["www-authenticate"].startswith("Basic")

    asyncio.run(inside())


def test_an_application_is_its_own_account_s() -> None:
    """It would not be found when the call is answered, so it is refused when the call is made."""
    application = ApplicationSid("AP" + "0" * 32)

    async def inside() -> None:
        async with voice() as made:
            _fill(made)
            record = ApplicationRecord(account_sid=ACCOUNT, sid=application, voice_url=TWIML)
            made.world.store.do(lambda tx: tx.add(record))
            call = await made.client.calls.create(
                to=CALLEE, from_=NUMBER, application_sid=application
            )
            await made.advance(5)
            assert (await made.client.calls.fetch(call.sid)).status == "in-progress"
            with pytest.raises(StatusError) as caught:
                await made.client.calls.create(
                    to=CALLEE, from_=NUMBER, application_sid=application, account_sid=CHILD
                )
            assert caught.value.code == 21218

    asyncio.run(inside())


def test_test_credentials_make_calls_that_do_not_happen_and_nothing_else() -> None:
    async def inside() -> None:
        async with voice() as made:
            sid = "AC" + "7" * 32
            record = AccountRecord(account_sid=sid, auth_token="test", test=True)
            made.world.store.do(lambda tx: tx.add(record))
            client = _client(made, sid, "test")
            for _ in range(2):
                call = await client.calls.create(to=CALLEE, from_="+15005550006", url=TWIML)
                assert call.status == "queued"
                for refused in (
                    client.queues.create(friendly_name="q"),
                    client.calls.fetch(call.sid),
                    client.calls.list().all(),
                ):
                    with pytest.raises(StatusError) as caught:
                        await refused
                    assert (caught.value.status, caught.value.code) == (403, 20008)
            await made.advance(10)
            assert made.webhooks == []

    asyncio.run(inside())


def test_a_sub_account_does_not_call_from_its_parents_numbers() -> None:
    async def inside() -> None:
        async with voice() as made:
            _fill(made)
            key = KeyRecord(account_sid=CHILD, sid="SK" + "1" * 32, secret="own")
            own = NumberRecord(account_sid=CHILD, sid="PN" + "8" * 32, number="+14155558888")
            for record in (key, own):
                made.world.store.do(lambda tx, record=record: tx.add(record))  # type: ignore[misc]
            http = httpx2.AsyncClient(transport=httpx2.ASGITransport(made.app))
            by_key = AsyncClient(
                CHILD, api_key=key.sid, api_key_secret="own", base_url=BASE, http=http
            )
            for client in (_client(made, CHILD, "child"), by_key):
                with pytest.raises(StatusError) as caught:
                    await client.calls.create(to=CALLEE, from_=NUMBER, url=TWIML)
                assert (caught.value.status, caught.value.code) == (400, 21210)
                with pytest.raises(StatusError) as refused:
                    await client.participants.create("room", to=CALLEE, from_=NUMBER)
                assert refused.value.code == 21210
                await client.calls.create(to=CALLEE, from_=own.number, url=TWIML)

    asyncio.run(inside())


@pytest.mark.parametrize("status", ["suspended", "closed"])
def test_nobody_calls_on_a_suspended_sub_account(status: str) -> None:
    async def inside() -> None:
        async with voice() as made:
            _fill(made)
            call = await made.client.calls.create(
                to=CALLEE, from_=NUMBER, url=TWIML, account_sid=CHILD
            )
            child = AccountRecord(
                account_sid=CHILD, auth_token="child", parent_sid=ACCOUNT, status=status
            )
            made.world.store.do(lambda tx: tx.save(child))
            for forget in made.world.forgetters:
                forget()
            with pytest.raises(StatusError) as caught:
                await made.client.calls.create(
                    to=CALLEE, from_=NUMBER, url=TWIML, account_sid=CHILD
                )
            assert (caught.value.status, caught.value.code) == (403, 20005)
            with pytest.raises(StatusError) as refused:
                await made.client.participants.create(
                    "room", to=CALLEE, from_=NUMBER, account_sid=CHILD
                )
            assert refused.value.code == 20005
            assert (await made.client.calls.fetch(call.sid, account_sid=CHILD)).sid == call.sid

    asyncio.run(inside())
