"""A document's text can become a literal or a docstring, and nothing else, whatever it holds."""

from __future__ import annotations

import ast
import tomllib
from typing import Any

import black
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringback.emit.literals import docstring, toml
from ringback.plan import py

MODE = black.Mode(target_versions={black.mode.TargetVersion.PY311}, line_length=100)
HOSTILE = st.lists(
    st.sampled_from(
        [
            *(
                "a",
                " ",
                '"',
                "'",
                "\\",
                "\n",
                "\t",
                '"""',
                "'''",
                "{{",
                "%}",
                "#",
                "\\N{",
                "\x00",
                "\r",
            ),
            *(
                "\x0c",
                "\u202e",
                "\u2028",
                "\ud800",
                "é",
                "…",
                "  - item",
                "long word " * 12,
                "x" * 120,
            ),
        ]
    ),
    max_size=30,
).map("".join)
TEXT = st.one_of(st.text(), HOSTILE)


@given(TEXT)
def test_a_literal_evaluates_to_the_text(text: str) -> None:
    assert ast.literal_eval(py(text)) == text


@given(HOSTILE)
def test_a_literal_has_the_quotes_that_black_prefers(text: str) -> None:
    line = f"value = {py(text)}\n"
    if len(line) <= 100:
        assert black.format_str(line, mode=MODE) == line


def test_literals_of_other_values() -> None:
    assert [py(one) for one in (None, True, 3, 1.5, ("a",), ("a", 1), (), ["a"], {"a": 1})] == [
        "None",
        "True",
        "3",
        "1.5",
        '("a",)',
        '("a", 1)',
        "()",
        '["a"]',
        '{"a": 1}',
    ]
    with pytest.raises(TypeError, match="no literal for set"):
        py(set())


def _class_with(doc: str, indent: int) -> str:
    if indent == 4:
        return f"class A:\n    {doc}\n\n    x: int\n"
    return f"class A:\n    def f(self) -> None:\n        {doc}\n        return\n"


@settings(max_examples=300, deadline=None)  # the first call loads black
@given(TEXT, st.sampled_from([4, 8]))
def test_a_docstring_is_one_string_and_black_leaves_it_alone(text: str, indent: int) -> None:
    source = _class_with(docstring(text, indent), indent)
    tree: Any = ast.parse(source)
    body = tree.body[0].body
    assert len(tree.body) == 1 and len(body) == (2 if indent == 4 else 1)
    assert black.format_str(source, mode=MODE) == source


@given(
    st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=400)
)
def test_a_docstring_shows_every_word(text: str) -> None:
    tree: Any = ast.parse(_class_with(docstring(text, 4), 4))
    assert ast.get_docstring(tree.body[0]) == text.strip()


@given(st.text())
def test_a_toml_string_is_the_text(text: str) -> None:
    shown = tomllib.loads(f"a = {toml(text)}")["a"]
    assert shown == "".join("?" if 0xD800 <= ord(c) <= 0xDFFF else c for c in text)
