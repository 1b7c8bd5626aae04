"""The official JSON Schemas of OpenAPI, compiled for jsonschema-rs.

The files are those that the openapi-spec-validator packages carry; they are read without importing the packages,
which takes longer than all of our own judging. Some changes make their errors readable and complete:

- the schema for 3.0 says `oneOf: [X, Reference]` wherever a reference may stand; it becomes "with `$ref` a
  Reference, else an X", so that an error is about what the author meant (and the file becomes Draft 7 for that); and
  components are held to their form whatever they are called;
- the schemas for 3.1 and 3.2 leave Schema Objects open; here they are held to their dialect; links get what the
  specification gives them.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path as FilePath
from typing import Any, Final

import jsonschema_rs

_NAMES: Final = r"^[a-zA-Z0-9\.\-_]+$"
_REFERENCE: Final = {"$ref": "#/definitions/Reference"}
_DIALECTS: Final = {
    "3.1": ("oas3.1/metaschema.json", "oas3.1/vocabularies/base"),
    "3.2": ("oas3.2/dialect/2025-09-17.json", "oas3.2/meta/2025-09-17.json"),
}


@lru_cache(maxsize=4)
def meta_schema(version: str) -> Any:
    """The schema of documents of one version ("3.0", "3.1", "3.2") as plain data."""
    schema = _packaged("openapi_spec_validator", f"resources/schemas/v{version}/schema.json")
    if version == "3.0":
        schema = _without_choices(schema)
        schema["$schema"] = "http://json-schema.org/draft-07/schema#"
        del schema["id"]
        schema["definitions"]["Schema"]["properties"]["multipleOf"] = {
            "type": "number",
            "exclusiveMinimum": 0,
        }
        return schema
    dialect = _packaged("openapi_schema_validator", f"schemas/{_DIALECTS[version][0]}")
    link = schema["$defs"]["link"]["properties"]
    link["server"] = link.pop("body", link.get("server"))  # 3.1's schema has it by a wrong name
    link["parameters"] = {"type": "object"}  # and forgets that constants are allowed
    schema["$defs"]["schema"] = {"$dynamicAnchor": "meta", "$ref": dialect["$id"]}
    return schema


@lru_cache(maxsize=16)
def meta_validator(version: str, definition: str | None = None) -> Any:
    """The compiled schema of a whole document, or of one of its definitions ("media-type", "schema", …)."""
    schema = meta_schema(version)
    if definition is not None:
        defs = "definitions" if version == "3.0" else "$defs"
        spelled = (definition, f"{definition}s", definition.title().replace("-", ""))
        definition = next(name for name in spelled if name in schema[defs])
        schema = {
            "$ref": f"#/{defs}/{definition}",
            defs: schema[defs],
            "$schema": schema["$schema"],
        }
    if version == "3.0":
        return jsonschema_rs.Draft7Validator(schema, validate_formats=False, offline=True)
    found = [
        _packaged("openapi_schema_validator", f"schemas/{file}") for file in _DIALECTS[version]
    ]
    registry = jsonschema_rs.Registry([(one["$id"], one) for one in found])
    return jsonschema_rs.Draft202012Validator(
        schema, validate_formats=False, registry=registry, offline=True
    )


@lru_cache(maxsize=4)
def known_keys(version: str) -> frozenset[str]:
    """The keys that some object of a version has."""
    found: set[str] = set()
    todo: list[Any] = [meta_schema(version)]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            properties = node.get("properties")
            found.update(properties if isinstance(properties, dict) else ())
            todo.extend(node.values())
        elif isinstance(node, list):
            todo.extend(node)
    return frozenset(found)


def _packaged(package: str, file: str) -> Any:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            f"{package} is not installed; ringback reads OpenAPI's own schemas from it"
        )
    return json.loads((FilePath(spec.submodule_search_locations[0]) / file).read_bytes())


def _without_choices(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_choices(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: _without_choices(item) for key, item in node.items()}
    if list(node.get("patternProperties") or ()) == [_NAMES]:
        node["additionalProperties"] = node.pop("patternProperties")[_NAMES]
    choices = node.get("oneOf")
    if not isinstance(choices, list) or _REFERENCE not in choices:
        return node
    others = [choice for choice in choices if choice != _REFERENCE]
    del node["oneOf"]
    node["if"] = {"type": "object", "required": ["$ref"]}
    node["then"] = _REFERENCE
    node["else"] = others[0] if len(others) == 1 else {"oneOf": others}
    return node
