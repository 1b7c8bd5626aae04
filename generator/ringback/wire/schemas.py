"""Schemas of a document as JSON Schema that jsonschema-rs compiles, and its errors as violations with their place.

What OpenAPI means is translated into what JSON Schema 2020-12 says: `nullable` and boolean bounds of 3.0, a `$ref` whose
siblings count for nothing there, properties that only one direction carries, discriminators, formats of numbers. Every
schema that is referred to becomes one definition; the engine reports the definition in which a keyword stands, and so a
violation finds its way back to the line of the document.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

import jsonschema_rs

from ringback.openapi import Document, Schema, Unresolved, pointed
from ringback.source import Path

from . import patterns
from .formats import INTEGERS, Format, known
from .violations import Violation, violations_of

_ONE: Final = (
    "items", "not", "additionalProperties", "if", "then", "else", "contains", "propertyNames",
    "unevaluatedItems", "unevaluatedProperties",
)  # fmt: skip
_LIST: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAP: Final = ("properties", "dependentSchemas")
_PLAIN: Final = (
    "multipleOf", "maxLength", "minLength", "maxItems", "minItems", "uniqueItems", "maxContains",
    "minContains", "maxProperties", "minProperties", "dependentRequired",
)  # fmt: skip
_ROOT: Final = "root"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A validator, and for each of its definitions where it stands in the document."""

    validator: Any
    # Whether the definition stands for one keyword, whatever is in it.
    bases: Mapping[str, tuple[Path, bool]]


class Schemas:
    """Validators for the schemas of one document; made when they are first needed, and kept."""

    def __init__(self, document: Document, own: Mapping[str, Format]) -> None:
        self._root = document.tree.root
        self._old = document.version.startswith("3.0")
        self._own = own
        self._translators: dict[bool, _Translator] = {}
        self._compiled: dict[tuple[Path, bool], Compiled] = {}

    def violations(self, schema: Schema, value: Any, *, reply: bool) -> tuple[Violation, ...]:
        """What of a value the schema does not allow; empty where it is allowed."""
        held = self._compiled.get((schema.path, reply)) or self._compile(schema.path, reply)
        try:
            marshal.dumps(value)  # refuses what is so deep that the engine would overflow the stack
            if held.validator.is_valid(value):
                return ()
            return violations_of(held, value, self.format)
        except ValueError as error:  # what JSON cannot say (NaN), or a schema that leads in circles
            return (Violation("", "type", f"the value cannot be judged: {error}", schema.path),)

    def is_valid(self, schema: Schema, value: Any, *, reply: bool) -> bool:
        """Whether the schema allows a value."""
        held = self._compiled.get((schema.path, reply)) or self._compile(schema.path, reply)
        try:
            marshal.dumps(value)
            return bool(held.validator.is_valid(value))
        except ValueError:
            return False

    def format(self, name: str) -> Format | None:
        """The format of a name, if it is held."""
        return known(name, self._own)

    def _compile(self, path: Path, reply: bool) -> Compiled:
        if reply not in self._translators:
            self._translators[reply] = _Translator(self._root, self._old, reply)
        schema, bases = self._translators[reply].bundle(path)
        names = {one for one in _formats_in(schema) if (form := self.format(one)) and form.holds}
        holds = {name: _holder(self.format(name)) for name in names}
        validator = jsonschema_rs.Draft202012Validator(
            schema, validate_formats=True, formats=holds, offline=True
        )
        made = self._compiled[path, reply] = Compiled(validator, bases)
        return made


class _Translator:
    """Translates for one direction; definitions are kept, so that each schema is translated once."""

    def __init__(self, root: Any, old: bool, reply: bool) -> None:
        self._root = root
        self._old = old
        self._reply = reply
        self._names: dict[Path, str] = {}
        self._definitions: dict[str, Any] = {}
        self._uses: dict[str, list[str]] = {}
        self._bases: dict[str, tuple[Path, bool]] = {}
        self._todo: list[str] = []
        self._using: list[str] = []

    def bundle(self, path: Path) -> tuple[dict[str, Any], dict[str, tuple[Path, bool]]]:
        """A self-contained schema for the one at `path`, and where its definitions stand."""
        first = self._name(path)
        self._translate_all()
        needed: dict[str, None] = {}
        todo = [first]
        while todo:
            name = todo.pop()
            if name not in needed:
                needed[name] = None
                todo.extend(self._uses[name])
        definitions = {name: self._definitions[name] for name in needed}
        bases = {name: self._bases[name] for name in needed}
        return {"$ref": f"#/$defs/{first}", "$defs": definitions}, bases

    def _name(self, path: Path) -> str:
        name = self._names.get(path)
        if name is None:
            name = self._names[path] = f"d{len(self._bases)}"
            self._bases[name] = (path, False)
            self._todo.append(name)
        return name

    def _translate_all(self) -> None:
        while self._todo:
            name = self._todo.pop()
            path = self._bases[name][0]
            self._using = []
            try:
                node = _at(self._root, path)
            except (KeyError, IndexError, TypeError):
                node = True  # what a `$dynamicRef` means in one place stands nowhere by itself: nothing is held to it
            self._definitions[name] = self._schema(node, path)
            self._uses[name] = self._using

    def _link(self, name: str) -> dict[str, Any]:
        self._using.append(name)
        return {"$ref": f"#/$defs/{name}"}

    def _own(
        self, definition: dict[str, Any], path: Path, uses: list[str], *, whole: bool = False
    ) -> dict[str, Any]:
        """A link to a definition of ours, for what stands at `path`; `uses` are those that it may link to."""
        name = f"h{len(self._bases)}"
        self._bases[name] = (path, whole)
        self._definitions[name] = definition
        self._uses[name] = list(uses)
        return self._link(name)

    def _schema(self, node: Any, path: Path) -> Any:
        if not isinstance(node, dict):
            return node if isinstance(node, bool) else True
        if isinstance(reference := node.get("$ref"), str) and (self._old or len(node) == 1):
            return self._reference(reference)
        made: dict[str, Any] = {key: node[key] for key in _PLAIN if node.get(key) is not None}
        if "const" in node:
            made["const"] = node["const"]
        self._values(node, made)
        self._bounds(node, made)
        self._nested(node, path, made)
        self._required(node, made)
        self._discriminated(node, path, made)
        self._format(node, path, made)
        if isinstance(reference, str):
            made.update(self._reference(reference))
        if self._old and node.get("nullable") is True and "type" not in node and made:
            return self._or_null(made, path)
        return made

    def _reference(self, reference: str) -> dict[str, Any]:
        target = self._target(reference)
        return {} if target is None else self._link(self._name(target))

    def _or_null(self, made: dict[str, Any], path: Path) -> dict[str, Any]:
        """3.0 says `nullable` beside `allOf` and means that null is allowed as well."""
        return {"if": {"not": {"type": "null"}}, "then": self._own(made, path, self._using)}

    def _values(self, node: Mapping[str, Any], made: dict[str, Any]) -> None:
        null = self._old and node.get("nullable") is True
        given = node.get("type")
        if given is not None:
            named = [given] if isinstance(given, str) else list(given)
            named = ["null" if one is None else one for one in named]
            made["type"] = [*named, "null"] if null and "null" not in named else named
        if isinstance(enum := node.get("enum"), list):
            made["enum"] = [*enum, None] if null and None not in enum else enum
        pattern = node.get("pattern")
        if isinstance(pattern, str) and patterns.is_known(pattern):
            made["pattern"] = pattern

    def _bounds(self, node: Mapping[str, Any], made: dict[str, Any]) -> None:
        for limit in ("minimum", "maximum"):
            exclusive = f"exclusive{limit.capitalize()}"
            if node.get(exclusive) is True and limit in node:
                made[exclusive] = node[limit]
                continue
            if limit in node:
                made[limit] = node[limit]
            if not isinstance(node.get(exclusive, True), bool):
                made[exclusive] = node[exclusive]

    def _nested(self, node: Mapping[str, Any], path: Path, made: dict[str, Any]) -> None:
        for key in _ONE:
            if isinstance(node.get(key), (dict, bool)):
                made[key] = self._schema(node[key], (*path, key))
        for key in _LIST:
            if branches := node.get(key):
                made[key] = [
                    self._schema(one, (*path, key, index)) for index, one in enumerate(branches)
                ]
        for key in _MAP:
            if isinstance(inner := node.get(key), dict):
                made[key] = {
                    name: self._schema(one, (*path, key, name)) for name, one in inner.items()
                }
        if isinstance(inner := node.get("patternProperties"), dict):
            made["patternProperties"] = {
                name: self._schema(one, (*path, "patternProperties", name))
                for name, one in inner.items()
                if patterns.is_known(name)
            }

    def _required(self, node: Mapping[str, Any], made: dict[str, Any]) -> None:
        """What only the other direction carries is not required in this one."""
        if not isinstance(required := node.get("required"), list):
            return
        marker = "writeOnly" if self._reply else "readOnly"
        one_way = set(self._marked(node, marker, 0)) if required else set()
        kept = [name for name in dict.fromkeys(required) if name not in one_way]
        if kept:
            made["required"] = kept

    def _marked(self, node: Any, marker: str, depth: int) -> Iterator[str]:
        if depth > 16 or not isinstance(node, dict):
            return
        if isinstance(reference := node.get("$ref"), str):
            target = self._target(reference)
            if target is not None:
                yield from self._marked(_at(self._root, target), marker, depth + 1)
        for branch in node.get("allOf") or ():
            yield from self._marked(branch, marker, depth + 1)
        for name, inner in (node.get("properties") or {}).items():
            final = self._followed(inner)
            if any(isinstance(one, dict) and one.get(marker) is True for one in (inner, final)):
                yield name

    def _followed(self, node: Any) -> Any:
        for _ in range(16):
            reference = node.get("$ref") if isinstance(node, dict) else None
            target = self._target(reference) if isinstance(reference, str) else None
            if target is None:
                return node
            node = _at(self._root, target)
        return node

    def _discriminated(self, node: Mapping[str, Any], path: Path, made: dict[str, Any]) -> None:
        """Where a discriminator names one of the forms, that form alone counts, and its faults are said."""
        keyword = "oneOf" if "oneOf" in node else "anyOf"
        given = node.get("discriminator")
        branches = node.get(keyword)
        if not isinstance(given, dict) or not branches or keyword not in made:
            return
        names = self._variants(given.get("mapping") or {}, branches, path, keyword)
        if len(names) != len(branches):
            return
        prop = given["propertyName"]

        def says(values: list[str]) -> dict[str, Any]:
            said = {prop: {"enum": values}}
            return {"type": "object", "required": [prop], "properties": said}

        parts = made.setdefault("allOf", [])
        for index, values in enumerate(names):
            parts.append({"if": says(values), "then": made[keyword][index]})
        named = says([one for values in names for one in values])
        rest = self._own({keyword: made.pop(keyword)}, path, self._using)
        default = given.get("defaultMapping")
        target = self._variant(default) if isinstance(default, str) else None
        if target is not None:
            unnamed = {"type": "object", "not": named}
            parts.append({"if": unnamed, "then": self._link(self._name(target))})
            named = {"type": "object"}
        parts.append({"if": {"not": named}, "then": rest})

    def _variants(
        self, mapping: Mapping[str, str], branches: list[Any], path: Path, keyword: str
    ) -> list[list[str]]:
        """For each form the values that name it; a shorter list where a form has no name."""
        found: list[list[str]] = []
        mapped: dict[Path, list[str]] = {}
        for value, name in mapping.items():
            target = self._variant(str(name))
            if target is not None:
                mapped.setdefault(target, []).append(value)
        for branch in branches:
            reference = branch.get("$ref") if isinstance(branch, dict) else None
            target = self._target(reference) if isinstance(reference, str) else None
            if target is None:
                return []
            found.append(mapped.get(target) or [str(target[-1])])
        return found

    def _variant(self, name: str) -> Path | None:
        """The schema that a discriminator names: by its name, or by a reference."""
        components = ((self._root.get("components") or {}).get("schemas")) or {}
        return ("components", "schemas", name) if name in components else self._target(name)

    def _target(self, reference: str) -> Path | None:
        """The path that a `$ref` names: all that lead anywhere have been written anew, as pointers from the root."""
        if reference != "#" and not reference.startswith("#/"):
            return None
        try:
            return pointed(self._root, unquote(reference.removeprefix("#")))
        except Unresolved:
            return None

    def _format(self, node: Mapping[str, Any], path: Path, made: dict[str, Any]) -> None:
        name = node.get("format")
        if not isinstance(name, str):
            return
        made["format"] = name
        if name in INTEGERS:
            low, high = INTEGERS[name]
            limits = {"minimum": low, "maximum": high}
            bounds = self._own(limits, (*path, "format"), [], whole=True)
            made.setdefault("allOf", []).append(bounds)


def _holder(form: Format | None) -> Callable[[Any], bool]:
    assert form is not None and form.holds is not None
    holds = form.holds
    return lambda text: holds(text) if isinstance(text, str) else True


def _formats_in(schema: Any) -> Iterator[str]:
    todo: list[Any] = [schema]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            if isinstance(name := node.get("format"), str):
                yield name
            todo.extend(node.values())
        elif isinstance(node, list):
            todo.extend(node)


def _at(root: Any, path: Iterable[str | int]) -> Any:
    for part in path:
        root = root[part]
    return root
