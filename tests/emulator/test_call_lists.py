"""Lists of calls: filters by time are the database's, and a list that is remembered is never an old one."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import UNSET

from ringback.emulator import lists
from ringback.emulator.app import create_app
from ringback.emulator.clock import ManualClock
from ringback.emulator.records import AccountRecord, CallRecord
from ringback.emulator.settings import Settings
from ringback.emulator.store import Store
from ringback.emulator.world import World
from ringback.state import remembered

from .surface_world import ACCOUNT, CALLS, TOKEN, a_world, ask

DAY = 86_400_000
BEGIN = 1_767_225_600_000  # 1 January 2026, 00:00 UTC


def sid(number: int) -> str:
    return f"CA{number:032x}"


def fill(world: World, spans: list[tuple[int | None, int | None]], account: str = ACCOUNT) -> None:
    def work(tx: Any) -> None:
        for number, (started, ended) in enumerate(spans):
            tx.add(
                CallRecord(
                    account_sid=account, sid=sid(number), to="+1", from_="+2", status="completed",
                    created=0, updated=0, started=started, ended=ended,
                )
            )  # fmt: skip

    world.store.do(work)


def shown(app: Any, query: str = "", calls: str = CALLS) -> list[int]:
    answer = ask(app, "GET", f"{calls}.json" + (f"?{query}" if query else ""))
    assert answer.status_code == 200, answer.text
    return [int(one["sid"][2:], 16) for one in answer.json()["calls"]]


MOMENTS = st.none() | st.integers(-3 * DAY, 3 * DAY).map(lambda ms: BEGIN + ms // 1000 * 1000)
WHEN = st.one_of(
    st.integers(-3, 3).map(lambda days: date(2026, 1, 1) + timedelta(days)),
    st.integers(-260_000, 260_000).map(
        lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    ),
)
NAMES = ("StartTime", "StartTime<", "StartTime>", "EndTime", "EndTime<", "EndTime>")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(MOMENTS, MOMENTS), min_size=1, max_size=12),
    st.dictionaries(st.sampled_from(NAMES), WHEN, max_size=4),
)
def test_filters_by_time_in_the_database_let_through_what_they_say(
    spans: list[tuple[int | None, int | None]], filters: dict[str, Any]
) -> None:
    world = a_world()
    fill(world, spans)
    start, end = (
        [filters.get(name + sign, UNSET) for sign in ("", "<", ">")]
        for name in ("StartTime", "EndTime")
    )
    wanted = [
        number
        for number, (started, ended) in enumerate(spans)
        if lists.within(started, *start) and lists.within(ended, *end)
    ]
    asked = {
        name: when.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(when, datetime) else str(when)
        for name, when in filters.items()
    }
    assert shown(create_app(world), urlencode(asked)) == wanted[::-1]


def test_a_filter_by_time_goes_on_over_pages() -> None:
    world = a_world()
    fill(world, [(BEGIN + number * DAY, None) for number in range(9)])
    app = create_app(world)
    found, path = [], f"{CALLS}.json?PageSize=2&StartTime%3E=2026-01-03&StartTime%3C=2026-01-08"
    while path:
        page = ask(app, "GET", path).json()
        found.append([int(one["sid"][2:], 16) for one in page["calls"]])
        path = page["next_page_uri"]
    assert found == [[6, 5], [4, 3], [2]]


@pytest.fixture(params=["memory", "file"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    url = "sqlite://" if request.param == "memory" else f"sqlite:///{tmp_path / 'calls.db'}"
    made = World(Store(url, ManualClock(), seed=1), Settings(seed=1))
    made.store.do(lambda tx: tx.add(AccountRecord(account_sid=ACCOUNT, auth_token=TOKEN)))
    return made


def test_a_list_is_remembered_until_something_is_written(world: World) -> None:
    fill(world, [(BEGIN, None)] * 3)
    app, known = create_app(world), world.store.known
    asked = (f"{CALLS}.json", "PageSize=2")
    first = ask(app, "GET", "?".join(asked)).content
    assert known.answer(asked) == first == ask(app, "GET", "?".join(asked)).content
    assert known.answer((asked[0], "")) is None
    world.store.do(lambda tx: tx.drop(tx.owner(CallRecord, sid(2)) or pytest.fail("it is gone")))
    assert known.answer(asked) is None
    assert shown(app, "PageSize=2") == [1, 0]


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "end", "drop", "wipe"]), st.integers(0, 4)), max_size=12
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_a_remembered_list_is_what_the_database_holds(steps: list[tuple[str, int]]) -> None:
    world = a_world()
    app = create_app(world)
    accounts = world.store.do(lambda tx: tx.everything(AccountRecord))
    queries = ("", "PageSize=2", "Status=completed", "Page=1&PageSize=1")

    def take(tx: Any, what: str, number: int) -> None:
        found = tx.get(CallRecord, ACCOUNT, sid(number))
        if what == "add" and found is None:
            tx.add(CallRecord(account_sid=ACCOUNT, sid=sid(number), to="+1", from_="+2", created=0, updated=0))  # fmt: skip
        elif what == "end" and found is not None:
            found.status = "completed"
            tx.save(found)
        elif what == "drop" and found is not None:
            tx.drop(found)
        elif what == "wipe":
            tx.wipe()
            for one in accounts:
                tx.add(one)

    for what, number in steps:
        world.store.do(partial(take, what=what, number=number))
        told = [shown(app, query) for query in queries]
        assert told == [shown(app, query) for query in queries]
        world.store.known.clear()
        assert told == [shown(app, query) for query in queries]


def test_an_account_does_not_get_what_was_remembered_for_another() -> None:
    world = a_world()
    fill(world, [(BEGIN, None)] * 3)
    app = create_app(world)
    assert shown(app) == [2, 1, 0]
    other = {"Authorization": "Basic " + base64.b64encode(f"{ACCOUNT}:wrong".encode()).decode()}
    assert ask(app, "GET", f"{CALLS}.json", headers=other).status_code == 401
    below = "AC" + "2" * 32
    world.store.do(
        lambda tx: tx.add(AccountRecord(account_sid=below, auth_token="t", parent_sid=ACCOUNT))
    )
    assert shown(app) == [2, 1, 0]
    assert shown(app, calls=CALLS.replace(ACCOUNT, below)) == []


def test_what_is_remembered_is_bounded() -> None:
    known = remembered.Remembered()
    known.keep_answer(("long", ""), b"x" * (remembered.LARGEST_ANSWER + 1), 0)
    assert known.answer(("long", "")) is None
    for number in range(3 * remembered.MOST_ANSWERS):
        known.keep_answer(("path", str(number)), b"x", 0)
    kept = [n for n in range(3 * remembered.MOST_ANSWERS) if known.answer(("path", str(n)))]
    assert 0 < len(kept) <= remembered.MOST_ANSWERS
    known.written([])
    known.keep_answer(("late", ""), b"made of what was there before", 0)
    assert known.answer(("late", "")) is None
