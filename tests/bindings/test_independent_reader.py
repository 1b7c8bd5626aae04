"""The bytes of each parameter style, read by openapi-core, which shares nothing with us.

openapi-core and ringback ask for different versions of openapi-spec-validator, so it runs in a Python of its own, which
`make readers` makes; without it these tests are skipped. What openapi-core reads against the specification's own table is
listed, with what it makes of it: where it is mended, the test says so.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import httpx2
import pytest
from generated import Bindings, document
from test_styles import ROWS, SCHEMAS, VALUES, _call, _name, _operation

ROOT = Path(__file__).parents[2]
PYTHON = Path(os.environ.get("RINGBACK_READERS", ROOT / ".readers")) / "bin" / "python"
SCRIPT = ROOT / "tests" / "readers" / "with_openapi_core.py"

_EMPTY = "it refuses an empty value, which only `allowEmptyValue` would let it read"
_SPACES = "it looks for %20 in a query that it has decoded already"
WRONG: dict[tuple[str, str, bool, str], str] = {
    ("path", "matrix", False, "empty"): "it wants ;color=, where the table has ;color",
    ("path", "matrix", True, "empty"): "it wants ;color=, where the table has ;color",
    ("query", "form", False, "empty"): _EMPTY,
    ("query", "form", True, "empty"): _EMPTY,
    (
        "query",
        "form",
        True,
        "object",
    ): "it looks for the parameter's own name, which is not on the wire",
    ("query", "spaceDelimited", False, "list"): _SPACES,
    ("query", "spaceDelimited", False, "object"): _SPACES,
}
"""Place, style, explode and kind that openapi-core 0.23.1 does not read as the specification has it, and why."""
_TEMPLATES = {
    ("matrix", False): "{;color}",
    ("matrix", True): "{;color*}",
}
"""What openapi-core wants in a path: the style written as a URI template has it, beside saying it."""

pytestmark = pytest.mark.skipif(not PYTHON.exists(), reason="make readers makes the Python for it")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What openapi-core makes of each request, by the name of its operation."""
    paths: dict[str, Any] = {}
    for place, style, explode, kind, _ in ROWS:
        tail = "/{color}" if place == "path" else ""
        made = _operation(place, style, explode, kind)
        paths[f"/{_name(place, style, explode, kind)}{tail}"] = {"get": made}
    bindings = Bindings(document(paths), tmp_path_factory.mktemp("read"))
    told = document({path.replace("{color}", _template(one)): one for path, one in paths.items()})
    names = [_name(place, style, explode, kind) for place, style, explode, kind, _ in ROWS]
    client, sent = bindings.answering(httpx2.Response(204))
    for name, (*_, kind, _) in zip(names, ROWS, strict=True):
        _call(bindings, client, name, kind)
    requests = [
        {
            "method": one.method, "url": str(one.url), "headers": dict(one.headers), "content": "",
            "label": (explode, SCHEMAS[kind]["type"]) if style == "label" else None,
        }
        for one, (_, style, explode, kind, _) in zip(sent, ROWS, strict=True)
    ]  # fmt: skip
    found = subprocess.run(
        [PYTHON, SCRIPT], input=json.dumps({"document": told, "requests": requests}),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(zip(names, json.loads(found.stdout), strict=True))


def _template(item: dict[str, Any]) -> str:
    (parameter,) = item["get"]["parameters"]
    return _TEMPLATES.get((parameter["style"], parameter["explode"]), "{color}")


@pytest.mark.parametrize(("place", "style", "explode", "kind", "cell"), ROWS)
def test_openapi_core_reads_what_was_given(
    read: dict[str, Any], place: str, style: str, explode: bool, kind: str, cell: str
) -> None:
    found = read[_name(place, style, explode, kind)]
    agrees = found.get(place, {}).get("color") == VALUES[kind]
    assert agrees != ((place, style, explode, kind) in WRONG), (cell, found)
