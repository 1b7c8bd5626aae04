"""From schemas to Python types.

A `TypeRef` says one type three ways: as models and server inputs annotate it, as a client's argument takes it (lists as
sequences, enums also as literals), and as the codec that carries it as text. The catalogue holds the named types: kinds
of identifier, enums, structs. What cannot be kept exactly is said as a warning with its place, never in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from ringback.openapi import ABSENT, Document, Schema
from ringback.plan import names
from ringback.plan.identifiers import find
from ringback.plan.literals import py
from ringback.plan.model import (
    AliasPlan,
    EnumPlan,
    FieldPlan,
    IdentifierPlan,
    ModelPlan,
)
from ringback.plan.patterns import to_python
from ringback.plan.shapes import (
    Structs,
    gather,
    implied_kind,
    is_null,
    is_text_enum,
    unwritable,
    values_of,
)
from ringback.plan.type_names import attribute_name, enum_name, members, struct_name
from ringback.plan.walk import Use, uses
from ringback.source import Diagnostic, Severity

_TEXT_FORMATS = {
    "date": ("_dt.date", "Date()"),
    "date-time": ("_dt.datetime", "DateTime()"),
    "date-time-rfc-2822": ("Rfc2822", "Rfc2822DateTime()"),
    "decimal": ("DecimalString", "DecimalText()"),
    "uuid": ("UUID", "Uuid()"),
    "int32": ("IntText", "WholeNumberText()"),
    "int64": ("IntText", "WholeNumberText()"),
}
_ALONE = frozenset({"DecimalString", "IntText", "Rfc2822"})
"""Types that msgspec hands to a hook: it takes no union of them with anything but null."""


@dataclass(frozen=True, slots=True)
class TypeRef:
    """A type: as models annotate it, as a client's argument takes it, the codec for text ("" if there is none).

    `json` says which JSON kinds its values are: msgspec tells the members of a union apart by these alone.
    """

    annotation: str
    argument: str
    codec: str
    json: frozenset[str]
    nullable: bool = False
    lookalikes: bool = False  # a union whose members only text codecs can tell apart

    def optional(self) -> TypeRef:
        """The same, or null."""
        if self.nullable or self.annotation == "Any":
            return replace(self, nullable=True)
        return replace(
            self,
            annotation=self.annotation + " | None",
            argument=self.argument + " | None",
            nullable=True,
        )


ANY = TypeRef("Any", "Any", "Text()", frozenset({"any"}))


def with_unset(annotation: str) -> str:
    """The annotation of what may be missing; null is named last."""
    if annotation.endswith(" | None"):
        return annotation.removesuffix(" | None") + " | Unset | None"
    return annotation + " | Unset"


class Catalogue:
    """The named types of a document, and the way from any of its schemas to a type."""

    def __init__(self, document: Document, reserved: Iterable[str]) -> None:
        self._document = document
        self.warnings: list[Diagnostic] = []
        self._structs = Structs()
        self._warned: set[tuple[int, str]] = set()
        found = uses(document)
        reserved = set(reserved)
        self._identifiers = find(found, reserved)
        reserved |= {one.name for one in self._identifiers.values()}
        self._name_enums_and_structs(found, reserved)
        self._memo: dict[int, TypeRef] = {}
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
            elif use.schema in self._structs or use.schema.name:
                structs.setdefault(id(use.schema), []).append(use)
        wanted = [(f"enum {values!r}", enum_name(places)) for values, places in enums.items()]
        keys = {ident: f"struct {schemas[ident].path!r}" for ident in structs}
        wanted += [(keys[ident], struct_name(places)) for ident, places in structs.items()]
        given = names.assign(wanted, reserved)
        self._enum_names = {values: given[f"enum {values!r}"] for values in enums}
        self._struct_names = {ident: given[key] for ident, key in keys.items()}
        self._schemas = schemas
        literals = [(name, name + "Value") for name in self._enum_names.values()]
        self._literals = names.assign(literals, reserved | set(given.values()))

    def _is_type(self, schema: Schema) -> bool:
        return is_text_enum(schema) or schema in self._structs

    def is_struct(self, schema: Schema) -> bool:
        """Whether a schema's values are structs."""
        if len(schema.all_of) == 1 and not schema.properties:
            return self.is_struct(schema.all_of[0])
        return schema in self._structs

    def warn(self, schema: Schema, code: str, message: str) -> None:
        """Say once what could not be kept."""
        if (id(schema), code) in self._warned:
            return
        self._warned.add((id(schema), code))
        place = self._document.tree.locate(schema.path)
        self.warnings.append(Diagnostic(place, code, message, Severity.WARNING))

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
            plans.append(EnumPlan(name, self._literals[name], members(values), doc))
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
            AliasPlan(name, self._anonymous(schema).annotation, schema.description or "")
            for ident, name in self._struct_names.items()
            if (schema := self._schemas[ident]) not in self._structs
        ]
        return tuple(sorted(plans, key=lambda one: one.name))

    def _model(self, schema: Schema, name: str) -> ModelPlan:
        fields = self.fields(schema)
        reserved = names.TYPE_NAMES | {"self"}
        given = names.assign(
            [
                (wire, attribute_name(child, wire, self._is_type(child)))
                for wire, child, _ in fields
            ],
            reserved,
        )
        plans = []
        for wire, child, required in fields:
            kind = self.in_json(child)
            annotation = kind.annotation if required else with_unset(kind.annotation)
            default = "" if required else "UNSET"
            plans.append(FieldPlan(given[wire], wire, annotation, default, child.description or ""))
        return ModelPlan(name, schema.description or schema.title or "", tuple(plans))

    def fields(self, schema: Schema) -> list[tuple[str, Schema, bool]]:
        """The properties of an object with those of its `allOf` parts: wire name, schema, whether required."""
        if id(schema) not in self._fields:
            found: dict[str, Schema] = {}
            required: set[str] = set()
            gather(schema, found, required, set())
            self._fields[id(schema)] = [
                (wire, child, wire in required) for wire, child in found.items()
            ]
        return self._fields[id(schema)]

    # -- from a schema to its type

    def of(self, schema: Schema) -> TypeRef:
        """The type of a schema."""
        if id(schema) not in self._memo:
            self._memo[id(schema)] = self._named(schema)
        return self._memo[id(schema)]

    def _named(self, schema: Schema) -> TypeRef:
        name = self._struct_names.get(id(schema))
        if name is None:
            return self._anonymous(schema)
        if schema in self._structs:
            kind = TypeRef(name, name, "", frozenset({"object"}))
            return kind.optional() if schema.nullable else kind
        self._memo[id(schema)] = ANY  # a component that contains itself without a struct between
        return self._anonymous(schema)

    def _anonymous(self, schema: Schema) -> TypeRef:
        kind = self._kind(schema)
        return kind.optional() if schema.nullable else kind

    def _kind(self, schema: Schema) -> TypeRef:
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
            return self._choice(schema)
        parts = [part for part in (*schema.one_of, *schema.any_of) if not is_null(part)]
        if parts:
            return self._union(schema, [self.of(part) for part in parts])
        if len(schema.all_of) == 1 and not schema.types and not schema.properties:
            return self.of(schema.all_of[0])
        if len(schema.types) > 1:
            return self._union(schema, [self._single(schema, kind) for kind in schema.types])
        kind_name = schema.types[0] if schema.types else implied_kind(schema)
        return self._single(schema, kind_name)

    def _single(self, schema: Schema, kind: str) -> TypeRef:
        makers: dict[str, Callable[[Schema], TypeRef]] = {
            "string": self._string,
            "integer": self._integer,
            "number": self._number,
            "boolean": lambda _: TypeRef("bool", "bool", "Boolean()", frozenset({"boolean"})),
            "array": self._array,
            "object": self._map,
        }
        return makers[kind](schema) if kind in makers else ANY

    def _choice(self, schema: Schema) -> TypeRef:
        values = (schema.const,) if schema.enum is None else schema.enum
        if not all(isinstance(value, (str, int, bool)) for value in values):
            self.warn(
                schema,
                "unchecked-values",
                "the values are not all text or whole numbers: any value is taken",
            )
            return ANY
        text = ", ".join(map(py, values))
        kinds = {
            "boolean" if isinstance(v, bool) else "string" if isinstance(v, str) else "integer"
            for v in values
        }
        return TypeRef(
            f"Literal[{text}]", f"Literal[{text}]", f"Choice({py(tuple(values))})", frozenset(kinds)
        )

    def _string(self, schema: Schema) -> TypeRef:
        kind = self._identifiers.get(schema.pattern or "")
        if kind is not None:
            return TypeRef(kind.name, kind.name, kind.codec, frozenset({"string"}))
        if schema.format in _TEXT_FORMATS:
            annotation, codec = _TEXT_FORMATS[schema.format]
            return TypeRef(annotation, annotation, codec, frozenset({"string"}))
        if schema.format in ("binary", "byte"):
            return TypeRef("bytes", "bytes", "", frozenset({"string"}))
        pattern = to_python(schema.pattern) if schema.pattern else None
        if schema.pattern and pattern is None:
            self.warn(
                schema,
                "unchecked-pattern",
                f"the pattern {schema.pattern!r} has no equal in Python: unchecked",
            )
        bounds = _bounds(
            ("pattern", pattern),
            ("min_length", schema.min_length),
            ("max_length", schema.max_length),
        )
        annotation = f"Annotated[str, Meta({bounds})]" if bounds else "str"
        return TypeRef(annotation, "str", f"Text({bounds})", frozenset({"string"}))

    def _integer(self, schema: Schema) -> TypeRef:
        low = schema.minimum if schema.exclusive_minimum is None else schema.exclusive_minimum + 1
        high = schema.maximum if schema.exclusive_maximum is None else schema.exclusive_maximum - 1
        bounds = _bounds(("ge", _whole(low)), ("le", _whole(high)))
        annotation = f"Annotated[int, Meta({bounds})]" if bounds else "int"
        codec = _bounds(("minimum", _whole(low)), ("maximum", _whole(high)))
        return TypeRef(annotation, "int", f"Integer({codec})", frozenset({"integer"}))

    def _number(self, schema: Schema) -> TypeRef:
        if schema.format == "decimal":
            return TypeRef("Decimal", "Decimal", "DecimalText()", frozenset({"number"}))
        low, above, high, below = (
            schema.minimum,
            schema.exclusive_minimum,
            schema.maximum,
            schema.exclusive_maximum,
        )
        bounds = _bounds(("ge", low), ("gt", above), ("le", high), ("lt", below))
        annotation = f"Annotated[float, Meta({bounds})]" if bounds else "float"
        codec = _bounds(("minimum", low), ("above", above), ("maximum", high), ("below", below))
        return TypeRef(annotation, "float", f"Number({codec})", frozenset({"number"}))

    def _array(self, schema: Schema) -> TypeRef:
        item = self.of(schema.items) if schema.items is not None else ANY
        bounds = _bounds(("min_length", schema.min_items or None), ("max_length", schema.max_items))
        annotation = f"list[{item.annotation}]"
        if bounds:
            annotation = f"Annotated[{annotation}, Meta({bounds})]"
        limits = _bounds(("min_items", schema.min_items or None), ("max_items", schema.max_items))
        codec = f"Array({item.codec}{', ' + limits if limits else ''})" if item.codec else ""
        argument = f"Sequence[{item.argument}]"
        if codec and schema.extensions.get("x-ringback-words") is True:
            codec = codec.removesuffix(")") + ", words=True)"
        return TypeRef(
            annotation, argument, codec, frozenset({"array"}), lookalikes=item.lookalikes
        )

    def _map(self, schema: Schema) -> TypeRef:
        if any(unwritable(name) for name, _ in schema.properties):
            self.warn(
                schema,
                "unwritable-name",
                "a property's name cannot be an attribute's: a mapping is made",
            )
            return TypeRef("dict[str, Any]", "Mapping[str, Any]", "", frozenset({"object"}))
        value = schema.additional_properties
        kind = self.in_json(value) if isinstance(value, Schema) else ANY
        return TypeRef(
            f"dict[str, {kind.annotation}]",
            f"Mapping[str, {kind.argument}]",
            "",
            frozenset({"object"}),
        )

    def _union(self, schema: Schema, parts: list[TypeRef]) -> TypeRef:
        distinct = list({part.annotation: part for part in parts}.values())
        nullable = any(part.nullable for part in distinct)
        distinct = [replace(part, annotation=part.annotation.removesuffix(" | None"),
                            argument=part.argument.removesuffix(" | None")) for part in distinct]  # fmt: skip
        if len(distinct) == 1:
            return distinct[0].optional() if nullable else distinct[0]
        if not distinct or any(part is ANY or part.annotation == "Any" for part in distinct):
            return ANY
        argument = " | ".join(dict.fromkeys(part.argument for part in distinct))
        codecs = [part.codec for part in distinct]
        codec = f"AnyOf(({', '.join(codecs)}))" if all(codecs) else ""
        json = frozenset().union(*(part.json for part in distinct))
        annotation = " | ".join(part.annotation for part in distinct)
        lookalikes = sum(len(part.json) for part in distinct) != len(json)
        lookalikes |= any(part.annotation in _ALONE for part in distinct)
        if lookalikes and not codec:
            self.warn(
                schema, "untagged-union", "its members look alike in JSON: any value is taken"
            )
            return ANY
        kind = TypeRef(annotation, argument, codec, json, lookalikes=lookalikes)
        return kind.optional() if nullable else kind

    def in_json(self, schema: Schema) -> TypeRef:
        """The type of a schema where its values travel as JSON: there text alone does not tell two kinds of text apart."""
        kind = self.of(schema)
        if not kind.lookalikes:
            return kind
        self.warn(
            schema, "untagged-union", "its members look alike in JSON: they are not told apart"
        )
        text = kind.json == frozenset({"string"})
        plain = TypeRef("str", "str", "Text()", kind.json) if text else ANY
        return plain.optional() if kind.nullable else plain


def _bounds(*pairs: tuple[str, Any]) -> str:
    return ", ".join(f"{name}={py(value)}" for name, value in pairs if value is not None)


def _whole(bound: float | int | None) -> int | None:
    return None if bound is None else int(bound)
