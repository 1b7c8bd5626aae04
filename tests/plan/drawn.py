"""Small documents, drawn: what the tests of this room look at."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from ringback import openapi, plan, source


def document(
    paths: dict[str, Any] | None = None, schemas: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """A document around some paths and schemas."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Small", "version": "1"},
        "paths": paths or {},
        "components": {"schemas": schemas or {}},
        **more,
    }


def drawn(raw: dict[str, Any]) -> plan.Drawn:
    """The plan of a document given as data."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small.json"
        path.write_text(json.dumps(raw))
        parsed, _ = openapi.parse(source.load(path), second=False)
        return plan.draw(parsed, "small")


def operation(**more: Any) -> dict[str, Any]:
    """An operation that answers 204."""
    return {"responses": {"204": {"description": "Done."}}, **more}


def query(name: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A query parameter."""
    return {"name": name, "in": "query", "schema": schema, **more}


def field(raw_schema: dict[str, Any], required: bool = False) -> str:
    """The annotation of a property with a schema."""
    schema = {
        "type": "object",
        "properties": {"it": raw_schema},
        "required": ["it"] if required else [],
    }
    result = drawn(document(schemas={"Holder": schema}))
    (model,) = [one for one in result.plan.models if one.name == "Holder"]
    return model.fields[0].annotation
