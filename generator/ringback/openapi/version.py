"""Which OpenAPI a document says it is."""

from __future__ import annotations

import re
from typing import Final

from ringback.source import Diagnostic, DocumentError, Tree

_SUPPORTED: Final = re.compile(r"3\.[012]\.\d+(?:-.+)?\Z")


def version_of(tree: Tree) -> str:
    """The `openapi` version, one of 3.0.x, 3.1.x and 3.2.x. Raises DocumentError on anything else."""
    root = tree.root
    if not isinstance(root, dict):
        raise _wrong(tree, "the document is no object")
    if "openapi" not in root:
        if "swagger" in root:
            raise _wrong(tree, f"this is Swagger {root['swagger']}", "swagger")
        raise _wrong(
            tree,
            "the document does not say which version of OpenAPI it is in",
            hint="begin it with openapi: 3.1.0",
        )
    found = root["openapi"]
    if not isinstance(found, str):
        raise _wrong(
            tree,
            f"the version is {found!r}, not text",
            "openapi",
            f'put it in quotes, with three parts: "{found}.0"',
        )
    if not _SUPPORTED.match(found):
        raise _wrong(tree, f"{found!r} is not a version this program reads", "openapi")
    return found


def _wrong(tree: Tree, message: str, key: str | None = None, hint: str = "") -> DocumentError:
    path = () if key is None else (key,)
    hint = hint or "OpenAPI 3.0, 3.1 and 3.2 are read; other versions need a converter"
    return DocumentError([Diagnostic(tree.locate(path), "unsupported-version", message, hint=hint)])
