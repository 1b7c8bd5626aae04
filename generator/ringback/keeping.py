"""The lock of names as a file: `.ringback-names.json`, beside the manifest in the package's folder.

It is written like every other file, and listed in the manifest. But it is read as well, and people may edit it (a line that
is removed is decided anew, two branches are merged): what has been read here may be replaced, whatever its digest.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ringback.usage import UsageError

if TYPE_CHECKING:
    from ringback.emit import GeneratedFile, Manifest
    from ringback.plan import NamesLock

NAMES: Final = ".ringback-names.json"


class LockUnreadable(UsageError):
    """The file is there and is no lock of names; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The lock of a folder, and the digest of the file that it was read from ("" where there is none)."""

    lock: NamesLock
    sha256: str

    def own(self, manifest: Manifest) -> Manifest:
        """The manifest with the file as it was read: it is ours to replace."""
        from ringback.emit import Entry

        if not self.sha256:
            return manifest
        return replace(manifest, files={**manifest.files, NAMES: Entry(self.sha256, self.sha256)})


def kept_names(folder: Path) -> Kept:
    """The names that the package in a folder has. Raises LockUnreadable."""
    from ringback.plan import UNLOCKED, LockFault, read_lock

    path = folder / NAMES
    try:
        content = path.read_bytes()
        return Kept(read_lock(content.decode()), hashlib.sha256(content).hexdigest())
    except (FileNotFoundError, NotADirectoryError):
        return Kept(UNLOCKED, "")
    except (OSError, UnicodeDecodeError, LockFault) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise LockUnreadable(
            f"{path}: {why}; mend it, or remove it to have all names decided anew"
        ) from None


def names_file(lock: NamesLock) -> GeneratedFile:
    """The lock as a file to be written."""
    from ringback.emit import GeneratedFile

    text = lock.text()
    return GeneratedFile(NAMES, text, hashlib.sha256(text.encode()).hexdigest())
