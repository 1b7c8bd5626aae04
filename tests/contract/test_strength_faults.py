"""Mutants are what they say they are: each is put before a shop that keeps to its document, and is noticed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shop import KEY, Shop
from shop import contract as shop
from small import voice

from ringback.contract import Delivery, Options, Phase, Request, Run, run, target_of
from ringback.contract.credentials import credentials
from ringback.contract.ledger import signature
from ringback.contract.strength.callbacks import slots
from ringback.contract.strength.mutant import Fault, Mutant, Setting, unchanged
from ringback.contract.strength.operators import OPERATORS, choose, mutants, order

SHOP = Options(max_time=20, auth=KEY, patience=0.3, phases=(Phase.SCENARIO,))
FOUND = mutants(shop())
FORBIDDEN = [
    mutant
    for name, found in FOUND.items()
    for mutant in order([one for one in found if not one.silent], 1)[:3]
]


def campaign(mutant: Mutant) -> tuple[Run, Fault]:
    fault = mutant.make(Setting(shop(), credentials(shop(), KEY).usual.headers))
    options = replace(SHOP, stop_at_first=True, focus=frozenset(mutant.focus))
    return run(shop(), target_of(Shop(), "shop"), options, mutator=fault), fault


@pytest.mark.parametrize("mutant", FORBIDDEN, ids=lambda one: one.name)
def test_a_mutant_of_the_shop_is_noticed(mutant: Mutant) -> None:
    found, fault = campaign(mutant)
    assert fault.applied
    assert found.findings


@pytest.mark.parametrize("mutant", unchanged(shop()), ids=lambda one: one.operation)
def test_what_changes_nothing_is_not_noticed(mutant: Mutant) -> None:
    found, fault = campaign(mutant)
    assert (found.findings, fault.applied) == ((), 0)


def test_the_document_has_mutants_of_every_operator() -> None:
    for name, found in mutants(voice()).items():
        forbidden = [one for one in found if not one.silent]
        assert len(forbidden) >= 3, name
        assert len({one.name for one in found}) == len(found), name
        assert all(one.place.line and one.what and one.operator == name for one in found)
        assert all(bool(one.silent) == bool(one.overlay) for one in found)
    assert not FOUND["callback-missing"] and not FOUND["callback-unsigned"]  # it has no callbacks
    assert not FOUND["ignore-repeated-key"]  # nor lists in forms


def test_a_seed_chooses_the_same_and_spreads_over_operations() -> None:
    found = mutants(voice(), ["drop-field"])["drop-field"]
    chosen = choose(found, 5, 1)
    assert chosen == choose(tuple(reversed(found)), 5, 1) != choose(found, 5, 2)
    assert [bool(one.silent) for one in chosen] == [False] * 5 + [True]
    assert len({one.operation for one in chosen[:5]}) == 5


# -- callbacks, which the shop does not have

ADDRESS = "http://127.0.0.1:9/rb" + "0" * 32 + "/StatusCallback"
SECRET = "token"


def sent(body: str = "CallSid=CA1&SequenceNumber=1", *, received: float = 1.0) -> Delivery:
    pairs = [(name, value) for name, _, value in (pair.partition("=") for pair in body.split("&"))]
    signed = signature.sign(SECRET, ADDRESS, pairs)
    headers = (
        ("content-type", "application/x-www-form-urlencoded"),
        (rules().header, signed),
    )
    request = Request("POST", ADDRESS.partition(":9")[2], headers, body.encode())
    return Delivery(1, request, received, 7, "StatusCallback", "rb" + "0" * 32, ADDRESS)


def rules() -> signature.Rules:
    found = signature.rules_of(voice().document.extensions)
    assert found is not None
    return found


def fault(operator: str, where: str) -> Fault:
    """A fault of the callbacks to StatusCallback, which a request has asked for."""
    found = next(
        one
        for one in OPERATORS[operator](voice())
        if one.where == f"StatusCallback: {where}" and one.operation.endswith("/Calls.json")
    )
    made = found.make(Setting(voice(), secret=SECRET))
    asked = Request("POST", "/Calls.json", (), f"StatusCallback={ADDRESS}".encode())
    assert made.request(asked, found.operation) is asked
    return made


def test_callbacks_are_lost_and_doubled() -> None:
    assert fault("callback-missing", "all").delivery(sent()) == []
    gap = fault("callback-missing", "the second")
    assert [len(gap.delivery(sent())) for _ in range(3)] == [1, 0, 1]
    end = fault("callback-missing", "the last")
    assert len(end.delivery(sent("CallStatus=ringing"))) == 1
    assert end.delivery(sent("CallStatus=completed")) == []
    assert len(fault("callback-doubled", "each").delivery(sent())) == 2


def test_callbacks_overtake_each_other() -> None:
    late = fault("callback-out-of-order", "late")
    first, second = sent(received=1.0), sent("SequenceNumber=2", received=1.1)
    assert late.delivery(first) == [] and late.applied == 0
    came = late.delivery(second)
    assert [one.request for one in came] == [second.request, first.request] and late.applied == 1
    assert came[1].received - came[0].received > 1


def test_numbers_run_backwards_and_are_signed_as_they_are() -> None:
    numbers = fault("callback-out-of-order", "numbers")
    told = [numbers.delivery(sent(f"SequenceNumber={one}"))[0] for one in (1, 2)]
    assert [one.request.body for one in told] == [b"SequenceNumber=999", b"SequenceNumber=998"]
    assert all(signature.fault(rules(), SECRET, one) == "" for one in told)
    assert numbers.applied == 1  # one by itself has no order


def test_signatures_are_left_out_and_forged() -> None:
    assert signature.fault(rules(), SECRET, sent()) == ""
    (bare,) = fault("callback-unsigned", "none").delivery(sent())
    assert bare.request.header(rules().header) is None
    (forged,) = fault("callback-unsigned", "forged").delivery(sent())
    assert "does not agree" in signature.fault(rules(), SECRET, forged)


def test_callbacks_of_others_are_left_alone() -> None:
    made = fault("callback-missing", "all")
    other = replace(sent(), token="rb" + "1" * 32)
    assert made.delivery(other) == [other] and made.applied == 0
    assert {one.name for one in slots(voice())} >= {"StatusCallback", "RecordingStatusCallback"}
