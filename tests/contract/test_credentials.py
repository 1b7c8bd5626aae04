"""Several security schemes: each operation is shown what it wants, and must not be content with less."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from small import of

from ringback.contract import Exchange, Options, Phase, Reply, Request, Run, run, target_of
from ringback.contract.credentials import Proof, credentials, schemes
from ringback.contract.judges.reading import read

SCHEMES = """
security: [{key: []}]
components:
  securitySchemes:
    user: {type: http, scheme: basic}
    key: {type: apiKey, in: header, name: X-Key}
    jwt: {type: http, scheme: bearer}
    token: {type: apiKey, in: query, name: token}
    session: {type: apiKey, in: cookie, name: sid}
    card: {type: mutualTLS}
"""
PATHS = """
/open:
  get: {security: [], responses: {'200': {description: fine}}}
/one:
  get: {responses: {'200': {description: fine}, '401': {description: no}}}
/other:
  get: {responses: {'200': {description: fine}, '401': {description: no}}}
/both:
  get:
    security: [{user: [], key: []}]
    responses: {'200': {description: fine}, '401': {description: no}}
/either:
  get:
    security: [{card: []}, {jwt: []}, {token: []}]
    responses: {'200': {description: fine}, '401': {description: no}}
/session:
  get:
    security: [{session: []}]
    responses: {'200': {description: fine}, '401': {description: no}}
"""
GIVEN = {"user": "ann:secret1", "key": "k3y", "jwt": "abc.def", "token": "t0ken+", "session": "s1d"}
BASIC = "Basic " + base64.b64encode(b"ann:secret1").decode()


def contract() -> Any:
    return of(PATHS, more=SCHEMES)


class Guarded:
    """Lets in who shows what its document wants; `fault` says where it does not."""

    def __init__(self, fault: str = "") -> None:
        self.fault = fault

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        query = parse_qs(scope["query_string"].decode())
        status = 200 if self._may(scope["path"], headers, query) else 401
        start = {"type": "http.response.start", "status": status, "headers": []}
        if scope["method"] != "GET":
            start["status"] = 405
        await send(start)
        await send({"type": "http.response.body"})

    def _may(self, path: str, headers: dict[str, str], query: dict[str, list[str]]) -> bool:
        user = headers.get("authorization") == BASIC
        key = headers.get("x-key") == GIVEN["key"]
        jwt = headers.get("authorization") == "Bearer abc.def"
        token = query.get("token") == [GIVEN["token"]]
        if self.fault == "any token":
            token = "token" in query
        if self.fault == "no token":
            token = False
        return {
            "/open": True,
            "/both": user and (key or self.fault == "half"),
            "/either": jwt or token,
            "/session": headers.get("cookie") == "sid=s1d",
        }.get(path, key)


def campaign(fault: str = "", given: dict[str, str] = GIVEN, auth: str | None = None) -> Run:
    options = Options(max_time=20, patience=0.1, auth=auth, schemes=given, phases=(Phase.SCENARIO,))
    return run(contract(), target_of(Guarded(fault), "app"), options)


def told(found: Run) -> list[tuple[str, str]]:
    return [(one.code, one.operation) for one in found.findings]


def test_all_of_them_at_once_let_in_everywhere() -> None:
    found = campaign()
    assert told(found) == []
    seen = {one.label: dict(one.documented) for one in found.coverage.operations}
    for label in ("/one", "/both", "/either", "/session"):
        assert seen[f"GET {label}"]["200"] and seen[f"GET {label}"]["401"], label


def test_one_of_two_that_are_wanted_is_not_enough() -> None:
    assert told(campaign("half")) == [("wrong-credentials-accepted", "GET /both")]
    (finding,) = campaign("half").findings
    assert "nothing for key" in finding.message or "a wrong key" in finding.message


def test_an_alternative_that_is_given_has_to_be_enough() -> None:
    (finding,) = campaign("no token").findings
    assert (finding.code, finding.operation) == ("refused-valid", "GET /either")
    assert "token alone" in finding.message


def test_what_is_wrong_in_a_query_is_tried_where_it_is_what_is_given() -> None:
    given = {name: GIVEN[name] for name in ("user", "key", "token", "session")}
    assert told(campaign("any token", given)) == [("wrong-credentials-accepted", "GET /either")]
    assert told(campaign("", given)) == []


def test_one_value_is_for_the_scheme_that_is_used_most() -> None:
    found = credentials(contract(), "k3y")
    assert found.usual == Proof((("x-key", "k3y"),))
    found = credentials(contract(), "k3y", {"user": "ann:secret1"})
    assert found.of("GET /one") == Proof((("x-key", "k3y"),))
    assert found.secret == "secret1"
    both = dict(found.of("GET /both").headers)
    assert both == {"authorization": BASIC, "x-key": "k3y"}


def test_what_cannot_be_shown_is_not_asked_for() -> None:
    assert schemes(contract()) == ("user", "key", "jwt", "token", "session")


def test_a_proof_takes_the_place_of_what_is_there() -> None:
    request = Request("GET", "/either?token=old&page=2", (("cookie", "a=b"), ("accept", "*/*")))
    shown = credentials(contract(), None, GIVEN)
    sent = shown.usual.on(request)
    assert sent.target == "/either?page=2&token=t0ken%2B"
    assert sent.header("cookie") == "sid=s1d" and sent.header("accept") == "*/*"


def test_a_key_in_a_query_is_no_part_of_the_question() -> None:
    request = Request("GET", "/either?token=t0ken%2B&page=2")
    body = json.dumps({}).encode()
    exchange = Exchange(1, request, Reply(200, (), body))
    assert read(contract(), exchange).exchange.request.target == "/either?page=2"
    assert read(contract(), exchange).exchange.number == 1
    alone = Exchange(2, Request("GET", "/one?token=x"), Reply(200, (), body))
    assert read(contract(), alone).exchange.request.target == "/one"


@pytest.mark.parametrize("name", ["jwt", "token"])
def test_each_alternative_is_enough_by_itself(name: str) -> None:
    given = {one: GIVEN[one] for one in ("user", "key", "session", name)}
    assert told(campaign("", given)) == []
