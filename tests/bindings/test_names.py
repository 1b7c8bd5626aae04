"""Names depend on what the document says, never on the order in which it says it; all of them are identifiers."""

from __future__ import annotations

import json
import keyword
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from effective import FAST, document

from ringback import openapi, source
from ringback.plan import Plan, draw

SEEDS = range(2 if FAST else 8)


def shuffled(value: Any, chance: random.Random) -> Any:
    """The same document in another order: of properties, of paths, of parameters, of components."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: _within(key, shuffled(value[key], chance), chance) for key in keys}
    return [shuffled(one, chance) for one in value] if isinstance(value, list) else value


def _within(key: str, value: Any, chance: random.Random) -> Any:
    """Lists that are sets in all but name; the order of enum values and of security is the author's."""
    if key in ("parameters", "required", "tags") and isinstance(value, list):
        return chance.sample(value, len(value))
    return value


def plan_of(root: Any, folder: Path) -> Plan:
    file = folder / "document.json"
    file.write_text(json.dumps(root), encoding="utf-8")
    parsed, _ = openapi.parse(source.load(file), second=False)
    return draw(parsed, "voice").plan


def names_of(plan: Plan) -> dict[str, str]:
    """Every name of the plan, by what it stands for."""
    found: dict[str, str] = {}
    for identifier in plan.identifiers:
        found[f"identifier {identifier.pattern}"] = identifier.name
    for enum in plan.enums:
        for member in enum.members:
            found[f"member {enum.name}={member.value}"] = member.name
    for model in plan.models:
        for field in model.fields:
            found[f"field {model.name}/{field.wire}"] = field.name
    for group in plan.groups:
        for operation in group.operations:
            found[f"operation {operation.method} {operation.template}"] = (
                f"{group.attribute}.{operation.name} {operation.constant} {operation.input}"
            )
            for one in (*operation.parameters, *(operation.body.fields if operation.body else ())):
                found[f"argument {operation.id} {one.place} {one.wire}"] = one.argument
            for answer in operation.answers:
                found[f"answer {operation.id} {answer.status}"] = answer.name
    for hook in plan.webhooks:
        found[f"webhook {hook.operation.id}"] = f"{hook.name} {hook.constant} {hook.payload}"
    return found


def scopes_of(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    """The names that must differ from each other, scope by scope."""
    types = [one.name for one in plan.identifiers] + [one.name for one in plan.enums]
    types += [one.name for one in plan.models] + [one.name for one in plan.aliases]
    yield "types", types
    for enum in plan.enums:
        yield enum.name, [member.name for member in enum.members]
    for model in plan.models:
        yield model.name, [field.name for field in model.fields]
    yield "groups", [group.attribute for group in plan.groups]
    for group in plan.groups:
        yield group.name, [operation.name for operation in group.operations]
        for operation in group.operations:
            form = operation.body.fields if operation.body else ()
            taken = [*(one.argument for one in (*operation.parameters, *form)), "options", "self"]
            yield operation.id, taken
    server = [one for group in plan.groups for one in group.operations]
    yield "constants", [one.constant for one in server] + [one.constant for one in plan.webhooks]
    answers = [answer.name for one in server for answer in one.answers]
    yield "server", [
        *answers,
        *(one.input for one in server),
        *(one.answer_alias for one in server),
    ]
    yield "webhooks", [one.name for one in plan.webhooks]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return plan_of(document().tree.root, tmp_path_factory.mktemp("plain"))


def test_every_name_is_a_python_identifier_and_its_own(plan: Plan) -> None:
    for scope, names in scopes_of(plan):
        assert all(name.isidentifier() and not keyword.iskeyword(name) for name in names), scope
        assert len(names) == len(set(names)), scope


@pytest.mark.parametrize("seed", SEEDS)
def test_another_order_gives_the_same_names(plan: Plan, seed: int, tmp_path: Path) -> None:
    other = shuffled(document().tree.root, random.Random(seed))
    assert list(other["paths"]) != list(document().tree.root["paths"])
    assert names_of(plan_of(other, tmp_path)) == names_of(plan)


COLLIDING = {
    "openapi": "3.1.0",
    "info": {"title": "Collisions", "version": "1"},
    "paths": {
        "/things": {
            "get": {
                "operationId": "listThings",
                "parameters": [
                    {"name": name, "in": "query", "schema": {"type": "string"}}
                    for name in (
                        "a-b",
                        "a_b",
                        "A.B",
                        "aB",
                        "class",
                        "2x",
                        "self",
                        "options",
                        "é",
                        "",
                    )
                    if name
                ],
                "responses": {
                    "200": {
                        "description": "ok",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/list"}}
                        },
                    }
                },
            }
        }
    },
    "components": {
        "schemas": {
            "list": {
                "type": "object",
                "properties": {
                    "from": {"type": "string"},
                    "From": {"type": "string"},
                    "fr om": {"type": "string"},
                    "kind": {"type": "string", "enum": ["a", "A", "a-", "+1", "-1", "", "None"]},
                    "str": {"type": "string"},
                    "__init__": {"type": "string"},
                },
            },
            "List": {"type": "object", "properties": {"x": {"$ref": "#/components/schemas/list"}}},
        }
    },
}


@pytest.mark.parametrize("seed", range(6))
def test_names_that_collide_are_told_apart_in_any_order(seed: int, tmp_path: Path) -> None:
    plain = plan_of(COLLIDING, tmp_path)
    for scope, names in scopes_of(plain):
        assert all(name.isidentifier() and not keyword.iskeyword(name) for name in names), scope
        assert len(names) == len(set(names)), (scope, names)
    assert names_of(plan_of(shuffled(COLLIDING, random.Random(seed)), tmp_path)) == names_of(plain)
