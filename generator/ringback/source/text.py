"""From a file to its text: size, encoding and the characters that no document may hold.

Everything after this module works on `str` with offsets. A byte order mark is dropped, so that offsets, lines
and columns are those an editor shows.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from .diagnostic import Diagnostic, DocumentError, Location
from .limits import Limits

_LINE_END: Final = re.compile(r"\r\n|\n|\r")
# What YAML 1.2 does not call printable (section 5.1), noncharacters included.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True)
class Text:
    """One file as read: its name as the caller gave it, its text, and the SHA-256 of its bytes."""

    file: str
    content: str
    sha256: str

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.content)

    def location(self, offset: int, pointer: str = "") -> Location:
        """The line and column of a character."""
        return self._lines.location(self.file, offset, pointer)

    def fault(self, offset: int, code: str, message: str, hint: str = "") -> Diagnostic:
        """An error at one character of this text."""
        return Diagnostic(self.location(offset), code, message, hint=hint)


class Lines:
    """Where the lines of a text begin: turns offsets into lines and columns."""

    def __init__(self, content: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(content))]

    def location(self, file: str, offset: int, pointer: str = "") -> Location:
        """The place of the character at `offset`; line and column count from 1."""
        line = bisect_right(self._starts, offset)
        return Location(file, line, offset - self._starts[line - 1] + 1, pointer)


def read_text(file: str, limits: Limits) -> Text:
    """Read one file as text; raises DocumentError where it cannot be read, is too large, or is no text."""
    data = _read_bytes(file, limits)
    return Text(file, decode(file, data), hashlib.sha256(data).hexdigest())


def forbidden_character(text: Text) -> Diagnostic | None:
    """The first control character or lone surrogate that YAML does not allow, if there is one."""
    match = _FORBIDDEN.search(text.content)
    if match is None:
        return None
    name = f"U+{ord(match.group()):04X}"
    hint = "write it as an escape inside double quotes, or remove it"
    return text.fault(
        match.start(), "invalid-character", f"the character {name} is not allowed", hint
    )


def excerpt(file: str) -> tuple[str, ...]:
    """The lines of a file, for showing one beside a message; none where it cannot be read as text, or not again."""
    if not os.path.isfile(file):
        return ()  # a pipe, or a terminal: who reads it a second time waits
    try:
        content = read_text(file, Limits()).content
    except DocumentError:
        return ()
    return tuple(_LINE_END.split(content))


def _read_bytes(file: str, limits: Limits) -> bytes:
    try:
        with open(file, "rb") as stream:
            data = stream.read(limits.bytes + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        hint = "download it, and name the file" if re.match("(?i)https?://", file) else ""
        raise _whole_file(
            file, "unreadable-file", f"cannot read the file: {reason}", hint
        ) from None
    except MemoryError:
        raise _whole_file(file, "too-many-bytes", "the file does not fit into memory") from None
    if len(data) > limits.bytes:
        message = f"the file is larger than {limits.bytes} bytes"
        raise _whole_file(file, "too-many-bytes", message, f"raise {limits.setting('bytes')}")
    return data


def decode(file: str, data: bytes) -> str:
    """The bytes of a file as text, by the encoding that JSON allows. Raises DocumentError where they are none."""
    encoding = json.detect_encoding(data)
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="replace").removeprefix("\ufeff")
        place = Lines(before).location(file, len(before))
        found = data[error.start : error.start + 1].hex()
        message = f"the byte 0x{found} is not {encoding.upper()}: {error.reason}"
        hint = "save the file as UTF-8"
        raise DocumentError([Diagnostic(place, "invalid-encoding", message, hint=hint)]) from None


def _whole_file(file: str, code: str, message: str, hint: str = "") -> DocumentError:
    return DocumentError([Diagnostic(Location(file, 1, 1), code, message, hint=hint)])
