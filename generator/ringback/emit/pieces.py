"""What black made of a statement, remembered: a run that follows a small change asks black for that change alone.

The pieces of one generated file (of all documents) stand together in the user's cache folder, under the digest of black's
version and settings. What cannot be read or written there is formatted again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable
from types import TracebackType
from typing import Final

from ringback.source import cache_folder, keep

_KEPT: Final = (
    1 << 21
)  # characters of one file; more than the long statements of any document met so far


class Pieces:
    """Statements as black has them, for one generated file; a context: what is new is kept at its end."""

    def __init__(self, settings: str, path: str, black: Callable[[str], str]) -> None:
        digest = hashlib.sha256(f"{settings}\0{path}".encode()).hexdigest()
        self._file = cache_folder("statements") / f"{digest}.json"
        self._black = black
        self._known: dict[str, str] | None = None
        self._used: dict[str, str] = {}
        self._new = False

    def formatted(self, text: str) -> str:
        """A statement as black has it."""
        if self._known is None:
            self._known = self._read()
        if text not in self._used:
            known = self._known.get(text)
            self._new |= known is None
            self._used[text] = self._black(text) if known is None else known
        return self._used[text]

    def _read(self) -> dict[str, str]:
        with contextlib.suppress(OSError, ValueError):
            told = json.loads(self._file.read_bytes())
            if isinstance(told, dict) and all(isinstance(one, str) for one in told.values()):
                return told
        return {}

    def __enter__(self) -> Pieces:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None or not self._new:
            return
        keep(self._file, json.dumps(self._newest()))

    def _newest(self) -> dict[str, str]:
        """What was used now, and of what was there before as much as has room."""
        kept = dict(self._used)
        room = _KEPT - sum(len(text) + len(made) for text, made in kept.items())
        for text, made in (self._known or {}).items():
            room -= 0 if text in kept else len(text) + len(made)
            if room < 0:
                break
            kept.setdefault(text, made)
        return kept
