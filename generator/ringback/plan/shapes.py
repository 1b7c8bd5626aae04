"""What a schema is, seen from Python: a set of texts, a struct, a mapping, nothing but null."""

from __future__ import annotations

from ringback.openapi import Schema


def is_null(schema: Schema) -> bool:
    """Whether nothing but null fits."""
    return schema.nullable and schema.enum == ()


def is_text_enum(schema: Schema) -> bool:
    """Whether it is a set of strings that a Python enum can hold."""
    values = schema.enum
    return bool(values) and all(isinstance(value, str) for value in values or ())


def values_of(schema: Schema) -> tuple[str, ...]:
    """The values of a set of strings, each once, in the document's order."""
    return tuple(dict.fromkeys(schema.enum or ()))


def has_fixed_length(schema: Schema) -> bool:
    """Whether a list has exactly as many items as `prefixItems` names."""
    number = len(schema.prefix_items)
    closed = schema.items is not None and schema.items.raw is False
    most = number if closed else schema.max_items
    return schema.min_items == number and most is not None and most <= number


class Structs:
    """Which schemas are structs: objects with named properties that a struct can hold without losing any.

    Remembered, because parts of parts are asked for again and again.
    """

    def __init__(self) -> None:
        self._known: dict[int, bool] = {}

    def __contains__(self, schema: Schema) -> bool:
        if id(schema) not in self._known:
            self._known[id(schema)] = False  # what contains itself through allOf alone is none
            self._known[id(schema)] = self._is_struct(schema)
        return self._known[id(schema)]

    def _is_struct(self, schema: Schema) -> bool:
        if is_union(schema) or schema.enum is not None or len(schema.types) > 1:
            return False
        if schema.types and schema.types != ("object",):
            return False
        if any(map(unwritable, names_in(schema))):
            return False
        if schema.properties:
            return not _is_uniform_map(schema)
        return len(schema.all_of) > 1 and all(part in self for part in schema.all_of)


def is_union(schema: Schema) -> bool:
    """Whether it has variants that say more than which names must be there."""
    parts = (*schema.one_of, *schema.any_of)
    return bool(parts) and not (schema.properties and all(map(only_asks, parts)))


def only_asks(schema: Schema) -> bool:
    """Whether a variant says nothing but which names must be there."""
    shown = (
        schema.properties, schema.all_of, schema.one_of, schema.any_of, schema.items, schema.enum,
        schema.pattern_properties,
    )  # fmt: skip
    return not any(shown) and set(schema.types) <= {"object"} and schema.name is None


def keeps_others(schema: Schema) -> bool:
    """Whether a struct keeps properties that the document does not name: where the document says there may be some."""
    rest = others_of(schema)
    return rest is True or isinstance(rest, Schema) or bool(schema.pattern_properties)


def others_of(schema: Schema) -> bool | Schema | None:
    """What a (merged) schema says of the properties that it does not name.

    `unevaluatedProperties` says the same as `additionalProperties`, unless some parts count only for some values.
    """
    rest = schema.additional_properties
    return schema.unevaluated_properties if rest is None and not depends(schema) else rest


def depends(schema: Schema) -> bool:
    """Whether some parts of a schema count only for some values: which, a value has to be looked at for."""
    return bool(schema.one_of or schema.any_of or schema.conditions or schema.dependent_schemas)


def names_in(schema: Schema) -> list[str]:
    """The properties that an object names: described, or only required."""
    return [*(name for name, _ in schema.properties), *schema.required]


def unwritable(name: str) -> bool:
    """Whether a struct cannot have a property of this name: msgspec writes names without escaping them."""
    return any(char in '"\\' or char < " " for char in name)


def _is_uniform_map(schema: Schema) -> bool:
    """Named properties of the same plain type as all others: a mapping keeps them all."""
    rest = schema.additional_properties
    if not isinstance(rest, Schema) or schema.all_of:
        return False
    wanted = (rest.types, rest.format, rest.nullable, ())
    return all(
        (child.types, child.format, child.nullable, child.properties) == wanted
        for _, child in schema.properties
    )


def implied_kind(schema: Schema) -> str:
    """The type of a schema that names none: what its other keywords are for."""
    if schema.properties or schema.additional_properties not in (None, True, False):
        return "object"
    if schema.pattern_properties or schema.required or schema.min_properties:
        return "object"
    return "array" if schema.items is not None or schema.prefix_items else ""


def gather(schema: Schema, found: dict[str, Schema], required: set[str], seen: set[int]) -> None:
    """Collect the properties and the required names of an object and of its `allOf` parts."""
    if id(schema) in seen:
        return
    seen.add(id(schema))
    for part in schema.all_of:
        gather(part, found, required, seen)
    found.update(schema.properties)
    required.update(schema.required)
