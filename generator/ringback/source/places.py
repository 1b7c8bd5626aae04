"""Where every value of one text stands.

The reader of YAML sees all places as it goes, and keeps them as a tree of offsets that mirrors the values. The decoder of
JSON tells none: of JSON, what leads to a place is looked at once more when somebody asks for it (`json_places.py`).

A value stands where its text begins, with one exception: a block collection under a key (YAML) stands at its
key, which is the line a person looks for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from .diagnostic import Location, Path, pointer_of
from .text import Text

_PLAIN: Final = re.compile(r"[^\s,\[\]{}\"'|>&*!%#@`][^\n\r,\[\]{}#]*")

Children: TypeAlias = "Mapping[str, Mark] | Sequence[Mark] | None"


@dataclass(slots=True)
class Mark:
    """The offsets of one value and of its key (the value's own where there is no key), and of what is inside."""

    offset: int
    key: int
    children: Children = None

    def child(self, part: str | int) -> Mark | None:
        """The mark of the member or item, if there is one."""
        children = self.children
        if isinstance(children, Mapping):
            return children.get(part) if isinstance(part, str) else None
        if children is None or not isinstance(part, int) or not 0 <= part < len(children):
            return None
        return children[part]


@dataclass(frozen=True, slots=True)
class Places:
    """Answers, for one text, where the value at a path stands."""

    text: Text
    root: Mark

    def locate(self, path: Path, *, key: bool = False, shown: Path | None = None) -> Location:
        """The place of the value at `path`, or of its key; of the nearest value above where nothing stands there.

        `shown` is the path that the location's pointer names, where that is another one.
        """
        mark = self.root
        for part in path:
            inner = mark.child(part)
            if inner is None:
                key = False
                break
            mark = inner
        pointer = pointer_of(path if shown is None else shown)
        return self.text.location(mark.key if key else mark.offset, pointer)

    def written(self, path: Path) -> str | None:
        """The text of the scalar at `path` as it was written; None where it is no plain scalar of one line."""
        mark = self.root
        for part in path:
            inner = mark.child(part)
            if inner is None:
                return None
            mark = inner
        found = _PLAIN.match(self.text.content, mark.offset)
        return found.group().rstrip() if found else None
