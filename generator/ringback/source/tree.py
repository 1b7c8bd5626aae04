"""A loaded document: plain values, and the answer to where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .diagnostic import Diagnostic, Location, Path
from .library import FILES, Library


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """One effective document.

    `root` is plain dict, list and scalars; nobody changes it but the room that judges it, which mends what is
    harmless and hangs other files into it. `file` is the document's name as the caller gave it. Values of another
    file stand below `(FILES, its name)`.
    """

    root: Any
    file: str
    library: Library
    warnings: tuple[Diagnostic, ...] = ()  # what is odd about the overlays

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """Every file that has been read, each with the SHA-256 of its bytes; the document and its overlays first."""
        return self.library.inputs

    def at(self, path: Path) -> Any:
        """The value at a path; raises KeyError, IndexError or TypeError where nothing stands there."""
        value = self.root
        for part in path:
            value = value[part]
        return value

    def locate(self, path: Path, *, key: bool = False) -> Location:
        """Where the value at `path` stands: in the document, in the overlay that brought it, or in another file.

        With `key`, where its key stands. Where nothing stands at `path`, the place of the nearest value above. The
        pointer is that of the effective document; in another file, that file's own.
        """
        origins, places = self.library.origins, self.library.places
        if origins is None:
            return places[0].locate(path, key=key)
        origin = origins.of(self.root, path)
        shown = path[2:] if path[:1] == (FILES,) else path
        return places[origin.source].locate(origin.path, key=key, shown=shown)

    def rename(self, path: Path, key: str) -> None:
        """Give a member another key; it keeps its position, and the place where it was written."""
        container = self.at(path[:-1])
        origin = self.library.origin(path)
        members = [(key if old == path[-1] else old, value) for old, value in container.items()]
        container.clear()
        container.update(members)
        self.library.settle(container, key, origin)

    def written(self, path: Path) -> str | None:
        """The text of a scalar as it was written, without quotes; None where it stands in quotes or in a block."""
        origin = self.library.origin(path)
        return self.library.places[origin.source].written(origin.path)
