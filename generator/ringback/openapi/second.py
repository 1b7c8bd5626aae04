"""The second opinion: openapi-spec-validator, asked about documents that have passed our own judgement.

It never sees a document before that: it recurses, and it hangs, on what is not well formed. What it finds is
reported unless something has been reported at that place already. If it breaks on a document that we find in
order, that says nothing about the document, and nothing is reported.
"""

from __future__ import annotations

from collections.abc import Iterable

from ringback.source import Diagnostic, Path, Tree

from .refs import at


def second_opinion(tree: Tree, version: str, known: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What openapi-spec-validator finds beyond `known`."""
    from openapi_spec_validator import (
        OpenAPIV30SpecValidator,
        OpenAPIV31SpecValidator,
        OpenAPIV32SpecValidator,
    )

    validators = {
        "3.0": OpenAPIV30SpecValidator,
        "3.1": OpenAPIV31SpecValidator,
        "3.2": OpenAPIV32SpecValidator,
    }
    reported = {finding.location.pointer for finding in known}
    try:
        errors = list(validators[version[:3]](tree.root).iter_errors())
    except Exception:
        return []
    found = []
    for error in errors:
        place = tree.locate(_fit(tree, tuple(error.absolute_path)))
        # Inside schemas it often gives no place; then it is one of those we have named, if there are any.
        covered = (not place.pointer and bool(reported)) or any(
            pointer == place.pointer or pointer.startswith(f"{place.pointer}/")
            for pointer in reported
        )
        if not covered:
            message = " ".join(str(error.message).split())[:300]
            found.append(Diagnostic(place, "spec-validator", message))
    return found


def _fit(tree: Tree, path: Path) -> Path:
    """The part of a path that exists in the tree."""
    for end in range(len(path), 0, -1):
        try:
            at(tree.root, path[:end])
        except (KeyError, IndexError, TypeError):
            continue
        return path[:end]
    return ()
