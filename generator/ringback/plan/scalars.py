"""Types of single values: texts, numbers, fixed choices, with their bounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ringback.openapi import Schema
from ringback.plan.constraints import annotated, bounds, extra, whole
from ringback.plan.formats import TEXT_FORMATS, Formats
from ringback.plan.literals import py
from ringback.plan.merging import FILE
from ringback.plan.model_types import IdentifierPlan
from ringback.plan.patterns import to_python
from ringback.plan.type_ref import TypeRef
from ringback.plan.unions import HOOKED_FORMATS, kind_of

Warn = Callable[[Schema, str, str], None]


class Scalars:
    """From schemas of single values to types; `identifiers` are kinds of text by their pattern."""

    def __init__(
        self, formats: Formats, identifiers: Mapping[str, IdentifierPlan], warn: Warn
    ) -> None:
        self._formats = formats
        self._identifiers = identifiers
        self.warn = warn

    def choice(self, schema: Schema) -> TypeRef:
        values = (schema.const,) if schema.enum is None else schema.enum
        kinds = frozenset(map(kind_of, values))
        simple = kinds <= {"string", "integer", "boolean", "number"}
        codec = f"Choice({py(tuple(values))})" if simple else ""
        if kinds <= {"string", "integer"}:
            text = f"Literal[{', '.join(map(py, dict.fromkeys(values)))}]"
            return TypeRef(text, text, codec, kinds)
        if kinds == {"boolean"} and len(set(values)) == 2:
            return TypeRef("bool", "bool", "Boolean()", kinds)
        words = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
        plain = " | ".join(words[one] for one in words if one in kinds) if simple else "Any"
        annotation = annotated(plain, extra(values=tuple(values)))
        return TypeRef(annotation, plain, codec, kinds if simple else frozenset({"any"}))

    def string(self, schema: Schema) -> TypeRef:
        kind = self._identifiers.get(schema.pattern or "")
        if kind is not None:
            return TypeRef(kind.name, kind.name, kind.codec, frozenset({"string"}))
        format_ = self._formats.known(schema.format)
        if format_ in TEXT_FORMATS:
            annotation, codec = TEXT_FORMATS[format_]
            hooked = {"hooked"} if format_ in HOOKED_FORMATS else set()
            return TypeRef(annotation, annotation, codec, frozenset({"string"} | hooked))
        if schema.format == FILE:
            return TypeRef("File", "FileLike", "", frozenset({"hooked"}))
        if format_ in ("binary", "byte") or schema.content_encoding == "base64":
            return TypeRef("bytes", "bytes", "Base64()", frozenset({"string"}))
        pattern = to_python(schema.pattern) if schema.pattern else None
        if schema.pattern and pattern is None:
            self.warn(
                schema,
                "unchecked-pattern",
                f"the pattern {schema.pattern!r} has no equal in Python: unchecked",
            )
        told = bounds(
            ("pattern", pattern),
            ("min_length", schema.min_length or None),
            ("max_length", schema.max_length),
        )
        return TypeRef(annotated("str", told), "str", f"Text({told})", frozenset({"string"}))

    def integer(self, schema: Schema) -> TypeRef:
        low = schema.minimum if schema.exclusive_minimum is None else schema.exclusive_minimum + 1
        high = schema.maximum if schema.exclusive_maximum is None else schema.exclusive_maximum - 1
        step = schema.multiple_of
        native = step if isinstance(step, int) or step is None or step.is_integer() else None
        told = bounds(("ge", whole(low)), ("le", whole(high)), ("multiple_of", whole(native)))
        codec = bounds(("minimum", whole(low)), ("maximum", whole(high)), ("step", step))
        fraction = extra(multiple_of=step if native is None else None)
        annotation = annotated("int", told, fraction)
        return TypeRef(annotation, "int", f"Integer({codec})", frozenset({"integer"}))

    def number(self, schema: Schema) -> TypeRef:
        if self._formats.known(schema.format) == "decimal":
            return TypeRef("Decimal", "Decimal", "DecimalText()", frozenset({"number", "hooked"}))
        low, above, high, below = (
            schema.minimum,
            schema.exclusive_minimum,
            schema.maximum,
            schema.exclusive_maximum,
        )
        told = bounds(("ge", low), ("gt", above), ("le", high), ("lt", below))
        annotation = annotated("float", told, extra(multiple_of=schema.multiple_of))
        codec = bounds(
            ("minimum", low),
            ("maximum", high),
            ("above", above),
            ("below", below),
            ("step", schema.multiple_of),
        )
        return TypeRef(annotation, "float", f"Number({codec})", frozenset({"number"}))
