"""Webhooks in other media types than JSON and forms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from generated import Bindings, document


def _made(folder: Path, content: dict[str, Any]) -> Bindings:
    body = {"required": True, "content": content}
    responses = {"204": {"description": "Taken."}}
    hooks = {"happened": {"post": {"requestBody": body, "responses": responses}}}
    return Bindings(document({}, webhooks=hooks), folder)


def _sent(made: Bindings, payload: Any) -> Any:
    hooks = made.module("webhooks")
    prepared = hooks.WebhookSender(None).happened("https://example.com/hook", payload)
    return prepared, hooks.WebhookReceiver(None).happened(
        url=prepared.url, headers=prepared.headers, body=prepared.content
    )


@pytest.mark.parametrize(
    ("media_type", "payload", "content"),
    [("image/png", b"\x89PNG", b"\x89PNG"), ("text/csv", "a;ü", "a;ü".encode())],
)
def test_files_and_texts(tmp_path: Path, media_type: str, payload: Any, content: bytes) -> None:
    made = _made(tmp_path, {media_type: {"schema": {"type": "string"}}})
    prepared, event = _sent(made, payload)
    assert (prepared.headers["Content-Type"], prepared.content) == (media_type, content)
    assert (event.payload, event.drifts) == (payload, ())


def test_parts(tmp_path: Path) -> None:
    made = _made(tmp_path, {"multipart/form-data": {"schema": {
        "type": "object", "required": ["count", "file"], "properties": {
            "count": {"type": "integer"}, "file": {"type": "string", "format": "binary"}},
    }}})  # fmt: skip
    hooks = made.module("webhooks")
    kind = made.module("operations").WEBHOOKS["happened"].body.type
    prepared, event = _sent(made, kind(count=3, file=b"content"))
    assert prepared.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert (event.payload.count, event.payload.file.content) == (3, b"content")
    receive = hooks.WebhookReceiver(None).happened
    with pytest.raises(made.module("_runtime.decode").Unreadable, match="count: is required"):
        receive(url="https://example.com", headers=prepared.headers, body=b"")
