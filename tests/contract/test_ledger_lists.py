"""Lists keep to filter, size and order, and a walk through their pages loses and repeats nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from talking import BASE, CALLEE, SID, call, document, exchange, listed, take, voice

from ringback.contract.ledger import Ledger
from ringback.contract.traffic import Exchange

CALLS = f"{BASE}/Calls.json"
NIGHT = "Tue, 31 Aug 2010 20:36:28 +0000"


def sid(number: int) -> str:
    return f"CA{number:032x}"


def page(
    number: int, query: str, *rows: int, more: str | None = None, at: float | None = None
) -> Exchange:
    link = f"{CALLS}?{more}" if more else None
    value = listed("calls", [call(sid(row)) for row in rows], CALLS, more=link)
    return exchange(number, "GET", f"{CALLS}?{query}", 200, value, started=at)


def fresh() -> Ledger:
    return Ledger(voice())


FILTERS: list[tuple[str, dict[str, Any], str]] = [
    ("Status=completed", {"status": "busy"}, "status is 'busy' in a list filtered by Status, wanted 'completed'"),
    ("To=%2B15005550001", {}, f"to is '{CALLEE}' in a list filtered by To, wanted '+15005550001'"),
    ("ParentCallSid=" + SID, {}, f"parent_call_sid is None in a list filtered by ParentCallSid, wanted '{SID}'"),
    ("StartTime=2010-08-30", {"start_time": NIGHT},
     f"start_time is '{NIGHT}' in a list filtered by StartTime, wanted '2010-08-30'"),
    ("StartTime%3C=2010-08-01", {"start_time": NIGHT},
     f"start_time is '{NIGHT}' in a list filtered by StartTime<, wanted before '2010-08-01'"),
    ("StartTime%3E=2010-09-01T00:00:00Z", {"start_time": NIGHT},
     f"start_time is '{NIGHT}' in a list filtered by StartTime>, wanted not before '2010-09-01T00:00:00Z'"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "changes", "message"), FILTERS)
def test_a_filter_is_kept(query: str, changes: dict[str, Any], message: str) -> None:
    value = listed("calls", [call(**changes)], CALLS)
    found = take(fresh(), exchange(1, "GET", f"{CALLS}?{query}", 200, value))
    assert found == [("filter-ignored", message)]


@pytest.mark.parametrize(
    ("query", "changes"),
    [
        ("Status=completed", {"status": "completed"}),
        ("Status=nonsense", {"status": "busy"}),  # not a value that the document has
        ("Status=", {"status": "busy"}),
        ("StartTime=2010-08-31", {"start_time": NIGHT}),
        ("StartTime=2010-08-31T00:00:00Z", {"start_time": NIGHT}),
        (
            "StartTime%3C=2010-08-31",
            {"start_time": NIGHT},
        ),  # which side midnight is, documents differ
        ("StartTime%3E=2010-08-31", {"start_time": NIGHT}),
        ("To=5550009", {}),  # a search
        ("Unknown=5", {}),
        ("PageSize=50&Page=0", {}),
    ],
)
def test_a_filter_that_is_kept_is_not_found(query: str, changes: dict[str, Any]) -> None:
    value = listed("calls", [call(**changes)], CALLS)
    assert take(fresh(), exchange(1, "GET", f"{CALLS}?{query}", 200, value)) == []


def test_a_page_is_no_larger_than_asked() -> None:
    found = take(fresh(), page(1, "PageSize=2", 1, 2, 3))
    assert found == [
        ("page-size-ignored", "the page holds 3 rows, wanted at most 2 as PageSize asks")
    ]
    assert take(fresh(), page(1, "PageSize=2", 1, 2), page(2, "PageSize=0", 1, 2)) == []


def test_a_row_stands_on_a_page_once() -> None:
    found = take(fresh(), page(1, "", 1, 2, 1))
    assert found == [("page-repeated", f"{sid(1)} stands on one page twice, wanted each row once")]


def test_a_row_stands_on_one_page_of_a_walk() -> None:
    walk = (
        page(1, "PageSize=2", 1, 2, more="PageSize=2&Page=1&PageToken=a"),
        page(2, "PageSize=2&Page=1&PageToken=a", 3, 1),
    )
    found = take(fresh(), *walk)
    assert found == [
        ("page-repeated", f"{sid(1)} stands on two pages of one walk, wanted each row once")
    ]


def test_rows_that_came_meanwhile_may_push_others_onto_the_next_page() -> None:
    ledger = fresh()
    walk = (
        page(1, "PageSize=2", 3, 2, more="PageSize=2&Page=1"),
        page(2, "PageSize=2&Page=1", 2, 1),
    )
    assert take(ledger, *walk) == []
    # A look at the beginning says what it was: something came, or nothing did.
    assert take(ledger, page(3, "PageSize=2", 4, 3, more="PageSize=2&Page=1")) == []
    ledger = fresh()
    found = take(ledger, *walk, page(3, "PageSize=2", 3, 2, more="PageSize=2&Page=1"))
    assert [code for code, _ in found] == ["page-repeated"]


def test_pages_of_different_walks_do_not_belong_together() -> None:
    ledger = fresh()
    others = (
        page(1, "PageSize=2", 1, 2, more="PageSize=2&Page=1&PageToken=a"),
        page(2, "PageSize=2&Page=7&PageToken=z", 1, 2),
        page(3, "PageSize=2&Page=1&PageToken=b&Status=queued", 1, 2),
        page(4, "PageSize=3&Page=1", 1, 2, 3),
    )
    assert take(ledger, *others) == []


def test_nothing_is_lost_between_pages() -> None:
    whole = page(1, "PageSize=1000", 3, 2, 1)
    walk = (
        page(2, "PageSize=1", 3, more="PageSize=1&Page=1&PageToken=a"),
        page(3, "PageSize=1&Page=1&PageToken=a", 1),
    )
    found = take(fresh(), whole, *walk, page(4, "PageSize=1000", 3, 2, 1))
    assert found == [
        ("page-lost", f"{sid(2)} stands on the list before and after, and on none of the 2 pages "
         "between, wanted nothing lost")
    ]  # fmt: skip


def test_what_was_deleted_or_came_meanwhile_is_not_lost() -> None:
    ledger = fresh()
    assert take(ledger, page(1, "", 3, 2, 1), page(2, "", 3, 1), page(3, "", 4, 3, 1)) == []


def test_one_order_holds_for_rows_that_do_not_change() -> None:
    found = take(
        fresh(), page(1, "", 3, 2, 1), page(2, "PageSize=5", 3, 1, 2), page(3, "", 3, 2, 1)
    )
    assert found == [
        (
            "order-wrong",
            f"{sid(1)} stands before {sid(2)}, wanted them in the order of other readings",
        )
    ]


THINGS = """
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /things:
    get:
      parameters:
        - {name: sort, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1}}
        - {name: page, in: query, schema: {type: integer, minimum: 1, default: 1}}
        - {name: size_gte, in: query, schema: {type: integer}}
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}
    post:
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
      responses:
        '201':
          description: ok
          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
  /things/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get:
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
components:
  schemas:
    Thing: {type: object, properties: {id: {type: integer}, size: {type: integer}}}
"""


def test_lists_of_other_documents(tmp_path: Path) -> None:
    contract = document(THINGS, tmp_path)

    def things(number: int, query: str, *sizes: int, first: int = 1) -> Exchange:
        rows = [{"id": first + index, "size": size} for index, size in enumerate(sizes)]
        return exchange(number, "GET", f"/things?{query}", 200, rows)

    assert take(Ledger(contract), things(1, "sort=-size", 3, 5)) == [
        ("order-wrong", "size is 5 after 3, wanted it falling as sort asks")
    ]
    assert take(Ledger(contract), things(1, "sort=size", 3, 5), things(2, "sort=name", 5, 3)) == []
    assert take(Ledger(contract), things(1, "size_gte=4", 3)) == [
        ("filter-ignored", "size is 3 in a list filtered by size_gte, wanted at least 4")
    ]
    # Page 1 is the first page here, so it is no second one that repeats it.
    one = things(1, "limit=2", 1, 2), things(2, "limit=2&page=1", 1, 2)
    assert take(Ledger(contract), *one) == []
    again = exchange(
        3, "GET", "/things?limit=2&page=2", 200, [{"id": 3, "size": 1}, {"id": 1, "size": 1}]
    )
    assert take(Ledger(contract), *one, again) == [
        ("page-repeated", "1 stands on two pages of one walk, wanted each row once")
    ]
    made = exchange(1, "POST", "/things", 201, {"id": 9, "size": 1}, sent={"size": 1})
    found = take(Ledger(contract), made, things(2, "limit=5", 1, 2))
    assert [code for code, _ in found] == ["created-not-listed"]
    assert take(Ledger(contract), made, things(2, "limit=2", 1, 2)) == []
