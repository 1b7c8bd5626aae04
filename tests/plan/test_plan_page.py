"""docs/plan.md says what templates can read."""

from __future__ import annotations

from tests.plan.plan_page import PAGE, page


def test_the_page_is_as_the_plan_is() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python tests/plan/plan_page.py"
