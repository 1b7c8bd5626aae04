"""JSON text to plain values, by the standard library's decoder where the text is in order.

The decoder gives no places and takes the last of two equal keys. So it is asked only to notice that something
is wrong; what and where is then found by the slower scan in `json_places`.
"""

from __future__ import annotations

import json
import re
from math import isinf
from typing import Any, Final, NoReturn

from .diagnostic import Diagnostic, DocumentError
from .json_places import scan_json
from .limits import Limits
from .text import Text

_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")


class NotJsonText(Exception):
    """The text is not JSON (it may still be YAML); carries what a JSON reader says about it."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(diagnostic.message)


class _Suspect(Exception):
    """Something in the text needs the slow scan."""


def looks_like_json(text: Text) -> bool:
    """Whether the first character is one that a JSON object or array begins with."""
    return text.content.lstrip(" \t\r\n")[:1] in ("{", "[")


def read_json(text: Text, limits: Limits) -> Any:
    """The value of a JSON text. Raises NotJsonText on a syntax error, DocumentError with all other faults."""
    try:
        value = json.loads(
            text.content,
            object_pairs_hook=_object,
            parse_float=_float,
            parse_constant=_suspect,
        )
        _hold(value, limits)
    except json.JSONDecodeError as error:
        said = error.msg[:1].lower() + error.msg[1:]
        raise NotJsonText(text.fault(error.pos, "json-syntax", said)) from None
    except (
        _Suspect,
        RecursionError,
        ValueError,
    ):  # ValueError: an integer of more than 4,300 digits
        return _slow(text, limits)
    if _SURROGATE.search(text.content):
        return _slow(text, limits)
    return value


def _slow(text: Text, limits: Limits) -> Any:
    faults: list[Diagnostic] = []
    scan_json(text, limits, faults)
    if faults:
        raise DocumentError(faults)
    return json.loads(text.content)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _Suspect
    return result


def _float(text: str) -> float:
    value = float(text)
    if isinf(value):
        raise _Suspect
    return value


def _suspect(_: str) -> NoReturn:
    raise _Suspect


def _hold(value: Any, limits: Limits) -> None:
    """Raises _Suspect where a value has more levels or more nodes than allowed; one layer at a time."""
    layer: list[Any] = [value]
    nodes = levels = 0
    while layer:
        nodes += len(layer)
        layer = [item for item in layer if type(item) is dict or type(item) is list]
        levels += bool(layer)
        if levels > limits.depth or nodes > limits.nodes:
            raise _Suspect
        layer = [
            inner for item in layer for inner in (item.values() if type(item) is dict else item)
        ]
