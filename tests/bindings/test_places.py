"""Lists whose places have types of their own: a tuple where the length is fixed, else a list that is checked by place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from generated import Bindings, document, echo
from jsonschema import Draft202012Validator


class Echo:
    """Answers with what it was given."""

    def __init__(self, bindings: Bindings) -> None:
        self._answer = bindings.module("server").Echo200

    async def echo(self, given: Any) -> Any:
        return self._answer(given.body)


TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
TEN = {"type": "integer", "maximum": 10}
FLAG = {"type": "boolean"}
POINT = {"$ref": "#/components/schemas/Point"}
SCHEMAS = {
    "Point": {"type": "object", "required": ["x"], "properties": {"x": NUMBER, "near": {"type": "array", "prefixItems": [NUMBER, TEN]}}},
}  # fmt: skip


def listed(*places: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "prefixItems": list(places), **more}


VALUES: list[Any] = [
    [], ["a"], ["a", 1], ["a", 11], ["a", 1, True], ["a", 1, "b"], ["a", 1, True, False], [1, "a"], ["a", "b"], [None],
    ["a", None], [{"x": 1}], [{"x": 1}, 5], [{"x": 1}, 11], [{"x": "1"}], [{}, 5],
    [{"x": 1, "near": [2, 3]}, 5], [{"x": 1, "near": [2, 30]}, 5],
]  # fmt: skip


@pytest.mark.parametrize(("schema", "annotation"), [
    (listed(TEXT, TEN), "list[Any]"),
    (listed(TEXT, TEN, minItems=2), "list[Any]"),
    (listed(TEXT, TEN, items=False), "list["),
    (listed(TEXT, TEN, items=False, minItems=1, maxItems=5), "list["),
    (listed(TEXT, TEN, items=False, minItems=2), "tuple["),
    (listed(TEXT, TEN, minItems=2, maxItems=2), "tuple["),
    (listed(TEXT, TEN, items=FLAG), "list["),
    (listed(TEXT, TEN, items=FLAG, maxItems=3), "list["),
    (listed(TEXT, items=TEXT), "list[str]"),
    (listed({"type": ["string", "null"]}, TEN, items=False), "list["),
    (listed(POINT, TEN), "list[Any]"),
    (listed(POINT, TEN, items=False), "list["),
    (listed(POINT, TEN, minItems=2, maxItems=2), "tuple["),
])  # fmt: skip
def test_what_the_schema_allows_is_taken_and_nothing_else(
    tmp_path: Path, schema: dict[str, Any], annotation: str
) -> None:
    holder = {"type": "object", "required": ["list"], "properties": {"list": schema}}
    operation = echo({"$ref": "#/components/schemas/Holder"})
    bindings = Bindings(
        document({"/echo": {"post": operation}}, {**SCHEMAS, "Holder": holder}), tmp_path
    )
    models = (tmp_path / bindings.name / "models.py").read_text()
    told = models.partition("class Holder(")[2].partition(
        "list:" if "    list:" in models else "list_:"
    )[2]
    assert annotation in told.split("\n\n")[0]
    judge = Draft202012Validator({**holder, "components": {"schemas": SCHEMAS}})
    client = bindings.client({"things": Echo(bindings)})
    for value in VALUES:
        found = bindings.module("_runtime.decode").examine(
            bindings.module("models").Holder, json.dumps({"list": value}).encode()
        )
        assert judge.is_valid({"list": value}) == (not found.drifts), (value, found.drifts)
        if found.drifts:
            continue
        sent = client.things.echo(found.value)
        assert sent == found.value


def test_a_client_refuses_an_item_at_the_wrong_place(tmp_path: Path) -> None:
    bindings = Bindings(document({"/echo": {"post": echo(listed(TEXT, TEN))}}), tmp_path)
    client, sent = bindings.answering(httpx2.Response(200, json=[]))
    assert client.things.echo(["a", 1, None]) == []
    with pytest.raises(bindings.module("errors").InvalidRequest, match="at their places"):
        client.things.echo([1, "a"])
    assert len(sent) == 1


def test_a_circle_is_said_to_be_unchecked(tmp_path: Path) -> None:
    tree = {
        "type": "object",
        "properties": {"parts": listed({"$ref": "#/components/schemas/Tree"})},
    }
    operation = echo({"$ref": "#/components/schemas/Tree"})
    bindings = Bindings(document({"/echo": {"post": operation}}, {"Tree": tree}), tmp_path)
    said = [(one.code, one.message.split()[0]) for one in bindings.drawn.warnings]
    assert ("unchecked-keyword", "prefixItems") in said
