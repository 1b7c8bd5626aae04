"""What operations say besides schemas: encodings, links, servers, scopes, tags, and what is new in 3.2."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ringback.openapi import ABSENT, Document, Operation, parse
from ringback.source import load

ANSWER = {"200": {"description": "fine"}}


def read(folder: Path, version: str, **document: Any) -> Document:
    whole = {"openapi": version, "info": {"title": "T", "version": "1"}, "paths": {}, **document}
    (folder / "d.json").write_text(json.dumps(whole))
    return parse(load(folder / "d.json"), second=False)[0]


def operation(folder: Path, node: dict[str, Any], version: str = "3.1.0", **more: Any) -> Operation:
    whole = read(folder, version, paths={"/a": {"post": {"responses": ANSWER, **node}}}, **more)
    return whole.operations[0]


def test_encodings(tmp_path: Path) -> None:
    form = {
        "schema": {"type": "object", "properties": {"file": {}, "tags": {}}},
        "encoding": {
            "file": {"contentType": "image/png, image/*", "headers": {"X-A": {"schema": {}}, "content-type": {}}},
            "tags": {"style": "pipeDelimited", "explode": False, "allowReserved": True, "x-a": 1},
        },
    }  # fmt: skip
    found = operation(tmp_path, {"requestBody": {"content": {"multipart/form-data": form}}})
    assert found.body is not None
    file, tags = found.body.content[0].encodings
    assert (file.name, file.content_types, file.style, file.explode) == (
        "file",
        ("image/png", "image/*"),
        None,
        None,
    )
    assert [header.name for header in file.headers] == ["X-A"]
    assert (tags.content_types, tags.style, tags.explode) == ((), "pipeDelimited", False)
    assert (tags.allow_reserved, tags.extensions) == (True, {"x-a": 1})


def test_parts_by_position_and_items_of_streams(tmp_path: Path) -> None:
    mixed = {
        "itemSchema": {"type": "string"},
        "prefixEncoding": [{"contentType": "text/plain"}],
        "itemEncoding": {"contentType": "image/png"},
    }
    body = {"requestBody": {"content": {"multipart/mixed": {"$ref": "#/components/mediaTypes/M"}}}}
    found = operation(tmp_path, body, "3.2.0", components={"mediaTypes": {"M": mixed}})
    assert found.body is not None
    (media,) = found.body.content
    assert media.item_schema is not None and media.item_schema.types == ("string",)
    assert [one.content_types for one in media.prefix_encodings] == [("text/plain",)]
    assert media.item_encoding is not None and media.item_encoding.content_types == ("image/png",)


def test_links(tmp_path: Path) -> None:
    links = {
        "next": {"$ref": "#/components/links/Next"},
        "self": {"operationRef": "#/paths/~1a/post", "server": {"url": "https://b.example.com"}},
        "gone": {"$ref": "#/components/links/Gone"},
    }
    node = {"responses": {"200": {"description": "", "links": links}}}
    shared = {"Next": {"operationId": "two", "parameters": {"id": "$response.body#/id"}, "requestBody": None}}  # fmt: skip
    (answer,) = operation(tmp_path, node, components={"links": shared}).responses
    following, own = answer.links
    assert (following.name, following.operation_id, following.request_body) == ("next", "two", None)
    assert following.parameters == {"id": "$response.body#/id"}
    assert (own.operation_ref, own.request_body) == ("#/paths/~1a/post", ABSENT)
    assert own.server is not None and own.server.url == "https://b.example.com"


def test_servers_keep_their_variables(tmp_path: Path) -> None:
    variables = {"port": {"default": "443", "enum": ["443", 8443], "description": "Which door"}}
    server = {"url": "https://example.com:{port}", "name": "main", "variables": variables}
    (found,) = read(tmp_path, "3.2.0", servers=[server]).servers
    assert (found.url, found.template) == ("https://example.com:443", "https://example.com:{port}")
    assert found.name == "main"
    (port,) = found.variables
    assert (port.name, port.default, port.enum) == ("port", "443", ("443", "8443"))
    assert port.description == "Which door"


def test_scopes_and_unknown_schemes(tmp_path: Path) -> None:
    flows = {"clientCredentials": {"tokenUrl": "https://a/b", "scopes": {"read": "", "write": ""}}}
    components = {
        "securitySchemes": {
            "oauth": {"type": "oauth2", "flows": flows},
            "open": {"type": "openIdConnect", "openIdConnectUrl": "https://a/.well-known"},
        }
    }
    security = [{"oauth": ["read"]}, {"oauth": ["write"], "open": []}, {"lost": []}]
    found = operation(tmp_path, {"security": security}, components=components)
    assert found.security == (("oauth",), ("oauth", "open"))
    assert found.scopes == (("oauth", ("read", "write")),)
    alone = operation(tmp_path, {"security": [{"lost": []}]}, components=components)
    assert alone.security == (("lost",),)
    document = read(tmp_path, "3.1.0", components=components)
    assert document.security_schemes[1].open_id_url == "https://a/.well-known"


def test_tags_and_discriminators_of_3_2(tmp_path: Path) -> None:
    schemas = {
        "Pet": {
            "oneOf": [{"$ref": "#/components/schemas/Cat"}],
            "discriminator": {"propertyName": "kind", "defaultMapping": "Cat"},
        },
        "Cat": {"type": "object", "properties": {"kind": {"type": "string"}}},
    }
    tags = [{"name": "a"}, {"name": "b", "parent": "a", "kind": "nav", "summary": "B"}]
    document = read(tmp_path, "3.2.0", components={"schemas": schemas}, tags=tags)
    pet, cat = (schema for _, schema in document.schemas)
    assert pet.discriminator is not None and pet.discriminator.default is cat
    assert [(tag.parent, tag.kind, tag.summary) for tag in document.tags] == [
        (None, None, None),
        ("a", "nav", "B"),
    ]


def test_parameters_with_content_and_the_whole_query(tmp_path: Path) -> None:
    query = {"in": "querystring", "name": "q", "content": {"application/json": {"schema": {"type": "array"}}}}  # fmt: skip
    (found,) = operation(tmp_path, {"parameters": [query]}, "3.2.0").parameters
    assert (found.location, found.media_type) == ("querystring", "application/json")
    assert found.content is not None and found.content.schema is found.schema


def test_keywords_about_properties(tmp_path: Path) -> None:
    raw = {
        "patternProperties": {"^x-": {"type": "string"}},
        "propertyNames": {"maxLength": 9},
        "unevaluatedProperties": False,
        "dependentRequired": {"a": ["b"]},
        "dependentSchemas": {"a": {"minProperties": 2}},
        "contentEncoding": "base64",
        "contentSchema": {"type": "object"},
        "contains": {"type": "integer"},
        "minContains": 2,
    }
    ((_, found),) = read(tmp_path, "3.1.0", components={"schemas": {"S": raw}}).schemas
    assert [(name, part.types) for name, part in found.pattern_properties] == [("^x-", ("string",))]
    assert found.property_names is not None and found.property_names.max_length == 9
    assert found.unevaluated_properties is False
    assert found.dependent_required == (("a", ("b",)),)
    assert [(name, part.min_properties) for name, part in found.dependent_schemas] == [("a", 2)]
    assert found.content_encoding == "base64"
    assert found.content_schema is not None and found.content_schema.types == ("object",)
    assert found.contains is not None and found.min_contains == 2
    assert found.unknown == ()
