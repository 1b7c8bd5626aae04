"""What a value has that its schema does not allow, in sentences: what was found, and what was wanted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ringback.source import Path, pointer_of

from .formats import Format

if TYPE_CHECKING:
    from .schemas import Compiled

Formats = Callable[[str], Format | None]

_TYPES: Final = {
    "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
    "object": "an object", "array": "a list", "null": "null",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Violation:
    """One fault of a value.

    `where` is the JSON pointer inside the value, `keyword` the word of the schema that forbids it ("enum", "pattern",
    "type", "required", "format" …), `path` where that word stands in the document.
    """

    where: str
    keyword: str
    message: str
    path: Path


def violations_of(held: Compiled, value: Any, formats: Formats) -> tuple[Violation, ...]:
    """Every fault that the engine finds, each once. Raises ValueError where the engine gives up."""
    found: dict[tuple[str, str, Path], Violation] = {}
    for error in held.validator.iter_errors(value):
        for one in _said(held, error, value, formats):
            found.setdefault((one.where, one.keyword, one.path), one)
    return tuple(found.values())


def _said(held: Compiled, error: Any, value: Any, formats: Formats) -> Iterator[Violation]:
    kind = type(error.kind).__name__
    if kind in ("AnyOf", "OneOfNotValid"):
        nearest = _nearest(error)
        if nearest is not None:
            for one in nearest:
                yield from _said(held, one, value, formats)
            return
    path, keyword = _place(held, error)
    where, found = _found(value, error.instance_path)
    name = str(where[-1]) if where else "the value"
    if kind in ("AdditionalProperties", "UnevaluatedProperties"):
        for extra in error.kind.unexpected:
            message = f"{extra} is no property here"
            yield Violation(pointer_of((*where, extra)), keyword, message, path)
        return
    message = _message(error.kind, kind, name, found, formats)
    if kind == "Required":
        missing = error.kind.property
        said = f"{missing} is missing" + (f" in {name}" if where else "")
        yield Violation(pointer_of((*where, missing)), keyword, said, path)
        return
    yield Violation(pointer_of(where), keyword, message, path)


def _place(held: Compiled, error: Any) -> tuple[Path, str]:
    """Where the violated keyword stands in the document, and what it is called."""
    steps = list(error.schema_path)
    starts = [index for index, step in enumerate(steps[:-1]) if step == "$defs"]
    name = str(steps[starts[-1] + 1]) if starts else ""
    rest = tuple(steps[starts[-1] + 2 :]) if starts else tuple(steps)
    path, whole = held.bases.get(name, ((), False))
    if whole:
        return path, str(path[-1])
    keyword = next((str(one) for one in reversed(rest) if isinstance(one, str)), "false")
    return (*path, *rest), keyword


def _found(value: Any, instance_path: Any) -> tuple[Path, Any]:
    """The place in the value as its keys have it (the engine takes the key "200" for a position), and what is there."""
    path: list[str | int] = []
    for part in instance_path:
        fitted: str | int = str(part) if isinstance(value, dict) else part
        value = value[fitted]
        path.append(fitted)
    return tuple(path), value


def _nearest(error: Any) -> list[Any] | None:
    """Of several forms, the faults of the one that was meant; None where that cannot be told."""
    level = len(error.instance_path)
    branches: list[list[Any]] = [list(branch) for branch in error.kind.context if branch]
    meant = [
        branch
        for branch in branches
        if not any(
            type(one.kind).__name__ in ("Type", "Constant", "Enum", "FalseSchema")
            and len(one.instance_path) == level
            for one in branch
        )
        and not any(
            type(one.kind).__name__ in ("Constant", "Enum") and len(one.instance_path) == level + 1
            for one in branch
        )
    ]
    if len(meant) == 1:
        return meant[0]
    if meant:
        ranked = sorted(meant, key=len)
        return ranked[0] if len(ranked[0]) < len(ranked[1]) else None
    not_null = [one for one in branches if not _wants_null(one)]
    return not_null[0] if len(not_null) == 1 else None


def _wants_null(branch: list[Any]) -> bool:
    kinds = [one.kind for one in branch if type(one.kind).__name__ == "Type"]
    return len(branch) == 1 and len(kinds) == 1 and list(kinds[0].types) == ["null"]


def _message(kind: Any, name: str, what: str, found: Any, formats: Formats) -> str:
    shown = f"{what} is {show(found)}"
    if name == "Type":
        wanted = " or ".join(_TYPES.get(str(one), str(one)) for one in kind.types)
        return f"{shown}, wanted {wanted}"
    if name == "Enum":
        return f"{shown}, wanted one of {', '.join(show(one) for one in kind.options)}"
    if name == "Constant":
        return f"{shown}, wanted {show(kind.expected_value)}"
    if name == "Pattern":
        return f"{shown}, wanted text that matches {kind.pattern}"
    if name == "Format":
        form = formats(kind.format)
        return f"{shown}, wanted {form.wanted if form else kind.format}"
    if name in _BOUNDS:
        return f"{shown}, wanted {_BOUNDS[name].format(kind.limit)}"
    if name in _SIZES:
        size = len(found) if isinstance(found, (str, list, dict)) else 0
        return f"{what} has {size} {_SIZES[name][0]}, wanted {_SIZES[name][1].format(kind.limit)}"
    if name in ("AnyOf", "OneOfNotValid"):
        return f"{shown}, which is none of the forms it may have"
    if name == "OneOfMultipleValid":
        return f"{shown}, which fits more than one of the forms of which one is wanted"
    if name == "MultipleOf":
        return f"{shown}, wanted a multiple of {kind.multiple_of}"
    if name == "UniqueItems":
        return f"{what} holds an item twice, wanted each once"
    if name == "Not":
        return f"{shown}, which is ruled out"
    if name == "FalseSchema":
        return f"{what} is there, wanted nothing"
    return f"{shown}, against {kind.name}"


_BOUNDS: Final = {
    "Minimum": "at least {}",
    "Maximum": "at most {}",
    "ExclusiveMinimum": "more than {}",
    "ExclusiveMaximum": "less than {}",
}
_SIZES: Final = {
    "MinLength": ("characters", "at least {}"),
    "MaxLength": ("characters", "at most {}"),
    "MinItems": ("items", "at least {}"),
    "MaxItems": ("items", "at most {}"),
    "MinProperties": ("properties", "at least {}"),
    "MaxProperties": ("properties", "at most {}"),
}


def show(value: Any) -> str:
    """A value as a message shows it: text in single quotes, everything else as JSON, cut at 60 characters."""
    text = repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}…"
