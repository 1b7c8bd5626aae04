"""Bodies as people read them: JSON indented, forms decoded, with what a finding speaks of marked.

Every body becomes lines of pieces (a class and a text), never markup: the template escapes each piece. Long bodies
are cut to a window that holds the mark.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import parse_qsl

from ringback.source import steps_of

Piece = tuple[str, str]  # class of the text, and the text
Pointer = tuple[str, ...]

_MOST: Final = 160  # lines of one body
_TOP: Final = 12  # of them at its beginning, where the mark is further down
_BEFORE: Final = 30  # lines shown above the mark
_LONGEST: Final = 1_500  # characters of one text
_DEEPEST: Final = 60  # levels that are broken into lines
_LARGEST: Final = 2_000_000  # bytes that are taken apart


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a body; `gap` counts lines left out before it."""

    pieces: tuple[Piece, ...]
    marked: bool = False
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Body:
    """A body to be shown. `note` says what cannot be: "2,048 bytes, not text"; `rest` counts lines cut at the end."""

    rows: tuple[Row, ...] = ()
    note: str = ""
    rest: int = 0


def pretty(body: bytes, media_type: str, where: str = "", most: int = _MOST) -> Body:
    """A body in at most `most` lines. `where` is a finding's place: "body/status" marks that value."""
    if not body:
        return Body(note="empty")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _binary(body, media_type)
    inside, pointer = _inside(where)
    if len(body) > _LARGEST:
        return _window(_plain(text[:_LARGEST]), most)
    if media_type == "application/x-www-form-urlencoded":
        return _window(_form(text, pointer if inside else None), most)
    if media_type.endswith("json") or text.lstrip()[:1] in ("{", "["):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return _window(_plain(text), most)
        target, exact = _resolve(value, pointer) if inside and pointer else ((), False)
        marked = inside and bool(pointer)
        return _window(list(_json(value, target if marked else None, exact)), most)
    return _window(_plain(text), most)


def holds(body: bytes, media_type: str, where: str) -> bool:
    """Whether a finding's place stands in this very body, all of it."""
    inside, pointer = _inside(where)
    if not inside or not pointer or len(body) > _LARGEST:
        return False
    try:
        text = body.decode("utf-8")
        if media_type == "application/x-www-form-urlencoded":
            return any(row.marked for row in _form(text, pointer))
        return _resolve(json.loads(text), pointer)[1]
    except (ValueError, RecursionError):
        return False


def _inside(where: str) -> tuple[bool, Pointer]:
    """Whether a place is in the body, and its steps from the body's root."""
    first, _, rest = where.partition("/")
    if first != "body":
        return False, ()
    return True, steps_of(f"/{rest}") if rest else ()


def _resolve(value: Any, pointer: Pointer) -> tuple[Pointer, bool]:
    """The part of a pointer that stands in the value, and whether that is all of it."""
    for depth, step in enumerate(pointer):
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return pointer[:depth], False
    return pointer, True


def _json(value: Any, target: Pointer | None, exact: bool) -> Iterator[Row]:
    """The lines of a JSON value. Where `exact`, all of the target's are marked, else only its first."""

    def marked(path: Pointer, first: bool) -> bool:
        if target is None:
            return False
        return path[: len(target)] == target if exact else first and path == target

    def lines(value: Any, path: Pointer, head: tuple[Piece, ...], tail: str) -> Iterator[Row]:
        pad: Piece = ("", "  " * len(path))
        if not isinstance(value, (dict, list)) or not value or len(path) >= _DEEPEST:
            yield Row((pad, *head, _scalar(value), ("", tail)), marked(path, True))
            return
        opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
        yield Row((pad, *head, ("", opening)), marked(path, True))
        members = value.items() if isinstance(value, dict) else enumerate(value)
        for number, (key, item) in enumerate(members, 1):
            named = isinstance(value, dict)
            name: tuple[Piece, ...] = (
                (("k", _clip(json.dumps(key, ensure_ascii=False))), ("", ": ")) if named else ()
            )
            yield from lines(item, (*path, str(key)), name, "," if number < len(value) else "")
        yield Row((pad, ("", closing + tail)), marked(path, False))

    yield from lines(value, (), (), "")


def _scalar(value: Any) -> Piece:
    text = _clip(json.dumps(value, ensure_ascii=False))
    if isinstance(value, str):
        return "s", text
    return ("n" if isinstance(value, (int, float)) and not isinstance(value, bool) else "w"), text


def _form(text: str, pointer: Pointer | None) -> list[Row]:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=10_000)
    except ValueError:
        return _plain(text)
    name = pointer[0] if pointer else None
    return [
        Row((("k", _clip(key)), ("", " = "), ("s", _clip(value))), key == name)
        for key, value in pairs
    ]


def _plain(text: str) -> list[Row]:
    return [Row((("", _clip(line)),)) for line in text.splitlines() or [""]]


def _binary(body: bytes, media_type: str) -> Body:
    head = body[:32].hex(" ")
    rows = (Row((("w", head + (" …" if len(body) > 32 else "")),)),)
    return Body(rows, f"{len(body):,} bytes of {media_type or 'something that is no text'}")


def _clip(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]}… (+{len(text) - _LONGEST:,} characters)"


def _window(rows: list[Row], most: int) -> Body:
    """At most so many rows: the first ones, and those around the mark."""
    if len(rows) <= most:
        return Body(tuple(rows))
    first = next((index for index, row in enumerate(rows) if row.marked), 0)
    if first < most - _BEFORE // 2:
        return Body(tuple(rows[:most]), rest=len(rows) - most)
    top = min(_TOP, most // 4)
    begin = max(first - min(_BEFORE, most // 4), top)
    end = min(len(rows), begin + most - top)
    middle = [replace(rows[begin], gap=begin - top), *rows[begin + 1 : end]]
    return Body((*rows[:top], *middle), rest=len(rows) - end)
