"""Which credentials are used, where they go, and that nothing shows them."""

from __future__ import annotations

import base64
import logging
import pickle
import traceback
from typing import Any

import httpx2
import pytest
from scripted import ACCOUNT, BASE, CALL_SID, TOKEN, Script, answer, call_body, error_body

from twilio_voice import Client, RequestFailed

OTHER = "AC" + "9" * 32
KEY = "SK" + "1" * 32
NAMES = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_API_KEY", "TWILIO_API_SECRET")


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def asked(*given: str, **named: Any) -> httpx2.Request:
    """The request that a client made with these credentials sends."""
    script = Script(answer(200, call_body()))
    http = httpx2.Client(transport=httpx2.MockTransport(script))
    Client(*given, base_url=BASE, http=http, **named).calls.fetch(CALL_SID)
    return script.requests[0]


def test_account_and_token() -> None:
    request = asked(ACCOUNT, TOKEN)
    assert request.headers["authorization"] == basic(ACCOUNT, TOKEN)
    assert f"/Accounts/{ACCOUNT}/" in request.url.path


def test_an_api_key_speaks_for_the_account() -> None:
    request = asked(ACCOUNT, api_key=KEY, api_key_secret="s")
    assert request.headers["authorization"] == basic(KEY, "s")
    assert f"/Accounts/{ACCOUNT}/" in request.url.path


def test_the_environment_is_asked_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", OTHER)
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "from the environment")
    assert asked().headers["authorization"] == basic(OTHER, "from the environment")
    assert asked(ACCOUNT, TOKEN).headers["authorization"] == basic(ACCOUNT, TOKEN)


def test_given_and_environment_are_never_mixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_API_KEY", KEY)
    monkeypatch.setenv("TWILIO_API_SECRET", "from the environment")
    assert asked(ACCOUNT, TOKEN).headers["authorization"] == basic(ACCOUNT, TOKEN)


def test_another_account_for_one_request() -> None:
    script = Script(answer(200, call_body()))
    script.client().calls.fetch(CALL_SID, account_sid=OTHER)  # type: ignore[arg-type]
    assert f"/Accounts/{OTHER}/" in script.paths[0]
    assert script.requests[0].headers["authorization"] == basic(ACCOUNT, TOKEN)


def test_without_an_account_the_argument_is_missing() -> None:
    with pytest.raises(RequestFailed, match="account_sid: is required"):
        Client(base_url=BASE, http=httpx2.Client()).calls.fetch(CALL_SID)


HIDDEN = (TOKEN, base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode())


def assert_hidden(text: str) -> None:
    for secret in HIDDEN:
        assert secret not in text


def test_nothing_that_can_be_printed_has_the_secret() -> None:
    client = Script(answer(200, call_body()), answer(404, error_body(404, 20404))).client()
    with client.record() as recorded:
        client.calls.fetch(CALL_SID)
        with pytest.raises(RequestFailed) as raised:
            client.calls.fetch(CALL_SID)
    for value in (
        client,
        client.settings,
        client.calls,
        vars(client),
        recorded,
        recorded.exchanges,
    ):
        assert_hidden(repr(value) + str(value))
    assert_hidden(repr(raised.value) + str(raised.value) + repr(vars(raised.value)))
    with pytest.raises(TypeError):
        pickle.dumps(client.settings.credentials["auth_token"])


@pytest.mark.parametrize(
    "failure", [httpx2.ConnectError("no"), httpx2.ReadError("no"), KeyError("bug")]
)
def test_no_traceback_has_the_secret(failure: Exception) -> None:
    """Not even one that shows the local variables of our own frames."""
    client = Script(failure).client(max_retries=0)
    try:
        client.calls.fetch(CALL_SID)
    except Exception as error:
        shown = traceback.TracebackException.from_exception(error, capture_locals=True)
        ours = [frame for frame in shown.stack if "twilio_voice" in frame.filename]
        assert ours
        cause: Any = shown
        while cause is not None:
            assert_hidden("".join(traceback.format_exception_only(type(error), error)))
            for frame in cause.stack:
                if "twilio_voice" in frame.filename:
                    assert_hidden(repr(frame.locals))
            cause = cause.__cause__ or cause.__context__


def test_no_log_has_the_secret(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        Script(answer(200, call_body())).client().calls.fetch(CALL_SID)
    assert_hidden(caplog.text)
