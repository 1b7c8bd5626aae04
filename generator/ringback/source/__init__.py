"""Text to values that know their place: YAML, JSON, overlays. This room does not know OpenAPI."""

from .diagnostic import Diagnostic, DocumentError, Location, Path, Severity, pointer_of
from .limits import Limits
from .load import load
from .text import excerpt
from .tree import Tree

__all__ = [
    "Diagnostic",
    "DocumentError",
    "Limits",
    "Location",
    "Path",
    "Severity",
    "Tree",
    "excerpt",
    "load",
    "pointer_of",
]
