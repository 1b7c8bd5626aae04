"""A plan to files, and files to the disk. Templates and formatter are loaded when something is rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .artifacts import templates_dir
from .compiled import PrintingFault
from .disk import (
    MANIFEST,
    NEXT,
    Change,
    Entry,
    Manifest,
    Obstacle,
    Overtaken,
    check_alone,
    compare,
    complete,
    difference,
    digest,
    known_texts,
    manifest_of,
    read_manifest,
    remember,
    remembered,
    unsettled,
    write,
)
from .layout import formatter
from .own import TemplateFault

if TYPE_CHECKING:
    from .printing import GeneratedFile, render
else:

    def __getattr__(name: str) -> Any:
        if name in ("GeneratedFile", "render"):
            from . import printing as module

            return getattr(module, name)
        raise AttributeError(name)


__all__ = [
    "MANIFEST",
    "NEXT",
    "Change",
    "Entry",
    "GeneratedFile",
    "Manifest",
    "Obstacle",
    "Overtaken",
    "PrintingFault",
    "TemplateFault",
    "check_alone",
    "compare",
    "complete",
    "difference",
    "digest",
    "formatter",
    "known_texts",
    "manifest_of",
    "read_manifest",
    "remember",
    "remembered",
    "render",
    "templates_dir",
    "unsettled",
    "write",
]
