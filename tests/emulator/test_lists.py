"""Pages: nothing is lost or repeated while rows come and go, links carry their filters, and long lists stay fast."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from msgspec import UNSET, Struct

from ringback.emulator import lists, statements
from ringback.emulator.app import create_app
from ringback.emulator.clock import ManualClock
from ringback.emulator.records import CallRecord, MemberRecord
from ringback.emulator.settings import Settings
from ringback.emulator.statements import Bounds
from ringback.emulator.store import Store
from ringback.emulator.world import World
from twilio_voice.server import Fault, HttpRequest

from .surface_world import a_world, ask

ACCOUNT = "AC" + "1" * 32
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
QUEUE = "QU" + "2" * 32


class Given(Struct, frozen=True):
    request: HttpRequest
    page_size: Any = UNSET
    page: Any = UNSET
    page_token: Any = UNSET


def given(query: str = "", path: str = PATH) -> Given:
    values = dict(parse_qsl(query))
    return Given(
        HttpRequest("GET", path, query, {}),
        int(values["PageSize"]) if "PageSize" in values else UNSET,
        int(values["Page"]) if "Page" in values else UNSET,
        values.get("PageToken", UNSET),
    )


@pytest.fixture
def world() -> World:
    return World(Store("sqlite://", ManualClock(), seed=1), Settings(seed=1))


def sid(number: int) -> str:
    return f"CA{number:032x}"


def add(world: World, *numbers: int, to: str = "+15005550001") -> None:
    def work(tx: Any) -> None:
        for number in numbers:
            tx.add(
                CallRecord(
                    account_sid=ACCOUNT, sid=sid(number), to=to, from_="+1", created=0, updated=0
                )
            )

    world.store.do(work)


def drop(world: World, number: int) -> None:
    def work(tx: Any) -> None:
        found = tx.get(CallRecord, ACCOUNT, sid(number))
        assert found is not None
        tx.drop(found)

    world.store.do(work)


def shown(call: CallRecord) -> int:
    return int(call.sid[2:], 16)


def page(
    world: World, query: str = "", keep: Callable[[CallRecord], bool] | None = None
) -> dict[str, Any]:
    return world.store.do(
        lambda tx: lists.page(world, tx, given(query), CallRecord, ACCOUNT, keep, shown)
    )


def follow(
    world: World, uri: str, keep: Callable[[CallRecord], bool] | None = None
) -> dict[str, Any]:
    return page(world, urlsplit(uri).query, keep)


def test_the_first_page_holds_the_newest_and_leads_on(world: World) -> None:
    add(world, *range(5))
    found = page(world, "PageSize=2")
    assert found == {
        "calls": [4, 3],
        "first_page_uri": f"{PATH}?PageSize=2&Page=0",
        "next_page_uri": f"{PATH}?PageSize=2&Page=1&PageToken=PA{sid(3)}",
        "previous_page_uri": None,
        "page": 0,
        "page_size": 2,
        "start": 0,
        "end": 1,
        "uri": f"{PATH}?PageSize=2&Page=0",
    }


def test_walking_on_and_back_shows_every_row_once(world: World) -> None:
    add(world, *range(7))
    pages = [page(world, "PageSize=3")]
    while pages[-1]["next_page_uri"]:
        pages.append(follow(world, pages[-1]["next_page_uri"]))
    assert [one["calls"] for one in pages] == [[6, 5, 4], [3, 2, 1], [0]]
    assert [(one["start"], one["end"]) for one in pages] == [(0, 2), (3, 5), (6, 6)]
    back = [pages[-1]]
    while back[-1]["previous_page_uri"]:
        back.append(follow(world, back[-1]["previous_page_uri"]))
    assert [one["calls"] for one in back] == [[0], [3, 2, 1], [6, 5, 4]]
    assert [one["page"] for one in back] == [2, 1, 0]


@pytest.mark.parametrize("keep", [None, lambda call: shown(call) != 3])
def test_rows_that_come_and_go_do_not_shift_a_page(
    world: World, keep: Callable[[CallRecord], bool] | None
) -> None:
    add(world, *range(6))
    first = page(world, "PageSize=2", keep)
    add(world, 6, 7)
    drop(world, 4)
    second = follow(world, first["next_page_uri"], keep)
    assert second["calls"] == ([3, 2] if keep is None else [2, 1])


def test_a_cursor_leads_on_after_its_row_is_gone_even_if_its_place_is_taken_again(
    world: World,
) -> None:
    add(world, *range(4))
    second = follow(world, page(world, "PageSize=2")["next_page_uri"])
    assert second["calls"] == [1, 0]
    for number in (3, 2, 1):
        drop(world, number)
    add(world, 9)
    assert follow(world, second["uri"])["calls"] == [0]
    assert follow(world, second["previous_page_uri"])["calls"] == [9]


def test_the_last_row_removed_leaves_an_empty_page_without_links(world: World) -> None:
    add(world, 0, 1)
    following = page(world, "PageSize=1")["next_page_uri"]
    drop(world, 0)
    found = follow(world, following)
    assert (found["calls"], found["next_page_uri"], found["previous_page_uri"]) == ([], None, None)
    assert (found["start"], found["end"]) == (1, 1)


def test_links_carry_the_filters_encoded(world: World) -> None:
    add(world, 1, 2)
    found = page(world, "To=%2B1500&StartTime%3E=2026-01-01&PageSize=1")
    query = urlsplit(found["next_page_uri"]).query
    assert query.startswith("To=%2B1500&StartTime%3E=2026-01-01&PageSize=1&Page=1&PageToken=PACA")
    assert found["first_page_uri"].endswith("?To=%2B1500&StartTime%3E=2026-01-01&PageSize=1&Page=0")


def test_a_filter_reads_on_until_the_page_is_full(world: World) -> None:
    add(world, *range(1200))

    def keep(call: CallRecord) -> bool:
        return shown(call) % 400 == 0

    found = page(world, "PageSize=2", keep)
    assert found["calls"] == [800, 400]
    last = follow(world, found["next_page_uri"], keep)
    assert (last["calls"], last["next_page_uri"]) == ([0], None)
    assert page(world, "PageSize=2&Page=1", keep)["calls"] == [0]


@pytest.mark.parametrize(
    "token", ["x", "PA", "PBCA123", "PA" + sid(77), "XX" + sid(0), "PA" + sid(0) + "\n"]
)
def test_a_cursor_that_was_never_given_out_is_refused(world: World, token: str) -> None:
    add(world, 0)
    asked = Given(HttpRequest("GET", PATH, "", {}), page_token=token)
    with pytest.raises(Fault) as caught:
        world.store.do(lambda tx: lists.page(world, tx, asked, CallRecord, ACCOUNT, None, shown))
    assert (caught.value.status, caught.value.code) == (400, 21481)


def test_sizes_beyond_the_largest_are_cut_down_or_refused(world: World) -> None:
    add(world, 0)
    assert page(world, "PageSize=1500")["page_size"] == 1000
    assert page(world)["page_size"] == 50
    strict = World(world.store, Settings(strict_page_size=True))
    with pytest.raises(Fault) as caught:
        page(strict, "PageSize=1001")
    assert (caught.value.status, caught.value.code) == (400, 20007)


def test_a_page_number_beyond_all_numbers_is_an_empty_page(world: World) -> None:
    add(world, 0)
    assert page(world, f"Page={10**30}")["calls"] == []


def test_members_are_listed_oldest_first_and_named_by_their_call(world: World) -> None:
    def work(tx: Any) -> None:
        for number in range(3):
            tx.add(
                MemberRecord(
                    account_sid=ACCOUNT, queue_sid=QUEUE, call_sid=sid(number), enqueued=number
                )
            )

    world.store.do(work)

    def members(query: str) -> dict[str, Any]:
        return world.store.do(
            lambda tx: lists.page(
                world, tx, given(query), MemberRecord, ACCOUNT, None,
                lambda one: one.enqueued, bounds=Bounds(parent=QUEUE), newest_first=False,
            )
        )  # fmt: skip

    first = members("PageSize=2")
    assert first["queue_members"] == [0, 1]
    assert first["next_page_uri"].endswith(f"&PageToken=PA{sid(1)}")
    assert members(urlsplit(first["next_page_uri"]).query)["queue_members"] == [2]


NOON = 1_767_268_800_000  # 1 January 2026, 12:00 UTC


@pytest.mark.parametrize(
    ("on", "before", "after", "passes"),
    [
        (date(2026, 1, 1), UNSET, UNSET, True),
        (date(2026, 1, 2), UNSET, UNSET, False),
        (datetime(2026, 1, 1, 23, tzinfo=UTC), UNSET, UNSET, True),
        (UNSET, date(2026, 1, 1), UNSET, False),
        (UNSET, date(2026, 1, 2), UNSET, True),
        (UNSET, datetime(2026, 1, 1, 12, tzinfo=UTC), UNSET, False),
        (UNSET, UNSET, date(2026, 1, 1), True),
        (UNSET, UNSET, datetime(2026, 1, 1, 12, tzinfo=UTC), True),
        (UNSET, UNSET, datetime(2026, 1, 1, 12, 0, 1, tzinfo=UTC), False),
        (UNSET, date(1, 1, 1), UNSET, False),
        (UNSET, UNSET, date(9999, 12, 31), False),
    ],
)
def test_days_and_moments(on: Any, before: Any, after: Any, passes: bool) -> None:
    assert lists.within(NOON, on, before, after) is passes


def test_what_has_not_happened_passes_no_filter_for_its_time() -> None:
    assert lists.within(None, UNSET, UNSET, UNSET)
    assert not lists.within(None, UNSET, date(9999, 1, 1), UNSET)


@pytest.mark.slow
def test_a_page_of_a_long_list_is_as_fast_as_one_of_a_short_list(world: World) -> None:
    add(world, *range(20_000))
    began = time.perf_counter()
    for _ in range(20):
        middle = page(world, f"PageSize=50&PageToken=PA{sid(10_000)}")
    took = (time.perf_counter() - began) / 20
    assert middle["calls"][0] == 9_999
    assert took < 0.05, f"{took:.4f} s for a page"


@pytest.mark.parametrize(
    "asked", [{"callee": "+1"}, {"caller": "+1"}, {"callee": "+1", "caller": "+2"}]
)
def test_filters_by_number_are_the_indexes_work(world: World, asked: dict[str, str]) -> None:
    statement = statements.window((*asked, "most"), True)

    def plan(tx: Any) -> str:
        given = {"kind": "call", "account": ACCOUNT, "most": 5, **asked}
        names = [given.get(name, 0) for name in statement._names]
        rows = tx._raw.execute("EXPLAIN QUERY PLAN " + statement._text, names).fetchall()
        return " ".join(row[3] for row in rows)

    told = world.store.do(plan)
    assert "resources_to" in told or "resources_from" in told
    assert "TEMP B-TREE" not in told and "SCAN" not in told


def test_calls_are_found_by_whole_numbers_however_long() -> None:
    long = "sip:" + "a" * 200
    world = a_world()

    def fill(tx: Any) -> None:
        for number, (to, from_) in enumerate(
            [("+1", "+2"), ("+1", "+3"), (long + "x@h", "+2"), (long + "y@h", "+2")]
        ):
            tx.add(
                CallRecord(
                    account_sid=ACCOUNT, sid=sid(number), to=to, from_=from_, created=0, updated=0
                )
            )

    world.store.do(fill)

    def found(**filters: str) -> list[int]:
        answer = ask(create_app(world), "GET", f"{PATH}?{urlencode(filters)}")
        return [int(one["sid"][2:], 16) for one in answer.json()["calls"]]

    assert found(To="+1") == [1, 0]
    assert found(To="+1", From="+2") == [0]
    assert found(From="+2") == [3, 2, 0]
    assert found(To=long + "y@h") == [3]
    assert found(To=long + "z@h") == [] == found(To="+", From="+2")
