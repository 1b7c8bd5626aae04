"""`ringback explain` and `ringback plan`: from a name to its place and back, and what became of everything."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DOCUMENT = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
tags: [{name: Orders}]
paths:
  /orders:
    get:
      operationId: listOrders
      tags: [Orders]
      parameters:
        - {name: page_token, in: query, schema: {type: string}}
        - {name: Accept, in: header, schema: {type: string}}
      responses:
        "200":
          description: Some.
          content: {application/json: {schema: {$ref: "#/components/schemas/Page"}}}
    post:
      operationId: createOrder
      tags: [Orders]
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
      responses: {"201": {description: Made.}}
webhooks:
  shipped:
    post:
      requestBody: {content: {text/event-stream: {}}}
      responses: {"204": {description: Thanks.}}
components:
  schemas:
    Page:
      type: object
      properties:
        next_page_token: {type: string}
        orders: {type: array, items: {$ref: "#/components/schemas/Order"}}
    Order:
      type: object
      properties:
        fooBar: {type: string}
        foo-bar: {type: string}
        class: {type: string, pattern: "(?<=a+)b"}
        state: {type: string, enum: [on-hold, sent]}
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, called: Run) -> Run:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.yaml").write_text(DOCUMENT)

    return called


def explained(run: Run, name: str, *more: str) -> list[dict[str, Any]]:
    status, out, err = run("explain", "shop.yaml", name, "--format", "json", *more)
    assert (status, err) == (0, "")
    found: list[dict[str, Any]] = json.loads(out)
    return found


def line_of(text: str) -> int:
    return next(n for n, line in enumerate(DOCUMENT.splitlines(), 1) if text in line)


@pytest.mark.parametrize(
    ("name", "pointer", "line"),
    [
        ("client.orders.list", "/paths/~1orders/get", "    get:"),
        ("OrdersHandler.list", "/paths/~1orders/get", "    get:"),
        ("client.orders.list.page_token", "/paths/~1orders/get/parameters/0", "page_token, in"),
        ("CreateOrder201", "/paths/~1orders/post/responses/201", '{"201"'),
        ("client.orders", "/tags/0", "tags: [{"),
        ("Order", "/components/schemas/Order", "    Order:"),
        ("shop.models.Order", "/components/schemas/Order", "    Order:"),
        ("Order.class_", "/components/schemas/Order/properties/class", "class: {"),
        ("OrderState.ON_HOLD", "/components/schemas/Order/properties/state/enum/0", "on-hold"),
    ],
)
def test_a_name_leads_to_its_place_and_the_place_to_the_name(
    run: Run, name: str, pointer: str, line: str
) -> None:
    (told,) = explained(run, name)
    (place,) = told["places"]
    assert (place["pointer"], place["line"]) == (pointer, line_of(line))
    plain = name.removeprefix("shop.models.")
    assert plain in told["names"]
    assert any(plain in one["names"] for one in explained(run, f"#{pointer}"))
    assert any(plain in one["names"] for one in explained(run, f"shop.yaml:{place['line']}"))


def test_it_says_why(run: Run) -> None:
    (first,), (second,) = explained(run, "Order.foo_bar"), explained(run, "Order.foo_bar_2")
    assert first["why"] == "after the property 'foo-bar'"
    assert second["why"] == "after the property 'fooBar', but foo_bar is what 'foo-bar' is called"
    run("generate", "shop.yaml", "--output", "shop")
    (kept,) = explained(run, "Order.foo_bar_2", "--output", "shop")
    assert kept["why"] == "the lock of names keeps it; the property 'fooBar' alone would make it foo_bar"  # fmt: skip


def test_it_says_what_was_found_and_what_was_degraded(run: Run) -> None:
    (listed,) = explained(run, "listOrders")
    assert (
        "paging: of the answer, its attribute orders is the only list (rows: Order), and its "
        "attribute next_page_token goes into the parameter page_token"
    ) in listed["facts"]
    (attribute,) = explained(run, "Order.class_")
    assert [one["code"] for one in attribute["findings"]] == ["unchecked-pattern"]


def test_a_place_inside_something_belongs_to_it(run: Run) -> None:
    (told,) = explained(run, "/components/schemas/Order/properties/class/pattern")
    assert told["names"] == ["Order.class_"]


def test_as_text(run: Run) -> None:
    status, out, _ = run("explain", "shop.yaml", "client.orders.list")
    assert status == 0
    assert out.splitlines()[0] == "client.orders.list: operation"
    assert f"    at    shop.yaml:{line_of('    get:')}:5  /paths/~1orders/get" in out.splitlines()


def test_a_name_alone_means_the_document_of_the_settings(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.ringback]\ndocument = "shop.yaml"\n')
    assert run("explain", "Order")[0] == 0


def test_what_there_is_not(run: Run) -> None:
    status, out, err = run("explain", "shop.yaml", "Ordr")
    assert (status, out) == (2, "")
    assert "nothing is called 'Ordr'" in err and "did you mean Order" in err
    assert run("explain", "shop.yaml", "/nowhere")[0] == 2
    assert run("explain")[0] == 2


def test_coverage_counts_everything(run: Run) -> None:
    status, out, _ = run("explain", "shop.yaml", "--coverage", "--format", "json")
    assert status == 0
    told = json.loads(out)
    assert told["counts"] == {
        "operation": {"generated": 2, "degraded": 0, "skipped": 1},
        "schema": {"generated": 1, "degraded": 1, "skipped": 0},
        "parameter": {"generated": 1, "degraded": 0, "skipped": 1},
    }
    rows = {one["name"]: one for one in told["rows"]}
    assert rows["Order"]["status"] == "degraded"
    assert rows["Order"]["reasons"][0]["code"] == "unchecked-pattern"
    assert rows["Accept"]["reasons"][0]["code"] == "ignored-header"
    assert rows["listOrders"]["python"] == "client.orders.list"
    (skipped,) = [one for one in told["rows"] if one["status"] == "skipped" and one["kind"] == "operation"]  # fmt: skip
    assert skipped["location"]["pointer"] == "/webhooks/shipped/post"
    assert skipped["reasons"][0]["code"] == "unreadable-webhook"


def test_coverage_as_text(run: Run) -> None:
    status, out, _ = run("explain", "shop.yaml", "--coverage")
    assert status == 0
    assert out.splitlines()[-3:] == [
        "operations: 3, 2 generated, 0 degraded, 1 skipped",
        "schemas: 2, 1 generated, 1 degraded, 0 skipped",
        "parameters: 2, 1 generated, 0 degraded, 1 skipped",
    ]


def test_the_plan_is_printed(run: Run) -> None:
    status, out, _ = run("plan", "shop.yaml")
    assert status == 0
    assert "package: shop" in out.splitlines()
    status, out, _ = run("plan", "shop.yaml", "--format", "json")
    plan = json.loads(out)
    assert [one["attribute"] for one in plan["groups"]] == ["orders"]
    (order,) = [one for one in plan["models"] if one["name"] == "Order"]
    assert {one["wire"]: one["name"] for one in order["fields"]}["class"] == "class_"


def test_a_template_of_ones_own_reads_what_the_plan_shows(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    template = '{% for group in plan.groups %}{% for one in group.operations %}\n{{ one.name | upper }} = {{ one.template | py }}\n{% endfor %}{% endfor %}\n'  # fmt: skip
    (tmp_path / "mine" / "webhooks.py.j2").write_text(template)
    arguments = ("generate", "shop.yaml", "--output", "shop", "--templates", "mine")
    assert run(*arguments)[0] == 3
    assert (tmp_path / "shop/webhooks.py").read_text() == 'LIST = "/orders"\nCREATE = "/orders"\n'
    assert "class Order(" in (tmp_path / "shop/models.py").read_text()
    (tmp_path / "mine" / "webhooks.py.j2").write_text("x = {{ plan.nothing }}\n")
    assert run(*arguments)[0] != 0
    assert (tmp_path / "shop/webhooks.py").read_text().startswith("LIST")


@pytest.mark.parametrize("command", [["explain", "shop.yaml", "Order"], ["plan", "shop.yaml"]])
def test_a_broken_lock_and_a_broken_document_are_said(run: Run, tmp_path: Path, command: list[str]) -> None:  # fmt: skip
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / ".ringback-names.json").write_text("{")
    status, _, err = run(*command, "--output", "shop")
    assert status == 2 and ".ringback-names.json: it is no JSON" in err
    (tmp_path / "shop.yaml").write_text("openapi: 3.1.0\n")
    status, _, err = run(*command)
    assert status == 1 and "[missing-key]" in err


@pytest.mark.parametrize("words", [(), ("shop.yaml",)])
def test_a_document_alone_is_asked_what_to_explain(words: tuple[str, ...], run: Run) -> None:
    status, out, err = run("explain", *words)
    assert (status, out) == (2, "")
    assert err.startswith("ringback: error: explain what? Give a name")


def test_servers_and_their_variables(run: Run, tmp_path: Path) -> None:
    servers = """\
servers:
  - url: https://{region}.shop.example/{base-path}
    variables:
      region: {default: eu, enum: [eu, us]}
      base-path: {default: v1}
  - {url: "https://test.shop.example"}
"""
    (tmp_path / "served.yaml").write_text(DOCUMENT.replace("paths:\n", servers + "paths:\n", 1))
    status, out, _ = run("explain", "served.yaml", "Client.base_path", "--no-overlay")
    assert status == 0
    assert "served.yaml:8" in out
    assert "the server variable 'base-path'" in out
    assert "takes any text; 'v1' without it" in out
    status, out, _ = run("explain", "served.yaml", "AsyncClient.region", "--no-overlay")
    assert (status, "one of eu, us; 'eu' without it" in out) == (0, True)
    status, out, _ = run("explain", "served.yaml", "/servers/1", "--no-overlay")
    assert (status, "operations.SERVERS[1]" in out, "Client(server=1)" in out) == (0, True, True)
