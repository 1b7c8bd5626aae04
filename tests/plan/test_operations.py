"""Operations: groups, names, arguments, answers, paging, and what is left out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plan.drawn import document, drawn, operation, query

FORM = "application/x-www-form-urlencoded"


def _form(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties, "required": required}
    return {"required": True, "content": {FORM: {"schema": schema}}}


def test_names_inside_a_group_leave_the_groups_noun_out() -> None:
    paths = {
        "/calls": {
            "get": operation(operationId="listCalls", tags=["Calls"]),
            "post": operation(operationId="createCall", tags=["Calls"]),
        },
        "/calls/recordings": {"post": operation(operationId="createCallRecording", tags=["Calls"])},
        "/other": {
            "get": operation(
                **{"operationId": "x", "x-ringback-name": "say_it", "x-ringback-group": "talk"}
            )
        },
        "/none": {"delete": operation()},
    }
    groups = drawn(document(paths)).plan.groups
    assert {group.attribute: [one.name for one in group.operations] for group in groups} == {
        "calls": ["list", "create", "create_call_recording"],
        "talk": ["say_it"],
        "default": ["delete_none"],
    }
    assert [one.handler for one in groups[0].operations] == [
        "list_calls",
        "create_call",
        "create_call_recording",
    ]


def test_parameters_with_one_name_in_two_places() -> None:
    parameters = [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
        query("id", {"type": "integer"}),
        query("self", {"type": "string"}),
        query("options", {"type": "string"}),
    ]
    (made,) = drawn(
        document({"/x/{id}": {"get": operation(parameters=parameters)}})
    ).plan.operations
    assert [(one.place, one.wire, one.argument) for one in made.parameters] == [
        ("path", "id", "id"),
        ("query", "id", "id_"),
        ("query", "self", "self_2"),
        ("query", "options", "options_2"),
    ]


def test_parameters_that_would_hide_what_a_server_gets() -> None:
    parameters = [query(name, {"type": "string"}) for name in ("identity", "request", "body")]
    body = {"content": {"application/json": {"schema": {"type": "integer"}}}}
    for given, names in (({}, "body"), ({"requestBody": body}, "body_2")):
        made = drawn(document({"/x": {"post": operation(parameters=parameters, **given)}}))
        arguments = [one.argument for one in made.plan.operations[0].parameters]
        assert arguments == ["identity_2", "request_2", names]


def test_an_answer_for_every_status_is_the_success_where_there_is_no_other() -> None:
    any_status = {"content": {"application/json": {"schema": {"type": "integer"}}}}
    default = {"default": {"description": "All.", **any_status}}
    found = {}
    for name, responses in (
        ("alone", default),
        ("beside", {**default, "204": {"description": "-"}}),
    ):
        made = drawn(document({"/x": {"get": operation(responses=responses)}}))
        found[name] = made.plan.operations[0].returns
    assert found == {"alone": "int", "beside": "None"}


def test_a_form_becomes_arguments_and_a_json_body_stays_one() -> None:
    form = _form(
        {"To": {"type": "string"}, "Events": {"type": "array", "items": {"type": "string"}}}, ["To"]
    )
    json = {
        "content": {
            "application/json": {
                "schema": {"type": "object", "properties": {"a": {"type": "string"}}}
            }
        }
    }
    paths = {"/a": {"post": operation(operationId="a", requestBody=form)}, "/b": {"post": operation(operationId="b", requestBody=json)}}  # fmt: skip
    one, two = drawn(document(paths)).plan.operations
    assert [(field.argument, field.needed, field.codec) for field in one.arguments] == [
        ("to", True, "Text()"),
        ("events", False, "Array(Text())"),
    ]
    assert one.whole_body is None and one.body is not None and one.body.annotation == "ARequest"
    assert two.whole_body is not None and two.whole_body.annotation == "BRequest"


def test_answers_by_status() -> None:
    thing = {
        "application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}
    }
    responses = {
        "200": {"description": "ok", "content": thing},
        "4XX": {"description": "no"},
        "default": {"description": "else"},
        "204": {"description": "none"},
    }
    (made,) = drawn(
        document({"/x": {"get": {"operationId": "x", "responses": responses}}})
    ).plan.operations
    assert [(one.name, one.status, one.literal_status, one.annotation) for one in made.answers] == [
        ("X200", "200", "200", "XBody"),
        ("X4xx", "4XX", "int", ""),
        ("XDefault", "default", "int", ""),
        ("X204", "204", "204", ""),
    ]


def test_paging_is_seen_from_the_answer() -> None:
    page = {
        "type": "object",
        "properties": {
            "rows": {"type": "array", "items": {"type": "string"}},
            "next_page_uri": {"type": ["string", "null"]},
        },
    }
    responses = {"200": {"description": "ok", "content": {"application/json": {"schema": page}}}}
    (made,) = drawn(
        document({"/x": {"get": {"operationId": "x", "responses": responses}}})
    ).plan.operations
    assert made.paging is not None
    assert (made.paging.rows, made.paging.next, made.paging.row) == ("rows", "next_page_uri", "str")


@pytest.mark.parametrize(
    ("around", "wire", "asks", "leads"),
    [
        ("meta", "next_page_url", (), ("link", "meta.next_page_url")),
        ("links", "next", (), ("link", "links.next")),
        ("pagination", "next_cursor", ("cursor",), ("cursor", "pagination.next_cursor")),
        ("pagination", "next_cursor", (), None),  # no parameter takes it
        ("person", "next", (), None),  # what is said of a person leads to no page
    ],
)
def test_paging_is_seen_in_what_is_said_of_the_list(
    around: str, wire: str, asks: tuple[str, ...], leads: tuple[str, str] | None
) -> None:
    said = {"type": "object", "properties": {wire: {"type": ["string", "null"]}}}
    page = {
        "type": "object",
        "properties": {around: said, "rows": {"type": "array", "items": {"type": "string"}}},
    }
    responses = {"200": {"description": "ok", "content": {"application/json": {"schema": page}}}}
    parameters = [{"name": one, "in": "query", "schema": {"type": "string"}} for one in asks]
    get = {"operationId": "x", "responses": responses, "parameters": parameters}
    (made,) = drawn(document({"/x": {"get": get}})).plan.operations
    assert (None if made.paging is None else (made.paging.kind, made.paging.next)) == leads


def test_credentials_fill_a_parameter() -> None:
    parameter = {
        "name": "Account",
        "in": "path",
        "required": True,
        "schema": {"type": "string"},
        "x-ringback-credential": "account",
    }
    (made,) = drawn(document({"/{Account}": {"get": operation(parameters=[parameter])}})).plan.operations  # fmt: skip
    assert made.positional == () and not made.arguments[0].needed


def test_security_without_credentials() -> None:
    schemes = {
        "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        "schemas": {},
    }
    paths = {
        "/a": {"get": operation(operationId="a")},
        "/b": {"get": operation(operationId="b", security=[])},
    }
    raw = document(paths, security=[{"key": []}])
    raw["components"] = schemes
    result = drawn(raw)
    assert [one.secured for one in result.plan.operations] == [True, False]
    assert [(one.kind, one.parameter, one.pairs) for one in result.plan.schemes] == [
        ("header", "X-Key", (("api_key",),))
    ]
    assert [(one.name, one.env, one.secret) for one in result.plan.credentials] == [
        ("api_key", "SMALL_API_KEY", True)
    ]


def test_an_object_in_a_query_knows_its_style() -> None:
    parameter = query(
        "filter", {"type": "object", "properties": {"a": {"type": "string"}}}, style="deepObject"
    )
    result = drawn(document({"/x": {"get": operation(operationId="x", parameters=[parameter])}}))
    (made,) = result.plan.operations
    assert made.parameters[0].codec == 'Styled(MemberTexts(XFilter), "deepObject")'
    assert result.skipped == ()


def test_types_of_the_document_keep_clear_of_the_classes_that_are_printed() -> None:
    names = ["PetsApi", "ListPets200", "ListPetsInput", "Client", "Pets"]
    schemas = {name: {"type": "object", "properties": {"a": {"type": "string"}}} for name in names}
    thing = {"application/json": {"schema": {"$ref": "#/components/schemas/Pets"}}}
    responses = {"200": {"description": "ok", "content": thing}}
    paths = {
        "/pets": {"get": {"operationId": "listPets", "tags": ["pets"], "responses": responses}}
    }
    plan = drawn(document(paths, schemas)).plan
    assert [one.name for one in plan.models] == [
        "Client_2",
        "ListPets200_2",
        "ListPetsInput_2",
        "Pets",
        "PetsApi_2",
    ]
    assert plan.groups[0].name == "PetsApi"
