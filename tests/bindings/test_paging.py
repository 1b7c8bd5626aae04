"""Lists: read only as far as somebody looks, on one origin, never in circles; sync and async."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, TypeVar

import httpx2
import pytest
from scripted import ACCOUNT, Script, answer, error_body, page_body

from twilio_voice import AsyncClient, NotFound, PagingError
from twilio_voice.models import Call

T = TypeVar("T")
NEXT = f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json?PageSize=2&Page=1&PageToken=PA1"
SIDS = ["CA" + f"{number:032x}" for number in range(6)]


def two_pages() -> Script:
    first = page_body(NEXT, *SIDS[:2])
    return Script(answer(200, first), answer(200, page_body(None, *SIDS[2:4], number=1)))


async def gathered(rows: AsyncIterator[T]) -> list[T]:
    return [row async for row in rows]


def read_async(script: Script, read: Any, **settings: Any) -> Any:
    async def run() -> Any:
        client: AsyncClient = script.async_client(**settings)
        return await read(client.calls.list(page_size=2))

    return asyncio.run(run())


def sids(rows: list[Call]) -> list[str]:
    return [row.sid for row in rows]


def test_nothing_is_sent_before_somebody_looks() -> None:
    script = two_pages()
    rows = iter(script.client().calls.list(page_size=2))
    assert script.requests == []
    next(rows)
    next(rows)
    assert len(script.requests) == 1
    next(rows)
    assert len(script.requests) == 2


def test_all_rows_of_all_pages_sync_and_async() -> None:
    script = two_pages()
    assert sids(list(script.client().calls.list(page_size=2))) == SIDS[:4]
    assert script.paths == [f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json?PageSize=2", NEXT]
    assert all("authorization" in request.headers for request in script.requests)
    assert sids(two_pages().client().calls.list(page_size=2).all()) == SIDS[:4]
    assert sids(read_async(two_pages(), lambda pager: gathered(pager))) == SIDS[:4]
    assert sids(read_async(two_pages(), lambda pager: pager.all())) == SIDS[:4]


@pytest.mark.parametrize(("count", "requests"), [(0, 0), (1, 1), (2, 1), (3, 2), (9, 2)])
def test_a_limit_fetches_no_page_too_many(count: int, requests: int) -> None:
    script = two_pages()
    assert sids(list(script.client().calls.list(page_size=2).limit(count))) == SIDS[:4][:count]
    assert len(script.requests) == requests
    script = two_pages()
    assert len(read_async(script, lambda pager: gathered(pager.limit(count)))) == min(count, 4)
    assert len(script.requests) == requests


def test_the_first_row_or_none() -> None:
    script = two_pages()
    first = script.client().calls.list(page_size=2).first()
    assert first is not None
    assert first.sid == SIDS[0]
    assert len(script.requests) == 1
    assert Script(answer(200, page_body(None))).client().calls.list().first() is None
    assert read_async(two_pages(), lambda pager: pager.first()).sid == SIDS[0]
    empty = Script(answer(200, page_body(None)))
    assert read_async(empty, lambda pager: pager.first()) is None


def test_pages_carry_what_stands_beside_the_rows() -> None:
    pages = list(two_pages().client().calls.list(page_size=2).pages())
    assert [page.page for page in pages] == [0, 1]
    assert [len(page.calls) for page in pages] == [2, 2]
    assert pages[1].next_page_uri is None
    pages = read_async(two_pages(), lambda pager: gathered(pager.pages()))
    assert [page.page for page in pages] == [0, 1]


def test_each_iteration_starts_anew() -> None:
    first, second = page_body(NEXT, *SIDS[:2]), page_body(None, *SIDS[2:4])
    script = Script(*[answer(200, one) for one in (first, second, first, second)])
    pager = script.client().calls.list(page_size=2)
    assert sids(list(pager)) == sids(list(pager)) == SIDS[:4]


def test_an_empty_page_in_the_middle_does_not_end_the_list() -> None:
    script = Script(answer(200, page_body(NEXT)), answer(200, page_body(None, SIDS[0])))
    assert sids(list(script.client().calls.list())) == SIDS[:1]


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example" + NEXT,
        "//evil.example" + NEXT,
        "http://api.test" + NEXT,
        "https://api.test:8443" + NEXT,
        "https://api.test@evil.example/x",
    ],
)
def test_another_origin_is_not_asked_and_gets_no_credentials(link: str) -> None:
    for read in (lambda script: list(script.client().calls.list()), _all_async):
        script = Script(answer(200, page_body(link, SIDS[0])), answer(200, page_body(None)))
        with pytest.raises(PagingError, match="another origin"):
            read(script)
        assert len(script.requests) == 1


def _all_async(script: Script) -> Any:
    return read_async(script, lambda pager: pager.all())


def test_the_same_origin_in_full_is_followed() -> None:
    script = Script(
        answer(200, page_body("https://api.test:443" + NEXT, SIDS[0])),
        answer(200, page_body(None, SIDS[1])),
    )
    assert sids(list(script.client().calls.list())) == SIDS[:2]


def test_circles_are_noticed() -> None:
    one = NEXT.replace("Page=1", "Page=2")
    for read in (lambda script: list(script.client().calls.list()), _all_async):
        script = Script(*[answer(200, page_body(link, SIDS[0])) for link in (NEXT, one, NEXT)])
        with pytest.raises(PagingError, match="was read before"):
            read(script)
        assert len(script.requests) == 3


def test_the_rows_before_a_failing_page_are_not_lost() -> None:
    script = Script(answer(200, page_body(NEXT, *SIDS[:2])), answer(404, error_body(404, 20404)))
    got: list[str] = []
    with pytest.raises(NotFound) as raised:
        for row in script.client().calls.list():
            got.append(row.sid)
    assert raised.value.code == 20404
    assert got == SIDS[:2]


def test_arguments_are_refused_when_the_list_is_asked_for() -> None:
    from twilio_voice import InvalidRequest

    script = Script()
    with pytest.raises(InvalidRequest, match="page_size"):
        script.client().calls.list(page_size=0)
    assert script.requests == []


def test_filters_go_along_only_with_the_first_page() -> None:
    """The next page's address has them already."""
    script = two_pages()
    list(script.client().calls.list(to="+1", page_size=2))
    assert httpx2.QueryParams(script.requests[0].url.query)["To"] == "+1"
    assert script.paths[1] == NEXT
