"""The files that one document is spread over.

A reference may lead into another file. The library decides whether it may be read, reads it once, and hangs its
value into the document's tree under one key, FILES, by the file's name; so there is one tree with one kind of path,
and a finding in any of the files still says the file, line and column it is about.

What may be read: regular files in the folder of the document, links followed, and what the caller names: a folder,
a file, or the beginning of a URL. Limits count over all files together.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn
from urllib.parse import quote, unquote, urljoin, urlsplit

from .diagnostic import Diagnostic, DocumentError, Location, Path
from .limits import Limits
from .origins import Origin, Origins
from .places import Places
from .refusals import Missing, Refused
from .text import Text, read_text

FILES: Final = "x-ringback-files"
"""The key of the root under which the other files of a document hang, each by its name."""


class Library:
    """The open files of one tree; `places` and `inputs` grow as files are opened, in that order."""

    def __init__(
        self, root: Any, file: str, places: Sequence[Places], origins: Origins | None,
        limits: Limits, allowed: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.places = list(places)
        self.origins = origins
        self._root = root
        self.limits = limits
        self._folder = os.path.realpath(os.path.dirname(file) or ".")
        self._addresses: dict[str, str] = {"": os.path.join(self._folder, os.path.basename(file))}
        self._opened: dict[str, Path] = {
            self._addresses[""]: (),
            os.path.realpath(file): (),
        }
        self._own = len(self._opened)
        self._refused: dict[str, Exception] = {}
        self._urls = tuple(one for one in allowed if is_url(one))
        self._folders = tuple(os.path.realpath(one) for one in allowed if not is_url(one))
        self._bytes = sum(len(place.text.content) for place in self.places)
        self._nodes = 0  # the root's are counted when a second file is opened

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """Every file with the SHA-256 of its bytes: the document, its overlays, and what has been opened."""
        return tuple((place.text.file, place.text.sha256) for place in self.places)

    @property
    def is_spread(self) -> bool:
        """Whether another file has been opened."""
        return len(self._opened) > self._own

    def has(self, name: str) -> bool:
        """Whether a name below FILES is that of a file that has been opened."""
        return name in self._addresses

    def may_read(self, address: str) -> bool:
        """Whether a real path is that of a regular file which references may lead to."""
        folders = (self._folder, *self._folders)
        return any(_inside(address, folder) for folder in folders) and os.path.isfile(address)

    def open_address(self, address: str) -> Path:
        """The path in the tree of the file at a real path that may be read. Raises DocumentError."""
        return self.open(quote(_relative(address, self._folder)), "")

    def origin(self, path: Path) -> Origin:
        """Which file the value at a path comes from, and from where in it."""
        return Origin(0, path) if self.origins is None else self.origins.of(self._root, path)

    def settle(self, container: Any, part: str | int, origin: Origin) -> None:
        """Remember that a member of a container was written elsewhere."""
        if self.origins is None:
            self.origins = Origins()
        self.origins.put(container, part, origin)

    def open(self, reference: str, home: str) -> Path:
        """The path in the tree of the file that a reference names; `home` is the name of the file it stands in.

        Raises Refused, Missing, or DocumentError with what is wrong inside the file.
        """
        address = self._address(reference, self._addresses.get(home, self._addresses[""]))
        if address in self._opened:
            return self._opened[address]
        if address in self._refused:
            raise self._refused[address]
        try:
            path = self._opened[address] = self._mounted(address, reference)
        except (Refused, Missing, DocumentError) as error:
            self._refused[address] = error
            raise
        return path

    def _address(self, reference: str, home: str) -> str:
        """The real path or the URL that a reference names."""
        if is_url(home) and not _scheme(reference):
            return urljoin(home, reference)
        if is_url(reference):
            return reference
        if _scheme(reference):
            raise Refused(
                f"{reference!r} names no file", "name the file by its path beside this one"
            )
        if "\0" in unquote(reference) or "\\" in reference:
            raise Missing(f"{reference!r} is no name of a file")
        named = os.path.normpath(os.path.join(os.path.dirname(home), unquote(reference)))
        return os.path.realpath(named)

    def _mounted(self, address: str, reference: str) -> Path:
        remote = is_url(address)
        name = address if remote else _relative(address, self._folder)
        text = self._fetched(address) if remote else self._read(address, reference)
        from .load import read_value

        value, places = read_value(text, self.limits)
        self._count(text, value)
        mounted = self._root.setdefault(FILES, {})
        while name in mounted:  # a bundle brings files of its own
            name += "+"
        mounted[name] = value
        self._addresses[name] = address
        self.settle(mounted, name, Origin(len(self.places)))
        self.places.append(places)
        return (FILES, name)

    def _read(self, address: str, reference: str) -> Text:
        if not any(_inside(address, folder) for folder in (self._folder, *self._folders)):
            raise Refused(f"{reference!r} leads out of the document's folder")
        try:
            regular = stat.S_ISREG(os.stat(address).st_mode)
        except (OSError, ValueError) as error:
            raise Missing(getattr(error, "strerror", None) or str(error)) from None
        if not regular:
            raise Missing("it is no regular file")
        text = read_text(address, self.limits)
        return Text(self._shown(address), text.content, text.sha256)

    def _shown(self, address: str) -> str:
        """A file's name as the caller would write it: beside the document, as the document is named."""
        document = self.places[0].text.file
        return os.path.normpath(
            os.path.join(os.path.dirname(document), _relative(address, self._folder))
        )

    def _fetched(self, url: str) -> Text:
        from .remote import allows, fetch

        if not any(allows(prefix, url) for prefix in self._urls):
            raise Refused(f"{url!r} is not in this document, and nothing is fetched unasked")
        return fetch(url, self._urls, self.limits)

    def _count(self, text: Text, value: Any) -> None:
        """Limits hold for all files together."""
        self._bytes += len(text.content)
        self._nodes += _nodes(value) if self._nodes else _nodes(value) + _nodes(self._root)
        limits = self.limits
        if self._bytes > limits.bytes:
            self._stop(text, "too-many-bytes", f"{limits.bytes} bytes", "bytes")
        if self._nodes > limits.nodes:
            self._stop(text, "too-many-nodes", f"{limits.nodes} values", "nodes")
        if len(self.places) + 1 > limits.files:
            self._stop(text, "too-many-files", f"{limits.files} files", "files")

    def _stop(self, text: Text, code: str, limit: str, setting: str) -> NoReturn:
        message = f"with this file, the document has more than {limit}"
        hint = f"raise {self.limits.setting(setting)}"
        raise DocumentError([Diagnostic(Location(text.file, 1, 1), code, message, hint=hint)])


def is_url(text: str) -> bool:
    """Whether a text is a URL that could be fetched."""
    return _scheme(text) in ("http", "https")


def home_of(path: Path) -> str:
    """The name of the file that a path leads into: "" for the document itself."""
    return str(path[1]) if path[:1] == (FILES,) and len(path) > 1 else ""


def _scheme(text: str) -> str:
    try:
        return urlsplit(text).scheme if ":" in text.partition("/")[0] else ""
    except ValueError:
        return "?"


def _inside(address: str, folder: str) -> bool:
    return address == folder or address.startswith(folder.rstrip(os.sep) + os.sep)


def _relative(address: str, folder: str) -> str:
    return os.path.relpath(address, folder).replace(os.sep, "/")


def _nodes(value: Any) -> int:
    layer, count = [value], 0
    while layer:
        count += len(layer)
        layer = [
            inner
            for item in layer
            if isinstance(item, (Mapping, list))
            for inner in (item.values() if isinstance(item, Mapping) else item)
        ]
    return count
