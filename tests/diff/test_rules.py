"""Every rule of the wire has its page, the page says what the table says, and its example is what it claims."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ringback.diff import PYTHON_RULES, WIRE_RULES, Kind, Rating
from tests.diff.helpers import changes

PAGES = Path(__file__).parents[2] / "docs" / "changes"
EXAMPLE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)


def head(code: str) -> str:
    rule = {**WIRE_RULES, **PYTHON_RULES}[code]
    return (
        f"# {code}\n\n**{rule.what}**\n\n| callers | servers |\n|---|---|\n"
        f"| {rule.callers} | {rule.servers} |\n\n{rule.why}\n"
    )


@pytest.mark.parametrize("code", WIRE_RULES)
def test_a_page_begins_with_what_the_table_says(code: str) -> None:
    assert (PAGES / f"{code}.md").read_text(encoding="utf-8").startswith(head(code))


def test_every_page_is_of_a_rule() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} <= {*WIRE_RULES, *PYTHON_RULES, "index"}


@pytest.mark.parametrize("code", WIRE_RULES)
def test_the_example_of_a_page_is_such_a_change(code: str, tmp_path: Path) -> None:
    old, new = EXAMPLE.findall((PAGES / f"{code}.md").read_text(encoding="utf-8"))
    direction = "response" if code.startswith("response-") else "request"
    found = changes(tmp_path, old, new, direction)
    mine = [one for one in found if one.code == code]
    assert len(mine) == 1, [one.message for one in found]
    rule = WIRE_RULES[code]
    assert (mine[0].callers, mine[0].servers) == (rule.callers, rule.servers)
    # A page shows its change and not a second one that is worse.
    assert all(one.worst.weight <= mine[0].worst.weight for one in found), found


@pytest.mark.parametrize("code", WIRE_RULES)
def test_nothing_changes_between_an_example_and_itself(code: str, tmp_path: Path) -> None:
    for text in EXAMPLE.findall((PAGES / f"{code}.md").read_text(encoding="utf-8")):
        for direction in ("request", "response"):
            assert changes(tmp_path, text, text, direction) == []


def test_a_rule_explains_itself() -> None:
    for rule in WIRE_RULES.values():
        assert rule.what.endswith(".") and rule.why.endswith("."), rule.code
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.code)
        if rule.kind is Kind.TEXT:
            assert rule.callers is rule.servers is Rating.SAFE, rule.code
