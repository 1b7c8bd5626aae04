"""spec/voice.yaml has the structure of its source document: nothing lost, changed or added.

The prose is ours, the rest is not: a correction made here in place would be a silent patch, and whoever
compares the bindings with the published document could not find it. Corrections belong in spec/overlays.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
VOICE = HERE.parents[1] / "spec" / "voice.yaml"
STRUCTURE = HERE / "voice-structure.json"
PROSE = ("description", "summary")


def _structure(value: Any, inside_properties: bool = False) -> Any:
    """The value without its prose; a *property* called `description` is not prose."""
    if isinstance(value, list):
        return [_structure(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _structure(item, key == "properties" and not inside_properties)
        for key, item in value.items()
        if inside_properties or key not in PROSE
    }


def _pointer(path: tuple[str | int, ...]) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def _same_scalar(source: Any, ours: Any) -> bool:
    """`2.0` is not `'2.0'`, and `true` is not `1`."""
    return bool(type(source) is type(ours) and source == ours)


def _differences(source: Any, ours: Any, path: tuple[str | int, ...] = ()) -> Iterator[str]:
    """One line for each JSON pointer at which the two differ."""
    if isinstance(source, dict) and isinstance(ours, dict):
        for key in source.keys() - ours.keys():
            yield f"{_pointer((*path, key))} is missing"
        for key in ours.keys() - source.keys():
            yield f"{_pointer((*path, key))} was added"
        for key in source.keys() & ours.keys():
            yield from _differences(source[key], ours[key], (*path, key))
    elif isinstance(source, list) and isinstance(ours, list):
        if len(source) != len(ours):
            yield f"{_pointer(path)} has {len(ours)} items, the source has {len(source)}"
        for index, (theirs, mine) in enumerate(zip(source, ours, strict=False)):
            yield from _differences(theirs, mine, (*path, index))
    elif not _same_scalar(source, ours):
        yield f"{_pointer(path)} is {ours!r}, the source says {source!r}"


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_voice_has_the_structure_of_its_source() -> None:
    source = json.loads(STRUCTURE.read_text(encoding="utf-8"))
    assert sorted(_differences(source, _structure(_load(VOICE)))) == []


def test_a_change_of_structure_is_found_and_a_change_of_prose_is_not() -> None:
    source = _structure(_load(VOICE))
    changed = _load(VOICE)
    changed["info"]["description"] = "Other words."
    changed["components"]["schemas"]["Call"]["properties"]["sid"]["pattern"] = "^CB"
    changed["components"]["schemas"]["Call"]["properties"]["description"] = {"type": "string"}
    del changed["paths"]["/Accounts/{AccountSid}/Calls.json"]["post"]
    changed["paths"]["/Accounts/{AccountSid}/Calls.json"]["get"]["tags"].append("More")
    assert sorted(_differences(source, _structure(changed))) == [
        "/components/schemas/Call/properties/description was added",
        "/components/schemas/Call/properties/sid/pattern is '^CB', "
        "the source says '^CA[0-9a-fA-F]{32}$'",
        "/paths/~1Accounts~1{AccountSid}~1Calls.json/get/tags has 2 items, the source has 1",
        "/paths/~1Accounts~1{AccountSid}~1Calls.json/post is missing",
    ]


def test_everything_a_reader_meets_is_described() -> None:
    undescribed = [_pointer(path) for path in _undescribed(_load(VOICE), ())]
    assert undescribed == []


def _undescribed(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """Operations, parameters, properties, responses and named schemas that have no description."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _undescribed(item, (*path, index))
    if not isinstance(value, dict):
        return
    owner = path[-2] if len(path) > 1 else None
    named = owner in ("properties", "parameters", "responses", "schemas") or "operationId" in value
    if named and "$ref" not in value and not value.get("description"):
        yield path
    for key, item in value.items():
        yield from _undescribed(item, (*path, key))
