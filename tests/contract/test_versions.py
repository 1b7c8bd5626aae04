"""Where the other side says that it speaks another version than the document's, a run says so."""

from __future__ import annotations

import json
from typing import Any

import pytest
from small import of

from ringback.contract import Exchange, Options, Phase, Reply, Request, run, target_of
from ringback.contract.versions import other_versions

PATHS = "/a: {get: {responses: {'200': {description: a}}}}"
NAMED = "x-ringback-version-header: Shop-Version"


def said(headers: dict[str, str], described: Any = None, *, more: str = "") -> list[str]:
    """What is said of one answer with these headers, by a server below a prefix that describes itself."""
    asked: list[str] = []

    def fetch(target: str) -> Reply:
        asked.append(target)
        body = described if isinstance(described, bytes) else json.dumps(described).encode()
        return Reply(200, (), body)

    reply = Reply(200, tuple((name.lower(), value) for name, value in headers.items()))
    exchange = Exchange(1, Request("GET", "/a"), reply)
    found = list(other_versions(of(PATHS, more=more), [exchange], "http://shop.test/v1", fetch))
    return [*found, *(f"asked {one}" for one in asked)]


def test_a_header_that_the_document_names() -> None:
    assert said({"Shop-Version": "1"}, more=NAMED) == []
    (one,) = said({"Shop-Version": "2"}, more=NAMED)
    assert one == "the server says that it speaks version '2' (Shop-Version); the document is '1'"
    assert said({"Shop-Version": "2"}) == []


@pytest.mark.parametrize("link", [
    "</v1/openapi.json>; rel=service-desc",
    '<openapi.json>; rel="service-desc"',
    '<http://shop.test/v1/openapi.json>; type="application/json"; rel="up service-desc"',
    '</v1/b>; rel=next, </v1/openapi.json>; rel="service-desc"',
])  # fmt: skip
def test_a_server_that_describes_itself(link: str) -> None:
    same, other = {"info": {"version": "1"}}, {"info": {"version": "2"}}
    assert said({"Link": link}, same) == ["asked /openapi.json"]
    found = said({"Link": link}, other)
    assert found == [
        "the server describes its version '2' at http://shop.test/v1/openapi.json; the document is '1'",
        "asked /openapi.json",
    ]


@pytest.mark.parametrize("link", [
    "<http://other.test/v1/openapi.json>; rel=service-desc",
    "</v2/openapi.json>; rel=service-desc",
    "</v1/openapi.json>; rel=service-doc",
    "</v1/openapi.json>; title=service-desc",
    "nonsense",
])  # fmt: skip
def test_nothing_is_asked_of_others(link: str) -> None:
    assert said({"Link": link}, {"info": {"version": "2"}}) == []


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"[1", b"openapi: 3.1.0", b"info: {version: {a: 1}}", b"- info"]
)
def test_what_is_no_description_says_nothing(body: bytes) -> None:
    assert said({"Link": "</v1/d>; rel=service-desc"}, body) == ["asked /d"]


async def _app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    described = scope["path"] == "/openapi.yaml"
    headers = [(b"link", b"</openapi.yaml>; rel=service-desc"), (b"content-type", b"text/yaml")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    body = b"openapi: 3.1.0\ninfo: {title: T, version: 2024-04-10}\n" if described else b""
    await send({"type": "http.response.body", "body": body})


def test_a_run_says_it_and_it_is_no_finding() -> None:
    options = Options(max_time=5, phases=(Phase.SCENARIO,))
    done = run(of(PATHS), target_of(_app, "app"), options)
    assert [one for one in done.complaints if "version" in one] == [
        "the server describes its version '2024-04-10' at http://app/openapi.yaml; the document is '1'"
    ]
    assert [one.code for one in done.findings if one.where == ""] == []
