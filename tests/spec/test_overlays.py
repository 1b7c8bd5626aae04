"""What the overlays promise, held on the effective document: every operation, list and error alike.

The overlays select with filters, so that a new operation is corrected with the others or, when a filter misses
it, stays wrong in silence. These tests say what no operation may lack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ringback import source

SPEC = Path(__file__).parents[2] / "spec"
OVERLAYS = (SPEC / "overlays" / "twilio.yaml", SPEC / "overlays" / "resources.yaml")
METHODS = {"get", "post", "put", "patch", "delete"}
GROUPS = {
    "calls": {"list", "create", "fetch", "update", "delete"},
    "conferences": {"list", "fetch", "update"},
    "participants": {"list", "create", "fetch", "update", "delete"},
    "queues": {"list", "create", "fetch", "update", "delete"},
    "members": {"list", "fetch", "update"},
    "recordings": {
        *("list", "fetch", "delete"),
        *("list_for_call", "create_for_call", "fetch_for_call"),
        *("update_for_call", "delete_for_call"),
        *("list_for_conference", "fetch_for_conference"),
        *("update_for_conference", "delete_for_conference"),
        *("media_wav", "media_mp3"),
    },
}
ENVELOPE = {
    *("first_page_uri", "next_page_uri", "previous_page_uri"),
    *("page", "page_size", "start", "end", "uri"),
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    root = source.load(SPEC / "voice.yaml", OVERLAYS).root
    assert isinstance(root, dict)
    return root


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each operation of the paths, with its path; webhooks apart."""
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            yield path, item[method]


def _resolved(document: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in value:
        return value
    target: Any = document
    for step in value["$ref"].removeprefix("#/").split("/"):
        target = target[step]
    assert isinstance(target, dict)
    return target


def _parameters(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    resolved = [_resolved(document, parameter) for parameter in operation["parameters"]]
    return {parameter["name"]: parameter for parameter in resolved}


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in the document."""
    if isinstance(value, list):
        for item in value:
            yield from _walk(item)
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from _walk(item)


@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda path: path.name)
def test_every_action_says_why_and_from_where(overlay: Path) -> None:
    text = overlay.read_text(encoding="utf-8")
    header = set(re.findall(r"^#   ([A-Z0-9]+) ", text, re.MULTILINE))
    used: set[str] = set()
    for action in yaml.safe_load(text)["actions"]:
        assert action["description"].endswith("."), action["target"]
        assert action["x-ringback-source"], action["target"]
        used.update(action["x-ringback-source"])
    assert used == header


def test_every_operation_can_refuse_with_a_body(document: dict[str, Any]) -> None:
    for path, operation in _operations(document):
        wanted = {"400", "401", "429"}
        if path.count("{") > 1:
            wanted.add("404")
        refusals = {code for code in operation["responses"] if code.startswith("4")}
        assert wanted <= refusals, operation["operationId"]
        for code in refusals:
            answer = _resolved(document, operation["responses"][code])
            schema = answer["content"]["application/json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/ApiError"}


def test_every_list_pages_alike(document: dict[str, Any]) -> None:
    lists = {}
    for _, operation in _operations(document):
        if operation["operationId"].startswith("list"):
            lists[operation["operationId"]] = operation
    assert len(lists) == 8
    for name, operation in lists.items():
        assert {"PageSize", "Page", "PageToken"} <= _parameters(document, operation).keys(), name
        media = operation["responses"]["200"]["content"]["application/json"]
        page = _resolved(document, media["schema"])
        rows = set(page["properties"]) - ENVELOPE
        assert len(rows) == 1, name
        assert set(page["required"]) == set(page["properties"]) == rows | ENVELOPE, name
        assert page["properties"]["next_page_uri"]["type"] == ["string", "null"], name


def test_a_filter_with_an_inequality_is_spelled_in_python(document: dict[str, Any]) -> None:
    spelled = {}
    for _, operation in _operations(document):
        for name, parameter in _parameters(document, operation).items():
            if name.endswith(("<", ">")):
                spelled[name] = parameter["x-ringback-name"]
    assert spelled == {
        "StartTime<": "start_time_before",
        "StartTime>": "start_time_after",
        "EndTime<": "end_time_before",
        "EndTime>": "end_time_after",
        "DateCreated<": "date_created_before",
        "DateCreated>": "date_created_after",
        "DateUpdated<": "date_updated_before",
        "DateUpdated>": "date_updated_after",
    }


def test_every_operation_has_its_place_on_the_client(document: dict[str, Any]) -> None:
    groups: dict[str, set[str]] = {}
    for _, operation in _operations(document):
        names = groups.setdefault(operation["x-ringback-group"], set())
        assert operation["x-ringback-name"] not in names, operation["operationId"]
        names.add(operation["x-ringback-name"])
    assert groups == GROUPS


def test_enums_that_share_a_name_hold_the_same_values(document: dict[str, Any]) -> None:
    values: dict[str, tuple[Any, ...]] = {}
    for value in _walk(document):
        if isinstance(value.get("enum"), list) and "x-ringback-name" in value:
            found = tuple(item for item in value["enum"] if item is not None)
            assert values.setdefault(value["x-ringback-name"], found) == found
    assert values["HttpMethod"] == ("GET", "POST")


def test_an_enum_is_null_in_its_type_where_it_is_null_in_its_values(
    document: dict[str, Any],
) -> None:
    nullable = 0
    for value in _walk(document):
        if isinstance(value.get("enum"), list) and "type" in value:
            assert (None in value["enum"]) == ("null" in value["type"]), value
            nullable += None in value["enum"]
    assert nullable == 4


def test_no_date_is_iso_in_a_body(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    dates = [value["format"] for value in _walk(schemas) if "date" in str(value.get("format"))]
    assert set(dates) == {"date-time-rfc-2822"}
    assert len(dates) == 17


def test_webhooks_take_a_form_and_need_no_credentials(document: dict[str, Any]) -> None:
    assert list(document["webhooks"]) == [
        "callStatus",
        "recordingStatus",
        "conferenceStatus",
        "amdStatus",
        "voiceRequest",
    ]
    for name, item in document["webhooks"].items():
        operation = item["post"]
        assert operation["security"] == []
        assert list(operation["requestBody"]["content"]) == ["application/x-www-form-urlencoded"]
        answers = ["200"] if name == "voiceRequest" else ["200", "204"]
        assert list(operation["responses"]) == answers


def test_everything_is_described(document: dict[str, Any]) -> None:
    for _, operation in _operations(document):
        assert operation["summary"], operation["operationId"]
        assert operation["description"], operation["operationId"]
        for name, parameter in _parameters(document, operation).items():
            assert parameter.get("description"), (operation["operationId"], name)
    for value in _walk(document):
        properties = value.get("properties")
        if isinstance(properties, dict) and value.get("type") == "object":
            for name, schema in properties.items():
                assert schema.get("description"), name
