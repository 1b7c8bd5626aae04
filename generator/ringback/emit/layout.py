"""Code laid out as black lays it out, so that black has nothing left to do.

One rule carries it: what fits on a line stands on one; what does not has one item a line and a comma after the last, which
black keeps. Blocks that this page cannot bring below the line length are handed to black (`printing.py`); tests hold
everything that is printed to black's own opinion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import metadata

WIDTH = 100

_FIELD = re.compile(r" *(\w+): (.+) = (\w+)$")
_NESTING = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|[()\[\]{}]| \| |, ')


@cache
def formatter() -> str:
    """The formatter and its version. Finding that out reads and parses a file of the installation."""
    return "black " + metadata.version("black")


def fit(head: str, items: Sequence[str], tail: str, indent: int = 0, after: int = 0) -> str:
    """`head`, the items between commas, `tail`: on one line if it fits at this indent, else one item a line.

    `after` is how much follows on the last line. An item that spans lines was laid out at `indent + 4`.
    """
    line = f"{head}{', '.join(items)}{tail}"
    if ("\n" not in line and indent + len(line) + after <= WIDTH) or not items:
        return line
    return exploded(head, items, tail, indent)


def exploded(head: str, items: Sequence[str], tail: str, indent: int = 0) -> str:
    """One item a line, whether they would fit or not: black keeps what ends with a comma."""
    margin = " " * (indent + 4)
    rows = "".join(f"{margin}{item},\n" for item in items)
    return f"{head}\n{rows}{' ' * indent}{tail}"


def imports(module: str, names: Sequence[str], indent: int = 0) -> str:
    """A `from … import …` statement with its newline, or nothing where no name is needed."""
    if not names:
        return ""
    ordered = sorted(set(names), key=import_key)
    line = f"from {module} import {', '.join(ordered)}"
    if indent + len(line) > WIDTH:
        line = fit(f"from {module} import (", ordered, ")", indent)
    return " " * indent + line + "\n"


def import_key(name: str) -> tuple[int, str, str]:
    """How imported names are ordered: constants, classes, functions; without regard to case inside."""
    rank = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return rank, name.lower(), name


def union(head: str, members: Sequence[str], indent: int = 0) -> str:
    """`head = A | B | C`, in parentheses where it is long."""
    line = head + " | ".join(members)
    if indent + len(line) <= WIDTH:
        return line
    margin = " " * (indent + 4)
    inner = margin + " | ".join(members)
    if len(inner) > WIDTH:
        inner = margin + f"\n{margin}| ".join(members)
    return f"{head}(\n{inner}\n{' ' * indent})"


def assignment(head: str, value: str, indent: int = 0) -> str:
    """`NAME = value`; the value in parentheses where that brings it below the line length."""
    if indent + len(head) + len(value) <= WIDTH or indent + 4 + len(value) > WIDTH:
        return head + value
    margin = " " * indent
    return f"{head}(\n{margin}    {value}\n{margin})"


def members(annotation: str) -> list[str]:
    """The members of a union as it is written: `A | B[C | D]` has two."""
    return divided(annotation, " | ")


def divided(text: str, separator: str) -> list[str]:
    """An expression divided at " | " or ", ", but not inside of brackets and literals."""
    found, depth, start = [], 0, 0
    for token in _NESTING.finditer(text):
        part = token.group()
        if part == separator and depth == 0:
            found.append(text[start : token.start()])
            start = token.end()
        depth += (part in "([{") - (part in ")]}")
    return [*found, text[start:]]


def annotated(line: str) -> str | None:
    """A line `name: A | B = DEFAULT` that is too long, as black breaks it; None where that is not known here."""
    match = _FIELD.match(line)
    if match is None:
        return None
    name, annotation, default = match.groups()
    indent = match.start(1)
    margin = " " * indent
    parts = members(annotation)
    if len(parts) == 1:
        return None
    head = f"{margin}{name}: {annotation} = ("
    if len(head) <= WIDTH:
        return f"{head}\n{margin}    {default}\n{margin})"
    inner = alternatives(parts, indent + 4)
    if not within(inner):
        return None
    return f"{margin}{name}: (\n{inner}\n{margin}) = {default}"


def alternatives(parts: Sequence[str], indent: int) -> str:
    """A union inside parentheses of its own: on one line, or a member a line."""
    margin = " " * indent
    line = margin + " | ".join(parts)
    return line if len(line) <= WIDTH else margin + f"\n{margin}| ".join(parts)


def within(text: str) -> bool:
    """Whether the lines of a union need no break of their own: they fit, or are a name that nothing can break."""
    return all(
        len(line) <= WIDTH or line.strip(" ").removeprefix("| ").isidentifier()
        for line in text.split("\n")
    )


def call(head: str, given: str, tail: str, indent: int) -> str:
    """A call with one argument, which stands on a line of its own where that is needed."""
    line = f"{head}{given}{tail}"
    if indent + len(line) <= WIDTH:
        return line
    margin = " " * indent
    return f"{head}\n{margin}    {given}\n{margin}{tail}"
