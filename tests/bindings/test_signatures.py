"""Signatures over webhooks: published vectors, both algorithms, ports, and the reasons for a refusal."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any
from urllib.parse import urlencode

import pytest

from twilio_voice import models, operations
from twilio_voice._runtime.signing import signature, verify
from twilio_voice.webhooks import SignatureError, WebhookReceiver, WebhookSender

TOKEN = "12345"
assert operations.SIGNATURE is not None
RULES = operations.SIGNATURE
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FORM = {
    "CallSid": ["CA1234567890ABCDE"],
    "Digits": ["1234"],
    "From": ["+14158675309"],
    "To": ["+18005551212"],
    "Caller": ["+14158675309"],
}
REPEATED = {"Digits": ["5678", "1234", "1234"], "Sid": ["CA123"], "SidAccount": ["AC123"]}
JSON = b'{"property": "value", "boolean": true}'
JSON_URL = URL + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"


def checked(
    url: str, given: str | None, form: dict[str, list[str]], content: bytes = b"", **more: str
) -> None:
    headers = {"x-twilio-signature": given} if given is not None else {}
    headers |= {name.replace("_", "-"): text for name, text in more.items()}
    verify(RULES, TOKEN, url, headers, form, content)


@pytest.mark.parametrize(
    ("url", "form", "content", "expected"),
    [
        (URL, FORM, b"", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        (URL, REPEATED, b"", "IK+Dwps556ElfBT0I3Rgjkr1wJU="),
        (JSON_URL, {}, JSON, "a9nBmqA0ju/hNViExpshrM61xv4="),
        (URL.replace(".com", ".com:443"), FORM, b"", "kvajT1Ptam85bY51eRf/AJRuM3w="),
    ],
    ids=["form", "repeated keys", "JSON body", "port spelled out"],
)
def test_the_published_vectors(
    url: str, form: dict[str, list[str]], content: bytes, expected: str
) -> None:
    assert signature(TOKEN, url, form) == expected
    checked(url, expected, form, content)


def test_the_port_that_the_scheme_implies_may_be_there_or_not() -> None:
    with_port = URL.replace(".com", ".com:443")
    checked(URL, "kvajT1Ptam85bY51eRf/AJRuM3w=", FORM)
    checked(with_port, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", FORM)
    plain = signature(TOKEN, "http://a.example/x", {})
    checked("http://a.example:80/x", plain, {})
    with pytest.raises(SignatureError):
        checked("http://a.example:8080/x", plain, {})


def test_the_fragment_is_not_signed() -> None:
    checked(URL + "#rc=2&rp=all", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", FORM)


def test_sha_256_is_what_the_settings_header_asks_for() -> None:
    text = URL + "".join(name + one for name in sorted(FORM) for one in FORM[name])
    digest = hmac.new(TOKEN.encode(), text.encode(), hashlib.sha256).digest()
    expected = base64.b64encode(digest).decode()
    assert signature(TOKEN, URL, FORM, "HMAC_SHA256") == expected
    settings = "key=SK123,algorithm=HMAC_SHA256"
    checked(URL, expected, FORM, x_twilio_webhooks_signature_settings=settings)
    with pytest.raises(SignatureError):
        checked(URL, expected, FORM)


@pytest.mark.parametrize(
    ("signed", "seen", "reason"),
    [
        (URL.replace("https", "http"), URL, "made for http://, this URL says https://"),
        ("https://a.example/x/", "https://a.example/x", "slash at the end"),
        ("https://a.example/x", "https://a.example/x/", "without the slash"),
        ("https://a.example/x", "https://a.example/x?y=1", "without a query"),
        ("https://a.example/x", "https://b.example/x", "another secret, another URL"),
    ],
)
def test_a_refusal_says_why(signed: str, seen: str, reason: str) -> None:
    with pytest.raises(SignatureError, match=reason):
        checked(seen, signature(TOKEN, signed, FORM), FORM)


def test_a_refusal_says_why_without_the_url() -> None:
    with pytest.raises(SignatureError, match="there is no X-Twilio-Signature header"):
        checked(URL, None, FORM)
    with pytest.raises(SignatureError, match="the URL alone, not the form"):
        checked(URL, signature(TOKEN, URL, {}), FORM)
    with pytest.raises(SignatureError, match="does not have the hash that bodySHA256 names"):
        checked(JSON_URL, "a9nBmqA0ju/hNViExpshrM61xv4=", {}, JSON + b" ")
    with pytest.raises(SignatureError, match="no form, and the URL carries no hash"):
        checked(URL, signature(TOKEN, URL, {}), {}, JSON)
    with pytest.raises(SignatureError, match="'MD5' is not known"):
        checked(URL, "x", FORM, x_twilio_webhooks_signature_settings="algorithm=MD5")


def _status(**changed: Any) -> models.CallStatusCallback:
    given: dict[str, Any] = {
        "call_sid": "CA" + "1" * 32,
        "account_sid": "AC" + "2" * 32,
        "from_": "+1",
        "to": "+2",
        "call_status": models.CallbackCallStatus.COMPLETED,
        "api_version": "2010-04-01",
        "direction": models.CallDirection.OUTBOUND_API,
    }
    return models.CallStatusCallback(**{**given, **changed})


def test_header_names_in_any_case_and_a_wrong_secret() -> None:
    sent = WebhookSender(TOKEN).call_status("https://a.example/h", _status())
    shouted = {name.upper(): text for name, text in sent.headers.items()}
    receiver = WebhookReceiver(TOKEN)
    assert (
        receiver.call_status(url=sent.url, headers=shouted, body=sent.content).payload == _status()
    )
    with pytest.raises(SignatureError):
        WebhookReceiver("54321").call_status(url=sent.url, headers=shouted, body=sent.content)
    assert "12345" not in repr(receiver) + repr(WebhookSender(TOKEN))


def test_unknown_parameters_are_signed_and_kept() -> None:
    known = WebhookSender(None).call_status("https://a.example/h", _status()).content.decode()
    body = (known + "&" + urlencode({"NewThing": "1"})).encode()
    pairs = [pair.split("=") for pair in body.decode().split("&")]
    form = {name: [value.replace("%2B", "+")] for name, value in pairs}
    headers = {
        "X-Twilio-Signature": signature(TOKEN, "https://a.example/h", form),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    event = WebhookReceiver(TOKEN).call_status(
        url="https://a.example/h", headers=headers, body=body
    )
    assert event.payload == _status()
    assert event.form["NewThing"] == ["1"]


def test_a_value_that_does_not_fit_is_kept_unless_strict() -> None:
    body = WebhookSender(None).call_status("https://a.example/h", _status()).content
    body = body.replace(b"CallStatus=completed", b"CallStatus=sleeping")
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    event = WebhookReceiver(None).call_status(url="https://a/h", headers=headers, body=body)
    assert event.payload.call_status == "sleeping"
    assert [drift.pointer for drift in event.drifts] == ["/CallStatus"]
    from twilio_voice import DriftError

    with pytest.raises(DriftError) as raised:
        WebhookReceiver(None, strict=True).call_status(
            url="https://a/h", headers=headers, body=body
        )
    assert raised.value.value.call_status == "sleeping"
