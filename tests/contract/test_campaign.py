"""A whole campaign: nothing is found where nothing is wrong, planted faults are, and what was allowed is not passed."""

from __future__ import annotations

import time
from typing import Any

import pytest
from faults import FAULTS
from memory_store import World
from memory_voice import memory_app
from shop import KEY, Shop
from shop import contract as shop_contract
from talking import ACCOUNT, TOKEN, voice

from ringback.contract import (
    Exchange,
    Finding,
    Options,
    Phase,
    Reply,
    Request,
    Run,
    TargetError,
    run,
    target_of,
)
from ringback.emulator import create_app

SHOP = Options(max_time=60, auth=KEY, patience=0.4, phases=(Phase.SCENARIO,))
MEMORY = Options(
    max_time=90,
    auth=f"{ACCOUNT}:any",
    patience=0.4,
    phases=(Phase.SCENARIO,),
    # It lets in any password, calls nobody back, and has one sound for all recordings.
    ignore=("wrong-credentials-accepted", "callback-missing", "unknown-accepted"),
)


def campaign(app: Any, options: Options = SHOP, **changes: Any) -> Run:
    from dataclasses import replace

    contract = shop_contract() if options is SHOP else voice()
    return run(contract, target_of(app, "app"), replace(options, **changes))


def said(findings: tuple[Finding, ...]) -> list[str]:
    return [f"[{one.code}] {one.operation}: {one.message}" for one in findings]


# -- nothing is wrong


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_found_in_a_shop_that_keeps_to_its_document(seed: int) -> None:
    found = campaign(Shop(), seeds=(seed,))
    assert said(found.findings) == []
    assert (found.stopped, found.complaints) == ("", ())
    seen = {one.label: dict(one.documented) for one in found.coverage.operations}
    assert {"200", "400", "401"} <= {s for s, count in seen["GET /pets"].items() if count}
    assert all(seen["DELETE /pets/{petId}"][status] for status in ("204", "401", "404"))
    assert sum(one.taken > 0 for one in found.coverage.transitions) >= 9


def test_nothing_is_found_in_the_voice_api_in_memory() -> None:
    found = campaign(memory_app(world=World(seed=1)), MEMORY)
    assert said(found.findings) == []
    reached = {one.label for one in found.coverage.operations if dict(one.documented).get("200")}
    assert "GET /Accounts/{AccountSid}/Calls/{CallSid}/Recordings/{RecordingSid}.json" in reached


def test_every_operation_of_the_emulator_is_reached() -> None:
    auth = f"{ACCOUNT}:{TOKEN}"
    found = run(
        voice(),
        target_of(create_app(), "emulator"),
        Options(max_time=120, auth=auth, phases=(Phase.SCENARIO,)),
    )
    good = {
        one.label
        for one in found.coverage.operations
        if any(count for status, count in one.documented if status.startswith("2"))
    }
    assert {voice().label(one) for one in voice().operations} - good == set()
    assert found.deliveries, "callbacks come"
    codes = {one.code for one in found.findings}
    assert not codes & {"callback-signature", "callback-form", "schema", "wrong-kind"}


def test_generated_requests_find_nothing_either() -> None:
    phases = (Phase.SCENARIO, Phase.EXAMPLES, Phase.COVERAGE, Phase.FUZZING, Phase.STATEFUL)
    found = campaign(Shop(), phases=phases, max_time=12)
    assert said(found.findings) == []
    assert {one.phase for one in found.exchanges} >= {Phase.SCENARIO, Phase.COVERAGE, Phase.FUZZING}


# -- something is

SHOP_FAULTS = {
    "anybody": "unauthenticated-accepted",
    "any key": "wrong-credentials-accepted",
    "any method": "wrong-method-accepted",
    "no filter": "filter-ignored",
    "not listed": "created-not-listed",
    "page loses": "page-lost",
    "any name": "accepted-invalid",
    "refused and kept": "refused-but-created",
    "no dogs": "refused-valid",
    "raises": "unhandled-exception",
    "other kind": "schema",
    "same identifier": "duplicate-identifier",
    "not deleted": "not-deleted",
    "stale": "stale-read",
    "forgets": "created-not-readable",
}


@pytest.mark.parametrize("fault", SHOP_FAULTS)
def test_a_fault_of_the_shop_is_found(fault: str) -> None:
    found = campaign(Shop(fault))
    assert SHOP_FAULTS[fault] in {one.code for one in found.findings}, said(found.findings)


VOICE_CODES = {
    "response_schema_conformance": {"wrong-kind", "schema"},
    "documented_formats": {"schema"},
    "status_code_conformance": {"undocumented-status"},
    "negative_data_rejection": {"accepted-invalid"},
    "use_after_free": {"not-deleted"},
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_of_the_voice_api_is_found(name: str) -> None:
    make, _, check = FAULTS[name]
    found = campaign(make(World(seed=1)), MEMORY, stop_at_first=True)
    codes = {one.code for one in found.findings}
    assert codes & VOICE_CODES[check], said(found.findings)


def test_a_finding_comes_once_with_its_place_its_seed_and_a_small_request() -> None:
    found = campaign(Shop("other kind"), seeds=(7,))
    (one,) = [
        one
        for one in found.findings
        if (one.code, one.where, one.operation) == ("schema", "body/kind", "POST /pets")
    ]
    assert one.message == "kind is 'bird', wanted one of 'cat', 'dog', 'fish'"
    assert one.count > 1 and one.seed == 7
    assert one.place is not None and "enum" in one.place.pointer
    shown = next(e for e in found.exchanges if e.number == one.evidence[-1])
    assert shown.request.method == "POST" and len(shown.request.body) < 60


def test_what_settings_ignore_is_no_finding() -> None:
    found = campaign(Shop("any key"), ignore=("wrong-credentials-accepted GET /pets",))
    operations = {one.operation for one in found.findings}
    assert operations and "GET /pets" not in operations


def test_the_first_finding_can_be_enough() -> None:
    every = campaign(Shop("other kind"))
    first = campaign(Shop("other kind"), stop_at_first=True)
    assert first.findings and len(first.exchanges) < len(every.exchanges) / 4
    assert first.stopped == ""


# -- the same again


def test_the_same_seed_sends_the_same() -> None:
    def sent(seed: int) -> list[tuple[str, str, bytes]]:
        found = campaign(Shop(), seeds=(seed,))
        return [(e.request.method, e.request.target, e.request.body) for e in found.exchanges]

    assert sent(3) == sent(3)
    assert sent(3) != sent(4)


# -- what is allowed


@pytest.mark.parametrize("workers", [1, 4])
def test_caps_are_never_passed(workers: int) -> None:
    shop = Shop()
    found = campaign(shop, max_requests=30, max_writes=5, workers=workers)
    writes = [e for e in found.exchanges if e.request.method != "GET"]
    assert len(found.exchanges) == shop.asked == 30
    assert len(writes) <= 5
    assert found.stopped == "the cap of 30 requests is reached"


def test_nothing_is_written_elsewhere_without_leave() -> None:
    class Far:
        name, loopback = "https://shop.example", False

        def __init__(self) -> None:
            self.inner = target_of(Shop(), "shop")
            self.open, self.close = self.inner.open, self.inner.close
            self.written: list[Request] = []

        def call(self, request: Request, timeout: float) -> Reply:
            if request.method != "GET":
                self.written.append(request)
            return self.inner.call(request, timeout)

    far = Far()
    found = run(shop_contract(), far, SHOP)
    assert far.written == []
    assert found.exchanges and found.budget.blocked > 0


def test_it_ends_in_time() -> None:
    began = time.monotonic()
    found = campaign(Shop(), max_time=1.5, patience=30)
    assert time.monotonic() - began < 6
    assert found.exchanges


def test_a_server_that_is_not_there_ends_the_run_with_a_word() -> None:
    class Nobody:
        name, loopback = "http://127.0.0.1:9", True

        def open(self) -> None:
            raise TargetError("nobody listens at 127.0.0.1:9", unreachable=True)

        def close(self) -> None:
            pass

        def call(self, request: Request, timeout: float) -> Reply:
            raise AssertionError

    try:
        found = run(shop_contract(), Nobody(), SHOP)
    except TargetError as error:
        pytest.fail(f"not caught: {error}")
    assert found.stopped == "nobody listens at 127.0.0.1:9"
    assert found.exchanges == ()


def test_wrong_credentials_end_the_run_with_a_word() -> None:
    found = campaign(Shop(), auth="wrong")
    assert "the credentials are not accepted" in found.stopped


def test_an_interruption_leaves_a_report_of_what_was_done() -> None:
    calls = 0

    def progress(event: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt

    found = run(shop_contract(), target_of(Shop(), "shop"), SHOP, progress)
    assert found.stopped == "interrupted"
    assert found.exchanges and found.coverage.operations


def test_several_workers_find_what_one_finds() -> None:
    found = campaign(Shop("no filter"), workers=4)
    assert {one.code for one in found.findings} == {"filter-ignored"}
    assert said(campaign(Shop(), workers=4).findings) == []


def test_numbers_of_exchanges_are_those_of_the_evidence() -> None:
    found = campaign(Shop("forgets"))
    by_number: dict[int, Exchange] = {one.number: one for one in found.exchanges}
    for finding in found.findings:
        assert all(number in by_number for number in finding.evidence)
