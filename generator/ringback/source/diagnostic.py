"""What is wrong, and where: the one value in which every room reports a finding.

A room does not raise at its first finding. It collects all of them, sorts them by place and stops with
one `DocumentError` that carries the set, so that a person mends a document in one round, not in ten.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands inside its tree: keys and list positions from the root."""


class Severity(StrEnum):
    """How much a finding weighs: an error stops the run, a warning is shown and the run goes on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a text: file name as given by the caller, line and column from 1, JSON pointer."""

    file: str
    line: int
    column: int
    pointer: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One finding. `code` names its page in docs/diagnostics/; `hint` says what to do, if anything can be said."""

    location: Location
    code: str
    message: str
    severity: Severity = Severity.ERROR
    hint: str = ""


class DocumentError(Exception):
    """The document (or an overlay) is at fault; carries every finding, sorted by place."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        self.diagnostics = sorted(set(diagnostics))
        super().__init__(f"{len(self.diagnostics)} findings")


def pointer_of(path: Path) -> str:
    """The RFC 6901 JSON pointer of a path: ``("a/b", 0)`` gives ``/a~1b/0``."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def steps_of(pointer: str) -> tuple[str, ...]:
    """The steps of a JSON pointer, each as text: ``/a~1b/0`` gives ``("a/b", "0")``."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
