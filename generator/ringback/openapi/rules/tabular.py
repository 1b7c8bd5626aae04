"""`x-ringback-csv` says how lists are asked for as CSV: what it says is what it can say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ringback.source import Diagnostic, Path

from .finding import Context

_KEY: Final = "x-ringback-csv"
_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "suffix": ("from", "to"),
    "next": ("parameter", "columns", "prefix", "number"),
}
_NEEDED: Final = ("from", "to", "parameter", "columns")


def csv_shape(context: Context) -> Iterator[Diagnostic]:
    """An object with suffix and next, of texts."""
    given = context.tree.root.get(_KEY)
    if given is None:
        return
    for path, message in _faults(given):
        yield context.error((_KEY, *path), "csv-shape", message)


def _faults(given: Any) -> Iterator[tuple[Path, str]]:
    if not isinstance(given, dict):
        yield (), f"{_KEY} is an object with suffix and next; {{}} where Accept alone asks for CSV"
        return
    for part, node in given.items():
        known = _PARTS.get(part)
        if known is None:
            yield (part,), f"there is no key {part!r} here; the keys are {', '.join(_PARTS)}"
        elif not isinstance(node, dict):
            yield (part,), f"{part} is an object with {', '.join(known)}"
        else:
            yield from _part(part, node, known)


def _part(part: str, node: dict[str, Any], known: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    for key, value in node.items():
        if key not in known:
            yield (part, key), f"there is no key {key!r} here; the keys are {', '.join(known)}"
        elif key == "columns":
            if not isinstance(value, list) or not value or not all(map(_is_text, value)):
                yield (part, key), "columns is a list of names, the first of which a row has counts"
        elif not _is_text(value):
            yield (part, key), f"{key} is text"
    for key in known:
        if key in _NEEDED and key not in node:
            yield (part,), f"{part} needs {key}"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)
