"""`ringback names`: what is called otherwise than before, renaming by hand, and when former names go."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DOCUMENT = """\
openapi: 3.1.0
info: {title: Shop, version: "1.4"}
paths:
  /orders:
    get:
      operationId: listOrders
      tags: [Orders]
      parameters: [{name: Most, in: query, schema: {type: integer}}]
      responses: {"200": {description: Some., content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}}
components:
  schemas:
    Order: {type: object, properties: {Amt: {type: integer}, State: {type: string, enum: [on-hold, sent]}}}
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, called: Run) -> Run:
    """Run the command beside a document whose bindings were made; gives status, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    Path("shop.yaml").write_text(DOCUMENT)
    settings = '[tool.ringback]\ndocument = "shop.yaml"\noutput = "shop"\n'
    Path("pyproject.toml").write_text(settings)

    assert called("generate")[0] == 0
    return called


def lock() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path("shop/.ringback-names.json").read_text())
    return found


def listed(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("names", "--format", "json")[1])
    return found


def test_at_first_there_are_none(run: Run) -> None:
    assert run("names") == (0, "there are no former names\n", "")


@pytest.mark.parametrize(("rename", "shown", "file", "printed"), [
    ("client.orders.list=every", ("client.orders.list", "client.orders.every"), "client.py", "def every("),
    ("client.orders.list.most=limit", ("client.orders.list.most", "client.orders.list.limit"), "client.py", "limit:"),
    ("client.orders=sales", ("client.orders", "client.sales"), "client.py", "self.sales ="),
    ("Order=Sale", ("Order", "Sale"), "models.py", "Sale: TypeAlias = Order"),
    ("shop.models.Order.amt=Order.amount", ("Order.amt", "Order.amount"), "models.py", "amount: int"),
    ("OrderState.ON_HOLD=WAITING", ("OrderState.ON_HOLD", "OrderState.WAITING"), "models.py", 'WAITING = "on-hold"'),
    ("list_orders=find_orders", ("list_orders", "find_orders"), "operations.py", "FIND_ORDERS: Operation"),
])  # fmt: skip
def test_something_is_renamed(
    rename: str, shown: tuple[str, str], file: str, printed: str, run: Run
) -> None:
    status, out, err = run("names", "--rename", rename, "--until", "2.0")
    assert status == 0
    assert f"  {shown[0]} -> {shown[1]}, until version 2.0\n" in out
    assert err == "shop/.ringback-names.json is written; ringback generate prints it\n"
    assert run("generate")[0] == 0
    assert printed in Path("shop", file).read_text()
    (former,) = listed(run)["former"]
    assert former == {"name": shown[0], "now": shown[1], "until": "2.0"}
    assert run("generate", "--check")[0] == 0


def test_two_at_a_time_where_one_has_the_other(run: Run) -> None:
    assert run("names", "--rename", "Order.amt=amount", "--rename", "Order=Sale")[0] == 0
    assert {one["name"] for one in listed(run)["former"]} == {"Order", "Sale.amt"}


@pytest.mark.parametrize(("arguments", "said"), [
    (["--rename", "Gone=Here"], "nothing that can be renamed is called 'Gone'"),
    (["--rename", "Order"], "--rename Order: it is OLD=NEW"),
    (["--rename", "Order=import"], "NEW is a name that Python can have"),
    (["--rename", "Order=_Hidden"], "NEW is a name that Python can have"),
    (["--rename", "Order=OrderState"], "OrderState is taken: it is the name of"),
    (["--rename", "Order=Client"], "Client is needed for something else"),
    (["--drop", "Order"], "'Order' is no former name"),
    (["--output", "nowhere"], "there is no lock of names"),
])  # fmt: skip
def test_what_cannot_be_is_said_and_nothing_is_written(
    arguments: list[str], said: str, run: Run
) -> None:
    before = Path("shop/.ringback-names.json").read_bytes()
    status, _, err = run("names", *arguments)
    assert status == 2 and said in err
    assert Path("shop/.ringback-names.json").read_bytes() == before


def test_an_operation_id_that_changed_is_taken_over_when_asked(run: Run) -> None:
    Path("shop.yaml").write_text(DOCUMENT.replace("listOrders", "findOrders"))
    run("generate")
    assert "def list(" in Path("shop/client.py").read_text()
    assert {"name": "client.orders.list", "would": "client.orders.find"} in listed(run)["otherwise"]
    assert "kept by the lock" in run("names")[1]
    assert run("names", "--renew")[0] == 0
    run("generate")
    client = Path("shop/client.py").read_text()
    assert "def find(" in client and "list is called find now" in client
    assert listed(run)["otherwise"] == []


def test_former_names_go(run: Run) -> None:
    run("names", "--rename", "Order=Sale", "--rename", "Order.amt=amount")
    assert run("names", "--drop", "Order")[0] == 0
    run("generate")
    assert [one["name"] for one in listed(run)["former"]] == ["Sale.amt"]
    assert run("names", "--until", "1.5")[0] == 0
    assert listed(run)["former"][0]["until"] == "1.5"
    Path("shop.yaml").write_text(DOCUMENT.replace("1.4", "1.5"))
    run("generate")
    assert listed(run)["former"] == [] and "former" not in lock()
    assert not Path("shop/_runtime/former.py").exists()


def test_explain_tells_of_it(run: Run) -> None:
    run("names", "--rename", "Order=Sale", "--rename", "client.orders.list=every")
    status, out, _ = run("explain", "Order")
    assert status == 0 and out.startswith("Order: former name\n    at    shop.yaml:12:12  ")
    assert "Order is called Sale now" in out
    assert "orders.list is called every now" in run("explain", "client.orders.list")[1]


def test_what_has_objects_only_is_printed_too_when_they_are_renamed(run: Run) -> None:
    """Nothing of models.py is for type checkers alone then, but the former names."""
    Path("shop.yaml").write_text(
        DOCUMENT.replace(", State: {type: string, enum: [on-hold, sent]}", "")
    )
    assert run("generate")[0] == 0
    run("names", "--rename", "Order=Purchase")
    status, _, errors = run("generate")
    assert (status, errors) == (0, "")
    run("names", "--rename", "Purchase.amt=amount")
    assert run("generate")[0] == 0
    compile(Path("shop/models.py").read_text(), "models.py", "exec")
    assert "class Order(" in Path("shop/models.py").read_text()
    run("names", "--drop", "Order")
    assert run("generate")[0] == 0
    assert "class Purchase(" in Path("shop/models.py").read_text()
