"""Names: valid, unique, and the same whatever the order of the document."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.plan import names


@pytest.mark.parametrize(
    ("wire", "snake"),
    [
        ("CallSid", "call_sid"),
        ("StatusCallbackURL", "status_callback_url"),
        ("from", "from_"),
        ("StartTime<", "start_time_lt"),
        ("StartTime>", "start_time_gt"),
        ("2xxCount", "n2xx_count"),
        ("version2", "version2"),
        ("größe", "größe"),
        ("X-Request-ID", "x_request_id"),
        ("--", "value"),
        ("", "value"),
        ("HTTPSProxy", "https_proxy"),
        ("ﬁle", "file"),
    ],
)
def test_snake(wire: str, snake: str) -> None:
    assert names.snake(wire) == snake


@pytest.mark.parametrize(
    ("wire", "camel"),
    [
        ("call", "Call"),
        ("api.v2010.account.call", "ApiV2010AccountCall"),
        ("none", "None_"),
        ("9lives", "N9Lives"),
    ],
)
def test_camel(wire: str, camel: str) -> None:
    assert names.camel(wire) == camel


def test_members_of_enums() -> None:
    found = [names.upper(one) for one in ("in-progress", "+1", "", "DialVerb", "2fa")]
    assert found == ["IN_PROGRESS", "PLUS_1", "EMPTY", "DIAL_VERB", "N2_FA"]


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("calls", "call"),
        ("queries", "query"),
        ("boxes", "box"),
        ("status", "status"),
        ("address", "address"),
    ],
)
def test_singular(plural: str, one: str) -> None:
    assert names.singular(plural) == one


def test_phrases() -> None:
    assert names.phrase("CallSid") == "call SID"


WIRE = st.text(max_size=12) | st.sampled_from(
    ["from", "From", "FROM", "a-b", "a_b", "aB", "list", "None", "self"]
)


@given(st.lists(WIRE, unique=True, max_size=12), st.randoms())
def test_assigning_is_injective_valid_and_blind_to_order(wires: list[str], random: object) -> None:
    reserved = {"self", "list", "options"}
    given_names = names.assign([(wire, names.snake(wire)) for wire in wires], reserved)
    shuffled = list(wires)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert names.assign([(wire, names.snake(wire)) for wire in shuffled], reserved) == given_names
    assert sorted(given_names) == sorted(wires)
    assert len(set(given_names.values())) == len(wires)
    for name in given_names.values():
        assert name.isidentifier() and not keyword.iskeyword(name) and name not in reserved


@given(WIRE)
def test_every_text_gives_a_type_name(wire: str) -> None:
    name = names.camel(wire)
    assert name.isidentifier() and not keyword.iskeyword(name)
