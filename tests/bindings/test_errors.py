"""Answers that are no success, answers that differ from the document: what the caller gets to know."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import pytest
from scripted import ACCOUNT, CALL_SID, Script, answer, call_body, error_body, page_body

from twilio_voice import (
    BadRequest,
    Client,
    Conflict,
    Drift,
    DriftError,
    Forbidden,
    MethodNotAllowed,
    NotFound,
    RateLimited,
    RequestOptions,
    ServerError,
    StatusError,
    Unauthorized,
    UnreadableAnswer,
    models,
)

RECORDING_SID = "RE" + "2" * 32


def fetch(*steps: Any, **settings: Any) -> tuple[Client, Any]:
    client = Script(*steps).client(max_retries=0, **settings)
    return client, client.calls.fetch(CALL_SID)


# -- errors


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, 21201, BadRequest),
        (401, 20003, Unauthorized),
        (403, 20006, Forbidden),
        (404, 20404, NotFound),
        (405, 20004, MethodNotAllowed),
        (409, 20009, Conflict),
        (418, 1, StatusError),
        (429, 20429, RateLimited),
        (500, 20500, ServerError),
        (503, 20503, ServerError),
    ],
)
def test_an_error_has_its_class_and_says_what_the_vendor_says(
    status: int, code: int, kind: type[StatusError]
) -> None:
    body = error_body(status, code, "This went wrong")
    with pytest.raises(kind) as raised:
        fetch(answer(status, body, Twilio_Request_Id="RQ" + "7" * 32))
    error = raised.value
    assert type(error) is kind
    assert (error.status, error.code, error.message) == (status, code, "This went wrong")
    assert error.more_info == f"https://www.twilio.com/docs/errors/{code}"
    assert error.request_id == "RQ" + "7" * 32
    for told in ("fetchCall", str(status), str(code), "This went wrong", "RQ777", error.more_info):
        assert told in str(error)
    assert error.exchange.method == "GET"
    assert error.exchange.url.endswith(f"/Calls/{CALL_SID}.json")


def test_an_error_in_an_async_list_has_them_too() -> None:
    client = Script(answer(404, error_body(404, 20404))).async_client()
    with pytest.raises(NotFound) as raised:
        asyncio.run(client.calls.list().all())
    assert raised.value.code == 20404


def test_an_error_body_is_typed_where_it_is_documented() -> None:
    with pytest.raises(NotFound) as raised:
        fetch(answer(404, {**error_body(404, 20404), "detail": "more"}))
    assert isinstance(raised.value.body, models.ApiError)
    assert raised.value.body.detail == "more"


@pytest.mark.parametrize(
    "content", [b"<html>Bad gateway</html>", b"", b"\xff\xfe", b"[1]", b'{"code": {}}']
)
def test_an_error_whose_body_is_something_else_is_an_error_all_the_same(content: bytes) -> None:
    with pytest.raises(ServerError) as raised:
        fetch(httpx2.Response(502, content=content))
    assert raised.value.status == 502
    assert raised.value.code is None
    assert raised.value.exchange.content == content


def test_an_undocumented_status_is_recorded() -> None:
    client = Script(answer(418, error_body(418, 20006))).client()
    with pytest.raises(StatusError):
        client.calls.fetch(CALL_SID)
    ((operation, drift),) = client.drifts
    assert operation == "fetchCall"
    assert drift.found == "status 418"
    assert "200" in drift.wanted


# -- drifts


def test_a_drift_is_kept_and_recorded() -> None:
    client, call = fetch(answer(200, call_body(status="daydreaming", sid="CA1", duration=3)))
    assert call.status == "daydreaming"
    assert isinstance(call.status, models.CallStatus)
    assert not call.status.known
    assert call.sid == "CA1"
    assert call.duration == 3
    assert [(name, drift.pointer) for name, drift in client.drifts] == [
        ("fetchCall", "/sid"),
        ("fetchCall", "/status"),
        ("fetchCall", "/duration"),
    ]
    told = client.drifts[1][1]
    assert told.found == "'daydreaming'"
    assert "'queued'" in told.wanted


def test_a_drift_in_one_row_leaves_the_others_typed() -> None:
    body = page_body(None, *["CA" + str(number) * 32 for number in range(3)])
    body["calls"][1]["date_created"] = "yesterday"
    client = Script(answer(200, body)).client()
    rows = list(client.calls.list())
    assert rows[1].date_created == "yesterday"
    assert rows[0].date_created == rows[2].date_created
    assert rows[0].date_created is not None
    assert rows[0].date_created.year == 2010
    assert [drift.pointer for _, drift in client.drifts] == ["/calls/1/date_created"]


def test_a_missing_property_is_a_drift_and_a_new_one_is_not() -> None:
    body = call_body(brand_new={"a": 1})
    del body["uri"]
    client, call = fetch(answer(200, body))
    assert [drift.pointer for _, drift in client.drifts] == ["/uri"]
    assert call.to == "+15551"


def test_on_drift_is_told_at_once() -> None:
    told: list[tuple[str, Drift]] = []
    client, _ = fetch(
        answer(200, call_body(status="x")), on_drift=lambda name, drift: told.append((name, drift))
    )
    assert told == client.drifts


def test_strict_raises_and_still_has_the_answer() -> None:
    with pytest.raises(DriftError) as raised:
        fetch(answer(200, call_body(status="daydreaming")), strict=True)
    assert raised.value.value.sid == CALL_SID
    assert [drift.pointer for drift in raised.value.drifts] == ["/status"]
    assert "/status" in str(raised.value)
    client = Script(answer(200, call_body(status="daydreaming"))).client()
    with pytest.raises(DriftError):
        client.calls.fetch(CALL_SID, options=RequestOptions(strict=True))


def test_the_answer_to_a_post_is_not_lost() -> None:
    """Whatever is wrong with it: the call has been made, and its SID must reach the caller."""
    body = {"sid": CALL_SID, "status": 7, "price": [], "subresource_uris": "none"}
    script = Script(answer(201, body))
    call = script.client().calls.create(to="+1", from_="+2", twiml="<Response/>")
    assert isinstance(call, models.Call)
    assert call.sid == CALL_SID
    assert len(script.requests) == 1


def test_an_answer_that_is_no_json_is_not_lost_either() -> None:
    for content in (b"OK", b"", b'["a"]'):
        client = Script(httpx2.Response(201, content=content)).client()
        with client.record() as recorded, pytest.raises(UnreadableAnswer) as raised:
            client.calls.create(to="+1", from_="+2", twiml="<Response/>")
        assert raised.value.exchange.content == content
        assert raised.value.exchange.status == 201
        assert recorded.last.content == content


def test_another_success_than_documented_is_read_as_the_documented_one() -> None:
    client, call = fetch(answer(203, call_body()))
    assert call.sid == CALL_SID
    assert any("203" in drift.found for _, drift in client.drifts)


def test_the_list_of_drifts_does_not_grow_for_ever() -> None:
    steps = [answer(200, call_body(status="x")) for _ in range(1100)]
    client = Script(*steps).client()
    for _ in steps:
        client.calls.fetch(CALL_SID)
    assert len(client.drifts) == 1000


# -- raw answers


def test_record_gives_the_raw_exchange() -> None:
    script = Script(answer(200, call_body(status="x"), X_Odd="1"), answer(204))
    client = script.client()
    with client.record() as recorded:
        client.calls.fetch(CALL_SID)
        client.calls.delete(CALL_SID)
    client.calls  # noqa: B018
    first, second = recorded.exchanges
    assert (first.status, second.status) == (200, 204)
    assert first.headers["x-odd"] == "1"
    assert b'"status":"x"' in (first.content or b"")
    assert [drift.pointer for drift in first.drifts] == ["/status"]
    assert recorded.last is second
    assert first.elapsed >= 0


def test_two_recordings_do_not_mix() -> None:
    async def fetch_recorded(sid: str) -> list[str]:
        client = Script(answer(200, call_body(sid=sid))).async_client()
        with client.record() as recorded:
            await asyncio.sleep(0)
            await client.calls.fetch(CALL_SID)
        return [one.content.decode() for one in recorded.exchanges if one.content]

    async def both() -> Any:
        return await asyncio.gather(*(fetch_recorded("CA" + digit * 32) for digit in "89"))

    for digit, (content,) in zip("89", asyncio.run(both()), strict=True):
        assert digit * 32 in content


# -- what a caller must not be able to do


def test_a_wrong_kind_of_sid_is_named() -> None:
    from twilio_voice import InvalidRequest

    client = Script().client()
    with pytest.raises(InvalidRequest) as raised:
        client.calls.fetch(RECORDING_SID)  # type: ignore[arg-type]
    assert "expected a call SID (CA…), got a recording SID (RE…)" in str(raised.value)
    with pytest.raises(InvalidRequest) as raised:
        client.calls.fetch(ACCOUNT, account_sid=CALL_SID)  # type: ignore[arg-type]
    assert "expected a call SID (CA…), got an account SID (AC…)" in str(raised.value)
    assert "expected an account SID (AC…), got a call SID (CA…)" in str(raised.value)
