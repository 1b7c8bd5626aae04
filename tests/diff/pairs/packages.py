"""Documents as packages on the disk: what `ringback generate` makes of them, each under a name of its own.

A package that is made anew in the folder of another one keeps its names (the lock); so the document after an edit is
planned with the names of the one before. Where that makes no difference, one package serves both.
"""

from __future__ import annotations

import hashlib
import importlib
import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from ringback import emit, openapi, plan, source
from ringback.emit import GeneratedFile, printing
from ringback.openapi import Document
from ringback.plan import Drawn, Plan
from tests.diff.pairs.edits import BASE, edited


@dataclass(frozen=True)
class Package:
    """A generated package, and what it was made of."""

    name: str
    folder: Path
    document: Document
    drawn: Drawn

    @property
    def plan(self) -> Plan:
        return self.drawn.plan

    def text(self, module: str) -> str:
        """The source of one of its modules."""
        return (self.folder / self.name / f"{module}.py").read_text("utf-8")

    def has(self, module: str) -> bool:
        """Whether there is such a module."""
        return (self.folder / self.name / f"{module}.py").is_file()

    def module(self, name: str) -> Any:
        """One of its modules, imported."""
        return importlib.import_module(f"{self.name}.{name}")


@dataclass(frozen=True)
class Comparison:
    """What was before and what comes after: the old package as it was made first, the new one in its place."""

    name: str
    old: Package
    new: Package


class Workshop:
    """Makes packages in a folder, each plan once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[Package] = []
        self._environment = cache(
            printing.environment
        )  # templates are compiled once, not for each package
        self._documents: dict[str, Document] = {}

    def comparisons(self, names: list[str]) -> list[Comparison]:
        """Each edit, there and back."""
        base = self._document("base", None)
        found = []
        for name in names:
            after = self._document(name, name)
            for told, one, two in ((name, base, after), (f"{name} (back)", after, base)):
                old = self._package(one, plan.draw(one, "bindings"))
                new = self._package(two, plan.draw(two, "bindings", old.drawn.lock))
                found.append(Comparison(told, old, new))
        return found

    def _document(self, file: str, edit: str | None) -> Document:
        if file not in self._documents:
            raw = BASE if edit is None else edited(edit)
            path = self.folder / f"{file}.json"
            path.write_text(json.dumps(raw, indent=1), encoding="utf-8")
            self._documents[file] = openapi.parse(source.load(path), second=False)[0]
        return self._documents[file]

    def _package(self, document: Document, drawn: Drawn) -> Package:
        for one in self.made:
            same = replace(drawn.plan, package=one.name) == one.plan
            if same and one.document is document:
                return one
        name = f"bindings_{len(self.made)}"
        named = replace(drawn, plan=replace(drawn.plan, package=name))
        with mock.patch.object(printing, "environment", self._environment):
            self._write(name, emit.render(named.plan))
        made = Package(name, self.folder, document, named)
        self.made.append(made)
        return made

    def _write(self, name: str, files: tuple[GeneratedFile, ...]) -> None:
        """A package on the disk. Those that need the same runtime share its folder, and so its compiled modules."""
        runtime = [one for one in files if one.path.startswith("_runtime/")]
        digest = hashlib.sha256(repr([(one.path, one.text) for one in runtime]).encode())
        shared = self.folder / ".runtimes" / digest.hexdigest()[:16]
        (self.folder / name).mkdir()
        (self.folder / name / "_runtime").symlink_to(shared, target_is_directory=True)
        shared.mkdir(parents=True, exist_ok=True)
        for one in files:
            target = self.folder / name / one.path
            if one not in runtime or not target.exists():
                target.write_text(one.text, encoding="utf-8")
