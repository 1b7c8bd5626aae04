"""Labels of operations, made short enough for where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_PARAMETER: Final = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Shortener:
    """Leaves out what all paths begin with: `prefix` ("/Accounts/{AccountSid}"), "" where that is nothing."""

    prefix: str

    def path(self, label: str) -> str:
        """The path of a label without what it shares with all others."""
        path = label.partition(" ")[2] or label
        return path.removeprefix(self.prefix) if self.prefix else path

    def fit(self, label: str, width: int) -> str:
        """The label with its method in a column, in at most `width` characters."""
        method = label.partition(" ")[0] if " " in label else ""
        return f"{method:<7}" + fit(self.path(label), max(width - 7, 8))


def shortener(labels: Iterable[str]) -> Shortener:
    """What the paths share, by whole segments; nothing where a path would be left empty."""
    paths = [label.partition(" ")[2].split("/") for label in labels if "/" in label]
    if len(paths) < 2:
        return Shortener("")
    shared = _shared(paths)
    return Shortener("/".join(shared) if len(shared) > 1 else "")


def _shared(paths: Sequence[list[str]]) -> list[str]:
    shortest = min(len(path) for path in paths)
    shared: list[str] = []
    for parts in zip(*(path[: shortest - 1] for path in paths), strict=True):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return shared


def fit(path: str, width: int) -> str:
    """A path in at most `width` characters: first its parameters lose their names, then its middle goes."""
    if len(path) > width:
        path = _PARAMETER.sub("{}", path)
    if len(path) <= width:
        return path
    half = (width - 1) // 2
    return f"{path[: width - 1 - half]}…{path[len(path) - half :]}"
