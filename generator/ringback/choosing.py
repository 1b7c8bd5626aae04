"""The tables of `[tool.ringback]` that decide about a document: `paging` and `formats`. Here their shape is held; whether
they fit the document is seen when its plan is drawn.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from keyword import iskeyword
from typing import Any, Final

_KINDS: Final = {
    "link": ("next",),
    "header": (),
    "cursor": ("next", "parameter"),
    "page": ("parameter",),
    "offset": ("parameter",),
}
"""The kinds of paging, with what each needs."""
_FORMAT: Final = ("like", "type", "decode", "encode")
_NAME: Final = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*")


def paging_of(value: Any) -> dict[str, Any]:
    """How one list goes on; `false` is the kind "". Raises ValueError."""
    if value is False:
        return {"kind": ""}
    if not isinstance(value, dict):
        raise ValueError(f"it is {value!r}; it is false, or a table with a kind")
    kind = value.get("kind")
    if kind not in _KINDS:
        raise ValueError(f"the kind is {kind!r}; it is one of {', '.join(_KINDS)}")
    needed = _KINDS[kind]
    _known(value, ("kind", "rows", *needed, *(("first",) if kind == "page" else ())))
    for key in needed:
        if key not in value:
            raise ValueError(f"the kind {kind!r} needs {key}")
    for key in ("rows", "next", "parameter"):
        if key in value and (not isinstance(value[key], str) or (not value[key] and key != "rows")):
            raise ValueError(f"{key} is {value[key]!r}; it is a name")
    first = value.get("first", 1)
    if type(first) is not int or first < 0:
        raise ValueError(f"first is {first!r}; it is the number of the first page")
    return dict(value)


def format_of(value: Any) -> dict[str, Any]:
    """What one format is: the name of another one, or a table with a type. Raises ValueError."""
    if isinstance(value, str) and value:
        return {"type": value} if ":" in value and _named("type", value) else {"like": value}
    if not isinstance(value, dict) or not value:
        raise ValueError(f"it is {value!r}; it is the name of a format, or a table with a type")
    _known(value, _FORMAT[1:])
    if "type" not in value:
        raise ValueError("there is no type; it is named as module:name")
    for key in value:
        _named(key, value[key])
    return dict(value)


def _named(key: str, value: Any) -> bool:
    """Hold a text to the form `module:name`."""
    named = isinstance(value, str) and _NAME.fullmatch(value) is not None
    if not named or any(map(iskeyword, re.split("[.:]", value))):
        raise ValueError(
            f"{key} is {value!r}; it is named as module:name, for example shop.money:Money"
        )
    return True


def _known(table: dict[str, Any], keys: tuple[str, ...]) -> None:
    for key in table:
        if key not in keys:
            close = get_close_matches(key, keys, 1)
            hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(keys)}"
            raise ValueError(f"there is no {key!r} here; {hint}")
