"""What is weighed though it could have been left undecided: the security of webhooks, what a property asks for, patterns."""

from __future__ import annotations

from pathlib import Path

import pytest

from ringback.diff import Change, compare
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
