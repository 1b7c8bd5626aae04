"""The bodies that the vendor has published, judged by the document alone and by document and overlays.

The plain document rejects every one of them, at the pointers listed here: that is why the overlays exist. With
the overlays only the placeholders remain. Faults are counted by JSON pointer (a null where an enum is wanted
breaks two keywords at one pointer), unknown properties apart.
"""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from ringback import source

HERE = Path(__file__).parent
SPEC = HERE.parents[1] / "spec"
VOICE = SPEC / "voice.yaml"
OVERLAYS = (SPEC / "overlays" / "twilio.yaml", SPEC / "overlays" / "resources.yaml")
SAMPLES = HERE / "samples"
GUIDE = tuple(f"003-call-{number}" for number in range(1, 8))

NULLS = {"answered_by", "caller_name", "group_sid", "parent_call_sid"}
DATES = {"date_created", "date_updated"}
EXPECTED_PLAIN = {
    "000-call": NULLS
    | DATES
    | {"account_sid", "duration", "end_time", "forwarded_from", "price", "start_time"},
    "001-create-call": {"MachineDetection", "Record"},
    **{name: NULLS | DATES | {"account_sid", "sid", "start_time", "end_time"} for name in GUIDE},
}
EXPECTED_EFFECTIVE = {
    "000-call": {"account_sid", "phone_number_sid"},
    "001-create-call": {"MachineDetection", "SendDigits"},
    **{name: {"account_sid", "phone_number_sid", "sid"} for name in GUIDE},
}
UNKNOWN_PLAIN = {
    "000-call": {"queue_time", "trunk_sid"},
    **{name: {"queue_time", "trunk_sid"} for name in GUIDE},
}


def _is_rfc_2822(text: str) -> bool:
    try:
        return parsedate_to_datetime(text).tzinfo is not None
    except ValueError:
        return False


def _is_decimal(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


FORMATS = {"date-time-rfc-2822": _is_rfc_2822, "decimal": _is_decimal}


def _document(effective: bool) -> dict[str, Any]:
    root = source.load(VOICE, OVERLAYS if effective else ()).root
    assert isinstance(root, dict)
    return root


@pytest.fixture(scope="module")
def plain() -> dict[str, Any]:
    return _document(effective=False)


@pytest.fixture(scope="module")
def effective() -> dict[str, Any]:
    return _document(effective=True)


def _sample(name: str) -> dict[str, Any]:
    body = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    assert isinstance(body, dict)
    return body


def _schema_name(sample: str) -> str:
    return "CreateCallRequest" if sample == "001-create-call" else "Call"


def _faulty(document: dict[str, Any], schema: str, body: dict[str, Any]) -> set[str]:
    """The pointers at which the body breaks the schema, without their leading slash."""
    validator = jsonschema_rs.Draft202012Validator(
        {"$ref": f"#/components/schemas/{schema}", "components": document["components"]},
        validate_formats=True,
        formats=FORMATS,
    )
    return {"/".join(map(str, error.instance_path)) for error in validator.iter_errors(body)}


def _properties(document: dict[str, Any], schema: str) -> dict[str, Any]:
    properties = document["components"]["schemas"][schema]["properties"]
    assert isinstance(properties, dict)
    return properties


def _from_form(value: Any, schema: dict[str, Any]) -> Any:
    """A form value as its schema reads it: on the wire booleans and integers are text."""
    if schema.get("type") == "boolean" and value in ("true", "false"):
        return value == "true"
    if schema.get("type") == "integer" and isinstance(value, str) and value.isdecimal():
        return int(value)
    return value


@pytest.mark.parametrize("name", EXPECTED_PLAIN)
def test_the_plain_document_rejects_what_was_published(plain: dict[str, Any], name: str) -> None:
    assert _faulty(plain, _schema_name(name), _sample(name)) == EXPECTED_PLAIN[name]


@pytest.mark.parametrize("name", EXPECTED_EFFECTIVE)
def test_with_the_overlays_only_placeholders_are_wrong(
    effective: dict[str, Any], name: str
) -> None:
    schema, body = _schema_name(name), _sample(name)
    if schema == "CreateCallRequest":
        known = _properties(effective, schema)
        body = {key: _from_form(value, known.get(key, {})) for key, value in body.items()}
    assert _faulty(effective, schema, body) == EXPECTED_EFFECTIVE[name]


@pytest.mark.parametrize("name", UNKNOWN_PLAIN)
def test_the_overlays_know_the_properties_that_the_document_lacks(
    plain: dict[str, Any], effective: dict[str, Any], name: str
) -> None:
    sent = _sample(name).keys()
    assert sent - _properties(plain, "Call").keys() == UNKNOWN_PLAIN[name]
    assert sent - _properties(effective, "Call").keys() == set()


def test_the_overlays_know_every_parameter_of_the_published_request(
    plain: dict[str, Any], effective: dict[str, Any]
) -> None:
    sent = _sample("001-create-call").keys()
    assert len(sent - _properties(plain, "CreateCallRequest").keys()) == 25
    assert sent - _properties(effective, "CreateCallRequest").keys() == set()


def test_what_is_required_of_a_call_stands_in_every_published_body(
    effective: dict[str, Any],
) -> None:
    required = set(effective["components"]["schemas"]["Call"]["required"])
    assert required == set(_properties(effective, "Call"))
    for name in ("000-call", *GUIDE):
        assert required - _sample(name).keys() == set()
