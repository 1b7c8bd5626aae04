"""`--literal`: answers as the document itself describes them, for those whose contract it is.

The document disagrees with the wire it describes: nothing is nullable, dates are RFC 3339, enums are shorter, properties
are missing. Each answer that it documents is rewritten by its schema: properties that it does not know are left out, and
so is what cannot be brought into the shape that it gives. Nothing here knows a resource; the document is read when the
emulator starts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from ringback import openapi, source
from twilio_voice._runtime.values import format_rfc3339, parse_rfc2822

_NEAREST: Final = {
    "in-progress": "processing",
    "paused": "processing",
    "stopped": "processing",
    "deleted": "absent",
    "fax": "machine",
}
"""What an enum is given for a value that it lacks, if it has this one. Otherwise a value that begins in the same way."""

_NOTHING: Final = object()

Reshape = Callable[[int, Any], Any]


class Reshaper:
    """Finds the operation of a request, and rewrites its answer."""

    def __init__(self, document: openapi.Document) -> None:
        base = urlsplit(document.servers[0].url).path if document.servers else ""
        self._routes = [
            (one.method, _pattern(base + one.template), _reshape(one))
            for one in document.operations
        ]

    @classmethod
    def read(cls, document: Path) -> Reshaper:
        """Read a document. Raises DocumentError."""
        parsed, _ = openapi.parse(source.load(document), second=False)
        return cls(parsed)

    def operation(self, method: str, path: str) -> Reshape | None:
        """How the answers of a request are rewritten; None where the document does not know it."""
        wanted = "GET" if method == "HEAD" else method
        for known, pattern, reshape in self._routes:
            if known == wanted and pattern.fullmatch(path):
                return reshape
        return None


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{[^{}]*\}", template)
    return re.compile("[^/]+".join(re.escape(part) for part in parts))


def _reshape(operation: openapi.Operation) -> Reshape:
    schemas = {
        answer.status: content.schema
        for answer in operation.responses
        for content in answer.content
        if content.name == "application/json" and content.schema is not None
    }

    def reshape(status: int, value: Any) -> Any:
        schema = schemas.get(str(status))
        return value if schema is None else shaped(value, schema)

    return reshape


def shaped(value: Any, schema: openapi.Schema) -> Any:
    """A value in the shape of its schema."""
    found = _shaped(value, schema)
    return {} if found is _NOTHING else found


def _shaped(value: Any, schema: openapi.Schema) -> Any:
    if value is None:
        return None if schema.nullable else _NOTHING
    for part in schema.all_of:
        value = _shaped(value, part)
    if isinstance(value, dict) and schema.properties:
        known = {
            name: _shaped(value[name], sub) for name, sub in schema.properties if name in value
        }
        return {name: item for name, item in known.items() if item is not _NOTHING}
    if isinstance(value, list) and schema.items is not None:
        items = (_shaped(item, schema.items) for item in value)
        return [item for item in items if item is not _NOTHING]
    return _scalar(value, schema)


def _scalar(value: Any, schema: openapi.Schema) -> Any:
    value = _typed(value, schema.types)
    if schema.format == "date-time" and isinstance(value, str):
        value = _rfc3339(value)
    if schema.enum is not None and value not in schema.enum:
        value = _nearest(value, schema.enum)
    if schema.pattern and isinstance(value, str) and not re.search(schema.pattern, value):
        return _NOTHING
    return value


def _typed(value: Any, types: tuple[str, ...]) -> Any:
    """A value as one of the types: numbers and texts become each other where they can."""
    if not types or value is _NOTHING or any(_is(value, one) for one in types):
        return value
    if "string" in types and isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    try:
        if "integer" in types:
            return int(value)
        if "number" in types:
            return float(value)
    except (TypeError, ValueError):
        pass
    return _NOTHING


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    kinds: dict[str, tuple[type, ...]] = {
        "string": (str,), "integer": (int,), "number": (int, float),
        "object": (dict,), "array": (list,),
    }  # fmt: skip
    return isinstance(value, kinds.get(name, ()))


def _rfc3339(text: str) -> str:
    try:
        return format_rfc3339(parse_rfc2822(text).astimezone(UTC))
    except ValueError:
        return text


def _nearest(value: Any, enum: tuple[Any, ...]) -> Any:
    near = _NEAREST.get(str(value))
    if near in enum:
        return near
    begin = [one for one in enum if isinstance(one, str) and str(value).startswith(one)]
    return max(begin, key=len) if begin else _NOTHING
