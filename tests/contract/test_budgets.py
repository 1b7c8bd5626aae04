"""No cap is passed by one, no write goes where it must not, and every run that cannot go on ends with a word."""

from __future__ import annotations

import threading
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
import servers
from hypothesis import given
from hypothesis import strategies as st
from servers import answers, serving
from test_gateway import FETCH, MAKE, READ, Asked, shop

from ringback.contract.budget import Pace, Wallet
from ringback.contract.gateway import Gateway, Rules, Stopped
from ringback.contract.targets import LiveTarget, TargetError, target_of
from ringback.contract.traffic import Exchange, Reply, Request


def hammer(gateway: Gateway, requests: list[Request], workers: int = 4) -> list[Stopped]:
    """All requests from several threads at once, each thread all of them; gives what was not sent."""
    refused: list[Stopped] = []
    start = threading.Barrier(workers)

    def work() -> None:
        start.wait()
        for request in requests:
            try:
                gateway.send(request)
            except Stopped as stopped:
                refused.append(stopped)

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return refused


def test_thirty_requests_and_five_writes_with_four_workers() -> None:
    target = Asked(delay=0.001)
    gateway = Gateway(shop(), target, Rules(max_requests=30, max_writes=5))
    refused = hammer(gateway, [MAKE, READ, FETCH] * 8)
    assert len(target.requests) == 30
    assert sum(one.method == "POST" for one in target.requests) == 5
    assert len(refused) == 4 * 24 - 30
    assert {one.reason for one in refused if one.final} == {"the cap of 30 requests is reached"}
    assert {one.reason for one in refused if not one.final} <= {"the cap of 5 writes is reached"}
    budget = gateway.budget()
    assert (budget.requests, budget.writes, budget.blocked) == (30, 5, 66)
    assert (budget.max_requests, budget.max_writes) == (30, 5)
    assert gateway.stopped == "the cap of 30 requests is reached"
    assert [one.number for one in gateway.exchanges] == list(range(1, 31))


def test_the_same_over_sockets_counted_by_the_server() -> None:
    with serving(answers(200, b"{}"), keep=True) as server:
        gateway = Gateway(shop(), LiveTarget(server.url), Rules(max_requests=30, max_writes=5))
        hammer(gateway, [MAKE, READ] * 12)
        gateway.target.close()
    assert len(server.heads) == 30
    assert sum(head.startswith(b"POST") for head in server.heads) == 5


def test_the_same_in_an_application() -> None:
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            return
        seen.append(scope["method"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})

    with Gateway(shop(), target_of(app, "a:b"), Rules(max_requests=30, max_writes=5)) as gateway:
        hammer(gateway, [MAKE, READ] * 12)
    assert len(seen) == 30
    assert seen.count("POST") == 5


def test_reads_go_on_when_the_writes_are_spent() -> None:
    target = Asked()
    gateway = Gateway(shop(), target, Rules(max_writes=0))
    with pytest.raises(Stopped, match="the cap of 0 writes is reached") as caught:
        gateway.send(MAKE)
    assert not caught.value.final and not gateway.stopped
    gateway.send(READ)
    assert target.requests == [READ]


def test_a_write_in_disguise_is_a_write() -> None:
    target = Asked()
    gateway = Gateway(shop(), target, Rules(max_writes=0))
    disguised = Request("GET", READ.target, (("x-http-method-override", "DELETE"),))
    for request in (disguised, Request("BREW", READ.target), Request("DELETE", READ.target)):
        with pytest.raises(Stopped, match="writes"):
            gateway.send(request)
    assert target.requests == []


def test_the_cost_of_each_operation_is_counted_to_the_cent() -> None:
    target = Asked()
    rules = Rules(max_cost=0.3, costs={"POST /shops/{shop}/orders.json": 0.1, "*": 0})
    gateway = Gateway(shop(), target, rules)
    refused = hammer(gateway, [MAKE] * 3)
    assert len(target.requests) == 3  # three times 0.1 is more than 0.3 in floating point
    assert {one.reason for one in refused} == {"0.1 more would pass the cap of 0.3 on cost"}
    assert not any(one.final for one in refused)
    assert gateway.send(READ).reply is not None
    assert gateway.budget().cost == 0.3


def test_a_wrong_word_about_the_operation_makes_nothing_cheaper() -> None:
    target = Asked()
    rules = Rules(max_cost=1, costs={"POST /shops/{shop}/orders.json": 5})
    with pytest.raises(Stopped, match="5 more would pass the cap of 1 on cost"):
        Gateway(shop(), target, rules).send(MAKE, operation="GET /shops/{shop}/orders.json")
    assert target.requests == []


@given(
    caps=st.tuples(*[st.none() | st.integers(0, 6)] * 3),
    wishes=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 3)), max_size=30),
)
def test_a_wallet_gives_what_it_has_and_no_more(
    caps: tuple[int | None, ...], wishes: list[tuple[int, int]]
) -> None:
    wallet = Wallet(*caps)
    given_: list[tuple[int, int, int]] = []
    for writes, cost in wishes:
        after = [(1, writes, cost), *given_]
        fits = all(
            cap is None or not mine or sum(one[index] for one in after) <= cap
            for index, (cap, mine) in enumerate(zip(caps, (1, writes, cost), strict=True))
        )
        assert wallet.reserve(1, writes, cost) is fits
        given_ = after if fits else given_
    spent = wallet.budget()
    assert (spent.requests, spent.writes, spent.cost) == tuple(
        sum(one[index] for one in given_) for index in range(3)
    )


class Shared:
    """A purse that several gateways have a hand in."""

    def __init__(self, requests: int, writes: int) -> None:
        self.wallet = Wallet(requests, writes)

    def reserve(self, requests: int, writes: int, cost: float) -> bool:
        return self.wallet.reserve(requests, writes, cost)


def test_several_processes_share_a_purse() -> None:
    purse = Shared(30, 5)
    targets = [Asked(), Asked()]
    gateways = [Gateway(shop(), one, Rules(max_requests=25), purse=purse) for one in targets]
    threads = [
        threading.Thread(target=hammer, args=(one, [MAKE, READ] * 12, 2)) for one in gateways
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    sent = [request for target in targets for request in target.requests]
    assert len(sent) == 30
    assert sum(one.method == "POST" for one in sent) == 5
    assert sum(one.budget().requests for one in gateways) == 30
    assert "what all workers may spend together is spent" in {one.stopped for one in gateways}


# -- the rate


class Clock:
    """Time that passes only while somebody waits, and always a little longer than was asked for."""

    def __init__(self) -> None:
        self.time = Fraction(100)
        self.late = iter([Fraction(index % 7, 1000) for index in range(10_000)])
        self.lock = threading.Lock()

    def now(self) -> float:
        return float(self.time)

    def wait(self, seconds: float) -> bool:
        with self.lock:
            self.time += Fraction(seconds) + next(self.late)
        return False


def test_a_rate_keeps_its_distance_between_any_two_requests() -> None:
    clock = Clock()
    pace = Pace(20, clock.wait, clock.now)
    turns: list[float] = []
    for index in range(100):
        pace.turn()
        turns.append(clock.now())
        clock.wait(0.01 * (index % 9))  # what a request takes: now more, now less than the distance
    distances = [later - earlier for earlier, later in pairwise(turns)]
    assert min(distances) >= 1 / 20 - 1e-9
    assert max(distances) <= 1 / 20 + 0.05  # who is late has nothing to catch up


def test_all_threads_share_a_rate() -> None:
    clock = Clock()
    pace = Pace(20, clock.wait, clock.now)
    threads = [threading.Thread(target=lambda: [pace.turn() for _ in range(25)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    took = clock.now() - 100
    assert took + 1e-6 >= 99 / 20
    assert took <= 99 * (1 / 20 + 0.007)  # and no more than the clock itself is late


def test_a_pause_holds_everybody_up_once() -> None:
    clock = Clock()
    pace = Pace(None, clock.wait, clock.now)
    pace.turn()
    assert clock.now() == 100
    pace.pause(3)
    pace.pause(1)  # the longer one counts
    pace.turn()
    after = clock.now()
    assert 103 <= after < 104
    pace.turn()
    assert clock.now() == after


def test_who_waits_for_a_turn_is_woken_by_the_end() -> None:
    with serving(answers(200)) as server:
        gateway = Gateway(shop(), LiveTarget(server.url), Rules(rate=1 / 3600))
        gateway.send(READ)
        threading.Timer(0.1, gateway.stop, ["enough"]).start()
        with pytest.raises(Stopped, match="enough"):
            gateway.send(READ)
    assert len(server.heads) == 1
    assert gateway.budget().requests == 1


def test_what_the_server_asks_us_to_wait_is_waited() -> None:
    target = Asked(reply=Reply(429, (("retry-after", "0"),)))
    gateway = Gateway(shop(), target, Rules())
    paused: list[float] = []
    gateway._pace.pause = paused.append  # type: ignore[method-assign]
    for value in ("2", "86400", "soon", "Fri, 01 Jan 2100 00:00:00 GMT", "0", "-5"):
        target.reply = Reply(429, (("retry-after", value),))
        gateway.send(READ)
    assert paused == [2, 5, 5]  # never longer than a run may be held up


# -- storms


def until_stopped(gateway: Gateway, request: Request = READ, *, auth: bool = True) -> int:
    """Send until it is over; gives how many were sent."""
    for _ in range(1000):
        try:
            gateway.send(request, auth=auth)
        except Stopped:
            break
    return gateway.budget().requests


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (401, "status 401 came 15 times in a row: the credentials are not accepted"),
        (429, "status 429 came 15 times in a row: lower the rate with --rate"),
    ],
)
def test_a_storm_of_refusals_ends_the_run(status: int, word: str) -> None:
    gateway = Gateway(shop(), Asked(reply=Reply(status)))
    assert until_stopped(gateway) == 15
    assert gateway.stopped == word


def test_refusals_that_were_asked_for_are_no_storm() -> None:
    gateway = Gateway(shop(), Asked(reply=Reply(401)))
    for _ in range(100):
        gateway.send(READ, auth=False)
    assert not gateway.stopped


def test_who_was_let_in_once_is_refused_more_often() -> None:
    target = Asked(reply=Reply(200))
    gateway = Gateway(shop(), target)
    gateway.send(READ)
    target.reply = Reply(401)
    for _ in range(149):
        gateway.send(READ)
    assert not gateway.stopped
    gateway.send(READ)
    assert gateway.stopped == "status 401 came 150 times in a row: the credentials are not accepted"


def test_an_answer_between_them_ends_a_storm() -> None:
    target = Asked(reply=Reply(429))
    gateway = Gateway(shop(), target)
    for status in ([429] * 14 + [200]) * 3:
        target.reply = Reply(status)
        gateway.send(READ)
    assert not gateway.stopped


def test_a_dead_server_ends_the_run() -> None:
    port = servers.closed_port()
    gateway = Gateway(shop(), LiveTarget(f"http://127.0.0.1:{port}"))
    assert until_stopped(gateway) == 3
    assert gateway.stopped == f"127.0.0.1:{port} cannot be reached: connection refused"


@pytest.mark.parametrize("name", ["silence", "a header of 10 MB", "an endless body", "two lengths"])
def test_a_server_that_never_answers_well_ends_the_run(name: str) -> None:
    behaviour, sentence = servers.LIARS[name]
    with serving(behaviour) as server:
        timeout = 0.3 if "timeout" in sentence else 30
        target = LiveTarget(server.url, limits=servers.LIMITS)
        gateway = Gateway(shop(), target, Rules(timeout=timeout))
        assert until_stopped(gateway) == 3
    assert gateway.stopped == f"3 requests in a row got no answer, the last: {sentence}"
    assert [one.failure for one in gateway.exchanges] == [sentence] * 3


def test_invalid_json_is_an_answer_and_the_judges_business() -> None:
    with serving(answers(200, b"{not json", "Content-Type: application/json")) as server:
        gateway = Gateway(shop(), LiveTarget(server.url), Rules(max_requests=40))
        assert until_stopped(gateway) == 40
    replies = {one.reply.body for one in gateway.exchanges if one.reply is not None}
    assert replies == {b"{not json"}


def test_a_server_that_goes_away_has_ten_tries() -> None:
    target = Asked()
    gateway = Gateway(shop(), target)
    gateway.send(READ)
    target.error = TargetError("timeout after 10 s: no answer had come")
    assert until_stopped(gateway) == 11
    assert gateway.stopped == (
        "10 requests in a row got no answer, the last: timeout after 10 s: no answer had come"
    )


def test_an_application_that_raises_is_there() -> None:
    error = TargetError("KeyError: 'sid'", "Traceback …", reply=Reply(500))
    gateway = Gateway(shop(), Asked(error=error), Rules(max_requests=50))
    assert until_stopped(gateway) == 50
    found: Exchange = gateway.exchanges[-1]
    assert (found.reply, found.failure, found.trace) == (
        Reply(500),
        "KeyError: 'sid'",
        "Traceback …",
    )
