"""Operators on the shape of answers: a property dropped, of another type, null; a value outside its enum; identifiers that are wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import Any, Final

from ringback.contract.strength.editing import GONE, at, read, with_value
from ringback.contract.strength.mutant import Fault, Mutant, Setting
from ringback.contract.strength.surface import Property, action, choices, family, properties
from ringback.contract.traffic import Reply, Request
from ringback.wire import Contract

_WRONG: Final[dict[str, Any]] = {
    "string": 7, "integer": "seven", "number": "seven", "boolean": "perhaps",
    "array": {}, "object": [],
}  # fmt: skip
_OUTSIDER: Final = "none-of-these"


class Changed(Fault):
    """Changes one property of the successful answers of one operation."""

    def __init__(self, setting: Setting, one: Property, change: Callable[[Any], Any]) -> None:
        super().__init__()
        self._label, self._status, self._pointer = one.label, one.status, one.pointer
        self._change = change

    def reply(self, request: Request, reply: Reply, label: str | None) -> Reply:
        if label != self._label or str(reply.status) != self._status:
            return reply
        value = read(reply.body)
        changed = at(value, self._pointer, self._change)
        self.applied += bool(changed)
        return with_value(reply, value) if changed else reply


def _always(value: Any) -> Callable[[Any], Any]:
    return lambda old: value


def _outside(old: Any) -> Any:
    return old if old is None else _OUTSIDER


def _cut(old: Any) -> Any:
    return old[:-1] if isinstance(old, str) and old else old


def _swapped(old: Any, prefix: str, skipped: int) -> Any:
    return prefix + old[skipped:] if isinstance(old, str) and old else old


def _mutant(
    contract: Contract,
    operator: str,
    one: Property,
    what: str,
    change: Callable[[Any], Any],
    *,
    silent: str = "",
    overlay: str = "",
) -> Mutant:
    return Mutant(
        operator=operator,
        operation=one.label,
        where=f"{one.status} {one.pointer}",
        what=what,
        place=contract.locate(one.schema.path),
        make=partial(Changed, one=one, change=change),
        variant=str(one.schema.types),
        silent=silent,
        overlay=overlay,
        focus=family(contract, one.label),
    )


def dropped(contract: Contract) -> Iterator[Mutant]:
    """`drop-field`: a property is not there."""
    for one in properties(contract):
        silent = "" if one.required else f"{one.name} need not be there"
        overlay = "" if one.required else action(one.owner.path, f"{{required: [{one.name}]}}")
        yield _mutant(
            contract, "drop-field", one, f"{one.name} is left out",
            _always(GONE), silent=silent, overlay=overlay,
        )  # fmt: skip


def retyped(contract: Contract) -> Iterator[Mutant]:
    """`retype`: a property is of a type that it cannot have."""
    for one in properties(contract):
        types = one.schema.types
        first = next((name for name in types if name in _WRONG), None)
        if first is None:
            silent = f"any type is allowed for {one.name}"
            yield _mutant(
                contract, "retype", one, f"{one.name} is a list of lists", _always([[7]]),
                silent=silent, overlay=action(one.schema.path, "{type: string}"),
            )  # fmt: skip
            continue
        wrong = _WRONG[first]
        if isinstance(wrong, int) and {"integer", "number"} & set(types):
            wrong = [7]
        yield _mutant(
            contract, "retype", one, f"{one.name} is {wrong!r}, which is no {first}",
            _always(wrong),
        )  # fmt: skip


def nulled(contract: Contract) -> Iterator[Mutant]:
    """`null`: a property has no value."""
    for one in properties(contract):
        allowed = one.schema.nullable or "null" in one.schema.types or not one.schema.types
        kept = [name for name in one.schema.types if name != "null"] or ["string"]
        silent = f"{one.name} may be null" if allowed else ""
        overlay = action(one.schema.path, f"{{type: {kept[0]}}}") if allowed else ""
        yield _mutant(
            contract, "null", one, f"{one.name} is null", _always(None),
            silent=silent, overlay=overlay,
        )  # fmt: skip


def outsiders(contract: Contract) -> Iterator[Mutant]:
    """`enum-outsider`: a value that is not on the list."""
    for one in properties(contract):
        if choices(one.schema):
            yield _mutant(
                contract, "enum-outsider", one, f"{one.name} is {_OUTSIDER!r}, which is not listed",
                _outside,
            )  # fmt: skip


def _identifying(contract: Contract) -> Iterator[Property]:
    for one in properties(contract):
        if one.kind is not None and one.kind.shaped and "string" in one.schema.types:
            yield one


def other_kinds(contract: Contract) -> Iterator[Mutant]:
    """`wrong-kind`: an identifier of another kind."""
    for one in _identifying(contract):
        kind = one.kind
        if kind is None or kind.prefix is None:
            continue
        wrong = next(
            (text for text, why in contract.kinds.wrongs(kind, Random(one.pointer)) if " in place of " in why),
            None,
        )  # fmt: skip
        other = next(
            (each for each in contract.kinds if wrong and each.prefix and each is not kind and each.fits(wrong)),
            None,
        )  # fmt: skip
        if other is None or other.prefix is None:
            continue
        yield _mutant(
            contract, "wrong-kind", one, f"{one.name} is a {other.name} in place of a {kind.name}",
            partial(_swapped, prefix=other.prefix, skipped=len(kind.prefix)),
        )  # fmt: skip


def truncated(contract: Contract) -> Iterator[Mutant]:
    """`truncated`: an identifier whose last character is missing."""
    for one in _identifying(contract):
        if one.kind is None or one.kind.integer:
            continue
        yield _mutant(
            contract, "truncated", one, f"the last character of {one.name} is missing",
            _cut,
        )  # fmt: skip
