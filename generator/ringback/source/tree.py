"""A loaded document: plain values, and the answer to where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .diagnostic import Diagnostic, Location, Path
from .places import Places

if TYPE_CHECKING:
    from .origins import Origins


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """One effective document.

    `root` is plain dict, list and scalars and is not to be changed. `file` is the document's name as the caller
    gave it; `inputs` names every file that was read, each with the SHA-256 of its bytes.
    """

    root: Any
    file: str
    inputs: tuple[tuple[str, str], ...]
    places: tuple[Places, ...]  # the document's, then one per overlay
    origins: Origins | None = None
    warnings: tuple[Diagnostic, ...] = ()  # what is odd about the overlays

    def at(self, path: Path) -> Any:
        """The value at a path; raises KeyError, IndexError or TypeError where nothing stands there."""
        value = self.root
        for part in path:
            value = value[part]
        return value

    def locate(self, path: Path, *, key: bool = False) -> Location:
        """Where the value at `path` stands: in the document, or in the overlay that brought it.

        With `key`, where its key stands. Where nothing stands at `path`, the place of the nearest value above.
        """
        if self.origins is None:
            return self.places[0].locate(path, key=key)
        origin = self.origins.of(self.root, path)
        return self.places[origin.source].locate(origin.path, key=key, shown=path)
