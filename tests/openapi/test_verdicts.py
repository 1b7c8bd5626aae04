"""What the second judge said is remembered by parts: the whole verdict, from as few questions as can be."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from ringback.openapi import parse
from ringback.openapi.second import _verdict
from ringback.openapi.verdicts import Objection, recall
from ringback.source import load

VOICE = Path(__file__).parents[2] / "spec" / "voice.yaml"


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


class Judge:
    """Objects to every schema that says `bad`, and remembers what it was asked about."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.vague = self.breaks = False

    def __call__(self, root: Any) -> list[Objection] | None:
        self.asked.append(root)
        schemas = root["components"]["schemas"]
        found = [
            (("components", "schemas", name, "default"), schema["bad"])
            for name, schema in schemas.items()
            if "bad" in schema
        ]
        return None if self.breaks else [*found, *([((), "somewhere")] if self.vague else [])]


def document() -> Any:
    return {
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {
            "/a/{id}": {
                "get": {
                    "parameters": [{"$ref": "#/components/parameters/Id"}],
                    "responses": {"200": {"$ref": "#/components/responses/A"}},
                }
            },
            "/b": {"get": {"responses": {"204": {"description": "b"}}}},
        },
        "components": {
            "schemas": {"A": {"type": "string", "bad": "a"}, "B": {"type": "string"}},
            "parameters": {"Id": {"name": "id", "in": "path", "required": True, "schema": {}}},
            "responses": {"A": {"description": "a", "headers": {"H": {"$ref": "#/components/headers/H"}}}},
            "headers": {"H": {"schema": {"$ref": "#/components/schemas/A"}}},
        },
    }  # fmt: skip


A = (("components", "schemas", "A", "default"), "a")
B = (("components", "schemas", "B", "default"), "b")


def test_nothing_is_asked_twice() -> None:
    judge = Judge()
    assert recall(document()).completed(judge) == [A]
    assert judge.asked == [document()]
    assert recall(document()).completed(judge) == [A]
    assert len(judge.asked) == 1


def test_one_changed_schema_is_judged_alone() -> None:
    judge, changed = Judge(), document()
    recall(document()).completed(judge)
    changed["components"]["schemas"]["B"]["bad"] = "b"
    assert sorted(recall(changed).completed(judge)) == [A, B]
    asked = judge.asked[1]
    assert asked["paths"] == {}
    assert asked["components"] == {
        "schemas": {"A": {}, "B": {"type": "string", "bad": "b"}},
        "parameters": {},
        "responses": {},
        "headers": {},
    }
    assert sorted(recall(changed).completed(judge)) == [A, B]
    assert recall(document()).completed(judge) == [A]
    assert len(judge.asked) == 3  # B as it was is not kept


def test_what_a_path_refers_to_makes_it_be_judged_again() -> None:
    judge, changed = Judge(), document()
    recall(document()).completed(judge)
    changed["components"]["headers"]["H"]["deprecated"] = True
    recall(changed).completed(judge)
    asked = judge.asked[1]
    assert list(asked["paths"]) == ["/a/{id}"]
    assert {name: list(inside) for name, inside in asked["components"].items()} == {
        "schemas": ["A", "B"],
        "parameters": ["Id"],
        "responses": ["A"],
        "headers": ["H"],
    }
    assert asked["components"]["schemas"]["A"] == {}


@pytest.mark.parametrize(
    "schema",
    [
        {"$anchor": "here"},
        {"default": [1], "prefixItems": [{"$ref": "#/components/schemas/A"}]},
    ],
)
def test_where_more_may_depend_on_it_the_whole_is_judged(schema: Any) -> None:
    judge, changed = Judge(), document()
    recall(document()).completed(judge)
    changed["components"]["schemas"]["B"] = schema
    assert recall(changed).completed(judge) == [A]
    assert judge.asked[1] == changed


def _warnings(tmp_path: Path, cache: str, raw: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is said of a document, with the cache of this name."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / cache))
    file = tmp_path / "document.json"
    file.write_text(json.dumps(raw))
    return [f"{one.location.pointer}: {one.message}" for one in parse(load(file))[1]]


def _document_with(schemas: Any, paths: Any) -> Any:
    answer = {"operationId": "p", "responses": {"204": {"description": "p"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas, "pathItems": {"P": {"get": answer}}},
    }


_ANSWERED = {"responses": {"204": {"description": "p"}}}
_T = {"T": {"type": "integer"}}
_BY_PATTERN = {"type": "object", "patternProperties": {"^x": {"$ref": "#/components/schemas/T"}}}
_P = {"$ref": "#/components/pathItems/P"}
_LATE = {"schema": {"type": "string", "format": "date", "default": "late"}}
_SENT = {"requestBody": {"content": {"application/json": _LATE}}, **_ANSWERED}
_LED = {"$ref": "#/paths/~1a/post/requestBody/content/application~1json/schema"}
_LEADS = {"parameters": [{"name": "q", "in": "query", "schema": _LED}], **_ANSWERED}


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        pytest.param(
            _document_with({**_T, "S": {**_BY_PATTERN, "default": {"x1": "text"}}}, {}),
            _document_with({**_T, "S": _BY_PATTERN}, {}),
            [],
            id="a default that asked another schema is gone",
        ),
        pytest.param(
            _document_with({"S": {}}, {}),
            _document_with({"S": {"propertyNames": {"maxLength": 2}, "default": {"info": 1}}}, {}),
            ["/components/schemas/S/default"],
            id="a default has keys that a document has, too",
        ),
        pytest.param(
            _document_with({}, {"/a": _P}),
            _document_with({}, {"/a": _P, "/b": _P}),
            [""],
            id="two paths share their operations",
        ),
        pytest.param(
            _document_with({}, {"/a": {"post": _SENT}}),
            _document_with({}, {"/a": {"post": _SENT}, "/b": {"get": _LEADS}}),
            ["/paths/~1a/post/requestBody/content/application~1json/schema/default"],
            id="somebody refers to what nobody looked at",
        ),
        pytest.param(
            _document_with({}, {"/a": {"post": _SENT}, "/b": {"get": _LEADS}}),
            _document_with({}, {"/a": {"post": _SENT}}),
            [],
            id="nobody refers any longer to what nobody looks at",
        ),
    ],
)
def test_what_is_remembered_changes_nothing(
    before: Any,
    after: Any,
    places: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _warnings(tmp_path, "one", before, monkeypatch)
    fresh = _warnings(tmp_path, "other", after, monkeypatch)
    assert _warnings(tmp_path, "one", after, monkeypatch) == fresh
    assert [one.partition(":")[0] for one in fresh] == places


def test_an_objection_to_nothing_in_particular_is_heard_again_from_the_whole() -> None:
    judge, changed = Judge(), document()
    recall(document()).completed(judge)
    judge.vague = True
    changed["components"]["schemas"]["B"]["bad"] = "b"
    assert recall(changed).completed(judge) == [A, B, ((), "somewhere")]
    assert judge.asked[2] == changed
    assert recall(changed).completed(judge) == [A, B, ((), "somewhere")]
    assert len(judge.asked) == 3


def test_a_judge_that_breaks_says_nothing_and_is_not_asked_again() -> None:
    judge = Judge()
    judge.breaks = True
    assert recall(document()).completed(judge) == []
    assert recall(document()).completed(judge) == []
    assert len(judge.asked) == 1


@pytest.mark.parametrize("seed", range(6))
def test_the_pieces_together_say_what_the_whole_says(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    tree = load(VOICE)
    read, _ = parse(tree, second=False)

    def judged() -> list[Objection]:
        return sorted(recall(tree.root).completed(lambda root: _verdict(tree, root, read.version)))

    assert judged() == []
    schemas, paths = tree.root["components"]["schemas"], tree.root["paths"]
    for name in chance.sample(sorted(schemas), 3):
        for one in (schemas[name], *schemas[name].get("properties", {}).values()):
            one["default"] = copy.deepcopy(chance.choice([1, "x", [], {}, None]))
    for name in chance.sample(sorted(paths), 2):
        paths[name].pop("parameters", None)
        for method in ("get", "post"):
            paths[name].get(method, {}).pop("parameters", None)
    by_pieces = judged()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    assert by_pieces == judged() != []
