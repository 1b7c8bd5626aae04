"""A run that says nothing says why: nobody was let in, nothing was there, nothing was accepted, nothing can be followed."""

from __future__ import annotations

from typing import Any

import pytest
from shop import KEY, Shop
from shop import contract as shop_contract
from small import of

from ringback.contract import Options, Phase, Run, run, target_of, unanswered, unconnected

QUICK = Options(max_time=20, patience=0.1, phases=(Phase.SCENARIO,))
OPEN = """
/status:
  get: {responses: {'200': {description: fine}, '404': {description: none}}}
/closed:
  get: {security: [{}], responses: {'303': {description: elsewhere}}}
"""


def always(status: int, *, but: dict[str, int] | None = None) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        said = (but or {}).get(scope["path"], status)
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": said, "headers": headers})
        await send({"type": "http.response.body", "body": b"{}"})

    return app


def why(contract: Any, app: Any, options: Options = QUICK) -> tuple[str, bool]:
    found = unanswered(contract, run(contract, target_of(app, "app"), options))
    return ("", False) if found is None else (found.why, found.moot)


@pytest.mark.parametrize("status", [401, 403])
def test_who_is_not_let_in_is_told_about_credentials(status: int) -> None:
    said, shut = why(shop_contract(), always(status))
    assert shut and f"answered nothing but {status}" in said
    assert "--auth" in said and "RINGBACK_TEST_AUTH" in said


def test_what_needs_no_credentials_does_not_hide_that_they_are_missing() -> None:
    said, shut = why(shop_contract(), always(401, but={"/status": 200, "/health": 200}))
    assert shut and "credentials that are accepted are needed" in said


def test_a_document_that_does_not_speak_of_credentials() -> None:
    said, shut = why(of(OPEN), always(401))
    assert shut and "answers were 401 and none was of success: credentials" in said


def test_nothing_but_404_asks_for_the_base_path() -> None:
    said, shut = why(of(OPEN), always(404))
    assert not shut
    assert said.startswith("all ") and "404" in said and "base path" in said


def test_nothing_that_is_accepted() -> None:
    said, shut = why(of(OPEN), always(400))
    assert not shut and "answers were 400 and none was of success" in said


def test_a_promised_redirection_is_an_answer_of_success() -> None:
    assert why(of(OPEN), always(404, but={"/closed": 303})) == ("", False)


def test_what_was_tested_is_tested() -> None:
    options = Options(max_time=20, auth=KEY, patience=0.1, phases=(Phase.SCENARIO,))
    assert why(shop_contract(), Shop(), options) == ("", False)


def test_what_is_created_and_cannot_be_followed() -> None:
    lonely = of("/notes: {post: {responses: {'201': {description: made}}}}")
    assert why(lonely, always(201)) == ("", False)
    found = unconnected(lonely)
    assert found is not None and "creates something that no other request can reach" in found.why
    assert unconnected(shop_contract()) is None


def test_no_answer_at_all() -> None:
    nothing = Run("a.yaml", (), "A", "1", "http://localhost", (1,), 0.0, 1.0, stopped="refused")
    found = unanswered(shop_contract(), nothing)
    assert found is not None and found.why == "refused"
