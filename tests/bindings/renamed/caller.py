"""A program written for version 1.4 of the shop: its server and a client of it. Every line goes on to work with 1.5."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable
from typing import Any

from shop import AsyncClient, Client, Order, OrderId, Page, Place, Shelf, State, operations, server
from shop.models import Buyer, ChangeOrderRequest


class Orders(server.UnimplementedOrders):
    async def list(self, given: server.ListOrdersInput, /) -> server.ListOrdersAnswer:
        assert not given.st or given.st == State.SENT
        return server.ListOrders200(Page(orders=[Order(amt=3, buyer=Buyer(name="A"))]))

    async def create(self, given: server.CreateOrderInput, /) -> server.CreateOrderAnswer:
        return server.CreateOrder201(given.body)

    async def fetch(self, given: server.FetchOrderInput, /) -> server.FetchOrderAnswer:
        return server.FetchOrder200(Order(amt=int(given.order_id[2:])))

    async def change(self, given: server.ChangeOrderInput, /) -> server.ChangeOrderAnswer:
        body: ChangeOrderRequest = given.body
        return server.ChangeOrder200(Order(amt=body.amt))


class Stock(server.UnimplementedStock):
    async def count(self, given: server.CountStockInput, /) -> server.CountStockAnswer:
        return server.CountStock200(12)


def amount(order: Order) -> int:
    return order.amt


def shown(state: State) -> str:
    match state:
        case State.ON_HOLD:
            return "waits"
        case State.SENT:
            return "is sent"


def shop() -> Any:
    return server.build_app(orders=Orders(), stock=Stock())


def run(client: Client) -> list[object]:
    found: list[object] = [amount(one) for one in client.orders.list(st=State.SENT)]
    found.append(amount(client.orders.create(Order(amt=4, state=State.ON_HOLD))))
    number = OrderId("OR0007")
    found.append(client.orders.fetch(number).amt)
    found.append(client.orders.fetch(order_id=number).amt)
    found.append(client.orders.change(number, amt=9).amt)
    found.append(client.orders.change(order_id=number, amt=10).amt)
    found.append(client.stock.count())
    buyer: Buyer = Buyer(name="B", age=3)
    assert isinstance(buyer, Buyer) and pickle.loads(pickle.dumps(buyer)) == buyer
    found.append(shown(State("on-hold")))
    found.append(operations.LIST_ORDERS.path)
    return found


async def run_async(client: AsyncClient) -> list[object]:
    found: list[object] = [one.amt async for one in client.orders.list(st="sent")]
    found.append((await client.orders.change(OrderId("OR0007"), amt=11)).amt)
    found.append((await client.orders.fetch(order_id=OrderId("OR0001"))).amt)
    return found


def track(client: Client) -> Place | str:
    where: Place | str = client.stock.track_parcel("Ulm", 4, verbose=True)
    return where if isinstance(where, str) else Shelf(row=1)


def both(client: Client, other: AsyncClient, say: Callable[[object], None]) -> None:
    say(run(client))
    say(asyncio.run(run_async(other)))
