"""JSON to typed values, without losing an answer.

The fast path is msgspec alone. When it refuses, or when an enum met a value that the document does not name, the
body is walked again row by row and field by field: what fits is typed, what does not is kept as it came, and each
such place becomes a `Drift`. Properties that the document does not name are not drifts; `examine` lists them apart.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import msgspec
from msgspec import UNSET, Struct

from .shapes import bare, describe, is_struct, lengths, parts_for, shown, takes_null
from .values import OpenEnum, decode_hook, unknown_members


class Drift(Struct, frozen=True):
    """A place where an answer differs from the document: JSON pointer, what was wanted, what was found."""

    pointer: str
    wanted: str
    found: str

    def __str__(self) -> str:
        return f"{self.pointer or '/'}: wanted {self.wanted}, found {self.found}"


class Unreadable(ValueError):
    """The text is not JSON, or not the kind of JSON value that was wanted."""


class Examination(Struct, frozen=True):
    """A body held against a type: the value, where it drifts, and the properties nobody documented.

    `forbidden` are those of objects of which the document says that they have no other properties.
    """

    value: Any
    drifts: tuple[Drift, ...]
    unknown: tuple[str, ...]
    forbidden: tuple[str, ...] = ()


Review = Callable[[Any, Any, Any], tuple[Drift, ...]]
_review: Review | None = None


def install(review: Review) -> None:
    """Have every value walked once more: done by `checks`, which only documents that need it import."""
    global _review
    _review = review


def broken_rules(value: Any, content: bytes, kind: Any) -> tuple[Drift, ...]:
    """The rules beyond msgspec's that a body does not hold."""
    return _review(value, _plain(content), kind) if _review is not None else ()


def rules_broken(value: Any, raw: Any, kind: Any) -> tuple[Drift, ...]:
    """The rules beyond msgspec's that a value does not hold."""
    return _review(value, raw, kind) if _review is not None else ()


def hold_rules(value: Any, content: bytes, kind: Any) -> None:
    """Raise ValueError where a body does not hold a rule beyond msgspec's."""
    for one in broken_rules(value, content, kind):
        at = f"{one.pointer}: " if one.pointer else ""
        raise ValueError(f"{at}expected {one.wanted}, got {one.found}")


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind, dec_hook=decode_hook)


def decode(kind: Any, content: bytes) -> tuple[Any, tuple[Drift, ...]]:
    """Decode a JSON body into a type; the second value says where it does not fit.

    Raises Unreadable where nothing typed can be made of the body at all.
    """
    before = unknown_members()
    try:
        value = _decoder(kind).decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _look_again(kind, content)
    if unknown_members() != before:
        return _look_again(kind, content)
    return value, (_review(value, _plain(content), kind) if _review is not None else ())


def examine(kind: Any, content: bytes) -> Examination:
    """Decode a body and list everything that is not as documented, unknown properties apart."""
    value, drifts = _look_again(kind, content)
    unknown = tuple(_unknown(_plain(content), kind, ""))
    forbidden = tuple(pointer for pointer, is_forbidden in unknown if is_forbidden)
    return Examination(value, drifts, tuple(pointer for pointer, _ in unknown), forbidden)


def _plain(content: bytes) -> Any:
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        told = error if content.strip() else "the body is empty"
        raise Unreadable(f"not JSON: {told}") from None


def _look_again(kind: Any, content: bytes) -> tuple[Any, tuple[Drift, ...]]:
    plain = _plain(content)
    base = bare(kind)
    if plain is None and takes_null(kind):
        return None, ()
    if (is_struct(base) and not isinstance(plain, dict)) or (
        typing.get_origin(base) is list and not isinstance(plain, list)
    ):
        raise Unreadable(f"expected {describe(kind)}, got {shown(plain)}")
    drifts: list[Drift] = []
    value = _mend(plain, kind, "", drifts)
    return value, (*drifts, *rules_broken(value, plain, kind))


def _convert(plain: Any, kind: Any) -> Any:
    """Convert, or raise ValidationError; an unknown enum value counts as an error here."""
    before = unknown_members()
    value = msgspec.convert(plain, kind, dec_hook=decode_hook)
    if unknown_members() != before:
        raise msgspec.ValidationError("a value that the document does not name")
    return value


def mended(plain: Any, kind: Any, at: str, drifts: list[Drift]) -> Any:
    """A JSON value as a type; where it does not fit it is kept as it came, and `drifts` grows."""
    return _mend(plain, kind, at, drifts)


def _mend(plain: Any, kind: Any, at: str, drifts: list[Drift]) -> Any:
    try:
        return _convert(plain, kind)
    except (msgspec.ValidationError, RecursionError):
        pass
    base = bare(kind)
    if is_struct(base) and isinstance(plain, dict):
        return _mend_struct(plain, base, at, drifts)
    origin = typing.get_origin(base)
    if origin is list and isinstance(plain, list):
        _hold_length(plain, kind, at, drifts)
        item = typing.get_args(base)[0]
        return [_mend(one, item, f"{at}/{index}", drifts) for index, one in enumerate(plain)]
    if origin is dict and isinstance(plain, dict):
        _hold_length(plain, kind, at, drifts)
        item = typing.get_args(base)[1]
        return {
            key: _mend(one, item, f"{at}/{_escaped(key)}", drifts) for key, one in plain.items()
        }
    variants = getattr(base, "__variants__", None)
    nearest = variants.nearest(plain) if variants is not None else None
    if nearest is not None:
        return _mend(plain, nearest, at, drifts)
    drifts.append(Drift(at, describe(kind), shown(plain)))
    if isinstance(base, type) and issubclass(base, OpenEnum) and isinstance(plain, str):
        return base(plain)
    return plain


def _hold_length(plain: Any, kind: Any, at: str, drifts: list[Drift]) -> None:
    """Note a list or an object that is too short or too long; what is in it is looked at anyway."""
    number = len(plain)
    if any(number < least or (most is not None and number > most) for least, most in lengths(kind)):
        drifts.append(Drift(at, describe(kind), f"{number}: {shown(plain)}"))


def _mend_struct(plain: dict[str, Any], base: Any, at: str, drifts: list[Drift]) -> Any:
    given: dict[str, Any] = {}
    for field in msgspec.structs.fields(base):
        if field.encode_name in plain:
            here = f"{at}/{_escaped(field.encode_name)}"
            given[field.name] = _mend(plain[field.encode_name], field.type, here, drifts)
        elif field.required:
            here = f"{at}/{_escaped(field.encode_name)}"
            drifts.append(Drift(here, describe(field.type), "nothing"))
            given[field.name] = UNSET
    return base(**given)


def _unknown(plain: Any, kind: Any, at: str) -> Iterator[tuple[str, bool]]:
    """The properties that no field is named for, each with whether its object can have none."""
    base = bare(kind)
    variants = getattr(base, "__variants__", None)
    if variants is not None:
        nearest = variants.nearest(plain)
        found = list(_unknown(plain, nearest, at)) if nearest is not None else []
        if any(is_forbidden for _, is_forbidden in found) and not variants.tag:
            others = (one for one in variants.members if one is not nearest)
            taken = any(_takes(one, plain) for one in others)
            found = [(pointer, is_forbidden and not taken) for pointer, is_forbidden in found]
        yield from found
    elif is_struct(base):
        if isinstance(plain, dict) and not getattr(base, "__rest__", ""):
            yield from _unknown_in(plain, base, at)
    elif isinstance(plain, list) and typing.get_origin(base) is list:
        for index, value in enumerate(plain):
            yield from _unknown(value, typing.get_args(base)[0], f"{at}/{index}")
    elif isinstance(plain, dict) and typing.get_origin(base) is dict:
        for key, value in plain.items():
            yield from _unknown(value, typing.get_args(base)[1], f"{at}/{_escaped(key)}")
    elif isinstance(plain, (dict, list)):
        parts = parts_for(base, plain)
        if len(parts) == 1 and parts[0] is not base:
            yield from _unknown(plain, parts[0], at)


def _takes(kind: Any, plain: Any) -> bool:
    """Whether a variant takes a value as it is."""
    try:
        _convert(plain, kind)
    except (msgspec.ValidationError, RecursionError):
        return False
    return not any(is_forbidden for _, is_forbidden in _unknown(plain, kind, ""))


def _unknown_in(plain: dict[str, Any], base: Any, at: str) -> Iterator[tuple[str, bool]]:
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(base)}
    closed = getattr(base, "__closed__", None)
    for key, value in plain.items():
        here = f"{at}/{_escaped(key)}"
        if key in fields:
            yield from _unknown(value, fields[key], here)
        else:
            yield here, closed is not None and key not in closed


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
