"""What is weighed though it could have been left undecided: the security of webhooks, what a property asks for, patterns."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path
from random import Random

import pytest

from ringback.diff import Change, compare
from ringback.diff.patterns import spelled
from tests.diff.helpers import changes, fragment, read


def said(found: list[Change]) -> set[tuple[str, str, str]]:
    """Codes with the ratings for callers and for servers."""
    return {(one.code, str(one.callers), str(one.servers)) for one in found}


# -- how an API proves itself to a receiver

SCHEMES = """
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    %s: {type: http, scheme: basic}
    login: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a.test/', scopes: {a: A, b: B}}}}
"""
HOOK = """
webhooks:
  callEnded:
    post:
      SECURITY
      responses: {'200': {description: Thank you.}}
"""
BACK = """
callbacks:
  ended:
    '{$request.query.url}':
      post:
        SECURITY
        responses: {'200': {description: Thank you.}}
"""


def hook(text: str, security: str, name: str = "basic") -> str:
    """A document with a webhook or a callback that has some security of its own, or none."""
    own = f"security: {security}" if security else ""
    return text.replace("SECURITY", own) + SCHEMES % name


@pytest.mark.parametrize("text", [HOOK, BACK], ids=["webhook", "callback"])
@pytest.mark.parametrize(
    ("old", "new", "code", "callers", "servers"),
    [
        ("", "[{key: []}]", "security-required", "safe", "breaking"),
        ("[{key: []}]", "", "security-dropped", "breaking", "safe"),
        ("[{key: []}]", "[]", "security-dropped", "breaking", "safe"),
        ("[{key: []}]", "[{key: []}, {basic: []}]", "security-alternative-added", "breaking", "safe"),
        ("[{key: []}, {basic: []}]", "[{key: []}]", "security-alternative-removed", "safe", "breaking"),
        ("[{login: [a]}]", "[{login: [a, b]}]", "security-scope-added", "safe", "breaking"),
        ("[{login: [a, b]}]", "[{login: [a]}]", "security-scope-removed", "breaking", "safe"),
    ],
)  # fmt: skip
def test_a_webhook_proves_itself_to_its_receiver(
    text: str, old: str, new: str, code: str, callers: str, servers: str, tmp_path: Path
) -> None:
    found = changes(tmp_path, hook(text, old), hook(text, new))
    assert said(found) == {(code, callers, servers)}
    assert [len(one.operations) for one in found] == [1]


@pytest.mark.parametrize("text", [HOOK, BACK], ids=["webhook", "callback"])
def test_a_scheme_of_a_webhook_may_have_another_name(text: str, tmp_path: Path) -> None:
    found = changes(
        tmp_path, hook(text, "[{basic: []}]"), hook(text, "[{plain: []}]", name="plain")
    )
    assert {one.code for one in found} == {"security-scheme-detail-changed"}


def test_what_callers_of_the_api_show_no_webhook_shows(tmp_path: Path) -> None:
    old = {**fragment(hook(HOOK, "")), "paths": {}}
    new = {**old, "security": [{"key": []}]}
    assert compare(read(tmp_path, "old", old), read(tmp_path, "new", new)) == []


# -- what is needed beside another property

CARD = "type: object\nproperties: {card: {}, name: {}, place: {}}\n"
ADDED, REMOVED = "request-constraint-added", "request-constraint-removed"
REQUIRED = ("request-property-became-required", "breaking", "safe")
OPTIONAL = ("request-property-became-optional", "safe", "breaking")


@pytest.mark.parametrize(
    ("old", "new", "there", "back"),
    [
        ("", "dependentRequired: {card: [name]}",
         {(ADDED, "breaking", "safe")}, {(REMOVED, "safe", "breaking")}),
        ("dependentRequired: {card: [name]}", "dependentRequired: {card: [name, place]}",
         {(ADDED, "breaking", "safe")}, {(REMOVED, "safe", "breaking")}),
        ("dependentRequired: {card: [name]}", "dependentRequired: {card: [place]}",
         {(ADDED, "breaking", "safe"), (REMOVED, "safe", "breaking")},
         {(ADDED, "breaking", "safe"), (REMOVED, "safe", "breaking")}),
        ("dependentRequired: {card: [name, place]}", "dependentRequired: {card: [place, name]}", set(), set()),
        ("dependentRequired: {card: []}", "", set(), set()),
        # One asks for the other, and that for a third.
        ("dependentRequired: {card: [name], name: [place]}",
         "dependentRequired: {card: [name, place], name: [place]}", set(), set()),
        # What is always there asks always, and what is always there is asked for by nothing.
        ("required: [card, name]", "required: [card]\ndependentRequired: {card: [name]}", set(), set()),
        ("dependentRequired: {card: [name]}", "required: [name]", {REQUIRED}, {OPTIONAL}),
        ("required: [name]", "required: [name]\ndependentRequired: {card: [name]}", set(), set()),
        ("dependentRequired: {card: [name], place: [name]}",
         "allOf: [{dependentRequired: {card: [name]}}, {dependentRequired: {place: [name]}}]", set(), set()),
    ],
)  # fmt: skip
def test_what_a_property_asks_for_is_weighed(
    old: str, new: str, there: set[object], back: set[object], tmp_path: Path
) -> None:
    assert said(changes(tmp_path, CARD + old, CARD + new)) == there
    assert said(changes(tmp_path, CARD + new, CARD + old)) == back


def test_an_answer_that_asks_for_more_is_safe_to_read(tmp_path: Path) -> None:
    new = CARD + "dependentRequired: {card: [name]}"
    (change,) = changes(tmp_path, CARD, new, "response")
    assert said([change]) == {("response-constraint-added", "safe", "breaking")}
    assert change.message == "answer 200.value must have name beside card"
    (change,) = changes(tmp_path, new, CARD, "response")
    assert said([change]) == {("response-constraint-removed", "risky", "safe")}


# -- patterns

GROUPS = [
    ("^(CA|RE)[0-9]{32}$", "^(?:CA|RE)[0-9]{32}$", "^(RE|CA)[0-9]{32,32}$", "^(?:RE|CA)(?:[0-9]){32}$"),
    ("a", "(a)", "(?:a)", "[a]", "a{1}", "\\x61", "\\u0061", "(?<letter>a)", "((a))", "a|a"),
    ("ab*", "a(b)*", "a(?:b)*", "ab{0,}", "ab*?", "a[b]*"),
    ("[a-cb]", "[abc]", "[cba]", "[a-c]"),
    ("a/b", "a\\/b"),
    ("[^0-9]", "[^0-45-9]"),
    ("\\D", "[^\\d]", "[\\D]"),
    ("(?=a)b", "(?=(a))(b)"),
    ("[-a]", "[a-]", "[\\-a]"),
]  # fmt: skip


@pytest.mark.parametrize("same", GROUPS, ids=lambda same: str(same[0]))
def test_the_same_pattern_in_other_words(same: tuple[str, ...], tmp_path: Path) -> None:
    assert len({spelled(one) for one in same}) == 1
    old, new = ({"type": "string", "pattern": one} for one in (same[0], same[-1]))
    assert changes(tmp_path, json.dumps(old), json.dumps(new)) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("^\\d{4}$", "^[0-9]{4}$", "pattern-rewritten"),
        ("^(\\d)+$", "^[0-9]+$", "pattern-rewritten"),
        ("^\\w$", "^[A-Za-z_0-9]$", "pattern-rewritten"),
        ("^\\D$", "^[^0-9]$", "pattern-rewritten"),
        ("^\\w$", "^[A-Za-z0-9]$", "request-pattern-changed"),
        ("^ab+$", "^(ab)+$", "request-pattern-changed"),
        ("^a|b$", "^(a|b)$", "request-pattern-changed"),
        ("^[^a]$", "^[a]$", "request-pattern-changed"),
        ("^a{0}$", "^a*$", "request-pattern-changed"),
        ("^a{0,0}$", "^a{0,}$", "request-pattern-changed"),
        ("^a{2}$", "^a{2,}$", "request-pattern-changed"),
        ("^.$", "^[.]$", "request-pattern-changed"),
        ("^a+$", "^a++$", "request-pattern-changed"),
        ("^(a)(b)\\2$", "^(?:a)(b)\\1$", "request-pattern-changed"),
        ("(?=a)b", "(?!a)b", "request-pattern-changed"),
        ("(?=a)b", "(?:a)b", "request-pattern-changed"),
        ("\\bA", "bA", "request-pattern-changed"),
        ("\\s", "[ ]", "request-pattern-changed"),
        ("[a&&b]", "[a&b]", "request-pattern-changed"),
        ("^.*$", ".*", "request-pattern-removed"),
    ],
)
def test_a_pattern_that_may_be_another_is_never_safe(
    old: str, new: str, code: str, tmp_path: Path
) -> None:
    before, after = ({"type": "string", "pattern": one} for one in (old, new))
    (change,) = changes(tmp_path, json.dumps(before), json.dumps(after))
    assert change.code == code
    assert "safe" not in (change.callers, change.servers) or code == "request-pattern-removed"


def _drawn(rng: Random, depth: int = 3) -> str:
    """A pattern of a few letters."""
    kind = rng.randrange(9 if depth else 5)
    if kind < 5:
        return rng.choice(["a", "b", "1", ".", "\\d", "[ab]", "[a1]", "[^a]", "[a]", "\\w", "[^\\d]", "\\D", "[0-9]"])  # fmt: skip
    inside = _drawn(rng, depth - 1)
    if kind == 5:
        return f"({inside})" if rng.random() < 0.5 else f"(?:{inside})"
    if kind == 6:
        return f"(?:{inside})" + rng.choice(["*", "+", "?", "{1}", "{0,1}", "{2}", "{1,2}?", "{0}"])
    if kind == 7:
        return f"{inside}|{_drawn(rng, depth - 1)}"
    return inside + _drawn(rng, depth - 1)


@pytest.mark.parametrize("ascii_only", [False, True])
def test_patterns_of_one_spelling_match_the_same_texts(ascii_only: bool) -> None:
    rng = Random(7)
    texts = ["".join(one) for size in range(4) for one in product("ab1\u0661", repeat=size)]
    known: dict[str, tuple[str, list[bool]]] = {}
    agreed = 0
    for _ in range(4000):
        pattern = _drawn(rng)
        compiled = re.compile(f"^(?:{pattern})$", re.ASCII if ascii_only else re.UNICODE)
        matched = [compiled.search(text) is not None for text in texts]
        spelling = spelled(pattern, ascii_only=ascii_only)
        first, expected = known.setdefault(spelling, (pattern, matched))
        assert matched == expected, f"{first} and {pattern} are both {spelling}"
        agreed += first != pattern
    assert agreed > 400, "the patterns hardly ever met"


@pytest.mark.parametrize(
    "pattern",
    ["(" * 90 + ")" * 90, "[", "(", "a{", "\\", "a" * 9000, "[]", "*", ")", "\U0001f600+"],
)
def test_what_cannot_be_read_stays_as_it_is(pattern: str) -> None:
    assert spelled(pattern) == pattern
