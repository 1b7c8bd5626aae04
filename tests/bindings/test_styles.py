"""Parameters on the wire: byte for byte the specification's table of styles, and read back by the stub.

The table is that of OpenAPI 3.1.1, with the empty text, one text, a list and an object. Names and delimiters of its rows
are typed off; nothing here is computed by the code under test.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from generated import Bindings, document

EMPTY, TEXT = "", "blue"
LIST = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}

TABLE: dict[tuple[str, str, bool], tuple[str | None, str | None, str | None, str | None]] = {
    ("path", "matrix", False): (";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
    ("path", "matrix", True): (";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
    ("path", "label", False): (None, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
    ("path", "label", True): (None, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
    ("path", "simple", False): (None, "blue", "blue,black,brown", "R,100,G,200,B,150"),
    ("path", "simple", True): (None, "blue", "blue,black,brown", "R=100,G=200,B=150"),
    ("header", "simple", False): ("", "blue", "blue,black,brown", "R,100,G,200,B,150"),
    ("header", "simple", True): ("", "blue", "blue,black,brown", "R=100,G=200,B=150"),
    ("query", "form", False): ("color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
    ("query", "form", True): ("color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
    ("cookie", "form", False): ("color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
    ("query", "spaceDelimited", False): (None, None, "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"),
    ("query", "pipeDelimited", False): (None, None, "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"),
    ("query", "deepObject", True): (None, None, None, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
}  # fmt: skip
KINDS = ("empty", "text", "list", "object")
SCHEMAS: dict[str, Any] = {
    "empty": {"type": "string"},
    "text": {"type": "string"},
    "list": {"type": "array", "items": {"type": "string"}},
    "object": {
        "type": "object",
        "properties": {name: {"type": "integer"} for name in "RGB"},
    },
}
VALUES: dict[str, Any] = {"empty": EMPTY, "text": TEXT, "list": LIST, "object": OBJECT}


def rows() -> Iterator[tuple[str, str, bool, str, str]]:
    """Place, style, explode, kind of value, and what the table says."""
    for (place, style, explode), cells in TABLE.items():
        for kind, cell in zip(KINDS, cells, strict=True):
            if cell is not None:
                yield place, style, explode, kind, cell


ROWS = list(rows())


def _name(place: str, style: str, explode: bool, kind: str) -> str:
    return f"{place}_{style.lower()}_{'exploded' if explode else 'joined'}_{kind}"


def _operation(place: str, style: str, explode: bool, kind: str, **more: Any) -> dict[str, Any]:
    parameter = {
        "name": "color", "in": place, "required": True, "style": style, "explode": explode,
        "schema": SCHEMAS[kind], **more,
    }  # fmt: skip
    return {
        "operationId": _name(place, style, explode, kind),
        "tags": ["colors"],
        "parameters": [parameter],
        "responses": {"204": {"description": "Done."}},
    }


@pytest.fixture(scope="module")
def bindings(tmp_path_factory: pytest.TempPathFactory) -> Bindings:
    paths = {}
    for place, style, explode, kind, _ in ROWS:
        tail = "/{color}" if place == "path" else ""
        made = _operation(place, style, explode, kind)
        paths[f"/{_name(place, style, explode, kind)}{tail}"] = {"get": made}
    return Bindings(document(paths), tmp_path_factory.mktemp("made"))


def _on_the_wire(request: httpx2.Request, place: str) -> str:
    if place in ("header", "cookie"):
        return request.headers["color" if place == "header" else "cookie"]
    path, _, query = request.url.raw_path.decode().partition("?")
    return query if place == "query" else path.rpartition("/")[2]


@pytest.mark.parametrize(("place", "style", "explode", "kind", "cell"), ROWS)
def test_the_bytes_are_those_of_the_table(
    bindings: Bindings, place: str, style: str, explode: bool, kind: str, cell: str
) -> None:
    client, sent = bindings.answering(httpx2.Response(204))
    _call(bindings, client, _name(place, style, explode, kind), kind)
    assert _on_the_wire(sent[0], place) == cell


def _call(bindings: Bindings, client: Any, name: str, kind: str) -> None:
    method, value = getattr(client.colors, name), _value(bindings, name, kind)
    method(value) if name.startswith("path") else method(color=value)


def _value(bindings: Bindings, name: str, kind: str) -> Any:
    if kind != "object":
        return VALUES[kind]
    models = bindings.module("models")
    (struct,) = {
        one
        for one in vars(models).values()
        if getattr(one, "__struct_fields__", None) and _is_for(one, name)
    }
    return struct(r=100, g=200, b=150)


def _is_for(struct: Any, name: str) -> bool:
    return struct.__name__.lower().startswith(name.replace("_", "") + "color")


class Handler:
    """Keeps the color that each operation got."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.seen: list[Any] = []

    def __getattr__(self, name: str) -> Any:
        async def take(given: Any) -> Any:
            self.seen.append(given.color)
            prefix = type(given).__name__.removesuffix("Input")
            return getattr(self._server, prefix + "204")()

        return take


@pytest.mark.parametrize(("place", "style", "explode", "kind", "cell"), ROWS)
def test_the_stub_reads_what_the_client_wrote(
    bindings: Bindings, place: str, style: str, explode: bool, kind: str, cell: str
) -> None:
    handler = Handler(bindings.module("server"))
    client = bindings.client({"colors": handler})
    name = _name(place, style, explode, kind)
    _call(bindings, client, name, kind)
    assert handler.seen == [_value(bindings, name, kind)]


AWKWARD = ["a,b", "c;d", "e.f", "g=h", "i&j", "k/l?m#n", "50% +o", "ü雪"]


@pytest.mark.parametrize(
    ("place", "style", "explode"),
    [("path", "matrix", True), ("path", "simple", False), ("query", "form", False),
     ("query", "form", True), ("query", "deepObject", True), ("cookie", "form", False), ("cookie", "form", True)],
)  # fmt: skip
def test_a_delimiter_within_a_value_ends_nothing(
    tmp_path: Path, place: str, style: str, explode: bool
) -> None:
    tail = "/{color}" if place == "path" else ""
    made = Bindings(
        document({f"/things{tail}": {"get": _operation(place, style, explode, "list")}}), tmp_path
    )
    handler = Handler(made.module("server"))
    method = getattr(made.client({"colors": handler}).colors, _name(place, style, explode, "list"))
    method(AWKWARD) if place == "path" else method(color=AWKWARD)
    assert handler.seen == [AWKWARD]


def test_what_a_delimiter_must_not_stand_in_is_refused(tmp_path: Path) -> None:
    made = Bindings(
        document({"/things": {"get": _operation("query", "pipeDelimited", False, "list")}}),
        tmp_path,
    )
    client, sent = made.answering(httpx2.Response(204))
    with pytest.raises(made.module("errors").InvalidRequest, match="stands between values here"):
        client.colors.query_pipedelimited_joined_list(color=["a|b"])
    assert sent == []


def test_reserved_characters_are_left_where_that_is_allowed(tmp_path: Path) -> None:
    operation = _operation("query", "form", True, "text", allowReserved=True)
    made = Bindings(document({"/things": {"get": operation}}), tmp_path)
    client, sent = made.answering(httpx2.Response(204))
    client.colors.query_form_exploded_text(color="a/b?c:d@e&f=g+h#i%")
    assert _on_the_wire(sent[0], "query") == "color=a/b?c:d@e%26f=g%2Bh%23i%25"


NESTED: dict[str, Any] = {
    "type": "object",
    "properties": {
        "created": {"type": "object", "properties": {"gte": {"type": "integer"}}},
        "tags": {"type": "array", "items": {"type": "string"}},
        "on": {"type": "boolean"},
        "since": {"type": "string", "format": "date"},
    },
    "additionalProperties": False,
}


def test_objects_within_a_deep_object(tmp_path: Path) -> None:
    operation = _operation("query", "deepObject", True, "object", schema=NESTED)
    made = Bindings(document({"/things": {"get": operation}}), tmp_path)
    models = made.module("models")
    struct = next(one for one in vars(models).values() if hasattr(one, "on"))
    inner = next(one for one in vars(models).values() if hasattr(one, "gte"))
    value = struct(created=inner(gte=5), tags=["a", "b"], on=True)
    handler = Handler(made.module("server"))
    made.client({"colors": handler}).colors.query_deepobject_exploded_object(color=value)
    assert handler.seen == [value]


def test_content_says_how_a_parameter_is_written(tmp_path: Path) -> None:
    operation = _operation("query", "form", True, "object")
    (parameter,) = operation["parameters"]
    for key in ("style", "explode", "schema"):
        del parameter[key]
    parameter["content"] = {"application/json": {"schema": SCHEMAS["object"]}}
    made = Bindings(document({"/things": {"get": operation}}), tmp_path)
    struct = next(one for one in vars(made.module("models")).values() if hasattr(one, "r"))
    client, sent = made.answering(httpx2.Response(204))
    client.colors.query_form_exploded_object(color=struct(r=1))
    assert _on_the_wire(sent[0], "query") == "color=%7B%22R%22%3A1%7D"
    handler = Handler(made.module("server"))
    made.client({"colors": handler}).colors.query_form_exploded_object(color=struct(r=1))
    assert handler.seen == [struct(r=1)]
