"""Every public name of a plan, and documents in another order: what the tests of names look at."""

from __future__ import annotations

import copy
import random
from typing import Any

from ringback import plan

_MAPS = {"paths", "webhooks", "properties", "patternProperties", "responses", "$defs", "callbacks", "headers"}  # fmt: skip
_METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}
_VERBATIM = {"example", "examples", "default", "enum", "const", "content"}


def public_names(drawn: plan.Drawn) -> dict[str, str]:
    """What each thing of a document is called, by what it is."""
    made = drawn.plan
    found = {
        f"{scope} {key}": name
        for scope, names in drawn.lock.scopes.items()
        for key, name in names.items()
    }
    for group in made.groups:
        for one in group.operations:
            found[f"{one.method} {one.template}"] = f"{group.attribute}.{one.name} {one.input}"
            found |= {f"{one.method} {one.template} {two.status}": two.name for two in one.answers}
            for argument in (*one.parameters, *one.arguments):
                found[f"{one.method} {one.template} {argument.place} {argument.wire}"] = (
                    argument.argument
                )
    for model in made.models:
        found |= {f"{model.name} {field.wire}": field.name for field in model.fields}
    found["exported"] = " ".join(made.exported)
    return found


def shuffled(raw: Any, seed: int) -> Any:
    """The same document with its paths, methods, components, properties and statuses in another order."""
    return _shuffled(copy.deepcopy(raw), random.Random(seed), ())


def _shuffled(value: Any, chance: random.Random, path: tuple[str, ...]) -> Any:
    if isinstance(value, list):
        return [_shuffled(one, chance, (*path, "")) for one in value]
    if not isinstance(value, dict):
        return value
    pairs = [
        (
            key,
            one if key in _VERBATIM and key != "content" else _shuffled(one, chance, (*path, key)),
        )
        for key, one in value.items()
    ]
    if _has_no_order(value, path):
        chance.shuffle(pairs)
    return dict(pairs)


def _has_no_order(value: dict[str, Any], path: tuple[str, ...]) -> bool:
    if not path:
        return False
    inside_components = path[0] == "components" and len(path) <= 2
    return inside_components or path[-1] in _MAPS or bool(_METHODS & set(value))


def grown(raw: Any) -> Any:
    """The same document with something beside everything that comes out as the same name, and sorts before it."""
    result = copy.deepcopy(raw)
    components = result.get("components", {})
    for path, item in list(result.get("paths", {}).items()):
        added = _renamed_operations(copy.deepcopy(item), path) if isinstance(item, dict) else None
        if added:
            result["paths"]["/-" + path[1:]] = added
    schemas = components.get("schemas", {})
    components["schemas"] = {**schemas, **{f"-{name}": copy.deepcopy(one) for name, one in schemas.items()}}  # fmt: skip
    _grow(result, ())
    return result


def _renamed_operations(item: Any, path: str) -> Any:
    operations = {
        key: one for key, one in item.items() if key in _METHODS and isinstance(one, dict)
    }
    for method, one in operations.items():
        one.pop("callbacks", None)
        one["operationId"] = "-" + one.get("operationId", f"{method} {path}")
    kept = {key: one for key, one in item.items() if key == "parameters"}
    return {**kept, **operations} if operations else None


def _grow(value: Any, path: tuple[str, ...]) -> None:
    if isinstance(value, list):
        for one in value:
            _grow(one, (*path, ""))
        return
    if not isinstance(value, dict) or (path and path[-1] in _VERBATIM - {"content"}):
        return
    for key, one in list(value.items()):
        _grow(one, (*path, key))
    properties: Any = value.get("properties")
    plain = path[-1:] != ("properties",) and isinstance(properties, dict)
    if plain and not isinstance(value.get("additionalProperties"), dict):
        for name in list(properties):
            properties[f"-{name}"] = {"type": "boolean"}
    if "responses" in value and path[-1:] and path[-1] in _METHODS:
        asked = value["parameters"] = value.get("parameters") or []
        for one in list(asked):
            if one.get("in") in ("query", "header"):
                asked.append(
                    {"name": f"-{one['name']}", "in": one["in"], "schema": {"type": "boolean"}}
                )
    texts = value.get("enum")
    if isinstance(texts, list) and texts and all(isinstance(one, str) for one in texts):
        texts.append(f"-{texts[0]}")
