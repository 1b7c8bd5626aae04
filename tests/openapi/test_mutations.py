"""Whatever a document says in whatever place: it is read, or its faults are told. Nothing else happens."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from ringback.openapi import parse
from ringback.source import DocumentError, load

FOLDER = Path(__file__).parents[1] / "corpus" / "negative"
VALUES: list[Any] = [
    None, True, 0, 1.5, 10**30, "", "x", "true", "5", "#/", "a.yaml", [], [None], ["a", "a"], {}, {"a": None}, [{}],
    {"$ref": "#"}, {"$ref": 5}, {"$ref": "../x"}, {"type": "object"}, {"$dynamicRef": "#x"}, {"": {}},
]  # fmt: skip
KEYS = [
    "$ref", "$id", "$anchor", "$dynamicRef", "$defs", "$self", "items", "required", "type", "properties", "links",
    "patternProperties", "prefixItems", "discriminator", "enum", "default", "dependentRequired", "contains", "in",
    "name", "schema", "content", "encoding", "security", "servers", "parameters", "examples", "additionalProperties",
    "const", "not", "allOf", "oneOf", "itemSchema", "tags", "nullable", "callbacks", "responses", "query",
    "additionalOperations", "x-ringback-files", "headers", "requestBody",
]  # fmt: skip


def containers(root: Any) -> list[Any]:
    """Every object and list in a value that is not empty."""
    found, todo = [], [root]
    while todo:
        value = todo.pop()
        if isinstance(value, (dict, list)) and value:
            found.append(value)
            todo.extend(value.values() if isinstance(value, dict) else value)
    return found


def mutate(root: Any, chance: random.Random) -> None:
    """Change one thing."""
    container = chance.choice(containers(root))
    if isinstance(container, list):
        container[chance.randrange(len(container))] = copy.deepcopy(chance.choice(VALUES))
        return
    pick = chance.random()
    key = chance.choice(list(container) if pick < 0.6 else KEYS)
    if pick < 0.1:
        del container[key]
    elif pick < 0.8:
        container[key] = copy.deepcopy(chance.choice(VALUES))
    else:
        container[key] = copy.deepcopy(chance.choice(containers(root)))


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_nothing_but_findings(version: str, tmp_path: Path) -> None:
    documents = []
    for file in sorted(FOLDER.glob("[2-5]*.yaml")):
        try:
            documents.append(json.dumps(load(file).root))
        except DocumentError:
            continue
    chance = random.Random(version)
    read = 0
    for number in range(250):
        root = json.loads(chance.choice(documents))
        root["openapi"] = version
        for _ in range(chance.choice((1, 1, 2, 4))):
            mutate(root, chance)
        if not isinstance(root, dict) or len(text := json.dumps(root)) > 100_000:
            continue
        file = tmp_path / f"{number}.json"
        file.write_text(text)
        try:
            parse(load(file), second=False)
            read += 1
        except DocumentError as error:
            assert error.diagnostics
    assert 20 < read < 240
