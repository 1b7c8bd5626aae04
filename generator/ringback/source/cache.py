"""The user's cache folder: what stands there is safe to lose, and nothing depends on it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def cache_folder(name: str) -> Path:
    """Where one kind of things is kept, which need not exist: below `$XDG_CACHE_HOME`, or else `~/.cache`."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    home = Path(given) if os.path.isabs(given) else Path(os.path.expanduser("~"), ".cache")
    return home / "ringback" / name


def keep(file: Path, text: str) -> bool:
    """Write a file of the cache, whole or not at all; gives whether it was."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(f".{os.getpid()}")
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
        return True
    return False
