"""Formats hold what they say, and what is drawn of each holds."""

from __future__ import annotations

from random import Random

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.wire import patterns
from ringback.wire.formats import FORMATS, known


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_what_is_drawn_has_the_format(name: str) -> None:
    form = FORMATS[name]
    rng = Random(name)
    engine = jsonschema_rs.Draft202012Validator({"format": name}, validate_formats=True)
    for _ in range(50):
        assert form.draw is not None
        text = form.draw(rng)
        assert form.holds(text) if form.holds is not None else engine.is_valid(text), text


@pytest.mark.parametrize("name", sorted(name for name, one in FORMATS.items() if one.holds is None))
def test_the_engine_knows_what_is_left_to_it(name: str) -> None:
    if name in ("uri-reference", "iri-reference", "uri-template", "regex"):
        bad = "[" if name == "regex" else "{x" if name == "uri-template" else "a b\\"
    else:
        bad = "not a " + name
    engine = jsonschema_rs.Draft202012Validator({"format": name}, validate_formats=True)
    assert not engine.is_valid(bad)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("date-time-rfc-2822", "Tue, 31 Aug 2010 20:36:28 +0000", "2010-08-31T20:36:28Z"),
        ("date-time-rfc-2822", "1 Mar 2026 08:00 GMT", "Tue, 31 Aug 2010 20:36:28"),
        ("decimal", "-0.0200", "1,5"),
        ("decimal", "7", "1e3"),
        ("int64", "9223372036854775807", "9223372036854775808"),
        ("int32", "-12", "1.0"),
        ("byte", "aGk=", "a*b"),
        ("e164", "+15005550006", "5005550006"),
    ],
)
def test_good_and_bad(name: str, good: str, bad: str) -> None:
    form = known(name)
    assert form is not None and form.holds is not None
    assert form.holds(good) and not form.holds(bad)


PATTERNS = [
    "^CA[0-9a-fA-F]{32}$", r"^\d{3}-\d{2,4}$", "^(get|post)+$", "[^a-z]", "^[A-Z][a-z]*( [A-Z][a-z]*)?$",
    r"^\+?[1-9]\d{1,14}$", r"^.{3,5}$", r"^(?<year>\d{4})\/x$", r"^[\w.-]+@[\w-]+\.[a-z]{2,}$", "a|b|^$",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
@given(st.integers())
def test_what_is_drawn_fits_the_pattern(pattern: str, seed: int) -> None:
    text = patterns.draw(pattern, Random(seed))
    assert text is not None
    assert jsonschema_rs.is_valid({"pattern": pattern}, text)


def test_the_same_seed_draws_the_same() -> None:
    drawn = [patterns.draw(PATTERNS[0], Random(7)) for _ in range(2)]
    assert drawn[0] == drawn[1]


def test_an_expression_that_nobody_can_read_constrains_nothing() -> None:
    assert patterns.fits("(", "anything") and patterns.draw("(", Random(1)) is None


@pytest.mark.parametrize("pattern", ["^[a-z]+$", "^[a-z]{3,}-[0-9]*$", "^([a-z]+-?)+$"])
@pytest.mark.parametrize(("least", "most"), [(3, 5), (40, 40), (40, 64), (1000, None)])
def test_a_text_of_a_wanted_length(pattern: str, least: int, most: int | None) -> None:
    drawn = [
        patterns.draw(pattern, Random(seed), shortest=least, longest=most) for seed in range(20)
    ]
    found = [text for text in drawn if text is not None]
    assert all(least <= len(text) <= (most or 10**6) for text in found)
    assert len(found) >= 3  # whoever draws values asks again
