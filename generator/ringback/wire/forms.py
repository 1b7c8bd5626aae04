"""Parameters and bodies between values and the wire, in every style that OpenAPI has.

Encoding gives pairs of decoded text (the wire's percent-encoding is `join`'s work); decoding takes them, and makes of each
text what its schema says: a number, a boolean, a list. Text that cannot be what the schema says stays text, so that the
schema's judge says what is wrong with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qsl, quote, quote_plus

from ringback.openapi import MediaType, Parameter, Schema

Pairs = tuple[tuple[str, str], ...]
FORM: Final = "application/x-www-form-urlencoded"
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", re.ASCII)
_BRACKETS: Final = re.compile(r"\[([^\[\]]*)\]")
_POSITION: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
_LONGEST: Final = 400  # digits of a whole number; more are text
_DEEPEST: Final = 100  # brackets of a name; one with more is the name of nothing
_DELIMITERS: Final = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|", "simple": ","}


@dataclass(frozen=True, slots=True)
class Field:
    """How one named value is written: a parameter, or a property of a form."""

    name: str
    schema: Schema | None
    style: str = "form"
    explode: bool = True
    json: bool = False  # one text of JSON

    @staticmethod
    def of(parameter: Parameter) -> Field:
        """How a parameter is written."""
        as_json = parameter.media_type is not None and "json" in parameter.media_type
        return Field(parameter.name, parameter.schema, parameter.style, parameter.explode, as_json)


def fields_of(media: MediaType) -> tuple[Field, ...]:
    """The properties of a form, and how each is written."""
    return tuple(_field(name, schema, media) for name, schema in properties_of(media.schema))


def _field(name: str, schema: Schema, media: MediaType) -> Field:
    encoding = media.encoding.get(name) or {}
    if "style" in encoding or "explode" in encoding:
        style = encoding.get("style", "form")
        return Field(name, schema, style, encoding.get("explode", style == "form"))
    declared = str(encoding.get("contentType", ""))
    as_json = "json" in declared or (not declared and is_type(schema, "object"))
    return Field(name, schema, json=as_json)


@lru_cache(maxsize=65_536)
def properties_of(schema: Schema | None) -> tuple[tuple[str, Schema], ...]:
    """The properties of an object, those of its `allOf` parts (and of all its forms) included; the first of a name."""
    return _properties(schema, 0)


def _properties(schema: Schema | None, depth: int) -> tuple[tuple[str, Schema], ...]:
    if schema is None or depth > 8:
        return ()
    found: dict[str, Schema] = dict(schema.properties)
    for part in (*schema.all_of, *schema.any_of, *schema.one_of):
        for name, inner in _properties(part, depth + 1):
            found.setdefault(name, inner)
    return tuple(found.items())


@lru_cache(maxsize=65_536)
def types_of(schema: Schema | None) -> frozenset[str]:
    """The JSON types that a schema speaks of, in any of its forms; empty where it speaks of none."""
    return _types(schema, 0)


def _types(schema: Schema | None, depth: int) -> frozenset[str]:
    if schema is None or depth > 8:
        return frozenset()
    found = set(schema.types)
    for value in schema.enum or ():
        if not schema.types:
            found.add(type_of(value))
    if schema.properties and not schema.types:
        found.add("object")
    for part in (*schema.all_of, *schema.any_of, *schema.one_of):
        found |= _types(part, depth + 1)
    return frozenset(found)


def type_of(value: Any) -> str:
    """The JSON type of a value."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "null" if value is None else "array" if isinstance(value, list) else "object"


def is_type(schema: Schema | None, name: str) -> bool:
    """Whether a schema speaks of one type and of no scalar beside it."""
    types = types_of(schema)
    return name in types and types <= {name, "null"}


@lru_cache(maxsize=65_536)
def items_of(schema: Schema | None) -> Schema | None:
    """The schema of an array's items, in whichever of its forms it is."""
    return _items(schema, 0)


def _items(schema: Schema | None, depth: int) -> Schema | None:
    if schema is None or depth > 8:
        return None
    if schema.items is not None:
        return schema.items
    parts = (_items(one, depth + 1) for one in (*schema.all_of, *schema.any_of, *schema.one_of))
    return next((one for one in parts if one is not None), None)


# -- encoding


def text(value: Any) -> str:
    """A single value on the wire: true, 12, or the text itself; null is empty, what is structured is JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def encode(field: Field, value: Any) -> Pairs:
    """The pairs of name and text that carry a value in a query, a form or a cookie."""
    if field.json:
        return ((field.name, json.dumps(value, ensure_ascii=False)),)
    if field.style == "deepObject" and isinstance(value, (dict, list)):
        return tuple(_deep(field.name, value))
    if isinstance(value, dict):
        if field.explode:
            return tuple((name, text(one)) for name, one in value.items())
        flat = [part for name, one in value.items() for part in (name, text(one))]
        return ((field.name, _DELIMITERS.get(field.style, ",").join(flat)),)
    if isinstance(value, list):
        if field.explode:
            return tuple((field.name, text(one)) for one in value)
        return ((field.name, _DELIMITERS.get(field.style, ",").join(map(text, value))),)
    return ((field.name, text(value)),)


def _deep(name: str, value: Any) -> Iterable[tuple[str, str]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _deep(f"{name}[{key}]", one)
    elif isinstance(value, list):
        for index, one in enumerate(value):
            inner = f"{name}[{index}]" if isinstance(one, (dict, list)) else f"{name}[]"
            yield from _deep(inner, one)
    else:
        yield name, text(value)


def encode_simple(field: Field, value: Any, *, quoted: bool) -> str:
    """A value as a path segment (`quoted`) or a header has it: simple, label or matrix."""

    def one(part: Any) -> str:
        return quote(text(part), safe="") if quoted else text(part)

    if field.json:
        return one(json.dumps(value, ensure_ascii=False))
    if field.style == "matrix":
        return _matrix(field, value, one)
    lead, between = (".", "." if field.explode else ",") if field.style == "label" else ("", ",")
    if isinstance(value, dict):
        sign = "=" if field.explode else ","
        return lead + between.join(f"{one(key)}{sign}{one(part)}" for key, part in value.items())
    parts = value if isinstance(value, list) else [value]
    return lead + between.join(map(one, parts))


def _matrix(field: Field, value: Any, one: Any) -> str:
    if isinstance(value, dict):
        if field.explode:
            return "".join(f";{one(key)}={one(part)}" for key, part in value.items())
        return f";{field.name}=" + ",".join(
            one(x) for key, part in value.items() for x in (key, part)
        )
    if isinstance(value, list):
        if field.explode:
            return "".join(f";{field.name}={one(part)}" for part in value)
        return f";{field.name}=" + ",".join(map(one, value))
    return f";{field.name}={one(value)}"


def join(pairs: Iterable[tuple[str, str]], *, plus: bool = False) -> str:
    """Pairs as a query, or (`plus`) as a form body; commas and brackets stay as they are in a query."""
    if plus:
        return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs)
    return "&".join(f"{quote(name, safe='[]')}={quote(value, safe=',')}" for name, value in pairs)


# -- decoding


def split(encoded: str) -> Pairs:
    """The pairs of a query or a form body, blank values kept."""
    return tuple(parse_qsl(encoded, keep_blank_values=True, encoding="utf-8", errors="replace"))


def typed(schema: Schema | None, given: str) -> Any:
    """A text as what its schema says it is; the text itself where it cannot be that."""
    types = types_of(schema)
    if not types or "string" in types:
        return _other_than_text(schema, types, given)
    if types & {"integer", "number"} and _INTEGER.fullmatch(given):
        return int(given) if len(given) < _LONGEST else given
    if "number" in types and _NUMBER.fullmatch(given):
        return float(given)
    if "boolean" in types and given in ("true", "false"):
        return given == "true"
    if given == "" and schema is not None and schema.nullable:
        return None
    return given


def _other_than_text(schema: Schema | None, types: frozenset[str], given: str) -> Any:
    """Where text is one of several forms it is text, but for an exact number or boolean of another form."""
    if schema is None or types <= {"string", "null"}:
        return given
    for part in (*schema.any_of, *schema.one_of):
        own = types_of(part)
        if own and "string" not in own:
            value = typed(part, given)
            if not isinstance(value, str):
                return value
    return given


def decode(fields: Sequence[Field], pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The values that pairs carry; names that no field knows are kept as text, several of them as a list."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    found: dict[str, Any] = {}
    for field in fields:
        value = _taken(field, given)
        if value is not _NOTHING:
            found[field.name] = value
    for name, values in given.items():
        found.setdefault(name, values[0] if len(values) == 1 else values)
    return found


_NOTHING: Final = object()


def _taken(field: Field, given: dict[str, list[str]]) -> Any:
    """The value of one field; its pairs are taken out of what is given."""
    if field.json and field.name in given:
        return _from_json(given.pop(field.name)[0])
    if field.style == "deepObject":
        return _from_brackets(field, given)
    if is_type(field.schema, "object"):
        return _object(field, given)
    if field.name not in given:
        return _NOTHING
    values = given.pop(field.name)
    types = types_of(field.schema)
    if "array" in types:
        return _array(field, values, alone="string" in types)
    if len(values) > 1:
        return [typed(field.schema, one) for one in values]  # a repeated key where one is wanted
    return typed(field.schema, values[0])


def _array(field: Field, values: list[str], *, alone: bool) -> Any:
    items = items_of(field.schema)
    if not field.explode:
        delimiter = _DELIMITERS.get(field.style, ",")
        values = [part for one in values for part in one.split(delimiter)] if values != [""] else []
    elif field.schema is not None and field.schema.extensions.get("x-ringback-words") is True:
        values = [part for one in values for part in one.split()] or values
    elif alone and len(values) == 1:
        return typed(field.schema, values[0])
    if is_type(items, "object"):
        return [_from_json(one) for one in values]
    return [typed(items, one) for one in values]


def _object(field: Field, given: dict[str, list[str]]) -> Any:
    properties = dict(properties_of(field.schema))
    if field.explode:
        mine = [name for name in properties if name in given]
        if not mine:
            return _NOTHING
        return {name: typed(properties[name], given.pop(name)[0]) for name in mine}
    if field.name not in given:
        return _NOTHING
    return _flat_object(properties, given.pop(field.name)[0], _DELIMITERS.get(field.style, ","))


def _flat_object(properties: Mapping[str, Schema], given: str, between: str) -> Any:
    """Names and values by turns; where one of them is missing, the text as it stands."""
    parts = given.split(between)
    if len(parts) % 2:
        return given
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {key: typed(properties.get(key), one) for key, one in pairs}


def _from_brackets(field: Field, given: dict[str, list[str]]) -> Any:
    mine = [
        name
        for name in given
        if name == field.name or (name.startswith(field.name + "[") and name.count("[") <= _DEEPEST)
    ]
    if not mine:
        return _NOTHING
    made: dict[str, Any] = {}
    for name in mine:
        for value in given.pop(name):
            _put(made, ["", *_BRACKETS.findall(name[len(field.name) :])], value)
    return _shaped(field.schema, made.get(""))


def _put(into: dict[str, Any], keys: list[str], value: str) -> None:
    """Store under nested keys; `[]` counts up."""
    for key in keys[:-1]:
        inner = into.get(key)
        if not isinstance(inner, dict):
            inner = into[key] = {}
        into = inner
    last = keys[-1]
    if last in into or (last == "" and len(keys) > 1):
        last = str(len(into))
    into[last] = value


def _shaped(schema: Schema | None, value: Any) -> Any:
    """What brackets gave, as its schema says: positions as a list, texts as numbers."""
    if not isinstance(value, dict):
        return typed(schema, value) if isinstance(value, str) else value
    if "array" in types_of(schema) and all(map(_POSITION.fullmatch, value)):
        items = items_of(schema)
        return [_shaped(items, value[key]) for key in sorted(value, key=int)]
    properties = dict(properties_of(schema))
    return {key: _shaped(properties.get(key), one) for key, one in value.items()}


def decode_simple(field: Field, given: str) -> Any:
    """A decoded path segment or header as its schema says."""
    if field.json:
        return _from_json(given)
    if field.style == "label":
        given = given.removeprefix(".")
    elif field.style == "matrix":
        given = re.sub(rf"(?:\A;|;){re.escape(field.name)}=", ",", given).removeprefix(",")
    types = types_of(field.schema)
    between = "." if field.style == "label" and field.explode else ","
    if types and types <= {"array", "null"}:
        return [typed(items_of(field.schema), part) for part in given.split(between)]
    if is_type(field.schema, "object"):
        return _simple_object(field, given, between)
    return typed(field.schema, given)


def _simple_object(field: Field, given: str, between: str) -> Any:
    properties = dict(properties_of(field.schema))
    if field.explode:
        separator = ";" if field.style == "matrix" else between
        parts = [part.partition("=") for part in given.strip(";").split(separator)]
        return {key: typed(properties.get(key), one) for key, _, one in parts}
    return _flat_object(properties, given, between) if given else {}


def _from_json(given: str) -> Any:
    try:
        return json.loads(given)
    except (ValueError, RecursionError):
        return given


def encode_form(fields: Sequence[Field], values: Mapping[str, Any]) -> Pairs:
    """The pairs of a whole form or query; values of unknown names are written as text."""
    known = {field.name: field for field in fields}
    return tuple(
        pair
        for name, value in values.items()
        for pair in encode(known.get(name) or Field(name, None), value)
    )
