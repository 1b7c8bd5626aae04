"""Parameters and bodies to the wire and back, in every style."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import ACCOUNTS, of, voice

from ringback.wire import forms
from ringback.wire.view import Contract

STYLES = [
    ("query", "form", True), ("query", "form", False), ("query", "spaceDelimited", False),
    ("query", "pipeDelimited", False), ("path", "simple", False), ("path", "simple", True),
    ("path", "label", False), ("path", "label", True), ("path", "matrix", False), ("path", "matrix", True),
]  # fmt: skip


def with_parameter(location: str, style: str, explode: bool, schema: str, version: str) -> Contract:
    path = "/a/{x}" if location == "path" else "/a"
    parameter = (
        f"{{name: x, in: {location}, style: {style}, explode: {str(explode).lower()}, "
        f"required: true, schema: {schema}}}"
    )
    return of(
        f"{path}: {{get: {{parameters: [{parameter}], responses: {{'200': {{description: a}}}}}}}}",
        version=version,
    )


def back(contract: Contract, location: str, value: Any) -> Any:
    """The value as the other side reads it."""
    operation = contract.operations[0]
    if location == "query":
        text = forms.join(contract.encode_query(operation, {"x": value}))
        return contract.query(operation, text)["x"]
    match = contract.match("GET", contract.encode_path(operation, {"x": value}))
    assert match is not None
    return contract.path_values(operation, match.values)["x"]


WORDS = st.text("abcXYZ09é%&=+-_~/?#", min_size=1, max_size=8)


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize(("location", "style", "explode"), STYLES)
def test_lists_come_back(location: str, style: str, explode: bool, version: str) -> None:
    texts = with_parameter(
        location, style, explode, "{type: array, items: {type: string}}", version
    )
    numbers = with_parameter(
        location, style, explode, "{type: array, items: {type: integer}}", version
    )

    @given(st.lists(WORDS, min_size=1, max_size=4), st.lists(st.integers(), min_size=1, max_size=4))
    def check(words: list[str], values: list[int]) -> None:
        assert back(texts, location, words) == words
        assert back(numbers, location, values) == values

    check()


@pytest.mark.parametrize(
    ("location", "style", "explode"), [*STYLES[:2], *STYLES[4:], ("query", "deepObject", True)]
)
def test_objects_come_back(location: str, style: str, explode: bool) -> None:
    schema = "{type: object, properties: {a: {type: integer}, b: {type: string}}}"
    contract = with_parameter(location, style, explode, schema, "3.1.0")
    value = {"a": 7, "b": "two words"}
    assert back(contract, location, value) == value


def test_the_wire_of_each_style() -> None:
    def wire(location: str, style: str, explode: bool, value: Any) -> str:
        kind = "object" if isinstance(value, dict) else "array"
        contract = with_parameter(location, style, explode, f"{{type: {kind}}}", "3.1.0")
        operation = contract.operations[0]
        if location == "path":
            return contract.encode_path(operation, {"x": value})
        return forms.join(contract.encode_query(operation, {"x": value}))

    listed, named = ["a", "b"], {"R": 1, "G": 2}
    assert wire("query", "form", True, listed) == "x=a&x=b"
    assert wire("query", "form", False, listed) == "x=a,b"
    assert wire("query", "pipeDelimited", False, listed) == "x=a%7Cb"
    assert wire("query", "spaceDelimited", False, listed) == "x=a%20b"
    assert wire("query", "deepObject", True, named) == "x[R]=1&x[G]=2"
    assert wire("query", "form", True, named) == "R=1&G=2"
    assert wire("path", "simple", True, named) == "/a/R=1,G=2"
    assert wire("path", "label", True, listed) == "/a/.a.b"
    assert wire("path", "matrix", False, listed) == "/a/;x=a,b"
    assert wire("path", "matrix", True, listed) == "/a/;x=a;x=b"


def test_nested_brackets_become_what_the_schema_says() -> None:
    schema = (
        "{type: object, properties: {size: {type: object, properties: {gt: {type: integer}}},"
        " tags: {type: array, items: {type: string}}}}"
    )
    contract = with_parameter("query", "deepObject", True, schema, "3.1.0")
    value = {"size": {"gt": 3}, "tags": ["a", "b"]}
    assert back(contract, "query", value) == value


def test_a_parameter_of_json() -> None:
    contract = of(
        "/a: {get: {parameters: [{name: x, in: query, content: {application/json: {schema: {type: object}}}}],"
        " responses: {'200': {description: a}}}}"
    )
    assert back(contract, "query", {"a": [1, None]}) == {"a": [1, None]}


def test_headers_and_cookies() -> None:
    contract = of(
        "/a: {get: {parameters: [{name: X-Ids, in: header, schema: {type: array, items: {type: integer}}},"
        " {name: seen, in: cookie, schema: {type: boolean}}], responses: {'200': {description: a}}}}"
    )
    headers = contract.encode_headers(contract.operations[0], {"X-Ids": [1, 2], "seen": True})
    assert headers == (("x-ids", "1,2"), ("cookie", "seen=true"))


def test_a_form_is_read_by_its_schema() -> None:
    contract = voice()
    create = contract.operation(f"POST {ACCOUNTS}/Calls.json")
    body = (
        b"To=%2B15550100&Record=true&Timeout=30&StatusCallbackEvent=initiated+ringing"
        b"&StatusCallbackEvent=completed&Unknown=1&Unknown=2"
    )
    assert contract.form(create, body, "application/x-www-form-urlencoded; charset=utf-8") == {
        "To": "+15550100", "Record": True, "Timeout": 30,
        "StatusCallbackEvent": ["initiated", "ringing", "completed"], "Unknown": ["1", "2"],
    }  # fmt: skip
    assert contract.form(create, b"{}", "application/json") is None


@pytest.mark.parametrize("text", ["12x", "1.5", "", "１２", "0x1"])
def test_text_that_is_no_number_stays_text(text: str) -> None:
    contract = voice()
    create = contract.operation(f"POST {ACCOUNTS}/Calls.json")
    body = forms.join([("Timeout", text)], plus=True).encode()
    assert contract.form(create, body, forms.FORM) == {"Timeout": text}


def test_a_file_among_parts() -> None:
    contract = of(
        "/a: {post: {requestBody: {content: {multipart/form-data: {schema: {type: object, properties: "
        "{file: {type: string, format: binary}, tags: {type: array, items: {type: string}}, n: {type: integer},"
        " about: {type: object}}}}}}, responses: {'200': {description: a}}}}"
    )
    operation = contract.operations[0]
    assert operation.body is not None
    value = {"file": "abc", "tags": ["x", "y"], "n": 3, "about": {"k": "v"}}
    body, kind = contract.encode_body(operation.body.content[0], value)
    assert b'name="file"; filename="file"' in body
    assert contract.form(operation, body, kind) == value


@given(st.dictionaries(st.sampled_from(["To", "From", "Twiml"]), WORDS))
def test_a_form_comes_back(values: dict[str, str]) -> None:
    contract = voice()
    create = contract.operation(f"POST {ACCOUNTS}/Calls.json")
    assert create.body is not None
    body, kind = contract.encode_body(create.body.content[0], values)
    assert contract.form(create, body, kind) == values


@pytest.mark.parametrize(
    ("style", "explode", "given"),
    [("simple", False, "a,1,b"), ("label", False, ".a,1,b"), ("matrix", False, ";x=a,1,b")],
)
def test_a_name_without_a_value_makes_no_object(style: str, explode: bool, given: str) -> None:
    schema = "{type: object, properties: {a: {type: integer}}}"
    contract = with_parameter("path", style, explode, schema, "3.1.0")
    read = contract.path_values(contract.operations[0], {"x": given})["x"]
    assert read == "a,1,b"


@pytest.mark.parametrize("key", ["²", "9" * 5000])
def test_what_is_no_position_makes_no_list(key: str) -> None:
    schema = "{type: array, items: {type: string}}"
    contract = with_parameter("query", "deepObject", True, schema, "3.1.0")
    read = contract.query(contract.operations[0], forms.join([(f"x[{key}]", "a")]))
    assert read == {"x": {key: "a"}}


def test_a_name_of_thousands_of_brackets_is_the_name_of_nothing() -> None:
    contract = with_parameter("query", "deepObject", True, "{type: object}", "3.1.0")
    name = "x" + "[a]" * 3000
    assert contract.query(contract.operations[0], f"{name}=1&x[b]=2") == {
        name: "1",
        "x": {"b": "2"},
    }


@pytest.mark.parametrize("kind", ["integer", "number"])
def test_a_number_of_very_many_digits_stays_text(kind: str) -> None:
    contract = with_parameter("query", "form", True, f"{{type: {kind}}}", "3.1.0")
    digits = "7" * 500
    assert contract.query(contract.operations[0], f"x={digits}") == {"x": digits}
