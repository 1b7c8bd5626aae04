"""Kinds of identifier: which texts and numbers of a document name things, who gives them and who takes them.

A kind is known by a name that an extension gives, by a pattern with a prefix of its own (`^CA[0-9a-f]{32}$`), or by the
name and the path under which it is used: `{petId}` in `/pets/{petId}`, `pet_id` elsewhere, and `id` of what
`/pets/{petId}` answers are one kind. What has the pattern of a kind is of that kind, whatever it is called.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final

from ringback.openapi import Document, Operation, Schema
from ringback.source import Path

from . import forms, patterns, words
from .formats import known
from .resources import Resource, Shape, container_of, shapes_of
from .sites import Site, sites_of

__all__ = ["Consumer", "Kind", "Kinds", "Producer", "Resource"]

_PREFIX: Final = re.compile(r"\^?([A-Za-z]{1,8}[-_]?)(?=\[|\\|\()")
_GENERATED: Final = re.compile(r"(?:\]|\\[dw]|\))(?:\{[0-9,]+\}|\+)\$?\Z")
_NO_IDENTIFIER: Final = frozenset({"date", "date-time", "boolean", "time"})


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
        return _Finder(document).kinds()

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
        given = str(status)
        found = next(
            (
                self._properties[label, one]
                for one in (given, f"{given[:1]}XX", "default")
                if (label, one) in self._properties
            ),
            None,
        )
        if found is None:
            return None
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


@dataclass(slots=True)
class _Draft:
    """A kind while its places are gathered."""

    key: tuple[str, str]
    votes: Counter[str] = field(default_factory=Counter)
    sites: list[Site] = field(default_factory=list)
    schema: Schema | None = None


class _Finder:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._labels = {id(one): f"{one.method} {one.template}" for one in document.operations}
        self._shapes = shapes_of(document.operations)
        self._sites = tuple(sites_of(document))
        self._drafts: dict[tuple[str, str], _Draft] = {}
        self._of_site: dict[int, _Draft] = {}
        self._own: dict[int, bool] = {}
        self._roles = {
            id(one): shape for shape in self._shapes for one in shape.operations.values()
        }

    def kinds(self) -> Kinds:
        tails = self._tails()
        for site in self._sites:
            key = self._strong(site, tails)
            if key is not None:
                self._put(site, key)
        by_words = self._words_of_strong()
        for site in self._sites:
            if site.location == "path" and id(site) not in self._of_site:
                key = self._path_key(site, by_words)
                if key is not None:
                    self._put(site, key)
        self._own_identifiers()
        weak = {key[1]: key for key in self._drafts if key[0] == "name"} | by_words
        for site in self._sites:
            if id(site) not in self._of_site:
                self._by_name(site, weak)
        return self._finished()

    # -- which kind a place is of

    def _put(self, site: Site, key: tuple[str, str]) -> None:
        draft = self._drafts.setdefault(key, _Draft(key))
        draft.sites.append(site)
        if draft.schema is None or (draft.schema.pattern is None and _pattern(site.schema)):
            draft.schema = _formed(site.schema)
        self._of_site[id(site)] = draft
        spoken = self._spoken(site)
        if spoken:
            weight = 4 if site.location == "path" else 1
            draft.votes[words.pascal(spoken)] += weight

    def _spoken(self, site: Site) -> tuple[str, ...]:
        """The words of a place, with its owner's before them where its own say nothing."""
        own = words.words(site.name)
        if len(own) == 1 and own[0] in words.BARE:
            before = (
                container_of(site.template, site.name)
                if site.location == "path"
                else words.words(site.owner)
            )
            return (*before, *own) if before else ()
        return own

    def _tails(self) -> frozenset[str]:
        """What follows the prefix in the patterns of places whose names say that they identify something."""
        found = set()
        for site in self._sites:
            pattern = _pattern(site.schema)
            named = words.words(site.name)[-1:]
            if pattern and named and (named[0] in words.BARE or site.location == "path"):
                prefix = _PREFIX.match(pattern)
                if prefix:
                    found.add(pattern[prefix.end() :])
        return frozenset(found)

    def _strong(self, site: Site, tails: frozenset[str]) -> tuple[str, str] | None:
        """The key of a kind that the schema alone tells."""
        named = next(
            (
                str(one.extensions["x-ringback-identifier"])
                for one in _parts(site.schema)
                if "x-ringback-identifier" in one.extensions
            ),
            None,
        )
        pattern = _pattern(site.schema)
        if named is not None:
            return ("pattern", pattern) if pattern else ("name", named)
        prefix = _PREFIX.match(pattern) if pattern else None
        if pattern is None or prefix is None or _GENERATED.search(pattern) is None:
            return None
        return ("pattern", pattern) if pattern[prefix.end() :] in tails else None

    def _words_of_strong(self) -> dict[str, tuple[str, str]]:
        """The names of the kinds found so far, as words, each with its key."""
        return {
            " ".join(words.words(_best(draft))): key
            for key, draft in self._drafts.items()
            if draft.votes
        }

    def _path_key(
        self, site: Site, by_words: Mapping[str, tuple[str, str]]
    ) -> tuple[str, str] | None:
        if not _may_identify(site.schema):
            return None
        spoken = " ".join(self._spoken(site) or words.words(site.name))
        if spoken in by_words and "string" in forms.types_of(site.schema):
            return by_words[spoken]
        container = container_of(site.template, site.name)
        own = words.words(site.name)
        if own == container and own:
            spoken = " ".join((*own, "id"))  # /pets/{pet}
        return ("name", spoken)

    def _own_identifiers(self) -> None:
        """The property of an answer that names what the answer is."""
        keys = {
            (site.label, site.name): self._of_site[id(site)].key
            for site in self._sites
            if site.location == "path" and id(site) in self._of_site
        }
        wanted: dict[tuple[Path, str], tuple[str, str]] = {}
        pointers: dict[tuple[str, str], tuple[str, str]] = {}
        for shape in self._shapes:
            key = self._item_key(shape, keys)
            if key is None or shape.identifier is None:
                continue
            for schema in shape.item_schemas:
                wanted.setdefault((schema.path, shape.identifier), key)
            for role, operation in shape.operations.items():
                if role in ("list", "create", "fetch", "update"):
                    base = f"{shape.rows}/*" if role == "list" else ""
                    pointers[self._label(operation), base + shape.identifier] = key
        for site in self._sites:
            key = None
            if site.location == "answer":
                key = pointers.get((site.label, site.pointer)) or wanted.get(
                    (site.owner_path, f"/{site.name}")
                )
            if key is None:
                continue
            self._own[id(site)] = True
            if id(site) not in self._of_site and _may_identify(site.schema):
                self._put(site, key)

    def _item_key(
        self, shape: Shape, keys: Mapping[tuple[str, str], tuple[str, str]]
    ) -> tuple[str, str] | None:
        for operation in (*shape.operations.values(), *shape.others):
            if operation.template == shape.item:
                return keys.get((self._label(operation), shape.parameter or ""))
        return None

    def _by_name(self, site: Site, weak: Mapping[str, tuple[str, str]]) -> None:
        """Places that are called like a kind, and have its type."""
        own = words.words(site.name)
        if len(own) < 2 or not _may_identify(site.schema) or _pattern(site.schema):
            return
        key = weak.get(" ".join(own))
        if key is None:
            return
        kind = self._drafts[key].schema
        if kind is not None and forms.types_of(kind) & forms.types_of(site.schema):
            self._put(site, key)

    # -- what comes out

    def _label(self, operation: Operation) -> str:
        return self._labels[id(operation)]

    def _finished(self) -> Kinds:
        names = self._names()
        made = {key: self._kind(draft, names[key]) for key, draft in self._drafts.items()}
        parameters: dict[tuple[str, str, str], Kind] = {}
        properties: dict[tuple[str, str], dict[str, Kind]] = {}
        for site in self._sites:
            draft = self._of_site.get(id(site))
            if draft is None:
                continue
            kind = made[draft.key]
            if site.location in ("answer", "callback"):
                properties.setdefault((site.label, site.status), {})[site.pointer] = kind
            else:
                parameters[site.label, site.location, site.name] = kind
        resources = tuple(self._resource(shape, parameters) for shape in self._shapes)
        ordered = tuple(sorted(made.values(), key=lambda kind: kind.name))
        return Kinds(ordered, resources, parameters, properties)

    def _names(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        taken: set[str] = set()
        for key, draft in self._drafts.items():
            name = self._explicit(draft) or _best(draft) or words.pascal(tuple(key[1].split()))
            if key[0] == "name" and not self._explicit(draft):
                name = words.pascal(words.words(key[1]))
            base, count = name or "Identifier", 2
            name = base
            while name in taken:
                name, count = f"{base}{count}", count + 1
            taken.add(name)
            found[key] = name
        return found

    def _explicit(self, draft: _Draft) -> str:
        for site in draft.sites:
            for one in _parts(site.schema):
                if isinstance(name := one.extensions.get("x-ringback-identifier"), str):
                    return name
        return ""

    def _kind(self, draft: _Draft, name: str) -> Kind:
        schema = draft.schema
        pattern = _pattern(schema) if schema is not None else None
        prefix = _PREFIX.match(pattern) if pattern else None
        types = forms.types_of(schema)
        producers = [
            Producer(site.label, site.status, site.pointer, self._own.get(id(site), False))
            for site in draft.sites
            if site.location == "answer"
        ]
        consumers = [
            Consumer(site.label, site.location, site.name)
            for site in draft.sites
            if site.location not in ("answer", "callback")
        ]
        credential = next((site.credential for site in draft.sites if site.credential), None)
        return Kind(
            name,
            pattern,
            prefix.group(1) if prefix else None,
            schema.format if schema is not None else None,
            bool(types) and types <= {"integer", "null"},
            credential,
            tuple(dict.fromkeys(producers)),
            tuple(dict.fromkeys(consumers)),
            tuple(dict.fromkeys(site.schema.path for site in draft.sites)),
        )

    def _resource(self, shape: Shape, parameters: Mapping[tuple[str, str, str], Kind]) -> Resource:
        roles = {role: self._label(one) for role, one in shape.operations.items()}
        kind = None
        for operation in (*shape.operations.values(), *shape.others):
            if operation.template == shape.item and kind is None:
                kind = parameters.get((self._label(operation), "path", shape.parameter or ""))
        return Resource(
            shape.name,
            shape.collection,
            shape.item,
            shape.parameter,
            kind,
            shape.parent.name if shape.parent is not None else None,
            identifier=shape.identifier,
            rows=shape.rows,
            others=tuple((one.method, self._label(one)) for one in shape.others),
            **roles,
        )


def _best(draft: _Draft) -> str:
    votes = draft.votes
    return min(votes, key=lambda name: (-votes[name], len(name), name)) if votes else ""


def _parts(schema: Schema, depth: int = 0) -> Iterator[Schema]:
    yield schema
    if depth < 4:
        for part in (*schema.all_of, *schema.any_of, *schema.one_of):
            yield from _parts(part, depth + 1)


def _pattern(schema: Schema | None) -> str | None:
    if schema is None:
        return None
    return next((one.pattern for one in _parts(schema) if one.pattern), None)


def _formed(schema: Schema) -> Schema:
    """The part of a schema that gives it its form."""
    return next((one for one in _parts(schema) if one.pattern or one.types), schema)


def _may_identify(schema: Schema) -> bool:
    """Whether a value could name something: a text or a whole number, no list of choices, no date."""
    types = forms.types_of(schema)
    if any(one.enum for one in _parts(schema)) or schema.format in _NO_IDENTIFIER:
        return False
    return not types or (bool(types & {"string", "integer"}) and not types & {"array", "object"})
