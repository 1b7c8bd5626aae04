"""Answers as they leave: a documented status, a media type that the client takes, a body and headers that keep to their schemas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import msgspec

from ringback.openapi import MediaType, Operation, Parameter, Response
from ringback.wire import forms, is_json

from . import tabular
from .as_xml import xml_of
from .making import NOTHING, Maker

to_json = msgspec.json.Encoder().encode
_PIXEL: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060"
    "0000000500017a5eab3f0000000049454e44ae426082"
)
_BY_ITSELF: Final = frozenset(("content-type", "content-length", "accept", "authorization"))


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. Header names are in lower case."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which documented answer is given, and in which of its media types (None: without a body)."""

    status: int
    response: Response | None
    media: MediaType | None
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Accept:
    """What a client takes: ranges of media types with their weight."""

    ranges: tuple[tuple[str, float], ...] = ()

    @staticmethod
    def of(header: str | None) -> Accept:
        """From the header; nothing said takes everything."""
        if header is None or header.strip() in ("", "*/*"):
            return Accept()
        found: list[tuple[str, float]] = []
        for part in header.split(","):
            name, *parameters = [one.strip().lower() for one in part.split(";")]
            weight = next((one[2:] for one in parameters if one.startswith("q=")), "1")
            number = float(weight) if re.fullmatch(r"[01](\.[0-9]{0,3})?", weight) else 0.0
            found.append((name, number))
        return Accept(tuple(found))

    def weight(self, name: str) -> float:
        """How much a media type is liked; 0: it is not taken."""
        if not self.ranges:
            return 1.0
        kind = name.partition("/")[0]
        for wanted in (name, f"{kind}/*", "*/*"):
            found = [weight for given, weight in self.ranges if given == wanted]
            if found:
                return max(found)
        given = [one for one, weight in self.ranges if weight]
        return 0.5 if "*" in name and any(_within(one, name) for one in given) else 0.0

    def wanted(self, name: str) -> str:
        """The media type that is sent where the document has a range (`image/*`)."""
        if "*" not in name:
            return name
        for one, weight in self.ranges:
            if weight and "*" not in one and _within(one, name):
                return one
        return {"*/*": "application/json", "image/*": "image/png", "text/*": "text/plain"}.get(
            name, name.replace("*", "octet-stream")
        )


def _within(name: str, range_: str) -> bool:
    return range_ == "*/*" or name.partition("/")[0] == range_.partition("/")[0]


def media_of(response: Response, accept: Accept) -> tuple[MediaType, str] | None:
    """The media type of an answer that the client likes best, JSON before others; None where it takes none."""
    if not accept.ranges:
        return _usual(response)
    return _liked(response, accept)


@lru_cache(maxsize=4096)
def _usual(response: Response) -> tuple[MediaType, str] | None:
    return _liked(response, Accept())


def _liked(response: Response, accept: Accept) -> tuple[MediaType, str] | None:
    found: list[tuple[float, int, int, MediaType, str]] = []
    for index, one in enumerate(response.content):
        name = one.name.partition(";")[0].strip().lower()
        weight = accept.weight(name)
        if weight > 0:
            found.append((-weight, not is_json(name), index, one, accept.wanted(name)))
    return min(found, key=lambda one: one[:3])[3:] if found else None


def encoded(maker: Maker, media: MediaType, name: str, value: Any) -> bytes:
    """A value as the bytes of its media type."""
    if is_json(name):
        return to_json(value)
    if isinstance(value, bytes):
        return value
    if name.endswith(("/xml", "+xml")):
        return value.encode() if isinstance(value, str) else xml_of(media.schema, value)
    if name in ("application/jsonl", "application/x-ndjson", "application/json-seq"):
        rows = value if isinstance(value, list) else [value]
        return b"".join(to_json(one) + b"\n" for one in rows)
    if name == "text/event-stream":
        return _events(value)
    if name == forms.FORM and isinstance(value, dict):
        return forms.join(forms.encode_form(forms.fields_of(media), value), plus=True).encode()
    if name == tabular.MEDIA_TYPE and isinstance(value, (list, dict)):
        rows = value if isinstance(value, list) else [value]
        return tabular.csv_of(tabular.columns_of(forms.items_of(media.schema), rows), rows)
    if name.startswith("image/") and not isinstance(value, str):
        return _PIXEL
    return forms.text(value).encode()


def _events(value: Any) -> bytes:
    rows = value if isinstance(value, list) else [value]
    found = []
    for one in rows:
        if isinstance(one, dict) and one.keys() <= {"data", "event", "id", "retry"}:
            found.append("".join(f"{name}: {forms.text(part)}\n" for name, part in one.items()))
        else:
            found.append(f"data: {forms.text(one)}\n")
    return "\n".join(found).encode() + b"\n"


def headers_of(
    maker: Maker, response: Response | None, known: Mapping[str, str], salt: str
) -> list[tuple[str, str]]:
    """The headers of an answer: those that are known where the document has them, and all that it requires."""
    found: list[tuple[str, str]] = []
    for one in response.headers if response is not None else ():
        name = one.name.lower()
        if name in _BY_ITSELF:
            continue
        if name in known:
            found.append((name, known[name]))
        elif one.required:
            found.append((name, _header(maker, one, salt)))
    return found


def _header(maker: Maker, one: Parameter, salt: str) -> str:
    schema = one.schema or (one.content.schema if one.content is not None else None)
    if schema is None:
        return "x"
    value = maker.base(schema, 0)
    if value is NOTHING:
        return ""
    text = forms.encode_simple(forms.Field.of(one), value, quoted=False)
    return text.encode("ascii", "replace").decode() if text.isprintable() else "x"


@dataclass(frozen=True, slots=True)
class Statuses:
    """The documented answers of an operation."""

    by_name: Mapping[str, Response] = field(default_factory=dict)

    @staticmethod
    def of(operation: Operation) -> Statuses:
        """Those of one operation."""
        return Statuses({one.status.upper(): one for one in operation.responses})

    def best(self, wanted: tuple[int, ...], family: int) -> tuple[int, Response | None]:
        """The first of some statuses that is documented; else another of its family, or what stands for all others."""
        for status in wanted:
            if str(status) in self.by_name:
                return status, self.by_name[str(status)]
        if f"{family}XX" in self.by_name:
            return wanted[0], self.by_name[f"{family}XX"]
        if family == 2:
            for name, response in self.by_name.items():
                if name.startswith("2") and name.isdecimal():
                    return int(name), response
        if "DEFAULT" in self.by_name:
            return wanted[0], self.by_name["DEFAULT"]
        if family == 2:
            for name, response in self.by_name.items():
                if name.startswith("3") and name.isdecimal():
                    return int(name), response
            if any(name.startswith("1") for name in self.by_name):
                return self.best(
                    (426, 400), 4
                )  # all it has is another protocol, which is not spoken here
        return wanted[0], None

    def of_code(self, status: int) -> Response | None:
        """What is documented for one status."""
        return (
            self.by_name.get(str(status))
            or self.by_name.get(f"{status // 100}XX")
            or self.by_name.get("DEFAULT")
        )
