"""How the values of parameters and form fields travel: which codec, in which style.

Text, and lists whose name is repeated, need a codec and no more. Every other style, and every object, is a `Styled` codec,
which knows its place on the wire. A value that has no text of its own is `MemberTexts`: its JSON form, taken apart.
"""

from __future__ import annotations

from dataclasses import replace

from ringback.openapi import Encoding, Parameter, Schema
from ringback.plan.constraints import bounds
from ringback.plan.literals import py
from ringback.plan.merging import FILE
from ringback.plan.type_ref import ANY, TypeRef
from ringback.plan.types import Catalogue
from ringback.plan.unions import json_kinds, unwrapped

_USUAL = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}


class Coding:
    """Codecs with the types of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._types = catalogue

    def parameter(self, parameter: Parameter) -> TypeRef:
        """The type of a parameter, with its codec and style."""
        schema = parameter.schema
        if schema is None:
            return ANY
        if parameter.media_type is not None:
            return self._content(schema, parameter.media_type, parameter.location)
        return self._in_style(
            schema,
            parameter.location,
            parameter.style,
            parameter.explode,
            parameter.allow_reserved,
        )

    def field(self, schema: Schema, encoding: Encoding | None) -> TypeRef:
        """The type of a form's field. A style counts only where it is said; an object is JSON otherwise."""
        if encoding is None:
            return self._as_text(schema)
        if encoding.style is not None or encoding.explode is not None or encoding.allow_reserved:
            style = encoding.style or "form"
            explode = style == "form" if encoding.explode is None else encoding.explode
            return self._in_style(schema, "form", style, explode, encoding.allow_reserved)
        if any("json" in one for one in encoding.content_types):
            kind = self._types.in_json(schema)
            return replace(kind, codec=f"JsonText({kind.annotation})")
        return self._as_text(schema)

    def part(self, schema: Schema, encoding: Encoding | None) -> TypeRef:
        """The type of a part of a multipart body: a file, a text, JSON, or several of one of them."""
        schema = unwrapped(schema)
        item = unwrapped(schema.items) if schema.items is not None else None
        types = encoding.content_types if encoding is not None else ()
        told = types[0] if len(types) == 1 and "*" not in types[0] else ""
        media = f", media_type={py(told)}" if told else f", allowed={py(types)}" if types else ""
        if schema.format == FILE or (item is not None and item.format == FILE):
            many = f", many=True{_numbers(schema)}" if item is not None else ""
            return replace(self._types.in_json(schema), codec=f'PartCodec("file"{many}{media})')
        kind = self._types.of(schema)
        if kind.codec and not _is_mixed(kind) and "json" not in told:
            many = ", many=True" if kind.codec.startswith("Array(") else ""
            return replace(kind, codec=f'PartCodec("text", {kind.codec}{many}{media})')
        kind = self._types.in_json(schema)
        if item is not None and not told and not types:
            inner = self._types.in_json(item).annotation
            return replace(
                kind,
                codec=f'PartCodec("json", JsonText({inner}), many=True{_numbers(schema)}{media})',
            )
        return replace(kind, codec=f'PartCodec("json", JsonText({kind.annotation}){media})')

    def _as_text(self, schema: Schema) -> TypeRef:
        kind = self._types.of(schema)
        if kind.codec and not _is_mixed(kind):
            return kind
        kind = self._types.in_json(schema)
        return replace(kind, codec=f"JsonText({kind.annotation})")

    def _content(self, schema: Schema, media_type: str, place: str) -> TypeRef:
        kind = self._types.of(schema)
        if "json" in media_type or (not kind.codec and place != "querystring"):
            kind = self._types.in_json(schema)
            return replace(kind, codec=f"JsonText({kind.annotation})")
        if place == "querystring":
            return self._in_style(schema, place, "form", True, False)
        return kind

    def _in_style(
        self, schema: Schema, place: str, style: str, explode: bool, reserved: bool
    ) -> TypeRef:
        kind = self._types.of(schema)
        whole = not kind.codec or _is_mixed(kind)
        usual = style == _USUAL.get(place, "form") and not reserved and not whole
        repeated = place in ("query", "form") and explode
        if usual and (repeated or not kind.codec.startswith("Array(")):
            return kind
        codec = kind.codec
        if whole:
            kind = self._types.in_json(schema)
            codec = f"MemberTexts({kind.annotation}{_shape(schema)})"
        more = [py(style)]
        more += ["explode=True"] if explode else []
        more += ["reserved=True"] if reserved else []
        return replace(kind, codec=f"Styled({codec}, {', '.join(more)})")


def _numbers(schema: Schema) -> str:
    """How many items a list has, as arguments."""
    told = bounds(("least", schema.min_items or None), ("most", schema.max_items))
    return f", {told}" if told else ""


def _is_mixed(kind: TypeRef) -> bool:
    """Whether a value may be a list or not: no text alone says which."""
    codec = kind.codec.removeprefix("_predicates.Held(")
    return codec.startswith("AnyOf(") and "Array(" in codec


def _shape(schema: Schema) -> str:
    kinds = json_kinds(schema) - {"hooked", "null"}
    if kinds == {"object"}:
        return ""
    if kinds == {"array"}:
        return ', "array"'
    return ', "any"' if kinds & {"object", "any"} else ', "values"'
