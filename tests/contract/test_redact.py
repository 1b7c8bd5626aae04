"""No secret gets into a report, wherever it stands; and what was replaced is still judged the same."""

from __future__ import annotations

import base64
import json
import re
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringback.contract.outcome import Finding, Run
from ringback.contract.redact import Redactor, redacted
from ringback.contract.secrets_in import is_secret
from ringback.contract.traffic import Delivery, Exchange, Phase, Reply, Request

FORM = ("content-type", "application/x-www-form-urlencoded")
JSON = ("content-type", "application/json")
SECRETS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=6, max_size=40).filter(
    lambda text: len(set(text)) > 3 and re.search("[0-9A-Z]", text) and text.strip() == text
)  # fmt: skip
"""Texts with a sign that no word of a document has all by itself."""
IDENTIFIERS = st.from_regex(r"(?:AC|CA|RE|sk_)[0-9a-f]{32}", fullmatch=True)
NUMBERS = st.from_regex(r"\+[1-9][0-9]{9,13}", fullmatch=True)


def exchange(
    request: Request, reply: Reply | None = None, number: int = 1, **more: Any
) -> Exchange:
    return Exchange(number, request, reply, **more)


def run(*exchanges: Exchange, **more: Any) -> Run:
    return Run("voice.yaml", (), "Voice", "1", "app:app", (1,), 0.0, 0.0, exchanges, **more)


def basic(user: str, password: str) -> tuple[str, str]:
    return ("authorization", "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode())


def all_texts(value: Any) -> str:
    """Everything that a run says, in every writing that a reader might undo."""
    shown = []
    for one in (*value.exchanges, *value.deliveries):
        messages = [one.request, getattr(one, "reply", None) or Reply(0)]
        for message in messages:
            shown.append(message.body.decode("utf-8", "replace"))
            shown += [
                part.encode("latin-1").decode("utf-8", "replace")
                for pair in message.headers
                for part in pair
            ]
        shown.append(one.request.target)
        shown.append(
            getattr(one, "note", "") + getattr(one, "failure", "") + getattr(one, "trace", "")
        )
    shown += [one.message for one in value.findings]
    text = "\n".join(shown)
    undone = re.sub(r"\\u[0-9a-fA-F]{4}|\\.", _unescaped, text)
    return "\n".join(
        (
            text,
            undone,
            *(f"{a}={b}" for one in shown for a, b in parse_qsl(one.partition("?")[2] or one)),
        )
    )


def _unescaped(found: re.Match[str]) -> str:
    try:
        return str(json.loads(f'"{found[0]}"'))
    except ValueError:
        return found[0]


PLACES = (
    "authorization",
    "header",
    "cookie",
    "set-cookie",
    "query",
    "form",
    "json",
    "nested",
    "broken json",
)
PLACES += ("xml", "attribute", "multipart", "userinfo", "encoded userinfo", "elsewhere")


def traffic(place: str, secret: str) -> list[Exchange]:
    """An exchange in which a secret stands at a place."""
    header = secret.encode().decode("latin-1")
    post = "POST", "/things"
    text = f"before {secret}, and after"
    markup = ("content-type", "application/xml")
    escaped = secret.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    made: dict[str, list[Exchange]] = {
        "authorization": [exchange(Request("GET", "/", (("authorization", f"Bearer {header}"),)))],
        "header": [exchange(Request("GET", "/", (("x-api-key", header),)))],
        "cookie": [exchange(Request("GET", "/", (("cookie", f"a=b; s={quote(secret)}"),)))],
        "set-cookie": [exchange(Request("GET", "/"), Reply(200, (("set-cookie", f"s={quote(secret)}; Path=/"),)))],
        "query": [exchange(Request("GET", f"/?a=b&{urlencode({'AuthToken': secret})}&c=d"))],
        "form": [exchange(Request(*post, (FORM,), urlencode({"a": "b", "client_secret": secret}).encode()))],
        "json": [exchange(Request("GET", "/"), Reply(200, (JSON,), json.dumps({"password": secret}).encode()))],
        "nested": [exchange(Request("GET", "/"), Reply(200, (), json.dumps([{"credentials": {"a": ["x", {"b": secret}]}}], ensure_ascii=False).encode()))],
        "broken json": [exchange(Request("GET", "/"), Reply(200, (JSON,), json.dumps({"a": 1, "api_key": secret}).encode()[:-2]))],
        "xml": [exchange(Request(*post, (markup,), f"<a><ns:Password>{escaped}</ns:Password></a>".encode()))],
        "cdata": [exchange(Request(*post, (markup,), f"<Password><![CDATA[{escaped}]]></Password>".encode()))],
        "attribute": [exchange(Request(*post, (markup,), f'<a token="{escaped}" b="c"/>'.encode()))],
        "multipart": [exchange(Request(*post, (("content-type", "multipart/form-data; boundary=x"),), f'--x\r\nContent-Disposition: form-data; name="pin"\r\n\r\n{secret}\r\n--x--'.encode()))],
        "userinfo": [exchange(Request("GET", "/"), Reply(200, (JSON,), json.dumps({"a": f"https://u:{quote(secret, safe='')}@h/p"}).encode()))],
        "encoded userinfo": [exchange(Request(*post, (FORM,), urlencode({"Url": f"https://u:{quote(secret, safe='')}@h/p"}).encode()))],
        "elsewhere": [
            exchange(Request("GET", "/", (("authorization", f"Bearer {header}"),))),
            exchange(
                Request(*post, (FORM,), urlencode({"Body": text}).encode()),
                Reply(200, (JSON,), json.dumps({"echo": text, "kept": json.dumps(text, ensure_ascii=False)}).encode()),
                2, note=text, failure=text, trace=text,
            ),
        ],
    }  # fmt: skip
    return made[place]


@pytest.mark.parametrize("place", PLACES)
@settings(deadline=None, max_examples=60)
@given(secret=SECRETS)
def test_a_secret_survives_nowhere(place: str, secret: str) -> None:
    found = Finding("schema", "GET /", f"value is {secret!r}, wanted something else")
    findings = (found,) if place == "elsewhere" and repr(secret) == f"'{secret}'" else ()
    shown = all_texts(redacted(run(*traffic(place, secret), findings=findings)))
    assert secret not in shown
    assert quote(secret, safe="") not in shown
    assert quote(quote(secret, safe=""), safe="") not in shown


@settings(deadline=None)
@given(user=IDENTIFIERS, password=SECRETS, number=NUMBERS)
def test_the_credentials_of_a_run_survive_nowhere(user: str, password: str, number: str) -> None:
    echo = json.dumps({"sid": user, "to": number, "bare": number[1:], "said": f"{user}:{password}"})
    sent = Request(
        "POST", f"/Accounts/{user}/Calls.json?To={quote(number)}", (basic(user, password), FORM),
        urlencode({"To": number, "Url": f"https://h/{user}"}).encode(),
    )  # fmt: skip
    before = run(exchange(sent, Reply(201, (JSON,), echo.encode())))
    shown = all_texts(redacted(before, Redactor(known=[password], accounts=[user])))
    for secret in (user, password, number, number[1:], basic(user, password)[1][6:]):
        assert secret not in shown


@settings(deadline=None)
@given(user=IDENTIFIERS, call=IDENTIFIERS, number=NUMBERS)
def test_pseudonyms_fit_where_the_values_did(user: str, call: str, number: str) -> None:
    body = {
        "sid": call,
        "account_sid": user,
        "to": number,
        "status": "queued",
        "price": -0.5,
        "n": None,
    }
    sent = Request(
        "GET", f"/Accounts/{user}/Calls/{call}.json?To={quote(number)}", (basic(user, "passw0rd!"),)
    )
    before = run(exchange(sent, Reply(200, (JSON,), json.dumps(body).encode())))
    (after,) = redacted(before).exchanges
    assert after.reply is not None
    told = json.loads(after.reply.body)
    assert re.fullmatch(user[:2] + "_?[0-9a-f]{32}" if user != call else ".*", told["account_sid"])
    assert told["account_sid"][:2] == user[:2] and told["account_sid"] != user
    assert told["sid"] == (
        call if call != user else told["account_sid"]
    )  # whose call it is, is not to be seen
    assert re.fullmatch(r"\+[1-9][0-9]+", told["to"]) and len(told["to"]) == len(number)
    assert (
        after.request.target
        == f"/Accounts/{told['account_sid']}/Calls/{told['sid']}.json?To={quote(told['to'])}"
    )
    assert {**told, **{name: body[name] for name in ("sid", "account_sid", "to")}} == body
    assert len(after.reply.body) == len(json.dumps(body))


@settings(deadline=None)
@given(values=st.lists(NUMBERS, min_size=2, max_size=20))
def test_the_same_stays_the_same_and_different_stays_different(values: list[str]) -> None:
    redactor = Redactor()
    first = [redactor.text(value) for value in values]
    assert first == [redactor.text(f"a {value}b")[2:-1] for value in values]
    assert len(set(first)) == len(set(values))
    assert [redactor.text(value) for value in first] == first  # once is enough


def test_another_run_has_other_pseudonyms() -> None:
    number = "+15551234567"
    assert len({Redactor().text(number) for _ in range(5)}) > 1
    assert len({Redactor(key=b"k").text(number) for _ in range(5)}) == 1


def test_what_is_no_secret_stays_to_the_byte() -> None:
    body = b'{ "a" : 1.50, "b":"\\u00e9\xff", "big": 123456789012345678901, "token_type":"bearer",\n "max_tokens": 5 }'
    sent = Request(
        "POST", "/a?Token=&b=%zz&c", (("x-a", "\xff"), FORM), b"a=b+c&StartTime<=2020&=&x=%e9"
    )
    before = run(
        exchange(sent, Reply(200, (JSON, ("content-length", str(len(body)))), body), note="why")
    )
    assert redacted(before) == before


def test_a_word_of_the_document_is_not_replaced_everywhere() -> None:
    first = exchange(Request("GET", "/?PageToken=completed&Token=000000"))
    second = exchange(
        Request("GET", "/CA00000000?status=completed"),
        Reply(200, (JSON,), b'{"status": "completed"}'),
        2,
    )
    token, other = redacted(run(first, second)).exchanges
    assert "completed" not in token.request.target and "000000" not in token.request.target
    assert other == second


def test_numbers_and_lengths_stay_what_they_are() -> None:
    body = b'{"pin": -1204.50e3, "otp": 0, "secret": true, "token": "ab12"}'
    headers = (JSON, ("content-length", str(len(body))))
    (after,) = redacted(run(exchange(Request("GET", "/"), Reply(200, headers, body)))).exchanges
    assert after.reply is not None
    told = json.loads(after.reply.body)
    assert re.fullmatch(rb'\{"pin": -[1-9]{2}0[1-9]\.[1-9]0e3, "otp": 0, .*', after.reply.body)
    assert told["secret"] is True and told["pin"] != -1204.50e3
    assert re.fullmatch("[a-z]{2}[0-9]{2}", told["token"]) and told["token"] != "ab12"
    assert after.reply.header("content-length") == str(len(after.reply.body))


def test_names_may_be_added() -> None:
    before = run(exchange(Request("GET", "/?Plate=B-XY1234&plate_number=1")))
    (after,) = redacted(before, Redactor(names=["plate"])).exchanges
    assert re.fullmatch(r"/\?Plate=[A-Z]-[A-Z]{2}[0-9]{4}&plate_number=1", after.request.target)
    assert after.request.target != before.exchanges[0].request.target


def test_the_whole_of_a_run_is_redacted() -> None:
    number = "+15551234567"
    sent = Request("POST", "/", (FORM,), f"To={quote(number)}".encode())
    before = run(
        exchange(sent, phase=Phase.FUZZING, failure=f"no answer for {number}"),
        deliveries=(Delivery(1, sent, 0.0, url=f"http://h/{number}"),),
        findings=(Finding("schema", "GET /", f"to is '{number}'", evidence=(1,)),),
        stopped=number,
        complaints=(number,),
        commands=(("again", f"ringback test --auth u:{number}"),),
    )
    after = redacted(before)
    assert (
        number not in repr(after)
        and quote(number) not in repr(after)
        and "5551234567" not in repr(after)
    )
    assert after.exchanges[0].phase is Phase.FUZZING and after.findings[0].evidence == (1,)
    other = after.findings[0].message[7:-1]
    assert after.stopped == after.complaints[0] == other == after.deliveries[0].url[9:]


@pytest.mark.parametrize(
    "name",
    ["password", "AuthToken", "X-API-Key", "client_secret", "apiKey", "accessToken", "Authorization", "PIN", "user_password1",
     "APIKey", "sessionId", "private-key", "SHARED_KEY"],
)  # fmt: skip
def test_names_of_secrets(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize("name", ["token_type", "max_tokens", "key", "Pinned", "opinion", "password_url", "sid", "", "id", "authority"])  # fmt: skip
def test_names_of_other_things(name: str) -> None:
    assert not is_secret(name)


@settings(deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from(["", "application/json", "text/xml", "multipart/form-data", "a/b"]),
)
def test_whatever_a_body_is_it_is_read_to_its_end(body: bytes, media_type: str) -> None:
    sent = exchange(
        Request("POST", "/", (("content-type", media_type),), body), Reply(200, (), body)
    )
    redacted(run(sent))
