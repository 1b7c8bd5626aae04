"""docs/diff-published.md says nothing that the rules do not: its links, its ratings and its verdicts. The documents are not here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ringback.diff import PYTHON_RULES, WIRE_RULES

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "diff-published.md").read_text(encoding="utf-8")
LINKED = sorted(set(re.findall(r"\[([a-z-]+)\]\(changes/([a-z-]+)\.md\)", TEXT)))
ROWS = re.findall(r"\| (on the wire|in Python), for (\w+) \| (\d+) \| (\d+) \| (\d+) \| (\w+) \|", TEXT)  # fmt: skip


@pytest.mark.parametrize(("shown", "code"), LINKED)
def test_a_change_that_it_names_is_one(shown: str, code: str) -> None:
    assert shown == code
    assert code in WIRE_RULES or code in PYTHON_RULES
    assert (DOCS / "changes" / f"{code}.md").is_file()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row))
def test_a_verdict_follows_from_its_counts(row: tuple[str, ...]) -> None:
    _, _, breaking, _, _, verdict = row
    assert verdict == ("major" if int(breaking) else "minor")


def test_each_of_three_documents_is_counted_on_both_sides() -> None:
    assert len(ROWS) == 12
    assert TEXT.count("    ringback diff ") == 3


def test_what_it_says_of_a_rating_the_rules_say() -> None:
    """The prose of the page leans on these ratings."""
    for code, callers, servers in (
        ("response-success-status-replaced", "breaking", "breaking"),
        ("response-property-became-optional", "breaking", "safe"),
        ("response-body-added", "risky", "breaking"),
        ("response-body-removed", "breaking", "risky"),
        ("request-property-became-optional", "safe", "breaking"),
        ("server-added", "safe", "risky"),
        ("server-removed", "risky", "safe"),
        ("operation-moved", "breaking", "breaking"),
        ("response-success-status-removed", "risky", "breaking"),
        ("response-error-status-removed", "risky", "breaking"),
    ):
        rule = WIRE_RULES[code]
        assert (rule.callers, rule.servers) == (callers, servers), code
