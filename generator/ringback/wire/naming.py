"""Finding the kinds of identifier: place by place, first what its schema alone tells, then paths, then names.

A pattern with a prefix and a generated rest is a kind where such patterns stand under names that identify something. What
a path takes is a kind unless it is a choice from a list; the property of an answer that is the item's own, and properties
that are called like a kind and have its type, are of that kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ringback.openapi import Document, Schema
from ringback.source import Path

from . import forms, words
from .kinds import Consumer, Kind, Kinds, Producer
from .resources import Resource, Shape, container_of, shapes_of
from .sites import Site, label_of, sites_of

_PREFIX: Final = re.compile(r"\^?([A-Za-z]{1,8}[-_]?)(?=\[|\\|\()")
_GENERATED: Final = re.compile(r"(?:\]|\\[dw]|\))(?:\{[0-9,]+\}|\+)\$?\Z")
_NO_IDENTIFIER: Final = frozenset({"date", "date-time", "boolean", "time"})


@dataclass(slots=True)
class _Draft:
    """A kind while its places are gathered."""

    key: tuple[str, str]
    votes: Counter[str] = field(default_factory=Counter)
    sites: list[Site] = field(default_factory=list)
    schema: Schema | None = None


def kinds_of(document: Document) -> Kinds:
    """All kinds of a document, and its resources."""
    return _Finder(document).kinds()


class _Finder:
    def __init__(self, document: Document) -> None:
        self._shapes = shapes_of(document.operations)
        self._sites = tuple(sites_of(document))
        self._drafts: dict[tuple[str, str], _Draft] = {}
        self._of_site: dict[int, _Draft] = {}
        self._own: set[int] = set()

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
        named = _given_name(site)
        pattern = _pattern(site.schema)
        if named:
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
                    base = f"{shape.rows}/*" if role == "list" else shape.wrapper
                    pointers[label_of(operation), base + shape.identifier] = key
        for site in self._sites:
            key = None
            if site.location == "answer":
                key = pointers.get((site.label, site.pointer)) or wanted.get(
                    (site.owner_path, f"/{site.name}")
                )
            if key is None:
                continue
            self._own.add(id(site))
            if id(site) not in self._of_site and _may_identify(site.schema):
                self._put(site, key)

    def _item_key(
        self, shape: Shape, keys: Mapping[tuple[str, str], tuple[str, str]]
    ) -> tuple[str, str] | None:
        for operation in (*shape.operations.values(), *shape.others):
            if operation.template == shape.item:
                return keys.get((label_of(operation), shape.parameter or ""))
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
            name = next(filter(None, map(_given_name, draft.sites)), "")
            if not name and key[0] == "name":
                name = words.pascal(words.words(key[1]))
            name = name or _best(draft) or words.pascal(tuple(key[1].split()))
            base, count = name or "Identifier", 2
            name = base
            while name in taken:
                name, count = f"{base}{count}", count + 1
            taken.add(name)
            found[key] = name
        return found

    def _kind(self, draft: _Draft, name: str) -> Kind:
        schema = draft.schema
        pattern = _pattern(schema) if schema is not None else None
        prefix = _PREFIX.match(pattern) if pattern else None
        types = forms.types_of(schema)
        producers = [
            Producer(site.label, site.status, site.pointer, id(site) in self._own)
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
        roles = {role: label_of(one) for role, one in shape.operations.items()}
        kind = None
        for operation in (*shape.operations.values(), *shape.others):
            if operation.template == shape.item and kind is None:
                kind = parameters.get((label_of(operation), "path", shape.parameter or ""))
        return Resource(
            shape.name,
            shape.collection,
            shape.item,
            shape.parameter,
            kind,
            shape.parent.name if shape.parent is not None else None,
            identifier=shape.identifier,
            rows=shape.rows,
            wrapper=shape.wrapper,
            others=tuple((one.method, label_of(one)) for one in shape.others),
            **roles,
        )


def _given_name(site: Site) -> str:
    """The kind that an extension names; "" where none does."""
    given = (one.extensions.get("x-ringback-identifier") for one in _parts(site.schema))
    return next((name for name in given if isinstance(name, str)), "")


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
