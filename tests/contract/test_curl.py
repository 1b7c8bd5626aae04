"""The command that sends a request again: a shell must read it as it was meant, and find no secret in it."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from servers import answers, serving

from ringback.contract.curl import curl
from ringback.contract.traffic import Exchange, Headers, Request

BASE = "http://127.0.0.1:4010"


def command(method: str, target: str = "/a", headers: Headers = (), body: bytes = b"") -> str:
    return curl(Exchange(1, Request(method, target, headers, body), None), BASE)


def test_a_plain_request() -> None:
    assert command("GET", "/a?b=c") == f"curl --globoff --path-as-is '{BASE}/a?b=c'".replace(
        f"'{BASE}/a?b=c'", f"{BASE}'/a?b=c'"
    )
    assert command("HEAD") == f"curl --head --globoff --path-as-is {BASE}/a"
    assert command("DELETE") == f"curl -X DELETE --globoff --path-as-is {BASE}/a"
    assert command("POST").startswith("curl -X POST ")


def test_secrets_are_variables() -> None:
    headers = (("authorization", "Basic YTpi"), ("x-api-key", "k3y"), ("accept", "*/*"))
    body = b"To=x&AuthToken=t0ken&From=y"
    found = command("POST", "/a?access_token=q&b=c", (*headers, ("content-type", "x/form")), body)
    assert found == (
        """curl -u "$RINGBACK_TEST_AUTH" -H 'x-api-key: '"$X_API_KEY" -H 'accept: */*' -H 'content-type: x/form'"""
        """ --data-raw 'To=x&AuthToken='"$AUTH_TOKEN"'&From=y' --globoff --path-as-is """
        f"""{BASE}'/a?access_token='"$ACCESS_TOKEN"'&b=c'"""
    )
    found = command("PUT", "/a", (("authorization", "Bearer abc"),), b'{"a": 1, "password": "p w"}')
    assert "abc" not in found and "p w" not in found
    assert """-H 'authorization: Bearer '"$AUTHORIZATION\"""" in found
    assert """--data-raw '{"a": 1, "password": "'"$PASSWORD"'"}'""" in found


def test_what_is_no_text_goes_through_base64() -> None:
    found = command("POST", "/a", (("content-type", "audio/x"),), b"\x00\xff")
    assert found.startswith(
        "printf %s AP8= | base64 -d | curl -H 'content-type: audio/x' --data-binary @- "
    )


NASTY = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30)


@settings(deadline=None)
@given(st.from_regex(r"/[!-\"$-~]{0,40}", fullmatch=True), NASTY, NASTY.filter(bool))
def test_a_shell_reads_what_was_meant(target: str, value: str, body: str) -> None:
    headers = (("x-a", value), ("content-type", "text/plain"))
    words = shlex.split(command("PATCH", target, headers, f"={body}".encode()))
    if "$" not in target + value + body:  # else shlex does not tell ours from theirs
        assert words[:3] == ["curl", "-X", "PATCH"]
        assert words[words.index("-H") + 1] == (f"x-a: {value}" if value else "x-a;")
        assert words[words.index("--data-raw") + 1] == f"={body}"
        if "=" not in target:
            assert words[-1] == BASE + target


@pytest.mark.skipif(not shutil.which("curl") or not shutil.which("bash"), reason="curl is not here")
@pytest.mark.parametrize(
    ("method", "target", "headers", "body"),
    [
        ("POST", "/a/../b?x=[1]&y={z}&q='\"$HOME`id`!", (("x-a", "it's $5"), ("x-empty", "")), b"@file a=b&c"),
        ("PUT", "/", (("content-type", "a/b"),), bytes(range(256))),
        ("DELETE", "/%2e%2e/a", (), b""),
        ("POST", "/", (("content-type", "text/plain"),), "zwei\nZeilen ü\t\\n".encode()),
        ("HEAD", "/head", (), b""),
        ("GET", "/body", (("content-type", "text/plain"),), b"with a body"),
    ],
)  # fmt: skip
def test_curl_sends_the_same_again(method: str, target: str, headers: Headers, body: bytes) -> None:
    with serving(answers(200)) as server:
        text = curl(Exchange(1, Request(method, target, headers, body), None), server.url)
        subprocess.run(
            ["bash", "-c", text.replace("curl ", "curl -sS --noproxy '*' ", 1)],
            check=True,
            timeout=30,
        )
    head, _, sent = server.heads[0].partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == f"{method} {target} HTTP/1.1".encode()
    assert sent == body
    got = {
        line.partition(b":")[0].lower().decode(): line.partition(b":")[2].strip().decode()
        for line in lines[1:]
    }
    assert {name: got.get(name) for name, _ in headers} == dict(headers)
    assert "content-type" not in got or "content-type" in dict(headers)
    assert got["host"] == urlsplit(server.url).netloc
