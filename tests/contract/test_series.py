"""Several seeds in one process: each is the campaign that it is alone, and all of them have one budget."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flawed_shop import CODES, PAUSE
from shop import KEY, Shop
from shop import contract as shop_contract

from ringback.contract import (
    Event,
    Options,
    Phase,
    Run,
    Target,
    TargetError,
    load_app,
    run,
    series,
    target_of,
)

SCENARIOS = Options(max_time=300, auth=KEY, patience=0.4, phases=(Phase.SCENARIO,))


def flawed() -> Target:
    return load_app("flawed_shop:flawed")


def asked(found: Run) -> list[tuple[str, str, int]]:
    return [
        (one.request.method, one.request.target, one.reply.status if one.reply else 0)
        for one in found.exchanges
    ]


def test_a_seed_is_the_same_alone_and_beside_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PAUSE, "0")
    alone = [run(shop_contract(), flawed(), replace(SCENARIOS, seeds=(seed,))) for seed in (3, 8)]
    heard: list[Event] = []
    both = series(shop_contract(), flawed, replace(SCENARIOS, seeds=(3, 8)), heard.append)
    assert asked(both) == asked(alone[0]) + asked(alone[1])
    assert {one.key for one in both.findings} == {
        one.key for found in alone for one in found.findings
    }
    assert {one.code for one in both.findings} >= CODES
    assert (both.seeds, both.stopped, both.complaints) == ((3, 8), "", ())
    assert both.budget.requests == len(both.exchanges) == both.exchanges[-1].number
    assert {one.seed for one in both.findings} <= {3, 8}
    assert [one.requests for one in heard] == sorted(one.requests for one in heard)


def test_all_seeds_have_one_budget() -> None:
    options = replace(SCENARIOS, seeds=(1, 2, 3))
    whole = run(shop_contract(), target_of(Shop(), "shop"), replace(SCENARIOS, seeds=(1,)))
    most = whole.budget.requests + 7
    capped = series(
        shop_contract(),
        lambda: target_of(Shop(), "shop"),
        replace(options, max_requests=most, max_writes=whole.budget.writes + 1),
    )
    assert capped.budget.requests == len(capped.exchanges) == most
    assert capped.budget.writes <= whole.budget.writes + 1
    assert capped.stopped == f"the cap of {most} requests is reached"
    assert capped.budget.max_requests == most
    assert capped.findings == ()


def test_the_first_finding_can_be_enough() -> None:
    options = replace(SCENARIOS, seeds=(1, 2), stop_at_first=True)
    found = series(shop_contract(), flawed, options)
    assert found.findings and {one.seed for one in found.findings} == {1}


def test_what_cannot_be_made_is_said() -> None:
    def nothing() -> Target:
        raise TargetError("there is no shop")

    with pytest.raises(TargetError, match="there is no shop"):
        series(shop_contract(), nothing, replace(SCENARIOS, seeds=(1, 2)))
