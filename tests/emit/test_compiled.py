"""Of a file that was compiled before, only what has changed is compiled again, and every fault is still found."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ringback.emit.compiled import PrintingFault, compiled

HEAD = '"""Calls.\n\nclass Old:\n"""\n\nfrom __future__ import annotations\n\nimport re\n\n\n'
BLOCKS = (
    "class A:\n    x: int\n\n\n",
    "@final\nclass B(A):\n    '''b'''\n\n    def f(self) -> int:\n        return 1\n\n\n",
    "def f(x: int) -> str:\n    return (\n        str(x)\n    )\n\n\n",
    "NAMES = {\n    'a': 1,\n}\n\n\n",
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Python is asked to compile."""
    found: list[str] = []

    def noting(source: str, *rest: Any, **named: Any) -> Any:
        found.append(source)
        return compile(source, *rest, **named)

    monkeypatch.setattr("ringback.emit.compiled.compile", noting, raising=False)
    return found


def test_a_new_file_is_compiled_whole(asked: list[str]) -> None:
    compiled("x.py", HEAD + BLOCKS[0])
    assert asked == [HEAD + BLOCKS[0]]


def test_what_has_not_changed_is_not_compiled_again(asked: list[str]) -> None:
    changed = BLOCKS[1].replace("return 1", "return 2")
    compiled("x.py", HEAD + BLOCKS[0] + changed + BLOCKS[2], HEAD + "".join(BLOCKS[:3]))
    assert asked == ["from __future__ import annotations\n" + changed[:-1]]


def test_what_stands_outside_of_classes_is_compiled_with_the_whole(asked: list[str]) -> None:
    text = HEAD.replace("import re", "import json") + BLOCKS[0]
    compiled("x.py", text, HEAD + BLOCKS[0])
    assert asked[-1] == text  # what seemed to begin with a class was the middle of a docstring


OPEN = "x = '''\n\n\n"
INSIDE = "def g():\n    '''\n\n\nclass D:\n    '''\n\n\n"
HALF, END = "def h():\n    x = [\n\n\n", "]\n\n\n"
PIECES = st.sampled_from(
    [*BLOCKS, OPEN, INSIDE, HALF, END, "class C(:\n\n\n", "    y = 1\n\n\n", "@late\n\n\n", "return 1\n\n\n"]
)  # fmt: skip


@example([INSIDE], [OPEN], [])
@example([BLOCKS[0], OPEN], [OPEN], [BLOCKS[0], OPEN])
@example([HALF], [HALF], [END])
@settings(max_examples=600, deadline=None)
@given(st.lists(PIECES, max_size=5), st.lists(PIECES, max_size=5), st.lists(PIECES, max_size=5))
def test_faults_are_found_as_in_the_whole(
    first: list[str], middle: list[str], last: list[str]
) -> None:
    earlier = HEAD + "".join([*first, *last])
    text = HEAD + "".join([*first, *middle, *last])
    if fault(earlier) is None:  # only what was compiled stands on the disk
        assert fault(text, earlier) == fault(text)


def fault(text: str, earlier: str = "") -> str | None:
    try:
        compiled("x.py", text, earlier)
    except PrintingFault as error:
        return str(error)
    return None
