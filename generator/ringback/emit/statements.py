"""Only statements with a line that is too long go to black, one by one: it costs more than everything else together.

Black lays a statement out without regard to its neighbours, so a class with one long field needs black for that field
alone. Statements are found line by line, by what holds of everything that our templates print: a docstring begins a line
and nothing in it can end it early, a bracket that is open at the end of a line is closed by the next line of the same
indent. (A template of somebody else's may print anything: its file is black's as a whole.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ringback.emit.layout import WIDTH, annotated

_WHOLE = re.compile(
    r' *\w+: TypeAlias = "[^"\\]*"$| *[\w.]+,$| *"[^"\\]*",?$| *"\w*": "\w*",$| *class \w+\($'
    r"| *(?:\| )?\w+$"
)
"""A line that black leaves as it is, whatever its length: there is nowhere to break it."""
_LONG = re.compile(rf"^.{{{WIDTH + 1},}}$", re.MULTILINE)
_TEXT = '"""'


def settled(text: str, formatted: Callable[[str], str]) -> str:
    """A printed module as black has it; `formatted` is black, for a module's text."""
    if not _LONG.search(text):
        return text
    lines = text.split("\n")
    found: list[str] = []
    start = 0
    while start < len(lines):
        line = lines[start]
        if line.lstrip(" ").startswith(_TEXT):
            end = _end_of_text(lines, start)
            found += lines[start:end]
        else:
            end = _end_of_statement(lines, start)
            piece = lines[start:end]
            if all(len(one) <= WIDTH or _WHOLE.match(one) for one in piece):
                found += piece
            else:
                found.append(_laid_out(piece, formatted))
        start = end
    return "\n".join(found)


def _end_of_text(lines: Sequence[str], start: int) -> int:
    """One past the last line of a docstring."""
    first = lines[start].lstrip(" ")
    end = start + 1
    if _TEXT not in first[len(_TEXT) :]:
        while _TEXT not in lines[end]:
            end += 1
        end += 1
    return end


def _end_of_statement(lines: Sequence[str], start: int) -> int:
    """One past the last line of a statement (of its head, where a body follows)."""
    indent = _indent(lines[start])
    end = start
    while lines[end].endswith(("(", "[", "{")):
        end += 1
        while not lines[end] or _indent(lines[end]) > indent:
            end += 1
    return end + 1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _laid_out(piece: Sequence[str], formatted: Callable[[str], str]) -> str:
    """One statement: by our own rule where there is one, else by black, inside as many blocks as it stands in."""
    indent = _indent(piece[0])
    own = annotated(piece[0]) if len(piece) == 1 else None
    if own is not None:
        return own
    around = [" " * depth + "if _:" for depth in range(0, indent, 4)]
    body = [" " * (indent + 4) + "pass"] if piece[-1].endswith(":") else []
    text = formatted("\n".join([*around, *piece, *body]) + "\n")
    lines = text.rstrip("\n").split("\n")
    return "\n".join(lines[len(around) : len(lines) - len(body)]).strip("\n")
