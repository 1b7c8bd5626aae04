"""A document's text as a docstring, and as a TOML string. (As a Python literal: `plan/literals.py`.)

Both are total: whatever the text holds, the result is one token that shows the text, and nothing in it can end the token
early.
"""

from __future__ import annotations

import re
import textwrap

_WIDTH = 100


def toml(text: str) -> str:
    """A TOML basic string."""
    return '"' + "".join(_toml_character(c) for c in text) + '"'


def _toml_character(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable():
        return char
    return "?" if 0xD800 <= ord(char) <= 0xDFFF else f"\\U{ord(char):08X}"


def docstring(text: str, indent: int) -> str:
    """A triple-quoted string that shows the text; lines are wrapped to the page, lists keep their indent."""
    paragraphs = re.sub(r"\n\s*\n", "\n\n", text.strip()).split("\n")
    lines = [
        _escaped(line) for paragraph in paragraphs for line in _wrapped(paragraph, _WIDTH - indent)
    ]
    lines = [lines[0].strip(" "), *_dedented(lines[1:])]
    margin = " " * indent
    lead = " " if lines[0].startswith('"') else ""
    if len(lines) == 1:
        return f'"""{lead}{lines[0]}{" " if lines[0].endswith(chr(34)) else ""}"""'
    body = "\n".join((margin + line).rstrip() for line in lines[1:])
    return f'"""{lead}{lines[0]}\n{body}\n{margin}"""'


def _dedented(lines: list[str]) -> list[str]:
    """Lines without the indent that all of them share."""
    shared = min(
        (len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")), default=0
    )
    return [line[shared:].rstrip(" ") for line in lines]


def _wrapped(line: str, width: int) -> list[str]:
    """One line of text as lines that fit; what cannot be broken stays whole."""
    line = line.rstrip()
    if len(line) + 6 <= width:
        return [line]
    lead = line[: len(line) - len(line.lstrip(" "))]
    follow = lead + "    " if lead else ""
    found = textwrap.wrap(
        line,
        width - 6,
        subsequent_indent=follow,
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
        drop_whitespace=True,
    )
    return found or [""]


def _escaped(line: str) -> str:
    """A line without anything that Python would read as more than text."""
    line = line.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)
