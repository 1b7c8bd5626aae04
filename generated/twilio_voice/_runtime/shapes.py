"""Looking into types: what a type asks for in words, and how its values are written as JSON.

msgspec writes JSON; the formats that it does not know are put into their text here first.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from .values import DecimalString, IntText, OpenEnum, Rfc2822, format_rfc2822


def shown(value: object) -> str:
    """A value as error texts quote it: its repr, cut to a readable length."""
    quoted = repr(value)
    return quoted if len(quoted) <= 60 else quoted[:57] + "..."


def is_struct(kind: Any) -> bool:
    """Whether a type is a struct."""
    return isinstance(kind, type) and issubclass(kind, Struct)


def _members(kind: Any) -> tuple[Any, ...]:
    """The members of a union, or the type itself, with names and annotations taken off."""
    while True:
        if isinstance(kind, typing.NewType):
            kind = kind.__supertype__
        elif typing.get_origin(kind) is typing.Annotated:
            kind = kind.__origin__
        else:
            break
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        return typing.get_args(kind)
    return (kind,)


def takes_null(kind: Any) -> bool:
    """Whether null is a value of a type."""
    return type(None) in _members(kind)


def bare(kind: Any) -> Any:
    """A type without null, UNSET, names and annotations; a union of several stays one."""
    parts = [part for part in _members(kind) if part not in (type(None), UnsetType)]
    if len(parts) != 1:
        return kind
    inner = _members(parts[0])
    return inner[0] if len(inner) == 1 else kind


def lengths(kind: Any) -> list[tuple[int, int | None]]:
    """The least and the greatest lengths that the annotations of a type ask for."""
    metas = [one for one in _metas(kind) if isinstance(one, msgspec.Meta)]
    return [(one.min_length or 0, one.max_length) for one in metas]


def _metas(kind: Any) -> Iterator[Any]:
    for part in _union_parts(kind):
        if isinstance(part, typing.NewType):
            yield from _metas(part.__supertype__)
        elif typing.get_origin(part) is typing.Annotated:
            yield from part.__metadata__
            yield from _metas(part.__origin__)


_WORDS = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    bytes: "base64 text",
    date: "a date",
    datetime: "an RFC 3339 date-time",
    Decimal: "a decimal number",
    Rfc2822: "an RFC 2822 date-time",
    IntText: "a whole number as text",
    DecimalString: "a decimal number as text",
    type(None): "null",
}


def describe(kind: Any) -> str:
    """What a type asks for, in words."""
    parts = _union_parts(kind)
    return " or ".join(_word(part) for part in parts)


def _union_parts(kind: Any) -> list[Any]:
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        return [part for part in typing.get_args(kind) if part is not UnsetType]
    return [kind]


def is_of(value: Any, kind: Any) -> bool:
    """Whether a value is of a class that a type names."""
    classes = (bare(part) for part in _union_parts(kind))
    return any(isinstance(value, one) for one in classes if isinstance(one, type))


def parts_for(kind: Any, plain: dict[str, Any] | list[Any]) -> list[Any]:
    """The members of a union that an object, or a list, could be a value of."""
    wanted = list if isinstance(plain, list) else dict
    return [
        one
        for one in _union_parts(kind)
        if typing.get_origin(bare(one)) is wanted or (wanted is dict and is_struct(bare(one)))
    ]


def _word(kind: Any) -> str:
    if isinstance(kind, typing.NewType):
        metas = getattr(kind.__supertype__, "__metadata__", ())
        pattern = next((meta.pattern for meta in metas if getattr(meta, "pattern", None)), "")
        return f"{kind.__name__} matching {pattern}"
    if typing.get_origin(kind) is typing.Annotated:
        return describe(kind.__origin__) + _bounds(kind.__metadata__)
    if isinstance(kind, type) and issubclass(kind, OpenEnum):
        return "one of " + ", ".join(repr(one.value) for one in kind)
    if typing.get_origin(kind) is typing.Literal:
        return "one of " + ", ".join(repr(one) for one in typing.get_args(kind))
    if typing.get_origin(kind) is list:
        return "a list"
    if typing.get_origin(kind) is dict or is_struct(kind):
        return "an object"
    return _WORDS.get(kind, getattr(kind, "__name__", str(kind)))


def _bounds(metas: tuple[Any, ...]) -> str:
    names = ("pattern", "ge", "le", "gt", "lt", "min_length", "max_length", "multiple_of")
    found = [
        f"{name}={getattr(meta, name)!r}"
        for meta in metas
        for name in names
        if getattr(meta, name, None) is not None
    ]
    return f" ({', '.join(found)})" if found else ""


def _moment(value: Any) -> Any:
    return format_rfc2822(value) if isinstance(value, datetime) else value


def _decimal(value: Any) -> Any:
    return format(value, "f") if isinstance(value, Decimal) else value


_WRITERS: dict[Any, Callable[[Any], Any]] = {
    Rfc2822: _moment,
    IntText: str,
    DecimalString: _decimal,
}


def teach(kind: Any, write: Callable[[Any], Any], words: str) -> None:
    """Make a class known that stands for a type: how its values are written, what it is called in words."""
    _WRITERS[kind], _WORDS[kind] = write, words


def written(kind: Any, value: Any) -> Any:
    """A value of such a class as JSON has it."""
    return _WRITERS[kind](value)


_encoder = msgspec.json.Encoder(decimal_format="number")


def encode(value: Any, kind: Any = None) -> bytes:
    """A typed value as JSON. A kept value that did not fit its type is written as it came.

    `kind` is its type; without it only the fields of structs have formats of their own.
    """
    writer = _writer(kind)
    return _encoder.encode(plain(value) if writer is None else _kept(writer, value))


def plain(value: Any) -> Any:
    """A typed value as dicts, lists and what msgspec writes by itself; UNSET fields are left out."""
    if isinstance(value, Struct):
        return _object(value)
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return value


def _object(value: Struct) -> dict[str, Any]:
    get, wires, formatted = _fields(type(value))
    values = get(value)
    result = dict(zip(wires, values, strict=True))
    for wire, writer in formatted:
        one = result[wire]
        if one is not None and one is not UNSET and not isinstance(one, str):
            result[wire] = writer(one)
    if rest := result.pop("*", None):  # `__rest__`: properties that no field is named for
        result.update((key, one) for key, one in rest.items() if key not in result)
    if UNSET in values:
        return {wire: one for wire, one in result.items() if one is not UNSET}
    return result


_Fields = tuple[
    Callable[[Any], tuple[Any, ...]],
    tuple[str, ...],
    tuple[tuple[str, Callable[[Any], Any]], ...],
]


@cache
def _fields(kind: type[Struct]) -> _Fields:
    """What gives all values of a struct at once, their names on the wire, and the fields that have a format of their own."""
    fields = msgspec.structs.fields(kind)
    writers = ((field.encode_name, _writer(field.type)) for field in fields)
    return (
        _values(*(field.name for field in fields)),
        tuple(field.encode_name for field in fields),
        tuple((wire, writer) for wire, writer in writers if writer is not None),
    )


def _values(*names: str) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


@cache
def _writer(kind: Any) -> Callable[[Any], Any] | None:
    base = bare(kind)
    marked = [part for part in _members(base) if part in _WRITERS]
    if marked:
        return _WRITERS[marked[0]] if len(_members(base)) == 1 else _chosen(tuple(marked))
    origin = typing.get_origin(base)
    if hasattr(base, "__variants__"):
        return lambda value: _by_variant(base.__variants__.members, value)
    if origin is tuple:
        return plain
    if origin is list:
        return _listed(_writer(typing.get_args(base)[0]))
    if origin is dict:
        return _mapped(_writer(typing.get_args(base)[1]))
    if base in (str, int, float, bool, bytes) or (
        isinstance(base, type) and not issubclass(base, Struct)
    ):
        return None
    return plain


def _chosen(marked: tuple[Any, ...]) -> Callable[[Any], Any]:
    """The writer of a union: the member that a value belongs to says how it is written."""

    def write(value: Any) -> Any:
        for kind in marked:
            if isinstance(value, kind):
                return _WRITERS[kind](value)
        return plain(value)

    return write


def _by_variant(kinds: tuple[Any, ...], value: Any) -> Any:
    """The writing of a union's value: a format of its own, or that of a list or mapping among the variants."""
    for kind in kinds:
        base = bare(kind)
        plainly = isinstance(value, Struct | bool | int | float) and base not in _WRITERS
        if plainly or not isinstance(value, typing.get_origin(base) or base):
            continue
        writer = _writer(kind)
        return plain(value) if writer is None else _kept(writer, value)
    return plain(value)


def _listed(writer: Callable[[Any], Any] | None) -> Callable[[Any], Any] | None:
    if writer is None:
        return None
    return lambda values: (
        [_kept(writer, one) for one in values]
        if isinstance(values, list | tuple)
        else plain(values)
    )


def _mapped(writer: Callable[[Any], Any] | None) -> Callable[[Any], Any] | None:
    if writer is None:
        return None
    return lambda values: (
        {key: _kept(writer, one) for key, one in values.items()}
        if isinstance(values, dict)
        else plain(values)
    )


def _kept(writer: Callable[[Any], Any], value: Any) -> Any:
    return value if value is None or isinstance(value, str) else writer(value)
