"""What our own layout and black make of long statements, one by one, is what black makes of the whole."""

from __future__ import annotations

import black
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringback.emit.layout import annotated
from ringback.emit.statements import settled

MODE = black.Mode(target_versions={black.mode.TargetVersion.PY311}, line_length=100)
LONG = "A" + "very" * 18 + "LongName"


def as_black(text: str) -> str:
    return black.format_str(text, mode=MODE)


NAMES = st.builds(lambda n: "N" + "a" * n, st.integers(0, 110))
TYPES = st.one_of(
    NAMES, NAMES.map(lambda name: f"list[{name}]"), st.just('Annotated[str, "a | b"]')
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TYPES, min_size=1, max_size=4), st.integers(1, 60))
def test_a_field_is_laid_out_as_black_has_it(members: list[str], width: int) -> None:
    text = f"class A:\n    {'f' * width}: {' | '.join(members)} = UNSET\n"
    assert settled(text, as_black) == as_black(text)


def test_a_union_that_is_too_long_needs_no_black() -> None:
    name = "A" * 70
    line = f"    a_field_of_some_name: {name} | Unset = UNSET"
    expected = f"    a_field_of_some_name: (\n        {name} | Unset\n    ) = UNSET"
    assert len(line) > 100
    assert annotated(line) == expected


@pytest.mark.parametrize(
    "statement",
    [
        f'class A:\n    """Text that goes on {LONG} {LONG}."""\n\n    one: int\n',
        f'class A:\n    """Text.\n\n    one: {LONG} = {LONG}\n    """\n\n    one: {LONG} | B[C] = UNSET\n',
        f"class {LONG}{LONG}(\n    Struct,\n    frozen=True,\n):\n    pass\n",
        f"class {LONG}(Struct, frozen=True, kw_only=True):\n    pass\n",
        f"class A:\n    def b(self, *, one: {LONG}, two: int) -> None:\n        pass\n",
        f"class A:\n    def b(self) -> None:\n        return self.{LONG}(one, two, three, four)\n",
        f'if X:\n    Name: TypeAlias = Literal[\n        "{LONG}",\n    ]\n',
        f'{LONG}: TypeAlias = Literal[\n    "{LONG.lower()}",\n]\n',
    ],
)
def test_long_statements_are_as_black_has_them(statement: str) -> None:
    black_s = as_black(statement)
    assert settled(black_s, as_black) == black_s
    assert as_black(settled(statement, as_black)) == settled(statement, as_black)
