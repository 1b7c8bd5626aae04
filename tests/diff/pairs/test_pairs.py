"""The rating of `ringback diff` is what really happens: for every pair, in both directions, for callers and for servers."""

from __future__ import annotations

from collections import Counter
from typing import TypeAlias

import pytest

from ringback.diff import Rating, compare
from ringback.diff.python import compare_plans
from tests.diff.pairs.further_edits import EDITS
from tests.diff.pairs.packages import Comparison, Workshop
from tests.diff.pairs.truth import Fate, Verdict, verdicts

NAMES = list(EDITS)
AUDIENCES = ("callers", "servers")
CASES = [(f"{name}{back}", who) for name in NAMES for back in ("", " (back)") for who in AUDIENCES]

MAY_BE_RATED = {
    Fate.BREAKS: {Rating.BREAKING},
    Fate.STRICT: {Rating.BREAKING, Rating.RISKY},
    Fate.LOST: {Rating.RISKY},
    Fate.FINE: {Rating.RISKY, Rating.SAFE},
}

_OTHERS = "other clients than the generated one can send what is unknown"
NOT_SHOWN = {
    ("unknown-properties-forbidden", "callers"): _OTHERS,
    ("unknown-properties-forbidden (back)", "servers"): _OTHERS,
    ("other-properties-typed", "servers"): "a server of the harness sends nothing that has no name",
    (
        "security-alternative-added",
        "servers",
    ): "a client of the harness has every credential and shows them all",
    (
        "answer-items-limited",
        "servers",
    ): "the generated client does not count the items of a list that it reads",
}
"""Rated as breaking, and the harness cannot show it: why it is breaking all the same."""

UNDECIDED = {
    (
        f"base-path-changed{back}",
        who,
    ): "whether the old address goes on to be served, no document says"
    for back in ("", " (back)")
    for who in AUDIENCES
}
"""Rated as risky, and broken in the harness: why the document alone does not decide it."""


Found: TypeAlias = dict[tuple[str, str], Verdict]
Rated: TypeAlias = dict[tuple[str, str], tuple[Rating, tuple[str, ...]]]


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("pairs"))


@pytest.fixture(scope="session")
def comparisons(workshop: Workshop) -> list[Comparison]:
    return workshop.comparisons(NAMES)


@pytest.fixture(scope="session")
def found(workshop: Workshop, comparisons: list[Comparison]) -> Found:
    return verdicts(workshop, comparisons)


@pytest.fixture(scope="session")
def rated(comparisons: list[Comparison]) -> Rated:
    """The gravest rating for each audience, and the codes that have it."""
    result = {}
    for one in comparisons:
        changes = [
            *compare(one.old.document, one.new.document),
            *compare_plans(one.old.drawn, one.new.drawn),
        ]
        for who in AUDIENCES:
            ratings = [(getattr(two, who), two.code) for two in changes]
            worst = max(
                (two for two, _ in ratings), key=lambda two: two.weight, default=Rating.SAFE
            )
            codes = tuple(code for rating, code in ratings if rating is worst)
            result[one.name, who] = (worst, codes)
    return result


@pytest.mark.parametrize(("name", "who"), CASES, ids=lambda value: value.replace(" ", "-"))
def test_the_rating_is_what_happens(
    name: str,
    who: str,
    found: Found,
    rated: Rated,
) -> None:
    verdict, (rating, codes) = found[name, who], rated[name, who]
    if (name, who) in NOT_SHOWN:
        assert rating is Rating.BREAKING
        assert verdict.fate is not Fate.BREAKS, "it is shown now: take it off the list"
        return
    if (name, who) in UNDECIDED:
        assert (rating, verdict.fate) == (Rating.RISKY, Fate.BREAKS)
        return
    assert rating in MAY_BE_RATED[verdict.fate], (
        f"rated {rating} for {who} ({', '.join(codes)}), and a program of theirs "
        f"{verdict.fate}: {verdict.why}"
    )


@pytest.mark.parametrize("who", AUDIENCES)
def test_the_python_side_says_what_the_type_checker_says(
    who: str, comparisons: list[Comparison], found: Found
) -> None:
    for one in comparisons:
        changes = compare_plans(one.old.drawn, one.new.drawn)
        told = [two.code for two in changes if getattr(two, who) is Rating.BREAKING]
        refused = found[one.name, who].refused
        assert bool(told) == bool(refused), (one.name, told, refused)


def test_the_harness_tells_fates_apart(found: Found) -> None:
    """What one sees without running anything; the tables above mean nothing if these were not told apart."""
    assert found["description-changed", "callers"].fate is Fate.FINE
    assert found["operation-added", "callers"].fate is Fate.FINE
    assert found["operation-added", "servers"].refused
    assert found["optional-parameter-added", "servers"].fate is Fate.LOST
    assert found["enum-value-added-in-answers", "callers"].fate is Fate.STRICT
    shortened = found["request-property-shortened", "callers"]
    assert shortened.fate is Fate.BREAKS
    assert not shortened.refused, "no type knows how long a text is: only the run shows it"
    assert Counter(one.fate for one in found.values())[Fate.FINE] > len(NAMES)
