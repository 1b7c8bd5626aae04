"""Lists that go on by the Link header, and lists whose pages the settings tell."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest
from generated import Bindings, document

from ringback import plan

ROWS = {"type": "array", "items": {"type": "integer"}}
LINK = {"Link": {"schema": {"type": "string"}}}


def _choices(**paging: Mapping[str, Any]) -> plan.Choices:
    told = {name: {"place": "pyproject.toml:7:1", **one} for name, one in paging.items()}
    return plan.choices_of(told, {})


def _made(
    folder: Path, schema: dict[str, Any], *asked: str, choices: plan.Choices = plan.NO_CHOICES, **more: Any
) -> Bindings:  # fmt: skip
    answer = {"description": "Some.", "content": {"application/json": {"schema": schema}}, **more}
    operation = {
        "operationId": "listThings",
        "tags": ["things"],
        "parameters": [{"name": name, "in": "query", "schema": {"type": "integer"}} for name in asked]
        + [{"name": "X-Version", "in": "header", "schema": {"type": "string"}}],
        "responses": {"200": answer},
    }  # fmt: skip
    return Bindings(document({"/things": {"get": operation}}), folder, choices)


def _page(rows: list[int], link: str = "") -> httpx2.Response:
    return httpx2.Response(200, json=rows, headers={"Link": link} if link else {})


def test_a_documented_link_header_leads_on(tmp_path: Path) -> None:
    made = _made(tmp_path, ROWS, "page", headers=LINK)
    first = '<http://stub.test/>; rel="first", </things?page=2,x>; title="a, \\"<b>\\""; rel="last next"'
    client, sent = made.answering(_page([1, 2], first), _page([3]))
    assert client.things.list(x_version="7").all() == [1, 2, 3]
    assert [str(one.url) for one in sent] == [
        "http://stub.test/things",
        "http://stub.test/things?page=2,x",
    ]
    assert [one.headers["X-Version"] for one in sent] == ["7", "7"]


def test_the_stub_gives_the_link_typed(tmp_path: Path) -> None:
    made = _made(tmp_path, ROWS, "page", headers=LINK)
    kind = made.module("server").ListThings200

    async def list_things(given: Any) -> Any:
        page = given.page if isinstance(given.page, int) else 1
        more = {"link": f'</things?page={page + 1}>; rel="next"'} if page < 3 else {}
        return kind([page], **more)

    handlers = {"things": SimpleNamespace(list=list_things)}
    client = made.client(handlers)
    assert client.things.list().all() == [1, 2, 3]
    app = made.module("server").build_app(**handlers)
    http = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app))
    other = made.module("client").AsyncClient(base_url="http://stub.test", http=http)
    assert asyncio.run(other.things.list().all()) == [1, 2, 3]


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ('<https://elsewhere.test/things>; rel="next"', "another origin"),
        ('<http://stub.test/things>; rel="next"', "read before"),
        ("<http://[bad/>; rel=next", "no URL"),
    ],
)
def test_a_link_that_must_not_be_followed(tmp_path: Path, link: str, told: str) -> None:
    made = _made(tmp_path, ROWS, headers=LINK)
    client, sent = made.answering(_page([1], link))
    with pytest.raises(made.package.PagingError, match=told):
        client.things.list().all()
    assert len(sent) == 1


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("<a>; rel=next", "a"),
        ("<a>; rel=prev, <b>;rel=NEXT", "b"),
        ("<a>; rel=prev; rel=next", None),  # the first rel counts
        ('<a>; anchor="#x"; rel=next, <b>; rel="next"', "b"),
        ("<a,b>; rel=next; foo", "a,b"),
        ("a; rel=next", None),
        ("", None),
        ("<a>", None),
    ],
)
def test_the_next_of_a_link_header(tmp_path: Path, header: str, wanted: str | None) -> None:
    made = _made(tmp_path, ROWS)
    assert made.module("_runtime.links").next_link(header) == wanted


def test_the_settings_name_what_is_not_found(tmp_path: Path) -> None:
    inner = {"type": "object", "properties": {"items": ROWS}}
    meta = {"type": "object", "properties": {"more-at": {"type": ["string", "null"]}}}
    schema = {"type": "object", "properties": {"data": inner, "others": ROWS, "meta": meta}}
    told = {"kind": "cursor", "rows": "data.items", "next": "meta.more-at", "parameter": "from"}
    made = _made(tmp_path, schema, "from", choices=_choices(listThings=told))
    client, sent = made.answering(
        httpx2.Response(200, json={"data": {"items": [1]}, "meta": {"more-at": "x"}}),
        httpx2.Response(200, json={"data": {"items": [2]}, "meta": {}}),
    )
    assert client.things.list().all() == [1, 2]
    assert [dict(one.url.params) for one in sent] == [{}, {"from": "x"}]
    facts = [one.facts for one in plan.index(made.drawn) if "client.things.list" in one.names]
    assert any("(pyproject.toml:7:1 says so)" in fact for fact in facts[0])


def test_the_settings_switch_paging_off(tmp_path: Path) -> None:
    made = _made(tmp_path, ROWS, "page", choices=_choices(**{"GET /things": {"kind": ""}}))
    client, _ = made.answering(_page([1, 2]))
    assert client.things.list() == [1, 2]
    facts = [one.facts for one in plan.index(made.drawn) if "client.things.list" in one.names]
    assert "no paging: pyproject.toml:7:1 says so" in facts[0]


@pytest.mark.parametrize(
    ("name", "told", "message"),
    [
        ("listThing", {"kind": ""}, "there is no operation 'listThing'"),
        ("listThings", {"kind": "page", "parameter": "p"}, "there is no query parameter 'p'; there is page"),
        ("listThings", {"kind": "link", "next": "n"}, "next: the answer has no 'n'; it has a, b"),
        ("listThings", {"kind": "header", "rows": "c"}, "rows: the answer has no list 'c'; it has a, b"),
    ],
)  # fmt: skip
def test_settings_that_do_not_fit_the_document(
    tmp_path: Path, name: str, told: dict[str, Any], message: str
) -> None:
    schema = {"type": "object", "properties": {"a": ROWS, "b": {"type": "string"}}}
    with pytest.raises(plan.ChoiceFault) as caught:
        _made(tmp_path, schema, "page", choices=_choices(**{name: told}))
    assert str(caught.value).startswith("pyproject.toml:7:1: error: paging")
    assert message in str(caught.value)
