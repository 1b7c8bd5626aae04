"""Values as XML, by the names that a schema's `xml` gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ringback.openapi import Schema
from ringback.wire import forms


def xml_of(schema: Schema | None, value: Any) -> bytes:
    """A document with one element."""
    name = _said(schema, "name") or (schema.name if schema is not None else None) or "value"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_element(name, schema, value)}'.encode()


def _element(name: str, schema: Schema | None, value: Any) -> str:
    tag = _tag(name)
    if isinstance(value, Mapping):
        attributes, inner = "", ""
        properties = dict(forms.properties_of(schema))
        for key, one in value.items():
            own = properties.get(key)
            said = _said(own, "name") or key
            if _said(own, "attribute"):
                attributes += f" {_tag(said)}={quoteattr(forms.text(one))}"
            elif isinstance(one, list):
                inner += _list(said, own, one)
            else:
                inner += _element(said, own, one)
        return f"<{tag}{attributes}>{inner}</{tag}>"
    if isinstance(value, list):
        return f"<{tag}>{_list('item', schema, value)}</{tag}>"
    return f"<{tag}>{escape(forms.text(value))}</{tag}>"


def _tag(name: str) -> str:
    return re.sub(r"[^\w.-]", "_", name)


def _list(name: str, schema: Schema | None, values: list[Any]) -> str:
    items = forms.items_of(schema)
    inner = "".join(_element(_said(items, "name") or name, items, one) for one in values)
    return f"<{name}>{inner}</{name}>" if _said(schema, "wrapped") else inner


def _said(schema: Schema | None, key: str) -> Any:
    given = schema.raw.get("xml") if schema is not None and isinstance(schema.raw, dict) else None
    return given.get(key) if isinstance(given, dict) else None
