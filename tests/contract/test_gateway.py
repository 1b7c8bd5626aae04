"""What the one way out lets pass, and what it writes down."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from dataclasses import replace as changed
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ringback import openapi, source
from ringback.contract.gateway import Gateway, Rules, Stopped
from ringback.contract.targets import TargetError
from ringback.contract.traffic import Delivery, Exchange, Intent, Phase, Reply, Request
from ringback.wire.view import Contract

DOCUMENT = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
servers: [{url: "https://shop.example/v1"}]
paths:
  /shops/{shop}/orders.json:
    parameters: [&shop {name: shop, in: path, required: true, schema: {type: string}}]
    get: &any {responses: {"200": {description: fine}}}
    post: *any
  /shops/{shop}/orders/{order_id}.json:
    parameters: [*shop, &order {name: order_id, in: path, required: true, schema: {type: string}}]
    get: *any
    post: *any
    delete: *any
  /shops/{shop}/orders/{order_id}/lines.json:
    parameters: [*shop, *order]
    post: *any
    delete: *any
  /shops/{shop}/orders/{order_id}/lines/{line_id}.json:
    parameters: [*shop, *order, &line {name: line_id, in: path, required: true, schema: {type: string}}]
    delete: *any
  /shops/{shop}/orders/{order_id}/cancel:
    parameters: [*shop, *order]
    put: *any
  /shops/{shop}/lines/{line_id}.json:
    parameters: [*shop, *line]
    delete: *any
  /customers/{customer}:
    parameters: [&customer {name: customer, in: path, required: true, schema: {type: string}}]
    get: *any
    put: *any
  /customers/{customer}/notes:
    parameters: [*customer]
    post: *any
  /settings:
    put: *any
    delete: *any
"""

ORDERS = "/v1/shops/7/orders.json"
MAKE = Request("POST", ORDERS, (("content-type", "application/json"),), b"{}")
READ = Request("GET", ORDERS)
FETCH = Request("GET", "/v1/shops/7/orders/12.json")


@cache
def shop() -> Contract:
    with TemporaryDirectory() as folder:
        file = Path(folder, "shop.yaml")
        file.write_text(DOCUMENT, encoding="utf-8")
        document, _ = openapi.parse(source.load(file))
    return Contract.of(document)


@dataclass
class Asked:
    """A target that writes down what it is asked."""

    reply: Reply = field(default_factory=lambda: Reply(200))
    error: TargetError | None = None
    loopback: bool = True
    delay: float = 0.0
    name: str = "https://shop.example"
    requests: list[Request] = field(default_factory=list)
    opened: int = 0
    closed: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def open(self) -> None:
        self.opened += 1

    def call(self, request: Request, timeout: float) -> Reply:
        with self._lock:
            self.requests.append(request)
        if self.delay:
            time.sleep(self.delay)
        if self.error is not None:
            raise self.error
        return self.reply

    def close(self) -> None:
        self.closed += 1


def refused(gateway: Gateway, request: Request) -> str:
    with pytest.raises(Stopped) as caught:
        gateway.send(request)
    assert not caught.value.final
    return caught.value.reason


# -- what is written down


def test_an_exchange_says_all_that_is_known() -> None:
    target = Asked(reply=Reply(201, (("x-a", "b"),), b"made"))
    heard: list[Exchange] = []
    with Gateway(shop(), target, auth={"Authorization": "Basic YTpi"}) as gateway:
        gateway.listeners.append(heard.append)
        before = time.time()
        first = gateway.send(READ)
        second = gateway.send(
            MAKE,
            operation="POST /mine",
            phase=Phase.FUZZING,
            intent=Intent.VALID,
            note="why",
            parent=1,
        )
    assert target.opened and target.closed == 1
    assert (first.number, first.operation, first.phase) == (
        1,
        "GET /shops/{shop}/orders.json",
        Phase.SCENARIO,
    )
    assert first.intent is Intent.UNKNOWN and first.started >= before and first.elapsed >= 0
    assert second == changed(
        first,
        number=2,
        request=Request(
            MAKE.method, MAKE.target, (*MAKE.headers, ("authorization", "Basic YTpi")), MAKE.body
        ),
        operation="POST /mine",
        phase=Phase.FUZZING,
        intent=Intent.VALID,
        note="why",
        parent=1,
        started=second.started,
        elapsed=second.elapsed,
    )
    assert heard == gateway.exchanges == [first, second]
    assert gateway.exchange(2) is second and gateway.exchange(3) is None


def test_credentials_are_put_in_unless_they_shall_not_be() -> None:
    target = Asked()
    gateway = Gateway(shop(), target, auth=(("authorization", "Basic YTpi"),))
    own = changed(READ, headers=(("authorization", "Basic wrong"), ("accept", "*/*")))
    gateway.send(own)
    gateway.send(own, auth=False)
    gateway.send(READ, auth=False)
    assert [one.headers for one in target.requests] == [
        (("accept", "*/*"), ("authorization", "Basic YTpi")),
        own.headers,
        (),
    ]


def test_what_has_no_answer_is_written_down_too() -> None:
    gateway = Gateway(shop(), Asked(error=TargetError("timeout after 10 s: no answer had come")))
    found = gateway.send(READ)
    assert found.reply is None and found.failure == "timeout after 10 s: no answer had come"
    assert gateway.exchanges == [found]


def test_what_was_interrupted_was_sent() -> None:
    class Interrupted(Asked):
        def call(self, request: Request, timeout: float) -> Reply:
            raise KeyboardInterrupt

    gateway = Gateway(shop(), Interrupted())
    with pytest.raises(KeyboardInterrupt):
        gateway.send(MAKE)
    assert [one.failure for one in gateway.exchanges] == ["interrupted: KeyboardInterrupt"]
    assert gateway.budget().writes == 1


def test_listeners_are_told_one_after_another_and_may_send() -> None:
    gateway = Gateway(shop(), Asked(delay=0.001))
    inside = 0
    most = 0
    heard: list[int] = []

    def listen(exchange: Exchange) -> None:
        nonlocal inside, most
        inside += 1
        if exchange.request is READ:
            gateway.send(FETCH)
        else:
            most = max(most, inside)
        heard.append(exchange.number)
        inside -= 1

    gateway.listeners.append(listen)
    threads = [
        threading.Thread(target=lambda: [gateway.send(READ) for _ in range(10)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert most == 2  # the one that sends, and the one that it sent
    assert sorted(heard) == list(range(1, 81))
    assert [one.number for one in gateway.exchanges] == list(range(1, 81))


def test_after_the_end_nothing_is_sent() -> None:
    target = Asked()
    gateway = Gateway(shop(), target)
    gateway.stop("enough")
    gateway.stop("another reason")
    with pytest.raises(Stopped) as caught:
        gateway.send(READ)
    assert (caught.value.reason, caught.value.final, gateway.stopped) == ("enough", True, "enough")
    assert target.requests == [] and gateway.budget().blocked == 1


def test_a_target_that_cannot_be_made_ready_ends_the_run() -> None:
    class Nowhere(Asked):
        def open(self) -> None:
            raise TargetError("shop.example cannot be resolved", unreachable=True)

    for use in (lambda one: one.send(READ), lambda one: one.__enter__()):
        gateway = Gateway(shop(), Nowhere())
        with pytest.raises(Stopped, match="cannot be resolved"):
            use(gateway)
        assert gateway.stopped == "shop.example cannot be resolved" and gateway.exchanges == []


# -- what would be something else on its way


@pytest.mark.parametrize(
    "request_",
    [
        Request("GET /", "/"),
        Request("", "/"),
        Request("GET\r\n", "/"),
        Request("GET", ""),
        Request("GET", "v1"),
        Request("GET", "http://elsewhere.example/"),
        Request("GET", "/ HTTP/1.1\r\nx: y"),
        Request("GET", "/a b"),
        Request("GET", "/a#b"),
        Request("GET", "/é"),
        Request("GET", "/\x7f"),
        Request("GET", "/", (("x y", "z"),)),
        Request("GET", "/", (("X-Upper", "z"),)),
        Request("GET", "/", (("", "z"),)),
        Request("GET", "/", (("x", "a\r\nDELETE / HTTP/1.1"),)),
        Request("GET", "/", (("x", "\0"),)),
        Request("GET", "/", (("x", "€"),)),
    ],
)
def test_what_cannot_be_sent_as_it_is_is_not_sent(request_: Request) -> None:
    target = Asked()
    gateway = Gateway(shop(), target)
    assert refused(gateway, request_).startswith(("not a", "not the name", "the header"))
    assert (
        target.requests == [] and gateway.budget().blocked == 1 and gateway.budget().requests == 0
    )


def test_only_allowed_methods_are_sent() -> None:
    gateway = Gateway(shop(), Asked(), Rules(methods=frozenset({"GET"})))
    gateway.send(READ)
    assert refused(gateway, MAKE) == "POST is not allowed"


# -- what may be written to


def far(reply: Reply | None = None, **rules: bool) -> tuple[Gateway, Asked]:
    target = Asked(reply=reply or Reply(200), loopback=False)
    return Gateway(shop(), target, Rules(**rules)), target


def test_nothing_is_written_elsewhere_without_leave() -> None:
    gateway, target = far()
    for method in ("POST", "PUT", "PATCH", "DELETE", "BREW"):
        told = refused(gateway, changed(MAKE, method=method))
        assert (
            told
            == "https://shop.example is not on this machine: writing to it needs --allow-writes"
        )
    gateway.send(READ)
    assert target.requests == [READ]


def test_nothing_at_all_goes_elsewhere_if_it_shall_not() -> None:
    gateway, target = far(loopback_only=True, allow_writes=True)
    assert refused(gateway, READ) == "https://shop.example is not on this machine"
    assert target.requests == []


def delete(path: str) -> Request:
    return Request("DELETE", f"/v1{path}")


def test_with_leave_only_what_this_run_created_is_changed() -> None:
    gateway, target = far(Reply(201, (), b'{"id": 12, "customer": 13}'), allow_writes=True)
    order = "/shops/7/orders/12"
    assert refused(gateway, delete(f"{order}.json")) == "12 was not created by this run"
    assert (
        refused(gateway, Request("POST", f"/v1{order}/lines.json"))
        == "12 was not created by this run"
    )
    gateway.send(MAKE)
    assert gateway.owned == {"12"}
    allowed = [
        Request("POST", f"/v1{order}.json"),
        Request("POST", f"/v1{order}/lines.json"),
        Request("PUT", f"/v1{order}/cancel"),
        delete(f"{order}/lines.json"),
        delete(f"{order}/lines/12.json"),
        delete(f"{order}.json"),
    ]
    for request in allowed:
        gateway.send(request)
    assert target.requests[1:] == allowed
    for path in (
        "/shops/8/orders/12.json",  # the 12 of another shop
        "/shops/7/orders/13.json",
        "/shops/7/orders/1.json",
        "/shops/7/lines/13.json",
    ):
        assert "was not created by this run" in refused(gateway, delete(path))
    assert len(target.requests) == 1 + len(allowed)


def test_what_has_no_name_is_nobodys() -> None:
    gateway, _ = far(allow_writes=True)
    for method in ("PUT", "DELETE"):
        assert (
            refused(gateway, Request(method, "/v1/settings"))
            == "/v1/settings was not created by this run"
        )
    assert (
        refused(gateway, delete("/shops/7/orders.json"))
        == "the document does not have this operation"
    )
    assert refused(gateway, Request("PUT", "/v1/customers/5")) == "5 was not created by this run"
    assert (
        refused(gateway, Request("POST", "/v1/customers/5/notes"))
        == "5 was not created by this run"
    )


def test_an_identifier_that_nobody_can_guess_is_owned_everywhere() -> None:
    line = "LI" + "0a1b2c3d" * 4
    gateway, target = far(Reply(201, (), b'{"id": "12"}'), allow_writes=True)
    gateway.send(MAKE)
    target.reply = Reply(201, (), b'{"line_id": "%s"}' % line.encode())
    assert (
        refused(gateway, delete(f"/shops/7/lines/{line}.json"))
        == f"{line} was not created by this run"
    )
    gateway.send(Request("POST", "/v1/shops/7/orders/12/lines.json"))
    gateway.send(delete(f"/shops/7/lines/{line}.json"))
    assert target.requests[-1].target == f"/v1/shops/7/lines/{line}.json"


def test_an_identifier_may_be_said_by_the_location() -> None:
    reply = Reply(201, (("location", "https://shop.example/v1/shops/7/orders/99.json"),))
    gateway, _ = far(reply, allow_writes=True)
    gateway.send(MAKE)
    gateway.send(delete("/shops/7/orders/99.json"))


@pytest.mark.parametrize(
    "reply",
    [
        Reply(404, (), b'{"id": 12}'),
        Reply(200, (), b'{"id": 12}'),  # it was in the request, and may have been there before
        Reply(201, (), b'{"order": 12}'),
        Reply(201, (), b"[12]"),
        Reply(201, (), b'{"id": true}'),
        Reply(201, (), b'{"id": ".."}'),
        Reply(201, (), b"{broken"),
    ],
)
def test_an_answer_that_creates_nothing_gives_no_leave(reply: Reply) -> None:
    gateway, _ = far(reply, allow_writes=True)
    gateway.send(changed(MAKE, body=b'{"id": 12}'))
    assert gateway.owned == frozenset()
    assert "was not created by this run" in refused(gateway, delete("/shops/7/orders/12.json"))


@pytest.mark.parametrize("shop_", ["..", ".", "a%2Fb", "%2e%2e", "7%3Fx", "7%00", "%252e"])
def test_a_path_that_leads_elsewhere_is_not_written_to(shop_: str) -> None:
    gateway, target = far(allow_writes=True)
    told = refused(gateway, changed(MAKE, target=f"/v1/shops/{shop_}/orders.json"))
    assert told in ("the path leads elsewhere", "the document does not have this operation")
    assert target.requests == []


def test_a_header_cannot_make_a_write_of_a_read() -> None:
    gateway, target = far(allow_writes=True)
    disguised = changed(READ, headers=(("x-http-method-override", "DELETE"),))
    assert refused(gateway, disguised) == "a header asks the server to take another method"
    assert target.requests == []


def test_on_this_machine_everything_may_be_written() -> None:
    target = Asked()
    gateway = Gateway(shop(), target)
    for request in (MAKE, delete("/shops/7/orders/1.json"), Request("PUT", "/v1/settings")):
        gateway.send(request)
    assert len(target.requests) == 3


# -- faults that are put in


class Faulty:
    """Answers one request itself, changes another, and every status."""

    def request(self, request: Request, label: str | None) -> Request | Reply:
        if request.method == "GET":
            return Reply(418)
        return changed(request, body=f"{label}".encode())

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        return changed(reply, status=202)

    def delivery(self, delivery: Delivery) -> list[Delivery]:
        return []


def test_a_fault_stands_between_us_and_the_target() -> None:
    target = Asked(reply=Reply(201))
    gateway = Gateway(shop(), target, mutator=Faulty())
    assert gateway.send(READ).reply == Reply(418)
    exchange = gateway.send(MAKE)
    assert exchange.reply == Reply(202) and exchange.request == MAKE  # as we meant it
    assert [one.body for one in target.requests] == [b"POST /shops/{shop}/orders.json"]
    assert gateway.budget().requests == 2


def test_faults_are_put_in_only_on_this_machine() -> None:
    target = Asked(loopback=False)
    gateway = Gateway(shop(), target, mutator=Faulty())
    assert gateway.send(READ).failure == "faults are put in only on this machine"
    assert target.requests == []
