"""Lists that go on by a cursor, a page number or an offset, found in the document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest
from generated import Bindings, document

ROWS = {"type": "array", "items": {"type": "integer"}}


def _made(folder: Path, schema: dict[str, Any], *asked: tuple[str, str]) -> Bindings:
    operation = {
        "operationId": "listThings",
        "tags": ["things"],
        "parameters": [{"name": name, "in": "query", "schema": {"type": kind}} for name, kind in asked],
        "responses": {"200": {"description": "Some.", "content": {"application/json": {"schema": schema}}}},
    }  # fmt: skip
    return Bindings(document({"/things": {"get": operation}}), folder)


def _page(**more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"rows": ROWS, **more}}


CASES: list[Any] = [
    (_page(next_cursor={"type": ["string", "null"]}), [("cursor", "string")],
     [{"rows": [1, 2], "next_cursor": "a b"}, {"rows": [3], "next_cursor": None}],
     [{}, {"cursor": "a b"}]),
    (_page(), [("page", "integer"), ("size", "integer")],
     [{"rows": [1, 2]}, {"rows": [3]}, {"rows": []}], [{}, {"page": "2"}, {"page": "3"}]),
    (ROWS, [("offset", "integer")], [[1, 2], [3], []], [{}, {"offset": "2"}, {"offset": "3"}]),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "asked", "answers", "wanted"), CASES)
def test_every_row_is_given_once(
    tmp_path: Path, schema: Any, asked: Any, answers: list[Any], wanted: list[dict[str, str]]
) -> None:
    made = _made(tmp_path, schema, *asked)
    client, sent = made.answering(*(httpx2.Response(200, json=one) for one in answers))
    assert client.things.list().all() == [1, 2, 3]
    assert [dict(one.url.params) for one in sent] == wanted


def test_a_server_that_does_not_count_ends_the_walk(tmp_path: Path) -> None:
    made = _made(tmp_path, _page(), ("page", "integer"))
    client, sent = made.answering(httpx2.Response(200, json={"rows": [1]}))
    with pytest.raises(made.module("errors").PagingError, match="same rows"):
        client.things.list().all()
    assert len(sent) == 2


def test_other_parameters_stay_as_they_are(tmp_path: Path) -> None:
    made = _made(tmp_path, _page(), ("page", "integer"), ("size", "integer"))
    answers = [httpx2.Response(200, json={"rows": rows}) for rows in ([1], [])]
    client, sent = made.answering(*answers)
    assert client.things.list(size=1, page=4).all() == [1]
    assert [dict(one.url.params) for one in sent] == [
        {"page": "4", "size": "1"},
        {"size": "1", "page": "5"},
    ]
