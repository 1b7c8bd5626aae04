"""The tree, judged and read: the door of this room."""

from __future__ import annotations

from ringback.source import Diagnostic, Tree

from .model import Document
from .reader import read_document
from .refs import Resolver
from .version import version_of


def parse(tree: Tree) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Read a tree as OpenAPI; the warnings come second. Raises DocumentError with all errors and warnings."""
    version = version_of(tree)
    return read_document(tree, version, Resolver(tree.root)), tree.warnings
