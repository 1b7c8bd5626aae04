"""Names that a module of the package has for itself: an operation, a type or a group called so is called otherwise."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import httpx2
import pytest
from generated import Bindings, document

OPERATIONS = [
    "signature", "credentials", "schemes", "baseUrl", "basePath", "documentVersion", "errorShape", "operations",
    "webhooks", "servers", "uuid", "typeChecking", "webhookDone", "u", "s3",
]  # fmt: skip
GROUPS = ["authenticate", "base path", "render", "refuse", "checkAnswers", "max_body", "routes", "former handlers"]  # fmt: skip
TEXT = {"type": "string"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Bindings:
    """Operations named as what operations.py has, groups named as the arguments of `build_app`."""
    schemas = {
        "U": {"oneOf": [{"$ref": "#/components/schemas/S3"}, {"$ref": "#/components/schemas/B"}]},
        "S3": {"type": "object", "required": ["a"], "properties": {"a": TEXT}},
        "B": {"type": "object", "required": ["b"], "properties": {"b": TEXT}},
    }
    taken = {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/U"}}}}}  # fmt: skip
    given = [{"name": "id", "in": "query", "schema": {"type": "string", "format": "uuid"}}]
    paths = {f"/{name}": {"get": {"operationId": name, "tags": ["things"], "parameters": given, "responses": taken}} for name in OPERATIONS}  # fmt: skip
    for number, name in enumerate(GROUPS):
        paths[f"/group{number}"] = {"get": {"operationId": f"get {name}", "tags": [name], "parameters": [], "responses": taken}}  # fmt: skip
    hook = {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S3"}}}}, "responses": {"200": {"description": ""}}}  # fmt: skip
    described = document(paths, schemas, webhooks={"done": {"post": hook}})
    return Bindings(described, tmp_path_factory.mktemp("names"))


@pytest.mark.parametrize("module", ["operations", "server", "client", "webhooks"])
def test_no_name_of_a_module_is_given_twice(made: Bindings, module: str) -> None:
    source = Path(str(made.module(module).__file__)).read_text(encoding="utf-8")
    found: Counter[str] = Counter()
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom):
            found.update(one.asname or one.name for one in node.names)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found[node.target.id] += 1
        elif isinstance(node, ast.Assign):
            found.update(one.id for one in node.targets if isinstance(one, ast.Name))
        elif isinstance(node, ast.ClassDef | ast.FunctionDef):
            found[node.name] += 1
    assert [name for name, number in found.items() if number > 1] == []
    assert len(found) > 3


def test_each_of_them_works(made: Bindings) -> None:
    client, sent = made.answering(httpx2.Response(200, json={"a": "x"}))
    kind = made.module("models").S3
    assert made.module("server").build_app(check_answers=True, routes=None) is not None
    for name in ("signature", "credentials", "u", "s3", "webhook_done", "operations"):
        assert getattr(client.things, name)() == kind(a="x")
    assert client.routes.get() == kind(a="x")
    assert [one.url.path for one in sent][:2] == ["/signature", "/credentials"]
