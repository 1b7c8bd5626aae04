"""What `schemathesis run` does to the emulator in this process, with its defaults; says how much as JSON.

Arguments: the document (JSON), the seconds, the seed. Requests are counted where they arrive.
"""

from __future__ import annotations

import base64
import json
import sys
import time
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis.engine import events, from_schema

from ringback.emulator import create_app

ACCOUNT, TOKEN = "AC" + "0123456789abcdef" * 2, "not-a-secret"


class Counting:
    """An application, and how often it was asked."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.asked = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += scope["type"] == "http"
        await self.app(scope, receive, send)


def main() -> None:
    document, seconds, seed = Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    config = schemathesis.Config.from_dict(
        {
            "seed": seed,
            "max-time": max(1, round(seconds)),
            "base-url": "http://127.0.0.1/2010-04-01",
            "headers": {"Authorization": _basic()},
            "cache": {"enabled": False},
        }
    )
    schema: Any = schemathesis.openapi.from_dict(
        json.loads(document.read_text(encoding="utf-8")), config=config
    )
    app = Counting(create_app())
    schema.app = app
    began = time.monotonic()
    errors = 0
    for event in from_schema(schema).execute():
        errors += isinstance(event, events.FatalError)
    elapsed = time.monotonic() - began
    print(json.dumps({"requests": app.asked, "seconds": elapsed, "errors": errors}))


def _basic() -> str:
    return "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()


main()
