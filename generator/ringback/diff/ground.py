"""Where an operation stands, and how what is found in it is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ringback.openapi import Schema
from ringback.source import Path, Tree

from .remarks import remarks
from .walk import FLIPPED, Direction, Finding, Walk


@dataclass(frozen=True, slots=True)
class Ground:
    """Where an operation stands. `turned`: the API is the one that calls (a webhook, a callback).

    `schemes`: security schemes that are called otherwise in the new document, old name to new name.
    """

    walk: Walk
    old: Tree
    new: Tree
    label: str
    schemes: Mapping[str, str]
    turned: bool = False

    def say(
        self,
        code: str,
        subject: str,
        message: str,
        old: Path | None = None,
        new: Path | None = None,
    ) -> None:
        """A finding of this operation; where the API calls, callers and servers change places."""
        self.walk.say(
            Finding(code, subject, f"{subject} {message}", old, new, swapped=self.turned),
            self.label,
        )

    def remark(self, subject: str, old: Path, new: Path) -> None:
        """Texts, examples and x- keys of two objects."""
        before, after = written_at(self.old, old), written_at(self.new, new)
        if before is after or not isinstance(before, dict) or not isinstance(after, dict):
            return
        for finding in remarks(subject, before, after, old, new):
            self.walk.say(finding, self.label)

    def schemas(
        self, old: Schema | None, new: Schema | None, direction: Direction, subject: str,
        at_old: Path, at_new: Path,
    ) -> None:  # fmt: skip
        """The schemas of something that travels, seen from the caller of this operation."""
        turned = FLIPPED[direction] if self.turned else direction
        if old is not None and new is not None:
            self.walk.enter((old,), (new,), turned, subject, self.label)
        elif old is not None or new is not None:
            code = f"{turned}-schema-{'removed' if new is None else 'added'}"
            text = (
                "can be anything now" if new is None else "has a schema now, and could be anything"
            )
            finding = Finding(code, subject, f"{subject} {text}", at_old, at_new)
            self.walk.say(finding, self.label)


def written_at(tree: Tree, path: Path) -> Any:
    """What stands at a path, None where there is nothing."""
    try:
        return tree.at(path)
    except (KeyError, IndexError, TypeError):
        return None
