"""The XML of the 2010 API: elements named after the JSON's keys, lists with their paging in attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

MEDIA_TYPE: Final = "application/xml"
_START: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PAGING: Final = (
    "page",
    "page_size",
    "uri",
    "first_page_uri",
    "previous_page_uri",
    "next_page_uri",
    "start",
    "end",
)
# What XML 1.0 cannot carry, not even escaped.
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def resource(value: dict[str, Any], path: str) -> bytes:
    """A resource or a page of a list, as the path names it."""
    rows = rows_of(value)
    if rows is None:
        return _document(_element(_named_by(path), value))
    name, items = rows
    paging = "".join(f" {key.replace('_', '')}={_attribute(value.get(key))}" for key in _PAGING)
    inner = "".join(_element(_singular(_camel(name)), item) for item in items)
    return _document(f"<{_camel(name)}{paging}>{inner}</{_camel(name)}>")


def error(value: dict[str, Any]) -> bytes:
    """An error."""
    names = (("Code", "code"), ("Detail", "detail"), ("Message", "message"))
    parts = [*names, ("MoreInfo", "more_info"), ("Status", "status")]
    inner = "".join(_element(name, value.get(key)) for name, key in parts if key in value)
    return _document(f"<RestException>{inner}</RestException>")


def rows_of(value: dict[str, Any]) -> tuple[str, list[Any]] | None:
    """What a list is called and holds; None for a single resource."""
    if "first_page_uri" not in value:
        return None
    for key, items in value.items():
        if isinstance(items, list):
            return key, items
    return None


def linked(value: Any, suffix: str, key: str = "") -> Any:
    """The same with paths that lead to this representation: with its extension in place of `.json`."""
    if isinstance(value, dict):
        below = key == "subresource_uris"
        return {k: linked(v, suffix, "uri" if below else k) for k, v in value.items()}
    if isinstance(value, list):
        return [linked(item, suffix, key) for item in value]
    if isinstance(value, str) and (key == "uri" or key.endswith("_uri")):
        path, mark, query = value.partition("?")
        return (
            path.removesuffix(".json") + (suffix if path.endswith(".json") else "") + mark + query
        )
    return value


def camel_rows(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The single values of a resource, under the names that XML and CSV have for them."""
    for key, item in value.items():
        if not isinstance(item, (dict, list)):
            yield _camel(key), item


def _named_by(path: str) -> str:
    parts = path.rstrip("/").split("/")
    name = parts[-1] if len(parts) % 2 else parts[-2]  # …/Calls, which makes one, and …/Calls/CA…
    name = name.partition(".")[0]
    return "QueueMember" if name == "Members" else _singular(name)


def _singular(name: str) -> str:
    return name.removesuffix("s")


def _camel(key: str) -> str:
    return "".join(part.capitalize() for part in key.split("_"))


def _element(name: str, value: Any) -> str:
    if value is None or value == "":
        return f"<{name}/>"
    return f"<{name}>{_inner(value)}</{name}>"


def _inner(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(_element(_camel(key), item) for key, item in value.items())
    if isinstance(value, list):
        return "".join(_element("Item", item) for item in value)
    return escape(text_of(value))


def _attribute(value: Any) -> str:
    return quoteattr(text_of(value))


def text_of(value: Any) -> str:
    """A single value as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _UNSPEAKABLE.sub("\ufffd", str(value))


def _document(inner: str) -> bytes:
    return f"{_START}<TwilioResponse>{inner}</TwilioResponse>".encode()
