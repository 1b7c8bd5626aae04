"""`--auth`: one value, or values by the names of security schemes, from the command line and the environment."""

from __future__ import annotations

import pytest

from ringback.testing_auth import AuthError, Given, given, variable

KNOWN = ("basicAuth", "api-key", "token")


@pytest.mark.parametrize(
    ("texts", "environment", "wanted"),
    [
        ([], {}, Given()),
        (["ann:secret"], {}, Given("ann:secret")),
        ([], {"RINGBACK_TEST_AUTH": "ann:secret"}, Given("ann:secret")),
        (["abc=="], {}, Given("abc==")),
        (["api-key=a=b"], {}, Given(None, {"api-key": "a=b"})),
        (
            ["basicAuth=ann:x", "api-key=k", "t0"],
            {},
            Given("t0", {"basicAuth": "ann:x", "api-key": "k"}),
        ),
        (
            ["api-key=k"],
            {"RINGBACK_TEST_AUTH_API_KEY": "other", "RINGBACK_TEST_AUTH_TOKEN": "t"},
            Given(None, {"api-key": "k", "token": "t"}),
        ),
        (
            ["x:y"],
            {"RINGBACK_TEST_AUTH": "ann:secret", "RINGBACK_TEST_AUTH_OTHER": "z"},
            Given("x:y"),
        ),
    ],
)
def test_what_is_given(texts: list[str], environment: dict[str, str], wanted: Given) -> None:
    assert given(texts, KNOWN, environment) == wanted


@pytest.mark.parametrize(
    ("texts", "word"),
    [
        (
            ["a:b", "c:d"],
            "2 times without the name of a scheme: write SCHEME=VALUE, with basicAuth",
        ),
        (["basicauth=a:b"], "did you mean basicAuth="),
        (["api-key="], "has no value"),
        (["token=a", "token=b"], "given twice"),
    ],
)
def test_what_cannot_be_meant(texts: list[str], word: str) -> None:
    with pytest.raises(AuthError, match=word):
        given(texts, KNOWN, {})


def test_what_is_secret_of_them() -> None:
    assert given(["basicAuth=ann:x1", "token=t1"], KNOWN, {}).secrets == ("x1", "t1")
    assert variable("api-key") == "RINGBACK_TEST_AUTH_API_KEY"
