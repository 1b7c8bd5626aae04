"""Formats that the settings decide: like one of ours, or types of the user's own, on both sides of the wire."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import msgspec
import pytest
from generated import Bindings, document

from ringback import plan

MODULE = '''
"""Types of a user's own."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Money:
    """An amount with its currency."""

    amount: int
    currency: str

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


def money(text: str) -> Money:
    amount, currency = text.split()
    return Money(int(amount), currency)


def moment(seconds: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)


def seconds(moment: datetime.datetime) -> int:
    return int(moment.timestamp())
'''
FORMATS: dict[str, dict[str, str]] = {
    "money": {"type": "shop_types:Money", "decode": "shop_types:money"},
    "unix-time": {"type": "datetime:datetime", "decode": "shop_types:moment", "encode": "shop_types:seconds"},
    "day": {"like": "date"},
    "cents": {"like": "int64"},
}  # fmt: skip
MONEY, TIME = {"type": "string", "format": "money"}, {"type": "integer", "format": "unix-time"}
THING = {
    "type": "object",
    "required": ["price", "at"],
    "properties": {
        "price": MONEY, "at": TIME, "day": {"type": "string", "format": "day"},
        "cents": {"type": "string", "format": "cents"}, "prices": {"type": "array", "items": MONEY},
        "maybe": {"oneOf": [TIME, {"type": "null"}]},
        "either": {"oneOf": [MONEY, {"type": "boolean"}]},
    },
}  # fmt: skip
MOMENT = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)


def _choices(formats: Mapping[str, Mapping[str, str]]) -> plan.Choices:
    return plan.choices_of(
        {}, {name: {"place": "here:1:1", **one} for name, one in formats.items()}
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Bindings:
    """An operation that takes and gives such values wherever a value can stand."""
    folder = tmp_path_factory.mktemp("formats")
    (folder / "shop_types.py").write_text(MODULE, encoding="utf-8")
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    asked = [
        {"name": "least", "in": "query", "schema": MONEY},
        {"name": "since", "in": "query", "schema": TIME},
        {"name": "X-Days", "in": "header", "schema": {"type": "array", "items": {"type": "string", "format": "day"}}},
    ]  # fmt: skip
    answer = {"description": "", "content": content, "headers": {"X-Cost": {"schema": MONEY}}}
    post = {"operationId": "putThing", "tags": ["things"], "parameters": asked, "requestBody": {"required": True, "content": content}, "responses": {"200": answer}}  # fmt: skip
    return Bindings(
        document({"/thing": {"post": post}}, {"Thing": THING}), folder, _choices(FORMATS)
    )


def test_values_there_and_back(made: Bindings) -> None:
    server, models = made.module("server"), made.module("models")
    shop: Any = sys.modules["shop_types"]
    euro = shop.Money(3, "EUR")
    inputs: list[Any] = []

    async def put(given: Any) -> Any:
        inputs.append(given)
        return server.PutThing200(given.body, x_cost=euro)

    client = made.client({"things": SimpleNamespace(put=put)}, strict=True)
    day = datetime.date(2026, 5, 6)
    thing = models.Thing(price=euro, at=MOMENT, day=day, cents=12, prices=[euro], maybe=None, either=euro)  # fmt: skip
    with client.record() as recorded:
        back = client.things.put(thing, least=euro, since=MOMENT, x_days=[day])
    assert back == thing
    assert (inputs[0].least, inputs[0].since, inputs[0].x_days) == (euro, MOMENT, [day])
    exchange = recorded.last
    assert exchange.url.endswith("?least=3%20EUR&since=1767323045")
    assert msgspec.json.decode(exchange.request_content or b"") == {
        "price": "3 EUR", "at": 1767323045, "day": "2026-05-06", "cents": "12", "prices": ["3 EUR"],
        "maybe": None, "either": "3 EUR",
    }  # fmt: skip
    assert exchange.headers["x-cost"] == "3 EUR"
    assert exchange.headers_as(made.module("headers").PutThing200Headers).x_cost == euro


def test_what_does_not_fit(made: Bindings) -> None:
    models = made.module("models")
    odd = {"price": "much", "at": 1, "either": True}
    client, _ = made.answering(httpx2.Response(200, json=odd))
    euro = sys.modules["shop_types"].money("3 EUR")
    thing = models.Thing(price=euro, at=MOMENT)
    found = client.things.put(thing)
    assert (found.price, found.at.year, found.either) == ("much", 1970, True)
    assert [str(drift) for _, drift in client.drifts] == ["/price: wanted Money, found 'much'"]
    with pytest.raises(made.package.InvalidRequest, match="least: expected Money, got '3 EUR'"):
        client.things.put(thing, least="3 EUR")
    with pytest.raises(made.package.InvalidRequest, match="expected Money"):
        client.things.put(models.Thing(price="3", at=MOMENT))


def test_a_format_that_is_known_is_no_warning(tmp_path: Path) -> None:
    told = document({}, {"Thing": THING})
    assert Bindings(told, tmp_path, _choices({"day": {"like": "date"}})).drawn
    with pytest.raises(plan.ChoiceFault, match="here:1:1: error: formats of day: there is no format 'dat'"):  # fmt: skip
        Bindings(told, tmp_path, _choices({"day": {"like": "dat"}}))
