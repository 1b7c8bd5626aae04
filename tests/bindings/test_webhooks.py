"""Webhooks, sent and received: payloads drawn from the document, signatures verified, forgeries refused."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from drawing import Pair, examined, values
from effective import FAST, document, faults, from_texts, payload_of, snake
from hypothesis import given
from hypothesis import strategies as st
from stage import assert_same, built

from ringback.openapi import Schema, Webhook
from twilio_voice import operations
from twilio_voice.webhooks import PreparedWebhook, SignatureError, WebhookReceiver, WebhookSender

WEBHOOKS = document().webhooks
EXAMPLES = 5 if FAST else 60
SECRET = "12345"
URLS = [
    "https://example.com/hooks?foo=1&bar=2",
    "https://example.com:8443/hooks/",
    "http://example.com/h%20k?q=%3C",
    "https://example.com",
]


def test_every_webhook_of_the_document_is_there() -> None:
    assert list(operations.WEBHOOKS) == [snake(one.name) for one in WEBHOOKS]


@pytest.mark.parametrize("algorithm", ["HMAC_SHA1", "HMAC_SHA256"])
@pytest.mark.parametrize("webhook", WEBHOOKS, ids=lambda one: one.name)
def test_what_is_sent_is_received(webhook: Webhook, algorithm: str) -> None:
    schema, name = payload_of(webhook), snake(webhook.name)
    send = getattr(WebhookSender(SECRET, algorithm=algorithm), name)
    receive = getattr(WebhookReceiver(SECRET, strict=True), name)

    @examined(EXAMPLES)
    @given(values(schema), st.sampled_from(URLS), st.sampled_from(["POST", "GET"]))
    def run(drawn: Pair, url: str, method: str) -> None:
        payload = built(drawn.python)
        sent = send(url, payload, method=method)
        assert sent.method == method
        event = receive(url=sent.url, headers=sent.headers, body=sent.content, method=sent.method)
        assert event.payload == payload
        assert_same(drawn.python, event.payload)
        assert event.drifts == ()
        _assert_documented(schema, drawn, sent)
        _assert_forgeries_refused(receive, sent)

    run()


def _assert_documented(schema: Schema, drawn: Pair, sent: PreparedWebhook) -> None:
    text = urlsplit(sent.url).query if sent.method == "GET" else sent.content.decode("ascii")
    texts: dict[str, list[str]] = {}
    known = dict(schema.properties)
    for name, value in parse_qsl(text, keep_blank_values=True):
        if name in known:
            texts.setdefault(name, []).append(value)
    body = {name: from_texts(known[name], given) for name, given in texts.items()}
    assert body == drawn.wire
    assert faults(schema, body) == []


def _assert_forgeries_refused(receive: Any, sent: PreparedWebhook) -> None:
    forged: list[dict[str, Any]] = [
        {"url": sent.url + "x"},
        {"headers": {}},
        {"headers": {**sent.headers, "X-Twilio-Signature": "AAAA" + "=" * 24}},
    ]
    if sent.method == "POST":
        forged += [
            {"body": sent.content + b"&Extra=1"},
            {"body": sent.content.replace(b"=", b"=0", 1)},
        ]
    genuine = {
        "url": sent.url,
        "headers": sent.headers,
        "body": sent.content,
        "method": sent.method,
    }
    for change in forged:
        with pytest.raises(SignatureError):
            receive(**{**genuine, **change})
