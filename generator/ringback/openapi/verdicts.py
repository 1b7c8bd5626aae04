"""What openapi-spec-validator said of a document, remembered: its walk takes longer than everything else together.

A verdict stands in the user's cache folder under the digest of the document's values, of the validator's version and
of ours. Nothing depends on it: what cannot be read or written there is asked for again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from importlib import metadata
from pathlib import Path as FilePath
from typing import Any, Final, TypeAlias

from ringback.source import Path, cache_folder

Objection: TypeAlias = tuple[Path, str]
"""Where, and what."""

_KEPT: Final = 400  # verdicts; each is a few hundred bytes


def remembered_verdict(root: Any, ask: Callable[[], list[Objection]]) -> list[Objection]:
    """The verdict about a document: from the cache, or else asked for and put there."""
    file = cache_folder("verdicts") / f"{_digest(root)}.json"
    with contextlib.suppress(OSError, ValueError, TypeError):
        return [(tuple(path), str(said)) for path, said in json.loads(file.read_bytes())]
    found = ask()
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps(found), encoding="utf-8")
        beside.replace(file)
        _forget(file.parent)
    return found


def _digest(root: Any) -> str:
    told = hashlib.sha256(json.dumps(root).encode())
    for package in ("openapi-spec-validator", "openapi-schema-validator", "ringback"):
        with contextlib.suppress(metadata.PackageNotFoundError):
            told.update(f"{package} {metadata.version(package)}".encode())
    return told.hexdigest()


def _forget(folder: FilePath) -> None:
    """Keep the newest."""
    files = list(folder.iterdir())
    if len(files) > _KEPT:
        files.sort(key=lambda file: file.stat().st_mtime)
        for file in files[: len(files) - _KEPT // 2]:
            file.unlink(missing_ok=True)
