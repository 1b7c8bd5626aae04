"""Which file an overlay is for: the document, or another of the files that it is spread over.

An overlay changes one file, as its JSONPaths stand in one: `$` is that file's root, and no `$ref` is followed. `extends` names
it. Where it names another file than the document, one that the document's references lead to, the overlay is applied to that.
Whether they do has to be known before anything is applied, so references are looked for wherever they could stand; what they
are is found out later, by who knows OpenAPI.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from .diagnostic import DocumentError
from .library import Library
from .limits import Limits
from .places import Places


def file_named(extends: Any, place: Places) -> str:
    """The real path of the file that an overlay's `extends` names; "" where it names none, or a URL."""
    if not isinstance(extends, str) or not extends or ":" in extends.partition("/")[0]:
        return ""
    return os.path.realpath(os.path.join(os.path.dirname(place.text.file), unquote(extends)))


def for_other_files(
    root: Any, overlays: Sequence[Any], library: Library, limits: Limits
) -> dict[int, str]:
    """The overlays (by number, from 1) that are for another file of the document, and the real path of that file."""
    places = library.places
    wanted: dict[int, str] = {}
    for number, overlay in enumerate(overlays, 1):
        before = {os.path.realpath(place.text.file) for place in places[:number]}
        extends = overlay.get("extends") if isinstance(overlay, dict) else None
        address = file_named(extends, places[number])
        if address and address not in before and library.may_read(address):
            wanted[number] = address
    if not wanted:
        return {}
    sought = set(wanted.values())
    folder = os.path.dirname(os.path.realpath(places[0].text.file))
    for address in _reached([root, *overlays], folder, library, limits):
        sought.discard(address)
        if not sought:
            break
    return {number: address for number, address in wanted.items() if address not in sought}


def _reached(values: Sequence[Any], folder: str, library: Library, limits: Limits) -> Iterator[str]:
    """The files that references could lead to, from values that stand in a folder."""
    from .load import read_file

    seen: set[str] = set()
    todo = [(value, folder) for value in values]
    while todo:
        value, folder = todo.pop()
        for address in (os.path.realpath(os.path.join(folder, one)) for one in _files(value)):
            if address in seen or len(seen) > limits.files or not library.may_read(address):
                continue
            seen.add(address)
            yield address
            try:
                todo.append((read_file(address, limits)[0], os.path.dirname(address)))
            except DocumentError:
                continue  # who follows the reference will say what is wrong


def _files(value: Any) -> Iterable[str]:
    """The relative files in all texts that stand under `$ref`."""
    found: dict[str, None] = {}
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, list):
            todo.extend(one)
        elif isinstance(one, dict):
            todo.extend(one.values())
            reference = one.get("$ref")
            file = reference.partition("#")[0] if isinstance(reference, str) else ""
            if file and ":" not in file.partition("/")[0] and "\0" not in file:
                found[unquote(file)] = None
    return found
