"""Reads requests with openapi-core, in a Python that has it: a document and its requests in, what each parameter is out.

In: {"document": …, "requests": [{"method", "url", "headers", "content", "label"}]} on standard input. Out: for each request
the parameters by place, or {"error": …}. Its routing cannot carry the style `label` ("{.color}" is no field to it), its
reading of the style can: with `label` (explode and type) the last segment of the path is handed to that alone.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from openapi_core import Config, OpenAPI
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIRequest
from openapi_core.deserializing.styles.util import label_loads
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request


def main() -> None:
    told = json.load(sys.stdin)
    # Its own spelling of a style in a path is none that its validator knows.
    document = OpenAPI.from_dict(told["document"], config=Config(spec_validator_cls=None))
    json.dump([_read(document, one) for one in told["requests"]], sys.stdout)


def _read(document: OpenAPI, asked: dict[str, Any]) -> dict[str, Any]:
    path, _, query = asked["url"].partition("?")
    if asked["label"] is not None:
        return {"path": {"color": _label(path.rpartition("/")[2], *asked["label"])}}
    builder = EnvironBuilder(
        path=path.removeprefix("http://stub.test"), query_string=query, base_url="http://stub.test",
        method=asked["method"], headers=asked["headers"], data=asked["content"].encode("latin-1"),
    )  # fmt: skip
    request = WerkzeugOpenAPIRequest(Request(builder.get_environ()))
    try:
        result = document.unmarshal_request(request)
    except Exception as error:  # some of what it cannot read, it does not catch itself
        return {"error": _told(error)}
    if result.errors:
        return {"error": "; ".join(_told(one) for one in result.errors)}
    given = result.parameters
    found = {
        "path": given.path,
        "query": given.query,
        "header": given.header,
        "cookie": given.cookie,
    }
    return {place: dict(values) for place, values in found.items()}


def _label(text: str, explode: bool, kind: str) -> Any:
    value = label_loads(explode, "color", kind, {f".color{'*' if explode else ''}": text})
    return {name: int(one) for name, one in value.items()} if kind == "object" else value


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" + (f" ({error.__cause__})" if error.__cause__ else "")


main()
