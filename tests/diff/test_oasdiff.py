"""What oasdiff finds on the wire, `ringback diff` finds: the table of docs/diff-oasdiff.md is true."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from ringback.diff import WIRE_RULES, compare
from tests.diff.helpers import codes, read

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"\| `([a-z-]+)` \| (error|warning|info) \| (.*?) \| (.*?) ?\|\n")
TABLE = {
    check: (re.findall(r"`([a-z-]+)`", listed), reason)
    for check, _, listed, reason in ROW.findall(
        (ROOT / "docs" / "diff-oasdiff.md").read_text(encoding="utf-8")
    )
}
EXAMPLE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)

LIMITS: dict[str, tuple[str, str, Any, Any]] = {
    # the segment of oasdiff's name: keyword, type, a smaller and a larger value
    "max": ("maximum", "integer", 10, 20),
    "min": ("minimum", "integer", 10, 20),
    "exclusive-max": ("exclusiveMaximum", "integer", 10, 20),
    "exclusive-min": ("exclusiveMinimum", "integer", 10, 20),
    "multiple-of": ("multipleOf", "integer", 2, 4),
    "max-length": ("maxLength", "string", 10, 20),
    "min-length": ("minLength", "string", 10, 20),
    "max-items": ("maxItems", "array", 10, 20),
    "min-items": ("minItems", "array", 10, 20),
    "max-properties": ("maxProperties", "object", 10, 20),
    "min-properties": ("minProperties", "object", 10, 20),
    "max-contains": ("maxContains", "array", 10, 20),
    "min-contains": ("minContains", "array", 10, 20),
}
SCOPES = {"request": ("body", "property", "parameter"), "response": ("body", "property", "header")}
EDITS = {"set": (None, 0), "unset": (0, None), "increased": (0, 1), "decreased": (1, 0)}
BY_LIMIT = [
    f"{direction}-{scope}-{name}-{edit}"
    for direction, scopes in SCOPES.items()
    for scope in scopes
    for name in LIMITS
    for edit in EDITS
    if f"{direction}-{scope}-{name}-{edit}" in TABLE
]


def document(direction: str, scope: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A document in which a schema travels in a direction, as a body, a property, a parameter or a header."""
    answer: dict[str, Any] = {"description": "It worked."}
    operation: dict[str, Any] = {"responses": {"200": answer}}
    if scope == "parameter":
        operation["parameters"] = [{"name": "value", "in": "query", "schema": schema}]
    elif scope == "header":
        answer["headers"] = {"X-Value": {"schema": schema}}
    else:
        whole = schema if scope == "body" else {"type": "object", "properties": {"value": schema}}
        content = {"content": {"application/json": {"schema": whole}}}
        if direction == "request":
            operation["requestBody"] = content
        else:
            answer.update(content)
    info = {"title": "Calls", "version": "1.0.0"}
    return {"openapi": "3.1.0", "info": info, "paths": {"/calls": {"post": operation}}}


def found(
    folder: Path, direction: str, scope: str, old: dict[str, Any], new: dict[str, Any]
) -> set[str]:
    before = read(folder, "old", document(direction, scope, old))
    return codes(compare(before, read(folder, "new", document(direction, scope, new))))


def test_the_table_is_long_enough_to_be_the_list() -> None:
    assert len(TABLE) == 688


@pytest.mark.parametrize("check", TABLE)
def test_every_check_has_a_code_of_ours_or_a_reason(check: str) -> None:
    listed, reason = TABLE[check]
    assert set(listed) <= set(WIRE_RULES)
    assert listed or reason


@pytest.mark.parametrize("check", BY_LIMIT)
def test_every_check_on_a_limit_is_found(check: str, tmp_path: Path) -> None:
    direction, scope, rest = check.split("-", 2)
    name, _, edit = rest.rpartition("-")
    keyword, kind, *values = LIMITS[name]
    sides: list[dict[str, Any]] = []
    for at in EDITS[edit]:
        schema: dict[str, Any] = {"type": kind}
        if "contains" in name:
            schema["contains"] = {"const": "owner"}
        if at is not None:
            schema[keyword] = values[at]
        sides.append(schema)
    assert found(tmp_path, direction, scope, sides[0], sides[1]) == set(TABLE[check][0])


@pytest.mark.parametrize("code", [code for code in WIRE_RULES if code.startswith("re")])
def test_the_examples_of_schemas_are_found_wherever_data_travels(code: str, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "changes" / f"{code}.md").read_text(encoding="utf-8")
    old, new = (yaml.safe_load(one) for one in EXAMPLE.findall(text))
    if not {"type", "enum", "const", "oneOf", "anyOf"} & set(old):
        return  # an example of operations: it says itself where it stands
    direction = code.partition("-")[0]
    for scope in SCOPES[direction]:
        assert code in found(tmp_path, direction, scope, old, new), scope
