"""Extensions of ours: a misspelt one would be ignored without a word, so it is said."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from ringback.source import FILES, Diagnostic, Path

from .finding import Context

KNOWN = frozenset(
    {
        "x-ringback-credential",
        "x-ringback-credentials",
        "x-ringback-csv",
        "x-ringback-errors",
        "x-ringback-group",
        "x-ringback-identifier",
        "x-ringback-lifecycle",
        "x-ringback-name",
        "x-ringback-signature",
        "x-ringback-source",
        "x-ringback-tokens",
        "x-ringback-version-header",
        "x-ringback-words",
    }
)
"""Every extension that the generator reads; docs/extensions.md describes them."""


def unknown_extension(context: Context) -> Iterator[Diagnostic]:
    """A key that begins like one of our extensions and is none."""
    if not any("x-ringback-" in place.text.content for place in context.tree.library.places):
        return
    stack: list[tuple[Path, Any]] = [((), context.tree.root)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, list):
            stack.extend(((*path, index), one) for index, one in enumerate(value))
        if not isinstance(value, dict):
            continue
        for key, one in value.items():
            stack.append(((*path, key), one))
            if key == FILES and not path:
                continue
            if key.startswith("x-ringback-") and key not in KNOWN:
                close = get_close_matches(key, KNOWN, 1)
                hint = f"did you mean {close[0]}?" if close else ""
                message = f"{key} is no extension of ringback: it has no effect"
                yield context.warning((*path, key), "unknown-extension", message, hint, key=True)
