"""Which operation a request belongs to, and what is documented of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import ACCOUNTS, literal, of, pets, voice

AC, CA = "AC" + "0" * 32, "CA" + "1" * 32
PLAIN = "{responses: {'200': {description: fine}}}"


def test_labels_are_unique_and_lead_back() -> None:
    contract = voice()
    labels = [contract.label(one) for one in contract.operations]
    assert len(set(labels)) == len(labels) == 35
    assert all(contract.label(contract.operation(one)) == one for one in labels)
    with pytest.raises(KeyError):
        contract.operation("GET /nowhere")


def test_every_operation_is_found_by_its_own_path() -> None:
    contract = voice()
    assert contract.base == "/2010-04-01"
    for one in contract.operations:
        values = {p.name: f"a b/{p.name}%" for p in contract.parameters(one, "path")}
        match = contract.match(one.method, contract.encode_path(one, values) + "?Page=1")
        assert match is not None and match.operation is one and match.values == values


def test_a_path_without_the_prefix_is_found_as_well() -> None:
    match = voice().match("GET", f"/Accounts/{AC}/Calls/{CA}.json")
    assert match is not None and match.operation.operation_id == "fetchCall"
    assert match.values == {"AccountSid": AC, "CallSid": CA}


@pytest.mark.parametrize(
    "target", ["/", "", "/2010-04-01", f"/2010-04-01/Accounts/{AC}/Calls", "x"]
)
def test_what_no_template_fits_is_no_match(target: str) -> None:
    assert voice().match("GET", target) is None
    assert not voice().methods_of(target)


def test_suffixes_tell_items_apart() -> None:
    contract = voice()
    found = {
        suffix: contract.match("GET", f"/2010-04-01/Accounts/{AC}/Recordings/REx.{suffix}")
        for suffix in ("json", "wav", "mp3", "ogg")
    }
    named = {suffix: one and one.operation.operation_id for suffix, one in found.items()}
    assert named == {
        "json": "fetchRecording", "wav": "fetchRecordingWav", "mp3": "fetchRecordingMp3", "ogg": None,
    }  # fmt: skip


def test_literals_come_before_templates_and_other_ways_are_tried() -> None:
    contract = of(f"""
/pets/mine: {{get: {PLAIN}}}
/pets/{{id}}: {{get: {PLAIN}, delete: {PLAIN}, parameters: [{{name: id, in: path, required: true, schema: {{}}}}]}}
/pets/mine/x: {{get: {PLAIN}}}
/{{kind}}/{{id}}/y: {{get: {PLAIN}, parameters: [{{name: id, in: path, required: true, schema: {{}}}}, {{name: kind, in: path, required: true, schema: {{}}}}]}}
""")

    def template(method: str, target: str) -> str | None:
        match = contract.match(method, target)
        return match and match.operation.template

    assert template("GET", "/pets/mine") == "/pets/mine"
    assert template("GET", "/pets/other") == "/pets/{id}"
    assert template("DELETE", "/pets/mine") == "/pets/{id}"
    assert template("GET", "/pets/mine/y") == "/{kind}/{id}/y"
    assert set(contract.methods_of("/pets/mine")) == {"GET", "DELETE"}


def test_statuses_by_number_range_and_default() -> None:
    contract = of(
        "/a: {get: {responses: {'200': {description: a}, '4XX': {description: b}, default: {description: c}}}}"
    )
    operation = contract.operations[0]
    found = {code: contract.response(operation, code) for code in (200, 404, 500)}
    assert [one and one.description for one in found.values()] == ["a", "b", "c"]
    fetch = literal().operation(f"GET {ACCOUNTS}/Calls.json")
    assert literal().response(fetch, 500) is None


def test_methods_of_a_path_are_the_documented_ones() -> None:
    assert set(voice().methods_of(f"/2010-04-01/Accounts/{AC}/Calls/{CA}.json")) == {
        "GET", "POST", "DELETE",
    }  # fmt: skip


@given(st.integers(), st.integers())
def test_an_integer_in_a_path_comes_back(pet: int, other: int) -> None:
    contract = pets()
    operation = contract.operation("GET /pets/{petId}")
    match = contract.match("GET", contract.encode_path(operation, {"petId": pet}))
    assert match is not None
    assert contract.path_values(operation, match.values) == {"petId": pet}


@pytest.mark.parametrize(
    ("documented", "sent"),
    [
        ("text/*", "text/plain"), ("image/*", "image/png"), ("application/*", "application/octet-stream"),
        ("text/csv", "text/csv"), ("'*/*'", "application/json"),
    ],
)  # fmt: skip
def test_a_range_is_not_sent_as_a_content_type(documented: str, sent: str) -> None:
    body = f"{{content: {{{documented}: {{schema: {{type: string}}}}}}}}"
    contract = of(
        f"/a: {{post: {{requestBody: {body}, responses: {{'200': {{description: a}}}}}}}}"
    )
    operation = contract.operation("POST /a")
    assert operation.body is not None
    (media,) = operation.body.content
    encoded, kind = contract.encode_body(media, "x")
    assert kind == sent
    assert contract.media_type(operation.body.content, kind) is media
    assert contract.body(operation, encoded, kind) in ("x", None)
