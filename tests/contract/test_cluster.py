"""Shards, the budget that they share, and campaigns that other processes do."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from flawed_shop import CODES, PAUSE
from shop import KEY, Shop
from shop import contract as shop_contract
from small import of, voice

from ringback.contract import (
    Aim,
    ClusterError,
    Contract,
    Event,
    Exchange,
    Options,
    Phase,
    RememberError,
    Run,
    load_app,
    run,
    series,
    spread,
)
from ringback.contract.bank import Account, Caps
from ringback.contract.budget import Wallet
from ringback.contract.shards import groups_of, labels, needs, shards_of
from ringback.contract.values import Maker

pytest.importorskip("distributed")

SCENARIOS = Options(max_time=120, auth=KEY, patience=0.4, phases=(Phase.SCENARIO,))
TWO = """
/pets:
  get: {responses: {'200': {description: all}}}
  post: {responses: {'201': {description: made}}}
/pets/{petId}:
  get:
    parameters: [{name: petId, in: path, required: true, schema: {type: string, format: uuid}}]
    responses: {'200': {description: one}}
/shops:
  get: {responses: {'200': {description: all}}}
  post: {responses: {'201': {description: made}}}
/shops/{shopId}:
  get:
    parameters: [{name: shopId, in: path, required: true, schema: {type: integer}}]
    responses: {'200': {description: one}}
/status:
  get: {responses: {'200': {description: fine}}}
"""


def found(run: Run) -> set[tuple[str, str, str]]:
    return {(one.code, one.operation, one.where) for one in run.findings}


# -- shards


@pytest.mark.parametrize("most", [1, 2, 3, 8])
def test_each_operation_is_in_one_group(most: int) -> None:
    contract = voice()
    groups = groups_of(contract, labels(contract), most)
    assert len(groups) == min(most, 4)  # calls, conferences, queues, recordings
    every = [label for group in groups for label in group]
    assert sorted(every) == sorted(labels(contract))


def test_what_lies_below_one_another_stays_together() -> None:
    contract = voice()
    for group in groups_of(contract, labels(contract), 4):
        assert len({label.split("/")[3].partition(".")[0] for label in group}) == 1


def test_a_group_has_what_its_identifiers_come_from() -> None:
    contract = voice()
    home = "/Accounts/{AccountSid}"
    asked = needs(contract, {f"GET {home}/Queues/{{QueueSid}}/Members/{{CallSid}}.json"})
    assert {f"POST {home}/Queues.json", f"POST {home}/Calls.json"} <= asked
    # Nobody creates a conference: calls do.
    assert f"POST {home}/Calls.json" in needs(
        contract, {f"GET {home}/Conferences/{{ConferenceSid}}.json"}
    )


def test_what_needs_nothing_gets_nothing() -> None:
    contract = of(TWO)
    shards = shards_of(contract, Options(max_time=60), 3)
    assert {frozenset(shard.options.only or ()) for shard in shards} == {
        frozenset({"GET /pets", "POST /pets", "GET /pets/{petId}"}),
        frozenset({"GET /shops", "POST /shops", "GET /shops/{shopId}"}),
        frozenset({"GET /status"}),
    }
    assert sum(shard.options.max_time for shard in shards) == pytest.approx(60)


def test_seeds_are_shards_where_there_are_enough() -> None:
    shards = shards_of(voice(), Options(seeds=(3, 5, 8), max_time=90), 2)
    assert [shard.options.seeds for shard in shards] == [(3,), (5,), (8,)]
    assert {shard.options.max_time for shard in shards} == {30}
    assert all(shard.options.only is None for shard in shards)


def test_what_the_user_left_out_stays_out() -> None:
    only = frozenset({"GET /pets/{petId}", "GET /status"})
    shards = shards_of(of(TWO), Options(only=only), 2)
    assert frozenset().union(*(shard.options.only or () for shard in shards)) == only


# -- the budget


def account(**caps: Any) -> Account:
    given = Caps(**caps)
    return Account(given, Wallet(given.max_requests, given.max_writes, given.max_cost))


def test_an_account_gives_no_more_than_it_has() -> None:
    held = account(max_requests=5, max_writes=2)
    answers = [held.reserve(1, 1, 0, 0.0)[0] for _ in range(3)]
    assert answers == [True, True, False]
    assert [held.reserve(1, 0, 0, 0.0)[0] for _ in range(4)] == [True, True, True, False]


def test_an_account_spaces_requests_evenly() -> None:
    held = account(rate=4.0)
    assert [held.reserve(1, 0, 0, now)[1] for now in (10.0, 10.0, 10.0, 10.6, 30.0)] == [
        0.0,
        0.25,
        0.5,
        pytest.approx(0.15),
        0.0,
    ]


def test_a_halted_account_gives_nothing() -> None:
    held = account()
    assert held.reserve(1, 0, 0, 0.0)[0]
    held.halted = True
    assert not held.reserve(1, 0, 0, 0.0)[0]


# -- campaigns


def one_process(monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv(PAUSE, "0")
    options = Options(**{**_given(SCENARIOS), "seeds": (1, 2)})
    return series(shop_contract(), lambda: load_app("flawed_shop:flawed"), options)


def _workers() -> list[int]:
    """The processes that do the work: those that a nanny started."""
    psutil = pytest.importorskip("psutil")
    started = psutil.Process().children(recursive=True)
    return [one.pid for one in started if "spawn_main" in " ".join(one.cmdline())]


def test_two_workers_find_what_one_process_finds_also_when_one_is_killed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alone = one_process(monkeypatch)
    assert {one.code for one in alone.findings} >= CODES
    killed: list[int] = []

    def kill_one(event: Event) -> None:
        if event.requests > 20 and not killed and event.phase.startswith("0 of"):
            killed.extend(_workers()[-1:])
            os.kill(killed[0], signal.SIGKILL)

    monkeypatch.setenv(PAUSE, "0.004")  # long enough to be killed in
    options = Options(**{**_given(SCENARIOS), "seeds": (1, 2)})
    together = spread(shop_contract(), Aim(app="flawed_shop:flawed"), options, "local:2", kill_one)
    assert killed and killed[0] not in _workers()
    assert found(together) == found(alone)
    assert sorted(map(_asked, together.exchanges)) == sorted(map(_asked, alone.exchanges))
    assert (together.stopped, together.complaints, together.seeds) == ("", (), (1, 2))
    assert together.budget.requests == len(together.exchanges)
    numbers = [one.number for one in together.exchanges]
    assert numbers == sorted(set(numbers))
    assert {number for one in together.findings for number in one.evidence} <= set(numbers)


def _asked(one: Exchange) -> tuple[str, str, int]:
    return one.request.method, one.request.target, one.reply.status if one.reply else 0


def _given(options: Options) -> dict[str, Any]:
    return {name: getattr(options, name) for name in Options.__dataclass_fields__}


class Counted(Shop):
    """A shop that writes down what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.methods: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            self.methods.append(scope["method"])
        await super().__call__(scope, receive, send)


@contextmanager
def served(app: Any) -> Iterator[str]:
    """Serve an application on a free port of this machine."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


def test_a_server_that_two_workers_test_at_once() -> None:
    shop = Counted()
    options = Options(**{**_given(SCENARIOS), "seeds": (1, 2)})
    with served(shop) as url:
        capped = spread(
            shop_contract(),
            Aim(url=url),
            Options(**{**_given(options), "max_requests": 30, "max_writes": 5}),
            "local:2",
        )
        assert len(shop.methods) == len(capped.exchanges) == 30
        assert sum(method not in ("GET", "HEAD", "OPTIONS") for method in shop.methods) <= 5
        assert capped.stopped and capped.budget.max_requests == 30
        # Each changes what the other one looks at, and nothing is wrong with that.
        whole = spread(shop_contract(), Aim(url=url), options, "local:2")
    assert whole.findings == ()
    assert whole.stopped == ""


@pytest.mark.parametrize(
    ("scheduler", "wanted"),
    [
        ("local:0", "'local:0' names no scheduler"),
        ("local:many", "'local:many' names no scheduler"),
        ("tcp://127.0.0.1", "no scheduler answers at tcp://127.0.0.1"),
        ("127.0.0.1:x", "no scheduler answers at 127.0.0.1:x: that is no address"),
    ],
)
def test_what_is_no_scheduler_is_said(scheduler: str, wanted: str) -> None:
    with pytest.raises(ClusterError, match=wanted):
        spread(shop_contract(), Aim(app="shop:Shop()"), SCENARIOS, scheduler)


def test_an_application_that_no_worker_has_is_said() -> None:
    with pytest.raises(ClusterError, match="a worker cannot have the target: there is no module"):
        spread(shop_contract(), Aim(app="nowhere_at_all:app"), SCENARIOS, "local:1")


def test_a_shard_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from ringback.contract import cluster

    monkeypatch.setattr(cluster, "_GRACE", 2.0)
    monkeypatch.setenv(PAUSE, "3600")
    options = Options(**{**_given(SCENARIOS), "max_time": 1, "timeout": 3600.0})
    with pytest.raises(ClusterError, match="no shard came to its end: no result within 4 s"):
        spread(shop_contract(), Aim(app="flawed_shop:flawed"), options, "local:1")


# -- remembering


def test_a_redis_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("redis")
    monkeypatch.setenv("RINGBACK_TEST_EXAMPLES", "redis://:hidden@127.0.0.1:9/0")
    with pytest.raises(RememberError, match="Redis does not answer at") as e:
        spread(shop_contract(), Aim(app="shop:Shop()"), SCENARIOS, "local:1")
    assert "redis://127.0.0.1:9/0" in str(e.value) and "hidden" not in str(e.value)


def test_without_its_client_redis_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    monkeypatch.setenv("RINGBACK_TEST_EXAMPLES", "redis://127.0.0.1:9/0")
    with pytest.raises(RememberError, match="pip install redis"):
        spread(shop_contract(), Aim(app="shop:Shop()"), SCENARIOS, "local:1")


def test_what_made_a_server_fail_is_tried_first_by_another_run(tmp_path: Path) -> None:
    import hypothesis

    before = hypothesis.settings.default

    def failures(seed: int) -> list[int]:
        options = Options(
            seeds=(seed,),
            auth=KEY,
            max_time=12,
            phases=(Phase.FUZZING,),
            only=frozenset({"GET /pets"}),
            examples=str(tmp_path),
        )
        found = run(shop_contract(), load_app("failing_shop:failing"), options)
        return [one.number for one in found.exchanges if one.failure]

    try:
        # What fails among the first dozen is remembered: those are there for that.
        found = (seed for seed in range(1, 30) if any(number <= 12 for number in failures(seed)))
        seed = next(found)
        assert [failures(seed + more)[0] for more in (1, 2, 3)] == [1, 1, 1]
    finally:
        hypothesis.settings.register_profile("before", before)
        hypothesis.settings.load_profile("before")


# -- documents


def test_a_document_that_was_handed_over_is_the_same() -> None:
    contract = voice()
    other = Contract.of(pickle.loads(pickle.dumps(contract.document)))
    assert labels(other) == labels(contract)
    for label in labels(contract):
        one, two = contract.operation(label), other.operation(label)
        drafts = [
            Maker(where, 1, {}).minimal(of_it, {})
            for where, of_it in ((contract, one), (other, two))
        ]
        assert drafts[0] == drafts[1]
        for mine, theirs in zip(one.parameters, two.parameters, strict=True):
            assert contract.locate(mine.path) == other.locate(theirs.path)
    files = {str(other.locate(other.operation(label).path).file) for label in labels(other)}
    files |= {
        other.locate(p.path).file
        for label in labels(other)
        for p in other.operation(label).parameters
    }
    assert any(file.endswith("twilio.yaml") for file in files), "overlays keep their places"
