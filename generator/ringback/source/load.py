"""Files to one tree: the door of this room."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from .diagnostic import Diagnostic, DocumentError
from .json_places import opened
from .json_reader import NotJsonText, looks_like_json, read_json
from .library import Library
from .limits import Limits
from .places import Places
from .text import Text, read_text
from .tree import Tree


def load(
    document: str | os.PathLike[str],
    overlays: Sequence[str | os.PathLike[str]] = (),
    *,
    limits: Limits | None = None,
    allowed: Sequence[str] = (),
) -> Tree:
    """Read a YAML or JSON document and apply overlays to it, in their order.

    References into other files are followed later, by who knows what is a reference: `Tree.library` opens them. It
    reads files in the document's folder, and what `allowed` names: folders, files, beginnings of URLs.

    Raises DocumentError with all findings: those of the document and of every overlay file together; what the
    overlays do to the document is tried only when all files could be read.
    """
    held = limits or Limits()
    faults: list[Diagnostic] = []
    read: list[tuple[Any, Places]] = []
    for name in (document, *overlays):
        try:
            read.append(read_file(os.fspath(name), held))
        except DocumentError as error:
            faults.extend(error.diagnostics)
    if faults:
        raise DocumentError(faults)
    values, places = [value for value, _ in read], tuple(place for _, place in read)
    warnings: tuple[Diagnostic, ...] = ()
    file = places[0].text.file
    library = Library(values[0], file, places, None, held, allowed)
    if overlays:
        from .overlay import apply_overlays

        warnings = apply_overlays(values[0], values[1:], library, held)
    return Tree(values[0], file, library, warnings)


def read_file(file: str, limits: Limits) -> tuple[Any, Places]:
    """The value of one file and its places. Raises DocumentError with everything that is wrong with it."""
    return read_value(read_text(file, limits), limits)


def read_value(text: Text, limits: Limits) -> tuple[Any, Places]:
    """The value of a text and its places. Raises DocumentError with everything that is wrong with it."""
    if looks_like_json(text):
        try:
            return read_json(text, limits), Places(text, opened(text))
        except NotJsonText as error:
            if text.file.endswith(".json"):
                raise DocumentError([error.diagnostic]) from None
    from .yaml_reader import read_yaml

    value, mark = read_yaml(text, limits)
    return value, Places(text, mark)
