"""One of the forms that a schema allows, with all that is asked of it in one place.

A schema may be spread over `allOf` parts and offer several forms; to draw a value one form is chosen and everything that
its parts ask is put together. What the parts cannot both have is not noticed here: the value drawn is judged afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from ringback.openapi import ABSENT, Schema

_DEPTH = 12


@dataclass(slots=True)
class Flat:
    """A form of a schema: its parts, and what they say together. A property may have a schema from each of several parts."""

    parts: list[Schema] = field(default_factory=list)
    types: list[str] | None = None
    properties: dict[str, list[Schema]] = field(default_factory=dict)
    required: dict[str, None] = field(default_factory=dict)
    fixed: dict[str, Any] = field(default_factory=dict)  # what a discriminator says the property is

    def first(self, name: str) -> Any:
        """The value of a field in the first part that gives it; None where none does."""
        found = (getattr(part, name) for part in self.parts)
        return next((one for one in found if one is not None and one is not ABSENT), None)

    def most(self, name: str) -> Any:
        """The largest of a lower bound."""
        found = [one for part in self.parts if (one := getattr(part, name)) is not None]
        return max(found) if found else None

    def least(self, name: str) -> Any:
        """The smallest of an upper bound."""
        found = [one for part in self.parts if (one := getattr(part, name)) is not None]
        return min(found) if found else None

    @property
    def choices(self) -> list[Any] | None:
        """The values that all parts list; None where no part lists any."""
        lists = [part.enum for part in self.parts if part.enum is not None]
        if not lists:
            return None
        return [one for one in lists[0] if all(one in other for other in lists[1:])]

    @property
    def nullable(self) -> bool:
        """Whether all parts that say anything of the type allow null."""
        typed = [part for part in self.parts if part.types or part.enum is not None]
        return bool(typed) and all(part.nullable for part in typed)


def flatten(schemas: list[Schema], rng: Random | None) -> Flat:
    """Put schemas together that a value has to fit all of; of several forms one by chance, the first without `rng`."""
    flat = Flat()
    for schema in schemas:
        _add(flat, schema, rng, 0)
    return flat


def _add(flat: Flat, schema: Schema, rng: Random | None, depth: int) -> None:
    if depth > _DEPTH or schema in flat.parts:
        return
    flat.parts.append(schema)
    if schema.types:
        both = list(schema.types)
        if flat.types is not None:
            both = [
                one for one in flat.types if one in both or (one == "integer" and "number" in both)
            ]
        flat.types = both
    for name, inner in schema.properties:
        flat.properties.setdefault(name, []).append(inner)
    flat.required.update(dict.fromkeys(schema.required))
    for part in schema.all_of:
        _add(flat, part, rng, depth + 1)
    for forms in (schema.any_of, schema.one_of):
        if forms:
            index = rng.randrange(len(forms)) if rng is not None else 0
            _name_variant(flat, schema, forms[index])
            _add(flat, forms[index], rng, depth + 1)


def _name_variant(flat: Flat, schema: Schema, form: Schema) -> None:
    """What the discriminator has to say for this form."""
    given = schema.discriminator
    if given is None:
        return
    named = next((value for value, target in given.mapping if target is form), form.name)
    if named is not None:
        flat.fixed[given.property_name] = named
