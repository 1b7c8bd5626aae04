"""When a request is sent again, when never, how long is waited, and when time is up."""

from __future__ import annotations

import asyncio
import time
from email.utils import formatdate
from typing import Any

import httpx2
import pytest
from scripted import CALL_SID, Clock, Script, answer, call_body, clock, error_body

from twilio_voice import (
    ConnectionFailed,
    DeadlineExceeded,
    RateLimited,
    RequestOptions,
    ServerError,
)

assert clock
REFUSED = httpx2.ConnectError("refused")
CUT = httpx2.ReadError("cut off")
SLOW = httpx2.ReadTimeout("too slow")
BUSY = (429, error_body(429, 20429, "Too Many Requests"))


def created(script: Script, time_: Clock, is_async: bool, **settings: Any) -> Any:
    """Create a call, which must not happen twice."""
    given: dict[str, Any] = {"to": "+1", "from_": "+2", "twiml": "<Response/>"}
    if is_async:
        return asyncio.run(time_.rule(script.async_client(**settings)).calls.create(**given))
    return time_.rule(script.client(**settings)).calls.create(**given)


def fetched(script: Script, time_: Clock, is_async: bool, **settings: Any) -> Any:
    if is_async:
        return asyncio.run(time_.rule(script.async_client(**settings)).calls.fetch(CALL_SID))
    return time_.rule(script.client(**settings)).calls.fetch(CALL_SID)


BOTH = pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])


@BOTH
@pytest.mark.parametrize("first", [REFUSED, httpx2.ConnectTimeout("t"), httpx2.PoolTimeout("p")])
def test_a_post_that_never_left_is_sent_again(
    clock: Clock, is_async: bool, first: Exception
) -> None:
    script = Script(first, answer(*BUSY), answer(201, call_body()))
    assert created(script, clock, is_async).sid == CALL_SID
    assert len(script.requests) == 3
    assert clock.slept == [0.5, 1.0]
    assert len({request.content for request in script.requests}) == 1


@BOTH
@pytest.mark.parametrize(
    "first",
    [
        CUT,
        SLOW,
        httpx2.RemoteProtocolError("closed"),
        lambda _: answer(503),
        lambda _: answer(502),
    ],
)
def test_a_post_that_may_have_been_processed_is_never_sent_again(
    clock: Clock, is_async: bool, first: Any
) -> None:
    script = Script(first, answer(201, call_body()))
    with pytest.raises((ConnectionFailed, ServerError)) as raised:
        created(script, clock, is_async)
    assert len(script.requests) == 1
    assert clock.slept == []
    if isinstance(raised.value, ConnectionFailed):
        assert raised.value.sent


@BOTH
@pytest.mark.parametrize(
    "first", [CUT, SLOW, REFUSED, *(lambda _, s=s: answer(s) for s in (503, 504, 429))]
)
def test_a_get_is_sent_again(clock: Clock, is_async: bool, first: Any) -> None:
    script = Script(first, answer(200, call_body()))
    assert fetched(script, clock, is_async).sid == CALL_SID
    assert clock.slept == [0.5]


@BOTH
def test_not_more_often_than_asked_for(clock: Clock, is_async: bool) -> None:
    with pytest.raises(RateLimited) as raised:
        fetched(Script(*[answer(*BUSY)] * 3), clock, is_async)
    assert (raised.value.code, raised.value.retry_after) == (20429, None)
    assert clock.slept == [0.5, 1.0]
    script = Script(answer(*BUSY), answer(200))
    with pytest.raises(RateLimited):
        fetched(script, clock, is_async, max_retries=0)
    assert len(script.requests) == 1
    with pytest.raises(ConnectionFailed) as failed:
        fetched(Script(*[REFUSED] * 5), clock, is_async, max_retries=4)
    assert not failed.value.sent
    assert "ConnectError: refused" in str(failed.value)
    assert clock.slept[2:] == [0.5, 1.0, 2.0, 4.0]


@BOTH
def test_other_errors_are_not_tried_again(clock: Clock, is_async: bool) -> None:
    for status in (400, 401, 403, 404, 500, 501):
        script = Script(answer(status, error_body(status, 20001)))
        with pytest.raises(Exception, match=str(status)):
            fetched(script, clock, is_async)
    assert clock.slept == []


@BOTH
def test_retry_after_in_seconds_and_as_a_date(clock: Clock, is_async: bool) -> None:
    script = Script(answer(*BUSY, Retry_After="7"), answer(200, call_body()))
    fetched(script, clock, is_async)
    assert clock.slept == [7.0]
    later = formatdate(time.time() + 5, usegmt=True)
    script = Script(answer(*BUSY, Retry_After=later), answer(200, call_body()))
    fetched(script, clock, is_async)
    assert 3.0 <= clock.slept[1] <= 5.0
    script = Script(answer(*BUSY, Retry_After="soon"), answer(200, call_body()))
    fetched(script, clock, is_async)
    assert clock.slept[2] == 0.5


@BOTH
def test_retry_after_beyond_the_deadline_is_not_waited_for(clock: Clock, is_async: bool) -> None:
    script = Script(answer(*BUSY, Retry_After="60"), answer(200))
    with pytest.raises(RateLimited) as raised:
        fetched(script, clock, is_async, timeout=30.0)
    assert raised.value.retry_after == 60.0
    assert clock.slept == []


@BOTH
def test_the_deadline_is_for_all_tries_together(clock: Clock, is_async: bool) -> None:
    def slow(request: httpx2.Request) -> Exception:
        clock.now += 9.0
        return httpx2.ReadTimeout("slow")

    script = Script(slow, slow, slow, slow)
    with pytest.raises(DeadlineExceeded):
        fetched(script, clock, is_async, timeout=10.0, max_retries=5)
    assert len(script.requests) == 2
    limits = [request.extensions["timeout"] for request in script.requests]
    assert limits[0]["read"] == 10.0
    assert limits[0]["connect"] == 5.0
    assert limits[1]["read"] == pytest.approx(0.5)
    assert limits[1]["connect"] == pytest.approx(0.5)


@BOTH
def test_an_answer_that_trickles_does_not_outlive_the_deadline(
    clock: Clock, is_async: bool
) -> None:
    class Trickle(httpx2.SyncByteStream, httpx2.AsyncByteStream):
        def __iter__(self) -> Any:
            while True:
                clock.now += 4.0
                yield b" "

        async def __aiter__(self) -> Any:
            while True:
                clock.now += 4.0
                yield b" "

    script = Script(httpx2.Response(200, stream=Trickle()))
    with pytest.raises(DeadlineExceeded):
        fetched(script, clock, is_async, timeout=10.0)


def test_options_of_one_request(clock: Clock) -> None:
    client = clock.rule(Script(*[REFUSED] * 2).client())
    with pytest.raises(ConnectionFailed):
        client.calls.fetch(CALL_SID, options=RequestOptions(max_retries=1, timeout=3.0))
    assert clock.slept == [0.5]


def test_jitter_never_waits_longer_than_the_backoff(clock: Clock) -> None:
    from twilio_voice._runtime.core import wait_before_retry

    for tries, most in ((1, 0.5), (2, 1.0), (5, 8.0), (9, 8.0)):
        low = wait_before_retry("GET", 503, tries, 99, {}, lambda: 0.0)
        high = wait_before_retry("GET", 503, tries, 99, {}, lambda: 1.0)
        assert (low, high) == (most / 2, most)


def test_an_error_of_the_program_is_not_dressed_up(clock: Clock) -> None:
    script = Script(KeyError("a bug"))
    with pytest.raises(KeyError, match="a bug"):
        fetched(script, clock, False)
