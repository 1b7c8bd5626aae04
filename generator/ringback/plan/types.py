"""From schemas to Python types.

A `TypeRef` says one type three ways: as models and server inputs annotate it, as a client's argument takes it (lists as
sequences, enums also as literals), and as the codec that carries it as text. The catalogue holds the named types: kinds
of identifier, enums, structs, and the unions that JSON alone does not tell apart. What cannot be kept exactly is said as
a warning with its place, never in silence.

A schema has two types where texts say less than JSON does: `of` is the one of a path, a query, a header or a form,
`in_json` the one of a body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ringback.openapi import ABSENT, Document, Schema
from ringback.plan import names
from ringback.plan.closing import closed_names, described
from ringback.plan.constraints import (
    annotated,
    bounds,
    extra,
    held,
    names_pattern,
    rules_of,
    unchecked,
)
from ringback.plan.formats import NO_FORMATS, Formats
from ringback.plan.identifiers import component_names, find, is_itself
from ringback.plan.ledger import locked_names
from ringback.plan.literals import py
from ringback.plan.model_types import (
    AliasPlan,
    EnumPlan,
    FieldPlan,
    IdentifierPlan,
    ModelPlan,
    UnionPlan,
)
from ringback.plan.predicates import further
from ringback.plan.scalars import Scalars
from ringback.plan.shapes import (
    Structs,
    gather,
    has_fixed_length,
    implied_kind,
    is_text_enum,
    keeps_others,
    names_in,
    others_of,
    unwritable,
    values_of,
)
from ringback.plan.type_names import attribute_name, members, type_names
from ringback.plan.type_ref import ANY, TypeRef, with_unset
from ringback.plan.unions import needs_name, tags_of, unwrapped, variants
from ringback.plan.walk import Use, uses
from ringback.source import Diagnostic, Severity


class Catalogue:
    """The named types of a document, and the way from any of its schemas to a type."""

    def __init__(
        self, document: Document, reserved: Iterable[str], formats: Formats = NO_FORMATS
    ) -> None:
        self._document = document
        self._limits = document.tree.library.limits
        self._formats = formats
        self.warnings: list[Diagnostic] = []
        self._structs = Structs()
        self._warned: set[tuple[int, str]] = set()
        found = uses(document)
        reserved = set(reserved)
        self._identifiers = find(found, reserved | component_names(found))
        reserved |= {one.name for one in self._identifiers.values()}
        self._scalars = Scalars(formats, self._identifiers, self.warn)
        self._name_enums_and_structs(found, reserved)
        self._memo: dict[tuple[int, bool], TypeRef] = {}
        self._open: set[tuple[int, bool]] = set()
        self._circular: set[int] = set()
        self._unions: dict[str, UnionPlan] = {}
        self._fields: dict[int, list[tuple[str, Schema, bool]]] = {}

    # -- names, for all types at once

    def _name_enums_and_structs(self, found: list[Use], reserved: set[str]) -> None:
        enums: dict[tuple[str, ...], list[Use]] = {}
        structs: dict[int, list[Use]] = {}
        schemas: dict[int, Schema] = {}
        for use in found:
            schemas[id(use.schema)] = use.schema
            if is_text_enum(use.schema):
                enums.setdefault(values_of(use.schema), []).append(use)
            elif (
                use.schema in self._structs
                or (use.schema.name and not is_itself(use.schema, self._identifiers))
                or needs_name(use.schema, self._formats.hooked)
            ):
                structs.setdefault(id(use.schema), []).append(use)
        self._enum_names, self._struct_names = type_names(enums, structs, reserved)
        self._objects = frozenset(self._struct_names.values())
        self._schemas = schemas
        literals = [(name, name + "Value") for name in self._enum_names.values()]
        taken = reserved | {*self._enum_names.values(), *self._struct_names.values()}
        self._literals = names.assign(literals, taken, scope="literals")

    @property
    def names(self) -> frozenset[str]:
        """What enums and objects are called."""
        named = {*self._enum_names.values(), *self._struct_names.values(), *self._literals.values()}
        return frozenset(named)

    def _is_type(self, schema: Schema) -> bool:
        return (
            is_text_enum(schema)
            or schema in self._structs
            or needs_name(schema, self._formats.hooked)
        )

    def is_struct(self, schema: Schema) -> bool:
        """Whether a schema's values are structs."""
        return unwrapped(schema) in self._structs

    def warn(self, schema: Schema, code: str, message: str) -> None:
        """Say once what could not be kept."""
        if (id(schema), code) in self._warned:
            return
        self._warned.add((id(schema), code))
        place = self._document.tree.locate(schema.path)
        self.warnings.append(Diagnostic(place, code, message, Severity.WARNING))

    def named(self) -> Iterator[tuple[str, Schema]]:
        """Every schema that has a name of its own, with its name; an enum's and an identifier's name has several."""
        for ident, schema in self._schemas.items():
            if ident in self._struct_names:
                yield self._struct_names[ident], schema
            elif is_text_enum(schema):
                yield self._enum_names[values_of(schema)], schema
            kind = self._identifiers.get(schema.pattern or "")
            if kind is not None and schema.types == ("string",) and schema.enum is None:
                yield kind.name, schema

    # -- the named types, for printing

    def identifiers(self) -> tuple[IdentifierPlan, ...]:
        return tuple(sorted(self._identifiers.values(), key=lambda one: one.name))

    def enums(self) -> tuple[EnumPlan, ...]:
        docs: dict[tuple[str, ...], set[str]] = {}
        for schema in self._schemas.values():
            if is_text_enum(schema) and schema.description:
                docs.setdefault(values_of(schema), set()).add(schema.description)
        plans = []
        for values, name in self._enum_names.items():
            texts = docs.get(values, set())
            doc = texts.pop() if len(texts) == 1 else ""
            plans.append(EnumPlan(name, self._literals[name], members(values, name), doc))
        return tuple(sorted(plans, key=lambda one: one.name))

    def models(self) -> tuple[ModelPlan, ...]:
        plans = [
            self._model(self._schemas[ident], name)
            for ident, name in self._struct_names.items()
            if self._schemas[ident] in self._structs
        ]
        return tuple(sorted(plans, key=lambda one: one.name))

    def aliases(self) -> tuple[AliasPlan, ...]:
        plans = [
            AliasPlan(name, self.in_json(schema).annotation, schema.description or "")
            for ident, name in self._struct_names.items()
            if (schema := self._schemas[ident]) not in self._structs and schema.name
        ]
        return tuple(
            sorted((one for one in plans if one.name not in self._unions), key=lambda one: one.name)
        )

    def unions(self) -> tuple[UnionPlan, ...]:
        """The unions that were asked for: call it last."""
        return tuple(sorted(self._unions.values(), key=lambda one: one.name))

    def attributes(self, schema: Schema) -> dict[str, str]:
        """What the properties of an object are called as attributes of its struct, by wire name."""
        name = self._struct_names.get(id(schema), "")
        wanted, chosen = [], set()
        for wire, child, _ in self.fields(schema):
            is_type = self._is_type(child)
            wanted.append((wire, attribute_name(child, wire, is_type)))
            if "x-ringback-name" in child.extensions and not is_type:
                chosen.add(wire)
        reserved = {*names.TYPE_NAMES, "self", *locked_names(f"rest {name}")}
        scope = f"attributes {name}" if name else ""
        return names.assign(wanted, reserved, scope=scope, chosen=chosen)

    def _model(self, schema: Schema, name: str) -> ModelPlan:
        fields = self.fields(schema)
        given = self.attributes(schema)
        plans = []
        for wire, child, required in fields:
            kind = self.in_json(child)
            annotation = kind.annotation if required else with_unset(kind.annotation)
            default = "" if required else "UNSET"
            plans.append(FieldPlan(given[wire], wire, annotation, default, child.description or ""))
        holds, unsaid = self._further(schema, fields)
        self._note_unchecked(schema, unsaid)
        doc = schema.description or schema.title or ""
        rest = ""
        if keeps_others(schema):
            taken, wanted = set(given.values()), [("", "additional_properties")]
            rest = names.assign(wanted, taken, scope=f"rest {name}")[""]
            annotation = f"dict[str, {self._others(schema).annotation}]"
            doc_rest = "Properties that the document does not name."
            plans.append(FieldPlan(rest, "*", annotation, "field(default_factory=dict)", doc_rest))
        closed = closed_names(self._document.tree, schema, given)
        more = self._described(schema)() if schema.pattern_properties else ()
        rules = rules_of(schema, holds, {*given, *more})
        return ModelPlan(name, doc, tuple(plans), rest, rules, closed)

    def fields(self, schema: Schema) -> list[tuple[str, Schema, bool]]:
        """The properties of an object with those of its `allOf` parts: wire name, schema, whether required."""
        if id(schema) not in self._fields:
            found: dict[str, Schema] = {}
            required: set[str] = set()
            gather(schema, found, required, set())
            if schema.additional_properties is None and not keeps_others(schema):
                # what must be there and is not described may be anything
                for wire in sorted(required - found.keys()):
                    found[wire] = Schema(schema.path, True)
            self._fields[id(schema)] = [
                (wire, child, wire in required) for wire, child in found.items()
            ]
        return self._fields[id(schema)]

    # -- from a schema to its type

    def of(self, schema: Schema) -> TypeRef:
        """The type of a schema whose values travel as text."""
        return self._remembered(schema, False)

    def in_json(self, schema: Schema) -> TypeRef:
        """The type of a schema whose values travel as JSON."""
        return self._remembered(schema, True)

    def _remembered(self, schema: Schema, json: bool) -> TypeRef:
        key = id(schema), json
        if key not in self._memo:
            kind = self._named(schema, json)
            if self._open and kind is not ANY and id(schema) not in self._struct_names:
                return kind  # a part of what is still open may look different later
            self._memo[key] = kind
        return self._memo[key]

    def _named(self, schema: Schema, json: bool) -> TypeRef:
        name = self._struct_names.get(id(schema))
        if name is None:
            return self._anonymous(schema, json)
        named = TypeRef(name, name, "", frozenset({"object"}))
        if schema in self._structs:
            return named.optional() if schema.nullable else named
        key = id(schema), json
        named = replace(named, json=frozenset({"hooked"}))
        if key in self._open:  # a component that contains itself without a struct between
            self._circular.add(id(schema))
            return named if json else replace(ANY, codec="")
        self._open.add(key)
        kind = self._anonymous(schema, json)
        self._open.discard(key)
        if not json or id(schema) not in self._circular or name in self._unions:
            return kind
        inner = kind.given().annotation
        if inner == name:
            self.warn(schema, "untagged-union", "it is nothing but itself: any value is taken")
            return ANY
        self._unions[name] = UnionPlan(name, (inner,), "", (), "", schema.description or "")
        return named.optional() if kind.nullable else named

    def _anonymous(self, schema: Schema, json: bool) -> TypeRef:
        kind = self._kind(schema, json)
        holds, unsaid = further(schema, self._limits, also=self._described(schema))
        if holds and kind.annotation == "Any":
            holds, unsaid = {}, {**unsaid, **dict.fromkeys(holds, "")}
        self._note_unchecked(schema, unsaid)
        if holds and not json:
            kind = replace(kind, codec=held(kind.codec, holds))
        elif holds:
            kind = replace(kind, annotation=annotated(kind.annotation, extra(holds=holds)))
        return kind.optional() if schema.nullable else kind

    def _further(
        self, schema: Schema, fields: list[tuple[str, Schema, bool]]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        closed = None if keeps_others(schema) else frozenset(wire for wire, _, _ in fields)
        return further(schema, self._limits, closed, self._described(schema))

    def _described(self, schema: Schema) -> Callable[[], set[str]]:
        return lambda: described(self._document.tree, schema.path)

    def _note_unchecked(self, schema: Schema, unsaid: Mapping[str, str]) -> None:
        for keyword in unchecked(schema, unsaid):
            message = f"{keyword} is not checked: values that it forbids are taken"
            message += unsaid.get(keyword, "")
            self.warn(schema, "unchecked-keyword", message)

    def _kind(self, schema: Schema, json: bool) -> TypeRef:
        if schema.enum == ():
            return TypeRef("None", "None", "", frozenset({"null"}), nullable=True)
        if is_text_enum(schema):
            name = self._enum_names[values_of(schema)]
            return TypeRef(
                name,
                f"{name} | {self._literals[name]}",
                f"Enumeration({name})",
                frozenset({"string"}),
            )
        if schema.enum is not None or schema.const is not ABSENT:
            return self._scalars.choice(schema)
        parts = variants(schema)
        if parts:
            return self._union(schema, [self._remembered(part, json) for part in parts], json)
        if len(schema.all_of) == 1 and not schema.properties:
            return self._remembered(schema.all_of[0], json)
        if len(schema.types) > 1:
            return self._union(
                schema, [self._single(schema, kind, json) for kind in schema.types], json
            )
        kind_name = schema.types[0] if schema.types else implied_kind(schema)
        return self._single(schema, kind_name, json)

    def _single(self, schema: Schema, kind: str, json: bool) -> TypeRef:
        own = self._formats.own(schema)
        if own is not None and kind in ("string", "integer", "number"):
            codec = f"Custom({own.annotation}{'' if kind == 'string' else f', {py(kind)}'})"
            return TypeRef(own.annotation, own.annotation, codec, frozenset({kind, "hooked"}))
        makers: dict[str, Callable[[Schema], TypeRef]] = {
            "string": self._scalars.string,
            "integer": self._scalars.integer,
            "number": self._scalars.number,
            "boolean": lambda _: TypeRef("bool", "bool", "Boolean()", frozenset({"boolean"})),
            "array": lambda one: self._array(one, json),
            "object": self._map,
        }
        return makers[kind](schema) if kind in makers else ANY

    def _array(self, schema: Schema, json: bool) -> TypeRef:
        if schema.prefix_items:
            return self._tuple(schema)
        item = self._remembered(schema.items, json) if schema.items is not None else ANY
        least = schema.min_items or None
        told = bounds(("min_length", least), ("max_length", schema.max_items))
        unique = True if schema.unique_items else None
        annotation = annotated(f"list[{item.annotation}]", told, extra(unique=unique))
        limits = bounds(("min_items", least), ("max_items", schema.max_items), ("unique", unique))
        codec = f"Array({item.codec}{', ' + limits if limits else ''})" if item.codec else ""
        argument = f"Sequence[{item.argument}]"
        if codec and schema.extensions.get("x-ringback-words") is True:
            codec = codec.removesuffix(")") + ", words=True)"
        return TypeRef(annotation, argument, codec, frozenset({"array"}))

    def _tuple(self, schema: Schema) -> TypeRef:
        """A list whose places have types of their own. Only one of fixed length is a tuple."""
        parts = [self.in_json(part) for part in schema.prefix_items]
        if has_fixed_length(schema):
            text = f"tuple[{', '.join(part.annotation for part in parts)}]"
            return TypeRef(text, text, "", frozenset({"array"}))
        if schema.items is None:
            parts.append(ANY)
        elif schema.items.raw is not False:
            parts.append(self.in_json(schema.items))
        item = self._one_of(parts)
        if item.annotation == "Any":
            told = "a list of no fixed length: its items have no type, they are checked at their places"
            self.warn(schema, "loose-tuple", told)
        closed = schema.items is not None and schema.items.raw is False
        most = len(schema.prefix_items) if closed else None
        if schema.max_items is not None:
            most = schema.max_items if most is None else min(most, schema.max_items)
        told = bounds(("min_length", schema.min_items or None), ("max_length", most))
        kind = annotated(
            f"list[{item.annotation}]", told, extra(unique=schema.unique_items or None)
        )
        return TypeRef(kind, f"Sequence[{item.argument}]", "", frozenset({"array"}))

    def _one_of(self, parts: list[TypeRef]) -> TypeRef:
        """The type that any of several has, where JSON tells them apart; anything where it does not."""
        distinct = list({one.annotation: one for one in parts}.values())
        if len(distinct) == 1:
            return distinct[0]
        kinds = frozenset[str]().union(*(one.json for one in distinct))
        alike = sum(len(one.json) for one in distinct) != len(kinds)
        if alike or kinds & {"any", "hooked"}:
            return ANY
        annotation = " | ".join(one.annotation for one in distinct)
        argument = " | ".join(dict.fromkeys(one.argument for one in distinct))
        return TypeRef(annotation, argument, "", kinds)

    def _map(self, schema: Schema) -> TypeRef:
        if any(map(unwritable, names_in(schema))):
            self.warn(
                schema,
                "unwritable-name",
                "a property's name cannot be an attribute's: a mapping is made",
            )
            return TypeRef("dict[str, Any]", "Mapping[str, Any]", "", frozenset({"object"}))
        kind = self._others(schema)
        least, most = self._sizes(schema)
        told = bounds(("min_length", least), ("max_length", most))
        annotation = f"dict[str, {kind.annotation}]"
        annotation = annotated(annotation, told, extra(names=names_pattern(schema)))
        return TypeRef(annotation, f"Mapping[str, {kind.argument}]", "", frozenset({"object"}))

    def _sizes(self, schema: Schema) -> tuple[int | None, int | None]:
        """The least and the greatest number of a mapping's members: none where it can have no properties."""
        least = max(schema.min_properties or 0, 0) or None
        closed = others_of(schema) is False and not schema.pattern_properties
        if closed and not described(self._document.tree, schema.path):
            return least, 0
        return least, schema.max_properties

    def _others(self, schema: Schema) -> TypeRef:
        """The type of the properties that an object does not name."""
        kinds = [self.in_json(one) for _, one in schema.pattern_properties]
        rest = others_of(schema)
        if isinstance(rest, Schema):
            kinds.append(self.in_json(rest))
        elif rest is not False or not kinds:
            return ANY
        distinct = {one.annotation: one for one in kinds}
        if len(distinct) == 1:
            return kinds[0]
        self.warn(schema, "unchecked-keyword", "patternProperties of several types: any value is taken")  # fmt: skip
        return ANY

    def _union(self, schema: Schema, parts: list[TypeRef], json: bool) -> TypeRef:
        distinct = list({one.annotation: one for one in (part.given() for part in parts)}.values())
        nullable = any(part.nullable for part in parts)
        distinct = [one for one in distinct if one.annotation != "None"] or distinct
        if len(distinct) == 1:
            return distinct[0].optional() if nullable else distinct[0]
        if any(part.annotation == "Any" for part in distinct):
            return ANY
        argument = " | ".join(dict.fromkeys(part.argument for part in distinct))
        codecs = [part.codec for part in distinct]
        codec = f"AnyOf(({', '.join(codecs)}))" if all(codecs) else ""
        kinds = frozenset[str]().union(*(part.json for part in distinct))
        annotation = " | ".join(part.annotation for part in distinct)
        alike = sum(len(part.json) for part in distinct) != len(kinds) or "hooked" in kinds
        if alike and not json and not codec:
            return self.in_json(schema)
        if alike and json:
            kind = self._named_union(schema, distinct)
        else:
            kind = TypeRef(annotation, argument, codec, kinds)
        return kind.optional() if nullable else kind

    def _named_union(self, schema: Schema, parts: list[TypeRef]) -> TypeRef:
        """A union with a name, whose variants are found by a class of its own."""
        name = self._struct_names.get(id(schema))
        if name is None:
            self.warn(
                schema, "untagged-union", "its members look alike in JSON: any value is taken"
            )
            return ANY
        if name not in self._unions:
            self._unions[name] = UnionPlan(name, (), "", (), "", "")  # its variants may hold it
            members = tuple(part.annotation for part in parts if part.annotation != name)
            tag, mapping, default = self._tags(schema, members)
            doc = schema.description or ""
            self._unions[name] = UnionPlan(name, members, tag, mapping, default, doc)
        return TypeRef(name, name, "", frozenset({"hooked"}))

    def _tags(
        self, schema: Schema, members: tuple[str, ...]
    ) -> tuple[str, tuple[tuple[str, str], ...], str]:
        """The discriminator of a union: the property, the type of each value, that of any other value."""
        given = schema.discriminator
        if given is not None and given.mapping:
            pairs = [(value, self._tagged(target)) for value, target in given.mapping]
            default = self._tagged(given.default) if given.default is not None else ""
            found = tuple((value, kind) for value, kind in pairs if kind)
            if found:
                return given.property_name, found, default
        objects = [one for one in variants(schema) if self.is_struct(one)]
        if len(objects) < len([one for one in members if one in self._objects]):
            return "", (), ""
        if any(self.in_json(one).json == {"hooked"} for one in variants(schema)):
            return "", (), ""
        tag, values = tags_of(objects, self.fields)
        return tag, tuple((value, self._tagged(one)) for value, one in values), ""

    def _tagged(self, target: Schema) -> str:
        """The annotation of a variant that a discriminator names; "" where it is no object."""
        kind = self.in_json(unwrapped(target)).given()
        return kind.annotation if kind.json & {"object", "hooked"} else ""
