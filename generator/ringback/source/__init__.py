"""Text to values that know their place: YAML, JSON, overlays. This room does not know OpenAPI."""

from .diagnostic import Diagnostic, DocumentError, Location, Path, Severity, pointer_of
from .dump import dump
from .limits import MAXIMUM_DEPTH, Limits
from .load import load
from .text import excerpt
from .tree import Tree

__all__ = [
    "MAXIMUM_DEPTH",
    "Diagnostic",
    "DocumentError",
    "Limits",
    "Location",
    "Path",
    "Severity",
    "Tree",
    "dump",
    "excerpt",
    "load",
    "pointer_of",
]
