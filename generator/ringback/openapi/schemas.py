"""Schema Objects to `Schema` values, one per place, linked by identity.

Schemas refer to each other in circles, and frozen values cannot: so every value is made empty at first sight of
its place and filled later, from a queue. No recursion, whatever the depth of the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from ringback.source import Path, home_of

from .generics import Generics, Scope
from .model import ABSENT, Condition, Discriminator, Schema
from .refs import Unresolved, at, mapped
from .survey import Survey

UNCARRIED: Final = (
    "dependencies", "additionalItems", "$recursiveRef",
)  # fmt: skip
"""Keywords that constrain values and that `Schema` has no field for."""

_PLAIN: Final = {
    "format": "format", "pattern": "pattern", "multipleOf": "multiple_of", "minLength": "min_length",
    "maxLength": "max_length", "minItems": "min_items", "maxItems": "max_items", "minProperties": "min_properties",
    "maxProperties": "max_properties", "title": "title", "description": "description",
    "contentMediaType": "content_media_type", "contentEncoding": "content_encoding", "minContains": "min_contains",
    "maxContains": "max_contains",
}  # fmt: skip
_LATER: Final[dict[str, type]] = {
    "contentMediaType": str, "contentEncoding": str, "minContains": int, "maxContains": int,
}  # fmt: skip
"""Keywords that OpenAPI 3.0 does not know: nobody has judged their values there."""
_FLAGS: Final = {
    "uniqueItems": "unique_items", "deprecated": "deprecated", "readOnly": "read_only", "writeOnly": "write_only",
}  # fmt: skip
_BRANCHES: Final = {
    "allOf": "all_of",
    "oneOf": "one_of",
    "anyOf": "any_of",
    "prefixItems": "prefix_items",
}

_ONES: Final = {
    "items": "items", "not": "not_", "contains": "contains", "propertyNames": "property_names",
    "contentSchema": "content_schema",
}  # fmt: skip
_OPEN: Final = {
    "additionalProperties": "additional_properties", "unevaluatedProperties": "unevaluated_properties",
    "unevaluatedItems": "unevaluated_items",
}  # fmt: skip
_NAMED: Final = {
    "properties": "properties", "patternProperties": "pattern_properties", "dependentSchemas": "dependent_schemas",
}  # fmt: skip

# Most schemas are a type and little else: what need not be looked for in them.
_COMPOSING: Final = frozenset((
    *_BRANCHES, *_ONES, *_OPEN, *_NAMED, "if", "$ref", "$dynamicRef", "required", "dependentRequired", "discriminator",
))  # fmt: skip
_BOUNDS: Final = frozenset(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"))


def extensions(node: Mapping[str, Any]) -> dict[str, Any]:
    """The `x-…` members of an object."""
    return {key: value for key, value in node.items() if key.startswith("x-")}


class SchemaReader:
    """Makes the `Schema` for each place of one document; `finish` fills those that are still empty."""

    def __init__(self, survey: Survey, *, old: bool) -> None:
        self._root = survey.root
        self._resolver = survey.resolver
        self._old = old  # OpenAPI 3.0: siblings of $ref count for nothing, `nullable` counts
        used = any("$dynamicRef" in node for _, node in survey.of("schema"))
        self._generics = Generics(survey.root, survey.resolver, used=used)
        self._scope: Scope = ()  # in which the schema that is being filled is read
        self._made: dict[tuple[Path, Scope], Schema] = {}
        self._empty: list[tuple[Schema, Path, Scope]] = []
        self._ends: dict[Path, Path] = {}  # where the references that begin at a path end
        self._names = dict(_names(survey))

    def schema(self, path: Path) -> Schema:
        """The schema at a path, references followed; it may still be empty until `finish`."""
        path = self._through(path)
        if self._generics.used:
            path = self._through_dynamic(path)
        scope = self._generics.narrowed(path, self._scope)
        made = self._made.get((path, scope))
        if made is None:
            made = self._made[path, scope] = Schema.__new__(Schema)
            self._empty.append((made, path, scope))
        return made

    def finish(self) -> None:
        """Fill every schema made so far, and those they bring."""
        while self._empty:
            schema, path, scope = self._empty.pop()
            node = at(self._root, path)
            self._scope = self._generics.inner(path, scope)
            fields = self._fields(path, node)
            if scope:
                fields["name"] = self._specialised(fields.get("name"), scope)
            # The value is frozen for everyone who gets it; here it is made, in two steps.
            vars(schema).update(fields, path=_placed(path, scope), raw=node)
        self._scope = ()

    def _specialised(self, name: str | None, scope: Scope) -> str | None:
        """What a generic type is called with the types that it is used with."""
        given = [self._names.get(path) for _, path in scope]
        return None if name is None else " ".join([name, *(one for one in given if one)])

    def made(self) -> tuple[Schema, ...]:
        """Every schema made and filled so far."""
        return tuple(self._made.values())

    def _through(self, path: Path) -> Path:
        """Follow references that have nothing beside them."""
        seen: dict[Path, None] = {}
        while path not in self._ends:
            if path in seen:
                raise Unresolved("the references lead in a circle")
            seen[path] = None
            node = at(self._root, path)
            reference = node.get("$ref") if isinstance(node, dict) else None
            if not isinstance(reference, str) or (len(node) > 1 and not self._old):
                self._ends[path] = path
                break
            path = self._resolver.target(reference)
        end = self._ends[path]
        for passed in seen:
            self._ends[passed] = end
        return end

    def _through_dynamic(self, path: Path) -> Path:
        """Follow dynamic references that have nothing beside them, and what they lead to."""
        seen: set[Path] = set()
        while True:
            node = at(self._root, path)
            if not isinstance(node, dict) or set(node) != {"$dynamicRef"} or path in seen:
                return path
            seen.add(path)
            try:
                bound = self._generics.bound(node["$dynamicRef"], path, self._scope)
            except Unresolved:
                return path
            path = self._through(bound)

    def _fields(self, path: Path, node: Any) -> dict[str, Any]:
        if node is False:
            return {"extensions": {}, "not_": Schema(path, True)}
        if not isinstance(node, dict):
            return {"extensions": {}}
        fields: dict[str, Any] = {
            _PLAIN[key]: value
            for key, value in node.items()
            if key in _PLAIN and value is not None and isinstance(value, _LATER.get(key, object))
        }
        fields.update((_FLAGS[key], True) for key in node if key in _FLAGS and node[key] is True)
        fields.update(_values(node, self._old))
        if not _BOUNDS.isdisjoint(node):
            fields.update(_bounds(node))
        if not _COMPOSING.isdisjoint(node):
            fields.update(self._inside(path, node))
        if path in self._names:
            fields["name"] = self._names[path]
        fields["extensions"] = extensions(node)
        fields["unknown"] = tuple(key for key in UNCARRIED if key in node)
        if "anyOf" in node or "oneOf" in node:
            self._hoist_null(path, node, fields)
        return fields

    def _inside(self, path: Path, node: Mapping[str, Any]) -> dict[str, Any]:
        """Everything that is a schema itself."""
        fields: dict[str, Any] = {}
        for here, there in _BRANCHES.items():
            if isinstance(branches := node.get(here), list):
                fields[there] = tuple(
                    self.schema((*path, here, index)) for index in range(len(branches))
                )
        if isinstance(reference := node.get("$ref"), str):
            target = self.schema(self._resolver.target(reference))
            fields["all_of"] = (target, *fields.get("all_of", ()))
        if isinstance(dynamic := node.get("$dynamicRef"), str):
            with suppress(Unresolved):  # a rule has warned of it
                target = self.schema(self._generics.bound(dynamic, path, self._scope))
                fields["all_of"] = (target, *fields.get("all_of", ()))
        fields["required"] = tuple(dict.fromkeys(node.get("required") or ()))
        for here, there in _ONES.items():
            if here in node:
                fields[there] = self.schema((*path, here))
        if "if" in node:
            fields["conditions"] = (self._condition(path, node),)
        for here, there in _OPEN.items():
            more = node.get(here)
            if isinstance(more, (dict, bool)):
                fields[there] = self.schema((*path, here)) if isinstance(more, dict) else more
        for here, there in _NAMED.items():
            if isinstance(given := node.get(here), dict):
                fields[there] = tuple((name, self.schema((*path, here, name))) for name in given)
        if isinstance(needed := node.get("dependentRequired"), dict):
            fields["dependent_required"] = tuple(
                (name, tuple(others)) for name, others in needed.items() if isinstance(others, list)
            )
        if isinstance(node.get("discriminator"), dict):
            fields["discriminator"] = self._discriminator(node["discriminator"])
        return fields

    def _condition(self, path: Path, node: Mapping[str, Any]) -> Condition:
        then, otherwise = (
            self.schema((*path, key)) if key in node else None for key in ("then", "else")
        )
        return Condition(self.schema((*path, "if")), then, otherwise)

    def _discriminator(self, node: Mapping[str, Any]) -> Discriminator:
        linked = tuple(
            (value, schema)
            for value, name in (node.get("mapping") or {}).items()
            if (schema := self._variant(name)) is not None
        )
        default = node.get("defaultMapping")
        fallback = self._variant(default) if isinstance(default, str) else None
        return Discriminator(node["propertyName"], linked, fallback)

    def _variant(self, name: str) -> Schema | None:
        """The schema that a discriminator names; a rule has warned where there is none."""
        try:
            return self.schema(mapped(self._root, self._resolver, name))
        except Unresolved:
            return None

    def _hoist_null(self, path: Path, node: Mapping[str, Any], fields: dict[str, Any]) -> None:
        """`anyOf: [X, {type: "null"}]` is `any_of=(X,)` that is nullable."""
        if fields.get("types") or "enum" in fields or "const" in fields:
            return
        for keyword, field in (("anyOf", "any_of"), ("oneOf", "one_of")):
            branches = node.get(keyword) or ()
            kept = tuple(
                self.schema((*path, keyword, index))
                for index, branch in enumerate(branches)
                if not (isinstance(branch, dict) and branch.get("type") in ("null", ["null"]))
            )
            if kept and len(kept) < len(branches):
                fields[field] = kept
                fields["nullable"] = True


def _names(survey: Survey) -> Iterator[tuple[Path, str]]:
    """The schemas that have a name: components, and what references lead to in other files.

    One in another file has the name of the component that refers to it, else the last part of its pointer, or the
    name of its file.
    """
    for reference in survey.references:
        if reference.kind == "schema" and reference.target and home_of(reference.target):
            home, tail = home_of(reference.target), reference.target[2:]
            if not tail:
                yield reference.target, home.rpartition("/")[2].partition(".")[0]
            elif len(tail) == 1 or tail[-2] in ("schemas", "$defs", "definitions"):
                yield reference.target, str(tail[-1])
    schemas = (survey.root.get("components") or {}).get("schemas") or {}
    for reference in survey.references:
        named = len(reference.path) == 3 and reference.path[:2] == ("components", "schemas")
        if named and reference.target and home_of(reference.target):
            yield reference.target, str(reference.path[2])
    yield from ((("components", "schemas", name), name) for name in schemas)


def _placed(path: Path, scope: Scope) -> Path:
    """A path of its own for each scope; nothing stands there, so that the schema itself is located."""
    return path if not scope else (*path, "$dynamicRef", *(f"{name}={at}" for name, at in scope))


def _values(node: Mapping[str, Any], old: bool) -> dict[str, Any]:
    """Types, null, enum, const, default and examples."""
    given = node.get("type")
    named = (given,) if isinstance(given, str) else tuple(given or ())
    named = tuple(
        "null" if name is None else name for name in named
    )  # [string, null] without quotes
    types = tuple(dict.fromkeys(name for name in named if name != "null"))
    enum = node.get("enum")
    fields: dict[str, Any] = {"types": types}
    if old:
        fields["nullable"] = node.get("nullable") is True or "null" in named
    elif named:
        fields["nullable"] = (
            "null" in named and (enum is None or None in enum) and node.get("const") is None
        )
    else:
        fields["nullable"] = (enum is not None and None in enum) or (
            "const" in node and node["const"] is None
        )
    if enum is not None:
        fields["enum"] = tuple(value for value in enum if value is not None)
    elif (named and not types) or node.get("const", ABSENT) is None:
        fields["enum"] = ()  # null and nothing else
    if node.get("const") is not None:
        fields["const"] = node["const"]
    if "default" in node:
        fields["default"] = node["default"]
    examples = node.get("examples")
    listed = tuple(examples) if isinstance(examples, list) else ()
    fields["examples"] = (*listed, node["example"]) if "example" in node else listed
    return fields


def _bounds(node: Mapping[str, Any]) -> dict[str, Any]:
    """Lower and upper bounds; the boolean `exclusiveMinimum` of 3.0 becomes a number."""
    fields: dict[str, Any] = {}
    for limit in ("minimum", "maximum"):
        bound = node.get(limit)
        exclusive = node.get(f"exclusive{limit.capitalize()}")
        if exclusive is True:
            fields[f"exclusive_{limit}"] = bound
            continue
        fields[limit] = bound
        if exclusive is not None and exclusive is not False:
            fields[f"exclusive_{limit}"] = exclusive
    return fields
