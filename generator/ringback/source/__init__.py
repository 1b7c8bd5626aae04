"""Text to values that know their place: YAML, JSON, overlays. This room does not know OpenAPI."""

from .cache import cache_folder, keep
from .collector import collector_paused
from .diagnostic import Diagnostic, DocumentError, Location, Path, Severity, pointer_of, steps_of
from .dump import dump, dump_value
from .library import FILES, home_of, is_url
from .limits import MAXIMUM_DEPTH, Limits
from .load import load
from .origins import Origin, Origins
from .refusals import Missing, Refused
from .text import excerpt
from .tree import Tree

__all__ = [
    "FILES",
    "MAXIMUM_DEPTH",
    "Diagnostic",
    "DocumentError",
    "Limits",
    "Location",
    "Missing",
    "Origin",
    "Origins",
    "Path",
    "Refused",
    "Severity",
    "Tree",
    "cache_folder",
    "collector_paused",
    "dump",
    "dump_value",
    "excerpt",
    "home_of",
    "is_url",
    "keep",
    "load",
    "pointer_of",
    "steps_of",
]
