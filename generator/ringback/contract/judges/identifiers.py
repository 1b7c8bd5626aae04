"""An identifier in an answer is of the kind that stands there, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ringback.contract.judges.reading import NOTHING, Reading
from ringback.contract.judges.words import shown

if TYPE_CHECKING:
    from ringback.wire import Kind, Violation


def wrong_kind(reading: Reading, violation: Violation, where: str) -> str | None:
    """What is wrong with the identifier that misses its pattern, in a sentence; None where none is meant to stand there.

    Tells an identifier of another kind, one that is cut short, and what is no identifier at all.
    """
    from ringback.contract.judges.schema import value_at

    kinds = reading.contract.kinds
    response = reading.response
    status = response.status if response is not None else str(reading.status)
    kind = kinds.of_property(reading.label, status, where)
    value = value_at(reading.value, violation.where)
    if kind is None or value is NOTHING or not isinstance(value, str):
        return None
    name = where.rpartition("/")[2]
    found = f"{name} is {shown(value)}"
    wanted = f"wanted {_called(kind)}"
    other = next(
        (one for one in kinds.all if one is not kind and one.shaped and one.fits(value)), None
    )
    if other is not None and other.pattern:
        return f"{found}, {_called(other)}, {wanted}"
    if kind.prefix and value.startswith(kind.prefix) and _is_cut(kind, value):
        return f"{found}, truncated to {len(value)} characters, {wanted}"
    return f"{found}, {wanted}"


def _called(kind: Kind) -> str:
    return f"an identifier {kind.name} ({kind.pattern})" if kind.pattern else f"a {kind.name}"


def _is_cut(kind: Kind, value: str) -> bool:
    """Whether a text would be an identifier if it went on: more of its own last character makes it one."""
    return any(kind.fits(value + value[-1] * more) for more in range(1, 65))
