"""What dump writes loads to the same values, here and in any other YAML reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringback.source import dump, load
from ringback.source.tree import Tree

TRICKY = [
    "yes No on OFF null ~ true 200 007 1e3 1.5 .5 = << - ? : # a: b",
    "a #b",
    "'",
    '"',
    "@x",
    "`x",
    "%x",
    "!x",
    "&x",
    "*x",
    "2024-01-01",
    "1:30",
    "0x1F",
    "",
    "  lead",
    "trail ",
    "a\nb",
    "a\n",
    "a\n\n",
    "\na",
    " a\nb",
    "a \nb",
    "\t",
    "a\tb",
    "\x85",
    "\u2028",
    "é",
    "😀",
    "\x00",
    "\x7f",
    "key: value",
    "[a]",
    "{a}",
    "a, b",
    "...",
    "---",
]
TEXTS = st.one_of(
    st.sampled_from([*TRICKY, *TRICKY[0].split(" ")]),
    st.text(st.characters(exclude_categories=["Cs"])),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)


def tree_of(value: Any) -> Tree:
    return Tree(value, "x.yaml", (), ())


@settings(
    deadline=None, max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=VALUES)
def test_dump_and_load_give_the_same_value(value: Any, tmp_path: Path) -> None:
    text = dump(tree_of(value))
    file = tmp_path / "x.yaml"
    file.write_bytes(text.encode())
    again = load(file).root
    assert again == value
    assert json.dumps(again) == json.dumps(value)  # 1 is not 1.0 or true, members keep their order
    assert dump(tree_of(again)) == text


@settings(deadline=None, max_examples=400)
@given(value=VALUES)
def test_another_reader_reads_the_same(value: Any) -> None:
    assert yaml.safe_load(dump(tree_of(value))) == value


@settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=st.dictionaries(TEXTS, VALUES))
def test_json_too(value: Any, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(dump(tree_of(value), as_json=True).encode())
    assert json.dumps(load(file).root) == json.dumps(value)


def test_the_form_is_block_style() -> None:
    value = {
        "a": [{"b": 1, "c": [[], {}]}],
        "200": "yes",
        "t": "one\ntwo\n",
        "u": "plain text, really",
    }
    assert dump(tree_of(value)) == (
        "a:\n  - b: 1\n    c:\n      - []\n      - {}\n"
        '"200": "yes"\nt: |\n  one\n  two\nu: plain text, really\n'
    )
