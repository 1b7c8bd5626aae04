"""Credentials: the ones that an operation asks for go along, and no others."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest
from generated import Bindings, document

SCHEMES = {
    "head": {"type": "apiKey", "in": "header", "name": "X-Head"},
    "asked": {"type": "apiKey", "in": "query", "name": "asked"},
    "crumb": {"type": "apiKey", "in": "cookie", "name": "crumb"},
    "bearer": {"type": "http", "scheme": "bearer"},
}
CLIENT = {
    "own": {
        "type": "oauth2",
        "flows": {"clientCredentials": {"tokenUrl": "/token", "scopes": {"read": "Reading"}}},
    }
}


def _made(folder: Path, schemes: dict[str, Any], *security: dict[str, Any]) -> Bindings:
    operation = {
        "operationId": "get",
        "tags": ["things"],
        "security": list(security),
        "responses": {"204": {"description": "Done."}},
    }
    components = {"securitySchemes": schemes}
    return Bindings(document({"/things": {"get": operation}}, components=components), folder)


GIVEN = {"head": "H", "asked": "A b", "crumb": "C;", "token": "T"}


@pytest.mark.parametrize(
    ("security", "given", "wanted"),
    [
        ([{"head": []}], GIVEN, {"x-head": "H"}),
        ([{"asked": []}], GIVEN, {"query": "asked=A%20b"}),
        ([{"crumb": []}], GIVEN, {"cookie": "crumb=C%3B"}),
        ([{"bearer": []}], GIVEN, {"authorization": "Bearer T"}),
        ([{"head": [], "crumb": []}], GIVEN, {"x-head": "H", "cookie": "crumb=C%3B"}),
        ([{"head": []}, {"bearer": []}], {"token": "T"}, {"authorization": "Bearer T"}),
        ([{"head": []}, {}], {"head": "H"}, {"x-head": "H"}),
        ([{"head": []}, {}], {}, {}),
        ([{"head": []}], {"token": "T"}, {}),
    ],
)
def test_what_an_operation_asks_for_goes_along(
    tmp_path: Path, security: list[dict[str, Any]], given: dict[str, str], wanted: dict[str, str]
) -> None:
    made = _made(tmp_path, SCHEMES, *security)
    client, sent = made.answering(httpx2.Response(204), **given)
    client.things.get()
    found = {
        k: sent[0].headers[k] for k in ("x-head", "cookie", "authorization") if k in sent[0].headers
    }
    query = sent[0].url.query.decode()
    assert found | ({"query": query} if query else {}) == wanted


TOKEN = {"access_token": "first", "token_type": "bearer", "expires_in": 100}


def test_a_token_is_got_kept_and_got_again(tmp_path: Path) -> None:
    made = _made(tmp_path, CLIENT, {"own": ["read"]})
    sent: list[httpx2.Request] = []
    now = [0.0]

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        if request.url.path != "/token":
            return httpx2.Response(204)
        return httpx2.Response(200, json={**TOKEN, "access_token": f"t{len(sent)}"})

    http = httpx2.Client(transport=httpx2.MockTransport(answer))
    client = made.module("client").Client(
        base_url="http://stub.test", http=http, client_id="me", client_secret="s:1"
    )
    core = made.module("_runtime.core")
    client._core.settings = core.msgspec.structs.replace(client.settings, clock=lambda: now[0])
    client.things.get()
    client.things.get()
    now[0] = 95.0
    client.things.get()
    assert [one.url.path for one in sent] == ["/token", "/things", "/things", "/token", "/things"]
    assert sent[0].content == b"grant_type=client_credentials&scope=read"
    assert sent[0].headers["authorization"] == "Basic bWU6cyUzQTE="
    assert [sent[n].headers["authorization"] for n in (1, 2, 4)] == [
        "Bearer t1", "Bearer t1", "Bearer t4",
    ]  # fmt: skip


def test_a_token_that_is_not_given_is_said(tmp_path: Path) -> None:
    made = _made(tmp_path, CLIENT, {"own": []})

    async def run() -> None:
        transport = httpx2.MockTransport(lambda _: httpx2.Response(401, json={"error": "no"}))
        async with httpx2.AsyncClient(transport=transport) as http:
            client = made.module("client").AsyncClient(
                base_url="http://stub.test", http=http, client_id="me", client_secret="s"
            )
            await client.things.get()

    with pytest.raises(
        made.module("errors").ConnectionFailed, match="no token was given: status 401"
    ):
        asyncio.run(run())


def test_a_token_in_hand_is_used_as_it_is(tmp_path: Path) -> None:
    made = _made(tmp_path, CLIENT, {"own": []})
    client, sent = made.answering(httpx2.Response(204), token="mine")
    client.things.get()
    assert [one.headers["authorization"] for one in sent] == ["Bearer mine"]


def test_a_token_that_does_not_come_ends_with_the_deadline(tmp_path: Path) -> None:
    made = _made(tmp_path, CLIENT, {"own": []})

    async def never(_: httpx2.Request) -> httpx2.Response:
        await asyncio.Event().wait()
        raise AssertionError

    async def run() -> None:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(never)) as http:
            client = made.module("client").AsyncClient(
                base_url="http://stub.test",
                http=http,
                timeout=0.05,
                client_id="me",
                client_secret="s",
            )
            await asyncio.wait_for(client.things.get(), 20)

    with pytest.raises(made.module("errors").DeadlineExceeded):
        asyncio.run(run())
