"""The server stubs as a user of them sees them: routing, media types, sizes, answers, hooks."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
from typing import Any

import httpx2
import pytest
from scripted import ACCOUNT, CALL_SID, call_body

from twilio_voice import models, server
from twilio_voice._runtime.decode import decode
from twilio_voice.server import Fault, HttpRequest, RawAnswer, build_app

ROOT = f"/2010-04-01/Accounts/{ACCOUNT}"
CALL: models.Call = decode(models.Call, json.dumps(call_body()).encode())[0]
FORM = {"content-type": "application/x-www-form-urlencoded"}


class Calls(server.UnimplementedCalls):
    """Fetch and create work; the rest stays unimplemented."""

    def __init__(self) -> None:
        self.given: list[Any] = []

    async def fetch(self, given: server.FetchCallInput, /) -> server.FetchCallAnswer:
        self.given.append(given)
        return server.FetchCall200(CALL, headers={"Twilio-Request-Id": "RQ1"})

    async def create(self, given: server.CreateCallInput, /) -> server.CreateCallAnswer:
        self.given.append(given)
        return server.CreateCall201(CALL)


def ask(
    app: Any, method: str, target: str, content: bytes = b"", headers: dict[str, str] | None = None
) -> httpx2.Response:
    async def run() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://t") as http:
            return await http.request(method, target, content=content, headers=headers)

    return asyncio.run(run())


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
def app(calls: Calls) -> Any:
    return build_app(calls=calls, check_answers=True)


# -- routing


@pytest.mark.parametrize(
    "path",
    [
        "/",
        ROOT,
        f"{ROOT}/Calls",
        f"{ROOT}/calls.json",
        f"{ROOT}/Calls.json/",
        f"{ROOT}/Calls//{CALL_SID}.json",
        f"{ROOT}/Calls/{CALL_SID}",
        f"/Accounts/{ACCOUNT}/Calls.json",
    ],
)
def test_an_unknown_path_is_404_in_the_documents_shape(app: Any, path: str) -> None:
    found = ask(app, "GET", path)
    assert found.status_code == 404
    assert found.json()["status"] == 404
    assert found.json().keys() == {"code", "message", "more_info", "status"}


def test_another_method_is_405_and_says_which_are_allowed(app: Any) -> None:
    found = ask(app, "PUT", f"{ROOT}/Calls/{CALL_SID}.json")
    assert found.status_code == 405
    assert found.headers["allow"] == "DELETE, GET, HEAD, POST"
    assert ask(app, "DELETE", f"{ROOT}/Calls.json").headers["allow"] == "GET, HEAD, POST"


def test_head_is_get_without_content(app: Any) -> None:
    got = ask(app, "GET", f"{ROOT}/Calls/{CALL_SID}.json")
    head = ask(app, "HEAD", f"{ROOT}/Calls/{CALL_SID}.json")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(got.content))
    assert got.headers["twilio-request-id"] == "RQ1"
    assert got.headers["content-type"] == "application/json"


def test_the_base_path_can_be_another_one(calls: Calls) -> None:
    app = build_app(calls=calls, base_path="/mock/v1")
    assert ask(app, "GET", f"/mock/v1/Accounts/{ACCOUNT}/Calls/{CALL_SID}.json").status_code == 200
    assert ask(app, "GET", f"{ROOT}/Calls/{CALL_SID}.json").status_code == 404


def test_what_is_not_there_is_501(app: Any) -> None:
    assert ask(app, "GET", f"{ROOT}/Queues.json").status_code == 501
    found = ask(app, "DELETE", f"{ROOT}/Calls/{CALL_SID}.json")
    assert found.status_code == 501
    assert "deleteCall" in found.json()["message"]


def test_labels_are_decoded_once_and_a_slash_stays_inside() -> None:
    seen: list[str] = []

    class Participants(server.UnimplementedParticipants):
        async def delete(
            self, given: server.DeleteParticipantInput, /
        ) -> server.DeleteParticipantAnswer:
            seen.append(given.call_sid)
            return server.DeleteParticipant204()

    app = build_app(participants=Participants())
    base = f"{ROOT}/Conferences/CF{'0' * 32}/Participants/"
    for label in ("front%2Fdesk", "100%2525", "%C3%A9%20x", "a.json", "x%2Ejson"):
        assert ask(app, "DELETE", f"{base}{label}.json").status_code == 204
    assert seen == ["front/desk", "100%25", "é x", "a.json", "x.json"]


# -- what arrives


def test_a_form_arrives_typed(app: Any, calls: Calls) -> None:
    content = b"To=%2B1&From=client%3Aa+b&Record=true&Timeout=20&StatusCallbackEvent=ringing"
    content += b"&StatusCallbackEvent=answered&Unknown=1"
    found = ask(app, "POST", f"{ROOT}/Calls.json", content, FORM)
    assert found.status_code == 201
    body = calls.given[0].body
    assert (body.to, body.from_, body.record, body.timeout) == ("+1", "client:a b", True, 20)
    assert body.status_callback_event == [models.CallEvent.RINGING, models.CallEvent.ANSWERED]
    assert calls.given[0].account_sid == ACCOUNT
    assert calls.given[0].request.body == content


def test_every_fault_of_a_form_is_told_at_once(app: Any, calls: Calls) -> None:
    content = b"From=%2B1&Record=yes&Timeout=601&Method=PUT&ApplicationSid=CA" + b"0" * 32
    found = ask(app, "POST", f"{ROOT}/Calls.json", content, FORM)
    assert found.status_code == 400
    for name in ("To: is required", "Record", "Timeout", "Method", "ApplicationSid"):
        assert name in found.json()["message"]
    assert calls.given == []


@pytest.mark.parametrize("sid", ["RE" + "0" * 32, "CA0", "CA" + "0" * 32 + "%0A", "%00"])
def test_a_sid_of_another_kind_in_the_path_is_400(app: Any, calls: Calls, sid: str) -> None:
    assert ask(app, "GET", f"{ROOT}/Calls/{sid}.json").status_code == 400
    assert calls.given == []


def test_another_media_type_is_415(app: Any) -> None:
    target = f"{ROOT}/Calls.json"
    json_headers = {"content-type": "application/json"}
    assert ask(app, "POST", target, b'{"To": "1"}', json_headers).status_code == 415
    with_charset = {"content-type": "Application/X-WWW-Form-Urlencoded; charset=UTF-8"}
    assert ask(app, "POST", target, b"To=1&From=2", with_charset).status_code == 201
    assert ask(app, "POST", target, b"To=1&From=2").status_code == 415


def test_a_form_that_is_not_utf_8_is_400(app: Any) -> None:
    assert ask(app, "POST", f"{ROOT}/Calls.json", b"To=%FF&From=1", FORM).status_code == 400


def test_a_body_that_is_too_large_is_413(calls: Calls) -> None:
    app = build_app(calls=calls, max_body=100)
    found = ask(app, "POST", f"{ROOT}/Calls.json", b"To=1&From=" + b"2" * 100, FORM)
    assert found.status_code == 413
    assert ask(app, "POST", f"{ROOT}/Calls.json", b"To=1&From=2", FORM).status_code == 201

    async def endless() -> Any:
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": b"x" * 60, "more_body": True}

        async def send(message: Any) -> None:
            sent.append(message)

        headers = [(b"content-type", FORM["content-type"].encode())]
        scope = {"type": "http", "method": "POST", "path": f"{ROOT}/Calls.json", "headers": headers}
        await app({**scope, "query_string": b""}, receive, send)
        return sent[0]["status"]

    assert asyncio.run(asyncio.wait_for(endless(), 5)) == 413


# -- what leaves


def test_a_raw_answer_leaves_as_it_is(calls: Calls) -> None:
    class Odd(Calls):
        async def fetch(self, given: server.FetchCallInput, /) -> server.FetchCallAnswer:
            raise RawAnswer(418, b"short and stout", {"content-type": "text/plain", "x-pot": "1"})

    found = ask(build_app(calls=Odd()), "GET", f"{ROOT}/Calls/{CALL_SID}.json")
    assert (found.status_code, found.text, found.headers["x-pot"]) == (418, "short and stout", "1")


def test_a_fault_takes_the_documents_shape_or_ones_own(calls: Calls) -> None:
    class Strict(Calls):
        async def fetch(self, given: server.FetchCallInput, /) -> server.FetchCallAnswer:
            raise Fault(404, "gone", code=20404, headers={"X-Why": "deleted"})

    found = ask(build_app(calls=Strict()), "GET", f"{ROOT}/Calls/{CALL_SID}.json")
    assert (found.status_code, found.headers["x-why"]) == (404, "deleted")
    assert (found.json()["code"], found.json()["message"]) == (20404, "gone")

    def render(fault: Fault) -> tuple[str, bytes]:
        return "text/plain", f"{fault.code}: {fault.message}".encode()

    found = ask(build_app(calls=Strict(), render=render), "GET", f"{ROOT}/Calls/{CALL_SID}.json")
    assert (found.text, found.headers["content-type"]) == ("20404: gone", "text/plain")


def test_a_failing_handler_is_500_and_tells_nobody_why(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Calls):
        async def fetch(self, given: server.FetchCallInput, /) -> server.FetchCallAnswer:
            raise ZeroDivisionError("the secret reason")

    with caplog.at_level(logging.ERROR):
        found = ask(build_app(calls=Broken()), "GET", f"{ROOT}/Calls/{CALL_SID}.json")
    assert found.status_code == 500
    assert "secret reason" not in found.text
    assert "secret reason" in caplog.text


def test_dev_mode_refuses_to_answer_against_the_document(caplog: pytest.LogCaptureFixture) -> None:
    from msgspec.structs import replace

    wrong: Any = "RE" + "1" * 32

    class Wrong(Calls):
        async def fetch(self, given: server.FetchCallInput, /) -> server.FetchCallAnswer:
            return server.FetchCall200(replace(CALL, sid=wrong))

    target = f"{ROOT}/Calls/{CALL_SID}.json"
    assert ask(build_app(calls=Wrong()), "GET", target).json()["sid"] == wrong
    with caplog.at_level(logging.ERROR):
        found = ask(build_app(calls=Wrong(), check_answers=True), "GET", target)
    assert found.status_code == 500
    assert "/sid" in caplog.text


# -- who may


def test_the_security_hook_sees_the_request_before_its_values_are_read(calls: Calls) -> None:
    asked: list[tuple[str, str]] = []

    async def authenticate(request: HttpRequest, operation: Any) -> str:
        asked.append((request.path, operation.id))
        given = request.credentials()
        if given is None or given[1] != "pass:word":
            raise Fault(401, "Authenticate", headers={"WWW-Authenticate": "Basic"})
        return given[0]

    app = build_app(calls=calls, authenticate=authenticate)
    target = f"{ROOT}/Calls/{CALL_SID}.json"
    refused = ask(app, "GET", target)
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Basic")
    assert ask(app, "POST", f"{ROOT}/Calls.json", b"Record=yes", FORM).status_code == 401
    for text in ("x", "é:pass:word", "me:pass:word"):
        token = base64.b64encode(text.encode()).decode()
        found = ask(app, "GET", target, headers={"authorization": f"Basic {token}"})
        assert found.status_code == (401 if text == "x" else 200)
    assert calls.given[-1].identity == "me"
    assert asked[0] == (target, "fetchCall")
    for odd in ("Basic", "Basic !!", "Bearer x", "Basic /w=="):
        assert ask(app, "GET", target, headers={"authorization": odd}).status_code == 401


def test_lifespan_is_answered(app: Any) -> None:
    async def run() -> list[str]:
        messages = iter(["lifespan.startup", "lifespan.shutdown"])
        sent: list[str] = []

        async def receive() -> Any:
            return {"type": next(messages)}

        async def send(message: Any) -> None:
            sent.append(message["type"])

        await app({"type": "lifespan"}, receive, send)
        return sent

    assert asyncio.run(run()) == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
