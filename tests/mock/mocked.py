"""A client of a mock in this process: what is sent is plain, what comes back is too."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ringback.mock import Application
from ringback.mock.replies import Reply
from ringback.mock.requests import Request

CORPUS = Path(__file__).parents[1] / "corpus"
LIBRARY = CORPUS / "mock" / "library.yaml"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Client:
    """Sends requests to an application, with credentials unless told otherwise."""

    app: Application

    def __call__(
        self, method: str, target: str, body: Any = None, *, known: bool = True, **headers: str
    ) -> Reply:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if known and "authorization" not in sent:
            sent["authorization"] = "Basic " + base64.b64encode(b"somebody:secret").decode()
        content = b""
        if body is not None:
            sent.setdefault("content-type", "application/json")
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
        path, _, query = target.partition("?")
        request = Request(method, path, query, sent, content, "http://mock")
        return asyncio.run(self.app.answer(request))

    def json(self, method: str, target: str, body: Any = None, **headers: Any) -> Any:
        reply = self(method, target, body, **headers)
        assert reply.status < 300, reply
        return json.loads(reply.body)


Open = Callable[..., Client]
