"""Kinds of identifier: which texts and numbers of a document name things, who gives them and who takes them.

A kind is known by a name that an extension gives, by a pattern with a prefix of its own (`^CA[0-9a-f]{32}$`), or by the
name and the path under which it is used: `{petId}` in `/pets/{petId}`, `pet_id` elsewhere, and `id` of what
`/pets/{petId}` answers are one kind. What has the pattern of a kind is of that kind, whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from ringback.openapi import Document
from ringback.source import Path

from . import patterns
from .formats import known
from .resources import Resource

__all__ = ["Consumer", "Kind", "Kinds", "Producer", "Resource"]


@dataclass(frozen=True, slots=True)
class Producer:
    """Where an answer gives an identifier: `pointer` is a JSON pointer in which `*` stands for any item of a list.

    `own`: it names what the answer (or the row) is; otherwise the answer refers to something else by it.
    """

    label: str
    status: str  # as documented: "201"
    pointer: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Consumer:
    """Where a request takes an identifier: `location` is path, query, header, cookie or body."""

    label: str
    location: str
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One kind of identifier. `credential` names the credential that it is filled from, where the document says so."""

    name: str
    pattern: str | None = None
    prefix: str | None = None
    format: str | None = None
    integer: bool = False
    credential: str | None = None
    producers: tuple[Producer, ...] = ()
    consumers: tuple[Consumer, ...] = ()
    places: tuple[Path, ...] = ()

    def __repr__(self) -> str:
        return f"<Kind {self.name}>"

    def fits(self, value: object) -> bool:
        """Whether a value can be of this kind, by its form."""
        if self.integer:
            text = str(value)
            return not isinstance(value, bool) and re.fullmatch(r"-?[0-9]+", text) is not None
        if not isinstance(value, str) or not value:
            return False
        if self.pattern is not None:
            return patterns.fits(self.pattern, value)
        if self.format == "uuid":
            return _UUID.fullmatch(value) is not None
        return True

    @property
    def shaped(self) -> bool:
        """Whether its form tells anything: a text without pattern could be of any kind."""
        return self.integer or self.pattern is not None or self.format == "uuid"


_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Kinds:
    """All kinds of a document, and its resources."""

    def __init__(
        self,
        kinds: tuple[Kind, ...],
        resources: tuple[Resource, ...],
        parameters: Mapping[tuple[str, str, str], Kind],
        properties: Mapping[tuple[str, str], Mapping[str, Kind]],
    ) -> None:
        self.all: Final = kinds
        self.resources: Final = resources
        self._by_name = {kind.name: kind for kind in kinds}
        self._parameters = parameters
        self._properties = properties

    @staticmethod
    def of(document: Document) -> Kinds:
        """Find the kinds of a document."""
        from .naming import kinds_of

        return kinds_of(document)

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.all)

    def named(self, name: str) -> Kind | None:
        """The kind of a name."""
        return self._by_name.get(name)

    def of_parameter(self, label: str, location: str, name: str) -> Kind | None:
        """The kind that a parameter takes, or (location "body") a property of the body."""
        return self._parameters.get((label, location, name))

    def of_property(self, label: str, status: int | str, pointer: str) -> Kind | None:
        """The kind of what stands at a JSON pointer of an answer; positions in lists may be numbers or `*`.

        For a callback the label is "callback Name" and the status empty.
        """
        found = self.properties_of(label, status)
        return found.get(pointer) or found.get(_POSITION.sub("/*", pointer))

    def properties_of(self, label: str, status: int | str) -> Mapping[str, Kind]:
        """Every place of an answer that holds an identifier: pointer (with `*`) and kind."""
        given = str(status)
        for one in (given, f"{given[:1]}XX", "default"):
            if (label, one) in self._properties:
                return self._properties[label, one]
        return {}

    def resource(self, name: str) -> Resource | None:
        """The resource of a name."""
        return next((one for one in self.resources if one.name == name), None)

    def resource_of(self, label: str) -> tuple[Resource, str] | None:
        """The resource that an operation belongs to, and its role there: create, list, fetch, update or delete."""
        for one in self.resources:
            for role in ("create", "list", "fetch", "update", "delete"):
                if getattr(one, role) == label:
                    return one, role
        return None

    def wrong(self, kind: Kind, rng: Random) -> str | None:
        """A value that is not of this kind, though it looks like one; None where any text could be of it."""
        found = [value for value, _ in self.wrongs(kind, rng)]
        return rng.choice(found) if found else None

    def wrongs(self, kind: Kind, rng: Random) -> Iterator[tuple[str, str]]:
        """Values that are not of this kind, each with what it is: of another kind, truncated, …"""
        if not kind.shaped:
            return
        for value, why in _misfits(kind, self.all, rng):
            if value and not kind.fits(value):
                yield value, why

    def draw(self, kind: Kind, rng: Random) -> str:
        """A value of this kind, made up."""
        return _made_up(kind, rng)


_POSITION: Final = re.compile(r"/[0-9]+(?=/|\Z)")


def _made_up(kind: Kind, rng: Random) -> str:
    if kind.pattern is not None and (text := patterns.draw(kind.pattern, rng)):
        return text
    if kind.integer:
        return str(rng.randint(1, 10**6))
    form = known(kind.format)
    if form is not None and form.draw is not None:
        return form.draw(rng)
    return "".join(rng.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=12))


def _misfits(kind: Kind, others: tuple[Kind, ...], rng: Random) -> Iterator[tuple[str, str]]:
    valid = _made_up(kind, rng)
    shaped = [one for one in others if one is not kind and one.pattern is not None and one.prefix]
    if kind.prefix is not None:
        # One that this API gives out itself is what somebody is likely to take for this one.
        mixed = sorted(rng.sample(shaped, len(shaped)), key=lambda one: not _is_given(one))
        for other in mixed:
            swapped = (other.prefix or "") + valid[len(kind.prefix) :]
            like = swapped if other.fits(swapped) else _made_up(other, rng)
            if not kind.fits(like):
                yield like, f"a {other.name} in place of a {kind.name}"
                break
        yield valid[: len(kind.prefix)].swapcase() + valid[
            len(kind.prefix) :
        ], "its prefix in the other case"
    yield valid[:-1], "truncated"
    yield valid + valid[-1], "one character too many"
    yield valid[:-1] + "!", "a character that it cannot have"
    if kind.integer:
        yield "abc", "no number"


def _is_given(kind: Kind) -> bool:
    """Whether answers name their own resource by it."""
    return any(producer.own for producer in kind.producers)
