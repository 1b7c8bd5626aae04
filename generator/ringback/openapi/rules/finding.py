"""What a rule gets, and how it says what it found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ringback.openapi.refs import Unresolved, at
from ringback.openapi.survey import Survey
from ringback.source import Diagnostic, Path, Severity, Tree


@dataclass(frozen=True, slots=True)
class Context:
    """A document under judgement. `version` is "3.0", "3.1" or "3.2"."""

    tree: Tree
    version: str
    survey: Survey
    formats: frozenset[str] = frozenset()  # that somebody else knows

    def error(
        self, path: Path, code: str, message: str, hint: str = "", *, key: bool = False
    ) -> Diagnostic:
        """A finding that stops the run; with `key`, it stands at the key of what `path` names."""
        return Diagnostic(self.tree.locate(path, key=key), code, message, hint=hint)

    def warning(
        self, path: Path, code: str, message: str, hint: str = "", *, key: bool = False
    ) -> Diagnostic:
        """A finding that is shown while the run goes on."""
        return Diagnostic(self.tree.locate(path, key=key), code, message, Severity.WARNING, hint)

    def where(self, path: Path) -> str:
        """The place of something else, as a message names it: line, and file if another one than `path`'s."""
        return str(self.tree.locate(path))

    def resolved(self, path: Path) -> tuple[Path, Any] | None:
        """The object that a path leads to through references; None where they lead nowhere (another rule says so)."""
        try:
            final = self.survey.resolver.final(path)
        except Unresolved:
            return None
        return final, at(self.tree.root, final)

    def listed(self, path: Path) -> Iterator[tuple[Path, Any]]:
        """The items of a list that may be missing: their places, and what they lead to."""
        parent = at(self.tree.root, path[:-1])
        for index in range(len(parent.get(path[-1]) or ())):
            found = self.resolved((*path, index))
            if found is not None and isinstance(found[1], dict):
                yield (*path, index), found[1]
