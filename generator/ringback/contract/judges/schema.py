"""The value of an answer keeps to its schema: one finding for each keyword and place that it violates.

What stands in every row of a list is said once, with the number of rows. A text that misses the pattern of an identifier is a
finding of its own kind (`identifiers.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ringback.contract.judges.identifiers import wrong_kind
from ringback.contract.judges.reading import NOTHING, Reading
from ringback.contract.outcome import Finding
from ringback.source import Path

if TYPE_CHECKING:
    from ringback.wire import Violation


def schema(reading: Reading) -> Iterator[Finding]:
    """`schema`, and `wrong-kind` for identifiers."""
    if reading.value is NOTHING or reading.schema is None:
        return
    violations = reading.contract.violations(reading.schema, reading.value, reply=True)
    if not violations:
        return
    counted: dict[tuple[str, Path], tuple[Violation, int]] = {}
    for one in violations:
        key = (general(reading.value, one.where), one.path)
        first, count = counted.get(key, (one, 0))
        counted[key] = (first, count + 1)
    for (where, _), (one, count) in counted.items():
        yield _finding(reading, one, where, count)


def _finding(reading: Reading, one: Violation, where: str, count: int) -> Finding:
    if one.keyword == "pattern":
        kind = wrong_kind(reading, one, where)
        if kind is not None:
            return reading.finding("wrong-kind", kind, one.path, where=f"body{where}", count=count)
    return reading.finding("schema", one.message, one.path, where=f"body{where}", count=count)


def general(value: Any, pointer: str) -> str:
    """A pointer with `*` in the place of positions in lists: the same place in every row."""
    if not pointer:
        return ""
    found: list[str] = []
    for part in pointer[1:].split("/"):
        if isinstance(value, list):
            found.append("*")
            value = value[int(part)] if part.isdecimal() and int(part) < len(value) else None
            continue
        found.append(part)
        name = part.replace("~1", "/").replace("~0", "~")
        value = value.get(name) if isinstance(value, dict) else None
    return "/" + "/".join(found)


def value_at(value: Any, pointer: str) -> Any:
    """What stands at a JSON pointer; NOTHING where nothing does."""
    for part in pointer[1:].split("/") if pointer else ():
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        elif isinstance(value, dict) and name in value:
            value = value[name]
        else:
            return NOTHING
    return value
