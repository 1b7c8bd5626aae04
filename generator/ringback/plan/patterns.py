"""Regular expressions of the document (ECMA 262) as Python's `re` reads them.

`$` would accept a newline at the end, `.` some line ends, `\\d`, `\\w` and `\\b` every script's digits and letters, `\\s`
other spaces; these are spelled out. Named groups and what refers to them are written otherwise. What Python's engine does
not have is not translated: the caller says so and leaves the text unchecked.
"""

from __future__ import annotations

import re

_SPACES = r"\t\n\x0b\x0c\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_CLASSES = {"d": "0-9", "w": "A-Za-z0-9_", "s": _SPACES}
_ANY = r"[^\n\r\u2028\u2029]"
_WHOLE = {"[^]": r"[\s\S]", "[]": "(?!)"}
"""Classes without members: ECMAScript has them, and Python would read on to the next bracket."""


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
        whole = next((one for one in _WHOLE if pattern.startswith(one, position)), "")
        if whole and not inside:
            pieces.append(_WHOLE[whole])
            position += len(whole)
            continue
        if char == "[" and not inside:
            inside = True
        elif char == "]" and inside:
            inside = False
        elif char == "[" and inside:
            char = "\\["
        elif char == "$" and not inside:
            char = r"\Z"
        elif char == "." and not inside:
            char = _ANY
        elif inside and pattern.startswith("--", position):
            raise ValueError("a range that begins or ends with a hyphen: Python warns of it")
        elif char in "&|~" and inside and pattern[position + 1 : position + 2] == char:
            char = "\\" + char
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
    if char in "DWS":
        if inside:
            raise ValueError("a negated class inside a class")
        return f"[^{_CLASSES[char.lower()]}]", 1
    if char in "/-" and not inside:
        return re.escape(char), 1
    if char in "/":
        return char, 1
    if char == "k" and not inside and (named := re.match(r"k<(\w+)>", rest)):
        return f"(?P={named.group(1)})", named.end()
    if char in "bB" and not inside:
        return rf"(?a:\{char})", 1
    if char == "u":
        return _by_number(rest)
    if char == "x" and re.match(r"[0-9a-fA-F]{2}", rest[1:]):
        return "\\" + rest[:3], 3
    if char in "pPkcAZzaUN" or (char.isalpha() and char not in "bBdDsSwWnrtfv"):
        raise ValueError(f"\\{char}")
    return "\\" + char, 1


def _by_number(rest: str) -> tuple[str, int]:
    """A character by its number: `u0041`, `u{1F600}`, or both halves of a pair. Half a pair is no character in Python."""
    number = 0xD800
    if found := re.match(r"u\{([0-9a-fA-F]{1,6})\}", rest):
        number = int(found.group(1), 16)
    elif found := re.match(r"u([dD][89abAB]..)\\u([dD][c-fC-F]..)", rest):
        high, low = (int(half, 16) for half in found.groups())
        number = 0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF)
    elif found := re.match(r"u([0-9a-fA-F]{4})", rest):
        number = int(found.group(1), 16)
        if number < 0xD800 or number > 0xDFFF:
            return "\\" + rest[:5], 5
    if found is None or 0xD800 <= number <= 0xDFFF:
        raise ValueError("\\u")
    return re.escape(chr(number)), found.end()
