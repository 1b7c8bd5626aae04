"""What was recorded is read again as it was; and what others recorded is read too."""

from __future__ import annotations

import base64
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringback.contract import har
from ringback.contract.har import HarError
from ringback.contract.outcome import Run
from ringback.contract.redact import Redactor
from ringback.contract.traffic import Delivery, Exchange, Intent, Phase, Reply, Request

NAMES = st.from_regex(r"[!#$%&'*+.^_`|~0-9a-z-]{1,20}", fullmatch=True)
VALUES = st.text(st.characters(codec="latin-1", exclude_categories=("Cc",)), max_size=30)
HEADERS = st.lists(st.tuples(NAMES, VALUES), max_size=4).map(tuple)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
REQUESTS = st.builds(
    Request,
    st.sampled_from(["GET", "POST", "DELETE", "BREW", "M-SEARCH"]),
    st.from_regex(r"/[!-\"$-~]{0,40}", fullmatch=True),
    HEADERS,
    st.binary(max_size=60) | TEXTS.map(str.encode),
)
REPLIES = st.builds(
    Reply, st.integers(100, 599), HEADERS, st.binary(max_size=60) | TEXTS.map(str.encode)
)
TIMES = st.floats(0, 4e9, allow_nan=False)


@st.composite
def runs(draw: st.DrawFn) -> Run:
    count = draw(st.integers(0, 4))
    exchanges = []
    for number in range(1, count + 1):
        reply = draw(st.none() | REPLIES)
        if reply is not None and reply.body and reply.header("content-type") is None:
            reply = Reply(
                reply.status, (*reply.headers, ("content-type", "text/plain")), reply.body
            )
        exchanges.append(
            Exchange(
                number=number, request=draw(REQUESTS), reply=reply, operation=draw(st.none() | TEXTS),
                phase=draw(st.sampled_from(Phase)), intent=draw(st.sampled_from(Intent)), note=draw(TEXTS),
                parent=draw(st.none() | st.integers(1, 99)), started=draw(TIMES), elapsed=draw(TIMES),
                failure=draw(TEXTS) if reply is not None else "nobody there", trace=draw(TEXTS),
            )
        )  # fmt: skip
    deliveries = [
        Delivery(number, draw(REQUESTS), draw(TIMES), draw(st.none() | st.integers(1, 9)), draw(TEXTS), draw(TEXTS), draw(TEXTS))
        for number in range(1, draw(st.integers(0, 2)) + 1)
    ]  # fmt: skip
    return run(*exchanges, deliveries=tuple(deliveries))


def run(*exchanges: Exchange, **more: Any) -> Run:
    target = more.pop("target", "http://127.0.0.1:4010")
    return Run("voice.yaml", (), "Voice", "1", target, (1,), 0.0, 0.0, exchanges, **more)


@settings(deadline=None)
@given(runs())
def test_what_was_written_is_read_again(before: Run) -> None:
    found = har.loads(har.dumps(before))
    assert found.exchanges == before.exchanges
    assert found.deliveries == before.deliveries


@settings(deadline=None, max_examples=50)
@given(runs())
def test_what_was_written_is_har_1_2(before: Run) -> None:
    log = json.loads(har.dumps(before))["log"]
    assert log["version"] == "1.2" and {"name", "version"} == set(log["creator"])
    assert len(log["entries"]) == len(before.exchanges) + len(before.deliveries)
    for entry in log["entries"]:
        assert set(entry) == {
            "startedDateTime",
            "time",
            "request",
            "response",
            "cache",
            "timings",
            "_ringback",
        }
        assert {
            "method",
            "url",
            "httpVersion",
            "cookies",
            "headers",
            "queryString",
            "headersSize",
            "bodySize",
        } <= set(entry["request"])
        assert {
            "status",
            "statusText",
            "httpVersion",
            "cookies",
            "headers",
            "content",
            "redirectURL",
            "headersSize",
            "bodySize",
        } == set(entry["response"])
        assert {"size", "mimeType"} <= set(entry["response"]["content"])
        assert entry["request"]["url"].startswith("http") and entry["time"] >= 0
        assert math.isclose(sum(entry["timings"].values()), entry["time"])  # fmt: skip


def test_a_file_is_written_without_secrets(tmp_path: Path) -> None:
    secret = "Basic " + base64.b64encode(b"user-0815:s3cr3t-pw").decode()
    sent = Request(
        "POST", "/a?To=%2B15551234567", (("authorization", secret),), b"password=s3cr3t-pw"
    )
    before = run(
        Exchange(1, sent, Reply(200, (("content-type", "text/plain"),), b"s3cr3t-pw +15551234567"))
    )
    har.write(before, tmp_path / "run.har")
    text = (tmp_path / "run.har").read_text(encoding="utf-8")
    for told in ("s3cr3t-pw", "user-0815", "5551234567", secret):
        assert told not in text
    (found,) = har.read(tmp_path / "run.har")
    assert found.request.path == "/a" and found.reply is not None and len(found.reply.body) == 22


def test_reports_share_their_pseudonyms() -> None:
    before = run(Exchange(1, Request("GET", "/+15551234567"), None, failure="nobody there"))
    redactor = Redactor()
    assert redactor.text("+15551234567") in har.text(before, redactor)


# -- what others write


def entry(
    request: dict[str, Any], response: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    return {
        "request": {"method": "get", "url": "https://h/p", **request},
        "response": response or {},
        **more,
    }


def one(found: dict[str, Any]) -> Exchange:
    (exchange,) = har.loads(json.dumps({"log": {"entries": [found]}})).exchanges
    return exchange


def test_a_browsers_entry_is_read() -> None:
    found = one(
        entry(
            {
                "method": "POST",
                "url": "https://api.example:8443/v1/a%20b/ü?x=1&y=#top",
                "headers": [{"name": ":authority", "value": "h"}, {"name": "X-A", "value": "1"}],
                "postData": {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "a b", "value": "ü"}]},
            },
            {
                "status": 200,
                "headers": [{"name": "Content-Type", "value": "image/png"}],
                "content": {"mimeType": "image/png", "text": base64.b64encode(b"\x89PNG").decode(), "encoding": "base64"},
            },
            startedDateTime="2024-05-06T07:08:09.5+02:00",
            time=12.5,
        )
    )  # fmt: skip
    assert found == Exchange(
        number=1,
        request=Request("POST", "/v1/a%20b/%C3%BC?x=1&y=", (("x-a", "1"),), b"a+b=%C3%BC"),
        reply=Reply(200, (("content-type", "image/png"),), b"\x89PNG"),
        phase=Phase.REPLAY,
        started=1714972089.5,
        elapsed=0.0125,
    )


def test_a_request_that_a_browser_gave_up_has_no_answer() -> None:
    blocked = one(entry({}, {"status": 0, "_error": "net::ERR_CONNECTION_REFUSED"}))
    assert blocked.reply is None and blocked.failure == "net::ERR_CONNECTION_REFUSED"
    assert one(entry({"url": "https://h"})).failure == "the recording has no answer"
    assert one(entry({"url": "https://h"})).request.target == "/"


def test_a_mime_type_stands_for_a_header_that_was_left_out() -> None:
    found = one(
        entry({}, {"status": 200, "content": {"mimeType": "application/json", "text": "{}"}})
    )
    assert found.reply == Reply(200, (("content-type", "application/json"),), b"{}")


def test_entries_of_several_makers_are_numbered_anew() -> None:
    entries = [entry({"url": f"https://h/{at}"}, _ringback={"number": 7}) for at in range(3)]
    found = har.loads(json.dumps({"log": {"entries": entries}})).exchanges
    assert [(one.number, one.request.target) for one in found] == [(1, "/0"), (2, "/1"), (3, "/2")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "x.har is not JSON: line 1"),
        ("[" * 100_000, "x.har is not JSON: too deep"),
        ("[]", "x.har is no HAR file: it has no log with entries"),
        ('{"log": {"entries": 5}}', "x.har is no HAR file: it has no log with entries"),
        ('{"log": {"entries": [5]}}', "x.har, entry 0: a request has a method and a url"),
        ('{"log": {"entries": [{"request": {"method": "GET"}}]}}', "x.har, entry 0: a request has a method and a url"),
        ('{"log": {"entries": [{"request": {"method": "GET", "url": "http://[::1"}}]}}', "x.har, entry 0: not a URL: 'http://[::1'"),
        ('{"log": {"entries": [{"request": {"method": "GET", "url": "http://h", "postData": {"text": "é", "encoding": "base64"}}}]}}', "x.har, entry 0: a body is not base64, as it says"),
    ],
)  # fmt: skip
def test_what_is_no_recording_says_why(text: str, sentence: str) -> None:
    with pytest.raises(HarError) as caught:
        har.loads(text, "x.har")
    assert str(caught.value) == sentence


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(HarError, match=r"none\.har cannot be read: No such file or directory"):
        har.read(tmp_path / "none.har")
    (tmp_path / "x.har").write_bytes(b"\xff\xfe")
    with pytest.raises(HarError, match=r"x\.har is not UTF-8"):
        har.read(tmp_path / "x.har")
    (tmp_path / "x.har").write_bytes(b'\xef\xbb\xbf{"log": {"entries": []}}')
    assert har.read(tmp_path / "x.har") == []


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["log", "entries", "request", "response", "url", "method", "headers", "status", "content", "text", "encoding", "postData", "params", "_ringback", "number", "delivery", "started", "name", "value", "time", "startedDateTime"]), inner, max_size=6),
    max_leaves=25,
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(JSON_VALUES, max_size=3))
def test_whatever_a_file_holds_it_is_read_or_refused(entries: list[Any]) -> None:
    try:
        har.loads(json.dumps({"log": {"entries": entries}}))
    except HarError as error:
        assert "\n" not in str(error)
