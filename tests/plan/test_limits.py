"""What the plan does not go beyond can be raised, and the warning says by which setting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ringback import openapi, plan, source
from ringback.source import Limits


def warned(folder: Path, schema: dict[str, Any], limits: Limits) -> list[tuple[str, str]]:
    """Codes and messages of what is said about one schema."""
    paths = {"/a": {"get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}}}}  # fmt: skip
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths}
    (folder / "a.json").write_text(json.dumps(document))
    parsed, _ = openapi.parse(source.load(folder / "a.json", limits=limits), second=False)
    return [(one.code, one.message) for one in plan.draw(parsed, "small").warnings]


def union(name: str, number: int) -> dict[str, Any]:
    kinds = [{"type": "object", "properties": {f"{name}{n}": {"type": "string"}}, "required": [f"{name}{n}"]} for n in range(number)]  # fmt: skip
    return {"oneOf": kinds}


@pytest.mark.parametrize(("schema", "few", "many", "setting"), [
    ({"allOf": [union("a", 3), union("b", 3)]}, Limits(variants=8), Limits(variants=9), "variants = 8"),
    ({"type": "string", "not": {"anyOf": [{"const": str(n)} for n in range(5)]}}, Limits(checks=5), Limits(checks=6), "checks = 5"),
])  # fmt: skip
def test_the_setting_is_named_and_helps(
    tmp_path: Path, schema: dict[str, Any], few: Limits, many: Limits, setting: str
) -> None:
    said = [text for _, text in warned(tmp_path, schema, few) if "raise" in text]
    assert len(said) == 1
    assert said[0].endswith(f"(raise [tool.ringback.limits] {setting})")
    assert not any("raise" in text for _, text in warned(tmp_path, schema, many))
