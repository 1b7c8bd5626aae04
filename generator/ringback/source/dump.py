"""Plain values to canonical YAML or JSON: one form for one value, so that two dumps can be compared as text.

Block style, two spaces, members in their order. A text is written plain only where every YAML reader, 1.1 or
1.2, reads that very text back; several lines are a literal block where that loses nothing; all else is a JSON
string, which is a YAML string too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from .tree import Tree

# A letter first, printable ASCII, no space at the end; what would separate key and value, or begin a comment, is
# looked for apart.
_PLAIN: Final = re.compile(r"[A-Za-z_/$][ -~]*(?<! )\Z")
_RISKY: Final = re.compile(r": |:\Z| #")
# What YAML 1.1 takes for null, booleans, merges and numbers; 1.2 takes fewer.
_WORDS: Final = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
_UNPRINTABLE: Final = re.compile(
    r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_LONG_KEY: Final = (
    200  # YAML forbids simple keys above 1024 characters; escapes can make six of one
)


def dump(tree: Tree, *, as_json: bool = False) -> str:
    """The effective document as text that loads to the same values."""
    if as_json:
        return json.dumps(tree.root, indent=2, ensure_ascii=False) + "\n"
    return dump_value(tree.root)


def dump_value(root: Any) -> str:
    """Plain values as YAML that loads to the same values."""
    return "".join(f"{line}\n" for line in _lines(root, ""))


def _lines(value: Any, indent: str) -> Iterator[str]:
    """The lines of a value that stands alone, at an indentation."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _member(key, item, indent)
    elif isinstance(value, list) and value:
        for item in value:
            yield from _item(item, indent)
    else:
        first, rest = _scalar(value, indent)
        yield indent + first
        yield from rest


def _member(key: str, item: Any, indent: str) -> Iterator[str]:
    name = _text(key)
    if len(name) > _LONG_KEY:
        yield f"{indent}? {name}"
        name = ""
    if isinstance(item, (dict, list)) and item:
        yield f"{indent}{name}:"
        yield from _lines(item, f"{indent}  ")
        return
    first, rest = _scalar(item, indent)
    yield f"{indent}{name}: {first}"
    yield from rest


def _item(item: Any, indent: str) -> Iterator[str]:
    """A list item begins on the line of its dash."""
    if not isinstance(item, (dict, list)) or not item:
        first, rest = _scalar(item, indent)
        yield f"{indent}- {first}"
        yield from rest
        return
    lines = _lines(item, f"{indent}  ")
    yield f"{indent}- {next(lines)[len(indent) + 2 :]}"
    yield from lines


def _scalar(value: Any, indent: str) -> tuple[str, list[str]]:
    """A scalar or empty container: what follows on the same line, and the lines after it."""
    if isinstance(value, str):
        if "\n" in value and _fits_block(value):
            return _block(value, f"{indent}  ")
        return _text(value), []
    if isinstance(value, float):
        return _float(value), []
    return json.dumps(value), []


def _text(value: str) -> str:
    if _PLAIN.match(value) and not _RISKY.search(value) and value.lower() not in _WORDS:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


def _fits_block(value: str) -> bool:
    lines = value.split("\n")
    begins_indented = value[:1] in (" ", "\n")
    return (
        not begins_indented
        and not _UNPRINTABLE.search(value)
        and all(line == line.rstrip(" ") for line in lines)
    )


def _block(value: str, indent: str) -> tuple[str, list[str]]:
    body = value.rstrip("\n")
    tail = len(value) - len(body)
    sign = "|-" if tail == 0 else "|" if tail == 1 else "|+"
    lines = body.split("\n") + [""] * (tail - 1 if tail > 1 else 0)
    return sign, [indent + line if line else "" for line in lines]


def _float(value: float) -> str:
    text = repr(value)
    mantissa, e, exponent = text.partition("e")
    if not e:
        return text
    # YAML 1.1 wants a point and a signed exponent.
    point = mantissa if "." in mantissa else f"{mantissa}.0"
    sign = exponent if exponent[0] in "+-" else f"+{exponent}"
    return f"{point}e{sign}"
