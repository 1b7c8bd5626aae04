"""The only two ways for a document's text to become Python: a literal, and a docstring.

Both are total: whatever the text holds, the result is one Python token that evaluates to the text (a literal) or shows it
(a docstring), and nothing in it can end the token early.
"""

from __future__ import annotations

import textwrap
from typing import Any

_WIDTH = 100


def py(value: Any) -> str:
    """A Python literal: text, numbers, booleans, None, and tuples of these. Raises TypeError for anything else."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return repr(value)
    if isinstance(value, tuple):
        return "(" + ", ".join(map(py, value)) + ("," if len(value) == 1 else "") + ")"
    raise TypeError(f"no literal for {type(value).__name__}")


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
    paragraphs = text.strip().split("\n")
    lines = [line for paragraph in paragraphs for line in _wrapped(paragraph, _WIDTH - indent)]
    lines = [_escaped(line) for line in lines] or [""]
    margin = " " * indent
    if len(lines) == 1:
        return f'"""{_closed(lines[0])}"""'
    body = "\n".join((margin + line).rstrip() for line in lines[1:])
    return f'"""{lines[0]}\n{body}\n{margin}"""'


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
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)


def _closed(line: str) -> str:
    """A line that can stand right before the closing quotes."""
    return line[:-1] + '\\"' if line.endswith('"') else line
