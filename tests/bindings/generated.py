"""Bindings of small documents, made and imported while a test runs: its client talks to its own server stub."""

from __future__ import annotations

import importlib
import itertools
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
from inprocess import InProcess

from ringback import emit, openapi, plan, source

_number = itertools.count()


class Bindings:
    """A generated package: its modules, and a client whose requests its own application answers."""

    def __init__(
        self, document: dict[str, Any], folder: Path, choices: plan.Choices = plan.NO_CHOICES
    ) -> None:
        self.name = f"bindings_{next(_number)}"
        path = folder / f"{self.name}.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        parsed, _ = openapi.parse(source.load(path), second=False)
        self.drawn = plan.draw(parsed, self.name, choices=choices)
        for file in emit.render(self.drawn.plan):
            target = folder / self.name / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(file.text, encoding="utf-8")
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
        importlib.invalidate_caches()

    def module(self, name: str) -> Any:
        """One module of the package: `models`, `_runtime.core`."""
        return importlib.import_module(f"{self.name}.{name}")

    @property
    def package(self) -> ModuleType:
        """The package itself."""
        return importlib.import_module(self.name)

    def client(self, handlers: dict[str, Any], **options: Any) -> Any:
        """A client before an application with these handlers, by group."""
        app = self.module("server").build_app(**handlers)
        http = httpx2.Client(transport=InProcess(app))
        return self.module("client").Client(base_url="http://stub.test", http=http, **options)

    def answering(
        self, *answers: httpx2.Response, **options: Any
    ) -> tuple[Any, list[httpx2.Request]]:
        """A client that gets these answers, and the requests that it sends."""
        sent: list[httpx2.Request] = []
        left = list(answers)

        def answer(request: httpx2.Request) -> httpx2.Response:
            request.read()
            sent.append(request)
            return left.pop(0) if len(left) > 1 else left[0]

        http = httpx2.Client(transport=httpx2.MockTransport(answer))
        client = self.module("client").Client(base_url="http://stub.test", http=http, **options)
        return client, sent


def document(
    paths: dict[str, Any], schemas: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """A document around some paths and schemas."""
    components = {"schemas": schemas or {}, **more.pop("components", {})}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Made", "version": "1"},
        "paths": paths,
        "components": components,
        **more,
    }


def echo(schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A POST that answers with a value like the one it takes."""
    content = {"application/json": {"schema": schema}}
    return {
        "operationId": "echo",
        "tags": ["things"],
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "The same.", "content": content}},
        **more,
    }
