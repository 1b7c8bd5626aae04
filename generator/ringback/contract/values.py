"""Requests drawn from the document: some that it allows, and some that it forbids in exactly one way.

A `Maker` takes what is known (identifiers that exist, values from settings) before it draws anything, and what the
document gives as examples before what it makes up. It never sends anything.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import Any, Final

from ringback.openapi import MediaType, Operation, Parameter, Schema
from ringback.wire import (
    Contract,
    Drawer,
    Kind,
    Undrawable,
    body_examples,
    forms,
    parameter_examples,
    words,
)

from .drafts import Draft, Invalid, Parts, faults
from .invalid import invalid

__all__ = ["Draft", "Invalid", "Maker", "Parts"]

Known = Mapping[str, Any]


class Maker:
    """Makes drafts for the operations of a contract, the same ones for the same seed.

    `given` are values from settings, by name ("To") or by place ("POST /Calls.json.body.To"); a list is chosen from.
    `known`, with every call, are identifiers that exist, by the name of their kind or of the parameter.
    """

    def __init__(self, contract: Contract, seed: int, given: Known | None = None) -> None:
        self._contract = contract
        self._seed = seed
        self._given = dict(given or {})

    def minimal(self, operation: Operation, known: Known) -> Draft:
        """Only what is required."""
        return self._draft(self.parts(operation, known))

    def full(self, operation: Operation, known: Known) -> Draft:
        """Everything that can be given, but identifiers of things that may not exist."""
        return self._draft(self.parts(operation, known, full=True))

    def varied(self, operation: Operation, known: Known, rng: Random) -> Draft:
        """What is required and some of the rest, by chance."""
        return self._draft(self.parts(operation, known, rng=rng))

    def examples(self, operation: Operation, known: Known) -> Iterator[Draft]:
        """One draft for each example that the document gives for the body; one for those of the parameters."""
        for one in self.example_parts(operation, known):
            yield self._draft(one)

    def invalid(self, operation: Operation, known: Known, rng: Random) -> Iterator[Invalid]:
        """Drafts that the document forbids, each for one reason."""
        base = next(self.example_parts(operation, known), None) or self.parts(operation, known)
        yield from invalid(self._contract, base, rng)

    def _draft(self, parts: Parts) -> Draft:
        """Encoded; sound only where the document allows what is read back."""
        draft = parts.draft(self._contract)
        if draft.sound and faults(self._contract, draft):
            return replace(draft, sound=False)
        return draft

    # -- values by name

    def example_parts(self, operation: Operation, known: Known) -> Iterator[Parts]:
        """The values of the examples, by name."""
        base = self.parts(operation, known, examples=True)
        found = False
        for media, name, value in body_examples(self._contract.document, operation):
            found = True
            if isinstance(value, dict):
                value = self._with_known(operation, value, known)
            yield replace(base, body=value, media=media, name=name)
        exemplary = any(
            parameter_examples(self._contract.document, one) for one in operation.parameters
        )
        if not found and exemplary:
            yield base

    def parts(
        self,
        operation: Operation,
        known: Known,
        *,
        full: bool = False,
        rng: Random | None = None,
        examples: bool = False,
    ) -> Parts:
        """The values of a request, by name; `examples` takes in every optional parameter that has one."""
        drawing = _Drawing(self, operation, known, full, rng)
        path = drawing.parameters("path", examples)
        query = drawing.parameters("query", examples)
        headers = drawing.parameters("header", examples) | drawing.parameters("cookie", examples)
        media, body = drawing.body()
        return Parts(operation, path, query, headers, body, media, sound=drawing.sound)

    def rng_of(self, operation: Operation, salt: str) -> Random:
        """The source of chance for one operation and purpose."""
        label = self._contract.label(operation)
        return Random(zlib.crc32(f"{self._seed} {label} {salt}".encode()))

    def preset(self, label: str, location: str, name: str, known: Known, kind: Kind | None) -> Any:
        """A value that is known or given for a place; None where there is none."""
        for key in (f"{label}.{location}.{name}", f"{location}.{name}"):
            for source in (known, self._given):
                if key in source:
                    return source[key]
        if location != "body" and name in known:
            return known[name]
        if kind is not None and kind.name in known:
            return known[kind.name]
        if name in self._given:
            return self._given[name]
        if kind is not None and kind.name in self._given:
            return self._given[kind.name]
        return None

    def _with_known(
        self, operation: Operation, body: dict[str, Any], known: Known
    ) -> dict[str, Any]:
        """An example with the identifiers in it that are known in place of its own."""
        label = self._contract.label(operation)
        made = dict(body)
        for name in body:
            kind = self._contract.kinds.of_parameter(label, "body", name)
            preset = self.preset(label, "body", name, known, kind)
            if preset is not None:
                made[name] = preset[0] if isinstance(preset, list) and preset else preset
        return made

    @property
    def contract(self) -> Contract:
        """What drafts are made for."""
        return self._contract


class _Drawing:
    """The drawing of one request."""

    def __init__(
        self, maker: Maker, operation: Operation, known: Known, full: bool, rng: Random | None
    ) -> None:
        self._maker = maker
        self._contract = maker.contract
        self._operation = operation
        self._label = self._contract.label(operation)
        self._known = known
        self._full = full
        self._varied = rng is not None
        self._rng = rng or maker.rng_of(operation, "full" if full else "minimal")
        # All examples or none: the values of one often belong together.
        self._exemplary = not self._varied or self._rng.random() < 0.5
        self._drawer = Drawer(
            self._rng,
            lambda schema, value: self._contract.is_valid(schema, value, reply=False),
            dict(self._contract.formats),
            full,
            self._varied,
        )
        self.sound = True

    def parameters(self, location: str, examples: bool) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in self._contract.parameters(self._operation, location):
            shown = parameter_examples(self._contract.document, one)
            kind = self._kind(location, one.name)
            preset = self._preset(location, one.name, one.schema, kind)
            asked = self._wants(one.name, kind, preset) or (examples and bool(shown))
            wanted = one.required or asked
            if not wanted:
                continue
            value = preset if preset is not None else self._shown_or_drawn(one, shown, kind)
            if value is not None and _writable(one, value):
                found[one.name] = value
            elif one.required:
                self.sound = False
                found[one.name] = "x" if value is None else value
        return found

    def _shown_or_drawn(self, one: Parameter, shown: tuple[Any, ...], kind: Kind | None) -> Any:
        for value in shown if self._exemplary else ():
            if one.schema is None or self._drawer.judge(one.schema, value):
                return value
        return self._drawn(one.schema, one.name, kind)

    def body(self) -> tuple[MediaType | None, Any]:
        """The body, in the media type that is easiest to make; none where it is optional and nothing is asked for."""
        body = self._operation.body
        if body is None or not body.content:
            return None, None
        media = _easiest(body.content)
        if media.schema is None:
            return (media, "x") if body.required else (None, None)
        value = self._body_value(media, media.schema)
        if value in ({}, None) and not body.required:
            return None, None
        return media, value

    def _body_value(self, media: MediaType, schema: Schema) -> Any:
        properties = dict(forms.properties_of(schema))
        if not properties or not forms.is_type(schema, "object") or schema.one_of or schema.any_of:
            return self._whole(media, schema)
        shown = self._shown_values(media)
        made: dict[str, Any] = {}
        for name, inner in properties.items():
            if inner.read_only:
                continue
            kind = self._kind("body", name)
            preset = self._preset("body", name, inner, kind)
            required = name in _required(schema)
            if not required and not self._wants(name, kind, preset):
                continue
            value = preset
            if value is None and name in shown and self._exemplary:
                value = shown[name]
            if value is None:
                value = self._drawn(inner, name, kind)
            if value is not None or (required and inner.nullable):
                made[name] = value
        if self._contract.is_valid(schema, made, reply=False):
            return made
        return self._whole(media, schema)

    def _whole(self, media: MediaType, schema: Schema) -> Any:
        """A body drawn in one piece; the document's example where that fails."""
        try:
            return self._drawer.value(schema)
        except Undrawable:
            shown = body_examples(self._contract.document, self._operation)
            fitting = [value for one, _, value in shown if one is media]
            self.sound = bool(fitting)
            return fitting[0] if fitting else {}

    def _shown_values(self, media: MediaType) -> dict[str, Any]:
        """The properties that the document's examples of the body give, the first example's first."""
        found: dict[str, Any] = {}
        for one, _, value in body_examples(self._contract.document, self._operation):
            if one is media and isinstance(value, dict):
                for name, inner in value.items():
                    found.setdefault(name, inner)
        return found

    def _drawn(self, schema: Schema | None, name: str, kind: Kind | None) -> Any:
        """A value made up; None where nothing fits."""
        if schema is None:
            return "x"
        try:
            return self._drawer.value(schema, name)
        except Undrawable:
            return None

    def _wants(self, name: str, kind: Kind | None, preset: Any) -> bool:
        """Whether something optional is given: identifiers and tokens only where they are known to exist."""
        if self._varied:
            wanted = self._rng.random() < 0.35
        else:
            wanted = self._full
        issued = kind is not None or words.words(name)[-1:] in _ISSUED
        return wanted and (not issued or preset is not None)

    def _kind(self, location: str, name: str) -> Kind | None:
        return self._contract.kinds.of_parameter(self._label, location, name)

    def _preset(self, location: str, name: str, schema: Schema | None, kind: Kind | None) -> Any:
        value = self._maker.preset(self._label, location, name, self._known, kind)
        if isinstance(value, (list, tuple)) and value and "array" not in forms.types_of(schema):
            value = self._rng.choice(list(value)) if self._varied else value[0]
        if isinstance(value, str) and "string" not in forms.types_of(schema):
            return forms.typed(schema, value)
        return value


_ISSUED: Final = (("token",), ("cursor",), ("marker",), ("continuation",))
"""How things are called that only the tested side can make up."""


def _required(schema: Schema, depth: int = 0) -> frozenset[str]:
    found = frozenset(schema.required)
    for part in schema.all_of if depth < 8 else ():
        found |= _required(part, depth + 1)
    return found


def _easiest(content: tuple[MediaType, ...]) -> MediaType:
    """JSON, then a form, then the first."""
    for wanted in ("application/json", forms.FORM, "multipart/form-data"):
        for one in content:
            if one.name.partition(";")[0].strip().lower() == wanted:
                return one
    return content[0]


def _writable(parameter: Parameter, value: Any) -> bool:
    """Whether a value can stand where the parameter does: a path takes no empty text, a header no odd characters."""
    if parameter.location == "path":
        text = forms.encode_simple(forms.Field.of(parameter), value, quoted=True)
        return text.strip(".") != ""
    if parameter.location in ("header", "cookie"):
        text = forms.encode_simple(forms.Field.of(parameter), value, quoted=False)
        return text.isascii() and text.isprintable() and text == text.strip()
    return True
