"""Whatever comes in, from clients or from those who answer webhooks: no traceback, no 500 without the vendor's error."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError
from tests.emulator.voice_world import ACCOUNT, CALLEE, NUMBER, STATUS, TOKEN, TWIML, Voice, voice

QUIET = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)

ODD = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        (
            *(
                "",
                " ",
                "\x00",
                "../..",
                "%2e%2e",
                "a/b",
                "'",
                '"',
                "<x>",
                "\r\nX: y",
                "é",
                "😀",
                "null",
            ),
            *("-1", "1e9", "9" * 40, "true", "2026-13-45", CALLEE, NUMBER, "sip:a@b", "client:"),
            *(TWIML, "ftp://x", "http://a_b/"),
        )
    ),
)
SEGMENTS = st.sampled_from(
    (
        *("Accounts", ACCOUNT, "Calls", "Calls.json", "Calls.csv", "Calls.xml", "Recordings.json"),
        *("Conferences.json", "Participants.json", "Queues.json", "Members.json", "Front.json"),
        *("Notifications.json", "Room", ".json", "%00", "%2F", "..", "", "CF" + "0" * 32),
        *("CA" + "0" * 32 + ".json", "RE" + "0" * 32 + ".wav", "QU" + "0" * 32),
    )
)
NAMES = st.sampled_from(
    (
        *("To", "From", "Url", "Twiml", "Status", "Timeout", "PageSize", "Page", "PageToken"),
        *("StartTime<", "StartTime", "StatusCallback", "StatusCallbackEvent", "SendDigits", "x"),
        *("ApplicationSid", "FriendlyName", "MaxSize", "Record", "Muted", "Label", "TimeLimit"),
        *("MachineDetection", "CallerId", "RequestedChannels", "IncludeSoftDeleted"),
    )
)


def _form(pairs: list[tuple[str, str]]) -> bytes:
    from urllib.parse import urlencode

    return urlencode([(n, v.encode("utf-8", "surrogatepass")) for n, v in pairs]).encode()


async def _ask(
    made: Voice,
    method: str,
    path: str,
    query: bytes = b"",
    body: bytes = b"",
    kind: str = "application/x-www-form-urlencoded",
) -> tuple[int, dict[str, str], bytes]:
    """A raw request, past every client that would tidy it."""
    import base64

    auth = b"Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode())
    sent: list[dict[str, Any]] = []
    headers = [
        (b"authorization", auth),
        (b"content-type", kind.encode()),
        (b"host", b"emulator.test"),
    ]
    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": query,
        "headers": headers, "client": ("127.0.0.1", 1), "scheme": "http", "http_version": "1.1",
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await made.app(scope, receive, send)
    content = b"".join(one.get("body", b"") for one in sent[1:])
    given = {k.decode().lower(): v.decode("latin-1") for k, v in sent[0]["headers"]}
    return sent[0]["status"], given, content


def _is_vendors_error(headers: dict[str, str], content: bytes) -> bool:
    if "json" in headers.get("content-type", ""):
        return {"code", "message", "more_info", "status"} <= set(json.loads(content))
    return b"<RestException>" in content or b"code" in content.lower()


@QUIET
@given(
    st.sampled_from(["GET", "POST", "DELETE", "PUT", "HEAD", "OPTIONS", "PATCH"]),
    st.lists(SEGMENTS, max_size=7),
    st.lists(st.tuples(NAMES, ODD), max_size=6),
    st.lists(st.tuples(NAMES, ODD), max_size=6),
    st.booleans(),
)
def test_requests(method: str, segments: list[str], query: Any, form: Any, below: bool) -> None:
    async def inside() -> None:
        async with voice() as made:
            prefix = f"/2010-04-01/Accounts/{ACCOUNT}/" if below else "/"
            path = prefix + "/".join(segments)
            status, headers, content = await _ask(made, method, path, _form(query), _form(form))
            assert status != 500, content
            if status >= 400 and method != "HEAD":
                assert _is_vendors_error(headers, content), (status, content)
            assert not any("\r" in text or "\n" in text for text in headers.values())

    asyncio.run(inside())


@QUIET
@given(st.lists(st.tuples(NAMES, ODD), max_size=8))
def test_forms_of_new_calls(form: Any) -> None:
    async def inside() -> None:
        async with voice() as made:
            pairs = [("To", CALLEE), ("From", NUMBER), ("Url", TWIML), *form]
            path = f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
            status, headers, content = await _ask(made, "POST", path, b"", _form(pairs))
            assert status in (201, 400), content
            if status == 400:
                assert _is_vendors_error(headers, content)
            await made.advance(120)

    asyncio.run(inside())


DOCUMENT = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "<Response><Dial><Conference/></Dial></Response>",
            "<Response><Redirect>/twiml</Redirect></Response>",
            "<Response><Gather><Dial/></Gather></Response>",
            "<Response><Enqueue/></Response>",
            "<Response><Record maxLength='-5'/></Response>",
            "<Response><Dial timeout='x'>nobody</Dial></Response>",
            "<Response>" + "<Gather>" * 300,
            "<?xml version='1.0' encoding='utf-7'?><Response/>",
            "<!DOCTYPE r [<!ENTITY a 'x'>]><Response><Say>&a;</Say></Response>",
            "<Response xmlns='urn:x'><Say>a</Say></Response>",
            "<response/>",
            "[]",
        ]
    ),
)


@QUIET
@given(
    DOCUMENT,
    st.sampled_from([200, 201, 204, 301, 302, 404, 418, 500, 503]),
    st.sampled_from(
        ["text/xml", "application/json", "audio/mpeg", "", "text/plain; charset=nonsense"]
    ),
    ODD,
)
def test_answers_to_twiml_requests(document: str, status: int, kind: str, location: str) -> None:
    async def inside() -> None:
        async with voice() as made:
            safe = "".join(c for c in location if c.isprintable() and c.isascii())
            headers = {"content-type": kind, "location": safe}
            body = document.encode("utf-8", "surrogatepass")
            made.documents["/twiml"] = lambda _: httpx2.Response(
                status, content=body, headers=headers
            )
            call = await made.client.calls.create(
                to=CALLEE, from_=NUMBER, url=TWIML, status_callback=STATUS
            )
            await made.advance(20_000)
            assert (await made.client.calls.fetch(call.sid)).status == "completed"
            assert made.statuses()[-1] == "completed"

    stumbled: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = stumbled.append  # type: ignore[method-assign,assignment]
    logger = logging.getLogger("ringback")
    logger.addHandler(handler)
    try:
        asyncio.run(inside())
    finally:
        logger.removeHandler(handler)
    assert not [one.getMessage() for one in stumbled]


def _notes(document: Any) -> list[tuple[str, dict[str, Any]]]:
    async def inside() -> list[tuple[str, dict[str, Any]]]:
        async with voice() as made:
            made.documents["/twiml"] = document
            call = await made.client.calls.create(to=CALLEE, from_=NUMBER, url=TWIML)
            await made.advance(120)
            assert (await made.client.calls.fetch(call.sid)).status == "completed"
            return [
                (one.kind, one.data) for one in made.world.store.do(lambda tx: tx.notes(call.sid))
            ]

    return asyncio.run(inside())


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(
        f'<!ENTITY lol{n} "{f"&lol{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 10)
    )
    + "]><Response><Say>&lol9;</Say></Response>"
)
OUTSIDE = (
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Response><Say>&e;</Say></Response>'
)


@pytest.mark.parametrize("document", [BOMB, OUTSIDE], ids=["bomb", "outside"])
def test_xml_that_attacks_is_refused(document: str) -> None:
    notes = _notes(document)
    (error,) = [data for kind, data in notes if kind == "error"]
    assert error["code"] == 12100
    assert "root:" not in json.dumps(notes)


def test_an_endless_answer_is_cut_off() -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"<!-- " + b"x" * 4096 + b" -->"

    notes = _notes(lambda _: httpx2.Response(200, content=endless()))
    assert [data["code"] for kind, data in notes if kind == "error"] == [11750]


def test_endless_redirects_are_not_followed() -> None:
    async def inside() -> None:
        async with voice() as made:
            made.documents["/twiml"] = lambda _: httpx2.Response(
                302, headers={"location": "/twiml"}
            )
            call = await made.client.calls.create(to=CALLEE, from_=NUMBER, url=TWIML)
            await made.advance(60)
            (attempt,) = made.world.store.do(lambda tx: tx.attempts(call.sid))
            assert attempt["error"] == "more than 5 redirects"
            assert len(made.sent("/twiml")) == 6

    asyncio.run(inside())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0"])
def test_a_redirect_to_the_control_endpoints_is_refused(host: str) -> None:
    async def inside() -> None:
        async with voice() as made:
            made.world.courier.forbidden.add(("localhost", 4010))
            target = f"http://{host}:4010/_ringback/reset"
            made.documents["/twiml"] = lambda _: httpx2.Response(307, headers={"location": target})
            call = await made.client.calls.create(to=CALLEE, from_=NUMBER, url=TWIML)
            await made.advance(60)
            (attempt,) = made.world.store.do(lambda tx: tx.attempts(call.sid))
            assert attempt["error"] == "the control endpoints are not for webhooks"
            assert [one.path for one in made.webhooks] == ["/twiml"]

    asyncio.run(inside())


def test_a_form_of_ten_megabytes_is_refused() -> None:
    async def inside() -> None:
        async with voice() as made:
            path = f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
            body = b"To=" + b"1" * 10_000_000
            status, headers, content = await _ask(made, "POST", path, b"", body)
            assert status == 413 and _is_vendors_error(headers, content)

    asyncio.run(inside())


@pytest.mark.parametrize(
    "url", ["http://app.test/\r\nX-Injected: 1", "http://app.test/ x", "http://app.test\x00/"]
)
def test_addresses_that_would_inject_are_refused(url: str) -> None:
    async def inside() -> None:
        async with voice() as made:
            path = f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
            form = _form([("To", CALLEE), ("From", NUMBER), ("Url", url)])
            status, _, content = await _ask(made, "POST", path, b"", form)
            assert (status, json.loads(content)["code"]) == (400, 21205)

    asyncio.run(inside())


def test_a_fault_of_the_database_is_an_error_of_the_vendors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def inside() -> None:
        async with voice() as made:

            async def broken(*_: Any, **__: Any) -> Any:
                raise OperationalError("select", {}, Exception("the disk is gone"))

            monkeypatch.setattr(made.world.store, "run", broken)
            path = f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
            status, headers, content = await _ask(
                made, "POST", path, b"", _form([("To", CALLEE), ("From", NUMBER), ("Url", TWIML)])
            )
            assert status == 500 and _is_vendors_error(headers, content)
            assert json.loads(content)["code"] == 20500
            assert b"disk" not in content

    asyncio.run(inside())


def test_a_call_that_never_lets_time_pass_is_ended() -> None:
    notes = _notes("<Response><Redirect>/twiml</Redirect></Response>")
    assert [data["code"] for kind, data in notes if kind == "error"]


@pytest.mark.parametrize("url", ["not a uri", "nowhere", "//app.test/", "http://", "ftp://a.test/"])
@pytest.mark.parametrize("name", ["StatusCallback", "FallbackUrl", "ClientNotificationUrl"])
def test_an_address_that_is_none_is_refused_whatever_it_is_for(name: str, url: str) -> None:
    async def inside() -> None:
        async with voice() as made:
            path = f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
            given = [("To", CALLEE), ("From", NUMBER), ("Url", "http://app.test/"), (name, url)]
            status, _, content = await _ask(made, "POST", path, b"", _form(given))
            told = json.loads(content)
            assert (status, told["code"]) == (400, 21205)
            assert name in told["message"]

    asyncio.run(inside())
