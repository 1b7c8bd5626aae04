"""Patterns mean in Python what they mean in the document, or are said to be unchecked."""

from __future__ import annotations

import re

import pytest

from ringback.plan.patterns import to_python


@pytest.mark.parametrize(
    ("pattern", "accepts", "refuses"),
    [
        ("^CA[0-9a-fA-F]{32}$", ["CA" + "0" * 32], ["CA" + "0" * 32 + "\n", "RE" + "0" * 32]),
        (r"^\d+$", ["12"], ["١٢", "12\n", ""]),
        (r"^\w+$", ["a_1"], ["é", "a b"]),
        (r"^[\d-]+$", ["1-2"], ["a"]),
        (r"^\D+$", ["ab", "١"], ["1"]),
        (r"a\/b", ["a/b"], ["ab"]),
        (r"^[$]$", ["$"], ["\n"]),
        (r"^\u0041$", ["A"], ["B"]),
        (r"(?<year>\d{4})-\k", [], []),
        (r"(?<year>\d{4})", ["2020"], ["20"]),
        ("^[[]$", ["["], ["]"]),
        (r"^(?<year>\d{4})-\k<year>$", ["2020-2020"], ["2020-2021"]),
        ("^.$", ["a", "\x85"], ["\n", "\r", "\u2028"]),
        (r"^[.]$", ["."], ["a"]),
        (r"^\s$", ["\ufeff", "\xa0", " "], ["\x1c", "\x85"]),
        (r"^[\s,]$", ["\ufeff", ","], ["\x1c"]),
        (r"^\S+$", ["\x1c"], ["\ufeff"]),
        (r"^\u{1F600}$", ["\U0001f600"], ["u"]),
        (r"^\uD83D\uDE00$", ["\U0001f600"], ["u"]),
        (r"^[\u{61}-\u{63}]$", ["b"], ["u", "d"]),
        (r"a\b", ["a", "a\u00e9"], ["ab"]),
        ("^[^]$", ["]", "\n"], ["", "ab"]),
        ("^a[]?$", ["a"], ["a]", "a?"]),
        ("^[&&||~~]+$", ["&|~"], ["a"]),
    ],
)
def test_translation(pattern: str, accepts: list[str], refuses: list[str]) -> None:
    python = to_python(pattern)
    if not accepts and not refuses:
        assert python is None
        return
    assert python is not None
    assert all(re.search(python, text) for text in accepts)
    assert not any(re.search(python, text) for text in refuses)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\p{L}+",
        "(",
        "[z-a]",
        r"\cJ",
        "a{999999999999}",
        "(?<=a+)b",
        r"\uD83D",
        r"[\uD800-\uDBFF]",
        r"\k<no>",
        r"\u{110000}",
        "[a--z]",
    ],
)
def test_what_python_does_not_have_is_not_translated(pattern: str) -> None:
    assert to_python(pattern) is None
