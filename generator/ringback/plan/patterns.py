"""Regular expressions of the document (ECMA 262) as Python's `re` reads them.

`$` would accept a newline at the end, `\\d` and `\\w` every script's digits and letters; these are spelled out. What
Python's engine does not have is not translated: the caller says so and leaves the text unchecked.
"""

from __future__ import annotations

import re

_CLASSES = {"d": "0-9", "w": "A-Za-z0-9_"}
_PLAIN = {"/": "/", "-": "-", "cJ": "\\n"}


def to_python(pattern: str) -> str | None:
    """The pattern for `re.search`, or None where it cannot be kept."""
    try:
        translated = "".join(_pieces(pattern))
        re.compile(translated)
    except (re.error, ValueError, IndexError, OverflowError, RecursionError):
        return None
    return translated


def _pieces(pattern: str) -> list[str]:
    pieces: list[str] = []
    inside = False
    position = 0
    while position < len(pattern):
        char = pattern[position]
        if char == "\\":
            piece, used = _escape(pattern[position + 1 :], inside)
            pieces.append(piece)
            position += used + 1
            continue
        if char == "[" and not inside:
            inside = True
        elif char == "]" and inside:
            inside = False
        elif char == "[" and inside:
            char = "\\["
        elif char == "$" and not inside:
            char = r"\Z"
        elif (
            char == "("
            and pattern[position : position + 3] == "(?<"
            and pattern[position + 3] not in "=!"
        ):
            char = "(?P"
            position += 1
        pieces.append(char)
        position += 1
    return pieces


def _escape(rest: str, inside: bool) -> tuple[str, int]:
    """A backslash's meaning in Python, and how much of the rest it took."""
    char = rest[0]
    if char in _CLASSES:
        return (_CLASSES[char] if inside else f"[{_CLASSES[char]}]"), 1
    if char in "DW":
        if inside:
            raise ValueError("a negated class inside a class")
        return f"[^{_CLASSES[char.lower()]}]", 1
    if char in "/-" and not inside:
        return re.escape(char), 1
    if char in "/":
        return char, 1
    if char == "u" and re.match(r"[0-9a-fA-F]{4}", rest[1:]):
        return "\\" + rest[:5], 5
    if char == "x" and re.match(r"[0-9a-fA-F]{2}", rest[1:]):
        return "\\" + rest[:3], 3
    if char in "pPukcAZzaUN" or (char.isalpha() and char not in "bBdDsSwWnrtfv"):
        raise ValueError(f"\\{char}")
    return "\\" + char, 1
