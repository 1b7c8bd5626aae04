"""Bodies of multipart/form-data, made and read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from email import message_from_bytes
from typing import Any

from . import forms

_BOUNDARY = "ringback-part-7d1f0c5ae2"


def encode(fields: Sequence[forms.Field], values: Mapping[str, Any]) -> tuple[bytes, str]:
    """The body and its content type; bytes and texts of format `binary` become files."""
    known = {field.name: field for field in fields}
    parts: list[bytes] = []
    for name, value in values.items():
        field = known.get(name) or forms.Field(name, None)
        listed = value if isinstance(value, list) and not field.json else [value]
        for one in listed:
            parts.append(_part(field, one))
    body = b"".join(b"--%s\r\n%s\r\n" % (_BOUNDARY.encode(), part) for part in parts)
    return body + b"--%s--\r\n" % _BOUNDARY.encode(), f"multipart/form-data; boundary={_BOUNDARY}"


def _part(field: forms.Field, value: Any) -> bytes:
    quoted = field.name.replace("\\", "\\\\").replace('"', "%22")
    head = f'Content-Disposition: form-data; name="{quoted}"'
    schema = forms.items_of(field.schema) or field.schema
    binary = isinstance(value, bytes) or (schema is not None and schema.format == "binary")
    if binary:
        head += '; filename="file"\r\nContent-Type: application/octet-stream'
    elif field.json or isinstance(value, (dict, list)):
        head += "\r\nContent-Type: application/json"
    content = value if isinstance(value, bytes) else forms.text(value).encode()
    return head.encode() + b"\r\n\r\n" + content


def decode(fields: Sequence[forms.Field], body: bytes, content_type: str) -> dict[str, Any] | None:
    """The values of a body; None where it is not multipart."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = message_from_bytes(head + body)
    if not message.is_multipart():
        return None
    pairs: list[tuple[str, str]] = []
    for part in message.get_payload():
        if isinstance(part, str):
            continue
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            pairs.append((name.replace("%22", '"'), content.decode("utf-8", "replace")))
    return forms.decode(fields, pairs)
