"""The only way for a document's text to become a Python value: as a literal.

It is total: whatever the text holds, the result is one token that evaluates to it. The quotes are those that black prefers.
"""

from __future__ import annotations

from typing import Any


def py(value: Any) -> str:
    """A Python literal: text, numbers, booleans, None, tuples, lists and mappings of these. Raises TypeError for anything else."""
    if isinstance(value, str):
        return _quoted(value)
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    if isinstance(value, tuple):
        return "(" + ", ".join(map(py, value)) + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, list):
        return "[" + ", ".join(map(py, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{py(key)}: {py(one)}" for key, one in value.items()) + "}"
    raise TypeError(f"no literal for {type(value).__name__}")


def _quoted(text: str) -> str:
    """A string literal in the quotes that black prefers: double, unless that needs more backslashes."""
    literal = repr(text)
    if literal[0] == '"':
        return literal
    body = literal[1:-1]
    double = body.replace("\\'", "'").replace('"', '\\"')
    return f'"{double}"' if double.count("\\") <= body.count("\\") else literal
