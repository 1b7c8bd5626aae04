"""Webhooks and callbacks: each is one method with a name of its own, and none is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ringback import openapi, plan, source

TAKEN = {"204": {"description": "Taken."}}


def _sent(kind: str, **more: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": {"type": kind}}}
    return {"requestBody": {"content": content}, "responses": TAKEN, **more}


def _payloads(folder: Path, **keys: Any) -> dict[str, tuple[str, str]]:
    whole = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}, **keys}
    (folder / "d.json").write_text(json.dumps(whole), encoding="utf-8")
    parsed, _ = openapi.parse(source.load(folder / "d.json"), second=False)
    hooks = plan.draw(parsed, "package").plan.webhooks
    return {one.name: (one.operation.method, one.payload) for one in hooks}


def test_each_method_of_a_webhook_is_one(tmp_path: Path) -> None:
    hooks = {"thing changed": {"post": _sent("string"), "put": _sent("integer")}}
    assert _payloads(tmp_path, webhooks=hooks) == {
        "thing_changed": ("POST", "str"),
        "thing_changed_put": ("PUT", "int"),
    }


def test_a_callback_is_called_by_its_id_or_after_its_cause(tmp_path: Path) -> None:
    urls = {"{$request.query.url}": {"post": _sent("string")}}
    own = {"{$request.query.url}": {"post": _sent("integer", operationId="told")}}
    paths = {
        "/jobs": {
            "post": {
                "operationId": "startJob",
                "responses": TAKEN,
                "callbacks": {"done": urls, "progress": own},
            }
        }
    }
    assert _payloads(tmp_path, paths=paths) == {
        "start_job_done": ("POST", "str"),
        "told": ("POST", "int"),
    }


def test_a_shared_callback_is_there_once_and_makes_way_for_a_webhook(tmp_path: Path) -> None:
    shared = {"done": {"{$request.query.url}": {"post": _sent("integer")}}}
    caused = {"responses": TAKEN, "callbacks": {"any": {"$ref": "#/components/callbacks/done"}}}
    paths = {"/a": {"post": caused}, "/b": {"post": caused}}
    hooks = {"done": {"post": _sent("string")}}
    found = _payloads(tmp_path, paths=paths, webhooks=hooks, components={"callbacks": shared})
    assert found["done"] == ("POST", "str")
    assert sorted(found.values()) == [("POST", "int"), ("POST", "str")]
