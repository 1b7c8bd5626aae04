"""Why a file that a reference names is not read."""

from __future__ import annotations

from typing import Final

_HINT: Final = "allow it by name: --allow-ref PREFIX, or allow-refs under [tool.ringback]"


class Refused(LookupError):
    """The file may not be read; `hint` says what would allow it."""

    def __init__(self, message: str, hint: str = _HINT) -> None:
        self.hint = hint
        super().__init__(message)


class Missing(LookupError):
    """The file cannot be read; the text says why."""
