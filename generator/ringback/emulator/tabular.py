"""CSV: a row of names, then a row for each resource. What is no single value is left out."""

from __future__ import annotations

import csv
import io
from typing import Any, Final

import msgspec

from ringback.emulator.xmlish import camel_rows, rows_of, text_of
from twilio_voice import models

MEDIA_TYPE: Final = "text/csv; charset=utf-8"


def table(value: dict[str, Any]) -> bytes:
    """A resource, or the rows of a page."""
    found = rows_of(value)
    name, rows = ("", [value]) if found is None else found
    names = [key for key, _ in camel_rows(rows[0])] if rows else _names(name)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(names)
    for row in rows:
        values = dict(camel_rows(row))
        writer.writerow([text_of(values.get(key)) for key in names])
    return stream.getvalue().encode()


def _names(rows: str) -> list[str]:
    """The columns of a list without rows: those that its resources would have."""
    for model in vars(models).values():
        if isinstance(model, type) and issubclass(model, msgspec.Struct):
            for one in msgspec.structs.fields(model):
                if one.encode_name == rows and model.__name__.endswith("List"):
                    return _columns(msgspec.inspect.type_info(one.type))
    return []


def _columns(rows: Any) -> list[str]:
    shown: dict[str, Any] = {}
    for one in rows.item_type.fields:
        kind = one.type
        options = kind.types if isinstance(kind, msgspec.inspect.UnionType) else (kind,)
        nested = (msgspec.inspect.DictType, msgspec.inspect.StructType, msgspec.inspect.ListType)
        if not any(isinstance(option, nested) for option in options):
            shown[one.encode_name] = None
    return [key for key, _ in camel_rows(shown)]
