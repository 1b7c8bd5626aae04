"""Every rule of the Python side has its page: it says what the table says, and its example is such a change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ringback.diff import PYTHON_RULES, compare_python
from tests.diff.helpers import fragment, read

PAGES = Path(__file__).parents[3] / "docs" / "changes"
EXAMPLE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
SAYING = re.compile(r"`ringback diff` says: (.*)\.\n\Z")


@pytest.mark.parametrize("code", PYTHON_RULES)
def test_a_page_says_what_the_table_says(code: str) -> None:
    rule = PYTHON_RULES[code]
    head = (
        f"# {code}\n\n**{rule.what}**\n\n| callers | servers |\n|---|---|\n"
        f"| {rule.callers} | {rule.servers} |\n\n{rule.why}\n"
    )
    assert (PAGES / f"{code}.md").read_text(encoding="utf-8").startswith(head)


@pytest.mark.parametrize("code", PYTHON_RULES)
def test_the_example_of_a_page_is_such_a_change(code: str, tmp_path: Path) -> None:
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    old, new = (
        read(tmp_path, name, fragment(text))
        for name, text in zip(("old", "new"), EXAMPLE.findall(page), strict=True)
    )
    saying = SAYING.search(page)
    assert saying is not None
    found = compare_python(old, new, fresh=not code.startswith("python-former-"))
    assert saying[1] in [one.message for one in found if one.code == code]


@pytest.mark.parametrize("code", PYTHON_RULES)
def test_an_example_changes_nothing_against_itself(code: str, tmp_path: Path) -> None:
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    for text in EXAMPLE.findall(page):
        same = [read(tmp_path, name, fragment(text)) for name in ("old", "new")]
        assert compare_python(*same, fresh=True) == []
