"""Values that say the same in different notations are the same, and others are not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.contract.judges.words import moment, one_of, plain, same, shown

SAME = [
    ("a", "a"), (5, "5"), (True, "true"), ("5.0", 5), ("x ", "x"), ("", None), ("ABC", "abc"),
    ("+15005550009", "+1 (500) 555-0009"), (["a", "b"], ["b", "a"]), ("http://x/", "http://x"),
    ("2010-08-31T20:36:28Z", "Tue, 31 Aug 2010 20:36:28 +0000"), ({"a": 1}, {"a": "1", "b": 2}),
    ("2010-08-31T22:36:28.5+02:00", "Tue, 31 Aug 2010 20:36:28 +0000"),
]  # fmt: skip
DIFFERENT = [
    ("a", "b"), (5, 6), (True, False), ("x", None), (["a"], ["a", "b"]), ("1", "10"), (True, 0),
    ("2010-08-31", "2010-08-30"), ({"a": 1}, {"a": 2}), ("x", ["x"]), ("+15005550009", "+15005550008"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "found"), SAME)
def test_the_same(told: object, found: object) -> None:
    assert same(told, found)


@pytest.mark.parametrize(("told", "found"), DIFFERENT)
def test_different(told: object, found: object) -> None:
    assert not same(told, found)


def test_names_are_compared_without_their_marks() -> None:
    assert plain("FriendlyName") == plain("friendly_name") == plain("friendly-name")
    assert plain("StartTime<") == plain("start_time")


@given(st.one_of(st.text(), st.integers(), st.none(), st.floats(), st.lists(st.text())))
def test_whatever_comes_is_compared(value: object) -> None:
    assert same(value, value) or value != value
    moment(value)
    assert len(shown(value)) <= 80


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))
def test_moments_are_read_back(when: datetime) -> None:
    whole = when.replace(microsecond=0, tzinfo=UTC)
    assert moment(whole.isoformat()) == whole
    assert moment(whole.strftime("%a, %d %b %Y %H:%M:%S +0000")) == whole


def test_lists_of_what_was_wanted_are_short() -> None:
    assert one_of(["a"]) == "'a'"
    assert one_of(range(20)).endswith("11 and 8 more")
