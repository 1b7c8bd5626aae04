"""Which server a client talks to: several of them, variables in their URLs, operations with servers of their own."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest
from generated import Bindings, document
from inprocess import InProcess

SERVERS = [
    {
        "url": "https://{region}.shop.test:{port}/{base path}",
        "name": "live",
        "variables": {
            "region": {"default": "eu", "enum": ["eu", "us"]},
            "port": {"default": "443"},
            "base path": {"default": "v1"},
        },
    },
    {"url": "https://{region}.sandbox.test/v1", "variables": {"region": {"default": "xx", "enum": ["xx", "eu"]}}},
    {"url": "https://plain.test/v1", "name": "plain"},
]  # fmt: skip
TAKEN = {"responses": {"204": {"description": "Done."}}, "tags": ["things"]}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Bindings:
    """A document of 3.2 with three servers, and an operation that has one of its own."""
    own = [{"url": "https://{zone}.uploads.test/in", "variables": {"zone": {"default": "z1"}}}]
    paths = {
        "/a": {"post": {"operationId": "doA", **TAKEN}},
        "/b": {"post": {"operationId": "doB", **TAKEN, "servers": own}},
        "/c": {"servers": [{"url": "/other"}], "post": {"operationId": "doC", **TAKEN}},
    }
    told = {**document(paths, servers=SERVERS), "openapi": "3.2.0"}
    return Bindings(told, tmp_path_factory.mktemp("servers"))


def _asked(made: Bindings, operation: str, **options: Any) -> str:
    """Where a request of an operation goes."""
    sent: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        return httpx2.Response(204)

    http = httpx2.Client(transport=httpx2.MockTransport(answer))
    client = made.package.Client(http=http, **options)
    getattr(client.things, operation)()
    return str(sent[0].url)


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ({}, "https://eu.shop.test/v1/a"),
        ({"server": 0, "region": "us", "port": "8443"}, "https://us.shop.test:8443/v1/a"),
        ({"server": "live", "base_path": "v2/x"}, "https://eu.shop.test/v2/x/a"),
        ({"server": 1}, "https://xx.sandbox.test/v1/a"),
        ({"server": 1, "region": "eu"}, "https://eu.sandbox.test/v1/a"),
        ({"server": "plain"}, "https://plain.test/v1/a"),
        ({"base_url": "http://here.test"}, "http://here.test/a"),
    ],
)
def test_where_requests_go(made: Bindings, options: dict[str, Any], wanted: str) -> None:
    assert _asked(made, "do_a", **options) == wanted


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"server": 3}, "there is no server 3; there are 0 \\(live\\), 1 "),
        ({"server": ""}, "there is no server ''"),
        ({"server": "plain", "region": "eu"}, "has no variable region"),
        ({"region": "xx"}, "region: expected one of 'eu', 'us'; got 'xx'"),
        ({"base_url": "http://here.test", "region": "eu"}, "base_url is the whole address: region"),
    ],
)
def test_what_cannot_be_chosen(made: Bindings, options: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        made.package.Client(**options)


def test_an_operation_with_a_server_of_its_own(made: Bindings) -> None:
    assert _asked(made, "do_b") == "https://z1.uploads.test/in/b"
    assert _asked(made, "do_b", server="plain") == "https://z1.uploads.test/in/b"
    assert _asked(made, "do_b", base_url="http://here.test") == "http://here.test/in/b"
    assert _asked(made, "do_c", server="plain") == "https://plain.test/other/c"


def test_the_stub_has_every_operation_at_its_path(made: Bindings) -> None:
    """The stub stands for all servers at once, each operation below the path of its own."""
    server, told = made.module("server"), []

    def handler(name: str) -> Any:
        async def handle(_: Any) -> Any:
            told.append(name)
            return getattr(server, f"Do{name.upper()}204")()

        return handle

    handlers = SimpleNamespace(do_a=handler("a"), do_b=handler("b"), do_c=handler("c"))
    app = server.build_app(things=handlers)
    http = httpx2.Client(transport=InProcess(app))
    client = made.package.Client(http=http)
    client.things.do_a()
    client.things.do_b()
    client.things.do_c()
    assert told == ["a", "b", "c"]


def test_one_server_without_variables_leaves_the_client_as_it_is(tmp_path: Path) -> None:
    paths = {"/a": {"post": {"operationId": "doA", **TAKEN}}}
    made = Bindings(document(paths, servers=[{"url": "https://one.test"}]), tmp_path)
    assert _asked(made, "do_a") == "https://one.test/a"
    with pytest.raises(TypeError):
        made.package.Client(server=0)
