"""A name that takes one value and stands in a request twice: the server refuses it, as nobody knows which one counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest
from generated import Bindings, document
from inprocess import InProcess

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
FORM = "application/x-www-form-urlencoded"
PLACE = {"type": "object", "properties": {"x": TEXT, "y": TEXT}}


class Taken:
    """Takes whatever comes."""

    def __init__(self, bindings: Bindings) -> None:
        self._answer = bindings.module("server").Echo204

    async def echo(self, given: Any) -> Any:
        return self._answer()


def operation(content: str, fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": fields}
    return {
        "operationId": "echo",
        "tags": ["things"],
        "requestBody": {"content": {content: {"schema": schema, **more}}},
        "parameters": [
            {"name": "one", "in": "query", "schema": TEXT},
            {"name": "many", "in": "query", "schema": TEXTS},
            {"name": "joined", "in": "query", "schema": TEXTS, "explode": False},
            {"name": "place", "in": "query", "schema": PLACE, "explode": False},
            {"name": "crumb", "in": "cookie", "schema": TEXT},
        ],
        "responses": {"204": {"description": "Taken."}},
    }


def post(folder: Path, described: dict[str, Any], url: str, **sent: Any) -> tuple[int, str]:
    bindings = Bindings(document({"/echo": {"post": described}}, {}), folder)
    app = bindings.module("server").build_app(things=Taken(bindings))
    with httpx2.Client(transport=InProcess(app), base_url="http://stub.test") as http:
        answer = http.post(url, **sent)
    return answer.status_code, answer.text


@pytest.mark.parametrize(("form", "refused"), [
    ("a=1&b=2&b=3", ""),
    ("a=1&a=2", "a: is given 2 times, and takes one value"),
    ("a=1&a=1", "a: is given 2 times, and takes one value"),
    ("a=1&%61=2&a=3", "a: is given 3 times, and takes one value"),
    ("c=1,2", ""),
    ("c=1&c=2", "c: is given 2 times, and takes one value"),
])  # fmt: skip
def test_in_a_form(tmp_path: Path, form: str, refused: str) -> None:
    fields = {"a": TEXT, "b": TEXTS, "c": TEXTS}
    described = operation(FORM, fields, encoding={"c": {"explode": False}})
    headers = {"content-type": FORM}
    status, text = post(tmp_path, described, "/echo", content=form, headers=headers)
    assert (status, refused in text) == (400 if refused else 204, True), text


@pytest.mark.parametrize(("query", "refused"), [
    ("one=1&many=1&many=2&joined=1,2&place=x,1,y,2", ""),
    ("one=1&one=2", "one"),
    ("joined=1&joined=2", "joined"),
    ("place=x,1&place=y,2", "place"),
])  # fmt: skip
def test_in_a_query(tmp_path: Path, query: str, refused: str) -> None:
    status, text = post(tmp_path, operation(FORM, {"a": TEXT}), f"/echo?{query}")
    assert status == (400 if refused else 204), text
    assert refused == "" or f"{refused}: is given 2 times" in text


def test_of_cookies_the_last_counts(tmp_path: Path) -> None:
    """A browser sends two cookies of one name where two paths set them."""
    headers = {"cookie": "crumb=1; crumb=2"}
    assert post(tmp_path, operation(FORM, {"a": TEXT}), "/echo", headers=headers)[0] == 204


@pytest.mark.parametrize(("names", "status"), [(["a", "f", "fs", "fs"], 204), (["a", "a"], 400), (["f", "f"], 400)])  # fmt: skip
def test_in_parts(tmp_path: Path, names: list[str], status: int) -> None:
    file = {"type": "string", "format": "binary"}
    described = operation(
        "multipart/form-data", {"a": TEXT, "f": file, "fs": {"type": "array", "items": file}}
    )
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n1\r\n' for name in names]
    headers = {"content-type": "multipart/form-data; boundary=x"}
    found, text = post(tmp_path, described, "/echo", content="".join(parts) + "--x--\r\n", headers=headers)  # fmt: skip
    assert found == status, text
    assert status == 204 or f"{names[0]}: is given 2 times" in text
