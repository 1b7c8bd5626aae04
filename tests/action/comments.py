"""The part of GitHub's API that has the comments of a pull request, on this machine."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "a-token-of-this-test"


@dataclass(slots=True)
class Comments:
    """The comments of pull request 7 of `team/parcels`; a context manager that serves them at `url`."""

    refuses: bool = False  # as it is for pull requests from forks
    held: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    _server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        """What $GITHUB_API_URL is."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_port}"

    def add(self, body: str, kind: str = "User") -> None:
        """Somebody writes a comment."""
        self.held.append({"id": len(self.held) + 1, "body": body, "user": {"type": kind}})

    def __enter__(self) -> Comments:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, target: str, body: Any) -> tuple[int, Any]:
        """Status and value for a request."""
        self.asked.append(f"{method} {target}")
        parts = urlsplit(target)
        listed = "/repos/team/parcels/issues/7/comments"
        if method == "GET" and parts.path == listed:
            asked = parse_qs(parts.query)
            size, page = int(asked["per_page"][0]), int(asked["page"][0])
            return 200, self.held[(page - 1) * size : page * size]
        if self.refuses:
            return 403, {"message": "Resource not accessible by integration"}
        if method == "POST" and parts.path == listed:
            self.add(body["body"], "Bot")
            return 201, self.held[-1]
        for one in self.held:
            if (
                method == "PATCH"
                and parts.path == f"/repos/team/parcels/issues/comments/{one['id']}"
            ):
                one["body"] = body["body"]
                return 200, one
        return 404, {"message": "Not Found"}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        comments = self

        class Handler(BaseHTTPRequestHandler):
            def _do(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(size) or b"null")
                known = self.headers.get("Authorization") == f"Bearer {TOKEN}"
                status, value = (
                    comments.answer(self.command, self.path, body) if known else (401, {})
                )
                data = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PATCH = _do

            def log_message(self, *_: Any) -> None:
                return

        return Handler
