"""What a plain YAML scalar means.

OpenAPI asks for YAML 1.2 restricted to what JSON can say. So `yes`, `on`, `1:30`, `2024-01-01` and `=` are text,
as every YAML 1.2 reader has them; a number is what JSON would call one (`007` and `+15551234` stay text: an
identifier that lost its zeros is no use to anyone). `.nan` and `.inf` have no JSON form and are errors.
"""

from __future__ import annotations

import re
from math import isinf
from typing import Final, TypeAlias

Scalar: TypeAlias = str | int | float | bool | None

_WORDS: Final[dict[str, Scalar]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_OTHER_BASE: Final = re.compile(r"0x[0-9a-fA-F]+\Z|0o[0-7]+\Z")
_FLOAT: Final = re.compile(r"-?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_NO_JSON: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")


class NotJson(ValueError):
    """A scalar that means something JSON cannot carry; the text says what."""


def plain(text: str) -> Scalar:
    """The value of an unquoted scalar. Raises NotJson for infinities, NaN and numbers that are too large."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "-.0123456789+":
        return text
    if _INTEGER.match(text):
        return integer(text)
    if _FLOAT.match(text):
        return number(text)
    if _OTHER_BASE.match(text):
        return int(text[2:], 16 if text[1] == "x" else 8)
    if _NO_JSON.match(text):
        raise NotJson(f"{text} is not a JSON value")
    return text


def integer(text: str) -> int:
    """An integer of any practical size."""
    try:
        return int(text)
    except ValueError:
        raise NotJson(f"a number of {len(text)} digits is too large") from None


def number(text: str) -> float:
    """A finite floating point number."""
    value = float(text)
    if isinf(value):
        raise NotJson(f"{text[:40]} is too large for a floating point number")
    return value
