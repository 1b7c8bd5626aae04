"""From observations to actions of an overlay: how each place of a document has to change so that what was observed is legal.

An action may turn out not to be enough: the format guessed for some values is not that of others that the document allowed before.
Then the same place is corrected again, with a higher `level`, and loses the constraint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from ringback.contract.inferred import format_of, schema_of, shape_of
from ringback.contract.observed import Observation
from ringback.source import Path, Tree
from ringback.wire import forms

_LOOSER: Final = {"uri": "uri-reference", "iri": "iri-reference"}


@dataclass(frozen=True, slots=True)
class Action:
    """One action without its marks. `weakens`: it takes something away that the document promised."""

    path: Path
    description: str
    update: Any = None
    remove: bool = False
    weakens: bool = True
    query: str = ""  # in place of the path, where that does not say it


def corrections(tree: Tree, one: Observation, *, old: bool, level: int) -> Iterator[Action]:
    """The actions that make one observation legal, in their order."""
    special = _ADDITIONS.get(one.keyword)
    if special is not None:
        yield from special(one, old)
        return
    held = _at(tree, one.path)
    if held is None:
        return
    known = _KEYWORDS.get(one.keyword)
    if known is None or level > 1:
        yield Action(one.path, f"{one.keyword} does not hold for what was observed.", remove=True)
        return
    yield from known(tree, one, held, old, level)


def _at(tree: Tree, path: Path) -> Any:
    try:
        return tree.at(path)
    except (KeyError, IndexError, TypeError):
        return None


# -- what is missing


def _status(one: Observation, old: bool) -> Iterator[Action]:
    status, _, media = one.detail.partition(" ")
    response: dict[str, Any] = {"description": f"Observed, and not in the document: {status}."}
    if media:
        response["content"] = {media: _content(one, old)}
    description = f"The status {status} was answered, which the document does not have."
    yield Action(one.path, description, {status: response})


def _media(one: Observation, old: bool) -> Iterator[Action]:
    description = f"An answer had a body of {one.detail}, of which the document says nothing."
    update = {"content": {one.detail: _content(one, old)}}
    yield Action(one.path, description, update, weakens=False)


def _content(one: Observation, old: bool) -> dict[str, Any]:
    return {"schema": schema_of(one.values, old=old)} if one.values else {}


def _property(one: Observation, old: bool) -> Iterator[Action]:
    description = f"The property {one.detail} was answered, of which the document says nothing."
    schema = schema_of(one.values, old=old)
    if schema.get("type") == "null":
        schema = {}  # nothing was seen of it but that it may be null
    yield Action(one.path, description, {one.detail: schema}, weakens=False)


def _header(one: Observation, old: bool) -> Iterator[Action]:
    yield Action(one.path, "The header was not always there.", {"required": False})


# -- what is violated


def _type(tree: Tree, one: Observation, held: Any, old: bool, level: int) -> Iterator[Action]:
    found = dict.fromkeys(forms.type_of(value) for value in one.values)
    nullable = "null" in found
    added = [name for name in found if name != "null"]
    said = " and ".join(found)
    description = f"Values of type {said} were answered."
    if old:
        if nullable:
            yield Action(one.path[:-1], description, {"nullable": True})
        if added:
            yield Action(one.path, description, remove=True)
    elif isinstance(held, list):
        yield Action(one.path, description, [name for name in found if name not in held])
    else:
        yield Action(one.path, description, remove=True)
        update = {"type": [held, *(name for name in found if name != held)]}
        yield Action(one.path[:-1], description, update)


def _nullable(tree: Tree, one: Observation, held: Any, old: bool, level: int) -> Iterator[Action]:
    yield Action(one.path[:-1], "Null was answered.", {"nullable": True})


def _enum(tree: Tree, one: Observation, held: Any, old: bool, level: int) -> Iterator[Action]:
    known = list(held) if isinstance(held, list) else []
    added: list[Any] = []
    for value in one.values:
        if not any(value == other and type(value) is type(other) for other in known + added):
            added.append(value)
    if added:
        description = "Values were answered that the enum does not have."
        yield Action(one.path, description, added)


def _const(tree: Tree, one: Observation, held: Any, old: bool, level: int) -> Iterator[Action]:
    values: list[Any] = [held]
    for value in one.values:
        if value not in values:
            values.append(value)
    description = "Other values were answered than the only one."
    yield Action(one.path, description, remove=True)
    yield Action(one.path[:-1], description, {"enum": values})


def _pattern(tree: Tree, one: Observation, held: Any, old: bool, level: int) -> Iterator[Action]:
    shape = shape_of(one.values) if level == 0 else None
    if shape is None:
        yield Action(one.path, "Texts were answered that the pattern does not match.", remove=True)
        return
    description = "Texts were answered that the pattern does not match, all of one other form."
    yield Action(one.path, description, f"(?:{held})|(?:{shape})")


def _format(tree: Tree, one: Observation, held: Any, old: bool, level: int) -> Iterator[Action]:
    other = format_of(one.values) or _LOOSER.get(str(held))
    if level == 0 and other is not None and other != held:
        description = f"What was answered is {other}, not {held}."
        yield Action(one.path, description, other, weakens=other in _LOOSER.values())
        return
    description = f"What was answered is not always {held}."
    yield Action(one.path, description, remove=True)


def _required(tree: Tree, one: Observation, held: Any, old: bool, level: int) -> Iterator[Action]:
    if isinstance(held, list) and one.detail in held:
        path = (*one.path, held.index(one.detail))
        quoted = one.detail.replace("\\", "\\\\").replace("'", "\\'")
        query = f"{json_path(one.path)}[?@ == '{quoted}']"
        yield Action(
            path, f"The property {one.detail} was not always there.", remove=True, query=query
        )


def _closed(tree: Tree, one: Observation, held: Any, old: bool, level: int) -> Iterator[Action]:
    parent = _at(tree, one.path[:-1])
    description = f"The property {one.detail} was answered, which the document does not allow."
    schema = schema_of(one.values, old=old)
    if isinstance(parent, dict) and isinstance(parent.get("properties"), dict):
        yield Action((*one.path[:-1], "properties"), description, {one.detail: schema})
    else:
        yield Action(one.path[:-1], description, {"properties": {one.detail: schema}})


def _least(tree: Tree, one: Observation, held: Any, old: bool, level: int) -> Iterator[Action]:
    yield from _bound(one, held, min)


def _most(tree: Tree, one: Observation, held: Any, old: bool, level: int) -> Iterator[Action]:
    yield from _bound(one, held, max)


def _bound(one: Observation, held: Any, pick: Callable[..., Any]) -> Iterator[Action]:
    sizes = [
        value if isinstance(value, (int, float)) else len(value)
        for value in one.values
        if value is not None
    ]
    if sizes and isinstance(held, (int, float)) and not isinstance(held, bool):
        yield Action(one.path, f"{one.keyword} does not hold.", pick([held, *sizes]))


def _branches(tree: Tree, one: Observation, held: Any, old: bool, level: int) -> Iterator[Action]:
    description = f"Values were answered that fit no branch of {one.keyword}."
    yield Action(one.path, description, [schema_of(one.values, old=old)])


_ADDITIONS: Final[dict[str, Callable[[Observation, bool], Iterator[Action]]]] = {
    "status": _status,
    "content": _media,
    "property": _property,
    "header": _header,
}
_KEYWORDS: Final[dict[str, Callable[[Tree, Observation, Any, bool, int], Iterator[Action]]]] = {
    "type": _type, "nullable": _nullable, "enum": _enum, "const": _const, "pattern": _pattern,
    "format": _format, "required": _required, "additionalProperties": _closed,
    "unevaluatedProperties": _closed, "minimum": _least, "minLength": _least, "minItems": _least,
    "minProperties": _least, "maximum": _most, "maxLength": _most, "maxItems": _most,
    "maxProperties": _most, "anyOf": _branches, "oneOf": _branches,
}  # fmt: skip


def json_path(path: Path) -> str:
    """A path as JSONPath (RFC 9535) has it: `$.paths['/calls'].get`."""
    text = "$"
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif part.isascii() and part.isidentifier():
            text += f".{part}"
        else:
            escaped = part.replace("\\", "\\\\").replace("'", "\\'")
            text += "['" + "".join(_escaped(one) for one in escaped) + "']"
    return text


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if sign < " " else sign
