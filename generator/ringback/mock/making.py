"""Values for answers: what is known, set into what the document gives as an example, or into what is drawn from the schema.

Whatever leaves here keeps to its schema, as far as anything could be found that does. The same seed gives the same values.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, Final

from ringback.openapi import MediaType, Schema
from ringback.wire import Contract, Drawer, Undrawable, answer_examples, forms

from .tables import plain

NOTHING: Final = object()
"""No value: nothing could be made, or what was given does not fit."""

_BASES: Final = 8  # so many different things are drawn from one schema; further ones resemble them
_TRIES: Final = 8


class Maker:
    """Makes values for one contract."""

    def __init__(self, contract: Contract, seed: int) -> None:
        self.contract = contract
        self._seed = seed
        self._bases: dict[tuple[int, int], Any] = {}
        self._examples: dict[int, tuple[tuple[str, Any], ...]] = {}
        self._names: dict[int, dict[str, str]] = {}
        self._required: dict[int, frozenset[str]] = {}

    def rng(self, salt: str) -> Random:
        """The source of chance for one purpose."""
        return Random(zlib.crc32(f"{self._seed} {salt}".encode()))

    def valid(self, schema: Schema, value: Any) -> bool:
        """Whether an answer may hold the value."""
        return self.contract.is_valid(schema, value, reply=True)

    # -- what the document gives

    def examples(self, media: MediaType) -> tuple[tuple[str, Any], ...]:
        """The examples of an answer, by name, as far as its own schema allows them."""
        found = self._examples.get(id(media))
        if found is None:
            given = answer_examples(self.contract.document, media)
            schema = media.schema
            fitting = [
                (name, value if schema is None else self.mended(schema, value))
                for name, value in given
            ]
            found = tuple((name, value) for name, value in fitting if value is not NOTHING)
            self._examples[id(media)] = found
        return found

    def mended(self, schema: Schema, value: Any) -> Any:
        """A value without those optional properties that its schema does not allow; NOTHING where that is not enough."""
        if self.valid(schema, value):
            return value
        made: Any = NOTHING
        items = forms.items_of(schema)
        if isinstance(value, list) and items is not None:
            made = [self.mended(items, one) for one in value]
            if any(one is NOTHING for one in made):
                return NOTHING
        elif isinstance(value, dict):
            inner = dict(forms.properties_of(schema))
            told = {
                name: self.mended(inner[name], one) if name in inner else one
                for name, one in value.items()
            }
            made = {name: one for name, one in told.items() if one is not NOTHING}
        return made if made is not NOTHING and self.valid(schema, made) else NOTHING

    # -- what is drawn

    def base(self, schema: Schema, number: int) -> Any:
        """One of some values of a schema, drawn when it is first asked for; NOTHING where none can be."""
        key = (id(schema), number % _BASES)
        if key not in self._bases:
            self._bases[key] = self._drawn(schema, f"base {schema.path} {key[1]}", varied=False)
        return self._bases[key]

    def drawn(self, schema: Schema, salt: str) -> Any:
        """A value drawn by chance, of any of the forms that the schema has."""
        return self._drawn(schema, salt, varied=True)

    def _drawn(self, schema: Schema, salt: str, *, varied: bool) -> Any:
        drawer = Drawer(
            self.rng(salt), self.valid, dict(self.contract.formats), True, varied, reply=True
        )
        try:
            return drawer.value(schema)
        except Undrawable:
            plainest: tuple[Any, ...] = (None, {}, [], "", 0, False)
            return next(
                (one for one in (*schema.examples, *plainest) if self.valid(schema, one)), NOTHING
            )

    # -- what is put together

    def compose(
        self,
        schema: Schema,
        known: Mapping[str, Any],
        number: int,
        *,
        base: Any = NOTHING,
        absent: frozenset[str] = frozenset(),
    ) -> Any:
        """A value of a schema that says what is known, by the names that the schema has for it.

        `base` is what else it says; where it is not given, or does not go together with what is known, that is drawn.
        `absent` are (plain) names that it does not say unless it has to.
        """
        if not forms.properties_of(schema) and not known:
            return base if base is not NOTHING else self.base(schema, number)
        for candidate in self._candidates(schema, number, base):
            if not isinstance(candidate, dict):
                return candidate
            made = self._told(schema, candidate, known, absent)
            if self.valid(schema, made):
                return made
        for candidate in self._candidates(schema, number, base):
            if isinstance(candidate, dict) and self.valid(schema, candidate):
                return self._as_far_as_possible(schema, candidate, known)
        return self._told(schema, {}, known, absent)

    def _candidates(self, schema: Schema, number: int, base: Any) -> Iterator[Any]:
        if base is not NOTHING:
            yield base
        plainly = self.base(schema, number)
        if plainly is not NOTHING:
            yield plainly
        for attempt in range(_TRIES):  # another of its forms may go together with what is known
            key = (id(schema), -1 - attempt)
            if key not in self._bases:
                self._bases[key] = self.drawn(schema, f"form {schema.path} {attempt}")
            if self._bases[key] is not NOTHING:
                yield self._bases[key]

    def _told(
        self,
        schema: Schema,
        base: Mapping[str, Any],
        known: Mapping[str, Any],
        absent: frozenset[str],
    ) -> dict[str, Any]:
        made = dict(base)
        if absent:
            needed = self.required(schema)
            for name in base:
                if name not in needed and plain(name) in absent:
                    del made[name]
        properties = dict(forms.properties_of(schema))
        for name, value in known.items():
            own = self.own_name(schema, name)
            if own is None:
                if not properties and schema.additional_properties is not False:
                    made[name] = value
                elif "." in name:
                    self._tell_inside(schema, made, name, value)
                continue
            fitted = self.fit(properties[own], value)
            if fitted is not NOTHING:
                made[own] = fitted
        return made

    def _tell_inside(self, schema: Schema, made: dict[str, Any], name: str, value: Any) -> None:
        """What forms say with a dot: `Target.Url` is the `url` of `target`."""
        first, _, rest = name.partition(".")
        own = self.own_name(schema, first)
        inner = dict(forms.properties_of(schema)).get(own or "")
        if own is None or inner is None or not forms.properties_of(inner):
            return
        held = made.get(own)
        told = self._told(inner, held if isinstance(held, dict) else {}, {rest: value}, frozenset())
        if not self.valid(inner, told):  # it needs more
            told = self.compose(inner, {rest: value}, 0)
        if self.valid(inner, told):
            made[own] = told

    def _as_far_as_possible(
        self, schema: Schema, base: dict[str, Any], known: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What is known, name by name, as long as the whole stays valid."""
        made = dict(base)
        for name, value in known.items():
            more = self._told(schema, made, {name: value}, frozenset())
            if self.valid(schema, more):
                made = more
        return made

    def fit(self, schema: Schema, value: Any) -> Any:
        """A value as a schema has it: itself, put into what the schema needs besides, as text; or NOTHING."""
        if self.valid(schema, value):
            return value
        types = forms.types_of(schema)
        if isinstance(value, dict) and forms.properties_of(schema):
            made = self.compose(schema, value, 0)
            return made if self.valid(schema, made) else NOTHING
        if isinstance(value, list) and (items := forms.items_of(schema)) is not None:
            fitted = [self.fit(items, one) for one in value]
            fits = NOTHING not in fitted and self.valid(schema, fitted)
            return fitted if fits else NOTHING
        other = value
        if "string" in types and isinstance(value, (int, float)):
            other = forms.text(value)
        elif types & {"integer", "number", "boolean"} and isinstance(value, str):
            other = forms.typed(schema, value)
        return other if other is not value and self.valid(schema, other) else NOTHING

    def own_name(self, schema: Schema, name: str) -> str | None:
        """The property of a schema that a name means: exactly, or in another spelling."""
        names = self._names.get(id(schema))
        if names is None:
            properties = [one for one, _ in forms.properties_of(schema)]
            names = {plain(one): one for one in reversed(properties)}
            names |= {one: one for one in properties}
            self._names[id(schema)] = names
        return names.get(name) or names.get(plain(name))

    def required(self, schema: Schema) -> frozenset[str]:
        """The properties that a value has to have, whatever form it has."""
        found = self._required.get(id(schema))
        if found is None:
            found = self._required[id(schema)] = required_of(schema)
        return found


def required_of(schema: Schema, depth: int = 0) -> frozenset[str]:
    """The properties that a schema and its parts require."""
    found = frozenset(schema.required)
    for part in schema.all_of if depth < 8 else ():
        found |= required_of(part, depth + 1)
    return found


def at(value: Any, keys: tuple[str, ...]) -> Any:
    """What stands under keys, from the outside in; NOTHING where nothing does."""
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return NOTHING
        value = value[key]
    return value


def put(value: Any, keys: tuple[str, ...], inner: Any) -> Any:
    """A copy of a value with something under keys."""
    if not keys:
        return inner
    held = dict(value) if isinstance(value, dict) else {}
    held[keys[0]] = put(held.get(keys[0]), keys[1:], inner)
    return held
