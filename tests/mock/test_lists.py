"""Lists: filters filter, orders order, and pages hold together."""

from __future__ import annotations

from typing import Any

from mocked import Client, Open

ROWS = """
openapi: 3.1.0
info: {{title: Rows, version: "1"}}
paths:
  /rows:
    get:
      parameters:
        - {{name: name, in: query, schema: {{type: string}}}}
        - {{name: "size[gte]", in: query, schema: {{type: integer}}}}
        - {{name: size_lt, in: query, schema: {{type: integer}}}}
        - {{name: madeBefore, in: query, schema: {{type: string, format: date}}}}
        - {{name: q, in: query, schema: {{type: string}}}}
        - {{name: sort, in: query, schema: {{type: string}}}}
        {paging}
      responses:
        "200":
          description: rows
          content: {{application/json: {{schema: {{$ref: "#/components/schemas/Page"}}}}}}
    post:
      requestBody: {{content: {{application/json: {{schema: {{$ref: "#/components/schemas/Row"}}}}}}}}
      responses: {{"201": {{description: made, content: {{application/json: {{schema: {{$ref: "#/components/schemas/Row"}}}}}}}}}}
  /rows/{{id}}:
    get:
      parameters: [{{name: id, in: path, required: true, schema: {{type: integer}}}}]
      responses: {{"200": {{description: a row, content: {{application/json: {{schema: {{$ref: "#/components/schemas/Row"}}}}}}}}}}
components:
  schemas:
    Row:
      type: object
      properties:
        id: {{type: integer, readOnly: true}}
        name: {{type: string}}
        size: {{type: integer}}
        made: {{type: string, format: date-time}}
    Page:
      type: object
      required: [rows, total, next, hasMore]
      properties:
        rows: {{type: array, items: {{$ref: "#/components/schemas/Row"}}}}
        total: {{type: integer}}
        page: {{type: integer}}
        hasMore: {{type: boolean}}
        next: {{type: [string, "null"]}}
        nextCursor: {{type: [string, "null"]}}
"""
NUMBERS = "- {name: page, in: query, schema: {type: integer, minimum: 1}}\n        - {name: pageSize, in: query, schema: {type: integer, minimum: 1}}"
OFFSETS = "- {name: offset, in: query, schema: {type: integer}}\n        - {name: limit, in: query, schema: {type: integer}}"
CURSORS = "- {name: cursor, in: query, schema: {type: string}}\n        - {name: limit, in: query, schema: {type: integer}}"


def filled(opened: Open, paging: str = NUMBERS) -> Client:
    client = opened(ROWS.format(paging=paging), settings={"initial": 0})
    for number in range(1, 8):
        row = {
            "name": "odd" if number % 2 else "even",
            "size": number,
            "made": f"2026-01-0{number}T10:00:00Z",
        }
        client.json("POST", "/rows", row)
    return client


def sizes(client: Client, query: str) -> list[Any]:
    return [row["size"] for row in client.json("GET", f"/rows?{query}")["rows"]]


def test_filters(opened: Open) -> None:
    client = filled(opened)
    assert sizes(client, "name=even") == [2, 4, 6]
    assert sizes(client, "size%5Bgte%5D=5") == [5, 6, 7]
    assert sizes(client, "size_lt=3") == [1, 2]
    assert sizes(client, "madeBefore=2026-01-03") == [1, 2]
    assert sizes(client, "q=EVE") == [2, 4, 6]
    assert sizes(client, "name=odd&size_lt=4") == [1, 3]
    assert sizes(client, "name=none") == []


def test_orders(opened: Open) -> None:
    client = filled(opened)
    assert sizes(client, "sort=-size") == [7, 6, 5, 4, 3, 2, 1]
    assert sizes(client, "sort=name") == [2, 4, 6, 1, 3, 5, 7]
    assert sizes(client, "sort=size:desc&name=odd") == [7, 5, 3, 1]


def walked(client: Client, query: str) -> list[list[Any]]:
    """The pages of a list, by the links from each to the next."""
    pages, target = [], f"/rows?{query}"
    while target:
        page = client.json("GET", target)
        assert page["total"] == 7
        assert page["hasMore"] is (page["next"] is not None)
        pages.append([row["size"] for row in page["rows"]])
        target = (page["next"] or "").removeprefix("http://mock")
        assert len(pages) < 9
    return pages


def test_pages_by_number_offset_and_cursor_lead_through_all(opened: Open) -> None:
    wanted = [[1, 2, 3], [4, 5, 6], [7]]
    assert walked(filled(opened, NUMBERS), "pageSize=3") == wanted
    assert walked(filled(opened, OFFSETS), "limit=3") == wanted
    assert walked(filled(opened, CURSORS), "limit=3") == wanted


def test_pages_of_a_filtered_list_are_filtered(opened: Open) -> None:
    client = filled(opened)
    page = client.json("GET", "/rows?name=odd&pageSize=3")
    assert (page["total"], [row["size"] for row in page["rows"]]) == (4, [1, 3, 5])
    following = page["next"].removeprefix("http://mock")
    assert [row["size"] for row in client.json("GET", following)["rows"]] == [7]


def test_a_cursor_survives_the_row_that_it_stands_behind(opened: Open) -> None:
    client = filled(opened, CURSORS)
    first = client.json("GET", "/rows?limit=3")
    client.json("POST", "/rows", {"name": "new", "size": 8})
    cursor = first["nextCursor"]
    assert sizes(client, f"limit=9&cursor={cursor}") == [4, 5, 6, 7, 8]


def test_a_page_beyond_the_end_is_empty(opened: Open) -> None:
    client = filled(opened)
    page = client.json("GET", "/rows?page=9&pageSize=3")
    assert (page["rows"], page["next"], page["total"]) == ([], None, 7)


def test_pages_backwards_say_whether_there_are_more_before_them(opened: Open) -> None:
    paging = "- {name: ending_before, in: query, schema: {type: string}}\n        - {name: limit, in: query, schema: {type: integer}}"
    client = filled(opened, paging)
    rows = client.json("GET", "/rows?limit=50")["rows"]
    assert len(rows) > 4
    told = []
    end = rows[-1]["id"]
    for _ in range(len(rows)):
        page = client.json("GET", f"/rows?limit=2&ending_before={end}")
        told = [*page["rows"], *told]
        if not page["hasMore"]:
            break
        end = page["rows"][0]["id"]
    assert told == rows[:-1]
